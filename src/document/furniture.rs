//! What stands on the page but says nothing: page numbers, filing footers, running heads, tables
//! of contents, signature lines.

use std::collections::HashSet;

use super::events::{Form, Look, Raw};
use super::passage::Passage;
use super::titles;

/// The longest text that is taken for a page mark, in bytes.
const LINE: usize = 120;
/// A short line that stands this often in a file is a running head.
const REPEATS: u32 = 3;
/// Boxes that lines are counted in.
const BOXES: usize = 1024;
/// A running head among the first passages is the title itself.
const FRONT: usize = 5;
/// The least titles in a row, without text between them, that make a table of contents.
const RUN: usize = 5;

/// Marks the passages that are furniture.
pub(super) fn mark(raw: &Raw, passages: &mut [Passage]) {
    let repeated = running_heads(raw, passages);
    for (index, passage) in passages.iter_mut().enumerate() {
        if matches!(passage.form, Form::Header | Form::Row) {
            continue;
        }
        let text = raw.scratch.slice(passage.text.clone());
        let short = text.len() <= LINE;
        passage.furniture = short && (page_mark(text) || signature(text) || leaders(text))
            || short
                && index > FRONT
                && repeated.binary_search_by_key(&by_length(text), |line| by_length(line)).is_ok()
            || anchors_only(raw, passage);
    }
    contents(raw, passages);
}

/// Short lines without a label or a full stop that come again and again, the shortest first.
fn running_heads<'a>(raw: &'a Raw, passages: &[Passage]) -> Vec<&'a str> {
    let mut lines: Vec<(u64, &str, u32)> = Vec::new();
    // How much stands in each of a few boxes: what lies in a light one does not come again.
    let mut boxes = [0_u32; BOXES];
    for passage in passages.iter().filter(|passage| passage.form == Form::Text || is_heading(passage)) {
        let text = raw.scratch.slice(passage.text.clone());
        if text.len() > LINE || passage.mark.is_some() {
            continue;
        }
        let plain = passage.form == Form::Text && passage.item.is_none();
        let capital = || !text.bytes().any(|byte| byte.is_ascii_lowercase());
        let letters = || text.bytes().filter(u8::is_ascii_alphabetic).nth(2).is_some();
        if (plain || capital()) && letters() {
            // Headings count half: a document may well say "OVERVIEW" in three of its parts.
            let (hash, weight) = (quick_hash(text.as_bytes()), if plain { 2 } else { 1 });
            lines.push((hash, text, weight));
            boxes[(hash >> 32) as usize % BOXES] += weight;
        }
    }
    lines.retain(|(hash, text, _)| {
        let stopped = || text.ends_with(['.', ':', ';', ',']) && !text.ends_with("Inc.");
        boxes[(hash >> 32) as usize % BOXES] >= 2 * REPEATS && (!stopped() || legend(text))
    });
    // By hash first, so that few texts are compared.
    lines.sort_unstable();
    let groups = lines.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1));
    let mut repeated: Vec<&str> = groups
        .filter(|group| group.iter().map(|line| line.2).sum::<u32>() >= 2 * REPEATS)
        .filter_map(|group| group.first().map(|line| line.1))
        .collect();
    repeated.sort_unstable_by_key(|line| by_length(line));
    repeated
}

const fn by_length(line: &str) -> (usize, &str) {
    (line.len(), line)
}

/// A hash of a text, eight bytes at a time.
fn quick_hash(text: &[u8]) -> u64 {
    let (words, rest) = text.as_chunks::<8>();
    let words = words.iter().map(|word| u64::from_le_bytes(*word));
    let rest = rest.iter().fold(text.len() as u64, |sum, &byte| (sum << 8) | u64::from(byte));
    words.fold(rest, |hash, word| (hash.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95))
}

fn is_heading(passage: &Passage) -> bool {
    matches!(passage.form, Form::Heading(_))
}

