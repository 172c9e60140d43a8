//! Directives to the linter in HTML comments, and the text that each covers:
//! `<!-- clauselint: allow(exit-transition) the reason; by: counsel; until: 2027-03-31 -->`.
//!
//! Only the words are read here, each with its place. Whether a rule of that name exists, whether
//! a day has passed and which findings are hidden is settled in `triage`.

mod place;

use super::{ClauseId, Document};
use crate::source::{FileId, SourceFile, Span};
use place::Places;

/// What a directive begins with, in any case; a colon follows.
const NAME: &str = "clauselint";
/// The words for what a directive may do, with how far each reaches.
pub const VERBS: [(&str, Reach); 3] =
    [("allow", Reach::Clause), ("allow-section", Reach::Section), ("allow-file", Reach::File)];

/// How far a directive reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Reach {
    /// One clause with the items of its lists, without the clauses below it that have a number or
    /// title of their own.
    #[default]
    Clause,
    /// A clause with all that lies below it.
    Section,
    /// The whole file.
    File,
}

/// Some words of a directive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// The words, on one line.
    pub text: String,
    /// Where they stand.
    pub span: Span,
}

/// What keeps a directive from being read to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// No colon after the name.
    Colon,
    /// No list in parentheses after the verb.
    List,
    /// A list without its closing parenthesis.
    Unclosed,
    /// A comment without its end: all that follows is taken for comment.
    Endless,
}

/// A directive as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// The comment that it stands in.
    pub comment: Span,
    /// The directive itself, from the verb on.
    pub span: Span,
    /// The verb with its list.
    pub head: Span,
    /// What it asks for: "allow", or whatever stands there.
    pub verb: Words,
    /// How far it reaches; none for a verb that is not known.
    pub reach: Option<Reach>,
    /// What stands between the parentheses.
    pub names: Vec<Words>,
    /// The text up to the first key.
    pub reason: String,
    /// The keys with their values, in order.
    pub keys: Vec<(Words, Words)>,
    /// What is wrong with its form.
    pub flaw: Option<Flaw>,
    /// The clause that it stands at.
    pub clause: ClauseId,
    /// The text that it covers.
    pub covers: Span,
}

/// The directives of a document, in order. A document without any costs a glance at each comment.
#[must_use]
pub fn directives(document: &Document, source: &SourceFile) -> Vec<Directive> {
    let mut found: Vec<Directive> = Vec::new();
    for &comment in &document.comments {
        written(comment, source, &mut found);
    }
    if found.is_empty() {
        return found;
    }
    found.sort_by_key(|directive| directive.span.start());
    let places = Places::new(document, source);
    for directive in &mut found {
        let reach = directive.reach.unwrap_or_default();
        (directive.clause, directive.covers) = places.covered(directive.comment, reach);
    }
    found
}

/// Reads the directives of one comment: each begins a line of it and ends before the next.
fn written(comment: Span, source: &SourceFile, found: &mut Vec<Directive>) {
    let text = source.slice(comment);
    let inner = text.strip_prefix("<!--").unwrap_or(text);
    let closed = inner.strip_suffix("-->");
    let start = comment.start() + (text.len() - inner.len());
    let inner = closed.unwrap_or(inner);
    let first = found.len();
    let mut at = 0;
    let mut begun = None;
    for line in inner.split_inclusive(['\n', '\r']) {
        let words = line.trim_start_matches([' ', '\t', '>']);
        if words.get(..NAME.len()).is_some_and(|name| name.eq_ignore_ascii_case(NAME)) {
            let here = at + (line.len() - words.len());
            if let Some(from) = begun.replace(here) {
                found.extend(Cursor::new(source, start + from, start + here).directive(comment));
            }
        }
        at += line.len();
    }
    if let Some(from) = begun {
        found.extend(Cursor::new(source, start + from, start + inner.len()).directive(comment));
    }
    if closed.is_none() {
        for directive in found.iter_mut().skip(first) {
            directive.flaw = Some(Flaw::Endless);
        }
    }
}

/// The words of one directive, read from the front.
struct Cursor<'a> {
    file: FileId,
    text: &'a str,
    /// Where `text` begins in the file.
    base: usize,
    at: usize,
}

impl<'a> Cursor<'a> {
    fn new(source: &'a SourceFile, start: usize, end: usize) -> Self {
        let text = source.text.get(start..end).unwrap_or("").trim_end();
        Self { file: source.id, text, base: start, at: 0 }
    }

