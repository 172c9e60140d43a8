//! `conflict`: two sentences of one contract that cannot both be followed.
//!
//! Two governing laws, two limits of one party's liability, two notice periods for the same act,
//! an order of precedence that runs in a circle. Sentences that hold under a condition or for a
//! part of the subject only are left alone: they may stand beside one another.

mod caps;
mod laws;
pub(super) mod notices;
mod precedence;

use super::sentences::with as sentences;
use super::{Proof, Slip};

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let mut slips = laws::find(proof);
    slips.extend(caps::find(proof));
    slips.extend(notices::find(proof));
    slips.extend(precedence::find(proof));
    slips.sort_by_key(|slip| slip.span.start());
    slips
}

/// Words that make a sentence hold for some cases only.
const CONDITIONS: [&str; 21] = [
    "if ",
    "in the event",
    "in case",
    "where ",
    "with respect to",
    "in respect of",
    "for purposes of",
    "except",
    "to the extent",
    "unless",
    "other than",
    "as to ",
    "in relation to",
    "solely",
    "only ",
    "provided ",
    "when ",
    "as regards",
    "notwithstanding",
    "subject to",
    "instead",
];

/// Whether a sentence, in lower case, holds without a condition.
fn is_plain(lower: &str) -> bool {
    !CONDITIONS.iter().any(|words| lower.contains(words))
}