/// "Page 3 of 12", "- 4 -", "17", "Source: ACME INC, 8-K, 3/20/2020", legends of redaction.
fn page_mark(text: &str) -> bool {
    let bare = text.trim_matches(edge);
    let (Some(&front), Some(&back)) = (bare.as_bytes().first(), bare.as_bytes().last()) else {
        return true;
    };
    if bare.len() <= 4 && bare.bytes().all(|byte| byte.is_ascii_digit()) {
        // "2.1" and "(3)" are labels that lost their line; a page number is bare or between dashes.
        return !text.ends_with(['.', ')']);
    }
    // "E - 4", "A-12".
    if front.is_ascii_uppercase() && back.is_ascii_digit() {
        let number = bare.get(1..).unwrap_or("").trim_start_matches([' ', '-', '–']);
        let spaced = bare.len() - number.len() > 1 && number.len() <= 3;
        if spaced && number.bytes().all(|byte| byte.is_ascii_digit()) {
            return true;
        }
    }
    if text.starts_with("[!") && text.ends_with(']') {
        return true;
    }
    if let Some(rest) = after(bare, "page").map(str::trim_start)
        && rest.len() < 14
        && rest.starts_with(|c: char| c.is_ascii_digit())
    {
        return true;
    }
    let slashes = || bare.bytes().filter(|&byte| byte == b'/').count();
    (back.is_ascii_digit() && (numbered_page(bare) || after(bare, "source: ").is_some() && slashes() >= 2))
        || back.eq_ignore_ascii_case(&b'd') && requested(bare)
        || bare.len() >= 10
            && bare.as_bytes().first_chunk::<3>().is_some_and(|front| {
                let front = front.map(|byte| byte | 0x20);
                matches!(
                    &front,
                    b"con" | b"qui" | b"sig" | b"rem" | b"the" | b"res" | b"thi" | b"exe" | b"tab"
                )
            })
            && LEGENDS.iter().any(|legend| after(bare, legend).is_some())
}

/// What may stand around a page number.
fn edge(sign: char) -> bool {
    match sign {
        ' ' | '\t'..='\r' | '-' | '[' | ']' | '(' | ')' | '*' | '_' | '=' | '~' | '.' | '|' => true,
        '\0'..='\x7f' => false,
        _ => matches!(sign, '–' | '—') || sign.is_whitespace(),
    }
}

/// "... Confidential Treatment Requested".
fn requested(text: &str) -> bool {
    const LEGEND: &str = "confidential treatment requested";
    let start = text.len().checked_sub(LEGEND.len());
    start.and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(LEGEND))
}

/// What follows a beginning that is compared without case.
fn after<'a>(text: &'a str, start: &str) -> Option<&'a str> {
    // Most texts differ in the first letter.
    if text.as_bytes().first()? | 0x20 != start.as_bytes().first()? | 0x20 {
        return None;
    }
    let front = text.get(..start.len())?;
    if front.eq_ignore_ascii_case(start) { text.get(start.len()..) } else { None }
}

/// "Hosting Agreement - Page 17 of 18".
fn numbered_page(text: &str) -> bool {
    let rest = text.trim_end_matches(|c: char| c.is_ascii_digit());
    let Some(before) = rest.strip_suffix(" of ").filter(|_| rest.len() < text.len()) else { return false };
    let word = before.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end();
    word.ends_with("page") || word.ends_with("Page") || word.ends_with("PAGE")
}

/// Whether a repeated sentence is one that filings put on each page.
fn legend(text: &str) -> bool {
    let begins = |rest: &[u8], word: &[u8]| {
        rest.get(..word.len()).is_some_and(|front| front.eq_ignore_ascii_case(word))
    };
    text.bytes().enumerate().any(|(at, byte)| {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        match byte {
            b'c' | b'C' => {
                begins(rest, b"confidential") || begins(rest, b"commission") || begins(rest, b"copyright")
            }
            b'o' | b'O' => begins(rest, b"omitted"),
            b'e' | b'E' => begins(rest, b"exhibit"),
            0xc2 => rest.starts_with("©".as_bytes()),
            _ => false,
        }
    })
}

