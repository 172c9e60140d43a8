//! The steps of a plan, side by side in flat arrays of numbers: 23,000 of them are had at the start of a
//! process without making any of them.
//!
//! What a step means is worked out in `eval`; which steps there are, in `plan`.

use std::ops::Range;

use super::ast::{Connector, Operator, PartyTerm, Reach};
use super::shelf::{Numbers, Rows, Shelf, Shelved, number};
use super::terms::{Fast, SetId};
use crate::token::QuantityKind;

/// Index of a step, counted from 0.
pub(super) type StepId = u32;

/// One part of a pattern with its operands by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step<'a> {
    /// Matches nothing.
    Nothing,
    Words(SetId),
    Phrase(&'a [SetId]),
    Party(PartyTerm),
    /// The value as bits, so that steps can be compared.
    Quantity(QuantityKind, Option<(Operator, u64)>),
    Any(&'a [StepId]),
    Join(Connector, StepId, StepId),
    Except(StepId, StepId),
    Heading(StepId),
}

/// The stretch of a reading that a match never leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Extent {
    Sentence,
    Paragraph,
    Clause,
}

/// A step as three numbers. The first holds, from the lowest bits on, what it is (4 bits), its extent (4), and
/// what is particular to it (24); the others are its operands, or where they lie in [`Steps::parts`].
type Code = [u32; 3];

const NOTHING: u32 = 0;
const WORDS: u32 = 1;
const PHRASE: u32 = 2;
const PARTY: u32 = 3;
const QUANTITY: u32 = 4;
const ANY: u32 = 5;
const JOIN: u32 = 6;
const EXCEPT: u32 = 7;
const HEADING: u32 = 8;

const PARTIES: [PartyTerm; 3] = [PartyTerm::Customer, PartyTerm::Supplier, PartyTerm::Any];
const KINDS: [QuantityKind; 5] = [
    QuantityKind::Percent,
    QuantityKind::Money,
    QuantityKind::Duration,
    QuantityKind::Date,
    QuantityKind::Number,
];
const OPERATORS: [Operator; 5] =
    [Operator::Below, Operator::AtMost, Operator::Equal, Operator::AtLeast, Operator::Above];
const EXTENTS: [Extent; 3] = [Extent::Sentence, Extent::Paragraph, Extent::Clause];

/// The steps of a plan; each stands behind those it needs.
#[derive(Clone, Debug, Default)]
pub(super) struct Steps {
    codes: Rows<3>,
    /// The operands of unions and the words of phrases, one behind the other.
    parts: Numbers,
}

impl Steps {
    pub(super) fn len(&self) -> usize {
        self.codes.len()
    }

    /// One of the steps.
    #[inline]
    pub(super) fn step(&self, id: StepId) -> Step<'_> {
        self.read(&self.codes[id as usize])
    }

    /// All steps, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Step<'_>> {
        self.codes.iter().map(|code| self.read(code))
    }

    /// How far apart the ends of a match of a step may lie.
    #[inline]
    pub(super) fn extent(&self, id: StepId) -> Extent {
        let of = |code: &Code| EXTENTS.get((code[0] >> 4 & 15) as usize).copied();
        self.codes.get(id as usize).and_then(of).unwrap_or(Extent::Clause)
    }

    pub(super) fn put_on(&self, shelf: &mut Shelf) {
        shelf.put(self.codes.as_flattened());
        shelf.put(&self.parts);
    }

    pub(super) fn take_from(shelf: &mut Shelved) -> Option<Self> {
        Some(Self { codes: shelf.rows()?, parts: shelf.numbers()? })
    }

    #[inline]
    fn read(&self, &[first, a, b]: &Code) -> Step<'_> {
        let parts = || self.parts.get(a as usize..b as usize).unwrap_or(&[]);
        match first & 15 {
            WORDS => Step::Words(a),
            PHRASE => Step::Phrase(parts()),
            PARTY => PARTIES.get(a as usize).map_or(Step::Nothing, |&party| Step::Party(party)),
            QUANTITY => quantity(first >> 8, a, b),
            ANY => Step::Any(parts()),
            JOIN => Step::Join(connector(first >> 8), a, b),
            EXCEPT => Step::Except(a, b),
            HEADING => Step::Heading(a),
            _ => Step::Nothing,
        }
    }
}

fn quantity(particular: u32, a: u32, b: u32) -> Step<'static> {
    let Some(&kind) = KINDS.get((particular & 15) as usize) else { return Step::Nothing };
    // 0 stands for no comparison.
    let operator = (particular >> 4).checked_sub(1).and_then(|at| OPERATORS.get(at as usize));
    Step::Quantity(kind, operator.map(|&operator| (operator, u64::from(a) | u64::from(b) << 32)))
}

#[inline]
const fn connector(particular: u32) -> Connector {
    let reach = match particular >> 1 & 3 {
        0 => Reach::Sentence,
        1 => Reach::Paragraph,
        2 => Reach::Clause,
        _ => Reach::Words(particular.to_le_bytes()[1]),
    };
    Connector { ordered: particular & 1 == 1, reach }
}

fn number_of_connector(connector: Connector) -> u32 {
    let reach = match connector.reach {
        Reach::Sentence => 0,
        Reach::Paragraph => 1,
        Reach::Clause => 2,
        Reach::Words(words) => 3 | u32::from(words) << 7,
    };
    u32::from(connector.ordered) | reach << 1
}

/// Collects steps; equal ones are one.
#[derive(Clone, Debug, Default)]
pub(super) struct StepsBuilder {
    steps: Steps,
    /// The steps by their numbers; of one with many operands, by these.
    known: Fast<Box<[u32]>, StepId>,
}

impl StepsBuilder {
    pub(super) fn finish(self) -> Steps {
        self.steps
    }

