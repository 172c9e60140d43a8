//! What the rules make of single texts: a line of a contract, a rule's own example.

use super::{Input, Session};
use crate::assess::{self, Assessment, Workspace};
use crate::facts::Given;
use crate::finding::Finding;
use crate::pattern::{Evaluation, Index, Interval, PatternId, Scope};
use crate::rule::{ClauseRule, Element, Negation, RuleSet, Status};
use crate::session::read::Contract;
use crate::source::{FileId, SourceFile, Sources, Span};
use crate::triage::{LineView, Note, Telling};

/// How many words of what voids a match are shown.
const SHOWN: usize = 8;
/// How many words of partly matching patterns are worth showing on one line.
const NEAREST: usize = 6;

impl Session {
    /// Words of a rule's first strong example that show each element, in the order of the elements.
    #[must_use]
    pub fn illustrate(&self, rule: &ClauseRule) -> Vec<Option<String>> {
        let Some(example) = rule.examples.iter().find(|example| example.status == Status::Strong) else {
            return vec![None; rule.elements.len()];
        };
        let file = SourceFile::new(FileId::default(), "example", example.text.as_str());
        let given = Given { customer: example.customer.clone(), supplier: example.supplier.clone() };
        let mut work = Workspace::default();
        let contract = Contract::read(&file, &mut work.words, &given);
        let wanted: Vec<usize> =
            self.rules().rules.iter().position(|of| of.id == rule.id).into_iter().collect();
        let (document, reading, facts) = (&contract.document, &contract.reading, &contract.facts);
        let coverage = assess::assess(document, reading, facts, self.rules(), &wanted, &mut work);
        let of_rule = coverage.assessments.first();
        let words = |element: &assess::ElementResult| {
            element.evidence.first().map(|best| sentence_around(&file, best.span))
        };
        of_rule.map(|of| of.elements.iter().map(words).collect()).unwrap_or_default()
    }

    /// What each rule makes of a line, counted from 1.
    ///
    /// # Errors
    /// Why the file cannot be read, with the sources that the findings lie in.
    pub fn explain_line(
        &self,
        input: &Input,
        line: usize,
    ) -> Result<(SourceFile, LineView), (Sources, Vec<Finding>)> {
        let (file, _) = self.read(input)?;
        let mut work = Workspace::default();
        let contract = Contract::read(&file, &mut work.words, &self.desk.given);
        let every: Vec<usize> = (0..self.rules().rules.len()).collect();
        let (document, reading, facts) = (&contract.document, &contract.reading, &contract.facts);
        let coverage = assess::assess(document, reading, facts, self.rules(), &every, &mut work);
        let index = Index::new(
            &self.rules().plan,
            &mut work.lexicon,
            &work.words,
            &contract.reading,
            &contract.facts.parties,
        );
        let evaluation = Evaluation::new(&self.rules().plan, &index, &contract.reading, Scope::Body);
        let start = file.lines().line_start(line.saturating_sub(1)).unwrap_or(file.text.len());
        let end = start + file.line_text(line.saturating_sub(1)).len();
        let mut looker = Looker {
            file: &file,
            rules: self.rules(),
            contract: &contract,
            evaluation,
            line: Span::new(file.id, start..end),
            notes: Vec::new(),
        };
        for (rule, assessment) in self.rules().rules.iter().zip(&coverage.assessments) {
            looker.rule(rule, assessment);
        }
        let mut notes = looker.notes;
        most_telling_first(&mut notes);
        Ok((file, LineView { line, notes }))
    }
}

/// Brings the notes of a rule that has more to say before those of one that has less.
fn most_telling_first(notes: &mut [Note]) {
    let best: Vec<(String, Telling)> = notes
        .chunk_by(|one, next| one.clause == next.clause)
        .filter_map(|rule| Some((rule.first()?.clause.clone(), rule.iter().map(|note| note.telling).min()?)))
        .collect();
    let rank = |note: &Note| best.iter().position(|(clause, _)| *clause == note.clause);
    notes.sort_by_key(|note| rank(note).map(|at| (best[at].1, at, note.telling)));
}

/// The sentence that holds a span, as far as it stands on the span's lines: words cut out of their
/// sentence teach nobody how to write one.
fn sentence_around(file: &SourceFile, span: Span) -> String {
    const STOPS: [&str; 3] = [". ", "; ", "\n"];
    let before = file.text.get(..span.start()).unwrap_or("");
    let after = file.text.get(span.end()..).unwrap_or("");
    let start = STOPS.iter().filter_map(|stop| Some(before.rfind(stop)? + stop.len())).max().unwrap_or(0);
    let length = STOPS.iter().filter_map(|stop| after.find(stop)).min().unwrap_or(after.len());
    let whole = file.text.get(start..span.end() + length).unwrap_or("");
    whole.trim().trim_end_matches('.').to_owned()
}

/// Looks at one line with every rule.
struct Looker<'a> {
    file: &'a SourceFile,
    rules: &'a RuleSet,
    contract: &'a Contract,
    evaluation: Evaluation<'a>,
    line: Span,
    notes: Vec<Note>,
}

