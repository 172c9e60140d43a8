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
        let label = block.label.as_ref().map_or("", |label| &label.text);
        let text: String = document.text(block).chars().take(width).collect();
        let _ = write!(out, "{}{at} {kind} {label}| {text}", "  ".repeat(depth));
        if let Some(lead) = block.lead {
            let _ = write!(out, " <-{}", lead.0);
        }
        if let Some(tail) = block.tail {
            let _ = write!(out, " ->{}", tail.0);
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
        std::fs::write(
            std::env::temp_dir()
                .join("h1dump")
                .join(format!("{}.tree", std::path::Path::new(path).file_name().unwrap().to_string_lossy())),
            format!("title: {title}\n{}", tree(&document, 100)),
        )
        .unwrap();
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