    /// The number of a step, whose operands must have theirs.
    pub(super) fn add(&mut self, step: Step<'_>) -> StepId {
        let (first, operands) = self.write(step);
        let key: Box<[u32]> = std::iter::once(first).chain(operands.iter().copied()).collect();
        if let Some(&known) = self.known.get(&key) {
            return known;
        }
        let code = match (step, operands.as_slice()) {
            (Step::Phrase(_) | Step::Any(_), parts) => {
                let Range { start, end } = self.keep(parts);
                [first, start, end]
            }
            (_, operands) => {
                let operand = |at: usize| operands.get(at).copied().unwrap_or_default();
                [first, operand(0), operand(1)]
            }
        };
        let id = number(self.steps.codes.len());
        self.steps.codes.to_mut().push(code);
        self.known.insert(key, id);
        id
    }

    fn keep(&mut self, parts: &[u32]) -> Range<u32> {
        let start = number(self.steps.parts.len());
        self.steps.parts.to_mut().extend_from_slice(parts);
        start..number(self.steps.parts.len())
    }

    /// The first number of a step, and its operands.
    fn write(&self, step: Step<'_>) -> (u32, Vec<u32>) {
        let (kind, particular, operands) = match step {
            Step::Nothing => (NOTHING, 0, Vec::new()),
            Step::Words(set) => (WORDS, 0, vec![set]),
            Step::Phrase(sets) => (PHRASE, 0, sets.to_vec()),
            Step::Party(party) => (PARTY, 0, vec![place(&PARTIES, &party)]),
            Step::Quantity(kind, test) => {
                let operator = test.map_or(0, |(operator, _)| 1 + place(&OPERATORS, &operator));
                let bits = test.map_or(0, |(_, bits)| bits);
                let halves = vec![(bits & u64::from(u32::MAX)) as u32, (bits >> 32) as u32];
                (QUANTITY, place(&KINDS, &kind) | operator << 4, halves)
            }
            Step::Any(parts) => (ANY, 0, parts.to_vec()),
            Step::Join(connector, left, right) => (JOIN, number_of_connector(connector), vec![left, right]),
            Step::Except(left, right) => (EXCEPT, 0, vec![left, right]),
            Step::Heading(inner) => (HEADING, 0, vec![inner]),
        };
        (kind | place(&EXTENTS, &self.extent(step)) << 4 | particular << 8, operands)
    }

    fn extent(&self, step: Step<'_>) -> Extent {
        let of = |step: StepId| self.steps.extent(step);
        match step {
            Step::Nothing | Step::Words(_) | Step::Phrase(_) | Step::Party(_) | Step::Quantity(..) => {
                Extent::Sentence
            }
            Step::Any(parts) => parts.iter().map(|&part| of(part)).max().unwrap_or(Extent::Sentence),
            Step::Except(inner, _) | Step::Heading(inner) => of(inner),
            Step::Join(connector, left, right) => {
                let own = match connector.reach {
                    Reach::Words(_) | Reach::Sentence => Extent::Sentence,
                    Reach::Paragraph => Extent::Paragraph,
                    Reach::Clause => Extent::Clause,
                };
                own.max(of(left)).max(of(right))
            }
        }
    }
}

fn place<T: PartialEq>(all: &[T], one: &T) -> u32 {
    number(all.iter().position(|other| other == one).unwrap_or(all.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_comes_back_as_it_was_put_in() {
        let reaches = [Reach::Words(1), Reach::Words(255), Reach::Sentence, Reach::Paragraph, Reach::Clause];
        let joins = reaches.into_iter().flat_map(|reach| {
            [true, false].map(|ordered| Step::Join(Connector { ordered, reach }, 1, 4_000_000_000))
        });
        let quantities = KINDS.into_iter().flat_map(|kind| {
            let tests = OPERATORS.into_iter().map(|operator| Some((operator, 72.5f64.to_bits())));
            tests.chain([None]).map(move |test| Step::Quantity(kind, test))
        });
        let others = [
            Step::Nothing,
            Step::Words(7),
            Step::Phrase(&[3, 2, 3]),
            Step::Any(&[0, 5]),
            Step::Any(&[0, 5, 6]),
            Step::Except(2, 3),
            Step::Heading(9),
        ];
        let parties = PARTIES.into_iter().map(Step::Party);
        let all: Vec<Step<'_>> = joins.chain(quantities).chain(others).chain(parties).collect();
        let mut builder = StepsBuilder::default();
        for (at, &step) in (0..).zip(&all) {
            assert_eq!(builder.add(step), at, "{step:?}");
        }
        for (at, &step) in (0..).zip(&all) {
            assert_eq!(builder.add(step), at, "{step:?} is known");
        }
        let steps = builder.finish();
        assert_eq!(steps.iter().collect::<Vec<_>>(), all);
    }

    #[test]
    fn a_match_reaches_as_far_as_its_parts() {
        let mut builder = StepsBuilder::default();
        let words = builder.add(Step::Words(0));
        let join = |reach| Connector { ordered: true, reach };
        let near = builder.add(Step::Join(join(Reach::Paragraph), words, words));
        let words = builder.add(Step::Join(join(Reach::Words(3)), words, words));
        let sentence = builder.add(Step::Join(join(Reach::Sentence), words, words));
        let clause = builder.add(Step::Join(join(Reach::Clause), near, words));
        let any = builder.add(Step::Any(&[sentence, near]));
        let except = builder.add(Step::Except(any, clause));
        let steps = builder.finish();
        let extents = [words, near, sentence, clause, any, except].map(|step| steps.extent(step));
        use Extent::{Clause, Paragraph, Sentence};
        assert_eq!(extents, [Sentence, Paragraph, Sentence, Clause, Paragraph, Paragraph]);
    }
}
