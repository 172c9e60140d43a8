//! `unused-definition`: a term that is defined and never used.
//!
//! A term counts as used in any case, number or derived form, in furniture and in names of other
//! terms too: only what is nowhere again is a slip.

use super::{Proof, Slip};
use crate::facts::definitions::{Definition, Form, Term, Written};
use crate::facts::sought::stretches;
use crate::source::Span;

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
        !term.lower && is_unused(term, proof) && !is_everyday(&term.name) && !named()
    };
    let candidates: Vec<&Term> = definitions.terms.iter().filter(unused).collect();
    if candidates.is_empty() || candidates.len() > CANDIDATES {
        return Vec::new();
    }
    let elsewhere = are_elsewhere(&candidates, proof);
    let (mut slips, mut last) = (Vec::new(), None);
    for (term, elsewhere) in candidates.into_iter().zip(elsewhere) {
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
        if !named_else && last != Some(first.group) && !elsewhere {
            last = Some(first.group);
            slips.extend(told(first, proof));
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

/// Whether a term has no use but in small letters in the words that give it its meaning: "the shares
/// of the Company (the "Shares")".
fn is_unused(term: &Term, proof: &Proof<'_>) -> bool {
    term.uses.iter().all(|own| {
        own.written == Written::Lower
            && proof
                .definitions
                .of(term)
                .any(|one| one.meaning.start <= own.text.start && own.text.end <= one.meaning.end)
    })
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
        // "Net 30" says when an invoice is due, in words that need no definition.
        || lower.strip_prefix("net ").is_some_and(|days| days.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Which terms stand somewhere that is not a definition of theirs, in any spelling.
fn are_elsewhere(terms: &[&Term], proof: &Proof<'_>) -> Vec<bool> {
    let text = &proof.document.prose.text;
    let mut found = vec![false; terms.len()];
    let mut stems = Vec::new();
    for (at, term) in terms.iter().enumerate() {
        // The short form is used beside the definitions.
        if let Some(short) = short_form(term) {
            let places = memchr::memmem::find_iter(text.as_bytes(), short.as_bytes());
            found[at] = places.count() > term.definitions.len();
        }
        let name = short_name(term);
        let mut key = Vec::new();
        squeeze(name, &mut key);
        if key.len() >= LONG {
            // Uses in the words that give the meaning are told apart; they are not counted again.
            let own = term.definitions.len() + term.uses.len();
            stems.push(Stem { term: at, letters: bare(key), left: own + 1, next: 0 });
        } else {
            let stem = name.trim_end_matches('s').trim_end_matches('e').trim_end_matches('y');
            let starts = |at: &usize| !text[..*at].ends_with(char::is_alphanumeric);
            let mut places = memchr::memmem::find_iter(text.as_bytes(), stem.as_bytes()).filter(starts);
            found[at] |= places.nth(term.definitions.len()).is_some();
        }
    }
    count(&mut stems, text);
    stems.iter().filter(|stem| stem.left == 0).for_each(|stem| found[stem.term] = true);
    found
}

/// What a term is used as: "Loss or Losses", "CO, COs" and "Net/Party B's Site" in one pair of quotes as either, "UPS
/// (Uninterruptible Power Supply)" by what stands in front of the bracket.
fn short_name(term: &Term) -> &str {
    let name = term.name.split_once(" (").map_or(term.name.as_str(), |(short, _)| short);
    let name = name.rsplit(" or ").next().unwrap_or(name);
    let name =
        name.split_once(", ").filter(|(one, other)| other.starts_with(one)).map_or(name, |(one, _)| one);
    name.split('/').next().unwrap_or(name).trim_matches(['\'', '"'])
}

/// The short form that stands in brackets behind a term: "API" of "Application Interface (API)".
fn short_form(term: &Term) -> Option<&str> {
    let (_, short) = term.name.strip_suffix(')')?.rsplit_once(" (")?;
    (short.len() > 1 && short.bytes().all(|byte| byte.is_ascii_uppercase())).then_some(short)
}

/// Letters without the endings of a plural.
fn bare(mut letters: Vec<u8>) -> Vec<u8> {
    for end in *b"sey" {
        while letters.last() == Some(&end) {
            letters.pop();
        }
    }
    letters
}

/// Letters that are looked for in the letters of the whole text.
struct Stem {
    /// Whose they are.
    term: usize,
    letters: Vec<u8>,
    /// How often they are still to be found.
    left: usize,
    /// The letter from which on they are looked for.
    next: usize,
}

/// Looks for all of them, stretch by stretch of the text: its letters weigh as much as the text.
fn count(stems: &mut [Stem], text: &str) {
    let longest = stems.iter().map(|stem| stem.letters.len()).max().unwrap_or(0);
    // Some letters, and how many there are in front of them.
    let (mut letters, mut before): (Vec<u8>, usize) = (Vec::new(), 0);
    for stretch in stretches(text) {
        if stems.iter().all(|stem| stem.left == 0) {
            return;
        }
        // Those at the end may begin what goes on in the next stretch.
        let past = letters.len() - letters.len().min(longest.saturating_sub(1));
        letters.drain(..past);
        before += past;
        squeeze(text.get(stretch).unwrap_or_default(), &mut letters);
        for stem in stems.iter_mut().filter(|stem| stem.left > 0) {
            let from = stem.next.saturating_sub(before).min(letters.len());
            let places = memchr::memmem::find_iter(&letters[from..], &stem.letters).take(stem.left);
            for at in places {
                stem.left -= 1;
                stem.next = before + from + at + stem.letters.len();
            }
        }
    }
}

/// Adds the letters and figures of a text, in lower case; those that scanning mistakes for each other
/// are one.
fn squeeze(text: &str, squeezed: &mut Vec<u8>) {
    /// How many bytes are taken at a time where all are ASCII.
    const STEP: usize = 32;
    squeezed.reserve(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some(step) = rest.as_bytes().first_chunk::<STEP>().filter(|step| step.is_ascii()) {
            let (mut kept, mut count) = ([0; STEP], 0);
            for &byte in step {
                let letter = ALIKE[byte as usize % ALIKE.len()];
                kept[count % STEP] = letter;
                count += usize::from(letter != 0);
            }
            squeezed.extend_from_slice(&kept[..count]);
            rest = &rest[STEP..];
            continue;
        }
        if c.is_ascii() {
            squeezed.extend(Some(ALIKE[c as usize % ALIKE.len()]).filter(|&letter| letter != 0));
        } else if c.is_alphanumeric() {
            for lower in c.to_lowercase() {
                squeezed.extend_from_slice(lower.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        rest = &rest[c.len_utf8()..];
    }
}

/// What scanning makes of an ASCII letter or figure, in lower case: "l" and "1" pass for "i". 0 for
/// other signs.
const ALIKE: [u8; 128] = {
    let mut alike = [0; 128];
    let mut byte = 0;
    while byte < 128 {
        let sign = byte as u8;
        if sign.is_ascii_alphanumeric() {
            alike[byte] = match sign.to_ascii_lowercase() {
                b'l' | b'1' => b'i',
                lower => lower,
            };
        }
        byte += 1;
    }
    alike
};

/// What there is to tell of a term without a use. A short form for the words in front of it tells
/// what a thing is called, and is a slip only where the thing is named again in full.
fn told(definition: &Definition, proof: &Proof<'_>) -> Option<Slip> {
    let name = &definition.written;
    // A use of a name with a part blacked out cannot be found.
    if name.contains(['*', '[', '…']) {
        return None;
    }
    // A page number that stands in the middle of a name.
    let figure = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
    if name.split(' ').any(figure) && proof.source.slice(definition.span).contains('\n') {
        return None;
    }
    let mut slip = slip(definition);
    if is_short_form(definition) {
        let long = spelled_out(definition, proof)?;
        let again = again(&long, definition, proof)?;
        slip.message = format!("the short form \"{name}\" is introduced and never used");
        slip.label = "no clause uses it".to_owned();
        slip.others.push((again, "the thing is named in full again".to_owned()));
        slip.help = format!("write \"{name}\" wherever the thing is meant, or take the short form out");
    }
    Some(slip)
}

/// Whether a bracket holds capitals only ("SLA", "SCCs"), which mostly stand for a longer name.
fn is_short_form(definition: &Definition) -> bool {
    let letters = || definition.written.chars().filter(|c| c.is_alphanumeric());
    let capitals = letters().filter(|c| c.is_uppercase()).count();
    definition.form == Form::Bracket
        && !definition.written.contains(' ')
        && (2..=9).contains(&letters().count())
        && capitals + 1 >= letters().count()
}

/// The words in front of a bracket that its letters stand for: "personal data breach ("PDB")".
fn spelled_out(definition: &Definition, proof: &Proof<'_>) -> Option<Vec<String>> {
    let letters: Vec<char> = definition.written.chars().filter(|c| c.is_alphanumeric()).collect();
    let front = proof.document.prose.slice(definition.meaning.clone());
    let words: Vec<&str> = front.split(|c: char| !c.is_alphanumeric() && c != '\'').collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let first = letters[0].to_lowercase().next()?;
    // Small words have mostly no letter in the short form.
    let most = letters.len() * 2 + 2;
    let behind = words.len().saturating_sub(most);
    let starts = |word: &str| word.to_lowercase().starts_with(first);
    let from =
        (behind..words.len()).filter(|&at| starts(words[at])).find(|&at| fits(&letters, &words[at..]))?;
    Some(words[from..].iter().map(|word| word.to_lowercase()).collect())
}

/// Whether letters are the first ones of words in their order, most of the words having one.
fn fits(letters: &[char], words: &[&str]) -> bool {
    const SMALL: [&str; 12] = ["of", "the", "and", "for", "on", "in", "to", "a", "an", "or", "by", "against"];
    let mut letters = letters.iter().flat_map(|c| c.to_lowercase()).filter(|c| !c.is_numeric()).peekable();
    for word in words {
        let mut initials = word.chars().flat_map(char::to_lowercase);
        if letters.peek().is_some() && letters.peek() == initials.next().as_ref() {
            letters.next();
        } else if !SMALL.contains(&word.to_lowercase().as_str())
            && !word.bytes().all(|byte| byte.is_ascii_digit())
        {
            return false;
        }
    }
    letters.next().is_none_or(|last| last == 's' && letters.next().is_none())
}

/// Where words stand again behind a definition.
fn again(words: &[String], definition: &Definition, proof: &Proof<'_>) -> Option<Span> {
    let tokens = &proof.reading.tokens;
    let says = |at: usize| {
        tokens.get(at..at + words.len()).is_some_and(|own| {
            own[0].start > definition.text.end
                && own.iter().zip(words).all(|(token, word)| *proof.words.word(token.word()).lower == **word)
        })
    };
    let at = (0..tokens.len()).find(|&at| says(at))?;
    Some(proof.document.source(tokens[at].start..proof.reading.end(tokens[at + words.len() - 1])))
}

fn slip(definition: &Definition) -> Slip {
    let name = &definition.written;
    Slip {
        span: definition.span,
        message: format!("the term \"{name}\" is defined and never used"),
        label: "no clause uses it".to_owned(),
        others: Vec::new(),
        help: format!("take the definition out, or write \"{name}\" where it is meant"),
        fix: None,
    }
}

#[cfg(test)]
mod tests {
    use super::{Stem, count, squeeze};

    fn squeezed(text: &str) -> Vec<u8> {
        let mut squeezed = Vec::new();
        squeeze(text, &mut squeezed);
        squeezed
    }

    #[test]
    fn stems_are_counted_wherever_a_stretch_ends() {
        // Some end a stretch, some begin one, and some stand in both.
        let text: String =
            (0..40_000).map(|at| format!("Service{}\nLevels,\n", " ".repeat(at % 7))).collect();
        let whole = squeezed(&text);
        for stem in ["serviceleveis", "seiss", "s", "viceieveisserviceieve", "rviceievelx"] {
            let letters = squeezed(stem);
            let all = memchr::memmem::find_iter(&whole, &letters).count();
            let mut stems = [Stem { term: 0, letters, left: usize::MAX, next: 0 }];
            count(&mut stems, &text);
            assert_eq!(usize::MAX - stems[0].left, all, "{stem}");
        }
    }

    #[test]
    fn letters_and_figures_are_kept_wherever_they_stand() {
        let of = |text: &str| String::from_utf8(squeezed(text)).expect("letters are kept whole");
        assert_eq!(of("Cal-1 of ÄRGER, \"SLA\""), "caiiofärgersia");
        let long = "The Fees (per Month) are due. ".repeat(7);
        assert_eq!(of(&long), "thefeespermontharedue".repeat(7));
        assert_eq!(of(&format!("{long}ß{long}")), of(&long) + "ß" + &of(&long));
    }
}
