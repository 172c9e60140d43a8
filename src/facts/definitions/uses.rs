//! Where the defined terms are used: one pass over the tokens against the terms' folded words.

use std::collections::HashMap;

use super::{Definition, Definitions, Term, Use, Written};
use crate::document::{BlockId, Document};
use crate::token::Reading;
use crate::token::hash::QuickMap;
use crate::token::reading::{Token, Unit};
use crate::token::words::{WordId, Words};

/// Groups the definitions into terms and finds their uses.
pub(super) fn find(document: &Document, reading: &Reading, words: &Words, found: &mut Definitions) {
    let mut finder = Finder {
        document,
        words,
        classes: QuickMap::default(),
        begins: vec![None; words.len()],
        phrases: Vec::new(),
        known: HashMap::new(),
        tree: Tree::default(),
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
    let mut sites: Vec<(u32, u32)> =
        definitions.iter().map(|definition| (definition.text.start, definition.text.end)).collect();
    sites.sort_unstable();
    let tree = std::mem::take(&mut finder.tree);
    for unit in &reading.units {
        let tokens = &reading.tokens[unit.own as usize..unit.own_end as usize];
        finder.unit(unit.block, tokens, &tree, &sites, terms);
    }
    terms.iter_mut().for_each(|term| term.uses.shrink_to_fit());
}

/// A word that no term holds.
const NONE: u32 = u32::MAX;

/// The words of a term.
struct Phrase {
    words: Vec<WordId>,
    term: usize,
}

struct Finder<'a> {
    document: &'a Document,
    words: &'a Words,
    /// Number of a folded word -> class.
    classes: QuickMap<u32, u32>,
    /// Whether a term begins with a word, once that was asked of all terms.
    begins: Vec<Option<bool>>,
    phrases: Vec<Phrase>,
    /// The terms by their classes, and whether they are written without a capital.
    known: HashMap<(Vec<u32>, bool), usize>,
    /// The phrases by their classes.
    tree: Tree,
}

/// Phrases that begin alike share a path, so that a word is looked at once for all of them.
#[derive(Default)]
struct Tree {
    /// From the root, which is node 0, by a class to the next node; 0 for none. Most words of a text
    /// begin no phrase, and are told so without a search.
    first: Vec<u32>,
    /// From another node by a class to the next node.
    next: QuickMap<(u32, u32), u32>,
    /// Whether phrases go on behind a node, by node.
    goes_on: Vec<bool>,
    /// The phrases that end at a node, by node; the root ends none.
    ends: Vec<Vec<usize>>,
}

impl Tree {
    fn add(&mut self, classes: &[u32], phrase: usize) {
        if self.ends.is_empty() {
            self.ends.push(Vec::new());
            self.goes_on.push(true);
        }
        let mut node = 0;
        for &class in classes {
            let fresh = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
            self.goes_on[node as usize] = true;
            if node > 0 {
                node = *self.next.entry((node, class)).or_insert(fresh);
            } else {
                let at = class as usize;
                if self.first.len() <= at {
                    self.first.resize(at + 1, 0);
                }
                node = if self.first[at] == 0 { fresh } else { self.first[at] };
                self.first[at] = node;
            }
            if node == fresh {
                self.ends.push(Vec::new());
                self.goes_on.push(false);
            }
        }
        self.ends[node as usize].push(phrase);
    }

    /// The phrases with which some words begin, the longest first. Takes no more words than the
    /// longest phrase that begins like them.
    fn along(&self, mut classes: impl Iterator<Item = u32>, found: &mut Vec<usize>) {
        found.clear();
        let first = classes.next().map_or(0, |class| self.begins(class));
        let mut node = Some(first).filter(|&node| node > 0);
        while let Some(at) = node {
            found.extend(self.ends[at as usize].iter().rev());
            let class = if self.goes_on[at as usize] { classes.next() } else { None };
            node = class.and_then(|class| self.next.get(&(at, class)).copied());
        }
        found.reverse();
    }

    /// The node to which a class leads from the root, 0 for none.
    fn begins(&self, class: u32) -> u32 {
        self.first.get(class as usize).copied().unwrap_or(0)
    }
}

impl<'a> Finder<'a> {
    /// Adds a definition to its term.
    fn add(&mut self, at: usize, definition: &mut Definition, tokens: &[Token], terms: &mut Vec<Term>) {
        let inside = |token: &&Token| {
            token.start >= definition.text.start && token.end(self.words) <= definition.text.end
        };
        let ids: Vec<WordId> = tokens.iter().filter(inside).map(|token| token.word()).collect();
        if ids.is_empty() {
            return;
        }
        let classes: Vec<u32> = ids.iter().map(|&id| self.class(id)).collect();
        let lower = !definition.written.chars().any(char::is_uppercase);
        let term = *self.known.entry((classes.clone(), lower)).or_insert(terms.len());
        if term == terms.len() {
            let name = definition.written.clone();
            terms.push(Term { name, lower, definitions: Vec::new(), uses: Vec::new() });
            self.tree.add(&classes, self.phrases.len());
            self.phrases.push(Phrase { words: ids, term });
        }
        terms[term].definitions.push(at);
        definition.term = term;
    }

