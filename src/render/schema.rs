//! The JSON Schemas of the public formats, worked out from the types that write or read them.

use schemars::{JsonSchema, schema_for};

use super::config::ConfigJson;
use super::coverage::CoverageJson;
use super::json::{Check, to_json};
use super::jsonl::JsonLine;
use super::query::QueryJson;
use super::statistics::Statistics;
use super::waivers::WaiversJson;
use crate::rule::check::RawCheck;
use crate::rule::extend::RawExtension;
use crate::rule::pack::raw::RawPack;
use crate::rule::profile::raw::RawProfile;
use crate::rule::raw::{RawRule, RawVocabulary};
use crate::settings::raw::RawConfig;
use crate::triage::baseline::Line;

/// The schema of `check --format json`.
#[must_use]
pub fn check() -> String {
    of::<Check>()
}

/// The schema of a line of `check --format jsonl`.
#[must_use]
pub fn jsonl() -> String {
    of::<JsonLine>()
}

/// The schema of `coverage --format json`.
#[must_use]
pub fn coverage() -> String {
    of::<CoverageJson>()
}

/// The schema of `query --format json`.
#[must_use]
pub fn query() -> String {
    of::<QueryJson>()
}

/// The schema of `check --statistics --format json`.
#[must_use]
pub fn statistics() -> String {
    of::<Statistics>()
}

/// The schema of `waivers --format json`.
#[must_use]
pub fn waivers() -> String {
    of::<WaiversJson>()
}

/// The schema of a rule file.
#[must_use]
pub fn rule() -> String {
    of::<RawRule>()
}

/// The schema of a file that changes a rule.
#[must_use]
pub fn extension() -> String {
    of::<RawExtension>()
}

/// The schema of a pack file.
#[must_use]
pub fn pack() -> String {
    of::<RawPack>()
}

/// The schema of a vocabulary.
#[must_use]
pub fn vocabulary() -> String {
    of::<RawVocabulary>()
}

/// The schema of a profile.
#[must_use]
pub fn profile() -> String {
    of::<RawProfile>()
}

/// The schema of the data of a proofreading check.
#[must_use]
pub fn proofreading() -> String {
    of::<RawCheck>()
}

/// The schema of a project's settings.
#[must_use]
pub fn config() -> String {
    of::<RawConfig>()
}

/// The schema of `config show --format json`.
#[must_use]
pub fn config_show() -> String {
    of::<ConfigJson>()
}

/// The schema of a line of a baseline.
#[must_use]
pub fn baseline() -> String {
    of::<Line>()
}

fn of<T: JsonSchema>() -> String {
    to_json(&schema_for!(T))
}
