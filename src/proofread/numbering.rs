//! `numbering`: clause numbers that skip one, come twice or stand in the wrong order.
//!
//! Read as one stream of numbers that starts anew with each schedule and wherever a number falls back
//! to 1. Says nothing where a contract's numbers do not read well as a whole, where the missing number
//! stands in the text between (its label was not read), or where it is cited and there is text in which
//! its clause may stand, its label lost on the way to Markdown.

use std::cell::LazyCell;
use std::collections::HashMap;
use std::ops::Deref;

use super::labels::{figure, pieces};
use super::{Proof, Slip, lost};
use crate::document::{BlockKind, Label, LabelKind};
use crate::facts::references::{Owner, Reference};
use crate::source::Span;

/// The most slips that a contract's numbers may show, of how many in order: else they were not read
/// well, and nothing is said.
const MOST: usize = 3;
const OF: usize = 8;
/// Numbers out of order that are looked at: where there are more, none is a slip.
const LOOKS: usize = 1000;
/// A single slip is believed among so few in order, two among twice as many.
const FEW: usize = 3;
/// So many references to a number that is left out are shown.
const CITED: usize = 2;
/// The greatest number of clauses that a gap may lack.
const GAP: u8 = 2;
/// A part of a number is less: more is a year or an amount.
const PART: u8 = 200;
/// A number of more parts is no clause's.
const PARTS: usize = 15;

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let numbers = numbers(proof);
    let mut slips = Vec::new();
    let (mut ordered, mut looked_at) = (0, 0);
    // Asked for by few contracts, and large for a long one.
    let seen = LazyCell::new(|| Seen::new(&numbers));
    for series in numbers.chunk_by(|one, other| one.series == other.series) {
        for (at, one) in series.iter().enumerate().skip(1) {
            // The one before on the same level; deeper ones stand in between.
            let before = series[..at].iter().rev().find(|other| other.path.len() <= one.path.len());
            let Some(before) = before.filter(|before| before.path.len() == one.path.len()) else { continue };
            let Some((last, front)) = one.path.split_last() else { continue };
            let Some((past, above)) = before.path.split_last() else { continue };
            if front != above {
                continue;
            }
            if *last == past + 1 {
                ordered += 1;
                continue;
            }
            let next = series[at + 1..].iter().find(|other| other.path.len() <= one.path.len());
            let goes_on = next.is_none_or(|next| {
                // The number that is wrong took the place of the next.
                next.path.len() < one.path.len()
                    || next.path[..front.len()] != *front
                    || next.path.len() == one.path.len()
                        && next.path.last().is_some_and(|next| (last + 1..=last + 2).contains(next))
            });
            looked_at += 1;
            if slips.len() > MOST || looked_at > LOOKS {
                return Vec::new();
            }
            let slip = if one.label.kind == LabelKind::Article && last != past {
                // The number of a part that lacks may stand in the text between.
                None
            } else if *last > past + 1 && last - past - 1 <= GAP {
                gap(before, one, &seen, proof)
            } else if last == past && goes_on && (*last > 1 || is_first_again([before, one], next, proof)) {
                are_peers(before, one, proof).then(|| twice(before, one, proof))
            } else if *past > 1 && last + 1 == *past && is_swapped(&series[..at], before, one) {
                Some(turned(before, one, proof))
            } else {
                None
            };
            slips.extend(slip);
        }
    }
    slips.sort_by_key(|slip| slip.span.start());
    let few = slips.len() == 1 && ordered >= FEW || slips.len() == 2 && ordered >= 2 * FEW;
    if few || slips.len() <= MOST && slips.len() * OF <= ordered { slips } else { Vec::new() }
}

