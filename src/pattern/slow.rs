//! The meaning of patterns once more, slow and obvious, for tests and fuzzing only: the engine is held
//! against it, by random patterns over random texts in `tests` and by what a fuzzer makes up in
//! [`agrees`]. Nothing here is shared with `eval`, `join`, `index` or `terms`.

#[cfg(test)]
mod tests;

use super::ast::{Connector, Expr, Form, Node, Operator, PartyTerm, Reach, WordTerm};
use super::small::{find_in, names, read, vocabulary};
use super::*;
use crate::token::Reading;
use crate::token::fold::fold;
use crate::token::words::Words;

/// `start..end`.
type Pair = (usize, usize);

#[derive(Clone, Copy, PartialEq)]
enum View {
    All,
    Body,
    Heading,
}

struct Slow<'a> {
    reading: &'a Reading,
    words: &'a Words,
    vocabulary: Vocabulary,
}

fn holds(operator: Operator, found: f64, wanted: f64) -> bool {
    match operator {
        Operator::Below => found < wanted,
        Operator::AtMost => found <= wanted,
        Operator::Equal => found == wanted,
        Operator::AtLeast => found >= wanted,
        Operator::Above => found > wanted,
    }
}

fn minimal(all: &[Pair]) -> Vec<Pair> {
    let inside = |x: &Pair, y: &Pair| x != y && y.0 <= x.0 && x.1 <= y.1;
    let mut kept: Vec<Pair> = all.iter().filter(|y| !all.iter().any(|x| inside(x, y))).copied().collect();
    kept.sort_unstable();
    kept.dedup();
    kept
}

/// Whether a word of a text is a word of a pattern, letter by letter.
fn letters(pattern: &str, word: &str, root: bool) -> bool {
    match (pattern.chars().next(), word.chars().next()) {
        (None, None) => true,
        (None, Some(_)) => root,
        (Some(_), None) => false,
        (Some(p), Some(w)) => {
            let same = if p == '*' { w.is_alphabetic() } else { p == w };
            same && letters(&pattern[p.len_utf8()..], &word[w.len_utf8()..], root)
        }
    }
}

