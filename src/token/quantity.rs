//! Percentages, money, durations, dates and numbers, in figures, words or both, with their values.

/// What a quantity counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuantityKind {
    /// "99.9%", "ninety-nine percent (99%)": the value is in percent.
    Percent,
    /// "$5,000", "EUR 1 million": the value is in the currency's main unit.
    Money,
    /// "thirty (30) days", "72h", "within 2 business days": the value is in hours (a day is 24,
    /// a business day 24, a week 168, a month 730, a year 8760).
    Duration,
    /// "1 January 2026", "2026-01-01": the value is the day number from 1970-01-01.
    Date,
    /// A bare number in figures or words.
    Number,
}

/// A quantity and the tokens that say it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// What it counts.
    pub kind: QuantityKind,
    /// Its value in the unit of the kind; `None` when the figure is redacted ("[***]") or blank
    /// ("____"): it is there, its value hidden.
    pub value: Option<f64>,
    /// First token, counted from 0 in [`super::Reading::tokens`].
    pub start: u32,
    /// The token after the last one.
    pub end: u32,
}
