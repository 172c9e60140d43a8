//! Names in a configuration file, held against the rules in use: profiles, packs, findings,
//! figures. Apart from reading the file, since the rules come from folders that it names.

use super::Project;
use super::layer::{Bounds, Wishes, Written};
use super::read::{mistake, with_sign};
use super::selector::{FRONTS, KINDS, PROOFREAD, Selector};
use super::tune::figure;
use crate::finding::{Code, Finding};
use crate::rule::pack::GENERAL;
use crate::rule::profile::ALL;
use crate::rule::spelling::{join, nearest};
use crate::rule::{ClauseRule, Element, Position, RuleSet, Threshold};
use crate::source::Span;

/// What findings are about that come of no rule.
const OTHERS: [Code; 5] =
    [Code::UnknownProfile, Code::FrontMatter, Code::NotAContract, Code::OtherLanguage, Code::Waiver];

impl Project {
    /// What is wrong with the names that the configuration uses, each with its place.
    #[must_use]
    pub fn check_names(&self, rules: &RuleSet) -> Vec<Finding> {
        let mut names = Names { rules, findings: Vec::new() };
        names.wishes(&self.layer.wishes);
        for some in &self.layer.overrides {
            names.wishes(&some.wishes);
        }
        names.findings.sort_by_key(|finding| finding.anchor.span().map(|span| (span.file(), span.start())));
        names.findings
    }
}

impl Selector {
    /// What is wrong with a name that no finding can have, and what to write instead; nothing when
    /// there is such a thing among the rules.
    #[must_use]
    pub fn unknown(&self, rules: &RuleSet) -> Option<(String, String)> {
        let found = match self {
            Self::All | Self::Kind(_) => return None,
            Self::Rule(name) => rule(name, rules),
            Self::Element(clause, element) => of_clause(clause, element, rules),
            Self::Code(text) => code(text, rules),
            Self::Group(name) => {
                let known = groups(rules);
                wrong(name, &known, || {
                    (format!("no group is called {name}"), listed("the groups are", &known))
                })
            }
        };
        let (message, advice) = found?;
        // The form of a group is part of its name.
        let group = matches!(self, Self::Group(_));
        Some((message, if group { advice.replace("`", "`group:").replace("`group:?", "`?") } else { advice }))
    }
}

struct Names<'a> {
    rules: &'a RuleSet,
    findings: Vec<Finding>,
}

impl Names<'_> {
    fn report(&mut self, at: Span, what: Option<(String, String)>) {
        if let Some((message, advice)) = what {
            self.findings.push(mistake(at, message, &advice));
        }
    }

    fn wishes(&mut self, wishes: &Wishes) {
        if let Some(profile) = &wishes.profile {
            let known: Vec<&str> =
                self.rules.profiles.iter().map(|one| one.id.as_str()).chain([ALL]).collect();
            let name = &profile.value;
            let unknown = || (format!("no profile is called {name}"), listed("the profiles are", &known));
            self.report(profile.at, wrong(name, &known, unknown));
        }
        for pack in wishes.packs.iter().flat_map(|packs| &packs.items) {
            self.report(pack.at, pack_name(&pack.value, self.rules));
        }
        let lists = [&wishes.select, &wishes.ignore].into_iter().flatten().flat_map(|list| &list.items);
        for selector in lists.chain(wishes.levels.iter().map(|level| &level.selector)) {
            self.report(selector.at, selector.value.unknown(self.rules));
        }
        for bounds in &wishes.thresholds {
            self.bounds(bounds);
        }
    }

    /// A figure that no rule reads, or a bound of another kind than the figure's.
    fn bounds(&mut self, bounds: &Bounds) {
        let Some(position) = figure(&bounds.name.value, self.rules)
            .and_then(|(rule, element)| self.rules.rules.get(rule)?.elements.get(element)?.position.as_ref())
        else {
            let unknown = no_figure(&bounds.name.value, self.rules);
            return self.report(bounds.name.at, Some(unknown));
        };
        let (at_least, kind) = (position.preferred.at_least, position.preferred.kind);
        let read = |bound: &Written<String>| Threshold::read(&with_sign(&bound.value, at_least)).ok();
        let mut fits = true;
        for bound in [&bounds.preferred, &bounds.fallback].into_iter().flatten() {
            let Some(threshold) = read(bound) else { continue };
            if (threshold.at_least, threshold.kind) != (at_least, kind) {
                let message = format!("`{}` is no bound for the figure {}", bound.value, position.name);
                let (sign, of_rule) = (if at_least { ">=" } else { "<=" }, &position.fallback.text);
                let already = self.findings.iter().any(|one| one.anchor.span() == Some(bound.at));
                if !already {
                    self.report(bound.at, Some((message, format!("write one such as \"{sign} {of_rule}\""))));
                }
                fits = false;
            }
        }
        let (preferred, fallback) = (bounds.preferred.as_ref(), bounds.fallback.as_ref());
        let asked = preferred.map_or_else(|| Some(position.preferred.clone()), read);
        let lived_with = fallback.map_or_else(|| Some(position.fallback.clone()), read);
        let (Some(asked), Some(lived_with)) = (asked, lived_with) else { return };
        if fits && !lived_with.is_met(asked.value) {
            let at = fallback.or(preferred).map_or(bounds.name.at, |bound| bound.at);
            let message =
                format!("the fallback, {}, asks for more than the preferred bound", lived_with.words());
            let advice = format!("the preferred bound is {}: set both, the fallback easier", asked.words());
            self.report(at, Some((message, advice)));
        }
    }
}

