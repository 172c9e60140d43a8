//! The days that a contract names, as written: also those that do not exist.
//!
//! Quantities keep the value of a date; here its parts are kept, so that "June 31" and "Monday,
//! 1 January 2026" can be checked. A date in figures is taken only where a day, a month and a year
//! stand together.

use std::ops::Range;
use std::sync::LazyLock;

use super::sought::Sought;
use crate::document::Document;
use crate::token::calendar::day_number;

/// A day of a month, with what is said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedDay {
    /// The words, in bytes of the prose; a weekday in front is part of it.
    pub range: Range<usize>,
    /// The day as written, from 1; may be too great for its month.
    pub day: u32,
    /// The month, from 1; of a date in figures that fits no order, the number as written.
    pub month: u32,
    /// The year, if it is said.
    pub year: Option<u32>,
    /// The weekday that is said, Monday being 0.
    pub weekday: Option<u32>,
    /// Whether day and month cannot be told apart ("01/02/2026").
    pub unclear: bool,
}

impl NamedDay {
    /// Days from 1970-01-01; none without a year, for a day that does not exist or is not clear.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "a day number is whole and small")]
    pub fn number(&self) -> Option<i64> {
        let number = day_number(self.year?, self.month, self.day)?;
        (!self.unclear).then_some(number as i64)
    }

    /// Whether there is such a day, in the year that is said or, without one, in some year.
    #[must_use]
    pub fn exists(&self) -> bool {
        day_number(self.year.unwrap_or(2000), self.month, self.day).is_some()
    }
}

const LONG: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

static MONTHS: LazyLock<Sought> = LazyLock::new(|| {
    let mut names: Vec<String> = Vec::new();
    for name in LONG {
        // The index of a name over four is its month.
        names.extend([name.to_owned(), name.to_uppercase(), name[..3].to_owned(), name[..3].to_uppercase()]);
    }
    Sought::longest(names)
});

/// The days that a document names, in the order of the text.
#[must_use]
pub fn find(document: &Document) -> Vec<NamedDay> {
    let text = document.prose.text.as_str();
    let mut found = Vec::new();
    for (name, at) in MONTHS.places(text) {
        let month = u32::try_from(at / 4 + 1).unwrap_or(0);
        found.extend(spelled(text, name, month));
    }
    for at in memchr::memchr3_iter(b'/', b'-', b'.', text.as_bytes()) {
        found.extend(figures(text, at));
    }
    found.sort_by_key(|day| day.range.start);
    found
}

/// A date around the name of a month.
fn spelled(text: &str, name: Range<usize>, month: u32) -> Option<NamedDay> {
    let letter = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric());
    let bytes = text.as_bytes();
    let before = name.start.checked_sub(1).map(|at| bytes[at]);
    if letter(before) && !before.is_some_and(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if letter(bytes.get(name.end).copied()) {
        return None;
    }
    let behind = skip(text, name.end, &[' ', '.', '\n']);
    let month_first = day_at(text, behind).filter(|_| behind > name.end);
    if let Some((day, end)) = month_first {
        let after = skip(text, end, &[' ', ',', '\n']);
        let year = year_at(text, after).filter(|_| after > end);
        // "11 June 12": the day stands in front.
        if year.is_some() || day_before(text, name.start).is_none() {
            let (year, end) = year.map_or((None, end), |(year, end)| (Some(year), end));
            let (start, weekday) = weekday_before(text, name.start);
            return Some(NamedDay { range: start..end, day, month, year, weekday, unclear: false });
        }
    }
    let (day, first) = day_before(text, name.start)?;
    let after = skip(text, name.end, &[' ', ',', '.', '-', '\n']);
    let (year, end) = year_at(text, after).map_or((None, name.end), |(year, end)| (Some(year), end));
    let (start, weekday) = weekday_before(text, first);
    Some(NamedDay { range: start..end, day, month, year, weekday, unclear: false })
}

fn skip(text: &str, mut at: usize, signs: &[char]) -> usize {
    while let Some(byte) = text.as_bytes().get(at)
        && signs.contains(&char::from(*byte))
    {
        at += 1;
    }
    at
}

/// The figures that begin at a place: their value and their end; none when more is glued to them.
fn digits(text: &str, at: usize, most: usize) -> Option<(u32, usize)> {
    let rest = text.as_bytes().get(at..)?;
    let count = rest.iter().take(most + 1).take_while(|byte| byte.is_ascii_digit()).count();
    if count == 0 || count > most {
        return None;
    }
    Some((text[at..at + count].parse().ok()?, at + count))
}

/// "31", "31st" from a place on.
fn day_at(text: &str, at: usize) -> Option<(u32, usize)> {
    let (day, mut end) = digits(text, at, 2)?;
    let suffix = text.get(end..end + 2).unwrap_or("").to_ascii_lowercase();
    if matches!(suffix.as_str(), "st" | "nd" | "rd" | "th") {
        end += 2;
    }
    let rest = text.as_bytes().get(end..).unwrap_or_default();
    let glued = match *rest {
        [byte, ..] if byte.is_ascii_alphanumeric() || matches!(byte, b'%' | b'_' | b':' | b'/') => true,
        [b'.' | b'-', next, ..] => next.is_ascii_digit(),
        _ => false,
    };
    (!glued && day > 0).then_some((day, end))
}

fn year_at(text: &str, at: usize) -> Option<(u32, usize)> {
    let (year, end) = digits(text, at, 4)?;
    let whole = end - at == 4 && (1900..2200).contains(&year);
    let glued = text.as_bytes().get(end).is_some_and(u8::is_ascii_alphanumeric);
    (whole && !glued).then_some((year, end))
}

