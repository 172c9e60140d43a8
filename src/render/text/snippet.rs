//! The places of a finding, drawn as codespan draws them: each line with its number, below it what
//! underlines the words, behind or below that what is said of them.
//!
//! ```text
//!    ┌─ msa.md:33:4
//!    │
//! 33 │ The Supplier shall use reasonable efforts.
//!    │     ^^^^^^^^           ------------------ a promise to try
//!    │     │
//!    │     who owes it
//! ```
//!
//! Codespan itself sends each character of each line through `fmt` and an `io::Write`, which was an
//! eighth of a whole check; a test holds what is drawn here against it.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::ink::{BLANKS, Canvas, Ink};
use crate::finding::Severity;
use crate::render::excerpt::{Excerpt, Mark, Placed};
use crate::render::visible::{visible, wrapped};
use crate::source::{FileId, Sources, Span};

/// Room for some drawn lines, in bytes.
const LINES: usize = 1024;

/// What underlines a finding's own place.
const OWN: &str = "^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^";
/// What underlines another place.
const OTHER: &str = "----------------------------------------------------------------";

/// What is drawn between headline and notes.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Snippet {
    pub(super) text: String,
    /// How far its border is indented, and so the notes.
    pub(super) padding: usize,
}

/// What a finding shows of one file.
struct Page<'a> {
    name: Cow<'a, str>,
    excerpt: Excerpt,
    /// Line in the file and column of the place that is named on top, both counted from 1.
    place: (usize, usize),
    /// For each line of the excerpt what is said of it, in order; nothing is drawn of a line with none.
    labels: Vec<Vec<Label<'a>>>,
}

/// Words of one line, and what is said of them.
struct Label<'a> {
    /// Whether it is the finding's own place.
    primary: bool,
    /// Bytes of the line, at least one.
    range: Range<usize>,
    /// Empty for nothing.
    message: Cow<'a, str>,
}

impl Snippet {
    /// Draws the places of a finding; nothing where there is no text to show. `noted`: whether notes
    /// follow.
    pub(super) fn draw(
        marks: &[Mark<'_>],
        level: Severity,
        noted: bool,
        colour: bool,
        sources: &Sources,
    ) -> Self {
        let pages = pages(marks, sources);
        let Some(last) = pages.iter().flat_map(Page::lines).map(|(line, _)| line.number).max() else {
            return Self::default();
        };
        let padding = last.max(1).ilog10() as usize + 1;
        let mut text = String::with_capacity(LINES);
        let mut pen = Pen { canvas: Canvas { out: &mut text, colour }, level, padding };
        for (at, page) in pages.iter().enumerate() {
            pen.page(page);
            if noted || at + 1 < pages.len() {
                pen.border("│");
                pen.end_line();
            }
        }
        Self { text, padding }
    }
}

/// What is shown of each file, in the order in which the marks name them.
fn pages<'a>(marks: &[Mark<'a>], sources: &'a Sources) -> Vec<Page<'a>> {
    let mut files: Vec<FileId> = Vec::with_capacity(1);
    for mark in marks {
        if !files.contains(&mark.span.file()) {
            files.push(mark.span.file());
        }
    }
    files.into_iter().filter_map(|file| Page::new(file, marks, sources)).collect()
}

