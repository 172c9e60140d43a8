//! The one entry for every front end: rules and wishes once, then contracts -> [`Report`].
//!
//! Reads files, in parallel, and keeps their order. Words of findings, formats and exit codes
//! live elsewhere.

mod decode;
mod discover;
mod illustrate;
mod packs;
mod read;
mod search;
mod taking;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub use read::Contract;

use crate::assess::{self, Coverage, Workspace};
use crate::checklist::{self, Checklist, Wanted};
use crate::facts::{Given, PaperKind};
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::lint;
use crate::position::{self, Figure};
use crate::proofread::{self, Proof};
use crate::rule::profile::{ALL, DEFAULT};
use crate::rule::{Asked, ClauseRule, Demand, RuleSet, Side};
use crate::selftest::{self, SelfTest};
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::triage::{Report, Taken};

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
    rules: RuleSet,
    /// The rule files, so that mistakes in them can be shown.
    sources: Sources,
    problems: Vec<Finding>,
    /// Paths of the user's own rule files; `None` when the user gave no folder, or only a vocabulary.
    own: Option<Vec<String>>,
    given: Given,
    /// The profile that the user named, and whether it exists.
    profile: Option<String>,
    side: Side,
    packs: Vec<Wanted>,
    /// What each profile asks for the side, [`ALL`] included.
    asked: BTreeMap<String, Asking>,
}

/// What a profile asks, and the rules that it takes to say whether a contract has it.
#[derive(Debug, Default)]
struct Asking {
    asked: Asked,
    rules: Vec<usize>,
}

/// A file whose text is in the sources.
#[derive(Clone, Copy, Debug)]
struct Loaded {
    file: FileId,
    /// Whether the user named this very file.
    named: bool,
}

/// What there is to say of one contract.
struct Assessed {
    coverage: Coverage,
    taken: Taken,
    checklists: Vec<Checklist>,
    figures: Vec<Figure>,
    findings: Vec<Finding>,
}

/// How much is said of a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Breadth {
    /// What findings show of the clauses that are asked for.
    Findings,
    /// All there is to say of the clauses that are asked for.
    Asked,
    /// All there is to say of every clause.
    Every,
}

/// What became of one contract.
enum Outcome {
    Assessed(Box<Assessed>),
    LeftOut(Box<Finding>),
}

impl Session {
    /// Loads the rules. Mistakes in them are kept as [`Session::problems`]; the rules without
    /// mistakes are used.
    #[must_use]
    pub fn new(options: Options) -> Self {
        let mut sources = Sources::new();
        let mut problems = Vec::new();
        let mut files = Vec::new();
        for folder in &options.rules {
            let (paths, wrong) = discover::rule_files(folder);
            problems.extend(wrong);
            for path in paths {
                match text_of(&mut sources, &path) {
                    Ok(file) => files.push(file),
                    Err(problem) => problems.push(*problem),
                }
            }
        }
        // A vocabulary alone changes what every rule sees; a pack and a profile have no examples.
        let no_rule = !files.is_empty() && !files.iter().any(|(path, _)| RuleSet::is_rule(path));
        let own = (!options.rules.is_empty() && !no_rule)
            .then(|| files.iter().map(|(path, _)| path.clone()).collect());
        let (rules, wrong) = RuleSet::load(&mut sources, files);
        problems.extend(wrong);
        problems.extend(proofread::without_code(&rules.checks));
        let (packs, wrong) = packs::wanted(&rules, &options.packs);
        problems.extend(wrong);
        let side = options.side;
        let names = rules.profiles.iter().map(|profile| profile.id.as_str()).chain([ALL]);
        let asking = |name: &str| {
            let asked = rules.asked(name, side)?;
            let mut needed = asked.rules();
            let more: Vec<usize> =
                packs::needed(&rules, &packs).into_iter().filter(|rule| !needed.contains(rule)).collect();
            needed.extend(more);
            Some((name.to_owned(), Asking { rules: needed, asked }))
        };
        let asked: BTreeMap<String, Asking> = names.filter_map(asking).collect();
        if let Some(name) = options.profile.as_ref().filter(|name| !asked.contains_key(*name)) {
            problems.push(taking::no_profile(name, &rules));
        }
        let (given, profile) = (options.given, options.profile);
        Self { rules, sources, problems, own, given, profile, side, packs, asked }
    }

    /// The rules in use.
    #[must_use]
    pub const fn rules(&self) -> &RuleSet {
        &self.rules
    }

