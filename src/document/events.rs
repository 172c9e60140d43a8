//! The events of pulldown-cmark -> pieces of normalised text: the only user of that crate.
//!
//! A piece is what Markdown takes for one paragraph, heading, item or row. Marks of ordered lists
//! are put back in front of the text, as the source writes them, so that all labels are read in
//! one way later. Whether a piece is a title, a clause or a page number is not decided here.

mod bound;
mod markup;
mod portions;

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Tag, TagEnd};

pub(super) use bound::LONGEST;

use super::normalise;
use super::prose::{Prose, to_u32};

/// What Markdown takes a piece for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A heading of this level, counted from 1.
    Heading(u8),
    /// Running text.
    Text,
    /// The header row of a table.
    Header,
    /// Another row.
    Row,
}

/// One paragraph, heading, item or row as Markdown sees it.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// What it is.
    pub(super) form: Form,
    /// Its text in bytes of [`Raw::scratch`], trimmed.
    pub(super) text: Range<u32>,
    /// Its source, marks included.
    pub(super) source: Range<usize>,
    /// The innermost list item that holds it, as an index into [`Raw::items`].
    pub(super) item: Option<u32>,
    /// Whether it is the first text of that item.
    pub(super) first: bool,
    /// Its emphasised stretches, as indices into [`Raw::styles`].
    pub(super) styles: Range<u32>,
    /// Its line ends, as indices into [`Raw::breaks`].
    pub(super) breaks: Range<u32>,
    /// Its cells, as indices into [`Raw::cells`].
    pub(super) cells: Range<u32>,
    /// Its table, counted over the file; 0 outside tables.
    pub(super) table: u32,
}

/// An item of a Markdown list.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// The item that its list stands in.
    pub(super) parent: Option<u32>,
    /// Its list, counted over the file.
    pub(super) list: u32,
    /// Whether its mark is a bullet.
    pub(super) bullet: bool,
    /// How many items hold it.
    pub(super) depth: u16,
}

/// How a stretch is set off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// Strong emphasis, `<b>`, `<u>`, `<span class="header">`.
    Strong,
    /// Emphasis.
    Soft,
    /// A link to a place in the same file.
    Anchor,
}

/// A stretch of the scratch text that is set off.
#[derive(Clone, Copy, Debug)]
pub(super) struct Styled {
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) look: Look,
}

/// A line end inside a piece.
#[derive(Clone, Copy, Debug)]
pub(super) struct Break {
    /// First byte of the next line in the scratch text.
    pub(super) at: u32,
    /// Whether the author forced it.
    pub(super) hard: bool,
}

/// A file as Markdown sees it.
#[derive(Debug, Default)]
pub(super) struct Raw {
    pub(super) scratch: Prose,
    pub(super) pieces: Vec<Piece>,
    pub(super) items: Vec<Item>,
    pub(super) styles: Vec<Styled>,
    pub(super) breaks: Vec<Break>,
    /// Cells in bytes of the scratch text.
    pub(super) cells: Vec<Range<u32>>,
    pub(super) comments: Vec<Range<usize>>,
    /// Links, with where they lead.
    pub(super) links: Vec<(Range<usize>, String)>,
}

impl Raw {
    /// The emphasised stretches of these indices.
    pub(super) fn styles_in(&self, indices: &Range<u32>) -> &[Styled] {
        self.styles.get(indices.start as usize..indices.end as usize).unwrap_or_default()
    }
}

