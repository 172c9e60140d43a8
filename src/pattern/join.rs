//! Antichains of intervals and the linear merges that join two of them.
//!
//! In an antichain the starts grow and the ends grow with them. Every join below offers, for each
//! interval, the hull with the nearest partner behind it only: any other hull of that interval
//! contains this one, and a hull that is too wide stays too wide when it grows. Where one side is
//! much longer than the other, the search gallops, so that the cost follows the shorter side.

use super::eval::Interval;

/// Adds an interval to the antichain that lies from `floor` on and whose starts are not behind its
/// own, keeping it minimal.
pub(super) fn push_minimal(found: &mut Vec<Interval>, floor: usize, new: Interval) {
    while found.len() > floor
        && let Some(last) = found.last()
    {
        if last.start == new.start && last.end <= new.end {
            return;
        }
        if last.end < new.end {
            break;
        }
        found.pop();
    }
    found.push(new);
}

/// The first place from `from` on where the test fails, which must hold up to a place and fail
/// from there on.
pub(super) fn gallop<T>(list: &[T], from: usize, test: impl Fn(&T) -> bool) -> usize {
    let mut low = from.min(list.len());
    let mut step = 1;
    while let Some(item) = list.get(low + step - 1) {
        if !test(item) {
            break;
        }
        low += step;
        step *= 2;
    }
    let high = (low + step - 1).min(list.len());
    low + list.get(low..high).map_or(0, |part| part.partition_point(test))
}

/// Finds the end of the stretch that holds a token, for tokens that never go back.
#[derive(Clone, Debug)]
pub(super) struct Stretches<'a> {
    starts: &'a [u32],
    next: usize,
}

impl<'a> Stretches<'a> {
    /// For tokens from `token` on; `starts` is sorted, and the last stretch is open.
    pub(super) fn from(starts: &'a [u32], token: u32) -> Self {
        Self { starts, next: starts.partition_point(|&start| start < token) }
    }

    /// The token after the last one of the stretch that holds `token`.
    pub(super) fn end(&mut self, token: u32) -> u32 {
        self.next = gallop(self.starts, self.next, |&start| start <= token);
        self.starts.get(self.next).copied().unwrap_or(u32::MAX)
    }

    /// The first token of the stretch that holds `token`.
    pub(super) fn start(&mut self, token: u32) -> u32 {
        self.end(token);
        self.next.checked_sub(1).and_then(|at| self.starts.get(at)).copied().unwrap_or(0)
    }
}

/// Which hulls are allowed.
#[derive(Clone, Debug)]
pub(super) struct Limit<'a> {
    /// A hull lies within one of these.
    pub(super) stretches: Stretches<'a>,
    /// How many tokens may stand between the two, and how many may not.
    pub(super) below: u32,
}

impl Limit<'_> {
    /// The hull of two intervals of which the first starts no later, if it is allowed.
    fn hull(&mut self, first: Interval, second: Interval) -> Option<Interval> {
        let hull = Interval { start: first.start, end: first.end.max(second.end) };
        let near = second.start.saturating_sub(first.end) < self.below;
        (near && hull.end <= self.stretches.end(hull.start)).then_some(hull)
    }
}

/// Adds the minimal hulls of an `a` and a `b` behind it.
pub(super) fn ordered(a: &[Interval], b: &[Interval], mut limit: Limit<'_>, found: &mut Vec<Interval>) {
    let (mut i, mut j) = (0, 0);
    while let Some(x) = a.get(i) {
        j = gallop(b, j, |y| y.start < x.end);
        let Some(&y) = b.get(j) else { break };
        // The last `a` in front of this `b` is the nearest.
        i = gallop(a, i + 1, |x| x.end <= y.start);
        if let Some(hull) = a.get(i - 1).and_then(|&x| limit.hull(x, y)) {
            found.push(hull);
        }
    }
}

/// Adds the minimal hulls of an `a` and a `b` in any order.
pub(super) fn unordered(a: &[Interval], b: &[Interval], mut limit: Limit<'_>, found: &mut Vec<Interval>) {
    let floor = found.len();
    let (mut i, mut j) = (0, 0);
    while let (Some(&x), Some(&y)) = (a.get(i), b.get(j)) {
        let (first, second);
        if x.start <= y.start {
            i = nearest_before(a, i, y);
            (first, second) = (a.get(i).copied().unwrap_or(x), y);
            i += 1;
        } else {
            j = nearest_before(b, j, x);
            (first, second) = (b.get(j).copied().unwrap_or(y), x);
            j += 1;
        }
        if let Some(hull) = limit.hull(first, second) {
            push_minimal(found, floor, hull);
        }
    }
}

/// The last interval from `from` on that neither starts nor ends behind `partner`: with those
/// before it the hulls contain its own.
fn nearest_before(list: &[Interval], from: usize, partner: Interval) -> usize {
    gallop(list, from + 1, |x| x.start <= partner.start && x.end <= partner.end) - 1
}

/// Adds the intervals of `a` that touch no stretch which an interval of `b` touches.
pub(super) fn except(a: &[Interval], b: &[Interval], starts: Stretches<'_>, found: &mut Vec<Interval>) {
    let (mut open, mut close) = (starts.clone(), starts);
    let mut j = 0;
    for &x in a {
        let from = open.start(x.start);
        let to = close.end(x.end.saturating_sub(1));
        j = gallop(b, j, |y| y.end <= from);
        if b.get(j).is_none_or(|y| y.start >= to) {
            found.push(x);
        }
    }
}

/// Makes several antichains that lie behind each other one.
pub(super) fn merge(all: &mut Vec<Interval>, lists: usize) {
    if lists > 1 {
        merge_from(all, 0);
    }
}

/// Makes what lies from `from` on one antichain.
pub(super) fn merge_from(all: &mut Vec<Interval>, from: usize) {
    let Some(part) = all.get_mut(from..) else { return };
    // Runs that are sorted already, mostly a few short ones.
    part.sort_unstable_by_key(|one| u64::from(one.start) << 32 | u64::from(one.end));
    let mut kept = from;
    for at in from..all.len() {
        let new = all[at];
        let same = kept > from && all[kept - 1].start == new.start;
        if same {
            continue; // its end is not before that of the one kept
        }
        while kept > from && all[kept - 1].end >= new.end {
            kept -= 1;
        }
        all[kept] = new;
        kept += 1;
    }
    all.truncate(kept);
}
