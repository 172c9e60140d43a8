//! `list-order`: a list whose letters skip one or come twice: (a), (b), (d).
//!
//! Labels of items and labels inside a paragraph are read in one stream with a stack of open lists.
//! Says nothing unless the list began at its first letter and two items came in order, and the
//! missing letter stands nowhere between: labels get lost when a contract is converted.

use super::{Proof, Slip};
use crate::document::{BlockKind, LabelKind};
use crate::source::Span;

/// So many lists are open at once: each item is held against them all.
const MOST: usize = 128;

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let mut lists = Lists { proof, open: Vec::new(), slips: Vec::new() };
    let document = proof.document;
    for (at, block) in document.blocks.iter().enumerate() {
        match block.kind {
            BlockKind::Furniture | BlockKind::TableRow | BlockKind::TableHeader => continue,
            BlockKind::Heading => lists.close(),
            _ => {}
        }
        if let Some(label) = &block.label {
            let written = document.label_text(label);
            let bare = written.trim_matches(['(', ')', '.']);
            let listed =
                matches!(label.kind, LabelKind::Letter | LabelKind::Roman) || written.starts_with('(');
            if listed && !bare.contains(['.', ' ']) {
                let round = proof.source.slice(label.span).starts_with('(');
                let item = Item {
                    text: bare.to_owned(),
                    span: label.span,
                    block: at,
                    own: true,
                    turned: false,
                    round,
                };
                lists.push(&item);
            } else if label.kind != LabelKind::Bullet {
                lists.close();
            }
        }
        let text = document.text(block);
        for (range, label) in inside(text) {
            let place = |byte: usize| block.text.start + u32::try_from(byte).unwrap_or(0);
            let span = document.source(place(range.start)..place(range.end));
            let turned = is_turned(label, &text[range.end..]);
            lists.push(&Item { text: label.to_owned(), span, block: at, own: false, turned, round: true });
        }
    }
    lists.close();
    lists.slips.sort_by_key(|slip| slip.span.start());
    lists.slips
}

/// A label of a list.
struct Item {
    text: String,
    span: Span,
    block: usize,
    /// It stands in front of its block, not inside it.
    own: bool,
    /// The letter before it stands behind it in the same paragraph: "(a), (c) and (b)".
    turned: bool,
    /// It is written "(a)", not "a)" or "a.": of two lists one in the other they tell which is which.
    round: bool,
}

/// How a list counts.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    Lower,
    Upper,
    LowerRoman,
    UpperRoman,
    Figure,
}

struct Open {
    style: Style,
    /// The last number.
    last: u32,
    /// How many items came in order.
    seen: u32,
    own: bool,
    round: bool,
    block: usize,
    span: Span,
    /// What is wrong with the last item, told when the next one does not explain it.
    doubt: Option<Slip>,
}

struct Lists<'a> {
    proof: &'a Proof<'a>,
    open: Vec<Open>,
    slips: Vec<Slip>,
}

impl Lists<'_> {
    fn close(&mut self) {
        self.keep(0);
    }

    /// Closes the lists after the first `keep`.
    fn keep(&mut self, keep: usize) {
        for open in self.open.drain(keep.min(self.open.len())..) {
            self.slips.extend(open.doubt);
        }
    }

    /// Opens a list; the outermost of too many is over.
    fn begin(&mut self, list: Open) {
        if self.open.len() >= MOST {
            self.slips.extend(self.open.remove(0).doubt);
        }
        self.open.push(list);
    }

    fn push(&mut self, item: &Item) {
        let readings = readings(&item.text);
        let fits = |open: &Open, step: u32| {
            readings.iter().any(|&(style, number)| style == open.style && number == open.last + step)
        };
        let near = |open: &Open| open.own == item.own && (item.own || open.block == item.block);
        let alike = |open: &Open| open.round == item.round;
        let last = |is: &dyn Fn(&Open) -> bool| self.open.iter().rposition(|open| is(open) && fits(open, 1));
        let next = last(&|open| near(open) && alike(open));
        let next = next.or_else(|| last(&alike)).or_else(|| last(&near)).or_else(|| last(&|_| true));
        if let Some(at) = next {
            self.keep(at + 1);
            let (own, round, block, span) = (item.own, item.round, item.block, item.span);
            if let Some(open) = self.open.last_mut() {
                *open = Open {
                    last: open.last + 1,
                    seen: open.seen + 1,
                    own,
                    round,
                    block,
                    span,
                    doubt: open.doubt.take(),
                    ..*open
                };
            }
            return;
        }
        if let Some(&(style, _)) = readings.iter().find(|(_, number)| *number == 1) {
            let (own, round, block, span) = (item.own, item.round, item.block, item.span);
            self.begin(Open { style, last: 1, seen: 1, own, round, block, span, doubt: None });
            return;
        }
        let skips = |open: &Open| {
            near(open) && (open.seen > 1 || item.own || item.turned) && open.doubt.is_none() && fits(open, 2)
        };
        let twice =
            |open: &Open| near(open) && alike(open) && open.seen > 1 && open.doubt.is_none() && fits(open, 0);
        let gap = self.open.iter().rposition(skips);
        let Some(at) = gap.or_else(|| self.open.iter().rposition(twice)) else { return };
        self.keep(at + 1);
        let Some(open) = self.open.last() else { return };
        if !item.own && !is_parted(item, self.proof) {
            return;
        }
        let slip = if gap.is_some() { skipped(open, item, self.proof) } else { Some(doubled(open, item)) };
        let (own, block, span, step) = (item.own, item.block, item.span, if gap.is_some() { 2 } else { 0 });
        if let Some(open) = self.open.last_mut() {
            *open =
                Open { last: open.last + step, seen: open.seen + 1, own, block, span, doubt: slip, ..*open };
        }
    }
}

