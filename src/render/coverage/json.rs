//! `coverage --format json`: a format of its own, versioned, never a dump of internal types.

use schemars::JsonSchema;
use serde::Serialize;

use super::{is_core, left_out, of_file, paper_name, role_name, side_name};
use crate::assess::{Assessment, Coverage, ElementResult, NearMiss, Status};
use crate::render::figures::{self, JsonFigure};
use crate::render::json::{JsonPosition, Tool, located, to_json};
use crate::render::packs::{self, JsonPack};
use crate::rule::RuleSet;
use crate::source::{FileId, Sources, Span};
use crate::triage::Report;

/// What `clauselint coverage --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "clauselint coverage")]
#[serde(deny_unknown_fields)]
pub struct CoverageJson {
    /// Version of this format; a change that breaks a reader raises it.
    version: u32,
    tool: Tool,
    /// For whom the contracts were judged: "customer" or "supplier".
    #[serde(rename = "for")]
    side: &'static str,
    /// One entry a file that was assessed, in order.
    contracts: Vec<JsonContract>,
    /// Files that were not assessed because they hold no contract.
    left_out: Vec<JsonLeftOut>,
}

/// A file that was not assessed.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonLeftOut {
    /// The file, as it was given.
    path: String,
    /// Why it was not taken for a contract.
    reason: String,
}

/// What one contract covers.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonContract {
    /// The file, as it was given; the master, when the contract has several.
    path: String,
    /// All files of the contract, the master first.
    files: Vec<String>,
    /// What kind of paper it was taken for.
    paper: JsonPaper,
    /// The profile that it was held against.
    profile: JsonProfile,
    /// The parties found, customers first, then suppliers.
    parties: Vec<JsonParty>,
    /// Whether customer and supplier could be told apart.
    roles_known: bool,
    /// How many clauses of the contract were read.
    clauses_read: usize,
    /// One entry a clause, first those that the profile asks for, in its order; only those where a
    /// profile was named on the command line.
    clauses: Vec<JsonClause>,
    /// One entry a pack that was asked for.
    packs: Vec<JsonPack>,
}

/// What kind of paper a file was taken for, and why.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::render) struct JsonPaper {
    kind: String,
    reason: String,
}

impl JsonPaper {
    pub(in crate::render) fn of(coverage: &Coverage) -> Self {
        let paper = &coverage.paper;
        Self { kind: paper_name(paper.kind).to_owned(), reason: paper.reason.clone() }
    }
}

/// The profile that a contract was held against, and why.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(in crate::render) struct JsonProfile {
    /// Its name: "outsourcing".
    name: String,
    reason: String,
}

impl JsonProfile {
    pub(in crate::render) fn of(coverage: &Coverage, report: &Report) -> Self {
        let taken = report.taken_for(coverage.file);
        taken
            .map(|taken| Self { name: taken.profile.clone(), reason: taken.reason.clone() })
            .unwrap_or_default()
    }
}

/// A party with its role.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonParty {
    /// "customer", "supplier" or "other".
    role: String,
    /// What the contract calls it.
    names: Vec<String>,
}

/// The verdict on one clause.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonClause {
    /// The rule's id: "exit-transition".
    id: String,
    title: String,
    /// Whether the profile asks for it.
    asked: bool,
    status: JsonStatus,
    /// The clause of the contract that carries most of it; null when missing.
    span: Option<JsonSpan>,
    /// That clause as the contract numbers it; empty when it has no number.
    citation: Option<String>,
    elements: Vec<JsonElement>,
    /// For a missing clause: the closest text.
    nearest: Option<JsonNear>,
}

/// How a clause stands.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum JsonStatus {
    Missing,
    Weak,
    Strong,
}

/// Whether an element is there, with the proof.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonElement {
    id: String,
    title: String,
    present: bool,
    /// Whether a strong clause needs it.
    core: bool,
    /// Whether all its evidence stands under wording that empties it.
    soft: bool,
    /// The places that show it, best first.
    evidence: Vec<JsonEvidence>,
    /// When it is not there: the closest text.
    nearest: Option<JsonNear>,
    /// The figure that it states, when the rule has a position on it and one was read.
    figure: Option<JsonFigure>,
}

/// A range of text.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonSpan {
    /// The file that it lies in: one of the contract's.
    path: String,
    start: JsonPosition,
    end: JsonPosition,
}

/// Words that show an element.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonEvidence {
    /// The file that they stand in: one of the contract's.
    path: String,
    start: JsonPosition,
    end: JsonPosition,
    /// The sentence that shows the element, to be read by itself; a long one is cut at words.
    text: String,
    /// The very words in it.
    words: JsonSpan,
    /// The clause that they stand in, as the contract numbers it.
    citation: String,
}

