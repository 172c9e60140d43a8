//! Tests of the language on small texts. [`read`] makes a reading from lines: `.` ends a sentence,
//! a line is a paragraph, an empty line begins a new clause unit, a line with `#` in front is a
//! heading, a figure with a unit behind it a quantity.

use std::collections::BTreeMap;

use super::index::Names;
use super::*;
use crate::document::{BlockId, ClauseId};
use crate::token::fold::Words;
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
        reading.units.push(Unit { block: BlockId(0), start, own: start, own_end: end, end });
        if reading.clauses.last().is_none_or(|last| last.1 != ClauseId(clause)) {
            reading.clauses.push((start, ClauseId(clause)));
        }
    }
    (reading, words)
}

fn paragraph(line: &str, reading: &mut Reading, words: &mut Words) {
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
            reading.tokens.push(Token { word: words.intern(word), start: at, end: at + 1, heading });
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

pub(super) fn names() -> Names {
    let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    [
        owned(&["customer", "acme"]),
        owned(&["supplier", "helix systems ltd", "helix"]),
        owned(&["customer", "acme", "supplier", "helix systems ltd", "party"]),
    ]
}

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
    Evaluation::new(&plan, &index, reading).matches(id, scope).to_vec()
}

fn parsed(pattern: &str) -> Pattern {
    parse(pattern, &vocabulary()).unwrap_or_else(|errors| panic!("{pattern}: {errors:?}"))
}

/// The words of each match.
fn find_scoped(pattern: &str, text: &str, scope: Scope) -> Vec<String> {
    let (reading, words) = read(text);
    let found = find_in(&reading, &words, &parsed(pattern), scope);
    found.into_iter().map(|place| say(&reading, &words, place)).collect()
}

fn say(reading: &Reading, words: &Words, place: Interval) -> String {
    let tokens = &reading.tokens[place.start as usize..place.end as usize];
    tokens.iter().map(|token| &*words.word(token.word).surface).collect::<Vec<_>>().join(" ")
}

fn find(pattern: &str, text: &str) -> Vec<String> {
    find_scoped(pattern, text, Scope::All)
}

#[test]
fn terms() {
    assert_eq!(find("breach", "a Breach of duty"), ["Breach"]);
    assert_eq!(find("#Breach or #duty", "a Breach of Duty. breach duty"), ["Breach", "Duty", "duty"]);
    assert_eq!(find("terminat!", "terminate Termination term"), ["terminate", "Termination"]);
    assert_eq!(find("wom*n", "woman womn women womaan"), ["woman", "women"]);
    assert_eq!(find("wom*n!", "womanly"), ["womanly"]);
    assert_eq!(find("non-exclusive", "a non-exclusive right. non. exclusive"), ["non exclusive"]);
    assert_eq!(
        find("\"transit! assist!\"", "transition assistance or transition"),
        ["transition assistance"]
    );
    assert_eq!(find("\"a b\"", "a. b a b"), ["a b"], "a phrase lies within a sentence");
    assert_eq!(find("\"or\"", "this or that"), ["or"]);
    assert_eq!(find("$data", "Personal information and data"), ["Personal information", "data"]);
    assert_eq!(find("@must", "it shall and is required to"), ["shall", "is required to"]);
}

#[test]
fn parties_by_every_name() {
    let text = "Helix Systems Ltd serves Acme. the party. Systems Ltd";
    assert_eq!(find("@supplier", text), ["Helix"]);
    assert_eq!(find("@customer", text), ["Acme"]);
    assert_eq!(find("@party", text), ["Helix Systems Ltd", "Acme", "party"]);
}

#[test]
fn quantities() {
    let text = "24h and 72h and xh and 99.5pc or xpc";
    assert_eq!(find("@duration", text), ["24h", "72h", "xh"]);
    assert_eq!(find("@duration<=1d", text), ["24h"], "a hidden value compares with nothing");
    assert_eq!(find("@duration >= 4320min", text), ["72h"]);
    assert_eq!(find("@percent>=99.5", text), ["99.5pc"]);
    assert_eq!(find("@percent>99.5", text), Vec::<String>::new());
    assert_eq!(find("@number", text), Vec::<String>::new());
}

