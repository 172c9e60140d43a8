//! One fixture for each way in which contracts carry their clauses; the trees are snapshots that
//! somebody has read.

use std::fmt::Write as _;

use clauselint::document::{self, BlockKind, ClauseId, Document};
use clauselint::source::{FileId, SourceFile};

/// Reads a text as a contract.
fn read(text: &str) -> Document {
    document::parse(&SourceFile::new(FileId::default(), "contract.md", text))
}

/// One line a block: clause path, kind, label, title, text, lead and tail.
fn tree(document: &Document, width: usize) -> String {
    let mut out = String::new();
    for (at, block) in document.blocks.iter().enumerate() {
        for (id, clause) in document.clauses.iter().enumerate().skip(1) {
            if clause.blocks.start as usize == at {
                let title = clause.title.clone().map_or("", |title| document.prose.slice(title));
                let cited = document.citation(ClauseId(id as u32));
                let indent = "  ".repeat(clause.depth as usize - 1);
                let unit = if clause.is_unit { "+" } else { "-" };
                let _ = writeln!(out, "{indent}{unit} {cited} [{title}]");
            }
        }
        let depth = document.clause(block.clause).depth as usize;
        let kind = match block.kind {
            BlockKind::Heading => "head",
            BlockKind::Paragraph => "para",
            BlockKind::Item => "item",
            BlockKind::TableRow => "row",
            BlockKind::TableHeader => "cols",
            BlockKind::Furniture => "page",
        };
        let label = block.label.as_ref().map_or("", |label| document.label_text(label));
        let text: String = document.text(block).chars().take(width).collect();
        let _ = write!(out, "{}{at} {kind} {label}| {text}", "  ".repeat(depth));
        if let Some(lead) = block.lead {
            let _ = write!(out, " <-{}", lead.index());
        }
        if let Some(tail) = block.tail {
            let _ = write!(out, " ->{}", tail.index());
        }
        for cell in &block.cells {
            let header = cell.header.clone().map_or("", |header| document.prose.slice(header));
            let _ = write!(out, " {{{header}: {}}}", document.prose.slice(cell.text.clone()));
        }
        out.push('\n');
    }
    out
}

/// Prints the trees of the files that the environment variable `CLAUSELINT_DUMP` names.
#[test]
#[ignore = "a tool to look at contracts with"]
fn dump() {
    for path in std::env::var("CLAUSELINT_DUMP").unwrap_or_default().split_whitespace() {
        let text = std::fs::read_to_string(path).unwrap();
        let document = read(&text);
        let title = document.title.map_or("", |title| document.text(document.block(title)));
        let name = std::path::Path::new(path).file_name().unwrap().to_string_lossy().into_owned();
        let place = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.tree"));
        std::fs::write(place, format!("title: {title}\n{}", tree(&document, 100))).unwrap();
    }
}

macro_rules! styles {
    ($($name:ident: $file:literal),* $(,)?) => {
        $(
            #[test]
            fn $name() {
                let document = read(include_str!(concat!("../fixtures/styles/", $file)));
                let title = document.title.map_or("", |title| document.text(document.block(title)));
                insta::assert_snapshot!(format!("title: {title}\n{}", tree(&document, 60)));
            }
        )*
    };
}

styles! {
    atx_headings_with_numbers: "atx-numbered.md",
    setext_headings_and_articles: "setext-article.md",
    lists_that_start_anew_under_headings: "list-under-headings.md",
    one_nested_list: "nested-list.md",
    nested_bullets_without_numbers: "nested-bullets.md",
    bold_paragraphs: "bold-paragraphs.md",
    lines_with_bold_labels: "bold-labels.md",
    lines_pasted_without_blanks: "pasted-lines.md",
    lines_in_capitals_over_one_list: "caps-and-list.md",
    numbers_and_tabs: "number-tab.md",
    letter_sections_and_section_signs: "letters-and-signs.md",
    html_blocks: "html.md",
    headings_as_questions: "questions.md",
    tables: "tables.md",
    lines_quotes_and_code: "lines-and-quotes.md",
    pages_of_a_print: "pages.md",
    prose_without_structure: "flat-prose.md",
}

#[test]
fn front_matter_is_kept_and_not_read() {
    let document = read(include_str!("../fixtures/styles/list-under-headings.md"));
    let front = document.front_matter.as_ref().unwrap();
    assert_eq!(front.get("parties.customer"), Some("Harbour School"));
    assert!(!document.prose.text.contains("Harbour"));
}

