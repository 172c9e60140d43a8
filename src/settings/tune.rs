//! (Settings, rules) -> the same rules as the project wants them: figures, elements that it gives
//! up, levels. Done before contracts are read, so that what is not wanted costs nothing.

use super::read::with_sign;
use super::{Selector, Settings, Tiers};
use crate::finding::{Code, Severity};
use crate::rule::{Asked, ClauseRule, Demand, Element, RuleSet, Threshold};

/// The figure that a threshold names, as indices of its rule and element: "sla-metrics.target" or
/// "minimum-availability".
pub(super) fn figure(name: &str, rules: &RuleSet) -> Option<(usize, usize)> {
    rules.rules.iter().enumerate().find_map(|(at, rule)| {
        let is_meant = |element: &Element| {
            let position = element.position.as_ref();
            position.is_some_and(|of| of.key == name || name.split_once('.') == Some((&rule.id, &element.id)))
        };
        Some((at, rule.elements.iter().position(is_meant)?))
    })
}

/// Puts the settings on a rule set. Proofreading checks and figures get their levels, an ignored
/// element no longer lacks, and a figure is held against the project's tiers. Names that the set
/// does not know are passed over: [`super::Project::check_names`] tells of them.
pub fn tune(settings: &Settings, rules: &mut RuleSet) {
    for tiers in &settings.thresholds {
        set_tiers(tiers, rules);
    }
    let checks: Vec<(usize, Option<Severity>)> = rules
        .checks
        .iter()
        .enumerate()
        .map(|(at, check)| {
            let code = Code::Slip(check.id.clone());
            let set = settings.level(&code, rules).map_or(check.level, |(_, level)| level);
            (at, set.filter(|_| settings.wants(&code, rules)))
        })
        .collect();
    for (at, level) in checks {
        rules.checks[at].level = level;
    }
    for at in 0..rules.rules.len() {
        let figures: Vec<Option<Severity>> = rules.rules[at]
            .elements
            .iter()
            .map(|element| of_figure(&rules.rules[at], element, settings))
            .collect();
        for (element, level) in rules.rules[at].elements.to_mut().iter_mut().zip(figures) {
            if let (Some(position), Some(level)) = (&mut element.position, level) {
                position.level = Some(level);
            }
        }
        tune_elements(settings, &mut rules.rules[at]);
    }
}

/// The level that the settings give a figure by its own name; a broader name only lowers it, once it
/// is found.
fn of_figure(rule: &ClauseRule, element: &Element, settings: &Settings) -> Option<Severity> {
    let is_own = |selector: &Selector| match selector {
        Selector::Element(clause, of) => *clause == rule.id && *of == element.id,
        Selector::Code(code) => *code == format!("position-{}.{}", rule.id, element.id),
        Selector::Kind(kind) => kind == "position",
        _ => false,
    };
    settings.levels.iter().rev().find(|(selector, _)| is_own(selector)).and_then(|(_, level)| *level)
}

/// Sets the tiers of a figure; those that do not fit it are passed over.
fn set_tiers(tiers: &Tiers, rules: &mut RuleSet) {
    let Some((rule, element)) = figure(&tiers.name, rules) else { return };
    let Some(position) = &mut rules.rules[rule].elements.to_mut()[element].position else { return };
    let (at_least, kind) = (position.preferred.at_least, position.preferred.kind);
    let read = |bound: &Option<String>| {
        let threshold = Threshold::read(&with_sign(bound.as_ref()?, at_least)).ok()?;
        (threshold.at_least == at_least && threshold.kind == kind).then_some(threshold)
    };
    let preferred = read(&tiers.preferred).unwrap_or_else(|| position.preferred.clone());
    let fallback = read(&tiers.fallback).unwrap_or_else(|| position.fallback.clone());
    if !fallback.is_met(preferred.value) {
        return;
    }
    if fallback != position.fallback {
        // It proposes the figure of the rule.
        position.wording = "".into();
    }
    (position.preferred, position.fallback) = (preferred, fallback);
    position.why = format!("{} asks for it", tiers.set_by).into();
    // What a project asks for is no mere remark; `levels` may still say otherwise.
    position.level = position.level.max(Some(Severity::Warning));
}

