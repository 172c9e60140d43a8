//! Raw data -> [`ClauseRule`]; each mistake becomes a finding in the rule file, all at once.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::DeTable;

use super::check::{Check, CheckExample, RawCheck, RawCheckExample};
use super::lists::own_lists;
use super::load::{SchemaName, schema, stem};
use super::position;
use super::raw::{RawElement, RawExample, RawLevel, RawRule, RawSoft, RawStatus};
use super::shape::misfits;
use super::spelling::{bare, join, nearest};
use super::{ClauseRule, Element, Example, Formula, RulePattern, SetLevels, Soft, Status};
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::pattern::{PlanBuilder, Vocabulary, parse};
use crate::source::{FileId, Span};

/// A rule file and what is wrong with it.
pub(super) struct File<'a> {
    id: FileId,
    pub(super) path: &'a str,
    pub(super) text: &'a str,
    /// Whether it is a user's own file: advice on style is given for those; the built-in ones are
    /// held to it by a test.
    own: bool,
    /// The mistakes found so far.
    pub(super) findings: Vec<Finding>,
}

impl<'a> File<'a> {
    /// A file with no mistake yet.
    pub(super) const fn new(id: FileId, path: &'a str, text: &'a str, own: bool) -> Self {
        Self { id, path, text, own, findings: Vec::new() }
    }

    fn report(&mut self, severity: Severity, range: Range<usize>, message: String, advice: String) {
        let anchor = Anchor::Span(Span::new(self.id, range));
        let finding = Finding::new(Code::RuleFile, severity, message, anchor);
        self.findings.push(if advice.is_empty() { finding } else { finding.at(advice) });
    }

    pub(super) fn error(
        &mut self,
        range: Range<usize>,
        message: impl Into<String>,
        advice: impl Into<String>,
    ) {
        self.report(Severity::Error, range, message.into(), advice.into());
    }

    /// A range of the file as a span.
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(self.id, range)
    }

    /// Whether a mistake was found that keeps the file from being used.
    pub(super) fn is_broken(&self) -> bool {
        self.findings.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// Reads the file as `T`. When serde refuses, all mistakes of form are reported.
    pub(super) fn read<T: DeserializeOwned>(&mut self, format: SchemaName) -> Option<T> {
        let refused = match toml::from_str(self.text) {
            Ok(raw) => return Some(raw),
            Err(refused) => refused,
        };
        let (table, syntax) = DeTable::parse_recoverable(self.text);
        for error in &syntax {
            self.error(error.span().unwrap_or_default(), lower_first(error.message()), "");
        }
        if syntax.is_empty() {
            for misfit in misfits(&schema(format), table.get_ref()) {
                self.error(misfit.range, misfit.message, misfit.advice);
            }
        }
        if !self.is_broken() {
            let range = refused.span().unwrap_or_default();
            self.error(range, lower_first(refused.message()), "");
        }
        None
    }

    /// Where in the file a range of a value's text stands: byte for byte where the file holds the
    /// text as it is, else the whole value.
    pub(super) fn inside(&self, value: &Spanned<String>, range: &Range<usize>) -> Range<usize> {
        let whole = value.span();
        let written = self.text.get(whole.clone()).unwrap_or_default();
        let marks = ["'''\r\n", "'''\n", "\"\"\"\r\n", "\"\"\"\n", "'''", "\"\"\"", "'", "\""];
        let Some(mark) = marks.into_iter().find(|mark| written.starts_with(mark)) else { return whole };
        let verbatim =
            written.get(mark.len()..).is_some_and(|rest| rest.starts_with(value.get_ref().as_str()));
        if verbatim { shift(range, whole.start + mark.len()) } else { whole }
    }

    /// Parses a pattern; `None` after reporting its mistakes. `wrap` puts it inside `heading(...)`.
    pub(super) fn pattern(
        &mut self,
        value: &Spanned<String>,
        wrap: bool,
        vocabulary: &Vocabulary,
        plan: &mut PlanBuilder,
    ) -> Option<RulePattern> {
        let text = value.get_ref();
        match parse(text, vocabulary) {
            Ok(pattern) if !wrap => Some(RulePattern { id: plan.add(&pattern, vocabulary) }),
            // Parsed alone first, so that the places of mistakes are those of the text as written.
            Ok(_) => {
                let pattern = parse(&RulePattern::of_titles(text), vocabulary).ok()?;
                Some(RulePattern { id: plan.add(&pattern, vocabulary) })
            }
            Err(errors) => {
                for error in errors {
                    let range = self.inside(value, &error.range);
                    self.error(range, error.message, error.advice);
                }
                None
            }
        }
    }

    /// Element ids joined by "or" -> their indices.
    pub(super) fn elements(&mut self, value: &Spanned<String>, ids: &[&str]) -> Vec<usize> {
        let text = value.get_ref();
        let mut found = Vec::new();
        let mut at = 0;
        for part in text.split(" or ") {
            let name = part.trim();
            let start = at + (part.len() - part.trim_start().len());
            at += part.len() + " or ".len();
            if let Some(index) = ids.iter().position(|&id| id == name) {
                found.push(index);
            } else {
                let range = self.inside(value, &(start..start + name.len()));
                self.unknown_element(range, name, ids);
            }
        }
        found
    }

    fn unknown_element(&mut self, range: Range<usize>, name: &str, ids: &[&str]) {
        let advice = nearest(name, ids.iter().copied()).map_or_else(
            || format!("the elements are {}", join(ids, "and")),
            |near| format!("did you mean `{near}`?"),
        );
        self.error(range, format!("no element is called `{name}`"), advice);
    }

    pub(super) fn no_list_name(&mut self, name: &Spanned<String>) {
        let message = format!("`{}` is no name for a list", name.get_ref());
        self.error(name.span(), message, "use lower case and hyphens");
    }

    pub(super) fn formula(&mut self, value: &Spanned<String>, ids: &[&str]) -> Option<Formula> {
        match Formula::parse(value.get_ref(), ids) {
            Ok(formula) => Some(formula),
            Err(errors) => {
                for error in errors {
                    let range = self.inside(value, &error.range);
                    self.error(range, error.message, error.advice);
                }
                None
            }
        }
    }
}

