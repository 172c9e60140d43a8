//! Two limits of one party's liability.

use std::ops::Range;
use std::sync::LazyLock;

use super::{is_plain, sentences};
use crate::facts::sought::Sought;
use crate::proofread::sentences::Sentence;
use crate::proofread::{Proof, Slip};
use crate::token::{Quantity, QuantityKind};

/// A sentence that limits a party's whole liability.
struct Cap<'a> {
    sentence: Sentence<'a>,
    place: Range<usize>,
    owner: String,
    kind: QuantityKind,
    value: f64,
}

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    static WORDS: LazyLock<Sought> =
        LazyLock::new(|| Sought::first(["iability", "IABILITY", "liable", "LIABLE"]));
    let found: Vec<Cap<'_>> = sentences(proof, &WORDS).filter_map(|sentence| cap(proof, sentence)).collect();
    let mut slips = Vec::new();
    for (at, later) in found.iter().enumerate() {
        let paper = later.sentence.paper(proof);
        let same =
            |earlier: &&Cap<'_>| earlier.owner == later.owner && earlier.sentence.paper(proof) == paper;
        let Some(earlier) = found[..at].iter().find(same) else { continue };
        if earlier.kind == later.kind && (earlier.value - later.value).abs() < 1e-6 {
            continue;
        }
        let (one, two) = (written(earlier), written(later));
        slips.push(Slip {
            span: later.sentence.span(proof, later.place.clone()),
            message: format!("two limits of liability for {}: {one} and {two}", later.owner),
            label: "here another limit holds".to_owned(),
            others: vec![(
                earlier.sentence.span(proof, earlier.place.clone()),
                "the limit named first".to_owned(),
            )],
            help: "keep one limit, or say for which claims each one holds".to_owned(),
            fix: None,
        });
    }
    slips
}

fn written(cap: &Cap<'_>) -> String {
    let amount = cap.sentence.text[cap.place.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    match cap.kind {
        QuantityKind::Duration => format!("the charges of {amount}"),
        _ => amount,
    }
}

fn cap<'a>(proof: &Proof<'_>, sentence: Sentence<'a>) -> Option<Cap<'a>> {
    let limits = ["not exceed", "limited to", "capped at", "no event exceed"];
    let limit = limits.iter().find_map(|words| sentence.lower.find(words))?;
    // A limit for some losses, some claims or some time stands beside the general one.
    let special = [
        "breach",
        "section",
        "clause",
        "article",
        "indemn",
        "insur",
        "infring",
        "data",
        "per claim",
        "each claim",
        "any one",
        "per incident",
        "per event",
        "per occurrence",
        "each occurrence",
        "greater of",
        "lesser of",
        "higher of",
        "confidential",
        "negligen",
        "warrant",
        "delay",
        "per year",
        "each year",
        "annual",
        "calendar year",
        "property",
        "injury",
        "credit",
        "exclusive",
        "damages for",
        "audit",
        "tax",
        "loss of",
        "costs of",
        "product",
        "statement of work",
        "order form",
        "schedule",
    ];
    if !is_plain(&sentence.lower) || sentence.says(&special) {
        return None;
    }
    let owner = owner(&sentence.lower[..limit])?;
    let amounts: Vec<Quantity> = sentence
        .quantities(proof)
        .filter(|one| {
            matches!(one.kind, QuantityKind::Money | QuantityKind::Duration | QuantityKind::Percent)
        })
        .copied()
        .collect();
    let [amount] = amounts.as_slice() else { return None };
    let place = sentence.place(proof, amount);
    let paid = ["fees", "charges", "paid", "payable", "amounts"];
    let fees = amount.kind != QuantityKind::Duration || sentence.says(&paid);
    let value = amount.value.filter(|_| place.start > limit && fees)?;
    Some(Cap { place, owner, kind: amount.kind, value, sentence })
}

/// Whose liability a text speaks of: "the supplier" in "the supplier's total liability".
fn owner(before: &str) -> Option<String> {
    let at = before.find("liability")?;
    let front = before[..at].trim_end();
    let mut words: Vec<&str> = front.split_whitespace().collect();
    while words.last().is_some_and(|word| {
        [
            "total",
            "aggregate",
            "maximum",
            "entire",
            "cumulative",
            "overall",
            "and",
            "whole",
            "or",
            "combined",
            "total,",
        ]
        .contains(word)
    }) {
        words.pop();
    }
    let last = words.last()?;
    if let Some(owner) = last.strip_suffix("'s").or_else(|| last.strip_suffix("’s")) {
        let owner = owner.trim_start_matches(|c: char| !c.is_alphanumeric());
        if owner == "party" {
            let which = words.get(words.len().checked_sub(2)?)?;
            return matches!(*which, "either" | "each" | "neither").then(|| "each party".to_owned());
        }
        return Some(owner.to_owned());
    }
    let behind = before[at + "liability".len()..].trim_start();
    let behind = behind.strip_prefix("of ")?;
    let mut next = behind.split_whitespace().filter(|word| *word != "the");
    let first = next.next()?;
    if matches!(first, "either" | "each") {
        return Some("each party".to_owned());
    }
    Some(first.trim_end_matches([',', ';']).to_owned())
}
