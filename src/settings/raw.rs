//! The format of `clauselint.toml`, as serde and JSON-schema types.
//!
//! The doc comments are the manual: `clauselint schema config` prints them. What the values mean
//! together is checked in `read` and `names`.

use std::collections::BTreeMap;
use std::fmt;

use schemars::JsonSchema;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use crate::rule::profile::raw::RawSide;
use crate::rule::raw::RawLevel;

/// What a project asks of the linter. The file is called `clauselint.toml` and holds for its folder
/// and the folders below it; of several above a contract only the nearest one is read, with what it
/// extends. Paths and globs are relative to the folder of the file that they stand in.
///
/// A finding is named by what it is about: `exit-transition` (a clause or a proofreading check),
/// `exit-transition.period` (an element of a clause), `missing-exit-transition` (the code of the
/// finding), `dora/30.2-e` (an item of a pack), `missing`, `weak`, `soft` or `position` (findings of
/// that kind on any clause), `group:liability` (the clauses of a folder of rules), `group:proofread`
/// (the proofreading checks), `group:dora` (the items of a pack), or `all`.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[schemars(title = "clauselint.toml")]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawConfig {
    /// Another file of the same tree to start from: "../base.toml". A list of this file replaces the
    /// list of that one, tables are put together key by key, and `[[contract]]` and `[[overrides]]`
    /// come after those of that file.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub extends: Option<Spanned<String>>,
    /// The profile to hold contracts against, such as "outsourcing" or "all"; the one for each
    /// contract's kind of paper when left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub profile: Option<Spanned<String>>,
    /// For whom contracts are judged; the customer when left out.
    #[serde(default, rename = "for")]
    #[schemars(with = "Option<RawSide>")]
    pub side: Option<Spanned<RawSide>>,
    /// Checklists to hold contracts against: "dora", or "dora/general" for a part of it.
    #[serde(default)]
    #[schemars(with = "Option<Vec<String>>")]
    pub packs: Option<Spanned<Vec<Spanned<String>>>>,
    /// Folders with rules, profiles and packs of your own.
    #[serde(default)]
    #[schemars(with = "Option<Vec<String>>")]
    pub rules: Option<Spanned<Vec<Spanned<String>>>>,
    /// Names of the parties, where contracts do not tell.
    #[serde(default)]
    pub parties: RawParties,
    /// Report only these findings; all of them when left out or empty.
    #[serde(default)]
    #[schemars(with = "Option<Vec<String>>")]
    pub select: Option<Spanned<Vec<Spanned<String>>>>,
    /// Never report these findings, whatever `select` says. A clause that lacks an ignored element
    /// is judged as if it had it.
    #[serde(default)]
    #[schemars(with = "Option<Vec<String>>")]
    pub ignore: Option<Spanned<Vec<Spanned<String>>>>,
    /// Levels of findings. The more specific name goes before the less specific one; a level for a
    /// clause that the profile does not ask for makes it asked for. Soft wording and figures are
    /// lowered by a level for their clause, its group or all, and raised only by their own name.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, RawLevel>")]
    pub levels: BTreeMap<Spanned<String>, Spanned<RawLevel>>,
    /// What figures must reach, by clause and element ("sla-metrics.target") or by their short names
    /// (minimum-availability, maximum-incident-notice, minimum-exit-period).
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, RawTiers>")]
    pub thresholds: BTreeMap<Spanned<String>, Spanned<RawTiers>>,
    /// Globs of files and folders that are left out when folders are walked: "drafts", "**/old/*.md".
    #[serde(default)]
    #[schemars(with = "Option<Vec<String>>")]
    pub exclude: Option<Spanned<Vec<Spanned<String>>>>,
    /// The lowest level that makes the exit code 1; "error" when left out.
    #[serde(default)]
    #[schemars(with = "Option<RawFailOn>")]
    pub fail_on: Option<Spanned<RawFailOn>>,
    /// A file with findings that are known and not reported again.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub baseline: Option<Spanned<String>>,
    /// What waivers in the text of contracts must state.
    #[serde(default)]
    pub waivers: RawWaivers,
    /// Contracts of several files, each read as one.
    #[serde(default)]
    #[schemars(with = "Vec<RawContract>")]
    pub contract: Vec<Spanned<RawContract>>,
    /// Other values for some files. Later ones go before earlier ones, and all of them before the
    /// values at the top.
    #[serde(default)]
    #[schemars(with = "Vec<RawOverride>")]
    pub overrides: Vec<Spanned<RawOverride>>,
}

/// Names of the parties.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawParties {
    /// The customer: a name, or a list of names.
    #[serde(default)]
    #[schemars(with = "Option<RawNames>")]
    pub customer: Option<Spanned<RawNames>>,
    /// The supplier: a name, or a list of names.
    #[serde(default)]
    #[schemars(with = "Option<RawNames>")]
    pub supplier: Option<Spanned<RawNames>>,
}

