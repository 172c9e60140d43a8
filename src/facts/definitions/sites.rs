//! Where terms are defined, from quotes, from the verb "means", and from the lists and tables of a
//! definitions clause.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;

use super::lexis::{
    Verb, clean, is_called, is_definitions_title, is_local, is_reference, is_signature, is_title, points,
    verb,
};
use super::scope::{Scopes, number_instruments};
use super::text::{
    Brackets, Quoted, TERM, closing, first_sentence, floor, is_code, is_connected, is_connected_words,
    quotes, sentence_end, sentence_start,
};
use super::{Definition, Form};
use crate::document::{Block, BlockId, BlockKind, ClauseId, Document};

/// How far in front of a quote the words that define are looked for, in bytes.
const BEFORE: usize = 90;
/// How far behind a term its verb may stand, in bytes.
const BEHIND: usize = 160;

/// What stands over the terms of a table.
const HEADS: [&str; 7] = ["term", "terms", "defined term", "definition", "expression", "word", "phrase"];
/// How many names one thing is given at a place, at most.
const NAMES: usize = 40;

/// All definitions in order, and the clause that is there to define.
pub(super) fn find(document: &Document) -> (Vec<Definition>, Option<ClauseId>) {
    let scopes = Scopes::new(document);
    let mut finder = Finder { document, scopes, found: Vec::new(), group: 0 };
    for (at, block) in document.blocks.iter().enumerate() {
        if block.kind != BlockKind::Furniture {
            finder.block(BlockId::new(u32::try_from(at).unwrap_or(u32::MAX)), block);
        }
    }
    let Finder { mut found, scopes, .. } = finder;
    number_instruments(document, &mut found, &scopes);
    (found, scopes.clause)
}

/// A block with its text.
#[derive(Clone, Copy)]
struct Place<'a> {
    id: BlockId,
    block: &'a Block,
    text: &'a str,
}

struct Finder<'a> {
    document: &'a Document,
    scopes: Scopes,
    found: Vec<Definition>,
    group: u32,
}

