//! The built-in rule set in a form that is read at a fraction of the cost of its rule files.
//!
//! The build script loads the rule files once, by the same loader that reads a user's own, and
//! writes the outcome; the library takes it back. Nothing else writes or keeps this form, so it has
//! no version. The vocabulary is left out: only `query` needs its lists, and reads them then.

use serde::{Deserialize, Serialize};

use super::check::Check;
use super::denials::Denials;
use super::load::RuleSet;
use super::pack::Pack;
use super::profile::Profile;
use super::{ClauseRule, builtin};
use crate::pattern::{Plan, Shelf, Shelved};
use crate::source::{Sources, Text};

/// All of a rule set but its plan.
#[derive(Debug, Serialize, Deserialize)]
struct Prepared<Rules, Checks, Profiles, Packs> {
    /// The files in the order of their numbers, as indices into those embedded, with their paths: beside the
    /// texts in the program each path would cost a page of its own.
    files: Vec<(usize, String)>,
    rules: Rules,
    checks: Checks,
    profiles: Profiles,
    packs: Packs,
    denials: Denials,
}

/// Writes a rule set that was loaded from some files (path and text) into `sources`: its plan, which is
/// used where it lies, and the rest, which is read.
///
/// # Errors
/// What the encoder refuses, in words; a rule set holds nothing of that kind.
pub fn write(
    files: &[(String, String)],
    sources: &Sources,
    set: &RuleSet,
) -> Result<(Shelf, Vec<u8>), String> {
    let place = |path: &String| Some((files.iter().position(|(file, _)| file == path)?, path.clone()));
    let prepared = Prepared {
        files: sources.iter().filter_map(|source| place(&source.path)).collect(),
        rules: &set.rules,
        checks: &set.checks,
        profiles: &set.profiles,
        packs: &set.packs,
        denials: set.denials,
    };
    let rest = postcard::to_allocvec(&prepared).map_err(|error| error.to_string())?;
    let mut shelf = Shelf::default();
    set.plan.put_on(&mut shelf);
    Ok((shelf, rest))
}

/// The built-in rule set with its files added to `sources`, which must be empty; `None` when the
/// rule files must be read.
pub(super) fn read(sources: &mut Sources) -> Option<RuleSet> {
    type Owned = Prepared<Vec<ClauseRule>, Vec<Check>, Vec<Profile>, Vec<Pack>>;
    if sources.next_id().index() > 0 {
        return None;
    }
    let prepared: Owned = postcard::from_bytes(builtin::PREPARED).ok()?;
    let plan = Plan::take_from(Shelved { numbers: builtin::NUMBERS, text: builtin::TEXT })?;
    let Prepared { files, rules, checks, profiles, packs, denials } = prepared;
    for (file, path) in files {
        let (_, text) = builtin::FILES.get(file)?;
        sources.add(path, Text::Builtin(text));
    }
    Some(RuleSet::assembled(plan, rules, checks, (profiles, packs), denials))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pattern::PatternId;

    #[test]
    fn the_prepared_rules_are_what_their_files_say() {
        let files: Vec<(String, String)> =
            builtin::FILES.iter().map(|&(path, text)| (path.to_owned(), text.to_owned())).collect();
        let mut sources = Sources::new();
        let (set, findings) = RuleSet::compile(&mut sources, files.clone(), Vec::new());
        assert!(findings.is_empty(), "{findings:?}");
        let (shelf, rest) = write(&files, &sources, &set).expect("it can be written");
        assert!(rest == builtin::PREPARED, "the rules were not prepared from these files");
        assert!(shelf.numbers == builtin::NUMBERS, "the plan was not prepared from these files");
        assert!(shelf.text == builtin::TEXT, "the words were not prepared from these files");

        let mut others = Sources::new();
        let read = read(&mut others).expect("it can be read");
        let told = |set: &RuleSet| format!("{:?}", (&set.rules, &set.checks, &set.profiles, &set.packs));
        assert!(told(&read) == told(&set), "the rules differ from what was written");
        assert_eq!(read.denials, set.denials);
        assert_eq!(read.plan.len(), set.plan.len());
        let patterns = |plan: &Plan| {
            let told = |id| {
                (
                    plan.text(id).to_owned(),
                    plan.describe(id).to_owned(),
                    plan.operands(id).collect::<Vec<_>>(),
                )
            };
            (0..).map(PatternId).take(plan.len()).map(told).collect::<Vec<_>>()
        };
        assert!(patterns(&read.plan) == patterns(&set.plan), "the patterns differ from what was written");
        let names = |sources: &Sources| sources.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
        assert_eq!(names(&others), names(&sources));
        assert_eq!(read.vocabulary().lists, set.vocabulary().lists);
    }

    #[test]
    fn what_nobody_has_asked_for_is_not_read() {
        let set = RuleSet::builtin();
        assert!(set.rules.len() > 40 && set.packs.len() > 4, "the rules are there");
        assert!(set.rules.iter().all(|rule| !rule.elements.is_read() && !rule.examples.is_read()));
        assert!(set.rules.iter().all(|rule| !rule.soft.is_read()));
        assert!(set.checks.iter().all(|check| !check.examples.is_read()));
        assert!(set.packs.iter().all(|pack| !pack.items.is_read() && !pack.atoms.is_read()));
        let exit = set.get("exit-transition").expect("the rule is there");
        assert!(!exit.elements.is_empty() && exit.elements.is_read() && !exit.examples.is_read());
    }

    #[test]
    fn files_that_come_behind_others_are_read_anew() {
        let mut sources = Sources::new();
        sources.add("mine.toml", "");
        assert!(super::read(&mut sources).is_none());
    }
}
