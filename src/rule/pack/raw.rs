//! The format of a pack file, as serde and JSON-schema types.
//!
//! The doc comments are the manual: `clauselint schema pack` prints them. What the values mean
//! together is checked in `compile`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::rule::raw::RawLevel;

/// How far the paraphrase of an item was held against the text of its instrument.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawMark {
    /// Against the text itself, or an official or near-verbatim copy.
    Verified,
    /// Against what others write about it.
    Secondary,
    /// Not yet: the item is listed, but off.
    FromMemory,
}

/// A checklist over clauses: a regulation, a guide, a house playbook. It lies in a folder `packs`;
/// the file's name without `.toml` is the pack's name.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawPack {
    /// What people call it: "DORA, contracts for ICT services".
    #[schemars(with = "String")]
    pub title: Spanned<String>,
    /// The text that the items are taken from, as one cites it.
    pub instrument: String,
    /// Whom it binds, and when.
    #[serde(default)]
    pub applies: String,
    /// Where the items were read, and what to hold them against.
    #[serde(default)]
    pub source: String,
    /// What the ids of the items begin with ("DORA-"); codes of findings leave it out.
    #[serde(default)]
    pub prefix: String,
    /// The level of the finding when an item is missing.
    #[serde(default)]
    pub missing: RawLevel,
    /// The level of the finding when an item is met in part.
    #[serde(default)]
    pub weak: RawLevel,
    /// Groups of items that hold for some contracts only, by name.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, RawScope>")]
    pub scope: BTreeMap<Spanned<String>, RawScope>,
    /// The items, in the order in which they are reported.
    #[schemars(with = "Vec<RawItem>")]
    pub item: Vec<Spanned<RawItem>>,
}

/// A group of items that hold for some contracts only.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawScope {
    /// When they hold: "where the service supports a critical or important function".
    pub title: String,
}

/// One thing that the instrument asks for.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawItem {
    /// Its stable id: "DORA-30.2-e".
    #[schemars(with = "String")]
    pub id: Spanned<String>,
    /// What it asks for, in words of one's own: lower case, no full stop.
    pub asks: String,
    /// How far that was held against the text; left out for a house's own items.
    #[serde(default)]
    pub mark: Option<RawMark>,
    /// The scope that it belongs to; it holds for every contract when left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub scope: Option<Spanned<String>>,
    /// Formula over `clause` and `clause.element` with `and`, `or` and parentheses: the item is met
    /// when it holds.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub met: Option<Spanned<String>>,
    /// Another formula: the item is met in part when it holds. When left out, any one of what `met`
    /// names is a part.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub weak: Option<Spanned<String>>,
    /// In place of `met`: why a reader must look, since nothing in the catalogue can show it.
    #[serde(default)]
    pub by_hand: Option<String>,
    /// What to write; the advice of the elements that lack when left out.
    #[serde(default)]
    pub advice: String,
    /// What else there is to know, for `explain`.
    #[serde(default)]
    pub note: String,
    /// The level when it is missing, in place of the pack's.
    #[serde(default)]
    pub missing: Option<RawLevel>,
    /// The level when it is met in part, in place of the pack's.
    #[serde(default)]
    pub weak_level: Option<RawLevel>,
}
