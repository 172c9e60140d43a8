//! Many patterns compiled into one plan that shares equal parts.
//!
//! A plan is a list of steps in which every step stands behind those it needs. Equal parts are one
//! step, whatever pattern they come from, so that a part is worked out once for a document. Words
//! joined by `or` become one set of `terms`.

use std::ops::Range;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::ast::{Expr, Node, WordTerm};
use super::describe::describe;
use super::steps::{Step, StepId, Steps, StepsBuilder};
use super::syntax::{AnyName, Pattern, parse_with};
use super::terms::{Fast, SetId, Terms};
use super::vocabulary::Vocabulary;

/// A pattern of a plan, counted from 0 in the order in which they were added; the operands that a
/// pattern brings along are patterns of the plan too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PatternId(pub u32);

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Entry {
    step: StepId,
    /// Its bytes in [`Plan::texts`].
    text: Range<usize>,
    /// Where its operands lie in [`Plan::operands`].
    operands: Range<usize>,
    /// What it asks for in words, once somebody has asked.
    #[serde(skip)]
    description: OnceLock<Box<str>>,
}

/// The compiled patterns of a rule set: immutable and shared by all workers.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Plan {
    pub(super) steps: Steps,
    pub(super) terms: Terms,
    entries: Vec<Entry>,
    /// The operands of all patterns, one behind the other.
    operands: Vec<PatternId>,
    /// The patterns as they were written, one behind the other.
    texts: String,
}

impl Plan {
    /// How many patterns there are, operands included.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing was added.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The parts that must all match for a pattern to match, from left to right; empty for a
    /// pattern that is itself a single part.
    #[must_use]
    pub fn operands(&self, pattern: PatternId) -> &[PatternId] {
        let entry = self.entry(pattern);
        entry.and_then(|entry| self.operands.get(entry.operands.clone())).unwrap_or(&[])
    }

    /// What a pattern asks for, in a lawyer's words: "the supplier", "a period of time".
    #[must_use]
    pub fn describe(&self, pattern: PatternId) -> &str {
        let Some(entry) = self.entry(pattern) else { return "" };
        entry.description.get_or_init(|| {
            let read = parse_with(self.text(pattern), &AnyName);
            read.map_or_else(|_| String::new(), |read| describe(&read.tree)).into()
        })
    }

    /// A pattern as it was written.
    #[must_use]
    pub fn text(&self, pattern: PatternId) -> &str {
        self.entry(pattern).and_then(|entry| self.texts.get(entry.text.clone())).unwrap_or_default()
    }

    pub(super) fn step_of(&self, pattern: PatternId) -> Option<StepId> {
        self.entry(pattern).map(|entry| entry.step)
    }

    fn entry(&self, pattern: PatternId) -> Option<&Entry> {
        self.entries.get(pattern.0 as usize)
    }
}

/// Collects patterns into a [`Plan`].
#[derive(Clone, Debug, Default)]
pub struct PlanBuilder {
    plan: Plan,
    steps: StepsBuilder,
    /// The steps of the vocabulary's lists; `None` while one is being compiled.
    lists: Fast<String, Option<StepId>>,
    /// Operands by step, since patterns share them.
    operands: Fast<StepId, PatternId>,
}

impl PlanBuilder {
    /// Adds a pattern and its operands; equal parts of different patterns are shared. Every call
    /// must bring the same vocabulary, the one that the pattern was parsed with, but for lists that
    /// came new or were [forgotten](Self::forget): a list that it lacks matches nothing.
    pub fn add(&mut self, pattern: &Pattern, vocabulary: &Vocabulary) -> PatternId {
        let step = self.compile(&pattern.tree, vocabulary);
        let from = self.plan.texts.len();
        self.plan.texts.push_str(&pattern.text);
        let parts = pattern.tree.operands();
        let operands = if parts.len() < 2 {
            Vec::new()
        } else {
            parts.into_iter().map(|part| self.operand(part, from, vocabulary)).collect()
        };
        self.enter(step, from..self.plan.texts.len(), &operands)
    }

