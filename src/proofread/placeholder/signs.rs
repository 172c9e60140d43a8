//! Placeholders that words and signs tell by themselves, wherever they stand: "TBD", "INSERT DATE", "XXXX",
//! `{{ fee }}`. Square brackets, blanks and cells want a look at what is around them.

use std::ops::Range;
use std::sync::LazyLock;

use super::BRACKET;
use crate::facts::sought::Sought;

/// Words that stand for what is not known yet.
pub(super) fn words(text: &str, found: &mut Vec<Range<usize>>) {
    const SIGNS: [&str; 10] = [
        "TBD",
        "TBC",
        "T.B.D.",
        "EDITME",
        "CHANGEME",
        "FIXME",
        "TODO",
        "INSERT ",
        "Lorem ipsum",
        "Write content here",
    ];
    static FINDER: LazyLock<Sought> = LazyLock::new(|| Sought::first(SIGNS));
    for (Range { start, mut end }, sign) in FINDER.places(text) {
        let before = text[..start].chars().next_back();
        let after = text[end..].chars().next();
        let alone = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '"' | '\''));
        let insert = SIGNS[sign] == "INSERT ";
        if insert {
            let word =
                text[end..].bytes().take_while(|byte| byte.is_ascii_uppercase() || *byte == b' ').count();
            if word < 3 || text[end..].starts_with("THE ") && word < 5 {
                continue;
            }
            end += text[end..end + word].trim_end().len();
            if before.is_some_and(|c| !matches!(c, ' ' | '[' | '(' | '\n'))
                || text[..start].trim_end().ends_with(|c: char| c.is_ascii_uppercase())
            {
                continue;
            }
        }
        if alone(before) && (insert || alone(after)) {
            found.push(start..end);
        }
    }
}

/// "XXXX", as forms leave a name or a sum open. "XXX" may be thirty in Roman figures, what stands in brackets
/// is blacked out, a long row too, and what hangs on a hyphen or a figure is part of a number.
pub(super) fn crosses(text: &str) -> impl Iterator<Item = Range<usize>> {
    const LONGEST: usize = 8;
    let mut past = 0;
    let long = memchr::memmem::find_iter(text.as_bytes(), "XXXX").filter_map(move |start| {
        let end = start + text[start..].bytes().take_while(|&byte| byte == b'X').count();
        let of_more = |c: char| c.is_alphanumeric() || matches!(c, '-' | '[' | ']' | '#' | '\\');
        let alone = !text[..start].ends_with(of_more) && !text[end..].starts_with(of_more);
        let fresh = start >= past;
        past = end;
        (fresh && alone && end - start <= LONGEST).then_some(start..end)
    });
    long.chain(short_crosses(text))
}

/// What is counted with a figure that is left open.
pub(super) const UNITS: [&str; 9] =
    ["day", "business day", "working day", "hour", "minute", "week", "month", "year", "per "];

/// "$XX per hour", "XX days": two crosses before a unit.
fn short_crosses(text: &str) -> impl Iterator<Item = Range<usize>> {
    memchr::memmem::find_iter(text.as_bytes(), "XX").filter_map(|start| {
        let (front, behind) = (&text[..start], &text[start + 2..]);
        let alone = !front.ends_with(|c: char| c.is_alphanumeric() || c == '-');
        let unit =
            behind.strip_prefix(' ').is_some_and(|unit| UNITS.iter().any(|word| unit.starts_with(word)));
        (alone && (unit || behind.starts_with('%'))).then_some(start..start + 2)
    })
}

/// `{{ party }}` and `${fee}`.
pub(super) fn braces(text: &str, found: &mut Vec<Range<usize>>) {
    let bytes = text.as_bytes();
    let mut past = 0;
    for open in memchr::memchr_iter(b'{', bytes) {
        if open < past {
            continue;
        }
        let double = bytes.get(open + 1) == Some(&b'{');
        let dollar = open > 0 && bytes[open - 1] == b'$';
        if !double && !dollar {
            continue;
        }
        let end = (open + BRACKET).min(bytes.len());
        let Some(length) = bytes[open..end].iter().position(|&byte| byte == b'}') else { continue };
        let mut close = open + length + 1;
        if double && bytes.get(close) == Some(&b'}') {
            close += 1;
        }
        // A site's own variables are filled when the page is made.
        let inner = text[open..close].trim_start_matches(['{', ' ', '-']);
        let site =
            ["site.", "page.", "include.", "content", "layout."].iter().any(|name| inner.starts_with(name));
        if !site && inner.bytes().any(|byte| byte.is_ascii_alphabetic()) {
            found.push(open - usize::from(dollar && !double)..close);
            past = close;
        }
    }
}
