//! Rules together with what is asked of contracts by them: which profile asks what of a side, which
//! packs are wanted. One rulebook serves every contract for which the same is asked.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::packs;
use crate::checklist::Wanted;
use crate::finding::Finding;
use crate::rule::profile::{ALL, DEFAULT};
use crate::rule::{Asked, ClauseRule, Demand, RuleSet, Side};
use crate::settings::{self, Settings};

/// Rules and what is asked by them.
#[derive(Clone, Debug)]
pub(super) struct Rulebook {
    pub(super) rules: Arc<RuleSet>,
    pub(super) side: Side,
    pub(super) packs: Vec<Wanted>,
    /// What each profile asks for the side, [`ALL`] included.
    pub(super) asked: BTreeMap<String, Asking>,
}

/// What a profile asks, and the rules that it takes to say whether a contract has it.
#[derive(Clone, Debug, Default)]
pub(super) struct Asking {
    pub(super) asked: Asked,
    pub(super) rules: Vec<usize>,
}

impl Rulebook {
    /// The rulebook of these rules, and what is wrong with the names of the packs.
    pub(super) fn new(
        rules: Arc<RuleSet>,
        side: Side,
        pack_names: &[String],
        settings: &Settings,
    ) -> (Self, Vec<Finding>) {
        let (packs, problems) = packs::wanted(&rules, pack_names);
        let mut book = Self { rules, side, packs, asked: BTreeMap::new() };
        let names: Vec<String> = book.rules.profiles.iter().map(|profile| profile.id.clone()).collect();
        for name in names.into_iter().chain([ALL.to_owned()]) {
            if let Some(mut asked) = book.rules.asked(&name, side) {
                // A project that wishes nothing leaves even those asked for that only coverage shows.
                if *settings != Settings::default() {
                    settings::adjust(settings, &mut asked, &book.rules);
                }
                let asking = book.asking(asked);
                book.asked.insert(name, asking);
            }
        }
        (book, problems)
    }

    fn asking(&self, asked: Asked) -> Asking {
        let mut rules = asked.rules();
        let more = packs::needed(&self.rules, &self.packs);
        let more: Vec<usize> = more.into_iter().filter(|rule| !rules.contains(rule)).collect();
        rules.extend(more);
        Asking { asked, rules }
    }

    /// What each profile asks of a clause, by the name of the profile, the default first; nothing
    /// where it is not asked for.
    pub(super) fn demands(&self, rule: &ClauseRule) -> Vec<(&str, Option<Demand>)> {
        let at = self.rules.rules.iter().position(|of| of.id == rule.id);
        let demanded = |asking: &Asking| {
            let demands = &asking.asked.demands;
            demands.iter().find(|demand| at.is_some_and(|at| demand.rules.contains(&at))).cloned()
        };
        let profiles = self.asked.iter().filter(|(name, _)| *name != ALL);
        let mut demands: Vec<(&str, Option<Demand>)> =
            profiles.map(|(name, asking)| (name.as_str(), demanded(asking))).collect();
        demands.sort_by_key(|(name, _)| (*name != DEFAULT, *name));
        demands
    }
}
