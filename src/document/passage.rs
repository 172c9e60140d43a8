//! Passages: the pieces of Markdown cut where the author began a new "(a)" or "1.1" on a new
//! line, each with its label read. What is one block to a reader is decided on passages.

use std::ops::Range;

use super::events::{Break, Form, Look, Piece, Raw, Styled};
use super::labels::{self, Mark, Place, Style};
use super::prose::{Prose, to_u32};
use super::titles;

/// A block in the making.
#[derive(Clone, Debug)]
pub(super) struct Passage {
    /// What Markdown took it for.
    pub(super) form: Form,
    /// Its text with the label, in bytes of the scratch text.
    pub(super) text: Range<u32>,
    /// Where its text begins after the label.
    pub(super) body: u32,
    /// More text that goes on in the same sentence after a page or line break.
    pub(super) more: Vec<Range<u32>>,
    /// Its source, marks included.
    pub(super) source: Range<usize>,
    /// The label that it begins with; its positions count from `label_at`.
    pub(super) mark: Option<Mark>,
    /// Where the text that the label was read from begins.
    pub(super) label_at: u32,
    /// The innermost list item that holds it.
    pub(super) item: Option<u32>,
    /// Whether it is the first text of that item.
    pub(super) first: bool,
    /// Whether it has only a bullet for a label.
    pub(super) bullet: bool,
    /// Its emphasised stretches.
    pub(super) styles: Range<u32>,
    /// Its cells.
    pub(super) cells: Range<u32>,
    /// Its table; 0 outside tables.
    pub(super) table: u32,
    /// Whether it is page furniture.
    pub(super) furniture: bool,
}

impl Passage {
    /// The first stretch of its text, label taken off.
    pub(super) fn front<'a>(&self, scratch: &'a Prose) -> &'a str {
        scratch.slice(self.body..self.text.end)
    }

    /// The last stretch of its text.
    pub(super) fn back<'a>(&self, scratch: &'a Prose) -> &'a str {
        self.more.last().map_or_else(|| self.front(scratch), |part| scratch.slice(part.clone()))
    }

    /// Bytes of its text without the label.
    pub(super) fn len(&self) -> usize {
        let more: u32 = self.more.iter().map(|part| part.end - part.start).sum();
        (self.text.end - self.body + more) as usize
    }

    /// The style of its label.
    pub(super) fn style(&self) -> Option<Style> {
        self.mark.map(|mark| mark.style)
    }

    /// Where emphasis that begins its text ends; `body` when it begins with none.
    pub(super) fn styled_until(&self, raw: &Raw) -> u32 {
        let styles = raw.styles_in(&self.styles);
        let mut end = self.body;
        let mut found = false;
        // Inner stretches come before outer ones, so the list is gone through until nothing grows.
        for _ in 0..4 {
            let before = end;
            for style in styles.iter().filter(|style| style.look != Look::Anchor) {
                if joins(style, end, found, self, &raw.scratch) {
                    end = style.end.min(self.text.end);
                    found = true;
                }
            }
            if end == before {
                break;
            }
        }
        if found { end } else { self.body }
    }
}

/// Whether a stretch goes on where the emphasis at the front ended so far.
fn joins(style: &Styled, end: u32, found: bool, passage: &Passage, scratch: &Prose) -> bool {
    if style.end <= end || style.start >= passage.text.end {
        return false;
    }
    let gap = if found { scratch.slice(end..style.start.max(end)) } else { "" };
    let front = style.start <= passage.body || scratch.slice(passage.body..style.start) == "\"";
    if found { gap.trim().is_empty() } else { front && style.end > passage.body }
}

/// Cuts the pieces and reads their labels. The pieces are gone then: they weigh as much as the text.
pub(super) fn cut(raw: &mut Raw) -> Vec<Passage> {
    let (pieces, breaks) = (std::mem::take(&mut raw.pieces), std::mem::take(&mut raw.breaks));
    let raw = &*raw;
    let mut passages = Vec::with_capacity(pieces.len());
    for piece in &pieces {
        let breaks = breaks.get(piece.breaks.start as usize..piece.breaks.end as usize).unwrap_or_default();
        if piece.form != Form::Text || breaks.is_empty() {
            passages.push(passage(raw, piece, piece.text.clone(), true));
        } else {
            cut_lines(raw, piece, breaks, &mut passages);
        }
    }
    passages
}

