//! What is asked of a contract: rules, profile, side, packs, and the parties as the user names them.
//! The command line goes before the configuration; lists of both are added up.

use std::path::PathBuf;
use std::sync::Arc;

use super::load::text_of;
use super::rulebook::Rulebook;
use super::{Options, discover, taking};
use crate::facts::Given;
use crate::finding::Finding;
use crate::proofread;
use crate::rule::RuleSet;
use crate::settings::{self, Settings};
use crate::source::Sources;
use crate::triage::Day;

/// What is asked of a contract.
#[derive(Clone, Debug)]
pub(super) struct Desk {
    pub(super) book: Rulebook,
    pub(super) given: Given,
    /// The profile that the user named, which may not exist.
    pub(super) profile: Option<String>,
    pub(super) settings: Settings,
    /// The day of the run.
    pub(super) today: Option<Day>,
}

impl Desk {
    /// What the settings and the options ask by these rules, and what is wrong with the options.
    pub(super) fn new(rules: &Arc<RuleSet>, settings: &Settings, options: &Options) -> (Self, Vec<Finding>) {
        let rules = if *settings == Settings::default() {
            Arc::clone(rules)
        } else {
            let mut tuned = RuleSet::clone(rules);
            settings::tune(settings, &mut tuned);
            Arc::new(tuned)
        };
        let side = options.side.or(settings.side).unwrap_or_default();
        let mut packs = settings.packs.clone();
        packs.extend(options.packs.iter().filter(|pack| !settings.packs.contains(pack)).cloned());
        let (book, mut problems) = Rulebook::new(rules, side, &packs, settings);
        let mut given = options.given.clone();
        if given == Given::default() {
            given.clone_from(&settings.given);
        }
        let desk = Self {
            book,
            given,
            profile: options.profile.clone(),
            settings: settings.clone(),
            today: options.today,
        };
        if let Some(name) = desk.profile.as_ref().filter(|_| !desk.knows_its_profile()) {
            problems.push(taking::no_profile(name, &desk.book.rules));
        }
        (desk, problems)
    }

    /// Whether there is a profile of the name that was given.
    pub(super) fn knows_its_profile(&self) -> bool {
        self.profile.as_ref().is_none_or(|name| self.book.asked.contains_key(name))
    }
}

/// The folders with rules of the user's own: those of the configuration, then those of the options,
/// which may replace rules of the former.
pub(super) fn folders(settings: &Settings, options: &Options) -> Vec<PathBuf> {
    settings.rules.iter().chain(&options.rules).cloned().collect()
}

/// The paths and texts of the rule files in some folders, and what is wrong with the folders.
pub(super) fn rule_texts(
    folders: &[PathBuf],
    sources: &mut Sources,
) -> (Vec<(String, String)>, Vec<Finding>) {
    let (mut files, mut problems) = (Vec::new(), Vec::new());
    for folder in folders {
        let (paths, wrong) = discover::rule_files(folder);
        problems.extend(wrong);
        for path in paths {
            match text_of(sources, &path) {
                Ok(file) => files.push(file),
                Err(problem) => problems.push(*problem),
            }
        }
    }
    (files, problems)
}

/// The built-in rules with the user's own, and what is wrong with those.
pub(super) fn rules(files: Vec<(String, String)>, sources: &mut Sources) -> (Arc<RuleSet>, Vec<Finding>) {
    let (rules, mut problems) = RuleSet::load(sources, files);
    problems.extend(proofread::without_code(&rules.checks));
    (Arc::new(rules), problems)
}
