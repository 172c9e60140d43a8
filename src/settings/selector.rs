//! Names of findings, as projects and waivers write them: read, printed, and held against codes.

use std::fmt;

use crate::finding::Code;
use crate::rule::RuleSet;

/// Kinds of findings on a clause.
pub(super) const KINDS: [&str; 4] = ["missing", "weak", "soft", "position"];
/// What the code of a finding on a clause begins with.
pub(super) const FRONTS: [&str; 5] = ["missing-", "weak-", "soft-", "one-sided-", "position-"];
/// The group of the proofreading checks.
pub(super) const PROOFREAD: &str = "proofread";

/// Takes in findings by what they are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selector {
    /// `all`: every finding.
    All,
    /// `exit-transition`: whatever concerns this clause or proofreading check; also a code that is
    /// about no clause, such as `other-language`.
    Rule(String),
    /// `exit-transition.period`: this element of a clause.
    Element(String, String),
    /// `missing-exit-transition`, `dora/30.2-e`: findings with this code.
    Code(String),
    /// `missing`, `weak`, `soft`, `position`: findings of this kind on any clause.
    Kind(String),
    /// `group:liability`, `group:proofread`, `group:dora`: the clauses of a folder of rules, the
    /// proofreading checks, the items of a pack.
    Group(String),
}

impl Selector {
    /// Reads a name by its form; whether there is such a thing is another question, since
    /// `missing-schedule` has the form of a code and is a check.
    #[must_use]
    pub fn read(text: &str) -> Self {
        let text = text.trim();
        if text == "all" {
            return Self::All;
        }
        if let Some(group) = text.strip_prefix("group:") {
            return Self::Group(group.to_owned());
        }
        if KINDS.contains(&text) {
            return Self::Kind(text.to_owned());
        }
        if text.contains('/') || FRONTS.iter().any(|front| text.starts_with(front)) {
            return Self::Code(text.to_owned());
        }
        match text.split_once('.') {
            Some((clause, element)) => Self::Element(clause.to_owned(), element.to_owned()),
            None => Self::Rule(text.to_owned()),
        }
    }

    /// Whether findings with this code are meant. The rules say which clause is of which group.
    #[must_use]
    pub fn takes_in(&self, code: &Code, rules: &RuleSet) -> bool {
        match self {
            Self::All => true,
            Self::Rule(name) => {
                code.clause() == Some(name)
                    || code.to_string() == *name
                    || (name == "one-sided" && matches!(code, Code::OneSided(_)))
            }
            Self::Element(clause, element) => {
                matches!(code, Code::Position(of, at) if of == clause && at == element)
            }
            Self::Code(text) => code.to_string() == *text,
            Self::Kind(kind) => kind_of(code) == Some(kind),
            Self::Group(group) => group_of(code, rules) == Some(group),
        }
    }

    /// How few findings it takes in: the greater goes before the less.
    #[must_use]
    pub const fn rank(&self) -> u8 {
        match self {
            Self::All => 0,
            Self::Group(_) => 1,
            Self::Kind(_) => 2,
            Self::Rule(_) => 3,
            Self::Code(_) => 4,
            Self::Element(..) => 5,
        }
    }

    /// Whether it names many kinds of findings at once: a level for those does not raise what is a
    /// note by its nature.
    #[must_use]
    pub const fn is_broad(&self) -> bool {
        matches!(self, Self::All | Self::Group(_) | Self::Rule(_))
    }
}

/// As it is written.
impl fmt::Display for Selector {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All => out.write_str("all"),
            Self::Rule(name) | Self::Code(name) | Self::Kind(name) => out.write_str(name),
            Self::Element(clause, element) => write!(out, "{clause}.{element}"),
            Self::Group(group) => write!(out, "group:{group}"),
        }
    }
}

const fn kind_of(code: &Code) -> Option<&'static str> {
    match code {
        Code::Missing(_) => Some("missing"),
        Code::Weak(_) => Some("weak"),
        Code::Soft(_) => Some("soft"),
        Code::Position(..) => Some("position"),
        _ => None,
    }
}

fn group_of<'a>(code: &'a Code, rules: &'a RuleSet) -> Option<&'a str> {
    match code {
        Code::Slip(_) => Some(PROOFREAD),
        Code::Pack { pack, .. } => Some(pack),
        _ => rules.get(code.clause()?).map(|rule| rule.pack.as_str()),
    }
}

/// Whether a finding comes of a rule, a check or a pack and so can be left out by not selecting it.
/// What is wrong with a file or a request is told all the same, unless it is ignored by name.
#[must_use]
pub(super) const fn is_selectable(code: &Code) -> bool {
    matches!(
        code,
        Code::Missing(_)
            | Code::Weak(_)
            | Code::Soft(_)
            | Code::OneSided(_)
            | Code::Position(..)
            | Code::Slip(_)
            | Code::Pack { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_by_its_form_and_printed_as_written() {
        let element = Selector::Element("exit-transition".into(), "period".into());
        for (text, expected) in [
            ("all", Selector::All),
            ("exit-transition", Selector::Rule("exit-transition".into())),
            ("exit-transition.period", element),
            ("weak-exit-transition", Selector::Code("weak-exit-transition".into())),
            ("position-sla-metrics.target", Selector::Code("position-sla-metrics.target".into())),
            ("dora/30.2-e", Selector::Code("dora/30.2-e".into())),
            ("weak", Selector::Kind("weak".into())),
            ("one-sided", Selector::Rule("one-sided".into())),
            ("group:liability", Selector::Group("liability".into())),
        ] {
            let read = Selector::read(text);
            assert_eq!((read.to_string(), &read), (text.to_owned(), &expected));
        }
    }

    #[test]
    fn a_selector_takes_in_what_it_names_and_nothing_else() {
        let rules = RuleSet::builtin();
        let taken = |text: &str, code: &Code| Selector::read(text).takes_in(code, &rules);
        let (weak, slip) = (Code::Weak("liability-cap".into()), Code::Slip("missing-schedule".into()));
        for name in ["all", "liability-cap", "weak-liability-cap", "weak", "group:liability"] {
            assert!(taken(name, &weak), "{name}");
        }
        for name in ["liability-cap.cap", "missing-liability-cap", "missing", "group:core", "insurance"] {
            assert!(!taken(name, &weak), "{name}");
        }
        assert!(taken("missing-schedule", &slip) && taken("group:proofread", &slip));
        assert!(!taken("missing", &slip), "no clause is missing");
        let figure = Code::Position("sla-metrics".into(), "target".into());
        assert!(taken("sla-metrics.target", &figure) && taken("position-sla-metrics.target", &figure));
        let item = Code::Pack { pack: "dora".into(), item: "30.2-e".into() };
        assert!(taken("group:dora", &item) && taken("dora/30.2-e", &item) && !taken("dora/30.2-a", &item));
        assert!(taken("one-sided", &Code::OneSided("step-in-rights".into())));
    }
}
