//! Positions: the three tiers in which negotiators hold an element's figure - preferred, acceptable
//! as a fallback, not acceptable. The format and its checked form; figures of a contract are read in
//! `position` of the library.

use std::borrow::Cow;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

use super::compile::{File, is_kebab, severity};
use super::raw::RawLevel;
use crate::finding::Severity;
use crate::token::QuantityKind;

/// What a side wants of a figure that the element states, in three tiers.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RawPosition {
    /// What the figure is: "availability", "exit period". Stands at the head of findings.
    pub name: String,
    /// What the figure is called in the thresholds of a clauselint.toml, behind `minimum-` or
    /// `maximum-`: "incident-notice"; the name in lower case and hyphens when left out.
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub key: Option<Spanned<String>>,
    /// The tier that one asks for: ">= 99.9%", "<= 24 hours", ">= 12 months", ">= EUR 5,000,000".
    #[schemars(with = "String")]
    pub preferred: Spanned<String>,
    /// The tier that one can live with; what does not reach it is not acceptable.
    #[schemars(with = "String")]
    pub fallback: Spanned<String>,
    /// Roots of words, one of which stands in the sentence of the figure or in the title of its
    /// clause; all figures of the element are read when left out.
    #[serde(default)]
    pub about: Vec<String>,
    /// Words, one of which stands shortly before the figure ("for", "up to"); any figure is read when
    /// left out.
    #[serde(default)]
    pub after: Vec<String>,
    /// Whether a root in the title of the clause is enough; true when left out.
    #[serde(default = "yes")]
    pub titles: bool,
    /// Figures that do not reach this are something else and not read: ">= 80%".
    #[serde(default)]
    #[schemars(with = "Option<String>")]
    pub only: Option<Spanned<String>>,
    /// The level of the finding when the figure is not acceptable; one that meets the fallback only
    /// gives a note.
    #[serde(default)]
    pub level: RawLevel,
    /// Where the tiers come from: a source, or a plain reason.
    pub why: String,
    /// Wording to propose as a fallback.
    #[serde(default)]
    pub wording: String,
}

const fn yes() -> bool {
    true
}

/// What a side wants of a figure; built only from checked data.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Position {
    /// "availability".
    #[serde(borrow)]
    pub name: Cow<'static, str>,
    /// What it is called in the thresholds of a project: "minimum-availability".
    #[serde(borrow)]
    pub key: Cow<'static, str>,
    /// The tier that one asks for.
    pub preferred: Threshold,
    /// The tier that one can live with.
    pub fallback: Threshold,
    /// Roots of words that must stand near the figure, in lower case; empty for no such condition.
    pub about: Vec<String>,
    /// Words, one of which must stand shortly before the figure, in lower case; empty for no such
    /// condition.
    pub after: Vec<String>,
    /// Whether a root in the title of the clause is enough.
    pub titles: bool,
    /// Figures that do not reach this are not read.
    pub only: Option<Threshold>,
    /// The level of the finding when the figure is not acceptable; `None` for no finding.
    pub level: Option<Severity>,
    /// Where the tiers come from.
    #[serde(borrow)]
    pub why: Cow<'static, str>,
    /// Wording to propose as a fallback; empty for none.
    #[serde(borrow)]
    pub wording: Cow<'static, str>,
}

/// A bound for a figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Threshold {
    /// What is bounded.
    pub kind: QuantityKind,
    /// Whether more is better (`>=`).
    pub at_least: bool,
    /// The bound, in the unit of the kind (durations in hours).
    pub value: f64,
    /// The bound as its author wrote it, without the sign: "99.9%".
    pub text: String,
}

/// How far a duration in days may lie off a bound in months, or the other way round, as a share of the bound:
/// 180 days are six months. 73 hours are no 72.
const SLACK: f64 = 0.02;
/// The hours of a month, as quantities count it.
const MONTH: f64 = 730.0;

impl Threshold {
    /// Whether a figure reaches the bound.
    #[must_use]
    pub fn is_met(&self, value: f64) -> bool {
        let months = |hours: f64| hours % MONTH == 0.0;
        let mixed = self.kind == QuantityKind::Duration && months(self.value) != months(value);
        let slack = if mixed { self.value * SLACK } else { 0.0 };
        if self.at_least { value >= self.value - slack } else { value <= self.value + slack }
    }

    /// "at least 99.9%", "at most 24 hours".
    #[must_use]
    pub fn words(&self) -> String {
        format!("{} {}", if self.at_least { "at least" } else { "at most" }, self.text)
    }

