//! Labels that begin with a word: "Article IV", "Section 4.", "Schedule 2 - Fees".

use super::{Mark, Parts, Place, Style, dotted, mark, roman};

const KEYWORDS: &[(&str, Style)] = &[
    ("article", Style::Article),
    ("artikel", Style::Article),
    ("section", Style::Word),
    ("clause", Style::Word),
    ("schedule", Style::Attachment),
    ("annex", Style::Attachment),
    ("annexe", Style::Attachment),
    ("exhibit", Style::Attachment),
    ("appendix", Style::Attachment),
    ("attachment", Style::Attachment),
    ("addendum", Style::Attachment),
    ("anlage", Style::Attachment),
    ("anhang", Style::Attachment),
    ("part", Style::Part),
];

/// "Article IV", "Section 4.", "Schedule 2 - Fees".
pub(super) fn keyword(line: &str, start: usize, place: Place) -> Option<Mark> {
    // Most lines begin with another letter.
    if !matches!(line.as_bytes().get(start), Some(b'A' | b'S' | b'C' | b'E' | b'P')) {
        return None;
    }
    let len = line.get(start..)?.bytes().take(12).take_while(u8::is_ascii_alphabetic).count();
    let word = line.get(start..start + len)?;
    if !(4..=10).contains(&len) {
        return None;
    }
    let &(_, style) = KEYWORDS.iter().find(|(name, _)| word.eq_ignore_ascii_case(name))?;
    let rest = line.get(start + len..)?;
    let name = rest.trim_start();
    if name.is_empty() {
        let alone = style == Style::Attachment;
        return alone.then(|| mark(style, Parts::one(1), (start, start + len), start + len, line));
    }
    let from = line.len() - name.len();
    let (parts, end) = identifier(line, from, style)?;
    let stop = end + usize::from(matches!(line.as_bytes().get(end), Some(b'.' | b':')));
    let cite = if style == Style::Word { (from, end) } else { (start, end) };
    opens_title(line, stop, end, place, word).then(|| mark(style, parts, cite, past_dash(line, stop), line))
}

/// The number, letter or Roman number of an article or schedule.
fn identifier(line: &str, from: usize, style: Style) -> Option<(Parts, usize)> {
    let bytes = line.as_bytes();
    let quoted = usize::from(bytes.get(from) == Some(&b'"'));
    let at = from + quoted;
    let close = |end: usize| end + usize::from(quoted == 1 && bytes.get(end) == Some(&b'"'));
    if let Some((parts, end)) = dotted(line, at) {
        let suffixed = bytes.get(end).is_some_and(u8::is_ascii_alphabetic);
        let suffixed = usize::from(suffixed && !bytes.get(end + 1).is_some_and(u8::is_ascii_alphabetic));
        return Some((parts, close(end + suffixed)));
    }
    let len = bytes.get(at..)?.iter().take(8).take_while(|byte| byte.is_ascii_uppercase()).count();
    let end = at + len;
    let name = line.get(at..end)?;
    if bytes.get(end).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let value = match roman(name) {
        Some(value) if style != Style::Attachment || len > 1 => value,
        _ if len == 1 => u16::from(*bytes.get(at)? - b'A') + 1,
        _ => spelled(name)?,
    };
    let numbered = bytes.get(end) == Some(&b'-') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit);
    let end = if numbered { dotted(line, end + 1)?.1 } else { end };
    Some((Parts::one(value), close(end)))
}

fn spelled(name: &str) -> Option<u16> {
    const NAMES: [&str; 10] = ["ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN"];
    NAMES.iter().position(|spelled| *spelled == name).and_then(|at| u16::try_from(at + 1).ok())
}

/// Whether what follows an "Article IV" shows a title and no reference: "Section 4 of this ...".
fn opens_title(line: &str, stop: usize, end: usize, place: Place, word: &str) -> bool {
    let rest = line.get(stop..).unwrap_or("");
    if !rest.is_empty() && !rest.starts_with([' ', '\t', '-', '–', '—', '(']) {
        return stop > end && rest.starts_with(char::is_uppercase);
    }
    let next = rest.trim_start().chars().next();
    let capitals = word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_uppercase());
    match next {
        None => true,
        Some(_) if place == Place::Title || capitals || stop > end => true,
        Some(next) => next.is_uppercase() || "-–—\"(".contains(next),
    }
}

/// Past the dash between a label and its title.
fn past_dash(line: &str, at: usize) -> usize {
    let rest = line.get(at..).unwrap_or("");
    let dash = rest.trim_start();
    match dash.chars().next() {
        Some(sign @ ('-' | '–' | '—' | ':')) => line.len() - dash.len() + sign.len_utf8(),
        _ => at,
    }
}
