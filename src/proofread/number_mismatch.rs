//! `number-mismatch`: words and figures that say the same number twice and differ: "thirty (60)
//! days", "five percent (6%)", "$250,000 (two hundred thousand dollars)".
//!
//! Says nothing where the words do not read as one whole number ("one and a half", a number cut by
//! a page) or the bracket holds more than a figure and its unit.

use super::{Proof, Slip};
use crate::document::BlockKind;
use crate::source::Span;
use crate::token::spelled::{is_number_word, ordinal, whole};

/// The most words that a number in words has.
const WORDS: usize = 16;
/// The longest text of a bracket that is read, in bytes.
const BRACKET: usize = 120;

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let mut slips = Vec::new();
    for block in &proof.document.blocks {
        if block.kind == BlockKind::Furniture {
            continue;
        }
        let text = proof.document.text(block);
        for open in memchr::memchr2_iter(b'(', b'[', text.as_bytes()) {
            let Some(pair) = pair(text, open, block.label.is_some()) else { continue };
            let at = |byte: usize| block.text.start + u32::try_from(byte).unwrap_or(0);
            let span = proof.document.source(at(pair.start)..at(pair.end));
            slips.push(slip(span, &text[pair.start..pair.end], &pair));
        }
    }
    slips
}

/// Two numbers that ought to be one, in bytes of the block.
struct Pair<'a> {
    start: usize,
    end: usize,
    words: &'a str,
    figure: &'a str,
}

fn slip(span: Span, said: &str, pair: &Pair<'_>) -> Slip {
    Slip {
        span,
        message: format!("\"{said}\" says one number in words and another in figures"),
        label: format!("\"{}\" is not {}", pair.words, pair.figure),
        others: Vec::new(),
        help: format!(
            "find out which was agreed, then write \"{}\" in figures or {} in words",
            pair.words, pair.figure
        ),
        fix: None,
    }
}

/// The number in words and the figure around a bracket, if they differ.
fn pair(text: &str, open: usize, labelled: bool) -> Option<Pair<'_>> {
    let close = if text.as_bytes()[open] == b'(' { b')' } else { b']' };
    let end = (open + BRACKET).min(text.len());
    let length = text.as_bytes()[open + 1..end].iter().position(|&byte| byte == close)?;
    let inner = &text[open + 1..open + 1 + length];
    let before = &text[..open];
    let first = inner.trim_start_matches(|c: char| !c.is_ascii_alphanumeric()).bytes().next()?;
    if close == b']' && !before.ends_with([' ', '\n']) {
        return None;
    }
    let end = open + length + 2;
    let (start, words, figure) = if first.is_ascii_digit() || currency(inner).1 {
        figures_behind(before, inner, labelled)?
    } else {
        words_behind(before, inner)?
    };
    Some(Pair { start, end, words, figure })
}

/// "thirty (60)", "five percent (6%)": where the words begin, the words, the figure.
fn figures_behind<'a>(before: &'a str, inner: &'a str, labelled: bool) -> Option<(usize, &'a str, &'a str)> {
    let figure = Figure::read(inner)?;
    let (bare, unit) = without_unit(before);
    let words = Run::before(bare)?;
    if words.start == 0 && !labelled && before.starts_with(|c: char| c.is_lowercase()) {
        return None;
    }
    let (value, is_ordinal) = match whole(&words.parts) {
        Some(value) => (value, false),
        None => (ordinal(&words.parts)?, true),
    };
    if is_ordinal && (figure.percent || unit != Unit::None || !figure.is_whole()) {
        return None;
    }
    // "two dollars and fifty cents ($2.50)": the words go on before the bracket's unit.
    if words.goes_on_before || unit == Unit::Cents && words.after_and {
        return None;
    }
    // "Year One (1998)": a name and its year.
    let year = unit == Unit::None && value < 100.0 && (1900.0..2100.0).contains(&figure.value);
    let same = figure.says(value)
        || year
        || unit == Unit::Cents && figure.says(value / 100.0)
        || unit == Unit::Percent && figure.says(value / 100.0)
        || words.after_and && !is_ordinal && figure.value.fract() > 0.0;
    (!same).then_some((words.start, words.text, figure.text))
}

