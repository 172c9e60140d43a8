//! Properties of spans: whatever the text, each byte of the prose leads back to the bytes of the
//! source that made it, and no word of the source is lost.

#[path = "properties/document.rs"]
mod properties;

use clauselint::document::{self, BlockKind, Document};
use clauselint::source::{FileId, SourceFile, Span};
use properties::{document as whatever, document_is_sound};
use proptest::prelude::*;

fn read(text: &str) -> (SourceFile, Document) {
    let source = SourceFile::new(FileId::default(), "contract.md", text);
    let document = document::parse(&source);
    (source, document)
}

/// The words of the prose with the source that they map to.
fn words(document: &Document) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    for block in &document.blocks {
        let text = document.text(block);
        let mut at = 0;
        for word in text.split(|c: char| !c.is_alphanumeric()) {
            if !word.is_empty() {
                let start = block.text.start + at as u32;
                found.push((word.to_owned(), document.source(start..start + word.len() as u32)));
            }
            at += word.len() + text[at + word.len()..].chars().next().map_or(0, char::len_utf8);
        }
    }
    found
}

/// The alphanumeric characters of a piece of source, marks and entities that hold none aside.
fn letters(source: &str) -> String {
    let plain = source.replace("&amp;", "").replace("&nbsp;", "").replace("&#39;", "").replace("&sect;", "");
    plain.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Nasty pieces of text that each hold the word `W` once.
fn piece() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "W",
        "**W**",
        "*W*",
        "__W__",
        "W&amp;",
        "W&nbsp;",
        "\\*W",
        "W\\.",
        "W\u{a0}",
        "\u{200b}W",
        "“W”",
        "‘W’",
        "W—",
        "«W»",
        "`W`",
        "[W](#w)",
        "<u>W</u>",
        "W<br>",
        "<span class=\"header_2\">W</span>",
        "W\t",
        "(W)",
        "W:",
        "W;",
        "W.",
        "W,",
        "~~W~~",
        "W &sect;",
        "é W",
        "§ W",
        "\u{feff}W",
        "<REDACTED> W",
        "W &#39;",
        "&unknown; W",
        "|W",
    ])
    .prop_map(str::to_owned)
}

fn opening() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "",
        "# ",
        "## 4. ",
        "1. ",
        "2) ",
        "- ",
        "* ",
        "> ",
        "(a) ",
        "(b) ",
        "(i) ",
        "1.1 ",
        "1\\. ",
        "    ",
        "Article IV ",
        "Schedule 2: ",
        "| ",
        "• ",
        "§ 5 ",
        "A. ",
        "\t",
        "   1. ",
        "**1.1** ",
        "<h2>",
        "- - 1.1 ",
        "###",
        "<!-- x -->",
        "3.6.1\t",
    ])
}

fn ending() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "\n",
        "\n\n",
        "\r\n",
        "\r\n\r\n",
        "\r",
        "\r\r",
        "  \n",
        "\\\n",
        ":\n\n",
        ".\n\n",
        " |\n|---|\n",
        ";\n",
        "\n---\n",
        "\n===\n",
    ])
}

/// Texts made of nasty pieces; each word is different.
fn text() -> impl Strategy<Value = String> {
    let line = (opening(), prop::collection::vec(piece(), 1..6), ending());
    prop::collection::vec(line, 1..14).prop_map(|lines| {
        let mut text = String::new();
        let mut count = 0;
        for (open, pieces, end) in lines {
            text.push_str(open);
            for piece in pieces {
                count += 1;
                text.push_str(&piece.replace('W', &format!("word{count}x")));
                text.push(' ');
            }
            text.push_str(end);
        }
        text
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_a_document(text in "\\PC{0,200}") {
        whatever(text.as_bytes());
    }

    #[test]
    fn any_characters_are_a_document(text in prop::collection::vec(prop::sample::select(vec![
        "a", "B", "1", ".", "(", ")", "\n", "\r", " ", "\t", "#", "*", "_", "-", "|", "<", ">", "&", ";", "`", "[",
        "]", "\\", "\u{ad}", "\u{a0}", "“", "§", ":", "i", "=", "!", "~", "\0", "\u{feff}", "é", "0", "<p>", "</td>",
        "<tr>", "<td>", "<h1>", "<!--", "-->", "&amp;", "---\n", "x: y\n",
    ]), 0..120)) {
        whatever(text.concat().as_bytes());
    }

    #[test]
    fn words_map_to_the_source_that_made_them(text in text()) {
        let (source, document) = read(&text);
        document_is_sound(&source, &document);
        for (word, span) in words(&document) {
            prop_assert_eq!(letters(source.slice(span)), word, "in {:?}", source.slice(span));
        }
    }

    #[test]
    fn no_word_is_lost_and_their_order_stays(text in text()) {
        let (_, document) = read(&text);
        let numbers = |text: &str| -> Vec<u32> {
            text.split("word").skip(1).filter_map(|rest| rest.split('x').next()?.parse().ok()).collect()
        };
        // Furniture in the middle of a sentence comes after it; all else keeps its order.
        let read: Vec<_> = document.blocks.iter().map(|block| (block.kind, numbers(document.text(block)))).collect();
        let running = read.iter().filter(|(kind, _)| *kind != BlockKind::Furniture).flat_map(|(_, found)| found);
        prop_assert!(running.is_sorted());
        let mut all: Vec<u32> = read.iter().flat_map(|(_, found)| found).copied().collect();
        all.sort_unstable();
        prop_assert_eq!(all, numbers(&text));
    }
}

#[test]
fn soft_hyphens_quotes_and_nbsp_map_to_the_byte() {
    let text = "\u{feff}Terms\r\n\r\n1.1 **Sub\u{ad}processors** may act for “30\u{a0}days”\\. R&amp;D\r";
    let (source, document) = read(text);
    let at = |word: &str| document.prose.text.find(word).unwrap() as u32;
    let slice = |word: &str| source.slice(document.source(at(word)..at(word) + word.len() as u32));
    assert_eq!(slice("Subprocessors"), "Sub\u{ad}processors");
    assert_eq!(slice("\"30 days\""), "“30\u{a0}days”");
    assert_eq!(slice("R&D"), "R&amp;D");
    assert_eq!(slice(". R"), ". R");
}

#[test]
fn lone_carriage_returns_end_lines() {
    let (source, document) = read("1. First clause.\r\r2. Second clause.\r\rLast text.");
    let labels: Vec<&str> =
        document.blocks.iter().filter_map(|block| Some(document.label_text(block.label.as_ref()?))).collect();
    assert_eq!(labels, ["1", "2"]);
    assert_eq!(source.slice(document.blocks[2].span), "Last text.");
}

#[test]
fn deep_and_wide_input_takes_linear_time() {
    // Not measured here, only run: what is not linear would take minutes.
    let headings = "# H\n".repeat(50_000);
    let bullets = "- ".repeat(2_000) + "x\n";
    let quotes = "> ".repeat(2_000) + "x\n";
    let letters = (0..50_000).map(|_| "(a) x;\n\n").collect::<String>();
    let numbers =
        (0..50_000).map(|at| format!("{}.{} The text.\n\n", at % 190 + 1, at % 7)).collect::<String>();
    let lower = "(a) the supplier shall:\n\nand then goes on\n\n".repeat(20_000);
    for text in [headings, bullets, quotes, letters, numbers, lower, "<".repeat(100_000), "&".repeat(100_000)]
    {
        let (source, document) = read(&text);
        document_is_sound(&source, &document);
    }
}
