//! Parser of the pattern language: pieces -> tree; every mistake has its place and advice.
//!
//! After a mistake the parser goes on as well as it can, so that one run finds several. Size and
//! depth are bounded ([`LONGEST`], [`DEEPEST`]), since patterns come from users
//! and every later step walks the tree by recursion.

use std::ops::Range;

use super::ast::{Connector, EXCEPT, Expr, Node, OR, TERM};
use super::lexer::{Piece, Placed, lex};
use super::vocabulary::Vocabulary;

/// The longest pattern, in bytes.
pub const LONGEST: usize = 8 * 1024;
/// The deepest nesting of one pattern, in levels of parts; a chain of connectors nests too.
pub const DEEPEST: usize = 64;

/// A mistake in a pattern.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The bytes of the pattern's text that are wrong, counted from 0.
    pub range: Range<usize>,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to write instead.
    pub advice: String,
}

/// A parsed pattern. Named lists are kept by name and resolved by the plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// The text as written.
    pub text: String,
    /// What it says.
    pub tree: Node,
}

/// Parses a pattern. Names of lists are checked against the vocabulary.
///
/// # Errors
/// All mistakes found, each with its place in `text`.
pub fn parse(text: &str, vocabulary: &Vocabulary) -> Result<Pattern, Vec<SyntaxError>> {
    parse_with(text, vocabulary)
}

/// The names that a pattern may give to lists.
pub(super) trait ListNames {
    /// Whether there is a list of this name.
    fn has(&self, name: &str) -> bool;

    /// The names that may have been meant.
    fn all(&self) -> Vec<&str>;
}

impl ListNames for Vocabulary {
    fn has(&self, name: &str) -> bool {
        self.lists.contains_key(name)
    }

    fn all(&self) -> Vec<&str> {
        self.lists.keys().map(String::as_str).collect()
    }
}

/// Every name: for a pattern that was read before.
pub(super) struct AnyName;

impl ListNames for AnyName {
    fn has(&self, _: &str) -> bool {
        true
    }

    fn all(&self) -> Vec<&str> {
        Vec::new()
    }
}

pub(super) fn parse_with(text: &str, lists: &dyn ListNames) -> Result<Pattern, Vec<SyntaxError>> {
    if text.len() > LONGEST {
        let message = format!("a pattern of {} bytes; the longest allowed is {LONGEST}", text.len());
        let advice = "move parts of it into lists of vocabulary.toml".to_owned();
        return Err(vec![SyntaxError { range: 0..text.len(), message, advice }]);
    }
    let (pieces, errors) = lex(text, lists);
    let mut parser = Parser { text, lists, pieces, next: 0, open: 0, given_up: false, errors };
    let tree = parser.whole();
    let mut errors = parser.errors;
    if tree.depth > DEEPEST && errors.is_empty() {
        errors.push(too_deep(tree.range.clone()));
    }
    if errors.is_empty() {
        return Ok(Pattern { text: text.to_owned(), tree });
    }
    errors.sort_by_key(|error| (error.range.start, error.range.end));
    Err(errors)
}

fn too_deep(range: Range<usize>) -> SyntaxError {
    let message = format!("more than {DEEPEST} parts inside each other or in one chain");
    SyntaxError { range, message, advice: "split it into several patterns or lists".to_owned() }
}

