//! The meaning of patterns once more, slow and obvious, and the engine held against it: random
//! patterns over random texts must give the same intervals. Nothing here is shared with `eval`,
//! `join`, `index` or `terms`.

use proptest::prelude::*;

use super::ast::{Comparison, Connector, Expr, Form, Modal, Node, Operator, PartyTerm, Reach, WordTerm};
use super::tests::{find_in, names, read, vocabulary};
use super::*;
use crate::token::fold::{Words, fold};
use crate::token::{QuantityKind, Reading};

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
            View::Body => !self.reading.tokens[at].heading,
            View::Heading => self.reading.tokens[at].heading,
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
        let word = self.words.word(self.reading.tokens[at].word);
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
                        quantity.value.is_some_and(|value| holds(test.operator, value, test.value))
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
            Reach::Words(n) => gap < usize::from(n) && in_paragraph,
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
        (start..end).map(|at| self.reading.sentence_of(u32::try_from(at).unwrap())).collect()
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

fn word() -> impl Strategy<Value = WordTerm> {
    let folded =
        prop::sample::select(vec!["a", "b", "c", "duty", "duties", "or", "a*", "helix", "systems", "72"]);
    let exact = prop::sample::select(vec!["a", "A", "Duty", "b", "duties"]);
    let root = prop::sample::select(vec!["du", "dut", "d*ty", "he", "ab"]);
    let term = |form| move |text: &str| WordTerm { form, text: text.to_owned() };
    prop_oneof![
        4 => folded.prop_map(term(Form::Folded)),
        1 => exact.prop_map(term(Form::Exact)),
        1 => root.prop_map(term(Form::Root)),
    ]
}

fn comparison(kind: QuantityKind) -> impl Strategy<Value = Expr> {
    let operators = [Operator::Below, Operator::AtMost, Operator::Equal, Operator::AtLeast, Operator::Above];
    let written = match kind {
        QuantityKind::Duration => vec![("24h", 24.0), ("72h", 72.0), ("1d", 24.0), ("1w", 168.0)],
        QuantityKind::Date => vec![("2026-01-31", 20_484.0), ("1970-01-01", 0.0)],
        _ => vec![("99.5", 99.5), ("24", 24.0), ("72.0", 72.0)],
    };
    (prop::sample::select(operators.to_vec()), prop::sample::select(written)).prop_map(
        move |(operator, (written, value))| {
            Expr::Quantity(kind, Some(Comparison { operator, value, written: written.to_owned() }))
        },
    )
}

fn leaf() -> impl Strategy<Value = Expr> {
    use QuantityKind::{Date, Duration, Money, Number, Percent};
    let kinds = prop::sample::select(vec![Percent, Money, Duration, Date, Number]);
    prop_oneof![
        8 => word().prop_map(Expr::Word),
        2 => prop::collection::vec(word(), 2..4).prop_map(Expr::Phrase),
        1 => prop::sample::select(vec![PartyTerm::Customer, PartyTerm::Supplier, PartyTerm::Any]).prop_map(Expr::Party),
        1 => prop::sample::select(vec![Modal::Must, Modal::May, Modal::Not]).prop_map(Expr::Modal),
        1 => Just(Expr::List("data".to_owned())),
        1 => kinds.clone().prop_map(|kind| Expr::Quantity(kind, None)),
        1 => kinds.prop_flat_map(comparison),
    ]
}

fn connector() -> impl Strategy<Value = Connector> {
    let reach = prop_oneof![
        3 => (1u8..6).prop_map(Reach::Words),
        2 => Just(Reach::Sentence),
        1 => Just(Reach::Paragraph),
    ];
    prop_oneof![
        6 => (any::<bool>(), reach).prop_map(|(ordered, reach)| Connector { ordered, reach }),
        1 => Just(Connector { ordered: false, reach: Reach::Clause }),
    ]
}

fn tree() -> impl Strategy<Value = Node> {
    let node = |expr| Node::new(expr, 0..0);
    leaf().prop_map(node).prop_recursive(5, 24, 3, move |inner| {
        let pair = (inner.clone(), inner.clone());
        prop_oneof![
            4 => (connector(), pair.clone())
                .prop_map(move |(how, (a, b))| node(Expr::Join(how, Box::new(a), Box::new(b)))),
            3 => pair.clone().prop_map(|(a, b)| Node::or(a, b)),
            1 => pair.prop_map(move |(a, b)| node(Expr::Except(Box::new(a), Box::new(b)))),
            1 => inner.prop_map(move |a| node(Expr::Heading(Box::new(a)))),
        ]
    })
}

