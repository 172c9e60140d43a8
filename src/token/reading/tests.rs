//! Readings of small documents built by hand; a paragraph a line.

use proptest::prelude::*;

use super::*;
use crate::document::{Block, BlockKind, Cell, Clause, Prose};
use crate::source::{FileId, Span};

/// A document of blocks: kind, text, lead, tail.
pub(crate) fn document(blocks: &[(BlockKind, &str, Option<u32>, Option<u32>)]) -> Document {
    let span = Span::new(FileId::default(), 0..0);
    let mut text = String::new();
    let mut made = Vec::new();
    for &(kind, words, lead, tail) in blocks {
        let start = u32::try_from(text.len()).unwrap();
        text.push_str(words);
        let range = start..u32::try_from(text.len()).unwrap();
        text.push('\n');
        made.push(Block {
            kind,
            span,
            text: range,
            titled: 0,
            label: None,
            clause: ClauseId(0),
            lead: lead.map(BlockId::new),
            tail: tail.map(BlockId::new),
            cells: Box::default(),
        });
    }
    let whole = Clause {
        title: None,
        head: span,
        span,
        parent: None,
        depth: 0,
        is_unit: false,
        blocks: 0..u32::try_from(made.len()).unwrap(),
    };
    let mut prose = Prose::default();
    prose.text.push_str(&text);
    Document {
        file: FileId::default(),
        prose,
        blocks: made,
        clauses: vec![whole],
        title: None,
        front_matter: None,
        links: Vec::new(),
        comments: Vec::new(),
        labels: String::new(),
    }
}

fn paragraphs(texts: &[&str]) -> Document {
    document(&texts.iter().map(|text| (BlockKind::Paragraph, *text, None, None)).collect::<Vec<_>>())
}

fn said(document: &Document, reading: &Reading, range: Range<u32>) -> String {
    let words = reading.tokens[range.start as usize..range.end as usize].iter();
    words.map(|token| document.prose.slice(reading.place(*token))).collect::<Vec<_>>().join(" ")
}

fn sentences(document: &Document) -> Vec<String> {
    let reading = Reading::new(document, &mut Words::new());
    (0..reading.sentences.len()).map(|index| said(document, &reading, reading.sentence(index))).collect()
}

#[test]
fn splits_words() {
    let table = [
        ("supplier's non-exclusive", "supplier's|non|exclusive"),
        ("99.9% of $10,000", "99.9|of|10,000"),
        ("and/or 'quoted' suppliers'", "and|or|quoted|suppliers"),
        ("[***] and ____ and [●] and [  ]", "[***]|and|____|and|[●]|and|[  ]"),
        ("Verfügbarkeit über 99,75 %", "Verfügbarkeit|über|99,75"),
        ("U.S. law", "U|S|law"),
        ("a * b _c_ [d]", "a|b|c|d"),
    ];
    for (text, words) in table {
        let document = paragraphs(&[text]);
        let reading = Reading::new(&document, &mut Words::new());
        let read: Vec<_> =
            reading.tokens.iter().map(|token| document.prose.slice(reading.place(*token))).collect();
        assert_eq!(read.join("|"), words, "{text}");
    }
}

#[test]
fn splits_sentences() {
    let table = [
        ("The end. The start.", 2),
        ("Acme Inc. and Beta Ltd. agree. \"Fees\" are due.", 2),
        ("See Sec. 5 and No. 7 of the list.", 1),
        ("No. The answer is final.", 2),
        ("Paid to Acme Inc. The fee is due.", 2),
        ("Signed by J. Smith. He left.", 2),
        ("As set out in Exhibit A. The fee is due.", 2),
        ("e.g. the U.S. Government; i.e. that: this", 1),
        ("1. The first. 2. The second.", 2),
        ("It is 99.9. (See there.)", 2),
        ("it goes on. but not here", 1),
        ("Is it? Yes! [***] is due.", 3),
    ];
    for (text, count) in table {
        let read = sentences(&paragraphs(&[text]));
        assert_eq!(read.len(), count, "{read:?}");
    }
}