impl Looker<'_> {
    fn touches(&self, span: Span) -> bool {
        span.start() <= self.line.end() && self.line.start() <= span.end() && !self.line.is_empty()
    }

    /// Keeps what there is to say of words on the line.
    fn note(&mut self, rule: &ClauseRule, telling: Telling, span: Span, message: String) {
        let note = Note { clause: rule.id.clone(), telling, span, message };
        if self.touches(span) && !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    fn rule(&mut self, rule: &ClauseRule, assessment: &Assessment) {
        for (element, result) in rule.elements.iter().zip(&assessment.elements) {
            let proofs: Vec<Span> = result.evidence.iter().map(|evidence| evidence.span).collect();
            for &span in &proofs {
                self.note(rule, Telling::Proof, span, format!("shows `{}`", element.id));
            }
            self.uncounted(rule, element, &proofs);
            if let Some(near) = result.nearest.as_ref().filter(|near| near.telling) {
                self.note(
                    rule,
                    Telling::Near,
                    near.span,
                    format!("close to `{}`, but {}", element.id, near.lacks),
                );
            }
        }
        for soft in &assessment.soft {
            self.note(rule, Telling::Proof, soft.span, format!("soft: {}", soft.message));
        }
        if let Some(near) = &assessment.nearest {
            self.note(
                rule,
                Telling::Near,
                near.span,
                format!("the closest text to this clause, but {}", near.lacks),
            );
        }
        if let Some(pattern) = &rule.heading {
            for (span, _) in self.hits(pattern.id, Scope::All) {
                self.note(
                    rule,
                    Telling::Near,
                    span,
                    "a title under which the clause usually stands".to_owned(),
                );
            }
        }
    }

    /// The matches of a pattern on the line.
    fn hits(&mut self, pattern: PatternId, scope: Scope) -> Vec<(Span, Interval)> {
        let contract = self.contract;
        let intervals: Vec<Interval> = self.evaluation.matches(pattern, scope).to_vec();
        let spans = intervals.into_iter().filter_map(|at| Some((contract.source_of(at.start, at.end)?, at)));
        spans.filter(|&(span, _)| self.touches(span)).collect()
    }

    /// Matches of an element's patterns that are no evidence, with the reason.
    fn uncounted(&mut self, rule: &ClauseRule, element: &Element, proofs: &[Span]) {
        for pattern in &element.any {
            for (span, at) in self.hits(pattern.id, Scope::Body).into_iter().take(NEAREST) {
                if proofs.iter().any(|proof| proof.contains(span) || span.contains(*proof)) {
                    continue;
                }
                let why = self.set_aside(rule, element, at);
                self.note(rule, Telling::Aside, span, format!("matches `{}`, {why}", element.id));
            }
        }
    }

    fn set_aside(&mut self, rule: &ClauseRule, element: &Element, at: Interval) -> String {
        for unless in &element.unless {
            if let Some(other) = self.beside(unless.id, at) {
                let words = self.contract.source_of(other.start, other.end).map(|span| self.words(span));
                return format!(
                    "but its sentence speaks of something else (\"{}\")",
                    words.unwrap_or_default()
                );
            }
        }
        if let Some(no_duty) = self.rules.denials.no_duty.filter(|_| element.negation != Negation::Keep)
            && self.shares_sentence(no_duty, at)
        {
            return "but the duty is negated".to_owned();
        }
        if element.negation != Negation::Keep && self.is_left_out(at) {
            return "but the title over it leaves it out".to_owned();
        }
        let near: Vec<String> = element
            .within
            .iter()
            .filter_map(|&index| rule.elements.get(index).map(|near| format!("`{}`", near.id)))
            .collect();
        if near.is_empty() {
            "though better proof stands elsewhere".to_owned()
        } else {
            format!("which counts only near {}", near.join(" or "))
        }
    }

    /// Whether a match stands below a title that says what is not part of the services, in a sentence that
    /// binds nobody.
    fn is_left_out(&mut self, at: Interval) -> bool {
        let Some(list) = self.rules.denials.left_out else { return false };
        if self.rules.denials.duty_again.is_some_and(|again| self.shares_sentence(again, at)) {
            return false;
        }
        let (document, reading) = (&self.contract.document, &self.contract.reading);
        let titled = assess::titled(document, reading, self.evaluation.matches(list, Scope::Body));
        let unit = reading.units.get(reading.unit_of(at.start));
        unit.is_some_and(|unit| document.is_under(document.block(unit.block).clause, &titled))
    }

    fn shares_sentence(&mut self, pattern: PatternId, at: Interval) -> bool {
        self.beside(pattern, at).is_some()
    }

    /// The first match of a pattern in the sentences of another one.
    fn beside(&mut self, pattern: PatternId, at: Interval) -> Option<Interval> {
        let reading = &self.contract.reading;
        let sentences = |at: Interval| {
            (reading.sentence_of(at.start), reading.sentence_of(at.end.saturating_sub(1).max(at.start)))
        };
        let (first, last) = sentences(at);
        let mut theirs = self.evaluation.matches(pattern, Scope::Body).iter().copied();
        theirs.find(|&other| {
            let (from, to) = sentences(other);
            from <= last && first <= to
        })
    }

    /// The words of a place on one line, the first of them where they are many.
    fn words(&self, span: Span) -> String {
        let words: Vec<&str> = self.file.slice(span).split_whitespace().collect();
        let cut = if words.len() > SHOWN { " …" } else { "" };
        words[..words.len().min(SHOWN)].join(" ") + cut
    }
}
