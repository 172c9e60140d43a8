//! Findings drawn by codespan: headline, places and notes. The only importer of codespan_reporting.
//!
//! Codespan looks at each character of a line for each label on it, and many findings on a contract
//! show the same place with the same words ("this clause does not say it"): what is drawn alike is
//! drawn once a file, and so are notes that rules give to several findings.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::io;

use codespan_reporting::diagnostic::{Diagnostic, Label, LabelStyle, Severity as Level};
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::termcolor::Ansi;
use codespan_reporting::term::{Config, Renderer, RichDiagnostic, Styles, StylesWriter, WriteStyle};

use super::place;
use crate::finding::{Anchor, Finding, Severity};
use crate::render::excerpt::{Excerpt, Mark, Placed};
use crate::render::visible::{visible, visible_lines, wrap, wrapped};
use crate::source::{FileId, Sources, Span};

/// The widest text of notes and help, in characters.
const NOTE_WIDTH: usize = 92;

/// Room for some drawn lines, in bytes: codespan gives them letter by letter.
const LINES: usize = 1024;
/// So many snippets, and as many notes, are remembered: of a file with more findings, each shows another
/// place.
const REMEMBERED: usize = 4096;

/// Draws findings, remembering what it drew.
pub(super) struct Drawing<'a> {
    sources: &'a Sources,
    pen: Pen,
    snippets: HashMap<Key<'a>, Snippet>,
    /// Notes by lead and text, wrapped.
    notes: HashMap<(&'static str, &'a str), String>,
}

/// All that a snippet depends on.
#[derive(PartialEq, Eq, Hash)]
struct Key<'a> {
    marks: Vec<Mark<'a>>,
    level: Severity,
    /// Whether notes follow: then a line leads to them.
    noted: bool,
}

/// What is drawn between headline and notes.
#[derive(Default)]
struct Snippet {
    text: String,
    /// How far its border is indented, and so the notes.
    padding: usize,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(sources: &'a Sources, colour: bool) -> Self {
        let pen = Pen { colour, config: Config::default(), styles: Styles::default() };
        Self { sources, pen, snippets: HashMap::new(), notes: HashMap::new() }
    }

    /// Forgets what was drawn, before findings on another file come or when it is much.
    pub(super) fn forget(&mut self) {
        self.snippets.clear();
        self.notes.clear();
    }

    /// Adds a finding with some of its help, and an empty line.
    pub(super) fn finding(&mut self, finding: &'a Finding, help: &'a [String], out: &mut String) {
        if self.snippets.len().max(self.notes.len()) >= REMEMBERED {
            self.forget();
        }
        let code = finding.code.to_string();
        let (code, message) = (visible(&code), visible(&finding.message));
        let severity = level(finding.severity);
        self.pen.draw(out, |renderer| renderer.render_header(None, severity, Some(&code), &message));
        let noted = !finding.notes.is_empty() || !help.is_empty();
        let key = Key { marks: marks(finding), level: finding.severity, noted };
        let snippet = match self.snippets.entry(key) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let snippet = self.pen.snippet(place.key(), self.sources);
                place.insert(snippet)
            }
        };
        out.push_str(&snippet.text);
        if snippet.text.is_empty()
            && let Some(place) = place(finding, self.sources)
        {
            out.push_str("  ┌─ ");
            out.push_str(&place);
            out.push('\n');
        }
        let notes = finding.notes.iter().map(|note| ("", note.as_str()));
        for (lead, text) in notes.chain(help.iter().map(|help| ("help: ", help.as_str()))) {
            let note = self.notes.entry((lead, text)).or_insert_with(|| block(lead, text));
            self.pen.draw(out, |renderer| renderer.render_snippet_note(snippet.padding, note));
        }
        out.push('\n');
    }
}

/// How codespan is to draw.
struct Pen {
    colour: bool,
    config: Config,
    styles: Styles,
}

