//! Raw data -> [`Pack`]; each mistake becomes a finding in the pack file, all at once.

use toml::Spanned;

use super::raw::{RawItem, RawPack};
use super::{Atom, Item, Pack, PackScope, Test};
use crate::rule::compile::{File, is_kebab, severity};
use crate::rule::load::{SchemaName, stem};
use crate::rule::spelling::{join, nearest};
use crate::rule::strength::Refusal;
use crate::rule::{ClauseRule, Formula};

/// The clauses that formulas may name.
pub(super) struct Known<'a> {
    /// The rules that are in use.
    pub(super) rules: &'a [ClauseRule],
    /// Clauses whose rule files have mistakes: those are told already.
    pub(super) broken: &'a [String],
    /// Built-in clauses that a user's rule stands in for, and which may lack an element.
    pub(super) replaced: &'a [String],
}

/// Compiles a pack file; `None` after reporting its mistakes.
pub(super) fn compile_pack(file: &mut File<'_>, known: &Known<'_>) -> Option<Pack> {
    let raw: RawPack = file.read(SchemaName::Pack)?;
    let id = stem(file.path).to_owned();
    if !is_kebab(&id) {
        let advice = "name the file in lower case and hyphens: house-playbook.toml";
        file.error(0..0, format!("`{id}` is no name for a pack"), advice);
    }
    if raw.item.is_empty() {
        file.error(raw.title.span(), "the pack has no item", "add an [[item]] with an id and `asks`");
    }
    let scopes = scopes(file, &raw);
    let mut maker = Maker { file, known, raw: &raw, scopes: &scopes, atoms: Vec::new() };
    let mut items: Vec<Item> = Vec::with_capacity(raw.item.len());
    for (at, item) in raw.item.iter().enumerate() {
        maker.unique(item.get_ref(), &raw.item[..at]);
        items.extend(maker.item(item));
    }
    let atoms = maker.atoms;
    if file.is_broken() {
        return None;
    }
    Some(Pack {
        id,
        path: file.path.to_owned(),
        title: raw.title.into_inner(),
        instrument: raw.instrument,
        applies: raw.applies,
        source: raw.source,
        prefix: raw.prefix,
        scopes,
        items: items.into(),
        atoms: atoms.into(),
    })
}

/// The scopes in the order of the file.
fn scopes(file: &mut File<'_>, raw: &RawPack) -> Vec<PackScope> {
    let mut named: Vec<_> = raw.scope.iter().collect();
    named.sort_by_key(|(name, _)| name.span().start);
    for (name, _) in &named {
        if !is_kebab(name.get_ref()) || name.get_ref() == super::GENERAL {
            let message = format!("`{}` is no name for a scope", name.get_ref());
            file.error(name.span(), message, "use lower case and hyphens, and another word than general");
        }
    }
    named
        .into_iter()
        .map(|(name, scope)| PackScope { id: name.get_ref().clone(), title: scope.title.clone() })
        .collect()
}

/// Makes the items of one pack and collects what their formulas speak of.
struct Maker<'a, 'f> {
    file: &'a mut File<'f>,
    known: &'a Known<'a>,
    raw: &'a RawPack,
    scopes: &'a [PackScope],
    atoms: Vec<Atom>,
}

impl Maker<'_, '_> {
    fn unique(&mut self, raw: &RawItem, earlier: &[Spanned<RawItem>]) {
        let id = raw.id.get_ref();
        let letters = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-');
        if id.is_empty() || !id.bytes().all(letters) {
            let advice = "use letters, figures, dots and hyphens: DORA-30.2-e";
            self.file.error(raw.id.span(), format!("`{id}` is no id for an item"), advice);
        }
        if earlier.iter().any(|item| item.get_ref().id.get_ref().eq_ignore_ascii_case(id)) {
            self.file.error(raw.id.span(), format!("two items are called {id}"), "rename one of them");
        }
    }

    fn item(&mut self, spanned: &Spanned<RawItem>) -> Option<Item> {
        let raw = spanned.get_ref();
        let scope = raw.scope.as_ref().map(|name| self.scope(name));
        let test = self.test(raw)?;
        Some(Item {
            id: raw.id.get_ref().clone(),
            asks: one_line(&raw.asks),
            mark: raw.mark,
            scope,
            test,
            advice: one_line(&raw.advice),
            note: one_line(&raw.note),
            missing: severity(raw.missing.unwrap_or(self.raw.missing)),
            weak: severity(raw.weak_level.unwrap_or(self.raw.weak)),
            place: self.file.span(spanned.span()),
        })
    }

