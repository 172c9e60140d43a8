//! What one file says, each value with its place, and how a nearer file goes over another.

use std::path::PathBuf;

use super::globs::Globs;
use super::project::ContractSet;
use super::raw::RawFailOn;
use super::selector::Selector;
use crate::finding::Severity;
use crate::rule::Side;
use crate::source::Span;

/// A value and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written<T> {
    pub(super) value: T,
    pub(super) at: Span,
}

/// A list and each of its items with their places.
#[derive(Clone, Debug)]
pub(super) struct List<T> {
    pub(super) items: Vec<Written<T>>,
    pub(super) at: Span,
}

impl<T: Clone> List<T> {
    /// The items without their places.
    pub(super) fn values(list: &Option<Self>) -> Vec<T> {
        list.iter().flat_map(|list| &list.items).map(|item| item.value.clone()).collect()
    }
}

/// The level of some findings.
#[derive(Clone, Debug)]
pub(super) struct Level {
    pub(super) selector: Written<Selector>,
    pub(super) level: Option<Severity>,
}

/// The tiers of a figure.
#[derive(Clone, Debug)]
pub(super) struct Bounds {
    pub(super) name: Written<String>,
    pub(super) preferred: Option<Written<String>>,
    pub(super) fallback: Option<Written<String>>,
}

/// What can be asked for all files or for some.
#[derive(Clone, Debug, Default)]
pub(super) struct Wishes {
    pub(super) profile: Option<Written<String>>,
    pub(super) side: Option<Written<Side>>,
    pub(super) packs: Option<List<String>>,
    pub(super) customer: Option<Written<Vec<String>>>,
    pub(super) supplier: Option<Written<Vec<String>>>,
    pub(super) select: Option<List<Selector>>,
    pub(super) ignore: Option<List<Selector>>,
    /// The last one that takes a finding in decides.
    pub(super) levels: Vec<Level>,
    pub(super) thresholds: Vec<Bounds>,
}

/// Other values for some files.
#[derive(Clone, Debug)]
pub(super) struct Override {
    pub(super) files: Globs,
    pub(super) wishes: Wishes,
}

/// What is left out when folders are walked.
#[derive(Clone, Debug)]
pub(super) struct Exclude {
    pub(super) globs: Globs,
    /// The list, and each glob of it.
    pub(super) at: Span,
    pub(super) places: Vec<Span>,
}

/// What one file says, or several put together.
#[derive(Clone, Debug, Default)]
pub(super) struct Layer {
    pub(super) extends: Option<Written<String>>,
    pub(super) wishes: Wishes,
    pub(super) rules: Option<List<PathBuf>>,
    pub(super) exclude: Option<Exclude>,
    pub(super) fail_on: Option<Written<RawFailOn>>,
    pub(super) baseline: Option<Written<PathBuf>>,
    pub(super) approver: Option<Written<bool>>,
    pub(super) end: Option<Written<bool>>,
    pub(super) contracts: Vec<ContractSet>,
    pub(super) overrides: Vec<Override>,
}

/// Puts a value over another if it is there.
fn over<T>(base: &mut Option<T>, nearer: Option<T>) {
    if nearer.is_some() {
        *base = nearer;
    }
}

impl Wishes {
    /// Puts what a nearer file says over what this one says: a list replaces the other.
    pub(super) fn put(&mut self, nearer: Self) {
        over(&mut self.profile, nearer.profile);
        over(&mut self.side, nearer.side);
        over(&mut self.packs, nearer.packs);
        over(&mut self.customer, nearer.customer);
        over(&mut self.supplier, nearer.supplier);
        over(&mut self.select, nearer.select);
        over(&mut self.ignore, nearer.ignore);
        self.levels.retain(|old| !nearer.levels.iter().any(|new| new.selector.value == old.selector.value));
        self.levels.extend(nearer.levels);
        self.thresholds.retain(|old| !nearer.thresholds.iter().any(|new| new.name.value == old.name.value));
        self.thresholds.extend(nearer.thresholds);
    }

    /// Puts what is said for some files over what holds for all: what these ignore they ignore
    /// besides.
    pub(super) fn put_for_some(&mut self, mut nearer: Self) {
        if let (Some(all), Some(some)) = (&self.ignore, &mut nearer.ignore) {
            some.items.splice(0..0, all.items.iter().cloned());
        }
        self.put(nearer);
    }
}

impl Layer {
    /// Puts a nearer file over this one.
    pub(super) fn put(&mut self, nearer: Self) {
        self.wishes.put(nearer.wishes);
        over(&mut self.rules, nearer.rules);
        over(&mut self.exclude, nearer.exclude);
        over(&mut self.fail_on, nearer.fail_on);
        over(&mut self.baseline, nearer.baseline);
        over(&mut self.approver, nearer.approver);
        over(&mut self.end, nearer.end);
        self.contracts.extend(nearer.contracts);
        self.overrides.extend(nearer.overrides);
    }
}
