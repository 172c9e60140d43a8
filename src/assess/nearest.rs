//! Where nothing counts: the text that comes closest and what it lacks, and where a missing clause
//! would go.

use super::hits::{Hit, Hits};
use super::scene::Scene;
use super::{ElementResult, NearMiss, Status};
use crate::document::{BlockKind, ClauseId, Document, LabelKind};
use crate::pattern::PatternId;
use crate::rule::ClauseRule;
use crate::source::Span;

/// A near miss and how near it is.
struct Candidate {
    /// Greater is nearer.
    rank: u32,
    span: Span,
    clause: ClauseId,
    lacks: Lacks,
}

/// What a near miss lacks, worked out only for the nearest.
enum Lacks {
    /// In words, and whether that is telling.
    Said(&'static str, bool),
    /// Some operands of a pattern, in a sentence.
    Operands(PatternId, usize),
}

/// What is looked for: the lacking elements of a rule.
pub(super) struct Sought<'a> {
    pub(super) rule: &'a ClauseRule,
    pub(super) hits: &'a [Hits],
    /// The clauses whose title fits, sorted.
    pub(super) titled: &'a [ClauseId],
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

impl Sought<'_> {
    /// Finds what comes closest for the elements that lack, keeps it with them, and says which is
    /// the closest for the clause as a whole.
    pub(super) fn explain(
        &self,
        status: Status,
        elements: &mut [ElementResult],
        scene: &mut Scene<'_>,
    ) -> Option<(NearMiss, ClauseId)> {
        let is_missing = status == Status::Missing;
        let formula = if is_missing { &self.rule.present } else { &self.rule.strong };
        let mut best = if is_missing { bare_title(self.titled, scene) } else { None };
        for at in formula.elements() {
            if elements[at].present {
                continue;
            }
            let Some(candidate) = self.element(at, 0, scene) else { continue };
            let near = candidate.near_miss(scene);
            if candidate.tells(scene) && best.as_ref().is_none_or(|best| best.rank < candidate.rank) {
                best = Some(candidate);
            }
            elements[at].nearest = Some(near);
        }
        best.map(|best| (best.near_miss(scene), best.clause))
    }

    /// What comes closest to a missing clause as a whole.
    pub(super) fn closest(&self, scene: &mut Scene<'_>) -> Option<(NearMiss, ClauseId)> {
        let mut best = bare_title(self.titled, scene);
        for at in self.rule.present.elements() {
            if self.hits[at].proofs.is_empty() {
                let floor = best.as_ref().map_or(0, |best| best.rank);
                best = self.element(at, floor, scene).filter(|found| found.tells(scene)).or(best);
            }
        }
        best.map(|best| (best.near_miss(scene), best.clause))
    }

    /// Finds what comes closest for the first element, of each requirement that a weak clause does
    /// not meet, for which there is anything: no other is shown.
    pub(super) fn first_lacking(&self, elements: &mut [ElementResult], scene: &mut Scene<'_>) {
        let rule = self.rule;
        let counts = |at: usize| elements[at].present && (rule.soft_counts || !elements[at].soft);
        for group in rule.strong.lacking(&counts) {
            for at in group {
                if !elements[at].present && elements[at].nearest.is_none() {
                    let candidate = self.element(at, 0, scene);
                    elements[at].nearest = candidate.map(|candidate| candidate.near_miss(scene));
                }
                if elements[at].nearest.is_some() {
                    break;
                }
            }
        }
    }

    /// The first of the nearest misses of an element whose rank is above `floor`.
    fn element(&self, at: usize, floor: u32, scene: &mut Scene<'_>) -> Option<Candidate> {
        let (hits, titled) = (&self.hits[at], self.titled);
        let excluded = Lacks::Said("this excludes the duty instead of imposing it", true);
        let spoiled = Lacks::Said("its wording speaks of something else", false);
        let mut best = first_under_title(&hits.void, EXCLUDED, excluded, titled, scene);
        let other = first_under_title(&hits.spoiled, SPOILED, spoiled, titled, scene);
        if let Some(other) = other
            && best.as_ref().is_none_or(|best| best.rank < other.rank)
        {
            best = Some(other);
        }
        best = best.filter(|best| best.rank > floor);
        for pattern in &self.rule.elements[at].any {
            let above = best.as_ref().map_or(floor, |best| best.rank);
            best = nearly(pattern.id, above, titled, scene).or(best);
        }
        best
    }
}

