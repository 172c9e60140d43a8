//! Slips of one file that another file of the same contract settles: a term that the schedule uses, a
//! schedule that lies in a file of its own.
//!
//! Each check looks at one file; only here do the files of a contract meet. A slip that two files make
//! together, such as two laws, is not looked for.

use super::{Proof, Slip};
use crate::document::LabelKind;
use crate::source::Span;

/// Whether another file of the contract settles a slip of a check. `is_master`: whether the file of
/// the slip is the contract's first.
pub(super) fn settle(
    check: &str,
    slip: &Slip,
    proof: &Proof<'_>,
    others: &[&Proof<'_>],
    is_master: bool,
) -> bool {
    let words = || squeezed(proof.source.slice(slip.span));
    match check {
        "unused-definition" => others.iter().any(|other| contains(&other.document.prose.text, &words())),
        "undefined-term" => others.iter().any(|other| defines(other, &words())),
        "broken-reference" => others.iter().any(|other| leads(proof, slip.span, other)),
        "missing-schedule" => {
            others.iter().any(|other| is_called(other, &words())) || is_linked(proof, slip.span)
        }
        // Only the contract as a whole is signed.
        "missing-signature-block" => !is_master,
        _ => false,
    }
}

/// Words without marks and quotes, in lower case, one blank between them.
fn squeezed(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    plain.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn contains(text: &str, words: &str) -> bool {
    !words.is_empty() && format!(" {} ", squeezed(text)).contains(&format!(" {words}"))
}

/// Whether a file defines a term, in the singular or the plural.
fn defines(other: &Proof<'_>, words: &str) -> bool {
    let bare = |word: &str| word.trim_end_matches('s').to_owned();
    other.definitions.terms.iter().any(|term| !term.lower && bare(&squeezed(&term.name)) == bare(words))
}

/// Whether a reference of one file leads to a clause of another: schedules cite the agreement.
fn leads(proof: &Proof<'_>, span: Span, other: &Proof<'_>) -> bool {
    let of_slip = proof.references.iter().filter(|reference| reference.span == span);
    of_slip.into_iter().any(|reference| other.labels.get(&reference.path).is_some())
}

/// Whether a file is, or has, the schedule of a name: "Schedule 2" over its first clause, in its title
/// or in the name of the file.
fn is_called(other: &Proof<'_>, words: &str) -> bool {
    let title = other.document.title.map(|title| other.document.block(title));
    let text = title.map(|block| {
        let label = block.label.as_ref().map_or("", |label| other.document.label_text(label));
        squeezed(&format!("{label} {}", other.document.text(block)))
    });
    let begins = |text: &str| text == words || text.starts_with(&format!("{words} "));
    let labels = other.document.clauses.iter().filter_map(|clause| other.document.label(clause));
    let mut attached = labels.filter(|label| label.kind == LabelKind::Attachment);
    let file = other.source.path.rsplit(['/', '\\']).next().unwrap_or_default();
    text.is_some_and(|text| begins(&text))
        || attached.any(|label| squeezed(other.document.label_text(label)) == words)
        || begins(&squeezed(file.rsplit_once('.').map_or(file, |(stem, _)| stem)))
}

/// Whether words are the text of a link to a file.
fn is_linked(proof: &Proof<'_>, span: Span) -> bool {
    proof.document.links.iter().any(|link| !link.target.starts_with('#') && link.span.contains(span))
}
