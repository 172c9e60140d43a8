//! Contracts as text to be changed: lines, places of words, replacements.

use std::ops::Range;

use super::Planted;

/// Puts words in place of a range; the finding may stand at the whole words.
pub(super) fn replace(text: &str, range: Range<usize>, with: &str) -> Planted {
    let mut changed = text.to_owned();
    changed.replace_range(range.clone(), with);
    let place = range.start..range.start + with.len();
    Planted { text: changed, at: vec![place] }
}

/// Puts a sentence behind a place.
pub(super) fn insert(text: &str, at: usize, words: &str) -> Planted {
    replace(text, at..at, words)
}

/// The places of some words.
pub(super) fn places(text: &str, words: &str) -> Vec<Range<usize>> {
    text.match_indices(words).map(|(at, _)| at..at + words.len()).collect()
}

/// The lines without their ends.
pub(super) fn lines(text: &str) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        lines.push(at..at + line.trim_end().len());
        at += line.len();
    }
    lines
}

/// The line that holds a place.
pub(super) fn line_of(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
    start..text[at..].find('\n').map_or(text.len(), |end| at + end)
}

/// A line that begins with a number of two parts: "4.2".
#[derive(Clone)]
pub(super) struct Numbered {
    /// The digits.
    pub(super) number: Range<usize>,
    pub(super) top: u32,
    pub(super) sub: u32,
    pub(super) line: Range<usize>,
}

/// The lines with numbers of two parts, in front of the schedules.
pub(super) fn numbered(text: &str) -> Vec<Numbered> {
    let of = |line: Range<usize>| {
        let words = &text[line.clone()];
        let start = words.len() - words.trim_start_matches([' ', '*']).len();
        let digits = &words[start..];
        let digits = &digits[..digits.find(|c: char| !c.is_ascii_digit() && c != '.')?];
        let (top, sub) = digits.split_once('.')?;
        let number = line.start + start..line.start + start + digits.len();
        Some(Numbered { number, top: top.parse().ok()?, sub: sub.parse().ok()?, line })
    };
    lines(text).into_iter().filter_map(of).collect()
}

/// The paragraphs that a sentence may be put behind: numbered, ending in a full stop, no definitions.
pub(super) fn ends(text: &str) -> Vec<usize> {
    let whole = |one: &Numbered| {
        let words = &text[one.line.clone()];
        words.ends_with('.') && !words.contains(" means ") && !words.contains("\"")
    };
    numbered(text).into_iter().filter(whole).map(|one| one.line.end).collect()
}

/// A definition on a line of its own.
#[derive(Clone)]
pub(super) struct Definition {
    pub(super) term: String,
    /// The term without its marks.
    pub(super) place: Range<usize>,
    pub(super) line: Range<usize>,
}

pub(super) fn definitions(text: &str) -> Vec<Definition> {
    let of = |line: Range<usize>| {
        let words = &text[line.clone()];
        let means = words.find(" means ")?;
        let front = words[..means].trim_end_matches(['*', '"']);
        let start = front.rfind(['*', '"'])? + 1;
        let term = front[start..].to_owned();
        Some(Definition { term, place: line.start + start..line.start + front.len(), line })
    };
    lines(text).into_iter().filter_map(of).collect()
}

/// The uses of a term as it is defined, outside its definition, headings and tables.
pub(super) fn uses(text: &str, of: &Definition) -> Vec<Range<usize>> {
    let plain = |place: &Range<usize>| {
        let line = line_of(text, place.start);
        let words = &text[line.clone()];
        let apart = !text[place.end..].starts_with(|c: char| c.is_alphanumeric());
        let title = words.starts_with('#') || words.trim_start().starts_with('|');
        let run_in = text[place.end..].starts_with(".**");
        apart && !title && !run_in && line != of.line
    };
    places(text, &of.term).into_iter().filter(plain).collect()
}

/// The words with which a contract calls a party: "the Supplier", "Provider".
pub(super) fn parties(text: &str) -> (&'static str, &'static str) {
    const SUPPLIERS: [&str; 4] = ["Service Provider", "Supplier", "Contractor", "Provider"];
    const CUSTOMERS: [&str; 3] = ["Customer", "Authority", "Client"];
    let most = |names: &[&'static str]| {
        let count = |name: &&&str| text.matches(**name).count();
        names.iter().rev().max_by_key(count).copied().unwrap_or("")
    };
    let supplier = if text.contains("Service Provider") { "Service Provider" } else { most(&SUPPLIERS) };
    (supplier, most(&CUSTOMERS))
}

/// The party as it stands in front of a verb.
pub(super) fn subject(text: &str, party: &str) -> String {
    if text.contains(&format!("The {party} ")) { format!("The {party}") } else { party.to_owned() }
}
