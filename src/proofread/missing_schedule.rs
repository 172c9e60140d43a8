//! `missing-schedule`: a schedule that the contract says is attached, and that is not there or has
//! no text.
//!
//! Says nothing where no schedule at all is in the file (they may be in other files), where the text
//! says that schedules were left out, or where one of that letter or number stands under another name.

mod sets;
mod there;

use std::collections::{HashMap, HashSet};

use super::{Proof, Slip};
use crate::document::{Block, BlockKind, Clause, LabelKind};
use crate::facts::references::{Kind, Owner, Reference};
use crate::source::Span;

use sets::Sets;
use there::{are_left_out, is_entry, last_word, named, present};

/// The least text of a schedule that shows that schedules are in this file, in bytes.
const HOLDS: usize = 60;
const KEYWORDS: [&str; 6] = ["schedule", "exhibit", "annex", "appendix", "attachment", "addendum"];

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let in_file = has_one(proof);
    let mut slips = absent(proof, in_file);
    if in_file {
        slips.extend(empty(proof));
    }
    slips.sort_by_key(|slip| slip.span.start());
    slips
}

/// Schedules that are promised and not there; a promise counts only where schedules are in the file.
fn absent(proof: &Proof<'_>, in_file: bool) -> Vec<Slip> {
    let row = Row::find(proof);
    let own: Vec<&Reference> = proof.references.iter().filter(|reference| is_own(reference, proof)).collect();
    let sets = Sets::find(proof, &own);
    let missed: Vec<(&Reference, Missed)> = own
        .iter()
        .copied()
        .filter_map(|reference| {
            let beside = row.beside(reference);
            let missed = if in_file && promises(reference, proof) {
                Missed::Promised
            } else if !beside.is_empty() {
                Missed::Between(beside)
            } else if is_listed(reference, proof) {
                return None;
            } else if sets.lack_only(reference, in_file) {
                Missed::OneOfASet
            } else if in_file && sets.end_before(reference) {
                Missed::BehindTheLast
            } else {
                return None;
            };
            Some((reference, missed))
        })
        .collect();
    if missed.is_empty() || are_left_out(proof) {
        return Vec::new();
    }
    let present = present(proof);
    let mut told = HashSet::new();
    let slips: Vec<Slip> = missed
        .into_iter()
        .filter_map(|(reference, missed)| {
            let label = reference.path.first()?.clone();
            (!present.contains(&label) && told.insert(label)).then(|| slip(reference, &missed))
        })
        .collect();
    // Where most are not there, they were left out of what was published.
    if slips.len() > present.len() { Vec::new() } else { slips }
}

/// Schedules that are a heading and no more: the next thing is another schedule, or the end.
fn empty(proof: &Proof<'_>) -> Vec<Slip> {
    const EXPLAINED: [&str; 7] = ["reserved", "omitted", "blank", "not used", "deleted", "to be", "form"];
    let document = proof.document;
    let attached = |clause: &Clause| {
        let label = document.label(clause).filter(|label| label.kind == LabelKind::Attachment)?;
        let text = document.label_text(label);
        let part = text.to_ascii_lowercase().starts_with("part");
        (!part && !text.contains('.')).then(|| last_word(text))?
    };
    let mut found = Vec::new();
    for (at, clause) in document.clauses.iter().enumerate().skip(1) {
        let Some(label) = attached(clause) else { continue };
        let Some(block) = document.blocks.get(clause.blocks.start as usize) else { continue };
        let next = document.blocks.get(clause.blocks.end as usize);
        let opens =
            |next: &Block| next.label.as_ref().is_some_and(|label| label.kind == LabelKind::Attachment);
        let bare = document.text(block).len() <= 60 && !document.text(block).contains(['[', '*', '●']);
        let alone =
            bare && clause.blocks.len() == 1 && block.kind == BlockKind::Heading && next.is_some_and(opens);
        let again = || {
            let mut others = document.clauses.iter().enumerate();
            others.any(|(other, clause)| other != at && attached(clause).is_some_and(|other| other == label))
        };
        let title = document.text(block).to_ascii_lowercase();
        if alone && !EXPLAINED.iter().any(|word| title.contains(word)) && !again() {
            let name = document.label(clause).map_or("", |label| document.label_text(label));
            found.push(Slip {
                span: clause.head,
                message: format!("{name} has a heading and no text"),
                label: "nothing follows".to_owned(),
                others: Vec::new(),
                help: format!("write {name}, attach it, or take it out with the references to it"),
                fix: None,
            });
        }
    }
    // A list of schedules is not the schedules.
    if found.len() > 2 { Vec::new() } else { found }
}

