//! One contract, whole: its files are read, assessed and proofread, and what they say together is held
//! against what is asked of it.

use std::borrow::Cow;

use super::desk::Desk;
use super::rulebook::Asking;
use super::waiving::waive;
use super::{front, links, read::Contract};
use crate::assess::{self, Coverage, Workspace};
use crate::checklist::{self, Checklist};
use crate::document::ClauseId;
use crate::facts::{Given, PaperKind, Parties, Role};
use crate::finding::{self, Anchor, Code, Finding, Severity};
use crate::lint;
use crate::position::{self, Figure};
use crate::proofread::{self, Proof};
use crate::rule::{Asked, RuleSet, Side};
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::triage::{Suppressed, Taken, levels};

/// What there is to say of one contract.
pub(super) struct Judged {
    pub(super) coverage: Coverage,
    pub(super) taken: Taken,
    pub(super) checklists: Vec<Checklist>,
    pub(super) figures: Vec<Figure>,
    pub(super) findings: Suppressed,
}

/// How much is said of a contract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Breadth {
    /// What findings show of the clauses that are asked for.
    Findings,
    /// All there is to say of the clauses that are asked for.
    Asked,
    /// All there is to say of every clause.
    Every,
}

/// What became of one contract.
pub(super) enum Outcome {
    Judged(Box<Judged>),
    LeftOut(FileId, Box<Finding>),
}

/// A file of a contract, as it was read.
struct Part<'a> {
    file: &'a SourceFile,
    contract: Contract,
}

/// Judges a contract, given by its files, the master's first. `named`: whether the user named the
/// master itself.
pub(super) fn judge(
    desk: &Desk,
    files: &[&SourceFile],
    named: bool,
    sources: &Sources,
    breadth: Breadth,
    work: &mut Workspace,
) -> Option<Outcome> {
    let parts = read(files, &desk.given, work);
    let master = parts.first()?;
    let (taken, mistake) = desk.taken(master.file, &master.contract);
    let in_front = front::profile(&master.contract.document).is_some() && mistake.is_none();
    let insisted = in_front || files.len() > 1 || (named && desk.profile.is_some());
    if let Some(note) = left_out(master, insisted, desk.profile.is_some()) {
        return Some(Outcome::LeftOut(master.file.id, Box::new(note)));
    }
    let nothing = Asking::default();
    let asking = desk.book.asked.get(&taken.profile).unwrap_or(&nothing);
    let (coverage, figures, homes) = assess(desk, asking, &parts, breadth, work)?;
    let rules: &RuleSet = &desk.book.rules;
    let mut findings = lint::lint(sources, &coverage, rules, &asking.asked);
    findings.extend(mistake);
    findings.extend(parts.iter().flat_map(|part| front::unknown_keys(&part.contract.document)));
    findings.extend(proofread(&parts, homes, rules, work));
    let checklists = checklist::check(&coverage, rules, &desk.book.packs);
    findings.extend(lint::lint_packs(&coverage, &checklists, rules));
    let judged: Vec<Figure> = figures.iter().filter(|of| judges(desk, of, &asking.asked)).cloned().collect();
    findings.extend(lint::lint_positions(sources, &judged, rules));
    finding::tell_apart(&mut findings);
    let findings = levels::apply(findings, &desk.settings, rules);
    let files = parts.iter().map(|part| (part.file, &part.contract.document));
    let findings = waive(files, findings, desk, asking, desk.today);
    Some(Outcome::Judged(Box::new(Judged { coverage, taken, checklists, figures, findings })))
}

/// Reads the files of a contract. The master says who the parties are; a schedule seldom does.
fn read<'a>(files: &[&'a SourceFile], given: &Given, work: &mut Workspace) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::with_capacity(files.len());
    for &file in files {
        let known = parts.first().map(|master| with_parties(given, &master.contract.facts.parties));
        let contract = Contract::read(file, &mut work.words, known.as_ref().unwrap_or(given));
        parts.push(Part { file, contract });
    }
    parts
}

/// The names that the user gives, with those that the master gives.
fn with_parties(given: &Given, parties: &Parties) -> Given {
    let mut given = given.clone();
    if !parties.roles_known {
        return given;
    }
    let names =
        |role| parties.parties.iter().filter(move |party| party.role == role).flat_map(|one| &one.names);
    for (names, own) in
        [(names(Role::Customer), &mut given.customer), (names(Role::Supplier), &mut given.supplier)]
    {
        let fresh: Vec<String> = names.filter(|name| !own.contains(name)).cloned().collect();
        own.extend(fresh);
    }
    given
}

/// What a file is told when it is not assessed.
fn left_out(master: &Part<'_>, insisted: bool, profile_given: bool) -> Option<Finding> {
    let facts = &master.contract.facts;
    if insisted {
        None
    } else if facts.paper.kind == PaperKind::NotAContract {
        Some(not_a_contract(master.file, &master.contract, profile_given))
    } else if !facts.english {
        Some(other_language(master.file, &master.contract))
    } else {
        None
    }
}

/// The coverage of a contract, the figures that it states, and for each file the units that hold what
/// was looked for.
fn assess(
    desk: &Desk,
    asking: &Asking,
    parts: &[Part<'_>],
    breadth: Breadth,
    work: &mut Workspace,
) -> Option<(Coverage, Vec<Figure>, Vec<Vec<ClauseId>>)> {
    let rules: &RuleSet = &desk.book.rules;
    let mut wanted = Cow::Borrowed(asking.rules.as_slice());
    if breadth == Breadth::Every {
        let others = (0..rules.rules.len()).filter(|rule| !asking.rules.contains(rule));
        wanted.to_mut().extend(others);
    }
    let (mut coverages, mut figures, mut homes) = (Vec::with_capacity(parts.len()), Vec::new(), Vec::new());
    for part in parts {
        let Contract { document, reading, facts } = &part.contract;
        let coverage = assess::assess(document, reading, facts, rules, &wanted, work);
        figures.push(position::find(part.file, document, reading, &coverage, rules));
        homes.push(coverage.homes(document));
        coverages.push((name_of(part.file), coverage));
    }
    let coverage = assess::merge(coverages, rules)?;
    let master = coverage.file;
    let names = parts.iter().map(|part| name_of(part.file)).collect::<Vec<_>>();
    Some((coverage, position::best(figures, &names, master), homes))
}

/// The name of a file by which a reader knows it.
fn name_of(file: &SourceFile) -> String {
    file.path.rsplit(['/', '\\']).next().unwrap_or(&file.path).to_owned()
}

/// The slips in the files of a contract.
fn proofread(
    parts: &[Part<'_>],
    homes: Vec<Vec<ClauseId>>,
    rules: &RuleSet,
    work: &Workspace,
) -> Vec<Finding> {
    let mut proofs = Vec::with_capacity(parts.len());
    for (part, homes) in parts.iter().zip(homes) {
        let Contract { document, reading, facts } = &part.contract;
        let proof = Proof::new(part.file, document, reading, &work.words, facts);
        proofs.push(proof.with_catalogue(homes).with_lost_links(links::lost(part.file, document)));
    }
    proofread::proofread_files(&proofs, &rules.checks)
}

/// Whether a figure is a matter for findings: positions are those of a customer, and a clause that
/// only a pack asks about is the pack's matter.
fn judges(desk: &Desk, figure: &Figure, asked: &Asked) -> bool {
    let is_of = |at: &usize| desk.book.rules.rules.get(*at).is_some_and(|rule| rule.id == figure.clause);
    desk.book.side == Side::Customer && asked.demands.iter().flat_map(|demand| &demand.rules).any(is_of)
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