/// Reads Markdown. `base` is where `text` begins in the file; line ends are LF or CRLF only.
pub(super) fn read(text: &str, base: usize) -> Raw {
    portions::read(text, base, portions::BOUNDS)
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    base: usize,
    raw: Raw,
    /// The piece being read.
    open: Option<Open>,
    /// The items around, innermost last.
    around: Vec<u32>,
    /// The lists around.
    lists: Vec<u32>,
    next_list: u32,
    /// The start of an item whose first text has not come yet.
    marker: Option<usize>,
    /// Starts of open emphasis, in the scratch text.
    looks: Vec<(u32, Look)>,
    code: Code,
    /// The source of an HTML block.
    html: Option<Range<usize>>,
    /// The end of the block of code being read.
    block_end: usize,
    /// The start of a comment in indented text that goes on in the next line.
    comment: Option<usize>,
    /// Where the last inline event ended.
    last: usize,
    /// Where the open cell begins in the scratch text.
    cell: Option<u32>,
    /// The table being read, counted from 1.
    table: u32,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Code {
    #[default]
    None,
    Indented,
    Fenced,
}

/// The piece being read.
struct Open {
    form: Form,
    source: usize,
    text: u32,
    first: bool,
    styles: u32,
    breaks: u32,
    cells: u32,
}

impl<'a> Reader<'a> {
    fn event(&mut self, event: Event<'a>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(&tag, range),
            Event::End(tag) => self.end(tag, range),
            Event::Text(text) => self.words(&text, range),
            Event::Code(text) => self.code_span(&text, range),
            Event::SoftBreak => self.line_end(range, false),
            Event::HardBreak => self.line_end(range, true),
            Event::InlineHtml(tag) => self.inline_html(&tag, range),
            Event::Html(_) => {
                let html = self.html.get_or_insert(range.clone());
                html.end = range.end;
            }
            Event::TaskListMarker(_) => self.inline(range.start).last = range.end,
            Event::Rule => self.close(range.start),
            Event::FootnoteReference(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {}
        }
    }

    fn start(&mut self, tag: &Tag<'a>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.open(Form::Text, range.start),
            Tag::Heading { level, .. } => self.open(Form::Heading(level_number(*level)), range.start),
            Tag::TableHead => self.open(Form::Header, range.start),
            Tag::TableRow => self.open(Form::Row, range.start),
            Tag::TableCell => self.cell = Some(self.raw.scratch.len()),
            Tag::CodeBlock(kind) => {
                self.close(range.start);
                self.code =
                    if matches!(kind, CodeBlockKind::Indented) { Code::Indented } else { Code::Fenced };
                self.block_end = range.end;
            }
            Tag::HtmlBlock => self.html = None,
            Tag::List(_) => {
                self.close(range.start);
                self.lists.push(self.next_list);
                self.next_list += 1;
            }
            Tag::Item => self.item(range.start),
            Tag::Strong => self.begin_look(range.start, Look::Strong),
            Tag::Emphasis => self.begin_look(range.start, Look::Soft),
            Tag::Link { dest_url, .. } => self.link(range, dest_url.to_string()),
            Tag::Table(_) => {
                self.close(range.start);
                self.table += 1;
            }
            Tag::Image { .. } | Tag::Strikethrough => {}
            _ => self.close(range.start),
        }
    }

    /// A link; one to a place of the same file is a sign of a table of contents.
    fn link(&mut self, range: Range<usize>, target: String) {
        if target.starts_with('#') {
            self.begin_look(range.start, Look::Anchor);
        }
        self.raw.links.push((self.base + range.start..self.base + range.end, target));
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        match tag {
            TagEnd::TableRow => {
                self.extra_cells(range.end);
                self.last = range.end;
                self.close(range.end);
            }
            TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::TableHead => {
                self.last = range.end;
                self.close(range.end);
            }
            TagEnd::TableCell => self.end_cell(range.end),
            TagEnd::CodeBlock => {
                self.close(range.end);
                self.code = Code::None;
                self.comment = None;
            }
            TagEnd::HtmlBlock => self.html_block(),
            TagEnd::List(_) => {
                self.close(range.end);
                self.lists.pop();
            }
            TagEnd::Item => {
                self.bare_marker();
                self.close(range.end);
                self.around.pop();
            }
            TagEnd::Strong => self.end_look(Look::Strong),
            TagEnd::Emphasis => self.end_look(Look::Soft),
            TagEnd::Link if self.looks.last().is_some_and(|(_, look)| *look == Look::Anchor) => {
                self.end_look(Look::Anchor);
            }
            _ => {}
        }
    }

    fn item(&mut self, start: usize) {
        self.bare_marker();
        self.close(start);
        let written = self.text.get(start..).unwrap_or("");
        let start = start + written.bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let bullet = self.text.as_bytes().get(start).is_none_or(|byte| !byte.is_ascii_digit());
        let id = to_u32(self.raw.items.len());
        let list = self.lists.last().copied().unwrap_or(0);
        let depth = u16::try_from(self.around.len()).unwrap_or(u16::MAX);
        self.raw.items.push(Item { parent: self.around.last().copied(), list, bullet, depth });
        self.around.push(id);
        self.marker = Some(start);
    }

    /// A numbered item that begins with a list or holds nothing keeps its number as a piece.
    fn bare_marker(&mut self) {
        if let Some(start) = self.marker
            && self.text.as_bytes().get(start).is_some_and(u8::is_ascii_digit)
        {
            self.open(Form::Text, start);
            self.last = start + self.marker_len(start);
            self.close(self.last);
        }
        self.marker = None;
    }

    fn marker_len(&self, start: usize) -> usize {
        let digits = self.text.get(start..).unwrap_or("").bytes().take_while(u8::is_ascii_digit).count();
        digits + 1
    }

    /// Opens a piece; what was open is closed.
    fn open(&mut self, form: Form, start: usize) {
        self.close(start);
        let marker = self.marker.take();
        let source = marker.unwrap_or(start).min(start);
        let scratch = &mut self.raw.scratch;
        if !scratch.text.is_empty() {
            scratch.push_separator("\n", self.base + source);
        }
        self.open = Some(Open {
            form,
            source,
            text: scratch.len(),
            first: marker.is_some(),
            styles: to_u32(self.raw.styles.len()),
            breaks: to_u32(self.raw.breaks.len()),
            cells: to_u32(self.raw.cells.len()),
        });
        self.last = source;
        if let Some(start) =
            marker.filter(|&start| self.text.as_bytes().get(start).is_some_and(u8::is_ascii_digit))
        {
            let end = start + self.marker_len(start);
            let written = self.text.get(start..end).unwrap_or("");
            self.raw.scratch.push_verbatim(written, self.base + start);
            self.raw.scratch.push_separator(" ", self.base + end);
            self.last = end;
        }
    }

    /// The reader with a piece open, for inline text at `start`.
    fn inline(&mut self, start: usize) -> &mut Self {
        if self.open.is_none() {
            self.open(Form::Text, start);
        } else if self.is_full() {
            self.go_on(start);
        }
        self
    }

    /// Begins an emphasised stretch at `start` of the source.
    fn begin_look(&mut self, start: usize, look: Look) {
        let here = self.inline(start).raw.scratch.len();
        self.looks.push((here, look));
    }

    fn end_look(&mut self, look: Look) {
        if let Some((start, _)) = self.looks.pop() {
            let end = self.raw.scratch.len();
            if end > start {
                self.raw.styles.push(Styled { start, end, look });
            }
        }
    }

    /// Ends the open piece; empty ones vanish.
    fn close(&mut self, end: usize) {
        let Some(open) = self.open.take() else { return };
        self.looks.clear();
        self.cell = None;
        let text = trimmed(&self.raw.scratch, open.text..self.raw.scratch.len());
        if text.is_empty() {
            return;
        }
        let end = self.last.min(end).max(open.source);
        let written = self.text.get(open.source..end).unwrap_or("");
        let end = open.source + written.trim_end().len();
        self.raw.pieces.push(Piece {
            form: open.form,
            text,
            source: self.base + open.source..self.base + end,
            item: self.around.last().copied(),
            first: open.first,
            styles: open.styles..to_u32(self.raw.styles.len()),
            breaks: open.breaks..to_u32(self.raw.breaks.len()),
            cells: open.cells..to_u32(self.raw.cells.len()),
            table: if matches!(open.form, Form::Header | Form::Row) { self.table } else { 0 },
        });
    }

    fn words(&mut self, text: &str, range: Range<usize>) {
        match self.code {
            Code::Fenced => return,
            Code::Indented => return self.indented(range),
            Code::None => {}
        }
        let base = self.base;
        let written = self.text.get(range.clone()).unwrap_or("");
        // Most events borrow from the source itself; then no byte has to be compared.
        let borrowed = text.len() == written.len() && std::ptr::eq(text.as_ptr(), written.as_ptr());
        if borrowed || text == written {
            self.push_source(written, range.start);
        } else {
            let scratch = &mut self.inline(range.start).raw.scratch;
            normalise::push_whole(scratch, text, base + range.start..base + range.end);
        }
        self.last = range.end;
    }

    fn code_span(&mut self, text: &str, range: Range<usize>) {
        let base = self.base;
        let written = self.text.get(range.clone()).unwrap_or("");
        let ticks = written.bytes().take_while(|&byte| byte == b'`').count();
        let inside = written.get(ticks..).and_then(|rest| rest.find(text)).map(|at| at + ticks);
        match inside {
            Some(at) => self.push_source(text, range.start + at),
            None => {
                let scratch = &mut self.inline(range.start).raw.scratch;
                normalise::push_whole(scratch, text, base + range.start..base + range.end);
            }
        }
        self.last = range.end;
    }

    fn line_end(&mut self, range: Range<usize>, hard: bool) {
        self.inline(range.start).push_break(range.clone(), hard);
        self.last = range.end;
    }

    fn push_break(&mut self, range: Range<usize>, hard: bool) {
        let scratch = &mut self.raw.scratch;
        scratch.push_replaced(" ", self.base + range.start..self.base + range.end);
        let at = scratch.len();
        self.raw.breaks.push(Break { at, hard });
    }

    fn end_cell(&mut self, end: usize) {
        if self.keep_cell() {
            self.last = self.last.max(end);
            if self.is_full() {
                self.go_on(end);
            }
        }
    }

    /// Ends the open cell, if there is one.
    fn keep_cell(&mut self) -> bool {
        let Some(start) = self.cell.take() else { return false };
        let at = self.base + self.last;
        let scratch = &mut self.raw.scratch;
        let cell = trimmed(scratch, start..scratch.len());
        scratch.push_separator(" ", at);
        self.raw.cells.push(cell);
        true
    }

    /// Markdown drops the cells that a row has beyond its header; a reader does not.
    fn extra_cells(&mut self, end: usize) {
        let rest = self.text.get(self.last..end).unwrap_or("");
        let blank = |c: char| c == '|' || c.is_whitespace();
        let start = self.last + (rest.len() - rest.trim_start_matches(blank).len());
        let cells = rest.trim_matches(blank);
        if self.open.is_some() && !cells.is_empty() {
            self.cell = Some(self.raw.scratch.len());
            let end = start + cells.len();
            self.outside_comments(start..end, end, |reader, part| {
                let written = reader.text.get(part.clone()).unwrap_or("");
                reader.unmarked(written, part.start);
            });
            self.end_cell(end);
        }
    }
}

/// A range of the scratch text without blanks at its ends.
pub(super) fn trimmed(scratch: &Prose, range: Range<u32>) -> Range<u32> {
    let text = scratch.slice(range.clone());
    let start = range.start + to_u32(text.len() - text.trim_start().len());
    let end = range.end - to_u32(text.len() - text.trim_end().len());
    start..end.max(start)
}

const fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