    /// Reads ">= 99.9%"; the error says what is wrong and what to write.
    pub(crate) fn read(written: &str) -> Result<Self, (String, String)> {
        let wanted =
            || "write a bound such as >= 99.9%, <= 24 hours, >= 12 months or >= EUR 5,000,000".to_owned();
        let text = written.trim();
        let (at_least, rest) = match (text.strip_prefix(">="), text.strip_prefix("<=")) {
            (Some(rest), _) => (true, rest.trim()),
            (_, Some(rest)) => (false, rest.trim()),
            _ => return Err((format!("`{text}` has no >= or <="), wanted())),
        };
        let currency = rest.chars().take_while(char::is_ascii_uppercase).count();
        let (money, figure) = (currency == 3, &rest[if currency == 3 { 3 } else { 0 }..]);
        let figure = figure.trim();
        let end = figure.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',').unwrap_or(figure.len());
        let (number, unit) = figure.split_at(end);
        let number: f64 = number
            .replace(',', "")
            .parse()
            .map_err(|_| (format!("`{rest}` does not begin with a figure"), wanted()))?;
        let hours = match unit.trim() {
            "" | "%" => None,
            "min" | "minute" | "minutes" => Some(1.0 / 60.0),
            "h" | "hour" | "hours" => Some(1.0),
            "d" | "day" | "days" => Some(24.0),
            "w" | "week" | "weeks" => Some(168.0),
            "mo" | "month" | "months" => Some(730.0),
            "y" | "year" | "years" => Some(8760.0),
            other => return Err((format!("no such unit: `{other}`"), wanted())),
        };
        let kind = match (money, unit.trim(), hours) {
            (true, "", _) => QuantityKind::Money,
            (false, "%", _) => QuantityKind::Percent,
            (false, _, Some(_)) => QuantityKind::Duration,
            (false, "", _) => QuantityKind::Number,
            _ => return Err((format!("`{rest}` is no sum of money"), wanted())),
        };
        Ok(Self { kind, at_least, value: number * hours.unwrap_or(1.0), text: rest.to_owned() })
    }
}

/// Checks a position; `None` after reporting its mistakes.
pub(super) fn compile(file: &mut File<'_>, raw: &RawPosition) -> Option<Position> {
    let mut read = |value: &Spanned<String>| match Threshold::read(value.get_ref()) {
        Ok(threshold) => Some(threshold),
        Err((message, advice)) => {
            file.error(value.span(), message, advice);
            None
        }
    };
    let (preferred, fallback) = (read(&raw.preferred), read(&raw.fallback));
    let only = raw.only.as_ref().map(&mut read);
    let key = key(file, raw);
    let (preferred, fallback) = (preferred?, fallback?);
    let same = |other: &Threshold| (other.kind, other.at_least) == (preferred.kind, preferred.at_least);
    if !same(&fallback) || !fallback.is_met(preferred.value) {
        let advice =
            format!("the preferred tier is {}: write a bound that is easier to reach", preferred.words());
        file.error(raw.fallback.span(), "the fallback is no weaker bound of the same kind", advice);
    }
    Some(Position {
        name: raw.name.clone().into(),
        key: format!("{}-{key}", if preferred.at_least { "minimum" } else { "maximum" }).into(),
        preferred,
        fallback,
        about: raw.about.iter().map(|root| root.to_lowercase()).collect(),
        after: raw.after.iter().map(|word| word.to_lowercase()).collect(),
        titles: raw.titles,
        only: only.flatten(),
        level: severity(raw.level),
        why: raw.why.split_whitespace().collect::<Vec<_>>().join(" ").into(),
        wording: raw.wording.trim().to_owned().into(),
    })
}

/// The name of the figure in a project's thresholds, without what stands in front of it.
fn key(file: &mut File<'_>, raw: &RawPosition) -> String {
    match &raw.key {
        Some(key) => {
            if !is_kebab(key.get_ref()) {
                let message = format!("`{}` is no name for a threshold", key.get_ref());
                file.error(key.span(), message, "use lower case and hyphens");
            }
            key.get_ref().clone()
        }
        None => {
            let name = raw.name.to_lowercase();
            let words = name.split(|letter: char| !letter.is_ascii_alphanumeric());
            words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join("-")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_read_as_people_write_them() {
        let read = |text: &str| Threshold::read(text).map(|t| (t.kind, t.at_least, t.value));
        assert_eq!(read(">= 99.9%"), Ok((QuantityKind::Percent, true, 99.9)));
        assert_eq!(read("<=24h"), Ok((QuantityKind::Duration, false, 24.0)));
        assert_eq!(read(">=12 mo"), Ok((QuantityKind::Duration, true, 8760.0)));
        assert_eq!(read(">= EUR 5,000,000"), Ok((QuantityKind::Money, true, 5_000_000.0)));
        assert_eq!(read(">= 3"), Ok((QuantityKind::Number, true, 3.0)));
        for wrong in ["99.9%", ">= ", ">= 12 moons", ">= EUR 5%", "> 5"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn six_months_are_a_hundred_and_eighty_days() {
        let six_months = Threshold::read(">= 6 months").unwrap();
        assert!(six_months.is_met(180.0 * 24.0) && six_months.is_met(6.0 * 730.0));
        assert!(!six_months.is_met(170.0 * 24.0));
        let sixty_days = Threshold::read("<= 60 days").unwrap();
        assert!(sixty_days.is_met(2.0 * 730.0) && !sixty_days.is_met(61.0 * 24.0), "days are counted");
        let three_days = Threshold::read("<= 72 hours").unwrap();
        assert!(three_days.is_met(72.0) && !three_days.is_met(73.0));
        let available = Threshold::read(">= 99.5%").unwrap();
        assert!(available.is_met(99.5) && !available.is_met(99.49));
    }
}
