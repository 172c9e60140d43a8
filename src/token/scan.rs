//! One stretch of prose -> tokens and sentence starts, in one pass over its bytes.
//!
//! A word is a maximal run of letters and digits with inner apostrophes ("supplier's") and, between
//! digits, inner stops and commas ("99.9", "10,000"). Hyphens and slashes split words, and so do
//! the stops of "U.S.". Signs (`%`, `$`, `§`) are no tokens: quantities read them from the prose.
//! A figure that is blacked out or left blank (`[***]`, `[●]`, `____`, `[number]`) is one token.
//!
//! A sentence ends at `.`, `!` or `?` followed by space and something that can begin the next one,
//! unless an abbreviation, an initial or an enumerator stands before the stop.

use std::ops::Range;

use super::reading::Token;
use super::words::Words;

/// What is done with a stretch.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    /// Whether its tokens are part of a heading.
    pub(super) heading: bool,
    /// Whether its first token goes on with the sentence before.
    pub(super) joins: bool,
    /// Whether sentences end inside it.
    pub(super) splits: bool,
    /// Stop after the first sentence.
    pub(super) first_sentence: bool,
    /// How many tokens are read at most.
    pub(super) limit: u32,
}

impl Stretch {
    /// Body text from its own sentence start to its end.
    pub(super) const BODY: Self =
        Self { heading: false, joins: false, splits: true, first_sentence: false, limit: u32::MAX };
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Other,
    Word,
    Space,
    Stop,
    Quote,
    Blank,
    Wide,
}

const CLASSES: [Class; 256] = {
    let mut table = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' => Class::Word,
            b' ' | b'\t' | b'\n' | b'\r' => Class::Space,
            b'.' | b'!' | b'?' => Class::Stop,
            b'"' | b'\'' | b'(' | b')' | b']' => Class::Quote,
            b'[' | b'_' | b'*' => Class::Blank,
            128..=255 => Class::Wide,
            _ => Class::Other,
        };
        byte += 1;
    }
    table
};

/// Where the scanner stands between two words.
#[derive(Clone, Copy, Default)]
struct Between {
    /// A stop was seen.
    stop: bool,
    /// Space followed the stop.
    space: bool,
    /// A quote or bracket followed the space.
    opener: bool,
}

/// Appends the tokens of a stretch of the text, and the starts of its sentences.
pub(super) fn scan(
    text: &str,
    range: Range<u32>,
    how: Stretch,
    words: &mut Words,
    tokens: &mut Vec<Token>,
    sentences: &mut Vec<u32>,
) {
    let (mut at, end) = (range.start as usize, (range.end as usize).min(text.len()));
    let bytes = &text.as_bytes()[..end];
    let first = tokens.len();
    let last = first + how.limit.min(u32::MAX >> 1) as usize;
    let mut sentence = if how.joins { usize::MAX } else { first };
    let mut between = Between::default();
    while at < end {
        let stop = match CLASSES[bytes[at] as usize] {
            Class::Word => word_end(text, bytes, at + 1),
            Class::Wide => match wide(text, at) {
                (length, true) => word_end(text, bytes, at + length),
                (length, false) => {
                    between.opener = between.space;
                    at += length;
                    continue;
                }
            },
            Class::Blank => match blank_end(text, bytes, at) {
                Some(stop) => stop,
                None => {
                    between.opener = between.space;
                    at += 1;
                    continue;
                }
            },
            class => {
                between = pass(class, between);
                at += 1;
                continue;
            }
        };
        let now = tokens.len();
        if now > first
            && how.splits
            && between.space
            && begins(bytes[at], between)
            && ends(text, words, &tokens[first..], now - 1 == sentence)
        {
            if how.first_sentence {
                return;
            }
            sentence = now;
        }
        if now >= last {
            return;
        }
        if sentence == now {
            sentences.push(index(now));
        }
        let Some(surface) = text.get(at..stop) else { return };
        tokens.push(Token::new(words.intern(surface), index(at), how.heading));
        between = Between::default();
        // A space behind a word changes nothing there.
        at = stop + usize::from(bytes.get(stop) == Some(&b' '));
    }
}

/// The state between words after one more byte.
const fn pass(class: Class, between: Between) -> Between {
    match class {
        Class::Stop => Between { stop: true, space: false, opener: false },
        Class::Space => Between { space: between.stop, opener: false, ..between },
        Class::Quote => Between { opener: between.space, ..between },
        _ if between.space => between,
        _ => Between { stop: false, space: false, opener: false },
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The length of a character that is not ASCII, and whether it belongs to words.
fn wide(text: &str, at: usize) -> (usize, bool) {
    let character = text.get(at..).and_then(|rest| rest.chars().next());
    character.map_or((1, false), |character| (character.len_utf8(), character.is_alphanumeric()))
}

fn word_end(text: &str, bytes: &[u8], mut at: usize) -> usize {
    loop {
        // Nearly all there is to a word.
        while bytes.get(at).is_some_and(|&byte| CLASSES[byte as usize] == Class::Word) {
            at += 1;
        }
        let Some(&byte) = bytes.get(at) else { break };
        match byte {
            b'\'' if bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) => at += 2,
            b'.' | b','
                if bytes[at - 1].is_ascii_digit() && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) =>
            {
                at += 2
            }
            128.. => match wide(text, at) {
                (length, true) if at + length <= bytes.len() => at += length,
                _ => break,
            },
            _ => break,
        }
    }
    at
}

