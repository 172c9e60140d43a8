//! The packs that a user asks for, as "dora" or "dora/general", looked up in the rules.

use std::collections::BTreeSet;

use crate::checklist::{Part, Wanted};
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::rule::RuleSet;
use crate::rule::pack::GENERAL;
use crate::rule::spelling::{join, nearest};

/// The packs that these names stand for, each once, and what is wrong with the names.
pub(super) fn wanted(rules: &RuleSet, names: &[String]) -> (Vec<Wanted>, Vec<Finding>) {
    let (mut wanted, mut problems) = (Vec::new(), Vec::new());
    for name in names {
        match find(rules, name) {
            Ok(one) if wanted.contains(&one) => {}
            Ok(one) => wanted.push(one),
            Err(problem) => problems.push(*problem),
        }
    }
    (wanted, problems)
}

/// The rules that packs ask about, as indices into the set.
pub(super) fn needed(rules: &RuleSet, packs: &[Wanted]) -> Vec<usize> {
    let asked = packs.iter().filter_map(|wanted| rules.pack(&wanted.pack));
    let clauses = asked.flat_map(|pack| pack.atoms.iter().map(|atom| atom.clause.as_str()));
    let clauses: BTreeSet<&str> = clauses.collect();
    let places = rules.rules.iter().enumerate().filter(|(_, rule)| clauses.contains(rule.id.as_str()));
    places.map(|(at, _)| at).collect()
}

/// Whether all packs that the user names are there.
pub(super) fn all_known(rules: &RuleSet, names: &[String]) -> bool {
    names.iter().all(|name| find(rules, name).is_ok())
}

fn find(rules: &RuleSet, name: &str) -> Result<Wanted, Box<Finding>> {
    let (id, part) = name.split_once('/').map_or((name, None), |(id, part)| (id, Some(part)));
    let Some(pack) = rules.pack(id) else {
        let known: Vec<&str> = rules.packs.iter().map(|pack| pack.id.as_str()).collect();
        return Err(refused(format!("no pack is called {id}"), id, &known, "the packs are"));
    };
    let part = match part {
        None => Part::All,
        Some(GENERAL) => Part::General,
        Some(part) => match pack.scopes.iter().position(|scope| scope.id == part) {
            Some(at) => Part::Scope(at),
            None => {
                let scopes = pack.scopes.iter().map(|scope| scope.id.as_str());
                let known: Vec<&str> = [GENERAL].into_iter().chain(scopes).collect();
                let message = format!("the pack {id} has no part called {part}");
                return Err(refused(message, part, &known, "its parts are"));
            }
        },
    };
    Ok(Wanted { pack: id.to_owned(), part })
}

fn refused(message: String, name: &str, known: &[&str], lead: &str) -> Box<Finding> {
    let finding = Finding::new(Code::Usage, Severity::Error, message, Anchor::Nowhere);
    Box::new(match nearest(name, known.iter().copied()) {
        Some(near) => finding.help(format!("did you mean {near}?")),
        None if known.is_empty() => finding.help("no pack is loaded"),
        None => finding.help(format!("{lead} {}", join(known, "and"))),
    })
}
