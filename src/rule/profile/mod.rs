//! Profiles: which clauses a kind of paper is asked for, and how loudly.
//!
//! `raw` is the format, `compile` turns each mistake in a file into a finding with its place. Which
//! profile a contract is held against is settled in `session`, what comes of it in `lint`.

mod compile;
pub mod raw;

use std::collections::BTreeMap;

pub use raw::RawSide as Side;

use serde::{Deserialize, Serialize};

use super::compile::{File, folder};
use super::load::stem;
use super::{ClauseRule, RuleSet};
use crate::facts::PaperKind;
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::source::{Sources, Span};

/// The name that stands for every clause at the levels of its own rule; no file may have it.
pub const ALL: &str = "all";
/// The profile for a paper that no profile is for.
pub const DEFAULT: &str = "outsourcing";

/// What is asked of one kind of paper; built only by the loader, from checked data.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Profile {
    /// `sla`: the stem of the file's name.
    pub id: String,
    /// The file that it was read from; built-in profiles from the top of the package.
    pub path: String,
    /// "Service level agreement".
    pub title: String,
    /// One line on what such a paper must hold.
    pub summary: String,
    /// The kinds of paper for which it is taken.
    pub papers: Vec<PaperKind>,
    /// Whether it is for agreements for services: the default profile, or one that starts from it.
    for_services: bool,
    /// What is asked, for either side.
    entries: Vec<Entry>,
    /// What should not be there, for either side.
    burdens: Vec<Burden>,
}

/// Clauses of which one is enough, with the side that they are asked for.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    side: Option<Side>,
    demand: Demand,
}

/// Something that weighs on one side when it is there.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Burden {
    /// The side on which it weighs.
    pub side: Side,
    /// The level of the finding.
    pub level: Severity,
    /// What shows it: rules as indices into the set, each with one of its elements or as a whole.
    pub found: Vec<(usize, Option<usize>)>,
    /// The headline.
    pub message: String,
    /// What to ask for in return; empty for nothing.
    pub advice: String,
}

/// Clauses of which one is enough: usually one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demand {
    /// The rules, as indices into the set, the first choice first; never empty.
    pub rules: Vec<usize>,
    /// The level of the finding when all are missing; `None` for no finding.
    pub missing: Option<Severity>,
    /// The level of the finding when the best of them is weak; `None` for no finding.
    pub weak: Option<Severity>,
}

impl Demand {
    /// Whether anything could come of it.
    const fn is_on(&self) -> bool {
        self.missing.is_some() || self.weak.is_some()
    }

    /// One rule at its own levels.
    fn own(at: usize, rule: &ClauseRule) -> Self {
        Self { rules: vec![at], missing: rule.missing, weak: rule.weak }
    }
}

/// What is asked of a contract that is judged for one side.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// What must be there, in the order of the profile.
    pub demands: Vec<Demand>,
    /// What weighs on the side.
    pub burdens: Vec<Burden>,
}

impl Asked {
    /// The rules that must be evaluated, as indices into the set, each once: first those that are
    /// demanded, in that order.
    #[must_use]
    pub fn rules(&self) -> Vec<usize> {
        let burdens = self.burdens.iter().flat_map(|burden| burden.found.iter().map(|(rule, _)| *rule));
        let mut rules: Vec<usize> = Vec::new();
        for rule in self.demands.iter().flat_map(|demand| demand.rules.iter().copied()).chain(burdens) {
            if !rules.contains(&rule) {
                rules.push(rule);
            }
        }
        rules
    }
}

impl Profile {
    /// What is asked for one side: an entry for the side goes before one for both.
    fn asked(&self, side: Side) -> Asked {
        let ours: Vec<&Entry> = self.entries.iter().filter(|entry| entry.side == Some(side)).collect();
        let overruled = |entry: &Entry| {
            entry.side.is_none() && ours.iter().any(|own| own.demand.shares_a_rule_with(&entry.demand))
        };
        let applies = |entry: &&Entry| entry.side.is_none_or(|of| of == side) && !overruled(entry);
        Asked {
            demands: self
                .entries
                .iter()
                .filter(applies)
                .map(|entry| entry.demand.clone())
                .filter(Demand::is_on)
                .collect(),
            burdens: self.burdens.iter().filter(|burden| burden.side == side).cloned().collect(),
        }
    }

