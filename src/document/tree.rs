//! Blocks -> clauses: which block opens a clause and under which one it stands.
//!
//! One pass with a stack of open clauses. A number finds its parent by its components, a letter
//! by the nearest list of its style, a heading by its level; a schedule or part begins numbering
//! anew. Lists of Markdown count where their nesting is real.

use super::emit::{index, item_of};
use super::events::{Form, Item, Raw};
use super::labels::{Mark, Style};
use super::leads::Leads;
use super::passage::{self, Passage};
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
        label: None,
        title: None,
        head: Span::new(file.file(), file.start()..file.start()),
        span: file,
        parent: None,
        depth: 0,
        is_unit: true,
        blocks: 0..index(blocks.len()),
    };
    let mut builder = Builder {
        raw,
        prose,
        clauses: vec![root],
        stack: vec![Open::root()],
        title: None,
        title_level: 0,
        lone_level: lone_level(passages),
        body: false,
        numbers_follow: false,
        seen: 0,
        leads: Leads::new(),
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
        let id = BlockId(index(at));
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
            self.title = Some(BlockId(index(at)));
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
            self.title = Some(BlockId(index(at)));
            self.title_level = level;
            return true;
        }
        let cover = level >= 7 || level == self.title_level && titles::capitals(text);
        attached && self.title.is_none() || titled && cover && self.title.is_some() && !self.numbers_follow
    }

    /// How much of the stack stays for a heading.
    fn heading_place(&self, passage: &Passage, level: u8) -> usize {
        let style = passage.style();
        match style {
            Some(Style::Attachment) => {
                return self.container_end(|open| open.level < level.min(2) && level < 7);
            }
            Some(Style::Part) => {
                return self.container_end(|open| open.style() == Some(Style::Attachment));
            }
            Some(Style::Article) => return self.container_end(Open::is_container),
            _ => {}
        }
        if let Some(mark) = self.resolved(passage) {
            if mark.style == Style::Multi
                && let Some(keep) = self.by_number(mark)
            {
                return keep;
            }
            if level >= 7
                && let Some(keep) = self.successor(mark, |open| open.is_heading() || open.depth == 0)
            {
                return keep;
            }
        }
        self.by_level(passage, level)
    }

    /// The stack up to the last open clause that `holds`, or the document.
    fn container_end(&self, holds: impl Fn(&Open) -> bool) -> usize {
        self.stack.iter().rposition(|open| open.level == 0 || holds(open)).map_or(1, |at| at + 1)
    }

    fn by_level(&self, passage: &Passage, level: u8) -> usize {
        let rank = passage.style().map(titles::rank);
        let holds = |open: &Open| {
            let above = open.style().map(titles::rank);
            let plain = level >= 7;
            let outer = matches!((above, rank), (Some(above), Some(rank)) if above < rank);
            let container = open.is_container() || open.style() == Some(Style::Article);
            open.level == 0
                || (container && (plain || open.level >= 7 || open.level < level))
                || (open.is_heading() && !open.recitals && (open.level < level || plain && outer))
        };
        self.stack.iter().rposition(holds).map_or(1, |at| at + 1)
    }

    /// The clause that a number's components name: "4.1" lies under "4" or "Article IV".
    fn by_number(&self, mark: Mark) -> Option<usize> {
        let parts = mark.parts.as_slice();
        for (at, open) in self.stack.iter().enumerate().rev() {
            if open.is_container() {
                return None;
            }
            let Some(above) = open.mark else { continue };
            let numbers = above.parts.as_slice();
            let number = matches!(above.style, Style::Dot | Style::Multi | Style::Word | Style::Article);
            if number && numbers.len() < parts.len() && parts.starts_with(numbers) {
                return Some(at + 1);
            }
            let (Some((_, own)), Some((_, theirs))) = (parts.split_last(), numbers.split_last()) else {
                continue;
            };
            if above.style == Style::Multi && own == theirs {
                return Some(at);
            }
        }
        None
    }

    /// The place of an open clause that `mark` comes next after.
    fn successor(&self, mark: Mark, may: impl Fn(&Open) -> bool) -> Option<usize> {
        for (at, open) in self.stack.iter().enumerate().rev() {
            if open.is_container() {
                return None;
            }
            let next =
                open.mark.is_some_and(|last| last.style == mark.style && passage::successor(last, mark));
            if next && mark.style != Style::Multi && may(open) {
                return Some(at);
            }
        }
        None
    }

    /// The label with "(i)" read as a letter or a Roman number, as the open lists want it.
    fn resolved(&self, passage: &Passage) -> Option<Mark> {
        let mark = passage.mark?;
        let Some(letter) = mark.letter else { return Some(mark) };
        let style = if mark.style == Style::LowerRoman { Style::Lower } else { Style::Upper };
        let as_letter = Mark { style, parts: super::labels::Parts::one(letter), ..mark };
        for open in self.stack.iter().rev() {
            let Some(last) = open.mark else { continue };
            if last.style == mark.style && passage::successor(last, mark) {
                return Some(mark);
            }
            if last.style == style && passage::successor(last, as_letter) {
                return Some(as_letter);
            }
        }
        Some(if mark.parts.first() == 1 { mark } else { as_letter })
    }

    fn text(&mut self, at: usize, passage: &Passage, titled: bool, blocks: &mut [Block]) {
        let id = BlockId(index(at));
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
        let title = blocks.get(at).and_then(|block| block.run_in.clone());
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
        let id = BlockId(index(at));
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
            let title = blocks.get(at).and_then(|block| block.run_in.clone());
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

    /// Where an item of a Markdown list stands: under the clause that holds its list.
    fn list_floor(&self, passage: &Passage, item: Item) -> usize {
        let holder = self.stack.iter().rposition(|open| {
            open.item.is_some_and(|held| {
                held != passage.item.unwrap_or(u32::MAX) && self.holds(held, passage.item)
            })
        });
        if let Some(at) = holder {
            return at + 1;
        }
        let sibling = self.stack.iter().position(|open| open.list == Some(item.list));
        sibling.unwrap_or_else(|| self.outside_lists())
    }

    /// The stack without items of lists that have ended.
    fn outside_lists(&self) -> usize {
        let mut keep = self.stack.len();
        while keep > 1
            && self
                .stack
                .get(keep - 1)
                .is_some_and(|open| open.depth > 0 || open.mark.is_none() && open.list.is_some())
        {
            keep -= 1;
        }
        keep
    }

    /// Whether the list item `outer` is `inner` or holds it.
    fn holds(&self, outer: u32, inner: Option<u32>) -> bool {
        let mut at = inner;
        for _ in 0..DEPTH {
            match at {
                Some(item) if item == outer => return true,
                Some(item) => at = self.raw.items.get(item as usize).and_then(|item| item.parent),
                None => return false,
            }
        }
        false
    }

    /// Plain text leaves the nested items that it does not stand in.
    fn leave_lists_at(&mut self, passage: &Passage, at: usize) {
        let list = item_of(self.raw, passage).map(|item| item.list);
        let mut keep = self.stack.len();
        while let Some(open) = self.stack.get(keep - 1).filter(|open| open.item.is_some() && keep > 1) {
            let inside = open.item.is_some_and(|held| self.holds(held, passage.item));
            let sibling = list.is_some() && open.list == list;
            let loose = open.depth > 0 || sibling;
            if inside || !loose {
                break;
            }
            keep -= 1;
        }
        self.close_to(keep, at);
    }

    /// Where labelled text stands.
    fn label_place(&self, passage: &Passage, mark: Mark) -> Place {
        if matches!(mark.style, Style::Attachment | Style::Part | Style::Article) {
            let level = 7;
            return Place::under(self.heading_place(passage, level));
        }
        if mark.style == Style::Multi
            && let Some(keep) = self.by_number(mark)
        {
            let sibling = self.stack.get(keep).filter(|open| open.style() == Some(Style::Multi));
            return Place { keep, sibling: sibling.map(|open| open.lead) };
        }
        let item = item_of(self.raw, passage).filter(|_| passage.first);
        if let Some(item) = item {
            if let Some(at) = self.stack.iter().rposition(|open| open.list == Some(item.list)) {
                return self.sibling(at);
            }
            if item.parent.is_some() {
                return Place::under(self.list_floor(passage, *item));
            }
        }
        if let Some(at) = self.successor(mark, |_| true) {
            return self.sibling(at);
        }
        self.new_list(mark)
    }

    fn sibling(&self, at: usize) -> Place {
        let lead = self.stack.get(at).filter(|open| !open.is_heading()).map(|open| open.lead);
        Place { keep: at, sibling: lead }
    }

    /// Where a label stands that comes after none that is open: the first of a new list, or one
    /// whose predecessor is missing.
    fn new_list(&self, mark: Mark) -> Place {
        let floor = self.stack.iter().rposition(Open::is_heading).map_or(1, |at| at + 1);
        let floor =
            if self.stack.get(floor - 1).is_some_and(|open| open.recitals) && titles::rank(mark.style) >= 4 {
                if titles::rank(mark.style) <= 5 { floor - 1 } else { floor }
            } else {
                floor
            };
        let top = self.stack.len();
        if mark.style == Style::Multi {
            return Place::under(floor);
        }
        if top > floor && self.stack.last().is_some_and(|open| open.intro) && mark.parts.last() <= 1 {
            return Place::under(top);
        }
        let same = self
            .stack
            .iter()
            .skip(floor)
            .rposition(|open| open.style() == Some(mark.style))
            .map(|at| at + floor);
        if let Some(at) = same {
            return if mark.parts.last() <= 1 { Place::under(at) } else { self.sibling(at) };
        }
        let rank = titles::rank(mark.style);
        let mut keep = top;
        while keep > floor
            && self
                .stack
                .get(keep - 1)
                .is_some_and(|open| open.style().map_or(rank <= 5, |style| titles::rank(style) >= rank))
        {
            keep -= 1;
        }
        Place::under(keep.max(1))
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
            label: block.label.clone(),
            title,
            head: head(self.prose, block),
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

/// The level of the first heading of Markdown, if it stands alone at the top.
fn lone_level(passages: &[Passage]) -> Option<u8> {
    let mut levels =
        passages.iter().filter(|passage| !passage.furniture).filter_map(|passage| match passage.form {
            Form::Heading(level) => Some(level),
            _ => None,
        });
    let first = levels.next()?;
    levels.all(|level| level > first).then_some(first)
}

/// Whether the next passage that is no furniture begins with a number or letter.
fn numbers_follow(passages: &[Passage]) -> bool {
    let next = passages.iter().take(8).find(|passage| !passage.furniture);
    next.and_then(Passage::style).is_some_and(|style| !matches!(style, Style::Attachment))
}

/// Whether a label is one of a list inside a clause, which text above may lead into.
fn nested(mark: Mark, first_level: bool) -> bool {
    match mark.style {
        Style::Lower | Style::LowerRoman | Style::Parens | Style::HalfParens => true,
        Style::Multi | Style::LetterNumber => mark.parts.as_slice().len() > 2 || !first_level,
        _ => !first_level,
    }
}

/// The source of the title line, or of the first words.
fn head(prose: &Prose, block: &Block) -> Span {
    const WORDS: u32 = 60;
    let start = block.label.as_ref().map_or(block.span.start(), |label| label.span.start());
    if block.kind == BlockKind::Heading {
        return block.span;
    }
    let end = block.run_in.as_ref().map_or_else(
        || {
            let text = prose.slice(block.text.clone());
            let most = text.char_indices().map(|(at, _)| at).take_while(|&at| at <= WORDS as usize).last();
            let cut = if text.len() > WORDS as usize { most.unwrap_or(0) } else { text.len() };
            let cut =
                text.get(..cut).and_then(|text| text.rfind(' ')).filter(|_| cut < text.len()).unwrap_or(cut);
            block.text.start + index(cut)
        },
        |run_in| run_in.end,
    );
    let end = if end > block.text.start { prose.source_end(end) } else { block.span.end() };
    Span::new(block.span.file(), start..end.max(start))
}

/// Whether a paragraph defines a term and so is no part of the list before it.
fn defines(text: &str) -> bool {
    let Some(term) = text.strip_prefix('"') else { return false };
    let after = term.bytes().take(80).position(|byte| byte == b'"').and_then(|end| term.get(end + 1..));
    let words = after.unwrap_or("").split_whitespace().take(4);
    words.into_iter().any(|word| matches!(word, "means" | "mean" | "has" | "have" | "refers" | "includes"))
}

/// "Recitals", "Background" and their like.
fn recitals(text: &str) -> bool {
    const WORDS: &[&str] =
        &["RECITALS", "RECITAL", "BACKGROUND", "WITNESSETH", "PREAMBLE", "WHEREAS", "PARTIES"];
    if text.len() > 60 {
        return false;
    }
    let letters: String = text.chars().filter(|c| c.is_alphabetic()).collect();
    WORDS.contains(&letters.to_ascii_uppercase().as_str())
}

/// Whether a title says that the text is a contract.
fn names_contract(text: &str) -> bool {
    const WORDS: &[&str] =
        &["agreement", "contract", "terms", "addendum", "policy", "schedule", "statement of work"];
    let lower = text.to_ascii_lowercase();
    WORDS.iter().any(|word| lower.contains(word))
}
