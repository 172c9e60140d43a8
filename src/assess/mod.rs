//! (Document, Facts, RuleSet) -> Coverage: which clauses the contract holds, how strong each is,
//! and the proof of every verdict. Levels, wording of findings and files live further on.
//!
//! `scene` is one contract laid out for questions, `hits` finds the matches that count and those
//! that do not, `evidence` picks the best of them and their words, `nearest` looks for what came
//! closest where nothing counts.

mod evidence;
mod hits;
mod long;
mod merge;
mod nearest;
mod scene;
mod tally;

use crate::document::{ClauseId, Document, parse};
use crate::facts::{Facts, Given, Paper, Parties};
use crate::pattern::{Evaluation, Index, Lexicon, Scope, Scratch};
use crate::rule::{ClauseRule, RuleSet};
use crate::source::{FileId, SourceFile, Span};
use crate::token::Reading;
use crate::token::words::Words;

pub use crate::rule::Status;
pub use merge::merge;
pub use scene::titled;

use hits::Hits;
use scene::Scene;

/// What a worker keeps from document to document: words seen and what they match. Only ever used
/// with one rule set.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    /// The distinct words seen.
    pub words: Words,
    /// What each matches in the rule set's plan.
    pub lexicon: Lexicon,
    /// Memory of the last evaluation, used again.
    pub scratch: Scratch,
    /// Whether near misses are looked for only as far as findings show them.
    pub brief: bool,
}

/// A contract, read and assessed.
#[derive(Clone, Debug)]
pub struct Read {
    /// The tree of clauses.
    pub document: Document,
    /// The words in reading order.
    pub reading: Reading,
    /// What it says of its parties and its kind.
    pub facts: Facts,
    /// The verdicts.
    pub coverage: Coverage,
}

/// Reads a text and assesses it against every rule of a set: the whole way from source to coverage.
#[must_use]
pub fn read(source: &SourceFile, given: &Given, rules: &RuleSet, workspace: &mut Workspace) -> Read {
    let every: Vec<usize> = (0..rules.rules.len()).collect();
    read_for(source, given, rules, &every, workspace)
}

/// Reads a text and assesses it against some rules of a set, as indices.
#[must_use]
pub fn read_for(
    source: &SourceFile,
    given: &Given,
    rules: &RuleSet,
    wanted: &[usize],
    workspace: &mut Workspace,
) -> Read {
    let document = parse(source);
    let reading = Reading::new(&document, &mut workspace.words);
    let facts = Facts::find(&document, &reading, given);
    let coverage = assess(&document, &reading, &facts, rules, wanted, workspace);
    Read { document, reading, facts, coverage }
}

/// Assesses a contract against some rules of a set, as indices; the others cost next to nothing. One
/// far longer than contracts are is assessed in several stretches.
#[must_use]
pub fn assess(
    document: &Document,
    reading: &Reading,
    facts: &Facts,
    rules: &RuleSet,
    wanted: &[usize],
    workspace: &mut Workspace,
) -> Coverage {
    let contract = Contract { document, facts, rules, wanted, behind: nearest::behind(document) };
    let mut assess = |reading: &Reading| contract.assess(reading, workspace);
    let stretches = long::stretches(reading);
    let [first, rest @ ..] = stretches.as_slice() else { return assess(reading) };
    let mut whole = assess(&long::part(reading, first));
    for stretch in rest {
        merge::add(&mut whole, assess(&long::part(reading, stretch)));
    }
    merge::settle(&mut whole, rules);
    // What so long a text asked for is not kept for the next contract.
    workspace.scratch = Scratch::default();
    whole
}

/// A contract and what is asked of it.
struct Contract<'a> {
    document: &'a Document,
    facts: &'a Facts,
    rules: &'a RuleSet,
    /// The rules, as indices.
    wanted: &'a [usize],
    /// Where a missing clause goes in that comes close to nothing.
    behind: usize,
}

impl Contract<'_> {
    /// Assesses the words that are read.
    fn assess(&self, reading: &Reading, workspace: &mut Workspace) -> Coverage {
        let Self { document, facts, rules, wanted, behind } = *self;
        let index =
            Index::new(&rules.plan, &mut workspace.lexicon, &workspace.words, reading, &facts.parties);
        let scratch = std::mem::take(&mut workspace.scratch);
        let evaluation = Evaluation::reusing(scratch, &rules.plan, &index, reading, Scope::Body);
        let mut scene = Scene::new(document, reading, rules, evaluation, behind);
        let brief = workspace.brief;
        let wanted = wanted.iter().filter_map(|&at| rules.rules.get(at));
        let assessments = wanted.map(|rule| assess_rule(rule, brief, &mut scene)).collect();
        workspace.scratch = scene.into_scratch();
        Coverage {
            file: document.file,
            others: Vec::new(),
            title: document.title.map(|title| document.text(document.block(title)).to_owned()),
            paper: facts.paper.clone(),
            parties: facts.parties.clone(),
            clauses_read: document.clauses.len().saturating_sub(1),
            assessments,
        }
    }
}

