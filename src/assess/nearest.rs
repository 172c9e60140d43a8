//! Where nothing counts: the text that comes closest and what it lacks, and where a missing clause
//! would go.

use super::hits::{Hit, Hits};
use super::scene::Scene;
use super::tally::Tally;
use super::{ElementResult, NearMiss, Status};
use crate::document::{BlockKind, ClauseId, LabelKind};
use crate::pattern::PatternId;
use crate::rule::{ClauseRule, Element};
use crate::source::Span;

/// A near miss and how near it is.
struct Candidate {
    /// Greater is nearer.
    rank: u32,
    span: Span,
    clause: ClauseId,
    lacks: String,
    telling: bool,
}

/// Ranks: a duty that is expressly excluded is the closest of all, then a sentence that nearly
/// matches, then words of which the rule knows that they speak of something else. A title alone
/// beats a sentence elsewhere that shares little.
const EXCLUDED: u32 = 300;
const NEARLY: u32 = 100;
const TITLE: u32 = 170;
const SPOILED: u32 = 90;
/// How many equally near sentences are looked at for one under a fitting title.
const LOOKED_AT: usize = 24;
/// How many parts a pattern may have to be looked at part by part.
const OPERANDS: usize = 12;
/// What standing under a fitting title adds.
const TITLED: u32 = 100;

/// Finds what comes closest for the elements that lack, keeps it with them, and says which is the
/// closest for the clause as a whole.
pub(super) fn explain(
    rule: &ClauseRule,
    status: Status,
    hits: &[Hits],
    titled: &[ClauseId],
    elements: &mut [ElementResult],
    scene: &mut Scene<'_>,
) -> Option<(NearMiss, ClauseId)> {
    let formula = if status == Status::Missing { &rule.present } else { &rule.strong };
    let mut best = if status == Status::Missing { bare_title(titled, scene) } else { None };
    for at in formula.elements() {
        if elements[at].present {
            continue;
        }
        let Some(candidate) = element(&rule.elements[at], &hits[at], titled, scene) else { continue };
        elements[at].nearest = Some(candidate.near_miss(scene));
        if best.as_ref().is_none_or(|best| best.rank < candidate.rank) {
            best = Some(candidate);
        }
    }
    best.map(|best| (best.near_miss(scene), best.clause))
}

impl Candidate {
    fn near_miss(&self, scene: &Scene<'_>) -> NearMiss {
        let citation = scene.document.citation(self.clause);
        NearMiss { span: self.span, citation, lacks: self.lacks.clone(), telling: self.telling }
    }
}

/// A title that fits the rule, of a clause that proves nothing.
fn bare_title(titled: &[ClauseId], scene: &Scene<'_>) -> Option<Candidate> {
    let clause = *titled.first()?;
    let span = scene.document.clause(clause).head;
    let lacks = "nothing under this title says what the clause must say".to_owned();
    Some(Candidate { rank: TITLE, span, clause, lacks, telling: true })
}

fn element(element: &Element, hits: &Hits, titled: &[ClauseId], scene: &mut Scene<'_>) -> Option<Candidate> {
    let mut found: Vec<Candidate> = Vec::new();
    let excluded = "this excludes the duty instead of imposing it";
    found.extend(first_under_title(&hits.void, EXCLUDED, excluded, titled, scene));
    let spoiled = "its wording speaks of something else";
    found.extend(first_under_title(&hits.spoiled, SPOILED, spoiled, titled, scene));
    for pattern in &element.any {
        found.extend(nearly(pattern.id, titled, scene));
    }
    // The first of equals: `max_by_key` would take the last.
    found.into_iter().rev().max_by_key(|candidate| candidate.rank)
}

/// The sentence of the first of some matches, of the first under a fitting title if there is one.
fn first_under_title(
    hits: &[Hit],
    base: u32,
    lacks: &str,
    titled: &[ClauseId],
    scene: &Scene<'_>,
) -> Option<Candidate> {
    let mut found = hits.iter().filter_map(|hit| {
        let (span, clause) = scene.sentence_span(scene.sentences(hit.at).start)?;
        let rank = base + if scene.is_under(clause, titled) { TITLED } else { 0 };
        Some(Candidate { rank, span, clause, lacks: lacks.to_owned(), telling: base == EXCLUDED })
    });
    let first = found.next()?;
    if first.rank > base { Some(first) } else { found.find(|other| other.rank > base).or(Some(first)) }
}