impl Pen {
    /// Adds what codespan draws.
    fn draw(&self, out: &mut String, draw: impl FnOnce(&mut Renderer<'_, '_>) -> Result<(), Error>) {
        let mut buffer = Vec::with_capacity(LINES);
        let drawn = if self.colour {
            let mut ansi = Ansi::new(&mut buffer);
            draw(&mut Renderer::new(&mut StylesWriter::new(&mut ansi, &self.styles), &self.config))
        } else {
            draw(&mut Renderer::new(&mut Plain(&mut buffer), &self.config))
        };
        // Only a page that codespan asks for and does not get would make this fail.
        debug_assert!(drawn.is_ok(), "every label lies on a page");
        out.push_str(str::from_utf8(&buffer).unwrap_or_default());
    }

    /// Draws the places of a finding; nothing where there is no text to show.
    fn snippet(&self, key: &Key<'_>, sources: &Sources) -> Snippet {
        let pages = Pages::new(&key.marks, sources);
        let labels = pages.labels();
        if labels.is_empty() {
            return Snippet::default();
        }
        // A note without words draws nothing but the line that leads to it.
        let notes = if key.noted { vec![String::new()] } else { Vec::new() };
        let diagnostic = Diagnostic::new(level(key.level)).with_labels(labels).with_notes(notes);
        let mut drawn = String::new();
        self.draw(&mut drawn, |renderer| {
            RichDiagnostic::new(&diagnostic, &self.config).render(&pages, renderer)
        });
        // Between the headline and the empty line at the end.
        let text = drawn.split_once('\n').map_or("", |(_, text)| text);
        let text = text.strip_suffix('\n').unwrap_or(text).to_owned();
        let padding = text.len() - text.trim_start_matches(' ').len();
        Snippet { text, padding: padding.saturating_sub(1) }
    }
}

/// Takes what is drawn without colours.
struct Plain<'a>(&'a mut Vec<u8>);

