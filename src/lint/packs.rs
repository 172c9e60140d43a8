//! Checklists -> findings: one for each item that a contract does not meet, or meets in part.

use super::{cite, is_free, label, shortfall};
use crate::assess::Coverage;
use crate::checklist::{Checklist, ItemResult, Standing, assessment};
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::rule::{Atom, ClauseRule, Item, Pack, RuleSet};
use crate::source::Span;

/// How many second places a finding shows.
const LABELS: usize = 3;

/// The findings of one contract's checklists.
#[must_use]
pub fn lint_packs(coverage: &Coverage, checklists: &[Checklist], rules: &RuleSet) -> Vec<Finding> {
    let mut findings = Vec::new();
    for list in checklists {
        let Some(pack) = rules.pack(&list.pack) else { continue };
        for result in &list.results {
            let maker = Maker { pack, item: &pack.items[result.item], result, coverage, rules };
            findings.extend(maker.finding());
        }
    }
    findings
}

/// "review of the levels (SLA metrics)"; "the subcontracting clause" for a clause as a whole.
#[must_use]
pub fn atom_name(atom: &Atom, rules: &RuleSet) -> String {
    let mut name = String::new();
    Named::new(atom, rules).add_name(&mut name);
    name
}

/// An atom and the clause that it speaks of.
#[derive(Clone, Copy)]
struct Named<'a> {
    atom: &'a Atom,
    rule: Option<&'a ClauseRule>,
}

impl<'a> Named<'a> {
    fn new(atom: &'a Atom, rules: &'a RuleSet) -> Self {
        Self { atom, rule: rules.get(&atom.clause) }
    }

    fn add_name(self, out: &mut String) {
        if self.atom.element.is_none() {
            out.push_str("the ");
            self.add_title(out);
            out.push_str(" clause");
            return;
        }
        self.add_element(out);
        out.push_str(" (");
        self.add_title(out);
        out.push(')');
    }

    /// Adds the title of the clause, as it stands in a sentence.
    fn add_title(self, out: &mut String) {
        match self.rule {
            Some(rule) => rule.add_title_in_sentence(out),
            None => out.push_str(&self.atom.clause.replace('-', " ")),
        }
    }

    /// Adds the noun for the element.
    fn add_element(self, out: &mut String) {
        let id = self.atom.element.as_deref().unwrap_or_default();
        match self.rule.and_then(|rule| rule.elements.get(rule.element(id)?)) {
            Some(element) => out.push_str(&element.name),
            None => out.push_str(&id.replace('-', " ")),
        }
    }

    /// Whether two clauses have one title.
    fn shares_title(self, other: Self) -> bool {
        match (self.rule, other.rule) {
            (Some(one), Some(other)) => one.title == other.title,
            _ => self.atom.clause == other.atom.clause,
        }
    }
}

/// What lacks for an item to be met: one entry a requirement, alternatives joined by "or".
#[must_use]
pub fn lacking(result: &ItemResult, pack: &Pack, rules: &RuleSet) -> Vec<String> {
    let groups = result.lacking.iter().map(|group| Lack::new(group, result, pack, rules));
    groups
        .map(|lack| {
            let mut whole = String::new();
            lack.add_what(&mut whole);
            lack.add_clause(&mut whole);
            whole
        })
        .collect()
}

/// The same in one line, the clause named once for what stands together: "stated time, exit plan
/// (exit and transition)".
#[must_use]
pub fn lacking_line(result: &ItemResult, pack: &Pack, rules: &RuleSet) -> String {
    let mut line = String::new();
    let mut last: Option<Lack<'_>> = None;
    for group in &result.lacking {
        let lack = Lack::new(group, result, pack, rules);
        if let Some(last) = &last {
            if last.shares_clause(&lack) {
                line.push_str(", ");
            } else {
                last.add_clause(&mut line);
                line.push_str("; ");
            }
        }
        lack.add_what(&mut line);
        last = Some(lack);
    }
    if let Some(last) = &last {
        last.add_clause(&mut line);
    }
    line
}

/// One requirement that is not met.
struct Lack<'a> {
    atoms: Vec<Named<'a>>,
    /// Whether there is such wording, but none that binds.
    soft: bool,
    /// Whether all that would meet it are elements of one clause.
    of_one: bool,
}

impl<'a> Lack<'a> {
    fn new(group: &[usize], result: &ItemResult, pack: &'a Pack, rules: &'a RuleSet) -> Self {
        let soft = |at: &usize| result.proofs.iter().any(|proof| proof.atom == *at && proof.soft);
        let mut atoms: Vec<Named<'_>> = Vec::with_capacity(group.len());
        for atom in group.iter().filter_map(|&at| pack.atoms.get(at)) {
            let rule = match atoms.last().filter(|last| last.atom.clause == atom.clause) {
                Some(last) => last.rule,
                None => rules.get(&atom.clause),
            };
            atoms.push(Named { atom, rule });
        }
        let of_one = atoms.first().is_some_and(|first| {
            let same = |of: &Named<'_>| of.atom.clause == first.atom.clause && of.atom.element.is_some();
            atoms.iter().all(same)
        });
        Self { atoms, soft: group.iter().any(soft), of_one }
    }

    /// Adds what lacks: "a, b or c".
    fn add_what(&self, out: &mut String) {
        for (at, atom) in self.atoms.iter().enumerate() {
            if at > 0 {
                out.push_str(if at + 1 == self.atoms.len() { " or " } else { ", " });
            }
            if self.of_one {
                atom.add_element(out);
            } else {
                atom.add_name(out);
            }
        }
        if self.soft {
            out.push_str(" in firm words");
        }
    }

