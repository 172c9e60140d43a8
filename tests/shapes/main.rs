//! Contracts of shapes that hurt, at a small size: each is checked to the end, and every place that
//! the report names lies in the text. How long it takes is for `benches/growth.rs`.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod text;

use std::thread;

use clauselint::document;
use clauselint::finding::{Anchor, Finding};
use clauselint::render::{Look, text as render};
use clauselint::session::{Configuration, Input, Options, Session};
use clauselint::source::{FileId, SourceFile, Sources, Span};
use clauselint::triage::Report;

/// The full size divided by this.
const SMALL: usize = 200;

fn check(name: &str, text: String) -> (Session, Report) {
    let options = Options {
        profile: Some("all".to_owned()),
        packs: vec!["dora".to_owned()],
        configuration: Configuration::None,
        ..Options::default()
    };
    let session = Session::new(options);
    let report = session.check(&[Input::Bytes(format!("{name}.md"), text.into_bytes())]);
    (session, report)
}

/// Every span of a finding lies in its file, on borders of characters.
fn assert_spans(finding: &Finding, sources: &Sources, name: &str) {
    let labels = finding.labels.iter().map(|label| label.span);
    let edits = finding.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
    let spans: Vec<Span> = finding.anchor.span().into_iter().chain(labels).chain(edits).collect();
    for span in spans {
        let file = sources.get(span.file()).expect("the file is there");
        assert!(file.text.get(span.range()).is_some(), "{name}: {span:?} in {}", finding.message);
        let (start, end) = (file.position(span.start()), file.position(span.end()));
        assert!(start <= end && end.offset <= file.text.len(), "{name}: {span:?}");
    }
}

#[test]
fn every_shape_is_checked_to_its_end() {
    for shape in text::SHAPES {
        // As much stack as a thread of a front end has, which is less than a test's main thread.
        let thread = thread::Builder::new().name(shape.name.to_owned()).stack_size(1 << 21);
        let thread = thread.spawn(|| {
            let (session, report) = check(shape.name, (shape.make)(shape.full / SMALL));
            assert!(report.failures.is_empty(), "{}: {:?}", shape.name, report.failures);
            assert_eq!(report.coverages.len(), 1, "{}", shape.name);
            for finding in &report.findings {
                assert_spans(finding, &report.sources, shape.name);
            }
            assert!(!render::report(&report, session.rules(), Look::default()).is_empty());
        });
        assert!(thread.expect("a thread starts").join().is_ok(), "{} ends in a panic", shape.name);
    }
}

#[test]
fn what_is_deep_or_long_is_not_left_out() {
    let last = "The Supplier shall pay one million pounds.";
    for opening in ["> ".repeat(10_000), "- ".repeat(10_000), "word ".repeat(40_000), "*a ".repeat(30_000)] {
        let source = SourceFile::new(FileId::default(), "a.md", format!("# Title\n\n{opening}{last}\n"));
        let document = document::parse(&source);
        assert!(document.prose.text.contains(last), "{}", &opening[..8]);
        let longest = document.blocks.iter().map(|block| block.text.len()).max();
        assert!(longest.is_some_and(|longest| longest <= 33_000), "{longest:?}");
    }
}

#[test]
fn a_long_paragraph_is_cut_between_sentences_and_keeps_its_clause() {
    let sentence = "The Supplier shall pay the Charges. ";
    let text = format!("## 1. Charges\n\n1.1 {}\n\n1.2 It is due.\n", sentence.repeat(2_000));
    let source = SourceFile::new(FileId::default(), "a.md", text);
    let document = document::parse(&source);
    let long: Vec<&str> = document.blocks.iter().map(|block| document.text(block)).collect();
    let pieces: Vec<&&str> = long.iter().filter(|text| text.len() > 1_000).collect();
    assert_eq!(pieces.len(), 3, "72 KB are three pieces");
    assert!(pieces.iter().all(|text| text.starts_with("The Supplier") && text.ends_with("Charges.")));
    let clauses = document.clauses.iter().filter_map(|clause| document.label(clause));
    assert_eq!(clauses.map(|label| document.label_text(label)).collect::<Vec<_>>(), ["1", "1.1", "1.2"]);
}

#[test]
fn anchors_of_a_contract_assessed_in_stretches_lie_in_it() {
    let audit = "## 1. Audit\n\n1.1 The Customer may audit the Supplier at any time on ten days' notice.\n\n";
    let (_, before) = check("short", format!("# Services Agreement\n\n{audit}"));
    let far = format!("{}{audit}", text::ordinary(2_500_000).replace("may audit", "may visit"));
    let (_, after) = check("long", far.clone());
    let found = |report: &Report| {
        let assessments = report.coverages.iter().flat_map(|coverage| &coverage.assessments);
        let mut one = assessments.filter(|one| one.clause.contains("audit"));
        one.find_map(|one| one.elements.iter().find_map(|element| element.evidence.first().map(|of| of.span)))
    };
    assert!(found(&before).is_some(), "the clause is one of those looked for");
    let span = found(&after).expect("what stands at the end of a long contract is found");
    assert!(span.start() > 2_400_000 && far.get(span.range()).is_some_and(|words| words.contains("audit")));
    let spans = after.findings.iter().filter(|finding| matches!(finding.anchor, Anchor::Span(_)));
    spans.for_each(|finding| assert_spans(finding, &after.sources, "long"));
}
