//! Waivers in the text of a contract: which findings they hide, and what is wrong with them.
//!
//! Pure: the day and what the run looked for are told by the caller. Each finding is hidden by one
//! waiver at most, the one that covers the least text. A waiver that is not written as it must be,
//! states no reason or has ended hides nothing; each of those is a finding, and no waiver hides it.
//! The words of those findings are in `say`, the names that waivers may bear in `names`.

mod names;
mod say;

use std::collections::HashMap;
use std::rc::Rc;

use super::{Day, Hidden, HiddenBy, Waiver, WaiverStanding, sort_key};
use crate::document::Document;
use crate::document::directives::{Directive, Words, directives};
use crate::finding::{Anchor, Code, Finding};
use crate::rule::RuleSet;
use crate::settings::WaiverPolicy;
use crate::source::{SourceFile, Span};
use names::{Allowed, Names, keys_of};
use say::{View, cited};

/// What waivers are held against.
pub struct Terms<'a> {
    /// The rules that they may name.
    pub rules: &'a RuleSet,
    /// Whether this run could have reported a finding of this code: a waiver of what was not looked
    /// for is not called stale.
    pub asked: &'a dyn Fn(&Code) -> bool,
    /// What they must state besides a reason.
    pub policy: WaiverPolicy,
    /// The day of the run; without it no waiver ends.
    pub today: Option<Day>,
}

/// What the waivers of one contract make of its findings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suppressed {
    /// The findings that are left, in the order given.
    pub kept: Vec<Finding>,
    /// The findings that are hidden, by place; each names its waiver by the place in `waivers`.
    pub hidden: Vec<Hidden>,
    /// The waivers, in the order of the text.
    pub waivers: Vec<Waiver>,
    /// What is wrong with them.
    pub findings: Vec<Finding>,
}

/// Hides what the waivers of a contract allow among its findings. Findings on other files stay.
#[must_use]
pub fn suppress(
    document: &Document,
    source: &SourceFile,
    findings: Vec<Finding>,
    terms: &Terms<'_>,
) -> Suppressed {
    let written = directives(document, source);
    if written.is_empty() {
        return Suppressed { kept: findings, ..Suppressed::default() };
    }
    let mut names = Names::new(terms.rules);
    let mut own = Vec::new();
    let mut drafts: Vec<Draft> = written
        .into_iter()
        .map(|directive| Draft::new(directive, document, &mut names, terms, &mut own))
        .collect();
    let mut shelf = Shelf::new(document, &findings);
    let mut narrowest: Vec<usize> = (0..drafts.len()).collect();
    narrowest.sort_by_key(|&at| drafts.get(at).map(|draft| draft.directive.covers.len()));
    for at in narrowest {
        if let Some(draft) = drafts.get_mut(at).filter(|draft| draft.standing == WaiverStanding::InForce) {
            for allowed in &mut draft.allows {
                allowed.hides = shelf.take(&allowed.of.key, draft.directive.covers, at);
            }
        }
    }
    let comments: Vec<Span> = drafts.iter().map(|draft| draft.directive.comment).collect();
    let view = View { document, source, shelf: &shelf, comments: &comments };
    for draft in &mut drafts {
        draft.settle(&view, terms, &mut own);
    }
    let taken = shelf.taken;
    deal(findings, taken, drafts, own)
}

/// A name of a waiver that stands for something.
struct Named {
    words: Words,
    of: Rc<Allowed>,
    hides: usize,
}

/// A waiver while it is looked at.
struct Draft {
    directive: Directive,
    allows: Vec<Named>,
    standing: WaiverStanding,
    by: Option<String>,
    until: Option<String>,
    citation: String,
}

impl Draft {
    /// Reads what a directive says; what is wrong with it goes to `findings`.
    fn new(
        directive: Directive,
        document: &Document,
        names: &mut Names<'_>,
        terms: &Terms<'_>,
        findings: &mut Vec<Finding>,
    ) -> Self {
        let citation = document.citation(directive.clause);
        let mut draft = Self {
            directive,
            allows: Vec::new(),
            standing: WaiverStanding::InForce,
            by: None,
            until: None,
            citation,
        };
        if let Some(mistake) = say::form(&draft.directive) {
            draft.wrong(WaiverStanding::Mistaken, mistake, findings);
            return draft;
        }
        for words in std::mem::take(&mut draft.directive.names) {
            match names.find(&words.text) {
                Ok(of) => draft.allows.push(Named { words: words.clone(), of, hides: 0 }),
                Err(refused) => findings.push(cited(say::refused(&words, &refused), &draft.citation)),
            }
            draft.directive.names.push(words);
        }
        if draft.allows.is_empty() {
            draft.standing = WaiverStanding::Mistaken;
        }
        if draft.directive.reason.is_empty() {
            draft.wrong(WaiverStanding::NoReason, say::no_reason(&draft.directive), findings);
        }
        if let Some(end) = end_in_reason(&draft.directive.reason) {
            draft.wrong(WaiverStanding::Mistaken, say::end_in_reason(&draft.directive, end), findings);
        }
        draft.keys(terms, findings);
        draft
    }