    /// Forgets lists that leave the vocabulary, so that others may come under their names.
    pub fn forget(&mut self, lists: &[String]) {
        for name in lists {
            self.lists.remove(name);
        }
    }

    /// The plan of all that was added.
    #[must_use]
    pub fn finish(mut self) -> Plan {
        self.plan.terms.close();
        self.plan.steps = self.steps.finish();
        self.plan
    }

    fn enter(&mut self, step: StepId, text: Range<usize>, operands: &[PatternId]) -> PatternId {
        let id = PatternId(number(self.plan.entries.len()));
        let from = self.plan.operands.len();
        self.plan.operands.extend_from_slice(operands);
        let operands = from..self.plan.operands.len();
        self.plan.entries.push(Entry { step, text, operands, description: OnceLock::new() });
        id
    }

    /// The pattern of a part of one whose text begins at `from`.
    fn operand(&mut self, part: &Node, from: usize, vocabulary: &Vocabulary) -> PatternId {
        let step = self.compile(part, vocabulary);
        if let Some(&known) = self.operands.get(&step) {
            return known;
        }
        let text = from + part.range.start..from + part.range.end;
        let id = self.enter(step, text, &[]);
        self.operands.insert(step, id);
        id
    }

    fn compile(&mut self, node: &Node, vocabulary: &Vocabulary) -> StepId {
        let step = match &node.expr {
            Expr::Word(word) => Step::Words(self.plan.terms.set([word])),
            Expr::Phrase(words) => {
                let sets: Vec<SetId> = words.iter().map(|word| self.plan.terms.set([word])).collect();
                return self.steps.add(Step::Phrase(&sets));
            }
            Expr::Party(party) => Step::Party(*party),
            Expr::Modal(modal) => return self.list(modal.list(), vocabulary),
            Expr::List(name) => return self.list(name, vocabulary),
            Expr::Quantity(kind, test) => {
                Step::Quantity(*kind, test.as_ref().map(|test| (test.operator, test.value.to_bits())))
            }
            Expr::Or(parts) => return self.any(parts, vocabulary),
            Expr::Join(connector, left, right) => {
                let (left, right) = (self.compile(left, vocabulary), self.compile(right, vocabulary));
                Step::Join(*connector, left, right)
            }
            Expr::Except(left, right) => {
                Step::Except(self.compile(left, vocabulary), self.compile(right, vocabulary))
            }
            Expr::Heading(inner) => Step::Heading(self.compile(inner, vocabulary)),
        };
        self.steps.add(step)
    }

    fn any(&mut self, parts: &[Node], vocabulary: &Vocabulary) -> StepId {
        let words: Vec<&WordTerm> = parts
            .iter()
            .filter_map(|part| if let Expr::Word(word) = &part.expr { Some(word) } else { None })
            .collect();
        let mut steps: Vec<StepId> = parts
            .iter()
            .filter(|part| !matches!(part.expr, Expr::Word(_)))
            .map(|part| self.compile(part, vocabulary))
            .collect();
        if !words.is_empty() {
            let set = self.plan.terms.set(words);
            steps.push(self.steps.add(Step::Words(set)));
        }
        steps.sort_unstable();
        steps.dedup();
        match steps.as_slice() {
            [] => self.steps.add(Step::Nothing),
            [one] => *one,
            _ => self.steps.add(Step::Any(&steps)),
        }
    }

    fn list(&mut self, name: &str, vocabulary: &Vocabulary) -> StepId {
        if let Some(&known) = self.lists.get(name) {
            // A list in a circle was refused when the vocabulary was read.
            return known.unwrap_or_else(|| self.steps.add(Step::Nothing));
        }
        self.lists.insert(name.to_owned(), None);
        let step = match vocabulary.lists.get(name) {
            Some(list) => self.compile(&list.tree, vocabulary),
            None => self.steps.add(Step::Nothing),
        };
        self.lists.insert(name.to_owned(), Some(step));
        step
    }
}

fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
