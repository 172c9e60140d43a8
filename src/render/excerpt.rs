//! The parts of a file that a finding shows. A clause is often one line of 2,000 characters:
//! what is shown of it is cut at word breaks around each mark, with `…` where text is left out, and
//! keeps the true line and column of the mark.

use std::ops::Range;

use super::visible::{Shown, push_shown, shown};
use crate::source::{SourceFile, Span};

/// The widest line shown, in characters.
const WIDTH: usize = 96;
/// How much of a cut line is shown in front of a mark, in characters.
const BEFORE: usize = 28;
/// Index distance between lines that do not follow each other.
const GAP: usize = 10;

/// A place to underline.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Mark<'a> {
    /// The place in the file.
    pub(crate) span: Span,
    /// What to say there; empty for nothing.
    pub(crate) message: &'a str,
    /// Whether it is the finding's own place.
    pub(crate) primary: bool,
}

/// A line of the excerpt.
#[derive(Clone, Debug)]
pub(crate) struct Line {
    /// Consecutive for lines that follow each other in the file.
    pub(crate) index: usize,
    /// Line in the file, counted from 1.
    pub(crate) number: usize,
    /// Bytes of the excerpt.
    pub(crate) range: Range<usize>,
}

/// A mark as it stands in the excerpt.
#[derive(Clone, Debug)]
pub(crate) struct Placed {
    /// Bytes of the excerpt, on one line.
    pub(crate) range: Range<usize>,
    /// How far right its first character stands, in characters counted from 0.
    pub(crate) indent: usize,
    /// How far right its last character stands, in characters counted from 0.
    pub(crate) end_column: usize,
    /// True column in the file, counted from 1.
    pub(crate) column: usize,
}

/// What is shown of one file.
#[derive(Clone, Debug, Default)]
pub(crate) struct Excerpt {
    /// The lines, one under the other.
    pub(crate) text: String,
    pub(crate) lines: Vec<Line>,
    /// The marks, in the order in which they were given.
    pub(crate) marks: Vec<Placed>,
}

/// A stretch of one physical line that is shown.
#[derive(Clone, Debug)]
struct Window {
    /// Line in the file, counted from 0.
    line: usize,
    /// Bytes of the file.
    bytes: Range<usize>,
    cut_before: bool,
    cut_after: bool,
}

/// Where the characters of a window went.
struct Went {
    /// Bytes of the file.
    bytes: Range<usize>,
    /// The first byte and column in the excerpt.
    text: usize,
    columns: usize,
    /// Each character's byte in the file, byte in the excerpt and column; empty for plain text, which
    /// goes as it is.
    map: Vec<(usize, usize, usize)>,
}

impl Went {
    /// The byte and the column in the excerpt of a byte of the file.
    fn of(&self, byte: usize) -> (usize, usize) {
        let Some(last) = self.map.last() else {
            let along = byte.clamp(self.bytes.start, self.bytes.end) - self.bytes.start;
            return (self.text + along, self.columns + along);
        };
        let at = self.map.partition_point(|&(source, ..)| source < byte);
        let &(_, text, column) = self.map.get(at).unwrap_or(last);
        (text, column)
    }
}

impl Excerpt {
    /// Shows the lines of these marks. A mark over several lines is shown on its first line that
    /// is not blank.
    pub(crate) fn new(file: &SourceFile, marks: &[Mark<'_>]) -> Self {
        let spans: Vec<(usize, Range<usize>)> =
            marks.iter().map(|mark| on_one_line(file, mark.span)).collect();
        let windows = windows(file, &spans);
        let mut excerpt = Self::default();
        let mut placed: Vec<Option<Placed>> = vec![None; marks.len()];
        for window in &windows {
            excerpt.show(file, window, &spans, &mut placed);
        }
        excerpt.marks = placed.into_iter().flatten().collect();
        debug_assert_eq!(excerpt.marks.len(), marks.len(), "every mark has a window");
        excerpt
    }

    fn show(
        &mut self,
        file: &SourceFile,
        window: &Window,
        spans: &[(usize, Range<usize>)],
        placed: &mut [Option<Placed>],
    ) {
        let index = self.lines.last().map_or(0, |last| {
            let follows = last.number == window.line && !window.cut_before;
            last.index + if follows { 1 } else { GAP }
        });
        let start = self.text.len();
        let mut columns = 0;
        if window.cut_before {
            self.text.push_str("… ");
            columns = 2;
        }
        let went = self.take(file.text.get(window.bytes.clone()).unwrap_or(""), window, columns);
        for (mark, (line, bytes)) in spans.iter().enumerate() {
            let inside =
                *line == window.line && window.bytes.start <= bytes.start && bytes.start <= window.bytes.end;
            if let (true, Some(slot @ None)) = (inside, placed.get_mut(mark)) {
                let ((start, indent), (end, end_column)) = (went.of(bytes.start), went.of(bytes.end));
                let column = file.position(bytes.start).column;
                let (range, end_column) = (start..end.max(start), end_column.max(indent));
                *slot = Some(Placed { range, indent, end_column, column });
            }
        }
        if window.cut_after {
            self.text.push_str(" …");
        }
        self.lines.push(Line { index, number: window.line + 1, range: start..self.text.len() });
        self.text.push('\n');
    }

    /// Takes a stretch of the file as it is shown, from a column on, and says where it went.
    fn take(&mut self, slice: &str, window: &Window, mut columns: usize) -> Went {
        let mut went = Went { bytes: window.bytes.clone(), text: self.text.len(), columns, map: Vec::new() };
        if slice.bytes().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~')) {
            self.text.push_str(slice);
            return went;
        }
        for (at, character) in slice.char_indices() {
            went.map.push((window.bytes.start + at, self.text.len(), columns));
            let before = self.text.len();
            push_shown(&mut self.text, character);
            columns += self.text.get(before..).map_or(0, |added| added.chars().count());
        }
        went.map.push((window.bytes.end, self.text.len(), columns));
        went
    }
}

