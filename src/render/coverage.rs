//! `coverage`: what each contract says on each clause, as a table and as JSON.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use super::figures::{self, JsonFigure};
use super::json::{JsonPosition, Tool, located, to_json};
use super::packs::{self, JsonPack};
use super::text::against;
use super::visible::{visible, wrap};
use crate::assess::{Assessment, Coverage, ElementResult, NearMiss, Status};
use crate::checklist::Checklist;
use crate::facts::{PaperKind, Parties, Role};
use crate::rule::{ClauseRule, RuleSet, Side};
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::triage::{Report, counted};

/// The widest table line, in characters.
const WIDTH: usize = 110;

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
    /// The file, as it was given.
    path: String,
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
    /// One entry a clause that the profile asks for, in its order; with the profile "all" every clause.
    clauses: Vec<JsonClause>,
    /// One entry a pack that was asked for.
    packs: Vec<JsonPack>,
}

/// What kind of paper a file was taken for, and why.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JsonPaper {
    kind: String,
    reason: String,
}

impl JsonPaper {
    pub(super) fn of(coverage: &Coverage) -> Self {
        let paper = &coverage.paper;
        Self { kind: paper_name(paper.kind).to_owned(), reason: paper.reason.clone() }
    }
}

/// The profile that a contract was held against, and why.
#[derive(Debug, Default, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JsonProfile {
    /// Its name: "outsourcing".
    name: String,
    reason: String,
}

impl JsonProfile {
    pub(super) fn of(coverage: &Coverage, report: &Report) -> Self {
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
    start: JsonPosition,
    end: JsonPosition,
}

/// Words that show an element.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonEvidence {
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

/// The files that hold no contract, with the reason.
fn left_out(report: &Report) -> impl Iterator<Item = (&str, String)> {
    report.left_out.iter().filter_map(|&file| {
        let path = &report.sources.get(file)?.path;
        let reason = report.of_file(file).flat_map(|note| &note.notes).next();
        Some((path.as_str(), reason.cloned().unwrap_or_default()))
    })
}

fn json_contract(coverage: &Coverage, report: &Report, rules: &RuleSet) -> Option<JsonContract> {
    let sources = &report.sources;
    let file = sources.get(coverage.file)?;
    Some(JsonContract {
        path: file.path.clone(),
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
            .map(|of| json_clause(of, report, coverage.file, rules))
            .collect(),
        packs: of_file(report, coverage).filter_map(|list| packs::json(list, sources, rules)).collect(),
    })
}

/// The checklists of one contract.
fn of_file<'a>(report: &'a Report, coverage: &Coverage) -> impl Iterator<Item = &'a Checklist> {
    let file = coverage.file;
    report.checklists.iter().filter(move |list| list.file == file)
}

