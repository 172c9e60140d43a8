//! Blocks -> clauses: which block opens a clause and under which one it stands.
//!
//! One pass with a stack of open clauses. A number finds its parent by its components, a letter
//! by the nearest list of its style, a heading by its level; a schedule or part begins numbering
//! anew. Lists of Markdown count where their nesting is real.

mod place;
mod signs;

use super::emit::{index, item_of};
use super::events::{Form, Item, Raw};
use super::labels::{Mark, Style};
use super::leads::Leads;
use super::passage::Passage;
use super::titles::{self, Reading};
use super::{Block, BlockId, BlockKind, Clause, ClauseId, Prose};
use crate::source::Span;

/// The deepest clause; what lies deeper belongs to the one at this depth.
const DEPTH: usize = 48;
/// The level of what is no heading.
const BODY: u8 = 20;

/// A clause that is still open.
#[derive(Clone, Copy, Debug)]
struct Open {
    clause: usize,
    mark: Option<Mark>,
    level: u8,
    item: Option<u32>,
    list: Option<u32>,
    /// The item in which its list stands.
    depth: u16,
    /// What leads into it, if it is an item of a list.
    lead: Option<BlockId>,
    /// Whether its text leads into what follows.
    intro: bool,
    /// Whether it is a heading that has neither text nor title yet.
    untitled: bool,
    /// "Recitals" and its like hold no numbered clause.
    recitals: bool,
}

/// What the tree gives.
pub(super) struct Tree {
    pub(super) clauses: Vec<Clause>,
    pub(super) title: Option<BlockId>,
}

pub(super) use signs::front_end;
use signs::{defines, head, lone_level, names_contract, nested, numbers_follow, recitals};

/// Finds the clauses; sets the clause, lead and tail of each block.
pub(super) fn build(
    raw: &Raw,
    prose: &Prose,
    passages: &[Passage],
    readings: &[Reading],
    blocks: &mut [Block],
    file: Span,
) -> Tree {
    let root = Clause {
        title: None,
        head: Span::new(file.file(), file.start()..file.start()),
        span: file,
        parent: None,
        depth: 0,
        is_unit: true,
        blocks: 0..index(blocks.len()),
    };
    let mut clauses = Vec::with_capacity(1 + blocks.len() / 2);
    clauses.push(root);
    let mut builder = Builder {
        raw,
        prose,
        clauses,
        stack: vec![Open::root()],
        title: None,
        title_level: 0,
        lone_level: lone_level(passages),
        body: false,
        numbers_follow: false,
        seen: 0,
        leads: Leads::new(),
        run: 0,
    };
    for (at, (passage, reading)) in passages.iter().zip(readings).enumerate() {
        builder.numbers_follow = numbers_follow(passages.get(at + 1..).unwrap_or_default());
        builder.block(at, passage, *reading, blocks);
    }
    builder.close_to(0, blocks.len());
    Tree { clauses: builder.clauses, title: builder.title }
}

impl Open {
    const fn root() -> Self {
        Self {
            clause: 0,
            mark: None,
            level: 0,
            item: None,
            list: None,
            depth: 0,
            lead: None,
            intro: false,
            untitled: false,
            recitals: false,
        }
    }

    fn style(&self) -> Option<Style> {
        self.mark.map(|mark| mark.style)
    }

    fn is_container(&self) -> bool {
        self.level == 0 || matches!(self.style(), Some(Style::Attachment | Style::Part))
    }

    const fn is_heading(&self) -> bool {
        self.level < BODY
    }
}

struct Builder<'a> {
    raw: &'a Raw,
    prose: &'a Prose,
    clauses: Vec<Clause>,
    /// The open clauses, the document first.
    stack: Vec<Open>,
    title: Option<BlockId>,
    title_level: u8,
    /// The level of Markdown's first heading, if no other heading is as high.
    lone_level: Option<u8>,
    /// Whether running text has begun.
    body: bool,
    /// Whether the next passage has a label.
    numbers_follow: bool,
    /// Blocks seen that are no furniture.
    seen: usize,
    leads: Leads,
    /// The run of the prose that the head of the last clause ended in.
    run: usize,
}

/// Where a block goes: how much of the stack stays, and what leads into it as a later sibling.
struct Place {
    keep: usize,
    sibling: Option<Option<BlockId>>,
}

impl Place {
    const fn under(keep: usize) -> Self {
        Self { keep, sibling: None }
    }
}