#[test]
fn comments_are_kept_and_not_read() {
    let text = include_str!("../fixtures/styles/html.md");
    let document = read(text);
    let comments: Vec<&str> = document.comments.iter().map(|span| &text[span.range()]).collect();
    assert_eq!(comments, ["<!-- internal: check with sales -->"]);
    assert!(!document.prose.text.contains("internal"));
}

/// The citation of the unit of each block that holds `word`.
fn units_of(document: &Document, word: &str) -> Vec<String> {
    let found = document.blocks.iter().filter(|block| document.text(block).contains(word));
    found.map(|block| document.citation(document.unit_of(block.clause))).collect()
}

#[test]
fn citations_put_the_labels_above_in_front() {
    let document = read(
        "# Terms\n\n## Article IV Term\n\n4.1 It ends if:\n\n(a) one of these happens:\n\n(i) fire;\n\n(ii) flood.\n\n\
         # Schedule 2\n\n1. Fees\n\n1.1 They are due monthly.\n",
    );
    let cited: Vec<String> =
        (1..document.clauses.len()).map(|at| document.citation(ClauseId(at as u32))).collect();
    let want = [
        "Article IV",
        "4.1",
        "4.1(a)",
        "4.1(a)(i)",
        "4.1(a)(ii)",
        "Schedule 2",
        "Schedule 2, 1",
        "Schedule 2, 1.1",
    ];
    assert_eq!(cited, want);
}

#[test]
fn the_unit_is_the_outermost_clause_below_title_and_schedules() {
    let document = read(include_str!("../fixtures/styles/atx-numbered.md"));
    assert_eq!(units_of(&document, "toner"), ["1"]);
    assert_eq!(units_of(&document, "40 euro"), ["Schedule 1, 1"]);
    assert_eq!(units_of(&document, "Larkspur"), [""]);
}

#[test]
fn a_clause_that_holds_most_of_the_text_is_no_unit() {
    let mut text = "# Agreement\n\n## 1. Everything\n\n".to_owned();
    for at in 1..40 {
        let _ = write!(text, "1.{at} {}\n\n", "The Supplier shall keep the site safe and clean. ".repeat(6));
    }
    text.push_str("## 2. Law\n\n2.1 The law of Malta governs.\n");
    let document = read(&text);
    assert_eq!(units_of(&document, "Malta"), ["2"]);
    let units = units_of(&document, "Supplier");
    assert_eq!((units[0].as_str(), units[38].as_str()), ("1.1", "1.39"));
}

#[test]
fn each_paragraph_of_long_unmarked_text_is_a_unit() {
    let text = "The buyer pays for each crate when it comes:\n\n- in cash; or\n\n- by card.\n\n".repeat(70);
    let document = read(&text);
    assert!(document.clauses.len() > 70);
    let units: Vec<ClauseId> = document.blocks.iter().map(|block| document.unit_of(block.clause)).collect();
    assert_eq!(units[0], units[2], "items stay with their lead-in");
    assert_ne!(units[0], units[3]);
}

#[test]
fn a_sentence_goes_on_after_a_page() {
    let document = read(
        "1.1 The Operator shall mend each fault within\n\nPage 4 of 9\n\nfour hours of the call of the Owner.\n\n\
         1.2 IN NO EVENT SHALL THE OPERATOR BE LIABLE FOR LOSS OF PROFIT OR FOR\n\nANY OTHER INDIRECT LOSS.\n",
    );
    let texts: Vec<&str> = document.blocks.iter().map(|block| document.text(block)).collect();
    assert_eq!(texts[0], "The Operator shall mend each fault within four hours of the call of the Owner.");
    assert_eq!(document.blocks[1].kind, BlockKind::Furniture);
    assert!(texts[2].ends_with("FOR ANY OTHER INDIRECT LOSS."));
}

#[test]
fn a_semicolon_may_stand_where_a_colon_is_meant() {
    let document = read(
        "9.1 On termination for any reason; \n\n(a) the Operator shall return the keys;\n\n(b) the Owner \
         shall pay what is due.\n\n9.2 The Operator shall mend the pump if: (i) it leaks;\n\n(ii) it \
         stops.\n\n9.3 The Owner gives notice.\n",
    );
    let leads: Vec<Option<usize>> =
        document.blocks.iter().map(|block| block.lead.map(document::BlockId::index)).collect();
    assert_eq!(leads, [None, Some(0), Some(0), None, Some(3), Some(3), None]);
}
