//! `rules list` and `rules test`.

use std::fmt::Write as _;

use super::explain::level;
use super::visible::{visible, wrap};
use crate::rule::RuleSet;
use crate::selftest::{Outcome, SelfTest, Trial};
use crate::source::Sources;
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
    if !rules.packs.is_empty() {
        let _ = writeln!(out, "\npacks, for --pack:");
        let width = rules.packs.iter().map(|pack| pack.id.chars().count()).max().unwrap_or(0);
        for pack in &rules.packs {
            let (id, items) = (visible(&pack.id), counted(pack.items.len(), "item"));
            let _ = writeln!(out, "{id:width$}  {items:9}  {}", visible(&pack.title));
        }
    }
    out
}

/// The examples that did not come out as they say, and how many did.
#[must_use]
pub fn test(outcome: &SelfTest, sources: &Sources) -> String {
    let mut out = String::new();
    for trial in outcome.failures() {
        failure(&mut out, trial, sources);
    }
    let _ = writeln!(
        out,
        "{}, {}: {} as expected, {} noisy, {} missed, {} elsewhere",
        counted(outcome.rules, "rule"),
        counted(outcome.trials.len(), "example"),
        outcome.count(Outcome::AsExpected),
        outcome.count(Outcome::Noisy),
        outcome.count(Outcome::Missed),
        outcome.count(Outcome::Elsewhere)
    );
    out
}

fn failure(out: &mut String, trial: &Trial, sources: &Sources) {
    let line = sources.get(trial.place.file()).map_or(0, |file| file.position(trial.place.start()).line);
    let kind = match trial.outcome {
        Outcome::AsExpected => "as expected",
        Outcome::Noisy => "noisy",
        Outcome::Missed => "missed",
        Outcome::Elsewhere => "elsewhere",
    };
    let _ = writeln!(
        out,
        "{}:{line}: {kind}: example {} of {} should be {} and is {}",
        visible(&trial.path),
        trial.number,
        visible(&trial.clause),
        trial.expected.name(),
        trial.got.name()
    );
    if !trial.lost.is_empty() {
        let _ = writeln!(out, "  not seen: {}", visible(&trial.lost.join(", ")));
    }
    let extra = trial.extra.iter().zip(&trial.extra_words).map(|seen| ("wrongly seen", seen));
    let elsewhere = trial.elsewhere.iter().zip(&trial.elsewhere_words).map(|seen| ("seen elsewhere", seen));
    for (what, (element, words)) in extra.chain(elsewhere) {
        for (at, text) in wrap(&format!("{what}: {element} in \"{words}\""), 94).iter().enumerate() {
            let indent = if at == 0 { "  " } else { "    " };
            let _ = writeln!(out, "{indent}{}", visible(text));
        }
    }
}
