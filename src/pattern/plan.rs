//! Many patterns compiled into one plan that shares equal parts.
//!
//! A plan is a list of steps in which every step stands behind those it needs. Equal parts are one
//! step, whatever pattern they come from, so that a part is worked out once for a document. Words
//! joined by `or` become one set of `terms`. All of it is flat: `shelf` says why.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use super::ast::{Expr, Node, WordTerm};
use super::describe::describe;
use super::shelf::{Numbers, Rows, Shelf, Shelved, Texts, number};
use super::steps::{Step, StepId, Steps, StepsBuilder};
use super::syntax::{AnyName, Pattern, parse_with};
use super::terms::{Fast, SetId, Terms, TermsBuilder};
use super::vocabulary::Vocabulary;

/// A pattern of a plan, counted from 0 in the order in which they were added; the operands that a
/// pattern brings along are patterns of the plan too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PatternId(pub u32);

/// What is known of a pattern: its step, where it stands in [`Plan::texts`] (from, to), and where its
/// operands lie in [`Plan::operands`] (from, to).
type Entry = [u32; 5];

/// The compiled patterns of a rule set: immutable and shared by all workers.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    pub(super) steps: Steps,
    pub(super) terms: Terms,
    entries: Rows<5>,
    /// The operands of all patterns, one behind the other.
    operands: Numbers,
    /// A bit for each pattern that begins with a party, a modal word or a quantity: near misses ask this of so
    /// many that to read it in the texts would touch most of their pages.
    everywhere: Numbers,
    /// The patterns as they were written, one behind the other.
    texts: Cow<'static, str>,
    /// What each pattern asks for in words, where that lay on a shelf.
    described: Texts,
    /// The same where it did not, once somebody has asked.
    descriptions: OnceLock<Box<[OnceLock<Box<str>>]>>,
}

impl Plan {
    /// Puts the plan on a shelf.
    pub fn put_on(&self, shelf: &mut Shelf) {
        self.steps.put_on(shelf);
        self.terms.put_on(shelf);
        shelf.put(self.entries.as_flattened());
        shelf.put(&self.operands);
        shelf.put(&self.everywhere);
        shelf.put_text(&self.texts);
        let mut described = Texts::default();
        (0..number(self.len())).for_each(|at| described.push(self.describe(PatternId(at))));
        described.put_on(shelf);
    }

    /// The plan on a shelf; `None` when something else lies there.
    #[must_use]
    pub fn take_from(mut shelf: Shelved) -> Option<Self> {
        Some(Self {
            steps: Steps::take_from(&mut shelf)?,
            terms: Terms::take_from(&mut shelf)?,
            entries: shelf.rows()?,
            operands: shelf.numbers()?,
            everywhere: shelf.numbers()?,
            texts: shelf.text()?,
            described: Texts::take_from(&mut shelf)?,
            descriptions: OnceLock::new(),
        })
    }

    /// How many patterns there are, operands included.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing was added.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The parts that must all match for a pattern to match, from left to right; empty for a
    /// pattern that is itself a single part.
    #[must_use]
    pub fn operands(
        &self,
        pattern: PatternId,
    ) -> impl DoubleEndedIterator<Item = PatternId> + ExactSizeIterator + use<'_> {
        let [.., from, to] = self.entry(pattern).unwrap_or_default();
        let operands = self.operands.get(from as usize..to as usize).unwrap_or(&[]);
        operands.iter().map(|&operand| PatternId(operand))
    }

    /// What a pattern asks for, in a lawyer's words: "the supplier", "a period of time".
    #[must_use]
    pub fn describe(&self, pattern: PatternId) -> &str {
        if (pattern.0 as usize) < self.described.len() {
            return self.described.get(pattern.0 as usize);
        }
        let all = self.descriptions.get_or_init(|| vec![OnceLock::new(); self.len()].into());
        let Some(description) = all.get(pattern.0 as usize) else { return "" };
        description.get_or_init(|| {
            let read = parse_with(self.text(pattern), &AnyName);
            read.map_or_else(|_| String::new(), |read| describe(&read.tree)).into()
        })
    }

    /// A pattern as it was written.
    #[must_use]
    pub fn text(&self, pattern: PatternId) -> &str {
        let [_, from, to, ..] = self.entry(pattern).unwrap_or_default();
        self.texts.get(from as usize..to as usize).unwrap_or_default()
    }

    /// Whether a pattern begins with a party, a modal word or a quantity, which stand everywhere.
    #[must_use]
    pub fn stands_everywhere(&self, pattern: PatternId) -> bool {
        let (word, bit) = (pattern.0 / u32::BITS, pattern.0 % u32::BITS);
        self.everywhere.get(word as usize).is_some_and(|bits| bits >> bit & 1 == 1)
    }

    pub(super) fn step_of(&self, pattern: PatternId) -> Option<StepId> {
        self.entry(pattern).map(|[step, ..]| step)
    }

    fn entry(&self, pattern: PatternId) -> Option<Entry> {
        self.entries.get(pattern.0 as usize).copied()
    }
}

