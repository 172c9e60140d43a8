//! The best places that prove an element, as words of the source.

use std::ops::Range;

use super::hits::{Hit, Hits, Places};
use super::scene::Scene;
use super::{ElementResult, Evidence, Place, SoftHit};
use crate::document::{Block, BlockKind, ClauseId};
use crate::pattern::Interval;
use crate::rule::{ClauseRule, Soft};
use crate::token::Token;

/// How many places are listed for an element.
const PLACES: usize = 8;
/// How many soft wordings are listed for a clause.
const SOFT_HITS: usize = 8;
/// What standing outside a clause with a fitting title costs, in words of length.
const UNTITLED: u32 = 20;
/// What standing under soft wording costs, in words of length.
const SOFTENED: u32 = 60;

/// How many bytes of its sentence are quoted before and behind the words of a proof.
const QUOTED: u32 = 300;

/// Soft wording of one rule.
pub(super) struct SoftWording {
    /// The wording that stands over evidence.
    pub(super) hits: Vec<SoftHit>,
    /// For each element the sentences that soft wording empties for it.
    pub(super) sentences: Vec<Places>,
}

/// The clauses whose title fits the rule, sorted.
pub(super) fn titled(rule: &ClauseRule, scene: &mut Scene<'_>) -> Vec<ClauseId> {
    let Some(heading) = &rule.heading else { return Vec::new() };
    scene.titled(heading.id)
}

/// Finds the soft wording that stands in a sentence with evidence.
pub(super) fn soft(rule: &ClauseRule, elements: &[Hits], scene: &mut Scene<'_>) -> SoftWording {
    let mut hits: Vec<SoftHit> = Vec::new();
    let mut sentences: Vec<Vec<Range<usize>>> = vec![Vec::new(); elements.len()];
    for soft in &rule.soft {
        let pattern = soft.pattern.id;
        for &element in &soft.within {
            let mut looked_at = 0..0;
            for proof in &elements[element].proofs {
                let own = scene.sentences(proof.at);
                if own == looked_at {
                    continue;
                }
                looked_at = own.clone();
                for at in scene.matches_in(pattern, &own) {
                    sentences[element].push(scene.sentences(at));
                    keep(Hit { at, pattern }, soft, &mut hits, scene);
                }
            }
        }
    }
    SoftWording { hits, sentences: sentences.into_iter().map(|one| Places::new(one, 0)).collect() }
}

/// Keeps a soft wording unless its words are kept already.
fn keep(hit: Hit, soft: &Soft, hits: &mut Vec<SoftHit>, scene: &mut Scene<'_>) {
    if hits.len() >= SOFT_HITS {
        return;
    }
    let Some(words) = words(hit, scene) else { return };
    let span = scene.document.source(words.range);
    if !hits.iter().any(|earlier| earlier.span == span) {
        hits.push(SoftHit { name: soft.name.clone(), span, message: soft.message.clone() });
    }
}

/// Whether there is proof, and all of it stands under soft wording.
pub(super) fn all_soft(proofs: &[Hit], soft: &Places, scene: &Scene<'_>) -> bool {
    !proofs.is_empty() && proofs.iter().all(|proof| soft.touch(&scene.sentences(proof.at)))
}

/// The best places of some matches, best first, each in another paragraph.
pub(super) fn best(
    proofs: &[Hit],
    soft: &Places,
    titled: &[ClauseId],
    scene: &mut Scene<'_>,
) -> Vec<Evidence> {
    let mut ranked: Vec<(bool, u32, Words)> = Vec::with_capacity(proofs.len());
    for &proof in proofs {
        let Some(words) = words(proof, scene) else { continue };
        let mut cost = proof.at.end - proof.at.start;
        if soft.touch(&scene.sentences(proof.at)) {
            cost += SOFTENED;
        }
        if !scene.document.is_under(words.clause, titled) {
            cost += UNTITLED;
        }
        ranked.push((words.borrowed, cost, words));
    }
    ranked.sort_by_key(|(borrowed, cost, words)| (*borrowed, *cost, words.range.start));
    let mut taken: Vec<&Words> = Vec::with_capacity(PLACES);
    for (_, _, words) in &ranked {
        if taken.len() < PLACES && !taken.iter().any(|other| other.is_same_place(words)) {
            taken.push(words);
        }
    }
    taken.into_iter().map(|words| words.evidence(scene)).collect()
}

/// The words that a match is shown by.
struct Words {
    unit: usize,
    range: Range<u32>,
    clause: ClauseId,
    /// Whether they stand in another paragraph than the match (a lead-in).
    borrowed: bool,
}

impl Words {
    fn is_same_place(&self, other: &Self) -> bool {
        self.unit == other.unit || (self.range.start < other.range.end && other.range.start < self.range.end)
    }

    fn evidence(&self, scene: &Scene<'_>) -> Evidence {
        Evidence {
            span: scene.document.source(self.range.clone()),
            quote: scene.document.source(self.quote(scene)),
            clause: self.clause,
            citation: scene.document.citation(self.clause),
        }
    }
}

impl Words {
    /// The sentence of the words in their own paragraph, as bytes of the prose, cut at tokens.
    fn quote(&self, scene: &Scene<'_>) -> Range<u32> {
        self.sentence(scene).unwrap_or_else(|| self.range.clone())
    }

