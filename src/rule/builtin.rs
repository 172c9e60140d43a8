//! The rules that ship with clauselint, embedded by `src/build.rs`: their files, and the rule set that
//! the files give, prepared when the library was built.

/// Path from the top of the package ("clause-rules/core/exit-transition.toml") and text, sorted by
/// path.
#[cfg(prepared)]
pub(super) static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/clause_rules.rs"));

/// What [`super::prepared::write`] made of them; empty when they have mistakes.
#[cfg(prepared)]
pub(super) static PREPARED: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/clause_rules.bin"));

// The build script itself compiles this room too, to read the files that it collects.
#[cfg(not(prepared))]
pub(super) static FILES: &[(&str, &str)] = &[];
#[cfg(not(prepared))]
pub(super) static PREPARED: &[u8] = &[];
