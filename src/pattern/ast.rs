//! The tree of a pattern, how it is written, and how it reads to a lawyer.
//!
//! What the tree means is in `eval`; how it is read from text, in `syntax`.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::token::QuantityKind;

/// A part of a pattern with its place. Two parts are equal when they say the same, wherever they
/// stand.
#[derive(Clone, Debug)]
pub struct Node {
    /// What it says.
    pub expr: Expr,
    /// Its bytes in the pattern's text, counted from 0.
    pub range: Range<usize>,
    /// How many levels of parts it has, itself included.
    pub(super) depth: usize,
}

impl PartialEq for Node {
    fn eq(&self, other: &Self) -> bool {
        self.expr == other.expr
    }
}

/// What a part of a pattern says.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// One word.
    Word(WordTerm),
    /// Words side by side: two or more.
    Phrase(Vec<WordTerm>),
    /// `@customer`, `@supplier`, `@party`.
    Party(PartyTerm),
    /// `@must`, `@may`, `@not`.
    Modal(Modal),
    /// `@percent`, `@duration<=72h`.
    Quantity(QuantityKind, Option<Comparison>),
    /// `$name`.
    List(String),
    /// `a or b or c`: two or more, none itself an `or`.
    Or(Vec<Node>),
    /// Two parts near each other.
    Join(Connector, Box<Node>, Box<Node>),
    /// `a % b`.
    Except(Box<Node>, Box<Node>),
    /// `heading(p)`.
    Heading(Box<Node>),
}

/// How a written word is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// By its folded form.
    Folded,
    /// `#word`: by its own form.
    Exact,
    /// `root!`: by its beginning.
    Root,
}

/// A word of a pattern.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WordTerm {
    /// How it is compared.
    pub form: Form,
    /// The letters, without `#` and `!`; in lower case unless exact. `*` stands for one letter.
    pub text: String,
}

/// Whose names are meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum PartyTerm {
    /// `@customer`
    Customer,
    /// `@supplier`
    Supplier,
    /// `@party`: anybody's.
    Any,
}

/// The vocabulary lists that have a sign of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Modal {
    /// `@must`
    Must,
    /// `@may`
    May,
    /// `@not`
    Not,
}

impl Modal {
    /// The name of the list in the vocabulary.
    #[must_use]
    pub const fn list(self) -> &'static str {
        match self {
            Self::Must => "must",
            Self::May => "may",
            Self::Not => "not",
        }
    }
}

/// How a quantity is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Operator {
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `=`
    Equal,
    /// `>=`
    AtLeast,
    /// `>`
    Above,
}

impl Operator {
    pub(super) const fn sign(self) -> &'static str {
        match self {
            Self::Below => "<",
            Self::AtMost => "<=",
            Self::Equal => "=",
            Self::AtLeast => ">=",
            Self::Above => ">",
        }
    }

    pub(super) const fn words(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::AtMost => "of at most",
            Self::Equal => "of exactly",
            Self::AtLeast => "of at least",
            Self::Above => "above",
        }
    }

    /// Whether `found` compares so with `wanted`; a billionth of the value counts as equal, since
    /// minutes are fractions of an hour.
    pub(super) fn holds(self, found: f64, wanted: f64) -> bool {
        let slack = wanted.abs() * 1e-9;
        match self {
            Self::Below => found < wanted - slack,
            Self::AtMost => found <= wanted + slack,
            Self::Equal => (found - wanted).abs() <= slack,
            Self::AtLeast => found >= wanted - slack,
            Self::Above => found > wanted + slack,
        }
    }
}

/// A comparison behind a quantity.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// How.
    pub operator: Operator,
    /// With what, in the unit of the kind ([`QuantityKind`]).
    pub value: f64,
    /// The value as written, with its unit: "72h".
    pub written: String,
}

/// How far two parts may stand from each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Reach {
    /// At most so many words on, 1 to 255; neighbours are 1 apart.
    Words(u8),
    /// In one sentence.
    Sentence,
    /// In one paragraph, list item or table row.
    Paragraph,
    /// In one clause unit.
    Clause,
}

/// A connector that joins two parts into one match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Connector {
    /// Whether the second part must stand behind the first.
    pub ordered: bool,
    /// How far apart they may be.
    pub reach: Reach,
}

/// The level of a term: tighter than any connector.
pub(super) const TERM: u8 = 8;
/// The level of `or`, the tightest connector.
pub(super) const OR: u8 = 7;
/// The level of `%`, the loosest.
pub(super) const EXCEPT: u8 = 1;

impl Connector {
    /// How tightly it binds.
    pub(super) const fn level(self) -> u8 {
        match self.reach {
            Reach::Words(_) if self.ordered => 6,
            Reach::Words(_) => 5,
            Reach::Sentence => 4,
            Reach::Paragraph => 3,
            Reach::Clause => 2,
        }
    }
}

