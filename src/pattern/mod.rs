//! The pattern language: terms and connectors over a reading.
//!
//! `syntax` turns text into a tree or into mistakes with their places; `plan` compiles many
//! patterns into one shared plan; `index` looks every token up once and makes posting lists;
//! `eval` joins them bottom-up into minimal intervals (Clarke, Cormack and Burkowski 2000; Boldi
//! and Vigna 2018). Nothing here knows what a rule is.

pub mod eval;
pub mod index;
pub mod plan;
pub mod syntax;

pub use eval::{Evaluation, Interval, Scope};
pub use index::{Index, Lexicon};
pub use plan::{PatternId, Plan, PlanBuilder};
pub use syntax::{Pattern, SyntaxError, Vocabulary, parse};
