//! Which passages are title lines, and which begin with a title: "4.1 **Initial Term.** The ...".
//!
//! A title line that says something ("The Supplier shall ...") is text, whatever its marks; a
//! short line with a label is a title only when text under it follows.

mod words;

use super::events::{Form, Look, Raw};
use super::labels::Style;
use super::letters::{Letters, positions};
use super::numbering::LabelKind;
use super::passage::Passage;
use super::prose::to_u32;
use words::{abbreviation, linking, party_word};
pub(super) use words::{has_verb, loud_sentence};

/// The longest heading that is still a title, in bytes.
const HEADING: usize = 120;
/// The longest title line that carries no mark of Markdown, in bytes.
const LINE: usize = 80;
/// The longest title in front of a text, in bytes.
const RUN_IN: usize = 90;

/// How a passage is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// A title line of this level: 1 to 6 as in Markdown, 7 for lines in capitals or with a number,
    /// 8 for other title lines.
    Heading(u8),
    /// Text whose title ends at this byte of the scratch text; none when it has no title.
    Text(Option<u32>),
}

/// Reads a passage; `next` is the one after it that is no furniture.
pub(super) fn read(raw: &Raw, passage: &Passage, next: Option<&Passage>) -> Reading {
    match passage.form {
        Form::Header | Form::Row => Reading::Text(None),
        Form::Heading(_) if says_something(raw, passage) => Reading::Text(run_in(raw, passage)),
        Form::Heading(level) => Reading::Heading(level),
        Form::Text if title_line(raw, passage, next) => Reading::Heading(level(raw, passage)),
        Form::Text => Reading::Text(run_in(raw, passage)),
    }
}

fn level(raw: &Raw, passage: &Passage) -> u8 {
    let text = passage.front(&raw.scratch);
    let attached = matches!(passage.style(), Some(Style::Attachment | Style::Part | Style::Article));
    if attached || passage.style() == Some(Style::Dot) || capitals(text) { 7 } else { 8 }
}

/// Whether a heading of Markdown holds a clause and not a title.
fn says_something(raw: &Raw, passage: &Passage) -> bool {
    let text = passage.front(&raw.scratch);
    if passage.len() > HEADING {
        return true;
    }
    let words = text.split_ascii_whitespace().count();
    words > 9 && !text.ends_with('?') && !capitals(text) && has_verb(text)
}

/// Whether a plain passage is a title line.
fn title_line(raw: &Raw, passage: &Passage, next: Option<&Passage>) -> bool {
    let text = passage.front(&raw.scratch);
    if !passage.more.is_empty() || text.len() > HEADING {
        return false;
    }
    if text.is_empty() {
        return matches!(passage.style(), Some(Style::Attachment | Style::Article | Style::Part));
    }
    if text.ends_with([',', ';']) || passage.bullet || value_line(text) {
        return false;
    }
    let attached = matches!(passage.style(), Some(Style::Attachment | Style::Part | Style::Article));
    let strong = strong(raw, passage);
    let shape = || text.len() <= LINE && short_title(text) && !has_verb(text);
    if attached {
        return shape() || (capitals(text) && text.len() <= HEADING);
    }
    if capitals(text)
        && !party_word(text)
        && !loud_sentence(text)
        && (passage.mark.is_none() || follows(raw, passage, next, strong))
    {
        return true;
    }
    if strong && !has_verb(text) && !party_word(text) && text.split_ascii_whitespace().count() <= 12 {
        return passage.item.is_none() || follows(raw, passage, next, strong);
    }
    if passage.mark.is_none() {
        return passage.item.is_none() && shape() && heads_text(raw, text, next);
    }
    // "It runs for a year." is a sentence; "Term and Renewal." is a title.
    let sentence = || text.ends_with('.') && small_words(text);
    shape() && !sentence() && follows(raw, passage, next, strong)
}

/// A few words of which all but the small ones begin with a capital: "Term and Renewal".
pub(super) fn title_case(text: &str) -> bool {
    short_title(text) && !small_words(text) && !has_verb(text)
}

/// Whether a text has words in lower case that a title would write with a capital.
fn small_words(text: &str) -> bool {
    text.split_ascii_whitespace()
        .any(|word| word.starts_with(char::is_lowercase) && !linking(word.as_bytes()))
}

/// Whether a line without any mark heads the text under it: "Governing Law:" over a paragraph.
fn heads_text(raw: &Raw, text: &str, next: Option<&Passage>) -> bool {
    let Some(next) = next.filter(|next| next.form == Form::Text && !next.bullet) else { return false };
    let below = next.front(&raw.scratch);
    let counted = next.mark.is_some_and(|mark| mark.kind() == LabelKind::Number && mark.parts.last() == 1);
    !small_words(text)
        && !text.contains([',', '"', '(', '.', '_', '/', '@'])
        && !party_word(text)
        && (counted
            || next.len() >= 100
                && below.starts_with(char::is_uppercase)
                && has_verb(below.get(..below.len().min(400)).unwrap_or(below)))
}