/// Compiles a rule file; `None` after reporting its mistakes. The rule's own lists are in the
/// vocabulary only meanwhile.
pub(super) fn compile_rule(
    file: &mut File<'_>,
    vocabulary: &mut Vocabulary,
    plan: &mut PlanBuilder,
) -> Option<ClauseRule> {
    let raw: RawRule = file.read(SchemaName::Rule)?;
    let own = own_lists(file, &raw.lists, vocabulary);
    let rule = compile_parts(file, raw, vocabulary, plan);
    plan.forget(&own);
    for name in &own {
        vocabulary.lists.remove(name);
    }
    rule
}

fn compile_parts(
    file: &mut File<'_>,
    raw: RawRule,
    vocabulary: &Vocabulary,
    plan: &mut PlanBuilder,
) -> Option<ClauseRule> {
    let id = stem(file.path).to_owned();
    if !is_kebab(&id) {
        file.error(
            0..0,
            format!("`{id}` is no clause id"),
            "name the file in lower case and hyphens: exit-transition.toml",
        );
    }
    let mut named: Vec<(&Spanned<String>, &RawElement)> = raw.element.iter().collect();
    named.sort_by_key(|(name, _)| name.span().start);
    let ids: Vec<&str> = named.iter().map(|(name, _)| name.get_ref().as_str()).collect();
    let elements = compile_elements(file, &named, &ids, vocabulary, plan);
    let order = order(file, &named, &elements);
    let strength = raw.strength.get_ref();
    let present = file.formula(&strength.present, &ids);
    let strong = file.formula(&strength.strong, &ids);
    for (formula, text) in [(&present, &strength.present), (&strong, &strength.strong)] {
        for element in formula.iter().flat_map(Formula::elements).filter_map(|at| elements.get(at)) {
            if element.packs_only {
                let message =
                    format!("the strength of a clause reads `{}`, which is for packs only", element.id);
                file.error(text.span(), message, "take out `packs-only`, or name another element");
            }
        }
    }
    let heading = raw.heading.as_ref().and_then(|heading| file.pattern(heading, true, vocabulary, plan));
    let soft = compile_soft(file, &raw.soft, &ids, vocabulary, plan);
    let examples: Vec<Example> =
        raw.example.iter().map(|example| compile_example(file, example, &ids)).collect();
    if file.own {
        advise(file, &raw, &examples);
    }
    if file.is_broken() {
        return None;
    }
    Some(ClauseRule {
        id,
        path: file.path.to_owned(),
        own: file.own,
        set_levels: SetLevels::default(),
        pack: folder(file.path).to_owned(),
        title: raw.title.into_inner(),
        summary: raw.summary,
        missing: severity(raw.missing),
        weak: severity(raw.weak),
        since: raw.since,
        why: raw.why,
        remedy: raw.remedy,
        references: raw.references,
        heading,
        elements: elements.into(),
        order,
        present: present?,
        strong: strong?,
        soft_counts: raw.soft_counts,
        soft: soft.into(),
        model: raw.model.map(|model| model.text),
        examples: examples.into(),
    })
}

