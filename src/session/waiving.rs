//! Waivers in contracts: what a run asks of a contract decides which of them are stale.

use super::desk::Desk;
use super::rulebook::Asking;
use crate::document::Document;
use crate::finding::{Code, Finding};
use crate::rule::Side;
use crate::source::SourceFile;
use crate::triage::suppress::{Terms, suppress};
use crate::triage::{Day, Hidden, HiddenBy, Suppressed};

/// Hides what the waivers in the files of a contract allow.
pub(super) fn waive<'a>(
    files: impl Iterator<Item = (&'a SourceFile, &'a Document)>,
    findings: Vec<Finding>,
    desk: &Desk,
    asking: &Asking,
    today: Option<Day>,
) -> Suppressed {
    let asked = |code: &Code| desk.looks_for(code, asking);
    let terms = Terms { rules: &desk.book.rules, asked: &asked, policy: desk.settings.waivers, today };
    let mut whole = Suppressed { kept: findings, ..Suppressed::default() };
    for (file, document) in files {
        let of = suppress(document, file, std::mem::take(&mut whole.kept), &terms);
        let before = whole.waivers.len();
        whole.hidden.extend(of.hidden.into_iter().map(|hidden| match hidden.by {
            HiddenBy::Waiver(at) => Hidden { by: HiddenBy::Waiver(before + at), ..hidden },
            HiddenBy::Baseline => hidden,
        }));
        whole.kept = of.kept;
        whole.waivers.extend(of.waivers);
        whole.findings.extend(of.findings);
    }
    whole
}

impl Desk {
    /// Whether a finding of this code could come of what is asked of a contract.
    fn looks_for(&self, code: &Code, asking: &Asking) -> bool {
        let rules = &self.book.rules;
        let at = |clause: &String| rules.rules.iter().position(|rule| rule.id == *clause);
        let demand = |clause: &String| {
            let at = at(clause)?;
            asking.asked.demands.iter().find(|demand| demand.rules.contains(&at))
        };
        let could = match code {
            Code::Missing(clause) => demand(clause).is_some_and(|demand| demand.missing.is_some()),
            Code::Weak(clause) => demand(clause).is_some_and(|demand| demand.weak.is_some()),
            Code::Soft(clause) => demand(clause).is_some(),
            Code::Position(clause, _) => self.book.side == Side::Customer && demand(clause).is_some(),
            Code::OneSided(clause) => at(clause).is_some_and(|at| {
                asking.asked.burdens.iter().flat_map(|burden| &burden.found).any(|(rule, _)| *rule == at)
            }),
            Code::Slip(check) => rules.checks.iter().any(|of| of.id == *check && of.level.is_some()),
            Code::Pack { pack, item } => self.book.packs.iter().filter(|of| of.pack == *pack).any(|wanted| {
                let item = rules.pack(pack).and_then(|pack| pack.item(item));
                item.is_some_and(|item| wanted.part.holds(item))
            }),
            _ => true,
        };
        could && self.settings.wants(code, rules)
    }
}
