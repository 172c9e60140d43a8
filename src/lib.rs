//! clauselint reads contracts written in Markdown, works out which clauses they hold and how
//! strong each is, and reports what is missing or weak.
//!
//! Data flows one way: text -> [`document::Document`] -> [`token::Reading`] and [`facts::Facts`]
//! -> [`assess::Coverage`] -> [`finding::Finding`]s -> a report -> a renderer. The library never
//! prints, exits or reads the environment; only `cli` does.

pub mod assess;
pub mod checklist;
pub mod cli;
pub mod document;
pub mod facts;
pub mod finding;
pub mod fix;
pub mod lint;
pub mod pattern;
pub mod position;
pub mod proofread;
pub mod render;
pub mod rule;
pub mod selftest;
pub mod session;
pub mod settings;
pub mod source;
pub mod token;
pub mod triage;
