//! Amounts that are no whole figure: "1½ %", "1 1/2 %", "1/8", "within a week", "half an hour".
//!
//! A fraction is one whose lower number is usual and larger than the upper one, so that "24/7" and dates
//! stay what they are. An article counts for one only behind a word that measures ("within a week", "more
//! than an hour"): "once a week" and "24 hours a day" tell how often.

use super::{Amount, Finder};

/// The lower numbers of fractions.
const LOWER: [f64; 6] = [2.0, 3.0, 4.0, 5.0, 8.0, 16.0];

/// The value of a fraction that is one sign.
pub(super) fn sign(text: &str) -> Option<f64> {
    Some(match text {
        "½" => 0.5,
        "¼" => 0.25,
        "¾" => 0.75,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        "⅛" => 0.125,
        _ => return None,
    })
}

impl<'a> Finder<'a> {
    /// A figure that ends or goes on as a fraction.
    pub(super) fn fraction(&self, whole: Amount<'a>) -> Amount<'a> {
        let Some(value) = whole.value.filter(|value| value.fract() == 0.0) else { return whole };
        if let Some(part) = sign(whole.suffix) {
            return Amount { value: Some(value + part), suffix: "", ..whole };
        }
        if !whole.suffix.is_empty() {
            return whole;
        }
        if let Some(part) = self.slashed(value, whole.end) {
            return Amount { value: Some(part), end: whole.end + 1, ..whole };
        }
        let behind = self.gap(whole.end).filter(|gap| matches!(*gap, " " | "-" | " - "));
        let upper = behind.and_then(|_| self.plain(whole.end));
        match upper.and_then(|upper| self.slashed(upper, whole.end + 1)) {
            Some(part) => Amount { value: Some(value + part), end: whole.end + 2, ..whole },
            None => whole,
        }
    }

    /// The value of a fraction whose lower number is the token `at`.
    fn slashed(&self, upper: f64, at: usize) -> Option<f64> {
        let lower = self.gap(at).filter(|gap| *gap == "/").and_then(|_| self.plain(at))?;
        let goes_on = self.after(at).starts_with(['/', '.', ':']) && !self.after(at).starts_with(". ");
        (upper >= 1.0 && upper < lower && LOWER.contains(&lower) && !goes_on).then_some(upper / lower)
    }

    /// The value of a token that is a figure of one or two digits.
    fn plain(&self, at: usize) -> Option<f64> {
        let digits = &*self.word(at)?.surface;
        (digits.len() < 3).then(|| digits.parse::<u8>().ok()).flatten().map(f64::from)
    }

    /// "a week" behind a word that measures, and "half a week".
    pub(super) fn article(&self, at: usize) -> Option<Amount<'a>> {
        let one =
            Amount { value: Some(1.0), end: at + 1, suffix: "", weak: true, spelled: true, twice: false };
        let before = self.word(at.checked_sub(1).filter(|&before| before >= self.start)?)?;
        matches!(&*before.lower, "within" | "than" | "least" | "most" | "after" | "under" | "inside")
            .then_some(one)
    }

    /// "half a week": the article that follows is part of it.
    pub(super) fn half(&self, at: usize) -> Option<Amount<'a>> {
        let article = self.word(at + 1).is_some_and(|word| matches!(&*word.lower, "a" | "an"));
        article.then_some(Amount {
            value: Some(0.5),
            end: at + 2,
            suffix: "",
            weak: true,
            spelled: true,
            twice: false,
        })
    }
}