pub(super) fn compile_elements(
    file: &mut File<'_>,
    named: &[(&Spanned<String>, &RawElement)],
    ids: &[&str],
    vocabulary: &Vocabulary,
    plan: &mut PlanBuilder,
) -> Vec<Element> {
    let mut elements = Vec::with_capacity(named.len());
    for (name, raw) in named {
        let id = name.get_ref().clone();
        if !is_kebab(&id) {
            file.error(name.span(), format!("`{id}` is no element id"), "use lower case and hyphens");
        }
        if raw.any.is_empty() {
            file.error(
                name.span(),
                format!("nothing shows the element `{id}`"),
                "give it a pattern: any = ['''...''']",
            );
        }
        let mut patterns = |values: &[Spanned<String>]| -> Vec<RulePattern> {
            values.iter().filter_map(|value| file.pattern(value, false, vocabulary, plan)).collect()
        };
        let (any, unless) = (patterns(&raw.any), patterns(&raw.unless));
        let within = raw.within.as_ref().map(|within| file.elements(within, ids)).unwrap_or_default();
        let position = raw.position.as_ref().and_then(|raw| position::compile(file, raw));
        let plain = id.replace('-', " ");
        elements.push(Element {
            title: raw.title.clone().unwrap_or_else(|| plain.clone()).into(),
            name: raw.name.as_deref().map_or(plain, |name| bare(name).to_owned()).into(),
            advice: raw.advice.split_whitespace().collect::<Vec<_>>().join(" ").into(),
            any,
            unless,
            within,
            reach: raw.reach,
            negation: raw.negation,
            packs_only: raw.packs_only,
            position,
            level: None,
            id: id.into(),
        });
    }
    elements
}

/// The elements in an order in which each follows those that its `within` names, as indices; those
/// that wait for each other are left out.
pub(super) fn order_of(elements: &[Element]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::with_capacity(elements.len());
    let ready = |order: &[usize]| {
        let is_ready =
            |at: &usize| !order.contains(at) && elements[*at].within.iter().all(|near| order.contains(near));
        (0..elements.len()).find(is_ready)
    };
    while let Some(next) = ready(&order) {
        order.push(next);
    }
    order
}

/// The order of the elements; reports those that wait for each other.
fn order(file: &mut File<'_>, named: &[(&Spanned<String>, &RawElement)], elements: &[Element]) -> Vec<usize> {
    let order = order_of(elements);
    for (at, element) in elements.iter().enumerate().filter(|(at, _)| !order.contains(at)) {
        let place = named[at].1.within.as_ref().map_or_else(|| named[at].0.span(), Spanned::span);
        let message = format!("`{}` is looked for near an element that is looked for near it", element.id);
        file.error(place, message, "let one of them be found by itself");
    }
    order
}

pub(super) fn compile_soft(
    file: &mut File<'_>,
    raw: &BTreeMap<Spanned<String>, RawSoft>,
    ids: &[&str],
    vocabulary: &Vocabulary,
    plan: &mut PlanBuilder,
) -> Vec<Soft> {
    let mut named: Vec<(&Spanned<String>, &RawSoft)> = raw.iter().collect();
    named.sort_by_key(|(name, _)| name.span().start);
    let mut soft = Vec::with_capacity(named.len());
    for (name, raw) in named {
        let all = || (0..ids.len()).collect();
        let within = raw.within.as_ref().map_or_else(all, |within| file.elements(within, ids));
        if let Some(pattern) = file.pattern(&raw.pattern, false, vocabulary, plan) {
            let (name, message) = (name.get_ref().clone(), raw.message.clone());
            soft.push(Soft { name, pattern, within, message });
        }
    }
    soft
}

