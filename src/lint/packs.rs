//! Checklists -> findings: one for each item that a contract does not meet, or meets in part.

use super::{cite, is_free, label, shortfall};
use crate::assess::Coverage;
use crate::checklist::{Checklist, ItemResult, Standing, assessment};
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::rule::spelling::join;
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
    let title = title(atom, rules);
    match &atom.element {
        None => format!("the {title} clause"),
        Some(_) => format!("{} ({title})", element_name(atom, rules)),
    }
}

/// The title of the clause that an atom speaks of, as it stands in a sentence.
fn title(atom: &Atom, rules: &RuleSet) -> String {
    let rule = rules.get(&atom.clause);
    rule.map_or_else(|| atom.clause.replace('-', " "), ClauseRule::title_in_sentence)
}

/// The noun for the element that an atom speaks of.
fn element_name(atom: &Atom, rules: &RuleSet) -> String {
    let id = atom.element.as_deref().unwrap_or_default();
    let rule = rules.get(&atom.clause);
    let element = rule.and_then(|rule| rule.elements.get(rule.element(id)?));
    element.map_or_else(|| id.replace('-', " "), |element| element.name.to_string())
}

/// What lacks for an item to be met: one entry a requirement, alternatives joined by "or".
#[must_use]
pub fn lacking(result: &ItemResult, pack: &Pack, rules: &RuleSet) -> Vec<String> {
    wanting(result, pack, rules).into_iter().map(|lack| lack.whole()).collect()
}

/// The same in one line, the clause named once for what stands together: "stated time, exit plan
/// (exit and transition)".
#[must_use]
pub fn lacking_line(result: &ItemResult, pack: &Pack, rules: &RuleSet) -> String {
    let mut line: Vec<Lack> = Vec::new();
    for lack in wanting(result, pack, rules) {
        match line.last_mut().filter(|last| last.clause.is_some() && last.clause == lack.clause) {
            Some(last) => last.what = format!("{}, {}", last.what, lack.what),
            None => line.push(lack),
        }
    }
    line.iter().map(Lack::whole).collect::<Vec<_>>().join("; ")
}

/// One requirement that is not met.
struct Lack {
    what: String,
    /// The title of the one clause whose elements would meet it; none when there are several.
    clause: Option<String>,
}

impl Lack {
    fn whole(&self) -> String {
        self.clause.as_ref().map_or_else(|| self.what.clone(), |clause| format!("{} ({clause})", self.what))
    }
}

fn wanting(result: &ItemResult, pack: &Pack, rules: &RuleSet) -> Vec<Lack> {
    let soft = |at: &usize| result.proofs.iter().any(|proof| proof.atom == *at && proof.soft);
    let of_group = |group: &Vec<usize>| {
        let atoms: Vec<&Atom> = group.iter().filter_map(|&at| pack.atoms.get(at)).collect();
        let firm = if group.iter().any(soft) { " in firm words" } else { "" };
        let one = atoms
            .first()
            .filter(|first| atoms.iter().all(|atom| atom.clause == first.clause && atom.element.is_some()));
        let names: Vec<String> = match one {
            Some(_) => atoms.iter().map(|atom| element_name(atom, rules)).collect(),
            None => atoms.iter().map(|atom| atom_name(atom, rules)).collect(),
        };
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let what = format!("{}{firm}", join(&names, "or"));
        Lack { what, clause: one.map(|atom| title(atom, rules)) }
    };
    result.lacking.iter().map(of_group).collect()
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
                "" => String::new(),
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