#[test]
fn connectors() {
    assert_eq!(find("a +1 b", "a b a x b"), ["a b"]);
    assert_eq!(find("a +2 b", "a b a x b b a"), ["a b", "a x b"]);
    assert_eq!(find("a /1 b", "b a x b"), ["b a"]);
    assert_eq!(find("a /5 b", "a\nb"), Vec::<String>::new(), "a distance stays in its paragraph");
    assert_eq!(find("a +s b", "b a. a c b. b"), ["a c b"]);
    assert_eq!(find("a /s b", "b a. a c b. b"), ["b a", "a c b"]);
    assert_eq!(find("a /p b", "b. a\na"), ["b a"]);
    assert_eq!(find("a +p b", "b. a\na. b"), ["a b"]);
    assert_eq!(find("a & b", "a\nx b\n\na"), ["a x b"]);
    assert_eq!(find("a % b", "a. a b. b a"), ["a"]);
    assert_eq!(find("a +s b % c", "a b. a b c"), ["a b"]);
    assert_eq!(find("\"a b\" /1 b", "a b"), ["a b"], "an overlap is at distance 0");
}

#[test]
fn precedence_runs_from_or_to_except() {
    let tight = ["a or b +1 c", "a +1 b /2 c", "a /2 b /s c", "a /s b /p c", "a /p b & c", "a & b % c"];
    let loose = ["a % b & c", "a & b /p c", "a /p b /s c", "a /s b /2 c", "a /2 b +1 c", "a +1 b or c"];
    for pattern in tight {
        let same = pattern.replacen("a ", "(a ", 1).replacen(" b", " b)", 1);
        assert_eq!(parsed(pattern), Pattern { text: pattern.to_owned(), ..parsed(&same) });
    }
    for pattern in loose {
        let same = format!("{})", pattern.replacen(" b", " (b", 1));
        assert_eq!(parsed(pattern), Pattern { text: pattern.to_owned(), ..parsed(&same) });
    }
    assert_eq!(parsed("a /s b +s c").tree, parsed("(a /s b) +s c").tree);
}

#[test]
fn headings_and_text_are_kept_apart() {
    let text = "#Exit plan\nexit is easy";
    assert_eq!(find_scoped("exit", text, Scope::All), ["Exit", "exit"]);
    assert_eq!(find_scoped("exit", text, Scope::Body), ["exit"]);
    assert_eq!(find_scoped("heading(exit or \"exit plan\")", text, Scope::Body), ["Exit"]);
    assert_eq!(find_scoped("heading(exit) & easy", text, Scope::Body), ["Exit plan exit is easy"]);
    assert_eq!(find_scoped("heading(easy)", text, Scope::All), Vec::<String>::new());
}

#[test]
fn leaves_of_a_match() {
    let (reading, words) = read("the supplier shall always and promptly return the data and data");
    let mut builder = PlanBuilder::default();
    let id = builder.add(&parsed("@supplier +s @must +s (return or hand) /s $data"), &vocabulary());
    let plan = builder.finish();
    let index = Index::with_names(&plan, &mut Lexicon::default(), &words, &reading, &names());
    let mut evaluation = Evaluation::new(&plan, &index, &reading);
    let found = evaluation.matches(id, Scope::Body).to_vec();
    assert_eq!(found, [Interval { start: 1, end: 9 }]);
    let leaves = evaluation.leaf_spans(id, Scope::Body, found[0]);
    let said: Vec<_> = leaves.into_iter().map(|leaf| say(&reading, &words, leaf)).collect();
    assert_eq!(said, ["supplier", "shall", "return", "data"]);
    let operands = plan.operands(id).to_vec();
    let told: Vec<_> = operands.iter().map(|&operand| plan.describe(operand)).collect();
    assert_eq!(
        told,
        ["the supplier", "a binding word (shall, must, will)", "\"return\" or \"hand\"", "\"data\""]
    );
    assert_eq!(plan.text(operands[2]), "(return or hand)");
    assert_eq!(evaluation.matches(operands[3], Scope::Body).len(), 2);
}

#[test]
fn lists_in_a_circle_are_refused() {
    let lists: BTreeMap<_, _> = [("a", "x or $b"), ("b", "y or $c"), ("c", "$a"), ("d", "z")]
        .map(|(name, text)| (name.to_owned(), text.to_owned()))
        .into();
    let (vocabulary, errors) = Vocabulary::read(&lists);
    assert_eq!(vocabulary.lists.keys().collect::<Vec<_>>(), ["d"]);
    let told: Vec<_> = errors.iter().map(|(name, error)| (name.as_str(), error.range.clone())).collect();
    assert_eq!(told, [("a", 5..7), ("b", 5..7), ("c", 0..2)]);
}
