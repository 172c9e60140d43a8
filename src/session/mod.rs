//! The one entry for every front end: rules and wishes once, then contracts -> [`Report`].
//!
//! `load` reads files, `bundle` sorts them into contracts, `desk` holds what is asked of each, `judge`
//! assesses one contract; here they are run, in parallel and in order. Words of findings, formats and
//! exit codes live elsewhere.

mod bundle;
mod decode;
mod desk;
mod discover;
mod illustrate;
mod judge;
mod load;
mod packs;
mod read;
mod rulebook;
mod search;
mod taking;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub use read::Contract;

use crate::assess::{Coverage, Workspace};
use crate::facts::Given;
use crate::finding::Finding;
use crate::rule::{ClauseRule, Demand, RuleSet, Side};
use crate::selftest::{self, SelfTest};
use crate::source::{FileId, SourceFile, Sources};
use crate::triage::Report;

use bundle::Bundle;
use desk::Desk;
use judge::{Breadth, Outcome};
use load::Loaded;

/// What the user asks of a session.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Folders with rules of the user's own; a rule replaces a built-in one of the same id, a
    /// vocabulary.toml the built-in vocabulary, a profile the built-in profile of the same name.
    pub rules: Vec<PathBuf>,
    /// The parties as the user names them.
    pub given: Given,
    /// The name of the profile that the user holds the files against, whatever they look like.
    pub profile: Option<String>,
    /// For whom contracts are judged.
    pub side: Side,
    /// Packs to hold contracts against: "dora", "dora/general".
    pub packs: Vec<String>,
}

/// Something to read.
#[derive(Clone, Debug)]
pub enum Input {
    /// A file or a folder.
    Path(PathBuf),
    /// Bytes that are already there, such as standard input, with the name to show.
    Bytes(String, Vec<u8>),
}

/// Rules and wishes, loaded once.
#[derive(Debug)]
pub struct Session {
    options: Options,
    desk: Desk,
    /// The rule files, so that mistakes in them can be shown.
    sources: Sources,
    problems: Vec<Finding>,
    /// Paths of the user's own rule files; `None` when the user gave no folder, or only a vocabulary.
    own: Option<Vec<String>>,
}

impl Session {
    /// Loads the rules. Mistakes in them are kept as [`Session::problems`]; the rules without
    /// mistakes are used.
    #[must_use]
    pub fn new(options: Options) -> Self {
        let mut sources = Sources::new();
        let (files, mut problems) = desk::rule_texts(&options.rules, &mut sources);
        // A vocabulary alone changes what every rule sees; a pack and a profile have no examples.
        let no_rule = !files.is_empty() && !files.iter().any(|(path, _)| RuleSet::is_rule(path));
        let own = (!options.rules.is_empty() && !no_rule)
            .then(|| files.iter().map(|(path, _)| path.clone()).collect());
        let (rules, wrong) = desk::rules(files, &mut sources);
        problems.extend(wrong);
        let (desk, wrong) = Desk::new(rules, &options);
        problems.extend(wrong);
        Self { options, desk, sources, problems, own }
    }

    /// The rules in use.
    #[must_use]
    pub fn rules(&self) -> &RuleSet {
        &self.desk.book.rules
    }

    /// What each profile asks of a clause, by the name of the profile, the default first; nothing
    /// where it is not asked for.
    #[must_use]
    pub fn demands(&self, rule: &ClauseRule) -> Vec<(&str, Option<Demand>)> {
        self.desk.book.demands(rule)
    }

    /// Mistakes in rule files; their spans lie in [`Session::sources`].
    #[must_use]
    pub fn problems(&self) -> &[Finding] {
        &self.problems
    }

    /// The rule files of the user.
    #[must_use]
    pub const fn sources(&self) -> &Sources {
        &self.sources
    }

    /// Runs the examples of the user's rules, or of the built-in ones when the user gave none.
    #[must_use]
    pub fn self_test(&self) -> SelfTest {
        selftest::run(self.rules(), |rule| self.own.as_ref().is_none_or(|own| own.contains(&rule.path)))
    }

    /// Assesses contracts for their findings; the coverages hold no near misses besides those that
    /// findings show.
    #[must_use]
    pub fn check(&self, inputs: &[Input]) -> Report {
        self.assess_all(inputs, Breadth::Findings)
    }

    /// Assesses contracts for all that there is to say of each element of the clauses that are
    /// asked for.
    #[must_use]
    pub fn survey(&self, inputs: &[Input]) -> Report {
        self.assess_all(inputs, Breadth::Asked)
    }

