//! Joins what a page or a converter tore apart: a label that stands alone on its line, and a
//! sentence that goes on after a page number or a blank line.

use super::events::{Form, LONGEST, Raw};
use super::labels::Style;
use super::passage::{self, Passage};
use super::titles;

/// A line this long that ends without a stop was most likely broken by a page, in bytes.
const FULL_LINE: usize = 35;
/// The least text before a word that cannot end a sentence, in bytes.
const SHORT_LINE: usize = 20;

/// Joins passages where they lie; furniture between two that are joined comes after them.
pub(super) fn join(raw: &Raw, passages: &mut Vec<Passage>) {
    // Those that are kept lie in front of the one that is looked at.
    let (mut kept, mut last) = (0, None);
    for at in 0..passages.len() {
        let (front, rest) = passages.split_at_mut(at);
        let Some(passage) = rest.first_mut() else { break };
        if !passage.furniture {
            match last.and_then(|last: usize| front.get_mut(last)) {
                Some(above) if bare_label(raw, above) && passage.mark.is_none() && passage.table == 0 => {
                    take_label(above, passage.clone());
                    continue;
                }
                Some(above) if room(above, passage) && goes_on(raw, above, passage) => {
                    above.more.push(passage.text.clone());
                    above.source.end = passage.source.end.max(above.source.end);
                    continue;
                }
                _ => last = Some(kept),
            }
        }
        if kept < at {
            passages.swap(kept, at);
        }
        kept += 1;
    }
    passages.truncate(kept);
}

/// Whether two passages together are no longer than the longest piece, a page between them counted.
fn room(above: &Passage, passage: &Passage) -> bool {
    passage.source.end.saturating_sub(above.source.start) <= LONGEST
}

/// Whether a passage is nothing but a number or letter whose text follows.
fn bare_label(raw: &Raw, passage: &Passage) -> bool {
    let titled = matches!(passage.style(), None | Some(Style::Article | Style::Attachment | Style::Part));
    !titled
        && passage.form == Form::Text
        && passage.more.is_empty()
        && passage.front(&raw.scratch).trim().is_empty()
}

/// Gives the label of `above` to the passage under it, in its place.
fn take_label(above: &mut Passage, passage: Passage) {
    let label = above.clone();
    *above = Passage {
        source: label.source.start..passage.source.end.max(label.source.end),
        mark: label.mark,
        label_at: label.label_at,
        item: label.item,
        first: label.first,
        bullet: false,
        ..passage
    };
}

/// Whether a passage goes on with the sentence of the one above.
fn goes_on(raw: &Raw, above: &Passage, passage: &Passage) -> bool {
    let text = raw.scratch.slice(passage.text.clone());
    let reference = passage.mark.is_some_and(|mark| {
        passage.item.is_none() && passage::refers(text.get(mark.body as usize..).unwrap_or(""))
    });
    let plain = passage.mark.is_none() || reference;
    if above.form != Form::Text || passage.form != Form::Text || !plain || passage.bullet || passage.first {
        return false;
    }
    if passage.item.is_some() && passage.item != above.item {
        return false;
    }
    let end = above.back(&raw.scratch).trim_end();
    if stopped(end) {
        return false;
    }
    let lower = reference || text.starts_with(char::is_lowercase);
    if loud(end) && loud(text) {
        let wrapped = above.len() >= FULL_LINE && (text.len() >= SHORT_LINE || stopped(text));
        return wrapped
            && (above.more.len() > 1 || titles::loud_sentence(end) || titles::loud_sentence(text));
    }
    let title =
        above.more.is_empty() && above.len() <= 80 && titles::short_title(end) && !titles::has_verb(end);
    if lower {
        return !title && !completes_list(above, end, text, passage);
    }
    if title {
        return false;
    }
    if dangling(end) && above.len() >= SHORT_LINE {
        return true;
    }
    let opens =
        text.starts_with('"') && defines(text) || titles::run_in(raw, passage).is_some() || value(text);
    let short = text.len() <= 80
        && titles::short_title(text)
        && !titles::has_verb(text)
        && !text.ends_with(['.', ':', ';', ',']);
    above.len() >= FULL_LINE && !short && !opens
}

/// Whether a text is in capitals as a whole.
fn loud(text: &str) -> bool {
    !text.bytes().any(|byte| byte.is_ascii_lowercase()) && text.bytes().any(|byte| byte.is_ascii_uppercase())
}

/// Whether a text that begins with a quoted term defines it.
fn defines(text: &str) -> bool {
    let end = (0..=text.len().min(160)).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    let front = text.get(..end).unwrap_or("");
    [" mean", " has the ", " have the ", " shall ", " refers ", " includes ", " is ", " are "]
        .iter()
        .any(|word| front.contains(word))
}

/// Whether a text after a list completes each of its items and not the last one alone.
fn completes_list(above: &Passage, end: &str, text: &str, passage: &Passage) -> bool {
    let listed = above.mark.is_some() || above.first;
    let left = above.item.is_some() && passage.item != above.item;
    listed
        && (left && (above.bullet || above.len() < 200)
            || end.ends_with(',')
            || text.starts_with("in each case"))
}

/// "Name: value" stands for itself.
fn value(text: &str) -> bool {
    text.split_once(':').is_some_and(|(key, value)| key.len() < 30 && !value.trim().is_empty())
}

/// Whether a text ends a sentence or leads into something, a page number after it aside.
pub(super) fn stopped(text: &str) -> bool {
    match text.as_bytes().last() {
        Some(b'.' | b':' | b';' | b'!' | b'?') => return true,
        None | Some(b',' | b'a'..=b'z' | b'A'..=b'Z') => return false,
        _ => {}
    }
    let text = text.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    // A line drawn under the words is no part of them.
    let drawn = text.trim_end_matches(['-', '=', '_', ' ']);
    let text = if text.len() > drawn.len() + 3 { drawn } else { text };
    text.trim_end_matches(['"', '\'', ')', ']']).ends_with(['.', '!', '?', ':', ';', '—', '_', '。'])
}

/// Whether a text ends with a word or sign that cannot end a sentence.
pub(super) fn dangling(text: &str) -> bool {
    let text = text.trim_end();
    let start = text
        .bytes()
        .rposition(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric())
        .map_or(0, |at| at + 1);
    let word = text.get(start..).unwrap_or("");
    matches!(text.as_bytes().last(), Some(b',' | b'-'))
        || matches!(
            word.as_bytes(),
            b"the"
                | b"a"
                | b"an"
                | b"of"
                | b"and"
                | b"or"
                | b"to"
                | b"by"
                | b"in"
                | b"with"
                | b"for"
                | b"shall"
                | b"will"
                | b"must"
                | b"may"
                | b"any"
                | b"such"
                | b"that"
                | b"which"
                | b"this"
                | b"its"
                | b"as"
                | b"from"
                | b"at"
                | b"on"
                | b"under"
                | b"not"
                | b"be"
                | b"is"
                | b"are"
                | b"between"
                | b"following"
                | b"including"
                | b"includes"
                | b"include"
                | b"either"
                | b"if"
                | b"when"
                | b"where"
                | b"who"
                | b"means"
                | b"all"
                | b"each"
                | b"their"
                | b"than"
                | b"upon"
                | b"agrees"
                | b"agree"
                | b"follows"
                | b"should"
                | b"can"
                | b"was"
                | b"were"
                | b"has"
                | b"have"
        )
}