/// The line (counted from 0) and the bytes of a span's first line that is not blank.
fn on_one_line(file: &SourceFile, span: Span) -> (usize, Range<usize>) {
    let slice = file.slice(span);
    let skipped = slice.len() - slice.trim_start().len();
    let start = if skipped < slice.len() { span.start() + skipped } else { span.start() };
    let start = start.min(file.text.len());
    let line = file.lines().line_of(start);
    let line_start = file.lines().line_start(line).unwrap_or(0);
    let line_end = line_start + file.line_text(line).len();
    let end = span.end().clamp(start, line_end.max(start));
    let end = start + file.text.get(start..end).map_or(0, |shown| shown.trim_end().len());
    (line, start..end)
}

fn windows(file: &SourceFile, spans: &[(usize, Range<usize>)]) -> Vec<Window> {
    let mut order: Vec<&(usize, Range<usize>)> = spans.iter().collect();
    order.sort_by_key(|(line, bytes)| (*line, bytes.start));
    let mut windows: Vec<Window> = Vec::new();
    for (line, bytes) in order {
        let seen = windows.last().is_some_and(|last| {
            last.line == *line
                && bytes.start >= last.bytes.start
                && (bytes.end <= last.bytes.end || bytes.start + 24 <= last.bytes.end)
        });
        if !seen {
            let after = windows.last().filter(|last| last.line == *line).map(|last| last.bytes.end);
            windows.push(window(file, *line, bytes, after));
        }
    }
    windows
}

/// The window around the bytes of one line, not reaching back over `after`.
fn window(file: &SourceFile, line: usize, bytes: &Range<usize>, after: Option<usize>) -> Window {
    let line_start = file.lines().line_start(line).unwrap_or(0);
    let text = file.line_text(line);
    let line_end = line_start + text.len();
    if after.is_none() && fits(text, WIDTH) {
        return Window { line, bytes: line_start..line_end, cut_before: false, cut_after: false };
    }
    let before = file.text.get(line_start..bytes.start).unwrap_or("");
    let mut start = bytes.start;
    if fits(before, BEFORE) {
        start = line_start;
    } else {
        let near: Vec<usize> = before.char_indices().rev().take(BEFORE).map(|(at, _)| at).collect();
        let word = near.iter().rev().find(|&&at| at > 0 && before.as_bytes().get(at - 1) == Some(&b' '));
        if let Some(&at) = word {
            start = line_start + at;
        }
    }
    if let Some(after) = after.filter(|&after| after > start) {
        start = after.min(bytes.start);
    }
    let rest = file.text.get(start..line_end).unwrap_or("");
    let end = start + cut_at_word(rest, WIDTH);
    let shown = file.text.get(start..end).unwrap_or("");
    // A mark may stand behind the blanks that end a line.
    let end = (start + shown.trim_end().len()).max(bytes.start);
    Window { line, bytes: start..end, cut_before: start > line_start, cut_after: end < line_end }
}

/// How many bytes of `text` fit into `limit` characters, ending after a word if there is one.
fn cut_at_word(text: &str, limit: usize) -> usize {
    let mut end = text.len();
    if starts_plain(text, limit) {
        end = end.min(limit);
    } else {
        let mut columns = 0;
        for (at, character) in text.char_indices() {
            columns += character_width(character);
            if columns > limit {
                end = at;
                break;
            }
        }
    }
    if end == text.len() {
        return end;
    }
    text.get(..end).and_then(|front| front.rfind(' ')).filter(|&at| at > limit / 2).unwrap_or(end)
}

