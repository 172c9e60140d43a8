//! The matches of an element: those that prove it, and those that only look like it.

use std::ops::Range;

use super::scene::Scene;
use crate::pattern::{Interval, PatternId};
use crate::rule::{Element, Negation, Reach};

/// A match and the pattern that it is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Hit {
    pub(super) at: Interval,
    pub(super) pattern: PatternId,
}

/// The matches of one element, each list sorted.
#[derive(Clone, Debug, Default)]
pub(super) struct Hits {
    /// They prove the element.
    pub(super) proofs: Vec<Hit>,
    /// A negated duty stands in front of them.
    pub(super) void: Vec<Hit>,
    /// An `unless` pattern stands in their sentence.
    pub(super) spoiled: Vec<Hit>,
}

/// Finds the matches of an element; `others` holds those of the elements it may be `within`.
pub(super) fn find(element: &Element, others: &[Hits], scene: &mut Scene<'_>) -> Hits {
    let mut found: Vec<Hit> = Vec::new();
    if !element.within.is_empty() && element.within.iter().all(|&other| others[other].proofs.is_empty()) {
        return Hits::default(); // there is nothing to stand near
    }
    for pattern in &element.any {
        let matches = scene.matches(pattern.id).into_iter();
        found.extend(matches.map(|at| Hit { at, pattern: pattern.id }));
    }
    found.sort_unstable();
    found.dedup_by_key(|hit| hit.at);
    if !element.within.is_empty() {
        let near: Vec<Range<usize>> = element
            .within
            .iter()
            .flat_map(|&other| &others[other].proofs)
            .map(|hit| place(hit.at, element.reach, scene))
            .collect();
        let near = Places::new(near, usize::from(element.reach == Reach::Neighbours));
        found.retain(|hit| near.touch(&place(hit.at, element.reach, scene)));
    }
    let mut hits = Hits::default();
    for hit in found {
        let void = match element.negation {
            Negation::Void => scene.is_negated(hit.at),
            Negation::Strict => scene.is_negated(hit.at) || scene.is_denied(hit.at),
            Negation::Keep => false,
        };
        if void {
            hits.void.push(hit);
        } else if is_spoiled(element, hit.at, scene) {
            hits.spoiled.push(hit);
        } else {
            hits.proofs.push(hit);
        }
    }
    hits
}

/// Whether an `unless` pattern stands in the sentences of a match.
fn is_spoiled(element: &Element, hit: Interval, scene: &mut Scene<'_>) -> bool {
    let sentences = scene.sentences(hit);
    element.unless.iter().any(|pattern| !scene.matches_in(pattern.id, &sentences).is_empty())
}

/// What a match touches, in the measure that `reach` asks for.
fn place(hit: Interval, reach: Reach, scene: &Scene<'_>) -> Range<usize> {
    match reach {
        Reach::Sentence => scene.sentences(hit),
        Reach::Paragraph => scene.units(hit),
        Reach::Clause | Reach::Neighbours => scene.stretches(hit),
    }
}

/// A set of indices, kept as sorted ranges that do not touch.
#[derive(Clone, Debug, Default)]
pub(super) struct Places {
    ranges: Vec<Range<usize>>,
}

impl Places {
    /// All indices of the ranges and `margin` more on either side of each.
    pub(super) fn new(mut ranges: Vec<Range<usize>>, margin: usize) -> Self {
        ranges.sort_unstable_by_key(|range| range.start);
        let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
        for range in ranges {
            let range = range.start.saturating_sub(margin)..range.end + margin;
            match joined.last_mut() {
                Some(last) if range.start <= last.end => last.end = last.end.max(range.end),
                _ => joined.push(range),
            }
        }
        Self { ranges: joined }
    }

    /// Whether one of the indices of `range` is in the set.
    pub(super) fn touch(&self, range: &Range<usize>) -> bool {
        let first = self.ranges.partition_point(|one| one.end <= range.start);
        self.ranges.get(first).is_some_and(|one| one.start < range.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_touch_only_what_they_hold() {
        let places = Places::new(vec![7..8, 2..4, 3..5], 0);
        assert!(places.touch(&(4..5)) && places.touch(&(0..3)) && places.touch(&(7..8)));
        assert!(!places.touch(&(5..7)) && !places.touch(&(8..20)) && !places.touch(&(0..2)));
        let wide = Places::new(vec![2..3, 9..10], 1);
        assert!(wide.touch(&(3..4)) && wide.touch(&(1..2)) && !wide.touch(&(4..8)));
    }
}
