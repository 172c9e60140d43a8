//! The built-in rule set in a form that is read at a fraction of the cost of its rule files.
//!
//! The build script loads the rule files once, by the same loader that reads a user's own, and
//! writes the outcome; the library takes it back. Nothing else writes or keeps this form, so it has
//! no version. The vocabulary is left out: only `query` needs its lists, and reads them then.

use serde::{Deserialize, Serialize};

use super::check::Check;
use super::load::{Duties, RuleSet};
use super::pack::Pack;
use super::profile::Profile;
use super::{ClauseRule, builtin};
use crate::pattern::Plan;
use crate::source::Sources;

#[derive(Debug, Serialize, Deserialize)]
struct Prepared<Set, Rules, Checks, Profiles, Packs> {
    /// The files in the order of their numbers, as indices into those embedded.
    files: Vec<usize>,
    plan: Set,
    rules: Rules,
    checks: Checks,
    profiles: Profiles,
    packs: Packs,
    duties: Duties,
}

/// Writes a rule set that was loaded from some files (path and text) into `sources`.
///
/// # Errors
/// What the encoder refuses, in words; a rule set holds nothing of that kind.
pub fn write(files: &[(String, String)], sources: &Sources, set: &RuleSet) -> Result<Vec<u8>, String> {
    let place = |path: &str| files.iter().position(|(file, _)| file == path);
    let prepared = Prepared {
        files: sources.iter().filter_map(|source| place(&source.path)).collect(),
        plan: &set.plan,
        rules: &set.rules,
        checks: &set.checks,
        profiles: &set.profiles,
        packs: &set.packs,
        duties: set.duties(),
    };
    postcard::to_allocvec(&prepared).map_err(|error| error.to_string())
}

/// The built-in rule set with its files added to `sources`, which must be empty; `None` when the
/// rule files must be read.
pub(super) fn read(sources: &mut Sources) -> Option<RuleSet> {
    type Owned = Prepared<Plan, Vec<ClauseRule>, Vec<Check>, Vec<Profile>, Vec<Pack>>;
    if sources.next_id().index() > 0 {
        return None;
    }
    let prepared: Owned = postcard::from_bytes(builtin::PREPARED).ok()?;
    for &file in &prepared.files {
        let (path, text) = builtin::FILES.get(file)?;
        sources.add(*path, *text);
    }
    let Prepared { plan, rules, checks, profiles, packs, duties, .. } = prepared;
    Some(RuleSet::assembled(plan, rules, checks, (profiles, packs), duties))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_prepared_rules_are_what_their_files_say() {
        let files: Vec<(String, String)> =
            builtin::FILES.iter().map(|&(path, text)| (path.to_owned(), text.to_owned())).collect();
        let mut sources = Sources::new();
        let (set, findings) = RuleSet::compile(&mut sources, files.clone(), Vec::new());
        assert!(findings.is_empty(), "{findings:?}");
        assert!(write(&files, &sources, &set).expect("it can be written") == builtin::PREPARED);

        let mut others = Sources::new();
        let read = read(&mut others).expect("it can be read");
        let told = |set: &RuleSet| format!("{:?}", (&set.rules, &set.checks, &set.profiles, &set.packs));
        assert!(told(&read) == told(&set), "the rules differ from what was written");
        assert_eq!(read.duties(), set.duties());
        let names = |sources: &Sources| sources.iter().map(|file| file.path.clone()).collect::<Vec<_>>();
        assert_eq!(names(&others), names(&sources));
        assert_eq!(read.vocabulary().lists, set.vocabulary().lists);
    }

    #[test]
    fn files_that_come_behind_others_are_read_anew() {
        let mut sources = Sources::new();
        sources.add("mine.toml", "");
        assert!(super::read(&mut sources).is_none());
    }
}
