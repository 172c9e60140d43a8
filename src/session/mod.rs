//! The one entry for every front end: rules and wishes once, then contracts -> [`Report`].
//!
//! Reads files, in parallel, and keeps their order. Words of findings, formats and exit codes
//! live elsewhere.

mod decode;
mod discover;
mod illustrate;
mod read;
mod search;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

pub use read::Contract;

use crate::assess::{self, Coverage, Workspace};
use crate::facts::{Given, PaperKind};
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::lint;
use crate::rule::RuleSet;
use crate::selftest::{self, SelfTest};
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::triage::Report;

/// A kind of contract that the user says a file is, whatever it looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Profile {
    /// A contract by which a customer has services performed by a supplier.
    Outsourcing,
}

/// What the user asks of a session.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Folders with rules of the user's own; a rule replaces a built-in one of the same id, a
    /// vocabulary.toml the built-in vocabulary.
    pub rules: Vec<PathBuf>,
    /// The parties as the user names them.
    pub given: Given,
    /// What the user says the files are.
    pub profile: Option<Profile>,
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
    /// Paths of the user's own rule files.
    own: Vec<String>,
    given: Given,
    profile: Option<Profile>,
}

/// A file whose text is in the sources.
#[derive(Clone, Copy, Debug)]
struct Loaded {
    file: FileId,
    /// Whether the user named this very file.
    named: bool,
}

/// What became of one contract.
enum Outcome {
    Assessed(Box<Coverage>, Vec<Finding>),
    NotAContract(Box<Finding>),
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
        let own = files.iter().map(|(path, _)| path.clone()).collect();
        let (rules, wrong) = RuleSet::load(&mut sources, files);
        problems.extend(wrong);
        Self { rules, sources, problems, own, given: options.given, profile: options.profile }
    }

    /// The rules in use.
    #[must_use]
    pub const fn rules(&self) -> &RuleSet {
        &self.rules
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
        let all = self.own.is_empty();
        selftest::run(&self.rules, |rule| all || self.own.contains(&rule.path))
    }

    /// Assesses contracts for their findings; the coverages hold no near misses besides those that
    /// findings show.
    #[must_use]
    pub fn check(&self, inputs: &[Input]) -> Report {
        self.assess_all(inputs, true)
    }

    /// Assesses contracts for all that there is to say of each element.
    #[must_use]
    pub fn survey(&self, inputs: &[Input]) -> Report {
        self.assess_all(inputs, false)
    }

    fn assess_all(&self, inputs: &[Input], brief: bool) -> Report {
        let mut sources = self.sources.clone();
        let (loaded, failures) = self.load(&mut sources, inputs);
        let workspace = || Workspace { brief, ..Workspace::default() };
        let outcomes: Vec<Option<Outcome>> = loaded
            .par_iter()
            .map_init(workspace, |work, input| {
                sources.get(input.file).map(|file| self.assess(file, input.named, work))
            })
            .collect();
        let mut report = Report { sources, failures, rules: self.rules.rules.len(), ..Report::default() };
        report.failures.splice(0..0, self.problems.iter().cloned());
        for (input, outcome) in loaded.iter().zip(outcomes) {
            match outcome {
                Some(Outcome::Assessed(coverage, findings)) => {
                    report.coverages.push(*coverage);
                    report.findings.extend(findings);
                }
                Some(Outcome::NotAContract(note)) => {
                    report.not_contracts.push(input.file);
                    report.findings.push(*note);
                }
                None => {}
            }
        }
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

    fn assess(&self, file: &SourceFile, named: bool, work: &mut Workspace) -> Outcome {
        let contract = Contract::read(file, &mut work.words, &self.given);
        let insisted = named && self.profile.is_some();
        if contract.facts.paper.kind == PaperKind::NotAContract && !insisted {
            return Outcome::NotAContract(Box::new(not_a_contract(file, &contract)));
        }
        let coverage =
            assess::assess(&contract.document, &contract.reading, &contract.facts, &self.rules, work);
        let findings = lint::lint(file, &coverage, &self.rules);
        Outcome::Assessed(Box::new(coverage), findings)
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
    let id = sources.next_id();
    match fs::read(path).map(|bytes| decode::decode(id, &shown, bytes)) {
        Ok(Ok(file)) => Ok((shown, file.text.to_string())),
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

/// Adds a file to the sources, or says why it cannot be read.
fn add(sources: &mut Sources, shown: &str, bytes: io::Result<Vec<u8>>) -> Result<FileId, Box<Finding>> {
    let id = sources.next_id();
    match bytes.map(|bytes| decode::decode(id, shown, bytes)) {
        Ok(Ok(file)) => {
            sources.push(file);
            Ok(id)
        }
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

fn not_a_contract(file: &SourceFile, contract: &Contract) -> Finding {
    let paper = &contract.facts.paper;
    let anchor = Anchor::Document { insert_at: Span::new(file.id, 0..0) };
    let message = "not read as a contract";
    let mut note = Finding::new(Code::NotAContract, Severity::Note, message, anchor);
    if let Some(span) = paper.evidence {
        note.anchor = Anchor::Span(span);
    }
    if !paper.reason.is_empty() {
        note = note.note(paper.reason.clone());
    }
    note.help("if it is one, name the file and add --profile outsourcing")
}