fn text() -> impl Strategy<Value = String> {
    let words = [
        "a",
        "b",
        "c",
        "A",
        "duty",
        "Duties",
        "ab",
        "or",
        "shall",
        "is required to",
        "may",
        "not",
        "helix systems ltd",
        "helix",
        "systems",
        "Acme",
        "party",
        "data",
        "personal information",
        "24h",
        "72h",
        "xh",
        "99.5pc",
        "100eur",
        "xpc",
        "24",
        "72",
    ];
    let word = prop::sample::select(words.to_vec());
    let gap =
        prop_oneof![12 => Just(" "), 3 => Just(". "), 2 => Just("\n"), 1 => Just("\n\n"), 1 => Just("\n#")];
    // Long ones reach past 64 sentences, and past the number of zones.
    let size = prop_oneof![15 => 0usize..24, 1 => 100usize..400];
    size.prop_flat_map(move |size| prop::collection::vec((word.clone(), gap.clone()), size))
        .prop_map(|parts| parts.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(tree in tree()) {
        let written = tree.to_string();
        let pattern = parse(&written, &vocabulary());
        prop_assert_eq!(pattern.map(|pattern| pattern.tree), Ok(tree), "{}", written);
    }

    #[test]
    fn the_engine_means_what_the_definitions_say(tree in tree(), text in text(), body in any::<bool>()) {
        let written = tree.to_string();
        let pattern = Pattern { text: written.clone(), tree };
        let (reading, words) = read(&text);
        let slow = Slow { reading: &reading, words: &words, vocabulary: vocabulary() };
        let (scope, view) = if body { (Scope::Body, View::Body) } else { (Scope::All, View::All) };
        let found = find_in(&reading, &words, &pattern, scope);
        let found: Vec<Pair> = found.into_iter().map(|x| (x.start as usize, x.end as usize)).collect();
        prop_assert_eq!(found, slow.matches(&pattern.tree, view), "{} in {:?}", written, text);
    }

    #[test]
    fn leaves_span_their_match(tree in tree(), text in text()) {
        let pattern = Pattern { text: String::new(), tree };
        let (reading, words) = read(&text);
        let mut builder = PlanBuilder::default();
        let id = builder.add(&pattern, &vocabulary());
        let plan = builder.finish();
        let index = Index::with_names(&plan, &mut Lexicon::default(), &words, &reading, &names());
        let mut evaluation = Evaluation::new(&plan, &index, &reading);
        for found in evaluation.matches(id, Scope::All).to_vec() {
            let leaves = evaluation.leaf_spans(id, Scope::All, found);
            prop_assert_eq!(leaves.first().map(|leaf| leaf.start), Some(found.start));
            prop_assert_eq!(leaves.last().map(|leaf| leaf.end), Some(found.end));
        }
    }

    #[test]
    fn looking_at_a_part_finds_what_the_whole_holds(
        tree in tree(), text in text(), body in any::<bool>(), start in 0u32..60, length in 1u32..30,
    ) {
        let pattern = Pattern { text: String::new(), tree };
        let (reading, words) = read(&text);
        let mut builder = PlanBuilder::default();
        let id = builder.add(&pattern, &vocabulary());
        let plan = builder.finish();
        let index = Index::with_names(&plan, &mut Lexicon::default(), &words, &reading, &names());
        let scope = if body { Scope::Body } else { Scope::All };
        let all = Evaluation::new(&plan, &index, &reading).matches(id, scope).to_vec();
        let mut fresh = Evaluation::new(&plan, &index, &reading);
        let inside = Interval { start: start.min(reading.len()), end: (start + length).min(reading.len()) };
        let held = all.iter().any(|found| inside.start <= found.start && found.end <= inside.end);
        prop_assert_eq!(fresh.has_match_within(id, scope, inside), held);
        let first = fresh.first_matches(id, scope, 3);
        prop_assert!(all.starts_with(&first) && first.len() >= all.len().min(3));
        prop_assert!(fresh.weight(id, scope) > 0 || all.is_empty());
    }

    #[test]
    fn any_text_is_read_or_refused_in_place(text in "[a-c\"“”()@$#!*&%+/<>=0-9.,'’ \\-heading or s p é]{0,40}") {
        if let Err(errors) = parse(&text, &vocabulary()) {
            prop_assert!(!errors.is_empty());
            for error in errors {
                prop_assert!(text.get(error.range.clone()).is_some(), "{:?}", error);
            }
        }
    }
}