/// Whether text under a short labelled line follows, so that the line is its title.
fn follows(raw: &Raw, passage: &Passage, next: Option<&Passage>, strong: bool) -> bool {
    let (Some(mark), Some(next)) = (passage.mark, next) else { return passage.mark.is_none() || strong };
    let parent = next.item.and_then(|item| raw.items.get(item as usize)).and_then(|item| item.parent);
    match next.form {
        Form::Header | Form::Row => return true,
        Form::Heading(_) if next.mark.is_none() => return strong,
        _ if next.first && parent.is_some() && parent == passage.item => return true,
        _ => {}
    }
    let Some(below) = next.mark else {
        // A text or bullets under it; a text that goes on in lower case is no text of its own.
        return passage.item == next.item || !next.first || next.bullet;
    };
    let deeper = below.parts.as_slice().len() > mark.parts.as_slice().len();
    let kind = below.style != mark.style && rank(below.style) > rank(mark.style);
    deeper || kind || (strong && next.item != passage.item)
}

/// The usual order of label styles from the outermost in.
pub(super) const fn rank(style: Style) -> u8 {
    match style {
        Style::Part | Style::Attachment => 0,
        Style::Article => 1,
        Style::UpperRoman => 2,
        Style::Upper => 3,
        Style::Dot | Style::Word => 4,
        Style::Multi | Style::LetterNumber => 5,
        Style::HalfParens | Style::Parens => 6,
        Style::Lower => 7,
        Style::LowerRoman => 8,
        Style::Bullet => 9,
    }
}

/// Whether the text is strong as a whole.
fn strong(raw: &Raw, passage: &Passage) -> bool {
    let styles = raw.styles_in(&passage.styles);
    let text = passage.text.clone();
    // A stop or colon may stand outside the emphasis.
    let slack = |end: u32| raw.scratch.slice(end..text.end).trim_matches([' ', '.', ':']).is_empty();
    styles.iter().any(|style| {
        style.look == Look::Strong
            && style.start <= passage.body
            && (style.end >= text.end || slack(style.end))
    })
}

/// No lower-case letter and some words in capitals.
pub(super) fn capitals(text: &str) -> bool {
    !text.bytes().any(|byte| byte.is_ascii_lowercase())
        && text.bytes().filter(u8::is_ascii_uppercase).count() > 3
        && (text.is_ascii() || !text.chars().any(char::is_lowercase))
        && text.split_ascii_whitespace().count() <= 14
}

/// "Version: 1.0".
fn value_line(text: &str) -> bool {
    text.split_once(':').is_some_and(|(key, value)| !value.trim().is_empty() && key.len() < 40)
}

/// A few words that begin with capitals and end without a comma: "Term and Renewal".
pub(super) fn short_title(text: &str) -> bool {
    let text = text.trim_end_matches(['.', ':', ' ']);
    let bytes = text.as_bytes();
    let (Some(front), Some(back)) = (bytes.first(), bytes.last()) else { return false };
    let opens = match front {
        b'A'..=b'Z' | b'0'..=b'9' | b'(' | b'"' => true,
        0..=0x7f => false,
        _ => text.starts_with(char::is_uppercase),
    };
    if !opens || matches!(back, b',' | b';') {
        return false;
    }
    let Some(letters) = Letters::of(text) else { return false };
    let starts = letters.starts();
    let words = starts.count_ones();
    if words > 12 {
        return false;
    }
    let mut small = 0;
    for at in positions(starts & !letters.upper) {
        let end = letters.word_end(at) as usize;
        let word = text.get(at as usize..end.min(text.len())).unwrap_or("");
        if small_front(word) && !linking(word.as_bytes()) {
            small += 1;
            if words > 5 {
                return false;
            }
        }
    }
    (small == 0 || small < words)
        && !memchr::memchr_iter(b'.', bytes).any(|at| bytes.get(at + 1) == Some(&b' '))
}

/// Whether the first letter of a word, past signs that open something, is a small one.
fn small_front(word: &str) -> bool {
    match word.as_bytes().first() {
        Some(b'a'..=b'z') => true,
        Some(b'A'..=b'Z' | b'0'..=b'9') | None => false,
        _ => word
            .trim_start_matches(['"', '(', '\'', '[', '&', '/', '-', '–', '—'])
            .starts_with(char::is_lowercase),
    }
}

