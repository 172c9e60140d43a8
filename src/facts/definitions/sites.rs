//! Where terms are defined, from quotes, from the verb "means", and from the lists and tables of a
//! definitions clause.

use std::collections::HashSet;
use std::ops::Range;

use memchr::memmem;

use super::lexis::{
    Verb, clean, is_called, is_connector, is_definitions_title, is_local, is_preamble, is_reference,
    is_schedule_line, is_signature, is_small, is_title, points, verb,
};
use super::{Definition, Form};
use crate::document::{Block, BlockId, BlockKind, ClauseId, Document, LabelKind};

/// The longest term in bytes.
const TERM: usize = 80;
/// The longest bracket that defines, in bytes.
const BRACKET: usize = 240;
/// How far in front of a quote the words that define are looked for, in bytes.
const BEFORE: usize = 90;
/// The longest sentence that is read, in bytes.
const SENTENCE: usize = 4000;
/// How far behind a term its verb may stand, in bytes.
const BEHIND: usize = 160;

/// All definitions in order, and the clause that is there to define.
pub(super) fn find(document: &Document) -> (Vec<Definition>, Option<ClauseId>) {
    let scopes = Scopes::new(document);
    let mut finder = Finder { document, scopes, found: Vec::new(), group: 0 };
    for (at, block) in document.blocks.iter().enumerate() {
        if block.kind != BlockKind::Furniture {
            finder.block(BlockId(u32::try_from(at).unwrap_or(u32::MAX)), block);
        }
    }
    let Finder { mut found, scopes, .. } = finder;
    number_instruments(document, &mut found, &scopes);
    (found, scopes.clause)
}

/// What the clauses above a block say of it.
struct Scopes {
    /// Whether a clause or one above it is there to define, by clause.
    defines: Vec<bool>,
    /// The attachment that a clause belongs to, by clause; 0 for the body.
    attachment: Vec<u32>,
    /// The first clause that is there to define.
    clause: Option<ClauseId>,
}

impl Scopes {
    fn new(document: &Document) -> Self {
        let mut scopes = Self { defines: Vec::new(), attachment: Vec::new(), clause: None };
        for (at, clause) in document.clauses.iter().enumerate() {
            let above = clause.parent.map(crate::document::ClauseId::index);
            let title = clause.title.clone().map_or("", |title| document.prose.slice(title));
            let own = at > 0 && is_definitions_title(title);
            let id = u32::try_from(at).unwrap_or(u32::MAX);
            if own && scopes.clause.is_none() {
                scopes.clause = Some(ClauseId(id));
            }
            let attached = clause.label.as_ref().is_some_and(|label| label.kind == LabelKind::Attachment);
            scopes.defines.push(own || above.is_some_and(|above| scopes.defines[above]));
            scopes.attachment.push(match attached {
                true => id,
                false => above.map_or(0, |above| scopes.attachment[above]),
            });
        }
        scopes
    }
}

struct Finder<'a> {
    document: &'a Document,
    scopes: Scopes,
    found: Vec<Definition>,
    group: u32,
}

