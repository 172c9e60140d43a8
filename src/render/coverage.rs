//! `coverage`: what each contract says on each clause, as a table; as JSON in `json`.

mod json;

use std::fmt::Write as _;

pub use json::{CoverageJson, json};
pub(super) use json::{JsonPaper, JsonProfile};

use super::figures;
use super::packs;
use super::text::against;
use super::visible::{visible, wrap};
use crate::assess::{Assessment, Coverage, ElementResult, Status};
use crate::checklist::Checklist;
use crate::facts::{PaperKind, Parties, Role};
use crate::rule::{ClauseRule, RuleSet, Side};
use crate::source::SourceFile;
use crate::triage::{Report, counted};

/// The widest table line, in characters.
const WIDTH: usize = 110;

/// The files that hold no contract, with the reason.
fn left_out(report: &Report) -> impl Iterator<Item = (&str, String)> {
    report.left_out.iter().filter_map(|&file| {
        let path = &report.sources.get(file)?.path;
        let reason = report.of_file(file).flat_map(|note| &note.notes).next();
        Some((path.as_str(), reason.cloned().unwrap_or_default()))
    })
}

/// The checklists of one contract.
fn of_file<'a>(report: &'a Report, coverage: &Coverage) -> impl Iterator<Item = &'a Checklist> {
    let file = coverage.file;
    report.checklists.iter().filter(move |list| list.file == file)
}

/// What contracts cover, as one table a contract.
#[must_use]
pub fn table(report: &Report, rules: &RuleSet) -> String {
    let mut out = String::new();
    for coverage in &report.coverages {
        if let Some(file) = report.sources.get(coverage.file) {
            let _ = writeln!(out, "{}\n", header(coverage, file, report));
            let rules = report.rules_of(coverage.file).unwrap_or(rules);
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
    let others = coverage.others.iter().filter_map(|&other| report.sources.get(other));
    let others: Vec<String> = others.map(|other| visible(&other.path).into_owned()).collect();
    if !others.is_empty() {
        parts.push(format!("with {}", others.join(", ")));
    }
    match report.taken_for(coverage.file) {
        Some(taken) if taken.reason != paper.reason => {
            parts.push(format!("{}{}", paper_name(paper.kind), because(&paper.reason)));
            parts.push(against(taken));
        }
        Some(taken) => {
            parts.push(paper_name(paper.kind).to_owned());
            parts.push(against(taken));
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
        .filter(|element| element.present && !is_for_packs(rule, &element.id))
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

/// Whether only packs read this element.
fn is_for_packs(rule: Option<&ClauseRule>, id: &str) -> bool {
    rule.and_then(|rule| rule.elements.get(rule.element(id)?)).is_some_and(|element| element.packs_only)
}

fn found_cell(element: &ElementResult, rule: Option<&ClauseRule>, file: &SourceFile) -> String {
    let data = rule.and_then(|rule| rule.elements.get(rule.element(&element.id)?));
    let name = data.map_or(element.id.as_str(), |data| &*data.name);
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
