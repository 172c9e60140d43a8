//! Dates: "1 January 2026", "January 1, 2026", "2026-01-01", "31.12.2026".

use super::{Finder, Hint};
use crate::token::calendar::{day_number, month, year};
use crate::token::figure::figure;

impl Finder<'_> {
    fn whole(&self, at: usize) -> Option<(u32, usize)> {
        let surface = &*self.word(at)?.surface;
        figure(surface).filter(|read| read.plain && read.suffix.is_empty())?;
        (surface.len() <= 4).then(|| surface.parse().ok().map(|value| (value, surface.len())))?
    }

    /// The day of a month: "1", "1st".
    fn day(&self, at: usize) -> Option<u32> {
        let read = figure(&self.word(at)?.surface).filter(|read| read.plain)?;
        let ordinal = matches!(read.suffix, "" | "st" | "nd" | "rd" | "th");
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked to be 1 to 31")]
        (ordinal && (1.0..=31.0).contains(&read.value)).then_some(read.value as u32)
    }

    fn year(&self, at: usize) -> Option<u32> {
        let gap = self.gap(at)?;
        let (value, digits) = self.whole(at)?;
        (digits == 4 && gap.trim_matches([' ', ',', '.']).is_empty()).then(|| year(value, digits)).flatten()
    }

    /// The value of the date that begins at a token and the token after it.
    pub(super) fn date(&self, at: usize, hint: Hint) -> Option<(Option<f64>, usize)> {
        match hint {
            Hint::Month => self.month_first(at),
            Hint::Figure => self.numeric(at).or_else(|| self.day_first(at)),
            _ => None,
        }
    }

    fn month_at(&self, at: usize) -> Option<u32> {
        let word = self.word(at)?;
        (self.words.hint(self.tokens[at].word()) == Hint::Month).then(|| month(&word.lower)).flatten()
    }

    /// "January 1, 2026", "January 2026" (a date without a day).
    fn month_first(&self, at: usize) -> Option<(Option<f64>, usize)> {
        let month = self.month_at(at)?;
        if let Some(year) = self.year(at + 1) {
            return day_number(year, month, 1).map(|_| (None, at + 2));
        }
        let spaced = self.gap(at + 1).is_some_and(|gap| gap.trim_matches([' ', '.']).is_empty());
        let day = spaced.then(|| self.day(at + 1)).flatten()?;
        Some(self.year(at + 2).map_or((None, at + 2), |year| (day_number(year, month, day), at + 3)))
    }

    /// "1 January 2026", "1st day of January, 2026".
    fn day_first(&self, at: usize) -> Option<(Option<f64>, usize)> {
        let day = self.day(at)?;
        let mut next = at + 1;
        while next < at + 3 && self.word(next).is_some_and(|word| matches!(&*word.lower, "day" | "of")) {
            next += 1;
        }
        let joined = self.gap(next).is_some_and(|gap| gap.trim_matches([' ', '.', '-', ',']).is_empty());
        let month = joined.then(|| self.month_at(next)).flatten()?;
        Some(self.year(next + 1).map_or((None, next + 1), |year| (day_number(year, month, day), next + 2)))
    }

    /// "2026-01-01", "31/12/2026", "31.12.2026"; day and month are told apart only when one is
    /// above 12, but stops mean day first.
    fn numeric(&self, at: usize) -> Option<(Option<f64>, usize)> {
        let surface = &*self.word(at)?.surface;
        if let [day, month, last] = *surface.split('.').collect::<Vec<_>>() {
            let known = year(last.parse().ok()?, last.len())
                .filter(|_| last.len() == 4 && day.len() < 3 && month.len() < 3)?;
            return Some((Some(day_number(known, month.parse().ok()?, day.parse().ok()?)?), at + 1));
        }
        let mark = self.gap(at + 1).filter(|gap| matches!(*gap, "-" | "/"))?;
        if self.gap(at + 2) != Some(mark) {
            return None;
        }
        let ((first, digits), (second, _), (third, last)) =
            (self.whole(at)?, self.whole(at + 1)?, self.whole(at + 2)?);
        if digits == 4 {
            return Some((Some(day_number(year(first, 4)?, second, third)?), at + 3));
        }
        let year = year(third, last)?;
        let (european, american) = (day_number(year, second, first), day_number(year, first, second));
        let value = match (european, american) {
            (Some(value), None) | (None, Some(value)) => Some(value),
            (Some(one), Some(_)) if first == second => Some(one),
            (Some(_), Some(_)) => None,
            (None, None) => return None,
        };
        Some((value, at + 3))
    }
}