impl<'a> Page<'a> {
    /// Nothing where no mark stands on text.
    fn new(file: FileId, marks: &[Mark<'a>], sources: &'a Sources) -> Option<Self> {
        let source = sources.get(file)?;
        let on_page = |mark: &&Mark<'_>| mark.span.file() == file && shows(source.text.len(), mark.span);
        let marks: Vec<Mark<'a>> = marks.iter().filter(on_page).copied().collect();
        let excerpt = Excerpt::new(source, &marks);
        let starts = marks.iter().zip(&excerpt.marks);
        let (_, first) = starts.min_by_key(|(mark, placed)| (!mark.primary, placed.range.start))?;
        let start = first.range.start;
        let line = excerpt.lines.get(line_of(&excerpt, start)?)?.number;
        // Marks that begin where the first does may stand on characters that are not shown.
        let column = excerpt.marks.iter().find(|placed| placed.range.start == start)?.column;
        let labels = labels(&marks, &excerpt);
        Some(Self { name: visible(&source.path), excerpt, place: (line, column), labels })
    }

    /// The lines that are drawn, with what is said of each.
    fn lines(&self) -> impl Iterator<Item = (&crate::render::excerpt::Line, &[Label<'a>])> {
        let lines = self.excerpt.lines.iter().zip(&self.labels);
        lines.filter(|(_, labels)| !labels.is_empty()).map(|(line, labels)| (line, labels.as_slice()))
    }
}

/// Whether there is text to show at a span.
const fn shows(length: usize, span: Span) -> bool {
    length > 0 && span.start() <= length
}

/// Which line of an excerpt holds a byte of it.
fn line_of(excerpt: &Excerpt, byte: usize) -> Option<usize> {
    excerpt.lines.partition_point(|line| line.range.start <= byte).checked_sub(1)
}

/// What is said of each line.
fn labels<'a>(marks: &[Mark<'a>], excerpt: &Excerpt) -> Vec<Vec<Label<'a>>> {
    let mut of_lines: Vec<Vec<Label<'_>>> = excerpt.lines.iter().map(|_| Vec::new()).collect();
    for (mark, placed) in marks.iter().zip(&excerpt.marks) {
        let Some(line) = line_of(excerpt, placed.range.start) else { continue };
        let (Some(labels), Some(line)) = (of_lines.get_mut(line), excerpt.lines.get(line)) else { continue };
        let start = placed.range.start - line.range.start;
        let mut put = |end: usize, message: Cow<'a, str>| {
            // What is said of no words is said of the place in front of which they would stand.
            let end = (end - line.range.start).max(start + 1);
            let order = |label: &Label<'_>| (label.range.start, label.range.end).cmp(&(start, end));
            let (Ok(at) | Err(at)) = labels.binary_search_by(order);
            labels.insert(at, Label { primary: mark.primary, range: start..end, message });
        };
        let messages = message_lines(mark, placed);
        if let ([line], true) = (messages.as_slice(), placed.range.len() > 1)
            && !fits_beside(line, placed)
        {
            // Next to a second label without words the message hangs under the text.
            put(placed.range.end, Cow::Borrowed(""));
        }
        // Messages of one place hang under it, the one of the longest words first: each further line
        // takes words that are one character shorter.
        let shown = excerpt.text.get(placed.range.clone()).unwrap_or("");
        let mut ends = shown.char_indices().rev().map(|(at, _)| placed.range.start + at);
        let mut end = placed.range.end;
        for message in messages {
            put(end, message);
            end = ends.next().unwrap_or(end);
        }
    }
    of_lines
}

/// A label's message in lines that fit beside or under it.
fn message_lines<'a>(mark: &Mark<'a>, placed: &Placed) -> Vec<Cow<'a, str>> {
    let message = visible(mark.message);
    if fits_beside(&message, placed) {
        return vec![message];
    }
    let width = 98_usize.saturating_sub(placed.indent).max(40);
    match message {
        Cow::Borrowed(message) => wrapped(message, width),
        Cow::Owned(message) => {
            let lines = wrapped(&message, width).into_iter();
            lines.map(|line| Cow::Owned(line.into_owned())).collect()
        }
    }
}

/// Whether a message fits to the right of its mark.
fn fits_beside(message: &str, placed: &Placed) -> bool {
    placed.end_column + message.chars().count() < 100
}

/// Draws lines of files.
struct Pen<'a> {
    canvas: Canvas<'a>,
    level: Severity,
    padding: usize,
}

