//! Coverage -> findings, in words for people. Pure: levels are those of the profile; what a user
//! turns down or hides is settled in `triage`.

mod packs;
mod positions;

pub use packs::{add_lacking_line, atom_name, lacking as lacking_of_item, lint_packs};
pub use positions::{lint_positions, position, read_as};

use crate::assess::{Assessment, Coverage, ElementResult, Evidence, NearMiss, Status};
use crate::finding::{Anchor, Code, Finding, Fingerprint, Severity};
use crate::rule::spelling::join;
use crate::rule::{Asked, Burden, ClauseRule, Demand, RuleSet, Side};
use crate::source::{Sources, Span};

/// How many second places a finding shows.
const LABELS: usize = 5;

/// The findings of one contract against what is asked of it: at most one a demand, or one on soft
/// wording for a strong clause, and one a burden. Levels are those of what is asked.
#[must_use]
pub fn lint(sources: &Sources, coverage: &Coverage, rules: &RuleSet, asked: &Asked) -> Vec<Finding> {
    let judged = |at: usize| {
        let rule = rules.rules.get(at)?;
        let assessment = coverage.assessments.iter().find(|assessment| assessment.clause == rule.id)?;
        Some((rule, assessment))
    };
    let demanded = asked.demands.iter().filter_map(|demand| {
        let ways: Vec<Judged<'_>> = demand.rules.iter().filter_map(|&at| judged(at)).collect();
        one_demand(sources, demand, &ways)
    });
    let weighing = asked.burdens.iter().filter_map(|burden| {
        burden.found.iter().find_map(|&(at, element)| one_sided(burden, judged(at)?, element))
    });
    demanded.chain(weighing).collect()
}

/// A rule and what it makes of the contract.
type Judged<'a> = (&'a ClauseRule, &'a Assessment);

