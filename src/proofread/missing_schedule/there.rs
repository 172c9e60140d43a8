//! Which schedules a file holds, and whether it says that some were left out of what was published.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::KEYWORDS;
use crate::document::{Block, BlockKind, LabelKind};
use crate::facts::sought::Sought;
use crate::proofread::Proof;

/// The least text that makes a schedule more than its heading, in bytes.
const BODY: usize = 20;
/// In the first of so many parts of a contract stands its table of contents.
const FRONT: usize = 4;
/// Keywords in the middle of a text, as the name of a schedule on a page of its own is written.
static SHOUTED: LazyLock<Sought> =
    LazyLock::new(|| Sought::first(["EXHIBIT ", "SCHEDULE ", "ANNEX ", "APPENDIX ", "ATTACHMENT "]));

/// The letters and numbers of the schedules that are there, in lower case.
pub(super) fn present(proof: &Proof<'_>) -> HashSet<String> {
    let document = proof.document;
    let mut found = HashSet::new();
    for clause in document.clauses.iter().skip(1) {
        let label = document.label(clause).filter(|label| label.kind == LabelKind::Attachment);
        let Some(label) = label.filter(|_| !is_entry(clause.blocks.start as usize, proof)) else { continue };
        let blocks =
            document.blocks.get(clause.blocks.start as usize..clause.blocks.end as usize).unwrap_or_default();
        let text: usize = blocks.iter().skip(1).map(|block| document.text(block).len()).sum();
        let own = blocks.first().map_or(0, |block| document.text(block).len());
        if text + own >= BODY {
            found.extend(last_word(document.label_text(label)));
        }
    }
    // A line that begins with the name, even where it was taken for furniture or prose.
    for (at, block) in document.blocks.iter().enumerate() {
        let text = document.text(block);
        if is_entry(at, proof) {
            continue;
        }
        let names = |text: &str| named(text).filter(|_| block.kind != BlockKind::TableRow);
        found.extend(names(text));
        found.extend(block.label.as_ref().and_then(|label| names(document.label_text(label))));
        found.extend(running(block, text));
    }
    found
}

pub(super) fn last_word(label: &str) -> Option<String> {
    let word = label.rsplit([' ', '\u{a0}']).next()?.trim_matches(['"', '\'', '.', ':', '-']);
    (!word.is_empty()).then(|| word.to_ascii_lowercase())
}

/// The letter or number of the schedule with whose name a text begins: "EXHIBIT \"B\" to the ...".
pub(super) fn named(text: &str) -> Option<String> {
    let text = text.trim_start_matches(['(', '[', '"', ' ', '*', '-', '<']);
    let keyword = KEYWORDS
        .iter()
        .find(|word| text.get(..word.len()).is_some_and(|front| front.eq_ignore_ascii_case(word)))?;
    let rest = text[keyword.len()..]
        .trim_start_matches([' ', '"', '\'', ':', '-', '#', '.', '\u{a0}', '\u{2013}', '\u{2014}', '_', '(']);
    let end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
    (end > 0 && end <= 4).then(|| rest[..end].to_ascii_lowercase())
}

/// A name in capitals inside a paragraph: conversion joins headings to the text before.
fn running(block: &Block, text: &str) -> Vec<String> {
    if block.kind == BlockKind::Heading {
        return Vec::new();
    }
    let mut found = Vec::new();
    // "as set out in EXHIBIT B" is a reference.
    let leads = |front: &str| {
        let word = front.trim_end().rsplit([' ', '\n', '(']).next().unwrap_or("");
        word.is_empty() || !word.chars().all(|c| c.is_lowercase() || c == ',')
    };
    let shouted = SHOUTED.places(text).filter(|(place, _)| leads(&text[..place.start]));
    found.extend(shouted.filter_map(|(place, _)| named(&text[place.start..])));
    for (at, _) in text.match_indices(['\n', '.', ')', '_']) {
        let rest = text[at + 1..].trim_start();
        if KEYWORDS
            .iter()
            .any(|word| rest.get(..word.len()).is_some_and(|front| front.eq_ignore_ascii_case(word)))
        {
            found.extend(named(rest).filter(|_| !is_sentence(rest)));
        }
    }
    found
}

/// Whether words that begin with the name of a schedule speak of it: "Exhibit B sets out the fees."
fn is_sentence(text: &str) -> bool {
    const VERBS: [&str; 22] = [
        "shall",
        "will",
        "may",
        "must",
        "is",
        "are",
        "has",
        "sets",
        "lists",
        "contains",
        "describes",
        "specifies",
        "states",
        "applies",
        "includes",
        "hereto",
        "hereof",
        "attached",
        "and",
        "or",
        "which",
        "in",
    ];
    let next = text.split_whitespace().nth(2).unwrap_or("").trim_end_matches([',', '.', ';']);
    VERBS.contains(&next)
}

/// Whether a line is an entry of a table of contents, which is no schedule: it stands in front and beside a line with
/// another name ("Exhibit A Services" / "Exhibit B Fees").
pub(super) fn is_entry(at: usize, proof: &Proof<'_>) -> bool {
    let blocks = &proof.document.blocks;
    let name = |at: usize| {
        let block = blocks.get(at)?;
        let label = block.label.as_ref().filter(|label| label.kind == LabelKind::Attachment);
        label
            .and_then(|label| named(proof.document.label_text(label)))
            .or_else(|| named(proof.document.text(block)))
    };
    let beside = || [at.checked_sub(1), Some(at + 1)].into_iter().flatten();
    at < blocks.len() / FRONT
        && name(at).is_some_and(|own| beside().filter_map(name).any(|other| other != own))
}

/// Whether the text says that schedules were left out of what was published. That parts of it were blacked out says
/// nothing of schedules, though a filed contract is itself called an exhibit.
pub(super) fn are_left_out(proof: &Proof<'_>) -> bool {
    static WORDS: LazyLock<Sought> =
        LazyLock::new(|| Sought::first(["omitted", "have not been filed", "601("]));
    const SEVERAL: [&str; 6] = ["schedules", "exhibits", "annexes", "appendices", "attachments", "601(a)(5)"];
    const PARTS: [&str; 6] = ["portion", "information", "confidential", "asterisk", "redact", "601(b)(10)"];
    const NEAR: usize = 160;
    let lower = proof.source.text.to_ascii_lowercase();
    WORDS.places(&lower).map(|(place, _)| place.start).any(|at| {
        let from = (at.saturating_sub(NEAR)..=at).find(|&at| lower.is_char_boundary(at)).unwrap_or(at);
        let to = (at + NEAR).min(lower.len());
        let to = (to..=lower.len()).find(|&at| lower.is_char_boundary(at)).unwrap_or(lower.len());
        let near = &lower[from..to];
        let says = |words: &[&str]| words.iter().any(|word| near.contains(word));
        says(&SEVERAL) || (says(&KEYWORDS) || near.contains("item 601")) && !says(&PARTS)
    })
}
