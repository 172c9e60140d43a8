//! The named lists of a rule set: patterns that other patterns refer to by name.

use std::collections::BTreeMap;
use std::ops::Range;

use super::ast::{Expr, Node};
use super::syntax::{ListNames, Pattern, SyntaxError, parse_with};

/// The longest chain of lists that refer to each other, in lists.
pub const LONGEST_CHAIN: usize = 16;

/// The named lists that `$name` refers to, themselves patterns.
#[derive(Clone, Debug, Default)]
pub struct Vocabulary {
    /// The patterns by name, without the `$`.
    pub lists: BTreeMap<String, Pattern>,
}

/// The names of lists that are not read yet.
struct Names<'a>(&'a BTreeMap<String, String>);

impl ListNames for Names<'_> {
    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    fn all(&self) -> Vec<&str> {
        self.0.keys().map(String::as_str).collect()
    }
}

impl Vocabulary {
    /// Reads lists that may refer to each other in any order. Lists with mistakes are left out,
    /// and every mistake comes with the name of its list; a circle of lists is one.
    #[must_use]
    pub fn read(texts: &BTreeMap<String, String>) -> (Self, Vec<(String, SyntaxError)>) {
        let mut vocabulary = Self::default();
        let mut errors = Vec::new();
        for (name, text) in texts {
            match parse_with(text, &Names(texts)) {
                Ok(pattern) => {
                    vocabulary.lists.insert(name.clone(), pattern);
                }
                Err(mistakes) => errors.extend(mistakes.into_iter().map(|error| (name.clone(), error))),
            }
        }
        let circular: Vec<_> = vocabulary.lists.keys().filter_map(|name| vocabulary.circle(name)).collect();
        for (name, error) in circular {
            vocabulary.lists.remove(&name);
            errors.push((name, error));
        }
        (vocabulary, errors)
    }

    /// The reference by which a list comes back to itself or leads too far.
    fn circle(&self, name: &str) -> Option<(String, SyntaxError)> {
        for (target, range) in self.lists.get(name).map(|list| references(&list.tree)).unwrap_or_default() {
            if self.leads_too_far(target, name) {
                let error = SyntaxError {
                    range,
                    message: format!("the list `${name}` refers to itself, or to lists nested too deep"),
                    advice: format!("take `${target}` out, or write its words here"),
                };
                return Some((name.to_owned(), error));
            }
        }
        None
    }

    /// Whether a walk along the references from one list meets another, or is longer than
    /// [`LONGEST_CHAIN`]. Goes level by level, so that shared lists cost nothing.
    fn leads_too_far(&self, from: &str, sought: &str) -> bool {
        let mut level = vec![from];
        for _ in 0..LONGEST_CHAIN {
            if level.is_empty() {
                return false;
            }
            if level.contains(&sought) {
                return true;
            }
            let lists = level.iter().filter_map(|name| self.lists.get(*name));
            let mut next: Vec<_> =
                lists.flat_map(|list| references(&list.tree)).map(|(name, _)| name).collect();
            next.sort_unstable();
            next.dedup();
            level = next;
        }
        true
    }
}

/// The lists that a tree names, with their places.
fn references(tree: &Node) -> Vec<(&str, Range<usize>)> {
    let mut found = Vec::new();
    let mut open = vec![tree];
    while let Some(node) = open.pop() {
        match &node.expr {
            Expr::List(name) => found.push((name.as_str(), node.range.clone())),
            Expr::Modal(modal) => found.push((modal.list(), node.range.clone())),
            Expr::Or(parts) => open.extend(parts),
            Expr::Join(_, left, right) | Expr::Except(left, right) => open.extend([&**left, &**right]),
            Expr::Heading(inner) => open.push(inner),
            Expr::Word(_) | Expr::Phrase(_) | Expr::Party(_) | Expr::Quantity(..) => {}
        }
    }
    found
}
