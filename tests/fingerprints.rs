//! What findings are known by: the same through edits elsewhere, new numbers, other line ends and
//! another file name; another where the finding is another.

use std::sync::LazyLock;

use clauselint::finding::Finding;
use clauselint::session::{Input, Options, Session};
use proptest::prelude::*;

const CONTRACT: &str = include_str!("../fixtures/baseline/quayside-msa.md");

static SESSION: LazyLock<Session> = LazyLock::new(|| Session::new(Options::default()));

fn findings(name: &str, text: &str) -> Vec<Finding> {
    let report = SESSION.check(&[Input::Bytes(name.to_owned(), text.as_bytes().to_vec())]);
    assert!(report.failures.is_empty(), "{:?}", report.failures);
    report.findings
}

/// What a baseline would keep of each finding, sorted.
fn known_by(name: &str, text: &str) -> Vec<(String, String, Vec<String>)> {
    let of = |finding: &Finding| {
        (finding.code.to_string(), finding.fingerprint.as_str().to_owned(), finding.lacks.clone())
    };
    let mut known: Vec<_> = findings(name, text).iter().map(of).collect();
    known.sort_unstable();
    known
}

/// The fingerprints of the findings with a code, in the order of the text.
fn with_code(text: &str, code: &str) -> Vec<String> {
    let of_code = |finding: &Finding| {
        (finding.code.to_string() == code).then(|| finding.fingerprint.as_str().to_owned())
    };
    findings("a.md", text).iter().filter_map(of_code).collect()
}

