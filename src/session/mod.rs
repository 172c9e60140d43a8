//! The one entry for every front end: rules and wishes once, then contracts -> [`Report`].
//!
//! `load` reads files, `bundle` sorts them into contracts, `desk` holds what is asked of each, `judge`
//! assesses one contract; here they are run, in parallel and in order. Words of findings, formats and
//! exit codes live elsewhere.

pub mod baseline;
mod bundle;
pub mod changed;
mod decode;
mod desk;
mod discover;
mod exclude;
mod front;
mod illustrate;
mod judge;
mod links;
mod load;
mod packs;
mod progress;
mod projects;
mod read;
mod rulebook;
mod search;
mod taking;
mod waiving;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use changed::Changed;
pub use exclude::{BadGlob, Exclude};
pub use progress::Watch;
pub use read::Contract;

use crate::assess::{Coverage, Workspace};
use crate::facts::Given;
use crate::finding::Finding;
use crate::rule::{ClauseRule, Demand, RuleSet, Side};
use crate::selftest::{self, SelfTest};
use crate::settings::Project;
use crate::source::{FileId, SourceFile, Sources};
use crate::triage::{Day, FailOn, Report};

use bundle::Bundle;
use desk::Desk;
use judge::{Breadth, Outcome};
use load::Loaded;
use progress::Progress;
use projects::{Desks, Projects};

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
    /// For whom contracts are judged, when the user says so.
    pub side: Option<Side>,
    /// Packs to hold contracts against: "dora", "dora/general".
    pub packs: Vec<String>,
    /// What is left out, whether it lies in a folder or is named.
    pub exclude: Exclude,
    /// Who hears how far a run is.
    pub watch: Watch,
    /// Which configuration holds.
    pub configuration: Configuration,
    /// The day of the run; without it no waiver in a contract ends.
    pub today: Option<Day>,
}

