//! `unbalanced`: a bracket or a quotation mark that does not close, or closes what was never opened.
//!
//! Read block by block; a bracket may close in one of the next blocks of the same clause. Quotes are
//! judged only where each of them plainly opens or plainly closes.

use super::{Proof, Slip};
use crate::document::{Block, BlockKind, ClauseId};

/// How many blocks later a bracket may close.
const BLOCKS: usize = 6;

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let mut loose: Vec<Loose> = Vec::new();
    for (at, block) in proof.document.blocks.iter().enumerate() {
        if matches!(block.kind, BlockKind::Furniture | BlockKind::TableRow | BlockKind::TableHeader) {
            continue;
        }
        let unit = proof.document.unit_of(block.clause);
        let text = proof.document.text(block);
        let mut here = Vec::new();
        brackets(text, b'(', b')', &mut here);
        brackets(text, b'[', b']', &mut here);
        quotes(text, &mut here);
        for (place, sign, opens) in here {
            let counterpart = loose.iter().rposition(|other| {
                at - other.block <= BLOCKS
                    && other.block != at
                    && other.unit == unit
                    && (!opens && other.opens && other.sign == pair(sign)
                        || sign == b'"' && other.sign == b'"')
            });
            match counterpart {
                Some(other) => {
                    loose.remove(other);
                }
                None => loose.push(Loose { block: at, unit, place, sign, opens }),
            }
        }
    }
    loose.into_iter().filter_map(|one| slip(&one, proof)).collect()
}

/// A sign without its counterpart.
struct Loose {
    block: usize,
    unit: ClauseId,
    /// In bytes of the block.
    place: usize,
    sign: u8,
    opens: bool,
}

const fn pair(sign: u8) -> u8 {
    match sign {
        b')' => b'(',
        b']' => b'[',
        other => other,
    }
}

fn slip(one: &Loose, proof: &Proof<'_>) -> Option<Slip> {
    let block = proof.document.blocks.get(one.block)?;
    let text = proof.document.text(block);
    let hidden =
        ["[*", "[…", "[...", "[ ]", "[_", "{", "}", "('", "')"].iter().any(|sign| text.contains(sign));
    // Low quotation marks are made straight, though some stand for two commas.
    let low = one.sign == b'"' && proof.source.slice(block.span).contains(['„', '‟', '«']);
    let glued = one.sign == b'[' && !text[..one.place].ends_with([' ', '"', '\n', '(']) && one.place > 0;
    let follows = text.as_bytes().get(one.place + 1).is_some_and(u8::is_ascii_alphanumeric);
    let glued = glued || one.sign == b']' && follows;
    if !is_whole(block, text) || hidden || low || glued || has_torn_neighbour(one.block, proof) {
        return None;
    }
    // A few words with the sign, so that the place is seen.
    let (from, to) = match one.opens {
        true => (one.place, word_end(text, one.place + 1)),
        false => (word_start(text, one.place), one.place + 1),
    };
    let at = |byte: usize| block.text.start + u32::try_from(byte).unwrap_or(0);
    let span = proof.document.source(at(from)..at(to));
    let (name, sign) = match one.sign {
        b'"' => ("quotation mark", "\""),
        b'(' => ("bracket", "("),
        b')' => ("bracket", ")"),
        b'[' => ("square bracket", "["),
        _ => ("square bracket", "]"),
    };
    let words = text[from..to].trim();
    let (message, label) = if one.opens {
        (
            format!("the {name} before \"{}\" is never closed", words.trim_start_matches(sign)),
            "opens here".to_owned(),
        )
    } else {
        (
            format!("the {name} after \"{}\" was never opened", words.trim_end_matches(sign)),
            "closes nothing".to_owned(),
        )
    };
    let help = if one.opens {
        "close it where the inserted words end, or take it out"
    } else {
        "open it where the inserted words begin, or take it out"
    };
    Some(Slip { span, message, label, others: Vec::new(), help: help.to_owned() })
}

/// Whether a line that was taken for a running head, and so left out, stands near with a bracket of
/// its own: then the counterpart may be there.
fn has_torn_neighbour(block: usize, proof: &Proof<'_>) -> bool {
    let near = proof.document.blocks.iter().take(block + 3).skip(block.saturating_sub(2));
    near.filter(|block| block.kind == BlockKind::Furniture).any(|block| {
        let text = proof.document.text(block);
        let count = |sign: u8| memchr::memchr_iter(sign, text.as_bytes()).count();
        count(b'(') != count(b')') || count(b'[') != count(b']') || count(b'"') % 2 == 1
    })
}

