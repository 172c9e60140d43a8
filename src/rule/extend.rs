//! A user's file that changes a rule and keeps the rest of it: `extends = "exit-transition"`.
//!
//! What the file says is put on the compiled rule, so that every mistake has its place in the file
//! that makes it. A file with a mistake leaves the rule as it was.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;
use toml::de::DeTable;

use super::compile::{File, compile_elements, compile_example, compile_soft, order_of, severity};
use super::lists::own_lists;
use super::load::SchemaName;
use super::position::{self, RawPosition};
use super::raw::{RawElement, RawExample, RawLevel, RawModel, RawNegation, RawReach, RawRule, RawSoft};
use super::{ClauseRule, RulePattern};
use crate::pattern::{PlanBuilder, Vocabulary, parse};

/// Changes to a rule. Whatever is left out stays as it is; the file's name is free.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawExtension {
    /// The rule that is changed: "exit-transition".
    #[schemars(with = "String")]
    pub extends: Spanned<String>,
    /// Another title.
    #[serde(default)]
    pub title: Option<String>,
    /// Another line on what the clause does.
    #[serde(default)]
    pub summary: Option<String>,
    /// Another level of the finding when the clause is missing, in every profile that asks for it.
    #[serde(default)]
    pub missing: Option<RawLevel>,
    /// Another level of the finding when the clause is weak, in every profile that asks for it.
    #[serde(default)]
    pub weak: Option<RawLevel>,
    /// Another reason.
    #[serde(default)]
    pub why: Option<String>,
    /// Another remedy.
    #[serde(default)]
    pub remedy: Option<String>,
    /// Further laws and guides that ask for the clause.
    #[serde(default)]
    pub references: Vec<String>,
    /// Pattern for further titles under which the clause stands.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub heading: Option<Spanned<String>>,
    /// Whether elements that stand only under soft wording count towards `strong`.
    #[serde(default)]
    pub soft_counts: Option<bool>,
    /// Further lists of words, by name; those of the rule can be used too.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, String>")]
    pub lists: BTreeMap<Spanned<String>, Spanned<String>>,
    /// Changes to elements, and new ones, by id.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, RawElementChange>")]
    pub element: BTreeMap<Spanned<String>, RawElementChange>,
    /// Other formulas, over the elements of the rule and the new ones.
    #[serde(default)]
    pub strength: RawStrengthChange,
    /// Further wording that empties a duty, by name; a name that the rule has replaces it there.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, RawSoft>")]
    pub soft: BTreeMap<Spanned<String>, RawSoft>,
    /// Another model clause.
    #[serde(default)]
    pub model: Option<RawModel>,
    /// Examples of the rule as changed; those of the rule itself are no longer tested.
    #[serde(default)]
    #[schemars(with = "Vec<RawExample>")]
    pub example: Vec<Spanned<RawExample>>,
}

/// Changes to an element, or a new one.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawElementChange {
    /// What it says, in a few words.
    #[serde(default)]
    pub title: Option<String>,
    /// The noun for it in headlines.
    #[serde(default)]
    pub name: Option<String>,
    /// Further patterns that show it; a new element needs one.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub any: Vec<Spanned<String>>,
    /// Further patterns that spoil a match when they stand in its sentence.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub unless: Vec<Spanned<String>>,
    /// Another element, or several joined by "or", near which it must stand.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub within: Option<Spanned<String>>,
    /// How near.
    #[serde(default)]
    pub reach: Option<RawReach>,
    /// What a negated duty in front of a match does.
    #[serde(default)]
    pub negation: Option<RawNegation>,
    /// What to write when it lacks.
    #[serde(default)]
    pub advice: Option<String>,
    /// Whether it is there for packs alone.
    #[serde(default)]
    pub packs_only: Option<bool>,
    /// Another position on the figure that it states.
    #[serde(default)]
    pub position: Option<RawPosition>,
}

