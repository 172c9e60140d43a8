//! Reads the label at the front of a line: "12.3(b)", "(iv)", "§ 5", "Article IV", "Schedule 2 -".
//!
//! Only the written marks count here; whether a label opens a clause, and under which, is for
//! [`super::tree`]. A reader that is too eager turns "30. days" of a wrapped line into a clause,
//! so each form asks for what follows it too.

mod keyword;
#[cfg(test)]
mod tests;

use super::numbering::LabelKind;

/// The most components that a label keeps ("1.2.3.4.5.6" has six); deeper ones are cut.
const DEPTH: usize = 8;

/// How a label is written. Siblings share a style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// "1." and "1".
    Dot,
    /// "1)".
    HalfParens,
    /// "(1)".
    Parens,
    /// "1.2", with more than one component.
    Multi,
    /// "§ 5", "Section 5", "Clause 5".
    Word,
    /// "(a)", "a)", "a.".
    Lower,
    /// "A.", "(A)".
    Upper,
    /// "(iv)".
    LowerRoman,
    /// "IV.".
    UpperRoman,
    /// "A.5".
    LetterNumber,
    /// "Article IV".
    Article,
    /// "Part II".
    Part,
    /// "Schedule 2".
    Attachment,
    /// A bullet.
    Bullet,
}

/// The numbers of a label: 12.3 is `[12, 3]`, "(c)" is `[3]`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Parts {
    values: [u16; DEPTH],
    len: u8,
}

impl Parts {
    pub(super) const fn one(value: u16) -> Self {
        let mut values = [0; DEPTH];
        values[0] = value;
        Self { values, len: 1 }
    }

    fn push(&mut self, value: u16) {
        if let Some(slot) = self.values.get_mut(self.len as usize) {
            *slot = value;
            self.len += 1;
        }
    }

    pub(super) fn as_slice(&self) -> &[u16] {
        self.values.get(..self.len as usize).unwrap_or_default()
    }

    pub(super) fn first(&self) -> u16 {
        self.values[0]
    }

    pub(super) fn last(&self) -> u16 {
        self.as_slice().last().copied().unwrap_or(0)
    }
}

/// A label as it was read, in bytes of the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub(super) style: Style,
    pub(super) parts: Parts,
    /// The part that a reader cites, without marks.
    pub(super) cite: (u32, u32),
    /// Where the label with its marks ends.
    pub(super) end: u32,
    /// Where the text after the label begins.
    pub(super) body: u32,
    /// What it would be as a letter, when it is a Roman number that may be one: (i), (v), (x).
    pub(super) letter: Option<u16>,
}

impl Mark {
    pub(super) const fn kind(&self) -> LabelKind {
        match self.style {
            Style::Dot | Style::HalfParens | Style::Parens | Style::Multi | Style::Word => LabelKind::Number,
            Style::Lower | Style::Upper | Style::LetterNumber => LabelKind::Letter,
            Style::LowerRoman | Style::UpperRoman => LabelKind::Roman,
            Style::Article => LabelKind::Article,
            Style::Part | Style::Attachment => LabelKind::Attachment,
            Style::Bullet => LabelKind::Bullet,
        }
    }

    /// Adds the label as a reader cites it.
    pub(super) fn write(&self, line: &str, out: &mut String) {
        let raw = line.get(self.cite.0 as usize..self.cite.1 as usize).unwrap_or("");
        match self.style {
            Style::Lower | Style::LowerRoman | Style::Parens => {
                out.push('(');
                out.push_str(raw);
                out.push(')');
            }
            Style::Part | Style::Attachment | Style::Article => write_words(raw, out),
            _ => out.push_str(raw),
        }
    }
}

/// Adds the words of a text, one space between them.
fn write_words(text: &str, out: &mut String) {
    for (at, word) in text.split_whitespace().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        out.push_str(word);
    }
}

/// Where a line stands: a title line is believed more readily.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// In a heading of Markdown or HTML, or a line that is bold as a whole.
    Title,
    /// At the start of a paragraph, item or line.
    Text,
}

/// Reads the label that `line` begins with; blanks before it are skipped.
pub(super) fn read(line: &str, place: Place) -> Option<Mark> {
    let bytes = line.as_bytes();
    let start = if bytes.first()?.is_ascii_graphic() { 0 } else { line.len() - line.trim_start().len() };
    match *bytes.get(start)? {
        b'(' => parens(line, start),
        b'0'..=b'9' => number(line, start, place),
        0xc2 if line.get(start..)?.starts_with('§') => section_sign(line, start, place),
        0xc2 | 0xe2 => bullet(line, start),
        byte if byte.is_ascii_alphabetic() => {
            letter(line, start).or_else(|| keyword::keyword(line, start, place))
        }
        _ => None,
    }
}

fn mark(style: Style, parts: Parts, cite: (usize, usize), end: usize, line: &str) -> Mark {
    let rest = line.get(end..).unwrap_or("");
    let body = line.len() - rest.trim_start().len();
    let narrow = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    Mark {
        style,
        parts,
        cite: (narrow(cite.0), narrow(cite.1)),
        end: narrow(end),
        body: narrow(body),
        letter: None,
    }
}