const LEGENDS: &[&str] = &[
    "confidential treatment requested",
    "confidential treatment has been requested",
    "quicklinks",
    "signature page",
    "signatures on following page",
    "signatures follow",
    "remainder of page",
    "remainder of this page",
    "the remainder of this page",
    "rest of page",
    "this page intentionally",
    "this space intentionally",
    "execution version",
    "execution copy",
    "table of contents",
];

/// "By: ______", "Name: Jo Doe", "Title:".
fn signature(text: &str) -> bool {
    const LABELS: &[&str] = &[
        "by",
        "name",
        "title",
        "its",
        "date",
        "signature",
        "printed name",
        "print name",
        "signed",
        "witness",
    ];
    let bytes = text.as_bytes();
    let colon = || memchr::memchr(b':', bytes.get(..16).unwrap_or(bytes));
    let signed = || memchr::memchr_iter(b'/', bytes).any(|at| bytes.get(at..at + 3) == Some(b"/s/"));
    // Most lines begin with a letter that no label begins with.
    let other = |byte: &u8| {
        byte.is_ascii_alphabetic()
            && !matches!(byte | 0x20, b'b' | b'd' | b'i' | b'n' | b'p' | b's' | b't' | b'w')
    };
    if bytes.first().is_some_and(other) {
        return signed() && colon().is_none();
    }
    let colon = colon();
    let (Some(label), Some(rest)) =
        (colon.and_then(|at| text.get(..at)), colon.and_then(|at| text.get(at + 1..)))
    else {
        return signed();
    };
    let label = label.trim();
    LABELS.iter().any(|known| known.eq_ignore_ascii_case(label))
        && (rest.len() < 60 || rest.contains("Name:") || rest.contains("Title:"))
        && !rest.trim_end().ends_with('.')
}

/// "Definitions ........ 4".
fn leaders(text: &str) -> bool {
    text.ends_with(|c: char| c.is_ascii_digit() || c == '.' || c == '…')
        && (text.bytes().filter(|&byte| byte == b'.').count() >= 4
            && (text.contains("....") || text.contains(". . . ."))
            || !text.is_ascii() && text.contains("……"))
}

/// A line that is nothing but a link to a place in the same file.
fn anchors_only(raw: &Raw, passage: &Passage) -> bool {
    if passage.form != Form::Text || passage.styles.is_empty() {
        return false;
    }
    let styles = raw.styles_in(&passage.styles);
    styles.iter().any(|style| {
        style.look == Look::Anchor && style.start <= passage.body && style.end >= passage.text.end
    })
}

/// Runs of titles with no text between them, most of which come again later or end with a page.
fn contents(raw: &Raw, passages: &mut [Passage]) {
    let mut keys = Keys { raw, known: vec![None; passages.len()] };
    let mut places: Option<Vec<(u64, usize)>> = None;
    let mut at = 0;
    while at + RUN <= passages.len() {
        // Seen from its end, a stretch without a run of titles is passed in a few steps.
        if let Some(miss) = (at..at + RUN).rev().find(|&at| !keys.listed(passages, at)) {
            at = miss + 1;
            continue;
        }
        let end = (at + RUN..passages.len()).find(|&at| !keys.listed(passages, at)).unwrap_or(passages.len());
        let titles = (at..end).filter(|&at| keys.of(passages, at).is_some()).count();
        if titles >= RUN {
            let entries = passages.get(at..end).unwrap_or_default();
            let paged = entries.iter().filter(|entry| ends_with_page(raw, entry)).count() * 2 > titles;
            let again = paged || {
                let places = places.get_or_insert_with(|| keys.sorted(passages));
                (at..end).filter(|&at| comes_again(places, keys.of(passages, at), at)).count() * 2 > titles
            };
            if again {
                let stop = first_repeat(&mut keys, passages, at, end);
                strike(raw, passages.get_mut(at..stop).unwrap_or_default(), paged, at == 0);
            }
        }
        at = end;
    }
}

/// The titles of passages, each read when it is first asked for.
struct Keys<'a> {
    raw: &'a Raw,
    known: Vec<Option<Option<u64>>>,
}