/// Other formulas for a rule.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawStrengthChange {
    /// The clause is missing unless this holds.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub present: Option<Spanned<String>>,
    /// The clause is weak unless this holds.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub strong: Option<Spanned<String>>,
}

impl RawElementChange {
    fn as_new(&self) -> RawElement {
        RawElement {
            title: self.title.clone(),
            name: self.name.clone(),
            any: self.any.clone(),
            unless: self.unless.clone(),
            within: self.within.clone(),
            reach: self.reach.unwrap_or_default(),
            negation: self.negation.unwrap_or_default(),
            advice: self.advice.clone().unwrap_or_default(),
            packs_only: self.packs_only.unwrap_or_default(),
            position: self.position.clone(),
        }
    }
}

/// Whether a file changes a rule instead of being one.
pub(super) fn is_extension(text: &str) -> bool {
    let (table, _) = DeTable::parse_recoverable(text);
    table.get_ref().iter().any(|(key, _)| key.get_ref() == "extends")
}

/// Reads a file that changes a rule; `None` after reporting its mistakes of form.
pub(super) fn read(file: &mut File<'_>) -> Option<RawExtension> {
    file.read(SchemaName::Extension)
}

/// The rule as a file changes it; `None` after reporting the mistakes. `base` is the file of the
/// rule, whose own lists may be used.
pub(super) fn extend(
    file: &mut File<'_>,
    raw: &RawExtension,
    rule: &ClauseRule,
    base: &mut File<'_>,
    vocabulary: &mut Vocabulary,
    plan: &mut PlanBuilder,
) -> Option<ClauseRule> {
    let lists = base.read::<RawRule>(SchemaName::Rule).map(|raw| raw.lists).unwrap_or_default();
    let mut names = own_lists(base, &lists, vocabulary);
    names.extend(own_lists(file, &raw.lists, vocabulary));
    let mut changed = rule.clone();
    changed.path = file.path.to_owned();
    changed.own = true;
    texts(raw, &mut changed);
    let mut change = Change { file, vocabulary, plan };
    change.heading(raw, &mut changed);
    change.elements(raw, &mut changed);
    change.strength(raw, &mut changed);
    change.soft_and_examples(raw, &mut changed);
    plan.forget(&names);
    for name in &names {
        vocabulary.lists.remove(name);
    }
    (!file.is_broken()).then_some(changed)
}

fn texts(raw: &RawExtension, rule: &mut ClauseRule) {
    let replace = |text: &mut String, by: &Option<String>| {
        if let Some(by) = by {
            text.clone_from(by);
        }
    };
    replace(&mut rule.title, &raw.title);
    replace(&mut rule.summary, &raw.summary);
    replace(&mut rule.why, &raw.why);
    replace(&mut rule.remedy, &raw.remedy);
    rule.references.extend(raw.references.iter().cloned());
    if let Some(level) = raw.missing {
        rule.missing = severity(level);
        rule.set_levels.missing = true;
    }
    if let Some(level) = raw.weak {
        rule.weak = severity(level);
        rule.set_levels.weak = true;
    }
    if let Some(counts) = raw.soft_counts {
        rule.soft_counts = counts;
    }
    if let Some(model) = &raw.model {
        rule.model = Some(model.text.clone());
    }
}

/// One file put on one rule.
struct Change<'a, 'f> {
    file: &'a mut File<'f>,
    vocabulary: &'a Vocabulary,
    plan: &'a mut PlanBuilder,
}

impl Change<'_, '_> {
    fn patterns(&mut self, values: &[Spanned<String>]) -> Vec<RulePattern> {
        let pattern = |value| self.file.pattern(value, false, self.vocabulary, self.plan);
        values.iter().filter_map(pattern).collect()
    }