    fn directive(mut self, comment: Span) -> Option<Directive> {
        self.at = NAME.len();
        self.blanks();
        let colon = self.sign(':');
        self.blanks();
        let from = self.at;
        let verb = self.while_is(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
        let known = VERBS.iter().find(|(name, _)| *name == verb.text).map(|(_, reach)| *reach);
        self.blanks();
        let list = self.rest().starts_with('(');
        // "clauselint is run on this file" is a remark, not a directive.
        if !colon && (known.is_none() || !list) {
            return None;
        }
        let mut directive = Directive {
            comment,
            span: self.span(from, self.text.len()),
            head: verb.span,
            verb,
            reach: known,
            names: Vec::new(),
            reason: String::new(),
            keys: Vec::new(),
            flaw: (!colon).then_some(Flaw::Colon),
            clause: ClauseId::default(),
            covers: comment,
        };
        if !list {
            directive.flaw = Some(Flaw::List);
            return Some(directive);
        }
        let inside = self.at + 1;
        let end = self.rest().find(')').map(|len| self.at + len);
        let names = end.and_then(|end| self.text.get(inside..end));
        // A parenthesis in the list is one of the reason, and the list has none at its end.
        let Some(names) = names.filter(|names| !names.contains('(')) else {
            directive.flaw = Some(Flaw::Unclosed);
            return Some(directive);
        };
        directive.names = self.names(names, inside);
        self.at = inside + names.len() + 1;
        directive.head = self.span(from, self.at);
        self.remarks(&mut directive);
        Some(directive)
    }

    /// Names between commas or blanks.
    fn names(&self, list: &str, start: usize) -> Vec<Words> {
        let mut at = start;
        let mut names = Vec::new();
        for part in list.split([',', ';', ' ', '\t', '\n', '\r']) {
            if !part.is_empty() {
                names.push(self.words(at, at + part.len()));
            }
            at += part.len() + 1;
        }
        names
    }

    /// The reason and the keys.
    fn remarks(&self, directive: &mut Directive) {
        let mut from = self.at;
        let mut key: Option<Words> = None;
        let mut at = self.at;
        loop {
            let next = self.text.get(at..).and_then(|rest| rest.find(';')).map(|len| at + len);
            let found = next.map(|semicolon| (semicolon, self.key(semicolon + 1)));
            if let Some((semicolon, None)) = found {
                at = semicolon + 1;
                continue;
            }
            let end = next.unwrap_or(self.text.len());
            match key.take() {
                None => directive.reason = reason(self.text.get(from..end).unwrap_or("")),
                Some(key) => directive.keys.push((key, self.words(from, end))),
            }
            let Some((_, Some((name, after)))) = found else { return };
            key = Some(name);
            (from, at) = (after, after);
        }
    }

    /// A key in front of its colon, and where its value begins. An address is no key.
    fn key(&self, start: usize) -> Option<(Words, usize)> {
        let rest = self.text.get(start..)?;
        let name = rest.trim_start();
        let from = start + (rest.len() - name.len());
        let len = name.find(|c: char| !c.is_ascii_alphabetic() && !matches!(c, '-' | '_'))?;
        let after = name.get(len..)?.trim_start_matches([' ', '\t']);
        let value = after.strip_prefix(':').filter(|value| len > 0 && !value.starts_with("//"))?;
        Some((self.words(from, from + len), self.text.len() - value.len()))
    }

    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn blanks(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn sign(&mut self, sign: char) -> bool {
        let found = self.rest().starts_with(sign);
        self.at += if found { sign.len_utf8() } else { 0 };
        found
    }

    fn while_is(&mut self, belongs: impl Fn(char) -> bool) -> Words {
        let from = self.at;
        let rest = self.rest();
        self.at += rest.find(|c| !belongs(c)).unwrap_or(rest.len());
        self.words(from, self.at)
    }

    /// The words between two places, blanks at their ends left out.
    fn words(&self, start: usize, end: usize) -> Words {
        let text = self.text.get(start..end).unwrap_or("");
        let start = start + (text.len() - text.trim_start().len());
        let text = text.trim();
        Words { text: one_line(text), span: self.span(start, start + text.len()) }
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, self.base + start..self.base + end)
    }
}

/// The reason without what only parts it from the list; nothing when no letter or digit is in it.
fn reason(text: &str) -> String {
    let text = one_line(text);
    let text = text.trim_start_matches([':', ';', ',', '.', '-', '–', '—', ' ']).trim_end_matches([';', ' ']);
    if text.contains(char::is_alphanumeric) { text.to_owned() } else { String::new() }
}

/// A text of several lines on one, the marks of a block quote left out.
fn one_line(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, line) in text.split(['\n', '\r']).enumerate() {
        let line = if at == 0 { line } else { line.trim_start_matches([' ', '\t', '>']) };
        for word in line.split_whitespace() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;

    fn read(text: &str) -> (SourceFile, Vec<Directive>) {
        let source = SourceFile::new(FileId::default(), "a.md", text);
        let found = directives(&parse(&source), &source);
        (source, found)
    }

    fn texts(words: &[Words]) -> Vec<&str> {
        words.iter().map(|words| words.text.as_str()).collect()
    }

    #[test]
    fn every_part_of_a_directive_has_its_place() {
        let text = "# Services Agreement\n\n<!-- clauselint: allow(a, b) agreed; it was (twice) asked;\n \
                    by: counsel ; until : 2027-03-31 -->\n\n1. Text.\n";
        let (source, found) = read(text);
        let [one] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!((one.reach, one.flaw), (Some(Reach::Clause), None));
        assert_eq!(texts(&one.names), ["a", "b"]);
        assert_eq!(one.reason, "agreed; it was (twice) asked");
        let keys: Vec<_> =
            one.keys.iter().map(|(key, value)| (key.text.as_str(), value.text.as_str())).collect();
        assert_eq!(keys, [("by", "counsel"), ("until", "2027-03-31")]);
        let spans = one.names.iter().chain(one.keys.iter().flat_map(|(key, value)| [key, value]));
        for words in spans {
            assert_eq!(source.slice(words.span), words.text);
        }
        assert!(source.slice(one.span).starts_with("allow(a, b)"));
    }

    #[test]
    fn a_reason_may_hold_an_address_and_semicolons() {
        let (_, found) = read("<!-- clauselint: allow-file(a): see; https://example.org/x; so: yes -->\n");
        assert_eq!(found[0].reason, "see; https://example.org/x");
        assert_eq!(found[0].keys[0].0.text, "so");
        let (_, found) = read("<!-- clauselint: allow(a) - ...; by: x -->\n");
        assert_eq!((found[0].reason.as_str(), found[0].keys[0].1.text.as_str()), ("", "x"));
    }

    #[test]
    fn what_is_wrong_with_the_form_is_told_apart() {
        let flaw = |text: &str| read(text).1.first().map(|one| one.flaw);
        assert_eq!(flaw("<!-- clauselint allow(a) b -->\n"), Some(Some(Flaw::Colon)));
        assert_eq!(flaw("<!-- clauselint: allow a because -->\n"), Some(Some(Flaw::List)));
        assert_eq!(flaw("<!-- clauselint: -->\n"), Some(Some(Flaw::List)));
        assert_eq!(flaw("<!-- clauselint: allow(a because -->\n"), Some(Some(Flaw::Unclosed)));
        assert_eq!(flaw("<!-- clauselint: allow(a because (see b) -->\n"), Some(Some(Flaw::Unclosed)));
        assert_eq!(flaw("<!-- clauselint: allow(a) because\n\n1. Text\n"), Some(Some(Flaw::Endless)));
        assert_eq!(flaw("<!-- clauselint is run on this file (daily) -->\n"), None);
        assert_eq!(flaw("<!-- clauselinting: allow(a) b -->\n"), None);
        assert_eq!(flaw("<!-- ClauseLint: allow(a) b -->\n"), Some(None));
    }

    #[test]
    fn one_comment_may_hold_several_directives() {
        let text = "<!-- Waivers of 3 May.\n\nclauselint: allow(a) one,\n  on two lines\n\
                    clauselint: allow-file(b) two\n-->\n";
        let (_, found) = read(text);
        let reasons: Vec<&str> = found.iter().map(|one| one.reason.as_str()).collect();
        assert_eq!(reasons, ["one, on two lines", "two"]);
    }

    #[test]
    fn comments_arrive_from_everywhere() {
        let text = "<!-- clauselint: allow(top) r -->\r\n# Services Agreement <!-- clauselint: allow(title) r -->\r\n\r\n\
                    ## 1. Scope\r\n\r\n1.1 Text <!-- clauselint: allow(inline) r --> goes on.\r\n\r\n\
                    - item <!-- clauselint: allow(item) r -->\r\n  - <!-- clauselint: allow(first) r --> inner\r\n\r\n\
                    > quoted\r\n> <!-- clauselint: allow(quote) of\r\n>   two lines -->\r\n\r\n\
                    | a | b |\r\n|---|---|\r\n| c <!-- clauselint: allow(cell) r --> | d | e <!-- clauselint: allow(extra) r --> |\r\n\r\n\
                    text:\r\n\r\n    (a) indented <!-- clauselint: allow(indented) r -->\r\n    <!-- clauselint: allow(lines)\r\n    \
                    of two -->\r\n    (b) more\r\n\r\n<div>x <!-- clauselint: allow(html) r --></div>\r\n\r\n\
                    Set\r\n<!-- clauselint: allow(after) r -->\r\n";
        let (_, found) = read(text);
        let names: Vec<&str> = found.iter().flat_map(|one| texts(&one.names)).collect();
        let expected = [
            "top", "title", "inline", "item", "first", "quote", "cell", "extra", "indented", "lines", "html",
            "after",
        ];
        assert_eq!(names, expected);
        assert!(found.iter().all(|one| one.flaw.is_none()));
        assert_eq!(found[5].reason, "of two lines");
        let source = SourceFile::new(FileId::default(), "a.md", text);
        let prose = parse(&source).prose.text;
        assert!(!prose.contains("clauselint") && !prose.contains("--"), "{prose}");
    }

    #[test]
    fn code_holds_no_directive() {
        let (_, found) =
            read("```\n<!-- clauselint: allow(a) r -->\n```\n\n`<!-- clauselint: allow(b) r -->`\n");
        assert_eq!(found, []);
    }
}
