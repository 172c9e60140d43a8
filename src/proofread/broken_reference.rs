//! `broken-reference`: a reference to a clause of this contract that is not there.
//!
//! Says nothing where it cannot know: references into other instruments, contracts whose numbers
//! were lost on the way to Markdown, letters that stand inside a paragraph. Links that lead nowhere are
//! told too, by `links`.

use super::labels::cited;
use super::{Proof, Slip, links, lost};
use crate::facts::references::{Kind, Owner, Reference};
use crate::source::Span;
use crate::token::spelled::is_number_word;

/// The least share of a contract's references that must lead somewhere, in percent: else its
/// numbers are not read well enough to call one wrong.
const READ: usize = 85;
/// So few may be wrong whatever the share: a short contract has few references.
const FEW: usize = 2;
/// The fewest numbered clauses for the check to say anything.
const NUMBERED: usize = 3;
/// How far behind the last clause a number may be; what is farther is a statute's, which has sections and
/// articles, and hardly ever clauses.
const BEYOND: u32 = 12;

/// Of so many references that lead nowhere it is worked out whether the clause may have been lost:
/// each costs a look at the whole contract.
pub(super) const MOST: usize = 500;

pub(super) fn find(proof: &Proof<'_>) -> Vec<Slip> {
    let mut slips = numbers(proof);
    // One slip is enough where the words of a link are wrong too.
    let told: Vec<Span> = slips.iter().map(|slip| slip.span).collect();
    let links = links::find(proof);
    slips.extend(links.into_iter().filter(|link| !told.iter().any(|&span| link.span.contains(span))));
    slips.sort_by_key(|slip| slip.span);
    slips
}

/// References whose numbers no clause has.
fn numbers(proof: &Proof<'_>) -> Vec<Slip> {
    if proof.labels.tops() < NUMBERED {
        return Vec::new();
    }
    let amends = proof.amends();
    let own = proof.references.iter().filter(|reference| {
        reference.kind == Kind::Clause && is_own(reference.owner, amends) && is_plausible(reference, proof)
    });
    let (there, broken): (Vec<&Reference>, Vec<&Reference>) = own.partition(|one| leads(one, proof));
    // Where the letters of a contract were lost its numbers may have been read well.
    let [all, figures] =
        [&|_: &&Reference| true, &only_figures as &dyn Fn(&&Reference) -> bool].map(|kind| {
            is_read_well(
                there.iter().filter(|one| kind(one)).count(),
                broken.iter().filter(|one| kind(one)).count(),
            )
        });
    let certain = |one: &&Reference| {
        (all || figures && only_figures(one))
            && proof.labels.is_behind_the_last(&one.path)
            && !is_written(one, proof)
            && !may_be_lost(one, proof)
    };
    let more = broken.len() > MOST;
    let certain = broken.into_iter().take(MOST).filter(certain);
    let mut slips: Vec<Slip> = certain.map(|reference| slip(reference, proof)).collect();
    if let Some(last) = slips.last_mut().filter(|_| more) {
        last.help.push_str(&format!("; of the references that lead nowhere the first {MOST} were looked at"));
    }
    slips
}

/// Whether so many references that lead somewhere and nowhere show that the contract's numbers were read.
pub(super) fn is_read_well(there: usize, broken: usize) -> bool {
    broken <= FEW || there * 100 / (there + broken) >= READ
}

