//! `weak-modal`: a duty of the supplier whose verb does not bind: "the Supplier may deliver a report",
//! "the Supplier shall endeavour to restore the Services".
//!
//! Looks only inside the clauses that hold what the catalogue asks for, and only at acts that serve
//! the customer. What the supplier may do for itself (charge, suspend, subcontract) is a right that
//! was meant, and so is a choice of how, for whom and at whose cost it does something.

use std::ops::Range;
use std::sync::LazyLock;

use super::{Proof, Slip};
use crate::document::{Block, BlockKind};
use crate::facts::Role;
use crate::facts::sought::Sought;

/// A wording that does not bind.
struct Weak {
    /// What the words begin with, in lower case.
    words: &'static str,
    /// What follows them.
    endings: &'static [&'static str],
    /// What to see at them.
    label: &'static str,
    /// Whether it grants a right as often as it weakens a duty, so that the act must tell.
    permits: bool,
}

const INTENTION: &str = "says what is meant to happen, not that it is owed";
const ATTEMPT: &str = "promises to try, not to do it";

const WEAK: [Weak; 5] = [
    Weak { words: " may", endings: &[" "], label: "leaves the choice to the supplier", permits: true },
    Weak { words: " should", endings: &[" "], label: "recommends, and obliges nobody", permits: false },
    Weak { words: " endeavour", endings: &[" to ", "s to "], label: ATTEMPT, permits: false },
    Weak { words: " endeavor", endings: &[" to ", "s to "], label: ATTEMPT, permits: false },
    Weak { words: " intend", endings: &[" to ", "s to "], label: INTENTION, permits: false },
];

/// What stands in front of such words and belongs to them: "shall reasonably endeavour".
const FRONT: [&str; 7] = ["shall", "will", "must", "should", "reasonably", "diligently", "always"];

/// What may stand between them and the act.
const ADVERBS: [&str; 12] = [
    "also",
    "always",
    "continuously",
    "fully",
    "generally",
    "immediately",
    "normally",
    "periodically",
    "promptly",
    "regularly",
    "then",
    "usually",
];

/// What a supplier does for its customer. Sorted.
#[rustfmt::skip]
const ACTS: [&str; 62] = [
    "achieve", "address", "advise", "answer", "assist", "back", "carry", "certify", "complete",
    "comply", "conduct", "consult", "cooperate", "correct", "credit", "cure", "deliver", "destroy",
    "document", "encrypt", "ensure", "erase", "escalate", "fix", "follow", "furnish", "give", "hand",
    "help", "host", "implement", "inform", "install", "investigate", "keep", "maintain", "make",
    "measure", "meet", "migrate", "notify", "obtain", "patch", "perform", "prepare", "prevent",
    "protect", "provide", "remedy", "repair", "replace", "report", "resolve", "respond", "restore",
    "return", "secure", "submit", "supply", "support", "tell", "test",
];

/// Acts that serve nobody but the customer, whatever their object. Sorted.
#[rustfmt::skip]
const SERVING: [&str; 17] = [
    "achieve", "answer", "assist", "back", "cooperate", "encrypt", "ensure", "hand", "help", "inform",
    "notify", "prevent", "protect", "remedy", "resolve", "restore", "secure",
];

/// Acts that serve the customer when their object is one of [`AWAITED`]. Sorted.
const GIVING: [&str; 6] = ["deliver", "furnish", "give", "keep", "provide", "supply"];

/// What a customer waits for.
#[rustfmt::skip]
const AWAITED: [&str; 18] = [
    "assistance", "back-up", "backup", "certificate", "continuity", "cooperation", "copies", "copy",
    "correction", "credit", "customer data", "documentation", "handover", "help", "plan", "recovery",
    "report", "support",
];
/// How far from its verb, in bytes, such an object stands.
const NEAR: usize = 40;

/// What makes a choice of an act that reads like a duty: how, for whom, at whose cost, in which case.
#[rustfmt::skip]
const CHOICES: [&str; 32] = [
    "through", "subcontract", "affiliate", "third part", "time to time", "only ", "cost", "expense",
    " fee", "charge", "rates", "in lieu", "instead", "consent", "approval", "either", "combination",
    "terminat", "suspend", "increase", "its right", "option", "discretion", "elect", "deem", " or not",
    "requirement", "by means of", "by email", "by e-mail", "electronic", "post",
];

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    if !proof.facts.parties.roles_known || proof.catalogue.is_empty() {
        return Vec::new();
    }
    let mut names = proof.facts.parties.names(Role::Supplier);
    names.sort_by_key(|name| std::cmp::Reverse(name.len()));
    let mut slips = Vec::new();
    let mut next = 0;
    for &clause in &proof.catalogue {
        // The clauses are in preorder: one inside another comes behind it.
        let blocks = &proof.document.clause(clause).blocks;
        for at in blocks.start.max(next)..blocks.end {
            let block = &proof.document.blocks[at as usize];
            if matches!(block.kind, BlockKind::Paragraph | BlockKind::Item | BlockKind::TableRow) {
                in_block(block, &names, proof, &mut slips);
            }
        }
        next = next.max(blocks.end);
    }
    slips.sort_by_key(|slip| slip.span.start());
    slips
}

