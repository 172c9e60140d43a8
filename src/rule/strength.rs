//! Strength formulas: `assistance and period and (handover or plan)`.
//!
//! `and` binds tighter than `or`. A formula knows elements by their index in the rule; names and
//! places are gone once it is parsed.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::spelling::{join, nearest};

/// A formula over the elements of one rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Formula {
    /// The element of this index, counted from 0.
    Element(usize),
    /// All of these.
    And(Vec<Self>),
    /// One of these.
    Or(Vec<Self>),
}

/// A mistake in a formula.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormulaError {
    /// The bytes of the formula that are wrong, counted from 0.
    pub range: Range<usize>,
    /// What is wrong: lower case, no full stop.
    pub message: String,
    /// What to write instead.
    pub advice: String,
}

/// How deep parentheses may nest.
const DEPTH: usize = 32;

impl Formula {
    /// Reads a formula over the elements with these ids.
    ///
    /// # Errors
    /// The first mistake of the grammar, or every unknown element.
    pub fn parse(text: &str, elements: &[&str]) -> Result<Self, Vec<FormulaError>> {
        let known = format!("the elements are {}", join(elements, "and"));
        let mut find = |word: &str| {
            elements.iter().position(|&id| id == word).ok_or_else(|| {
                let advice = nearest(word, elements.iter().copied())
                    .map_or_else(|| known.clone(), |name| format!("did you mean `{name}`?"));
                (format!("no element is called `{word}`"), advice)
            })
        };
        Self::parse_over(text, &mut find, &known)
    }

    /// Reads a formula over whatever `find` turns into indices; `known` is the advice where a word
    /// lacks.
    ///
    /// # Errors
    /// The first mistake of the grammar, or every word that `find` refuses.
    pub fn parse_over(text: &str, find: Find<'_>, known: &str) -> Result<Self, Vec<FormulaError>> {
        let mut parser = Parser { text, words: words(text), at: 0, find, known, unknown: Vec::new() };
        let formula = parser.any_of(0).map_err(|error| vec![error])?;
        if let Some((word, range)) = parser.peek() {
            let message = format!("`{word}` stands where `and`, `or` or the end should");
            return Err(vec![error(range, message, "join elements with `and` or `or`")]);
        }
        if parser.unknown.is_empty() { Ok(formula) } else { Err(parser.unknown) }
    }

    /// Whether the formula holds, given which elements are there.
    pub fn holds(&self, there: &impl Fn(usize) -> bool) -> bool {
        match self {
            Self::Element(element) => there(*element),
            Self::And(parts) => parts.iter().all(|part| part.holds(there)),
            Self::Or(parts) => parts.iter().any(|part| part.holds(there)),
        }
    }

    /// What lacks for the formula to hold: each entry is one requirement, met by any one of its
    /// elements. Where there is a choice between whole groups, the shortest way is taken. Empty
    /// when the formula holds.
    pub fn lacking(&self, there: &impl Fn(usize) -> bool) -> Vec<Vec<usize>> {
        let mut lacking = Vec::new();
        self.add_lacking(there, &mut lacking);
        lacking
    }

    fn add_lacking(&self, there: &impl Fn(usize) -> bool, out: &mut Vec<Vec<usize>>) {
        match self {
            _ if self.holds(there) => {}
            Self::Element(element) => out.push(vec![*element]),
            Self::And(parts) => parts.iter().for_each(|part| part.add_lacking(there, out)),
            Self::Or(parts) => {
                // Most choices are between elements.
                let elements: Option<Vec<usize>> = parts.iter().map(Self::as_element).collect();
                if let Some(elements) = elements {
                    return out.push(elements);
                }
                let ways: Vec<Vec<Vec<usize>>> = parts.iter().map(|part| part.lacking(there)).collect();
                if ways.iter().all(|way| way.len() == 1) {
                    out.push(ways.into_iter().flatten().flatten().collect());
                } else {
                    out.extend(ways.into_iter().min_by_key(Vec::len).unwrap_or_default());
                }
            }
        }
    }

    const fn as_element(&self) -> Option<usize> {
        if let Self::Element(element) = self { Some(*element) } else { None }
    }

