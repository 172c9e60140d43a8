//! Slips of numbers in words and figures, of dates, and of service levels.

use std::ops::Range;

use super::text::{line_of, lines, places, replace};
use super::{Pick, Planted};

/// "thirty (30)": the figures are others.
pub(super) fn mismatch(text: &str, pick: &mut Pick) -> Option<Planted> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('(') {
        let inside = &text[at + 1..];
        let end = inside.find(|c: char| !c.is_ascii_digit()).unwrap_or(0);
        let front = &text[..at];
        let front = front.strip_suffix(' ').unwrap_or("");
        if end > 0 && inside[end..].starts_with([')', '%']) && front.ends_with(|c: char| c.is_lowercase()) {
            found.push(at + 1..at + 1 + end);
        }
    }
    let place = pick.of(&found)?;
    let number: u32 = text[place.clone()].parse().ok()?;
    let other = pick.of(&[number * 2, number + 1, number + 10, number * 10])?;
    let mut planted = replace(text, place, &other.to_string());
    let at = &mut planted.at[0];
    at.start = text[..at.start - 1].trim_end().rfind(' ').unwrap_or(0);
    Some(planted)
}

const MONTHS: [&str; 12] = [
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

/// A day with its year: "3 March 2025", "March 3, 2025".
#[derive(Clone)]
struct Day {
    place: Range<usize>,
    day: usize,
    month: usize,
    year: usize,
    american: bool,
}

impl Day {
    fn written(&self, day: usize, month: usize, year: usize) -> String {
        let month = MONTHS[month - 1];
        if self.american { format!("{month} {day}, {year}") } else { format!("{day} {month} {year}") }
    }

    /// Monday is 0.
    fn weekday(&self) -> usize {
        let shift = [0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4];
        let year = if self.month < 3 { self.year - 1 } else { self.year };
        (year + year / 4 - year / 100 + year / 400 + shift[self.month - 1] + self.day + 6) % 7
    }
}

fn days(text: &str) -> Vec<Day> {
    let mut found = Vec::new();
    for (index, name) in MONTHS.iter().enumerate() {
        for place in places(text, name) {
            let front = text[..place.start].trim_end();
            let digits = front.len() - front.bytes().rev().take_while(u8::is_ascii_digit).count();
            let behind = &text[place.end..];
            let number = |words: &str| {
                let words = words.trim_start();
                let end = words.find(|c: char| !c.is_ascii_digit()).unwrap_or(words.len());
                words[..end].parse::<usize>().ok()
            };
            let month = index + 1;
            if let (Ok(day), Some(year)) = (front[digits..].parse(), number(behind)) {
                found.push(Day { place: digits..place.end + 5, day, month, year, american: false });
            } else if let (Some(day), Some((_, rest))) = (number(behind), behind.split_once(", "))
                && let Some(year) = number(rest).filter(|year| *year > 1900)
            {
                let end = place.end + behind.find(", ").unwrap_or(0) + 6;
                found.push(Day { place: place.start..end, day, month, year, american: true });
            }
        }
    }
    found.sort_by_key(|day| day.place.start);
    found
}

/// 31 June, 30 February.
pub(super) fn no_day(text: &str, pick: &mut Pick) -> Option<Planted> {
    let day = pick.of(&days(text))?;
    let (number, month) = pick.of(&[(31, 6), (30, 2), (31, 4), (31, 11), (32, 1)])?;
    Some(replace(text, day.place.clone(), &day.written(number, month, day.year)))
}

/// A weekday in front of a date that has another, or in place of the one that stands there.
pub(super) fn weekday(text: &str, pick: &mut Pick) -> Option<Planted> {
    const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    let day = pick.of(&days(text))?;
    let wrong = DAYS[(day.weekday() + 1 + pick.below(6)) % 7];
    let front = &text[..day.place.start];
    let named = DAYS.iter().find_map(|name| Some(front.strip_suffix(&format!("{name}, "))?.len()));
    let from = named.unwrap_or(day.place.start);
    let words = format!("{wrong}, {}", &text[day.place.clone()]);
    Some(replace(text, from..day.place.end, &words))
}

/// A period whose years are exchanged.
pub(super) fn backwards(text: &str, pick: &mut Pick) -> Option<Planted> {
    let days = days(text);
    let is_period = |pair: &&[Day]| {
        let between = text[pair[0].place.end..pair[1].place.start].to_owned();
        [" to ", " until ", " and ends on "].contains(&between.as_str()) && pair[0].year < pair[1].year
    };
    let periods: Vec<Vec<Day>> = days.windows(2).filter(is_period).map(<[Day]>::to_vec).collect();
    let pair = pick.of(&periods)?;
    let years = 1 + pick.below(3);
    let (begin, end) = (&pair[0], &pair[1]);
    let words = end.written(end.day, end.month, begin.year - years);
    let mut planted = replace(text, end.place.clone(), &words);
    planted.at.push(begin.place.clone());
    Some(planted)
}

/// A notice of years, where the contract runs for fewer.
pub(super) fn late_notice(text: &str, pick: &mut Pick) -> Option<Planted> {
    let term = line_of(text, text.find("runs for five years")?);
    let months = text.find("months' written notice").filter(|&at| line_of(text, at).start > term.start)?;
    let years = pick.of(&["seven (7) years'", "six (6) years'", "90 months'"])?;
    let from = text[..months].rfind("six (6)")?;
    let mut planted = replace(text, from..months + "months'".len(), years);
    planted.at.push(term);
    Some(planted)
}

/// The rows of the ladders of credits, each ladder by itself.
fn ladders(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut found: Vec<Vec<Range<usize>>> = vec![Vec::new()];
    for line in lines(text) {
        let words = &text[line.clone()];
        let is_row = words.starts_with('|') && words.contains("below ") && words.contains('%');
        match found.last_mut() {
            Some(rows) if is_row => rows.push(line),
            Some(rows) if !rows.is_empty() => found.push(Vec::new()),
            _ => {}
        }
    }
    found.retain(|rows| rows.len() > 2);
    found
}

fn number_behind(text: &str, from: usize) -> Option<(Range<usize>, f64)> {
    let rest = &text[from..];
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    Some((from..from + end, rest[..end].parse().ok()?))
}

/// Moves the upper bound of a middle tier.
fn moved(text: &str, pick: &mut Pick, by: &[f64]) -> Option<Planted> {
    let rows = pick.of(&ladders(text))?;
    let row = pick.of(&rows[1..])?;
    let at = row.start + text[row.clone()].find("below ")? + "below ".len();
    let (place, bound) = number_behind(text, at)?;
    let moved = format!("{:.1}", bound + pick.of(by)?);
    let mut planted = replace(text, place, &moved);
    let grown = planted.text.len() - text.len();
    let ladder = rows[0].start..rows.last()?.end + grown;
    planted.at = vec![ladder];
    Some(planted)
}

pub(super) fn overlap(text: &str, pick: &mut Pick) -> Option<Planted> {
    moved(text, pick, &[0.1, 0.2, 0.3])
}

pub(super) fn hole(text: &str, pick: &mut Pick) -> Option<Planted> {
    moved(text, pick, &[-0.1, -0.2, -0.3, -0.4])
}

/// The last tier of a ladder in a table or in a sentence gives less than the one above.
pub(super) fn inverted(text: &str, pick: &mut Pick) -> Option<Planted> {
    let mut credits: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    for rows in ladders(text) {
        let last = rows.last()?.clone();
        let at = last.start
            + text[last.clone()]
                .rfind("| ")
                .filter(|at| *at > 2)
                .or_else(|| text[last.clone()][..last.len() - 1].rfind("| "))?
            + 2;
        credits.extend(number_behind(text, at).map(|(place, _)| (place, rows[0].start..last.end)));
    }
    for place in places(text, "credit of ") {
        let (number, _) = number_behind(text, place.end)?;
        if !text[number.end..line_of(text, number.end).end].contains("credit of ") {
            credits.push((number.clone(), line_of(text, number.start)));
        }
    }
    let (place, at) = pick.of(&credits)?;
    let mut planted = replace(text, place, &(1 + pick.below(4)).to_string());
    planted.at = vec![at];
    Some(planted)
}

/// The target of availability: "available at least 99.5%".
fn targets(text: &str) -> Vec<(Range<usize>, f64)> {
    let places = places(text, "available at least ");
    let of = |place: Range<usize>| number_behind(text, place.end);
    places.into_iter().filter_map(of).collect()
}

pub(super) fn target(text: &str, pick: &mut Pick) -> Option<Planted> {
    if !text.contains("| Availability") && !text.contains("If availability") {
        return None;
    }
    let (place, target) = pick.of(&targets(text))?;
    let lower = target - pick.of(&[0.2, 0.3, 0.4])?;
    let mut planted = replace(text, place, &format!("{lower:.1}"));
    let tiers = planted.text.find("below ")?;
    planted.at.push(line_of(&planted.text, tiers));
    Some(planted)
}

/// A downtime that the target does not leave, in place of the one that stands there.
pub(super) fn downtime(text: &str, pick: &mut Pick) -> Option<Planted> {
    let (place, _) = pick.of(&targets(text))?;
    let line = line_of(text, place.start);
    // What is left out of account is no downtime.
    if text[line.clone()].contains("outside") {
        return None;
    }
    let hours = 8 + pick.below(30);
    let words = format!(", which allows downtime of no more than {hours} hours in a month");
    let month = line.start + text[line.clone()].find("month")? + "month".len();
    let end = text[line.start..line.end].find(" in a month").map_or(month, |at| line.start + at + 11);
    let mut planted = replace(text, month..end.max(month), &words);
    planted.at = vec![line_of(&planted.text, line.start)];
    Some(planted)
}

/// The cap of the credits lies below what a tier gives.
pub(super) fn cap(text: &str, pick: &mut Pick) -> Option<Planted> {
    let place = places(text, "for a month shall not exceed ").pop()?;
    let (number, _) = number_behind(text, place.end)?;
    let mut planted = replace(text, number, pick.of(&["8", "12", "15", "18"])?);
    let lowered = line_of(&planted.text, place.end);
    planted.at.push(lowered);
    let tiers = ladders(&planted.text).into_iter().flatten();
    planted.at.extend(tiers.collect::<Vec<_>>());
    Some(planted)
}
