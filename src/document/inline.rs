//! Labels inside a line that the next lines show to be a list: "... if: (a) it fails to pay;" with
//! "(b)" on a line of its own, or ". 6.2 The Supplier" where a converter lost the line end.
//!
//! Only labels that come next in an open sequence are cut out; "(a) x; (b) y" wholly inside one
//! sentence stays together.

use super::events::{Form, Raw};
use super::labels::{self, Mark, Parts, Place, Style};
use super::passage::Passage;
use super::prose::to_u32;
use super::titles;

/// The most labels that are looked for before one that stands at a line's front.
const BACK: u16 = 26;

/// Cuts labelled text out of the passages that hide it.
pub(super) fn cut(raw: &Raw, passages: &mut Vec<Passage>) {
    let mut cut: Vec<Cut> = Vec::new();
    let mut number: Option<Mark> = None;
    let mut last: Option<usize> = None;
    for (at, passage) in passages.iter().enumerate() {
        if passage.furniture || passage.form != Form::Text {
            if !passage.furniture {
                number = numbered(passage).or(number);
                last = None;
            }
            continue;
        }
        if let (Some(mark), Some(at)) = (passage.mark, last) {
            cut_list(raw, passages, at, mark, &mut cut);
        }
        number = numbered(passage).or(number);
        let cuts = hidden_numbers(raw, passage, &mut number);
        if !cuts.is_empty() {
            cut.push(Cut { at, pieces: pieces(raw, passage, &cuts) });
        }
        last = Some(at);
    }
    put_in(passages, cut);
}

/// A passage that is cut, and into what.
struct Cut {
    at: usize,
    pieces: Vec<Passage>,
}

/// Cuts the list out of a passage, or of the last piece of it, that the next label shows to be there.
fn cut_list(raw: &Raw, passages: &[Passage], at: usize, mark: Mark, cut: &mut Vec<Cut>) {
    let known = cut.last_mut().filter(|cut| cut.at == at);
    let above = match &known {
        Some(cut) => cut.pieces.last(),
        None => passages.get(at),
    };
    let Some(above) = above.filter(|above| above.mark.is_none_or(|last| last.style != mark.style)) else {
        return;
    };
    let cuts = hidden_list(raw, above, mark);
    if cuts.is_empty() {
        return;
    }
    let pieces = pieces(raw, above, &cuts);
    match known {
        Some(cut) => {
            cut.pieces.pop();
            cut.pieces.extend(pieces);
        }
        None => cut.push(Cut { at, pieces }),
    }
}

/// Puts the pieces in the place of what was cut, from the end on: no second list of passages is made.
fn put_in(passages: &mut Vec<Passage>, cut: Vec<Cut>) {
    let Some(filler) = passages.last().cloned() else { return };
    let mut from = passages.len();
    let more: usize = cut.iter().map(|cut| cut.pieces.len().saturating_sub(1)).sum();
    passages.reserve_exact(more);
    passages.extend(std::iter::repeat_n(filler, more));
    let mut to = passages.len();
    for Cut { at, pieces } in cut.into_iter().rev() {
        while from > at + 1 {
            (from, to) = (from - 1, to - 1);
            passages.swap(from, to);
        }
        from = at;
        to -= pieces.len();
        for (passage, piece) in passages.iter_mut().skip(to).zip(pieces) {
            *passage = piece;
        }
    }
}

fn numbered(passage: &Passage) -> Option<Mark> {
    passage.mark.filter(|mark| matches!(mark.style, Style::Dot | Style::Multi))
}

