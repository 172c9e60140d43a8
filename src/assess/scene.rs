//! One contract laid out for questions: matches, and what lies around them.

use std::ops::Range;

use super::hits::Hit;
use super::tally::Tally;
use crate::document::{Block, ClauseId, Document};
use crate::pattern::{Evaluation, Interval, PatternId, Scope, Scratch};
use crate::rule::RuleSet;
use crate::source::Span;
use crate::token::{Reading, Token, Unit};

/// A contract with the evaluation of a rule set's patterns over it.
pub(super) struct Scene<'a> {
    pub(super) document: &'a Document,
    pub(super) reading: &'a Reading,
    pub(super) rules: &'a RuleSet,
    evaluation: Evaluation<'a>,
    /// Memory of the search for near misses, used again.
    pub(super) tally: Tally,
    /// Where a missing clause goes in that comes close to nothing.
    pub(super) behind: usize,
    /// The clauses whose title says that what they list is not part of the services, sorted.
    left_out: Vec<ClauseId>,
}

/// How many words before a match a negated duty may stand.
const NEGATION_BEFORE: u32 = 16;
/// How many words may stand between a negated duty and the end of the lead-in that it ends: "shall not be
/// required to do any of the following:".
const NEGATION_LEADS: u32 = 6;
/// How many words before a match a denied verb may stand, where that voids.
const DENIAL_BEFORE: u32 = 4;

impl<'a> Scene<'a> {
    pub(super) fn new(
        document: &'a Document,
        reading: &'a Reading,
        rules: &'a RuleSet,
        evaluation: Evaluation<'a>,
        behind: usize,
    ) -> Self {
        let left_out = Vec::new();
        let mut scene =
            Self { document, reading, rules, evaluation, tally: Tally::default(), behind, left_out };
        scene.left_out = rules.denials.left_out.map_or_else(Vec::new, |list| scene.titled(list));
        scene
    }

    /// The clauses whose title a pattern on headings fits, sorted.
    pub(super) fn titled(&mut self, heading: PatternId) -> Vec<ClauseId> {
        titled(self.document, self.reading, self.evaluation.matches(heading, Scope::Body))
    }

    /// The memory of the evaluation, for the next contract.
    pub(super) fn into_scratch(self) -> Scratch {
        self.evaluation.into_scratch()
    }

    /// The matches of a pattern in the text; headings match only inside `heading(...)`.
    pub(super) fn matches(&mut self, pattern: PatternId) -> Vec<Interval> {
        self.evaluation.matches(pattern, Scope::Body).to_vec()
    }

    /// The terms that make up a match, in order.
    pub(super) fn terms(&mut self, hit: Hit) -> Vec<Interval> {
        self.evaluation.leaf_spans(hit.pattern, Scope::Body, hit.at)
    }

    /// The matches of a pattern that touch some sentences, given as indices.
    pub(super) fn matches_in(&mut self, pattern: PatternId, sentences: &Range<usize>) -> Vec<Interval> {
        self.evaluation.matches_in(pattern, Scope::Body, sentences)
    }

    /// Whether a duty is denied where a match stands: by words in front of it or by the title over it.
    pub(super) fn is_negated(&mut self, hit: Interval) -> bool {
        self.is_left_out(hit) || self.has_negated_duty(hit)
    }

    /// Whether a match stands below a title that leaves out what is listed there ("Services not covered"), in a
    /// sentence that binds nobody.
    fn is_left_out(&mut self, hit: Interval) -> bool {
        let sentence = self.reading.sentence_of(hit.start);
        if self.left_out.is_empty() || !self.is_sentence_under(sentence, &self.left_out) {
            return false;
        }
        let again = self.rules.denials.duty_again;
        again.is_none_or(|list| self.matches_in(list, &(sentence..sentence + 1)).is_empty())
    }

    /// Whether a negated duty stands in front of a match, in its sentence, or inside it, and no
    /// duty is stated anew between the two. One that ends a lead-in denies all of the item's sentence
    /// that it leads into, however long.
    fn has_negated_duty(&mut self, hit: Interval) -> bool {
        let Some(list) = self.rules.denials.no_duty else { return false };
        let first = self.reading.sentence_of(hit.start);
        let from = hit.start.saturating_sub(NEGATION_BEFORE).max(self.reading.sentence(first).start);
        let negated = self.evaluation.matches_in(list, Scope::All, &self.sentences(hit));
        // The last one decides: "shall not be obliged to help but shall ..., and need not ...".
        let own = self.reading.units.get(self.reading.unit_of(hit.start)).map_or(0, |unit| unit.own);
        let leads = |negation: &Interval| negation.end <= own && own - negation.end <= NEGATION_LEADS;
        let reaching =
            |negation: &&Interval| negation.start < hit.end && (negation.start >= from || leads(negation));
        let Some(last) = negated.iter().rfind(reaching) else { return false };
        // The last word aside: a match may end with the modal verb of what follows.
        let after = Interval { start: last.end, end: (hit.end - 1).max(last.end) };
        let again = self.rules.denials.duty_again;
        again.is_none_or(|list| !self.evaluation.has_match_within(list, Scope::All, after))
    }

