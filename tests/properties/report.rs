//! What holds for a whole check of any text, in every format.

use std::sync::LazyLock;

use clauselint::finding::Finding;
use clauselint::render::{Format, Look, render};
use clauselint::session::{Configuration, Input, Options, Session};
use clauselint::source::Sources;
use clauselint::triage::{Day, Report};

/// Every clause, every check and every pack.
static EVERYTHING: LazyLock<Session> = LazyLock::new(|| {
    let packs = Session::new(Options { configuration: Configuration::None, ..Options::default() });
    let packs = packs.rules().packs.iter().map(|pack| pack.id.clone()).collect();
    Session::new(Options {
        configuration: Configuration::None,
        profile: Some("all".to_owned()),
        packs,
        today: Day::parse("2026-11-22"),
        ..Options::default()
    })
});

/// The place of each finding, of its labels and of its edits lies in its file, on whole characters.
pub(crate) fn places(findings: &[Finding], sources: &Sources) {
    for finding in findings {
        let edits = finding.fix.iter().flat_map(|fix| fix.edits.iter().map(|edit| edit.span));
        let labels = finding.labels.iter().map(|label| label.span);
        for span in finding.anchor.span().into_iter().chain(labels).chain(edits) {
            let file = sources.get(span.file()).expect("a finding lies in a file of the report");
            assert!(file.text.get(span.start()..span.end()).is_some(), "{span:?} of {finding:?}");
            let (start, end) = (file.position(span.start()), file.position(span.end()));
            assert!((start.line, start.column) <= (end.line, end.column), "{span:?} of {finding:?}");
        }
    }
}

/// What must not come out raw: it would steer a terminal or turn the reading direction.
fn steers(character: char) -> bool {
    let bidi = matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (character.is_control() && character != '\n') || bidi
}

fn well_formed(format: Format, text: &str) {
    let json = |text: &str| serde_json::from_str::<serde_json::Value>(text).map(drop);
    match format {
        Format::Json | Format::Sarif | Format::Gitlab | Format::Rdjson => json(text).expect("it is JSON"),
        Format::Jsonl => text.lines().for_each(|line| json(line).expect("each line is JSON")),
        Format::Text | Format::Concise | Format::Github | Format::Junit | Format::Markdown => {}
    }
}

fn report(name: &str, bytes: &[u8]) -> Report {
    EVERYTHING.check(&[Input::Bytes(name.to_owned(), bytes.to_owned())])
}

/// Any bytes as a contract, held against everything and told in every format: no panic, places in
/// bounds, nothing that steers a terminal, well-formed JSON, and the same report twice.
pub(crate) fn check(data: &[u8]) {
    let (first, again) = (report("contract.md", data), report("contract.md", data));
    places(&first.findings, &first.sources);
    places(&first.failures, &first.sources);
    for format in Format::ALL {
        let look = Look { verbose: true, exit: Some(1), ..Look::default() };
        let text = render(&first, EVERYTHING.rules(), format, look);
        assert!(!text.contains(steers), "{}: {:?}", format.name(), text.matches(steers).collect::<String>());
        well_formed(format, &text);
    }
    let json = |report: &Report| render(report, EVERYTHING.rules(), Format::Json, Look::default());
    assert_eq!(json(&first), json(&again));
}
