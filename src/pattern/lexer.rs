//! Text of a pattern -> signs and terms, each with its place.
//!
//! A mistake in a term is kept and the term taken for a blank, so that one run finds several.

use std::iter::Peekable;
use std::ops::Range;
use std::str::CharIndices;

use super::ast::{Comparison, Connector, Expr, Form, Modal, Operator, PartyTerm, Reach, WordTerm};
use super::syntax::{SyntaxError, nearest};
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
pub(super) fn lex(text: &str, lists: &[&str]) -> (Vec<Placed>, Vec<SyntaxError>) {
    let mut lexer = Lexer { text, lists, chars: text.char_indices().peekable(), errors: Vec::new() };
    let mut pieces: Vec<Placed> = Vec::new();
    while let Some(&(at, first)) = lexer.chars.peek() {
        if first.is_whitespace() {
            lexer.chars.next();
            continue;
        }
        let before = pieces.last().filter(|(_, range)| range.end == at).map(|(piece, _)| piece);
        let piece = lexer.piece(at, first, before);
        pieces.push((piece, at..lexer.here()));
    }
    (pieces, lexer.errors)
}

struct Lexer<'a> {
    text: &'a str,
    lists: &'a [&'a str],
    chars: Peekable<CharIndices<'a>>,
    errors: Vec<SyntaxError>,
}

impl<'a> Lexer<'a> {
    fn here(&mut self) -> usize {
        self.chars.peek().map_or(self.text.len(), |&(at, _)| at)
    }

    fn take(&mut self, test: impl Fn(char) -> bool) -> &'a str {
        let start = self.here();
        while self.chars.next_if(|&(_, c)| test(c)).is_some() {}
        let end = self.here();
        self.text.get(start..end).unwrap_or("")
    }

    fn wrong(&mut self, range: Range<usize>, message: impl Into<String>, advice: impl Into<String>) -> Piece {
        self.errors.push(SyntaxError { range, message: message.into(), advice: advice.into() });
        Piece::Bad
    }

    fn piece(&mut self, at: usize, first: char, before: Option<&Piece>) -> Piece {
        if is_word_char(first) || first == '\'' || first == '’' {
            return self.bare(at, false);
        }
        self.chars.next();
        match first {
            '(' => Piece::Open,
            ')' => Piece::Close,
            '&' => Piece::Joined(Connector { ordered: false, reach: Reach::Clause }),
            '%' => self.except(at, before),
            '"' | '“' | '”' => self.phrase(at, false),
            '+' | '/' => self.connector(at, first == '+'),
            '#' => match self.chars.next_if(|&(_, c)| matches!(c, '"' | '“' | '”')) {
                Some(_) => self.phrase(at, true),
                None => self.bare(at, true),
            },
            '@' => self.sign(at),
            '$' => self.list(at),
            '<' | '>' | '=' => {
                self.take(|c| matches!(c, '<' | '>' | '='));
                let end = self.here();
                self.wrong(
                    at..end,
                    "a comparison without a quantity",
                    "put it right behind a quantity: @percent>=99.5",
                )
            }
            '|' => {
                self.take(|c| c == '|');
                let end = self.here();
                self.wrong(at..end, "`|` is no connector", "write or")
            }
            _ => {
                let end = self.here();
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
                        let end = self.here();
                        let message = format!("a distance of {digits} words");
                        return self.wrong(at..end, message, "use 1 to 255, or s for the same sentence");
                    }
                }
            }
            _ => {
                let end = self.here();
                let message = format!("no such connector: `{}`", self.text.get(at..end).unwrap_or("/"));
                return self.wrong(at..end, message, "write +5 or /5, +s or /s, +p or /p");
            }
        };
        Piece::Joined(Connector { ordered, reach })
    }

    fn phrase(&mut self, at: usize, exact: bool) -> Piece {
        let from = self.here();
        let inner = self.take(|c| !matches!(c, '"' | '“' | '”'));
        if self.chars.next().is_none() {
            return self.wrong(
                at..self.text.len(),
                "this quotation mark is never closed",
                "close it with \"",
            );
        }
        let end = self.here();
        self.words(inner, from, at..end, exact)
    }

    fn bare(&mut self, at: usize, exact: bool) -> Piece {
        let from = self.here();
        let mut end = from;
        while let Some(&(pos, c)) = self.chars.peek() {
            let rest = self.text.get(pos + c.len_utf8()..).unwrap_or("");
            let digits = self.text[..pos].ends_with(|c: char| c.is_ascii_digit())
                && rest.starts_with(|c: char| c.is_ascii_digit());
            let inside =
                is_word_char(c) || matches!(c, '\'' | '’' | '-') || (matches!(c, '.' | ',') && digits);
            if !inside {
                break;
            }
            self.chars.next();
            end = pos + c.len_utf8();
        }
        let run = self.text.get(from..end).unwrap_or("");
        if !exact && matches!(run, "or" | "OR") {
            return Piece::Or;
        }
        if !exact && run == "heading" && self.text[end..].trim_start().starts_with('(') {
            self.take(char::is_whitespace);
            self.chars.next();
            return Piece::Heading;
        }
        self.words(run, from, at..end.max(at + 1), exact)
    }

    /// The words of a run or a quotation as one term.
    fn words(&mut self, text: &str, from: usize, whole: Range<usize>, exact: bool) -> Piece {
        let told = self.errors.len();
        let mut terms = Vec::new();
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
            let advice = format!("end the root with it: {}!", body.split(['!', '#']).next().unwrap_or(""));
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
        if self.lists.contains(&name) {
            return Piece::Term(Expr::List(name.to_owned()));
        }
        let end = self.here();
        let advice = nearest(name, self.lists.iter().copied()).map_or_else(
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
                let end = self.here();
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
        if self.lists.contains(&modal.list()) {
            return Piece::Term(Expr::Modal(modal));
        }
        let end = self.here();
        let message = format!("the vocabulary has no list `{}` for `@{}`", modal.list(), modal.list());
        self.wrong(at..end, message, "add it to [lists] in vocabulary.toml")
    }

    fn quantity(&mut self, kind: QuantityKind) -> Piece {
        let compared = self.text[self.here()..].trim_start().starts_with(['<', '>', '=']);
        if !compared {
            return Piece::Term(Expr::Quantity(kind, None));
        }
        self.take(char::is_whitespace);
        let start = self.here();
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
        let from = self.here();
        let date = kind == QuantityKind::Date;
        let written =
            self.take(|c| c.is_alphanumeric() || matches!(c, '.' | ',') || (date && c == '-')).to_owned();
        let end = self.here();
        match super::value::value(kind, &written) {
            Ok(value) => Piece::Term(Expr::Quantity(kind, Some(Comparison { operator, value, written }))),
            Err((message, advice)) => self.wrong(from.min(end)..end.max(from), message, advice),
        }
    }
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
