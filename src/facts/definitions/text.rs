//! Quotes, brackets and sentences of one block, in bytes of its text.

use std::ops::Range;

use super::lexis::{is_connector, is_small};

/// The longest term in bytes.
pub(super) const TERM: usize = 80;
/// The longest bracket that defines, in bytes.
pub(super) const BRACKET: usize = 240;
/// The longest sentence that is read, in bytes.
const SENTENCE: usize = 4000;

/// A quoted stretch: the bytes inside and those with the quotes.
#[derive(Clone, Debug)]
pub(super) struct Quoted {
    pub(super) inner: Range<usize>,
    pub(super) outer: Range<usize>,
}

/// The last character border at or before a place.
pub(super) fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The round brackets that are open at a place, found in one pass over a block.
pub(super) struct Brackets<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    pub(super) open: Vec<usize>,
}

impl Brackets<'_> {
    pub(super) fn until(&mut self, end: usize) {
        let bytes = self.text.as_bytes();
        for (at, byte) in bytes.iter().enumerate().take(end).skip(self.at) {
            match byte {
                b'(' => self.open.push(at),
                b')' => {
                    self.open.pop();
                }
                _ => {}
            }
        }
        self.at = self.at.max(end);
    }
}

/// Where the bracket that opens at a place closes, or as far as a bracket that defines reaches.
pub(super) fn closing(text: &str, open: usize) -> usize {
    let end = floor(text, open + BRACKET);
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate().take(end).skip(open) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return at,
            b')' => depth -= 1,
            _ => {}
        }
    }
    end
}

/// Whether from a bracket's start to a quote there are only the words that introduce a term, and
/// other quotes.
pub(super) fn is_connected(text: &str, from: usize, quote: &Quoted, quotes: &[Quoted]) -> bool {
    if quote.outer.start < from || quote.outer.start - from > BRACKET {
        return false;
    }
    let first = quotes.partition_point(|other| other.outer.start < from);
    let mut at = from;
    for other in quotes[first..].iter().take_while(|other| other.outer.start <= quote.outer.start) {
        if !is_connected_words(text.get(at..other.outer.start).unwrap_or("")) {
            return false;
        }
        at = other.outer.end;
    }
    true
}

pub(super) fn is_connected_words(text: &str) -> bool {
    // "(such as "®" or "TM")", "(with "Buy now" or like words)" name no thing.
    let front = text.trim();
    if front.starts_with("such as")
        || front.ends_with("such as")
        || front == "with"
        || front == "as"
        || front == "for"
    {
        return false;
    }
    text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).all(is_connector)
}

/// Whether the text in front of a place opens a template's code that has not closed: `{{ date("`.
pub(super) fn is_code(front: &str) -> bool {
    front.rfind("{{").is_some_and(|open| !front[open..].contains("}}"))
}

/// The stretches in double quotes, and those in single ones that look like terms.
pub(super) fn quotes(text: &str) -> Vec<Quoted> {
    let bytes = text.as_bytes();
    let mut found: Vec<Quoted> = Vec::new();
    let mut open: Option<(usize, u8)> = None;
    for at in memchr::memchr2_iter(b'"', b'\'', bytes) {
        let before = text[..at].chars().next_back();
        let behind = text[at + 1..].chars().next();
        let sign = bytes[at];
        let double = sign == b'"';
        let opens = !before.is_some_and(char::is_alphanumeric)
            && behind.is_some_and(|c| c.is_alphanumeric() || (double && c == ' '));
        let closes = !behind.is_some_and(char::is_alphanumeric);
        match open {
            Some((start, with)) if with == sign && closes && at > start + 1 => {
                if at - start <= TERM + 2 {
                    found.push(Quoted { inner: start + 1..at, outer: start..at + 1 });
                }
                open = None;
            }
            Some((start, with)) if at - start <= TERM + 2 && (with == b'"' || !double) => {
                // An apostrophe inside, or an opening quote that never closed.
                if opens && double {
                    open = Some((at, sign));
                }
            }
            _ if opens && (double || behind.is_some_and(char::is_uppercase)) => open = Some((at, sign)),
            _ => open = None,
        }
    }
    found
}

/// Where the sentence that holds a place begins.
pub(super) fn sentence_start(text: &str, at: usize) -> usize {
    let from = floor(text, at.saturating_sub(1500));
    let front = &text[from..at.min(text.len())];
    let bytes = front.as_bytes();
    let stop = (0..bytes.len().saturating_sub(1)).rev().find(|&at| {
        matches!(bytes[at], b'.' | b';' | b':') && bytes[at + 1] == b' ' && !ends_abbreviation(&front[..at])
    });
    let start = stop.map_or(from, |stop| from + stop + 1);
    start + (text[start..].len() - text[start..].trim_start_matches([' ', '"']).len()).min(at - start)
}

/// Where the sentence that begins at a place ends.
pub(super) fn sentence_end(text: &str, from: usize) -> usize {
    let bytes = &text.as_bytes()[..floor(text, from + SENTENCE)];
    let stop = (from..bytes.len().saturating_sub(2)).find(|&at| {
        bytes[at] == b'.'
            && matches!(bytes[at + 1], b' ' | b'"')
            && bytes[at + 2..]
                .iter()
                .find(|byte| !matches!(byte, b' ' | b'"' | b'('))
                .is_some_and(u8::is_ascii_uppercase)
            && !ends_abbreviation(&text[floor(text, at.saturating_sub(12))..at])
    });
    stop.unwrap_or(bytes.len())
}

pub(super) fn first_sentence(text: &str) -> &str {
    &text[..sentence_end(text, 0).min(floor(text, 400))]
}

/// Whether a stop behind these words ends no sentence.
pub(super) fn ends_abbreviation(front: &str) -> bool {
    let word = front.rsplit([' ', '(', '.']).next().unwrap_or("");
    word.len() < 2
        || matches!(
            word,
            "Inc" | "Ltd" | "Co" | "Corp" | "No" | "Sec" | "Mr" | "Ms" | "Dr" | "St" | "vs" | "Art"
        )
        || is_small(word) && word.len() < 2
}