/// "31 ", "31st day of " before a place: the day and where it begins.
fn day_before(text: &str, end: usize) -> Option<(u32, usize)> {
    let mut front = text[..end].trim_end_matches([' ', '-', '\n']);
    if front.len() + 6 < end {
        return None;
    }
    if front.len() == end && !front.ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Some(less) = front.strip_suffix(" of") {
        front = less.trim_end();
        front = front.strip_suffix("day").map_or(front, str::trim_end);
        front = front.strip_suffix("DAY").map_or(front, str::trim_end);
    }
    for suffix in ["st", "nd", "rd", "th", "ST", "ND", "RD", "TH"] {
        if let Some(less) = front.strip_suffix(suffix) {
            front = less;
            break;
        }
    }
    let bytes = front.as_bytes();
    let count = bytes.iter().rev().take(3).take_while(|byte| byte.is_ascii_digit()).count();
    let start = front.len() - count;
    let glued = start > 0
        && matches!(bytes[start - 1], b'.' | b',' | b'/' | b'-' | b'$' | b'#' | b'_' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z');
    if count == 0 || count > 2 || glued {
        return None;
    }
    let day = front[start..].parse().ok()?;
    (day > 0).then_some((day, start))
}

/// The weekday in front of a date, and where the date begins with it.
fn weekday_before(text: &str, start: usize) -> (usize, Option<u32>) {
    let front = text[..start].trim_end_matches([' ', ',', '\n']);
    let front = front.strip_suffix(" the").map_or(front, |less| less.trim_end_matches([' ', ',']));
    let from = front
        .rfind(|c: char| !c.is_ascii_alphabetic())
        .map_or(0, |at| at + front[at..].chars().next().map_or(1, char::len_utf8));
    let word = front[from..].to_ascii_lowercase();
    match WEEKDAYS.iter().position(|name| *name == word) {
        Some(at) => (from, u32::try_from(at).ok()),
        None => (start, None),
    }
}

/// A date in figures whose first sign stands at a place: "31/12/2026", "31.12.2026", "2026-12-31".
fn figures(text: &str, at: usize) -> Option<NamedDay> {
    let bytes = text.as_bytes();
    let sign = bytes[at];
    if !bytes.get(at + 1)?.is_ascii_digit() || !bytes.get(at.checked_sub(1)?)?.is_ascii_digit() {
        return None;
    }
    let count = bytes[..at].iter().rev().take(5).take_while(|byte| byte.is_ascii_digit()).count();
    let start = at - count;
    if start > 0
        && matches!(bytes[start - 1], b'/' | b'-' | b'.' | b',' | b'(' | b'$' | b'A'..=b'Z' | b'a'..=b'z')
    {
        return None;
    }
    let first: u32 = text[start..at].parse().ok()?;
    let (second, middle) = digits(text, at + 1, 2)?;
    if bytes.get(middle) != Some(&sign) {
        return None;
    }
    let (third, end) = digits(text, middle + 1, 4)?;
    let glued = bytes.get(end).is_some_and(|byte| {
        byte.is_ascii_alphanumeric()
            || matches!(byte, b'/' | b'-' | b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit)
    });
    if glued {
        return None;
    }
    let day = |year, month, day, unclear| {
        Some(NamedDay { range: start..end, day, month, year: Some(year), weekday: None, unclear })
    };
    let likely = |number: u32| (1..=31).contains(&number);
    if count == 4 && sign == b'-' && (1900..2200).contains(&first) && likely(second) && likely(third) {
        let swapped =
            day_number(first, second, third).is_none() && day_number(first, third, second).is_some();
        return day(first, second, third, swapped);
    }
    if count > 2 || end - middle != 5 || !(1900..2200).contains(&third) || !likely(first) || !likely(second) {
        return None;
    }
    let (european, american) = (day_number(third, second, first), day_number(third, first, second));
    match (european.is_some(), american.is_some()) {
        (true, false) => day(third, second, first, false),
        (false, true) => day(third, first, second, false),
        (true, true) => day(third, second, first, sign != b'.' && first != second),
        (false, false) => day(third, second, first, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Said = (String, u32, u32, Option<u32>, Option<u32>);

    fn said(text: &str) -> Vec<Said> {
        let source = crate::source::SourceFile::new(crate::source::FileId::default(), "a.md", text);
        let document = crate::document::parse(&source);
        let words = |day: &NamedDay| document.prose.text[day.range.clone()].to_owned();
        let days = find(&document);
        days.iter().map(|day| (words(day), day.day, day.month, day.year, day.weekday)).collect()
    }

    #[test]
    fn reads_days_as_written() {
        for (text, words, day, month, year, weekday) in [
            ("on June 31, 2020 or", "June 31, 2020", 31, 6, Some(2020), None),
            ("on 31st day of June, 2020 or", "31st day of June, 2020", 31, 6, Some(2020), None),
            ("by Friday, 1 January 2021 or", "Friday, 1 January 2021", 1, 1, Some(2021), Some(4)),
            ("by June 31 of", "June 31", 31, 6, None, None),
            ("am 30.02.2020 gilt", "30.02.2020", 30, 2, Some(2020), None),
            ("on 2020-02-30 or", "2020-02-30", 30, 2, Some(2020), None),
            ("on 02/30/2020 or", "02/30/2020", 2, 30, Some(2020), None),
        ] {
            assert_eq!(said(text), [(words.to_owned(), day, month, year, weekday)], "{text}");
        }
        for text in [
            "in June 2020",
            "may 31 people",
            "Section 4.31.2000.1",
            "Mayor 12",
            "June 201, 2020",
            "and/or 5-6-7",
        ] {
            assert_eq!(said(text), [], "{text}");
        }
    }
}
