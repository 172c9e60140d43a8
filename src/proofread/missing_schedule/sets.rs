//! The schedules of a file as sets of one name: Schedule 1 to 4, Exhibit A to E. One that lacks where all others are
//! there, or that lies behind the last, was lost or has a wrong letter.

use std::collections::{BTreeSet, HashMap};

use super::there::{is_entry, last_word};
use crate::document::LabelKind;
use crate::facts::references::{Kind, Reference};
use crate::proofread::Proof;
use crate::proofread::labels::figure;

/// No set has so many: what is greater is another number.
const MOST: u32 = 50;
/// How far behind the last one a wrong letter may lie.
const FAR: u32 = 5;

/// The sets by the word that names them.
pub(super) struct Sets(HashMap<&'static str, Set>);

/// The places of the schedules of one name.
#[derive(Default)]
struct Set {
    /// "Schedule I" is the first where there is a Schedule II.
    roman: bool,
    there: BTreeSet<u32>,
    /// Those that are referred to.
    named: BTreeSet<u32>,
}

impl Sets {
    pub(super) fn find(proof: &Proof<'_>, own: &[&Reference]) -> Self {
        let mut sets: HashMap<&'static str, Set> = HashMap::new();
        for reference in own {
            if let Kind::Attachment(keyword) = reference.kind {
                sets.entry(keyword).or_default();
            }
        }
        let heads = heads(proof);
        for (keyword, label) in &heads {
            if let Some(set) = sets.get_mut(keyword.as_str()) {
                set.roman |= matches!(label.as_str(), "ii" | "iii" | "iv" | "vi");
            }
        }
        for (keyword, label) in &heads {
            if let Some(set) = sets.get_mut(keyword.as_str()) {
                set.there.extend(set.place(label));
            }
        }
        for reference in own {
            if let (Kind::Attachment(keyword), Some(label)) = (reference.kind, reference.path.first())
                && let Some(set) = sets.get_mut(keyword)
            {
                set.named.extend(set.place(label));
            }
        }
        Self(sets)
    }

    /// The set of a reference and its place in it.
    fn of(&self, reference: &Reference) -> Option<(&Set, u32)> {
        let Kind::Attachment(keyword) = reference.kind else { return None };
        let set = self.0.get(keyword)?;
        Some((set, set.place(reference.path.first()?)?))
    }

    /// Whether a schedule is the only one that lacks of a set, in which it stands between others or next to them. A
    /// single other one must have text.
    pub(super) fn lack_only(&self, reference: &Reference, in_file: bool) -> bool {
        let Some((Set { there, .. }, wanted)) = self.of(reference) else { return false };
        let last = there.last().copied().unwrap_or(0).max(wanted);
        let missing = (1..=last).filter(|place| !there.contains(place)).count();
        there.len() > usize::from(!in_file) && !there.contains(&wanted) && missing == 1
    }

    /// Whether a set is there from the first on, and a schedule a few places behind its last is the only one that is
    /// referred to and lacks: its letter is wrong, or it was taken out.
    pub(super) fn end_before(&self, reference: &Reference) -> bool {
        let Some((Set { there, named, .. }, wanted)) = self.of(reference) else { return false };
        let last = there.last().copied().unwrap_or(0);
        let whole = last > 1 && (1..=last).all(|place| there.contains(&place));
        whole
            && (last + 1..=last + FAR).contains(&wanted)
            && named.range(last + 1..).all(|&place| place == wanted)
    }
}

impl Set {
    /// The place of a label: 2 for "2" and "B", and for "II" in a set of Roman numbers.
    fn place(&self, label: &str) -> Option<u32> {
        let place = match label.as_bytes() {
            _ if self.roman => figure(label)?,
            [letter] if letter.is_ascii_alphabetic() => u32::from(letter.to_ascii_lowercase() - b'a') + 1,
            _ => label.parse().ok()?,
        };
        (1..MOST).contains(&place).then_some(place)
    }
}

/// The schedules with a heading as they are called: "schedule" and "1".
fn heads(proof: &Proof<'_>) -> Vec<(String, String)> {
    let clauses = proof.document.clauses.iter();
    let heads = clauses.filter(|clause| !is_entry(clause.blocks.start as usize, proof));
    let labels = heads.filter_map(|clause| proof.document.label(clause));
    let attached = labels.filter(|label| label.kind == LabelKind::Attachment);
    let called = attached.filter_map(|label| {
        let lower = proof.document.label_text(label).to_ascii_lowercase();
        let (keyword, _) = lower.split_once([' ', '\u{a0}'])?;
        Some((keyword.to_owned(), last_word(&lower)?))
    });
    called.collect()
}
