//! Where the defined terms are used: one pass over the tokens against the terms' folded words.

use std::collections::HashMap;

use super::{Definition, Definitions, Term, Use, Written};
use crate::document::{BlockId, Document};
use crate::token::Reading;
use crate::token::fold::{QuickMap, WordId, Words};
use crate::token::reading::{Token, Unit};

/// Groups the definitions into terms and finds their uses.
pub(super) fn find(document: &Document, reading: &Reading, words: &Words, found: &mut Definitions) {
    let mut finder = Finder {
        document,
        words,
        classes: QuickMap::default(),
        class_of: vec![UNKNOWN; words.len()],
        phrases: Vec::new(),
        known: HashMap::new(),
        by_first: Vec::new(),
    };
    let Definitions { definitions, terms, .. } = found;
    let mut units: Vec<Option<&Unit>> = vec![None; document.blocks.len()];
    for unit in &reading.units {
        units[unit.block.index()] = Some(unit);
    }
    for (at, definition) in definitions.iter_mut().enumerate() {
        let Some(unit) = units[definition.block.index()] else { continue };
        finder.add(at, definition, &reading.tokens[unit.own as usize..unit.own_end as usize], terms);
    }
    finder.index();
    let mut sites: Vec<(u32, u32)> =
        definitions.iter().map(|definition| (definition.text.start, definition.text.end)).collect();
    sites.sort_unstable();
    for unit in &reading.units {
        finder.unit(unit.block, &reading.tokens[unit.own as usize..unit.own_end as usize], &sites, terms);
    }
}

/// A word not looked at yet, and a word that no term holds.
const UNKNOWN: u32 = u32::MAX;
const NONE: u32 = u32::MAX - 1;

/// The words of a term.
struct Phrase {
    classes: Vec<u32>,
    words: Vec<WordId>,
    term: usize,
}

struct Finder<'a> {
    document: &'a Document,
    words: &'a Words,
    /// Folded word -> class.
    classes: QuickMap<&'a str, u32>,
    /// Class by word.
    class_of: Vec<u32>,
    phrases: Vec<Phrase>,
    /// The terms by their classes, and whether they are written without a capital.
    known: HashMap<(Vec<u32>, bool), usize>,
    /// The phrases by their first class, the longest first.
    by_first: Vec<Vec<usize>>,
}

impl<'a> Finder<'a> {
    /// Adds a definition to its term.
    fn add(&mut self, at: usize, definition: &mut Definition, tokens: &[Token], terms: &mut Vec<Term>) {
        let inside =
            |token: &&Token| token.start >= definition.text.start && token.end <= definition.text.end;
        let ids: Vec<WordId> = tokens.iter().filter(inside).map(|token| token.word).collect();
        if ids.is_empty() {
            return;
        }
        let classes: Vec<u32> = ids.iter().map(|&id| self.class(&self.words.word(id).folded)).collect();
        let lower = !definition.written.chars().any(char::is_uppercase);
        let term = *self.known.entry((classes.clone(), lower)).or_insert(terms.len());
        if term == terms.len() {
            let name = definition.written.clone();
            terms.push(Term { name, lower, definitions: Vec::new(), uses: Vec::new() });
            self.phrases.push(Phrase { classes, words: ids, term });
        }
        terms[term].definitions.push(at);
        definition.term = term;
    }

    fn class(&mut self, folded: &'a str) -> u32 {
        let next = u32::try_from(self.classes.len()).unwrap_or(NONE);
        *self.classes.entry(folded).or_insert(next)
    }

    fn index(&mut self) {
        self.by_first = vec![Vec::new(); self.classes.len()];
        for (at, phrase) in self.phrases.iter().enumerate() {
            self.by_first[phrase.classes[0] as usize].push(at);
        }
        for list in &mut self.by_first {
            list.sort_by_key(|&at| std::cmp::Reverse(self.phrases[at].classes.len()));
        }
    }

    fn of_word(&mut self, word: WordId) -> u32 {
        let at = word.0 as usize;
        if self.class_of[at] == UNKNOWN {
            self.class_of[at] = self.classes.get(&*self.words.word(word).folded).copied().unwrap_or(NONE);
        }
        self.class_of[at]
    }

    fn unit(&mut self, block: BlockId, tokens: &[Token], sites: &[(u32, u32)], terms: &mut [Term]) {
        let range = self.document.block(block).text.clone();
        let mut until = 0;
        for at in 0..tokens.len() {
            let class = self.of_word(tokens[at].word);
            if class >= NONE || tokens[at].start < range.start || tokens[at].end > range.end {
                continue;
            }
            let mut longest = true;
            for index in 0..self.by_first[class as usize].len() {
                let phrase = self.by_first[class as usize][index];
                let count = self.phrases[phrase].classes.len();
                let Some(own) = tokens.get(at..at + count) else { continue };
                if !self.matches(phrase, own) {
                    continue;
                }
                let text = own[0].start..own[count - 1].end;
                let next = sites.partition_point(|site| site.1 <= text.start);
                if sites.get(next).is_some_and(|site| site.0 < text.end) {
                    until = until.max(at + count);
                    longest = false;
                    continue;
                }
                let term = self.phrases[phrase].term;
                let (written, plural) = self.written(phrase, own);
                terms[term].uses.push(Use {
                    text,
                    block,
                    written,
                    plural,
                    inner: at < until || !longest,
                    heading: own[0].heading,
                });
                if longest {
                    until = until.max(at + count);
                }
                // Terms of the same words, one with a capital and one without, are both used.
                longest = false;
            }
        }
    }

    /// Whether tokens are the words of a phrase, with nothing but a space or a hyphen between.
    fn matches(&mut self, phrase: usize, tokens: &[Token]) -> bool {
        for (at, token) in tokens.iter().enumerate().skip(1) {
            if self.of_word(token.word) != self.phrases[phrase].classes[at] {
                return false;
            }
            let gap = self.document.prose.slice(tokens[at - 1].end..token.start);
            // "U.S. Dollars", "Research, Development and Supply Agreement".
            if gap.len() > 3 || gap.contains([';', ':', '\n', '|', '"']) {
                return false;
            }
        }
        true
    }

    fn written(&self, phrase: usize, tokens: &[Token]) -> (Written, bool) {
        let own = &self.phrases[phrase].words;
        let (mut upper, mut lower, mut same) = (0, 0, 0);
        let mut plural = false;
        for (token, &id) in tokens.iter().zip(own) {
            let (surface, wanted) = (&*self.words.word(token.word).surface, &*self.words.word(id).surface);
            let first = |text: &str| text.chars().next().is_some_and(char::is_uppercase);
            let caps = surface.len() > 1 && !surface.chars().any(char::is_lowercase);
            upper += usize::from(caps);
            if first(wanted) {
                same += usize::from(first(surface));
                lower += usize::from(!first(surface));
            }
            plural |= number(&self.words.word(token.word).lower) != number(&self.words.word(id).lower);
        }
        let written = match () {
            () if lower == 0 && upper == tokens.len() && same > 0 => {
                let all = own.iter().all(|&id| !self.words.word(id).surface.chars().any(char::is_lowercase));
                if all { Written::Same } else { Written::Caps }
            }
            () if lower == 0 => Written::Same,
            () if same == 0 && upper == 0 => Written::Lower,
            () => Written::Mixed,
        };
        (written, plural)
    }
}

/// A word without its possessive ending.
fn number(lower: &str) -> &str {
    let bare = lower.trim_end_matches('\'');
    bare.strip_suffix("'s").unwrap_or(bare)
}