impl Pen<'_> {
    fn page(&mut self, page: &Page<'_>) {
        self.border("┌─");
        let (line, column) = page.place;
        let _ = writeln!(self.canvas.out, " {}:{line}:{column}", page.name);
        self.border("│");
        self.end_line();
        let mut above = None;
        for (line, labels) in page.lines() {
            if above.is_some_and(|above| above + 1 != line.index) {
                self.border("·");
                self.end_line();
            }
            above = Some(line.index);
            let text = page.excerpt.text.get(line.range.clone()).unwrap_or("");
            self.line(line.number, text, labels);
        }
    }

    /// Begins a line that has no number.
    fn border(&mut self, border: &str) {
        self.canvas.gutter(self.padding);
        self.canvas.inked(Ink::Border, border);
    }

    fn end_line(&mut self) {
        self.canvas.out.push('\n');
    }

    fn ink(&self, primary: bool) -> Ink {
        if primary { Ink::Own(self.level) } else { Ink::Other }
    }

    /// A line, what underlines it, and what is said below.
    fn line(&mut self, number: usize, text: &str, labels: &[Label<'_>]) {
        self.canvas.dip(Ink::Border);
        let _ = write!(self.canvas.out, "{number:>width$}", width = self.padding);
        self.canvas.dip(Ink::None);
        self.canvas.out.push(' ');
        self.canvas.inked(Ink::Border, "│");
        self.canvas.out.push(' ');
        self.words(text, labels);
        self.end_line();
        let beside = beside(labels);
        self.underlines(text, labels);
        if let Some(label) = beside.and_then(|at| labels.get(at)) {
            self.canvas.out.push(' ');
            self.canvas.inked(self.ink(label.primary), &label.message);
        }
        self.end_line();
        self.hanging(text, labels, beside);
    }

    /// The text of a line, a finding's own place in its colour.
    fn words(&mut self, text: &str, labels: &[Label<'_>]) {
        if !self.canvas.colour {
            self.canvas.out.push_str(text);
            return;
        }
        let mut before = false;
        for (at, letter) in text.char_indices() {
            let own = style(labels, at..at + letter.len_utf8()) == Some(true);
            if own != before {
                self.canvas.dip(if own { Ink::Own(self.level) } else { Ink::None });
                before = own;
            }
            self.canvas.out.push(letter);
        }
        if before {
            self.canvas.dip(Ink::None);
        }
    }

    fn underlines(&mut self, text: &str, labels: &[Label<'_>]) {
        self.border("│");
        self.canvas.out.push(' ');
        let end = labels.iter().map(|label| label.range.end).max().unwrap_or(0);
        let (mut at, mut before) = (0, None);
        while at < end {
            let style = style(labels, at..next_letter(text, at));
            let next = stretch_end(text, labels, at);
            if style != before {
                self.canvas.dip(style.map_or(Ink::None, |primary| self.ink(primary)));
                before = style;
            }
            let line = style.map_or(BLANKS, |primary| if primary { OWN } else { OTHER });
            self.canvas.fill(line, width(text, at..next));
            at = next;
        }
        if before.is_some() {
            self.canvas.dip(Ink::None);
        }
    }

    /// What is said below the words: lines that lead to them, then the messages, from the right.
    fn hanging(&mut self, text: &str, labels: &[Label<'_>], beside: Option<usize>) {
        let hanging = |(at, label): &(usize, &Label<'_>)| !label.message.is_empty() && beside != Some(*at);
        let hanging: Vec<&Label<'_>> =
            labels.iter().enumerate().filter(hanging).map(|(_, label)| label).collect();
        if hanging.is_empty() {
            return;
        }
        self.pointers(text, labels, &hanging, usize::MAX);
        self.end_line();
        for label in hanging.iter().rev() {
            self.pointers(text, labels, &hanging, label.range.start);
            self.canvas.inked(self.ink(label.primary), &label.message);
            self.end_line();
        }
    }

    /// Lines that lead up from messages to words in front of a byte of the text.
    fn pointers(&mut self, text: &str, labels: &[Label<'_>], hanging: &[&Label<'_>], end: usize) {
        self.border("│");
        self.canvas.out.push(' ');
        let end = end.min(text.len());
        let mut at = 0;
        for (place, label) in hanging.iter().enumerate().filter(|(_, label)| label.range.start < end) {
            let start = label.range.start;
            // Of labels that begin together the first draws the line.
            if hanging[..place].last().is_some_and(|before| before.range.start == start) {
                continue;
            }
            self.canvas.blanks(width(text, at..start));
            let primary = hanging.iter().any(|other| other.range.start == start && other.primary);
            self.canvas.inked(self.ink(primary), "│");
            at = next_letter(text, start);
            self.canvas.blanks(width(text, start..at).saturating_sub(1));
        }
        let last = labels.last().map_or(0, |label| label.range.start);
        let end = if last < end { next_letter(text, last) } else { end };
        self.canvas.blanks(width(text, at..end.max(at)));
    }
}

/// Which label's message stands beside its words: that of the rightmost one, if no other label lies
/// over it.
fn beside(labels: &[Label<'_>]) -> Option<usize> {
    let end = labels.iter().map(|label| label.range.end).max()?;
    let (at, last) = labels.iter().enumerate().rfind(|(_, label)| label.range.end == end)?;
    let mut others = labels.iter().enumerate().filter(|&(other, _)| other != at);
    let alone = !others.any(|(_, label)| overlap(&label.range, &last.range));
    (alone && !last.message.is_empty()).then_some(at)
}

/// Whether what stands at these bytes is part of a finding's own place, or of another one.
fn style(labels: &[Label<'_>], bytes: Range<usize>) -> Option<bool> {
    let here = labels.iter().filter(|label| overlap(&label.range, &bytes));
    here.map(|label| label.primary).max()
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start.max(other.start) < one.end.min(other.end)
}

/// The byte behind the character at a byte. Behind the last one stands one more, of one byte and one
/// column.
fn next_letter(text: &str, at: usize) -> usize {
    let after = |at: &usize| text.is_char_boundary(*at);
    (at + 1..text.len()).find(after).unwrap_or_else(|| text.len().max(at + 1))
}

/// The byte from a byte on at which the next label begins or ends; one that ends inside a character
/// takes the whole of it.
fn stretch_end(text: &str, labels: &[Label<'_>], at: usize) -> usize {
    let borders = labels.iter().flat_map(|label| [label.range.start, label.range.end]);
    let next = borders.filter(|&border| border > at).min().unwrap_or(at + 1);
    if next >= text.len() || text.is_char_boundary(next) { next } else { next_letter(text, next) }
}

/// The columns that these bytes take, from one character to another.
fn width(text: &str, bytes: Range<usize>) -> usize {
    let behind = bytes.end.saturating_sub(text.len().max(bytes.start));
    let shown = text.get(bytes.start.min(text.len())..bytes.end.min(text.len())).unwrap_or("");
    let columns = if shown.is_ascii() {
        shown.len()
    } else {
        shown.chars().map(|letter| letter.width().unwrap_or(0)).sum()
    };
    columns + behind
}

#[cfg(test)]
mod tests;