impl Candidate {
    /// Whether it is worth a look where the whole clause lacks: of a thousand patterns some share most of their
    /// words with any sentence, so that only a duty that is denied, or binds somebody else, tells something.
    fn tells(&self, scene: &mut Scene<'_>) -> bool {
        match self.lacks {
            Lacks::Said(_, telling) => telling,
            Lacks::Operands(pattern, sentence) => lacking(pattern, sentence, false, scene).1,
        }
    }

    /// Whether it stands under a fitting title.
    const fn is_titled(&self) -> bool {
        self.rank > NEARLY
    }

    fn near_miss(&self, scene: &mut Scene<'_>) -> NearMiss {
        let citation = scene.document.citation(self.clause);
        let (lacks, telling, plain) = match self.lacks {
            Lacks::Said(lacks, telling) => (lacks.to_owned(), telling, true),
            Lacks::Operands(pattern, sentence) => {
                let (lacks, telling) = lacking(pattern, sentence, self.is_titled(), scene);
                (lacks, telling, telling)
            }
        };
        NearMiss { span: self.span, citation, lacks, telling, plain }
    }
}

/// A title that fits the rule, of a clause that proves nothing.
fn bare_title(titled: &[ClauseId], scene: &Scene<'_>) -> Option<Candidate> {
    let clause = *titled.first()?;
    let span = scene.document.clause(clause).head;
    let lacks = Lacks::Said("nothing under this title says what the clause must say", true);
    Some(Candidate { rank: TITLE, span, clause, lacks })
}

/// The sentence of the first of some matches, of the first under a fitting title if there is one.
fn first_under_title(
    hits: &[Hit],
    base: u32,
    lacks: Lacks,
    titled: &[ClauseId],
    scene: &Scene<'_>,
) -> Option<Candidate> {
    // Of a match over several sentences nobody can tell which of them says it.
    let one = |hit: &&Hit| scene.sentences(hit.at).len() == 1;
    let mut found = hits.iter().filter(one).filter_map(|hit| {
        let (span, clause) = scene.sentence_span(scene.sentences(hit.at).start)?;
        Some((span, clause, scene.document.is_under(clause, titled)))
    });
    let first = found.next()?;
    let (span, clause, under_title) = match first.2 || titled.is_empty() {
        true => first,
        false => found.find(|other| other.2).unwrap_or(first),
    };
    let rank = base + if under_title { TITLED } else { 0 };
    Some(Candidate { rank, span, clause, lacks })
}

/// The sentence in which most of what a pattern asks for may stand, at least half of it and
/// something besides parties, modal words and quantities, which stand everywhere; nothing when its
/// rank would not be above `floor`. Rows of bits find it.
fn nearly(pattern: PatternId, floor: u32, titled: &[ClauseId], scene: &mut Scene<'_>) -> Option<Candidate> {
    let plan = &scene.rules.plan;
    let operands = plan.operands(pattern);
    if !(2..=OPERANDS).contains(&operands.len()) {
        return None;
    }
    let all = u32::try_from(operands.len()).ok()?;
    let extra = if titled.is_empty() { 0 } else { TITLED };
    let is_too_few = |most: u32| 2 * most < all || NEARLY * most / all + extra <= floor;
    // Blocks tell of most patterns that no sentence holds enough, before a row is made.
    if is_too_few(most_in_a_block(pattern, scene)) {
        return None;
    }
    let mut most = all;
    let mut tally = std::mem::take(&mut scene.tally);
    tally.clear();
    // What stands everywhere comes first: the others tell sooner that there is too little.
    for operand in operands.rev() {
        let row = scene.may_match(operand);
        if row.is_empty() {
            most -= 1;
            if is_too_few(most) {
                scene.tally = tally;
                return None;
            }
            continue;
        }
        tally.add(row, !plan.stands_everywhere(operand));
    }
    let most = tally.most();
    let zones = if is_too_few(most) { Vec::new() } else { tally.picked(LOOKED_AT) };
    scene.tally = tally;
    let rank = NEARLY * most / all;
    let mut found: Option<Candidate> = None;
    for zone in zones {
        let sentence = scene.sentence_of_zone(zone);
        let under_title = scene.is_sentence_under(sentence, titled);
        if !under_title && (found.is_some() || rank <= floor) {
            continue;
        }
        let Some((span, clause)) = scene.sentence_span(sentence) else { continue };
        let rank = rank + if under_title { TITLED } else { 0 };
        found = Some(Candidate { rank, span, clause, lacks: Lacks::Operands(pattern, sentence) });
        if under_title || titled.is_empty() {
            break;
        }
    }
    found.filter(|found| found.rank > floor)
}

