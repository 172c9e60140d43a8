//! `impossible-date`: a day that no calendar has ("June 31"), a weekday that does not fit its date.

use super::{Proof, Slip};
use crate::facts::dates::NamedDay;

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    proof.days.iter().filter_map(|day| slip(day, proof)).collect()
}

fn slip(day: &NamedDay, proof: &Proof<'_>) -> Option<Slip> {
    let said = proof.document.prose.text.get(day.range.clone())?;
    let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
    let at = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
    let span = proof.document.source(at(day.range.start)..at(day.range.end));
    let slip =
        |message, label, help| Some(Slip { span, message, label, others: Vec::new(), help, fix: None });
    if !day.exists() && !day.unclear && !counts_something(day, &proof.document.prose.text) {
        let help = match last_day(day) {
            Some(last) => format!("write the day that was meant; that month ends on the {last}"),
            None => "write the day that was meant, the month as a word".to_owned(),
        };
        return slip(format!("there is no day \"{said}\""), "no calendar has this day".to_owned(), help);
    }
    let (number, weekday) = (day.number()?, day.weekday?);
    // 1 January 1970 was a Thursday.
    let real = (number + 3).rem_euclid(7);
    if real == i64::from(weekday) {
        return None;
    }
    let real = WEEKDAYS[usize::try_from(real).unwrap_or(0)];
    slip(
        format!("\"{said}\" is a {real}"),
        format!("this date is a {real}"),
        "correct the weekday or the date, or leave the weekday out".to_owned(),
    )
}

/// Whether a day without a year may be a number of things: "in March 45 people".
fn counts_something(day: &NamedDay, text: &str) -> bool {
    const GOES_ON: [&str; 17] = [
        "of",
        "and",
        "or",
        "to",
        "in",
        "each",
        "every",
        "shall",
        "on",
        "is",
        "until",
        "at",
        "for",
        "through",
        "following",
        "thereafter",
        "next",
    ];
    let rest = text[day.range.end..].trim_start();
    let word = &rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())];
    day.year.is_none() && !word.is_empty() && rest.starts_with(word) && !GOES_ON.contains(&word)
}

/// The last day of a month that has too few, as an ordinal.
fn last_day(day: &NamedDay) -> Option<String> {
    let leap = day
        .year
        .is_none_or(|year| year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)));
    match day.month {
        2 => Some(if leap { "29th" } else { "28th" }.to_owned()),
        4 | 6 | 9 | 11 => Some("30th".to_owned()),
        1..=12 => Some("31st".to_owned()),
        _ => None,
    }
}