fn assess_rule(rule: &ClauseRule, brief: bool, scene: &mut Scene<'_>) -> Assessment {
    let mut hits = vec![Hits::default(); rule.elements.len()];
    for &at in &rule.order {
        hits[at] = hits::find(&rule.elements[at], &hits, scene);
    }
    let titled = evidence::titled(rule, scene);
    let soft = evidence::soft(rule, &hits, scene);
    let mut elements: Vec<ElementResult> = Vec::with_capacity(hits.len());
    for (at, element) in rule.elements.iter().enumerate() {
        let evidence = evidence::best(&hits[at].proofs, &soft.sentences[at], &titled, scene);
        elements.push(ElementResult {
            id: element.id.to_string(),
            present: !hits[at].proofs.is_empty(),
            soft: evidence::all_soft(&hits[at].proofs, &soft.sentences[at], scene),
            evidence,
            nearest: None,
        });
    }
    let status = status(rule, &elements);
    let home = match status {
        Status::Missing => None,
        _ => evidence::home(rule, &elements, &titled, scene),
    };
    let sought = nearest::Sought { rule, hits: &hits, titled: &titled };
    let near = match status {
        Status::Strong => None,
        Status::Missing if brief => sought.closest(scene),
        // Without a home a finding says where the clause would go, as for a missing one.
        Status::Weak if brief && home.is_some() => {
            sought.first_lacking(&mut elements, scene);
            None
        }
        _ => sought.explain(status, &mut elements, scene),
    };
    let insert_at = nearest::insert_at(near.as_ref().map(|(_, clause)| *clause), scene);
    Assessment {
        clause: rule.id.clone(),
        status,
        home,
        elements,
        soft: soft.hits,
        nearest: near.map(|(miss, _)| miss).filter(|_| status == Status::Missing),
        insert_at,
    }
}

/// The verdict that the rule's formulas give.
fn status(rule: &ClauseRule, elements: &[ElementResult]) -> Status {
    let there = |at: usize| elements[at].present;
    let counts = |at: usize| elements[at].present && (rule.soft_counts || !elements[at].soft);
    if !rule.present.holds(&there) {
        Status::Missing
    } else if rule.strong.holds(&counts) {
        Status::Strong
    } else {
        Status::Weak
    }
}

/// What one contract says on each clause of a rule set.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// The file; the master's, when the contract has several.
    pub file: FileId,
    /// Its other files, such as schedules, in order; none for most contracts.
    pub others: Vec<FileId>,
    /// Its title, without a label.
    pub title: Option<String>,
    /// What kind of paper it is.
    pub paper: Paper,
    /// Its parties.
    pub parties: Parties,
    /// How many clauses of the contract were read.
    pub clauses_read: usize,
    /// One assessment a rule, in the order in which the rules were asked for.
    pub assessments: Vec<Assessment>,
}

impl Coverage {
    /// The files of the contract, the master's first.
    pub fn files(&self) -> impl Iterator<Item = FileId> {
        std::iter::once(self.file).chain(self.others.iter().copied())
    }

    /// The units of a contract of one file that hold what the rules ask for, or come closest to it, each once, in
    /// order.
    #[must_use]
    pub fn homes(&self, document: &Document) -> Vec<ClauseId> {
        let mut homes = Vec::new();
        for assessment in &self.assessments {
            homes.extend(assessment.home.as_ref().map(|home| home.clause));
            let evidence = assessment.elements.iter().flat_map(|element| &element.evidence);
            homes.extend(evidence.map(|evidence| document.unit_of(evidence.clause)));
            let missed =
                assessment.nearest.iter().chain(assessment.elements.iter().flat_map(|of| &of.nearest));
            homes.extend(
                missed
                    .filter_map(|miss| document.clause_at(miss.span.start()))
                    .map(|of| document.unit_of(of)),
            );
        }
        homes.sort_unstable();
        homes.dedup();
        // The document itself is no clause.
        homes.retain(|&home| home != ClauseId::default());
        homes
    }
}

/// The verdict on one clause.
#[derive(Clone, Debug)]
pub struct Assessment {
    /// The rule's id: `exit-transition`.
    pub clause: String,
    /// The verdict.
    pub status: Status,
    /// The clause of the contract that carries most of the evidence; none when missing.
    pub home: Option<Place>,
    /// The elements, in the order of the rule.
    pub elements: Vec<ElementResult>,
    /// Wording that empties a duty: which soft pattern, where.
    pub soft: Vec<SoftHit>,
    /// For a missing clause: the closest text and what it lacks, and where a clause would go.
    pub nearest: Option<NearMiss>,
    /// Where a missing clause would go in: an empty span.
    pub insert_at: Span,
}

/// A clause of the contract with its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The clause in the document.
    pub clause: ClauseId,
    /// Its title line or first words.
    pub head: Span,
    /// As a reader cites it: "12.3(b)"; empty when nothing is labelled.
    pub citation: String,
}

/// Whether an element is there, with the proof.
#[derive(Clone, Debug)]
pub struct ElementResult {
    /// The element's id: `assistance`.
    pub id: String,
    /// Whether it is there.
    pub present: bool,
    /// The best places that show it, best first; empty when it is not there.
    pub evidence: Vec<Evidence>,
    /// Whether all the evidence stands under wording that empties it.
    pub soft: bool,
    /// When it is not there: the closest text. See [`Workspace::brief`].
    pub nearest: Option<NearMiss>,
}

/// Words that show an element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The words.
    pub span: Span,
    /// The sentence around them, to be read by itself; a long one is cut at words.
    pub quote: Span,
    /// The clause that they stand in.
    pub clause: ClauseId,
    /// That clause as a reader cites it; empty when nothing is labelled.
    pub citation: String,
}

/// Text that comes close and what it lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NearMiss {
    /// The text.
    pub span: Span,
    /// The clause that it stands in, as a reader cites it.
    pub citation: String,
    /// What it lacks, as it reads after "but": "nothing here binds the supplier"; lower case, no
    /// full stop.
    pub lacks: String,
    /// Whether that tells a reader something who does not know the patterns: a duty that is denied,
    /// a period that is not stated.
    pub telling: bool,
    /// Whether such a reader understands it at all: words that a pattern wants are not for him.
    pub plain: bool,
}

/// Wording that empties a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SoftHit {
    /// The soft pattern's name in the rule.
    pub name: String,
    /// The words.
    pub span: Span,
    /// Why they empty the duty.
    pub message: String,
}