/// Collects patterns into a [`Plan`].
#[derive(Clone, Debug, Default)]
pub struct PlanBuilder {
    steps: StepsBuilder,
    terms: TermsBuilder,
    entries: Vec<Entry>,
    operands: Vec<u32>,
    everywhere: Vec<u32>,
    texts: String,
    /// The steps of the vocabulary's lists; `None` while one is being compiled.
    lists: Fast<String, Option<StepId>>,
    /// Operands by step, since patterns share them.
    known_operands: Fast<StepId, PatternId>,
}

impl PlanBuilder {
    /// Adds a pattern and its operands; equal parts of different patterns are shared. Every call
    /// must bring the same vocabulary, the one that the pattern was parsed with, but for lists that
    /// came new or were [forgotten](Self::forget): a list that it lacks matches nothing.
    pub fn add(&mut self, pattern: &Pattern, vocabulary: &Vocabulary) -> PatternId {
        let step = self.compile(&pattern.tree, vocabulary);
        let from = self.texts.len();
        self.texts.push_str(&pattern.text);
        let parts = pattern.tree.operands();
        let operands = if parts.len() < 2 {
            Vec::new()
        } else {
            parts.into_iter().map(|part| self.operand(part, from, vocabulary)).collect()
        };
        self.enter(step, from..self.texts.len(), &operands)
    }

    /// A pattern that was added, as it was written.
    #[must_use]
    pub fn text(&self, pattern: PatternId) -> &str {
        let [_, from, to, ..] = self.entries.get(pattern.0 as usize).copied().unwrap_or_default();
        self.texts.get(from as usize..to as usize).unwrap_or_default()
    }

    /// Forgets lists that leave the vocabulary, so that others may come under their names.
    pub fn forget(&mut self, lists: &[String]) {
        for name in lists {
            self.lists.remove(name);
        }
    }

    /// The plan of all that was added.
    #[must_use]
    pub fn finish(self) -> Plan {
        Plan {
            steps: self.steps.finish(),
            terms: self.terms.finish(),
            entries: Cow::Owned(self.entries),
            operands: Cow::Owned(self.operands),
            everywhere: Cow::Owned(self.everywhere),
            texts: Cow::Owned(self.texts),
            described: Texts::default(),
            descriptions: OnceLock::new(),
        }
    }

    fn enter(&mut self, step: StepId, text: Range<usize>, operands: &[PatternId]) -> PatternId {
        let id = PatternId(number(self.entries.len()));
        let from = number(self.operands.len());
        self.operands.extend(operands.iter().map(|operand| operand.0));
        let to = number(self.operands.len());
        let begins = self.texts.get(text.clone()).unwrap_or_default().trim_start_matches('(');
        let (word, bit) = (id.0 / u32::BITS, id.0 % u32::BITS);
        self.everywhere.resize(word as usize + 1, 0);
        self.everywhere[word as usize] |= u32::from(begins.starts_with('@')) << bit;
        self.entries.push([step, number(text.start), number(text.end), from, to]);
        id
    }

    /// The pattern of a part of one whose text begins at `from`.
    fn operand(&mut self, part: &Node, from: usize, vocabulary: &Vocabulary) -> PatternId {
        let step = self.compile(part, vocabulary);
        if let Some(&known) = self.known_operands.get(&step) {
            return known;
        }
        let text = from + part.range.start..from + part.range.end;
        let id = self.enter(step, text, &[]);
        self.known_operands.insert(step, id);
        id
    }

    fn compile(&mut self, node: &Node, vocabulary: &Vocabulary) -> StepId {
        let step = match &node.expr {
            Expr::Word(word) => Step::Words(self.terms.set([word])),
            Expr::Phrase(words) => {
                let sets: Vec<SetId> = words.iter().map(|word| self.terms.set([word])).collect();
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
            let set = self.terms.set(words);
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
