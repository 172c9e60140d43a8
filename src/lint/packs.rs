//! Checklists -> findings: one for each item that a contract does not meet, or meets in part.

use super::{closest, is_free, label};
use crate::assess::{Assessment, Coverage};
use crate::checklist::{Checklist, ItemResult, Standing};
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::rule::{Atom, ClauseRule, Item, Pack, RuleSet};
use crate::source::Span;
use crate::token::hash::QuickMap;

/// How many second places a finding shows.
const LABELS: usize = 3;

/// Room for the line of what was found and what lacks, in bytes.
const BALANCE: usize = 160;

/// The findings of one contract's checklists.
#[must_use]
pub fn lint_packs(coverage: &Coverage, checklists: &[Checklist], rules: &RuleSet) -> Vec<Finding> {
    let mut findings = Vec::with_capacity(checklists.iter().map(|list| list.results.len()).sum());
    let verdicts = coverage.assessments.iter().map(|of| (of.clause.as_str(), of)).collect();
    let known = rules.rules.iter().map(|rule| (rule.id.as_str(), rule)).collect();
    for list in checklists {
        let Some(pack) = rules.pack(&list.pack) else { continue };
        for result in &list.results {
            let item = &pack.items[result.item];
            let maker = Maker { pack, item, result, coverage, verdicts: &verdicts, rules: &known };
            findings.extend(maker.finding());
        }
    }
    findings
}

/// "review of the levels (SLA metrics)"; "the subcontracting clause" for a clause as a whole.
#[must_use]
pub fn atom_name(atom: &Atom, rules: &RuleSet) -> String {
    let mut name = String::new();
    Named { atom, rule: rules.get(&atom.clause) }.add_name(&mut name);
    name
}

/// Finds a rule by its id.
type Find<'f, 'a> = &'f dyn Fn(&str) -> Option<&'a ClauseRule>;

/// An atom and the clause that it speaks of.
#[derive(Clone, Copy)]
struct Named<'a> {
    atom: &'a Atom,
    rule: Option<&'a ClauseRule>,
}

impl<'a> Named<'a> {
    /// The atoms of these indices.
    fn each(group: &[usize], pack: &'a Pack, rules: Find<'_, 'a>) -> impl Iterator<Item = Self> {
        let mut last: Option<Self> = None;
        group.iter().filter_map(|&at| pack.atoms.get(at)).map(move |atom| {
            // Atoms of one requirement mostly speak of one clause.
            let known = last.filter(|last| last.atom.clause == atom.clause);
            let rule = known.map_or_else(|| rules(&atom.clause), |known| known.rule);
            *last.insert(Self { atom, rule })
        })
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
    let find = |clause: &str| rules.get(clause);
    let groups = result.lacking.iter().map(|group| Lack::new(group, result, pack, &find));
    groups
        .map(|lack| {
            let mut whole = String::new();
            lack.add_what(&mut whole);
            lack.add_clause(&mut whole);
            whole
        })
        .collect()
}

/// Adds the same in one line, the clause named once for what stands together: "stated time, exit plan
/// (exit and transition)".
pub fn add_lacking_line(out: &mut String, result: &ItemResult, pack: &Pack, rules: &RuleSet) {
    add_line(out, result, pack, &|clause| rules.get(clause));
}

fn add_line<'a>(line: &mut String, result: &ItemResult, pack: &'a Pack, rules: Find<'_, 'a>) {
    let mut last: Option<Lack<'_, '_>> = None;
    for group in &result.lacking {
        let lack = Lack::new(group, result, pack, rules);
        if let Some(last) = &last {
            if last.shares_clause(&lack) {
                line.push_str(", ");
            } else {
                last.add_clause(line);
                line.push_str("; ");
            }
        }
        lack.add_what(line);
        last = Some(lack);
    }
    if let Some(last) = &last {
        last.add_clause(line);
    }
}

/// One requirement that is not met.
struct Lack<'f, 'a> {
    group: &'f [usize],
    pack: &'a Pack,
    rules: Find<'f, 'a>,
    first: Option<Named<'a>>,
    /// Whether there is such wording, but none that binds.
    soft: bool,
    /// Whether all that would meet it are elements of one clause.
    of_one: bool,
}

impl<'f, 'a> Lack<'f, 'a> {
    fn new(group: &'f [usize], result: &ItemResult, pack: &'a Pack, rules: Find<'f, 'a>) -> Self {
        let soft = |at: &usize| result.proofs.iter().any(|proof| proof.atom == *at && proof.soft);
        let mut atoms = group.iter().filter_map(|&at| pack.atoms.get(at));
        let first = Named::each(group, pack, rules).next();
        let of_one = first.is_some_and(|first| {
            atoms.all(|atom| atom.clause == first.atom.clause && atom.element.is_some())
        });
        Self { group, pack, rules, first, soft: group.iter().any(soft), of_one }
    }

