//! `clause-rules/README.md`: what the catalogue holds, written from the rules and packs themselves.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use clauselint::finding::Severity;
use clauselint::rule::{ClauseRule, Mark, Pack, RuleSet, Test};

const HEAD: &str = "# The catalogue

Every clause that clauselint knows, what it is made of, and the packs that ask for it. This page is
written by a test from the rules themselves (`UPDATE_README=1 cargo test --test catalogue`): change a
rule, not this page. `clauselint explain CLAUSE` shows a clause in full, `clauselint explain PACK` a
pack, [CONTRIBUTING.md](../CONTRIBUTING.md) says how to add one.

An element in bold is needed for the clause to be strong, by itself or as one of several. The levels
are those of the rule; a profile may set others.
";

/// What opens the section of a folder.
const FOLDERS: [(&str, &str); 9] = [
    ("core", "The clauses that every outsourcing contract needs."),
    ("lifecycle", "How the contract starts, runs, changes hands and ends."),
    ("delivery", "What is delivered, by whom, and how it is accepted."),
    ("protection", "Data, security, secrets and continuity."),
    ("governance", "How the customer and its supervisors look over the supplier's shoulder."),
    ("commercial", "What is paid, and how prices are kept fair."),
    ("liability", "Who bears a loss."),
    ("people", "The supplier's people."),
    ("general", "The clauses at the end of every contract."),
];

fn level(severity: Option<Severity>) -> String {
    severity.map_or_else(|| "off".to_owned(), |severity| severity.to_string())
}

fn cell(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('|', "\\|")
}

fn clause(out: &mut String, rule: &ClauseRule, packs: &[Pack]) {
    let core = rule.strong.elements();
    let named = |packs_only: bool| {
        let elements =
            rule.elements.iter().enumerate().filter(|(_, element)| element.packs_only == packs_only);
        let named = elements.map(|(at, element)| {
            if core.contains(&at) { format!("**`{}`**", element.id) } else { format!("`{}`", element.id) }
        });
        named.collect::<Vec<_>>().join(", ")
    };
    let for_packs = named(true);
    let separator = if for_packs.is_empty() { "" } else { "; for packs only: " };
    let elements = named(false) + separator + &for_packs;
    let asking = packs.iter().filter(|pack| pack.clauses().contains(&rule.id.as_str()));
    let asking: Vec<String> = asking.map(|pack| format!("`{}`", pack.id)).collect();
    let _ = writeln!(
        out,
        "| [`{}`]({}/{}.toml) | {} | {} / {} | {} | {} |",
        rule.id,
        rule.pack,
        rule.id,
        cell(&rule.summary),
        level(rule.missing),
        level(rule.weak),
        elements,
        asking.join(", ")
    );
}

fn pack(out: &mut String, pack: &Pack) {
    let marked = |mark| pack.items.iter().filter(|item| item.mark == Some(mark)).count();
    let by_hand = pack.items.iter().filter(|item| matches!(item.test, Test::ByHand(_))).count();
    let of = |count: usize| if count == 0 { String::new() } else { count.to_string() };
    let _ = writeln!(
        out,
        "| [`{}`](packs/{}.toml) | {} | {} | {} | {} | {} | {} |",
        pack.id,
        pack.id,
        cell(&pack.instrument),
        pack.items.len(),
        of(marked(Mark::Verified)),
        of(marked(Mark::Secondary)),
        of(marked(Mark::FromMemory)),
        of(by_hand)
    );
}

fn page(rules: &RuleSet) -> String {
    let mut out = HEAD.to_owned();
    let mut folders: BTreeMap<usize, (&str, Vec<&ClauseRule>)> = BTreeMap::new();
    for rule in &rules.rules {
        let at = FOLDERS.iter().position(|(name, _)| *name == rule.pack);
        let at = at.unwrap_or_else(|| panic!("FOLDERS does not say what {} holds", rule.pack));
        folders.entry(at).or_insert((&rule.pack, Vec::new())).1.push(rule);
    }
    for (at, (name, clauses)) in folders {
        let _ = writeln!(out, "\n## {name}\n\n{}\n", FOLDERS[at].1);
        out.push_str("| clause | what it does | missing / weak | elements | packs |\n| --- | --- | --- | --- | --- |\n");
        for rule in clauses {
            clause(&mut out, rule, &rules.packs);
        }
    }
    if !rules.packs.is_empty() {
        out.push_str(
            "\n## packs\n\nChecklists for `clauselint check --pack NAME`. An item is verified against the text of its \
             instrument, known\nfrom secondary sources, or from memory and then off; what no wording can show is left \
             to be read by hand.\n\n| pack | taken from | items | verified | secondary | from memory | by hand |\n\
             | --- | --- | --- | --- | --- | --- | --- |\n",
        );
        for one in &rules.packs {
            pack(&mut out, one);
        }
    }
    out
}

/// Run with UPDATE_README=1 to write the page.
#[test]
fn the_page_of_the_catalogue_is_what_the_rules_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("clause-rules/README.md");
    let real = page(&RuleSet::builtin());
    if std::env::var_os("UPDATE_README").is_some() {
        fs::write(&path, &real).expect("the page can be written");
    } else {
        let shown = fs::read_to_string(&path).unwrap_or_default();
        assert!(shown == real, "UPDATE_README=1 cargo test --test catalogue brings it up to date");
    }
}
