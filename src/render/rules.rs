//! `rules list` and `rules test`.

use std::fmt::Write as _;

use super::explain::level;
use super::visible::visible;
use crate::rule::RuleSet;
use crate::triage::counted;

/// One line a rule, and how many there are.
#[must_use]
pub fn list(rules: &RuleSet) -> String {
    let mut out = String::new();
    let width = rules.rules.iter().map(|rule| rule.id.chars().count()).max().unwrap_or(0);
    for rule in &rules.rules {
        let levels = format!("missing: {:8} weak: {:8}", level(rule.missing), level(rule.weak));
        let id = visible(&rule.id);
        let _ = writeln!(out, "{id:width$}  {levels}  {}", visible(&rule.summary));
    }
    let _ = writeln!(out, "{}", counted(rules.rules.len(), "rule"));
    out
}
