//! (Coverage, packs) -> checklists: for each item of a pack whether the contract meets it, in part
//! or not, and where. No wording and no level; what an item asks for is data of the rule set.

use crate::assess::{Assessment, Coverage, Evidence, Status};
use crate::rule::{Atom, Item, Pack, RuleSet, Test};
use crate::source::{FileId, Span};
use crate::token::hash::QuickMap;

/// A pack that a user asks for, or one scope of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The pack's name.
    pub pack: String,
    /// Which items of it.
    pub part: Part,
}

/// Which items of a pack are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    All,
    /// Those that hold for every contract.
    General,
    /// Those of the scope of this index.
    Scope(usize),
}

impl Part {
    /// Whether an item is of this part.
    #[must_use]
    pub fn holds(self, item: &Item) -> bool {
        match self {
            Self::All => true,
            Self::General => item.scope.is_none(),
            Self::Scope(scope) => item.scope == Some(scope),
        }
    }
}

/// How an item stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// The contract says it.
    Met,
    /// It says part of it, or only in soft words.
    Weak,
    /// It does not say it.
    Missing,
    /// Nothing in the catalogue can show it.
    ByHand,
    /// The item is not verified and so not assessed.
    Off,
}

impl Standing {
    /// As people read it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Weak => "weak",
            Self::Missing => "missing",
            Self::ByHand => "by hand",
            Self::Off => "off",
        }
    }
}

/// What one contract makes of one pack.
#[derive(Clone, Debug)]
pub struct Checklist {
    /// The contract.
    pub file: FileId,
    /// The pack's name.
    pub pack: String,
    /// The items that were wanted, in the order of the pack.
    pub results: Vec<ItemResult>,
}

/// How one item stands, with the proof.
#[derive(Clone, Debug)]
pub struct ItemResult {
    /// The item's index in its pack.
    pub item: usize,
    /// How it stands.
    pub standing: Standing,
    /// Where the contract says what the item's formulas name, in their order.
    pub proofs: Vec<Proof>,
    /// What lacks for it to be met: each entry is one requirement, met by any one of its atoms.
    pub lacking: Vec<Vec<usize>>,
    /// All atoms that lack, those of every alternative.
    pub wanting: Vec<usize>,
}

/// Where a contract says what an atom of a pack names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The atom's index in the pack.
    pub atom: usize,
    /// The words: the best evidence of an element, the title line of a clause.
    pub span: Span,
    /// The clause that they stand in, as a reader cites it; empty when nothing is labelled.
    pub citation: String,
    /// Whether all the evidence stands under wording that empties it.
    pub soft: bool,
}

impl Checklist {
    /// How many items stand so.
    #[must_use]
    pub fn count(&self, standing: Standing) -> usize {
        self.results.iter().filter(|result| result.standing == standing).count()
    }
}

/// Holds a contract against packs, in the order in which they are wanted; a pack that the rule set
/// does not have is passed over.
#[must_use]
pub fn check(coverage: &Coverage, rules: &RuleSet, wanted: &[Wanted]) -> Vec<Checklist> {
    let found = wanted.iter().filter_map(|wanted| Some((rules.pack(&wanted.pack)?, wanted.part)));
    let soft_counts = |clause: &str| rules.get(clause).is_some_and(|rule| rule.soft_counts);
    let verdicts = coverage.assessments.iter().map(|of| (of.clause.as_str(), (of, soft_counts(&of.clause))));
    let by_clause: Verdicts<'_> = verdicts.collect();
    found
        .map(|(pack, part)| {
            let state = |atom| State::of(atom, &by_clause);
            let states: Vec<State<'_>> = pack.atoms.iter().map(state).collect();
            let items = pack.items.iter().enumerate().filter(|(_, item)| part.holds(item));
            Checklist {
                file: coverage.file,
                pack: pack.id.clone(),
                results: items.map(|(at, item)| result(at, item, pack, &states, rules)).collect(),
            }
        })
        .collect()
}

