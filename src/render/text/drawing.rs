//! Findings drawn: headline, places and notes.
//!
//! Many findings on a contract show the same place with the same words ("this clause does not say
//! it"): what is drawn alike is drawn once a file, and so are notes that rules give to several findings.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::ink::{Canvas, Ink};
use super::place;
use super::snippet::Snippet;
use crate::finding::{Anchor, Finding, Severity};
use crate::render::excerpt::Mark;
use crate::render::visible::{visible, visible_lines, wrapped};
use crate::source::Sources;
use crate::token::fold::QuickMap;

/// The widest text of notes and help, in characters.
const NOTE_WIDTH: usize = 92;

/// Draws findings, remembering what it drew.
pub(super) struct Drawing<'a> {
    sources: &'a Sources,
    colour: bool,
    snippets: QuickMap<Key<'a>, Snippet>,
    /// Notes by lead and text, wrapped.
    notes: QuickMap<(&'static str, &'a str), String>,
}

/// All that a snippet depends on.
#[derive(PartialEq, Eq, Hash)]
struct Key<'a> {
    marks: Vec<Mark<'a>>,
    level: Severity,
    /// Whether notes follow: then a line leads to them.
    noted: bool,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(sources: &'a Sources, colour: bool) -> Self {
        Self { sources, colour, snippets: HashMap::default(), notes: HashMap::default() }
    }

    /// Forgets what was drawn, before findings on another file come.
    pub(super) fn forget(&mut self) {
        self.snippets.clear();
        self.notes.clear();
    }

    /// Adds a finding with some of its help, and an empty line.
    pub(super) fn finding(&mut self, finding: &'a Finding, help: &'a [String], out: &mut String) {
        self.headline(finding, out);
        let noted = !finding.notes.is_empty() || !help.is_empty();
        let key = Key { marks: marks(finding), level: finding.severity, noted };
        let snippet = match self.snippets.entry(key) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => {
                let key = place.key();
                let snippet = Snippet::draw(&key.marks, key.level, noted, self.colour, self.sources);
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
        let mut canvas = Canvas { out, colour: self.colour };
        for (lead, text) in notes.chain(help.iter().map(|help| ("help: ", help.as_str()))) {
            let note = self.notes.entry((lead, text)).or_insert_with(|| block(lead, text));
            canvas.note(snippet.padding, note);
        }
        out.push('\n');
    }

    /// Adds "error[missing-exit-transition]: no exit and transition clause".
    fn headline(&self, finding: &Finding, out: &mut String) {
        let code = finding.code.text();
        let level = finding.severity;
        let mut canvas = Canvas { out, colour: self.colour };
        canvas.dip(Ink::Level(level));
        canvas.out.push_str(level.name());
        canvas.out.push('[');
        canvas.out.push_str(&visible(&code));
        canvas.out.push(']');
        canvas.dip(Ink::Headline);
        canvas.out.push_str(": ");
        canvas.out.push_str(&visible(&finding.message));
        canvas.dip(Ink::None);
        canvas.out.push('\n');
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
        if line.is_ascii() {
            return out.push_str(line);
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
