//! Duties that a list states without a verb.
//!
//! Plain drafts write "**Exit support:**" and below it "- Transition help for up to 60 days" or
//! "- Weekly status reports": each item is owed, and no verb says so. Such an item is read behind the
//! contract's own first words of duty ("shall provide"), as behind a lead-in; a text that nowhere
//! binds anyone lends none. An item that holds a verb speaks for itself; one below words on the
//! customer, on what is left out or on what a breach is says nothing that the supplier owes.

use std::ops::Range;

use crate::document::{Block, BlockKind, Document, LabelKind};

/// The words that bind.
const BINDING: [&str; 3] = ["shall", "will", "must"];
/// What is said to be owed of whatever is listed.
const GIVING: [&str; 4] = ["provide", "deliver", "perform", "supply"];

/// An item of fewer words states nothing.
const FEW: usize = 3;
/// An item of more words is prose.
const MANY: usize = 40;
/// Lead-ins of lead-ins that are looked at.
const DEPTH: usize = 8;

/// Words that make a sentence, or that such an item does not hold.
#[rustfmt::skip]
const VERBS: [&str; 45] = [
    "agree", "agrees", "are", "be", "been", "can", "cannot", "comprise", "comprises", "consist",
    "consists", "could", "did", "do", "does", "had", "has", "have", "i", "if", "include", "included",
    "includes", "including", "is", "may", "mean", "means", "might", "must", "need", "needs", "no",
    "not", "shall", "should", "that", "was", "we", "were", "which", "who", "will", "would", "you",
];
/// First words of a sentence, and not of such an item.
const SUBJECTS: [&str; 12] =
    ["a", "an", "any", "each", "either", "every", "it", "neither", "the", "these", "they", "this"];
/// Beginnings of words that tell of something else than what the supplier owes.
#[rustfmt::skip]
const ASIDE: [&str; 20] = [
    "accept", "assum", "authority", "contact", "default", "defin", "depend", "disclaim",
    "exception", "exclu", "force", "ground", "invoice", "liab", "limit", "out-of-scope", "prohibit",
    "recital", "restrict", "your",
];
/// Whole words that do so; as beginnings they would be those of "feedback" and "notification".
const ASIDE_WHOLE: [&str; 10] =
    ["event", "events", "fee", "fees", "not", "payment", "payments", "price", "prices", "pricing"];
/// Beginnings of words for those who are supplied, whose own tasks such items tell of.
const SUPPLIED: [&str; 8] =
    ["buyer", "client", "customer", "employer", "licensee", "purchaser", "subscriber", "user"];
/// Beginnings of what is done for them ("user training"), or about an event ("event monitoring").
const SERVICE: [&str; 12] = [
    "assist", "care", "guid", "help", "log", "manag", "manual", "monitor", "onboard", "servic", "support",
    "train",
];

/// Whether a block is an item that is owed without a verb that says so.
pub(super) fn is_owed(document: &Document, block: &Block) -> bool {
    let listed =
        block.label.as_ref().is_none_or(|label| matches!(label.kind, LabelKind::Bullet | LabelKind::Number));
    if block.kind != BlockKind::Item || !listed {
        return false;
    }
    let text = document.text(block);
    let count = words(text).take(MANY + 1).count();
    let opens = words(text).next().is_some_and(|first| one_of(first, &SUBJECTS));
    if !(FEW..=MANY).contains(&count) || opens || text.contains(['"', '“', '…']) || text.contains("...") {
        return false;
    }
    let has_verb = |text: &str| words(text).any(|word| one_of(word, &VERBS) || is_denied(word));
    if has_verb(text) {
        return false;
    }
    let leads = std::iter::successors(block.lead, |&lead| document.block(lead).lead).take(DEPTH);
    let mut leads = leads.map(|lead| document.text(document.block(lead)));
    leads.all(|lead| !has_verb(lead) && !is_aside(lead)) && !below_aside(document, block)
}

/// Where a text first says that something is to be provided; else where it first binds anyone.
pub(super) fn words_of_duty(text: &str) -> Option<Range<u32>> {
    let mut first = None;
    for (at, word) in places(text) {
        if !one_of(word, &BINDING) {
            continue;
        }
        let from = at + word.len();
        let verb = words(text.get(from..)?).next().filter(|verb| one_of(verb, &GIVING));
        let end = verb.and_then(|verb| Some(from + text.get(from..)?.find(verb)? + verb.len()));
        if let Some(end) = end {
            return range(at..end);
        }
        first = first.or_else(|| range(at..from));
    }
    first
}

fn range(bytes: Range<usize>) -> Option<Range<u32>> {
    Some(u32::try_from(bytes.start).ok()?..u32::try_from(bytes.end).ok()?)
}

/// Whether a title over a block tells of something else.
fn below_aside(document: &Document, block: &Block) -> bool {
    let clauses = std::iter::successors(Some(block.clause), |&clause| document.clause(clause).parent);
    let mut titles =
        clauses.filter(|&clause| document.clause(clause).parent.is_some()).filter_map(|clause| {
            let title = document.clause(clause).title.clone()?;
            document.prose.text.get(title.start as usize..title.end as usize)
        });
    titles.any(is_aside)
}

fn is_aside(text: &str) -> bool {
    let mut words = words(text).peekable();
    std::iter::from_fn(|| words.next().map(|word| (word, words.peek().copied()))).any(|(word, next)| {
        let of_service = || next.is_some_and(|next| begins(next, &SERVICE));
        let whose = ["event"].iter().chain(&SUPPLIED).any(|known| word.eq_ignore_ascii_case(known));
        let told = begins(word, &ASIDE) || one_of(word, &ASIDE_WHOLE) || begins(word, &SUPPLIED);
        told && !(whose && of_service())
    })
}

fn begins(word: &str, known: &[&str]) -> bool {
    known.iter().any(|front| word.get(..front.len()).is_some_and(|start| start.eq_ignore_ascii_case(front)))
}

fn one_of(word: &str, known: &[&str]) -> bool {
    known.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether a word is a verb with "not" drawn into it ("don't", "won’t").
fn is_denied(word: &str) -> bool {
    ["n't", "n’t"].iter().any(|end| word.ends_with(end))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(is_between).filter(|word| !word.is_empty())
}

/// Where the words stand, and the words.
fn places(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut end = 0;
    let parts = text.split_inclusive(is_between).map(move |part| {
        let at = end;
        end += part.len();
        (at, part.trim_end_matches(is_between))
    });
    parts.filter(|(_, word)| !word.is_empty())
}

fn is_between(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-')
}
