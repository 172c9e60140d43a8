//! Which configuration holds for which file, and the desks that come of it: one for all contracts of
//! which the same is asked.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::bundle::Declared;
use super::desk::{self, Desk};
use super::load::Loaded;
use super::{Configuration, Options};
use crate::finding::Finding;
use crate::rule::RuleSet;
use crate::settings::{Project, Settings, discover};
use crate::source::Sources;

/// The configurations in use, each read once.
#[derive(Clone, Debug, Default)]
pub(super) struct Projects {
    configuration: Configuration,
    /// By the folder of a file, as it was given: its configuration, if there is one.
    nearest: BTreeMap<PathBuf, Option<usize>>,
    /// By the configuration file, as it really is.
    places: BTreeMap<PathBuf, usize>,
    list: Vec<Project>,
}

impl Projects {
    pub(super) fn new(configuration: Configuration) -> Self {
        Self { configuration, ..Self::default() }
    }

    /// The configuration that holds for a file, which need not be there; reads it when it is new.
    pub(super) fn of(
        &mut self,
        path: &Path,
        sources: &mut Sources,
        problems: &mut Vec<Finding>,
    ) -> Option<usize> {
        let folder = if path.is_dir() {
            path.to_owned()
        } else {
            path.parent().map(Path::to_owned).unwrap_or_default()
        };
        if let Some(&known) = self.nearest.get(&folder) {
            return known;
        }
        let file = match &self.configuration {
            Configuration::Nearest => discover::nearest(path),
            Configuration::File(file) => Some(file.clone()),
            Configuration::None => None,
        };
        let found = file.map(|file| self.open(&file, sources, problems));
        self.nearest.insert(folder, found);
        found
    }

    fn open(&mut self, file: &Path, sources: &mut Sources, problems: &mut Vec<Finding>) -> usize {
        let place = std::fs::canonicalize(file).unwrap_or_else(|_| file.to_owned());
        if let Some(&known) = self.places.get(&place) {
            return known;
        }
        let (project, wrong) = Project::load(file, sources);
        problems.extend(wrong);
        self.list.push(project);
        self.places.insert(place, self.list.len() - 1);
        self.list.len() - 1
    }

    /// How many configurations were read.
    pub(super) const fn len(&self) -> usize {
        self.list.len()
    }

    /// A configuration of these.
    pub(super) fn get(&self, at: usize) -> Option<&Project> {
        self.list.get(at)
    }

    /// What holds for a file of a configuration; the defaults when there is none.
    pub(super) fn settings(&self, at: Option<usize>, path: &Path) -> Settings {
        at.and_then(|at| self.get(at)).map(|project| project.for_file(path)).unwrap_or_default()
    }

    /// The contracts of several files that configurations declare, as far as one of their files was
    /// loaded; says what lacks.
    pub(super) fn declared(&self, loaded: &[Loaded], problems: &mut Vec<Finding>) -> Vec<Declared> {
        let mut declared = Vec::new();
        for project in &self.list {
            for set in project.contracts() {
                let paths = loaded.iter().filter_map(|one| one.path.as_ref());
                if paths.into_iter().any(|path| set.takes_in(path).is_some()) {
                    let (members, lacking) = set.members();
                    problems.extend(lacking);
                    declared.push(members);
                }
            }
        }
        declared
    }
}

/// The desks of a run.
#[derive(Debug)]
pub(super) struct Desks {
    /// Rules by the folders that they come from, before settings are put on them.
    rules: Vec<(Vec<PathBuf>, Arc<RuleSet>)>,
    desks: Vec<(Settings, Arc<Desk>)>,
}

impl Desks {
    /// With the desk that is there already, and the rules that it was made from.
    pub(super) fn new(folders: Vec<PathBuf>, rules: Arc<RuleSet>, desk: Arc<Desk>) -> Self {
        Self { rules: vec![(folders, rules)], desks: vec![(desk.settings.clone(), desk)] }
    }

    /// The number of the desk for these settings, counted from 0, and what is wrong with them.
    pub(super) fn of(
        &mut self,
        settings: Settings,
        options: &Options,
        sources: &mut Sources,
        problems: &mut Vec<Finding>,
    ) -> usize {
        if let Some(at) = self.desks.iter().position(|(known, _)| *known == settings) {
            return at;
        }
        let folders = desk::folders(&settings, options);
        let rules = self.rules_of(folders, sources, problems);
        let (desk, wrong) = Desk::new(&rules, &settings, options);
        problems.extend(wrong);
        self.desks.push((settings, Arc::new(desk)));
        self.desks.len() - 1
    }

    fn rules_of(
        &mut self,
        folders: Vec<PathBuf>,
        sources: &mut Sources,
        problems: &mut Vec<Finding>,
    ) -> Arc<RuleSet> {
        if let Some((_, rules)) = self.rules.iter().find(|(known, _)| *known == folders) {
            return Arc::clone(rules);
        }
        let (texts, wrong) = desk::rule_texts(&folders, sources);
        problems.extend(wrong);
        let (rules, wrong) = desk::rules(texts, sources);
        problems.extend(wrong);
        self.rules.push((folders, Arc::clone(&rules)));
        rules
    }

    /// The desk of this number.
    pub(super) fn get(&self, at: usize) -> Option<&Arc<Desk>> {
        self.desks.get(at).map(|(_, desk)| desk)
    }

    /// The rule sets of the desks, in their order.
    pub(super) fn rule_sets(&self) -> Vec<Arc<RuleSet>> {
        self.desks.iter().map(|(_, desk)| Arc::clone(&desk.book.rules)).collect()
    }

    /// How many desks there are.
    pub(super) const fn len(&self) -> usize {
        self.desks.len()
    }
}