/// Where "(a)" .. stand in a text whose next line begins with "(c)"; all of them or none.
fn hidden_list(raw: &Raw, above: &Passage, mark: Mark) -> Vec<u32> {
    let text = above.front(&raw.scratch);
    let value = mark.parts.first();
    let listed = matches!(mark.style, Style::Lower | Style::LowerRoman | Style::Parens | Style::Dot);
    if !listed || !(2..=BACK).contains(&value) || !above.more.is_empty() {
        return Vec::new();
    }
    let mut cuts = Vec::new();
    let mut end = text.len();
    let roman =
        mark.style == Style::LowerRoman && !(mark.letter.is_some() && value > 1 && !text.contains("(i)"));
    for value in (1..value).rev() {
        let label = written(value, mark.style, roman);
        let found = text.get(..end).and_then(|text| {
            let (first, rest) = label.as_bytes().split_first()?;
            let places = memchr::memrchr_iter(*first, text.as_bytes());
            let whole = |at: &usize| text.as_bytes().get(at + 1..).is_some_and(|text| text.starts_with(rest));
            places.into_iter().filter(whole).find(|&at| {
                let before = text.get(..at).unwrap_or("").trim_end();
                let after = text.get(at + label.len()..).and_then(|rest| rest.chars().next());
                let opens = style_opens(mark.style, before.len() < at, after);
                opens
                    && at > 0
                    && (before.ends_with([':', ';', ',', '-', '—', '.'])
                        || before.ends_with(" and")
                        || value == 1 && mark.style != Style::Dot)
            })
        });
        let Some(at) = found else { return Vec::new() };
        cuts.push(above.body + to_u32(at));
        end = at;
    }
    cuts.reverse();
    cuts
}

/// Whether "1." in a text may be a label: a blank before it, a capital or blank after it.
fn style_opens(style: Style, apart: bool, after: Option<char>) -> bool {
    style != Style::Dot || apart && after.is_some_and(|next| next == ' ' || next.is_uppercase())
}

fn written(value: u16, style: Style, roman: bool) -> String {
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    if style == Style::Dot {
        return format!("{value}.");
    }
    if style == Style::Parens {
        return format!("({value}) ");
    }
    if roman {
        let tens = "x".repeat(usize::from(value / 10));
        return format!("({tens}{}) ", ONES.get(usize::from(value % 10)).unwrap_or(&""));
    }
    let letter = u8::try_from(value).map_or('?', |value| char::from(b'`' + value));
    format!("({letter}) ")
}

/// Where numbers that come next stand after a full stop: "... the Services. 6.2 The Supplier".
fn hidden_numbers(raw: &Raw, passage: &Passage, number: &mut Option<Mark>) -> Vec<u32> {
    let text = passage.front(&raw.scratch);
    let bytes = text.as_bytes();
    let mut cuts = Vec::new();
    let (mut at, mut from) = (0, 0);
    // A title before a number is in capitals, or the text is labelled.
    let mut titled = passage.mark.is_some() || !bytes.iter().take(4).any(u8::is_ascii_lowercase);
    while let Some(start) = next_number(bytes, at, if titled { from + 80 } else { 0 }) {
        at = start + 1;
        while bytes.get(at).is_some_and(|byte| byte.is_ascii_digit() || *byte == b'.') {
            at += 1;
        }
        if !may_stop(bytes, from, start) {
            continue;
        }
        let before = text.get(..start).unwrap_or("").trim_end();
        let stopped = before.ends_with(['.', ';', ')', '"', '。']) && !before.ends_with("No.");
        let title = before.get(from..).unwrap_or("");
        let headed =
            title.len() < 70 && title.len() > 3 && title_before(title, from == 0 && passage.mark.is_some());
        if !(stopped || headed) {
            continue;
        }
        let rest = text.get(start..).unwrap_or("");
        let Some(mark) = labels::read(rest, Place::Text) else { continue };
        let body = rest.get(mark.body as usize..).unwrap_or("");
        if !body.starts_with(|c: char| c.is_uppercase() || c == '"') || !next(*number, mark, headed) {
            continue;
        }
        cuts.push(passage.body + to_u32(start));
        from = start;
        titled = true;
        *number = Some(mark);
    }
    cuts
}

/// Whether a number at `start` may come after a stop or after a title that begins at `from`; most
/// do not, and this is quick to see.
fn may_stop(bytes: &[u8], from: usize, start: usize) -> bool {
    let mut end = start;
    while bytes.get(end - 1).is_some_and(|&byte| byte == b' ') && end > 1 {
        end -= 1;
    }
    let title = end.saturating_sub(from);
    (4..70).contains(&title) || !bytes.get(end - 1).is_some_and(u8::is_ascii_alphanumeric)
}