    fn wrong(&mut self, standing: WaiverStanding, mistake: Finding, findings: &mut Vec<Finding>) {
        self.standing = self.standing.max(standing);
        findings.push(cited(mistake, &self.citation));
    }

    /// Reads who allowed it and until when.
    fn keys(&mut self, terms: &Terms<'_>, findings: &mut Vec<Finding>) {
        let mistaken = WaiverStanding::Mistaken;
        for (key, value) in self.directive.keys.clone() {
            let slot = match key.text.to_ascii_lowercase().as_str() {
                "by" => &mut self.by,
                "until" => &mut self.until,
                _ => {
                    self.wrong(mistaken, say::no_key(&key), findings);
                    continue;
                }
            };
            if slot.is_some() {
                self.wrong(mistaken, say::twice(&key), findings);
            } else if value.text.is_empty() {
                self.wrong(mistaken, say::empty(&key), findings);
            } else {
                *slot = Some(value.text.clone());
                if key.text.eq_ignore_ascii_case("until") {
                    self.end(&value, terms, findings);
                }
            }
        }
        let said =
            |name: &str| self.directive.keys.iter().any(|(key, _)| key.text.eq_ignore_ascii_case(name));
        let lacking = [(terms.policy.approver, "by"), (terms.policy.end, "until")];
        let lacking = lacking.into_iter().filter(|(asked, key)| *asked && !said(key));
        for (_, key) in lacking.collect::<Vec<_>>() {
            self.wrong(mistaken, say::lacking(&self.directive, key), findings);
        }
    }

    fn end(&mut self, value: &Words, terms: &Terms<'_>, findings: &mut Vec<Finding>) {
        match (Day::parse(&value.text), terms.today) {
            (None, _) => self.wrong(WaiverStanding::Mistaken, say::no_day(value), findings),
            (Some(last), Some(today)) if last < today => {
                self.wrong(WaiverStanding::Ended, say::ended(value, last), findings);
            }
            _ => {}
        }
    }

    /// Says of each name that hides nothing that it does, and what to do instead.
    fn settle(&mut self, view: &View<'_>, terms: &Terms<'_>, findings: &mut Vec<Finding>) {
        if self.standing != WaiverStanding::InForce {
            return;
        }
        let idle = |named: &&Named| named.hides == 0;
        let asked = |named: &&Named| named.of.codes.iter().any(terms.asked);
        for named in self.allows.iter().filter(idle).filter(asked) {
            let idle = say::idle(view, &self.directive, &named.words, &named.of);
            findings.push(cited(idle, &self.citation));
        }
        if self.allows.iter().all(|named| named.hides == 0) {
            let looked_for = self.allows.iter().any(|named| asked(&named));
            self.standing = if looked_for { WaiverStanding::HidesNothing } else { WaiverStanding::NotAsked };
        }
    }

    fn waiver(self) -> Waiver {
        let reach = self.directive.reach.unwrap_or_default();
        Waiver {
            span: self.directive.comment,
            allows: self.directive.names.into_iter().map(|name| name.text).collect(),
            reason: self.directive.reason,
            by: self.by,
            until: self.until,
            reach,
            clause: self.citation,
            covers: self.directive.covers,
            hides: self.allows.iter().map(|named| named.hides).sum(),
            standing: self.standing,
        }
    }
}

/// An end that stands in the reason, without the semicolon that would make it one: "agreed until: 2027-03-31".
fn end_in_reason(reason: &str) -> Option<&str> {
    let words: Vec<&str> = reason.split_whitespace().collect();
    let said = words.windows(2).find(|pair| pair[0].trim_end_matches(':').eq_ignore_ascii_case("until"));
    said.map(|pair| pair[1].trim_end_matches(['.', ',', ';'])).filter(|day| Day::parse(day).is_some())
}

/// The findings by the names that take them in and by place.
struct Shelf<'a> {
    findings: &'a [Finding],
    rows: HashMap<String, Row>,
    /// The waiver that hides each finding.
    taken: Vec<Option<usize>>,
}

