//! Which profile a contract is held against: the one that the user names, else the one that the
//! contract names in its front matter, else that of the configuration, else the one for its kind of
//! paper.

use super::desk::Desk;
use super::{Contract, front};
use crate::facts::PaperKind;
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::rule::RuleSet;
use crate::rule::profile::{ALL, DEFAULT};
use crate::rule::spelling::{join, nearest};
use crate::source::SourceFile;
use crate::triage::Taken;

impl Desk {
    /// The profile for a contract, and what is wrong with the one that its front matter names.
    pub(super) fn taken(&self, file: &SourceFile, contract: &Contract) -> (Taken, Option<Finding>) {
        let taken = |profile: &str, reason: String| Taken {
            file: file.id,
            profile: profile.to_owned(),
            reason,
            side: self.book.side,
            asks: self.asks(profile),
        };
        if let Some(profile) = &self.profile {
            return (taken(profile, "as asked for".to_owned()), None);
        }
        let named = front::profile(&contract.document);
        if let Some(profile) = named.filter(|name| self.book.asked.contains_key(*name)) {
            return (taken(profile, "its front matter says so".to_owned()), None);
        }
        let mistake = named.map(|name| {
            let anchor = contract.document.front_matter.as_ref().map(|front| Anchor::Span(front.span));
            let (message, advice) = unknown(name, &self.book.rules);
            Finding::new(Code::UnknownProfile, Severity::Error, message, anchor.unwrap_or(Anchor::Nowhere))
                .at("named in the front matter")
                .help(advice)
        });
        let configured = self.settings.profile.as_ref().filter(|name| self.book.asked.contains_key(*name));
        if let Some(profile) = configured {
            return (taken(profile, "the configuration says so".to_owned()), mistake);
        }
        let paper = &contract.facts.paper;
        let taken = match self.book.rules.profile_for(paper.kind) {
            Some(profile) => taken(&profile.id, paper.reason.clone()),
            None if paper.kind == PaperKind::NotAContract => taken(DEFAULT, paper.reason.clone()),
            None => taken(DEFAULT, "no profile is for this kind of paper".to_owned()),
        };
        (taken, mistake)
    }

    /// The clauses that a profile asks for.
    fn asks(&self, profile: &str) -> Vec<String> {
        let demands = self.book.asked.get(profile).into_iter().flat_map(|asking| &asking.asked.demands);
        let rules = demands.flat_map(|demand| &demand.rules).filter_map(|&at| self.book.rules.rules.get(at));
        rules.map(|rule| rule.id.clone()).collect()
    }
}

/// The user names a profile that does not exist.
pub(super) fn no_profile(name: &str, rules: &RuleSet) -> Finding {
    let (message, advice) = unknown(name, rules);
    Finding::new(Code::Usage, Severity::Error, message, Anchor::Nowhere).help(advice)
}

/// What is wrong with the name of a profile, and what to write instead.
fn unknown(name: &str, rules: &RuleSet) -> (String, String) {
    let mut known: Vec<&str> = rules.profiles.iter().map(|profile| profile.id.as_str()).collect();
    known.sort_unstable();
    known.push(ALL);
    let advice = nearest(name, known.iter().copied()).map_or_else(
        || format!("the profiles are {}", join(&known, "and")),
        |near| format!("did you mean {near}?"),
    );
    (format!("no profile is called {name}"), advice)
}
