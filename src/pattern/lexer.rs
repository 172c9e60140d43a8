//! Text of a pattern -> signs and terms, each with its place.
//!
//! A mistake in a term is kept and the term taken for a blank, so that one run finds several.

use std::ops::Range;

use super::ast::{Comparison, Connector, Expr, Form, Modal, Operator, PartyTerm, Reach, WordTerm};
use super::syntax::{ListNames, SyntaxError, nearest};
use crate::token::QuantityKind;

/// One sign or term of a pattern.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    Term(Expr),
    /// A term with a mistake that has been told.
    Bad,
    Or,
    Joined(Connector),
    Except,
    Open,
    /// `heading(`
    Heading,
    Close,
}

/// A piece and its bytes in the pattern.
pub(super) type Placed = (Piece, Range<usize>);

const SIGNS: &[&str] = &[
    "customer", "supplier", "party", "must", "may", "not", "percent", "money", "duration", "date", "number",
];
const CONNECTORS: &str = "write or, +n, /n, +s, /s, +p, /p, & or % between terms";

/// Splits a pattern; `lists` are the names of the vocabulary.
pub(super) fn lex(text: &str, lists: &dyn ListNames) -> (Vec<Placed>, Vec<SyntaxError>) {
    let mut lexer = Lexer { text, lists, at: 0, errors: Vec::new() };
    let mut pieces: Vec<Placed> = Vec::new();
    while let Some(first) = lexer.peek() {
        let at = lexer.at;
        if first.is_whitespace() {
            lexer.at += first.len_utf8();
            continue;
        }
        let before = pieces.last().filter(|(_, range)| range.end == at).map(|(piece, _)| piece);
        let piece = lexer.piece(at, first, before);
        pieces.push((piece, at..lexer.at));
    }
    (pieces, lexer.errors)
}

struct Lexer<'a> {
    text: &'a str,
    lists: &'a dyn ListNames,
    /// The byte that is read next, at the start of a character.
    at: usize,
    errors: Vec<SyntaxError>,
}

impl<'a> Lexer<'a> {
    /// The next character. Patterns are nearly always ASCII.
    #[inline]
    fn peek(&self) -> Option<char> {
        match *self.text.as_bytes().get(self.at)? {
            byte if byte.is_ascii() => Some(char::from(byte)),
            _ => self.text.get(self.at..)?.chars().next(),
        }
    }

    fn next_if(&mut self, test: impl Fn(char) -> bool) -> Option<char> {
        let next = self.peek().filter(|&c| test(c))?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn take(&mut self, test: impl Fn(char) -> bool) -> &'a str {
        let start = self.at;
        while self.next_if(&test).is_some() {}
        self.text.get(start..self.at).unwrap_or("")
    }

    fn wrong(&mut self, range: Range<usize>, message: impl Into<String>, advice: impl Into<String>) -> Piece {
        self.errors.push(SyntaxError { range, message: message.into(), advice: advice.into() });
        Piece::Bad
    }

    fn piece(&mut self, at: usize, first: char, before: Option<&Piece>) -> Piece {
        if is_word_char(first) || first == '\'' || first == '’' {
            return self.bare(at, false);
        }
        self.at += first.len_utf8();
        match first {
            '(' => Piece::Open,
            ')' => Piece::Close,
            '&' => Piece::Joined(Connector { ordered: false, reach: Reach::Clause }),
            '%' => self.except(at, before),
            '"' | '“' | '”' => self.phrase(at, false),
            '+' | '/' => self.connector(at, first == '+'),
            '#' => match self.next_if(|c| matches!(c, '"' | '“' | '”')) {
                Some(_) => self.phrase(at, true),
                None => self.bare(at, true),
            },
            '@' => self.sign(at),
            '$' => self.list(at),
            '<' | '>' | '=' => {
                self.take(|c| matches!(c, '<' | '>' | '='));
                let end = self.at;
                self.wrong(
                    at..end,
                    "a comparison without a quantity",
                    "put it right behind a quantity: @percent>=99.5",
                )
            }
            '|' => {
                self.take(|c| c == '|');
                let end = self.at;
                self.wrong(at..end, "`|` is no connector", "write or")
            }
            _ => {
                let end = self.at;
                self.wrong(at..end, format!("`{first}` means nothing in a pattern"), CONNECTORS)
            }
        }
    }