/// Cuts a paragraph of several lines before each line that begins a block of its own.
fn cut_lines(raw: &Raw, piece: &Piece, breaks: &[Break], passages: &mut Vec<Passage>) {
    let mut from = piece.text.start;
    let mut last: Option<Mark> = labels::read(raw.scratch.slice(piece.text.clone()), Place::Text);
    let mut line = piece.text.start;
    let first = passages.len();
    let unwrapped = unwrapped(piece, breaks);
    for (index, ending) in breaks.iter().enumerate() {
        let end = breaks.get(index + 1).map_or(piece.text.end, |next| next.at.min(piece.text.end));
        if ending.at <= from || ending.at >= end {
            continue;
        }
        let above = raw.scratch.slice(line..ending.at).trim_end();
        let below = raw.scratch.slice(ending.at..end);
        let mark = labels::read(below, Place::Text);
        let cut = match mark {
            Some(mark) => begins_block(above, below, mark, last, ending.hard),
            None if hash_level(below).is_some() => true,
            None if line == from && hash_level(above).is_some() => true,
            None if line == from && title_line(raw, piece, line, ending.at, above, below) => true,
            None if unwrapped && below.starts_with(char::is_uppercase) && ends(above) => true,
            None => labelled(raw, piece, from) && labelled(raw, piece, ending.at),
        };
        line = ending.at;
        if cut {
            let range = super::events::trimmed(&raw.scratch, from..ending.at);
            passages.push(passage(raw, piece, range, passages.len() == first));
            from = ending.at;
            last = mark.or(last);
        }
    }
    let range = super::events::trimmed(&raw.scratch, from..piece.text.end);
    passages.push(passage(raw, piece, range, passages.len() == first));
}

/// Whether a paragraph was pasted with a line for each paragraph, as word processors copy them: one of its lines
/// is longer than anybody breaks lines at.
fn unwrapped(piece: &Piece, breaks: &[Break]) -> bool {
    /// Bytes of a line.
    const LONG: u32 = 200;
    let starts = std::iter::once(piece.text.start).chain(breaks.iter().map(|ending| ending.at));
    let ends = breaks.iter().map(|ending| ending.at).chain(std::iter::once(piece.text.end));
    starts.zip(ends).any(|(start, end)| end.saturating_sub(start) > LONG)
}

/// Whether a line of such a paragraph ends a text, or is a title.
fn ends(line: &str) -> bool {
    line.ends_with(['.', ':', ';', '!', '?', ')', '"', '”']) || titles::title_case(line)
}

/// Whether a line that reads as labelled begins a block, and is not the rest of a sentence such
/// as "pursuant to Section 5 / (a) of this Agreement".
fn begins_block(above: &str, below: &str, mark: Mark, last: Option<Mark>, hard: bool) -> bool {
    let rest = below.get(mark.body as usize..).unwrap_or("");
    if refers(rest) {
        return false;
    }
    let follows = last.is_some_and(|last| last.style == mark.style && successor(last, mark));
    let stopped = above.ends_with(['.', ':', ';', ',', '!', '?', ')', '"', '—'])
        || above.ends_with(" and")
        || above.ends_with(" or");
    follows || hard || stopped || mark.style == Style::Bullet
}

/// Whether the words after a number show that it was a reference: "(a) of this Agreement".
pub(super) fn refers(rest: &str) -> bool {
    const WORDS: &[&str] =
        &["of", "and", "or", "above", "below", "hereof", "to", "through", "hereunder", "herein", "is", "are"];
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    WORDS.contains(&word) || rest.starts_with([',', ';', ')'])
}

/// Whether one label comes next after another of its style.
pub(super) fn successor(last: Mark, next: Mark) -> bool {
    let (a, b) = (last.parts.as_slice(), next.parts.as_slice());
    match (a.split_last(), b.split_last()) {
        (Some((x, above)), Some((y, below))) if above == below => x + 1 == *y,
        // 4.9 -> 5.1, 4 -> 4.1
        _ => b.len() > 1 && (b.starts_with(a) || a.first().is_some_and(|x| b.first() == Some(&(x + 1)))),
    }
}