/// What there is to say of clauses of which one is enough: of the best of them, and when none is
/// there of the first, which the others would stand in for.
fn one_demand(sources: &Sources, demand: &Demand, ways: &[Judged<'_>]) -> Option<Finding> {
    let best = ways.iter().map(|(_, assessment)| assessment.status).max()?;
    let (rule, assessment) = *ways.iter().find(|(_, assessment)| assessment.status == best)?;
    match best {
        Status::Missing => {
            let finding = missing(sources, rule, assessment, demand.missing?);
            let others: Vec<String> = ways.iter().skip(1).map(|(rule, _)| rule.title_in_sentence()).collect();
            let others: Vec<&str> = others.iter().map(String::as_str).collect();
            Some(match others.is_empty() {
                true => finding,
                false => {
                    finding.note(format!("one of them is enough: {} would do as well", join(&others, "or")))
                }
            })
        }
        Status::Weak => Some(weak(rule, assessment, weak_level(rule, assessment, demand)?)),
        Status::Strong => soft(rule, assessment),
    }
}

/// A clause, or one of its elements, that weighs on the side for which the contract is judged.
fn one_sided(burden: &Burden, (rule, assessment): Judged<'_>, element: Option<usize>) -> Option<Finding> {
    let shown = match element {
        Some(at) => assessment.elements.get(at)?.evidence.first()?,
        None if assessment.status == Status::Missing => return None,
        None => assessment.elements.iter().find_map(|element| element.evidence.first())?,
    };
    let code = Code::OneSided(rule.id.clone());
    let anchor = Anchor::Span(shown.span);
    let subject = element.map_or("", |at| &*rule.elements[at].id);
    let fingerprint = Fingerprint::of(&[&code.to_string(), subject]);
    let mut finding = Finding::new(code, burden.level, burden.message.clone(), anchor);
    finding.fingerprint = fingerprint;
    finding.clause_label = label(&shown.citation);
    let side = match burden.side {
        Side::Customer => "customer",
        Side::Supplier => "supplier",
    };
    let finding = finding.at(format!("this weighs on the {side}"));
    Some(if burden.advice.is_empty() { finding } else { finding.help(burden.advice.clone()) })
}

fn missing(sources: &Sources, rule: &ClauseRule, assessment: &Assessment, level: Severity) -> Finding {
    let code = Code::Missing(rule.id.clone());
    let headline = format!("no {} clause", rule.title_in_sentence());
    let lacking = lacking(rule, &assessment.elements, false);
    // Short of an error, only text that tells something is worth a look: a duty that is denied, a
    // period that is not stated.
    let nearest = assessment.nearest.as_ref().filter(|near| level == Severity::Error || near.telling);
    let finding = match nearest {
        Some(near) => {
            let mut finding = Finding::new(code, level, headline, Anchor::Span(near.span)).at(closest(near));
            finding.clause_label = label(&near.citation);
            finding
        }
        None => {
            let anchor = Anchor::Document { insert_at: assessment.insert_at };
            let finding = Finding::new(code, level, headline, anchor);
            if level == Severity::Error { finding.at("it could go in here") } else { finding }
        }
    };
    let mut finding = reason(finding, rule);
    if nearest.is_some() {
        finding = finding
            .note(format!("a clause could go in after line {}", line_before(sources, assessment.insert_at)));
    }
    advise(finding, rule, &lacking)
}

/// Which text comes closest, and what it lacks.
fn closest(near: &NearMiss) -> String {
    let place = match near.citation.as_str() {
        "" => "this is the closest text".to_owned(),
        citation => format!("closest text: {}", cite(citation)),
    };
    format!("{place}, but {}", shortfall(near))
}

/// What the closest text lacks, in words for those who do not know the patterns; `coverage` and
/// `explain FILE:LINE` say which words a pattern wants.
fn shortfall(near: &NearMiss) -> &str {
    if near.plain { &near.lacks } else { "it does not say what such a clause must say" }
}

/// The last line with text in front of a place, counted from 1.
fn line_before(sources: &Sources, at: Span) -> usize {
    let Some(source) = sources.get(at.file()) else { return 1 };
    let front = source.text.get(..at.start()).unwrap_or("").trim_end();
    source.lines().line_of(front.len()) + 1
}

/// The level of a weak clause: the worst of what it lacks, where a project has set levels for
/// elements, else that of the demand.
fn weak_level(rule: &ClauseRule, assessment: &Assessment, demand: &Demand) -> Option<Severity> {
    let of_group = |group: &Vec<usize>| {
        let set = group.iter().filter_map(|&at| rule.elements[at].level).max();
        set.or(demand.weak)
    };
    let lacking = lacking(rule, &assessment.elements, true);
    if lacking.is_empty() { demand.weak } else { lacking.iter().filter_map(of_group).max() }
}

fn weak(rule: &ClauseRule, assessment: &Assessment, level: Severity) -> Finding {
    let lacking = lacking(rule, &assessment.elements, true);
    let softened = softened(rule, assessment);
    let anchor = assessment
        .home
        .as_ref()
        .map_or(Anchor::Document { insert_at: assessment.insert_at }, |home| Anchor::Clause(home.head));
    let headline = weak_headline(rule, &lacking, &softened);
    let mut finding = Finding::new(Code::Weak(rule.id.clone()), level, headline, anchor);
    if let Some(home) = &assessment.home {
        finding = finding.at("this clause");
        finding.clause_label = label(&home.citation);
    }
    finding = soft_labels(finding, assessment);
    for at in rule.strong.elements() {
        let shown = assessment.elements[at].evidence.first();
        let free = |span| finding.labels.len() < LABELS && is_free(&finding, span);
        if let Some(evidence) = shown.filter(|evidence| free(evidence.span)) {
            finding = finding.label(evidence.span, format!("read as: {}", rule.elements[at].name));
        }
    }
    for group in &lacking {
        let near = group.iter().find_map(|&at| assessment.elements[at].nearest.as_ref());
        let free = |span| finding.labels.len() < LABELS && is_free(&finding, span);
        if let Some(near) = near.filter(|near| near.telling && free(near.span)) {
            finding = finding.label(near.span, format!("close, but {}", near.lacks));
        }
    }
    let finding = finding.lacking(wanting(rule, assessment));
    let finding = balance(reason(finding, rule), rule, assessment, &lacking, &softened);
    advise(finding, rule, &lacking)
}

/// "service levels have no remedy and no measurement window".
fn weak_headline(rule: &ClauseRule, lacking: &[Vec<usize>], softened: &[usize]) -> String {
    let title = rule.title_in_sentence();
    let lacks: Vec<String> = lacking
        .iter()
        .filter(|group| !group.iter().any(|at| softened.contains(at)))
        .map(|group| absent(rule, group))
        .collect();
    let soft =
        (!softened.is_empty()).then(|| format!("only soft wording for {}", names(rule, softened, "and")));
    let parts: Vec<&str> = lacks.iter().chain(&soft).map(String::as_str).collect();
    format!("{title} clause has {}", join(&parts, "and"))
}

/// That nothing of a group is there, of which one would do: "no X", "neither X nor Y", "none of X, Y and Z".
fn absent(rule: &ClauseRule, group: &[usize]) -> String {
    match group {
        [_] => format!("no {}", names(rule, group, "or")),
        [_, _] => format!("neither {}", names(rule, group, "nor")),
        _ => format!("none of {}", names(rule, group, "and")),
    }
}

fn soft(rule: &ClauseRule, assessment: &Assessment) -> Option<Finding> {
    let first = assessment.soft.first()?;
    let headline = format!("soft wording in the {} clause", rule.title_in_sentence());
    let code = Code::Soft(rule.id.clone());
    let mut finding =
        Finding::new(code, Severity::Note, headline, Anchor::Span(first.span)).at(first.message.clone());
    finding.clause_label = assessment.home.as_ref().and_then(|home| label(&home.citation));
    for other in assessment.soft.iter().skip(1).take(LABELS) {
        if is_free(&finding, other.span) {
            finding = finding.label(other.span, other.message.clone());
        }
    }
    Some(
        finding
            .lacking(soft_names(assessment))
            .note("the clause is strong otherwise; this wording takes back part of it")
            .help("say what is owed without it, or take the sentence out"),
    )
}

fn soft_labels(mut finding: Finding, assessment: &Assessment) -> Finding {
    for hit in assessment.soft.iter().take(LABELS - 2) {
        if is_free(&finding, hit.span) {
            finding = finding.label(hit.span, hit.message.clone());
        }
    }
    finding
}

/// The requirements that lack for the clause to be there, or for it to be strong.
fn lacking(rule: &ClauseRule, elements: &[ElementResult], strong: bool) -> Vec<Vec<usize>> {
    // A missing clause is advised on as a whole: what makes it strong, not the least that would do.
    let counts = |at: usize| elements[at].present && !(strong && elements[at].soft && !rule.soft_counts);
    rule.strong.lacking(&counts)
}

/// The ids of the elements that lack for the clause to be strong, those of every alternative.
fn wanting<'a>(rule: &'a ClauseRule, assessment: &Assessment) -> Vec<&'a str> {
    let counts =
        |at: usize| assessment.elements[at].present && (rule.soft_counts || !assessment.elements[at].soft);
    rule.strong.wanting(&counts).into_iter().map(|at| &*rule.elements[at].id).collect()
}

