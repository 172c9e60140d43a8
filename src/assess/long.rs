//! A contract far longer than contracts are is assessed in stretches, as a contract of several files
//! is, so that time and memory grow with its length and no faster.
//!
//! A stretch ends where a clause does, or at a paragraph when the clause is very long itself: what a
//! pattern joins lies within one clause.

use std::ops::Range;
use std::sync::Arc;

use crate::token::{Quantity, Reading, Unit};

/// A reading of at most twice as many sentences and words is assessed whole: some 200 pages.
const SENTENCES: usize = 2048;
const WORDS: usize = 50_000;

/// The stretches of a reading, as ranges of its units; none when it is assessed whole.
pub(super) fn stretches(reading: &Reading) -> Vec<Range<usize>> {
    if reading.sentences.len() <= 2 * SENTENCES && reading.tokens.len() <= 2 * WORDS {
        return Vec::new();
    }
    let (mut stretches, mut first, mut begun, mut start) = (Vec::new(), 0, 0, 0);
    let (mut sentences, mut clauses) = (0, 0);
    for (at, unit) in reading.units.iter().enumerate() {
        while reading.sentences.get(sentences).is_some_and(|&start| start < unit.start) {
            sentences += 1;
        }
        while reading.clauses.get(clauses).is_some_and(|&(start, _)| start < unit.start) {
            clauses += 1;
        }
        let new_clause = reading.clauses.get(clauses).is_some_and(|&(start, _)| start == unit.start);
        let longer = |times: usize| {
            sentences - begun >= times * SENTENCES || (unit.start - start) as usize >= times * WORDS
        };
        if longer(2) || longer(1) && new_clause {
            stretches.push(first..at);
            (first, begun, start) = (at, sentences, unit.start);
        }
    }
    stretches.push(first..reading.units.len());
    stretches
}

/// A stretch as a reading of its own, over the same document.
pub(super) fn part(reading: &Reading, units: &Range<usize>) -> Reading {
    let start = reading.units.get(units.start).map_or(reading.len(), |unit| unit.start);
    let end = reading.units.get(units.end).map_or(reading.len(), |unit| unit.start);
    let starts = |all: &[u32]| -> Vec<u32> {
        let inside = all.partition_point(|&at| at < start)..all.partition_point(|&at| at < end);
        all.get(inside).unwrap_or_default().iter().map(|at| at - start).collect()
    };
    let clause = reading.clauses.partition_point(|&(at, _)| at <= start).saturating_sub(1);
    let clauses = reading.clauses.iter().skip(clause).take_while(|&&(at, _)| at < end);
    let unit = |unit: &Unit| Unit {
        start: unit.start - start,
        own: unit.own - start,
        own_end: unit.own_end - start,
        end: unit.end - start,
        ..*unit
    };
    let quantities = &reading.quantities;
    let first = quantities.partition_point(|one| one.start < start);
    let inside = quantities.iter().skip(first).take_while(|one| one.start < end);
    let quantity = |one: &Quantity| Quantity { start: one.start - start, end: one.end - start, ..*one };
    Reading {
        tokens: reading.tokens.get(start as usize..end as usize).unwrap_or_default().to_vec(),
        sentences: starts(&reading.sentences),
        paragraphs: starts(&reading.paragraphs),
        clauses: clauses.map(|&(at, of)| (at.saturating_sub(start), of)).collect(),
        units: reading.units.get(units.clone()).unwrap_or_default().iter().map(unit).collect(),
        quantities: inside.map(quantity).collect(),
        lengths: Arc::clone(&reading.lengths),
    }
}
