//! Square brackets that wait for words: `[Client Name]`, `[●]`, `[x] days`, `[%client]`. Which of them are a redaction,
//! a caption or a remark is told here by their words and by what stands around them.

use std::ops::Range;

use super::signs::UNITS;
use super::{BRACKET, FIELDS};

/// Words that ask for something to be filled in.
const ASKS: [&str; 24] = [
    "insert ",
    "to be completed",
    "to be inserted",
    "to be determined",
    "to be agreed",
    "to be confirmed",
    "to be added",
    "to be provided",
    "to be included",
    "to be filled",
    "to be specified",
    "to come",
    "tbd",
    "tbc",
    "enter ",
    "fill in",
    "please ",
    "your ",
    "specify ",
    "describe ",
    "include description",
    "brief description",
    "drafting note",
    "note to draft",
];

/// Of these a single word in small or capital letters is a placeholder only with a word in front.
const COMMON: [&str; 9] = ["term", "fee", "price", "rate", "state", "title", "days", "months", "years"];

/// Words in capitals that tell of what stood there, or of the paper, and wait for nothing.
#[rustfmt::skip]
const REMARKS: [&str; 28] = [
    "annex", "appendix", "attached", "attachment", "chart", "confidential", "continued", "copy", "diagram", "draft",
    "end", "exhibit", "graphic", "image", "intentionally", "letterhead", "logo", "map", "original", "page", "picture",
    "remainder", "schedule", "seal", "sic", "stamp", "table", "translation",
];
/// A single word in capitals of fewer letters may be an acronym.
const ACRONYM: usize = 5;

/// Brackets that wait for words.
pub(super) fn brackets(text: &str, redacts: &dyn Fn() -> bool, found: &mut Vec<Range<usize>>) {
    let bytes = text.as_bytes();
    for open in memchr::memchr_iter(b'[', bytes) {
        let end = (open + BRACKET).min(bytes.len());
        let Some(length) = bytes[open + 1..end].iter().position(|byte| matches!(byte, b']' | b'[')) else {
            continue;
        };
        let close = open + 1 + length;
        if bytes[close] == b'[' || bytes.get(close + 1).is_some_and(|byte| matches!(byte, b'(' | b'[' | b':'))
        {
            continue;
        }
        let inner = &text[open + 1..close];
        let waiting = waits(inner, redacts) || is_figure(inner, &text[..open], &text[close + 1..]);
        if waiting && !is_caption(&text[..open], inner) {
            found.push(open..close + 1);
        }
    }
}

/// Whether a bracket gives the title of the clause in front of it: "Sections 17.1 [During Term]".
fn is_caption(front: &str, inner: &str) -> bool {
    let number = front.trim_end().rsplit([' ', '\n']).next().unwrap_or("");
    number.starts_with(|c: char| c.is_ascii_digit())
        && number.contains(['.', '('])
        && number.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '(' | ')'))
        && inner.starts_with(char::is_uppercase)
}

/// Whether a bracket keeps the place of a figure: "within [x] days". One that leads its line is a box that was ticked.
fn is_figure(inner: &str, front: &str, behind: &str) -> bool {
    let unit = behind.strip_prefix(' ').is_some_and(|unit| UNITS.iter().any(|word| unit.starts_with(word)));
    matches!(inner, "x" | "X" | "xx" | "y" | "n" | "N" | "#" | "##")
        && (unit || behind.starts_with('%'))
        && front.ends_with(' ')
        && front.trim_end().ends_with(char::is_alphanumeric)
}

fn waits(inner: &str, redacts: &dyn Fn() -> bool) -> bool {
    // "[%client]" is a variable of a template.
    if inner
        .strip_prefix('%')
        .is_some_and(|name| name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '='))
    {
        return true;
    }
    let bare = inner.trim_matches(['_', ' ', '/', '%', '$', '€', '£', '\n']);
    if bare.is_empty() {
        // "[ ]" is a box to tick.
        return inner.contains('_') && !redacts();
    }
    if bare.chars().all(|c| matches!(c, '●' | '•' | '∙' | '·' | '○' | '■' | '⚫' | ' ' | '_')) {
        return !redacts();
    }
    // A filed contract says so where it had a picture.
    if bare == "LOGO" {
        return !redacts();
    }
    let lower = bare.to_lowercase();
    if ["omit", "redact", "reserved", "delet", "illegible", "signature page", "blank"]
        .iter()
        .any(|word| lower.contains(word))
    {
        return false;
    }
    if asks(&format!(" {lower} ")) || in_capitals(bare) && !redacts() {
        return true;
    }
    let words = || lower.split([' ', '_', '\n', '/', '-']).filter(|word| !word.is_empty());
    let last = words().rfind(|word| !word.bytes().all(|byte| byte.is_ascii_digit()));
    let last = last.map_or("", |word| word.trim_end_matches("'s"));
    // "name of the bank", "description of services"
    let (first, of) = (words().next().unwrap_or(""), words().nth(1) == Some("of"));
    let words = words().count();
    if of && (FIELDS.contains(&first) || first == "description") && words <= 6 {
        return true;
    }
    if !FIELDS.contains(&last) {
        return false;
    }
    let shaped =
        bare.contains('_') || inner.starts_with('_') || !bare.bytes().any(|byte| byte.is_ascii_lowercase());
    let begins_low = bare.starts_with(|c: char| c.is_lowercase());
    words <= 5
        && !(words == 1 && COMMON.contains(&last))
        && (words > 1
            || shaped
            || !begins_low
            || matches!(
                last,
                "date" | "name" | "address" | "jurisdiction" | "amount" | "number" | "currency" | "total"
            ))
}

/// Whether a few words in capitals name what goes in: "[DECISION MAKER]", "[BUYER]".
fn in_capitals(bare: &str) -> bool {
    let words: Vec<&str> = bare.split([' ', '/', '-', '_']).filter(|word| !word.is_empty()).collect();
    let capital = |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    (1..=4).contains(&words.len())
        && words.iter().all(capital)
        && (words.len() > 1 || bare.len() >= ACRONYM)
        && !words.iter().any(|word| REMARKS.contains(&word.to_ascii_lowercase().as_str()))
}

/// Whether one of [`ASKS`] stands in a text behind a blank or a stroke.
fn asks(spaced: &str) -> bool {
    memchr::memchr2_iter(b' ', b'/', spaced.as_bytes())
        .any(|front| ASKS.iter().any(|word| spaced[front + 1..].starts_with(word)))
}
