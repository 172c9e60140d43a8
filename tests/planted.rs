//! Slips planted in clean contracts, one at a time, at random places: the checks find nearly all of
//! them, at the place, and say nothing else.
//!
//! Places come from proptest with a fixed seed, so that a failure comes again. What each kind of slip
//! is stands in `plants`.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod plants;

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::Path;

use clauselint::assess::{self, Workspace};
use clauselint::facts::Given;
use clauselint::finding::Finding;
use clauselint::proofread::{self, Proof};
use clauselint::rule::RuleSet;
use clauselint::source::{FileId, SourceFile};
use plants::{KINDS, Kind, Pick, Planted};
use proptest::collection::vec;
use proptest::sample::Index;
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

/// How often each kind is planted in each contract that has a place for it.
const ROUNDS: usize = 4;
/// The least share of the planted slips that must be found, in percent.
const FOUND: usize = 95;
/// The fewest slips for the share to tell something.
const ENOUGH: usize = 300;

/// The checks with what they need, kept from contract to contract.
struct Reader {
    rules: RuleSet,
    work: Workspace,
}

impl Reader {
    fn findings(&mut self, text: &str) -> Vec<Finding> {
        let source = SourceFile::new(FileId::default(), "planted.md", text);
        let read = assess::read(&source, &Given::default(), &self.rules, &mut self.work);
        let proof = Proof::new(&source, &read.document, &read.reading, &self.work.words, &read.facts)
            .with_catalogue(read.coverage.homes(&read.document));
        proofread::proofread(&proof, &self.rules.checks)
    }
}

fn contracts() -> Vec<(String, String)> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let named = |name: &str| {
        let text = fs::read_to_string(fixtures.join(name)).expect("a fixture can be read");
        (name.to_owned(), text)
    };
    [
        "contracts/harbour-msa.md",
        "contracts/greywater-facilities.md",
        "planted/quarry-hosting.md",
        "planted/ridgeline-support.md",
        "planted/tollgate-payroll.md",
    ]
    .map(named)
    .into()
}

/// What became of the slips of one kind.
#[derive(Default)]
struct Tally {
    planted: usize,
    found: usize,
    missed: Vec<String>,
    wrong: Vec<String>,
}

#[test]
fn planted_slips_are_found_where_they_were_planted() {
    let mut reader =
        Reader { rules: RuleSet::builtin(), work: Workspace { brief: true, ..Workspace::default() } };
    let mut runner = TestRunner::deterministic();
    let contracts = contracts();
    let mut unclean = Vec::new();
    for (name, text) in &contracts {
        let found = reader.findings(text);
        unclean.extend(found.iter().map(|of| format!("{name}: {}: {}", of.code, of.message)));
    }
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    for kind in KINDS {
        let tally = tallies.entry(kind.name).or_default();
        for (name, text) in &contracts {
            for _ in 0..ROUNDS {
                let places = vec(proptest::arbitrary::any::<Index>(), 6).new_tree(&mut runner);
                let mut pick = Pick::new(places.expect("places can be picked").current());
                let Some(planted) = (kind.plant)(text, &mut pick) else { continue };
                judge(kind, name, &planted, &reader.findings(&planted.text), tally);
            }
        }
    }
    report(&tallies, &unclean);
}

fn judge(kind: &Kind, name: &str, planted: &Planted, findings: &[Finding], tally: &mut Tally) {
    let touches =
        |range: Range<usize>| planted.at.iter().any(|at| at.start <= range.end && range.start <= at.end);
    let is_here = |finding: &&Finding| {
        let labels = finding.labels.iter().map(|label| label.span);
        finding.code.to_string() == kind.code
            && finding.anchor.span().into_iter().chain(labels).any(|span| touches(span.range()))
    };
    tally.planted += 1;
    let shown = |at: &Range<usize>| planted.text.get(at.clone()).unwrap_or("").replace('\n', "/");
    if findings.iter().any(|finding| is_here(&finding)) {
        tally.found += 1;
    } else {
        let places: Vec<String> = planted.at.iter().take(2).map(shown).collect();
        tally.missed.push(format!("{name}: {places:?}"));
    }
    for finding in findings.iter().filter(|finding| !is_here(finding)) {
        let code = finding.code.to_string();
        if !kind.along.iter().any(|(along, _)| *along == code) {
            let places: Vec<String> = planted.at.iter().take(2).map(shown).collect();
            tally.wrong.push(format!("{name}: {code}: {} (planted {places:?})", finding.message));
        }
    }
}

fn report(tallies: &BTreeMap<&str, Tally>, unclean: &[String]) {
    let mut text = String::new();
    let (mut planted, mut found, mut wrong) = (0, 0, 0);
    for (kind, tally) in tallies {
        planted += tally.planted;
        found += tally.found;
        wrong += tally.wrong.len();
        text.push_str(&format!("{kind:32} {:3} of {:3}\n", tally.found, tally.planted));
        let missed = tally.missed.iter().map(|miss| format!("    missed in {miss}\n"));
        let strange = tally.wrong.iter().map(|of| format!("    wrong in {of}\n"));
        text.extend(missed.chain(strange));
    }
    text.push_str(&format!("{found} of {planted} found, {wrong} wrong\n"));
    let kinds: Vec<&&str> =
        tallies.iter().filter(|(_, tally)| tally.planted == 0).map(|(kind, _)| kind).collect();
    assert!(kinds.is_empty(), "no contract has a place for {kinds:?}\n{text}");
    assert!(
        unclean.is_empty(),
        "the contracts are not clean before anything is planted: {unclean:?}\n{text}"
    );
    assert!(planted >= ENOUGH, "too few slips were planted\n{text}");
    assert!(found * 100 >= planted * FOUND, "too many slips were missed\n{text}");
    assert_eq!(wrong, 0, "findings where nothing is wrong\n{text}");
    // Shown with --nocapture.
    use std::io::Write as _;
    writeln!(std::io::stdout(), "{text}").expect("the rates can be shown");
}
