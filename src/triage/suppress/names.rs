//! What the names in waivers stand for: `exit-transition`, `weak-sla-metrics`, `dora/30.2-e`.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::finding::Code;
use crate::rule::spelling::{join, nearest};
use crate::rule::{ClauseRule, RuleSet};

/// How many misspelt names of one file get a near name: each costs a look at every name there is.
const GUESSES: usize = 50;
/// Names that would take in everything, or every finding of a kind.
const BLANKET: [&str; 7] = ["all", "any", "everything", "missing", "weak", "soft", "position"];
/// Codes that no waiver can allow: they are about the run, or about waivers.
const FIXED: [&str; 11] = [
    "waiver",
    "baseline",
    "config",
    "rule-file",
    "pattern",
    "usage",
    "unreadable",
    "unknown-profile",
    "front-matter",
    "not-a-contract",
    "other-language",
];

/// What a name in a waiver stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Allowed {
    /// The one of [`keys_of`] by which findings are taken in.
    pub(super) key: String,
    /// The codes that such findings may have.
    pub(super) codes: Vec<Code>,
}

/// Why a name stands for nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// It would take in too much.
    Blanket,
    /// A code that cannot be allowed.
    Fixed,
    /// Something that has rules in it, to be named instead: what it is, and an example.
    Group(&'static str, String),
    /// Nothing has this name; the nearest that there is.
    Unknown(Option<String>),
}

/// The names by which waivers take a finding in; none for one that no waiver can allow.
pub(super) fn keys_of(code: &Code) -> Vec<String> {
    match code {
        Code::Missing(clause) | Code::Weak(clause) | Code::Soft(clause) | Code::OneSided(clause) => {
            vec![code.to_string(), clause.clone()]
        }
        Code::Position(clause, element) => {
            vec![code.to_string(), clause.clone(), format!("{clause}.{element}")]
        }
        Code::Slip(_) | Code::Pack { .. } => vec![code.to_string()],
        _ => Vec::new(),
    }
}

/// Looks names up in the rules, each spelling once.
pub(super) struct Names<'a> {
    rules: &'a RuleSet,
    seen: BTreeMap<String, Result<Rc<Allowed>, Refused>>,
    guesses: usize,
}

impl<'a> Names<'a> {
    pub(super) const fn new(rules: &'a RuleSet) -> Self {
        Self { rules, seen: BTreeMap::new(), guesses: 0 }
    }

    /// What a name stands for.
    pub(super) fn find(&mut self, name: &str) -> Result<Rc<Allowed>, Refused> {
        if let Some(known) = self.seen.get(name) {
            return known.clone();
        }
        let found = self.look_up(name).map(Rc::new);
        self.seen.insert(name.to_owned(), found.clone());
        found
    }

    fn look_up(&mut self, name: &str) -> Result<Allowed, Refused> {
        if let Some(codes) = of_clause(self.rules, name).or_else(|| of_check(self.rules, name)) {
            return Ok(Allowed { key: name.to_owned(), codes });
        }
        if let Some(code) = of_pack(self.rules, name) {
            return Ok(Allowed { key: code.to_string(), codes: vec![code] });
        }
        Err(self.refusal(name))
    }

    fn refusal(&mut self, name: &str) -> Refused {
        if BLANKET.contains(&name) || name.starts_with("group:") || name.contains('*') {
            return Refused::Blanket;
        }
        if FIXED.contains(&name) {
            return Refused::Fixed;
        }
        if let Some(pack) = self.rules.pack(name.split('/').next().unwrap_or(name)) {
            let short = name.split_once('/').map(|(_, item)| item);
            let near = short.and_then(|item| nearest(item, pack.items.iter().map(|item| pack.short(item))));
            let item = near.or_else(|| pack.items.first().map(|item| pack.short(item))).unwrap_or("item");
            return Refused::Group(
                if short.is_some() { "no item of this pack has this name" } else { "a pack is many items" },
                format!("{}/{item}", pack.id),
            );
        }
        if let Some(rule) = name.split_once('.').and_then(|(clause, _)| self.rules.get(clause)) {
            let elements: Vec<String> = positions(rule).map(|of| format!("{}.{of}", rule.id)).collect();
            let elements: Vec<&str> = elements.iter().map(String::as_str).chain([rule.id.as_str()]).collect();
            return Refused::Group(
                "only elements with a figure have findings of their own",
                join(&elements, "or"),
            );
        }
        self.guesses += 1;
        if self.guesses > GUESSES {
            return Refused::Unknown(None);
        }
        let known: BTreeSet<String> = known(self.rules);
        Refused::Unknown(nearest(name, known.iter().map(String::as_str)).map(str::to_owned))
    }
}

