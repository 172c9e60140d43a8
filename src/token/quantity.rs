//! Percentages, money, durations, dates and numbers, in figures, words or both, with their values.
//!
//! A quantity is tried only at a token that can begin one (see `Hint`); its unit is read from the
//! tokens and the signs around it. "thirty (30) days" is one quantity, its value that of the figure.

mod dates;
mod parts;
mod units;

use units::{currency_code, currency_name, currency_sign, hours, period, refers};

pub use super::kind::QuantityKind;

use super::calendar::month;
use super::figure::{Spelled, figure, number_word};
use super::reading::{Reading, Token};
use super::words::{Word, Words};

/// A quantity and the tokens that say it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantity {
    /// What it counts.
    pub kind: QuantityKind,
    /// Its value in the unit of the kind; `None` when the figure is redacted (`[***]`) or blank
    /// ("____"): it is there, its value hidden. A date that cannot be told ("01/02/2026") has none.
    pub value: Option<f64>,
    /// First token, counted from 0 in [`super::Reading::tokens`].
    pub start: u32,
    /// The token after the last one.
    pub end: u32,
}

/// Whether a quantity may begin with a word; kept for each word, so that most tokens cost one look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    None,
    Figure,
    Spelled,
    Month,
    /// A redacted or blank figure.
    Blank,
    /// "a" and "an", which may stand for one.
    Article,
    /// "half".
    Half,
}

impl Hint {
    /// Tells it from a word as written and in lower case.
    pub(super) fn of(surface: &str, lower: &str) -> Self {
        let crossed = |text: &str| text.len() < 4 && text.bytes().all(|byte| byte == b'X');
        let first = surface.bytes().next();
        if matches!(lower, "a" | "an") {
            Self::Article
        } else if lower == "half" {
            Self::Half
        } else if first.is_some_and(|byte| byte.is_ascii_digit())
            || glued_currency(surface).is_some()
            || parts::sign(surface).is_some()
        {
            Self::Figure
        } else if first.is_some_and(|byte| matches!(byte, b'[' | b'_' | b'*')) || crossed(surface) {
            Self::Blank
        } else if number_word(lower).is_some() {
            Self::Spelled
        } else if first.is_some_and(|byte| byte.is_ascii_uppercase()) && month(lower).is_some() {
            Self::Month
        } else {
            Self::None
        }
    }
}

/// The figure of "USD5,000".
fn glued_currency(surface: &str) -> Option<&str> {
    let (code, rest) = surface.split_at_checked(3)?;
    let digit = rest.bytes().next().is_some_and(|byte| byte.is_ascii_digit());
    (digit && matches!(code, "USD" | "EUR" | "GBP" | "RMB" | "CHF")).then_some(rest)
}

/// All quantities of a reading, by first token. Linear: none reads more than a few tokens on.
pub(super) fn find(text: &str, reading: &Reading, words: &Words) -> Vec<Quantity> {
    let mut found = Vec::new();
    for unit in &reading.units {
        let finder = Finder {
            text,
            tokens: &reading.tokens,
            words,
            start: unit.start as usize,
            end: unit.end as usize,
        };
        let mut at = finder.start;
        while at < finder.end {
            let hint = words.hint(reading.tokens[at].word());
            let quantity = if hint == Hint::None { None } else { finder.at(at, hint) };
            let Some((mut quantity, _)) = quantity else {
                at += 1;
                continue;
            };
            // A currency between two amounts belongs to the first.
            let taken = found.last().map_or(0, |before: &Quantity| before.end);
            quantity.start = quantity.start.max(taken);
            at = quantity.end as usize;
            found.push(quantity);
        }
    }
    found
}

/// A bare figure or words, without a unit.
#[derive(Clone, Copy, Debug)]
struct Amount<'a> {
    value: Option<f64>,
    end: usize,
    suffix: &'a str,
    /// "one", which is more often a pronoun.
    weak: bool,
    spelled: bool,
    /// An amount in brackets follows that says the same.
    twice: bool,
}

/// Where quantities are looked for: the tokens of one unit.
struct Finder<'a> {
    text: &'a str,
    tokens: &'a [Token],
    words: &'a Words,
    start: usize,
    end: usize,
}

impl<'a> Finder<'a> {
    /// The quantity that begins at a token; the flag says whether it has a unit.
    fn at(&self, at: usize, hint: Hint) -> Option<(Quantity, bool)> {
        if let Some((value, end)) = self.date(at, hint) {
            return Some((quantity(QuantityKind::Date, value, at, end), true));
        }
        if hint == Hint::Month {
            return None;
        }
        let amount = self.amount(at, hint)?;
        let (mut found, unit) = match self.with_unit(at, amount) {
            Some(found) => (found, true),
            None => (self.number(at, amount)?, false),
        };
        if unit {
            self.repeated(&mut found);
        }
        Some((found, unit))
    }

