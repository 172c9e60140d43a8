//! `unused-definition`: a term that is defined and never used.
//!
//! A term counts as used in any case, number or derived form, in furniture and in names of other
//! terms too: only what is nowhere again is a slip.

use super::{Proof, Slip};
use crate::facts::definitions::{Definition, Form, Term};

/// The fewest letters of a term that is looked for without regard to word borders.
const LONG: usize = 7;
/// With more unused terms than this the list serves other papers too.
const SHARED: usize = 20;
/// So too with more than this and than a quarter of all.
const MANY: usize = 6;
/// With more terms than this that have no plain use nothing is looked for.
const CANDIDATES: usize = 300;
/// A text of fewer words may name its parties for form's sake.
const BRIEF: usize = 400;

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let definitions = &proof.definitions;
    if proof.amends() {
        return Vec::new();
    }
    let brief = proof.reading.tokens.len() < BRIEF;
    let unused = |term: &&Term| {
        let named =
            || brief && proof.facts.parties.parties.iter().any(|party| party.names.contains(&term.name));
        !term.lower && term.uses.is_empty() && !is_everyday(&term.name) && !named()
    };
    let candidates: Vec<&Term> = definitions.terms.iter().filter(unused).collect();
    if candidates.is_empty() || candidates.len() > CANDIDATES {
        return Vec::new();
    }
    let squeezed = squeezed(&proof.document.prose.text);
    let (mut slips, mut last) = (Vec::new(), None);
    for term in candidates {
        let Some(first) =
            definitions.of(term).find(|one| !one.refers).or_else(|| definitions.of(term).next())
        else {
            continue;
        };
        // The names of one group stand side by side.
        let all = &definitions.definitions;
        let from = all.partition_point(|other| other.text.start < first.text.start);
        let before = all[..from].iter().rev().take_while(|other| is_beside(other, first));
        let behind = all[from..].iter().take_while(|other| is_beside(other, first));
        let named_else = before.chain(behind).any(|other| {
            other.term != first.term
                && definitions.terms.get(other.term).is_some_and(|other| !other.uses.is_empty())
        });
        if !named_else && last != Some(first.group) && !is_elsewhere(term, proof, &squeezed) {
            last = Some(first.group);
            slips.push(slip(first));
        }
    }
    // A list of terms that several papers share.
    let known = definitions.terms.iter().filter(|term| !term.lower).count();
    if slips.len() > SHARED || slips.len() > MANY && slips.len() * 4 > known {
        return Vec::new();
    }
    slips.sort_by_key(|slip| slip.span);
    slips
}

/// Whether two definitions are names for one thing, or forms of one word ("Sale", "Sells", "Sold").
fn is_beside(one: &Definition, other: &Definition) -> bool {
    let word = |one: &Definition| !one.written.contains(' ');
    let forms = one.form == Form::Means && one.meaning == other.meaning && word(one) && word(other);
    one.group == other.group || forms
}

/// Terms that are defined for form's sake.
fn is_everyday(name: &str) -> bool {
    let lower = name.to_lowercase();
    matches!(
        lower.as_str(),
        "party" | "parties" | "agreement" | "we" | "us" | "you" | "our" | "your" | "contract"
    ) || lower.ends_with("agreement")
}

/// Whether the words stand somewhere that is not a definition of theirs, in any spelling.
fn is_elsewhere(term: &Term, proof: &Proof<'_>, squeezed: &str) -> bool {
    // "Loss or Losses" and "Net/Party B's Site" in one pair of quotes is used as either.
    let name = term.name.rsplit(" or ").next().unwrap_or(&term.name);
    let name = name.split('/').next().unwrap_or(name);
    let key = self::squeezed(name);
    let own = term.definitions.len();
    if key.len() >= LONG {
        let stem = key.trim_end_matches('s').trim_end_matches('e').trim_end_matches('y');
        return memchr::memmem::find_iter(squeezed.as_bytes(), stem.as_bytes()).nth(own).is_some();
    }
    let stem = name.trim_end_matches('s').trim_end_matches('e').trim_end_matches('y');
    let text = &proof.document.prose.text;
    let starts = |at: &usize| !text[..*at].ends_with(char::is_alphanumeric);
    memchr::memmem::find_iter(text.as_bytes(), stem.as_bytes()).filter(starts).nth(own).is_some()
}

/// The letters and figures of a text, in lower case.
fn squeezed(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii() {
            // Most are, and their case is cheap to change.
            if c.is_ascii_alphanumeric() {
                squeezed.push(c.to_ascii_lowercase());
            }
        } else if c.is_alphanumeric() {
            squeezed.extend(c.to_lowercase());
        }
    }
    squeezed
}

fn slip(definition: &Definition) -> Slip {
    let name = &definition.written;
    Slip {
        span: definition.span,
        message: format!("the term \"{name}\" is defined and never used"),
        label: "no clause uses it".to_owned(),
        others: Vec::new(),
        help: format!("take the definition out, or write \"{name}\" where it is meant"),
    }
}
