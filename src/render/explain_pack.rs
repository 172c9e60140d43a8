//! `explain`: a page about a pack or about one of its items.

use std::fmt::Write as _;

use super::explain::{hanging, heading, level};
use super::packs::{formula, mark};
use super::visible::visible;
use crate::lint::atom_name;
use crate::rule::{Item, Mark, Pack, RuleSet, Test};
use crate::triage::counted;

/// A page about a pack: what it is taken from, and its items.
#[must_use]
pub fn pack(pack: &Pack) -> String {
    let mut page = format!("{} · {}\n", visible(&pack.id), visible(&pack.title));
    hanging(&mut page, "", &pack.instrument);
    for (title, text) in [("Whom it binds", &pack.applies), ("Where the items were read", &pack.source)] {
        if !text.is_empty() {
            heading(&mut page, title);
            hanging(&mut page, "  ", text);
        }
    }
    let width = pack.items.iter().map(|item| item.id.chars().count()).max().unwrap_or(0);
    for scope in [None].into_iter().chain((0..pack.scopes.len()).map(Some)) {
        let items: Vec<&Item> = pack.items.iter().filter(|item| item.scope == scope).collect();
        if items.is_empty() {
            continue;
        }
        let title = scope.and_then(|at| pack.scopes.get(at)).map(|scope| scope.title.as_str());
        let title = title.map_or_else(|| "Items".to_owned(), |title| format!("Items {title}"));
        heading(&mut page, &title);
        for item in items {
            let note = match (item.mark, &item.test) {
                (Some(Mark::FromMemory), _) => " [from memory: off]",
                (_, Test::ByHand(_)) => " [read by hand]",
                (Some(Mark::Secondary), _) => " [secondary]",
                _ => "",
            };
            let lead = format!("  {:width$}  ", visible(&item.id));
            hanging(&mut page, &lead, &format!("{}{note}", item.asks));
        }
    }
    heading(&mut page, "How it is used");
    hanging(&mut page, "  ", &format!("all items: clauselint check --pack {} FILE", pack.id));
    if !pack.scopes.is_empty() {
        let general = format!("those for every contract: --pack {}/{}", pack.id, crate::rule::pack::GENERAL);
        hanging(&mut page, "  ", &general);
        for scope in &pack.scopes {
            hanging(&mut page, "  ", &format!("those {}: --pack {}/{}", scope.title, pack.id, scope.id));
        }
    }
    let _ = writeln!(page, "  {}   pack file: {}", counted(pack.items.len(), "item"), visible(&pack.path));
    page
}

/// A page about one item: what it asks for, how far that is verified, and how it is told.
#[must_use]
pub fn item(item: &Item, pack: &Pack, rules: &RuleSet) -> String {
    let mut page = format!("{} · {}\n", visible(&item.id), visible(&pack.title));
    hanging(&mut page, "", &item.asks);
    if !item.note.is_empty() {
        page.push('\n');
        hanging(&mut page, "  ", &item.note);
    }
    heading(&mut page, "Where it comes from");
    hanging(&mut page, "  ", &pack.instrument);
    if let Some(of) = item.mark {
        hanging(&mut page, "  ", mark(of));
    }
    if let Some(scope) = item.scope.and_then(|at| pack.scopes.get(at)) {
        hanging(&mut page, "  ", &format!("holds only {}", scope.title));
    }
    heading(&mut page, "How it is told");
    match &item.test {
        Test::ByHand(why) => hanging(&mut page, "  by hand: ", why),
        Test::Formula { met, weak } => {
            hanging(&mut page, "  met:     ", &formula(met, pack, rules));
            let part = weak.as_ref().map_or_else(
                || "any one of these, or all in soft words".to_owned(),
                |weak| formula(weak, pack, rules),
            );
            hanging(&mut page, "  in part: ", &part);
            let _ = writeln!(page, "\n  for the words that are looked for:");
            let mut named: Vec<usize> = met.elements();
            named.extend(weak.iter().flat_map(crate::rule::Formula::elements));
            let mut clauses: Vec<&str> =
                named.iter().filter_map(|&at| Some(pack.atoms.get(at)?.clause.as_str())).collect();
            clauses.sort_unstable();
            clauses.dedup();
            for clause in clauses {
                let _ = writeln!(page, "    clauselint explain {}", visible(clause));
            }
        }
    }
    let advice = advice(item, pack, rules);
    if !advice.is_empty() {
        heading(&mut page, "What to write");
        for line in advice {
            hanging(&mut page, "  - ", &line);
        }
    }
    heading(&mut page, "Levels");
    let _ = writeln!(
        page,
        "  missing: {}   in part: {}   code: {}/{}   pack file: {}",
        level(item.missing),
        level(item.weak),
        visible(&pack.id),
        visible(pack.short(item)),
        visible(&pack.path)
    );
    page
}

/// The item's own advice, else that of the elements which it names.
fn advice(item: &Item, pack: &Pack, rules: &RuleSet) -> Vec<String> {
    if !item.advice.is_empty() {
        return vec![item.advice.clone()];
    }
    let Test::Formula { met, .. } = &item.test else { return Vec::new() };
    let of = |at: usize| {
        let atom = pack.atoms.get(at)?;
        let rule = rules.get(&atom.clause)?;
        let element = rule.elements.get(rule.element(atom.element.as_ref()?)?)?;
        let text = &element.advice;
        (!text.is_empty()).then(|| format!("{}: {text}", atom_name(atom, rules)))
    };
    met.elements().into_iter().filter_map(of).collect()
}