/// "60 (thirty)", "$250,000 (two hundred thousand dollars)".
fn words_behind<'a>(before: &'a str, inner: &'a str) -> Option<(usize, &'a str, &'a str)> {
    let (said, unit) = without_unit(inner.trim().trim_end_matches(" only").trim_end_matches(" ONLY"));
    let said = currency(said).0;
    let run = Run::before(said)?;
    if run.start != 0 || run.goes_on_before {
        return None;
    }
    let value = whole(&run.parts)?;
    let (bare, _) = without_unit(before);
    let bare = bare.trim_end();
    let start = bare.rfind([' ', '\n', '(', '[']).map_or(0, |at| at + 1);
    // "30 000 (thirty thousand)": thousands parted by blanks are not read here.
    let group = bare[start..].bytes().take_while(u8::is_ascii_digit).count() == 3;
    if group && bare[..start].trim_end().ends_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let figure = Figure::read(&bare[start..])?;
    // "Section 5 (one)", "1 to 5 (one)": only a figure by itself is the same number.
    let named = bare[..start].trim_end().rsplit([' ', '\n']).next().unwrap_or("");
    let names = named.starts_with(|c: char| c.is_uppercase()) && named.len() > 3;
    let same = figure.says(value) || unit == Unit::Percent && figure.says(value / 100.0);
    (!same && !names && unit != Unit::Cents).then_some((start, run.text, figure.text))
}

/// What a number counts, as far as it matters here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    None,
    Percent,
    Cents,
    Other,
}

/// A text without the unit at its end: "five percent", "five thousand US Dollars", "thirty days".
fn without_unit(text: &str) -> (&str, Unit) {
    let text = text.trim_end();
    let text = text.strip_suffix('%').map_or(text, str::trim_end);
    let mut bare = text;
    let mut unit = Unit::None;
    for _ in 0..3 {
        let start = bare.rfind([' ', '\n', '-']).map_or(0, |at| at + 1);
        let word = bare[start..].trim_end_matches('.').to_ascii_lowercase();
        let found = match word.as_str() {
            "percent" | "percentage" | "cent"
                if word != "cent" || bare[..start].trim_end().ends_with("per") =>
            {
                Unit::Percent
            }
            "per" if unit == Unit::Percent => Unit::Percent,
            "cents" => Unit::Cents,
            "dollars" | "dollar" | "euro" | "euros" | "pounds" | "us" | "u.s" | "usd" | "eur" | "gbp"
            | "cad" | "sterling" | "rmb" | "yen" | "canadian" | "australian" | "united" | "states"
            | "days" | "day" | "months" | "month" | "years" | "year" | "weeks" | "week" | "hours"
            | "hour" | "minutes" | "business" | "calendar" | "working" | "consecutive" => Unit::Other,
            _ => break,
        };
        if unit == Unit::None {
            unit = found;
        }
        bare = bare[..start].trim_end().trim_end_matches('-');
    }
    (bare, unit)
}

/// A text without the sign or code of a currency in front, and whether there was one.
fn currency(text: &str) -> (&str, bool) {
    const NAMES: [&str; 20] = [
        "US Dollars",
        "U.S. Dollars",
        "Dollars",
        "Euros",
        "Euro",
        "Rupees",
        "US$",
        "U.S.$",
        "USD",
        "EUR",
        "GBP",
        "CAD",
        "RMB",
        "Rs.",
        "Rs",
        "C$",
        "A$",
        "$",
        "€",
        "£",
    ];
    let mut text = text.trim_start();
    let mut found = false;
    while let Some(name) = NAMES.iter().find(|name| text.starts_with(**name)) {
        text = text[name.len()..].trim_start();
        found = true;
    }
    (text, found)
}

/// A figure and what it may say.
struct Figure<'a> {
    text: &'a str,
    value: f64,
    /// A second reading: "10.000" is ten or ten thousand, "5M" five thousand or five million.
    or: f64,
    percent: bool,
}

impl<'a> Figure<'a> {
    /// Reads a text that holds one figure with its unit and nothing else.
    fn read(text: &'a str) -> Option<Self> {
        let text = text.trim_matches([' ', '_', '[', ']', '*', '\n']);
        let bare = currency(text).0;
        let end =
            bare.bytes().take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')).count();
        let number = bare[..end].trim_end_matches(['.', ',']);
        let (value, or) = readings(number)?;
        let mut rest = bare[number.len()..].trim_start_matches(['.', ',', '-', '_', ']']).trim();
        let scale = ["thousand", "million", "billion", "k", "K", "MM", "mm", "M", "m", "bn"].iter().position(
            |name| {
                rest.strip_prefix(*name).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
            },
        );
        let (mut value, mut or) = (value, or);
        if let Some(at) = scale {
            let (one, other) = [
                (1e3, 1e3),
                (1e6, 1e6),
                (1e9, 1e9),
                (1e3, 1e3),
                (1e3, 1e3),
                (1e6, 1e6),
                (1e6, 1e6),
                (1e6, 1e3),
                (1e6, 1e3),
                (1e9, 1e9),
            ][at];
            (value, or) = (value * one, or * other);
            rest = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic()).trim_start();
        }
        let ordinal = ["st", "nd", "rd", "th"].contains(&rest);
        let percent = rest.starts_with('%') || rest.starts_with("percent") || rest.starts_with("per cent");
        let (left, unit) = without_unit(rest);
        let left = left.trim_matches(['%', ' ', '€', '£', '$', '.', '/', '-']);
        let known = left.is_empty() || ordinal || percent && unit != Unit::None;
        known.then_some(Self { text, value, or, percent })
    }

    fn says(&self, value: f64) -> bool {
        let near = |one: f64| (one - value).abs() <= 1e-6 * value.abs().max(1.0);
        near(self.value) || near(self.or)
    }

    fn is_whole(&self) -> bool {
        self.value.fract() == 0.0
    }
}

