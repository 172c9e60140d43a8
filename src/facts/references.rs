//! Where the contract refers to a clause or a schedule: "clauses 4.2 to 4.6 and 9", "Section 5(c)",
//! "Exhibit B". Says what is referred to and whether it belongs to another instrument; whether it
//! is there is a question for `proofread`.

mod owner;

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;

use super::parties::first_bytes;
use super::sought::Sought;
use crate::document::{Block, BlockId, BlockKind, Document};
use crate::source::Span;

use owner::owner;

/// What kind of thing a reference names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Clause, section, article or paragraph.
    Clause,
    /// Schedule, annex, exhibit, appendix or attachment, by the word that is used.
    Attachment(&'static str),
}

/// One thing that is referred to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The words: "4.2(b)", with the keyword in front where it stands right there.
    pub span: Span,
    /// The words as written.
    pub text: String,
    /// What it names.
    pub kind: Kind,
    /// The label in parts, in lower case: "12.3(b)" is `["12", "3", "b"]`; roman numbers of articles
    /// are kept as written.
    pub path: Vec<String>,
    /// The block that it stands in.
    pub block: BlockId,
    /// Whose it is.
    pub owner: Owner,
}

/// Which instrument a reference leads into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// Nothing is said: this contract.
    Unsaid,
    /// "of this Agreement", "hereof", "above".
    This,
    /// "of the Act", "of the Master Agreement".
    Other,
}

/// The words that name a part of a contract, in lower case; for an attachment the kind that it names.
const WORDS: [(&str, Option<&str>); 20] = [
    ("sections", None),
    ("section", None),
    ("subsections", None),
    ("subsection", None),
    ("sub-section", None),
    ("clauses", None),
    ("clause", None),
    ("sub-clause", None),
    ("articles", None),
    ("paragraphs", None),
    ("paragraph", None),
    ("article", None),
    ("schedules", Some("schedule")),
    ("schedule", Some("schedule")),
    ("annexes", Some("annex")),
    ("annex", Some("annex")),
    ("exhibits", Some("exhibit")),
    ("exhibit", Some("exhibit")),
    ("appendix", Some("appendix")),
    ("attachment", Some("attachment")),
];

static KEYWORDS: LazyLock<Sought> = LazyLock::new(|| Sought::longest(WORDS.map(|(word, _)| word)));

/// The places of the words and signs that name a part, in order.
fn keywords(text: &str) -> impl Iterator<Item = (Range<usize>, Kind)> {
    let kind = |at: usize| WORDS[at].1.map_or(Kind::Clause, Kind::Attachment);
    let mut words = KEYWORDS.places_in_lower(text).map(move |(place, at)| (place, kind(at))).peekable();
    // Signs are short: among the words they would make the search for those slow.
    let mut signs = signs(text).map(|place| (place, Kind::Clause)).peekable();
    std::iter::from_fn(move || match (words.peek(), signs.peek()) {
        (Some((word, _)), Some((sign, _))) if sign.start < word.start => signs.next(),
        (None, _) => signs.next(),
        _ => words.next(),
    })
}

/// "§" and "§§".
fn signs(text: &str) -> impl Iterator<Item = Range<usize>> {
    const SIGN: &str = "§";
    let mut places = memmem::find_iter(text.as_bytes(), SIGN).peekable();
    std::iter::from_fn(move || {
        let at = places.next()?;
        let end = at + SIGN.len();
        Some(at..places.next_if_eq(&end).map_or(end, |next| next + SIGN.len()))
    })
}

/// The references of a document, in order.
#[must_use]
pub fn find(document: &Document) -> Vec<Reference> {
    let mut found = Vec::new();
    let mut keywords = keywords(&document.prose.text).peekable();
    for (at, block) in document.blocks.iter().enumerate() {
        if block.kind == BlockKind::Furniture {
            continue;
        }
        let text = document.text(block);
        let here = block.text.start as usize..block.text.end as usize;
        let first = found.len();
        while keywords.next_if(|(place, _)| place.start < here.start).is_some() {}
        while let Some((place, kind)) = keywords.next_if(|(place, _)| place.end <= here.end) {
            let (start, end) = (place.start - here.start, place.end - here.start);
            let inside = text[..start].chars().next_back().is_some_and(char::is_alphanumeric);
            if inside || (block.kind == BlockKind::Heading && start == 0) {
                continue;
            }
            if is_label_line(&text[..start], &text[end..]) {
                continue;
            }
            let scanner = Scanner { text, at: end };
            let id = BlockId::new(u32::try_from(at).unwrap_or(u32::MAX));
            list(scanner, start, kind, id, block, document, &mut found);
        }
        to_model_clauses(&mut found[first..], block, document);
    }
    share_owners(document, &mut found);
    found.shrink_to_fit();
    found
}