/// "Exhibit 10.27" is the number that a filing gave the whole file.
pub(super) fn filing_number(passage: &Passage) -> bool {
    passage.mark.is_some_and(|mark| mark.style == Style::Attachment && mark.parts.as_slice().len() > 1)
}

/// Where the title in front of a text ends, its stop included.
pub(super) fn run_in(raw: &Raw, passage: &Passage) -> Option<u32> {
    let text = passage.front(&raw.scratch);
    let styled = passage.styled_until(raw);
    let end = if styled > passage.body && styled < passage.text.end {
        emphasised(text, (styled - passage.body) as usize, passage.mark.is_some() || passage.bullet)
    } else {
        None
    };
    let end = end.or_else(|| plain(text, passage.mark.is_some()))?;
    Some(passage.body + to_u32(end))
}

/// A title set off by emphasis that ends at `end`; the stop may stand inside or outside.
fn emphasised(text: &str, end: usize, labelled: bool) -> Option<usize> {
    let title = text.get(..end)?.trim_end();
    let rest = text.get(end..)?;
    let quoted = title.starts_with(['"', '\'']) || rest.starts_with(['"', '\'', ')']);
    if quoted || title.len() > RUN_IN || title.split_ascii_whitespace().count() > 12 {
        return None;
    }
    // "**Version:** 1.0" is a value.
    if !labelled && rest.trim().len() < 20 {
        return None;
    }
    if title.ends_with(['.', ':', '?', '!']) {
        return Some(title.len());
    }
    if let Some(stop) = rest.find(|c: char| !c.is_whitespace()).filter(|&at| at < 2) {
        let sign = rest.get(stop..)?.chars().next()?;
        if ".:–—-".contains(sign) {
            return Some(end + stop + sign.len_utf8());
        }
    }
    // "1. <u>Term</u> The Supplier ..." without a stop.
    let next = rest.trim_start().chars().next()?;
    (labelled && next.is_uppercase() && short_title(title) && !has_verb(title)).then_some(title.len())
}

/// A title in plain words: "Services. Subject to ...", "Object of the DPA: Wire shall ...".
fn plain(text: &str, labelled: bool) -> Option<usize> {
    let window =
        text.get(..text.len().min(RUN_IN)).or_else(|| (RUN_IN - 4..RUN_IN).find_map(|at| text.get(..at)))?;
    if window.starts_with(['"', '\'', '[', '(']) {
        return None;
    }
    let stop = memchr::memchr2(b'.', b':', window.as_bytes())
        .or_else(|| if labelled { dash(window) } else { None })?;
    let title = window.get(..stop)?;
    let rest = text.get(stop..)?;
    let sign = rest.chars().next()?;
    let after = rest.get(sign.len_utf8()..)?;
    let body = after.trim_start_matches([' ', '\t', '-', '–', '—', '.']);
    let opens = body.chars().next().is_some_and(|c| c.is_uppercase() || "\"'([".contains(c));
    let apart = after.starts_with([' ', '\t']);
    if !opens || !apart || body.len() < 20 || !title_words(title, labelled) {
        return None;
    }
    match sign {
        // "Customer: Acme" is a value; an unlabelled title with a colon must be in capitals.
        ':' => labelled || capitals(title),
        '.' => !abbreviation(title),
        _ => labelled,
    }
    .then_some(stop + sign.len_utf8())
}

/// " - " or " – " between a title and its text.
fn dash(window: &str) -> Option<usize> {
    let bytes = window.as_bytes();
    memchr::memchr2_iter(b'-', 0xe2, bytes).find(|&at| {
        let rest = window.get(at..).unwrap_or("");
        at.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b' ')
            && ["- ", "– ", "— "].iter().any(|dash| rest.starts_with(dash))
    })
}

fn title_words(title: &str, labelled: bool) -> bool {
    let title = title.trim();
    if !title.starts_with(char::is_uppercase) {
        return false;
    }
    let Some(letters) = Letters::of(title) else { return false };
    let starts = letters.starts();
    let words = starts.count_ones();
    let small = |at: u32| {
        let end = letters.word_end(at) as usize;
        let word = title.get(at as usize..end.min(title.len())).unwrap_or("");
        word.starts_with(char::is_lowercase) && !linking(word.as_bytes())
    };
    let count = |sign: u8| title.bytes().filter(|&byte| byte == sign).count();
    words <= if labelled { 9 } else { 6 }
        && (labelled && words <= 5 || !positions(starts & !letters.upper & !1).any(small))
        && !has_verb(title)
        && !title.contains(['"', '$'])
        && count(b'(') == count(b')')
}