/// A quoted stretch: the bytes inside and those with the quotes.
#[derive(Clone, Debug)]
struct Quoted {
    inner: Range<usize>,
    outer: Range<usize>,
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
        self.found[first..].sort_by_key(|one| one.text.start);
        let defines = self.scopes.defines[block.clause.index()] || self.is_led(block);
        if defines && self.found.len() == first && block.kind != BlockKind::Heading {
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
            self.push(id, block, text, quote.inner.clone(), start..range.start, Form::Bracket, refers);
        }
    }

    /// The terms of `"Fees" and "Charges" mean ...` and of `hereinafter called "Fees"`; says how
    /// many further quotes it has read.
    fn phrase(&mut self, id: BlockId, block: &Block, text: &str, quotes: &[Quoted]) -> usize {
        let Some(first) = quotes.first() else { return 0 };
        let mut last = 0;
        let mut alias = true;
        while let Some(next) = quotes.get(last + 1) {
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
            self.push(id, block, text, quote.inner.clone(), meaning.clone(), form, refers);
        }
        last
    }

    /// `Business Day means ...` at the start of a sentence.
    fn unquoted(&mut self, id: BlockId, block: &Block, text: &str) {
        let mut last = 0;
        for at in memmem::find_iter(text.as_bytes(), b"mean") {
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
            let term = term.strip_prefix("The term ").or_else(|| term.strip_prefix("The ")).unwrap_or(term);
            let start = front.len() - term.len();
            if term.len() > TERM || !is_title(term) || term.contains('"') {
                continue;
            }
            let from = front.len() + verb_end;
            self.group += 1;
            let meaning = from..sentence_end(text, from);
            let refers = points(&text[meaning.clone()]);
            self.push(id, block, text, start..front.len(), meaning, Form::Means, refers);
        }
    }

    /// `Fees: ...`, `"Fees" ...` in a list of definitions.
    fn entry(&mut self, id: BlockId, block: &Block, text: &str, quotes: &[Quoted]) {
        if let Some(quote) = quotes.first().filter(|quote| quote.outer.start == 0) {
            let rest = text.get(quote.outer.end..).unwrap_or("");
            if rest.len() > 4 {
                self.group += 1;
                let meaning = quote.outer.end..sentence_end(text, quote.outer.end);
                self.push(
                    id,
                    block,
                    text,
                    quote.inner.clone(),
                    meaning,
                    Form::Entry,
                    points(first_sentence(rest)),
                );
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
        let marked = marked.len() > end || block.run_in.is_some() || block.span.start() + 2 < marked.start();
        if rest.len() > 10 && is_title(term) && !is_definitions_title(term) && marked {
            self.group += 1;
            let from = end + width;
            self.push(id, block, text, 0..end, from..sentence_end(text, from), Form::Entry, points(rest));
        }
    }

    /// A row of a table of terms; whether it is one.
    fn row(&mut self, id: BlockId, block: &Block) -> bool {
        let [first, second, ..] = block.cells.as_slice() else { return false };
        let prose = &self.document.prose;
        let header = first.header.clone().map(|header| prose.slice(header).trim().to_ascii_lowercase());
        let headed = header.as_deref().is_some_and(|header| {
            matches!(
                header,
                "term" | "terms" | "defined term" | "definition" | "expression" | "word" | "phrase"
            )
        });
        let headed = headed
            && second.header.clone().is_some_and(|header| {
                let header = prose.slice(header).to_ascii_lowercase();
                ["meaning", "definition", "description", "means"].iter().any(|word| header.contains(word))
            });
        let defines = self.scopes.defines[block.clause.index()];
        if !headed && !(defines && header.is_none_or(|header| header.is_empty())) {
            return false;
        }
        let cell = prose.slice(first.text.clone());
        let term = cell.trim_matches(['"', '\'', ' ', ':', '.']);
        let meaning = prose.slice(second.text.clone());
        if term.is_empty() || term.len() > TERM || meaning.trim().len() < 4 || !is_title(term) {
            return false;
        }
        let start = first.text.start + index(cell.find(term).unwrap_or(0)) - block.text.start;
        let meaning =
            (second.text.start - block.text.start) as usize..(second.text.end - block.text.start) as usize;
        let text = self.document.text(block);
        let refers = text.get(meaning.clone()).is_some_and(points);
        self.group += 1;
        self.push(id, block, text, start as usize..start as usize + term.len(), meaning, Form::Row, refers);
        true
    }

    fn push(
        &mut self,
        id: BlockId,
        block: &Block,
        text: &str,
        inner: Range<usize>,
        meaning: Range<usize>,
        form: Form,
        refers: bool,
    ) {
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

/// A schedule is an instrument of its own, and so is a form of agreement, which shows in a new
/// preamble: brackets that define what was defined already, or `(this "Agreement")`.
fn number_instruments(document: &Document, found: &mut [Definition], scopes: &Scopes) {
    let mut lines = document.blocks.iter().enumerate().filter_map(|(at, block)| {
        let attached = block.label.as_ref().is_some_and(|label| label.kind == LabelKind::Attachment);
        (attached || is_schedule_line(document.text(block))).then(|| u32::try_from(at).unwrap_or(u32::MAX))
    });
    let mut line = lines.next();
    let (mut now, mut last, mut named) = (0, 0, false);
    let mut seen: HashSet<String> = HashSet::new();
    let mut at = 0;
    while at < found.len() {
        let (block, clause) = (found[at].block, found[at].clause);
        let count = found[at..].iter().take_while(|one| one.block == block).count();
        let attachment = scopes.attachment[clause.index()];
        let mut anew = at > 0 && attachment != last;
        while line.is_some_and(|line| line <= block.0) {
            anew |= at > 0;
            line = lines.next();
        }
        let here = &found[at..at + count];
        let brackets = here.iter().filter(|one| one.form == Form::Bracket);
        let again = brackets.clone().filter(|one| seen.contains(&one.written)).count();
        let opens = brackets.clone().any(|one| {
            document.prose.slice(one.text.start.saturating_sub(7)..one.text.start).ends_with("this \"")
        });
        let text = document.text(document.block(block));
        let several = brackets.count() > 1 || text.contains("between") || text.contains("BETWEEN");
        anew |= opens && named || again > 0 && several && is_preamble(text);
        if anew {
            now += 1;
            named = false;
            seen.clear();
        }
        named |= opens;
        last = attachment;
        for one in &mut found[at..at + count] {
            one.instrument = now;
            seen.insert(one.written.clone());
        }
        at += count;
    }
}

fn index(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The last character border at or before a place.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0)
}

/// The round brackets that are open at a place, found in one pass over a block.
struct Brackets<'a> {
    text: &'a str,
    at: usize,
    open: Vec<usize>,
}

impl Brackets<'_> {
    fn until(&mut self, end: usize) {
        let bytes = self.text.as_bytes();
        for at in self.at..end.max(self.at) {
            match bytes[at] {
                b'(' => self.open.push(at),
                b')' => {
                    self.open.pop();
                }
                _ => {}
            }
        }
        self.at = self.at.max(end);
    }
}