/// The findings that one name takes in, by place.
#[derive(Default)]
struct Row {
    /// A place and a finding that can be hidden there; one that is absent has several places.
    places: Vec<(usize, usize)>,
    /// For each place, one at or after it whose finding may still be hidden.
    next: Vec<usize>,
}

impl<'a> Shelf<'a> {
    fn new(document: &Document, findings: &'a [Finding]) -> Self {
        let mut rows: HashMap<String, Row> = HashMap::new();
        for (at, finding) in findings.iter().enumerate() {
            let places = places(finding, document);
            for key in if places.is_empty() { Vec::new() } else { keys_of(&finding.code) } {
                rows.entry(key).or_default().places.extend(places.iter().map(|&place| (place, at)));
            }
        }
        for row in rows.values_mut() {
            row.places.sort_unstable();
            row.next = (0..=row.places.len()).collect();
        }
        Self { findings, rows, taken: vec![None; findings.len()] }
    }

    /// Hides what a waiver allows; says how many findings that is. Each place is passed once over
    /// all calls for a name, however many waivers cover it.
    fn take(&mut self, key: &str, covers: Span, waiver: usize) -> usize {
        let Some(row) = self.rows.get_mut(key) else { return 0 };
        let mut count = 0;
        let mut at = row.open_from(row.places.partition_point(|(place, _)| *place < covers.start()));
        while let Some(&(place, finding)) = row.places.get(at).filter(|(place, _)| *place <= covers.end()) {
            debug_assert!(place >= covers.start(), "places are in order");
            if let Some(taken @ None) = self.taken.get_mut(finding) {
                *taken = Some(waiver);
                count += 1;
            }
            if let Some(next) = row.next.get_mut(at) {
                *next = at + 1;
            }
            at = row.open_from(at + 1);
        }
        count
    }

    /// The first finding that a name takes in within a text, and the waiver that hides it.
    fn first_in(&self, key: &str, covers: Span) -> Option<(&'a Finding, Option<usize>)> {
        let row = self.rows.get(key)?;
        let at = row.places.partition_point(|(place, _)| *place < covers.start());
        let &(_, finding) = row.places.get(at).filter(|(place, _)| *place <= covers.end())?;
        Some((self.findings.get(finding)?, self.taken.get(finding).copied().flatten()))
    }
}

impl Row {
    /// The first place from `at` on whose finding may still be hidden, the way there made short.
    fn open_from(&mut self, at: usize) -> usize {
        let mut end = at;
        while let Some(&next) = self.next.get(end).filter(|&&next| next != end) {
            end = next;
        }
        let mut step = at;
        while let Some(next) = self.next.get_mut(step).filter(|next| **next != end && step != end) {
            step = std::mem::replace(next, end);
        }
        end
    }
}

/// The places at which a finding can be waived; none for one that is on another file or on none.
/// What is absent can be waived where it is shown, where it would go in, and in front of the first
/// clause: it concerns the contract as a whole.
fn places(finding: &Finding, document: &Document) -> Vec<usize> {
    let here = |span: &Span| span.file() == document.file;
    let Some(span) = finding.anchor.span().filter(here) else { return Vec::new() };
    let mut places = vec![span.start()];
    if matches!(finding.anchor, Anchor::Document { .. }) {
        places.extend(finding.labels.iter().map(|label| label.span).filter(here).map(Span::start).min());
    }
    if absent(finding) {
        places.push(0);
    }
    places
}

/// Whether a finding is about something that is not there at all.
fn absent(finding: &Finding) -> bool {
    let named = match &finding.code {
        Code::Missing(_) => true,
        Code::Slip(check) => check.starts_with("missing-"),
        _ => false,
    };
    named || matches!(finding.anchor, Anchor::Document { .. })
}

/// Parts the findings into those that are left and those that are hidden.
fn deal(
    findings: Vec<Finding>,
    taken: Vec<Option<usize>>,
    drafts: Vec<Draft>,
    own: Vec<Finding>,
) -> Suppressed {
    let waivers = drafts.into_iter().map(Draft::waiver).collect();
    let mut dealt = Suppressed { waivers, findings: own, ..Suppressed::default() };
    for (finding, waiver) in findings.into_iter().zip(taken) {
        match waiver {
            Some(waiver) => dealt.hidden.push(Hidden { finding, by: HiddenBy::Waiver(waiver) }),
            None => dealt.kept.push(finding),
        }
    }
    dealt.hidden.sort_by_cached_key(|hidden| sort_key(&hidden.finding));
    dealt
}