/// Whether the first line of a paragraph is a title: bold as a whole, or capitals over a text
/// that is not.
fn title_line(raw: &Raw, piece: &Piece, start: u32, end: u32, above: &str, below: &str) -> bool {
    if above.len() > 100
        || above.ends_with([',', ';', '-'])
        || !below.starts_with(|c: char| !c.is_lowercase())
    {
        return false;
    }
    let styles = raw.styles_in(&piece.styles);
    let stop = start + to_u32(above.len());
    let label = labels::read(above, Place::Title).map_or(0, |mark| mark.end);
    let bold = styles.iter().any(|style| {
        style.look == Look::Strong
            && style.start <= start + label
            && style.end + 1 >= stop
            && style.end <= end
    });
    let lower = |text: &str| text.bytes().any(|byte| byte.is_ascii_lowercase());
    let letters = above.bytes().filter(u8::is_ascii_uppercase).count();
    let name = above.get(label as usize..).unwrap_or("").trim();
    let titled = label > 0 && above.len() <= 50 && titles::title_case(name) && !name.ends_with(['.', ':']);
    titled || bold || (letters > 3 && !lower(above) && lower(below))
}

/// Whether a line begins with a bold label: "**Data export:** sixty days". Lines of such labels are
/// blocks of their own, though Markdown reads one paragraph.
fn labelled(raw: &Raw, piece: &Piece, line: u32) -> bool {
    /// Stretches within one another that are looked at.
    const NESTED: usize = 3;
    let styles = raw.styles_in(&piece.styles);
    let start = line
        + to_u32(raw.scratch.slice(line..piece.text.end).bytes().take_while(u8::is_ascii_whitespace).count());
    // Stretches lie in the order of their ends.
    let first = styles.partition_point(|style| style.end <= start);
    styles[first..].iter().take(NESTED).any(|style| {
        let label = raw.scratch.slice(style.start..style.end.min(piece.text.end));
        let behind = raw.scratch.slice(style.end.min(piece.text.end)..piece.text.end);
        let ends = label.trim_end().ends_with(':') || behind.starts_with(':');
        style.look == Look::Strong && style.start <= start && ends && !label.contains('\n')
    })
}

fn passage(raw: &Raw, piece: &Piece, text: Range<u32>, front: bool) -> Passage {
    let (form, text) = hashes(raw, piece.form, text);
    let line = raw.scratch.slice(text.clone());
    let whole = text.end == piece.text.end && front;
    let strong = || strong(raw, piece, &text);
    let place = if matches!(form, Form::Heading(_)) || strong() { Place::Title } else { Place::Text };
    let table = matches!(piece.form, Form::Header | Form::Row);
    let mark = if table { None } else { labels::read(line, place) };
    let source = if whole {
        piece.source.clone()
    } else {
        let start = if front { piece.source.start } else { raw.scratch.source_start(text.start) };
        start..raw.scratch.source_end(text.end).max(start)
    };
    let first = piece.first && front;
    let listed = piece.item.and_then(|item| raw.items.get(item as usize)).is_some_and(|item| item.bullet);
    let signed = mark.is_some_and(|mark| mark.style == Style::Bullet);
    Passage {
        form,
        body: text.start + mark.map_or(0, |mark| mark.body),
        label_at: text.start,
        text,
        more: Vec::new(),
        source,
        bullet: signed || (first && listed && mark.is_none()),
        mark: mark.filter(|mark| mark.style != Style::Bullet),
        item: piece.item,
        first,
        styles: piece.styles.clone(),
        cells: piece.cells.clone(),
        table: piece.table,
        furniture: false,
    }
}

/// "###Title" without a blank is a heading to its author.
fn hashes(raw: &Raw, form: Form, text: Range<u32>) -> (Form, Range<u32>) {
    let line = raw.scratch.slice(text.clone());
    match hash_level(line).filter(|_| form == Form::Text && line.len() < 200) {
        Some(level) => (Form::Heading(level), text.start + u32::from(level)..text.end),
        None => (form, text),
    }
}

/// The level of a line such as "###Title".
fn hash_level(line: &str) -> Option<u8> {
    let level = line.bytes().take_while(|&byte| byte == b'#').count();
    let next = *line.as_bytes().get(level)?;
    let titled = if level == 1 { next.is_ascii_alphabetic() } else { !next.is_ascii_whitespace() };
    u8::try_from(level).ok().filter(|level| titled && (1..=6).contains(level))
}

/// Whether a stretch is strong as a whole.
fn strong(raw: &Raw, piece: &Piece, text: &Range<u32>) -> bool {
    let styles = raw.styles_in(&piece.styles);
    styles
        .iter()
        .any(|style| style.look == Look::Strong && style.start <= text.start && style.end >= text.end)
}