/// Where the bracket that opens at a place closes, or as far as a bracket that defines reaches.
fn closing(text: &str, open: usize) -> usize {
    let end = floor(text, open + BRACKET);
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate().take(end).skip(open) {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 1 => return at,
            b')' => depth -= 1,
            _ => {}
        }
    }
    end
}

/// Whether from a bracket's start to a quote there are only the words that introduce a term, and
/// other quotes.
fn is_connected(text: &str, from: usize, quote: &Quoted, quotes: &[Quoted]) -> bool {
    if quote.outer.start < from || quote.outer.start - from > BRACKET {
        return false;
    }
    let first = quotes.partition_point(|other| other.outer.start < from);
    let mut at = from;
    for other in quotes[first..].iter().take_while(|other| other.outer.start <= quote.outer.start) {
        if !is_connected_words(text.get(at..other.outer.start).unwrap_or("")) {
            return false;
        }
        at = other.outer.end;
    }
    true
}

fn is_connected_words(text: &str) -> bool {
    // "(such as "TM")", "(with "Buy now" or like words)" name no thing.
    let front = text.trim();
    if front.ends_with("such as") || front == "with" || front == "as" || front == "for" {
        return false;
    }
    text.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).all(is_connector)
}

/// The stretches in double quotes, and those in single ones that look like terms.
fn quotes(text: &str) -> Vec<Quoted> {
    let bytes = text.as_bytes();
    let mut found: Vec<Quoted> = Vec::new();
    let mut open: Option<(usize, u8)> = None;
    for at in memchr::memchr2_iter(b'"', b'\'', bytes) {
        let before = text[..at].chars().next_back();
        let behind = text[at + 1..].chars().next();
        let sign = bytes[at];
        let double = sign == b'"';
        let opens = !before.is_some_and(char::is_alphanumeric)
            && behind.is_some_and(|c| c.is_alphanumeric() || (double && c == ' '));
        let closes = !behind.is_some_and(char::is_alphanumeric);
        match open {
            Some((start, with)) if with == sign && closes && at > start + 1 => {
                if at - start <= TERM + 2 {
                    found.push(Quoted { inner: start + 1..at, outer: start..at + 1 });
                }
                open = None;
            }
            Some((start, with)) if at - start <= TERM + 2 && (with == b'"' || !double) => {
                // An apostrophe inside, or an opening quote that never closed.
                if opens && double {
                    open = Some((at, sign));
                }
            }
            _ if opens && (double || behind.is_some_and(char::is_uppercase)) => open = Some((at, sign)),
            _ => open = None,
        }
    }
    found
}

/// Where the sentence that holds a place begins.
fn sentence_start(text: &str, at: usize) -> usize {
    let from = floor(text, at.saturating_sub(1500));
    let front = &text[from..at.min(text.len())];
    let bytes = front.as_bytes();
    let stop = (0..bytes.len().saturating_sub(1)).rev().find(|&at| {
        matches!(bytes[at], b'.' | b';' | b':') && bytes[at + 1] == b' ' && !ends_abbreviation(&front[..at])
    });
    let start = stop.map_or(from, |stop| from + stop + 1);
    start + (text[start..].len() - text[start..].trim_start_matches([' ', '"']).len()).min(at - start)
}

/// Where the sentence that begins at a place ends.
fn sentence_end(text: &str, from: usize) -> usize {
    let bytes = &text.as_bytes()[..floor(text, from + SENTENCE)];
    let stop = (from..bytes.len().saturating_sub(2)).find(|&at| {
        bytes[at] == b'.'
            && matches!(bytes[at + 1], b' ' | b'"')
            && bytes[at + 2..]
                .iter()
                .find(|byte| !matches!(byte, b' ' | b'"' | b'('))
                .is_some_and(u8::is_ascii_uppercase)
            && !ends_abbreviation(&text[floor(text, at.saturating_sub(12))..at])
    });
    stop.unwrap_or(bytes.len())
}

fn first_sentence(text: &str) -> &str {
    &text[..sentence_end(text, 0).min(floor(text, 400))]
}

/// Whether a stop behind these words ends no sentence.
fn ends_abbreviation(front: &str) -> bool {
    let word = front.rsplit([' ', '(', '.']).next().unwrap_or("");
    word.len() < 2
        || matches!(
            word,
            "Inc" | "Ltd" | "Co" | "Corp" | "No" | "Sec" | "Mr" | "Ms" | "Dr" | "St" | "vs" | "Art"
        )
        || is_small(word) && word.len() < 2
}