    /// The formula with these elements taken as there: what is left to ask for. One that holds in any
    /// case is `And` of nothing.
    #[must_use]
    pub fn granting(&self, granted: &[usize]) -> Self {
        const HOLDS: Formula = Formula::And(Vec::new());
        match self {
            Self::Element(element) if granted.contains(element) => HOLDS,
            Self::Element(_) => self.clone(),
            Self::And(parts) => {
                let mut left: Vec<Self> =
                    parts.iter().map(|part| part.granting(granted)).filter(|part| *part != HOLDS).collect();
                if left.len() == 1 { left.swap_remove(0) } else { Self::And(left) }
            }
            Self::Or(parts) => {
                let parts: Vec<Self> = parts.iter().map(|part| part.granting(granted)).collect();
                if parts.contains(&HOLDS) { HOLDS } else { Self::Or(parts) }
            }
        }
    }

    /// The formula without these elements where others must be there too. Unlike
    /// [`Formula::granting`] it never holds of nothing: an element by itself stays.
    #[must_use]
    pub fn without(&self, excused: &[usize]) -> Self {
        match self {
            Self::Element(_) => self.clone(),
            Self::And(parts) => {
                let is_excused = |part: &&Self| matches!(part, Self::Element(at) if excused.contains(at));
                let mut left: Vec<Self> =
                    parts.iter().filter(|part| !is_excused(part)).map(|part| part.without(excused)).collect();
                match left.len() {
                    0 => self.clone(),
                    1 => left.swap_remove(0),
                    _ => Self::And(left),
                }
            }
            Self::Or(parts) => Self::Or(parts.iter().map(|part| part.without(excused)).collect()),
        }
    }

    /// The elements that lack in those parts of the formula that do not hold: all alternatives, so
    /// that what is there more makes the list shorter and never other. Empty when the formula holds.
    pub fn wanting(&self, there: &impl Fn(usize) -> bool) -> Vec<usize> {
        let mut wanting = Vec::new();
        self.add_wanting(there, &mut wanting);
        wanting
    }

    fn add_wanting(&self, there: &impl Fn(usize) -> bool, out: &mut Vec<usize>) {
        match self {
            _ if self.holds(there) => {}
            Self::Element(element) => out.push(*element),
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.add_wanting(there, out)),
        }
    }

    /// The elements that the formula names, in its order.
    #[must_use]
    pub fn elements(&self) -> Vec<usize> {
        let mut elements = Vec::new();
        self.each_element(&mut |element| elements.push(element));
        elements
    }

    /// Goes through the elements that the formula names, in its order.
    pub fn each_element(&self, visit: &mut impl FnMut(usize)) {
        match self {
            Self::Element(element) => visit(*element),
            Self::And(parts) | Self::Or(parts) => parts.iter().for_each(|part| part.each_element(visit)),
        }
    }

    /// Whether one of the elements that the formula names is there.
    pub fn names_any(&self, there: &impl Fn(usize) -> bool) -> bool {
        match self {
            Self::Element(element) => there(*element),
            Self::And(parts) | Self::Or(parts) => parts.iter().any(|part| part.names_any(there)),
        }
    }
}

/// What is wrong with a word of a formula, and what to write instead.
pub type Refusal = (String, String);

/// Turns a word of a formula into an index.
pub type Find<'a> = &'a mut dyn FnMut(&str) -> Result<usize, Refusal>;

struct Parser<'a> {
    text: &'a str,
    words: Vec<Range<usize>>,
    at: usize,
    find: Find<'a>,
    known: &'a str,
    unknown: Vec<FormulaError>,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<(&'a str, Range<usize>)> {
        let range = self.words.get(self.at)?.clone();
        Some((&self.text[range.clone()], range))
    }

    fn eat(&mut self, word: &str) -> bool {
        let found = self.peek().is_some_and(|(next, _)| next == word);
        self.at += usize::from(found);
        found
    }

    fn any_of(&mut self, depth: usize) -> Result<Formula, FormulaError> {
        let mut parts = vec![self.all_of(depth)?];
        while self.eat("or") {
            parts.push(self.all_of(depth)?);
        }
        Ok(if parts.len() == 1 { parts.swap_remove(0) } else { Formula::Or(parts) })
    }

    fn all_of(&mut self, depth: usize) -> Result<Formula, FormulaError> {
        let mut parts = vec![self.one(depth)?];
        while self.eat("and") {
            parts.push(self.one(depth)?);
        }
        Ok(if parts.len() == 1 { parts.swap_remove(0) } else { Formula::And(parts) })
    }

    fn one(&mut self, depth: usize) -> Result<Formula, FormulaError> {
        let Some((word, range)) = self.peek() else {
            let end = self.text.trim_end().len();
            let message = "the formula ends where an element should stand";
            return Err(error(end..end, message, self.known));
        };
        self.at += 1;
        match word {
            "(" if depth >= DEPTH => Err(error(range, "parentheses nest too deeply", "write it flatter")),
            "(" => {
                let inner = self.any_of(depth + 1)?;
                if self.eat(")") {
                    return Ok(inner);
                }
                Err(error(range, "this parenthesis is never closed", "add `)`"))
            }
            ")" | "and" | "or" => {
                Err(error(range, format!("`{word}` stands where an element should"), self.known))
            }
            _ => Ok(self.element(word, range)),
        }
    }

    fn element(&mut self, word: &str, range: Range<usize>) -> Formula {
        match (self.find)(word) {
            Ok(index) => Formula::Element(index),
            Err((message, advice)) => {
                self.unknown.push(error(range, message, advice));
                Formula::Element(usize::MAX)
            }
        }
    }
}