/// How many operands of a pattern may stand at most in one block of the contract, something besides parties,
/// modal words and quantities among them.
fn most_in_a_block(pattern: PatternId, scene: &mut Scene<'_>) -> u32 {
    let plan = &scene.rules.plan;
    let mut tally = std::mem::take(&mut scene.tally);
    tally.clear();
    for operand in plan.operands(pattern) {
        tally.add(&[scene.may_match_blocks(operand)], !plan.stands_everywhere(operand));
    }
    let most = tally.most();
    scene.tally = tally;
    most
}

/// What a sentence lacks of a pattern, and whether that is telling.
fn lacking(pattern: PatternId, sentence: usize, titled: bool, scene: &mut Scene<'_>) -> (String, bool) {
    let operands: Vec<PatternId> = scene.rules.plan.operands(pattern).collect();
    let there = |operand| !scene.matches_in(operand, &(sentence..sentence + 1)).is_empty();
    let bits = operands.iter().copied().map(there).enumerate();
    let mask = bits.map(|(at, there)| u32::from(there) << at).sum();
    let denies = scene.denies(sentence);
    lacks(&operands, mask, denies, titled, scene)
}

/// What a sentence lacks that holds the operands of `mask`, and whether that is telling: all else must be
/// there, and for a party or a figure that is not named a fitting title too. `denies`: when it holds a negation.
fn lacks(operands: &[PatternId], mask: u32, denies: bool, titled: bool, scene: &Scene<'_>) -> (String, bool) {
    let plan = &scene.rules.plan;
    let text = |at: usize| plan.text(operands[at]).trim_start_matches('(');
    let named = |name: &str| (0..operands.len()).find(|&at| text(at).starts_with(name));
    let without = |name: &str| named(name).is_some_and(|at| mask & (1 << at) == 0);
    let duty = match () {
        () if denies && without("@must") => "this denies the duty",
        () if denies && without("@may") => "this denies the right",
        () if without("@supplier") || (without("@must") && named("@supplier").is_some()) => {
            "nothing here binds the supplier"
        }
        () if without("@must") => "nothing here is binding",
        () => "",
    };
    let alone = mask.count_ones() as usize + 1 == operands.len();
    if !duty.is_empty() {
        return (duty.to_owned(), alone);
    }
    let lack = match () {
        () if without("@customer") => "it does not speak of the customer",
        () if without("@duration") => "no period is stated",
        () if without("@money") => "no sum is stated",
        () if without("@percent") => "no percentage is stated",
        () if without("@date") => "no date is stated",
        () if without("@number") => "no number is stated",
        () => "",
    };
    if !lack.is_empty() {
        return (lack.to_owned(), alone && titled);
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
    let at = near
        .map(|clause| document.unit_of(clause))
        .filter(|&unit| unit != ClauseId::default())
        .map_or(scene.behind, |unit| document.clause(unit).span.end());
    Span::new(document.file, at..at)
}

/// Where a clause goes in for which there is no better place.
pub(super) fn behind(document: &Document) -> usize {
    let end = document.clause(ClauseId::default()).span.end();
    schedule(document).or_else(|| signatures(document)).unwrap_or(end)
}

/// The start of the first schedule, annex or exhibit. Parts of the contract itself bear such
/// labels too; what stands in the first third is taken for one.
fn schedule(document: &Document) -> Option<usize> {
    let whole = document.clause(ClauseId::default()).span;
    let third = whole.start() + whole.len() / 3;
    let mut clauses = document.clauses.iter();
    let schedule = clauses.find(|clause| {
        let label = document.label(clause).filter(|label| label.kind == LabelKind::Attachment);
        label.is_some_and(|label| !document.label_text(label).starts_with("Part"))
            && clause.span.start() > third
    })?;
    Some(schedule.span.start())
}

/// The start of the furniture that ends the text, if it ends with some.
fn signatures(document: &Document) -> Option<usize> {
    let furniture = |kind| kind == BlockKind::Furniture;
    let last = document.blocks.iter().rev().take_while(|block| furniture(block.kind)).last()?;
    Some(last.span.start())
}