/// The next digit after a blank at or after `at`, and before the blank no small letter unless it
/// lies before `titled`, where a title may stand; looks at many bytes at a time.
fn next_number(bytes: &[u8], at: usize, titled: usize) -> Option<usize> {
    let hit = |before: u8, blank: u8, digit: u8, most: i8| {
        (before.cast_signed() <= most) & (blank == b' ') & (digit.wrapping_sub(b'0') < 10)
    };
    let mut at = at.max(2) - 2;
    while let Some(chunk) = bytes.get(at..at + 34) {
        let most = if at < titled { i8::MAX } else { b'`'.cast_signed() };
        let (before, blank, digit) = (chunk.get(..32)?, chunk.get(1..33)?, chunk.get(2..34)?);
        let triples = || before.iter().zip(blank).zip(digit);
        if triples().fold(false, |found, ((a, b), c)| found | hit(*a, *b, *c, most)) {
            return triples().position(|((a, b), c)| hit(*a, *b, *c, most)).map(|found| at + found + 2);
        }
        at += 32;
    }
    // Most texts end in a chunk without a hit; what it holds of the one before was looked at.
    if let Some(last) = bytes.last_chunk::<34>() {
        let (_, blank) = last.split_first()?;
        let pairs = blank.iter().zip(blank.get(1..)?);
        if !pairs.fold(false, |found, (a, b)| found | hit(0, *a, *b, i8::MAX)) {
            return None;
        }
    }
    let rest = bytes.get(at..)?.windows(3);
    let is_hit = |window: &[u8]| matches!(window, [a, b, c] if hit(*a, *b, *c, i8::MAX));
    rest.into_iter().position(is_hit).map(|found| at + found + 2)
}

/// Whether what stands before a number is the title of its clause: capitals, or the first words
/// of a labelled text.
fn title_before(title: &str, labelled: bool) -> bool {
    let capitals = !title.bytes().any(|byte| byte.is_ascii_lowercase());
    capitals || labelled && titles::short_title(title) && !titles::has_verb(title)
}

/// Whether a number comes right after the last one: 6.2 after 6.1, 7 after 6.4, 6.1 after 6.
fn next(last: Option<Mark>, mark: Mark, titled: bool) -> bool {
    let new = mark.parts.as_slice();
    let Some(last) = last else { return titled && mark.style == Style::Multi && mark.parts.last() == 1 };
    let old = last.parts.as_slice();
    match mark.style {
        Style::Multi => {
            let under = new.len() == old.len() + 1 && new.starts_with(old) && mark.parts.last() == 1;
            let above = new.split_last().is_some_and(|(value, head)| {
                old.starts_with(head) && old.get(head.len()).is_some_and(|old| old + 1 == *value)
            });
            under || above || titled && mark.parts.last() == 1 && mark.parts.first() == last.parts.first() + 1
        }
        Style::Dot => mark.parts.first() == last.parts.first() + 1 && mark.parts != Parts::one(1),
        _ => false,
    }
}

/// A passage cut at places of the scratch text.
fn pieces(raw: &Raw, passage: &Passage, cuts: &[u32]) -> Vec<Passage> {
    let mut out = Vec::with_capacity(cuts.len() + 1);
    let mut starts = vec![passage.text.start];
    starts.extend_from_slice(cuts);
    for (index, &start) in starts.iter().enumerate() {
        let end = starts.get(index + 1).copied().unwrap_or(passage.text.end);
        let range = super::events::trimmed(&raw.scratch, start..end);
        let last = index + 1 == starts.len();
        let source_end = if last {
            passage.source.end
        } else {
            raw.scratch.source_end(range.end).max(passage.source.start)
        };
        if index == 0 {
            let more = Vec::new();
            let source = passage.source.start..source_end;
            out.push(Passage { text: range, more, source, ..passage.clone() });
            continue;
        }
        let mark = labels::read(raw.scratch.slice(range.clone()), Place::Text);
        let source_start = raw.scratch.source_start(range.start);
        out.push(Passage {
            body: range.start + mark.map_or(0, |mark| mark.body),
            label_at: range.start,
            mark,
            source: source_start..source_end.max(source_start),
            text: range,
            first: false,
            bullet: false,
            more: if last { passage.more.clone() } else { Vec::new() },
            ..passage.clone()
        });
    }
    out
}