#[test]
fn reads_lead_ins_before_items_and_the_end_behind() {
    use BlockKind::{Item, Paragraph};
    let document = document(&[
        (Paragraph, "Fees are fixed. The Supplier shall:", None, None),
        (Item, "on exit:", Some(0), Some(4)),
        (Item, "return all data. It keeps none", Some(1), Some(4)),
        (Item, "help", Some(1), Some(4)),
        (Paragraph, "within ten days. Later is too late.", None, None),
    ]);
    let reading = Reading::new(&document, &mut Words::new());
    let read: Vec<_> =
        reading.units.iter().map(|unit| said(&document, &reading, unit.start..unit.end)).collect();
    assert_eq!(read[2], "The Supplier shall on exit return all data It keeps none within ten days");
    assert_eq!(read[3], "The Supplier shall on exit help within ten days");
    let third = reading.units[2];
    assert_eq!(said(&document, &reading, third.own..third.own_end), "return all data It keeps none");
    let last = reading.sentence_of(third.end - 1);
    assert_eq!(said(&document, &reading, reading.sentence(last)), "It keeps none within ten days");
    let first = reading.sentence_of(third.start);
    assert_eq!(
        said(&document, &reading, reading.sentence(first)),
        "The Supplier shall on exit return all data"
    );
}

#[test]
fn items_without_a_verb_are_read_behind_the_contracts_words_of_duty() {
    use BlockKind::{Heading, Item, Paragraph};
    let read = |blocks: &[(BlockKind, &str, Option<u32>, Option<u32>)]| sentences(&document(blocks));
    let read = |above: &str, item: &str| {
        let blocks = [
            (Paragraph, "The Agency will bill monthly and shall provide the Services.", None, None),
            (Heading, "Exit", None, None),
            (Paragraph, above, None, None),
            (Item, item, Some(2), None),
        ];
        read(&blocks).pop().unwrap_or_default()
    };
    let owed = "Up to 60 days of transition help";
    assert_eq!(read("Exit support:", owed), format!("Exit support shall provide {owed}"));
    let unchanged = [
        ("Exit support:", "The Agency helps for 60 days"),
        ("Exit support:", "Help is given for 60 days"),
        ("Exit support:", "Transition help"),
        ("Exit support includes:", owed),
        ("Not part of the support:", owed),
        ("Exclusions:", owed),
        ("Tasks of the Client:", owed),
        ("Client responsibilities:", owed),
        ("Customer's support staff:", owed),
        ("Events of default:", owed),
        ("Fees:", owed),
    ];
    assert!(!read("Exit support:", "60 days of help nobody won’t want").contains("shall provide"));
    for above in ["Notices of incidents", "User training", "Client support", "Event monitoring", "Feedback"] {
        let above = &format!("{above}:");
        let title = above.trim_end_matches(':');
        assert_eq!(read(above, owed), format!("{title} shall provide {owed}"));
    }
    for (above, item) in unchanged {
        assert_eq!(read(above, item), format!("{} {item}", above.trim_end_matches(':')), "{above}");
    }
}

#[test]
fn a_text_that_binds_nobody_lends_no_duty() {
    use BlockKind::{Item, Paragraph};
    let recipe = [(Paragraph, "For the dough:", None, None), (Item, "Three cups of flour", Some(0), None)];
    assert_eq!(sentences(&document(&recipe)).pop().unwrap(), "For the dough Three cups of flour");
    let bound = [
        (Item, "Weekly status reports", None, None),
        (Paragraph, "This agreement will renew. The Agency must deliver the Reports.", None, None),
    ];
    assert_eq!(sentences(&document(&bound))[0], "must deliver Weekly status reports");
    let only_bound =
        [(Item, "Weekly status reports", None, None), (Paragraph, "This agreement will renew.", None, None)];
    assert_eq!(sentences(&document(&only_bound))[0], "will Weekly status reports");
}

#[test]
fn headings_lead_nothing_and_furniture_is_not_read() {
    use BlockKind::{Furniture, Heading, Item};
    let document = document(&[
        (Heading, "5. Duties. And more", None, None),
        (Furniture, "Page 3", None, None),
        (Item, "return data", Some(0), None),
    ]);
    let reading = Reading::new(&document, &mut Words::new());
    assert_eq!(sentences(&document), ["5 Duties And more", "return data"]);
    assert_eq!(reading.tokens.iter().filter(|token| token.is_heading()).count(), 4);
}