/// Whether a label inside a paragraph stands behind a mark or "and", "or": else it may belong to a
/// name ("Representation (d)").
fn is_parted(item: &Item, proof: &Proof<'_>) -> bool {
    let text = &proof.source.text[..item.span.start()];
    let front = text.trim_end_matches([' ', '\n', '*', '_', '\\']);
    let word = front.rsplit([' ', '\n']).next().unwrap_or("");
    front.ends_with(|c: char| c.is_ascii_punctuation() || matches!(c, '”' | '’' | '–' | '—'))
        || matches!(word, "and" | "or" | "and/or" | "nor" | "but")
}

fn skipped(open: &Open, item: &Item, proof: &Proof<'_>) -> Option<Slip> {
    let missing = written(open.style, open.last + 1)?;
    let before = written(open.style, open.last)?;
    // "(i)" and "(l)" are left out of lists on purpose, and mistaken for figures.
    if open.style == Style::Lower && matches!(missing.as_str(), "i" | "l" | "o" | "v" | "x") {
        return None;
    }
    let between = proof.source.text.get(open.span.end()..item.span.start())?;
    let label = match item.turned {
        true => format!("({missing}) stands behind it"),
        false => format!("there is no ({missing})"),
    };
    if stands_in(&missing, between) || missing == "c" && between.contains('©') {
        return None;
    }
    Some(Slip {
        span: item.span,
        message: format!("the list goes from ({before}) to ({})", item.text),
        label,
        others: vec![(open.span, "the item before".to_owned())],
        help: format!("put ({missing}) back or label the items anew, then check the references to them"),
        fix: None,
    })
}

/// Whether the letter before a small letter stands as a label in the text behind it.
fn is_turned(label: &str, behind: &str) -> bool {
    let &[letter @ b'c'..=b'h'] = label.as_bytes() else { return false };
    behind.contains(&format!(" ({}) ", char::from(letter - 1)))
}

/// Whether a letter stands in a text as a label may: "(b", "b)" or "b.", and not as part of a word.
fn stands_in(letter: &str, text: &str) -> bool {
    let (letter, text) = (letter.to_ascii_lowercase(), text.to_ascii_lowercase());
    memchr::memmem::find_iter(text.as_bytes(), letter.as_bytes()).any(|at| {
        let (front, behind) = (&text[..at], &text[at + letter.len()..]);
        let apart = !front.ends_with(char::is_alphanumeric) && !behind.starts_with(char::is_alphanumeric);
        apart && (front.ends_with('(') || behind.starts_with([')', '.']))
    })
}

fn doubled(open: &Open, item: &Item) -> Slip {
    Slip {
        span: item.span,
        message: format!("the list has two items ({})", item.text),
        label: format!("a second ({})", item.text),
        others: vec![(open.span, "the first".to_owned())],
        help: "label the items anew, then check the references to them".to_owned(),
        fix: None,
    }
}

