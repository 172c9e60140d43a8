//! Words are not clauses: five texts under the same eight headings, in several drafting styles.
//!
//! Each folder of `fixtures/words` is one style. Its five files say the same with full force, with
//! words that bind nobody to much, with every duty denied, with headings alone, and as a recipe
//! that merely uses the words. A keyword search cannot tell the first from the third.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use clauselint::assess::{Assessment, Workspace, read};
use clauselint::facts::{Given, PaperKind};
use clauselint::rule::{RuleSet, Status};
use clauselint::session::{Input, Options, Session};
use clauselint::source::{FileId, SourceFile};

/// The five texts and what every one of the seven clauses is in each.
const TEXTS: [(&str, Status); 5] = [
    ("strong", Status::Strong),
    ("weak", Status::Weak),
    ("negated", Status::Missing),
    ("headings", Status::Missing),
    ("recipe", Status::Missing),
];

/// The clauses of the core pack.
const CORE: [&str; 7] = [
    "breach-penalties",
    "data-ownership",
    "dispute-resolution",
    "exit-transition",
    "ip-licensing",
    "renegotiation",
    "sla-metrics",
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/words")
}

fn styles() -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("fixtures/words is there")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_dir())
        .collect();
    found.sort();
    found
}

fn assess(path: &Path, rules: &RuleSet, workspace: &mut Workspace) -> (PaperKind, Vec<Assessment>) {
    let text = std::fs::read_to_string(path).expect("a fixture");
    let source = SourceFile::new(FileId::default(), path.display().to_string(), text);
    let read = read(&source, &Given::default(), rules, workspace);
    (read.coverage.paper.kind, read.coverage.assessments)
}

/// "exit-transition: weak, not missing; present: assistance".
fn complaint(found: &Assessment, wanted: Status) -> String {
    let present: Vec<&str> =
        found.elements.iter().filter(|element| element.present).map(|element| element.id.as_str()).collect();
    format!(
        "{}: {}, not {}; present: {}",
        found.clause,
        found.status.name(),
        wanted.name(),
        present.join(", ")
    )
}

#[test]
fn the_same_headings_are_strong_weak_or_missing_by_what_stands_under_them() {
    let session = Session::new(Options::default());
    let mut workspace = Workspace::default();
    let mut wrong = String::new();
    let styles = styles();
    assert!(styles.len() >= 5, "several drafting styles");
    for style in &styles {
        for (text, wanted) in TEXTS {
            let path = style.join(text).with_extension("md");
            let (_, assessments) = assess(&path, session.rules(), &mut workspace);
            for clause in CORE {
                let found =
                    assessments.iter().find(|found| found.clause == clause).expect("the clause has a rule");
                if found.status != wanted {
                    let _ = writeln!(wrong, "{}: {}", path.display(), complaint(found, wanted));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn every_text_of_a_style_has_the_same_headings() {
    for style in styles() {
        for (text, _) in TEXTS {
            let path = style.join(text).with_extension("md");
            let found = std::fs::read_to_string(&path).expect("a fixture").to_lowercase();
            for heading in ["services", "data", "breach", "levels", "exit", "property", "price", "disputes"] {
                assert!(found.contains(heading), "{} lacks the heading on {heading}", path.display());
            }
        }
    }
}

#[test]
fn a_recipe_is_noted_as_no_contract_and_not_scolded() {
    let session = Session::new(Options::default());
    for style in styles() {
        let report = session.check(&[Input::Path(style.join("recipe.md"))]);
        let codes: Vec<String> = report.findings.iter().map(|finding| finding.code.to_string()).collect();
        assert_eq!(codes, ["not-a-contract"], "{}", style.display());
    }
}

#[test]
fn what_binds_is_taken_for_a_contract() {
    let session = Session::new(Options::default());
    let mut workspace = Workspace::default();
    for style in styles() {
        for text in ["strong", "weak", "negated"] {
            let path = style.join(text).with_extension("md");
            let (kind, _) = assess(&path, session.rules(), &mut workspace);
            assert_ne!(kind, PaperKind::NotAContract, "{}", path.display());
        }
    }
}
