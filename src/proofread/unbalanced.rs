//! `unbalanced`: a bracket or a quotation mark that does not close, or closes what was never opened.
//!
//! Read block by block; a bracket may close in one of the next blocks of the same clause. Quotes are
//! judged only where each of them plainly opens or plainly closes.

mod cells;

use std::collections::HashMap;

use super::{Proof, Slip};
use crate::document::{Block, BlockKind, Clause, ClauseId};

/// How many blocks later a bracket may close.
const BLOCKS: usize = 6;
/// How many blocks later a square bracket may close that opens one block and closes another: it marks
/// a passage that may be left out.
const PASSAGE: usize = 100;
/// How many clauses, one around the other, a bracket may close from inside.
const ABOVE: usize = 3;
/// What may follow a closing bracket at the end of a block.
const PAST: [char; 6] = [']', '.', ';', ',', '"', '*'];
/// So many signs of a block are asked for counterparts elsewhere: a block with more is no text.
const LOST: usize = 1000;
/// So many signs of a block are told: where there are more, they were lost together.
const MOST: usize = 4;

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let mut waiting = Waiting::default();
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
        let signs = here.into_iter().filter_map(|(place, sign, opens)| {
            let excused = !opens && sign != b'"' && is_enumerator(text, place);
            // One behind a full stop may be the end of several sentences in brackets.
            let ends = text[..place].trim_end().ends_with(['.', ';', '?', '!']);
            let outer = if opens { &text[..place] } else { text[place..].trim_start_matches(PAST) };
            let edge = outer.trim().is_empty();
            (!excused || ends).then_some(Loose { block: at, unit, place, sign, opens, excused, edge })
        });
        waiting.block(signs.take(LOST), &proof.document.clauses);
    }
    let loose: Vec<Loose> = waiting.loose.into_iter().flatten().collect();
    let blocks = loose.chunk_by(|one, other| one.block == other.block);
    let mut slips: Vec<Slip> = blocks.flat_map(|signs| block(signs, proof)).collect();
    slips.extend(cells::find(proof));
    slips.sort_by_key(|slip| slip.span.start());
    slips
}

/// The slips of one block.
fn block(signs: &[Loose], proof: &Proof<'_>) -> Vec<Slip> {
    let told = signs.first().and_then(|one| can_tell(one.block, proof));
    told.map_or_else(Vec::new, |told| signs.iter().take(MOST).filter_map(|one| slip(one, told)).collect())
}

/// Signs that wait for their counterparts in later blocks.
#[derive(Default)]
struct Waiting {
    /// All signs so far in order; those that found their counterpart are gone.
    loose: Vec<Option<Loose>>,
    /// The places in that list of the signs that may still find one, by unit and sign, the last on top.
    open: HashMap<(ClauseId, u8), Vec<usize>>,
}

impl Waiting {
    /// Takes the signs of the next block. A sign is looked at once when it comes and once when it goes.
    fn block(&mut self, signs: impl Iterator<Item = Loose>, clauses: &[Clause]) {
        let first = self.loose.len();
        for one in signs {
            match self.counterpart(&one, clauses) {
                Some(other) => self.loose[other] = None,
                None if one.excused => {}
                None => self.loose.push(Some(one)),
            }
        }
        // A sign is no counterpart to another of its own block.
        for (at, one) in self.loose.iter().enumerate().skip(first) {
            if let Some(one) = one.as_ref().filter(|one| one.opens || one.sign == b'"') {
                self.open.entry((one.unit, one.sign)).or_default().push(at);
            }
        }
    }