/// Whether the first number below a clause comes twice ("6.1", "6.1") and the row goes on with the next: on
/// its level ("6.2") or on that of the clause ("7").
fn is_first_again([before, one]: [&Number<'_>; 2], next: Option<&Number<'_>>, proof: &Proof<'_>) -> bool {
    // A table of contents that was run into one line numbers its clauses first.
    let leads = |number: &Number<'_>| !form(number.label.span, proof).contains(char::is_alphabetic);
    if !leads(before) || !leads(one) {
        return false;
    }
    let Some((_, front)) = one.path.split_last().filter(|(_, front)| !front.is_empty()) else { return false };
    let below = next.is_some_and(|next| next.path.split_last().is_some_and(|(_, above)| above == front));
    let behind = next.is_some_and(|next| {
        let (last, above) = front.split_last().map_or((0, front), |(last, above)| (*last, above));
        next.path.starts_with(above) && next.path.get(above.len()).is_some_and(|next| *next == last + 1)
    });
    below || behind && before.series == one.series
}

/// Whether two clauses may belong to one row of numbers: not where the contract is signed between
/// them, and not where one has a title in capitals and the other begins with a sentence.
fn are_peers(before: &Number<'_>, one: &Number<'_>, proof: &Proof<'_>) -> bool {
    let text = &proof.source.text;
    let between = text.get(before.label.span.end()..one.label.span.start()).unwrap_or("");
    let signed = ["WITNESS WHEREOF", "witness whereof", "Signature Page", "SIGNATURE PAGE"];
    let shouts = |number: &Number<'_>| {
        let line = text[number.label.span.end()..].lines().next().unwrap_or("");
        let word = line.trim_start_matches(|c: char| !c.is_alphabetic());
        let head = word.split(['.', ':', ';', ',']).next().unwrap_or("");
        head.len() > 4 && !head.contains(char::is_lowercase)
    };
    !signed.iter().any(|words| between.contains(words)) && shouts(before) == shouts(one)
}

/// Whether a number stands behind its successor, where the one in front of both is their predecessor.
fn is_swapped(front: &[Number<'_>], before: &Number<'_>, one: &Number<'_>) -> bool {
    let mut level = front.iter().rev().filter(|other| other.path.len() == one.path.len());
    let first = level.find(|other| other.path != before.path);
    let fits = first.is_some_and(|first| {
        first.path.last().map(|last| last + 2) == before.path.last().copied()
            && first.path[..first.path.len() - 1] == one.path[..one.path.len() - 1]
    });
    fits && !front.iter().any(|other| other.path == one.path)
}

/// A number of a clause. A long contract has very many.
struct Number<'a> {
    path: Path,
    label: &'a Label,
    /// The part of the contract: counts the schedules.
    part: u32,
    /// Numbers that are written alike in one part and have not fallen back to 1.
    series: u32,
}

const _: () = assert!(size_of::<Number<'_>>() <= 32);

impl Number<'_> {
    /// As a reader cites it.
    fn text<'a>(&self, proof: &Proof<'a>) -> &'a str {
        proof.document.label_text(self.label)
    }
}

/// The parts of a number: "12.3" is 12 and 3.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Path {
    parts: [u8; PARTS],
    len: u8,
}

impl Path {
    /// The parts of a label that has figures only.
    fn of(label: &str) -> Option<Self> {
        let mut path = Self { parts: [0; PARTS], len: 0 };
        for piece in pieces(label) {
            *path.parts.get_mut(usize::from(path.len))? = piece.parse().ok().filter(|part| *part < PART)?;
            path.len += 1;
        }
        (path.len > 0).then_some(path)
    }

    /// The number of "Article 4" or "ARTICLE IV".
    fn of_article(label: &str) -> Option<Self> {
        let mut pieces = pieces(label);
        let piece = pieces.next().filter(|_| pieces.next().is_none())?;
        let number = piece.parse().ok().or_else(|| u8::try_from(figure(&piece.to_ascii_lowercase())?).ok());
        let mut path = Self { parts: [0; PARTS], len: 1 };
        path.parts[0] = number.filter(|part| *part < PART)?;
        Some(path)
    }
}

impl Deref for Path {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.parts.get(..usize::from(self.len)).unwrap_or_default()
    }
}

/// The numbers of a contract by their parts.
struct Seen<'a>(Vec<&'a Number<'a>>);

impl<'a> Seen<'a> {
    fn new(numbers: &'a [Number<'a>]) -> Self {
        let mut sorted: Vec<&Number<'_>> = numbers.iter().collect();
        sorted.sort_unstable_by_key(|one| (one.part, &*one.path));
        Self(sorted)
    }

    /// Whether a number of a part of the contract begins with a path.
    fn holds(&self, part: u32, path: &[u8]) -> bool {
        let next = self.0.partition_point(|one| (one.part, &*one.path) < (part, path));
        self.0.get(next).is_some_and(|one| one.part == part && one.path.starts_with(path))
    }
}

