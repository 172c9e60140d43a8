//! What a contract's front matter asks of clauselint, and what is wrong with how it asks.
//!
//! Only keys below `clauselint:` are ours; those of other tools pass unread.

use crate::document::Document;
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::rule::spelling::nearest;

/// The table of our keys.
const TABLE: &str = "clauselint.";
/// The keys below it.
const KEYS: [&str; 2] = ["profile", "schedules"];

/// The profile that the front matter names, which may not exist.
pub(super) fn profile(document: &Document) -> Option<&str> {
    document.front_matter.as_ref()?.get("clauselint.profile")
}

/// A finding for each key that means nothing.
pub(super) fn unknown_keys(document: &Document) -> Vec<Finding> {
    let Some(front) = &document.front_matter else { return Vec::new() };
    let ours = front.entries.iter().filter_map(|(key, _)| key.strip_prefix(TABLE));
    let unknown = ours.filter(|key| !KEYS.contains(key)).map(|key| {
        let message = format!("the front matter has no key `{TABLE}{key}`");
        let advice = match nearest(key, KEYS) {
            Some(near) => format!("did you mean `{TABLE}{near}`?"),
            None => "it may name a profile and schedules; all else is set in clauselint.toml".to_owned(),
        };
        Finding::new(Code::FrontMatter, Severity::Error, message, Anchor::Span(front.span)).help(advice)
    });
    unknown.collect()
}
