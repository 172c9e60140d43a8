//! Passages -> blocks over the final prose.

use std::ops::Range;

use super::events::{Form, Item, Raw};
use super::numbering::Label;
use super::passage::Passage;
use super::prose::{Prose, to_u32};
use super::titles::Reading;
use super::{Block, BlockKind, Cell, ClauseId};
use crate::source::{FileId, Span};

/// What passages become.
pub(super) struct Emitted {
    pub(super) prose: Prose,
    pub(super) blocks: Vec<Block>,
    /// The texts of the labels, one behind the other.
    pub(super) labels: String,
}

/// Writes the prose and makes a block of each passage. Clauses and leads come later.
pub(super) fn blocks(file: FileId, raw: &Raw, passages: &[Passage], readings: &[Reading]) -> Emitted {
    let mut writer = Writer {
        file,
        raw,
        prose: Prose::default(),
        labels: String::new(),
        headers: Vec::new(),
        table: 0,
        run: 0,
    };
    writer.prose.reserve_for(&raw.scratch, passages.len());
    let mut blocks = Vec::with_capacity(passages.len());
    for (index, (passage, reading)) in passages.iter().zip(readings).enumerate() {
        let next = passages.get(index + 1);
        blocks.push(writer.block(passage, *reading, next));
    }
    let Writer { mut prose, mut labels, .. } = writer;
    prose.shrink_to_fit();
    labels.shrink_to_fit();
    Emitted { prose, blocks, labels }
}

struct Writer<'a> {
    file: FileId,
    raw: &'a Raw,
    prose: Prose,
    labels: String,
    /// The header cells of the table being written; empty ranges for empty cells.
    headers: Vec<Range<u32>>,
    table: u32,
    /// The run of the scratch text that was copied from last.
    run: usize,
}

impl Writer<'_> {
    fn block(&mut self, passage: &Passage, reading: Reading, next: Option<&Passage>) -> Block {
        let text = self.text(passage);
        let shift = |at: u32| at.saturating_sub(passage.body) + text.start;
        let titled = match reading {
            Reading::Text(Some(end)) if shift(end) < text.end => shift(end) - text.start,
            _ => 0,
        };
        let label = passage.mark.map(|mark| {
            let range = passage.label_at..passage.label_at + mark.end;
            let start = index(self.labels.len());
            mark.write(self.raw.scratch.slice(range.clone()), &mut self.labels);
            Label {
                text: start..index(self.labels.len()),
                kind: mark.kind(),
                span: Span::new(self.file, self.raw.scratch.source_range_near(range, self.run)),
            }
        });
        let (kind, cells) = self.row(passage, reading, &text, next);
        Block {
            kind,
            span: Span::new(self.file, passage.source.clone()),
            text,
            titled,
            label,
            clause: ClauseId::default(),
            lead: None,
            tail: None,
            cells,
        }
    }

    /// Writes the text of a passage.
    fn text(&mut self, passage: &Passage) -> Range<u32> {
        if !self.prose.text.is_empty() {
            self.prose.push_separator("\n", passage.source.start);
        }
        let start = self.prose.len();
        self.copy(passage.body..passage.text.end);
        for part in &passage.more {
            self.prose.push_separator(" ", self.raw.scratch.source_start(part.start));
            self.copy(part.clone());
        }
        start..self.prose.len()
    }

    fn copy(&mut self, range: Range<u32>) {
        self.run = self.raw.scratch.run_near(range.start, self.run);
        self.prose.push_from(&self.raw.scratch, range, self.run);
    }

    /// What kind of block it is, with its cells and their headers.
    fn row(
        &mut self,
        passage: &Passage,
        reading: Reading,
        text: &Range<u32>,
        next: Option<&Passage>,
    ) -> (BlockKind, Box<[Cell]>) {
        let kind = match (reading, passage.form) {
            _ if passage.furniture => BlockKind::Furniture,
            (_, Form::Header | Form::Row) => return self.cells(passage, text, next),
            (Reading::Heading(_), _) => BlockKind::Heading,
            _ if passage.bullet || passage.first || lettered(passage) => BlockKind::Item,
            _ => BlockKind::Paragraph,
        };
        (kind, Box::default())
    }

    fn cells(
        &mut self,
        passage: &Passage,
        text: &Range<u32>,
        next: Option<&Passage>,
    ) -> (BlockKind, Box<[Cell]>) {
        let raw =
            self.raw.cells.get(passage.cells.start as usize..passage.cells.end as usize).unwrap_or_default();
        let place =
            |at: u32| at.clamp(passage.text.start, passage.text.end) - passage.text.start + text.start;
        let ranges: Vec<Range<u32>> = raw.iter().map(|cell| place(cell.start)..place(cell.end)).collect();
        let begins = self.table != passage.table;
        self.table = passage.table;
        // A converter that knows no header row leaves it empty; the first row is the real one.
        let goes_on = next.is_some_and(|next| next.table == passage.table);
        let full = |range: &Range<u32>| range.end > range.start && range.end - range.start < 60;
        let titled = begins && goes_on && ranges.len() > 2 && ranges.iter().skip(1).all(full);
        if passage.form == Form::Header || titled {
            self.headers.clone_from(&ranges);
            let cells = ranges.into_iter().map(|text| Cell { text, header: None }).collect();
            return (BlockKind::TableHeader, cells);
        }
        if begins {
            self.headers.clear();
        }
        let header = |column: usize| self.headers.get(column).filter(|range| !range.is_empty()).cloned();
        let cells = ranges
            .into_iter()
            .enumerate()
            .map(|(column, text)| Cell { text, header: header(column) })
            .collect();
        (BlockKind::TableRow, cells)
    }
}

/// Whether its label is one of a list within a sentence: "(a)", "(iv)".
fn lettered(passage: &Passage) -> bool {
    use super::labels::Style;
    matches!(passage.style(), Some(Style::Lower | Style::LowerRoman | Style::Parens | Style::HalfParens))
}

/// The list item that holds a passage.
pub(super) fn item_of<'a>(raw: &'a Raw, passage: &Passage) -> Option<&'a Item> {
    passage.item.and_then(|item| raw.items.get(item as usize))
}

/// A count as an index of blocks or clauses.
pub(super) fn index(at: usize) -> u32 {
    to_u32(at)
}