    /// What each profile asks of a clause, by the name of the profile, the default first; nothing
    /// where it is not asked for.
    #[must_use]
    pub fn demands(&self, rule: &ClauseRule) -> Vec<(&str, Option<Demand>)> {
        let at = self.rules.rules.iter().position(|of| of.id == rule.id);
        let demanded = |asking: &Asking| {
            let demands = &asking.asked.demands;
            demands.iter().find(|demand| at.is_some_and(|at| demand.rules.contains(&at))).cloned()
        };
        let profiles = self.asked.iter().filter(|(name, _)| *name != ALL);
        let mut demands: Vec<(&str, Option<Demand>)> =
            profiles.map(|(name, asking)| (name.as_str(), demanded(asking))).collect();
        demands.sort_by_key(|(name, _)| (*name != DEFAULT, *name));
        demands
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
        selftest::run(&self.rules, |rule| self.own.as_ref().is_none_or(|own| own.contains(&rule.path)))
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
        if self.profile.as_ref().is_some_and(|name| !self.asked.contains_key(name)) {
            // A report against some other profile would be no answer.
            return Report { sources, failures: self.problems.clone(), ..Report::default() };
        }
        let (loaded, failures) = self.load(&mut sources, inputs);
        let brief = breadth == Breadth::Findings;
        let workspace = || Workspace { brief, ..Workspace::default() };
        let outcomes: Vec<Option<Outcome>> = loaded
            .par_iter()
            .map_init(workspace, |work, input| {
                sources.get(input.file).map(|file| self.assess(file, input.named, breadth, work))
            })
            .collect();
        let mut report = Report { sources, failures, side: self.side, ..Report::default() };
        report.failures.splice(0..0, self.problems.iter().cloned());
        for (input, outcome) in loaded.iter().zip(outcomes) {
            match outcome {
                Some(Outcome::Assessed(of)) => {
                    report.coverages.push(of.coverage);
                    report.taken.push(of.taken);
                    report.checklists.extend(of.checklists);
                    report.figures.extend(of.figures);
                    report.findings.extend(of.findings);
                }
                Some(Outcome::LeftOut(note)) => {
                    report.left_out.push(input.file);
                    report.findings.push(*note);
                }
                None => {}
            }
        }
        report.rules = rules_of(&report.coverages);
        report.failures.extend(without_contracts(inputs, &report));
        report.sort();
        report
    }

    /// Reads one contract without assessing it, such as for its parties.
    ///
    /// # Errors
    /// Why the file cannot be read, with the sources that the findings lie in.
    pub fn read(&self, input: &Input) -> Result<(SourceFile, Contract), (Sources, Vec<Finding>)> {
        let mut sources = self.sources.clone();
        let (loaded, failures) = self.load(&mut sources, std::slice::from_ref(input));
        let file = loaded.first().and_then(|loaded| sources.get(loaded.file)).cloned();
        match file {
            Some(file) => {
                let contract = Contract::read(&file, &mut Workspace::default().words, &self.given);
                Ok((file, contract))
            }
            None => Err((sources, failures)),
        }
    }

    fn assess(&self, file: &SourceFile, named: bool, breadth: Breadth, work: &mut Workspace) -> Outcome {
        let contract = Contract::read(file, &mut work.words, &self.given);
        let (taken, mistake) = self.taken(file, &contract);
        let in_front = taking::names_a_profile(&contract) && mistake.is_none();
        let insisted = in_front || (named && self.profile.is_some());
        if contract.facts.paper.kind == PaperKind::NotAContract && !insisted {
            return Outcome::LeftOut(Box::new(not_a_contract(file, &contract, self.profile.is_some())));
        }
        if !contract.facts.english && !insisted {
            return Outcome::LeftOut(Box::new(other_language(file, &contract)));
        }
        let nothing = Asking::default();
        let asking = self.asked.get(&taken.profile).unwrap_or(&nothing);
        let (document, reading, facts) = (&contract.document, &contract.reading, &contract.facts);
        let mut wanted = Cow::Borrowed(asking.rules.as_slice());
        if breadth == Breadth::Every {
            let others = (0..self.rules.rules.len()).filter(|rule| !asking.rules.contains(rule));
            wanted.to_mut().extend(others);
        }
        let coverage = assess::assess(document, reading, facts, &self.rules, &wanted, work);
        let mut findings = lint::lint(file, &coverage, &self.rules, &asking.asked);
        findings.extend(mistake);
        let proof =
            Proof::new(file, document, reading, &work.words, facts).with_catalogue(coverage.homes(document));
        findings.extend(proofread::proofread(&proof, &self.rules.checks));
        let checklists = checklist::check(&coverage, &self.rules, &self.packs);
        findings.extend(lint::lint_packs(file, &coverage, &checklists, &self.rules));
        let figures = position::find(file, document, reading, &coverage, &self.rules);
        let judged: Vec<Figure> =
            figures.iter().filter(|of| self.judges(of, &asking.asked)).cloned().collect();
        findings.extend(lint::lint_positions(file, &judged, &self.rules));
        Outcome::Assessed(Box::new(Assessed { coverage, taken, checklists, figures, findings }))
    }