fn json_clause(assessment: &Assessment, report: &Report, file: FileId, rules: &RuleSet) -> JsonClause {
    let sources = &report.sources;
    let rule = rules.get(&assessment.clause);
    JsonClause {
        id: assessment.clause.clone(),
        title: rule.map(|rule| rule.title.clone()).unwrap_or_default(),
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
                    title: data.map(|data| data.title.clone()).unwrap_or_default(),
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
    located(span, sources).map(|(_, start, end)| JsonSpan { start, end })
}

fn json_evidence(element: &ElementResult, sources: &Sources) -> Vec<JsonEvidence> {
    let evidence = |evidence: &crate::assess::Evidence| {
        let (_, start, end) = located(evidence.quote, sources)?;
        let text = sources.get(evidence.quote.file())?.slice(evidence.quote).to_owned();
        let words = json_span(evidence.span, sources)?;
        Some(JsonEvidence { start, end, text, words, citation: evidence.citation.clone() })
    };
    element.evidence.iter().filter_map(evidence).collect()
}

fn json_near(near: &NearMiss, sources: &Sources) -> Option<JsonNear> {
    let (_, start, end) = located(near.span, sources)?;
    Some(JsonNear { start, end, citation: near.citation.clone(), lacks: near.lacks.clone() })
}

/// What contracts cover, as one table a contract.
#[must_use]
pub fn table(report: &Report, rules: &RuleSet) -> String {
    let mut out = String::new();
    for coverage in &report.coverages {
        if let Some(file) = report.sources.get(coverage.file) {
            let _ = writeln!(out, "{}\n", header(coverage, file, report));
            one_table(&mut out, coverage, file, rules);
            out.push_str(&figures::lines(report, file, rules));
            out.push('\n');
            for list in of_file(report, coverage) {
                out.push_str(&packs::table(list, &report.sources, rules));
            }
        }
    }
    for (path, reason) in left_out(report) {
        let _ = writeln!(out, "{} · left out: {}", visible(path), visible(&reason));
    }
    let _ = writeln!(out, "{}", summary(report));
    out
}

/// The line that ends every run: what was read, and how its clauses stand.
fn summary(report: &Report) -> String {
    let standing = |status| {
        report.coverages.iter().flat_map(|of| &of.assessments).filter(|of| of.status == status).count()
    };
    report.summary_of(&format!(
        "{} strong, {} weak, {} missing",
        standing(Status::Strong),
        standing(Status::Weak),
        standing(Status::Missing)
    ))
}

fn one_table(out: &mut String, coverage: &Coverage, file: &SourceFile, rules: &RuleSet) {
    let rows: Vec<[String; 4]> = coverage.assessments.iter().map(|of| row(of, file, rules)).collect();
    let heads = ["clause", "status", "found", "lacking"].map(str::to_owned);
    let width = |column: usize| {
        let widest = rows.iter().chain([&heads]).map(|row| row[column].chars().count()).max();
        widest.unwrap_or(0)
    };
    let (first, second) = (width(0), width(1));
    let rest = WIDTH.saturating_sub(first + second + 8);
    let fourth = width(3).min(rest * 2 / 5).max(16);
    let third = width(2).min(rest.saturating_sub(fourth)).max(16);
    for cells in [&heads].into_iter().chain(&rows) {
        let found = wrap(&cells[2], third);
        let lacking = wrap(&cells[3], fourth);
        for line in 0..found.len().max(lacking.len()) {
            let at = |lines: &[String]| lines.get(line).cloned().unwrap_or_default();
            let (a, b) = if line == 0 { (cells[0].as_str(), cells[1].as_str()) } else { ("", "") };
            let text = format!("  {a:first$}  {b:second$}  {:third$}  {}", at(&found), at(&lacking));
            let _ = writeln!(out, "{}", text.trim_end());
        }
    }
    let count = |status| coverage.assessments.iter().filter(|of| of.status == status).count();
    let _ = writeln!(
        out,
        "\n  {}: {} strong, {} weak, {} missing",
        counted(coverage.assessments.len(), "clause"),
        count(Status::Strong),
        count(Status::Weak),
        count(Status::Missing)
    );
}

/// The path, the kind of paper and why, the profile, and the parties. The reason is given once when
/// the profile follows from the kind.
fn header(coverage: &Coverage, file: &SourceFile, report: &Report) -> String {
    let paper = &coverage.paper;
    let mut parts = vec![visible(&file.path).into_owned()];
    match report.taken_for(coverage.file) {
        Some(taken) if taken.reason != paper.reason => {
            parts.push(format!("{}{}", paper_name(paper.kind), because(&paper.reason)));
            parts.push(against(taken, report.side));
        }
        Some(taken) => {
            parts.push(paper_name(paper.kind).to_owned());
            parts.push(against(taken, report.side));
        }
        None => parts.push(format!("{}{}", paper_name(paper.kind), because(&paper.reason))),
    }
    parts.push(parties_line(&coverage.parties));
    parts.join(" · ")
}

fn because(reason: &str) -> String {
    if reason.is_empty() { String::new() } else { format!(" ({})", visible(reason)) }
}

/// "customer: Northgate plc · supplier: Helix Ltd"; says so when the roles could not be told.
fn parties_line(parties: &Parties) -> String {
    if !parties.roles_known {
        return "customer and supplier could not be told apart".to_owned();
    }
    let named = |role: Role| {
        let names: Vec<String> = parties
            .parties
            .iter()
            .filter(|party| party.role == role)
            .filter_map(|party| display_name(&party.names))
            .collect();
        if names.is_empty() { "not named".to_owned() } else { names.join(", ") }
    };
    format!("customer: {} · supplier: {}", named(Role::Customer), named(Role::Supplier))
}

/// The name of a party that says most: they stand best first.
fn display_name(names: &[String]) -> Option<String> {
    names.first().map(|name| visible(name).into_owned())
}

fn row(assessment: &Assessment, file: &SourceFile, rules: &RuleSet) -> [String; 4] {
    let rule = rules.get(&assessment.clause);
    let found: Vec<String> = assessment
        .elements
        .iter()
        .filter(|element| element.present)
        .map(|element| found_cell(element, rule, file))
        .collect();
    let lacking = rule.map(|rule| lacking(rule, assessment)).unwrap_or_default();
    let status = assessment.status.name().to_owned();
    [spoken_clause(&assessment.clause), status, found.join(", "), lacking.join(", ")]
}

/// What lacks for the clause to be strong; alternatives are joined by "or".
fn lacking(rule: &ClauseRule, assessment: &Assessment) -> Vec<String> {
    let counts = |at: usize| {
        assessment
            .elements
            .get(at)
            .is_some_and(|element| element.present && (rule.soft_counts || !element.soft))
    };
    let name = |&at: &usize| {
        rule.elements.get(at).map_or_else(String::new, |element| visible(&element.name).into_owned())
    };
    let groups = rule.strong.lacking(&counts);
    let named = |group: &Vec<usize>| group.iter().map(name).collect::<Vec<_>>().join(" or ");
    // What is there in soft words only must not read as absent.
    let soft =
        |group: &Vec<usize>| group.iter().any(|&at| assessment.elements.get(at).is_some_and(|of| of.present));
    groups
        .iter()
        .map(|group| if soft(group) { format!("{} in firm words", named(group)) } else { named(group) })
        .collect()
}

/// Whether a strong clause needs this element.
fn is_core(rule: &ClauseRule, id: &str) -> bool {
    rule.element(id).is_some_and(|index| rule.strong.elements().contains(&index))
}

fn found_cell(element: &ElementResult, rule: Option<&ClauseRule>, file: &SourceFile) -> String {
    let data = rule.and_then(|rule| rule.elements.get(rule.element(&element.id)?));
    let name = data.map_or(element.id.as_str(), |data| data.name.as_str());
    let soft = if element.soft { " (soft)" } else { "" };
    let place = element.evidence.first().map(|best| {
        if best.citation.is_empty() {
            format!(" (line {})", file.position(best.span.start()).line)
        } else {
            format!(" {}", visible(&best.citation))
        }
    });
    format!("{}{}{soft}", visible(name), place.unwrap_or_default())
}

/// A clause's id as people say it; abbreviations of the trade in capitals.
fn spoken_clause(id: &str) -> String {
    let capital = |word: &str| match word {
        "sla" => "SLA".to_owned(),
        "ip" => "IP".to_owned(),
        word => word.to_owned(),
    };
    visible(id).split('-').map(capital).collect::<Vec<_>>().join(" ")
}

/// A kind of paper in words.
#[must_use]
pub const fn paper_name(kind: PaperKind) -> &'static str {
    match kind {
        PaperKind::Agreement => "agreement",
        PaperKind::MasterAgreement => "master agreement",
        PaperKind::Subscription => "subscription terms",
        PaperKind::ServiceLevels => "service level agreement",
        PaperKind::DataProcessing => "data processing agreement",
        PaperKind::NonDisclosure => "non-disclosure agreement",
        PaperKind::StatementOfWork => "statement of work",
        PaperKind::NotAContract => "no contract",
    }
}

/// A side in a word.
#[must_use]
pub(super) const fn side_name(side: Side) -> &'static str {
    match side {
        Side::Customer => "customer",
        Side::Supplier => "supplier",
    }
}

/// A role in words.
#[must_use]
pub const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Customer => "customer",
        Role::Supplier => "supplier",
        Role::Other => "other",
    }
}