    fn except(&mut self, at: usize, before: Option<&Piece>) -> Piece {
        if let Some(Piece::Term(Expr::Word(word))) = before
            && word.text.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b',')
        {
            let advice = format!("write @percent={} for the percentage", word.text);
            return self.wrong(at..at + 1, "`%` behind a figure is the connector \"but not\"", advice);
        }
        Piece::Except
    }

    fn connector(&mut self, at: usize, ordered: bool) -> Piece {
        let reach = match self.take(char::is_alphanumeric) {
            "s" => Reach::Sentence,
            "p" => Reach::Paragraph,
            digits if !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) => {
                match digits.parse::<u8>() {
                    Ok(n) if n > 0 => Reach::Words(n),
                    _ => {
                        let end = self.at;
                        let message = format!("a distance of {digits} words");
                        return self.wrong(at..end, message, "use 1 to 255, or s for the same sentence");
                    }
                }
            }
            _ => {
                let end = self.at;
                let message = format!("no such connector: `{}`", self.text.get(at..end).unwrap_or("/"));
                return self.wrong(at..end, message, "write +5 or /5, +s or /s, +p or /p");
            }
        };
        Piece::Joined(Connector { ordered, reach })
    }

    fn phrase(&mut self, at: usize, exact: bool) -> Piece {
        let from = self.at;
        let inner = self.take(|c| !matches!(c, '"' | '“' | '”'));
        if self.next_if(|_| true).is_none() {
            return self.wrong(
                at..self.text.len(),
                "this quotation mark is never closed",
                "close it with \"",
            );
        }
        let end = self.at;
        self.words(inner, from, at..end, exact)
    }

    fn bare(&mut self, at: usize, exact: bool) -> Piece {
        let from = self.at;
        let mut end = from;
        while let Some(c) = self.peek() {
            if c.is_ascii_alphanumeric() {
                self.at += 1;
                end = self.at;
                continue;
            }
            let pos = self.at;
            let rest = self.text.get(pos + c.len_utf8()..).unwrap_or("");
            let digits = self.text[..pos].ends_with(|c: char| c.is_ascii_digit())
                && rest.starts_with(|c: char| c.is_ascii_digit());
            let inside =
                is_word_char(c) || matches!(c, '\'' | '’' | '-') || (matches!(c, '.' | ',') && digits);
            if !inside {
                break;
            }
            self.at += c.len_utf8();
            end = self.at;
        }
        let run = self.text.get(from..end).unwrap_or("");
        if !exact && matches!(run, "or" | "OR") {
            return Piece::Or;
        }
        if !exact && run == "heading" && self.text[end..].trim_start().starts_with('(') {
            self.take(char::is_whitespace);
            self.at += 1;
            return Piece::Heading;
        }
        if !exact && is_plain(run) {
            let word = WordTerm { form: Form::Folded, text: run.to_owned() };
            return Piece::Term(Expr::Word(word));
        }
        self.words(run, from, at..end.max(at + 1), exact)
    }

    /// The words of a run or a quotation as one term.
    fn words(&mut self, text: &str, from: usize, whole: Range<usize>, exact: bool) -> Piece {
        let told = self.errors.len();
        let mut terms = Vec::new();
        if !exact && text.split(' ').all(is_plain) {
            let word = |word: &str| WordTerm { form: Form::Folded, text: word.to_owned() };
            return match text.contains(' ') {
                true => Piece::Term(Expr::Phrase(text.split(' ').map(word).collect())),
                false => Piece::Term(Expr::Word(word(text))),
            };
        }
        for (range, word) in split_words(text) {
            let place = from + range.start..from + range.end;
            if let Some(term) = self.word(word, place, exact) {
                terms.push(term);
            }
        }
        if self.errors.len() > told {
            return Piece::Bad;
        }
        match (terms.pop(), terms.is_empty()) {
            (None, _) => self.wrong(whole, "there is no word in this term", "write a word, or leave it out"),
            (Some(word), true) => Piece::Term(Expr::Word(word)),
            (Some(word), false) => {
                terms.push(word);
                Piece::Term(Expr::Phrase(terms))
            }
        }
    }

    fn word(&mut self, written: &str, place: Range<usize>, exact: bool) -> Option<WordTerm> {
        let (exact, body) = written.strip_prefix('#').map_or((exact, written), |rest| (true, rest));
        let (root, body) = body.strip_suffix('!').map_or((false, body), |rest| (true, rest));
        let letters = body.chars().filter(|c| c.is_alphanumeric()).count();
        let straight = body.replace('’', "'");
        if body.contains(['!', '#']) {
            let root = body.split(['!', '#']).find(|part| !part.is_empty()).unwrap_or("");
            let advice = format!("end the root with it: {root}!");
            self.wrong(place, "`!` stands at the end of a root", advice);
        } else if exact && (root || body.contains('*')) {
            self.wrong(place, "`#` asks for one form, `!` and `*` for several", "leave one of them out");
        } else if letters == 0 {
            self.wrong(place, "there is no letter in this word", "write at least one letter");
        } else if root && letters < 2 {
            self.wrong(place, "this root is too short", "write at least two letters before `!`");
        } else if exact {
            return Some(WordTerm { form: Form::Exact, text: straight });
        } else {
            let form = if root { Form::Root } else { Form::Folded };
            return Some(WordTerm { form, text: straight.to_lowercase() });
        }
        None
    }

    fn name(&mut self) -> &'a str {
        self.take(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    }

    fn list(&mut self, at: usize) -> Piece {
        let name = self.name();
        if self.lists.has(name) {
            return Piece::Term(Expr::List(name.to_owned()));
        }
        let end = self.at;
        let advice = nearest(name, self.lists.all().into_iter()).map_or_else(
            || "add it to [lists] in vocabulary.toml".to_owned(),
            |near| format!("write ${near}, or add it to [lists] in vocabulary.toml"),
        );
        self.wrong(at..end, format!("no list is called `${name}`"), advice)
    }

    fn sign(&mut self, at: usize) -> Piece {
        let name = self.name();
        let kind = match name {
            "customer" => return Piece::Term(Expr::Party(PartyTerm::Customer)),
            "supplier" => return Piece::Term(Expr::Party(PartyTerm::Supplier)),
            "party" => return Piece::Term(Expr::Party(PartyTerm::Any)),
            "must" => return self.modal(at, Modal::Must),
            "may" => return self.modal(at, Modal::May),
            "not" => return self.modal(at, Modal::Not),
            "percent" => QuantityKind::Percent,
            "money" => QuantityKind::Money,
            "duration" => QuantityKind::Duration,
            "date" => QuantityKind::Date,
            "number" => QuantityKind::Number,
            _ => {
                let end = self.at;
                let advice = nearest(name, SIGNS.iter().copied()).map_or_else(
                    || format!("the signs are @{}", SIGNS.join(", @")),
                    |near| format!("write @{near}"),
                );
                return self.wrong(at..end, format!("no sign is called `@{name}`"), advice);
            }
        };
        self.quantity(kind)
    }

    fn modal(&mut self, at: usize, modal: Modal) -> Piece {
        if self.lists.has(modal.list()) {
            return Piece::Term(Expr::Modal(modal));
        }
        let end = self.at;
        let message = format!("the vocabulary has no list `{}` for `@{}`", modal.list(), modal.list());
        self.wrong(at..end, message, "add it to [lists] in vocabulary.toml")
    }

    fn quantity(&mut self, kind: QuantityKind) -> Piece {
        let compared = self.text[self.at..].trim_start().starts_with(['<', '>', '=']);
        if !compared {
            return Piece::Term(Expr::Quantity(kind, None));
        }
        self.take(char::is_whitespace);
        let start = self.at;
        let operator = match self.take(|c| matches!(c, '<' | '>' | '=')) {
            "<" => Operator::Below,
            "<=" | "=<" => Operator::AtMost,
            "=" | "==" => Operator::Equal,
            ">=" | "=>" => Operator::AtLeast,
            ">" => Operator::Above,
            other => {
                let message = format!("no such comparison: `{other}`");
                self.take(|c| c.is_alphanumeric() || matches!(c, '.' | ','));
                return self.wrong(start..start + other.len(), message, "use <, <=, =, >= or >");
            }
        };
        self.take(char::is_whitespace);
        let from = self.at;
        let date = kind == QuantityKind::Date;
        let written =
            self.take(|c| c.is_alphanumeric() || matches!(c, '.' | ',') || (date && c == '-')).to_owned();
        let end = self.at;
        match super::value::value(kind, &written) {
            Ok(value) => Piece::Term(Expr::Quantity(kind, Some(Comparison { operator, value, written }))),
            Err((message, advice)) => self.wrong(from.min(end)..end.max(from), message, advice),
        }
    }
}

/// Whether this is a word that needs no further look: small letters only.
fn is_plain(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Whether a character may begin a bare word.
fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '*' | '!')
}

/// The words of a text by the rule that tokens are made by: letters and digits with apostrophes
/// inside, points and commas between digits. `*`, `!` and `#` count as letters.
pub(super) fn split_words(text: &str) -> Vec<(Range<usize>, &str)> {
    let mut words = Vec::new();
    let mut chars = text.char_indices().peekable();
    let mut start = None;
    let mut before = ' ';
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map_or(' ', |&(_, next)| next);
        let letter = |c: char| is_word_char(c) || c == '#';
        let inside = letter(c)
            || (start.is_some() && matches!(c, '\'' | '’') && after.is_alphanumeric())
            || (matches!(c, '.' | ',') && before.is_ascii_digit() && after.is_ascii_digit());
        match (inside, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                words.push((from..at, &text[from..at]));
                start = None;
            }
            _ => {}
        }
        before = c;
    }
    if let Some(from) = start {
        words.push((from..text.len(), &text[from..]));
    }
    words
}