/// Elements that are ignored no longer count as lacking; the others get the levels set for them.
fn tune_elements(settings: &Settings, rule: &mut ClauseRule) {
    let named = |selector: &Selector, element: &Element| matches!(selector, Selector::Element(clause, of) if *clause == rule.id && *of == element.id);
    let mut excused = Vec::new();
    let mut levels = Vec::with_capacity(rule.elements.len());
    for (at, element) in rule.elements.iter().enumerate() {
        let level = settings.levels.iter().rev().find(|(selector, _)| named(selector, element));
        let level = level.map(|(_, level)| *level);
        if level == Some(None) || settings.ignore.iter().any(|selector| named(selector, element)) {
            excused.push(at);
        }
        levels.push(level.flatten());
    }
    for (element, level) in rule.elements.to_mut().iter_mut().zip(levels) {
        element.level = level;
    }
    if !excused.is_empty() {
        rule.present = rule.present.without(&excused);
        rule.strong = rule.strong.granting(&excused);
    }
}

/// Puts the settings on what a profile asks: a clause whose findings are all unwanted is not asked
/// for, one that the settings give a level by its own name is, at that level.
pub fn adjust(settings: &Settings, asked: &mut Asked, rules: &RuleSet) {
    for demand in &mut asked.demands {
        adjust_demand(settings, demand, rules);
    }
    asked.demands.retain(|demand| is_of_use(settings, demand, rules));
    for (at, rule) in rules.rules.iter().enumerate() {
        if asked.demands.iter().any(|demand| demand.rules.contains(&at)) {
            continue;
        }
        let own = |code: Code| {
            let (selector, level) = settings.level(&code, rules)?;
            let named = matches!(selector, Selector::Rule(_) | Selector::Code(_));
            level.filter(|_| named && settings.wants(&code, rules))
        };
        let (missing, weak) = (own(Code::Missing(rule.id.clone())), own(Code::Weak(rule.id.clone())));
        if missing.is_some() || weak.is_some() {
            asked.demands.push(Demand { rules: vec![at], missing, weak });
        }
    }
    asked.burdens.retain(|burden| {
        let ids = burden.found.iter().filter_map(|(at, _)| rules.rules.get(*at)).map(|rule| rule.id.clone());
        ids.into_iter().any(|id| settings.wants(&Code::OneSided(id), rules))
    });
}

/// Sets the levels of a demand. A level for a kind, a group or all turns on nothing that the profile
/// leaves off.
fn adjust_demand(settings: &Settings, demand: &mut Demand, rules: &RuleSet) {
    let ids: Vec<String> =
        demand.rules.iter().filter_map(|&at| rules.rules.get(at)).map(|rule| rule.id.clone()).collect();
    let set = |code: Code, now: Option<Severity>| {
        if !settings.wants(&code, rules) {
            return None;
        }
        match settings.level(&code, rules) {
            Some((Selector::Rule(_) | Selector::Code(_), level)) => level,
            Some((_, level)) => now.and(level),
            None => now,
        }
    };
    // The finding on missing alternatives bears the name of the first, one on a weak clause its own.
    if let Some(first) = ids.first() {
        demand.missing = set(Code::Missing(first.clone()), demand.missing);
    }
    demand.weak = ids.iter().filter_map(|id| set(Code::Weak(id.clone()), demand.weak)).max();
}

/// Whether a demand can still lead to a finding that is wanted.
fn is_of_use(settings: &Settings, demand: &Demand, rules: &RuleSet) -> bool {
    let of_rule = |rule: &ClauseRule| {
        let soft = settings.wants(&Code::Soft(rule.id.clone()), rules) && !rule.soft.is_empty();
        let figures = rule.elements.iter().filter(|element| element.position.is_some());
        let mut codes = figures.map(|element| Code::Position(rule.id.clone(), element.id.to_string()));
        soft || codes.any(|code| settings.wants(&code, rules))
    };
    demand.missing.is_some()
        || demand.weak.is_some()
        || demand.rules.iter().filter_map(|&at| rules.rules.get(at)).any(of_rule)
}