/// One name or several.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum RawNames {
    /// One name.
    One(String),
    /// Several names.
    Several(Vec<String>),
}

impl RawNames {
    /// The names, in order.
    #[must_use]
    pub fn into_list(self) -> Vec<String> {
        match self {
            Self::One(name) => vec![name],
            Self::Several(names) => names,
        }
    }
}

impl<'de> Deserialize<'de> for RawNames {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = RawNames;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a name or a list of names")
            }

            fn visit_str<E>(self, name: &str) -> Result<RawNames, E> {
                Ok(RawNames::One(name.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, names: A) -> Result<RawNames, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(names)).map(RawNames::Several)
            }
        }
        from.deserialize_any(Names)
    }
}

/// What a figure must reach: one bound for good and bad, or two tiers.
#[derive(Clone, Debug, JsonSchema)]
#[schemars(untagged)]
pub enum RawTiers {
    /// One bound: "99.5%", "48 hours". What does not reach it is not acceptable.
    One(String),
    /// Two bounds, as positions of rules have them.
    Two(RawTwoTiers),
}

impl<'de> Deserialize<'de> for RawTiers {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Tiers;
        impl<'de> Visitor<'de> for Tiers {
            type Value = RawTiers;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a bound or a table of two")
            }

            fn visit_str<E>(self, bound: &str) -> Result<RawTiers, E> {
                Ok(RawTiers::One(bound.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, tiers: A) -> Result<RawTiers, A::Error> {
                RawTwoTiers::deserialize(MapAccessDeserializer::new(tiers)).map(RawTiers::Two)
            }
        }
        from.deserialize_any(Tiers)
    }
}

/// What a figure must reach, in two tiers.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawTwoTiers {
    /// What one asks for: ">= 99.9%"; that of the rule when left out. A figure that only reaches the
    /// fallback gives a note.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub preferred: Option<Spanned<String>>,
    /// What one can live with: ">= 99.5%"; that of the rule when left out. What does not reach it is
    /// not acceptable.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub fallback: Option<Spanned<String>>,
}

/// The lowest level that fails a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RawFailOn {
    /// Errors fail a run.
    Error,
    /// Warnings and errors fail a run.
    Warning,
    /// Any finding fails a run.
    Note,
    /// No finding fails a run.
    Never,
}

impl RawFailOn {
    /// As it is written.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
            Self::Never => "never",
        }
    }
}

/// What waivers must state besides a reason.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawWaivers {
    /// Whether each must say who allowed it (`by: counsel`).
    #[serde(default)]
    #[schemars(with = "Option<bool>")]
    pub approver: Option<Spanned<bool>>,
    /// Whether each must say until when it holds (`until: 2027-03-31`).
    #[serde(default)]
    #[schemars(with = "Option<bool>")]
    pub end: Option<Spanned<bool>>,
}

/// A contract of several files.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawContract {
    /// What people call it.
    #[schemars(with = "String")]
    pub name: Spanned<String>,
    /// Globs of its files. The first file of the first glob is the master, the others are its
    /// schedules, in this order.
    #[schemars(with = "Vec<String>")]
    pub files: Spanned<Vec<Spanned<String>>>,
}

/// Other values for some files.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawOverride {
    /// Globs of the files: "schedules/**", "**/*-dpa.md".
    #[schemars(with = "Vec<String>")]
    pub files: Spanned<Vec<Spanned<String>>>,
    /// The profile to hold them against.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub profile: Option<Spanned<String>>,
    /// For whom they are judged.
    #[serde(default, rename = "for")]
    #[schemars(with = "Option<RawSide>")]
    pub side: Option<Spanned<RawSide>>,
    /// Checklists to hold them against; none when the list is empty.
    #[serde(default)]
    #[schemars(with = "Option<Vec<String>>")]
    pub packs: Option<Spanned<Vec<Spanned<String>>>>,
    /// Names of the parties.
    #[serde(default)]
    pub parties: RawParties,
    /// Report only these findings.
    #[serde(default)]
    #[schemars(with = "Option<Vec<String>>")]
    pub select: Option<Spanned<Vec<Spanned<String>>>>,
    /// Never report these findings; together with those that are ignored at the top.
    #[serde(default)]
    #[schemars(with = "Option<Vec<String>>")]
    pub ignore: Option<Spanned<Vec<Spanned<String>>>>,
    /// Levels of findings, over those at the top.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, RawLevel>")]
    pub levels: BTreeMap<Spanned<String>, Spanned<RawLevel>>,
    /// What figures must reach, over what stands at the top.
    #[serde(default)]
    #[schemars(with = "BTreeMap<String, RawTiers>")]
    pub thresholds: BTreeMap<Spanned<String>, Spanned<RawTiers>>,
}
