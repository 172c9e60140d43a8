//! `date-order`: a period that ends before it begins: "from 1 March 2027 to 28 February 2026", or a
//! commencement date after the expiry date. So is a period of notice that is longer than the term.

mod term;

use super::{Proof, Slip};
use crate::facts::dates::NamedDay;
use crate::source::Span;

/// How far the two days of one period may stand apart, in bytes.
const APART: usize = 90;
/// How far a name may stand in front of its date, in bytes.
const NAME: usize = 60;

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let mut slips: Vec<Slip> = proof
        .days
        .windows(2)
        .filter_map(|pair| {
            let (first, last) = (&pair[0], &pair[1]);
            (is_later(first, last)? && is_period(first, last, &proof.document.prose.text))
                .then(|| slip(first, last, proof))
        })
        .collect();
    slips.extend(named(proof));
    slips.extend(term::longer_notices(proof));
    slips.sort_by_key(|slip| slip.span.start());
    slips.dedup_by_key(|slip| slip.span);
    slips
}

/// Whether a day lies behind another. Of days whose month is not clear the years tell, where they differ.
fn is_later(one: &NamedDay, other: &NamedDay) -> Option<bool> {
    if let (Some(one), Some(other)) = (one.number(), other.number()) {
        return Some(one > other);
    }
    (one.exists() && other.exists()).then_some(one.year? > other.year?)
}

fn slip(first: &NamedDay, last: &NamedDay, proof: &Proof<'_>) -> Slip {
    let said = |day: &NamedDay| {
        let text = proof.document.prose.text.get(day.range.clone()).unwrap_or("");
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    Slip {
        span: span(last, proof),
        message: format!("the period ends on {} before it begins on {}", said(last), said(first)),
        label: "the end".to_owned(),
        others: vec![(span(first, proof), "the beginning, which is later".to_owned())],
        help: "correct the day that is wrong, most often its year".to_owned(),
        fix: None,
    }
}

fn span(day: &NamedDay, proof: &Proof<'_>) -> Span {
    let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    proof.document.source(at(day.range.start)..at(day.range.end))
}

/// Whether two days that follow each other are the two ends of one period.
fn is_period(first: &NamedDay, last: &NamedDay, text: &str) -> bool {
    const JOINS: [&str; 8] = ["to", "until", "till", "through", "-", "–", "—", "and"];
    const GOES_ON: [&str; 12] = [
        "ending",
        "ends",
        "end on",
        "expiring",
        "expires",
        "expire on",
        "until",
        "up to and including",
        "through and including",
        "terminating on",
        "terminates on",
        "terminate on",
    ];
    let Some(between) = text.get(first.range.end..last.range.start) else { return false };
    if between.len() > APART || between.contains(['\n', ';']) || between.contains(". ") {
        return false;
    }
    let head = &text[..first.range.start];
    let line = head.rfind('\n').map_or(0, |at| at + 1);
    let sentence = head[line..].rfind(". ").map_or(line, |at| line + at + 2);
    let front = head[sentence..].to_ascii_lowercase();
    // "the date is changed from ... to ...": no period.
    let changes =
        ["chang", "amend", "extend", "replac", "delet", "mov", "accelerat", "postpon", "revis", "correct"];
    if changes.iter().any(|word| front.contains(word)) {
        return false;
    }
    let between = between.to_ascii_lowercase();
    let bare = between.trim_matches([' ', ',', '(', ')', '\'', '"']);
    let from = ["from", "between", "commenc", "begin", "start", "period", "effective"];
    let near = front.len().saturating_sub(40);
    let near = (near..front.len()).find(|&at| front.is_char_boundary(at)).map_or("", |at| &front[at..]);
    let begins = from.iter().any(|word| near.contains(word));
    match bare {
        "and" => near.contains("between"),
        // Between two days these need no "from"; "to" may join an old day and a new one.
        "until" | "till" | "through" => true,
        _ if JOINS.contains(&bare) => begins,
        _ => begins && GOES_ON.iter().any(|word| between.contains(word)),
    }
}

/// The commencement date and the expiry date, where a contract names each once.
fn named(proof: &Proof<'_>) -> Option<Slip> {
    const BEGINS: [&str; 4] = ["commencement date", "start date", "effective date", "begin date"];
    const ENDS: [&str; 6] = [
        "expiry date",
        "expiration date",
        "end date",
        "termination date",
        "completion date",
        "expiry of term",
    ];
    let of = |names: &[&str]| {
        let mut days: Vec<&NamedDay> =
            proof.days.iter().filter(|day| is_named(day, names, &proof.document.prose.text)).collect();
        days.dedup_by_key(|day| day.number());
        days
    };
    let (begins, ends) = (of(&BEGINS), of(&ENDS));
    let ([begin], [end]) = (begins.as_slice(), ends.as_slice()) else { return None };
    (begin.number()? > end.number()?).then(|| slip(begin, end, proof))
}

/// Whether a day is what one of the names stands for: `"Start Date" means 1 May 2027`.
fn is_named(day: &NamedDay, names: &[&str], text: &str) -> bool {
    const BETWEEN: [&str; 12] =
        ["means", "mean", "shall", "is", "be", "on", "the", "of", "this", "agreement", "initial", "service"];
    let from = day.range.start.saturating_sub(NAME);
    let Some(from) = (from..=day.range.start).find(|&at| text.is_char_boundary(at)) else { return false };
    let front = text[from..day.range.start].to_ascii_lowercase();
    let Some(end) = names.iter().filter_map(|name| front.rfind(name).map(|at| at + name.len())).max() else {
        return false;
    };
    let words = front[end..].split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    day.number().is_some() && words.into_iter().all(|word| BETWEEN.contains(&word))
}