pub(super) fn compile_example(file: &mut File<'_>, spanned: &Spanned<RawExample>, ids: &[&str]) -> Example {
    let raw = spanned.get_ref();
    let mut find = |names: &Vec<Spanned<String>>| {
        let mut found = Vec::with_capacity(names.len());
        for name in names {
            match ids.iter().position(|id| id == name.get_ref()) {
                Some(index) => found.push(index),
                None => file.unknown_element(name.span(), name.get_ref(), ids),
            }
        }
        found.sort_unstable();
        found.dedup();
        found
    };
    let elements = raw.elements.as_ref().map(&mut find);
    let mut shows = Vec::with_capacity(raw.shows.len());
    for (name, words) in &raw.shows {
        if !raw.text.contains(words.get_ref().as_str()) {
            let advice = "copy them as they stand in `text`";
            file.error(words.span(), "the text of the example has no such words", advice);
        }
        match ids.iter().position(|id| id == name.get_ref()) {
            Some(index) => shows.push((index, words.get_ref().clone())),
            None => file.unknown_element(name.span(), name.get_ref(), ids),
        }
    }
    Example {
        status: match raw.status {
            RawStatus::Missing => Status::Missing,
            RawStatus::Weak => Status::Weak,
            RawStatus::Strong => Status::Strong,
        },
        elements,
        shows,
        customer: split_names(&raw.customer),
        supplier: split_names(&raw.supplier),
        note: raw.note.clone(),
        text: raw.text.clone(),
        inherited: false,
        place: Span::new(file.id, spanned.span()),
    }
}

/// Compiles the data of a proofreading check; `None` after reporting its mistakes.
pub(super) fn compile_check(file: &mut File<'_>) -> Option<Check> {
    let raw: RawCheck = file.read(SchemaName::Check)?;
    let example = |example: &Spanned<RawCheckExample>| {
        let raw = example.get_ref();
        let place = Span::new(file.id, example.span());
        CheckExample { found: raw.found.clone(), note: raw.note.clone(), text: raw.text.clone(), place }
    };
    Some(Check {
        id: stem(file.path).to_owned(),
        path: file.path.to_owned(),
        examples: raw.example.iter().map(example).collect::<Vec<_>>().into(),
        place: Span::new(file.id, raw.title.span()),
        title: raw.title.into_inner(),
        summary: raw.summary,
        level: severity(raw.level),
        since: raw.since,
        why: raw.why,
        remedy: raw.remedy,
    })
}

/// Says what a rule should have and has not, without refusing it.
fn advise(file: &mut File<'_>, raw: &RawRule, examples: &[Example]) {
    let lacking: Vec<&str> = [Status::Strong, Status::Weak, Status::Missing]
        .into_iter()
        .filter(|status| !examples.iter().any(|example| example.status == *status))
        .map(Status::name)
        .collect();
    if !lacking.is_empty() {
        let message = format!("no example of a {} clause", join(&lacking, "or"));
        let advice = "examples are tested: add an [[example]] with this status";
        file.report(Severity::Warning, raw.title.span(), message, advice.to_owned());
    }
    if raw.why.trim().is_empty() {
        let advice = "people see it with each finding: add why = '''...'''";
        file.report(Severity::Warning, raw.title.span(), "no reason is given".to_owned(), advice.to_owned());
    }
}

fn split_names(names: &str) -> Vec<String> {
    names.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect()
}

fn shift(range: &Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

pub(crate) const fn severity(level: RawLevel) -> Option<Severity> {
    match level {
        RawLevel::Off => None,
        RawLevel::Note => Some(Severity::Note),
        RawLevel::Warning => Some(Severity::Warning),
        RawLevel::Error => Some(Severity::Error),
    }
}

/// The name of the folder that holds a file; empty for none.
pub(super) fn folder(path: &str) -> &str {
    path.rsplit(['/', '\\']).nth(1).unwrap_or_default()
}

pub(crate) fn is_kebab(name: &str) -> bool {
    let letters = |part: &str| part.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit());
    !name.is_empty() && name.split('-').all(|part| !part.is_empty() && letters(part))
}

/// The words of another library in our style: lower case, one line, no full stop.
fn lower_first(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    let mut letters = line.trim_end_matches('.').chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