    fn class(&mut self, word: WordId) -> u32 {
        let next = u32::try_from(self.classes.len()).unwrap_or(NONE);
        *self.classes.entry(self.words.form(word).fold).or_insert(next)
    }

    fn of_word(&self, word: WordId) -> u32 {
        self.classes.get(&self.words.form(word).fold).copied().unwrap_or(NONE)
    }

    /// Whether a term begins with a word: most words begin none, and are told by one look.
    fn begins_term(&mut self, word: WordId, tree: &Tree) -> bool {
        self.begins[word.0 as usize].unwrap_or_else(|| {
            let begins = tree.begins(self.of_word(word)) != 0;
            self.begins[word.0 as usize] = Some(begins);
            begins
        })
    }

    fn unit(
        &mut self,
        block: BlockId,
        tokens: &[Token],
        tree: &Tree,
        sites: &[(u32, u32)],
        terms: &mut [Term],
    ) {
        let range = self.document.block(block).text.clone();
        let mut until = 0;
        let mut found = Vec::new();
        for at in 0..tokens.len() {
            if !self.begins_term(tokens[at].word(), tree) || !range.contains(&tokens[at].start) {
                continue;
            }
            self.begin_here(&tokens[at..], tree, &mut found);
            let mut longest = true;
            for &phrase in &found {
                let count = self.phrases[phrase].words.len();
                let own = &tokens[at..at + count];
                let text = own[0].start..own[count - 1].end(self.words);
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
                    heading: own[0].is_heading(),
                });
                if longest {
                    until = until.max(at + count);
                }
                // Terms of the same words, one with a capital and one without, are both used.
                longest = false;
            }
        }
    }

    /// The phrases with which tokens begin, the longest first, with nothing but a space or a hyphen
    /// between their words.
    fn begin_here(&self, tokens: &[Token], tree: &Tree, found: &mut Vec<usize>) {
        let classes = tokens.iter().enumerate().map_while(|(at, token)| {
            let apart = at > 0 && {
                let gap = self.document.prose.slice(tokens[at - 1].end(self.words)..token.start);
                // "U.S. Dollars", "Research, Development and Supply Agreement".
                gap.len() > 3 || gap.contains([';', ':', '\n', '|', '"'])
            };
            (!apart).then(|| self.of_word(token.word()))
        });
        tree.along(classes, found);
    }

    fn written(&self, phrase: usize, tokens: &[Token]) -> (Written, bool) {
        let own = &self.phrases[phrase].words;
        let (mut upper, mut lower, mut same) = (0, 0, 0);
        let mut plural = false;
        for (token, &id) in tokens.iter().zip(own) {
            let (surface, wanted) = (&*self.words.word(token.word()).surface, &*self.words.word(id).surface);
            let first = |text: &str| text.starts_with(char::is_uppercase);
            let caps = surface.len() > 1 && !has_lower(surface);
            upper += usize::from(caps);
            if first(wanted) {
                same += usize::from(first(surface));
                lower += usize::from(!first(surface));
            }
            plural |= token.word() != id
                && number(&self.words.word(token.word()).lower) != number(&self.words.word(id).lower);
        }
        let written = match () {
            () if lower == 0 && upper == tokens.len() && same > 0 => {
                let all = own.iter().all(|&id| !has_lower(&self.words.word(id).surface));
                if all { Written::Same } else { Written::Caps }
            }
            () if lower == 0 => Written::Same,
            () if same == 0 && upper == 0 => Written::Lower,
            () => Written::Mixed,
        };
        (written, plural)
    }
}

/// Whether a letter of a word is small.
fn has_lower(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_lowercase())
        || !word.is_ascii() && word.chars().any(char::is_lowercase)
}

/// A word without its possessive ending.
fn number(lower: &str) -> &str {
    let bare = lower.trim_end_matches('\'');
    bare.strip_suffix("'s").unwrap_or(bare)
}

#[cfg(test)]
mod tests {
    use super::Tree;

    #[test]
    fn words_are_looked_at_no_more_often_where_many_terms_begin_alike() {
        let mut tree = Tree::default();
        for term in 0..16_000 {
            tree.add(&[0, 1, 2, 10 + term], term as usize);
        }
        tree.add(&[0, 1], 16_000);
        let mut looked_at = 0;
        let mut found = Vec::new();
        let words = [0, 1, 2, 5_010, 7, 0, 1];
        tree.along(words.iter().copied().inspect(|_| looked_at += 1), &mut found);
        assert_eq!((found.as_slice(), looked_at), ([5_000, 16_000].as_slice(), 4));
        tree.along([3].into_iter(), &mut found);
        assert!(found.is_empty());
    }
}