/// The advice for a name: the nearest known one, else all of them.
fn wrong(name: &str, known: &[&str], unknown: impl FnOnce() -> (String, String)) -> Option<(String, String)> {
    if known.contains(&name) {
        return None;
    }
    let (message, listed) = unknown();
    let advice =
        nearest(name, known.iter().copied()).map_or(listed, |near| format!("did you mean `{near}`?"));
    Some((message, advice))
}

fn listed(lead: &str, known: &[&str]) -> String {
    let mut known = known.to_vec();
    known.sort_unstable();
    format!("{lead} {}", join(&known, "and"))
}

/// Folders of rules, packs, and the proofreading checks.
fn groups(rules: &RuleSet) -> Vec<&str> {
    let folders = rules.rules.iter().map(|rule| rule.pack.as_str()).filter(|folder| !folder.is_empty());
    let packs = rules.packs.iter().map(|pack| pack.id.as_str());
    let mut groups: Vec<&str> = folders.chain(packs).chain([PROOFREAD]).collect();
    groups.sort_unstable();
    groups.dedup();
    groups
}

/// Ids of clauses and of proofreading checks.
fn ids(rules: &RuleSet) -> Vec<&str> {
    let clauses = rules.rules.iter().map(|rule| rule.id.as_str());
    clauses.chain(rules.checks.iter().map(|check| check.id.as_str())).collect()
}