/// Whether a label may end before `at`: a blank, the end, or a capital, quote or bracket.
fn ends_label(line: &str, at: usize) -> bool {
    match line.get(at..).and_then(|rest| rest.chars().next()) {
        None => true,
        Some(next) => next.is_whitespace() || next.is_uppercase() || "\"'([_$".contains(next),
    }
}

fn blank_or_end(line: &str, at: usize) -> bool {
    line.as_bytes().get(at).is_none_or(u8::is_ascii_whitespace)
}

/// "(a)", "(iv)", "(12)", "(aa)".
fn parens(line: &str, start: usize) -> Option<Mark> {
    let rest = line.get(start + 1..)?;
    let close = rest.bytes().take(7).position(|byte| byte == b')')?;
    let inner = rest.get(..close)?.trim();
    let open = start + 1 + (rest.get(..close)?.len() - rest.get(..close)?.trim_start().len());
    let end = start + 1 + close + 1;
    if !ends_label(line, end) {
        return None;
    }
    let cite = (open, open + inner.len());
    if inner.len() <= 3 && !inner.is_empty() && inner.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(mark(Style::Parens, Parts::one(inner.parse().ok()?), cite, end, line));
    }
    lettered(inner, cite, end, line)
}

/// A letter, a doubled letter or a Roman number that stands alone.
fn lettered(inner: &str, cite: (usize, usize), end: usize, line: &str) -> Option<Mark> {
    let first = *inner.as_bytes().first()?;
    let same = inner.len() <= 2 && inner.bytes().all(|byte| byte == first) && first.is_ascii_alphabetic();
    let offset = u16::from(first.to_ascii_lowercase().wrapping_sub(b'a')) + 1;
    let letter = same.then(|| offset + if inner.len() == 2 { 26 } else { 0 });
    let upper = first.is_ascii_uppercase();
    let (as_letter, as_roman) =
        if upper { (Style::Upper, Style::UpperRoman) } else { (Style::Lower, Style::LowerRoman) };
    match (roman(inner), letter) {
        (Some(value), _) if inner.len() > 1 || matches!(first, b'i' | b'I' | b'v' | b'V' | b'x' | b'X') => {
            let mut mark = mark(as_roman, Parts::one(value), cite, end, line);
            mark.letter = letter;
            Some(mark)
        }
        (_, Some(value)) => Some(mark(as_letter, Parts::one(value), cite, end, line)),
        _ => None,
    }
}

/// The value of a Roman number up to 89 in letters of one case.
fn roman(text: &str) -> Option<u16> {
    if text.is_empty() || text.len() > 7 {
        return None;
    }
    let upper = text.bytes().next()?.is_ascii_uppercase();
    let mut total = 0_u16;
    let mut last = 0_u16;
    for byte in text.bytes().rev() {
        if byte.is_ascii_uppercase() != upper {
            return None;
        }
        let value = match byte.to_ascii_lowercase() {
            b'i' => 1,
            b'v' => 5,
            b'x' => 10,
            b'l' => 50,
            _ => return None,
        };
        total = if value < last { total.checked_sub(value)? } else { total + value };
        last = last.max(value);
    }
    Some(total)
}

/// Digits, then ".digits" any number of times. Gives the parts and where they end.
fn dotted(line: &str, start: usize) -> Option<(Parts, usize)> {
    let bytes = line.as_bytes();
    let mut parts = Parts::default();
    let mut at = start;
    loop {
        let from = at;
        while bytes.get(at).is_some_and(u8::is_ascii_digit) {
            at += 1;
        }
        let digits = line.get(from..at)?;
        if digits.is_empty()
            || digits.len() > 3
            || (from > start && digits.len() > 2 && digits.starts_with('0'))
        {
            return None;
        }
        let value: u16 = digits.parse().ok()?;
        if value > 199 {
            return None;
        }
        parts.push(value);
        let more = bytes.get(at) == Some(&b'.') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit);
        if !more {
            return Some((parts, at));
        }
        at += 1;
    }
}

