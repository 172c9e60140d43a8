//! Chapeau and flush text: what leads into an item and what completes it.
//!
//! "The Supplier shall:" leads into each "(a)" under it; all items of a list share the lead. Text
//! after the list that begins in lower case completes each of them.

use super::emit::item_of;
use super::events::Raw;
use super::join;
use super::passage::Passage;
use super::{Block, BlockId, BlockKind, ClauseId, Prose};

/// The most links that are followed from an item to its outermost lead.
const CHAIN: usize = 8;

/// What was seen so far.
pub(super) struct Leads {
    /// The last block that is no furniture.
    previous: Option<BlockId>,
    /// What leads into the lists of Markdown met so far, by list.
    lists: Vec<Option<Option<BlockId>>>,
    /// The table being read and what leads into it.
    table: (u32, Option<BlockId>),
    /// Whether the last block was a line of a list without any mark.
    loose: bool,
}

impl Leads {
    pub(super) const fn new() -> Self {
        Self { previous: None, lists: Vec::new(), table: (0, None), loose: false }
    }

    /// Notes that a block was read.
    pub(super) fn passed(&mut self, id: BlockId, blocks: &[Block]) {
        let block = blocks.get(id.index());
        self.loose &= block.is_some_and(|block| block.lead.is_some());
        self.previous = Some(id);
    }

    /// What leads into the first item of a list, or into an item of a Markdown list already met.
    pub(super) fn first(
        &self,
        _id: BlockId,
        passage: &Passage,
        raw: &Raw,
        blocks: &[Block],
        prose: &Prose,
        nested: bool,
    ) -> Option<BlockId> {
        let list = item_of(raw, passage).filter(|_| passage.first).map(|item| item.list as usize);
        if let Some(Some(lead)) = list.and_then(|list| self.lists.get(list)) {
            return *lead;
        }
        let previous = self.previous?;
        let block = blocks.get(previous.index())?;
        // A bullet sign of plain text shares the lead of the bullet above.
        if passage.bullet && list.is_none() && block.kind == BlockKind::Item && block.label.is_none() {
            return block.lead;
        }
        introduces(block, prose, nested).then_some(previous)
    }

    /// Keeps what leads into a Markdown list for its later items.
    pub(super) fn list(&mut self, raw: &Raw, passage: &Passage, lead: Option<BlockId>) {
        let Some(list) = item_of(raw, passage).filter(|_| passage.first).map(|item| item.list as usize)
        else {
            return;
        };
        if self.lists.len() <= list {
            self.lists.resize(list + 1, None);
        }
        if let Some(slot) = self.lists.get_mut(list) {
            slot.get_or_insert(lead);
        }
    }

    /// Sets what leads into a row: a text before the table that ends with a colon.
    pub(super) fn row(&mut self, id: BlockId, table: u32, blocks: &mut [Block], prose: &Prose) {
        if self.table.0 != table {
            let above = self.previous.filter(|above| {
                blocks.get(above.index()).is_some_and(|block| {
                    let running = matches!(block.kind, BlockKind::Paragraph | BlockKind::Item);
                    running && prose.slice(block.text.clone()).trim_end().ends_with([':', '—'])
                })
            });
            self.table = (table, above);
        }
        if let Some(block) = blocks.get_mut(id.index()) {
            block.lead = self.table.1;
        }
    }

    /// Lines after "...:" that have no mark at all but go on in lower case or end like items.
    pub(super) fn loose(&mut self, id: BlockId, blocks: &[Block], prose: &Prose) -> Option<BlockId> {
        let previous = self.previous?;
        let above = blocks.get(previous.index())?;
        let text = prose.slice(blocks.get(id.index())?.text.clone());
        let over = prose.slice(above.text.clone()).trim_end();
        let item =
            text.starts_with(char::is_lowercase) || text.ends_with([';', ',']) || text.ends_with("; and");
        let running = matches!(above.kind, BlockKind::Paragraph | BlockKind::Item);
        if self.loose && over.ends_with([';', ',']) | over.ends_with(" and") | over.ends_with(" or") {
            return above.lead;
        }
        self.loose = running && over.ends_with([':', '—']) && item;
        // A sentence that a page number tore apart.
        let torn = running && above.label.is_none() && item && !join::stopped(over) && above.lead.is_none();
        (self.loose || torn && text.starts_with(char::is_lowercase)).then_some(previous)
    }

    /// Takes a text after a list as the end of each item; gives the clause of what leads in.
    pub(super) fn tail(
        &self,
        id: BlockId,
        passage: &Passage,
        blocks: &mut [Block],
        prose: &Prose,
    ) -> Option<ClauseId> {
        let previous = self.previous?;
        let above = blocks.get(previous.index())?;
        let text = prose.slice(blocks.get(id.index())?.text.clone());
        let completes =
            text.starts_with(|c: char| c.is_lowercase() || c == ',') || text.starts_with("In each case");
        if !completes || self.loose || passage.table != 0 || above.kind == BlockKind::TableRow {
            return None;
        }
        let mut lead = above.lead?;
        for _ in 0..CHAIN {
            match blocks.get(lead.index()).and_then(|block| block.lead) {
                Some(outer) => lead = outer,
                None => break,
            }
        }
        let clause = blocks.get(lead.index())?.clause;
        for block in blocks.get_mut(lead.index() + 1..id.index())?.iter_mut() {
            if block.lead.is_some() && block.kind != BlockKind::Furniture {
                block.tail = Some(id);
            }
        }
        Some(clause)
    }
}

/// Whether a block's end leads into what follows.
fn introduces(block: &Block, prose: &Prose, nested: bool) -> bool {
    if !matches!(block.kind, BlockKind::Paragraph | BlockKind::Item) {
        return false;
    }
    let text = prose.slice(block.text.clone()).trim_end();
    if text.is_empty() || everything(text) && !nested {
        return false;
    }
    if text.ends_with([':', '—', '–']) {
        return true;
    }
    // "On termination; (a) each party shall ...": drafts put a semicolon where a colon is meant.
    let mistyped = text.ends_with(';') && block.lead.is_none();
    nested && (mistyped || join::dangling(text) || !join::stopped(text) && text.len() > 15)
}

/// "... the parties agree as follows:" leads into the whole contract and so into nothing.
fn everything(text: &str) -> bool {
    let start =
        (text.len().saturating_sub(80)..text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let end = text.get(start..).unwrap_or("").to_ascii_lowercase();
    end.contains("agree") && end.contains("follow")
        || end.contains("witnesseth")
        || end.contains("as follows:")
}