impl Finder<'_> {
    fn block(&mut self, id: BlockId, block: &Block) {
        let text = self.document.text(block);
        let first = self.found.len();
        if block.kind == BlockKind::TableRow && self.row(id, block) {
            return;
        }
        let quotes = quotes(text);
        self.quoted(id, block, text, &quotes);
        self.unquoted(id, block, text);
        self.marked(id, block, text);
        self.found[first..].sort_by_key(|one| one.text.start);
        let defines = self.scopes.defines[block.clause.index()] || self.is_led(block);
        let entries = !matches!(block.kind, BlockKind::Heading | BlockKind::TableHeader);
        if defines && self.found.len() == first && entries {
            self.entry(id, block, text, &quotes);
        }
    }

    /// Whether a list of definitions leads into a block.
    fn is_led(&self, block: &Block) -> bool {
        let Some(lead) = block.lead.map(|lead| self.document.text(self.document.block(lead))) else {
            return false;
        };
        let from = (0..=lead.len().saturating_sub(TERM * 3)).rev().find(|&at| lead.is_char_boundary(at));
        let end = &lead[from.unwrap_or(0)..];
        ["following meaning", "following term", "following definition", "following words", "meanings set"]
            .iter()
            .any(|words| end.contains(words))
    }

    fn quoted(&mut self, id: BlockId, block: &Block, text: &str, quotes: &[Quoted]) {
        let mut brackets = Brackets { text, at: 0, open: Vec::new() };
        let mut at = 0;
        while let Some(quote) = quotes.get(at) {
            brackets.until(quote.outer.start);
            let open = brackets.open.last().copied();
            if let Some(open) = open.filter(|&open| is_connected(text, open + 1, quote, quotes)) {
                let close = closing(text, open);
                let last = quotes[at..].iter().take_while(|other| other.outer.end <= close).count().max(1);
                self.bracket(id, block, text, open..close, &quotes[at..at + last]);
                at += last;
                continue;
            }
            at += 1 + self.phrase(id, block, text, &quotes[at..]);
        }
    }

    /// The terms of `(the "Fees" or "Charges")`.
    fn bracket(&mut self, id: BlockId, block: &Block, text: &str, range: Range<usize>, quotes: &[Quoted]) {
        if quotes[0].outer.start == range.start + 1 && is_reference(&text[..range.start])
            || is_signature(&text[..range.start])
            || is_code(&text[..range.start])
            || !text[..range.start].contains(char::is_alphabetic) && block.label.is_none()
        {
            return;
        }
        let tail = text.get(quotes[quotes.len() - 1].outer.end..range.end).unwrap_or("");
        let refers = points(tail) || tail.contains("defined") || tail.contains("meaning");
        let start = sentence_start(text, range.start);
        let mut end = None;
        for quote in quotes {
            let between = end.map_or("and", |end| text.get(end..quote.outer.start).unwrap_or(""));
            if !between.contains("or") || between.len() > 30 {
                self.group += 1;
            }
            if !is_connected_words(text.get(end.unwrap_or(range.start + 1)..quote.outer.start).unwrap_or(""))
            {
                break;
            }
            end = Some(quote.outer.end);
            self.push(
                Place { id, block, text },
                quote.inner.clone(),
                start..range.start,
                Form::Bracket,
                refers,
            );
        }
    }

    /// The terms of `"Fees" and "Charges" mean ...` and of `hereinafter called "Fees"`; says how
    /// many further quotes it has read.
    fn phrase(&mut self, id: BlockId, block: &Block, text: &str, quotes: &[Quoted]) -> usize {
        let Some(first) = quotes.first() else { return 0 };
        let mut last = 0;
        let mut alias = true;
        while let Some(next) = quotes.get(last + 1).filter(|_| last < NAMES) {
            let between = text.get(quotes[last].outer.end..next.outer.start).unwrap_or("");
            let joined = between.trim().trim_start_matches(',').trim();
            let joins =
                ["or", "and", "", "/", "&", "and/or", "or the", "and the", "(", "(or", "or a", "(the"];
            if between.len() > 12 || !joins.contains(&joined) {
                break;
            }
            alias &= !joined.starts_with("and") && !joined.is_empty() || joined.contains("or");
            last += 1;
        }
        let behind = text.get(quotes[last].outer.end..).unwrap_or("");
        let before = text.get(floor(text, first.outer.start.saturating_sub(BEFORE))..first.outer.start);
        let before = before.unwrap_or("");
        let (form, refers, from) = match verb(behind, BEHIND) {
            Some((Verb::Means, at)) => {
                let meaning = &behind[at..];
                (Form::Means, points(first_sentence(meaning)), quotes[last].outer.end + at)
            }
            Some((Verb::Refers, at)) => (Form::Means, true, quotes[last].outer.end + at),
            None if is_called(before) => (Form::Bracket, false, quotes[last].outer.end),
            None => return 0,
        };
        self.group += 1;
        let meaning = match form {
            Form::Means => from..sentence_end(text, from),
            _ => sentence_start(text, first.outer.start)..first.outer.start,
        };
        for quote in &quotes[..=last] {
            if !alias {
                self.group += 1;
            }
            self.push(Place { id, block, text }, quote.inner.clone(), meaning.clone(), form, refers);
        }
        last
    }

    /// `(the **Supplier**)`: the term of a bracket in bold letters instead of quotes.
    fn marked(&mut self, id: BlockId, block: &Block, text: &str) {
        const ARTICLES: [&str; 6] =
            ["the ", "each a ", "each, a ", "together the ", "together, the ", "collectively the "];
        for open in memchr::memchr_iter(b'(', text.as_bytes()) {
            let end = floor(text, open + TERM);
            let Some(inner) = text[open + 1..end].find([')', '(']).map(|at| open + 1..open + 1 + at) else {
                continue;
            };
            let words = &text[inner.clone()];
            let article = ARTICLES.iter().find(|article| words.starts_with(**article));
            let Some(term) = article.map(|article| inner.start + article.len()..inner.end) else { continue };
            if !text[inner.end..].starts_with(')')
                || !is_title(&text[term.clone()])
                || is_signature(&text[..open])
            {
                continue;
            }
            let place = |at: usize| block.text.start + index(at);
            // The marks are in the source and not in the text.
            let source = self.document.source(place(open)..place(inner.end + 1)).len();
            let marks = source.saturating_sub(inner.len() + 2);
            if matches!(marks, 2 | 4) {
                self.group += 1;
                let meaning = sentence_start(text, open)..open;
                self.push(Place { id, block, text }, term, meaning, Form::Bracket, false);
            }
        }
    }

    /// `Business Day means ...` at the start of a sentence.
    fn unquoted(&mut self, id: BlockId, block: &Block, text: &str) {
        static MEAN: LazyLock<memmem::Finder<'static>> = LazyLock::new(|| memmem::Finder::new("mean"));
        let mut last = 0;
        for at in MEAN.find_iter(text.as_bytes()) {
            if !text[..at].ends_with([' ', '\t', '\n']) {
                continue;
            }
            let front = text[..at].trim_end();
            let verbs = [" shall", " Shall", " will", " Will", ""];
            let Some(front) = verbs.iter().find_map(|verb| front.strip_suffix(verb)) else { continue };
            let behind = &text[front.len()..];
            let Some((_, verb_end)) = verb(behind, 0).filter(|_| at >= last) else { continue };
            let start = sentence_start(text, front.len()).max(last);
            last = at;
            let term = front.get(start..).unwrap_or("").trim_start();
            // "Confidentiality a) Confidential Information shall mean", "The term Fees shall mean".
            let term = term.rsplit(") ").next().unwrap_or(term);
            let articles = ["The term ", "The ", "A ", "An "];
            let term = articles.iter().find_map(|article| term.strip_prefix(article)).unwrap_or(term);
            let start = front.len() - term.len();
            if term.len() > TERM || !is_title(term) || term.contains('"') {
                continue;
            }
            let from = front.len() + verb_end;
            self.group += 1;
            let meaning = from..sentence_end(text, from);
            let refers = points(&text[meaning.clone()]);
            self.push(Place { id, block, text }, start..front.len(), meaning, Form::Means, refers);
        }
    }

    /// `Fees: ...`, `"Fees" ...` in a list of definitions.
    fn entry(&mut self, id: BlockId, block: &Block, text: &str, quotes: &[Quoted]) {
        if let Some(quote) = quotes.first().filter(|quote| quote.outer.start == 0) {
            // `"Mean Time to Repair" or "MTTR"`: two names for one thing.
            let joined = |pair: &[Quoted]| text.get(pair[0].outer.end..pair[1].outer.start) == Some(" or ");
            let last = quotes.windows(2).take_while(|pair| joined(pair)).count();
            let end = quotes[last].outer.end;
            let rest = text.get(quote.outer.end..).unwrap_or("");
            if rest.len() > 4 {
                self.group += 1;
                let meaning = end..sentence_end(text, end);
                let refers = points(first_sentence(text.get(end..).unwrap_or("")));
                for quote in &quotes[..=last] {
                    let place = Place { id, block, text };
                    self.push(place, quote.inner.clone(), meaning.clone(), Form::Entry, refers);
                }
            }
            return;
        }
        let ends = [": ", " - ", " – ", " — ", ":"];
        let head = &text[..floor(text, TERM)];
        let Some((end, width)) =
            ends.iter().filter_map(|sign| head.find(sign).map(|at| (at, sign.len()))).min()
        else {
            return;
        };
        let term = head[..end].trim();
        let rest = text[end + width..].trim();
        let marked = self.document.source(block.text.start..block.text.start + index(end.max(1)));
        let marked = marked.len() > end || block.titled > 0 || block.span.start() + 2 < marked.start();
        if rest.len() > 10 && is_title(term) && !is_definitions_title(term) && marked {
            self.group += 1;
            let from = end + width;
            self.push(
                Place { id, block, text },
                0..end,
                from..sentence_end(text, from),
                Form::Entry,
                points(rest),
            );
        }
    }

    /// A row of a table of terms; whether it is one.
    fn row(&mut self, id: BlockId, block: &Block) -> bool {
        let [first, second, ..] = &*block.cells else { return false };
        let prose = &self.document.prose;
        let header = first.header.clone().map(|header| prose.slice(header).trim().to_ascii_lowercase());
        let headed = header.as_deref().is_some_and(|header| HEADS.contains(&header));
        let headed = headed
            && second.header.clone().is_some_and(|header| {
                let header = prose.slice(header).to_ascii_lowercase();
                ["meaning", "definition", "description", "means"].iter().any(|word| header.contains(word))
            });
        let defines = self.scopes.defines[block.clause.index()];
        let untitled = header.is_none_or(|header| header.is_empty());
        if !(headed || defines && untitled) {
            return false;
        }
        let cell = prose.slice(first.text.clone());
        let term = cell.trim_matches(['"', '\'', ' ', ':', '.']);
        let meaning = prose.slice(second.text.clone());
        let is_head = HEADS.contains(&term.to_ascii_lowercase().as_str());
        if term.is_empty() || is_head || term.len() > TERM || meaning.trim().len() < 4 || !is_title(term) {
            return false;
        }
        let start = first.text.start + index(cell.find(term).unwrap_or(0)) - block.text.start;
        let meaning =
            (second.text.start - block.text.start) as usize..(second.text.end - block.text.start) as usize;
        let text = self.document.text(block);
        let refers = text.get(meaning.clone()).is_some_and(points);
        self.group += 1;
        self.push(
            Place { id, block, text },
            start as usize..start as usize + term.len(),
            meaning,
            Form::Row,
            refers,
        );
        true
    }

    fn push(
        &mut self,
        place: Place<'_>,
        inner: Range<usize>,
        meaning: Range<usize>,
        form: Form,
        refers: bool,
    ) {
        let Place { id, block, text } = place;
        let inner = clean(text, inner);
        let written = text.get(inner.clone()).unwrap_or("");
        if written.is_empty() || written.len() > TERM || !written.starts_with(char::is_alphanumeric) {
            return;
        }
        let place = |at: usize| block.text.start + index(at);
        let start = sentence_start(text, inner.start);
        let range = place(inner.start)..place(inner.end);
        self.found.push(Definition {
            written: written.split_whitespace().collect::<Vec<_>>().join(" "),
            span: self.document.source(range.clone()),
            text: range,
            meaning: place(meaning.start)..place(meaning.end),
            block: id,
            clause: block.clause,
            form,
            refers,
            local: is_local(text.get(start..inner.start).unwrap_or("")),
            instrument: 0,
            group: self.group,
            term: usize::MAX,
        });
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
