//! Verdicts hang on what a contract says, not on how its lines are broken: blank lines, line ends,
//! trailing blanks, another line width and an unrelated section change no element and no status.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use clauselint::assess::{Workspace, read};
use clauselint::facts::Given;
use clauselint::rule::RuleSet;
use clauselint::source::{FileId, SourceFile};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

/// Each clause with its status and the elements that are there.
type Verdicts = Vec<(String, &'static str, Vec<String>)>;

static RULES: LazyLock<RuleSet> = LazyLock::new(RuleSet::builtin);

/// The fixtures that are contracts, each with its verdicts.
static CONTRACTS: LazyLock<Vec<(String, String, Verdicts)>> = LazyLock::new(|| {
    let mut contracts = Vec::new();
    for folder in ["contracts", "papers", "sets/kestrel", "sets/kestrel/schedules"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(folder);
        for entry in fs::read_dir(folder).expect("the folder can be read") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|extension| extension == "md") {
                let text = fs::read_to_string(&path).expect("the fixture can be read");
                let verdicts = verdicts(&text);
                contracts.push((path.display().to_string(), text, verdicts));
            }
        }
    }
    contracts.sort();
    contracts
});

fn verdicts(text: &str) -> Verdicts {
    let file = SourceFile::new(FileId::default(), "contract.md", text);
    let read = read(&file, &Given::default(), &RULES, &mut Workspace::default());
    let of = read.coverage.assessments.into_iter().map(|of| {
        let present = of.elements.into_iter().filter(|element| element.present).map(|element| element.id);
        (of.clause, of.status.name(), present.collect())
    });
    of.collect()
}

/// Another way to write the same.
#[derive(Clone, Copy, Debug)]
enum Rewriting {
    BlankLines(usize),
    CarriageReturns,
    LoneCarriageReturns,
    TrailingBlanks,
    Width(usize),
    AnotherSection,
}

fn rewriting() -> impl Strategy<Value = Rewriting> {
    prop_oneof![
        (2usize..5).prop_map(Rewriting::BlankLines),
        Just(Rewriting::CarriageReturns),
        Just(Rewriting::LoneCarriageReturns),
        Just(Rewriting::TrailingBlanks),
        (40usize..140).prop_map(Rewriting::Width),
        Just(Rewriting::AnotherSection),
    ]
}

fn rewritten(text: &str, how: Rewriting) -> String {
    match how {
        Rewriting::BlankLines(count) => text.replace("\n\n", &"\n".repeat(count + 1)),
        Rewriting::CarriageReturns => text.replace('\n', "\r\n"),
        Rewriting::LoneCarriageReturns => text.replace('\n', "\r"),
        // One blank: two would break the line.
        Rewriting::TrailingBlanks => {
            text.lines().map(|line| format!("{line}{}\n", if line.is_empty() { "" } else { " " })).collect()
        }
        Rewriting::Width(width) => {
            text.split("\n\n").map(|one| wrapped(one, width)).collect::<Vec<_>>().join("\n\n")
        }
        Rewriting::AnotherSection => {
            format!(
                "{}\n\n# Annex Z: Canteen\n\nThe canteen serves soup on Mondays and fish on Fridays.\n",
                text.trim_end()
            )
        }
    }
}

/// A paragraph of one line on lines of at most so many bytes, as far as words allow; a line never begins
/// with what Markdown or a reader takes for a number or a mark.
fn wrapped(paragraph: &str, width: usize) -> String {
    if paragraph.contains('\n') || paragraph.starts_with(['#', '|', '>', '-', '*', '+', '<', '`', ' ']) {
        return paragraph.to_owned();
    }
    let plain =
        |word: &str| word.starts_with(|c: char| c.is_ascii_lowercase()) && !word.ends_with(['.', ')', ':']);
    let mut out = String::new();
    let mut line = 0;
    for word in paragraph.split(' ') {
        if line > 0 && line + word.len() >= width && plain(word) {
            out.push('\n');
            line = 0;
        } else if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
        line += word.len() + 1;
    }
    out
}

#[test]
fn how_lines_are_broken_changes_no_verdict() {
    let config = ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let one = (0..CONTRACTS.len(), proptest::collection::vec(rewriting(), 1..3));
    let outcome = runner.run(&one, |(at, how)| {
        let (path, text, expected) = &CONTRACTS[at];
        let written = how.iter().fold(text.clone(), |text, &how| rewritten(&text, how));
        prop_assert_eq!(&verdicts(&written), expected, "{} with {:?}", path, how);
        Ok(())
    });
    outcome.expect("verdicts stay");
}

#[test]
fn wrapping_changes_lines_and_no_words() {
    let text = "The Supplier shall keep the platform available in every month of the year, and shall report.";
    let narrow = wrapped(text, 40);
    assert!(narrow.contains('\n'), "{narrow}");
    assert_eq!(narrow.replace('\n', " "), text);
    assert_eq!(wrapped("# A heading that is longer than forty signs in all", 40).lines().count(), 1);
}