    /// Whether a figure is a matter for findings: positions are those of a customer, and a clause that
    /// only a pack asks about is the pack's matter.
    fn judges(&self, figure: &Figure, asked: &Asked) -> bool {
        let is_of = |at: &usize| self.rules.rules.get(*at).is_some_and(|rule| rule.id == figure.clause);
        self.side == Side::Customer && asked.demands.iter().flat_map(|demand| &demand.rules).any(is_of)
    }

    /// Reads the inputs into the sources, in order; what cannot be read is a finding.
    fn load(&self, sources: &mut Sources, inputs: &[Input]) -> (Vec<Loaded>, Vec<Finding>) {
        let mut loaded = Vec::new();
        let mut failures = Vec::new();
        let paths: Vec<PathBuf> = inputs
            .iter()
            .filter_map(|input| match input {
                Input::Path(path) => Some(path.clone()),
                Input::Bytes(..) => None,
            })
            .collect();
        let (found, wrong) = discover::contracts(&paths);
        failures.extend(wrong);
        let contents: Vec<io::Result<Vec<u8>>> = found.par_iter().map(|file| fs::read(&file.path)).collect();
        for (file, bytes) in found.iter().zip(contents) {
            keep(sources, &file.shown, bytes, file.named, &mut loaded, &mut failures);
        }
        for input in inputs {
            if let Input::Bytes(name, bytes) = input {
                keep(sources, name, Ok(bytes.clone()), true, &mut loaded, &mut failures);
            }
        }
        (loaded, failures)
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

fn keep(
    sources: &mut Sources,
    shown: &str,
    bytes: io::Result<Vec<u8>>,
    named: bool,
    loaded: &mut Vec<Loaded>,
    failures: &mut Vec<Finding>,
) {
    match add(sources, shown, bytes) {
        Ok(file) => loaded.push(Loaded { file, named }),
        Err(finding) => failures.push(*finding),
    }
}

/// The path as shown and the text of a rule file; the file joins the sources only when it cannot
/// be read, to show why.
fn text_of(sources: &mut Sources, path: &Path) -> Result<(String, String), Box<Finding>> {
    let shown = discover::shown(path);
    let file = decoded(sources, &shown, fs::read(path))?;
    Ok((shown, file.text.to_string()))
}

/// Adds a file to the sources, or says why it cannot be read.
fn add(sources: &mut Sources, shown: &str, bytes: io::Result<Vec<u8>>) -> Result<FileId, Box<Finding>> {
    let file = decoded(sources, shown, bytes)?;
    let id = file.id;
    sources.push(file);
    Ok(id)
}

/// A file as text under the next number; one that cannot be read joins the sources, to show why.
fn decoded(
    sources: &mut Sources,
    shown: &str,
    bytes: io::Result<Vec<u8>>,
) -> Result<SourceFile, Box<Finding>> {
    let id = sources.next_id();
    match bytes.map(|bytes| decode::decode(id, shown, bytes)) {
        Ok(Ok(file)) => Ok(file),
        Ok(Err(undecodable)) => {
            sources.push(undecodable.file);
            Err(Box::new(undecodable.finding))
        }
        Err(error) => {
            sources.add(shown, "");
            Err(Box::new(unreadable(id, &error)))
        }
    }
}

fn unreadable(id: FileId, error: &io::Error) -> Finding {
    let message = match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "the file may not be read: permission denied".to_owned(),
        _ => format!("the file cannot be read: {error}"),
    };
    let anchor = Anchor::Document { insert_at: Span::new(id, 0..0) };
    Finding::new(Code::Unreadable, Severity::Error, message, anchor)
}

/// A contract that the rules cannot read, and would call empty of every clause.
fn other_language(file: &SourceFile, contract: &Contract) -> Finding {
    let title = contract.document.title.map(|title| contract.document.block(title).span);
    let anchor = title.map_or(Anchor::Document { insert_at: Span::new(file.id, 0..0) }, Anchor::Span);
    let message = "this contract is not in English";
    Finding::new(Code::OtherLanguage, Severity::Note, message, anchor)
        .note("the clause rules read English only: in another language every clause would seem missing")
        .help("if it is in English, name the file and add --profile outsourcing")
}

/// `insisted`: whether --profile was given, which holds for files that are named only.
fn not_a_contract(file: &SourceFile, contract: &Contract, insisted: bool) -> Finding {
    let paper = &contract.facts.paper;
    let anchor = Anchor::Document { insert_at: Span::new(file.id, 0..0) };
    let message = "this file is not read as a contract";
    let mut note = Finding::new(Code::NotAContract, Severity::Note, message, anchor);
    if let Some(span) = paper.evidence {
        note.anchor = Anchor::Span(span);
    }
    if !paper.reason.is_empty() {
        note = note.note(paper.reason.clone());
    }
    note.help(if insisted {
        "--profile holds for files that are named one by one, not for those found in a folder: if this \
         is a contract, name the file"
    } else {
        "if it is one, name the file and add --profile outsourcing"
    })
}