/// The sentence in which most of what a pattern asks for may stand, at least half of it and
/// something besides parties, modal words and quantities, which stand everywhere. Rows of bits find
/// it; only that one sentence is then looked at closely.
fn nearly(pattern: PatternId, titled: &[ClauseId], scene: &mut Scene<'_>) -> Option<Candidate> {
    let plan = &scene.rules.plan;
    let operands = plan.operands(pattern);
    if !(2..=OPERANDS).contains(&operands.len()) {
        return None;
    }
    let is_common = |operand: PatternId| plan.text(operand).trim_start_matches('(').starts_with('@');
    let mut tally = Tally::default();
    for &operand in operands {
        tally.add(scene.may_match(operand), !is_common(operand));
    }
    let (most, zones) = tally.most(LOOKED_AT);
    let all = u32::try_from(operands.len()).ok()?;
    if 2 * most < all {
        return None;
    }
    let mut found: Option<(Candidate, usize)> = None;
    for zone in zones {
        let Some((span, clause)) = scene.sentence_span(scene.sentence_of_zone(zone)) else { continue };
        let under_title = scene.is_under(clause, titled);
        let rank = NEARLY * most / all + if under_title { TITLED } else { 0 };
        if found.as_ref().is_none_or(|(best, _)| best.rank < rank) {
            found = Some((Candidate { rank, span, clause, lacks: String::new(), telling: false }, zone));
        }
        if under_title {
            break;
        }
    }
    let (candidate, zone) = found?;
    let sentence = scene.sentence_of_zone(zone);
    let there = |operand| !scene.matches_in(operand, &(sentence..sentence + 1)).is_empty();
    let bits = operands.iter().copied().map(there).enumerate();
    let mask = bits.map(|(at, there)| u32::from(there) << at).sum();
    let denies = scene.denies(sentence);
    let (lacks, telling) = lacks(operands, mask, denies, scene);
    Some(Candidate { lacks, telling, ..candidate })
}

/// What a sentence lacks that holds the operands of `mask`, and whether that is telling; `denies`
/// when it holds a negation.
fn lacks(operands: &[PatternId], mask: u32, denies: bool, scene: &Scene<'_>) -> (String, bool) {
    let plan = &scene.rules.plan;
    let text = |at: usize| plan.text(operands[at]).trim_start_matches('(');
    let named = |name: &str| (0..operands.len()).find(|&at| text(at).starts_with(name));
    let without = |name: &str| named(name).is_some_and(|at| mask & (1 << at) == 0);
    let lack = match () {
        () if denies && without("@must") => "this denies the duty",
        () if denies && without("@may") => "this denies the right",
        () if without("@supplier") || (without("@must") && named("@supplier").is_some()) => {
            "nothing here binds the supplier"
        }
        () if without("@must") => "nothing here is binding",
        () if without("@customer") => "it does not speak of the customer",
        () if without("@duration") => "no period is stated",
        () if without("@money") => "no sum is stated",
        () if without("@percent") => "no percentage is stated",
        () if without("@date") => "no date is stated",
        () if without("@number") => "no number is stated",
        () => "",
    };
    if !lack.is_empty() {
        return (lack.to_owned(), true);
    }
    let Some(at) = (0..operands.len()).find(|&at| mask & (1 << at) == 0) else {
        return ("the words stand too far apart or in another order".to_owned(), false);
    };
    let lack = text(at).strip_prefix('$').map_or_else(
        || format!("it says nothing like {}", plan.describe(operands[at])),
        |list| format!("it does not speak of {}", list.replace('-', " ")),
    );
    (lack, false)
}

/// Where a missing clause would go in: after the unit that holds the closest text, else before
/// the first schedule, else before the signatures, else at the end.
pub(super) fn insert_at(near: Option<ClauseId>, scene: &Scene<'_>) -> Span {
    let document = scene.document;
    let end = document.clause(ClauseId::default()).span.end();
    let at = near
        .map(|clause| document.unit_of(clause))
        .filter(|&unit| unit != ClauseId::default())
        .map(|unit| document.clause(unit).span.end())
        .or_else(|| schedule(scene))
        .or_else(|| signatures(scene))
        .unwrap_or(end);
    Span::new(document.file, at..at)
}

/// The start of the first schedule, annex or exhibit. Parts of the contract itself bear such
/// labels too; what stands in the first third is taken for one.
fn schedule(scene: &Scene<'_>) -> Option<usize> {
    let whole = scene.document.clause(ClauseId::default()).span;
    let third = whole.start() + whole.len() / 3;
    let mut clauses = scene.document.clauses.iter();
    let schedule = clauses.find(|clause| {
        let label = clause.label.as_ref();
        label.is_some_and(|label| label.kind == LabelKind::Attachment && !label.text.starts_with("Part"))
            && clause.span.start() > third
    })?;
    Some(schedule.span.start())
}

/// The start of the furniture that ends the text, if it ends with some.
fn signatures(scene: &Scene<'_>) -> Option<usize> {
    let furniture = |kind| kind == BlockKind::Furniture;
    let last = scene.document.blocks.iter().rev().take_while(|block| furniture(block.kind)).last()?;
    Some(last.span.start())
}
