//! Reports for people and programs: one file a format, each with its own versioned types.
//!
//! Nothing here decides a verdict, a level or an exit code, and nothing prints: every renderer
//! returns text.

pub mod config;
pub mod coverage;
mod excerpt;
pub mod explain;
pub mod explain_pack;
mod figures;
pub mod json;
pub mod packs;
pub mod query;
pub mod rules;
pub mod scaffold;
pub mod schema;
mod short;
pub mod starter;
pub mod text;
pub mod visible;
