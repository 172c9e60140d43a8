//! Words that are looked for all at once, many bytes at a time where the machine can.

use std::ops::Range;

use aho_corasick::packed::{Config, MatchKind as PackedKind, Searcher};
use aho_corasick::{AhoCorasick, MatchKind};

/// Some words, each with the number of its place in the list.
#[derive(Debug)]
pub(crate) struct Sought {
    /// None where the machine has no instructions for it; then `plain` is there.
    packed: Option<Searcher>,
    plain: Option<AhoCorasick>,
}

impl Sought {
    /// Words of which at each place the first of the list is taken.
    pub(crate) fn first<Word: AsRef<str>>(words: impl IntoIterator<Item = Word>) -> Self {
        Self::of_kind(words, PackedKind::LeftmostFirst, MatchKind::LeftmostFirst)
    }

    /// Words of which at each place the longest is taken.
    pub(crate) fn longest<Word: AsRef<str>>(words: impl IntoIterator<Item = Word>) -> Self {
        Self::of_kind(words, PackedKind::LeftmostLongest, MatchKind::LeftmostLongest)
    }

    fn of_kind<Word: AsRef<str>>(
        words: impl IntoIterator<Item = Word>,
        packed: PackedKind,
        plain: MatchKind,
    ) -> Self {
        let words: Vec<Word> = words.into_iter().collect();
        let words = || words.iter().map(|word| word.as_ref().as_bytes());
        let packed = Config::new().match_kind(packed).builder().extend(words()).build();
        let plain = || AhoCorasick::builder().match_kind(plain).build(words()).ok();
        Self { plain: if packed.is_some() { None } else { plain() }, packed }
    }

    /// Where the words stand in a text, from left to right without overlap, and which they are.
    pub(crate) fn places(&self, text: &str) -> impl Iterator<Item = (Range<usize>, usize)> {
        let packed = self.packed.iter().flat_map(move |packed| packed.find_iter(text));
        let plain = self.plain.iter().flat_map(move |plain| plain.find_iter(text));
        let packed = packed.map(|hit| (hit.start()..hit.end(), hit.pattern().as_usize()));
        packed.chain(plain.map(|hit| (hit.start()..hit.end(), hit.pattern().as_usize())))
    }

    /// The same where a text in lower case (ASCII) holds the words. No word holds a line feed but as
    /// its first byte. The copy in lower case is made stretch by stretch: of the whole it would weigh
    /// as much as the text.
    pub(crate) fn places_in_lower(&self, text: &str) -> impl Iterator<Item = (Range<usize>, usize)> {
        stretches(text).flat_map(|stretch| {
            let lower = text.get(stretch.clone()).unwrap_or_default().to_ascii_lowercase();
            let found = self.places(&lower);
            let place = |(place, word): (Range<usize>, usize)| {
                (stretch.start + place.start..stretch.start + place.end, word)
            };
            found.map(place).collect::<Vec<_>>()
        })
    }

    /// Whether one of the words stands in a text.
    pub(crate) fn stands_in(&self, text: &str) -> bool {
        self.places(text).next().is_some()
    }
}

/// The least bytes of a stretch that is looked through at once, the last one aside: few enough that the copies
/// take the same pages again and again.
const STRETCH: usize = 8 * 1024;

/// A text in stretches that begin with a line feed, save the first: what is made of a text to look
/// through it is made of one of them at a time.
pub(crate) fn stretches(text: &str) -> impl Iterator<Item = Range<usize>> {
    stretches_of(text, STRETCH)
}

fn stretches_of(text: &str, least: usize) -> impl Iterator<Item = Range<usize>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let start = from;
        let behind = text.as_bytes().get(start + least..).unwrap_or_default();
        from = memchr::memchr(b'\n', behind).map_or(text.len(), |at| start + least + at);
        (start < from).then_some(start..from)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the words are found as on a machine of either kind.
    fn both(sought: &Sought, words: &[&str], kind: MatchKind, text: &str) {
        let plain = AhoCorasick::builder().match_kind(kind).build(words).expect("the words are few");
        let plain = Sought { packed: None, plain: Some(plain) };
        let found: Vec<_> = sought.places(text).collect();
        assert!(!found.is_empty());
        assert_eq!(found, plain.places(text).collect::<Vec<_>>());
    }

    #[test]
    fn the_first_and_the_longest_are_taken_on_every_machine() {
        let words = ["section", "sections", "sub-section", "§", "annex", "annexes"];
        let text = "the sections and sub-sections of annexes, § 3 of each section".repeat(3);
        both(&Sought::first(words), &words, MatchKind::LeftmostFirst, &text);
        both(&Sought::longest(words), &words, MatchKind::LeftmostLongest, &text);
        let of = |sought: &Sought| sought.places(&text).map(|(place, _)| place.len()).max();
        assert_eq!((of(&Sought::first(words)), of(&Sought::longest(words))), (Some(11), Some(11)));
        assert_eq!(Sought::first(words).places("annexes").next(), Some((0..5, 4)));
        assert_eq!(Sought::longest(words).places("annexes").next(), Some((0..7, 5)));
        assert!(!Sought::first(words).stands_in("clause 4"));
    }

    #[test]
    fn words_are_found_in_lower_case_wherever_a_stretch_ends() {
        let text = "Section 1\nBy Section\n\n by SECTIONS\n".repeat(4);
        for least in 1..text.len() + 2 {
            let all: Vec<_> = stretches_of(&text, least).collect();
            assert_eq!(all.iter().map(|one| &text[one.clone()]).collect::<String>(), text, "{least}");
            assert!(all.iter().skip(1).all(|one| text[one.clone()].starts_with('\n')), "{least}");
        }
        let text = text.repeat(STRETCH / text.len() * 3);
        let sought = Sought::longest(["section", "sections", "\nby "]);
        let lower = text.to_ascii_lowercase();
        let whole: Vec<_> = sought.places(&lower).collect();
        assert_eq!(sought.places_in_lower(&text).collect::<Vec<_>>(), whole);
    }
}
