//! An order of precedence that runs in a circle.

use std::ops::Range;
use std::sync::LazyLock;

use super::{is_plain, sentences};
use crate::facts::sought::Sought;
use crate::proofread::sentences::Sentence;
use crate::proofread::{Proof, Slip};
use crate::source::Span;

/// A paper and one that yields to it.
struct Rank {
    higher: String,
    lower: String,
    span: Span,
}

/// Papers by the words that name them, the longer ones first.
const PAPERS: [(&str, &str); 26] = [
    ("statements of work", "the statement of work"),
    ("statement of work", "the statement of work"),
    ("sows", "the statement of work"),
    ("sow", "the statement of work"),
    ("order forms", "the order form"),
    ("order form", "the order form"),
    ("purchase orders", "the purchase order"),
    ("purchase order", "the purchase order"),
    ("work orders", "the work order"),
    ("work order", "the work order"),
    ("task order", "the task order"),
    ("cover page", "the cover page"),
    ("data processing agreement", "the data processing agreement"),
    ("service level agreement", "the service level agreement"),
    ("master agreement", "the agreement"),
    ("main body", "the agreement"),
    ("body of this agreement", "the agreement"),
    ("this agreement", "the agreement"),
    ("the agreement", "the agreement"),
    ("this contract", "the agreement"),
    ("schedule", "a schedule"),
    ("exhibit", "an exhibit"),
    ("annex", "an annex"),
    ("appendix", "an appendix"),
    ("attachment", "an attachment"),
    ("addend", "an addendum"),
];

const VERBS: [&str; 9] = [
    " shall prevail",
    " will prevail",
    " prevails",
    " prevail",
    " shall control",
    " will control",
    " shall govern",
    " will govern",
    " takes precedence",
];

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    static WORDS: LazyLock<Sought> =
        LazyLock::new(|| Sought::first(["prevail", "precedence", " control", " govern"]));
    let mut ranks: Vec<Rank> = Vec::new();
    for sentence in sentences(proof, &WORDS) {
        if is_stated(&sentence) {
            ranks.extend(rank(proof, &sentence));
        }
        ranks.extend(order(proof, &sentence));
    }
    let mut slips = Vec::new();
    for (at, later) in ranks.iter().enumerate() {
        let reversed = |earlier: &&Rank| earlier.higher == later.lower && earlier.lower == later.higher;
        let Some(earlier) = ranks[..at].iter().find(reversed) else { continue };
        if earlier.span == later.span {
            continue;
        }
        slips.push(Slip {
            span: later.span,
            message: format!(
                "the order of precedence is circular between {} and {}",
                earlier.higher, later.higher
            ),
            label: format!("here {} prevails", later.higher),
            others: vec![(earlier.span, format!("here {} prevails", earlier.higher))],
            help: "let one order of precedence hold, and state it once".to_owned(),
            fix: None,
        });
    }
    slips
}

/// Whether a sentence states an order without a condition beyond the conflict itself.
fn is_stated(sentence: &Sentence<'_>) -> bool {
    if !sentence.says(&["conflict", "inconsisten", "discrepan", "ambigu", "over "]) {
        return false;
    }
    let mut bare = sentence.lower.to_owned();
    for words in [
        "in the event of",
        "in the event that",
        "in case of",
        "if there is",
        "to the extent of",
        "in the event",
    ] {
        bare = bare.replace(words, "");
    }
    is_plain(&bare)
}

/// "If A and B conflict, A shall prevail"; "A prevails over B".
fn rank(proof: &Proof<'_>, sentence: &Sentence<'_>) -> Option<Rank> {
    let (verb, length) =
        VERBS.iter().find_map(|verb| sentence.lower.find(verb).map(|at| (at, verb.len())))?;
    let front = &sentence.lower[..verb];
    // The subject stands behind the last comma.
    let subject = front.rfind([',', ';']).map_or(0, |at| at + 1);
    let higher = sole(&front[subject..])?;
    let behind = &sentence.lower[verb + length..];
    let over = behind.find("over ").filter(|at| *at < 6).map(|at| &behind[at..]);
    let lower = match over {
        Some(text) => sole(text)?,
        None => {
            let mut both = papers(&front[..subject]);
            both.retain(|(name, _)| *name != higher);
            let [(one, _)] = both.as_slice() else { return None };
            one.clone()
        }
    };
    let span = sentence
        .span(proof, subject + front[subject..].len() - front[subject..].trim_start().len()..verb + length);
    (higher != lower).then_some(Rank { higher, lower, span })
}

/// The only paper that a text names.
fn sole(text: &str) -> Option<String> {
    let papers = papers(text);
    match papers.as_slice() {
        [(one, _)] => Some(one.clone()),
        _ => None,
    }
}

/// The papers that a text in lower case names, each once, with their places.
fn papers(text: &str) -> Vec<(String, Range<usize>)> {
    let mut found: Vec<(String, Range<usize>)> = Vec::new();
    for (word, name) in PAPERS {
        for (at, _) in text.match_indices(word) {
            let inside = found.iter().any(|(_, place)| place.start <= at && at < place.end);
            let part = text[..at].ends_with(char::is_alphanumeric);
            if !inside && !part && !found.iter().any(|(known, _)| known == name) {
                found.push((name.to_owned(), at..at + word.len()));
            }
        }
    }
    // "the schedules to this agreement" are the schedules.
    if found.len() > 1 {
        let before = |place: &Range<usize>| text[..place.start].trim_end();
        let belongs = |place: &Range<usize>| {
            [" of", " to", " under", " in"].iter().any(|word| before(place).ends_with(word))
                && !before(place).ends_with("terms of")
                && !before(place).ends_with("conditions of")
                && !before(place).ends_with("provisions of")
                && !before(place).ends_with("body of")
        };
        let kept: Vec<_> = found
            .iter()
            .filter(|(name, place)| !(name == "the agreement" && belongs(place)))
            .cloned()
            .collect();
        found = kept;
    }
    found.sort_by_key(|(_, place)| place.start);
    found
}

/// "in the following order of precedence: (a) the agreement; (b) the schedules": in one sentence
/// or in the items behind it.
fn order(proof: &Proof<'_>, sentence: &Sentence<'_>) -> Vec<Rank> {
    if !sentence.says(&["order of precedence", "order of priority"]) || !sentence.lower.ends_with(':') {
        return Vec::new();
    }
    let blocks = &proof.document.blocks;
    let items = blocks.iter().skip(sentence.block.index() + 1).take(12);
    let items = items.take_while(|block| block.lead == Some(sentence.block));
    let mut named: Vec<(String, Span)> = Vec::new();
    for item in items {
        let text = proof.document.text(item).to_ascii_lowercase();
        match papers(&text).first() {
            Some((name, _)) => named.push((name.clone(), proof.document.source(item.text.clone()))),
            None => continue,
        }
    }
    let mut ranks = Vec::new();
    for (at, (higher, span)) in named.iter().enumerate() {
        for (lower, _) in &named[at + 1..] {
            if lower != higher {
                ranks.push(Rank { higher: higher.clone(), lower: lower.clone(), span: *span });
            }
        }
    }
    ranks
}
