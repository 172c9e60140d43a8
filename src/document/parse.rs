//! Markdown events and offsets -> [`Document`].
//!
//! The stages, each in its own file: `events` (Markdown into normalised pieces), `passage` (lines
//! with labels cut apart), `furniture`, `join` (torn sentences), `inline` (labels inside lines), `titles`, `emit` (blocks over the
//! final prose), `tree` with `leads` (clauses), `units`. Each is one pass over what came before.

use std::borrow::Cow;

use super::titles::Reading;
use super::{
    Document, Link, Prose, emit, events, front_matter, furniture, inline, join, passage, titles, tree, units,
};
use crate::source::{SourceFile, Span};

/// Reads a file as a contract. Never fails: any text is a document.
#[must_use]
pub fn parse(source: &SourceFile) -> Document {
    let text: &str = &source.text;
    let mark = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let front_matter = front_matter::read(source.id, text.get(mark..).unwrap_or(""), mark);
    let base = front_matter.as_ref().map_or(mark, |front| front.span.end());
    let body = line_feeds(text.get(base..).unwrap_or(""));
    let mut raw = events::read(&body, base);
    let mut passages = passage::cut(&mut raw);
    furniture::mark(&raw, &mut passages);
    join::join(&raw, &mut passages);
    passages.shrink_to_fit();
    inline::cut(&raw, &mut passages);
    let readings = readings(&raw, &passages);
    let emit::Emitted { prose, mut blocks, labels } = emit::blocks(source.id, &raw, &passages, &readings);
    // The text stands in the prose now.
    raw.scratch = Prose::default();
    let whole = Span::new(source.id, base..text.len());
    let mut tree = tree::build(&raw, &prose, &passages, &readings, &mut blocks, whole);
    tree.clauses.shrink_to_fit();
    let comments = raw.comments.iter().map(|range| Span::new(source.id, range.clone())).collect();
    let links =
        raw.links.into_iter().map(|(range, target)| Link { span: Span::new(source.id, range), target });
    let links = links.collect();
    let mut document = Document {
        file: source.id,
        prose,
        blocks,
        clauses: tree.clauses,
        title: tree.title,
        front_matter,
        comments,
        links,
        labels,
    };
    spans(&mut document);
    units::mark(&mut document);
    document
}

/// Lone CRs as LFs: Markdown's parser knows them only in part. Offsets stay as they are.
fn line_feeds(text: &str) -> Cow<'_, str> {
    let bytes = text.as_bytes();
    let lone = |at: usize| bytes.get(at) == Some(&b'\r') && bytes.get(at + 1) != Some(&b'\n');
    if !memchr::memchr_iter(b'\r', bytes).any(lone) {
        return Cow::Borrowed(text);
    }
    let mut copy = String::with_capacity(text.len());
    for (at, sign) in text.char_indices() {
        copy.push(if lone(at) { '\n' } else { sign });
    }
    Cow::Owned(copy)
}

/// How each passage is read, with a look at the next one that is no furniture.
fn readings(raw: &events::Raw, passages: &[passage::Passage]) -> Vec<Reading> {
    let mut readings = vec![Reading::Text(None); passages.len()];
    let mut next = None;
    for (passage, reading) in passages.iter().zip(&mut readings).rev() {
        if !passage.furniture {
            *reading = titles::read(raw, passage, next);
            next = Some(passage);
        }
    }
    readings
}

/// The spans of clauses: from their first block to the end of their last.
fn spans(document: &mut Document) {
    let mut furthest = Vec::with_capacity(document.blocks.len());
    let mut end = 0;
    for block in &document.blocks {
        end = block.span.end().max(end);
        furthest.push(end);
    }
    for clause in document.clauses.iter_mut().skip(1) {
        let last = (clause.blocks.end as usize).saturating_sub(1);
        let end = furthest.get(last).copied().unwrap_or(end);
        clause.span = Span::new(document.file, clause.span.start()..end);
    }
}