impl Keys<'_> {
    fn of(&mut self, passages: &[Passage], at: usize) -> Option<u64> {
        let (passage, known) = (passages.get(at)?, self.known.get_mut(at)?);
        *known.get_or_insert_with(|| key(self.raw, passage))
    }

    /// Whether a passage may stand in a table of contents.
    fn listed(&mut self, passages: &[Passage], at: usize) -> bool {
        passages.get(at).is_some_and(|passage| passage.furniture) || self.of(passages, at).is_some()
    }

    /// The titles with their places, sorted.
    fn sorted(&mut self, passages: &[Passage]) -> Vec<(u64, usize)> {
        let mut places: Vec<_> =
            (0..passages.len()).filter_map(|at| self.of(passages, at).map(|key| (key, at))).collect();
        places.sort_unstable();
        places
    }
}

/// Marks the entries of a table of contents. The title of the document may stand right above.
fn strike(raw: &Raw, run: &mut [Passage], paged: bool, first: bool) {
    let listed = |entry: &Passage| entry.furniture || ends_with_page(raw, entry);
    let (start, end) = if paged {
        (
            run.iter().position(listed).unwrap_or(0),
            run.iter().rposition(listed).map_or(run.len(), |last| last + 1),
        )
    } else {
        (usize::from(first), run.len())
    };
    run.get_mut(start..end).unwrap_or_default().iter_mut().for_each(|passage| passage.furniture = true);
}

/// Whether a title comes again after `at`.
fn comes_again(places: &[(u64, usize)], key: Option<u64>, at: usize) -> bool {
    let Some(key) = key else { return false };
    let next = places.partition_point(|place| *place <= (key, at));
    places.get(next).is_some_and(|place| place.0 == key)
}

/// "Section 4.01 Term 12".
fn ends_with_page(raw: &Raw, passage: &Passage) -> bool {
    let text = passage.front(&raw.scratch);
    let title = text.trim_end_matches(|c: char| c.is_ascii_digit());
    title.len() < text.len() && title.len() > 3 && title.ends_with([' ', '.', '\t'])
}

/// Where a run of titles begins to say its own titles again.
fn first_repeat(keys: &mut Keys<'_>, passages: &[Passage], start: usize, end: usize) -> usize {
    let mut seen = HashSet::new();
    (start..end).find(|&at| keys.of(passages, at).is_some_and(|key| !seen.insert(key))).unwrap_or(end)
}

/// A title by its letters alone, so that "1. Term ..... 4" and "1. TERM" are the same.
fn key(raw: &Raw, passage: &Passage) -> Option<u64> {
    let text = passage.front(&raw.scratch);
    if text.len() > LINE || matches!(passage.form, Form::Header | Form::Row) {
        return None;
    }
    let shape =
        is_heading(passage) || titles::short_title(text.trim_end_matches(|c: char| c.is_ascii_digit()));
    if !shape {
        return None;
    }
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut letters = 0;
    for byte in text.bytes().filter(u8::is_ascii_alphabetic) {
        hash = (hash ^ u64::from(byte.to_ascii_lowercase())).wrapping_mul(0x0100_0000_01b3);
        letters += 1;
    }
    (letters > 2).then_some(hash)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_marks() {
        for text in [
            "12",
            "- 4 -",
            "E - 4",
            "[!NOTE]",
            "Page 3 of 12",
            "page 7",
            "Source: ACME INC, 10-Q, 11/1/2019",
            "[12]",
            "______",
            "[*Confidential Treatment Requested]",
            "[Signature Page Follows]",
        ] {
            assert!(page_mark(text), "{text}");
        }
        for text in [
            "2.",
            "(3)",
            "A1",
            "B 12 days",
            "12 days",
            "Page the supplier",
            "Source: the records",
            "Confidential",
        ] {
            assert!(!page_mark(text), "{text}");
        }
    }

    #[test]
    fn signature_and_contents_lines() {
        assert!(signature("By: /s/ Jo Doe"));
        assert!(signature("Title:"));
        assert!(!signature(
            "Title: the supplier holds title to the goods until they are delivered to the customer"
        ));
        assert!(leaders("4. Term ........ 12"));
        assert!(!leaders("the fee is .... as agreed"));
    }
}
