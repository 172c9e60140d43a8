//! Small signs in texts and titles that the tree goes by.

use super::super::emit::index;
use super::super::events::Form;
use super::super::labels::{Mark, Style};
use super::super::passage::Passage;
use super::super::{Block, BlockKind, Prose};
use crate::source::Span;

/// The source of the title line, or of the first words; `near` is the run of the prose that the last
/// one ended in.
pub(super) fn head(prose: &Prose, block: &Block, near: &mut usize) -> Span {
    const WORDS: u32 = 60;
    let start = block.label.as_ref().map_or(block.span.start(), |label| label.span.start());
    if block.kind == BlockKind::Heading {
        return block.span;
    }
    let end = block.run_in().map_or_else(
        || {
            let text = prose.slice(block.text.clone());
            let cut = front_end(text, WORDS as usize);
            let blank = text.get(..cut).filter(|_| cut < text.len()).and_then(|text| text.rfind(' '));
            block.text.start + index(blank.unwrap_or(cut))
        },
        |run_in| run_in.end,
    );
    let end = if end > block.text.start { prose.source_end_near(end, near) } else { block.span.end() };
    Span::new(block.span.file(), start..end.max(start))
}

/// Where the first `most` bytes of a text end, at a character's border.
pub(in crate::document) fn front_end(text: &str, most: usize) -> usize {
    if text.len() <= most {
        return text.len();
    }
    (0..=most).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// Whether a paragraph defines a term and so is no part of the list before it.
pub(super) fn defines(text: &str) -> bool {
    let Some(term) = text.strip_prefix('"') else { return false };
    let after = term.bytes().take(80).position(|byte| byte == b'"').and_then(|end| term.get(end + 1..));
    let words = after.unwrap_or("").split_whitespace().take(4);
    words.into_iter().any(|word| matches!(word, "means" | "mean" | "has" | "have" | "refers" | "includes"))
}

/// "Recitals", "Background" and their like.
pub(super) fn recitals(text: &str) -> bool {
    const WORDS: &[&str] =
        &["RECITALS", "RECITAL", "BACKGROUND", "WITNESSETH", "PREAMBLE", "WHEREAS", "PARTIES"];
    let letters = || text.bytes().filter(u8::is_ascii_alphabetic).map(|byte| byte.to_ascii_uppercase());
    text.len() <= 60 && WORDS.iter().any(|word| letters().eq(word.bytes()))
}

/// Whether a title says that the text is a contract.
pub(super) fn names_contract(text: &str) -> bool {
    const WORDS: &[&str] =
        &["agreement", "contract", "terms", "addendum", "policy", "schedule", "statement of work"];
    let lower = text.to_ascii_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}

/// The level of the first heading of Markdown, if it stands alone at the top.
pub(super) fn lone_level(passages: &[Passage]) -> Option<u8> {
    let mut levels =
        passages.iter().filter(|passage| !passage.furniture).filter_map(|passage| match passage.form {
            Form::Heading(level) => Some(level),
            _ => None,
        });
    let first = levels.next()?;
    levels.all(|level| level > first).then_some(first)
}

/// Whether the next passage that is no furniture begins with a number or letter.
pub(super) fn numbers_follow(passages: &[Passage]) -> bool {
    let next = passages.iter().take(8).find(|passage| !passage.furniture);
    next.and_then(Passage::style).is_some_and(|style| !matches!(style, Style::Attachment))
}

/// Whether a label is one of a list inside a clause, which text above may lead into.
pub(super) fn nested(mark: Mark, first_level: bool) -> bool {
    match mark.style {
        Style::Lower | Style::LowerRoman | Style::Parens | Style::HalfParens => true,
        Style::Multi | Style::LetterNumber => mark.parts.as_slice().len() > 2 || !first_level,
        _ => !first_level,
    }
}