    /// The sign that another one closes. A bracket around a clause with items opens before the first of
    /// them and closes in the last, so the clauses above are asked too.
    fn counterpart(&mut self, one: &Loose, clauses: &[Clause]) -> Option<usize> {
        if one.opens && one.sign != b'"' {
            return None;
        }
        let above = if one.sign == b'"' { 1 } else { ABOVE };
        let units = std::iter::successors(Some(one.unit), |unit| clauses.get(unit.index())?.parent);
        for unit in units.take(above) {
            let Some(open) = self.open.get_mut(&(unit, pair(one.sign))) else { continue };
            let near = |other: &usize| {
                self.loose[*other].as_ref().is_some_and(|other| {
                    let passage = one.sign == b']' && one.edge && other.edge;
                    one.block - other.block <= if passage { PASSAGE } else { BLOCKS }
                })
            };
            if open.last().is_some_and(near) {
                return open.pop();
            }
        }
        None
    }
}

/// A sign without its counterpart.
#[derive(Debug)]
struct Loose {
    block: usize,
    unit: ClauseId,
    /// In bytes of the block.
    place: usize,
    sign: u8,
    opens: bool,
    /// It may close something, and needs not.
    excused: bool,
    /// It opens at the beginning of its block or closes at the end.
    edge: bool,
}

const fn pair(sign: u8) -> u8 {
    match sign {
        b')' => b'(',
        b']' => b'[',
        other => other,
    }
}

/// A block or a cell whose signs tell something.
#[derive(Clone, Copy)]
struct Told<'a> {
    proof: &'a Proof<'a>,
    /// Where it begins in the prose.
    start: u32,
    text: &'a str,
    /// Low quotation marks are made straight, though some stand for two commas.
    low: bool,
    /// Something is blacked out or written in braces, and brackets with it.
    hidden: bool,
}

/// A block, if its signs tell something.
fn can_tell<'a>(at: usize, proof: &'a Proof<'a>) -> Option<Told<'a>> {
    let block = proof.document.blocks.get(at)?;
    let text = proof.document.text(block);
    let tells = is_whole(block, text) && !has_torn_neighbour(at, proof);
    tells.then(|| Told {
        proof,
        start: block.text.start,
        text,
        low: proof.source.slice(block.span).contains(['„', '‟', '«']),
        hidden: is_hidden(text),
    })
}

/// Whether something is blacked out, left open or written in braces.
fn is_hidden(text: &str) -> bool {
    ["[*", "[…", "[...", "[ ]", "[_", "{", "}", "('", "')"].iter().any(|sign| text.contains(sign))
}

fn slip(one: &Loose, told: Told<'_>) -> Option<Slip> {
    let Told { proof, start, text, low, hidden } = told;
    let glued = one.sign == b'[' && !text[..one.place].ends_with([' ', '"', '\n', '(']) && one.place > 0;
    let follows = text.as_bytes().get(one.place + 1).is_some_and(u8::is_ascii_alphanumeric);
    let glued = glued || one.sign == b']' && follows;
    let is_quote = one.sign == b'"';
    if is_quote && low || !is_quote && hidden || glued {
        return None;
    }
    // A few words with the sign, so that the place is seen.
    let (from, to) = match one.opens {
        true => (one.place, word_end(text, one.place + 1)),
        false => (word_start(text, one.place), one.place + 1),
    };
    let at = |byte: usize| start + u32::try_from(byte).unwrap_or(0);
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
    Some(Slip { span, message, label, others: Vec::new(), help: help.to_owned(), fix: None })
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
    let ends = without_page(text.trim_end()).trim_end_matches(['"', ')', ']', ' ', '\'']);
    let ends = ends.ends_with(['.', ';', ':', ',', '?', '!'])
        || text.trim_end().ends_with("and")
        || text.trim_end().ends_with("or");
    let item = block.label.is_some() || block.kind == BlockKind::Item;
    let begins = item || !text.starts_with(|c: char| c.is_lowercase());
    ends && begins && text.len() > 20
}

/// A text without the number of the page that ends behind it: "any breach of warranty. 3".
fn without_page(text: &str) -> &str {
    let front = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let page = (1..=3).contains(&(text.len() - front.len())) && front.ends_with(". ");
    if page { front.trim_end() } else { text }
}

