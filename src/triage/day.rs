//! Days of the calendar, to tell whether a waiver has ended. Whoever calls says which day it is.

use std::fmt;

use crate::token::calendar::day_number;

/// A day of the Gregorian calendar; earlier days come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// The day of this year, month and day, both counted from 1; none when there is no such day.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        day_number(year.into(), month.into(), day.into()).map(|_| Self { year, month, day })
    }

    /// Reads "2027-03-31": four, two and two digits.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let form =
            |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
        if text.len() != 10 || !text.bytes().enumerate().all(form) {
            return None;
        }
        let number = |range: std::ops::Range<usize>| text.get(range)?.parse::<u16>().ok();
        let (month, day) = (number(5..7)?, number(8..10)?);
        Self::new(number(0..4)?, u8::try_from(month).ok()?, u8::try_from(day).ok()?)
    }

    /// The day, in UTC, that so many seconds after the start of 1970 fall on; the last day of 9999 for
    /// what lies after it.
    #[must_use]
    pub fn of_unix_seconds(seconds: u64) -> Self {
        let mut days = seconds / 86_400;
        // A step a year is quick enough for one question a run.
        let mut year: u16 = 1970;
        let length = |year: u16| if Self::new(year, 2, 29).is_some() { 366 } else { 365 };
        while year < 9999 && days >= length(year) {
            days -= length(year);
            year += 1;
        }
        for month in 1..=12 {
            for day in 1..=31 {
                let Some(found) = Self::new(year, month, day) else { break };
                if days == 0 {
                    return found;
                }
                days -= 1;
            }
        }
        Self { year: 9999, month: 12, day: 31 }
    }
}

/// "2027-03-31".
impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_and_compared() {
        let day = |text: &str| Day::parse(text);
        assert_eq!(day("2027-03-31").map(|day| day.to_string()).as_deref(), Some("2027-03-31"));
        assert!(day("2027-03-31") < day("2027-04-01") && day("2026-12-31") < day("2027-01-01"));
        for wrong in ["2027-02-29", "2027-13-01", "2027-00-10", "2027-1-1", "31.03.2027", "+027-01-01", ""] {
            assert_eq!(day(wrong), None, "{wrong}");
        }
        assert!(day("2028-02-29").is_some());
    }

    #[test]
    fn the_clock_gives_days() {
        let day = |seconds: u64| Day::of_unix_seconds(seconds).to_string();
        assert_eq!(day(0), "1970-01-01");
        assert_eq!(day(86_399), "1970-01-01");
        assert_eq!(day(951_782_400), "2000-02-29");
        assert_eq!(day(1_806_451_199), "2027-03-30");
        assert_eq!(day(u64::MAX), "9999-12-31");
    }
}
