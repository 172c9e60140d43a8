//! The longest piece: a paragraph that is longer is read as several, so that what later stages do
//! for each paragraph stays linear in the text, whatever a file holds. Nothing is left out.

use super::super::normalise;
use super::{Form, Reader};

/// A piece is cut at the next stop, or else between words, before it has more bytes than this: ten
/// pages without a paragraph. No contract that was seen comes near.
pub(in crate::document) const LONGEST: usize = 32 * 1024;
/// How far back from there a stop is looked for.
const BACK: usize = 4096;

impl Reader<'_> {
    /// Adds text of the source, which stands there at `start`, to the open piece, or to as many as it
    /// takes.
    pub(super) fn push_source(&mut self, text: &str, start: usize) {
        let base = self.base;
        let (mut rest, mut at) = (text, start);
        loop {
            let length = self.inline(at).length();
            if length + rest.len() <= LONGEST {
                break;
            }
            let (front, behind) = rest.split_at(cut(rest, LONGEST - length));
            normalise::push(&mut self.raw.scratch, front, base + at);
            at += front.len();
            rest = behind;
            self.last = at;
            self.go_on(at);
        }
        normalise::push(&mut self.raw.scratch, rest, base + at);
    }

    /// Whether the open piece takes no more.
    pub(super) fn is_full(&self) -> bool {
        self.length() >= LONGEST
    }

    /// The bytes of the open piece so far.
    fn length(&self) -> usize {
        self.open.as_ref().map_or(0, |open| (self.raw.scratch.len() - open.text) as usize)
    }

    /// Goes on in a new piece. What follows a heading is text; a row that goes on is one of another
    /// table, since its cells do not stand under the first columns.
    pub(super) fn go_on(&mut self, at: usize) {
        match self.open.as_ref().map(|open| open.form) {
            Some(form @ (Form::Header | Form::Row)) => {
                let inside = self.cell.is_some();
                self.keep_cell();
                self.close(at);
                self.table += 1;
                self.open(form, at);
                self.cell = inside.then(|| self.raw.scratch.len());
            }
            _ => self.open(Form::Text, at),
        }
    }
}

/// Where a text is cut that has room for so many bytes only: behind a stop, behind a blank, or
/// wherever a character ends; in front of it where little room is left.
fn cut(text: &str, room: usize) -> usize {
    let floor = |at: usize| (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let (from, to) = (floor(room.saturating_sub(BACK)), floor(room));
    let near = text.get(from..to).unwrap_or("");
    let stop = near.rmatch_indices(['.', ';', '?', '!']).find_map(|(at, _)| {
        let behind = near.get(at + 1..).filter(|behind| behind.starts_with([' ', '\t']));
        behind.map(|_| at + 2)
    });
    let blank = || near.rfind([' ', '\t']).map(|at| at + 1);
    match stop.or_else(blank) {
        Some(cut) => from + cut,
        None if room < BACK => 0,
        None => to,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_cut_behind_a_stop_else_between_words_else_anywhere() {
        let front = |text: &str, room: usize| text.split_at(cut(text, room)).0.to_owned();
        assert_eq!(front("Pay it. Keep the rest", 14), "Pay it. ");
        assert_eq!(front("Pay it and keep the rest", 14), "Pay it and ");
        assert_eq!(front("Payment", 3), "");
        assert_eq!(front(&"é".repeat(BACK), BACK + 1).len(), BACK);
    }
}