#[test]
fn run_in_titles_are_sentences_and_not_lead_ins() {
    use BlockKind::{Item, Paragraph};
    let mut document = document(&[
        (Paragraph, "Exit. The Supplier shall", None, None),
        (Item, "return data", Some(0), None),
    ]);
    document.blocks[0].titled = 5;
    let reading = Reading::new(&document, &mut Words::new());
    assert_eq!(sentences(&document), ["Exit", "The Supplier shall", "The Supplier shall return data"]);
    assert!(reading.tokens[0].is_heading() && !reading.tokens[1].is_heading());
}

#[test]
fn cells_come_with_their_headers() {
    let text = "Metric Target\nAvailability 99.9%";
    let mut document = paragraphs(&[text]);
    let mut row = document.blocks[0].clone();
    document.blocks[0].kind = BlockKind::TableHeader;
    document.blocks[0].text = 0..13;
    document.blocks[0].cells = [Cell { text: 0..6, header: None }, Cell { text: 7..13, header: None }].into();
    row.kind = BlockKind::TableRow;
    row.text = 14..32;
    row.cells =
        [Cell { text: 14..26, header: Some(0..6) }, Cell { text: 27..32, header: Some(7..13) }].into();
    document.blocks.push(row);
    assert_eq!(sentences(&document), ["Metric Target", "Metric Availability Target 99.9"]);
}

#[test]
fn copies_stay_within_their_bounds() {
    use BlockKind::Item;
    let long = "word ".repeat(500);
    let blocks: Vec<_> = (0..200u32).map(|at| (Item, long.as_str(), at.checked_sub(1), Some(199))).collect();
    let reading = Reading::new(&document(&blocks), &mut Words::new());
    assert!(reading.units.iter().all(|unit| unit.own - unit.start <= 120 && unit.end - unit.own_end <= 40));
}

fn piece() -> impl Strategy<Value = (BlockKind, String, Option<u32>, Option<u32>)> {
    let kind = prop_oneof![
        3 => Just(BlockKind::Paragraph),
        3 => Just(BlockKind::Item),
        1 => Just(BlockKind::Heading),
        1 => Just(BlockKind::Furniture)
    ];
    let word = prop_oneof![
        "[A-Za-z]{1,6}[.:;!?]?",
        "[0-9.,%$()]{1,5}",
        Just("[***]".to_owned()),
        "\\PC{0,4}",
        Just("one (1) day.".to_owned())
    ];
    let text = proptest::collection::vec(word, 0..20).prop_map(|words| words.join(" "));
    (kind, text, proptest::option::of(0u32..8), proptest::option::of(0u32..8))
}

proptest! {
    #[test]
    fn any_document_reads_within_bounds(pieces in proptest::collection::vec(piece(), 1..9)) {
        let count = u32::try_from(pieces.len()).unwrap();
        let blocks: Vec<_> = pieces
            .iter()
            .enumerate()
            .map(|(at, (kind, text, lead, tail))| {
                let at = u32::try_from(at).unwrap();
                (*kind, text.as_str(), lead.filter(|&lead| lead < at), tail.filter(|&tail| tail > at && tail < count))
            })
            .collect();
        let document = document(&blocks);
        let reading = Reading::new(&document, &mut Words::new());
        let own: u32 = reading.units.iter().map(|unit| unit.own_end - unit.own).sum();
        prop_assert!(reading.len() <= own + 160 * count);
        for starts in [&reading.sentences, &reading.paragraphs] {
            prop_assert!(starts.windows(2).all(|pair| pair[0] < pair[1]));
            prop_assert_eq!(starts.first().copied(), (!reading.is_empty()).then_some(0));
            prop_assert!(starts.last().is_none_or(|&last| last < reading.len()));
        }
        let mut end = 0;
        for unit in &reading.units {
            prop_assert_eq!(unit.start, end);
            prop_assert!(unit.start <= unit.own && unit.own < unit.own_end && unit.own_end <= unit.end);
            prop_assert!(reading.sentences.binary_search(&unit.start).is_ok());
            end = unit.end;
        }
        prop_assert_eq!(end, reading.len());
        for token in &reading.tokens {
            prop_assert!(document.prose.text.get(token.start as usize..reading.end(*token) as usize).is_some_and(|text| !text.is_empty()));
        }
        prop_assert!(reading.quantities.windows(2).all(|pair| pair[0].end <= pair[1].start));
        prop_assert!(reading.quantities.iter().all(|found| found.start < found.end && found.end <= reading.len()));
    }
}