fn in_block(block: &Block, names: &[String], proof: &Proof<'_>, slips: &mut Vec<Slip>) {
    static WORDS: LazyLock<Sought> = LazyLock::new(|| Sought::first(WEAK.map(|weak| weak.words)));
    let text = proof.document.text(block);
    for (place, weak) in WORDS.places(text) {
        let weak = &WEAK[weak];
        let ending = weak.endings.iter().find(|ending| text[place.end..].starts_with(**ending));
        let Some(modal) = ending.map(|ending| place.start + 1..place.end + ending.len()) else { continue };
        let Some(subject) = subject(&text[..place.start], names) else { continue };
        if let Some(act) = act(text, modal.end, weak.permits) {
            slips.push(slip(block, subject..act, weak, proof));
        }
    }
}

/// Where the supplier stands who is the subject of the verb behind a text, if it opens a main clause.
fn subject(front: &str, names: &[String]) -> Option<usize> {
    /// No subject stands farther in front.
    const FAR: usize = 200;
    let near = (front.len().saturating_sub(FAR)..=front.len()).find(|&at| front.is_char_boundary(at))?;
    let lower = front[near..].to_ascii_lowercase();
    let mut before = lower.as_str();
    while let Some(rest) = FRONT.iter().find_map(|word| before.strip_suffix(word)?.strip_suffix(' ')) {
        before = rest;
    }
    let apart = |rest: &&str| !rest.ends_with(|c: char| c.is_alphanumeric() || c == '-');
    let before = names.iter().find_map(|name| before.strip_suffix(name.as_str()).filter(apart))?;
    let before = before.strip_suffix("the ").filter(apart).unwrap_or(before);
    let start = near + before.len();
    // "such assistance as the Supplier may give", "if the Supplier should fail".
    let led = before.trim_end();
    let joined = led.strip_suffix(" and").or_else(|| led.strip_suffix(" then"));
    match joined {
        Some(led) => (!is_subordinate(led)).then_some(start),
        None if near > 0 && led.is_empty() => None,
        None => (led.is_empty() || led.ends_with([',', ';', ':', '.', ')'])).then_some(start),
    }
}

/// Whether the last words of a text are a condition or a description, which go on behind an "and".
fn is_subordinate(text: &str) -> bool {
    const OPENS: [&str; 10] =
        ["if", "where", "when", "that", "which", "whether", "unless", "until", "as", "should"];
    let from = text.rfind([',', ';', ':', '.']).map_or(0, |at| at + 1);
    text[from..].split_ascii_whitespace().any(|word| OPENS.contains(&word))
}

/// Where the verb ends that a text goes on with at a place, if it is an act that the customer is owed.
fn act(text: &str, at: usize, permits: bool) -> Option<usize> {
    let mut from = at;
    let verb = loop {
        let rest = &text[from..];
        let word = &rest[..rest.find(|c: char| !c.is_ascii_alphabetic() && c != '-')?];
        if !ADVERBS.contains(&word) {
            break word;
        }
        from += word.len() + 1;
        if !text[from - 1..].starts_with(' ') {
            return None;
        }
    };
    let end = from + verb.len();
    ACTS.binary_search(&verb).ok()?;
    let rest = &text[end..];
    let sentence = rest.find(". ").or_else(|| rest.find(';')).unwrap_or(rest.len());
    let rest = rest[..sentence].to_ascii_lowercase();
    if permits {
        let awaited = AWAITED.iter().filter_map(|word| rest.find(word)).any(|at| at < NEAR);
        let owed = SERVING.binary_search(&verb).is_ok() || awaited && GIVING.binary_search(&verb).is_ok();
        if !owed || CHOICES.iter().any(|word| rest.contains(word)) {
            return None;
        }
    }
    Some(end)
}

fn slip(block: &Block, words: Range<usize>, weak: &Weak, proof: &Proof<'_>) -> Slip {
    let text = proof.document.text(block);
    let at = |byte: usize| block.text.start + u32::try_from(byte).unwrap_or(0);
    let said = text[words.clone()].split_whitespace().collect::<Vec<_>>().join(" ");
    let act = said.rsplit(' ').next().unwrap_or("");
    Slip {
        span: proof.document.source(at(words.start)..at(words.end)),
        help: format!(
            "write \"shall {act}\" if it is owed; if it is a choice, say what the choice depends on"
        ),
        message: format!("the wording does not bind the supplier: \"{said}\""),
        label: weak.label.to_owned(),
        others: Vec::new(),
        fix: None,
    }
}
