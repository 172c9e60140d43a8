//! Brackets and quotation marks in the cells of tables. A cell closes what it opens; but a table that was torn on the
//! way to Markdown has a bracket in one row and its counterpart in another, so a table tells of one sign or of none.

use super::{Loose, Told, brackets, is_enumerator, is_hidden, quotes, slip};
use crate::document::{Block, BlockKind};
use crate::proofread::{Proof, Slip};

/// The shortest text of a cell that is read, in bytes.
const SHORT: usize = 12;

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let is_row = |block: &Block| matches!(block.kind, BlockKind::TableRow | BlockKind::TableHeader);
    let mut at = 0;
    let mut slips = Vec::new();
    for blocks in proof.document.blocks.chunk_by(|one, other| is_row(one) == is_row(other)) {
        if is_row(&blocks[0]) {
            slips.extend(table(at, blocks, proof));
        }
        at += blocks.len();
    }
    slips
}

/// The slip of a table with one sign that has no counterpart.
fn table(first: usize, rows: &[Block], proof: &Proof<'_>) -> Option<Slip> {
    let mut found: Option<(Loose, Told<'_>)> = None;
    for (row, block) in rows.iter().enumerate() {
        for cell in &block.cells {
            let text = proof.document.prose.slice(cell.text.clone());
            let mut signs = Vec::new();
            brackets(text, b'(', b')', &mut signs);
            brackets(text, b'[', b']', &mut signs);
            quotes(text, &mut signs);
            signs.retain(|&(place, sign, opens)| opens || sign == b'"' || !is_enumerator(text, place));
            for (place, sign, opens) in signs {
                if found.is_some() {
                    return None;
                }
                let one = Loose {
                    block: first + row,
                    unit: block.clause,
                    place,
                    sign,
                    opens,
                    excused: false,
                    edge: false,
                };
                let source = proof.document.source(cell.text.clone());
                let low = proof.source.slice(source).contains(['„', '‟', '«']);
                let hidden = is_hidden(text);
                found = Some((one, Told { proof, start: cell.text.start, text, low, hidden }));
            }
        }
    }
    let (one, told) = found?;
    (told.text.trim().len() >= SHORT).then(|| slip(&one, told))?
}
