//! Words that are one letter away from a word of a name, and nothing else: a slip of the pen in the name of a
//! party or in a defined term. Which words are names is for the checks that ask.

use super::{Distinct, Proof};
use crate::source::Span;
use crate::token::fold::fold;

/// The shortest word in which two letters that are swapped, or one that is doubled, tell.
pub(super) const LETTERS: usize = 5;
/// The shortest word in which one wrong letter tells: "Team" is no slip for "Terms".
const ANY: usize = 6;
/// The fewest uses of the right word, and how many times as many they must be.
const USES: u32 = 3;

/// A word that is close to a name.
pub(super) struct Misspelt<'a> {
    /// What is written.
    pub(super) word: &'a Distinct,
    /// The word of the name that is meant.
    pub(super) meant: &'a str,
    /// Where the name is introduced.
    pub(super) introduced: Span,
}

/// The words that are close to one of the words of names.
pub(super) fn find<'a>(proof: &'a Proof<'_>, names: &[(&'a str, Span)]) -> Vec<Misspelt<'a>> {
    if names.is_empty() {
        return Vec::new();
    }
    let is_small = |one: &&Distinct| proof.words.form(one.word).small;
    let (small, capital): (Vec<&Distinct>, Vec<&Distinct>) = proof.distinct.iter().partition(is_small);
    let folded = |one: &Distinct| &*proof.words.word(one.word).folded;
    let total = |wanted: &str| -> u32 {
        capital.iter().filter(|one| folded(one) == wanted).map(|one| one.count).sum()
    };
    let terms = || proof.definitions.terms.iter().flat_map(|term| term.name.split(' '));
    let is_known = |word: &str| terms().any(|known| known.to_lowercase() == word);
    let mut found = Vec::new();
    for &(meant, introduced) in names {
        let wanted = fold(&meant.to_lowercase());
        let uses = total(&wanted);
        for one in capital.iter().filter(|_| uses >= USES) {
            let word = proof.words.word(one.word);
            if word.folded.len() + 1 < LETTERS
                || !is_near(&word.folded, &wanted)
                || wanted.len() < ANY && !is_typed(word.folded.as_bytes(), wanted.as_bytes())
                || small.iter().any(|other| folded(other) == &*word.folded)
                || is_known(&word.lower)
                || is_known(&word.folded)
                || total(&word.folded).saturating_mul(USES) > uses
                || is_foreign(&word.folded, &wanted)
            {
                continue;
            }
            found.push(Misspelt { word: one, meant, introduced });
        }
    }
    found
}

/// Whether a word is another with two of its letters swapped ("Onwer") or one doubled ("Ownner").
fn is_typed(one: &[u8], meant: &[u8]) -> bool {
    let front = one.iter().zip(meant).take_while(|(x, y)| x == y).count();
    let behind = |word: &[u8], past: usize| word.get(front + past..).map(<[u8]>::to_vec);
    match one.len().checked_sub(meant.len()) {
        Some(0) => one.get(front + 1) == meant.get(front) && behind(one, 2) == behind(meant, 2),
        Some(1) => front > 0 && one.get(front) == one.get(front - 1) && behind(one, 1) == behind(meant, 0),
        _ => false,
    }
}

/// Whether two words differ by one letter that is wrong, missing, added or swapped.
fn is_near(one: &str, other: &str) -> bool {
    // "Africa" and "African", "Provider" and "Provided" are two words.
    let derived = ["ed", "ing"].iter().any(|end| one.ends_with(end) && !other.ends_with(end));
    if derived || one.starts_with(other) || other.starts_with(one) {
        return false;
    }
    // What differs by a letter or two that are swapped is about as long.
    if one.len().abs_diff(other.len()) > char::MAX.len_utf8() {
        return false;
    }
    if one.is_ascii() && other.is_ascii() {
        return differ_once(one.as_bytes(), other.as_bytes());
    }
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    differ_once(&one, &other)
}

/// Whether only the last letter of two words differs: "Instituto" is a word of another language.
fn is_foreign(one: &str, other: &str) -> bool {
    let stem = |word: &str| word.char_indices().next_back().map_or(0, |(at, _)| at);
    one[..stem(one)] == other[..stem(other)]
}

fn differ_once<T: PartialEq>(a: &[T], b: &[T]) -> bool {
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    let back = back.min(a.len() - front).min(b.len() - front);
    let (x, y) = (a.len() - front - back, b.len() - front - back);
    let swapped = x == 2 && y == 2 && a[front] == b[front + 1] && a[front + 1] == b[front];
    x.max(y) == 1 || swapped
}