/// Words farther away than this many bytes are not shown.
const SHOWN: usize = 80;

fn word_end(text: &str, from: usize) -> usize {
    let far = (from + SHOWN).min(text.len());
    let far = (far..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    let words = text[from..far].match_indices(' ').filter(|(at, _)| *at > 0).nth(2).map(|(at, _)| from + at);
    words.unwrap_or(far)
}

fn word_start(text: &str, to: usize) -> usize {
    let far = to.saturating_sub(SHOWN);
    let far = (0..=far).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let words = text[far..to].trim_end().rmatch_indices(' ').nth(2).map(|(at, _)| far + at + 1);
    words.unwrap_or(far)
}

/// The brackets of a block without a counterpart in it: place, sign, whether it opens.
fn brackets(text: &str, open: u8, close: u8, found: &mut Vec<(usize, u8, bool)>) {
    let bytes = text.as_bytes();
    let mut opened: Vec<usize> = Vec::new();
    for at in memchr::memchr2_iter(open, close, bytes) {
        if bytes[at] == open {
            opened.push(at);
        } else if opened.pop().is_none() {
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
        opens && at == 0 && !defines(text)
            || !opens && text[at..].trim_matches(['"', '.', ' ', ';', ',']).is_empty()
    };
    if let Some((at, opens)) = slip.filter(|slip| !longer(slip)) {
        found.push((at, b'"', opens));
    }
}

/// Whether a text that opens with a quotation mark is the definition of a term: `"Site means the place`.
fn defines(text: &str) -> bool {
    const NEAR: usize = 60;
    let near = (0..=text.len().min(NEAR)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    [" means ", " shall mean ", " has the meaning "].iter().any(|words| text[..near].contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sign(block: usize, place: usize, sign: u8, opens: bool) -> Loose {
        Loose { block, unit: ClauseId(1), place, sign, opens, excused: false, edge: false }
    }

    #[test]
    fn a_bracket_closes_the_last_one_of_the_blocks_in_front() {
        let mut waiting = Waiting::default();
        waiting.block([sign(1, 4, b'(', true), sign(1, 9, b'(', true)].into_iter(), &[]);
        waiting.block([sign(3, 2, b')', false)].into_iter(), &[]);
        waiting.block([sign(9, 2, b')', false), sign(9, 5, b'(', true)].into_iter(), &[]);
        let left: Vec<_> = waiting.loose.iter().flatten().map(|one| (one.block, one.place)).collect();
        assert_eq!(left, [(1, 4), (9, 2), (9, 5)]);
    }

    #[test]
    fn a_square_bracket_around_a_passage_closes_far_below() {
        let left = |edges: [bool; 2], last: usize| {
            let mut waiting = Waiting::default();
            let ends = [sign(1, 0, b'[', true), sign(last, 30, b']', false)];
            for (one, edge) in ends.into_iter().zip(edges) {
                waiting.block([Loose { edge, ..one }].into_iter(), &[]);
            }
            waiting.loose.iter().flatten().count()
        };
        assert_eq!(left([true, true], 40), 0);
        assert_eq!(left([true, false], 40), 2);
        assert_eq!(left([false, true], 40), 2);
        assert_eq!(left([true, true], 2 + PASSAGE), 2);
    }

    #[test]
    fn every_sign_waits_once() {
        // The lists of signs that wait hold each of many open brackets once, and none that is past.
        let mut waiting = Waiting::default();
        waiting.block((0..20_000).map(|place| sign(1, place, b'(', true)), &[]);
        assert_eq!(waiting.open.values().map(Vec::len).sum::<usize>(), 20_000);
        waiting.block((0..20_000).map(|place| sign(2, place, b')', false)), &[]);
        assert_eq!(waiting.open.values().map(Vec::len).sum::<usize>(), 0);
        assert_eq!(waiting.loose.iter().flatten().count(), 0);
    }
}
