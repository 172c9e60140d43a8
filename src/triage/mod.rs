//! What a run has to say, counted and in order: file, then place, then level.
//!
//! The only room that decides whether findings fail a run. It makes no finding and prints none.

pub mod baseline;
mod day;
pub mod levels;
pub mod suppress;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

pub use crate::document::directives::Reach;
pub use day::Day;
pub use levels::{FailOn, apply};
pub use suppress::Suppressed;

use baseline::{Gone, Held};

use crate::assess::Coverage;
use crate::checklist::Checklist;
use crate::finding::{Anchor, Finding, Severity};
use crate::position::Figure;
use crate::rule::{RuleSet, Side};
use crate::source::{FileId, Sources, Span};

/// The outcome of a run over files.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Every file that a span may lie in, rule files included.
    pub sources: Sources,
    /// The rules that contracts were held against: one set for each way in which they were asked.
    pub rule_sets: Vec<Arc<RuleSet>>,
    /// The set of each contract, by its master's file.
    pub rule_set_of: BTreeMap<FileId, usize>,
    /// What each contract covers, in the order of the files.
    pub coverages: Vec<Coverage>,
    /// What each contract was held against, in the same order.
    pub taken: Vec<Taken>,
    /// For whom the contracts were judged.
    pub side: Side,
    /// What each contract makes of each pack that was asked for, in the order of the files.
    pub checklists: Vec<Checklist>,
    /// What each contract states for elements with a position, in the order of the files.
    pub figures: Vec<Figure>,
    /// What was found in the contracts, ordered by file, place and level.
    pub findings: Vec<Finding>,
    /// Input that could not be read, broken rules, requests that cannot be met: each fails the run
    /// whatever the level asked for.
    pub failures: Vec<Finding>,
    /// How many clause rules were applied to some contract.
    pub rules: usize,
    /// Files that hold no contract, or one in another language and were not assessed.
    pub left_out: Vec<FileId>,
    /// Findings that are not reported, and why, in the order of the files and places.
    pub hidden: Vec<Hidden>,
    /// Findings that the baseline knows and contracts no longer have, by path.
    pub gone: Vec<Gone>,
    /// The level that fails the run, as the configuration has it.
    pub fail_on: Option<FailOn>,
    /// The file of known findings that the configuration names.
    pub baseline: Option<PathBuf>,
    /// Every waiver in the contracts, in the order of the files and places.
    pub waivers: Vec<Waiver>,
}

/// A finding that is not reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// The finding.
    pub finding: Finding,
    /// Why it is not reported.
    pub by: HiddenBy,
}

/// Why a finding is not reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HiddenBy {
    /// A waiver in the contract allows it: its place in [`Report::waivers`].
    Waiver(usize),
    /// The baseline knows it.
    Baseline,
}

/// Permission in a contract's text to leave some findings be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiver {
    /// The comment.
    pub span: Span,
    /// The rules or codes that it allows, as written.
    pub allows: Vec<String>,
    /// Why; empty when it does not say.
    pub reason: String,
    /// Who allowed it.
    pub by: Option<String>,
    /// The last day on which it holds, as written: "2027-03-31".
    pub until: Option<String>,
    /// How far it reaches.
    pub reach: Reach,
    /// The clause that it stands at, as the contract cites it; empty for the front of a contract and
    /// for one that reaches over the whole file.
    pub clause: String,
    /// The text that it covers.
    pub covers: Span,
    /// How many findings it hides.
    pub hides: usize,
    /// Whether it counts.
    pub standing: WaiverStanding,
}

/// Whether a waiver counts, and why not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaiverStanding {
    /// It hides findings.
    InForce,
    /// It may count, but nothing that it names was looked for in this run.
    NotAsked,
    /// There is nothing for it to hide.
    HidesNothing,
    /// Its last day has passed: it hides nothing any more.
    Ended,
    /// It states no reason: it hides nothing.
    NoReason,
    /// It is not written as it must be: it hides nothing.
    Mistaken,
}

/// The profile that a contract was held against.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The contract.
    pub file: FileId,
    /// The profile's name: `outsourcing`.
    pub profile: String,
    /// Why this one: lower case, no full stop.
    pub reason: String,
    /// For whom the contract was judged.
    pub side: Side,
    /// The clauses that it was asked for, by id.
    pub asks: Vec<String>,
}

/// Where one pattern matches: the outcome of `query`.
#[derive(Clone, Debug, Default)]
pub struct Matches {
    /// Every file that a span may lie in, the pattern itself included.
    pub sources: Sources,
    /// The matches, by file and place.
    pub spans: Vec<Span>,
    /// How many files were searched.
    pub searched: usize,
    /// Input that could not be read, or mistakes in the pattern.
    pub failures: Vec<Finding>,
}