/// Text that comes close and what it lacks.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonNear {
    /// The file that it stands in: one of the contract's.
    path: String,
    start: JsonPosition,
    end: JsonPosition,
    citation: String,
    lacks: String,
}

/// What contracts cover, as JSON that ends with a line feed.
#[must_use]
pub fn json(report: &Report, rules: &RuleSet) -> String {
    let contract = |coverage: &Coverage| json_contract(coverage, report, rules);
    to_json(&CoverageJson {
        version: 1,
        tool: Tool::this(),
        side: side_name(report.side),
        contracts: report.coverages.iter().filter_map(contract).collect(),
        left_out: left_out(report)
            .map(|(path, reason)| JsonLeftOut { path: path.to_owned(), reason })
            .collect(),
    })
}

fn json_contract(coverage: &Coverage, report: &Report, rules: &RuleSet) -> Option<JsonContract> {
    let sources = &report.sources;
    let file = sources.get(coverage.file)?;
    let taken = report.taken_for(coverage.file);
    let is_asked = |id: &str| taken.is_some_and(|taken| taken.asks.iter().any(|asked| asked == id));
    let rules = report.rules_of(coverage.file).unwrap_or(rules);
    Some(JsonContract {
        path: file.path.clone(),
        files: coverage.files().filter_map(|file| Some(sources.get(file)?.path.clone())).collect(),
        paper: JsonPaper::of(coverage),
        profile: JsonProfile::of(coverage, report),
        parties: coverage
            .parties
            .parties
            .iter()
            .map(|party| JsonParty { role: role_name(party.role).to_owned(), names: party.names.clone() })
            .collect(),
        roles_known: coverage.parties.roles_known,
        clauses_read: coverage.clauses_read,
        clauses: coverage
            .assessments
            .iter()
            .map(|of| json_clause(of, is_asked(&of.clause), report, coverage.file, rules))
            .collect(),
        packs: of_file(report, coverage).filter_map(|list| packs::json(list, sources, rules)).collect(),
    })
}

fn json_clause(
    assessment: &Assessment,
    asked: bool,
    report: &Report,
    file: FileId,
    rules: &RuleSet,
) -> JsonClause {
    let sources = &report.sources;
    let rule = rules.get(&assessment.clause);
    JsonClause {
        id: assessment.clause.clone(),
        title: rule.map(|rule| rule.title.clone()).unwrap_or_default(),
        asked,
        status: match assessment.status {
            Status::Missing => JsonStatus::Missing,
            Status::Weak => JsonStatus::Weak,
            Status::Strong => JsonStatus::Strong,
        },
        span: assessment.home.as_ref().and_then(|home| json_span(home.head, sources)),
        citation: assessment.home.as_ref().map(|home| home.citation.clone()),
        elements: assessment
            .elements
            .iter()
            .map(|element| {
                let data = rule.and_then(|rule| rule.elements.get(rule.element(&element.id)?));
                JsonElement {
                    id: element.id.clone(),
                    title: data.map(|data| data.title.to_string()).unwrap_or_default(),
                    present: element.present,
                    core: rule.is_some_and(|rule| is_core(rule, &element.id)),
                    soft: element.soft,
                    evidence: json_evidence(element, sources),
                    nearest: element.nearest.as_ref().and_then(|near| json_near(near, sources)),
                    figure: figures::json(report, file, &assessment.clause, &element.id, rules),
                }
            })
            .collect(),
        nearest: assessment.nearest.as_ref().and_then(|near| json_near(near, sources)),
    }
}

fn json_span(span: Span, sources: &Sources) -> Option<JsonSpan> {
    located(span, sources).map(|(path, start, end)| JsonSpan { path: path.to_owned(), start, end })
}

fn json_evidence(element: &ElementResult, sources: &Sources) -> Vec<JsonEvidence> {
    let evidence = |evidence: &crate::assess::Evidence| {
        let (path, start, end) = located(evidence.quote, sources)?;
        let text = sources.get(evidence.quote.file())?.slice(evidence.quote).to_owned();
        let words = json_span(evidence.span, sources)?;
        Some(JsonEvidence {
            path: path.to_owned(),
            start,
            end,
            text,
            words,
            citation: evidence.citation.clone(),
        })
    };
    element.evidence.iter().filter_map(evidence).collect()
}

fn json_near(near: &NearMiss, sources: &Sources) -> Option<JsonNear> {
    let (path, start, end) = located(near.span, sources)?;
    Some(JsonNear {
        path: path.to_owned(),
        start,
        end,
        citation: near.citation.clone(),
        lacks: near.lacks.clone(),
    })
}
