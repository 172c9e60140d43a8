//! The kinds of slips and how each is planted in a contract.
//!
//! A plant takes a clean contract and random numbers, and gives the contract with one slip and the
//! places where a finding may stand; nothing where the contract has no place for it.

mod figures;
mod numbers;
mod terms;
mod text;
mod wording;

use std::ops::Range;

use proptest::sample::Index;

/// A contract with one slip in it.
pub(crate) struct Planted {
    pub(crate) text: String,
    /// Where a finding may stand, in bytes of the text: at the slip, or at the place that it disagrees
    /// with.
    pub(crate) at: Vec<Range<usize>>,
}

/// Random numbers, one after the other.
pub(crate) struct Pick {
    numbers: Vec<Index>,
}

impl Pick {
    pub(crate) fn new(numbers: Vec<Index>) -> Self {
        Self { numbers }
    }

    /// A number below a bound.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        let number = self.numbers.pop().expect("a plant takes few numbers");
        number.index(bound)
    }

    /// One of some things.
    pub(crate) fn of<T: Clone>(&mut self, things: &[T]) -> Option<T> {
        if things.is_empty() { None } else { things.get(self.below(things.len())).cloned() }
    }
}

/// A kind of slip.
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    /// The check that must find it.
    pub(crate) code: &'static str,
    /// Findings of other checks that the slip brings with it, with the reason.
    pub(crate) along: &'static [(&'static str, &'static str)],
    pub(crate) plant: fn(&str, &mut Pick) -> Option<Planted>,
}

const fn kind(
    name: &'static str,
    code: &'static str,
    plant: fn(&str, &mut Pick) -> Option<Planted>,
    along: &'static [(&'static str, &'static str)],
) -> Kind {
    Kind { name, code, along, plant }
}

const GAP: (&str, &str) = ("numbering", "the number of the definition that was cut out is free");
const BROKEN: (&str, &str) = ("broken-reference", "the number that the clause had is gone");
const UNUSED: (&str, &str) = ("unused-definition", "what was cut out held the only use of a term");

pub(crate) const KINDS: &[Kind] = &[
    kind("reference to nowhere", "broken-reference", numbers::reference, &[]),
    kind("number left out", "numbering", numbers::gap, &[]),
    kind("number twice", "numbering", numbers::twice, &[BROKEN]),
    kind("heading twice", "duplicate-heading", numbers::heading, &[]),
    kind("letter left out", "list-order", numbers::letter_gap, &[]),
    kind("letter twice", "list-order", numbers::letter_twice, &[]),
    kind("schedule cut out", "missing-schedule", numbers::schedule, &[UNUSED]),
    kind("signatures cut out", "missing-signature-block", numbers::signatures, &[]),
    kind("definition cut out", "undefined-term", terms::cut, &[GAP]),
    kind("definition never used", "unused-definition", terms::unused, &[]),
    kind("term defined twice", "double-definition", terms::twice, &[]),
    kind("term without capitals", "inconsistent-term", terms::small, &[]),
    kind("term defined by itself", "circular-definition", terms::circular, &[UNUSED]),
    kind("period of two lengths", "unit-conflict", terms::lengths, &[]),
    kind("party misspelt", "party-name-drift", terms::misspelt, &[]),
    kind("party of another contract", "party-name-drift", terms::stranger, &[]),
    kind("words against figures", "number-mismatch", figures::mismatch, &[]),
    kind("day that no month has", "impossible-date", figures::no_day, &[]),
    kind("wrong weekday", "impossible-date", figures::weekday, &[]),
    kind("end before the beginning", "date-order", figures::backwards, &[]),
    kind("notice longer than the term", "date-order", figures::late_notice, &[]),
    kind("tiers overlap", "sla-arithmetic", figures::overlap, &[]),
    kind("tiers leave a gap", "sla-arithmetic", figures::hole, &[]),
    kind("credits fall", "sla-arithmetic", figures::inverted, &[]),
    kind("target below the credits", "sla-arithmetic", figures::target, &[]),
    kind("downtime does not fit", "sla-arithmetic", figures::downtime, &[]),
    kind("credits above their cap", "sla-arithmetic", figures::cap, &[]),
    kind("blank left open", "placeholder", wording::blank, &[]),
    kind("bracket lost", "unbalanced", wording::bracket, &[]),
    kind("quotation mark lost", "unbalanced", wording::quote, &[]),
    kind("weak modal", "weak-modal", wording::modal, &[]),
    kind("changes alone", "one-sided", wording::changes, &[]),
    kind("decides alone", "one-sided", wording::decides, &[]),
    kind("renews by itself", "one-sided", wording::renews, &[]),
    kind("credits only", "one-sided", wording::credits, &[]),
    kind("second governing law", "conflict", wording::law, &[]),
    kind("second liability cap", "conflict", wording::liability, &[]),
    kind("second notice period", "conflict", wording::notice, &[]),
    kind("circular precedence", "conflict", wording::precedence, &[]),
];
