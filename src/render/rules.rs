//! `rules list` and `rules test`.

use std::fmt::Write as _;

use super::visible::{visible, wrap};
use crate::finding::Severity;
use crate::rule::profile::DEFAULT;
use crate::rule::{Asked, Profile, RuleSet, Side};
use crate::selftest::{CheckTrial, Outcome, SelfTest, Trial};
use crate::source::{Sources, Span};
use crate::triage::counted;

/// One line a rule with its levels in each profile, what each profile is for, and how many rules
/// there are.
#[must_use]
pub fn list(rules: &RuleSet, side: Side) -> String {
    let mut out = String::new();
    let width = rules.rules.iter().map(|rule| rule.id.chars().count()).max().unwrap_or(0);
    let mut profiles: Vec<&Profile> = rules.profiles.iter().collect();
    // The default first, then by name.
    profiles.sort_by_key(|profile| (profile.id != DEFAULT, &profile.id));
    let asked: Vec<Asked> =
        profiles.iter().map(|profile| rules.asked(&profile.id, side).unwrap_or_default()).collect();
    let heads: Vec<String> = profiles.iter().map(|profile| visible(&profile.id).into_owned()).collect();
    let columns: Vec<usize> = heads.iter().map(|head| head.chars().count().max(CELL)).collect();
    let mut line = |first: &str, cells: &[String], last: &str| {
        let cells: Vec<String> =
            cells.iter().zip(&columns).map(|(cell, width)| format!("{cell:width$}")).collect();
        let text = format!("{first:width$}  {}  {last}", cells.join("  "));
        let _ = writeln!(out, "{}", text.trim_end());
    };
    line("", &heads, "");
    for (at, rule) in rules.rules.iter().enumerate() {
        let cells: Vec<String> = asked.iter().map(|asked| cell(asked, at)).collect();
        line(&visible(&rule.id), &cells, &visible(&rule.summary));
    }
    let _ = writeln!(
        out,
        "\nlevel when missing / when weak: E error, W warning, N note, - none; ~ when no other way is there\n"
    );
    let width = heads.iter().map(|head| head.chars().count()).max().unwrap_or(0);
    for profile in &profiles {
        let _ = writeln!(out, "{:width$}  {}", visible(&profile.id), visible(&profile.summary));
    }
    let (clauses, papers) = (counted(rules.rules.len(), "rule"), counted(profiles.len(), "profile"));
    let _ = writeln!(out, "\n{clauses}, {papers}");
    let _ = writeln!(out, "\nproofreading, in every paper:");
    let width = rules.checks.iter().map(|check| check.id.chars().count()).max().unwrap_or(0);
    for check in &rules.checks {
        let level = super::explain::level(check.level);
        let _ = writeln!(out, "{:width$}  {level:7}  {}", visible(&check.id), visible(&check.summary));
    }
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

/// How wide a cell with levels is.
const CELL: usize = 4;

/// "E/W"; nothing for a clause that is not asked for.
fn cell(asked: &Asked, rule: usize) -> String {
    let letter = |level: Option<Severity>| match level {
        None => '-',
        Some(Severity::Note) => 'N',
        Some(Severity::Warning) => 'W',
        Some(Severity::Error) => 'E',
    };
    let demand = asked.demands.iter().find(|demand| demand.rules.contains(&rule));
    demand.map_or_else(String::new, |demand| {
        let other = if demand.rules.len() > 1 { "~" } else { "" };
        format!("{}/{}{other}", letter(demand.missing), letter(demand.weak))
    })
}

/// The examples that did not come out as they say, and how many did.
#[must_use]
pub fn test(outcome: &SelfTest, sources: &Sources) -> String {
    let mut out = String::new();
    for trial in outcome.failures() {
        failure(&mut out, trial, sources);
    }
    for trial in outcome.check_failures() {
        check_failure(&mut out, trial, sources);
    }
    let checks = match outcome.checks {
        0 => String::new(),
        checks => format!(", {}", counted(checks, "proofreading check")),
    };
    let _ = writeln!(
        out,
        "{}{checks}, {}: {} as expected, {} noisy, {} missed, {} elsewhere",
        counted(outcome.rules, "rule"),
        counted(outcome.examples(), "example"),
        outcome.count(Outcome::AsExpected),
        outcome.count(Outcome::Noisy),
        outcome.count(Outcome::Missed),
        outcome.count(Outcome::Elsewhere)
    );
    out
}

/// "rules/step-in.toml:12: noisy", with the line of the example.
fn headline(path: &str, place: Span, outcome: Outcome, sources: &Sources) -> String {
    let line = sources.get(place.file()).map_or(0, |file| file.position(place.start()).line);
    let kind = match outcome {
        Outcome::AsExpected => "as expected",
        Outcome::Noisy => "noisy",
        Outcome::Missed => "missed",
        Outcome::Elsewhere => "elsewhere",
    };
    format!("{}:{line}: {kind}", visible(path))
}

fn check_failure(out: &mut String, trial: &CheckTrial, sources: &Sources) {
    let front = headline(&trial.path, trial.place, trial.outcome, sources);
    let _ = writeln!(out, "{front}: example {} of {}", trial.number, visible(&trial.check));
    let lost = trial.lost.iter().map(|words| ("not found", words));
    for (what, words) in lost.chain(trial.extra.iter().map(|words| ("wrongly found", words))) {
        indented(out, &format!("{what}: \"{words}\""));
    }
    if trial.lost.is_empty() && trial.extra.is_empty() {
        out.push_str("  found in another order\n");
    }
}

/// A remark under a headline, wrapped.
fn indented(out: &mut String, text: &str) {
    for (at, line) in wrap(text, 94).iter().enumerate() {
        let _ = writeln!(out, "{}{}", if at == 0 { "  " } else { "    " }, visible(line));
    }
}

fn failure(out: &mut String, trial: &Trial, sources: &Sources) {
    let front = headline(&trial.path, trial.place, trial.outcome, sources);
    let _ = writeln!(
        out,
        "{front}: example {} of {} should be {} and is {}",
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
        indented(out, &format!("{what}: {element} in \"{words}\""));
    }
}