fn error(range: Range<usize>, message: impl Into<String>, advice: impl Into<String>) -> FormulaError {
    FormulaError { range, message: message.into(), advice: advice.into() }
}

/// Parentheses by themselves, and everything between blanks.
fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    let mut open = None;
    for (at, letter) in text.char_indices() {
        if letter.is_whitespace() || letter == '(' || letter == ')' {
            if let Some(start) = open.take() {
                words.push(start..at);
            }
            if !letter.is_whitespace() {
                words.push(at..at + 1);
            }
        } else {
            open.get_or_insert(at);
        }
    }
    if let Some(start) = open {
        words.push(start..text.len());
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    const IDS: [&str; 3] = ["sum", "amount", "indemnity"];

    #[test]
    fn and_binds_tighter_than_or() {
        let formula = Formula::parse("sum or amount and indemnity", &IDS).unwrap();
        assert!(formula.holds(&|element| element == 0));
        assert!(!formula.holds(&|element| element == 1));
        assert_eq!(formula.lacking(&|element| element == 1), vec![vec![0, 2]]);
    }

    #[test]
    fn what_lacks_keeps_alternatives_together() {
        let formula = Formula::parse("sum and (amount or indemnity)", &IDS).unwrap();
        assert_eq!(formula.lacking(&|_| false), vec![vec![0], vec![1, 2]]);
        assert_eq!(formula.lacking(&|element| element == 2), vec![vec![0]]);
        assert!(formula.lacking(&|_| true).is_empty());
    }

    #[test]
    fn an_element_that_a_project_gives_up_is_not_asked_for() {
        let formula = |text: &str| Formula::parse(text, &IDS).unwrap();
        assert_eq!(formula("sum and amount").granting(&[1]), formula("sum"));
        assert_eq!(formula("sum and (amount or indemnity)").granting(&[1]), formula("sum"));
        let nothing = formula("sum or amount").granting(&[1]);
        assert!(nothing.holds(&|_| false) && nothing.elements().is_empty());
        assert_eq!(formula("sum and amount").without(&[1]), formula("sum"));
        assert_eq!(formula("sum or amount").without(&[1]), formula("sum or amount"));
        assert_eq!(formula("sum and amount").without(&[0, 1]), formula("sum and amount"));
    }

    #[test]
    fn the_more_is_there_the_less_is_wanting() {
        let formula = Formula::parse("sum and (amount or indemnity)", &IDS).unwrap();
        assert_eq!(formula.wanting(&|_| false), [0, 1, 2]);
        assert_eq!(formula.wanting(&|element| element == 0), [1, 2]);
        assert_eq!(formula.wanting(&|element| element == 1), [0]);
        assert!(formula.wanting(&|element| element < 2).is_empty());
    }

    #[test]
    fn mistakes_have_their_place() {
        let place = |text: &str| Formula::parse(text, &IDS).map_err(|errors| errors[0].range.clone());
        assert_eq!(place("sum and amuont"), Err(8..14));
        assert_eq!(place("sum and"), Err(7..7));
        assert_eq!(place("(sum or amount"), Err(0..1));
        assert_eq!(place("sum amount"), Err(4..10));
        assert_eq!(place("sum or or amount"), Err(7..9));
        assert!(Formula::parse(&"(".repeat(10_000), &IDS).is_err());
    }
}