impl Slow<'_> {
    fn len(&self) -> usize {
        self.reading.tokens.len()
    }

    fn seen(&self, (start, end): Pair, view: View) -> bool {
        (start..end).all(|at| match view {
            View::All => true,
            View::Body => !self.reading.tokens[at].is_heading(),
            View::Heading => self.reading.tokens[at].is_heading(),
        })
    }

    /// Whether no stretch begins inside.
    fn together(&self, (start, end): Pair, starts: impl Iterator<Item = u32>) -> bool {
        let starts: Vec<usize> = starts.map(|start| start as usize).collect();
        !(start + 1..end).any(|at| starts.contains(&at))
    }

    fn one_sentence(&self, place: Pair) -> bool {
        self.together(place, self.reading.sentences.iter().copied())
    }

    fn fits(&self, term: &WordTerm, at: usize) -> bool {
        let word = self.words.word(self.reading.tokens[at].word());
        match term.form {
            Form::Exact if term.text.to_lowercase() == term.text => *word.lower == *term.text,
            Form::Exact => *word.surface == *term.text,
            Form::Folded if !term.text.contains('*') => *word.folded == *fold(&term.text),
            Form::Folded => {
                letters(&term.text, &word.lower, false) || letters(&term.text, &word.folded, false)
            }
            Form::Root => letters(&term.text, &word.lower, true) || letters(&term.text, &word.folded, true),
        }
    }

    fn words_at(&self, terms: &[WordTerm], (start, end): Pair) -> bool {
        end - start == terms.len()
            && (start..end).zip(terms).all(|(at, term)| self.fits(term, at))
            && self.one_sentence((start, end))
    }

    fn leaf(&self, expr: &Expr, (start, end): Pair) -> bool {
        match expr {
            Expr::Word(word) => self.words_at(std::slice::from_ref(word), (start, end)),
            Expr::Phrase(words) => self.words_at(words, (start, end)),
            Expr::Party(party) => {
                let whose = match party {
                    PartyTerm::Customer => 0,
                    PartyTerm::Supplier => 1,
                    PartyTerm::Any => 2,
                };
                names()[whose].iter().any(|name| {
                    let terms: Vec<_> = name
                        .split(' ')
                        .map(|word| WordTerm { form: Form::Folded, text: word.to_owned() })
                        .collect();
                    self.words_at(&terms, (start, end))
                })
            }
            Expr::Quantity(kind, test) => self.reading.quantities.iter().any(|quantity| {
                quantity.kind == *kind
                    && (quantity.start as usize, quantity.end as usize) == (start, end)
                    && test.as_ref().is_none_or(|test| {
                        quantity.value.is_none_or(|value| holds(test.operator, value, test.value))
                    })
            }),
            _ => false,
        }
    }

    fn allowed(&self, connector: Connector, x: Pair, y: Pair) -> Option<Pair> {
        let hull = (x.0.min(y.0), x.1.max(y.1));
        let gap = y.0.saturating_sub(x.1).max(x.0.saturating_sub(y.1));
        let in_paragraph = self.together(hull, self.reading.paragraphs.iter().copied());
        let near = match connector.reach {
            Reach::Words(n) => gap < usize::from(n) && self.one_sentence(hull),
            Reach::Sentence => self.one_sentence(hull),
            Reach::Paragraph => in_paragraph,
            Reach::Clause => {
                let clauses = &self.reading.clauses;
                let begins = (0..clauses.len()).filter(|&at| at == 0 || clauses[at].1 != clauses[at - 1].1);
                self.together(hull, begins.map(|at| clauses[at].0))
            }
        };
        (near && (!connector.ordered || x.1 <= y.0)).then_some(hull)
    }

    /// The sentences that an interval touches.
    fn sentences(&self, (start, end): Pair) -> Vec<usize> {
        (start..end).map(|at| self.reading.sentence_of(u32::try_from(at).unwrap_or(u32::MAX))).collect()
    }

    fn matches(&self, node: &Node, view: View) -> Vec<Pair> {
        let list = |name: &str| self.matches(&self.vocabulary.lists[name].tree, view);
        let all = match &node.expr {
            Expr::Modal(modal) => list(modal.list()),
            Expr::List(name) => list(name),
            Expr::Or(parts) => parts.iter().flat_map(|part| self.matches(part, view)).collect(),
            Expr::Heading(inner) => self.matches(inner, View::Heading),
            Expr::Join(connector, left, right) => {
                let right = self.matches(right, view);
                let pairs =
                    |x| right.iter().filter_map(move |&y| self.allowed(*connector, x, y)).collect::<Vec<_>>();
                self.matches(left, view).into_iter().flat_map(pairs).collect()
            }
            Expr::Except(left, right) => {
                let barred: Vec<usize> =
                    self.matches(right, view).into_iter().flat_map(|y| self.sentences(y)).collect();
                let free = |x: &Pair| self.sentences(*x).iter().all(|sentence| !barred.contains(sentence));
                self.matches(left, view).into_iter().filter(free).collect()
            }
            leaf => (0..self.len())
                .flat_map(|start| (start + 1..=self.len()).map(move |end| (start, end)))
                .filter(|&place| self.leaf(leaf, place) && self.seen(place, view))
                .collect(),
        };
        minimal(&all)
    }
}

/// Holds the engine against the meaning: the first line of the bytes is a pattern, the rest a text as
/// `small` reads it, up to 80 words. A pattern that is refused must be refused in its place.
///
/// # Panics
/// When the two disagree, or a mistake has no place.
pub fn agrees(data: &[u8]) {
    let input = String::from_utf8_lossy(data);
    let (written, text) = input.split_once('\n').unwrap_or((&input, ""));
    let text: String = text.split_inclusive(' ').take(80).collect();
    let pattern = match parse(written, &vocabulary()) {
        Ok(pattern) => pattern,
        Err(errors) => {
            assert!(!errors.is_empty(), "refused without a word: {written}");
            let placed = |error: &SyntaxError| written.get(error.range.clone()).is_some();
            return assert!(errors.iter().all(placed), "{errors:?} in {written}");
        }
    };
    let again = parse(&pattern.tree.to_string(), &vocabulary()).map(|pattern| pattern.tree);
    assert_eq!(again.as_ref(), Ok(&pattern.tree), "what is written is read back");
    let (reading, words) = read(&text);
    let slow = Slow { reading: &reading, words: &words, vocabulary: vocabulary() };
    for (scope, view) in [(Scope::All, View::All), (Scope::Body, View::Body)] {
        let found = find_in(&reading, &words, &pattern, scope);
        let found: Vec<Pair> = found.into_iter().map(|x| (x.start as usize, x.end as usize)).collect();
        assert_eq!(found, slow.matches(&pattern.tree, view), "{written} in {text:?}");
    }
}