/// The verdicts on clauses, and whether soft wording counts there.
type Verdicts<'a> = QuickMap<&'a str, (&'a Assessment, bool)>;

/// How an atom stands in a contract.
enum State<'a> {
    Absent,
    /// A clause as a whole: it is there, and this is its home.
    Clause(Option<(Span, &'a str)>),
    /// An element: its best evidence, and whether it counts only in part.
    Element(Option<&'a Evidence>, bool),
}

impl<'a> State<'a> {
    fn of(atom: &Atom, by_clause: &Verdicts<'a>) -> Self {
        let Some(&(assessment, soft_counts)) = by_clause.get(atom.clause.as_str()) else {
            return Self::Absent;
        };
        let Some(id) = &atom.element else {
            let home = assessment.home.as_ref().map(|home| (home.head, home.citation.as_str()));
            let there = assessment.status != Status::Missing;
            return if there { Self::Clause(home) } else { Self::Absent };
        };
        let element = assessment.elements.iter().find(|element| element.id == *id && element.present);
        element.map_or(Self::Absent, |element| {
            Self::Element(element.evidence.first(), element.soft && !soft_counts)
        })
    }

    const fn is_there(&self) -> bool {
        !matches!(self, Self::Absent)
    }

    const fn counts(&self) -> bool {
        matches!(self, Self::Clause(_) | Self::Element(_, false))
    }

    fn proof(&self, atom: usize) -> Option<Proof> {
        match self {
            Self::Absent => None,
            Self::Clause(home) => {
                home.map(|(span, citation)| Proof { atom, span, citation: citation.to_owned(), soft: false })
            }
            Self::Element(evidence, soft) => evidence.map(|best| Proof {
                atom,
                span: best.span,
                citation: best.citation.clone(),
                soft: *soft,
            }),
        }
    }
}

fn result(at: usize, item: &Item, pack: &Pack, states: &[State<'_>], rules: &RuleSet) -> ItemResult {
    let without = |standing| ItemResult {
        item: at,
        standing,
        proofs: Vec::new(),
        lacking: Vec::new(),
        wanting: Vec::new(),
    };
    let Test::Formula { met, weak } = &item.test else { return without(Standing::ByHand) };
    if item.is_off() {
        return without(Standing::Off);
    }
    let there = |atom: usize| states.get(atom).is_some_and(State::is_there);
    let counts = |atom: usize| states.get(atom).is_some_and(State::counts);
    let standing = if met.holds(&counts) {
        Standing::Met
    } else if met.holds(&there)
        || weak.as_ref().map_or_else(|| met.names_any(&there), |weak| weak.holds(&there))
    {
        Standing::Weak
    } else {
        Standing::Missing
    };
    // What makes part of an item is of no interest once it is met.
    let part = weak.iter().filter(|_| standing != Standing::Met);
    let (mut atoms, count): (Vec<usize>, usize) = (Vec::new(), pack.atoms.len());
    for formula in std::iter::once(met).chain(part) {
        formula.each_element(&mut |atom| {
            if atom < count && !atoms.contains(&atom) {
                atoms.push(atom);
            }
        });
    }
    ItemResult {
        item: at,
        standing,
        proofs: atoms.iter().filter_map(|&atom| states[atom].proof(atom)).collect(),
        lacking: met.lacking(&counts).into_iter().map(|group| to_write(group, pack, rules)).collect(),
        wanting: met.wanting(&counts),
    }
}

/// Of what would do for one requirement, what a drafter is told to write: elements that are there for packs alone are other
/// ways of saying it, and are named only where nothing else would do.
fn to_write(mut group: Vec<usize>, pack: &Pack, rules: &RuleSet) -> Vec<usize> {
    let is_another_way = |at: &usize| {
        let Some((clause, id)) =
            pack.atoms.get(*at).and_then(|of| Some((&of.clause, of.element.as_deref()?)))
        else {
            return false;
        };
        let rule = rules.get(clause);
        rule.and_then(|rule| rule.elements.get(rule.element(id)?)).is_some_and(|element| element.packs_only)
    };
    if group.len() > 1 && !group.iter().all(is_another_way) {
        group.retain(|at| !is_another_way(at));
    }
    group
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::{Workspace, read};
    use crate::facts::Given;
    use crate::source::{SourceFile, Sources};

    const PACK: &str = "title = \"House\"\ninstrument = \"house playbook\"\nprefix = \"H-\"\n\
        [scope.large]\ntitle = \"above a million\"\n\
        [[item]]\nid = \"H-1\"\nasks = \"a right to step in\"\nmet = \"step-in.right\"\n\
        [[item]]\nid = \"H-2\"\nasks = \"step-in with a price\"\nmet = \"step-in and step-in.cost\"\nscope = \"large\"\n\
        [[item]]\nid = \"H-3\"\nasks = \"a price\"\nmet = \"step-in.cost or step-in.cooperation\"\nweak = \"step-in.trigger\"\n\
        [[item]]\nid = \"H-4\"\nasks = \"a signature\"\nby-hand = \"signatures are no clause\"\n\
        [[item]]\nid = \"H-5\"\nasks = \"something\"\nmark = \"from-memory\"\nmet = \"step-in\"\n";

    fn standings(text: &str, part: Part) -> Vec<Standing> {
        let rule = include_str!("../fixtures/rules/step-in.toml");
        let files = vec![
            ("rules/step-in.toml".to_owned(), rule.to_owned()),
            ("packs/house.toml".to_owned(), PACK.to_owned()),
        ];
        let (rules, wrong) = RuleSet::load(&mut Sources::new(), files);
        assert!(wrong.is_empty(), "{wrong:?}");
        let file = SourceFile::new(FileId::default(), "msa.md", text);
        let given = Given { customer: vec!["Customer".into()], supplier: vec!["Supplier".into()] };
        let coverage = read(&file, &given, &rules, &mut Workspace::default()).coverage;
        let lists = check(&coverage, &rules, &[Wanted { pack: "house".into(), part }]);
        lists[0].results.iter().map(|result| result.standing).collect()
    }

    #[test]
    fn items_stand_as_their_formulas_say() {
        use Standing::{ByHand, Met, Missing, Off, Weak};
        let nothing = "The Supplier shall serve the Customer.";
        assert_eq!(standings(nothing, Part::All), [Missing, Missing, Missing, ByHand, Off]);
        let bare =
            "The Customer may step in and perform the affected Services if the Supplier fails to do so.";
        assert_eq!(standings(bare, Part::All), [Met, Weak, Weak, ByHand, Off]);
        assert_eq!(standings(bare, Part::General), [Met, Weak, ByHand, Off]);
        assert_eq!(standings(bare, Part::Scope(0)), [Weak]);
    }
}