/// The values that a figure may have.
fn readings(number: &str) -> Option<(f64, f64)> {
    let plain: String = number.chars().filter(char::is_ascii_digit).collect();
    let joined: f64 = plain.parse().ok()?;
    let last = number.rfind(['.', ',']);
    let Some(last) = last else { return Some((joined, joined)) };
    let tail = number.len() - last - 1;
    let decimal: f64 = {
        let whole: String = number[..last].chars().filter(char::is_ascii_digit).collect();
        format!("{whole}.{}", &number[last + 1..]).parse().ok()?
    };
    let several = number.matches(['.', ',']).count() > 1;
    let mixed = number.contains('.') && number.contains(',');
    Some(match (tail, several) {
        (3, true) if !mixed => (joined, joined),
        (3, _) => (joined, decimal),
        // "1,000,00" is a slip of another kind.
        (_, true) if !mixed => return None,
        _ => (decimal, decimal),
    })
}

/// The number words at the end of a text.
struct Run<'a> {
    start: usize,
    text: &'a str,
    parts: Vec<String>,
    /// "and" stands in front: the number may go on before it.
    after_and: bool,
    /// What stands in front is part of the number too, in a way that is not read here.
    goes_on_before: bool,
}

impl<'a> Run<'a> {
    fn before(text: &'a str) -> Option<Self> {
        let text = text.trim_end();
        let bytes = text.as_bytes();
        let (mut start, mut parts, mut end) = (text.len(), Vec::new(), text.len());
        let mut after_and = false;
        let mut front = "";
        while parts.len() < WORDS && end > 0 {
            let from =
                bytes[..end].iter().rposition(|byte| !byte.is_ascii_alphabetic()).map_or(0, |at| at + 1);
            let word = text[from..end].to_ascii_lowercase();
            if word == "and" && !parts.is_empty() {
                after_and = true;
            } else if is_number_word(&word) {
                after_and = false;
                start = from;
                parts.push(word);
            } else {
                front = text[..end].trim_end().rsplit([' ', '\n']).next().unwrap_or("");
                break;
            }
            let mut gap = text[..from].trim_end_matches([' ', '\n', '-', '‑', '–']).len();
            // "fourteen million, eight hundred thousand" is one number.
            let scaled = text[..gap].strip_suffix(',').is_some_and(|text| {
                let word = text.rsplit([' ', '-']).next().unwrap_or("").to_ascii_lowercase();
                is_scale(&word)
            });
            if scaled {
                gap -= 1;
            }
            if gap == from {
                front = text[..from].rsplit([' ', '\n']).next().unwrap_or("");
                break;
            }
            end = gap;
        }
        if parts.is_empty() {
            return None;
        }
        parts.reverse();
        let lower = front.trim_end_matches(',').to_ascii_lowercase();
        let of_part = lower == "of" && is_fraction(text[..end].trim_end());
        let goes_on_before = matches!(
            lower.as_str(),
            "point" | "lakh" | "lakhs" | "crore" | "crores" | "half" | "quarter" | "minus" | "dollars"
        ) && (after_and || lower != "dollars")
            || of_part
            || front.ends_with(')') && start_is_scale(&parts)
            || front.ends_with(|c: char| c.is_ascii_digit()) && start_is_scale(&parts)
            || front.ends_with(',') && is_number_word(&lower);
        Some(Self { start, text: &text[start..], parts, after_and, goes_on_before })
    }
}

fn start_is_scale(parts: &[String]) -> bool {
    parts.first().is_some_and(|first| is_scale(first))
}

fn is_scale(word: &str) -> bool {
    matches!(word, "hundred" | "thousand" | "million" | "billion")
}

/// Whether a text ends with a fraction of what follows: "twenty-five hundredths of".
fn is_fraction(text: &str) -> bool {
    let mut words = text.rsplit([' ', '\n', '-']);
    let (_, part) = (words.next(), words.next().unwrap_or("").to_ascii_lowercase());
    let part = part.trim_end_matches('s');
    part.ends_with("th") || matches!(part, "half" | "third" | "quarter")
}