impl io::Write for Plain<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl WriteStyle for Plain<'_> {
    fn set_header(&mut self, _severity: Level) -> io::Result<()> {
        Ok(())
    }

    fn set_header_message(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn set_line_number(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn set_note_bullet(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn set_source_border(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn set_label(&mut self, _severity: Level, _style: LabelStyle) -> io::Result<()> {
        Ok(())
    }

    fn reset(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const fn level(severity: Severity) -> Level {
    match severity {
        Severity::Error => Level::Error,
        Severity::Warning => Level::Warning,
        Severity::Note => Level::Note,
    }
}

/// A text wrapped under its first words.
fn block(lead: &str, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + lead.len() * 3);
    // A command is not broken over lines: it is there to be copied.
    let mut text = visible_lines(text);
    if text.contains("clauselint explain ") {
        text = text.replace("clauselint explain ", "clauselint\u{a0}explain\u{a0}").into();
    }
    let width = NOTE_WIDTH - lead.len();
    let mut first = true;
    let mut push = |line: &str| {
        if std::mem::take(&mut first) {
            out.push_str(lead);
        } else {
            out.push('\n');
            out.extend(std::iter::repeat_n(' ', lead.len()));
        }
        let mut words = line.split('\u{a0}');
        out.push_str(words.next().unwrap_or_default());
        for word in words {
            out.push(' ');
            out.push_str(word);
        }
    };
    for paragraph in text.lines() {
        // A line that fits keeps its spaces: they may stand for columns.
        if paragraph.len() <= width || paragraph.chars().count() <= width {
            push(paragraph);
        } else {
            wrapped(paragraph, width).iter().for_each(|line| push(line));
        }
    }
    out
}

/// The places that a finding shows.
fn marks(finding: &Finding) -> Vec<Mark<'_>> {
    let mut marks = Vec::with_capacity(1 + finding.labels.len());
    if let Anchor::Span(span) | Anchor::Clause(span) = finding.anchor {
        marks.push(Mark { span, message: &finding.anchor_message, primary: true });
    }
    // What is absent has no words to underline: its place is shown when there is something to
    // say there, and only as the line.
    if let Anchor::Document { insert_at } = finding.anchor
        && !finding.anchor_message.is_empty()
    {
        marks.push(Mark { span: insert_at, message: &finding.anchor_message, primary: true });
    }
    let labels = finding.labels.iter();
    marks.extend(labels.map(|label| Mark { span: label.span, message: &label.message, primary: false }));
    marks
}

/// What a finding shows of each file, in the shape that codespan reads.
struct Pages<'a> {
    pages: Vec<Page<'a>>,
}

struct Page<'a> {
    name: Cow<'a, str>,
    excerpt: Excerpt,
    marks: Vec<Mark<'a>>,
}

impl<'a> Pages<'a> {
    fn new(marks: &[Mark<'a>], sources: &'a Sources) -> Self {
        let mut files: Vec<FileId> = Vec::new();
        for mark in marks {
            if !files.contains(&mark.span.file()) {
                files.push(mark.span.file());
            }
        }
        let page = |file: FileId| {
            let source = sources.get(file)?;
            let on_page = |mark: &&Mark<'_>| mark.span.file() == file && shows(source.text.len(), mark.span);
            let marks: Vec<Mark<'a>> = marks.iter().filter(on_page).copied().collect();
            let excerpt = Excerpt::new(source, &marks);
            Some(Page { name: visible(&source.path), excerpt, marks })
        };
        Self { pages: files.into_iter().filter_map(page).collect() }
    }

    fn labels(&self) -> Vec<Label<usize>> {
        let mut labels = Vec::new();
        for (id, page) in self.pages.iter().enumerate() {
            for (mark, placed) in page.marks.iter().zip(&page.excerpt.marks) {
                let make = if mark.primary { Label::primary } else { Label::secondary };
                let shown = page.excerpt.text.get(placed.range.clone()).unwrap_or("");
                // Labels of one place are hung under it, the longest first: each further line of a
                // message takes a range one character shorter.
                let mut ends = shown.char_indices().rev().map(|(at, _)| placed.range.start + at);
                let mut end = placed.range.end;
                let lines = message_lines(mark, placed);
                if let ([line], true) = (lines.as_slice(), placed.range.len() > 1)
                    && !fits_beside(line, placed)
                {
                    // A second label without words makes codespan hang the first under the text.
                    labels.push(make(id, placed.range.clone()));
                }
                for line in lines {
                    labels.push(make(id, placed.range.start..end).with_message(line));
                    end = ends.next().unwrap_or(end);
                }
            }
        }
        labels
    }

    fn page(&self, id: usize) -> Result<&Page<'a>, Error> {
        self.pages.get(id).ok_or(Error::FileMissing)
    }
}

/// A label's message in lines that fit beside or under it: codespan never breaks one, but hangs
/// several labels of one range under each other.
fn message_lines(mark: &Mark<'_>, placed: &Placed) -> Vec<String> {
    let message = visible(mark.message);
    if fits_beside(&message, placed) {
        return vec![message.into_owned()];
    }
    wrap(&message, 98_usize.saturating_sub(placed.indent).max(40))
}

/// Whether a message fits to the right of its mark.
fn fits_beside(message: &str, placed: &Placed) -> bool {
    placed.end_column + message.chars().count() < 100
}

/// Whether there is text to show at a span.
const fn shows(length: usize, span: Span) -> bool {
    length > 0 && span.start() <= length
}

impl<'a> Files<'a> for Pages<'_> {
    type FileId = usize;
    type Name = &'a str;
    type Source = &'a str;

    fn name(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.page(id)?.name)
    }

    fn source(&'a self, id: usize) -> Result<&'a str, Error> {
        Ok(&self.page(id)?.excerpt.text)
    }

    fn line_index(&'a self, id: usize, byte_index: usize) -> Result<usize, Error> {
        Ok(self.page(id)?.excerpt.line_index(byte_index))
    }

    fn line_number(&'a self, id: usize, line_index: usize) -> Result<usize, Error> {
        let line = self.page(id)?.excerpt.line(line_index);
        line.map(|(number, _)| number).ok_or(Error::LineTooLarge { given: line_index, max: 0 })
    }

    fn column_number(&'a self, id: usize, _line_index: usize, byte_index: usize) -> Result<usize, Error> {
        Ok(self.page(id)?.excerpt.column(byte_index))
    }

    fn line_range(&'a self, id: usize, line_index: usize) -> Result<std::ops::Range<usize>, Error> {
        let line = self.page(id)?.excerpt.line(line_index);
        line.map(|(_, range)| range).ok_or(Error::LineTooLarge { given: line_index, max: 0 })
    }
}