/// The contract with other numbers: clauses begin at `by + 1`, and references go with them.
fn renumbered(text: &str, by: u32) -> String {
    let line = |line: &str| {
        let mut after_keyword = true;
        let words = line.split(' ').map(|word| {
            let number = word.trim_end_matches(['.', ',', ':', ';']);
            let end = number.find('.').unwrap_or(number.len());
            let moved = match number[..end].parse::<u32>() {
                Ok(first) if after_keyword => format!("{}{}", first + by, &word[end..]),
                _ => word.to_owned(),
            };
            after_keyword = matches!(word, "##" | "clause" | "clauses") || (after_keyword && word == "and");
            after_keyword |= moved != word;
            moved
        });
        words.collect::<Vec<_>>().join(" ")
    };
    text.lines().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_contract_has_slips_and_missing_and_weak_clauses_and_figures() {
    let codes: Vec<String> = known_by("a.md", CONTRACT).into_iter().map(|(code, ..)| code).collect();
    for code in [
        "broken-reference",
        "list-order",
        "missing-insurance",
        "number-mismatch",
        "numbering",
        "placeholder",
        "position-sla-metrics.target",
        "weak-confidentiality",
    ] {
        assert!(codes.iter().any(|other| other == code), "no {code} in {codes:?}");
    }
}

#[test]
fn all_fingerprints_of_a_contract_differ() {
    let mut ids: Vec<String> = known_by("a.md", CONTRACT).into_iter().map(|(_, id, _)| id).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn another_number_for_every_clause_changes_none() {
    let moved = renumbered(CONTRACT, 1);
    assert!(moved.contains("## 4. Service Levels") && moved.contains("clause 15.2 and in Schedule 3"));
    assert_eq!(known_by("a.md", CONTRACT), known_by("a.md", &moved));
}

#[test]
fn equal_slips_of_one_clause_differ_by_their_order() {
    let one = "4.1 The Customer shall pay each correct invoice within thirty (45) days after it arrives.";
    let two = format!("{one} The Customer shall pay each late fee within thirty (45) days.");
    let (before, after) =
        (with_code(CONTRACT, "number-mismatch"), with_code(&CONTRACT.replace(one, &two), "number-mismatch"));
    assert_eq!((before.len(), after.len()), (3, 4));
    assert_ne!(after[1], after[2]);
    assert_eq!(before, [after[0].clone(), after[1].clone(), after[3].clone()]);
}

#[test]
fn another_slip_is_another_finding() {
    let before = with_code(CONTRACT, "number-mismatch");
    let after = with_code(&CONTRACT.replace("thirty (45)", "thirty (50)"), "number-mismatch");
    assert_eq!((&before[0], &before[2]), (&after[0], &after[2]));
    assert_ne!(before[1], after[1]);
    // The same words under another title are another slip too.
    let moved = with_code(&CONTRACT.replace("## 4. Fees", "## 4. Charges"), "number-mismatch");
    assert_ne!(before[1], moved[1]);
}

#[test]
fn blanks_are_known_by_the_words_around_them() {
    let before = with_code(CONTRACT, "placeholder");
    let other = CONTRACT.replace("raise the Fees once a year by [●]", "cut the Fees in each year by [●]");
    let after = with_code(&other, "placeholder");
    assert_eq!(before.len(), 2);
    assert_ne!(before[0], after[0]);
    assert_eq!(before[1], after[1]);
}

#[test]
fn a_weak_clause_is_known_by_its_code_and_what_it_lacks() {
    let weak = |text: &str| {
        let code = "weak-charges-and-payment";
        let found = findings("a.md", text).into_iter().find(|of| of.code.to_string() == code);
        let found = found.expect("the clause is weak");
        (found.fingerprint.as_str().to_owned(), found.lacks)
    };
    let (id, lacks) = weak(CONTRACT);
    assert_eq!(lacks, ["dispute-and-withhold"]);
    let invoice = "shall pay each correct invoice within thirty (45) days after it arrives";
    let (other, more) = weak(&CONTRACT.replace(invoice, "shall pay the Fees"));
    assert_eq!(id, other);
    assert_eq!(more, ["dispute-and-withhold", "invoice-rules"]);
}

#[test]
fn a_figure_is_known_by_its_element_and_how_far_it_falls_short() {
    let short = |text: &str| {
        let code = "position-sla-metrics.target";
        let found = findings("a.md", text).into_iter().find(|of| of.code.to_string() == code);
        found.map(|of| (of.fingerprint.as_str().to_owned(), of.lacks, of.short_by))
    };
    let (id, lacks, by) = short(CONTRACT).expect("the figure is too low");
    assert_eq!((lacks, by), (vec!["fallback".to_owned()], Some(2900)));
    let (lower, _, by) = short(&CONTRACT.replace("97.0%", "95.0%")).expect("the figure is too low");
    assert_eq!((&lower, by), (&id, Some(4900)));
    let (higher, lacks, by) =
        short(&CONTRACT.replace("97.0%", "99.6%")).expect("the figure is not preferred");
    assert_eq!((higher, lacks, by), (id, Vec::new(), Some(300)));
    assert_eq!(short(&CONTRACT.replace("97.0%", "99.95%")), None);
}

#[test]
fn an_item_of_a_pack_is_known_by_what_it_lacks() {
    let session = Session::new(Options { packs: vec!["dora".to_owned()], ..Options::default() });
    let report = session.check(&[Input::Bytes("a.md".to_owned(), CONTRACT.as_bytes().to_vec())]);
    let item = |code: &str| {
        let found = report.findings.iter().find(|of| of.code.to_string() == code);
        found.map(|of| of.lacks.clone()).unwrap_or_default()
    };
    // Nothing of the one is there, part of the other is.
    insta::assert_snapshot!(item("dora/30.2-b").join(", "), @"all, data-location.change-control, data-location.location-list, data-location.move-notice, data-location.places-stated");
    insta::assert_snapshot!(item("dora/30.2-e").join(", "), @"performance-reporting.levels-revised");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn what_is_edited_elsewhere_changes_none(
        by in 0u32..40,
        blank in 1usize..4,
        windows in any::<bool>(),
        paragraphs in proptest::collection::vec(any::<bool>(), 10),
        name in "[a-zü ]{1,8}",
    ) {
        let mut text = renumbered(CONTRACT, by).replace("\n\n", &"\n".repeat(blank + 1));
        for (at, _) in paragraphs.iter().enumerate().filter(|(_, put)| **put) {
            let heading = format!("## {}. ", at as u32 + by + 1);
            let paragraph = format!("Both sides have talked about this {at} times.\n\n{heading}");
            text = text.replacen(&heading, &paragraph, 1);
        }
        if windows {
            text = text.replace('\n', "\r\n");
        }
        prop_assert_eq!(known_by("a.md", CONTRACT), known_by(&format!("{name}.md"), &text));
    }
}