    /// Whether the profile says anything on a rule, for either side.
    fn names(&self, rule: usize) -> bool {
        self.entries.iter().any(|entry| entry.demand.rules.contains(&rule))
    }
}

impl Demand {
    fn shares_a_rule_with(&self, other: &Self) -> bool {
        self.rules.iter().any(|rule| other.rules.contains(rule))
    }
}

impl RuleSet {
    /// The profile of this name.
    #[must_use]
    pub fn profile(&self, id: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.id == id)
    }

    /// The profile for a kind of paper.
    #[must_use]
    pub fn profile_for(&self, paper: PaperKind) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.papers.contains(&paper))
    }

    /// What a profile asks for one side; [`ALL`] asks for every clause. A user's own rule that no
    /// profile names is asked for, at its own levels, in every agreement for services: who wrote it
    /// wants it, but a non-disclosure agreement is a poor place to look.
    #[must_use]
    pub fn asked(&self, profile: &str, side: Side) -> Option<Asked> {
        if profile == ALL {
            let demands = self.rules.iter().enumerate().map(|(at, rule)| Demand::own(at, rule)).collect();
            return Some(Asked { demands, burdens: Vec::new() });
        }
        let profile = self.profile(profile)?;
        let mut asked = profile.asked(side);
        for demand in &mut asked.demands {
            for rule in demand.rules.iter().filter_map(|&at| self.rules.get(at)) {
                if rule.set_levels.missing {
                    demand.missing = rule.missing;
                }
                if rule.set_levels.weak {
                    demand.weak = rule.weak;
                }
            }
        }
        asked.demands.retain(Demand::is_on);
        for (at, rule) in self.rules.iter().enumerate().filter(|_| profile.for_services) {
            if rule.own && !self.profiles.iter().any(|profile| profile.names(at)) {
                asked.demands.extend(Some(Demand::own(at, rule)).filter(Demand::is_on));
            }
        }
        Some(asked)
    }
}

/// Profile files by the name of the profile, before they are read. A user's own stands beside the
/// built-in one that it may extend.
#[derive(Debug, Default)]
pub(super) struct Files {
    builtin: BTreeMap<String, (String, String)>,
    own: BTreeMap<String, (String, String)>,
}

impl Files {
    /// Whether a file holds a profile: it lies in a folder of that name.
    pub(super) fn is_profile(path: &str) -> bool {
        folder(path) == "profiles"
    }

    /// Keeps a file; a user's own (`own`) replaces a built-in one of the same name.
    pub(super) fn keep(
        &mut self,
        (path, text, own): (String, String, bool),
        sources: &mut Sources,
        findings: &mut Vec<Finding>,
    ) {
        let id = stem(&path).to_owned();
        let files = if own { &mut self.own } else { &mut self.builtin };
        match files.get(&id) {
            Some((earlier, _)) => findings.push(twice(sources, &path, text, earlier)),
            None => {
                files.insert(id, (path, text));
            }
        }
    }

    /// Reads the files over the rules in use. A file with a mistake gives findings, and no profile
    /// or the built-in one that it would have replaced.
    pub(super) fn load(
        self,
        sources: &mut Sources,
        rules: &[ClauseRule],
        findings: &mut Vec<Finding>,
    ) -> Vec<Profile> {
        let own_first = self.own.into_iter().map(|file| (file, true));
        let files: Vec<_> = own_first.chain(self.builtin.into_iter().map(|file| (file, false))).collect();
        let files: Vec<_> = files
            .into_iter()
            .map(|((id, (path, text)), own)| (sources.add(path.clone(), text.clone()), id, path, text, own))
            .collect();
        let files = files
            .iter()
            .map(|(file, id, path, text, own)| (id.as_str(), *own, File::new(*file, path, text, *own)));
        compile::compile_profiles(files.collect(), rules, findings)
    }
}

fn twice(sources: &mut Sources, path: &str, text: String, earlier: &str) -> Finding {
    let id = sources.add(path, text);
    let message = format!("two profiles are called {}", stem(path));
    Finding::new(Code::RuleFile, Severity::Error, message, Anchor::Span(Span::new(id, 0..0)))
        .note(format!("the other is {earlier}"))
        .help("the file's name is the profile's name: rename one of them")
}
