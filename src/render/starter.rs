//! A first configuration, commented, and what was seen of the tree that it is for.

use std::fmt::Write as _;

use super::config::quoted;
use super::visible::visible;
use crate::facts::PaperKind;
use crate::settings::tree::Tree;
use crate::triage::counted;

/// The text of a `clauselint.toml`. A line that begins with `#` and no blank is a setting that is
/// off: without the sign it is on.
#[must_use]
pub fn config(tree: &Tree, above: Option<&str>) -> String {
    let mut out = String::from(HEAD);
    let extends = above.filter(|path| path.starts_with("..")).unwrap_or("../clauselint.toml");
    let found = match kinds(tree).as_str() {
        "" => String::new(),
        kinds => format!("\n# Found here: {kinds}."),
    };
    let middle = TOP.replace("{extends}", &quoted(extends)).replace("{found}", &found);
    out.push_str(&middle);
    if tree.sets.is_empty() {
        out.push_str(NO_SETS);
    } else {
        out.push_str(SETS);
        for set in &tree.sets {
            let files: Vec<String> = set.files.iter().map(|glob| quoted(glob)).collect();
            let _ =
                write!(out, "\n[[contract]]\nname = {}\nfiles = [{}]\n", quoted(&set.name), files.join(", "));
        }
    }
    out.push_str(OVERRIDES);
    out
}

/// What was found, for people.
#[must_use]
pub fn found(tree: &Tree) -> String {
    let mut out = match (tree.contracts(), kinds(tree).as_str()) {
        (0, _) => "no contract found\n".to_owned(),
        (count, "") => format!("{} found\n", counted(count, "contract")),
        (count, kinds) => format!("{} found: {kinds}\n", counted(count, "contract")),
    };
    for set in &tree.sets {
        let _ = writeln!(out, "one contract of several files: {}", visible(&set.files.join(", ")));
    }
    let mut list = |paths: &[std::path::PathBuf], what: &str, comes_of_it: &str| {
        if let Some(first) = paths.first() {
            let more = if paths.len() > 1 { " and others" } else { "" };
            let first = first.display().to_string();
            let what = counted(paths.len(), what);
            let _ = writeln!(out, "{what} {comes_of_it}: {}{more}", visible(&first));
        }
    };
    list(&tree.foreign, "contract", "in another language, not assessed");
    list(&tree.others, "file", "without a contract, left out");
    out
}

/// "8 agreements, 2 non-disclosure agreements".
fn kinds(tree: &Tree) -> String {
    let name = |kind: PaperKind| match kind {
        PaperKind::Agreement => "agreement",
        PaperKind::MasterAgreement => "master agreement",
        PaperKind::Subscription => "subscription agreement",
        PaperKind::ServiceLevels => "service level agreement",
        PaperKind::DataProcessing => "data processing agreement",
        PaperKind::NonDisclosure => "non-disclosure agreement",
        PaperKind::StatementOfWork => "statement",
        PaperKind::NotAContract => "file",
    };
    let parts = tree.kinds.iter().map(|&(kind, count)| {
        let tail = if kind == PaperKind::StatementOfWork { " of work" } else { "" };
        format!("{}{tail}", counted(count, name(kind)))
    });
    parts.collect::<Vec<_>>().join(", ")
}

const HEAD: &str = "\
# Settings of clauselint for this folder and the folders below it.
#
# A line that begins with # and no blank is a setting that is off: take the # away to use it.
# All keys and what they mean:  clauselint schema config
# What holds for a file:        clauselint config show FILE
";

const TOP: &str = r#"
# Another file of the same tree to start from.
#extends = {extends}

# For whom contracts are judged: "customer" or "supplier".
for = "customer"

# The lowest level that makes the exit code 1: "error", "warning", "note" or "never".
fail-on = "error"

# The profile to hold contracts against. Without it each is held against the one for its kind of paper.{found}
#profile = "outsourcing"

# Checklists to hold contracts against, item by item: `clauselint rules list` names them.
#packs = ["dora/general", "gdpr-art28"]

# Folders with rules, profiles and packs of your own: `clauselint rules new` starts a rule.
#rules = ["rules"]

# What is left out when folders are walked.
#exclude = ["drafts", "**/*-old.md"]

# Findings that are known and not reported again: `clauselint baseline write` writes them.
#baseline = "clauselint-baseline.jsonl"

# Report only these findings, or never report these: a clause or check, an element of a clause, a kind
# (missing, weak, soft, position), the code of a finding, a group.
#select = ["missing", "weak"]
#ignore = ["benchmarking", "exit-transition.plan", "group:people"]

# Names of the parties, where contracts do not tell.
#[parties]
#customer = "Marlow Foods Ltd"
#supplier = ["Tern Hosting Ltd", "Tern Cloud GmbH"]

# Levels: "error", "warning", "note" or "off". The more specific name goes before the less specific.
#[levels]
#source-code-escrow = "warning"
#weak-liability-cap = "error"
#"group:proofread" = "note"

# What figures must reach: one bound, or a preferred one and a fallback.
#[thresholds]
#minimum-availability = "99.5%"
#maximum-incident-notice = "48 hours"
#minimum-exit-period = { preferred = "12 months", fallback = "6 months" }

# What waivers in the text of contracts must state besides a reason: who allows them, until when.
#[waivers]
#approver = true
#end = true
"#;

const SETS: &str = "
# Contracts of several files, each read as one. The first file is the master. This is a guess from links,
# folders and names: correct it.
";

const NO_SETS: &str = r#"
# Contracts of several files, each read as one. The first file is the master.
#[[contract]]
#name = "Managed services"
#files = ["managed-services/msa.md", "managed-services/schedules/*.md"]
"#;

const OVERRIDES: &str = r#"
# Other values for some files; later ones go before earlier ones.
#[[overrides]]
#files = ["**/*-dpa.md"]
#profile = "dpa"
"#;
