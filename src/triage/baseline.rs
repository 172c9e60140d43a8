//! Findings that a team knows and lives with for now: kept in a file, hidden from reports.
//!
//! A [`Baseline`] knows contracts by their path and findings by their fingerprint, so that known
//! findings stay known while a contract is edited and numbered anew; [`hold`] says which findings of
//! a run it knows, which entries are gone, and takes entries over to a contract that has moved.
//! `format` is the file, `likeness` tells whether two files are one contract. Opening files and
//! paths on disk are matters of `session`.

mod format;
mod hold;
mod likeness;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use format::Line;
pub use hold::{Held, Tree, hold};
pub use likeness::Likeness;

use crate::finding::{Code, Finding, Fingerprint};
use crate::source::FileId;

/// The findings that are known, by contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// The contracts by their paths, relative to the folder of the baseline file, with forward
    /// slashes.
    pub contracts: BTreeMap<String, Known>,
}

/// What is known of one contract.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Known {
    /// What it is like, to find it again when it has moved; several after a merge of two branches.
    pub likenesses: Vec<Likeness>,
    /// The findings, in the order in which they are written.
    pub entries: Vec<Entry>,
}

/// One finding that is known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// What it is about: `weak-sla-metrics`.
    pub code: String,
    /// What it is known by.
    pub id: Fingerprint,
    /// What its subject lacks, by id, sorted.
    pub lacks: Vec<String>,
    /// How far its figure falls short, in thousandths of its unit.
    pub short_by: Option<u64>,
}

/// A contract of a run under the path that a baseline knows it by.
#[derive(Clone, Debug)]
pub struct Contract {
    /// The path of its first file, relative to the folder of the baseline file.
    pub path: String,
    /// Its files, the first one first.
    pub files: Vec<FileId>,
}

/// A known finding that a contract no longer has.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gone {
    /// The contract's path in the baseline.
    pub path: String,
    /// What the finding was about.
    pub code: String,
}

impl Entry {
    /// The entry for a finding; none for what is no finding in a contract's text, such as a mistake
    /// in a waiver, which no baseline may hide.
    #[must_use]
    pub fn of(finding: &Finding) -> Option<Self> {
        may_be_known(&finding.code).then(|| Self {
            code: finding.code.to_string(),
            id: finding.fingerprint.clone(),
            lacks: finding.lacks.clone(),
            short_by: finding.short_by,
        })
    }

    /// Whether a finding is this one, and no worse than it was.
    fn covers(&self, finding: &Finding) -> bool {
        let no_worse = match (self.short_by, finding.short_by) {
            (Some(then), Some(now)) => now <= then,
            (None, Some(_)) => false,
            (_, None) => true,
        };
        self.id == finding.fingerprint
            && no_worse
            && finding.lacks.iter().all(|lack| self.lacks.binary_search(lack).is_ok())
    }

    /// The pack that it is about an item of.
    fn pack(&self) -> Option<&str> {
        self.code.split_once('/').map(|(pack, _)| pack)
    }
}

/// Whether a baseline may hide findings with this code.
const fn may_be_known(code: &Code) -> bool {
    match code {
        Code::Missing(_)
        | Code::Weak(_)
        | Code::Soft(_)
        | Code::Slip(_)
        | Code::OneSided(_)
        | Code::Pack { .. }
        | Code::Position(..) => true,
        // A contract that is not read as one is never known to be fine.
        Code::NotAContract
        | Code::OtherLanguage
        | Code::UnknownProfile
        | Code::FrontMatter
        | Code::RuleFile
        | Code::Pattern
        | Code::Unreadable
        | Code::Usage
        | Code::Config
        | Code::Waiver
        | Code::Baseline => false,
    }
}

impl Baseline {
    /// How many findings are known.
    #[must_use]
    pub fn len(&self) -> usize {
        self.contracts.values().map(|known| known.entries.len()).sum()
    }

    /// Whether no finding is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Puts entries in order, each once; leaves out contracts without any.
    fn tidy(mut self) -> Self {
        for known in self.contracts.values_mut() {
            known.entries.sort_unstable();
            known.entries.dedup();
            known.likenesses.dedup();
        }
        self.contracts.retain(|_, known| !known.entries.is_empty());
        self
    }
}