    /// The same for every clause there is, first those that are asked for.
    #[must_use]
    pub fn inventory(&self, inputs: &[Input]) -> Report {
        self.assess_all(inputs, Breadth::Every)
    }

    fn assess_all(&self, inputs: &[Input], breadth: Breadth) -> Report {
        let mut sources = self.sources.clone();
        if !self.desk.knows_its_profile() {
            // A report against some other profile would be no answer.
            return Report { sources, failures: self.problems.clone(), ..Report::default() };
        }
        let (mut loaded, failures) = load::load(&mut sources, inputs);
        let (bundles, wrong) = bundle::bundles(&mut loaded, &mut sources, &[]);
        let outcomes = self.judge_all(&bundles, &loaded, &sources, breadth);
        let mut report = Report { sources, failures, side: self.desk.book.side, ..Report::default() };
        report.failures.splice(0..0, self.problems.iter().cloned());
        report.failures.extend(wrong);
        for outcome in outcomes {
            gather(outcome, &mut report);
        }
        report.rules = rules_of(&report.coverages);
        report.failures.extend(without_contracts(inputs, &report));
        report.sort();
        report
    }

    /// Judges contracts in parallel; the outcomes stand in the order of the contracts.
    fn judge_all(
        &self,
        bundles: &[Bundle],
        loaded: &[Loaded],
        sources: &Sources,
        breadth: Breadth,
    ) -> Vec<Outcome> {
        let workspace = || Workspace { brief: breadth == Breadth::Findings, ..Workspace::default() };
        let judge = |work: &mut Workspace, bundle: &Bundle| {
            let files: Vec<&SourceFile> =
                bundle.files.iter().filter_map(|&at| sources.get(loaded[at].file)).collect();
            let named = bundle.files.first().is_some_and(|&at| loaded[at].named);
            judge::judge(&self.desk, &files, named, sources, breadth, work)
        };
        bundles.par_iter().map_init(workspace, judge).flatten().collect()
    }

    /// Reads one contract without assessing it, such as for its parties.
    ///
    /// # Errors
    /// Why the file cannot be read, with the sources that the findings lie in.
    pub fn read(&self, input: &Input) -> Result<(SourceFile, Contract), (Sources, Vec<Finding>)> {
        let mut sources = self.sources.clone();
        let (loaded, failures) = load::load(&mut sources, std::slice::from_ref(input));
        let file = loaded.first().and_then(|loaded| sources.get(loaded.file)).cloned();
        match file {
            Some(file) => {
                let contract = Contract::read(&file, &mut Workspace::default().words, &self.desk.given);
                Ok((file, contract))
            }
            None => Err((sources, failures)),
        }
    }
}

/// Puts what became of one contract into the report.
fn gather(outcome: Outcome, report: &mut Report) {
    match outcome {
        Outcome::Judged(of) => {
            report.coverages.push(of.coverage);
            report.taken.push(of.taken);
            report.checklists.extend(of.checklists);
            report.figures.extend(of.figures);
            report.findings.extend(of.findings);
        }
        Outcome::LeftOut(file, note) => {
            report.left_out.push(file);
            report.findings.push(*note);
        }
    }
}

/// How many rules were applied to at least one contract.
fn rules_of(coverages: &[Coverage]) -> usize {
    let assessments = coverages.iter().flat_map(|coverage| &coverage.assessments);
    assessments.map(|assessment| assessment.clause.as_str()).collect::<BTreeSet<_>>().len()
}

/// The folders that the user named whose files are all something else: a run over the wrong folder
/// must not pass for a clean one. A folder of which some file could not be read has its failure.
fn without_contracts(inputs: &[Input], report: &Report) -> Vec<Finding> {
    if report.left_out.is_empty() {
        return Vec::new();
    }
    let place = |file: FileId| {
        let path = &report.sources.get(file)?.path;
        Some(fs::canonicalize(path).unwrap_or_else(|_| PathBuf::from(path)))
    };
    let assessed: Vec<PathBuf> = report.coverages.iter().filter_map(|of| place(of.file)).collect();
    let others: Vec<PathBuf> = report.left_out.iter().filter_map(|&file| place(file)).collect();
    let empty = |folder: &Path| {
        let whole = fs::canonicalize(folder).ok()?;
        let below = |files: &[PathBuf]| files.iter().filter(|file| file.starts_with(&whole)).count();
        let count = below(&others);
        (count > 0 && below(&assessed) == 0).then(|| discover::only_other_papers(folder, count))
    };
    let folders = inputs.iter().filter_map(|input| match input {
        Input::Path(path) if path.is_dir() => Some(path),
        _ => None,
    });
    folders.filter_map(|folder| empty(folder)).collect()
}
