//! Ranges of percentages in words and signs: "99.0% to 99.5%", "below 99.9% but at least 99%",
//! "≥ 95%".

use std::ops::Range;

/// A percentage as written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Percent {
    pub(super) value: f64,
    /// Places behind the point.
    pub(super) places: u32,
}

/// One end of a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct End {
    pub(super) at: Percent,
    /// Whether the value itself belongs to it.
    pub(super) inclusive: bool,
}

/// A range of percentages and where it stands, in bytes of the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Band {
    pub(super) low: Option<End>,
    pub(super) high: Option<End>,
    pub(super) place: Range<usize>,
}

/// What a text says with numbers.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Read {
    pub(super) bands: Vec<Band>,
    /// The percentages that belong to no range.
    pub(super) bare: Vec<(Percent, Range<usize>)>,
    /// The words that are neither, in lower case.
    pub(super) words: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Sign {
    Percent(Percent),
    /// A number without its sign: "99.0" in "99.0 - 99.5%".
    Number(Percent),
    Less,
    AtMost,
    More,
    AtLeast,
    /// "or more" behind a number.
    OrMore,
    OrLess,
    To,
    And,
    Word,
}

/// Signs in words, the longer ones first.
const PHRASES: [(&str, Sign); 46] = [
    ("greater than or equal to", Sign::AtLeast),
    ("equal to or greater than", Sign::AtLeast),
    ("more than or equal to", Sign::AtLeast),
    ("equal to or more than", Sign::AtLeast),
    ("less than or equal to", Sign::AtMost),
    ("equal to or less than", Sign::AtMost),
    ("equal to or above", Sign::AtLeast),
    ("equal to or below", Sign::AtMost),
    ("but not less than", Sign::AtLeast),
    ("at or above", Sign::AtLeast),
    ("at or below", Sign::AtMost),
    ("not less than", Sign::AtLeast),
    ("no less than", Sign::AtLeast),
    ("not lower than", Sign::AtLeast),
    ("not below", Sign::AtLeast),
    ("not more than", Sign::AtMost),
    ("no more than", Sign::AtMost),
    ("not exceeding", Sign::AtMost),
    ("at least", Sign::AtLeast),
    ("at most", Sign::AtMost),
    ("less than", Sign::Less),
    ("lower than", Sign::Less),
    ("fewer than", Sign::Less),
    ("falls below", Sign::Less),
    ("below", Sign::Less),
    ("under", Sign::Less),
    ("greater than", Sign::More),
    ("more than", Sign::More),
    ("higher than", Sign::More),
    ("exceeding", Sign::More),
    ("exceeds", Sign::More),
    ("above", Sign::More),
    ("or more", Sign::OrMore),
    ("or above", Sign::OrMore),
    ("or higher", Sign::OrMore),
    ("or greater", Sign::OrMore),
    ("or better", Sign::OrMore),
    ("and above", Sign::OrMore),
    ("or less", Sign::OrLess),
    ("or below", Sign::OrLess),
    ("or lower", Sign::OrLess),
    ("through", Sign::To),
    ("to", Sign::To),
    ("and", Sign::And),
    ("but", Sign::And),
    ("between", Sign::And),
];

/// Reads a text.
pub(super) fn read(text: &str) -> Read {
    let signs = signs(text);
    let mut read = Read::default();
    let mut at = 0;
    while at < signs.len() {
        if let Some((band, taken)) = band(&signs[at..]) {
            read.bands.push(band);
            at += taken;
            continue;
        }
        let (sign, place) = &signs[at];
        match sign {
            Sign::Percent(percent) => read.bare.push((*percent, place.clone())),
            Sign::Word => read.words.push(text[place.clone()].to_lowercase()),
            _ => {}
        }
        at += 1;
    }
    read
}

/// The range with which signs begin and how many of them it takes.
fn band(signs: &[(Sign, Range<usize>)]) -> Option<(Band, usize)> {
    use Sign::{And, AtLeast, AtMost, Less, More, Number, OrLess, OrMore, Percent, To, Word};
    let kinds: Vec<Sign> = signs.iter().take(6).map(|(sign, _)| *sign).collect();
    let bound = |sign: Sign| matches!(sign, Less | AtMost | More | AtLeast);
    let place = |count: usize| signs[0].1.start..signs[count - 1].1.end;
    let made = |ends: [Option<(Sign, self::Percent)>; 2], count: usize| {
        let mut band = Band { low: None, high: None, place: place(count) };
        for (sign, at) in ends.into_iter().flatten() {
            let inclusive = matches!(sign, AtMost | AtLeast);
            let end = Some(End { at, inclusive });
            let slot = if matches!(sign, Less | AtMost) { &mut band.high } else { &mut band.low };
            if slot.is_some() {
                return None;
            }
            *slot = end;
        }
        Some((band, count))
    };
    let lead = usize::from(kinds.first() == Some(&And));
    match kinds.get(lead..)? {
        [Percent(low) | Number(low), To, Percent(high), ..] => {
            ordered(*low, *high, place(lead + 3), lead + 3)
        }
        [Percent(low) | Number(low), And, Percent(high), ..] if lead == 1 => {
            ordered(*low, *high, place(lead + 3), lead + 3)
        }
        // "99.0% ≤ availability < 99.5%"
        [Percent(low), first @ (Less | AtMost), Word, second @ (Less | AtMost), Percent(high), ..] => {
            let turned = if *first == Less { More } else { AtLeast };
            made([Some((turned, *low)), Some((*second, *high))], lead + 5)
        }
        [first, Percent(one), And, second, Percent(two), ..] if bound(*first) && bound(*second) => {
            made([Some((*first, *one)), Some((*second, *two))], lead + 5)
        }
        [first, Percent(one), second, Percent(two), ..] if bound(*first) && bound(*second) => {
            made([Some((*first, *one)), Some((*second, *two))], lead + 4)
        }
        [first, Percent(..), To, Percent(..), ..] if bound(*first) => None,
        [first, Percent(one), ..] if bound(*first) => made([Some((*first, *one)), None], lead + 2),
        [Percent(one), OrMore, And, second @ (Less | AtMost), Percent(two), ..] => {
            made([Some((AtLeast, *one)), Some((*second, *two))], lead + 5)
        }
        [Percent(one), OrMore, ..] => made([Some((AtLeast, *one)), None], lead + 2),
        [Percent(one), OrLess, ..] => made([Some((AtMost, *one)), None], lead + 2),
        _ => None,
    }
}