/// What a label may say: "(i)" is one in roman and the ninth letter.
fn readings(label: &str) -> Vec<(Style, u32)> {
    let mut found = Vec::new();
    let bytes = label.as_bytes();
    if let Ok(number) = label.parse() {
        found.push((Style::Figure, number));
        return found;
    }
    let upper = bytes.iter().all(u8::is_ascii_uppercase);
    if !upper && !bytes.iter().all(u8::is_ascii_lowercase) {
        return found;
    }
    if let Some(number) = super::labels::figure(&label.to_ascii_lowercase()) {
        found.push((if upper { Style::UpperRoman } else { Style::LowerRoman }, number));
    }
    let letter = |byte: u8| u32::from(byte.to_ascii_lowercase() - b'a') + 1;
    let number = match bytes {
        [one] => Some(letter(*one)),
        [one, other] if one == other => Some(letter(*one) + 26),
        _ => None,
    };
    found.extend(number.map(|number| (if upper { Style::Upper } else { Style::Lower }, number)));
    found
}

fn written(style: Style, number: u32) -> Option<String> {
    let letter = |base: u8| {
        let byte = base + u8::try_from((number - 1) % 26).ok()?;
        Some(char::from(byte).to_string().repeat(if number > 26 { 2 } else { 1 }))
    };
    match style {
        Style::Lower => letter(b'a'),
        Style::Upper => letter(b'A'),
        Style::LowerRoman => Some(super::labels::roman(number)),
        Style::UpperRoman => Some(super::labels::roman(number).to_ascii_uppercase()),
        Style::Figure => Some(number.to_string()),
    }
}

/// Words in front of a label that is referred to.
const NAMES: [&str; 24] = [
    "section",
    "sections",
    "clause",
    "clauses",
    "paragraph",
    "paragraphs",
    "subsection",
    "subsections",
    "item",
    "items",
    "article",
    "articles",
    "subparagraph",
    "subparagraphs",
    "sub-clause",
    "subclause",
    "subclauses",
    "sub-paragraph",
    "sub-section",
    "part",
    "schedule",
    "point",
    "condition",
    "foregoing",
];
/// Words in front of a label that is mostly referred to, unless a list begins there.
const LEADS: [&str; 8] = ["in", "under", "to", "by", "through", "see", "of", "either"];

/// The labels inside a text that begin an item: "(b) report", not "under (b)" or "Section 2(b)".
fn inside(text: &str) -> Vec<(std::ops::Range<usize>, &str)> {
    let bytes = text.as_bytes();
    let mut found: Vec<(std::ops::Range<usize>, &str)> = Vec::new();
    // Where the last label that is a reference ends.
    let mut referred = None;
    for open in memchr::memchr_iter(b'(', bytes) {
        let length = bytes[open + 1..].iter().take(6).take_while(|byte| byte.is_ascii_alphanumeric()).count();
        let close = open + 1 + length;
        if length == 0 || length > 5 || bytes.get(close) != Some(&b')') {
            continue;
        }
        let label = &text[open + 1..close];
        if is_item(text, open..close + 1, label, referred, found.last().map(|(range, _)| range.end)) {
            found.push((open..close + 1, label));
        } else {
            referred = Some(close + 1);
        }
    }
    found
}

/// Whether a label in brackets begins an item; `referred` is where the last reference ends, `item`
/// where the last label of an item does.
fn is_item(
    text: &str,
    range: std::ops::Range<usize>,
    label: &str,
    referred: Option<usize>,
    item: Option<usize>,
) -> bool {
    let bytes = text.as_bytes();
    let front = text[..range.start].trim_end();
    // "(b)(i) is": an item that begins with one.
    if front.len() == range.start && !front.is_empty() {
        return bytes[range.start - 1] == b')' && item == Some(range.start);
    }
    let word = front.rsplit([' ', '\n', '(', '/']).next().unwrap_or("").to_ascii_lowercase();
    let word = word.trim_matches(['"', ',']);
    let first = matches!(label, "a" | "A" | "i" | "I" | "1");
    // "clauses (a), (b) and (c)": what follows a reference within a few words is one too.
    let chained = !first && referred.is_some_and(|end| range.start - end < 8);
    let named = NAMES.contains(&word)
        || !first && LEADS.contains(&word)
        || word.ends_with(|c: char| c.is_ascii_digit());
    let after = &text[range.end..];
    let next = after.trim_start();
    let joined = after.starts_with('(');
    let refers = !joined
        && (!after.starts_with([' ', '\n'])
            || [
                "and (", "or (", "above", "below", "of ", "to (", "through", "hereof", "- ", "or both",
                "and/or",
            ]
            .iter()
            .any(|sign| next.starts_with(sign))
            || next.starts_with(['(', ')', '.', ',']));
    // "five (5) days" is a number.
    let figures = label.bytes().all(|byte| byte.is_ascii_digit());
    let last = word.rsplit('-').next().unwrap_or("");
    let counts = figures && (label.len() > 2 || crate::token::spelled::is_number_word(last));
    !(named || chained || refers || counts)
}
