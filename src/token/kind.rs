//! The kinds of quantities. They stand by themselves because the build script reads them too.

use serde::{Deserialize, Serialize};

/// What a quantity counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
