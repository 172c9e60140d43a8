//! The pattern language: terms and connectors over a reading.
//!
//! `lexer` and `syntax` turn text into the tree of `ast`, or into mistakes with their places;
//! `plan` compiles many patterns into one shared plan over the words of `terms`; `index` looks
//! every token up once and lists where the words stand; `zones`, `live` and `sieve` tell cheaply which
//! parts match nowhere; `eval` and `join` work out the minimal intervals of the others, bottom-up
//! (Clarke, Cormack and Burkowski 2000; Boldi and Vigna 2018); `witness` tells which words make up
//! a match. Nothing here knows what a rule is.
//!
//! # Meaning
//! Positions are token indices of one reading. The result of every part of a pattern is an
//! antichain of intervals: none contains another. Connectors from the tightest to the loosest,
//! each taking the tighter ones as operands, from left to right:
//!
//! | written | the minimal intervals of |
//! | --- | --- |
//! | `a or b` | the matches of both |
//! | `a +n b` | hulls of an `a` and a `b` behind it, in one sentence; neighbours are within 1 |
//! | `a /n b` | the same in either order; matches that overlap are at distance 0 |
//! | `a +s b`, `a /s b` | hulls within one sentence, `b` behind `a`, or in any order |
//! | `a +p b`, `a /p b` | hulls within one paragraph (a unit of the reading) |
//! | `a & b` | hulls within one stretch of one clause unit |
//! | `a % b` | the `a` that touch no sentence which a `b` touches |
//!
//! A phrase lies within one sentence. A word matches any word with the same folded form; `#word`
//! matches its own form only, whatever the case when it is written all in lower case; `root!` and
//! `w*ld` match a word whose lower-case or folded form fits. A party's names and the words of a
//! phrase are compared in folded form. A quantity whose value is hidden or left
//! blank matches every comparison, since it may be so: limits of rules tell one kind of figure from another, and
//! a template that leaves its figure open has the term. `heading(p)` reads the tokens of headings only.

pub mod ast;
mod describe;
pub mod eval;
pub mod index;
mod join;
mod leaf;
mod lexer;
mod live;
pub mod plan;
mod results;
pub mod shelf;
mod sieve;
mod steps;
pub mod syntax;
mod terms;
mod value;
pub mod vocabulary;
mod witness;
mod zones;

#[cfg(any(test, fuzzing))]
pub mod slow;
#[cfg(any(test, fuzzing))]
mod small;
#[cfg(test)]
mod tests;

pub use eval::{Evaluation, Interval, Scope, Scratch};
pub use index::{Index, Lexicon};
pub use plan::{PatternId, Plan, PlanBuilder};
pub use shelf::{Shelf, Shelved};
pub use syntax::{Pattern, SyntaxError, parse};
pub use vocabulary::Vocabulary;