/// What the rules make of one line of a contract: the outcome of `explain FILE:LINE`.
#[derive(Clone, Debug, Default)]
pub struct LineView {
    /// The line, counted from 1.
    pub line: usize,
    /// What there is to say, by rule: those that the line speaks for first, those that only know its words last.
    pub notes: Vec<Note>,
}

/// How much a note tells of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Telling {
    /// The words are evidence, or soft wording over it.
    Proof,
    /// The words come close, or are the title of the clause.
    Near,
    /// The words match and count for nothing.
    Aside,
}

/// What one rule makes of words on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The rule's id.
    pub clause: String,
    /// How much it tells.
    pub telling: Telling,
    /// The words.
    pub span: Span,
    /// What the rule makes of them: lower case, no full stop.
    pub message: String,
}

/// How many findings there are of each level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Findings of level error.
    pub errors: usize,
    /// Findings of level warning.
    pub warnings: usize,
    /// Findings of level note.
    pub notes: usize,
}

impl Counts {
    /// Counts findings.
    pub fn of<'a>(findings: impl IntoIterator<Item = &'a Finding>) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                Severity::Note => counts.notes += 1,
            }
        }
        counts
    }
}

/// "1 error, 2 warnings"; "no findings" when there are none.
impl fmt::Display for Counts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = [(self.errors, "error"), (self.warnings, "warning"), (self.notes, "note")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| counted(count, word))
            .collect();
        if parts.is_empty() { out.write_str("no findings") } else { out.write_str(&parts.join(", ")) }
    }
}

/// Whether one of these is a mistake and not mere advice.
#[must_use]
pub fn failed(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}

/// "1 contract", "2 contracts".
#[must_use]
pub fn counted(count: usize, word: &str) -> String {
    format!("{count} {word}{}", if count == 1 { "" } else { "s" })
}

/// The file that a finding is about, if it is about one.
#[must_use]
pub fn file_of(finding: &Finding) -> Option<FileId> {
    finding.anchor.span().map(Span::file)
}

impl Report {
    /// Puts the findings in order: file, then the place that is shown, then level, the worst first.
    pub fn sort(&mut self) {
        self.findings.sort_by_cached_key(sort_key);
    }

    /// Takes in what the waivers of one contract left of its findings, after those of the contracts
    /// before it.
    pub fn take_in(&mut self, of: Suppressed) {
        let before = self.waivers.len();
        self.hidden.extend(of.hidden.into_iter().map(|hidden| match hidden.by {
            HiddenBy::Waiver(at) => Hidden { by: HiddenBy::Waiver(before + at), ..hidden },
            HiddenBy::Baseline => hidden,
        }));
        self.waivers.extend(of.waivers);
        self.findings.extend(of.kept.into_iter().chain(of.findings));
    }

    /// How many findings waivers hide.
    #[must_use]
    pub fn waived(&self) -> usize {
        self.hidden.iter().filter(|hidden| matches!(hidden.by, HiddenBy::Waiver(_))).count()
    }