    fn sentence(&self, scene: &Scene<'_>) -> Option<Range<u32>> {
        let unit = scene.reading.units.get(self.unit).filter(|_| !self.borrowed)?;
        let own = scene.reading.tokens.get(unit.own as usize..unit.own_end as usize)?;
        let block = scene.block(self.unit)?;
        let at = if block.cells.is_empty() {
            own.binary_search_by_key(&self.range.start, |token| token.start).ok()?
        } else {
            own.iter().position(|token| token.start == self.range.start)?
        };
        let first = unit.own + u32::try_from(at).ok()?;
        let sentence = scene.reading.sentence(scene.reading.sentence_of(first));
        let tokens = scene
            .reading
            .tokens
            .get(sentence.start.max(unit.own) as usize..sentence.end.min(unit.own_end) as usize)?;
        let text = &block.text;
        let (least, most) = (self.range.start.saturating_sub(QUOTED), self.range.end.saturating_add(QUOTED));
        let near = |token: &Token| {
            // A row is read with its header cells, which stand elsewhere.
            let inside = text.contains(&token.start) && (least..most).contains(&token.start);
            inside.then(|| scene.reading.place(*token)).filter(|place| place.end <= most)
        };
        let close = tokens.iter().filter_map(near);
        Some(
            close.fold(self.range.clone(), |range, place| {
                range.start.min(place.start)..range.end.max(place.end)
            }),
        )
    }
}

/// The words that show a match. A match over several paragraphs is shown by its words in the one
/// in which most of its terms stand, of the last of those, titles aside.
fn words(hit: Hit, scene: &mut Scene<'_>) -> Option<Words> {
    let units = scene.units(hit.at);
    let shown = if units.len() > 1 { crowded(hit, units, scene) } else { None };
    let (unit, at) = shown.unwrap_or((scene.units(hit.at).start, hit.at));
    if let Some(range) = scene.own_words(at, unit) {
        let clause = scene.block(unit)?.clause;
        return Some(Words { unit, range, clause, borrowed: false });
    }
    lent(hit.at, scene)
}

/// The paragraph in which most terms of a match stand, and the stretch of those terms.
fn crowded(hit: Hit, units: Range<usize>, scene: &mut Scene<'_>) -> Option<(usize, Interval)> {
    let terms = scene.terms(hit);
    let mut best: Option<(u32, usize, Interval)> = None;
    for unit in units {
        let inside =
            |term: &&Interval| scene.units(**term).start == unit && scene.own_words(**term, unit).is_some();
        let own: Vec<&Interval> = terms.iter().filter(inside).collect();
        let (Some(first), Some(last)) = (own.first(), own.last()) else { continue };
        let is_title = scene.block(unit).is_some_and(|block| block.kind == BlockKind::Heading);
        let count = if is_title { 0 } else { u32::try_from(own.len()).unwrap_or(u32::MAX) };
        if best.is_none_or(|(most, ..)| most <= count) {
            best = Some((count, unit, Interval { start: first.start, end: last.end.max(first.end) }));
        }
    }
    best.map(|(_, unit, at)| (unit, at))
}

/// A match that takes nothing but words of a lead-in or of a completing text: they stand there.
fn lent(at: Interval, scene: &Scene<'_>) -> Option<Words> {
    let unit = scene.units(at).start;
    let tokens = scene.reading.tokens.get(at.start as usize..at.end as usize)?;
    let first = tokens.first()?;
    let holds = |block: &Block, token: Token| {
        block.text.start <= token.start && scene.reading.end(token) <= block.text.end
    };
    let lender = lenders(scene.block(unit)?, scene).find(|block| holds(block, *first))?;
    let own = tokens.iter().filter(|token| holds(lender, **token));
    let end = own.map(|token| scene.reading.end(*token)).max()?;
    Some(Words { unit, range: first.start..end, clause: lender.clause, borrowed: true })
}

/// The blocks whose words are read with a block: its lead-ins, nearest first, and its tail.
fn lenders<'a>(block: &'a Block, scene: &Scene<'a>) -> impl Iterator<Item = &'a Block> {
    let document = scene.document;
    let leads = std::iter::successors(block.lead, |&lead| document.block(lead).lead);
    leads.chain(block.tail).map(|id| document.block(id))
}

/// The clause of the contract that carries the best evidence of most elements; those that make the
/// clause strong count twice.
pub(super) fn home(
    rule: &ClauseRule,
    elements: &[ElementResult],
    titled: &[ClauseId],
    scene: &Scene<'_>,
) -> Option<Place> {
    let strong = rule.strong.elements();
    let mut counts: Vec<(ClauseId, u32)> = Vec::new();
    for (at, element) in elements.iter().enumerate() {
        let Some(evidence) = element.evidence.first() else { continue };
        let unit = scene.document.unit_of(evidence.clause);
        let weight = 1 + u32::from(strong.contains(&at));
        match counts.iter_mut().find(|(clause, _)| *clause == unit) {
            Some((_, count)) => *count += weight,
            None => counts.push((unit, weight)),
        }
    }
    let is_titled = |clause: ClauseId| titled.iter().any(|&title| scene.document.unit_of(title) == clause);
    let best = counts
        .into_iter()
        .max_by_key(|&(clause, count)| (count, is_titled(clause), std::cmp::Reverse(clause)))?;
    Some(place(best.0, scene))
}

/// A clause with its title line and its label.
pub(super) fn place(clause: ClauseId, scene: &Scene<'_>) -> Place {
    let head = scene.document.clause(clause).head;
    Place { clause, head, citation: scene.document.citation(clause) }
}