/// Makes the code of a clause.
type Make = fn(String) -> Code;

/// The elements of a rule that have a position.
fn positions(rule: &ClauseRule) -> impl Iterator<Item = &str> {
    rule.elements.iter().filter(|element| element.position.is_some()).map(|element| &*element.id)
}

/// The codes that the name of a clause rule, of one of its codes or of one of its elements stands
/// for.
fn of_clause(rules: &RuleSet, name: &str) -> Option<Vec<Code>> {
    if let Some(rule) = rules.get(name) {
        let of = |make: Make| make(rule.id.clone());
        let mut codes = vec![of(Code::Missing), of(Code::Weak), of(Code::Soft), of(Code::OneSided)];
        codes.extend(positions(rule).map(|element| Code::Position(rule.id.clone(), element.to_owned())));
        return Some(codes);
    }
    let makers: [(&str, Make); 4] = [
        ("missing-", Code::Missing),
        ("weak-", Code::Weak),
        ("soft-", Code::Soft),
        ("one-sided-", Code::OneSided),
    ];
    let coded = makers.iter().find_map(|(front, make)| {
        let rule = rules.get(name.strip_prefix(front)?)?;
        Some(vec![make(rule.id.clone())])
    });
    coded.or_else(|| {
        let (clause, element) = name.strip_prefix("position-").unwrap_or(name).split_once('.')?;
        let rule = rules.get(clause)?;
        let element = positions(rule).find(|id| *id == element)?;
        Some(vec![Code::Position(rule.id.clone(), element.to_owned())])
    })
}

fn of_check(rules: &RuleSet, name: &str) -> Option<Vec<Code>> {
    let check = rules.checks.iter().find(|check| check.id == name)?;
    Some(vec![Code::Slip(check.id.clone())])
}

/// The item of a pack: by the code of its findings, `dora/30.2-e`, or its id, `DORA-30.2-e`.
fn of_pack(rules: &RuleSet, name: &str) -> Option<Code> {
    let (pack, item) = match name.split_once('/') {
        Some((pack, item)) => {
            let pack = rules.pack(pack)?;
            (pack, pack.item(item)?)
        }
        None => rules.packs.iter().find_map(|pack| {
            let item = pack.items.iter().find(|item| item.id.eq_ignore_ascii_case(name))?;
            Some((pack, item))
        })?,
    };
    Some(Code::Pack { pack: pack.id.clone(), item: pack.short(item).to_owned() })
}

/// Names to guess from.
fn known(rules: &RuleSet) -> BTreeSet<String> {
    let clauses = rules.rules.iter().flat_map(|rule| {
        let coded = ["", "missing-", "weak-", "soft-"].map(|front| format!("{front}{}", rule.id));
        coded.into_iter().chain(positions(rule).map(|element| format!("{}.{element}", rule.id)))
    });
    let items = rules
        .packs
        .iter()
        .flat_map(|pack| pack.items.iter().map(|item| format!("{}/{}", pack.id, pack.short(item))));
    clauses.chain(rules.checks.iter().map(|check| check.id.clone())).chain(items).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stand_for_codes_of_findings() {
        let rules = RuleSet::builtin();
        let mut names = Names::new(&rules);
        let mut key = |name: &str| names.find(name).map(|allowed| (allowed.key.clone(), allowed.codes.len()));
        assert!(matches!(key("exit-transition"), Ok((key, count)) if key == "exit-transition" && count >= 4));
        assert_eq!(key("weak-sla-metrics"), Ok(("weak-sla-metrics".to_owned(), 1)));
        assert_eq!(key("placeholder"), Ok(("placeholder".to_owned(), 1)));
        assert_eq!(key("DORA-30.2-e"), Ok(("dora/30.2-e".to_owned(), 1)));
        assert_eq!(key("dora/30.2-e"), Ok(("dora/30.2-e".to_owned(), 1)));
        assert_eq!(key("exit-transiton"), Err(Refused::Unknown(Some("exit-transition".to_owned()))));
        assert_eq!(key("nonsense-of-mine"), Err(Refused::Unknown(None)));
        assert_eq!(key("all"), Err(Refused::Blanket));
        assert_eq!(key("waiver"), Err(Refused::Fixed));
        assert!(matches!(key("dora"), Err(Refused::Group(..))));
    }

    #[test]
    fn every_finding_that_a_contract_may_have_can_be_named_by_its_keys() {
        let rules = RuleSet::builtin();
        let mut names = Names::new(&rules);
        let every: Vec<String> = known(&rules).into_iter().collect();
        for name in every {
            let allowed = names.find(&name).expect("a known name is found");
            for code in &allowed.codes {
                assert!(keys_of(code).contains(&allowed.key), "{name}: {code}");
            }
        }
    }
}
