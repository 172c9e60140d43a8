//! Each value that holds for a file, with the place that it comes from.

use std::path::Path;

use super::Project;
use super::layer::{Layer, List, Wishes, Written};
use super::read::shown;
use crate::finding::Severity;
use crate::rule::Side;
use crate::source::Span;

/// One value, by the key that sets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// `for`, `levels.weak`.
    pub key: String,
    /// What holds.
    pub value: Value,
    /// Where it is written; none for a default.
    pub origin: Option<Span>,
}

/// What holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// A text.
    Text(String),
    /// Yes or no.
    Flag(bool),
    /// A list, whose items may come from several places.
    List(Vec<Item>),
    /// Nothing is set, and what comes of that: lower case, no full stop.
    Unset(&'static str),
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What holds.
    pub value: String,
    /// Where it is written.
    pub origin: Span,
}

/// Each value that holds for a file, in the order of the format: those of a project, or the
/// defaults where there is none.
#[must_use]
pub fn values(project: Option<&Project>, path: &Path) -> Vec<Shown> {
    let (nothing, none) = (Layer::default(), Wishes::default());
    let layer = project.map_or(&nothing, |project| &project.layer);
    let wishes = project.map_or(none, |project| project.wishes(path));
    let mut values = of_wishes(&wishes, layer);
    let exclude = layer.exclude.as_ref();
    let globs = exclude.into_iter().flat_map(|of| of.globs.texts.iter().zip(&of.places));
    let globs = globs.map(|(glob, at)| Item { value: glob.clone(), origin: *at });
    values.push(one("exclude", Value::List(globs.collect()), exclude.map(|exclude| exclude.at)));
    let fail_on = layer.fail_on.as_ref();
    let level = fail_on.map_or("error", |level| level.value.name());
    values.push(one("fail-on", Value::Text(level.to_owned()), fail_on.map(|level| level.at)));
    let baseline = layer.baseline.as_ref();
    let file = baseline.map_or(Value::Unset("no finding is known"), |path| Value::Text(shown(&path.value)));
    values.push(one("baseline", file, baseline.map(|path| path.at)));
    for (key, flag) in [("waivers.approver", &layer.approver), ("waivers.end", &layer.end)] {
        let value = Value::Flag(flag.as_ref().is_some_and(|flag| flag.value));
        values.push(one(key, value, flag.as_ref().map(|flag| flag.at)));
    }
    let sets = layer.contracts.iter().filter(|set| set.takes_in(path).is_some());
    values.extend(sets.map(|set| one("contract.name", Value::Text(set.name.clone()), Some(set.span))));
    values
}

fn of_wishes(wishes: &Wishes, layer: &Layer) -> Vec<Shown> {
    let profile = text(&wishes.profile, "the one for the kind of paper");
    let side = wishes.side.as_ref();
    let name = match side.map(|side| side.value).unwrap_or_default() {
        Side::Customer => "customer",
        Side::Supplier => "supplier",
    };
    let mut values = vec![
        one("profile", profile, at(&wishes.profile)),
        one("for", Value::Text(name.to_owned()), at(&wishes.side)),
        list("packs", &wishes.packs, ToString::to_string),
        list("rules", &layer.rules, |folder| shown(folder)),
    ];
    for (key, names) in [("parties.customer", &wishes.customer), ("parties.supplier", &wishes.supplier)] {
        values.push(match names {
            None => one(key, Value::Unset("as the contract tells"), None),
            Some(names) => {
                let item = |name: &String| Item { value: name.clone(), origin: names.at };
                one(key, Value::List(names.value.iter().map(item).collect()), Some(names.at))
            }
        });
    }
    values.push(match &wishes.select {
        None => one("select", Value::Unset("every finding"), None),
        select => list("select", select, ToString::to_string),
    });
    values.push(list("ignore", &wishes.ignore, ToString::to_string));
    for level in &wishes.levels {
        let key = format!("levels.{}", quoted(&level.selector.value.to_string()));
        let name = level.level.map_or("off", level_name);
        values.push(one(&key, Value::Text(name.to_owned()), Some(level.selector.at)));
    }
    for bounds in &wishes.thresholds {
        let key = format!("thresholds.{}", quoted(&bounds.name.value));
        if bounds.preferred == bounds.fallback {
            values.push(one(&key, text(&bounds.preferred, "as the rule has it"), at(&bounds.preferred)));
            continue;
        }
        for (tier, bound) in [("preferred", &bounds.preferred), ("fallback", &bounds.fallback)] {
            values.push(one(&format!("{key}.{tier}"), text(bound, "as the rule has it"), at(bound)));
        }
    }
    values
}

fn one(key: &str, value: Value, origin: Option<Span>) -> Shown {
    Shown { key: key.to_owned(), value, origin }
}

fn list<T>(key: &str, list: &Option<List<T>>, text: impl Fn(&T) -> String) -> Shown {
    let items = list.iter().flat_map(|list| &list.items);
    let items = items.map(|item| Item { value: text(&item.value), origin: item.at }).collect();
    one(key, Value::List(items), list.as_ref().map(|list| list.at))
}

fn text(value: &Option<Written<String>>, unset: &'static str) -> Value {
    value.as_ref().map_or(Value::Unset(unset), |value| Value::Text(value.value.clone()))
}

fn at<T>(value: &Option<Written<T>>) -> Option<Span> {
    value.as_ref().map(|value| value.at)
}

const fn level_name(level: Severity) -> &'static str {
    match level {
        Severity::Note => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

/// A key as TOML has it.
fn quoted(name: &str) -> String {
    let is_bare = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_');
    if is_bare && !name.is_empty() { name.to_owned() } else { format!("{name:?}") }
}