/// "1.", "1)", "1.2", "3.6.1<TAB>", "12.3(b)".
fn number(line: &str, start: usize, place: Place) -> Option<Mark> {
    let bytes = line.as_bytes();
    let (mut parts, digits) = dotted(line, start)?;
    let single = parts.as_slice().len() == 1;
    // "2.0" heads "2.1".
    if !single && parts.last() == 0 {
        parts.len -= 1;
    }
    if bytes.get(digits) == Some(&b'(')
        && let Some(inner) = parens(line, digits)
        && !single | (bytes.get(inner.end as usize).is_some_and(u8::is_ascii_whitespace))
    {
        parts.push(inner.parts.last());
        return Some(mark(Style::Multi, parts, (start, inner.end as usize), inner.end as usize, line));
    }
    let style = if single { Style::Dot } else { Style::Multi };
    let cite = (start, digits);
    match bytes.get(digits) {
        Some(b'.') if ends_label(line, digits + 1) => Some(mark(style, parts, cite, digits + 1, line)),
        Some(b')') if ends_label(line, digits + 1) => {
            let style = if single { Style::HalfParens } else { style };
            Some(mark(style, parts, cite, digits + 1, line))
        }
        Some(b':') if blank_or_end(line, digits + 1) && (place == Place::Title || !single) => {
            Some(mark(style, parts, cite, digits + 1, line))
        }
        Some(b'\t') => Some(mark(style, parts, cite, digits, line)),
        None if !single || place == Place::Title => Some(mark(style, parts, cite, digits, line)),
        Some(byte) if single => {
            spaced(line, digits, *byte, place).then(|| mark(style, parts, cite, digits, line))
        }
        Some(_) => {
            let plausible =
                ends_label(line, digits) && (parts.as_slice().len() > 2 || not_amount(line, digits));
            plausible.then(|| mark(style, parts, cite, digits, line))
        }
        None => None,
    }
}

/// Whether a bare number and blanks make a label: "## 1 General", "1   The Supplier".
fn spaced(line: &str, at: usize, byte: u8, place: Place) -> bool {
    let rest = line.get(at..).unwrap_or("");
    let word = rest.trim_start();
    let wide = rest.len() - word.len() > 1;
    let capital = word.chars().next().is_some_and(|c| c.is_uppercase() || c == '"');
    let dash = word.starts_with("- ") || word.starts_with("– ") || word.starts_with("— ");
    byte == b' ' && (capital || dash) && (wide || place == Place::Title)
}

/// Whether "2.5 ..." reads as a label and not as an amount or a reference.
fn not_amount(line: &str, at: usize) -> bool {
    const UNITS: &[&str] = &[
        "million",
        "billion",
        "thousand",
        "times",
        "percent",
        "per",
        "hours",
        "days",
        "x",
        "and",
        "or",
        "of",
        "to",
        "above",
        "below",
        "hereof",
        "hereto",
        "hereunder",
        "is",
        "are",
        "shall",
        "will",
        "was",
        "has",
        "months",
        "years",
        "weeks",
        "minutes",
        "seconds",
        "a",
        "p",
        "in",
        "with",
    ];
    let rest = line.get(at..).unwrap_or("").trim_start();
    let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    !UNITS.contains(&word)
}

/// "§ 5", "§5 Abs."
fn section_sign(line: &str, start: usize, place: Place) -> Option<Mark> {
    let rest = line.get(start..)?;
    let digits = rest.trim_start_matches('§').trim_start();
    let from = line.len() - digits.len();
    let (parts, end) = dotted(line, from)?;
    let stop = end + usize::from(matches!(line.as_bytes().get(end), Some(b'.' | b':')));
    let next = line.get(stop..)?.trim_start().chars().next();
    let opens = next.is_none_or(|c| c.is_uppercase() || c == '"');
    (blank_or_end(line, stop) && (opens || place == Place::Title))
        .then(|| mark(Style::Word, parts, (start, end), stop, line))
}

/// "•" and its like.
fn bullet(line: &str, start: usize) -> Option<Mark> {
    let sign = line.get(start..)?.chars().next()?;
    if !"•●◦▪‣■□○·∙⁃".contains(sign) {
        return None;
    }
    let end = start + sign.len_utf8();
    Some(mark(Style::Bullet, Parts::default(), (start, start), end, line))
}

/// "a)", "A.", "iv.", "A.5.".
fn letter(line: &str, start: usize) -> Option<Mark> {
    let bytes = line.as_bytes();
    let len = bytes.get(start..)?.iter().take(6).take_while(|byte| byte.is_ascii_alphabetic()).count();
    let end = start + len;
    let inner = line.get(start..end)?;
    match bytes.get(end)? {
        b'.' if len == 1 && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) => {
            let (numbers, stop) = dotted(line, end + 1)?;
            let mut parts = Parts::one(u16::from(bytes.get(start)?.to_ascii_lowercase() - b'a') + 1);
            numbers.as_slice().iter().for_each(|&value| parts.push(value));
            let close = stop + usize::from(bytes.get(stop) == Some(&b'.'));
            blank_or_end(line, close).then(|| mark(Style::LetterNumber, parts, (start, stop), close, line))
        }
        b')' if ends_label(line, end + 1) => lettered(inner, (start, end), end + 1, line),
        b'.' if blank_or_end(line, end + 1) && !initial(line, end + 1) => {
            lettered(inner, (start, end), end + 1, line)
        }
        _ => None,
    }
}

/// Whether what follows "R." shows that it is somebody's initial: "R. C. Boyd".
fn initial(line: &str, at: usize) -> bool {
    let mut next = line.get(at..).unwrap_or("").trim_start().bytes();
    next.next().is_some_and(|byte| byte.is_ascii_uppercase()) && next.next() == Some(b'.')
}