/// "Section 2.3 or Section 2.5 of the Lease": both are the lease's.
fn share_owners(document: &Document, found: &mut [Reference]) {
    for at in (1..found.len()).rev() {
        let (before, after) = (&found[at - 1], &found[at]);
        if before.owner != Owner::Unsaid || after.owner == Owner::Unsaid || before.block != after.block {
            continue;
        }
        let text = document.text(document.block(before.block));
        let range = text.find(&before.text).map(|at| at + before.text.len());
        let next = range.and_then(|from| text[from..].find(&after.text).map(|at| &text[from..from + at]));
        let joined = next
            .is_some_and(|between| matches!(between.trim(), "or" | "and" | "," | "to" | ", or" | ", and"));
        if joined {
            found[at - 1].owner = after.owner;
        }
    }
}

/// Whether a keyword opens a clause ("Section 9.10. Severability.") instead of referring to one.
fn is_label_line(before: &str, behind: &str) -> bool {
    let before = before.trim_end();
    let opens = before.is_empty() || before.ends_with(['.', ';', ':']);
    let number = behind.trim_start();
    let end = number.find(|c: char| !c.is_ascii_alphanumeric() && c != '.').unwrap_or(number.len());
    let label = &number[..end];
    let rest = number[end..].trim_start();
    opens
        && (label.ends_with('.') || rest.starts_with([':', '-', '–', '—']))
        && rest.starts_with(|c: char| c.is_uppercase() || matches!(c, ':' | '-' | '–' | '—'))
}

/// Reads the labels behind a keyword.
fn list(
    mut scanner: Scanner<'_>,
    start: usize,
    kind: Kind,
    id: BlockId,
    block: &Block,
    document: &Document,
    found: &mut Vec<Reference>,
) {
    let first = found.len();
    let text = scanner.text;
    let mut base: Vec<String> = Vec::new();
    let mut past = scanner.at;
    while let Some((from, path)) = scanner.label(kind, base.is_empty()) {
        if found.len() > first && text[from..].starts_with('(') && !goes_on(&text[..past], &text[from..]) {
            scanner.at = past;
            break;
        }
        // "9(a), (b)" and "9(a)-(c)": a bracket alone hangs on the number before.
        let mut path = match text[from..].starts_with('(') {
            true if !base.is_empty() => {
                let keep = base.len().saturating_sub(path.len()).max(1);
                base.iter().take(keep).cloned().chain(path).collect()
            }
            _ => path,
        };
        base.clone_from(&path);
        path.shrink_to_fit();
        let begins = if found.len() == first { start } else { from };
        let place = |at: usize| block.text.start + u32::try_from(at).unwrap_or(0);
        found.push(Reference {
            span: document.source(place(begins)..place(scanner.at)),
            text: text[begins..scanner.at].to_owned(),
            kind,
            path,
            block: id,
            owner: Owner::Unsaid,
        });
        past = scanner.at;
        if !scanner.more() {
            break;
        }
    }
    let owner = owner(&text[..start], &text[scanner.at..]);
    for reference in found.iter_mut().skip(first) {
        reference.owner = owner;
    }
}

/// Gives clauses of which nothing is said to the standard clauses for transfers of personal data, where
/// their block, or what leads into it, speaks of those: "in Clause 17 of" them, "Clause 7 (docking)".
fn to_model_clauses(found: &mut [Reference], block: &Block, document: &Document) {
    const NAMES: [&str; 4] =
        ["Standard Contractual Clauses", "standard contractual clauses", "SCCs", "Model Clauses"];
    const DEPTH: usize = 4;
    /// Bytes of a lead-in that are looked at, which many items may share.
    const LEAD: usize = 1000;
    let unsaid = |one: &&mut Reference| one.owner == Owner::Unsaid && one.kind == Kind::Clause;
    let mut open = found.iter_mut().filter(unsaid).peekable();
    if open.peek().is_none() {
        return;
    }
    let above = |block: &Block| block.lead.map(|lead| document.block(lead));
    let leads = std::iter::successors(above(block), |lead| above(lead)).take(DEPTH);
    let leads = leads.map(|lead| first_bytes(document.text(lead), LEAD));
    let speaks = std::iter::once(document.text(block))
        .chain(leads)
        .any(|text| NAMES.iter().any(|name| memmem::find(text.as_bytes(), name.as_bytes()).is_some()));
    if speaks {
        open.for_each(|one| one.owner = Owner::Other);
    }
}

/// Whether a bracket goes on with the one before: "9(a) and (b)", not "(b) under Section 9, and (c) the".
fn goes_on(before: &str, label: &str) -> bool {
    let Some(front) = before.strip_suffix(')') else { return false };
    let last = front.rsplit('(').next().unwrap_or("");
    let next = label.trim_start_matches('(');
    let kind = |text: &str| {
        let sign = text.bytes().next().unwrap_or(0);
        (sign.is_ascii_digit(), sign.is_ascii_uppercase())
    };
    kind(last) == kind(next)
}