impl Node {
    pub(super) fn new(expr: Expr, range: Range<usize>) -> Self {
        let depth = match &expr {
            Expr::Or(parts) => parts.iter().map(|part| part.depth).max().unwrap_or(0),
            Expr::Join(_, left, right) | Expr::Except(left, right) => left.depth.max(right.depth),
            Expr::Heading(inner) => inner.depth,
            _ => 0,
        };
        Self { expr, range, depth: depth + 1 }
    }

    /// `left or right`, as one flat list.
    pub(super) fn or(left: Self, right: Self) -> Self {
        let range = left.range.start.min(right.range.start)..left.range.end.max(right.range.end);
        let inner = |side: &Self| side.depth - usize::from(matches!(side.expr, Expr::Or(_)));
        let depth = inner(&left).max(inner(&right)) + 1;
        // The left side's own list grows, so that a long union is not copied for each of its parts.
        let mut parts = match left.expr {
            Expr::Or(parts) => parts,
            _ => vec![left],
        };
        match right.expr {
            Expr::Or(inner) => parts.extend(inner),
            _ => parts.push(right),
        }
        Self { expr: Expr::Or(parts), range, depth }
    }

    /// The parts that must all match, from left to right: every connector but `or` is looked
    /// through, and what stands behind `%` is left out. The part itself when it joins nothing.
    #[must_use]
    pub fn operands(&self) -> Vec<&Self> {
        let mut found = Vec::new();
        let mut open = vec![self];
        while let Some(node) = open.pop() {
            match &node.expr {
                Expr::Join(_, left, right) => open.extend([&**right, &**left]),
                Expr::Except(left, _) => open.push(left),
                _ => found.push(node),
            }
        }
        found
    }

    fn level(&self) -> u8 {
        match &self.expr {
            Expr::Or(_) => OR,
            Expr::Join(connector, ..) => connector.level(),
            Expr::Except(..) => EXCEPT,
            _ => TERM,
        }
    }

    fn write(&self, above: u8, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.level() < above { write!(f, "({self})") } else { write!(f, "{self}") }
    }
}

impl fmt::Display for Connector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.ordered { '+' } else { '/' };
        match self.reach {
            Reach::Words(n) => write!(f, "{sign}{n}"),
            Reach::Sentence => write!(f, "{sign}s"),
            Reach::Paragraph => write!(f, "{sign}p"),
            Reach::Clause => f.write_str("&"),
        }
    }
}

impl fmt::Display for WordTerm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.form {
            Form::Folded => f.write_str(&self.text),
            Form::Exact => write!(f, "#{}", self.text),
            Form::Root => write!(f, "{}!", self.text),
        }
    }
}

/// The sign of a quantity, without `@`.
pub(super) const fn quantity_name(kind: QuantityKind) -> &'static str {
    match kind {
        QuantityKind::Percent => "percent",
        QuantityKind::Money => "money",
        QuantityKind::Duration => "duration",
        QuantityKind::Date => "date",
        QuantityKind::Number => "number",
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.expr {
            Expr::Word(word) if word.form == Form::Folded && word.text == "or" => f.write_str("\"or\""),
            Expr::Word(word) => write!(f, "{word}"),
            Expr::Phrase(words) => {
                for (at, word) in words.iter().enumerate() {
                    write!(f, "{}{word}", if at == 0 { "\"" } else { " " })?;
                }
                f.write_str("\"")
            }
            Expr::Party(PartyTerm::Customer) => f.write_str("@customer"),
            Expr::Party(PartyTerm::Supplier) => f.write_str("@supplier"),
            Expr::Party(PartyTerm::Any) => f.write_str("@party"),
            Expr::Modal(modal) => write!(f, "@{}", modal.list()),
            Expr::Quantity(kind, None) => write!(f, "@{}", quantity_name(*kind)),
            Expr::Quantity(kind, Some(test)) => {
                write!(f, "@{}{}{}", quantity_name(*kind), test.operator.sign(), test.written)
            }
            Expr::List(name) => write!(f, "${name}"),
            Expr::Or(parts) => {
                for (at, part) in parts.iter().enumerate() {
                    f.write_str(if at == 0 { "" } else { " or " })?;
                    part.write(TERM, f)?;
                }
                Ok(())
            }
            Expr::Join(connector, left, right) => {
                left.write(connector.level(), f)?;
                write!(f, " {connector} ")?;
                right.write(connector.level() + 1, f)
            }
            Expr::Except(left, right) => {
                left.write(EXCEPT, f)?;
                f.write_str(" % ")?;
                right.write(EXCEPT + 1, f)
            }
            Expr::Heading(inner) => write!(f, "heading({inner})"),
        }
    }
}