    fn heading(&mut self, raw: &RawExtension, rule: &mut ClauseRule) {
        let Some(value) = &raw.heading else { return };
        let Some(more) = self.file.pattern(value, true, self.vocabulary, self.plan) else { return };
        let Some(old) = rule.heading else {
            rule.heading = Some(more);
            return;
        };
        let [old, more] = [old, more].map(|titles| RulePattern::without_title(self.plan.text(titles.id)));
        let text = format!("({old}) or ({more})");
        // Both parts have been read already.
        if let Ok(pattern) = parse(&RulePattern::of_titles(&text), self.vocabulary) {
            rule.heading = Some(RulePattern { id: self.plan.add(&pattern, self.vocabulary) });
        }
    }

    fn elements(&mut self, raw: &RawExtension, rule: &mut ClauseRule) {
        let mut named: Vec<(&Spanned<String>, &RawElementChange)> = raw.element.iter().collect();
        named.sort_by_key(|(name, _)| name.span().start);
        let (known, new): (Vec<_>, Vec<_>) =
            named.into_iter().partition(|(name, _)| rule.element(name.get_ref()).is_some());
        let mut ids: Vec<String> = rule.elements.iter().map(|element| element.id.to_string()).collect();
        ids.extend(new.iter().map(|(name, _)| name.get_ref().clone()));
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        for (name, change) in &known {
            let Some(at) = rule.element(name.get_ref()) else { continue };
            let (any, unless) = (self.patterns(&change.any), self.patterns(&change.unless));
            let position = change.position.as_ref().and_then(|raw| position::compile(self.file, raw));
            let Some(element) = rule.elements.to_mut().get_mut(at) else { continue };
            element.position = position.or_else(|| element.position.take());
            element.any.extend(any);
            element.unless.extend(unless);
            if let Some(within) = &change.within {
                element.within = self.file.elements(within, &ids);
            }
            element.reach = change.reach.unwrap_or(element.reach);
            element.negation = change.negation.unwrap_or(element.negation);
            element.packs_only = change.packs_only.unwrap_or(element.packs_only);
            for (text, by) in [
                (&mut element.title, &change.title),
                (&mut element.name, &change.name),
                (&mut element.advice, &change.advice),
            ] {
                if let Some(by) = by {
                    *text = by.split_whitespace().collect::<Vec<_>>().join(" ").into();
                }
            }
        }
        let raws: Vec<RawElement> = new.iter().map(|(_, change)| change.as_new()).collect();
        let fresh: Vec<(&Spanned<String>, &RawElement)> =
            new.iter().zip(&raws).map(|((name, _), raw)| (*name, raw)).collect();
        rule.elements.to_mut().extend(compile_elements(self.file, &fresh, &ids, self.vocabulary, self.plan));
        rule.order = order_of(&rule.elements);
        if rule.order.len() < rule.elements.len() {
            let place = raw.element.values().find_map(|change| change.within.as_ref());
            let place = place.map_or_else(|| raw.extends.span(), Spanned::span);
            let message = "elements are looked for near one another in a circle";
            self.file.error(place, message, "let one of them be found by itself");
        }
    }

    fn strength(&mut self, raw: &RawExtension, rule: &mut ClauseRule) {
        let ids: Vec<&str> = rule.elements.iter().map(|element| &*element.id).collect();
        let mut formula = |value: &Option<Spanned<String>>| self.file.formula(value.as_ref()?, &ids);
        let (present, strong) = (formula(&raw.strength.present), formula(&raw.strength.strong));
        if let Some(present) = present {
            rule.present = present;
        }
        if let Some(strong) = strong {
            rule.strong = strong;
        }
    }

    fn soft_and_examples(&mut self, raw: &RawExtension, rule: &mut ClauseRule) {
        let ids: Vec<&str> = rule.elements.iter().map(|element| &*element.id).collect();
        let soft = compile_soft(self.file, &raw.soft, &ids, self.vocabulary, self.plan);
        rule.soft.to_mut().retain(|old| soft.iter().all(|new| new.name != old.name));
        rule.soft.to_mut().extend(soft);
        for example in rule.examples.to_mut() {
            example.inherited = true;
        }
        let own = raw.example.iter().map(|example| compile_example(self.file, example, &ids));
        rule.examples.to_mut().extend(own);
    }
}