/// The numbers, those of one series together.
fn numbers<'a>(proof: &'a Proof<'_>) -> Vec<Number<'a>> {
    let mut found: Vec<Number<'a>> = Vec::new();
    let (mut part, mut next) = (0, 0);
    let mut series: HashMap<(u32, bool, &str), u32> = HashMap::new();
    for clause in proof.document.clauses.iter().skip(1) {
        let Some(label) = proof.document.label(clause) else { continue };
        if label.kind == LabelKind::Attachment {
            part += 1;
            continue;
        }
        let text = proof.document.label_text(label);
        if !matches!(label.kind, LabelKind::Number | LabelKind::Article) || text.starts_with('(') {
            continue;
        }
        let article = label.kind == LabelKind::Article;
        let Some(path) = (if article { Path::of_article(text) } else { Path::of(text) }) else { continue };
        // Plain numbers that are lists inside a numbered clause are the list's own.
        let word = text.contains(' ');
        let alone = path.len() == 1;
        let listed = alone && !word && clause.depth > 1 && parent_is_numbered(proof, clause.parent);
        if listed || is_wrapped(label.span, proof) {
            continue;
        }
        let form = match alone {
            _ if article => "article",
            true => form(label.span, proof),
            false => "",
        };
        next += 1;
        let series = series.entry((part, alone, form)).or_insert(next);
        if alone && *path == [1] {
            *series = next;
        }
        found.push(Number { path, label, part, series: *series });
    }
    found.sort_unstable_by_key(|one| (one.series, one.label.span.start()));
    found
}

/// The marks in front of a label on its line: "##", "**", nothing.
fn form<'a>(label: Span, proof: &'a Proof<'_>) -> &'a str {
    let text = &proof.source.text[..label.start()];
    let line = text.rfind(['\n', '\r']).map_or(0, |at| at + 1);
    text[line..].trim()
}

/// Whether a number at the start of a line goes on with the sentence before ("of this Section" /
/// "9.7 the party shall"), or with a letter ("3.5 (b)").
fn is_wrapped(label: Span, proof: &Proof<'_>) -> bool {
    const OPEN: [&str; 26] = [
        "section",
        "sections",
        "clause",
        "clauses",
        "paragraph",
        "paragraphs",
        "article",
        "articles",
        "subsection",
        "sub-clause",
        "and",
        "or",
        "of",
        "in",
        "to",
        "under",
        "by",
        "with",
        "the",
        "this",
        "through",
        "schedule",
        "exhibit",
        "see",
        "than",
        "is",
    ];
    let text = &proof.source.text;
    let from = label.start().saturating_sub(60);
    let from = (from..=label.start()).find(|&at| text.is_char_boundary(at)).unwrap_or(label.start());
    let front =
        text[from..label.start()].trim_end_matches([' ', '\n', '\r', '\t', '*', '#', '_', '>', '-', '§']);
    let last = front.rsplit([' ', '\n', '(']).next().unwrap_or("").to_ascii_lowercase();
    let behind = text[label.end()..].trim_start_matches(['.', ' ', '*', '_', '\\', ')']);
    let keyword = proof.source.slice(label).starts_with(|c: char| c.is_alphabetic());
    let inner = behind.strip_prefix('(').and_then(|rest| rest.find(')'));
    OPEN.contains(&last.as_str())
        || front.ends_with(',')
        || keyword && front.ends_with(|c: char| c.is_lowercase())
        || inner.is_some_and(|length| length <= 4)
}

fn parent_is_numbered(proof: &Proof<'_>, mut parent: Option<crate::document::ClauseId>) -> bool {
    while let Some(id) = parent {
        let clause = proof.document.clause(id);
        if let Some(label) = proof.document.label(clause) {
            return label.kind != LabelKind::Attachment;
        }
        parent = clause.parent;
    }
    false
}

fn written(path: &[u8]) -> String {
    path.iter().map(u8::to_string).collect::<Vec<_>>().join(".")
}

