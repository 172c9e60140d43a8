//! Which clauses are the units that `&` of the pattern language joins within.
//!
//! A unit is the outermost numbered or titled clause below the document's title, its parts and its
//! schedules. A clause that holds more than a fifth of a document of many clauses is too wide for
//! that: its sub-clauses are the units, and so it is with a clause without a label that holds two thirds of any document. Long text without any mark is cut: each paragraph, with
//! the items that it leads into, becomes a clause without label or title.

use super::emit::index;
use super::numbering::LabelKind;
use super::tree::front_end;
use super::{Block, BlockKind, Clause, ClauseId, Document, Prose};
use crate::source::Span;

/// A document of fewer clauses than this keeps its wide units.
const MANY: usize = 20;
/// Nor is a clause wide that holds fewer bytes of text than this.
const WIDE: usize = 6000;
/// In a text of fewer bytes nothing is too wide.
const SMALL: usize = 2000;
/// More blocks than this without a label of their own are cut into paragraphs.
const PLAIN: usize = 60;

/// Marks the units of a document whose clauses are in preorder.
pub(super) fn mark(document: &mut Document) {
    cut_plain(document);
    let total = document.prose.text.len();
    let many = document.clauses.len() > MANY;
    let children = children(&document.clauses);
    for at in 1..document.clauses.len() {
        let clause = &document.clauses[at];
        let open = clause.parent.is_some_and(|parent| {
            let above = &document.clauses[parent.index()];
            above.is_unit && holds_units(document, parent.index(), &children, many, total)
        });
        document.clauses[at].is_unit = open;
    }
}

/// Whether the clauses right under a unit are units of their own.
fn holds_units(document: &Document, at: usize, children: &[u32], many: bool, total: usize) -> bool {
    if at == 0 {
        return true;
    }
    let clause = &document.clauses[at];
    let container = document.label(clause).is_some_and(|label| label.kind == LabelKind::Attachment);
    if container {
        return true;
    }
    let first = document.blocks.get(clause.blocks.start as usize).map_or(0, |block| block.text.start);
    let last = document
        .blocks
        .get((clause.blocks.end as usize).saturating_sub(1))
        .map_or(first, |block| block.text.end);
    let size = last.saturating_sub(first) as usize;
    let count = children.get(at).copied().unwrap_or(0);
    // A line of the cover that passes for a heading holds all that follows.
    let cover = document.label(clause).is_none() && count > 0 && total > SMALL && size * 3 > total * 2;
    cover || many && size > WIDE && count > 1 && size * 5 > total
}

/// How many clauses lie right under each.
fn children(clauses: &[Clause]) -> Vec<u32> {
    let mut counts = vec![0; clauses.len()];
    for clause in clauses {
        if let Some(count) = clause.parent.and_then(|parent| counts.get_mut(parent.index())) {
            *count += 1;
        }
    }
    counts
}

/// Gives each paragraph of long unmarked text a clause of its own.
fn cut_plain(document: &mut Document) {
    let mut direct = vec![0_usize; document.clauses.len()];
    for block in document.blocks.iter().filter(|block| plain(block)) {
        direct[block.clause.index()] += 1;
    }
    if direct.iter().all(|&count| count <= PLAIN) {
        return;
    }
    let old = std::mem::take(&mut document.clauses);
    let mut new: Vec<Clause> = Vec::with_capacity(old.len() + document.blocks.len());
    let mut moved: Vec<u32> = vec![0; old.len()];
    let mut next = 0;
    // The clause, in the new count, that the blocks of each old clause go to now.
    let mut target: Vec<u32> = vec![0; old.len()];
    for at in 0..document.blocks.len() {
        while let Some(clause) = old.get(next).filter(|clause| clause.blocks.start as usize <= at) {
            let parent = clause.parent.and_then(|parent| moved.get(parent.index()).copied().map(ClauseId));
            moved[next] = index(new.len());
            target[next] = moved[next];
            new.push(Clause { parent, ..clause.clone() });
            next += 1;
        }
        let block = &document.blocks[at];
        let owner = block.clause.index();
        let cut = direct[owner] > PLAIN
            && plain(block)
            && block.lead.is_none()
            && at > old[owner].blocks.start as usize;
        if cut || direct[owner] > PLAIN && at == 0 {
            let parent = ClauseId(moved[owner]);
            let depth = new.get(parent.index()).map_or(0, |clause| clause.depth) + 1;
            target[owner] = index(new.len());
            new.push(paragraph(&document.prose, block, parent, depth, at));
        }
        let id = target[owner];
        document.blocks[at].clause = ClauseId(id);
        if let Some(clause) = new.get_mut(id as usize)
            && id != moved[owner]
        {
            clause.blocks.end = index(at + 1);
            clause.span = clause.span.cover(document.blocks[at].span);
        }
    }
    for clause in old.get(next..).unwrap_or_default() {
        let parent = clause.parent.and_then(|parent| moved.get(parent.index()).copied().map(ClauseId));
        moved[next] = index(new.len());
        new.push(Clause { parent, ..clause.clone() });
        next += 1;
    }
    document.clauses = new;
}

/// Whether a block is running text without a label.
fn plain(block: &Block) -> bool {
    block.label.is_none() && matches!(block.kind, BlockKind::Paragraph)
}

fn paragraph(prose: &Prose, block: &Block, parent: ClauseId, depth: u16, at: usize) -> Clause {
    let text = prose.slice(block.text.clone());
    let cut = front_end(text, 60);
    let end = prose.source_end(block.text.start + index(cut.max(1))).max(block.span.start());
    Clause {
        title: None,
        head: Span::new(block.span.file(), block.span.start()..end),
        span: block.span,
        parent: Some(parent),
        depth,
        is_unit: false,
        blocks: index(at)..index(at + 1),
    }
}
