//! `unit-conflict`: a defined period that two clauses give different lengths.
//!
//! A period counts as named where it has a name in capitals that ends in "Period", "Term" or a like
//! word, and its length is said right beside the name.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use super::sentences::Sentence;
use super::{Proof, Slip};
use crate::document::ClauseId;
use crate::token::{Quantity, QuantityKind};

/// A named period and the length that a sentence gives it.
struct Length<'a> {
    sentence: Sentence<'a>,
    place: Range<usize>,
    name: &'a str,
    hours: f64,
    /// Whether days of business are meant.
    business: bool,
}

/// The last word of a name that names a period.
const HEADS: [&str; 4] = ["Period", "Term", "Window", "Duration"];
/// What may stand between the name and its length.
const LINKS: [&str; 26] = [
    "of", "is", "means", "mean", "shall", "be", "will", "for", "a", "an", "the", "period", "term", "lasts",
    "last", "has", "have", "length", "duration", "equal", "to", "initial", "runs", "run", "continue",
    "means:",
];
/// Words by which a length holds for a case only.
const CONDITIONS: [&str; 7] =
    ["if ", "unless", "except", "where ", "in the event", "in case", "provided that"];
/// Words that make another length of it: an extension, a bound.
const CASES: [&str; 11] = [
    "additional",
    "extend",
    "extension",
    "renew",
    "further",
    "longer",
    "minimum",
    "at least",
    "up to",
    "not exceed",
    "maximum",
];

/// How far behind its length a name is looked for, in bytes.
const FAR: usize = 125;

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let mut found: Vec<Length<'_>> = Vec::new();
    for quantity in proof.reading.quantities.iter().filter(|one| one.kind == QuantityKind::Duration) {
        found.extend(length(proof, quantity));
    }
    let mut slips = Vec::new();
    let mut first: HashMap<(&str, bool, ClauseId), &Length<'_>> = HashMap::new();
    for later in &found {
        let paper = later.sentence.paper(proof);
        let earlier = match first.entry((later.name, later.business, paper)) {
            Entry::Occupied(earlier) => *earlier.get(),
            Entry::Vacant(place) => {
                place.insert(later);
                continue;
            }
        };
        // "12 months" and "one year", "30 days" and "one month" are one length.
        if (earlier.hours / later.hours).max(later.hours / earlier.hours) < 1.04 {
            continue;
        }
        let written = |length: &Length<'_>| {
            length.sentence.text[length.place.clone()].split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let (one, two) = (written(earlier), written(later));
        slips.push(Slip {
            span: later.sentence.span(proof, later.place.clone()),
            message: format!("the {} has two lengths: {one} and {two}", later.name),
            label: "here it has another length".to_owned(),
            others: vec![(
                earlier.sentence.span(proof, earlier.place.clone()),
                "the length given first".to_owned(),
            )],
            help: format!("give the {} one length in one place, and use its name elsewhere", later.name),
            fix: None,
        });
    }
    slips
}

fn length<'a>(proof: &'a Proof<'_>, quantity: &Quantity) -> Option<Length<'a>> {
    let hours = quantity.value.filter(|hours| *hours > 0.0)?;
    let sentence = Sentence::of(proof, quantity.start)?;
    let place = sentence.place(proof, quantity);
    let (name, from) = before(sentence.text, place.start)
        .or_else(|| behind(sentence.text, place.end).map(|name| (name, place.start)))?;
    // "a Cure Period of 45 days" is said whatever the condition.
    let said = sentence.lower[from..place.start].trim_end().trim_end_matches('"').ends_with(" of");
    let near: String =
        sentence.lower[..from].chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
    let cases = |text: &str| CASES.iter().any(|word| text.contains(word));
    let widened = cases(&near) || cases(&sentence.lower[from..place.end]);
    if widened || (!said && CONDITIONS.iter().any(|word| sentence.lower.contains(word))) {
        return None;
    }
    let business = sentence.lower[place.clone()].contains("business")
        || sentence.lower[place.clone()].contains("working");
    Some(Length { name, hours, business, place, sentence })
}

/// The name in front of a length: `"Notice Period" means 30 days`, `a Notice Period of 30 days`.
fn before(text: &str, at: usize) -> Option<(&str, usize)> {
    let mut end = at;
    for _ in 0..8 {
        let front = text[..end].trim_end();
        let from = front.rfind([' ', '\u{a0}']).map_or(0, |space| space + 1);
        let word = front.get(from..)?;
        let core = word.trim_matches(['"', '“', '”', '(', ')', ',', ':', '*', '\'', '’', '‘']);
        if HEADS.contains(&core) {
            let stop = from + word.find(core)? + core.len();
            return name(text, stop).map(|name| (name, stop));
        }
        let broken = word.ends_with(['.', ';']);
        if broken || !(core.is_empty() || LINKS.contains(&core.to_ascii_lowercase().as_str())) {
            return None;
        }
        end = from;
    }
    None
}

/// The name behind a length: `30 days from the notice (the "Notice Period")`.
fn behind(text: &str, at: usize) -> Option<&str> {
    let near = (at..=text.len().min(at + FAR)).rev().find(|&to| text.is_char_boundary(to))?;
    let open = at + text[at..near].find("(the ")?;
    // Another figure in between may be the one that is named.
    if open - at > 120
        || text[at..open].contains(|c: char| c.is_ascii_digit() || matches!(c, ';' | '"' | '“'))
    {
        return None;
    }
    let rest = &text[open + 1..];
    let close = rest.find(')')?;
    let inner = &rest[..close];
    if inner.len() > 60 || !inner.contains(['"', '“', '”']) {
        return None;
    }
    let bare = inner.trim_end_matches(['"', '”', '“', ' ', '.', ',', '*']);
    let stop = at + text[at..].find(inner)? + bare.len();
    name(text, stop)
}

/// The words in capitals that end at a place, the last of them a word for a period.
fn name(text: &str, stop: usize) -> Option<&str> {
    let front = &text[..stop];
    let mut start = stop;
    let mut count = 0;
    for word in front.rsplit([' ', '\u{a0}']) {
        let core = word.trim_start_matches(['"', '“', '(', '*', '\'', '‘']);
        let capital = core.starts_with(|c: char| c.is_ascii_uppercase())
            && core.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’'));
        if !capital || matches!(core, "The" | "This" | "A" | "An" | "Each" | "Such" | "Any" | "During") {
            break;
        }
        start -= word.len() + usize::from(count > 0);
        start += word.len() - core.len();
        count += 1;
        if core.len() < word.len() || count > 4 {
            break;
        }
    }
    let name = text.get(start..stop)?;
    let last = name.rsplit(' ').next()?;
    // "Term" alone may be that of any paper; "Period" alone is a heading of a table.
    (count >= 2 && HEADS.contains(&last)).then_some(name)
}