fn gap(before: &Number<'_>, one: &Number<'_>, seen: &Seen<'_>, proof: &Proof<'_>) -> Option<Slip> {
    let (last, front) = one.path.split_last()?;
    let past = before.path.last()?;
    let text = proof.source.text.get(before.label.span.end()..one.label.span.start())?;
    // What stood in between and lost its label would be a line of its own.
    let nothing_between = !text.trim_matches([' ', '\n', '\r', '*', '#', '_', '\\']).contains('\n');
    let mut others = vec![(before.label.span, "the clause before".to_owned())];
    for number in past + 1..*last {
        let path: Vec<u8> = front.iter().copied().chain([number]).collect();
        let said = written(&path);
        let cited: Vec<Span> = citing(&path, proof).take(CITED).collect();
        if seen.holds(one.part, &path)
            || !cited.is_empty() && !nothing_between
            || stands(&said, text)
            || [". ", " .", " . "].iter().any(|dot| stands(&said.replace('.', dot), text))
            || stands(&padded(one.text(proof), &said), text)
            // "24 Inspection" is what scanning made of 2.4.
            || path.len() > 1 && text.contains(&format!("\n{} ", said.replace('.', "")))
        {
            return None;
        }
        others.extend(cited.into_iter().map(|span| (span, format!("{said} is cited here"))));
    }
    if lost::is_blacked_out(proof, before.label.span.end(), one.label.span.start()) {
        return None;
    }
    // A title between the two, without a number, may have lost it.
    let inside = |clause: &&crate::document::Clause| {
        proof.document.label(clause).is_none()
            && clause.title.is_some()
            && clause.head.start() > before.label.span.start()
            && clause.head.start() < one.label.span.start()
    };
    let shouted = |line: &str| {
        let word = line.trim_start_matches(['*', '#', ' ']);
        let end = word.bytes().take_while(|byte| byte.is_ascii_uppercase() || *byte == b' ').count();
        end > 4 && word[end..].starts_with([':', '.'])
    };
    if front.is_empty() && text.lines().skip(1).any(shouted) {
        return None;
    }
    if front.is_empty() && proof.document.clauses.iter().any(|clause| inside(&clause)) {
        return None;
    }
    // The table of contents names what the text lost.
    let lost = proof.document.blocks.iter().filter(|block| block.kind == BlockKind::Furniture).any(|block| {
        let first = past + 1;
        let said = written(&front.iter().copied().chain([first]).collect::<Vec<_>>());
        proof
            .document
            .text(block)
            .split_whitespace()
            .next()
            .is_some_and(|word| word.trim_end_matches('.') == said)
            || block
                .label
                .as_ref()
                .is_some_and(|label| proof.document.label_text(label).trim_end_matches('.').ends_with(&said))
    });
    if lost {
        return None;
    }
    let first = written(&front.iter().copied().chain([past + 1]).collect::<Vec<_>>());
    Some(Slip {
        span: one.label.span,
        message: format!("the numbers go from {} to {}", before.text(proof), one.text(proof)),
        label: format!("there is no {first}"),
        others,
        help: format!(
            "put {first} back (\"{first} Not used\" will do) or number anew, then check the references"
        ),
        fix: None,
    })
}

/// The references to a number, to what lies below it too.
fn citing<'a>(path: &[u8], proof: &'a Proof<'_>) -> impl Iterator<Item = Span> + use<'a> {
    let (said, parts) = (written(path), path.iter().map(u8::to_string).collect::<Vec<_>>());
    let leads = move |reference: &&Reference| {
        reference.owner != Owner::Other && reference.path.first().is_some_and(|first| *first == said)
            || reference.path.starts_with(&parts)
    };
    proof.references.iter().filter(leads).map(|reference| reference.span)
}

/// A number as its neighbour is written: "9.3" beside "9.04" is "9.03".
fn padded(neighbour: &str, number: &str) -> String {
    let last = |text: &str| text.rsplit('.').next().unwrap_or("").len();
    let width = last(neighbour.trim_end_matches('.'));
    match number.rsplit_once('.') {
        Some((front, last)) => format!("{front}.{last:0>width$}"),
        None => number.to_owned(),
    }
}

/// Whether a number stands in a text by itself.
fn stands(number: &str, text: &str) -> bool {
    text.match_indices(number).any(|(at, _)| {
        let before = text[..at].bytes().next_back();
        let after = text.as_bytes().get(at + number.len()).copied();
        let inner = |byte: Option<u8>| byte.is_some_and(|byte| byte.is_ascii_digit());
        !inner(before) && before != Some(b'.') && !inner(after)
    })
}

fn twice(before: &Number<'_>, one: &Number<'_>, proof: &Proof<'_>) -> Slip {
    Slip {
        span: one.label.span,
        message: format!("two clauses have the number {}", one.text(proof)),
        label: format!("a second {}", one.text(proof)),
        others: vec![(before.label.span, "the first".to_owned())],
        help: "number the clauses anew, then check the references to them".to_owned(),
        fix: None,
    }
}

fn turned(before: &Number<'_>, one: &Number<'_>, proof: &Proof<'_>) -> Slip {
    Slip {
        span: one.label.span,
        message: format!("clause {} stands behind clause {}", one.text(proof), before.text(proof)),
        label: "out of order".to_owned(),
        others: vec![(before.label.span, "stands in front".to_owned())],
        help: "put the clauses in order or number them anew, then check the references to them".to_owned(),
        fix: None,
    }
}
