//! What a slip is known by across edits elsewhere, new numbers and another file name: its check,
//! the nearest title above it, and its words.
//!
//! Numbers of clauses are left out, in titles, in references and as labels, since inserting a clause
//! changes them all. Words that tell too little by themselves ("clause", a blank) are known by their
//! neighbours too. That equals of one contract differ is `finding`'s matter.

use std::ops::Range;

use super::Proof;
use crate::document::{Block, ClauseId, Document};
use crate::finding::Fingerprint;
use crate::source::Span;

/// How many words in front of a slip, and behind it, tell it from others.
const FRONT: usize = 4;
const BEHIND: usize = 6;
/// How far from a slip these words stand, in bytes.
const NEAR: usize = 4096;

/// Words after which the number of a clause may stand. A schedule's number is part of its name.
const KEYWORDS: [&str; 12] = [
    "clause",
    "clauses",
    "sub-clause",
    "sub-clauses",
    "section",
    "sections",
    "subsection",
    "subsections",
    "article",
    "articles",
    "paragraph",
    "paragraphs",
];

/// The fingerprint of a slip at a place.
pub(super) fn of(check: &str, span: Span, proof: &Proof<'_>, blocks: &Blocks) -> Fingerprint {
    let block = blocks.at(proof.document, span.start());
    let title = block.map(|block| title_above(proof.document, block.clause)).unwrap_or_default();
    let label = block.and_then(|block| block.label.as_ref()).map(|label| label.span);
    let text = |from: usize, to: usize| {
        // A label is no word of its text.
        let cut = label.filter(|label| from < label.end() && label.start() < to);
        match cut {
            Some(label) => {
                [slice(proof, from, label.start().max(from)), slice(proof, label.end().min(to), to)].join(" ")
            }
            None => slice(proof, from, to).to_owned(),
        }
    };
    let own: Vec<String> = words(&text(span.start(), span.end())).collect();
    let mut parts = vec![check.to_owned(), title, own.join(" ")];
    if let Some(block) = block.filter(|_| !own.iter().any(|word| tells(word))) {
        // Of a long block no more is read than may hold so many words.
        let bounds = near(proof, block.span, span);
        let mut front: Vec<String> = plain(&text(bounds.start, span.start())).collect();
        let behind: Vec<String> = plain(&text(span.end(), bounds.end)).take(BEHIND).collect();
        front.drain(..front.len().saturating_sub(FRONT));
        parts.extend([front.join(" "), behind.join(" ")]);
    }
    let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
    Fingerprint::of(&parts)
}

/// The stretch of a block around a place in which its neighbours are looked for.
fn near(proof: &Proof<'_>, block: Span, place: Span) -> Range<usize> {
    let text = &proof.source.text;
    let from = place.start().saturating_sub(NEAR).max(block.start());
    let to = (place.end() + NEAR).min(block.end());
    let ends = |at: &usize| text.is_char_boundary(*at);
    let from = (block.start()..=from).rev().find(ends).unwrap_or(block.start());
    from..(to..=block.end()).find(ends).unwrap_or(block.end())
}

fn slice<'a>(proof: &Proof<'a>, from: usize, to: usize) -> &'a str {
    proof.source.text.get(from..to).unwrap_or_default()
}

/// The blocks of a contract by their first bytes.
pub(super) struct Blocks {
    /// Each with the furthest end of those up to it.
    ordered: Vec<(u32, u32)>,
}

impl Blocks {
    pub(super) fn new(document: &Document) -> Self {
        let mut order: Vec<u32> = (0..).zip(&document.blocks).map(|(at, _)| at).collect();
        let span = |at: u32| document.blocks[at as usize].span;
        order.sort_by_key(|&at| span(at).start());
        let mut furthest = 0;
        let ordered = order.into_iter().map(|at| {
            furthest = furthest.max(u32::try_from(span(at).end()).unwrap_or(u32::MAX));
            (furthest, at)
        });
        Self { ordered: ordered.collect() }
    }

    /// The smallest block that a place lies in.
    fn at<'a>(&self, document: &'a Document, place: usize) -> Option<&'a Block> {
        let block = |at: u32| &document.blocks[at as usize];
        let next = self.ordered.partition_point(|&(_, at)| block(at).span.start() <= place);
        let around = self.ordered[..next].iter().rev().take_while(|(furthest, _)| *furthest as usize > place);
        let around = around.filter(|&&(_, at)| block(at).span.end() > place);
        around.map(|&(_, at)| at).min_by_key(|&at| (block(at).span.len(), at)).map(block)
    }
}

/// The title of the innermost clause around that has one: a part put around all clauses changes no
/// more than its own.
fn title_above(document: &Document, clause: ClauseId) -> String {
    let above = std::iter::successors(Some(clause), |&id| document.clause(id).parent);
    let title = above.into_iter().find_map(|id| document.clause(id).title.clone());
    title.map(|title| words(document.prose.slice(title)).collect::<Vec<_>>().join(" ")).unwrap_or_default()
}

/// Whether a word alone tells a slip from most others.
fn tells(word: &str) -> bool {
    word.chars().filter(|letter| letter.is_alphabetic()).count() > 2 && !KEYWORDS.contains(&word)
}

/// The words without those that hold a digit.
fn plain(text: &str) -> impl Iterator<Item = String> {
    words(text).filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit()))
}

/// The words in lower case, marks and the numbers of clauses aside.
fn words(text: &str) -> impl Iterator<Item = String> {
    // Whether the number of a clause may come next.
    let mut referring = false;
    text.split_whitespace().filter_map(move |piece| {
        let bare = piece.trim_matches(|letter: char| !letter.is_alphanumeric());
        let word = bare.to_lowercase().replace('’', "'");
        if word.is_empty() {
            referring |= piece.contains('§');
            return None;
        }
        if (referring && is_number(&word)) || is_item(piece, &word) || piece.starts_with('§') {
            referring = true;
            return None;
        }
        referring = KEYWORDS.contains(&word.as_str())
            || (referring && matches!(word.as_str(), "and" | "or" | "to" | "through"));
        Some(word)
    })
}

/// Whether a word may be the number of a clause: "12.3(b", "iv".
fn is_number(word: &str) -> bool {
    word.starts_with(|first: char| first.is_ascii_digit())
        || word.bytes().all(|letter| b"ivxlc".contains(&letter))
}

/// Whether a piece is the label of an item: "(b)", "(iv)".
fn is_item(piece: &str, word: &str) -> bool {
    piece.starts_with('(')
        && piece.contains(')')
        && (word.len() < 3 || is_number(word))
        && !word.bytes().any(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_clauses_are_no_words() {
        let words = |text: &str| words(text).collect::<Vec<_>>();
        let same = |one: &str, other: &str| assert_eq!(words(one), words(other), "{one} / {other}");
        same("see **clause 12.3(b)**,", "see clause 13.3(b)");
        same("clauses 4.2 to 4.6 and 9 of this Agreement", "clauses 5.2 to 5.6 and 10 of this Agreement");
        same("Article IV", "Article V");
        same("§ 5 and §6", "§ 7 and §8");
        same("(b) the Supplier’s staff", "(c) the Supplier's staff");
    }

    #[test]
    fn other_numbers_are() {
        let words = |text: &str| words(text).collect::<Vec<_>>();
        let other = |one: &str, other: &str| assert_ne!(words(one), words(other), "{one} / {other}");
        other("thirty (30) days", "thirty (60) days");
        other("Schedule 3", "Schedule 4");
        other("99.5%", "99.9%");
    }
}