/// Why a schedule that is not there should be.
enum Missed {
    /// The text says that it is attached.
    Promised,
    /// Those in front of it and behind it have headings.
    Between(Vec<Span>),
    /// All others of its set are there.
    OneOfASet,
    /// The set is there, and ends in front of it.
    BehindTheLast,
}

/// The schedules of the contract that have a heading, by keyword and place in the row of letters or
/// numbers.
struct Row(HashMap<(String, u32), Span>);

impl Row {
    fn find(proof: &Proof<'_>) -> Self {
        let headed = proof.document.clauses.iter().skip(1).filter_map(|clause| {
            let label = proof.document.label(clause).filter(|label| label.kind == LabelKind::Attachment)?;
            let label = Some(label).filter(|_| !is_entry(clause.blocks.start as usize, proof))?;
            let (keyword, place) = proof.document.label_text(label).trim().split_once(' ')?;
            Some(((keyword.to_ascii_lowercase(), rank(place)?), clause.head))
        });
        let mut row: HashMap<(String, u32), Span> = headed.collect();
        // "SCHEDULE A - The Products": its heading was run into its text.
        for (at, block) in proof.document.blocks.iter().enumerate() {
            let text = proof.document.text(block);
            let shouts =
                text.as_bytes().get(..2).is_some_and(|front| front.iter().all(u8::is_ascii_uppercase));
            let heads = shouts && !is_entry(at, proof);
            let Some(label) = heads.then(|| named(text)).flatten() else { continue };
            let keyword = KEYWORDS.iter().find(|keyword| {
                text.get(..keyword.len()).is_some_and(|front| front.eq_ignore_ascii_case(keyword))
            });
            if let (Some(keyword), Some(rank)) = (keyword, rank(&label)) {
                let end = text.find(' ').unwrap_or(0) + 1 + label.len();
                let place = block.text.start..block.text.start + u32::try_from(end).unwrap_or(0);
                row.entry(((*keyword).to_owned(), rank)).or_insert_with(|| proof.document.source(place));
            }
        }
        Self(row)
    }

    /// The headings on both sides of a schedule that is referred to and has none: A and C beside B.
    fn beside(&self, reference: &Reference) -> Vec<Span> {
        let Kind::Attachment(keyword) = reference.kind else { return Vec::new() };
        let Some(rank) = reference.path.first().and_then(|label| rank(label)) else { return Vec::new() };
        let at = |rank: u32| self.0.get(&(keyword.to_owned(), rank)).copied();
        match (rank.checked_sub(1).and_then(at), at(rank), at(rank + 1)) {
            (Some(before), None, Some(behind)) => vec![before, behind],
            _ => Vec::new(),
        }
    }
}

/// The place of a single letter or of a number in its row.
fn rank(label: &str) -> Option<u32> {
    match label.trim_matches(['"', '\'', '.', ':', '-', ' ']).as_bytes() {
        [letter] if letter.is_ascii_alphabetic() => Some(u32::from(letter.to_ascii_lowercase())),
        figures => std::str::from_utf8(figures).ok()?.parse().ok().filter(|&number: &u32| number < 60),
    }
}