    /// Whether a denied verb stands in a match or shortly before it, in its sentence.
    pub(super) fn is_denied(&mut self, hit: Interval) -> bool {
        let Some(list) = self.rules.denials.denial else { return false };
        let sentence = self.reading.sentence(self.reading.sentence_of(hit.start));
        let start = hit.start.saturating_sub(DENIAL_BEFORE).max(sentence.start);
        let inside = Interval { start, end: hit.end };
        self.evaluation.has_match_within(list, Scope::All, inside)
    }

    /// Whether any negation stands in a sentence.
    pub(super) fn denies(&mut self, sentence: usize) -> bool {
        let Some(list) = self.rules.denials.negation else { return false };
        !self.matches_in(list, &(sentence..sentence + 1)).is_empty()
    }

    /// Where a pattern may match: see [`Evaluation::may_match`].
    pub(super) fn may_match(&mut self, pattern: PatternId) -> &[u64] {
        self.evaluation.may_match(pattern, Scope::Body)
    }

    /// The blocks in which a pattern may match: see [`Evaluation::may_match_blocks`].
    pub(super) fn may_match_blocks(&mut self, pattern: PatternId) -> u64 {
        self.evaluation.may_match_blocks(pattern, Scope::Body)
    }

    /// The first sentence of a zone.
    pub(super) fn sentence_of_zone(&self, zone: usize) -> usize {
        self.evaluation.sentence_of_zone(zone)
    }

    /// The sentences that a match touches, as indices.
    pub(super) fn sentences(&self, hit: Interval) -> Range<usize> {
        let last = hit.end.saturating_sub(1).max(hit.start);
        self.reading.sentence_of(hit.start)..self.reading.sentence_of(last) + 1
    }

    /// The paragraphs that a match touches, as indices of units.
    pub(super) fn units(&self, hit: Interval) -> Range<usize> {
        let last = hit.end.saturating_sub(1).max(hit.start);
        self.reading.unit_of(hit.start)..self.reading.unit_of(last) + 1
    }

    /// The stretches of one clause unit that a match touches, as indices.
    pub(super) fn stretches(&self, hit: Interval) -> Range<usize> {
        let last = hit.end.saturating_sub(1).max(hit.start);
        let of =
            |token: u32| self.reading.clauses.partition_point(|&(start, _)| start <= token).saturating_sub(1);
        of(hit.start)..of(last) + 1
    }

    /// The block that a unit was read for.
    pub(super) fn block(&self, unit: usize) -> Option<&'a Block> {
        let unit: &Unit = self.reading.units.get(unit)?;
        Some(self.document.block(unit.block))
    }

    /// The words of a unit's own block that a match takes, in bytes of the prose; `None` when it
    /// takes only copies of words that stand elsewhere (lead-ins, headers).
    pub(super) fn own_words(&self, hit: Interval, unit: usize) -> Option<Range<u32>> {
        let block = self.block(unit)?;
        let unit = self.reading.units.get(unit)?;
        // What leads into the block and what completes it stand around its own words.
        let tokens = hit.start.max(unit.own)..hit.end.min(unit.own_end);
        let tokens = self.reading.tokens.get(tokens.start as usize..tokens.end as usize)?;
        // A row's words stand behind those of its header.
        let own = |token: &&Token| block.cells.is_empty() || block.text.contains(&token.start);
        let (first, last) = (tokens.iter().find(own)?, tokens.iter().rfind(own)?);
        Some(first.start..self.reading.end(*last))
    }

    /// The source of the sentence in which a token stands: its own words in the token's block.
    pub(super) fn sentence_span(&self, sentence: usize) -> Option<(Span, ClauseId)> {
        let tokens = self.reading.sentence(sentence);
        if tokens.is_empty() {
            return None;
        }
        let whole = Interval { start: tokens.start, end: tokens.end };
        let unit = self.reading.unit_of(tokens.start);
        let words = self.own_words(whole, unit)?;
        Some((self.document.source(words), self.block(unit)?.clause))
    }

    /// Whether the clause of a sentence or one above it is among `clauses`, which is sorted.
    pub(super) fn is_sentence_under(&self, sentence: usize, clauses: &[ClauseId]) -> bool {
        let tokens = self.reading.sentence(sentence);
        !clauses.is_empty()
            && self
                .block(self.reading.unit_of(tokens.start))
                .is_some_and(|block| self.document.is_under(block.clause, clauses))
    }
}

/// The clauses in whose titles the matches of a pattern on headings stand, sorted.
pub fn titled(document: &Document, reading: &Reading, hits: &[Interval]) -> Vec<ClauseId> {
    let unit = |hit: &Interval| reading.units.get(reading.unit_of(hit.start));
    let clauses = hits.iter().filter_map(|hit| Some(document.block(unit(hit)?.block).clause));
    // The document's own title covers everything and so points at nothing.
    let mut clauses: Vec<ClauseId> = clauses.filter(|&clause| clause != ClauseId::default()).collect();
    clauses.sort_unstable();
    clauses.dedup();
    clauses
}
