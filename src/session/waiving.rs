//! Waivers in contracts: what a run asks of a contract decides which of them are stale.

use super::{Asking, Session};
use crate::document::Document;
use crate::finding::{Code, Finding};
use crate::rule::Side;
use crate::source::SourceFile;
use crate::triage::Suppressed;
use crate::triage::suppress::{Terms, suppress};

impl Session {
    /// Hides what the waivers of a contract allow.
    pub(super) fn waive(
        &self,
        file: &SourceFile,
        document: &Document,
        findings: Vec<Finding>,
        asking: &Asking,
    ) -> Suppressed {
        let asked = |code: &Code| self.looks_for(code, asking);
        let terms = Terms { rules: &self.rules, asked: &asked, policy: self.waivers, today: self.today };
        suppress(document, file, findings, &terms)
    }

    /// Whether a finding of this code could come of what is asked of a contract.
    fn looks_for(&self, code: &Code, asking: &Asking) -> bool {
        let at = |clause: &String| self.rules.rules.iter().position(|rule| rule.id == *clause);
        let demand = |clause: &String| {
            let at = at(clause)?;
            asking.asked.demands.iter().find(|demand| demand.rules.contains(&at))
        };
        match code {
            Code::Missing(clause) => demand(clause).is_some_and(|demand| demand.missing.is_some()),
            Code::Weak(clause) => demand(clause).is_some_and(|demand| demand.weak.is_some()),
            Code::Soft(clause) => demand(clause).is_some(),
            Code::Position(clause, _) => self.side == Side::Customer && demand(clause).is_some(),
            Code::OneSided(clause) => at(clause).is_some_and(|at| {
                asking.asked.burdens.iter().flat_map(|burden| &burden.found).any(|(rule, _)| *rule == at)
            }),
            Code::Slip(check) => self.rules.checks.iter().any(|of| of.id == *check && of.level.is_some()),
            Code::Pack { pack, item } => self.packs.iter().filter(|of| of.pack == *pack).any(|wanted| {
                let item = self.rules.pack(pack).and_then(|pack| pack.item(item));
                item.is_some_and(|item| wanted.part.holds(item))
            }),
            _ => true,
        }
    }
}