/// Which configuration holds for a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Configuration {
    /// The nearest clauselint.toml in the file's folder or above it.
    #[default]
    Nearest,
    /// This one.
    File(PathBuf),
    /// None at all.
    None,
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
    /// What holds where the user stands; contracts elsewhere may have desks of their own.
    desk: Arc<Desk>,
    /// The rules before settings are put on them.
    rules: Arc<RuleSet>,
    projects: Projects,
    /// The configuration that holds where the user stands.
    project: Option<usize>,
    /// The contracts to judge, of those that a run names, by what has changed; all when left out.
    only: Option<Changed>,
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
        let (mut sources, mut problems) = (Sources::new(), Vec::new());
        let mut projects = Projects::new(options.configuration.clone());
        let here = Path::new(".");
        let project = projects.of(here, &mut sources, &mut problems);
        let settings = projects.settings(project, here);
        let folders = desk::folders(&settings, &options);
        let (files, wrong) = desk::rule_texts(&folders, &mut sources);
        problems.extend(wrong);
        // A vocabulary alone changes what every rule sees; a pack and a profile have no examples.
        let no_example = !files.is_empty() && !files.iter().any(|(path, _)| RuleSet::has_examples(path));
        let own = (!folders.is_empty() && !no_example)
            .then(|| files.iter().map(|(path, _)| path.clone()).collect());
        let (rules, wrong) = desk::rules(files, &mut sources);
        problems.extend(wrong);
        problems.extend(
            project.and_then(|at| projects.get(at)).map(|of| of.check_names(&rules)).unwrap_or_default(),
        );
        let (desk, wrong) = Desk::new(&rules, &settings, &options);
        problems.extend(wrong);
        Self { options, desk: Arc::new(desk), rules, projects, project, only: None, sources, problems, own }
    }

    /// Leaves aside the contracts that have not changed.
    pub fn narrow(&mut self, only: Changed) {
        self.only = Some(only);
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
        selftest::run(self.rules(), |path| {
            self.own.as_ref().is_none_or(|own| own.iter().any(|file| file == path))
        })
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
        if !self.desk.knows_its_profile() || !packs::all_known(&self.rules, &self.options.packs) {
            // A report against some other profile, or without the pack, would be no answer.
            return Report { sources, failures: self.problems.clone(), ..Report::default() };
        }
        let mut failures = self.problems.clone();
        let mut projects = self.projects.clone();
        let mut excludes = |path: &Path, sources: &mut Sources, problems: &mut Vec<Finding>| {
            let owner = projects.of(path, sources, problems);
            owner.and_then(|at| projects.get(at)).is_some_and(|project| project.excludes(path))
        };
        let (mut loaded, wrong) =
            load::load_wanted(&mut sources, inputs, &self.options.exclude, &mut excludes);
        failures.extend(wrong);
        let owners = self.owners(&loaded, &mut projects, &mut sources, &mut failures);
        let declared = projects.declared(&loaded, &mut failures);
        let (mut bundles, wrong) = bundle::bundles(&mut loaded, &mut sources, &declared);
        failures.extend(wrong);
        bundles.retain(|bundle| self.has_changed(bundle, &loaded));
        // Without their settings, known findings would be told as new.
        let readable = |at: &usize| is_readable(owners.get(*at).copied().flatten(), &projects);
        bundles.retain(|bundle| bundle.files.iter().all(readable));
        let (desks, cases) = self.cases(bundles, &loaded, &owners, &projects, &mut sources, &mut failures);
        let progress = self.options.watch.start(cases.len());
        let outcomes = judge_all(&cases, &loaded, &desks, &sources, breadth, &progress);
        let side = self.desk.book.side;
        let mut report =
            Report { sources, failures, side, rule_sets: desks.rule_sets(), ..Report::default() };
        for (case, outcome) in cases.iter().zip(outcomes) {
            gather(outcome, case.desk, &mut report);
        }
        let owner = self.owner_of_the_run(&owners);
        let project = owner.and_then(|at| projects.get(at));
        report.fail_on = project.and_then(Project::fail_on).map(FailOn::from);
        report.baseline = project.and_then(Project::baseline).map(Path::to_owned);
        report.rules = rules_of(&report.coverages);
        report.failures.extend(without_contracts(inputs, &report));
        report.sort();
        report
    }

    /// Whether one of the files of a contract has changed, where that is asked; what did not come
    /// from a file is always of now.
    fn has_changed(&self, bundle: &Bundle, loaded: &[Loaded]) -> bool {
        let Some(only) = &self.only else { return true };
        bundle.files.iter().any(|&at| loaded[at].path.as_ref().is_none_or(|path| only.holds(path)))
    }

    /// The configuration of each file that was loaded.
    fn owners(
        &self,
        loaded: &[Loaded],
        projects: &mut Projects,
        sources: &mut Sources,
        problems: &mut Vec<Finding>,
    ) -> Vec<Option<usize>> {
        let known = projects.len();
        let paths: Vec<PathBuf> = loaded.iter().map(|one| place(one, sources)).collect();
        let owners = paths.iter().map(|path| projects.of(path, sources, problems)).collect();
        let fresh = (known..projects.len()).filter_map(|at| projects.get(at));
        let names: Vec<Finding> = fresh.flat_map(|project| project.check_names(&self.rules)).collect();
        problems.extend(names);
        owners
    }

    /// The configuration that says what is said once a run: the one that all files share, else the one
    /// that holds where the user stands.
    fn owner_of_the_run(&self, owners: &[Option<usize>]) -> Option<usize> {
        match owners.first() {
            Some(first) if owners.iter().all(|owner| owner == first) => *first,
            _ => self.project,
        }
    }

    /// Each contract with the desk that it comes to.
    fn cases(
        &self,
        bundles: Vec<Bundle>,
        loaded: &[Loaded],
        owners: &[Option<usize>],
        projects: &Projects,
        sources: &mut Sources,
        problems: &mut Vec<Finding>,
    ) -> (Desks, Vec<Case>) {
        let folders = desk::folders(&self.desk.settings, &self.options);
        let mut desks = Desks::new(folders, Arc::clone(&self.rules), Arc::clone(&self.desk));
        let mut cases = Vec::with_capacity(bundles.len());
        for bundle in bundles {
            let master = bundle.files.first().copied().unwrap_or_default();
            let path = loaded.get(master).map(|one| place(one, sources)).unwrap_or_default();
            let settings = projects.settings(owners.get(master).copied().flatten(), &path);
            let desk = desks.of(settings, &self.options, sources, problems);
            cases.push(Case { bundle, desk });
        }
        (desks, cases)
    }

    /// Reads one contract without assessing it, such as for its parties.
    ///
    /// # Errors
    /// Why the file cannot be read, with the sources that the findings lie in.
    pub fn read(&self, input: &Input) -> Result<(SourceFile, Contract), (Sources, Vec<Finding>)> {
        let mut sources = self.sources.clone();
        let (loaded, failures) = load::load(&mut sources, std::slice::from_ref(input), &self.options.exclude);
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

/// The path of a file; for text that came otherwise the name that it goes by.
fn place(one: &Loaded, sources: &Sources) -> PathBuf {
    let name = || sources.get(one.file).map(|file| PathBuf::from(&file.path)).unwrap_or_default();
    one.path.clone().unwrap_or_else(name)
}

/// A contract and the number of its desk.
struct Case {
    bundle: Bundle,
    desk: usize,
}

/// Judges contracts in parallel; the outcomes stand in the order of the contracts.
fn judge_all(
    cases: &[Case],
    loaded: &[Loaded],
    desks: &Desks,
    sources: &Sources,
    breadth: Breadth,
    progress: &Progress<'_>,
) -> Vec<Option<Outcome>> {
    let workspace = || Workspace { brief: breadth == Breadth::Findings, ..Workspace::default() };
    // What a worker learns of words holds for one set of rules only, and serves every contract that it
    // judges by them.
    let idle: Mutex<Vec<Vec<Workspace>>> = Mutex::new(Vec::new());
    let judge = |case: &Case| {
        let known = idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut work = known.unwrap_or_else(|| (0..desks.len()).map(|_| workspace()).collect());
        let files = &case.bundle.files;
        let named = files.first().is_some_and(|&at| loaded[at].named);
        let files: Vec<&SourceFile> = files.iter().filter_map(|&at| sources.get(loaded[at].file)).collect();
        let outcome =
            judge::judge(desks.get(case.desk)?, &files, named, sources, breadth, work.get_mut(case.desk)?);
        idle.lock().unwrap_or_else(PoisonError::into_inner).push(work);
        progress.step();
        outcome
    };
    match cases {
        // Threads would take longer to start than a contract to judge.
        [case] => vec![judge(case)],
        _ => cases.par_iter().map(judge).collect(),
    }
}

/// Puts what became of one contract into the report.
fn gather(outcome: Option<Outcome>, rule_set: usize, report: &mut Report) {
    match outcome {
        None => {}
        Some(Outcome::Judged(of)) => {
            report.rule_set_of.insert(of.coverage.file, rule_set);
            report.coverages.push(of.coverage);
            report.taken.push(of.taken);
            report.checklists.extend(of.checklists);
            report.figures.extend(of.figures);
            report.take_in(of.findings);
        }
        Some(Outcome::LeftOut(file, note)) => {
            report.left_out.push(file);
            report.findings.push(*note);
        }
    }
}

/// Whether the configuration of a file, if it has one, could be read.
fn is_readable(owner: Option<usize>, projects: &Projects) -> bool {
    owner.and_then(|at| projects.get(at)).is_none_or(Project::is_readable)
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