fn rule(name: &str, rules: &RuleSet) -> Option<(String, String)> {
    let others: Vec<String> = OTHERS.iter().map(ToString::to_string).collect();
    let mut known = ids(rules);
    known.extend(others.iter().map(String::as_str));
    if known.contains(&name) || name == "one-sided" {
        return None;
    }
    let message = format!("no rule is called {name}");
    if groups(rules).contains(&name) {
        return Some((message, format!("for the whole group write `group:{name}`")));
    }
    known.extend(KINDS.iter().copied().chain(["all"]));
    let advice = nearest(name, known.iter().copied()).map_or_else(
        || "`clauselint rules list` names the rules".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Some((message, advice))
}

fn of_clause(clause: &str, element: &str, rules: &RuleSet) -> Option<(String, String)> {
    let Some(rule) = rules.get(clause) else {
        let known: Vec<&str> = rules.rules.iter().map(|rule| rule.id.as_str()).collect();
        let advice = nearest(clause, known).map_or_else(
            || "`clauselint rules list` names the clauses".to_owned(),
            |near| format!("did you mean `{near}.{element}`?"),
        );
        return Some((format!("no clause is called {clause}"), advice));
    };
    let known: Vec<&str> = rule.elements.iter().map(|element| &*element.id).collect();
    if known.contains(&element) {
        return None;
    }
    let advice = nearest(element, known.iter().copied()).map_or_else(
        || format!("its elements are {}", join(&known, "and")),
        |near| format!("did you mean `{clause}.{near}`?"),
    );
    Some((format!("the clause {clause} has no element {element}"), advice))
}

/// The code of a finding: of a pack's item, of a clause, or of a check that is called like one.
fn code(text: &str, rules: &RuleSet) -> Option<(String, String)> {
    if let Some((name, item)) = text.split_once('/') {
        let Some(pack) = rules.pack(name) else { return pack_name(name, rules) };
        let known: Vec<&str> = pack.items.iter().map(|item| pack.short(item)).collect();
        if known.contains(&item) {
            return None;
        }
        let near = pack.item(item).map(|item| pack.short(item)).or_else(|| nearest(item, known));
        let advice = near.map_or_else(
            || format!("`clauselint explain {name}` lists its items"),
            |near| format!("did you mean `{name}/{near}`?"),
        );
        return Some((format!("the pack {name} has no item {item}"), advice));
    }
    if rules.checks.iter().any(|check| check.id == text) {
        return None;
    }
    let front = FRONTS.iter().find(|front| text.starts_with(**front))?;
    let clause = text.strip_prefix(front)?;
    let (clause, element) = clause.split_once('.').map_or((clause, None), |(of, at)| (of, Some(at)));
    if let (Some(element), "position-") = (element, *front) {
        let (message, advice) = of_clause(clause, element, rules)?;
        return Some((message, advice.replace("mean `", "mean `position-")));
    }
    if rules.get(clause).is_some() && element.is_none() && *front != "position-" {
        return None;
    }
    let message = format!("no finding is called {text}");
    if let Some((rule, element, _)) =
        figures(rules).find(|(rule, ..)| *front == "position-" && rule.id == clause)
    {
        return Some((message, format!("write `position-{}.{}`", rule.id, element.id)));
    }
    let with_front = rules.rules.iter().map(|rule| format!("{front}{}", rule.id));
    let known: Vec<String> = with_front.chain(rules.checks.iter().map(|check| check.id.clone())).collect();
    let advice = nearest(text, known.iter().map(String::as_str)).map_or_else(
        || "`clauselint rules list` names the clauses".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Some((message, advice))
}

/// "dora" or "dora/general".
fn pack_name(name: &str, rules: &RuleSet) -> Option<(String, String)> {
    let (id, part) = name.split_once('/').map_or((name, None), |(id, part)| (id, Some(part)));
    let known: Vec<&str> = rules.packs.iter().map(|pack| pack.id.as_str()).collect();
    let unknown = || (format!("no pack is called {id}"), listed("the packs are", &known));
    let Some(pack) = rules.pack(id) else { return wrong(id, &known, unknown) };
    let part = part?;
    let parts: Vec<&str> = pack.scopes.iter().map(|scope| scope.id.as_str()).chain([GENERAL]).collect();
    wrong(part, &parts, || (format!("the pack {id} has no part {part}"), listed("its parts are", &parts)))
}

/// The figures that rules read.
fn figures(rules: &RuleSet) -> impl Iterator<Item = (&ClauseRule, &Element, &Position)> {
    let elements = rules.rules.iter().flat_map(|rule| rule.elements.iter().map(move |of| (rule, of)));
    elements.filter_map(|(rule, element)| Some((rule, element, element.position.as_ref()?)))
}

/// A threshold for a figure that no rule reads.
fn no_figure(name: &str, rules: &RuleSet) -> (String, String) {
    let names = |(rule, element, position): (&ClauseRule, &Element, &Position)| {
        [position.key.to_string(), format!("{}.{}", rule.id, element.id)]
    };
    let known: Vec<String> = figures(rules).flat_map(names).collect();
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let message = format!("no figure is called {name}");
    let advice = nearest(name, known.iter().copied())
        .map_or_else(|| listed("the figures are", &known), |near| format!("did you mean `{near}`?"));
    (message, advice)
}
