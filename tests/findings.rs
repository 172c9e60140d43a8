//! What a finding says, word for word: missing with and without a near miss, weak with and without
//! soft wording, strong with soft wording.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::fmt::Write as _;

use clauselint::assess::{Workspace, read};
use clauselint::facts::Given;
use clauselint::finding::{Anchor, Finding};
use clauselint::lint::lint;
use clauselint::rule::{RuleSet, Side};
use clauselint::source::{SourceFile, Sources, Span};

const OPENING: &str = "This Services Agreement is made between Marlow Foods Ltd (the \"Customer\") and Tern \
                       Hosting Ltd (the \"Supplier\").\n\n";

fn findings(text: &str) -> (SourceFile, Vec<Finding>) {
    let rule = include_str!("../fixtures/rules/step-in.toml");
    let (rules, _) = RuleSet::load(&mut Sources::new(), vec![("step-in.toml".into(), rule.into())]);
    let mut sources = Sources::new();
    let file = sources.add("contract.md", format!("{OPENING}{text}"));
    let source = sources.get(file).expect("it was added").clone();
    let coverage = read(&source, &Given::default(), &rules, &mut Workspace::default()).coverage;
    let asked = rules.asked("all", Side::Customer).unwrap_or_default();
    let mut findings = lint(&sources, &coverage, &rules, &asked);
    findings.retain(|finding| finding.code.clause() == Some("step-in"));
    (source, findings)
}

fn told(text: &str) -> String {
    let (source, findings) = findings(text);
    let words = |span: Span| {
        let line = source.position(span.start()).line;
        if span.is_empty() {
            format!("{line}: in front of it")
        } else {
            format!("{line}: {}", source.slice(span))
        }
    };
    let mut out = String::new();
    for finding in &findings {
        let _ = writeln!(out, "{}[{}]: {}", finding.severity, finding.code, finding.message);
        let kind = match finding.anchor {
            Anchor::Span(_) => "words",
            Anchor::Clause(_) => "clause",
            Anchor::Document { .. } => "document",
            Anchor::Nowhere => "nowhere",
        };
        let place = finding.anchor.span().map(words).unwrap_or_default();
        let _ = writeln!(out, "  {kind} {place}\n    ^ {}", finding.anchor_message);
        for label in &finding.labels {
            let _ = writeln!(out, "  {}\n    - {}", words(label.span), label.message);
        }
        for note in &finding.notes {
            let _ = writeln!(out, "  = {note}");
        }
        for help in &finding.help {
            let _ = writeln!(out, "  = help: {help}");
        }
    }
    out
}

#[test]
fn a_missing_clause_points_at_the_closest_text_or_at_where_it_would_go() {
    insta::assert_snapshot!(
        "missing_excluded",
        told(
            "4. Staff. The Supplier employs the staff.\n\n5. Outages. The Customer has no right to step in and perform any Service.\n\n6. Law. English law governs.\n"
        )
    );
    insta::assert_snapshot!(
        "missing_title_only",
        told(
            "4. Staff. The Supplier employs the staff.\n\n## 5. Step-in\n\n## 6. Law\n\nEnglish law governs.\n"
        )
    );
    insta::assert_snapshot!(
        "missing_other_party",
        told(
            "4. Staff. The Supplier employs the staff.\n\n5. Outages. If a Service fails, the Supplier may step in and assist.\n\n6. Law. English law governs.\n"
        )
    );
    insta::assert_snapshot!(
        "missing_nothing",
        told(
            "4. Staff. The Supplier employs the staff.\n\n6. Law. English law governs.\n\n# Schedule 1\n\nPrices.\n"
        )
    );
}

#[test]
fn a_weak_clause_says_what_is_there_and_what_lacks() {
    insta::assert_snapshot!(
        "weak_plain",
        told(
            "## 9. Step-in\n\n9.1 If a Service fails, the Customer may step in and perform it.\n\n9.2 The cost of it shall be borne by the Supplier.\n"
        )
    );
    insta::assert_snapshot!(
        "weak_soft",
        told(
            "## 9. Step-in\n\n9.1 If a Service fails, the Customer may with the prior consent of the Supplier step in and perform it.\n\n9.2 The Supplier shall cooperate.\n\n9.3 The cost of it shall be borne by the Supplier.\n"
        )
    );
}

#[test]
fn a_strong_clause_gives_no_finding_but_one_on_soft_wording() {
    let strong = "9. Step-in. If a Service fails, the Customer may step in and perform it. The Supplier shall \
                  give access. The cost of it shall be borne by the Supplier.\n";
    assert_eq!(told(strong), "");
    let soft =
        "\n10. Extras. The Customer may with the consent of the Supplier take over any further Service.\n";
    insta::assert_snapshot!("strong_soft", told(&format!("{strong}{soft}")));
}
