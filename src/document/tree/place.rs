//! Under which open clause a block stands.

use super::super::emit::item_of;
use super::super::events::Item;
use super::super::labels::{self, Mark, Style};
use super::super::passage::{self, Passage};
use super::super::titles;
use super::{Builder, DEPTH, Open, Place};

impl Builder<'_> {
    /// How much of the stack stays for a heading.
    pub(super) fn heading_place(&self, passage: &Passage, level: u8) -> usize {
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
    pub(super) fn container_end(&self, holds: impl Fn(&Open) -> bool) -> usize {
        self.stack.iter().rposition(|open| open.level == 0 || holds(open)).map_or(1, |at| at + 1)
    }

    pub(super) fn by_level(&self, passage: &Passage, level: u8) -> usize {
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
    pub(super) fn by_number(&self, mark: Mark) -> Option<usize> {
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
    pub(super) fn successor(&self, mark: Mark, may: impl Fn(&Open) -> bool) -> Option<usize> {
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
    pub(super) fn resolved(&self, passage: &Passage) -> Option<Mark> {
        let mark = passage.mark?;
        let Some(letter) = mark.letter else { return Some(mark) };
        let style = if mark.style == Style::LowerRoman { Style::Lower } else { Style::Upper };
        let as_letter = Mark { style, parts: labels::Parts::one(letter), ..mark };
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

    /// Where an item of a Markdown list stands: under the clause that holds its list.
    pub(super) fn list_floor(&self, passage: &Passage, item: Item) -> usize {
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
    pub(super) fn outside_lists(&self) -> usize {
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
    pub(super) fn holds(&self, outer: u32, inner: Option<u32>) -> bool {
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
    pub(super) fn leave_lists_at(&mut self, passage: &Passage, at: usize) {
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
    pub(super) fn label_place(&self, passage: &Passage, mark: Mark) -> Place {
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

    pub(super) fn sibling(&self, at: usize) -> Place {
        let lead = self.stack.get(at).filter(|open| !open.is_heading()).map(|open| open.lead);
        Place { keep: at, sibling: lead }
    }

    /// Where a label stands that comes after none that is open: the first of a new list, or one
    /// whose predecessor is missing.
    pub(super) fn new_list(&self, mark: Mark) -> Place {
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
}
