//! Packs: checklists over the clauses, such as a regulation item by item.
//!
//! `raw` is the format, `compile` turns each mistake in a file into a finding with its place. What
//! a pack says about a contract is worked out in `checklist`.

mod compile;
pub mod raw;

use std::collections::BTreeMap;

pub use raw::RawMark as Mark;

use serde::{Deserialize, Serialize};

use super::compile::{File, folder};
use super::later::Later;
use super::load::{stem, twice};
use super::{ClauseRule, Formula};
use crate::finding::{Finding, Severity};
use crate::source::{Sources, Span};
use compile::{Known, compile_pack};

/// The name that stands for the items which hold for every contract; no scope may have it.
pub const GENERAL: &str = "general";

/// A checklist; built only by the loader, from checked data.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
pub struct Pack {
    /// `dora`: the stem of the file's name.
    pub id: String,
    /// The file that it was read from; built-in packs from the top of the package.
    pub path: String,
    /// "DORA, contracts for ICT services".
    pub title: String,
    /// The text that the items are taken from.
    pub instrument: String,
    /// Whom it binds, and when.
    pub applies: String,
    /// Where the items were read.
    pub source: String,
    /// What the ids of the items begin with.
    pub prefix: String,
    /// Groups of items that hold for some contracts only, in the order of the file.
    pub scopes: Vec<PackScope>,
    /// The items, in the order of the file.
    pub items: Later<Vec<Item>>,
    /// What the formulas of the items speak of, by the index that they use.
    pub atoms: Later<Vec<Atom>>,
}

/// A group of items that hold for some contracts only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PackScope {
    /// `critical`.
    pub id: String,
    /// "where the service supports a critical or important function".
    pub title: String,
}

/// One thing that the instrument asks for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Item {
    /// `DORA-30.2-e`.
    pub id: String,
    /// What it asks for, in our own words.
    pub asks: String,
    /// How far that was held against the text.
    pub mark: Option<Mark>,
    /// The scope that it belongs to, as an index; none for every contract.
    pub scope: Option<usize>,
    /// How it is told.
    pub test: Test,
    /// What to write; empty for the advice of the elements that lack.
    pub advice: String,
    /// What else there is to know; empty for nothing.
    pub note: String,
    /// The level when it is missing; `None` for no finding.
    pub missing: Option<Severity>,
    /// The level when it is met in part; `None` for no finding.
    pub weak: Option<Severity>,
    /// Where the item stands in its file.
    pub place: Span,
}

impl Item {
    /// Whether it is listed but not assessed until someone has verified it.
    #[must_use]
    pub fn is_off(&self) -> bool {
        self.mark == Some(Mark::FromMemory)
    }
}

/// How an item is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Test {
    /// By what the contract covers.
    Formula {
        /// It is met when this holds.
        met: Formula,
        /// It is met in part when this holds, or, when left out, any atom of `met`.
        weak: Option<Formula>,
    },
    /// By a reader, and why.
    ByHand(String),
}

/// What a formula of a pack speaks of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Atom {
    /// The clause.
    pub clause: String,
    /// The element of it; none for the clause as a whole.
    pub element: Option<String>,
}

impl Pack {
    /// An item's id as codes of findings show it, without the pack's prefix.
    #[must_use]
    pub fn short<'a>(&self, item: &'a Item) -> &'a str {
        item.id.strip_prefix(self.prefix.as_str()).filter(|rest| !rest.is_empty()).unwrap_or(&item.id)
    }

    /// The item that a user names: by its id, with or without the prefix, in any case of letters.
    #[must_use]
    pub fn item(&self, name: &str) -> Option<&Item> {
        let is = |id: &str| id.eq_ignore_ascii_case(name);
        self.items.iter().find(|item| is(&item.id) || is(self.short(item)))
    }

    /// The clauses that the items speak of, each once, sorted.
    #[must_use]
    pub fn clauses(&self) -> Vec<&str> {
        let mut clauses: Vec<&str> = self.atoms.iter().map(|atom| atom.clause.as_str()).collect();
        clauses.sort_unstable();
        clauses.dedup();
        clauses
    }
}

/// Whether a file holds a pack: it lies in a folder of that name.
#[must_use]
pub fn is_pack_file(path: &str) -> bool {
    folder(path) == "packs"
}

/// Pack files by the name of the pack, before they are read.
#[derive(Debug, Default)]
pub(super) struct Files {
    files: BTreeMap<String, (String, String, bool)>,
}

impl Files {
    /// Keeps a file; a user's own (`own`) replaces a built-in one of the same name.
    pub(super) fn keep(
        &mut self,
        (path, text, own): (String, String, bool),
        sources: &mut Sources,
        findings: &mut Vec<Finding>,
    ) {
        let name = stem(&path).to_owned();
        match self.files.get(&name).filter(|(.., theirs)| own && *theirs) {
            Some((earlier, ..)) => findings.push(twice(sources, &path, text, earlier)),
            None => {
                self.files.insert(name, (path, text, own));
            }
        }
    }

    /// Reads the packs. `broken` are the clauses whose files have mistakes, `replaced` the built-in
    /// ones that a user's rule stands in for.
    pub(super) fn load(
        self,
        sources: &mut Sources,
        (rules, broken, replaced): (&[ClauseRule], &[String], &[String]),
        findings: &mut Vec<Finding>,
    ) -> Vec<Pack> {
        let mut packs = Vec::with_capacity(self.files.len());
        for (path, text, own) in self.files.into_values() {
            let id = sources.add(path.clone(), text.clone());
            let mut file = File::new(id, &path, &text, own);
            let replaced = if own { &[] } else { replaced };
            packs.extend(compile_pack(&mut file, &Known { rules, broken, replaced }));
            findings.append(&mut file.findings);
        }
        packs
    }
}