fn slip(reference: &Reference, missed: &Missed) -> Slip {
    let name = reference.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (message, label) = match missed {
        Missed::Promised => (format!("{name} is said to be attached and is not there"), "promised here"),
        Missed::Between(_) | Missed::OneOfASet => {
            (format!("{name} is referred to and is not there, though its neighbours are"), "missed here")
        }
        Missed::BehindTheLast => {
            (format!("{name} is referred to and is not there: the last one is before it"), "missed here")
        }
    };
    let others = match missed {
        Missed::Between(beside) => {
            let said = ["the one before it", "the one behind it"].map(str::to_owned);
            beside.iter().copied().zip(said).collect()
        }
        _ => Vec::new(),
    };
    Slip {
        span: reference.span,
        message,
        label: label.to_owned(),
        others,
        help: format!("attach {name}, or take the words out that refer to it"),
        fix: None,
    }
}

/// Whether a reference is to a schedule of this contract, in the contract itself.
fn is_own(reference: &Reference, proof: &Proof<'_>) -> bool {
    if !matches!(reference.kind, Kind::Attachment(_))
        || reference.owner == Owner::Other
        || reference.path.len() != 1
    {
        return false;
    }
    // A form that is itself attached speaks of its own schedules.
    let block = proof.document.block(reference.block);
    let mut above = Some(block.clause);
    while let Some(id) = above {
        let clause = proof.document.clause(id);
        if proof.document.label(clause).is_some_and(|label| label.kind == LabelKind::Attachment) {
            return false;
        }
        above = clause.parent;
    }
    block.kind != BlockKind::Heading
}

/// Whether it is an entry of a list of schedules: "Appendix C - Contacts".
fn is_listed(reference: &Reference, proof: &Proof<'_>) -> bool {
    let behind = proof.source.text.get(reference.span.end()..).unwrap_or("");
    behind.trim_start_matches([' ', '*', '_', '\\']).starts_with(['-', '–', '—', ':', '|'])
        || behind.trim_start().starts_with('\\')
}

/// Whether a reference says that a schedule of this contract is attached to it.
fn promises(reference: &Reference, proof: &Proof<'_>) -> bool {
    const ATTACHED: [&str; 6] =
        ["attached", "annexed", "hereto as", "enclosed", "forms part of this", "form part of this"];
    let block = proof.document.block(reference.block);
    let text = proof.document.text(block);
    let Some(at) = text.find(&reference.text) else { return false };
    let from = text[..at].rfind(['.', ';']).map_or(0, |dot| dot + 1);
    let to = text[at..].find(['.', ';']).map_or(text.len(), |dot| at + dot);
    let near = |from: usize, to: usize| {
        let from = (from..=to).find(|&at| text.is_char_boundary(at)).unwrap_or(to);
        let to = (to..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
        text[from..to].to_ascii_lowercase()
    };
    let before = near(from.max(at.saturating_sub(40)), at);
    let behind = near(
        at + reference.text.len(),
        to.min(at + reference.text.len() + 40).max(at + reference.text.len()),
    );
    let said = ATTACHED.iter().any(|word| before.contains(word) || behind.contains(word));
    // What is attached to another paper is that paper's.
    let other = [" to the ", "to such", "to that", "to each", "to its", "to any"]
        .iter()
        .any(|word| behind.contains(word));
    said && !other
}

/// Whether at least one schedule with text is in the file, behind the contract itself.
fn has_one(proof: &Proof<'_>) -> bool {
    let document = proof.document;
    let start = document.blocks.len() / 4;
    document.clauses.iter().skip(1).any(|clause| {
        let attached = document.label(clause).is_some_and(|label| {
            let text = document.label_text(label);
            label.kind == LabelKind::Attachment
                && !text.contains('.')
                && !text.to_ascii_lowercase().starts_with("part")
        });
        if !attached || clause.blocks.start as usize <= start {
            return false;
        }
        let blocks =
            document.blocks.get(clause.blocks.start as usize..clause.blocks.end as usize).unwrap_or_default();
        blocks.iter().map(|block| document.text(block).len()).sum::<usize>() > HOLDS
    })
}
