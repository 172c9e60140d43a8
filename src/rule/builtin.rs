//! The rules that ship with clauselint, embedded by `src/build.rs`.

/// Path from the top of the package ("clause-rules/core/exit-transition.toml") and text, sorted by
/// path.
pub(super) static FILES: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/clause_rules.rs"));
