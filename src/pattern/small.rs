//! Small texts and names for tests and fuzzing only. [`read`] makes a reading from lines: `.` ends a
//! sentence, a line is a paragraph, an empty line begins a new clause unit, a line with `#` in front is
//! a heading, a figure with a unit behind it a quantity.

use super::index::Names;
use super::*;
use crate::document::{BlockId, ClauseId};
use crate::token::words::Words;
use crate::token::{Quantity, QuantityKind, Reading, Token, Unit};

/// A reading and its words.
pub(super) fn read(text: &str) -> (Reading, Words) {
    let mut words = Words::new();
    let mut reading = Reading::default();
    let mut clause = 0;
    for line in text.split('\n') {
        if line.trim().is_empty() {
            clause += 1;
            continue;
        }
        let start = reading.len();
        paragraph(line, &mut reading, &mut words);
        let end = reading.len();
        if end == start {
            continue;
        }
        reading.paragraphs.push(start);
        reading.units.push(Unit { block: BlockId::new(0), start, own: start, own_end: end, end });
        if reading.clauses.last().is_none_or(|last| last.1 != ClauseId(clause)) {
            reading.clauses.push((start, ClauseId(clause)));
        }
    }
    (reading, words)
}

/// Adds a line to a reading.
pub(super) fn paragraph(line: &str, reading: &mut Reading, words: &mut Words) {
    let heading = line.starts_with('#');
    let mut begins = true;
    for raw in line.split([' ', '-', '#']) {
        let word = raw.trim_matches(|c: char| !c.is_alphanumeric());
        if !word.is_empty() {
            let at = reading.len();
            if begins {
                reading.sentences.push(at);
                begins = false;
            }
            reading.tokens.push(Token::new(words.intern(word), at, heading));
            quantity(word, at, reading);
        }
        begins |= raw.ends_with('.');
    }
}

/// "72h", "99.5pc", "100eur", "xpc" (hidden) and bare figures.
fn quantity(word: &str, at: u32, reading: &mut Reading) {
    let unit = word.find(|c: char| c.is_alphabetic() && c != 'x').unwrap_or(word.len());
    let (figure, unit) = word.split_at(unit);
    let kind = match unit {
        "h" => QuantityKind::Duration,
        "pc" => QuantityKind::Percent,
        "eur" => QuantityKind::Money,
        "" => QuantityKind::Number,
        _ => return,
    };
    let value = figure.parse().ok();
    if value.is_some() || figure == "x" {
        reading.quantities.push(Quantity { kind, value, start: at, end: at + 1 });
    }
}

/// The names of the customer, of the supplier and of any party.
pub(super) fn names() -> Names {
    let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    [
        owned(&["customer", "acme"]),
        owned(&["supplier", "helix systems ltd", "helix"]),
        owned(&["customer", "acme", "supplier", "helix systems ltd", "party"]),
    ]
}

/// A few lists.
pub(super) fn vocabulary() -> Vocabulary {
    let lists = [
        ("must", "shall or must or \"is required to\""),
        ("may", "may or can"),
        ("not", "not or no"),
        ("data", "data or record or $personal"),
        ("personal", "\"personal information\""),
    ];
    let lists = lists.into_iter().map(|(name, text)| (name.to_owned(), text.to_owned())).collect();
    let (vocabulary, errors) = Vocabulary::read(&lists);
    assert_eq!(errors, []);
    vocabulary
}

/// The matches of one pattern in one text.
pub(super) fn find_in(reading: &Reading, words: &Words, pattern: &Pattern, scope: Scope) -> Vec<Interval> {
    let mut builder = PlanBuilder::default();
    let id = builder.add(pattern, &vocabulary());
    let plan = builder.finish();
    let index = Index::with_names(&plan, &mut Lexicon::default(), words, reading, &names());
    Evaluation::new(&plan, &index, reading, scope).matches(id, scope).to_vec()
}