/// Whether a text takes at most `limit` characters; looks at no more of it than that.
fn fits(text: &str, limit: usize) -> bool {
    if starts_plain(text, limit) {
        return text.len() <= limit;
    }
    let mut columns = 0;
    text.chars().all(|character| {
        columns += character_width(character);
        columns <= limit
    })
}

/// Whether the characters that fit, and one more, are a byte and a column each.
fn starts_plain(text: &str, limit: usize) -> bool {
    let bytes = text.as_bytes();
    let front = bytes.get(..=limit).unwrap_or(bytes);
    front.iter().fold(true, |plain, byte| plain & matches!(byte, b' '..=b'~'))
}

fn character_width(character: char) -> usize {
    match shown(character) {
        Shown::Same | Shown::Space => 1,
        Shown::Nothing => 0,
        Shown::Escape => character.escape_unicode().count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    #[test]
    fn a_mark_behind_the_blanks_that_end_a_long_line_has_a_window() {
        let file = SourceFile::new(FileId::default(), "a.md", format!("{}\n", "pay it. ".repeat(50)));
        let span = Span::new(FileId::default(), 400..400);
        let mark = Mark { span, message: "here", primary: true };
        assert_eq!(Excerpt::new(&file, &[mark]).marks.len(), 1);
    }

    fn excerpt(text: &str, needles: &[&str]) -> (SourceFile, Excerpt) {
        let file = SourceFile::new(FileId::default(), "a.md", text);
        let marks: Vec<Mark<'_>> = needles
            .iter()
            .map(|needle| {
                let at = text.find(needle).expect("the words are there");
                let span = Span::new(file.id, at..at + needle.len());
                Mark { span, message: "", primary: true }
            })
            .collect();
        let excerpt = Excerpt::new(&file, &marks);
        (file, excerpt)
    }

    fn marked(excerpt: &Excerpt) -> Vec<&str> {
        excerpt.marks.iter().map(|mark| &excerpt.text[mark.range.clone()]).collect()
    }

    #[test]
    fn a_short_line_is_shown_whole() {
        let (_, shown) = excerpt("one\nthe Supplier shall pay\nthree\n", &["Supplier"]);
        assert_eq!(shown.text, "the Supplier shall pay\n");
        assert_eq!(marked(&shown), ["Supplier"]);
        let lines: Vec<_> = shown.lines.iter().map(|line| (line.number, line.range.clone())).collect();
        assert_eq!(lines, [(2, 0..22)]);
    }

    #[test]
    fn a_long_line_is_cut_at_words_and_keeps_its_column() {
        let long = format!("{}TARGET {}", "lorem ".repeat(300), "ipsum ".repeat(300));
        let (_, shown) = excerpt(&long, &["TARGET"]);
        assert!(shown.text.starts_with("… lorem "), "{}", shown.text);
        assert!(shown.text.ends_with("ipsum …\n"), "{}", shown.text);
        assert!(shown.text.chars().count() < 105);
        assert_eq!(marked(&shown), ["TARGET"]);
        assert_eq!(shown.marks[0].column, 1801);
    }

    #[test]
    fn far_marks_of_one_line_get_excerpts_of_their_own() {
        let long = format!("ONE {} TWO {}", "lorem ".repeat(100), "ipsum ".repeat(100));
        let (_, shown) = excerpt(&long, &["TWO", "ONE"]);
        assert_eq!(marked(&shown), ["TWO", "ONE"]);
        assert_eq!(shown.text.lines().count(), 2);
        assert_eq!(shown.lines.iter().map(|line| line.index).collect::<Vec<_>>(), [0, GAP]);
    }

    #[test]
    fn a_mark_over_lines_stands_on_its_first_line_with_text() {
        let file = SourceFile::new(FileId::default(), "a.md", "a\n\n  first\nsecond\n");
        let mark = Mark { span: Span::new(file.id, 1..18), message: "", primary: true };
        let shown = Excerpt::new(&file, &[mark]);
        assert_eq!(marked(&shown), ["first"]);
    }

    #[test]
    fn an_empty_file_and_an_empty_span_do_not_fail() {
        let file = SourceFile::new(FileId::default(), "a.md", "");
        let mark = Mark { span: Span::new(file.id, 0..0), message: "", primary: true };
        assert_eq!(Excerpt::new(&file, &[mark]).text, "\n");
    }

    #[test]
    fn control_characters_are_shown_as_escapes_and_the_mark_stays() {
        let (_, shown) = excerpt("a\u{1b}[31m TARGET\n", &["TARGET"]);
        assert_eq!(marked(&shown), ["TARGET"]);
        assert!(!shown.text.contains('\u{1b}'));
    }
}
