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