/// The soft patterns that match, numbered where one matches more than once: "best-efforts",
/// "best-efforts 2".
fn soft_names(assessment: &Assessment) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for (at, hit) in assessment.soft.iter().enumerate() {
        let before = assessment.soft[..at].iter().filter(|other| other.name == hit.name).count();
        names.push(if before == 0 { hit.name.clone() } else { format!("{} {}", hit.name, before + 1) });
    }
    names
}

/// The elements of the strong formula that stand only under soft wording.
fn softened(rule: &ClauseRule, assessment: &Assessment) -> Vec<usize> {
    let soft = |at: &usize| !rule.soft_counts && assessment.elements[*at].soft;
    rule.strong.elements().into_iter().filter(soft).collect()
}

fn reason(finding: Finding, rule: &ClauseRule) -> Finding {
    let reason = rule.reason();
    if reason.is_empty() { finding } else { finding.note(lower_first(&reason)) }
}

/// Adds "found: standard (7.1), target (7.2); missing: measurement, remedy".
fn balance(
    finding: Finding,
    rule: &ClauseRule,
    assessment: &Assessment,
    lacking: &[Vec<usize>],
    softened: &[usize],
) -> Finding {
    let found: Vec<String> = assessment
        .elements
        .iter()
        .zip(&rule.elements)
        .filter(|(result, element)| result.present && !element.packs_only)
        .map(|(result, element)| {
            match result.evidence.first().map(|best: &Evidence| best.citation.as_str()) {
                None | Some("") => element.name.to_string(),
                Some(citation) => format!("{} ({citation})", element.name),
            }
        })
        .collect();
    let missing: Vec<String> = lacking
        .iter()
        .filter(|group| !group.iter().any(|at| softened.contains(at)))
        .map(|group| format!("{}{}", if group.len() > 1 { "either " } else { "" }, names(rule, group, "or")))
        .collect();
    let mut note = format!("found: {}", found.join(", "));
    if !missing.is_empty() {
        note.push_str(&format!("; missing: {}", missing.join(", ")));
    }
    finding.note(note)
}

/// Adds the advice of each requirement that lacks and the way to the model clause.
fn advise(mut finding: Finding, rule: &ClauseRule, lacking: &[Vec<usize>]) -> Finding {
    let advice: Vec<&str> = lacking
        .iter()
        .filter_map(|group| group.iter().map(|&at| &*rule.elements[at].advice).find(|text| !text.is_empty()))
        .map(|text| text.trim_end_matches('.'))
        .collect();
    let mut help = advice.join("; ");
    if help.is_empty() {
        help = rule.remedy.split_whitespace().collect::<Vec<_>>().join(" ");
        help.truncate(help.find(". ").unwrap_or(help.len()));
    }
    if !help.is_empty() {
        finding = finding.help(help);
    }
    // Last, since a short report shows the last advice only.
    if rule.model.is_some() {
        finding = finding.help(format!("a model clause: clauselint explain {}", rule.id));
    }
    finding
}

fn names(rule: &ClauseRule, elements: &[usize], last: &str) -> String {
    let names: Vec<&str> = elements.iter().map(|&at| &*rule.elements[at].name).collect();
    join(&names, last)
}

/// Whether a finding has no label at a place yet.
fn is_free(finding: &Finding, span: Span) -> bool {
    let taken = |other: Span| other.contains(span) || span.contains(other);
    !finding.labels.iter().any(|label| taken(label.span))
}

fn label(citation: &str) -> Option<String> {
    (!citation.is_empty()).then(|| citation.to_owned())
}

/// "clause 12.4", but "Schedule 2" and "Article IV" as they are.
fn cite(citation: &str) -> String {
    let bare = citation.starts_with(|first: char| first.is_ascii_digit() || first == '(');
    if bare { format!("clause {citation}") } else { citation.to_owned() }
}

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    match (letters.next(), letters.clone().next()) {
        // "IT services" and "SLA" keep their capitals.
        (Some(first), second) if !second.is_some_and(char::is_uppercase) => {
            first.to_lowercase().collect::<String>() + letters.as_str()
        }
        _ => text.to_owned(),
    }
}