    /// How many findings there are of each level, failures left out.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts::of(&self.findings)
    }

    /// The findings of one file, in order.
    pub fn of_file(&self, file: FileId) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(move |finding| file_of(finding) == Some(file))
    }

    /// What a contract was held against.
    #[must_use]
    pub fn taken_for(&self, file: FileId) -> Option<&Taken> {
        self.taken.iter().find(|taken| taken.file == file)
    }

    /// The rules that a contract was held against, given by its master's file.
    #[must_use]
    pub fn rules_of(&self, file: FileId) -> Option<&RuleSet> {
        self.rule_set_of.get(&file).and_then(|&at| self.rule_sets.get(at)).map(Arc::as_ref)
    }

    /// The master of each file that is another part of a contract.
    #[must_use]
    pub fn masters(&self) -> BTreeMap<FileId, FileId> {
        let parts = |of: &Coverage| of.others.iter().map(|&other| (other, of.file)).collect::<Vec<_>>();
        self.coverages.iter().flat_map(parts).collect()
    }

    /// Whether nothing was read and nothing failed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.coverages.is_empty() && self.left_out.is_empty() && !self.failed()
    }

    /// How many clauses of contracts were read.
    #[must_use]
    pub fn clauses_read(&self) -> usize {
        self.coverages.iter().map(|coverage| coverage.clauses_read).sum()
    }

    /// How many contracts have no finding, none that is known included.
    #[must_use]
    pub fn clean(&self) -> usize {
        let with: BTreeSet<FileId> = self.findings.iter().chain(self.known()).filter_map(file_of).collect();
        let clean = |of: &&Coverage| !of.files().any(|file| with.contains(&file));
        self.coverages.iter().filter(clean).count()
    }

    /// Whether input could not be read or rules are broken; advice on rules is no failure.
    #[must_use]
    pub fn failed(&self) -> bool {
        failed(&self.failures)
    }

    /// Whether a finding reaches the level that fails a run.
    #[must_use]
    pub fn fails(&self, level: FailOn) -> bool {
        self.findings.iter().any(|finding| level.reached_by(finding.severity))
    }

    /// The findings that the baseline hides.
    pub fn known(&self) -> impl Iterator<Item = &Finding> {
        self.hidden.iter().filter(|hidden| hidden.by == HiddenBy::Baseline).map(|hidden| &hidden.finding)
    }

    /// Hides the findings that a baseline knows, and keeps what it knows and contracts no longer have.
    pub fn hide(&mut self, held: &Held) {
        let findings = std::mem::take(&mut self.findings);
        for (at, finding) in findings.into_iter().enumerate() {
            if held.known.binary_search(&at).is_ok() {
                self.hidden.push(Hidden { finding, by: HiddenBy::Baseline });
            } else {
                self.findings.push(finding);
            }
        }
        self.hidden.sort_by_cached_key(|hidden| sort_key(&hidden.finding));
        self.gone.extend(held.gone.iter().cloned());
    }

    /// The line that ends every run: what was read and what was found.
    #[must_use]
    pub fn summary(&self) -> String {
        let mut outcome = self.counts().to_string();
        if !self.coverages.is_empty() {
            outcome.push_str(&format!("; {} clean", counted(self.clean(), "contract")));
        }
        if self.waived() > 0 {
            outcome.push_str(&format!("; {} waived", counted(self.waived(), "finding")));
        }
        outcome.push_str(&self.against_baseline());
        self.summary_of(&outcome)
    }

    /// "; 12 known findings hidden, 3 gone (run clauselint baseline update)"; empty without either.
    fn against_baseline(&self) -> String {
        const PRUNE: &str = "(run clauselint baseline update)";
        let (known, gone) = (self.known().count(), self.gone.len());
        let hidden = counted(known, "known finding");
        match (known, gone) {
            (0, 0) => String::new(),
            (_, 0) => format!("; {hidden} hidden"),
            (0, _) => format!("; {} gone {PRUNE}", counted(gone, "known finding")),
            (_, _) => format!("; {hidden} hidden, {gone} gone {PRUNE}"),
        }
    }

    /// What was read, then the outcome, then what was left out or failed.
    #[must_use]
    pub fn summary_of(&self, outcome: &str) -> String {
        let mut line = format!(
            "{}, {} read, {}: {outcome}",
            counted(self.coverages.len(), "contract"),
            counted(self.clauses_read(), "clause"),
            counted(self.rules, "rule"),
        );
        match self.left_out.len() {
            0 => {}
            1 => line.push_str("; 1 file left out"),
            count => line.push_str(&format!("; {count} files left out")),
        }
        let failures = Counts::of(&self.failures).errors;
        if failures > 0 {
            line.push_str(&format!("; {} on standard error", counted(failures, "failure")));
        }
        line
    }
}

/// Where a finding is shown: its anchor, or the first label of one that concerns a whole document.
fn sort_key(finding: &Finding) -> (Option<FileId>, usize, std::cmp::Reverse<Severity>, String) {
    let shown = match finding.anchor {
        Anchor::Document { insert_at } => {
            finding.labels.iter().map(|label| label.span.start()).min().or(Some(insert_at.start()))
        }
        anchor => anchor.span().map(Span::start),
    };
    (file_of(finding), shown.unwrap_or(0), std::cmp::Reverse(finding.severity), finding.code.text())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Code;

    fn finding(file: u32, at: usize, severity: Severity) -> Finding {
        let span = Span::new(FileId::new(file), at..at + 1);
        Finding::new(Code::Weak("sla".into()), severity, "weak", Anchor::Span(span))
    }

    #[test]
    fn findings_stand_by_file_then_place_then_level() {
        let mut report = Report {
            findings: vec![
                finding(1, 0, Severity::Error),
                finding(0, 9, Severity::Note),
                finding(0, 9, Severity::Error),
                finding(0, 2, Severity::Warning),
            ],
            ..Report::default()
        };
        report.sort();
        let order: Vec<_> = report.findings.iter().map(|f| (sort_key(f).1, f.severity)).collect();
        let expected =
            [(2, Severity::Warning), (9, Severity::Error), (9, Severity::Note), (0, Severity::Error)];
        assert_eq!(order, expected);
    }

    #[test]
    fn counts_are_said_in_words() {
        let findings = [finding(0, 0, Severity::Error), finding(0, 0, Severity::Note)];
        assert_eq!(Counts::of(&findings).to_string(), "1 error, 1 note");
        assert_eq!(Counts::default().to_string(), "no findings");
        assert_eq!(counted(2, "clause"), "2 clauses");
    }
}
