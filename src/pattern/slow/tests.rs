//! Random patterns over random texts: the engine gives what the definitions say, and what its shorter
//! ways find is what the whole holds.

use std::fs;
use std::path::Path;

use proptest::prelude::*;

use super::super::ast::{Comparison, Modal};
use super::*;
use crate::token::QuantityKind;

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
    let size = prop_oneof![7 => 0usize..24, 1 => 100usize..300];
    size.prop_flat_map(move |size| prop::collection::vec((word.clone(), gap.clone()), size))
        .prop_map(|parts| parts.into_iter().flat_map(|(word, gap)| [word, gap]).collect())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, ..ProptestConfig::default() })]

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
        let mut evaluation = Evaluation::new(&plan, &index, &reading, Scope::All);
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
        let (scope, other) = if body { (Scope::Body, Scope::All) } else { (Scope::All, Scope::Body) };
        let all = Evaluation::new(&plan, &index, &reading, scope).matches(id, scope).to_vec();
        let unprepared = Evaluation::new(&plan, &index, &reading, other).matches(id, scope).to_vec();
        prop_assert_eq!(&unprepared, &all);
        let mut fresh = Evaluation::new(&plan, &index, &reading, other);
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

#[test]
fn what_the_fuzzer_has_kept_agrees() {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/pattern");
    // A package holds no fuzzer, and nothing that it has kept.
    let Ok(files) = fs::read_dir(kept) else { return };
    let mut count = 0;
    for file in files.flatten() {
        agrees(&fs::read(file.path()).expect("it can be read"));
        count += 1;
    }
    assert!(count > 0, "the fuzzer has kept something");
}
