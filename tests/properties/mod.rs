//! What must hold whatever bytes come in, one function for each kind of input. The fuzz targets of
//! `fuzz/` call them with what a fuzzer makes up, `tests/replay.rs` with what it has kept and with the
//! fixtures. A property that fails panics.

mod document;
mod report;

use std::fs;
use std::sync::LazyLock;

use clauselint::assess::{Workspace, read};
use clauselint::facts::Given;
use clauselint::finding::{Anchor, Code, Finding, Severity};
use clauselint::rule::RuleSet;
use clauselint::settings::{Project, WaiverPolicy, adjust, tune};
use clauselint::source::{FileId, SourceFile, Sources, Span};
use clauselint::triage::Day;
use clauselint::triage::baseline::Baseline;
use clauselint::triage::suppress::{Terms, suppress};

pub(crate) use document::document;
pub(crate) use report::check;
use report::places;

static RULES: LazyLock<RuleSet> = LazyLock::new(RuleSet::builtin);

/// Small contracts for rules and settings to work on.
const PAPER: &str = "# Services Agreement\n\nThis agreement is between Acme Ltd (the \"Customer\") and Helix Ltd \
                     (the \"Supplier\").\n\n## 1. Step-in\n\n1.1 The Customer may step in if the Supplier fails \
                     for 24 hours.\n\n## 2. Exit\n\n2.1 The Supplier shall hand back all data within 30 days.\n";

fn lossy(data: &[u8]) -> String {
    String::from_utf8_lossy(data).into_owned()
}

/// Any bytes as a rule file: the first line is its path below a folder of rules
/// (`packs/house.toml`), the rest its text. Each mistake has a place, and what is left works.
pub(crate) fn rule_file(data: &[u8]) {
    let text = lossy(data);
    let (path, text) = text.split_once('\n').unwrap_or(("house.toml", &text));
    let own = |path: &str, text: &str| vec![(path.to_owned(), text.to_owned())];
    let mut sources = Sources::new();
    let vocabulary = own("vocabulary.toml", include_str!("../../clause-rules/vocabulary.toml"));
    let (rules, findings) = RuleSet::compile(&mut sources, vocabulary, own(path, text));
    places(&findings, &sources);
    let file = SourceFile::new(FileId::default(), "contract.md", PAPER);
    let read = read(&file, &Given::default(), &rules, &mut Workspace::default());
    assert_eq!(read.coverage.assessments.len(), rules.rules.len());
}

/// Any bytes as a configuration file. Each mistake has a place, and what is left can be put on the
/// rules.
pub(crate) fn configuration(data: &[u8]) {
    static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().expect("a folder"));
    let path = FOLDER.path().join("clauselint.toml");
    fs::write(&path, data).expect("the file can be written");
    let mut sources = Sources::new();
    let (project, findings) = Project::load(&path, &mut sources);
    places(&findings, &sources);
    places(&project.check_names(&RULES), &sources);
    let contract = FOLDER.path().join("contracts/msa.md");
    let settings = project.for_file(&contract);
    let _ = project.excludes(&contract);
    let _ = project.contracts().iter().filter(|set| set.takes_in(&contract).is_some()).count();
    let mut rules = RULES.clone();
    tune(&settings, &mut rules);
    let mut asked = rules.asked("outsourcing", settings.side.unwrap_or_default()).expect("it is built in");
    adjust(&settings, &mut asked, &rules);
}

/// Any bytes as a contract with waivers: what is hidden and what is kept make up what was found, and
/// waivers and what is wrong with them have places.
pub(crate) fn waivers(data: &[u8]) {
    let mut sources = Sources::new();
    let file = sources.add("contract.md", lossy(data));
    let source = sources.get(file).expect("it was added");
    let document = clauselint::document::parse(source);
    let found: Vec<Finding> =
        document.clauses.iter().enumerate().map(|(at, clause)| slip(at, clause.span)).collect();
    let policy = WaiverPolicy { approver: data.len().is_multiple_of(2), end: data.len().is_multiple_of(3) };
    let today = Day::parse("2026-11-22");
    let terms = Terms { rules: &RULES, asked: &|_| true, policy, today };
    let outcome = suppress(&document, source, found.clone(), &terms);
    assert_eq!(outcome.kept.len() + outcome.hidden.len(), found.len());
    assert!(outcome.kept.iter().all(|kept| found.contains(kept)), "what is kept was found");
    places(&outcome.findings, &sources);
    for waiver in &outcome.waivers {
        let whole = |span: Span| source.text.get(span.start()..span.end()).is_some();
        assert!(whole(waiver.span) && whole(waiver.covers), "{waiver:?}");
    }
    assert_eq!(outcome, suppress(&document, source, found, &terms));
}

/// A finding of a kind that waivers may name.
fn slip(at: usize, span: Span) -> Finding {
    let codes = [
        Code::Slip("numbering".into()),
        Code::Missing("exit-transition".into()),
        Code::Weak("audit-rights".into()),
    ];
    Finding::new(codes[at % codes.len()].clone(), Severity::Warning, "found", Anchor::Clause(span))
}

/// Any bytes as a baseline: each mistake has a place, and what was understood is read back the same.
pub(crate) fn baseline(data: &[u8]) {
    let mut sources = Sources::new();
    let file = sources.add("baseline.jsonl", lossy(data));
    let (baseline, findings) = Baseline::parse(sources.get(file).expect("it was added"));
    places(&findings, &sources);
    let again = sources.add("again.jsonl", baseline.print());
    let (same, wrong) = Baseline::parse(sources.get(again).expect("it was added"));
    assert_eq!((same, wrong), (baseline, Vec::new()));
}