/// Whether a block is a sentence from its beginning to its end: one that is cut by a page or a
/// table tells nothing.
fn is_whole(block: &Block, text: &str) -> bool {
    let ends = text.trim_end().trim_end_matches(['"', ')', ']', ' ', '\'']);
    let ends = ends.ends_with(['.', ';', ':', ',', '?', '!'])
        || text.trim_end().ends_with("and")
        || text.trim_end().ends_with("or");
    let begins = block.label.is_some() || !text.starts_with(|c: char| c.is_lowercase());
    ends && begins && text.len() > 20
}

fn word_end(text: &str, from: usize) -> usize {
    let words = text[from..].match_indices(' ').filter(|(at, _)| *at > 0).nth(2).map(|(at, _)| from + at);
    words.unwrap_or(text.len())
}

fn word_start(text: &str, to: usize) -> usize {
    let words = text[..to].trim_end().rmatch_indices(' ').nth(2).map(|(at, _)| at + 1);
    words.unwrap_or(0)
}

/// The brackets of a block without a counterpart in it: place, sign, whether it opens.
fn brackets(text: &str, open: u8, close: u8, found: &mut Vec<(usize, u8, bool)>) {
    let bytes = text.as_bytes();
    let mut opened: Vec<usize> = Vec::new();
    for at in memchr::memchr2_iter(open, close, bytes) {
        if bytes[at] == open {
            opened.push(at);
        } else if opened.pop().is_none() && !is_enumerator(text, at) {
            found.push((at, close, false));
        }
    }
    found.extend(opened.into_iter().map(|at| (at, open, true)));
    found.sort_unstable_by_key(|&(at, ..)| at);
}

/// "a) ", "iv) ", "12) " in front of an item, "clause 4.1.a)" and "*)": its bracket was never opened.
/// So it is with the brackets that draw a line down beside a signature.
fn is_enumerator(text: &str, at: usize) -> bool {
    let front = &text[..at];
    let label = front.len() - front.bytes().rev().take(5).take_while(u8::is_ascii_alphanumeric).count();
    let word = &front[label..];
    let short = word.len() <= 2 || word.bytes().all(|byte| matches!(byte, b'i' | b'v' | b'x'));
    let alone = label == 0 || front[..label].ends_with([' ', '\n', ';', ',', '.', '/', '-', '[']);
    // "section 6.4.(a)a)".
    let short = short || word.len() == 1;
    let alone = alone || word.len() == 1 && front[..label].ends_with(')');
    let apart = front.is_empty() || front.ends_with([' ', '*', '\n', '.', ':', ';', '-', '_']);
    apart || !word.is_empty() && short && alone
}

/// The quotation marks of a block without a counterpart, where all of them can be told.
fn quotes(text: &str, found: &mut Vec<(usize, u8, bool)>) {
    let bytes = text.as_bytes();
    let count = memchr::memchr_iter(b'"', bytes).count();
    if count == 0
        || count.is_multiple_of(2)
        || text.contains("''")
        || text.contains("``")
        || text.contains(['„', '«'])
    {
        return;
    }
    let mut open: Option<usize> = None;
    let mut slip = None;
    for at in memchr::memchr_iter(b'"', bytes) {
        let before = at.checked_sub(1).map(|at| bytes[at]);
        let after = bytes.get(at + 1).copied();
        let space = |byte: Option<u8>| byte.is_none_or(|byte| byte.is_ascii_whitespace());
        let begins = (space(before) || matches!(before, Some(b'(' | b'[' | b'/' | b'-'))) && !space(after);
        let ends = !space(before)
            && (space(after) || after.is_some_and(|byte| byte.is_ascii_punctuation() || byte == b's'));
        // Inches and seconds, and marks that may be either.
        let figure = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_digit());
        if begins == ends || figure(before) || figure(after) {
            return;
        }
        match (begins, open) {
            (true, None) => open = Some(at),
            (true, Some(first)) => {
                if slip.replace((first, true)).is_some() {
                    return;
                }
                open = Some(at);
            }
            (false, Some(_)) => open = None,
            (false, None) => {
                if slip.replace((at, false)).is_some() {
                    return;
                }
            }
        }
    }
    if let Some(at) = open
        && slip.replace((at, true)).is_some()
    {
        return;
    }
    // A paragraph of a longer quotation opens and does not close, and the last one only closes.
    let longer = |&(at, opens): &(usize, bool)| {
        opens && at == 0 || !opens && text[at..].trim_matches(['"', '.', ' ', ';', ',']).is_empty()
    };
    if let Some((at, opens)) = slip.filter(|slip| !longer(slip)) {
        found.push((at, b'"', opens));
    }
}
