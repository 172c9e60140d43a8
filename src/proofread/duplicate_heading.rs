//! `duplicate-heading`: two clauses side by side under the same heading.

use std::collections::HashMap;
use std::collections::hash_map::{Entry, RandomState};
use std::hash::BuildHasher as _;

use super::labels::{figure, parts};
use super::{Proof, Slip};
use crate::document::{Clause, ClauseId, LabelKind};

/// The most findings in a contract: where more headings come twice, its parts were not told apart.
const MOST: usize = 2;

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    // The titles themselves would weigh as much as the contract, where it is all headings.
    let mut first: HashMap<(Option<ClauseId>, u64), &Clause> = HashMap::new();
    let keys = RandomState::new();
    let mut slips = Vec::new();
    for clause in proof.document.clauses.iter().skip(1) {
        let Some(title) = heading(clause, proof) else { continue };
        let before = match first.entry((clause.parent, keys.hash_one(title.to_lowercase()))) {
            Entry::Occupied(before) => *before.get(),
            Entry::Vacant(place) => {
                place.insert(clause);
                continue;
            }
        };
        if heading(before, proof).is_none_or(|one| one.to_lowercase() != title.to_lowercase()) {
            continue;
        }
        let document = proof.document;
        let cited = |clause: &Clause| document.label(clause).map(|label| document.label_text(label));
        let which = match (cited(before), cited(clause)) {
            (None, None) => "two clauses".to_owned(),
            // Another series of numbers is another part; the same number is another finding's business.
            (Some(one), Some(other)) if is_later(&parts(one), &parts(other)) => {
                format!("clauses {one} and {other}")
            }
            _ => continue,
        };
        slips.push(Slip {
            span: clause.head,
            message: format!("{which} have the same heading, \"{title}\""),
            label: "the second".to_owned(),
            others: vec![(before.head, "the first".to_owned())],
            help: "join the two, or give each a heading that tells them apart".to_owned(),
            fix: None,
        });
    }
    if slips.len() > MOST { Vec::new() } else { slips }
}

/// Whether two numbers stand on the same level under the same clause, the second behind the first.
fn is_later(one: &[String], other: &[String]) -> bool {
    let (Some((last, front)), Some((next, above))) = (one.split_last(), other.split_last()) else {
        return false;
    };
    let number = |part: &String| part.parse::<u32>().ok().or_else(|| figure(part));
    // "2.0" is clause 2.
    if let ([one], [other], "0", "0") = (front, above, last.as_str(), next.as_str()) {
        return number(one).zip(number(other)).is_some_and(|(one, other)| one < other);
    }
    front == above && number(last).zip(number(next)).is_some_and(|(last, next)| last < next)
}

/// The heading of a clause, numbered or a heading of Markdown, that has words of its own.
fn heading(clause: &Clause, proof: &Proof<'_>) -> Option<String> {
    const EMPTY: [&str; 7] = ["reserved", "omitted", "not used", "deleted", "continued", "blank", "***"];
    // Each party has a point of contact of its own.
    const SAID_OFTEN: [&str; 6] =
        ["general", "other", "point of contact", "contact", "contact details", "address for notices"];
    let told = match proof.document.label(clause) {
        Some(label) => {
            let numbered = matches!(label.kind, LabelKind::Number | LabelKind::Article);
            numbered && !proof.document.label_text(label).starts_with('(')
        }
        None => {
            // A heading in capitals may be the foot of a page, or the name of a part.
            let head = proof.source.slice(clause.head);
            head.starts_with('#') && head.contains(char::is_lowercase)
        }
    };
    // A unit is what a reader finds by its heading; "7.2" has one too, where its words have capitals.
    let number = proof.document.label(clause).map_or("", |label| proof.document.label_text(label));
    if !told || !clause.is_unit && parts(number).len() < 2 {
        return None;
    }
    let title =
        proof.document.prose.slice(clause.title.clone()?).trim().trim_end_matches(['.', ':', ';', '-', ' ']);
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = title.to_lowercase();
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    let empty = EMPTY.iter().any(|word| lower.contains(word))
        || SAID_OFTEN.contains(&&*lower)
        || lower.starts_with('"');
    let capitals = title.split(' ').all(|word| word.len() < 5 || !word.starts_with(char::is_lowercase));
    let empty = empty || !clause.is_unit && !capitals;
    (letters > 3 && title.len() < 80 && !empty).then_some(title)
}