struct Parser<'a> {
    text: &'a str,
    lists: &'a dyn ListNames,
    /// Terms that were read are taken out.
    pieces: Vec<Placed>,
    next: usize,
    /// How many parentheses are open.
    open: usize,
    /// Nested too deeply: nothing more is read, and what is open is not complained of.
    given_up: bool,
    errors: Vec<SyntaxError>,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Placed> {
        self.pieces.get(self.next)
    }

    fn wrong(&mut self, range: Range<usize>, message: impl Into<String>, advice: impl Into<String>) {
        self.errors.push(SyntaxError { range, message: message.into(), advice: advice.into() });
    }

    fn blank(&self) -> Node {
        let at = self.peek().map_or(self.text.len(), |(_, range)| range.start);
        Node::new(Expr::Or(Vec::new()), at..at)
    }

    fn whole(&mut self) -> Node {
        if self.pieces.is_empty() {
            self.wrong(0..self.text.len(), "an empty pattern", "write at least one term");
            return self.blank();
        }
        let tree = self.part(EXCEPT);
        while let Some((_, range)) = self.peek().cloned() {
            // Only `)` stops a part that is not in parentheses.
            self.wrong(range, "`)` closes nothing", "leave it out, or open it with (");
            self.next += 1;
            // What follows is read for its mistakes only.
            if matches!(self.peek(), Some((Piece::Or | Piece::Joined(_) | Piece::Except, _))) {
                self.next += 1;
            }
            if self.peek().is_some_and(|(piece, _)| *piece != Piece::Close) {
                self.part(EXCEPT);
            }
        }
        tree
    }

    /// A part whose connectors bind at least as tightly as `level`.
    fn part(&mut self, level: u8) -> Node {
        let mut left = self.term();
        while let Some((piece, range)) = self.peek() {
            let (piece, range) = (piece.clone(), range.clone());
            let own = match &piece {
                Piece::Or => OR,
                Piece::Joined(connector) => connector.level(),
                Piece::Except => EXCEPT,
                Piece::Close => return left,
                Piece::Term(_) | Piece::Bad | Piece::Open | Piece::Heading if level <= OR => {
                    let right = self.side_by_side();
                    left = Node::or(left, right);
                    continue;
                }
                _ => return left,
            };
            if own < level {
                return left;
            }
            self.next += 1;
            if matches!(self.peek(), None | Some((Piece::Close, _))) {
                let message = format!("nothing follows `{}`", &self.text[range.clone()]);
                self.wrong(range, message, "a connector stands between two terms: add one or take it out");
                return left;
            }
            left = connect(&piece, left, |below| self.part(below));
        }
        left
    }

    /// One term or group; a connector in its place is a mistake and skipped.
    fn term(&mut self) -> Node {
        while let Some((piece, range)) = self.pieces.get_mut(self.next) {
            let range = range.clone();
            if let Piece::Term(expr) = piece {
                let expr = std::mem::replace(expr, Expr::Or(Vec::new()));
                self.next += 1;
                return Node::new(expr, range);
            }
            match piece.clone() {
                Piece::Close => break,
                Piece::Bad | Piece::Term(_) => {
                    self.next += 1;
                    return Node::new(Expr::Or(Vec::new()), range);
                }
                piece @ (Piece::Open | Piece::Heading) => {
                    return self.group(piece == Piece::Heading, range);
                }
                Piece::Or | Piece::Joined(_) | Piece::Except => {
                    self.next += 1;
                    let sign = &self.text[range.clone()];
                    let (message, advice) = if sign == "or" || sign == "OR" {
                        ("`or` has no term in front".to_owned(), "for the word itself write \"or\"")
                    } else {
                        (format!("`{sign}` has no term in front"), "a connector stands between two terms")
                    };
                    self.wrong(range, message, advice);
                }
            }
        }
        self.blank()
    }

    fn group(&mut self, heading: bool, start: Range<usize>) -> Node {
        self.next += 1;
        self.open += 1;
        if self.open > DEEPEST {
            self.errors.push(too_deep(start));
            self.given_up = true;
            self.next = self.pieces.len();
            return self.blank();
        }
        let inner = if let Some((Piece::Close, end)) = self.peek().cloned() {
            let message = if heading { "an empty heading()" } else { "empty parentheses" };
            self.wrong(start.start..end.end, message, "write a pattern between ( and )");
            self.blank()
        } else {
            self.part(EXCEPT)
        };
        let end = if let Some((Piece::Close, end)) = self.peek().cloned() {
            self.next += 1;
            end.end
        } else {
            if !self.given_up {
                self.wrong(start.clone(), "this parenthesis is never closed", "close it with )");
            }
            self.text.len()
        };
        self.open = self.open.saturating_sub(1);
        let range = start.start..end;
        if heading { Node::new(Expr::Heading(Box::new(inner)), range) } else { Node { range, ..inner } }
    }

    /// Terms without a connector behind one that has been read: told once for the whole run.
    fn side_by_side(&mut self) -> Node {
        let first = self.last_term();
        let mut right = self.term();
        let mut count = 2;
        while let Some((Piece::Term(_) | Piece::Bad | Piece::Open | Piece::Heading, _)) = self.peek() {
            let more = self.term();
            right = Node::or(right, more);
            count += 1;
        }
        // The terms have been taken out of the pieces: they are read again.
        let (pieces, _) = lex(self.text, self.lists);
        let run = pieces.get(first..self.next).unwrap_or_default();
        if run.iter().any(|(piece, _)| *piece == Piece::Bad) {
            return right; // the cause has been told
        }
        if let (Some((_, start)), Some((_, end))) = (run.first(), run.last()) {
            let range = start.start..end.end;
            let advice = self.advise(run);
            let count = if count == 2 { "two" } else { "several" };
            self.wrong(range, format!("{count} terms side by side need a connector"), advice);
        }
        right
    }

    /// The piece with which the term that was read last begins.
    fn last_term(&self) -> usize {
        let mut open = 0usize;
        for (at, (piece, _)) in self.pieces.iter().enumerate().take(self.next).rev() {
            match piece {
                Piece::Close => open += 1,
                Piece::Open | Piece::Heading => open = open.saturating_sub(1),
                _ => {}
            }
            if open == 0 {
                return at;
            }
        }
        0
    }

    fn advise(&self, run: &[Placed]) -> String {
        let plain: Vec<&str> = run
            .iter()
            .filter(|(piece, _)| matches!(piece, Piece::Term(Expr::Word(_) | Expr::Phrase(_))))
            .map(|(_, range)| &self.text[range.clone()])
            .collect();
        if plain.iter().any(|word| word.eq_ignore_ascii_case("and")) {
            return "for \"and\" write & (same clause), /p (same paragraph) or /s (same sentence)".to_owned();
        }
        if plain.iter().any(|word| word.eq_ignore_ascii_case("near")) {
            return "for \"near\" write /5 (within five words) or +5 (in this order)".to_owned();
        }
        if plain.iter().any(|word| word.eq_ignore_ascii_case("not")) {
            return "for \"but not\" write %, for a negation in the text write @not".to_owned();
        }
        let words = plain.iter().all(|word| !word.contains(['"', '“', '#']));
        if plain.len() == run.len() && words {
            return format!("write \"{}\" for the phrase, or: {}", plain.join(" "), plain.join(" or "));
        }
        "write or, +n, /n, +s, /s, +p, /p, & or % between them".to_owned()
    }
}

/// Joins what was read with the part behind a connector, which `right` reads.
fn connect(piece: &Piece, left: Node, mut right: impl FnMut(u8) -> Node) -> Node {
    let joined = |right: &Node| left.range.start..right.range.end.max(left.range.end);
    match piece {
        Piece::Joined(connector) => {
            let connector: Connector = *connector;
            let right = right(connector.level() + 1);
            let range = joined(&right);
            Node::new(Expr::Join(connector, Box::new(left), Box::new(right)), range)
        }
        Piece::Except => {
            let right = right(EXCEPT + 1);
            let range = joined(&right);
            Node::new(Expr::Except(Box::new(left), Box::new(right)), range)
        }
        _ => {
            let right = right(TERM);
            Node::or(left, right)
        }
    }
}

/// The candidate nearest to a mistyped name, if one is near.
pub(super) fn nearest<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    candidates
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.len() / 4)
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many letters must be changed, added or left out.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, y) in b.chars().enumerate() {
            let changed = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = changed.min(corner + 1).min(row[j] + 1);
        }
    }
    row.last().copied().unwrap_or(0)
}
