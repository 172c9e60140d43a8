//! Reports for people and programs: one file a format, each with its own versioned types.
//!
//! Nothing here decides a verdict, a level or an exit code, and nothing prints: every renderer
//! returns text.

mod excerpt;
pub mod text;
pub mod visible;