/// Whether a reference has no letter: "12.3".
fn only_figures(reference: &&Reference) -> bool {
    reference.path.iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a reference leads into this contract; an amendment speaks mostly of what it amends.
fn is_own(owner: Owner, amends: bool) -> bool {
    owner == Owner::This || owner == Owner::Unsaid && !amends
}

/// Whether a number may be one of this contract's.
fn is_plausible(reference: &Reference, proof: &Proof<'_>) -> bool {
    let Some(first) = reference.path.first() else { return false };
    match first.parse::<u32>() {
        Ok(number) => number > 0 && (number <= proof.labels.last_top() + BEYOND || is_of_clauses(reference)),
        // "Section (b)" hangs on the clause that it stands in.
        Err(_) => first.len() > 1 && !reference.text.contains('('),
    }
}

/// Whether a reference speaks of a clause by this name, and not by a number as rules of the government have
/// ("clause 52.216-18").
fn is_of_clauses(reference: &Reference) -> bool {
    reference.text.get(..6).is_some_and(|front| front.eq_ignore_ascii_case("clause"))
        && reference.path.iter().all(|part| part.len() < 3)
}

/// Whether a reference leads to a clause, or to letters that stand inside one's text.
fn leads(reference: &Reference, proof: &Proof<'_>) -> bool {
    let mut path = reference.path.as_slice();
    let mut inner: Vec<&str> = Vec::new();
    while let Some((last, front)) = path.split_last() {
        if let Some(clause) = proof.labels.get(path) {
            let text = proof.source.slice(proof.document.clause(clause).span);
            return inner.iter().all(|part| stands_in(part, text));
        }
        inner.push(last);
        path = front;
    }
    false
}

/// Whether the number stands somewhere in the text as a label that was not read as one.
fn is_written(reference: &Reference, proof: &Proof<'_>) -> bool {
    let is_number = |part: &&String| part.bytes().all(|byte| byte.is_ascii_digit());
    let numbers: Vec<String> = reference.path.iter().take_while(is_number).cloned().collect();
    proof.labels.get(&numbers).is_none() && lost::is_written(&numbers.join("."), &proof.source.text)
}

/// Whether the clause may stand, unread, between the last clause in front of its place and the next
/// one behind: blacked out, or as a letter of a list that a page break cut.
fn may_be_lost(reference: &Reference, proof: &Proof<'_>) -> bool {
    let path = reference.path.as_slice();
    let Some(keep) = (0..path.len()).find(|&keep| proof.labels.get(&path[..=keep]).is_none()) else {
        return false;
    };
    let Some((_, near)) = proof.labels.nearest(&path[..=keep]) else { return false };
    let start = proof.document.clause(near).span.start();
    let above = proof.labels.get(&path[..keep]);
    let from = above.map_or(start, |above| proof.document.clause(above).span.start());
    let end = proof.labels.behind(&path[..keep], from, proof.document);
    let end = end.unwrap_or_else(|| proof.document.clause(above.unwrap_or(near)).span.end());
    let text = proof.source.text.get(from..end).unwrap_or("");
    let letters = path[keep..].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_alphabetic()));
    letters && path[keep..].iter().all(|part| stands_in(part, text))
        || lost::is_blacked_out(proof, start, end)
}

/// Whether a part stands in a text as a label: "(b)", "b)", "b.".
fn stands_in(part: &str, text: &str) -> bool {
    if part.bytes().all(|byte| byte.is_ascii_digit()) {
        return figure_stands_in(part, text);
    }
    let lower = text.to_ascii_lowercase();
    [format!("({part})"), format!("{part})"), format!("{part}."), format!("{part}\\.")]
        .iter()
        .any(|written| lower.contains(written.as_str()))
}

/// The same for a figure, which is no label in "six (6) months" and in "clause 4.6.".
fn figure_stands_in(part: &str, text: &str) -> bool {
    text.match_indices(part).any(|(at, _)| {
        let (front, behind) = (&text[..at], &text[at + part.len()..]);
        match front.strip_suffix('(') {
            Some(front) => {
                let word = front.trim_end().rsplit([' ', '\n', '-']).next().unwrap_or("");
                behind.starts_with(')') && !is_number_word(&word.to_ascii_lowercase())
            }
            None => front.ends_with(char::is_whitespace) && behind.starts_with([')', '.', '\\']),
        }
    })
}

fn slip(reference: &Reference, proof: &Proof<'_>) -> Slip {
    let label = cited(&reference.path);
    let nearest = proof.labels.nearest(&reference.path);
    let words = reference.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut others = Vec::new();
    let mut help = "correct the number, or take the reference out".to_owned();
    if let Some((path, clause)) = &nearest {
        others.push((proof.document.clause(*clause).head, format!("the nearest is {}", cited(path))));
        help =
            format!("correct the number (the nearest clause is {}), or take the reference out", cited(path));
    }
    Slip {
        span: reference.span,
        message: format!("the reference \"{words}\" leads nowhere"),
        label: format!("this contract has no clause {label}"),
        others,
        help,
        fix: None,
    }
}
