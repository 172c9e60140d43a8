//! `check --statistics`: how many findings there are of each kind, for people and for programs.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use super::json::{Level, Tool, to_json};
use super::visible::{visible, wrap};
use crate::finding::{Code, Finding, Severity};
use crate::rule::RuleSet;
use crate::triage::{Report, file_of};

/// The widest title of a kind, in characters.
const TITLE_WIDTH: usize = 48;

/// What `clauselint check --statistics --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "clauselint check --statistics")]
#[serde(deny_unknown_fields)]
pub struct Statistics {
    /// Version of this format; a change that breaks a reader raises it.
    version: u32,
    tool: Tool,
    /// Contracts that were assessed.
    contracts: usize,
    /// Contracts without a finding.
    clean: usize,
    /// Input that could not be read, broken rules, requests that could not be met.
    failures: usize,
    /// One entry a kind and level of finding, the most frequent first, then the worst.
    findings: Vec<Kind>,
}

/// Findings of one code and level.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Kind {
    /// What they are about: "missing-exit-transition".
    code: String,
    level: Level,
    /// How many there are.
    count: usize,
    /// How many files have one.
    files: usize,
    /// What the clause, the check or the item of a pack is called; null for other findings.
    title: Option<String>,
}

/// The counts as a table, and unless they are to stand alone the summary of the run.
#[must_use]
pub fn table(report: &Report, rules: &RuleSet, quiet: bool) -> String {
    let rows: Vec<[String; 5]> = kinds(report, rules).iter().map(row).collect();
    let mut out = String::new();
    if !rows.is_empty() {
        let heads = ["count", "files", "level", "finding", "about"].map(str::to_owned);
        let width = |column: usize| {
            let widest = rows.iter().chain([&heads]).map(|row| row[column].chars().count()).max();
            widest.unwrap_or(0)
        };
        let [count, files, level, code, _] = [0, 1, 2, 3, 4].map(width);
        for cells in [&heads].into_iter().chain(&rows) {
            let [a, b, c, d, e] = cells;
            let line = format!("{a:>count$}  {b:>files$}  {c:level$}  {d:code$}  {e}");
            let _ = writeln!(out, "{}", line.trim_end());
        }
    }
    if !quiet {
        let _ = writeln!(out, "{}{}", if rows.is_empty() { "" } else { "\n" }, report.summary());
    }
    out
}

fn row(kind: &Kind) -> [String; 5] {
    let title = visible(kind.title.as_deref().unwrap_or_default());
    let mut lines = wrap(&title, TITLE_WIDTH);
    let cut = lines.len() > 1;
    let title = lines.drain(..).next().unwrap_or_default() + if cut { " …" } else { "" };
    let [count, files] = [kind.count, kind.files].map(|number| number.to_string());
    [count, files, Severity::from(kind.level).to_string(), visible(&kind.code).into_owned(), title]
}

/// The counts as JSON, ending with a line feed.
#[must_use]
pub fn json(report: &Report, rules: &RuleSet) -> String {
    to_json(&Statistics {
        version: 1,
        tool: Tool::this(),
        contracts: report.coverages.len(),
        clean: report.clean(),
        failures: report.failures.iter().filter(|failure| failure.severity == Severity::Error).count(),
        findings: kinds(report, rules),
    })
}

fn kinds(report: &Report, rules: &RuleSet) -> Vec<Kind> {
    let mut of_kind = BTreeMap::<(&Code, Severity), Vec<&Finding>>::new();
    for finding in &report.findings {
        of_kind.entry((&finding.code, finding.severity)).or_default().push(finding);
    }
    let mut kinds: Vec<((&Code, Severity), Vec<&Finding>)> = of_kind.into_iter().collect();
    // Equal counts stand by level, then by name.
    kinds.sort_by_cached_key(|((code, level), found)| {
        (std::cmp::Reverse((found.len(), *level)), code.to_string())
    });
    let kind = |((code, level), found): ((&Code, Severity), Vec<&Finding>)| Kind {
        code: code.to_string(),
        level: level.into(),
        count: found.len(),
        files: found.iter().map(|finding| file_of(finding)).collect::<BTreeSet<_>>().len(),
        title: title(code, rules),
    };
    kinds.into_iter().map(kind).collect()
}

/// What a finding's clause, check or item is called.
fn title(code: &Code, rules: &RuleSet) -> Option<String> {
    if let Some(clause) = code.clause() {
        return rules.get(clause).map(|rule| rule.title.clone());
    }
    match code {
        Code::Slip(check) => rules.checks.iter().find(|of| of.id == *check).map(|of| of.title.clone()),
        Code::Pack { pack, item } => Some(rules.pack(pack)?.item(item)?.asks.clone()),
        _ => None,
    }
}