    /// Adds what lacks: "a, b or c".
    fn add_what(&self, out: &mut String) {
        let mut atoms = Named::each(self.group, self.pack, self.rules).peekable();
        let mut follows = false;
        while let Some(atom) = atoms.next() {
            if std::mem::replace(&mut follows, true) {
                out.push_str(if atoms.peek().is_none() { " or " } else { ", " });
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
        if let Some(first) = self.first.filter(|_| self.of_one) {
            out.push_str(" (");
            first.add_title(out);
            out.push(')');
        }
    }

    fn shares_clause(&self, other: &Self) -> bool {
        let both = self.first.zip(other.first);
        self.of_one && other.of_one && both.is_some_and(|(one, other)| one.shares_title(other))
    }
}

struct Maker<'a> {
    pack: &'a Pack,
    item: &'a Item,
    result: &'a ItemResult,
    coverage: &'a Coverage,
    /// By clause.
    verdicts: &'a QuickMap<&'a str, &'a Assessment>,
    rules: &'a QuickMap<&'a str, &'a ClauseRule>,
}

impl<'a> Maker<'a> {
    fn finding(&self) -> Option<Finding> {
        let (level, verdict) = match self.result.standing {
            Standing::Missing => (self.item.missing?, "is not met"),
            Standing::Weak => (self.item.weak?, "is met in part"),
            Standing::Met | Standing::ByHand | Standing::Off => return None,
        };
        let headline = [&self.item.id, " ", verdict, ": ", &self.item.asks].concat();
        let finding = self.shown(self.placed(level, headline));
        let finding = finding.lacking(self.wanting()).note(self.balance());
        let help = self.advice();
        Some(if help.is_empty() { finding } else { finding.help(help) })
    }

    /// What lacks by the ids of clauses and elements, those of every alternative: "step-in.cost".
    /// What stands only in soft words lacks too; "all" when nothing makes even part of the item.
    fn wanting(&self) -> Vec<String> {
        let name = |&at: &usize| {
            let atom = self.pack.atoms.get(at)?;
            Some(match &atom.element {
                Some(element) => [&atom.clause, ".", element].concat(),
                None => atom.clause.clone(),
            })
        };
        let all = (self.result.standing == Standing::Missing).then(|| "all".to_owned());
        self.result.wanting.iter().filter_map(name).chain(all).collect()
    }

    /// The clause that should say it, else the closest text, else where the clause would go in.
    fn placed(&self, level: Severity, headline: String) -> Finding {
        let code = Code::Pack { pack: self.pack.id.clone(), item: self.pack.short(self.item).to_owned() };
        let finding = move |anchor| Finding::new(code, level, headline, anchor);
        let lacking = self.result.lacking.iter().flatten().filter_map(|&at| self.pack.atoms.get(at));
        let mut looked_at = lacking.filter_map(|atom| self.verdicts.get(atom.clause.as_str()).copied());
        if let Some(home) = looked_at.clone().find_map(|of| of.home.as_ref()) {
            let mut finding = finding(Anchor::Clause(home.head)).at("this clause does not say it");
            finding.clause_label = label(&home.citation);
            return finding;
        }
        if let Some(proof) = self.result.proofs.first() {
            let mut finding = finding(Anchor::Span(proof.span)).at(self.read_as(proof.atom));
            finding.clause_label = label(&proof.citation);
            return finding;
        }
        if let Some(near) = looked_at.clone().find_map(|of| of.nearest.as_ref()) {
            let mut finding = finding(Anchor::Span(near.span)).at(closest(near));
            finding.clause_label = label(&near.citation);
            return finding;
        }
        let insert_at =
            looked_at.next().map_or_else(|| Span::new(self.coverage.file, 0..0), |of| of.insert_at);
        finding(Anchor::Document { insert_at }).at("it could go in here")
    }

    /// Adds the places that say part of it.
    fn shown(&self, mut finding: Finding) -> Finding {
        for proof in self.result.proofs.iter().take(LABELS) {
            let taken =
                finding.anchor.span().is_some_and(|at| at.contains(proof.span) || proof.span.contains(at));
            if !taken && is_free(&finding, proof.span) {
                finding = finding.label(proof.span, self.read_as(proof.atom));
            }
        }
        finding
    }

    /// "found: exit plan (exit and transition) in 12.3; lacking: stated time (exit and transition)".
    fn balance(&self) -> String {
        let mut balance = String::with_capacity(BALANCE);
        for proof in &self.result.proofs {
            balance.push_str(if balance.is_empty() { "found: " } else { ", " });
            self.add_name(proof.atom, &mut balance);
            if !proof.citation.is_empty() {
                balance.push_str(" in ");
                balance.push_str(&proof.citation);
            }
        }
        balance.push_str(if balance.is_empty() { "lacking: " } else { "; lacking: " });
        add_line(&mut balance, self.result, self.pack, &|clause| self.rule(clause));
        balance
    }

    fn rule(&self, clause: &str) -> Option<&'a ClauseRule> {
        self.rules.get(clause).copied()
    }

    /// The item's own advice, else that of the elements that lack.
    fn advice(&self) -> String {
        if !self.item.advice.is_empty() {
            return self.item.advice.trim_end_matches('.').to_owned();
        }
        let of = |at: usize| {
            let atom = self.pack.atoms.get(at)?;
            let rule = self.rule(&atom.clause)?;
            let element = rule.elements.get(rule.element(atom.element.as_ref()?)?)?;
            Some(element.advice.trim_end_matches('.')).filter(|text| !text.is_empty())
        };
        let groups = self.result.lacking.iter();
        let mut advice: Vec<&str> = groups.filter_map(|group| group.iter().find_map(|&at| of(at))).collect();
        advice.dedup();
        advice.join("; ")
    }

    fn add_name(&self, atom: usize, out: &mut String) {
        if let Some(atom) = self.pack.atoms.get(atom) {
            Named { atom, rule: self.rule(&atom.clause) }.add_name(out);
        }
    }

    /// "read as: exit plan (exit and transition)".
    fn read_as(&self, atom: usize) -> String {
        let mut name = String::from("read as: ");
        self.add_name(atom, &mut name);
        name
    }
}