    fn word(&self, at: usize) -> Option<&'a Word> {
        (at < self.end).then(|| self.words.word(self.tokens[at].word()))
    }

    /// The prose between a token and the one before it; none where they do not follow each other.
    fn gap(&self, at: usize) -> Option<&'a str> {
        if at <= self.start || at >= self.end {
            return None;
        }
        let (before, after) = (self.tokens[at - 1].end(self.words) as usize, self.tokens[at].start as usize);
        self.text.get(before..after).filter(|gap| gap.len() <= 8)
    }

    /// A few bytes of prose before a token.
    fn before(&self, at: usize) -> &'a str {
        let head = &self.text[..self.tokens[at].start as usize];
        let line = head.rfind_short(8);
        line.trim_end_matches(' ')
    }

    /// The prose from the end of a token on.
    fn after(&self, at: usize) -> &'a str {
        self.text.get(self.tokens[at].end(self.words) as usize..).unwrap_or("")
    }

    fn amount(&self, at: usize, hint: Hint) -> Option<Amount<'a>> {
        let mut amount = self.single(at, hint)?;
        if let Some(gap) = self.gap(amount.end)
            && let Some(sign) = gap.trim_start().strip_prefix(['(', '['])
            && let sign = sign.trim_matches(['_', '['])
            && (sign.is_empty() || currency_sign(sign.trim_end()))
        {
            let hint = self.words.hint(self.tokens[amount.end].word());
            let again = (hint != Hint::None).then(|| self.single(amount.end, hint)).flatten();
            if let Some(again) = again.filter(|again| {
                self.after(again.end - 1).trim_start_matches(['%', '_', ']']).starts_with(')')
                    || self.after(again.end - 1).starts_with(']')
            }) {
                let value = if amount.spelled { again.value } else { amount.value };
                amount = Amount { value, end: again.end, twice: true, weak: false, ..amount };
            }
        }
        Some(amount)
    }

    fn single(&self, at: usize, hint: Hint) -> Option<Amount<'a>> {
        let plain =
            Amount { value: None, end: at + 1, suffix: "", weak: false, spelled: false, twice: false };
        match hint {
            Hint::Blank => Some(plain),
            Hint::Spelled => self.spelled(at),
            Hint::Article => self.article(at),
            Hint::Half => self.half(at),
            Hint::Figure => {
                let surface = &*self.word(at)?.surface;
                if let Some(amount) = self.in_groups(at, surface) {
                    return Some(Amount { value: Some(amount.0), end: amount.1, ..plain });
                }
                if let Some(part) = parts::sign(surface) {
                    return Some(Amount { value: Some(part), ..plain });
                }
                let read = figure(glued_currency(surface).unwrap_or(surface))?;
                let (scale, end) = self.scale(at + 1, read.suffix);
                let suffix = if end == at + 1 && scale > 1.0 { "" } else { read.suffix };
                Some(self.fraction(Amount { value: Some(read.value * scale), end, suffix, ..plain }))
            }
            Hint::None | Hint::Month => None,
        }
    }

    /// "million" behind a figure, or "k" and "m" glued to it.
    fn scale(&self, at: usize, suffix: &str) -> (f64, usize) {
        match suffix {
            "k" | "K" => return (1e3, at),
            "M" | "mn" | "mm" | "MM" => return (1e6, at),
            "bn" | "B" => return (1e9, at),
            _ => {}
        }
        let word = self.gap(at).filter(|gap| matches!(*gap, " " | "-")).and_then(|_| self.word(at));
        let scale = match word.map(|word| &*word.lower) {
            Some("hundred") => 1e2,
            Some("thousand") => 1e3,
            Some("million" | "mio" | "mn" | "millionen") => 1e6,
            Some("billion" | "bn") => 1e9,
            _ => return (1.0, at),
        };
        (scale, at + 1)
    }

    /// The value and end of a figure whose thousands are parted by blanks ("EUR 30 000.00"): only behind a
    /// currency, since two numbers may stand side by side.
    fn in_groups(&self, at: usize, first: &str) -> Option<(f64, usize)> {
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if first.len() > 3 || !digits(first) || self.currency_before(at).is_none() {
            return None;
        }
        let (mut number, mut end) = (first.to_owned(), at + 1);
        while self.gap(end) == Some(" ") && digits(&number) {
            let Some(group) = self.word(end).map(|word| &*word.surface) else { break };
            let whole = group.split(['.', ',']).next().unwrap_or("");
            if whole.len() != 3 || !digits(whole) || group.len() > 6 || group.len() == 4 {
                break;
            }
            number.push_str(&group.replace(',', "."));
            end += 1;
        }
        (end > at + 1).then(|| number.parse().ok().map(|value| (value, end)))?
    }

    fn spelled(&self, at: usize) -> Option<Amount<'a>> {
        let (mut spelled, mut end) = (Spelled::default(), at);
        loop {
            let mut next = end;
            if next > at {
                if !self.gap(next).is_some_and(|gap| matches!(gap, " " | "-" | " - " | "‑")) {
                    break;
                }
                if spelled.takes_and() && self.word(next).is_some_and(|word| &*word.lower == "and") {
                    next += 1;
                }
            }
            let Some(part) = self.word(next).and_then(|word| number_word(&word.lower)) else { break };
            if !spelled.push(part) {
                break;
            }
            end = next + 1;
        }
        let weak = end == at + 1 && spelled.value() <= 1.0;
        (end > at).then_some(Amount {
            value: Some(spelled.value()),
            end,
            suffix: "",
            weak,
            spelled: true,
            twice: false,
        })
    }

    fn with_unit(&self, at: usize, amount: Amount<'a>) -> Option<Quantity> {
        use QuantityKind::{Duration, Money, Percent};
        let behind = even(self.after(amount.end - 1)).trim_start_matches([' ', ')', ']', '_']);
        if behind.starts_with('%') {
            return Some(quantity(Percent, amount.value, at, amount.end));
        }
        if let Some(hours) = hours(amount.suffix).filter(|_| !self.referred(at)) {
            return Some(quantity(Duration, amount.value.map(|value| value * hours), at, amount.end));
        }
        if !amount.suffix.is_empty() {
            return None;
        }
        if let Some(start) = self.currency_before(at) {
            return Some(quantity(Money, amount.value, start, amount.end));
        }
        if currency_sign(behind.get(..behind.chars().next().map_or(0, char::len_utf8)).unwrap_or(""))
            && !behind.starts_with('$')
        {
            return Some(quantity(Money, amount.value, at, amount.end));
        }
        let joined = |gap: &str| {
            let gap = even(gap);
            gap.len() <= 4 && gap.trim_matches([' ', '-', ')', '(', ']', '_', '‑', '–', '+']).is_empty()
        };
        let word = self.gap(amount.end).filter(|gap| joined(gap)).and_then(|_| self.word(amount.end))?;
        match &*word.folded {
            "percent" | "percentage" | "pct" | "prozent" => {
                Some(quantity(Percent, amount.value, at, amount.end + 1))
            }
            "per" if self.word(amount.end + 1).is_some_and(|word| &*word.lower == "cent") => {
                Some(quantity(Percent, amount.value, at, amount.end + 2))
            }
            "cent" | "penny" => {
                Some(quantity(Money, amount.value.map(|value| value / 100.0), at, amount.end + 1))
            }
            _ if currency_name(word) => Some(quantity(Money, amount.value, at, amount.end + 1)),
            _ => self.duration(at, amount),
        }
    }

    /// "days", "business days", "calendar months"; not "24 hours per day", which is no time span.
    fn duration(&self, at: usize, amount: Amount<'a>) -> Option<Quantity> {
        const BETWEEN: usize = 3;
        let mut end = amount.end;
        while end < amount.end + BETWEEN
            && self.word(end).is_some_and(|word| {
                matches!(
                    &*word.lower,
                    "business"
                        | "working"
                        | "calendar"
                        | "consecutive"
                        | "full"
                        | "additional"
                        | "banking"
                        | "clear"
                        | "further"
                        | "continuous"
                        | "successive"
                        | "complete"
                        | "contract"
                        | "trading"
                        | "more"
                        | "or"
                        | "elapsed"
                        | "normal"
                        | "whole"
                        | "service"
                        | "support"
                )
            })
        {
            end += 1;
        }
        // A "d" by itself is a letter; "30d" was read with its figure.
        let hours = self.word(end).filter(|word| &*word.lower != "d").and_then(|word| hours(&word.folded))?;
        let rate = match (self.word(end + 1).map(|word| &*word.lower), self.word(end + 2)) {
            (Some("per" | "a" | "each" | "every" | "pro"), Some(of)) => period(&of.folded),
            _ => self.after(end).starts_with("/day") || self.after(end).starts_with("/week"),
        };
        (!rate)
            .then(|| quantity(QuantityKind::Duration, amount.value.map(|value| value * hours), at, end + 1))
    }

    /// The first token of an amount of money whose currency stands in front.
    fn currency_before(&self, at: usize) -> Option<usize> {
        if self.word(at).is_some_and(|word| glued_currency(&word.surface).is_some()) {
            return Some(at);
        }
        let code = at > self.start
            && self.gap(at).is_some_and(|gap| gap.trim_matches([' ', '$', '.']).is_empty())
            && self.word(at - 1).is_some_and(|word| currency_code(&word.surface));
        let sign = self
            .before(at)
            .trim_end_matches(['[', '_', ')'])
            .chars()
            .next_back()
            .is_some_and(|sign| currency_sign(sign.encode_utf8(&mut [0; 4])));
        let code = code && !self.versioned(at);
        match (code, sign) {
            (true, _) => Some(at - 1),
            (false, true) => Some(at),
            _ => None,
        }
    }

    /// Whether a figure is a version of the language that shares its name with the peso: "PHP 8.1".
    fn versioned(&self, at: usize) -> bool {
        let short = |figure: &str| figure.len() < 2 || (figure.len() < 5 && figure.contains('.'));
        self.word(at - 1).is_some_and(|word| &*word.surface == "PHP")
            && self.word(at).is_some_and(|word| short(&word.surface))
    }

    /// Whether a number is the name of something: "Section 5", "Rule 13d".
    fn referred(&self, at: usize) -> bool {
        at > self.start
            && self.gap(at).is_some_and(|gap| gap.len() <= 2)
            && self.word(at - 1).is_some_and(|word| refers(&word.folded))
    }

    /// A bare number, unless it is a reference ("Section 5") or an enumerator ("(1)", "1.").
    fn number(&self, at: usize, amount: Amount<'a>) -> Option<Quantity> {
        let hidden = amount.value.is_none();
        let bracketed =
            self.before(at).ends_with('(') && self.after(amount.end - 1).starts_with(')') && !amount.twice;
        let opens = at == self.start && self.after(at).starts_with(['.', ')']);
        let glued = !amount.suffix.is_empty();
        let crossed = hidden && self.word(at).is_some_and(|word| word.surface.starts_with('X'));
        let struck = self.before(at).ends_with('§') || (amount.weak && !amount.twice) || glued || crossed;
        let none = self.referred(at) || struck || (!hidden && (bracketed || opens));
        (!none).then(|| quantity(QuantityKind::Number, amount.value, at, amount.end))
    }

    /// Takes in a bracket that says the same again: "ninety-nine percent (99%)".
    fn repeated(&self, first: &mut Quantity) {
        let end = first.end as usize;
        let Some(gap) = self.gap(end).map(|gap| gap.trim_start_matches(['%', ' '])) else { return };
        let Some(sign) = gap.strip_prefix('(') else { return };
        if !(sign.trim().is_empty() || currency_sign(sign.trim())) {
            return;
        }
        let mut second = end;
        if self.word(second).is_some_and(|word| currency_code(&word.surface)) {
            second += 1;
        }
        if second >= self.end {
            return;
        }
        let hint = self.words.hint(self.tokens[second].word());
        let Some(amount) = (hint != Hint::None).then(|| self.amount(second, hint)).flatten() else { return };
        let again = self.with_unit(second, amount);
        let kind = again.map_or(QuantityKind::Number, |again| again.kind);
        let last = again.map_or(amount.end, |again| again.end as usize);
        let closed = self.after(last - 1).trim_start_matches(['%', ' ', '€', '£']).starts_with(')');
        if closed && (kind == first.kind || again.is_none()) {
            first.end = u32::try_from(last).unwrap_or(u32::MAX);
            if again.is_some_and(|_| !amount.spelled) && amount.value.is_some() {
                first.value = again.and_then(|again| again.value);
            }
        }
    }
}

/// What follows an even sum behind the strokes that stand for its cents: "2.000,- €", "40.-- CHF".
fn even(behind: &str) -> &str {
    let strokes = behind.trim_start_matches([',', '.', ' ', '-', '–', '—']);
    let gone = &behind[..behind.len() - strokes.len()];
    let cents = gone.starts_with([',', '.']) && gone.contains(['-', '–', '—']);
    if cents { strokes } else { behind }
}

/// The end of a text without looking at the rest of it.
trait Tail {
    fn rfind_short(&self, bytes: usize) -> &str;
}

impl Tail for str {
    fn rfind_short(&self, bytes: usize) -> &str {
        let from = (self.len().saturating_sub(bytes)..self.len()).find(|&at| self.is_char_boundary(at));
        &self[from.unwrap_or(self.len())..]
    }
}

fn quantity(kind: QuantityKind, value: Option<f64>, start: usize, end: usize) -> Quantity {
    let index = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Quantity { kind, value, start: index(start), end: index(end) }
}

#[cfg(test)]
mod tests;
