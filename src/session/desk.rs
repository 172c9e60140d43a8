//! What is asked of a contract: rules, profile, side, packs, and the parties as the user names them.

use std::path::PathBuf;
use std::sync::Arc;

use super::load::text_of;
use super::rulebook::Rulebook;
use super::{Options, discover, taking};
use crate::facts::Given;
use crate::finding::Finding;
use crate::proofread;
use crate::rule::RuleSet;
use crate::source::Sources;

/// What is asked of a contract.
#[derive(Clone, Debug)]
pub(super) struct Desk {
    pub(super) book: Rulebook,
    pub(super) given: Given,
    /// The profile that the user named, which may not exist.
    pub(super) profile: Option<String>,
}

impl Desk {
    /// What the options ask by these rules, and what is wrong with it.
    pub(super) fn new(rules: Arc<RuleSet>, options: &Options) -> (Self, Vec<Finding>) {
        let (book, mut problems) = Rulebook::new(rules, options.side, &options.packs);
        let desk = Self { book, given: options.given.clone(), profile: options.profile.clone() };
        if let Some(name) = desk.profile.as_ref().filter(|_| !desk.knows_its_profile()) {
            problems.push(taking::no_profile(name, &desk.book.rules));
        }
        (desk, problems)
    }

    /// Whether there is a profile of the name that the user gave.
    pub(super) fn knows_its_profile(&self) -> bool {
        self.profile.as_ref().is_none_or(|name| self.book.asked.contains_key(name))
    }
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
