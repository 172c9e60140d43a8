//! `query`: one line a match, with its place.

use std::fmt::Write as _;

use schemars::JsonSchema;
use serde::Serialize;

use super::excerpt::{Excerpt, Mark};
use super::json::{JsonPosition, Tool, located, to_json};
use super::visible::visible;
use crate::session::Matches;

/// What `clauselint query --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "clauselint query")]
#[serde(deny_unknown_fields)]
pub struct QueryJson {
    /// Version of this format; a change that breaks a reader raises it.
    version: u32,
    tool: Tool,
    /// The pattern as it was given.
    pattern: String,
    /// By file and place.
    matches: Vec<JsonMatch>,
}

/// Words that the pattern matches.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JsonMatch {
    path: String,
    start: JsonPosition,
    end: JsonPosition,
    text: String,
}