    /// Adds the title of the one clause whose elements would meet it; nothing when there are several.
    fn add_clause(&self, out: &mut String) {
        if let Some(first) = self.atoms.first().filter(|_| self.of_one) {
            out.push_str(" (");
            first.add_title(out);
            out.push(')');
        }
    }

    fn shares_clause(&self, other: &Self) -> bool {
        let both = self.atoms.first().zip(other.atoms.first());
        self.of_one && other.of_one && both.is_some_and(|(one, other)| one.shares_title(*other))
    }
}

struct Maker<'a> {
    pack: &'a Pack,
    item: &'a Item,
    result: &'a ItemResult,
    coverage: &'a Coverage,
    rules: &'a RuleSet,
}

impl Maker<'_> {
    fn finding(&self) -> Option<Finding> {
        let (level, verdict) = match self.result.standing {
            Standing::Missing => (self.item.missing?, "is not met"),
            Standing::Weak => (self.item.weak?, "is met in part"),
            Standing::Met | Standing::ByHand | Standing::Off => return None,
        };
        let headline = format!("{} {verdict}: {}", self.item.id, self.item.asks);
        let finding = self.shown(self.placed(level, &headline));
        let lacking = lacking_line(self.result, self.pack, self.rules);
        let finding = finding.lacking(self.wanting()).note(self.balance(&lacking));
        let help = self.advice();
        Some(if help.is_empty() { finding } else { finding.help(help) })
    }

    /// What lacks by the ids of clauses and elements, those of every alternative: "step-in.cost".
    /// What stands only in soft words lacks too; "all" when nothing makes even part of the item.
    fn wanting(&self) -> Vec<String> {
        let name = |&at: &usize| {
            let atom = self.pack.atoms.get(at)?;
            Some(match &atom.element {
                Some(element) => format!("{}.{element}", atom.clause),
                None => atom.clause.clone(),
            })
        };
        let all = (self.result.standing == Standing::Missing).then(|| "all".to_owned());
        self.result.wanting.iter().filter_map(name).chain(all).collect()
    }

    /// The clause that should say it, else the closest text, else where the clause would go in.
    fn placed(&self, level: Severity, headline: &str) -> Finding {
        let code = Code::Pack { pack: self.pack.id.clone(), item: self.pack.short(self.item).to_owned() };
        let finding = |anchor| Finding::new(code.clone(), level, headline, anchor);
        let lacking = self.result.lacking.iter().flatten().filter_map(|&at| self.pack.atoms.get(at));
        let looked_at: Vec<_> = lacking.filter_map(|atom| assessment(atom, self.coverage)).collect();
        if let Some(home) = looked_at.iter().find_map(|of| of.home.as_ref()) {
            let mut finding = finding(Anchor::Clause(home.head)).at("this clause does not say it");
            finding.clause_label = label(&home.citation);
            return finding;
        }
        if let Some(proof) = self.result.proofs.first() {
            let mut finding =
                finding(Anchor::Span(proof.span)).at(format!("read as: {}", self.name(proof.atom)));
            finding.clause_label = label(&proof.citation);
            return finding;
        }
        if let Some(near) = looked_at.iter().find_map(|of| of.nearest.as_ref()) {
            let place = match near.citation.as_str() {
                "" => "this, ".to_owned(),
                citation => format!("{}, ", cite(citation)),
            };
            let mut finding =
                finding(Anchor::Span(near.span)).at(format!("closest text: {place}but {}", shortfall(near)));
            finding.clause_label = label(&near.citation);
            return finding;
        }
        let insert_at =
            looked_at.first().map_or_else(|| Span::new(self.coverage.file, 0..0), |of| of.insert_at);
        finding(Anchor::Document { insert_at }).at("it could go in here")
    }

    /// Adds the places that say part of it.
    fn shown(&self, mut finding: Finding) -> Finding {
        for proof in self.result.proofs.iter().take(LABELS) {
            let taken =
                finding.anchor.span().is_some_and(|at| at.contains(proof.span) || proof.span.contains(at));
            if !taken && is_free(&finding, proof.span) {
                finding = finding.label(proof.span, format!("read as: {}", self.name(proof.atom)));
            }
        }
        finding
    }

    fn balance(&self, lacking: &str) -> String {
        let found: Vec<String> = self
            .result
            .proofs
            .iter()
            .map(|proof| match proof.citation.as_str() {
                "" => self.name(proof.atom),
                citation => format!("{} in {citation}", self.name(proof.atom)),
            })
            .collect();
        let lacks = format!("lacking: {lacking}");
        if found.is_empty() { lacks } else { format!("found: {}; {lacks}", found.join(", ")) }
    }

    /// The item's own advice, else that of the elements that lack.
    fn advice(&self) -> String {
        if !self.item.advice.is_empty() {
            return self.item.advice.trim_end_matches('.').to_owned();
        }
        let of = |at: usize| {
            let atom = self.pack.atoms.get(at)?;
            let rule = self.rules.get(&atom.clause)?;
            let element = rule.elements.get(rule.element(atom.element.as_ref()?)?)?;
            Some(element.advice.trim_end_matches('.')).filter(|text| !text.is_empty())
        };
        let groups = self.result.lacking.iter();
        let mut advice: Vec<&str> = groups.filter_map(|group| group.iter().find_map(|&at| of(at))).collect();
        advice.dedup();
        advice.join("; ")
    }

    fn name(&self, atom: usize) -> String {
        self.pack.atoms.get(atom).map(|atom| atom_name(atom, self.rules)).unwrap_or_default()
    }
}