/// The end of a blacked-out or blank figure that begins here: `[***]`, `[ ]`, `[●]`, `____`, `**`.
fn blank_end(text: &str, bytes: &[u8], at: usize) -> Option<usize> {
    const LONGEST: usize = 40;
    let run = |from: usize, byte: u8| bytes[from..].iter().take_while(|&&other| other == byte).count();
    if bytes[at] != b'[' {
        let length = run(at, bytes[at]);
        return (length > 1).then_some(at + length);
    }
    let close = bytes[at..].iter().take(LONGEST).position(|&byte| byte == b']')?;
    let inside = text.get(at + 1..at + close)?;
    let hidden = inside
        .chars()
        .all(|c| matches!(c, '*' | '_' | ' ' | '.' | '-' | '●' | '•' | '○' | '■' | '…' | '∙' | '·'));
    let crossed = inside.len() < 4 && inside.bytes().all(|byte| matches!(byte, b'x' | b'X'));
    (hidden || (crossed && !inside.is_empty()) || asks_for_figure(inside)).then_some(at + close + 1)
}

/// Whether words in brackets say that a figure is to be written there: "number", "insert number of", "#".
fn asks_for_figure(inside: &str) -> bool {
    const FIGURES: [&str; 5] = ["number", "amount", "percentage", "figure", "no."];
    let lower = inside.trim().to_ascii_lowercase();
    let asked = lower.strip_prefix("insert").or(lower.strip_prefix("enter")).unwrap_or(&lower).trim_start();
    matches!(&*lower, "insert" | "#" | "##" | "n" | "nn")
        || FIGURES.iter().any(|figure| asked.starts_with(figure))
}

/// Whether a sentence may begin with this byte.
const fn begins(byte: u8, between: Between) -> bool {
    between.opener || byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte >= 128 || byte == b'['
}

/// Whether the stop after the last of these tokens ends a sentence; `opens` says that the last
/// token is the first of its sentence.
fn ends(text: &str, words: &Words, tokens: &[Token], opens: bool) -> bool {
    const SHORT: &[&str] = &[
        "abs", "approx", "art", "arts", "bzw", "cf", "cl", "corp", "dept", "dr", "est", "fig", "ggf", "inc",
        "jr", "lit", "ltd", "messrs", "mr", "mrs", "ms", "mt", "no", "nos", "nr", "para", "paras", "pp",
        "ref", "rs", "sec", "secs", "sr", "st", "vol", "vs",
    ];
    // A stop after these ends the sentence when a word follows that begins sentences, not names.
    const FIRMS: &[&str] = &["inc", "ltd", "corp", "co", "llc"];
    let Some((last, before)) = tokens.split_last() else { return true };
    let end = last.end(words) as usize;
    let word = text.get(last.start as usize..end).unwrap_or("");
    if opens
        && (word.len() < 4 && word.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'i' | b'v' | b'x')))
    {
        return false;
    }
    if word.len() == 1 && word.as_bytes()[0].is_ascii_alphabetic() {
        return !opens && before.last().is_some_and(|token| names_parts(text, words, *token));
    }
    if word.len() > 6 || !word.is_ascii() {
        return true;
    }
    let lower = word.to_ascii_lowercase();
    if FIRMS.contains(&lower.as_str()) {
        return follows_with_new_sentence(text, end);
    }
    if lower == "no" || lower == "nos" || lower == "art" {
        let next = text[end..].trim_start_matches(['.', ' ']).as_bytes().first();
        return !next.is_some_and(u8::is_ascii_digit);
    }
    SHORT.binary_search(&lower.as_str()).is_err()
}

/// Whether a single letter after this word is a name ("Exhibit A"), not an initial.
fn names_parts(text: &str, words: &Words, token: Token) -> bool {
    const PARTS: &[&str] = &[
        "annex",
        "appendix",
        "article",
        "attachment",
        "clause",
        "class",
        "exhibit",
        "level",
        "option",
        "part",
        "phase",
        "schedule",
        "section",
        "table",
        "tier",
        "type",
    ];
    let word = text.get(token.start as usize..token.end(words) as usize).unwrap_or("");
    PARTS.iter().any(|part| part.eq_ignore_ascii_case(word))
}

fn follows_with_new_sentence(text: &str, end: usize) -> bool {
    const OPENERS: &[&str] = &[
        "a", "all", "any", "at", "each", "either", "every", "except", "for", "if", "in", "it", "neither",
        "no", "nothing", "on", "subject", "such", "the", "these", "this", "to", "unless", "upon", "where",
    ];
    let next = text[end..].trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    OPENERS.iter().any(|opener| opener.eq_ignore_ascii_case(word))
}