/// Reads labels from a place on.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl Scanner<'_> {
    fn rest(&self) -> &str {
        &self.text[self.at..]
    }

    fn spaces(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start_matches([' ', '\t', '\n']).len();
    }

    /// One label: where it begins and its parts. Leaves the place alone when there is none.
    fn label(&mut self, kind: Kind, first: bool) -> Option<(usize, Vec<String>)> {
        let before = self.at;
        self.spaces();
        let from = self.at;
        if first && from == before && !self.text[..before].ends_with('§') {
            return None;
        }
        let mut path = Vec::new();
        if !self.rest().starts_with('(') {
            let word: String =
                self.rest().chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '.').collect();
            let word = word.trim_end_matches('.');
            if !is_label(word, kind) {
                self.at = before;
                return None;
            }
            self.at += word.len();
            path.extend(word.split('.').map(str::to_ascii_lowercase));
        }
        while let Some(inner) = bracket(self.rest().trim_start_matches(' ')) {
            let space = self.rest().len() - self.rest().trim_start_matches(' ').len();
            path.push(inner.to_ascii_lowercase());
            self.at += space + inner.len() + 2;
        }
        if path.is_empty() {
            self.at = before;
            return None;
        }
        Some((from, path))
    }

    /// Passes what stands between two labels of a list: "," "and" "or" "to" "through".
    fn more(&mut self) -> bool {
        let before = self.at;
        let mut passed = false;
        loop {
            self.spaces();
            let rest = self.rest();
            let next = [",", "and ", "or ", "to ", "through ", "&", "–", "- ", "-("];
            let Some(sign) = next.iter().find(|sign| rest.starts_with(**sign)) else { break };
            self.at += sign.trim_end_matches([' ', '(']).len();
            passed = true;
        }
        let goes_on = self.rest().starts_with(|c: char| c.is_ascii_digit() || c == '(');
        if !(passed && goes_on && self.clone_label()) {
            self.at = before;
            return false;
        }
        true
    }

    /// Whether a label follows that reads like one of the list, not like a figure ("and 30 days").
    fn clone_label(&self) -> bool {
        let rest = self.rest();
        if rest.starts_with('(') {
            return bracket(rest).is_some();
        }
        let digits = rest.bytes().take_while(|byte| byte.is_ascii_digit() || *byte == b'.').count();
        let behind = &rest[digits..];
        let ends = behind.is_empty()
            || behind.starts_with(['(', ',', '.', ';', ')'])
            || [
                " above", " below", " of", " hereof", " herein", " thereof", " therein", " and", " or",
                " shall", " to ",
            ]
            .iter()
            .any(|word| behind.starts_with(word));
        digits > 0 && ends
    }
}

/// What stands in the brackets with which a text begins, if it is a letter, a number or a roman one.
fn bracket(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('(')?;
    let end = inner.find(')')?;
    let inner = inner.get(..end)?;
    let roman = inner.bytes().all(|byte| matches!(byte.to_ascii_lowercase(), b'i' | b'v' | b'x'));
    let number = inner.bytes().all(|byte| byte.is_ascii_digit());
    let letters = inner.len() <= 2 && inner.bytes().all(|byte| byte.is_ascii_alphabetic());
    let ok = (1..=5).contains(&inner.len())
        && (roman && inner.len() <= 5 || letters || number && inner.len() <= 2);
    ok.then_some(inner)
}

/// Whether a word may be the label of a clause or of an attachment.
fn is_label(word: &str, kind: Kind) -> bool {
    let number = |part: &str| (1..=3).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
    if word.is_empty() {
        return false;
    }
    let roman = word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X' | b'L'));
    match kind {
        // "13.B" is 13(B).
        Kind::Clause => {
            let letter = |part: &str| matches!(part.as_bytes(), [b'A'..=b'Z']);
            let figures =
                word.split_once('.').filter(|(_, last)| letter(last)).map_or(word, |(first, _)| first);
            figures.split('.').all(number) || (roman && word.len() <= 6)
        }
        Kind::Attachment(_) => {
            word.split('.').all(number)
                || roman
                || (word.len() == 1 && word.bytes().all(|byte| byte.is_ascii_uppercase()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_word_or_sign_is_taken() {
        let text = "sections, sub-sections and subsection; §§ 4 and § 5; the annexes";
        let found: Vec<&str> = keywords(text).map(|(place, _)| &text[place]).collect();
        assert_eq!(found, ["sections", "sub-section", "subsection", "§§", "§", "annexes"]);
    }
}
