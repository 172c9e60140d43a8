//! Which words make up a match: the terms that took part in it, found again from its ends.

use super::ast::Connector;
use super::eval::{Evaluation, Interval, Scope};
use super::plan::PatternId;
use super::sieve::View;
use super::steps::{Step, StepId};

impl Evaluation<'_> {
    /// The words that make up a match: for each term that took part the tokens that it matched,
    /// from first to last, none inside another. An interval that is no match comes back as it is.
    pub fn leaf_spans(&mut self, pattern: PatternId, scope: Scope, found: Interval) -> Vec<Interval> {
        let mut leaves = Vec::new();
        if let Some(step) = self.plan.step_of(pattern) {
            self.leaves(step, scope.into(), found, &mut leaves);
        }
        if leaves.is_empty() {
            leaves.push(found);
        }
        leaves.sort_unstable_by_key(|leaf| (leaf.start, std::cmp::Reverse(leaf.end)));
        let mut end = 0;
        leaves.retain(|leaf| {
            let sticks_out = leaf.end > end;
            end = end.max(leaf.end);
            sticks_out
        });
        leaves
    }

    /// The leaves of a match of a step; nothing when the interval is no match.
    fn leaves(&mut self, id: StepId, view: View, place: Interval, leaves: &mut Vec<Interval>) {
        if self.inside(id, view, place).binary_search(&place).is_err() {
            return;
        }
        let plan = self.plan;
        match plan.steps.step(id) {
            Step::Heading(inner) => self.leaves(inner, View::Heading, place, leaves),
            Step::Except(left, _) => self.leaves(left, view, place, leaves),
            Step::Any(parts) => parts.iter().for_each(|&part| self.leaves(part, view, place, leaves)),
            Step::Join(connector, left, right) => {
                let (a, b) = (self.inside(left, view, place), self.inside(right, view, place));
                if let Some((x, y)) = witness(connector, &a, &b, place) {
                    self.leaves(left, view, x, leaves);
                    self.leaves(right, view, y, leaves);
                }
            }
            _ => leaves.push(place),
        }
    }
}

/// Two matches whose hull is `place`: one begins it, the other is the nearest behind.
fn witness(
    connector: Connector,
    a: &[Interval],
    b: &[Interval],
    place: Interval,
) -> Option<(Interval, Interval)> {
    let pair = |firsts: &[Interval], seconds: &[Interval]| {
        let first = *firsts.get(firsts.partition_point(|x| x.start < place.start))?;
        let from = if connector.ordered { first.end } else { first.start };
        let second = *seconds.get(seconds.partition_point(|y| y.start < from))?;
        let hull = first.start == place.start && first.end.max(second.end) == place.end;
        hull.then_some((first, second))
    };
    if let Some(found) = pair(a, b) {
        return Some(found);
    }
    if connector.ordered {
        return None;
    }
    pair(b, a).map(|(y, x)| (x, y))
}
