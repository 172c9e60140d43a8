//! Where and in which words a finding is told in formats that know only lines, columns and
//! sentences. `text` and `json` show more and do it their own way.

use crate::finding::{Anchor, Code, Finding};
use crate::source::{Position, SourceFile, Sources, Span};

/// A place that lies on lines that exist: never behind the last one, never on a line end alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place<'a> {
    /// The file.
    pub(super) file: &'a SourceFile,
    /// Where it begins.
    pub(super) start: Position,
    /// The place after its last character; `start` when there is nothing to see.
    pub(super) end: Position,
}

impl<'a> Place<'a> {
    /// Where a span lies; nothing for a span of no known file.
    pub(super) fn of_span(span: Span, sources: &'a Sources) -> Option<Self> {
        let file = sources.get(span.file())?;
        let words = file.slice(span).trim_end_matches(['\r', '\n']);
        // What goes in at the end of a file goes in after its last line.
        let text = file.text.trim_end_matches(['\r', '\n']);
        let first = span.start().min(text.len());
        let last = (first + words.len()).min(text.len());
        Some(Self { file, start: file.position(first), end: file.position(last) })
    }

    /// Where a finding is told; nothing for one without a file.
    pub(super) fn of(finding: &Finding, sources: &'a Sources) -> Option<Self> {
        finding.anchor.span().and_then(|span| Self::of_span(span, sources))
    }

    /// The words there.
    pub(super) fn words(&self) -> &'a str {
        self.file.text.get(self.start.offset..self.end.offset).unwrap_or("")
    }

    /// The path without a leading "./", as services that know a repository by its paths want it.
    pub(super) fn path(&self) -> &'a str {
        let mut path = self.file.path.as_str();
        while let Some(rest) = path.strip_prefix("./").filter(|rest| !rest.is_empty()) {
            path = rest.trim_start_matches('/');
        }
        path
    }
}

/// The headline; one about a text that is absent says that its place is where the text could go.
pub(super) fn headline(finding: &Finding) -> String {
    let absent = matches!(finding.code, Code::Missing(_) | Code::Pack { .. });
    if absent && matches!(finding.anchor, Anchor::Document { .. }) {
        return format!("{} ({INSERT})", finding.message);
    }
    finding.message.clone()
}

/// What is said at a place where something could go in.
const INSERT: &str = "it could go in here";

/// What is to be seen at the place, where that says more than the place.
pub(super) fn seen(finding: &Finding) -> Option<&str> {
    let seen = finding.anchor_message.as_str();
    Some(seen).filter(|seen| !["", INSERT, "this clause"].contains(seen))
}

/// What else there is to say, a paragraph each: what is to be seen at the place, notes, advice.
fn paragraphs(finding: &Finding) -> Vec<String> {
    let notes = seen(finding).into_iter().chain(finding.notes.iter().map(String::as_str));
    let notes = notes.map(str::to_owned);
    notes.chain(finding.help.iter().map(|help| format!("help: {help}"))).collect()
}

/// The headline and the paragraphs, a line each.
pub(super) fn whole(finding: &Finding) -> String {
    let mut lines = vec![headline(finding)];
    lines.extend(paragraphs(finding));
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Severity;
    use crate::source::FileId;

    fn place(text: &str, range: std::ops::Range<usize>) -> ((usize, usize), (usize, usize)) {
        let mut sources = Sources::new();
        sources.add("a.md", text);
        let place = Place::of_span(Span::new(FileId::default(), range), &sources).expect("there is a file");
        ((place.start.line, place.start.column), (place.end.line, place.end.column))
    }

    #[test]
    fn places_stay_on_lines_that_exist() {
        assert_eq!(place("one\ntwo\n", 4..7), ((2, 1), (2, 4)));
        assert_eq!(place("one\ntwo\n", 0..4), ((1, 1), (1, 4)), "a line end is no place");
        assert_eq!(place("one\ntwo\n", 8..8), ((2, 4), (2, 4)), "the end of the file is its last line");
        assert_eq!(place("one\ntwo", 7..7), ((2, 4), (2, 4)));
        assert_eq!(place("", 0..0), ((1, 1), (1, 1)));
        assert_eq!(place("é\n", 0..3), ((1, 1), (1, 2)));
    }

    #[test]
    fn an_absent_text_says_that_it_could_go_in() {
        let insert_at = Span::new(FileId::default(), 0..0);
        let finding =
            |code| Finding::new(code, Severity::Error, "no x clause", Anchor::Document { insert_at });
        assert_eq!(headline(&finding(Code::Missing("x".into()))), "no x clause (it could go in here)");
        assert_eq!(headline(&finding(Code::Unreadable)), "no x clause", "nothing is to go in there");
        let told = finding(Code::Missing("x".into())).at(INSERT).note("why").help("what");
        assert_eq!(paragraphs(&told), ["why", "help: what"], "said once");
    }

    #[test]
    fn paths_are_as_a_repository_knows_them() {
        let path = |path: &str| {
            let mut sources = Sources::new();
            let id = sources.add(path, "x");
            Place::of_span(Span::new(id, 0..0), &sources).expect("a file").path().to_owned()
        };
        assert_eq!(
            (path("./a/b.md"), path(".//a.md"), path("./"), path("../a.md")),
            ("a/b.md".into(), "a.md".into(), "./".into(), "../a.md".into())
        );
    }
}