fn ordered(one: Percent, two: Percent, place: Range<usize>, count: usize) -> Option<(Band, usize)> {
    let (low, high) = if one.value <= two.value { (one, two) } else { (two, one) };
    let end = |at| Some(End { at, inclusive: true });
    Some((Band { low: end(low), high: end(high), place }, count))
}

/// The numbers, signs and words of a text with their places.
fn signs(text: &str) -> Vec<(Sign, Range<usize>)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(first) = text[at..].chars().next() {
        let rest = &text[at..];
        let (sign, length) = match first {
            '0'..='9' => number(rest),
            '<' if rest.starts_with("<=") => (Some(Sign::AtMost), 2),
            '>' if rest.starts_with(">=") => (Some(Sign::AtLeast), 2),
            '<' => (Some(Sign::Less), 1),
            '>' => (Some(Sign::More), 1),
            '≤' => (Some(Sign::AtMost), first.len_utf8()),
            '≥' => (Some(Sign::AtLeast), first.len_utf8()),
            '-' | '–' | '—' | '−' => (Some(Sign::To), first.len_utf8()),
            _ if first.is_alphabetic() => word(rest),
            _ => (None, first.len_utf8()),
        };
        if let Some(sign) = sign {
            found.push((sign, at..at + length));
        }
        at += length;
    }
    found
}

/// A number, with its sign where there is one.
fn number(text: &str) -> (Option<Sign>, usize) {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits;
    let mut places = 0;
    if text[end..].starts_with(['.', ',']) {
        let behind = text[end + 1..].bytes().take_while(u8::is_ascii_digit).count();
        if behind > 0 {
            places = behind;
            end += 1 + behind;
        }
    }
    // "5th", "24x7", "1.2.3" are no numbers here.
    let glued = text[end..].starts_with(|c: char| c.is_alphanumeric())
        || (text[end..].starts_with('.') && text[end + 1..].starts_with(|c: char| c.is_ascii_digit()));
    let Ok(value) = text[..end].replace(',', ".").parse::<f64>() else { return (None, end) };
    let percent = Percent { value, places: u32::try_from(places).unwrap_or(0) };
    // "ninety-nine percent (99%)" and "99% (ninety-nine per cent)" say it once.
    let tail = text[end..].trim_start_matches([' ', '\u{a0}']);
    let space = text[end..].len() - tail.len();
    for unit in ["%", "percent", "per cent"] {
        if tail.len() >= unit.len()
            && tail.is_char_boundary(unit.len())
            && tail[..unit.len()].eq_ignore_ascii_case(unit)
        {
            return (Some(Sign::Percent(percent)), end + space + unit.len());
        }
    }
    ((!glued).then_some(Sign::Number(percent)), end)
}

/// A phrase that is a sign, or a word.
fn word(text: &str) -> (Option<Sign>, usize) {
    for (phrase, sign) in PHRASES {
        let fits = text.get(..phrase.len()).is_some_and(|start| start.eq_ignore_ascii_case(phrase));
        if fits && !text[phrase.len()..].starts_with(char::is_alphanumeric) {
            return (Some(sign), phrase.len());
        }
    }
    let end = text.find(|c: char| !c.is_alphanumeric()).unwrap_or(text.len());
    (Some(Sign::Word), end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<String> {
        let end = |end: &Option<End>, open: [&str; 2]| {
            end.map_or_else(
                || "..".to_owned(),
                |end| format!("{}{}", open[usize::from(end.inclusive)], end.at.value),
            )
        };
        read(text)
            .bands
            .iter()
            .map(|band| format!("{} {}", end(&band.low, [">", ">="]), end(&band.high, ["<", "<="])))
            .collect()
    }

    #[test]
    fn reads_bands() {
        for (text, bands) in [
            ("99.0% to 99.5%", vec![">=99 <=99.5"]),
            ("99.0 – 99.5 %", vec![">=99 <=99.5"]),
            ("less than 99.9% but at least 99%", vec![">=99 <99.9"]),
            ("≥ 99.0% and < 99.9%", vec![">=99 <99.9"]),
            ("below 95 per cent", vec![".. <95"]),
            ("99.0% or more but below 99.9%", vec![">=99 <99.9"]),
            ("99.9% or more", vec![">=99.9 .."]),
            ("99.0% ≤ availability < 99.5%", vec![">=99 <99.5"]),
            ("between 98% and 99%", vec![">=98 <=99"]),
            ("a credit of 5% of the charges", vec![]),
        ] {
            assert_eq!(shown(text), bands, "{text}");
        }
    }
}