    fn scope(&mut self, name: &Spanned<String>) -> usize {
        let found = self.scopes.iter().position(|scope| &scope.id == name.get_ref());
        found.unwrap_or_else(|| {
            let known: Vec<&str> = self.scopes.iter().map(|scope| scope.id.as_str()).collect();
            let advice = match nearest(name.get_ref(), known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.is_empty() => "the pack has no scope: leave this out".to_owned(),
                None => format!("the scopes are {}", join(&known, "and")),
            };
            self.file.error(name.span(), format!("no scope is called `{}`", name.get_ref()), advice);
            usize::MAX
        })
    }

    fn test(&mut self, raw: &RawItem) -> Option<Test> {
        match (&raw.met, &raw.by_hand) {
            (Some(met), None) => {
                let (met, lost) = self.formula(met)?;
                let (weak, also) = match &raw.weak {
                    Some(weak) => self.formula(weak).map(|(weak, lost)| (Some(weak), lost))?,
                    None => (None, None),
                };
                Some(lost.or(also).map_or(Test::Formula { met, weak }, Test::ByHand))
            }
            (None, Some(why)) if raw.weak.is_none() => Some(Test::ByHand(one_line(why))),
            (None, None) => {
                let advice = "add met = \"clause.element\", or by-hand = \"why a reader must look\"";
                self.file.error(raw.id.span(), "nothing says when this item is met", advice);
                None
            }
            _ => {
                let message = "an item that is read by hand has no formula";
                self.file.error(raw.id.span(), message, "leave out `by-hand`, or `met` and `weak`");
                None
            }
        }
    }

    /// Reads a formula; with it the reason, if there is one, why it cannot be worked out with the
    /// rules in use.
    fn formula(&mut self, value: &Spanned<String>) -> Option<(Formula, Option<String>)> {
        let (known, atoms) = (self.known, &mut self.atoms);
        let mut lost = None;
        let mut find = |word: &str| match known.atom(word) {
            Ok(atom) => Ok(index_of(atom, atoms)),
            Err(Unknown::Unread(why)) => {
                lost = Some(why);
                Ok(usize::MAX)
            }
            Err(Unknown::Mistake(refusal)) => Err(refusal),
        };
        let wanted = "write a clause, or a clause and its element: exit-transition.period";
        let read = Formula::parse_over(value.get_ref(), &mut find, wanted);
        match read {
            Ok(formula) => Some((formula, lost)),
            Err(errors) => {
                for error in errors {
                    let range = self.file.inside(value, &error.range);
                    self.file.error(range, error.message, error.advice);
                }
                None
            }
        }
    }
}

/// Why a formula's word names nothing.
enum Unknown {
    /// A mistake of the pack.
    Mistake(Refusal),
    /// The rule file has mistakes, or a user's rule stands in for the clause and has no such element.
    Unread(String),
}

impl Known<'_> {
    fn atom(&self, word: &str) -> Result<Atom, Unknown> {
        let (clause, element) = word.split_once('.').map_or((word, None), |(one, two)| (one, Some(two)));
        let atom = Atom { clause: clause.to_owned(), element: element.map(str::to_owned) };
        if self.broken.iter().any(|broken| broken == clause) {
            return Err(Unknown::Unread(format!("the rule file of {clause} has mistakes")));
        }
        let Some(rule) = self.rules.iter().find(|rule| rule.id == clause) else {
            let ids: Vec<&str> = self.rules.iter().map(|rule| rule.id.as_str()).collect();
            let advice = nearest(clause, ids.iter().copied()).map_or_else(
                || "clauselint rules list names the clauses".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            return Err(Unknown::Mistake((format!("no clause is called `{clause}`"), advice)));
        };
        match element.filter(|id| rule.element(id).is_none()) {
            None => Ok(atom),
            Some(id) if self.replaced.contains(&rule.id) => {
                Err(Unknown::Unread(format!("your rule {clause} has no element `{id}`")))
            }
            Some(id) => {
                let ids: Vec<&str> = rule.elements.iter().map(|element| &*element.id).collect();
                let advice = nearest(id, ids.iter().copied()).map_or_else(
                    || format!("its elements are {}", join(&ids, "and")),
                    |near| format!("did you mean `{clause}.{near}`?"),
                );
                Err(Unknown::Mistake((format!("`{clause}` has no element `{id}`"), advice)))
            }
        }
    }
}

/// The index of an atom, which is added when it is new.
fn index_of(atom: Atom, atoms: &mut Vec<Atom>) -> usize {
    atoms.iter().position(|known| *known == atom).unwrap_or_else(|| {
        atoms.push(atom);
        atoms.len() - 1
    })
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