impl Builder<'_> {
    fn block(&mut self, at: usize, passage: &Passage, reading: Reading, blocks: &mut [Block]) {
        let id = BlockId::new(index(at));
        if passage.furniture {
            self.belong(at, blocks);
            return;
        }
        self.seen += 1;
        match (passage.form, reading) {
            (Form::Header | Form::Row, _) => {
                self.leads.row(id, passage.table, blocks, self.prose);
                self.body = true;
            }
            (_, Reading::Heading(level)) => self.heading(at, passage, level, blocks),
            (_, Reading::Text(run_in)) => self.text(at, passage, run_in.is_some(), blocks),
        }
        self.belong(at, blocks);
        self.leads.passed(id, blocks);
    }

    /// Puts a block into the innermost open clause.
    fn belong(&self, at: usize, blocks: &mut [Block]) {
        if let (Some(block), Some(top)) = (blocks.get_mut(at), self.stack.last()) {
            block.clause = ClauseId(index(top.clause));
        }
    }

    fn heading(&mut self, at: usize, passage: &Passage, level: u8, blocks: &mut [Block]) {
        let Some(block) = blocks.get(at) else { return };
        let text = self.prose.slice(block.text.clone());
        if self.front(at, passage, level, text, blocks) {
            return;
        }
        // A cover page and the first page both say the title.
        let again = self.title.and_then(|title| blocks.get(title.index())).is_some_and(|title| {
            passage.mark.is_none() && self.prose.slice(title.text.clone()).eq_ignore_ascii_case(text)
        });
        if again && self.clauses.len() < 6 {
            self.close_to(1, at);
            return;
        }
        // "ARTICLE IV" and "TERM" on two lines are one title.
        if passage.mark.is_none()
            && let Some(top) = self.stack.last_mut().filter(|top| top.untitled)
        {
            top.untitled = false;
            let clause = top.clause;
            if let Some(clause) = self.clauses.get_mut(clause) {
                clause.title = Some(block.text.clone());
            }
            return;
        }
        let item = item_of(self.raw, passage).copied();
        let keep = match item.filter(|item| passage.first && item.parent.is_some()) {
            Some(item) => self.list_floor(passage, item),
            None => self.heading_place(passage, level),
        };
        let mark = self.resolved(passage);
        let opened = Open {
            level,
            mark,
            item: passage.item,
            list: item.filter(|_| passage.first).map(|item| item.list),
            depth: item.map_or(0, |item| item.depth),
            untitled: block.text.is_empty(),
            recitals: recitals(text),
            ..Open::root()
        };
        let title = (!block.text.is_empty()).then(|| block.text.clone());
        self.open(at, keep, opened, title, blocks);
    }

    /// Whether a heading belongs to the front of the document: its title, the number that a filing
    /// gave it, the names of the parties.
    fn front(&mut self, at: usize, passage: &Passage, level: u8, text: &str, blocks: &[Block]) -> bool {
        if titles::filing_number(passage) {
            return true;
        }
        let titled = passage.mark.is_none() && !recitals(text);
        let unnamed = self.title.is_none_or(|title| {
            blocks
                .get(title.index())
                .is_none_or(|title| !names_contract(self.prose.slice(title.text.clone())))
        });
        if self.stack.len() == 1 && unnamed && titled && self.seen <= 12 && names_contract(text) {
            self.title = Some(BlockId::new(index(at)));
            self.title_level = level;
            return true;
        }
        if self.body || self.stack.len() > 1 {
            return false;
        }
        let attached = matches!(passage.style(), Some(Style::Attachment));
        let alone =
            if level < 7 { self.lone_level == Some(level) } else { !self.numbers_follow || self.seen == 1 };
        if self.title.is_none() && titled && self.seen <= 3 && alone {
            self.title = Some(BlockId::new(index(at)));
            self.title_level = level;
            return true;
        }
        let cover = level >= 7 || level == self.title_level && titles::capitals(text);
        attached && self.title.is_none() || titled && cover && self.title.is_some() && !self.numbers_follow
    }

    fn text(&mut self, at: usize, passage: &Passage, titled: bool, blocks: &mut [Block]) {
        let id = BlockId::new(index(at));
        if let Some(top) = self.stack.last_mut() {
            top.untitled = false;
        }
        let front = passage.style() == Some(Style::Attachment) && !self.body && self.stack.len() == 1;
        let mark = self.resolved(passage).filter(|_| !front && !titles::filing_number(passage));
        let Some(mark) = mark else {
            self.unlabelled(at, passage, titled, blocks);
            return;
        };
        let place = self.label_place(passage, mark);
        let above = self.stack.get(place.keep.saturating_sub(1));
        let first_level =
            above.is_none_or(|open| open.is_heading() && open.mark.is_none() || open.level == 0);
        let lead = match place.sibling {
            Some(lead) => lead,
            None => self.leads.first(id, passage, self.raw, blocks, self.prose, nested(mark, first_level)),
        };
        if let Some(block) = blocks.get_mut(at) {
            block.lead = lead;
        }
        self.leads.list(self.raw, passage, lead);
        self.body = true;
        let item = item_of(self.raw, passage).copied();
        let opened = self.opened(passage, Some(mark), item, lead, blocks.get(at));
        let title = blocks.get(at).and_then(Block::run_in);
        self.open(at, place.keep, opened, title, blocks);
    }

    fn opened(
        &self,
        passage: &Passage,
        mark: Option<Mark>,
        item: Option<Item>,
        lead: Option<BlockId>,
        block: Option<&Block>,
    ) -> Open {
        let text = block.map_or("", |block| self.prose.slice(block.text.clone()));
        Open {
            level: BODY,
            mark,
            item: passage.item,
            list: item.filter(|_| passage.first).map(|item| item.list),
            depth: item.map_or(0, |item| item.depth),
            lead,
            intro: text.trim_end().ends_with([':', '—', ',']) || super::join::dangling(text),
            ..Open::root()
        }
    }

    /// Text without a label: an item with a bullet, a text with a title in front, plain text.
    fn unlabelled(&mut self, at: usize, passage: &Passage, titled: bool, blocks: &mut [Block]) {
        let id = BlockId::new(index(at));
        let item = item_of(self.raw, passage).copied();
        let lead = if passage.first || passage.bullet {
            let lead = self.leads.first(id, passage, self.raw, blocks, self.prose, true);
            self.leads.list(self.raw, passage, lead);
            lead
        } else {
            let tail = self.leads.tail(id, passage, blocks, self.prose);
            if let Some(clause) = tail
                && let Some(keep) = self.stack.iter().rposition(|open| open.clause == clause.index())
            {
                self.close_to(keep + 1, at);
            }
            if tail.is_some() { None } else { self.leads.loose(id, blocks, self.prose) }
        };
        if let Some(block) = blocks.get_mut(at) {
            block.lead = lead;
            if lead.is_some() {
                block.kind = BlockKind::Item;
            }
        }
        let long = blocks.get(at).is_some_and(|block| block.text.end - block.text.start >= 80);
        self.body |= long || self.title.is_some() && titled;
        if titled && (passage.first || passage.item.is_none()) {
            let keep = match item {
                Some(item) => self.list_floor(passage, item),
                None => self.stack.iter().rposition(Open::is_heading).map_or(1, |at| at + 1),
            };
            let opened = self.opened(passage, None, item, lead, blocks.get(at));
            let title = blocks.get(at).and_then(Block::run_in);
            self.open(at, keep, opened, title, blocks);
        } else {
            self.leave_lists_at(passage, at);
            let defines = blocks.get(at).is_some_and(|block| defines(self.prose.slice(block.text.clone())));
            if defines && passage.item.is_none() {
                let held = |open: &Open| {
                    open.is_heading() || open.style().is_none_or(|style| titles::rank(style) < 6)
                };
                let keep = self.stack.iter().rposition(held).map_or(1, |at| at + 1);
                self.close_to(keep, at);
            }
        }
    }

    /// Opens a clause at a block, after closing what is above `keep`.
    fn open(
        &mut self,
        at: usize,
        keep: usize,
        opened: Open,
        title: Option<std::ops::Range<u32>>,
        blocks: &[Block],
    ) {
        self.close_to(keep, at);
        let (Some(block), Some(parent)) = (blocks.get(at), self.stack.last()) else { return };
        if self.stack.len() >= DEPTH {
            return;
        }
        let depth = u16::try_from(self.stack.len()).unwrap_or(u16::MAX);
        let parent = Some(ClauseId(index(parent.clause)));
        let clause = self.clauses.len();
        self.clauses.push(Clause {
            title,
            head: head(self.prose, block, &mut self.run),
            span: block.span,
            parent,
            depth,
            is_unit: false,
            blocks: index(at)..index(at + 1),
        });
        self.stack.push(Open { clause, ..opened });
    }

    /// Closes the open clauses after the first `keep`; they end before block `at`.
    fn close_to(&mut self, keep: usize, at: usize) {
        while self.stack.len() > keep {
            let Some(open) = self.stack.pop() else { return };
            if let Some(clause) = self.clauses.get_mut(open.clause) {
                clause.blocks.end = index(at);
            }
        }
    }
}
