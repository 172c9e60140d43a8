//! The built-in rules and a user's own, put together into one [`RuleSet`].

use std::collections::BTreeMap;
use std::sync::OnceLock;

use schemars::schema_for;

use super::check::{Check, RawCheck};
use super::compile::{File, compile_check, compile_rule, folder};
use super::denials::Denials;
use super::extend::{self, RawExtension};
use super::lists::compile_vocabulary;
use super::pack::raw::RawPack;
use super::pack::{self, Pack};
use super::profile::raw::RawProfile;
use super::profile::{self, Profile};
use super::raw::{RawRule, RawVocabulary};
use super::spelling::nearest;
use super::{ClauseRule, builtin, prepared};
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::pattern::{PatternId, Plan, PlanBuilder, Vocabulary, parse};
use crate::source::{FileId, Sources, Span};

/// The folder of the data of proofreading checks.
const CHECKS: &str = "proofread";

/// Compiled rules over one shared plan: immutable, shared by all workers.
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    /// The patterns of all rules.
    pub plan: Plan,
    /// The rules, by path of their file.
    pub rules: Vec<ClauseRule>,
    /// The proofreading checks, by id.
    pub checks: Vec<Check>,
    /// The profiles, by name; those of the user first.
    pub profiles: Vec<Profile>,
    /// The packs, by name.
    pub packs: Vec<Pack>,
    /// The named lists; those that ship with clauselint are read when they are first asked for.
    vocabulary: OnceLock<Vocabulary>,
    /// What takes a duty away.
    pub denials: Denials,
}

impl RuleSet {
    /// The rules that ship with clauselint. A mistake in one drops it; a test sees to it that
    /// there is none.
    #[must_use]
    pub fn builtin() -> Self {
        Self::load(&mut Sources::new(), Vec::new()).0
    }

    /// The built-in rules with a user's rule files (path and text) over them: a file of the same
    /// name replaces the built-in rule, `vocabulary.toml` adds or replaces lists. The files are
    /// added to `sources`, so that the findings and the examples have places. A file with a
    /// mistake gives findings and no rule.
    pub fn load(sources: &mut Sources, user: Vec<(String, String)>) -> (Self, Vec<Finding>) {
        if user.is_empty()
            && let Some(set) = prepared::read(sources)
        {
            return (set, Vec::new());
        }
        let own = |text: &str| text.to_owned();
        let builtin = builtin::FILES.iter().map(|&(path, text)| (own(path), own(text))).collect();
        Self::compile(sources, builtin, user)
    }

    /// The rule set that rule files give, those that ship with clauselint and a user's over them.
    pub fn compile(
        sources: &mut Sources,
        builtin: Vec<(String, String)>,
        user: Vec<(String, String)>,
    ) -> (Self, Vec<Finding>) {
        let mut findings = Vec::new();
        let mut files: BTreeMap<String, (String, String, bool)> = BTreeMap::new();
        let mut vocabularies = Vec::new();
        let mut profiles = profile::Files::default();
        let mut packs = pack::Files::default();
        let mut extensions = Vec::new();
        let builtin = builtin.into_iter().map(|(path, text)| (path, text, false));
        for (path, text, own) in builtin.chain(user.into_iter().map(|(path, text)| (path, text, true))) {
            if stem(&path) == "vocabulary" {
                vocabularies.push((path, text));
            } else if profile::Files::is_profile(&path) {
                profiles.keep((path, text, own), sources, &mut findings);
            } else if pack::is_pack_file(&path) {
                packs.keep((path, text, own), sources, &mut findings);
            } else if own && extend::is_extension(&text) {
                extensions.push((path, text));
            } else if let Some((earlier, ..)) = files.get(stem(&path)).filter(|(.., theirs)| own && *theirs) {
                findings.push(twice(sources, &path, text, earlier));
            } else {
                files.insert(stem(&path).to_owned(), (path, text, own));
            }
        }
        let mut files: Vec<_> = files.into_values().collect();
        files.sort_by(|left, right| (left.2, &left.0).cmp(&(right.2, &right.0)));
        let mut vocabulary = vocabulary(sources, vocabularies, &mut findings);
        let mut builder = PlanBuilder::default();
        let mut rules = Vec::with_capacity(files.len());
        let mut checks = Vec::new();
        let (mut broken, mut replaced) = (Vec::new(), Vec::new());
        for (path, text, own) in &files {
            let (path, own) = (path.as_str(), *own);
            let id = sources.add(path, text.as_str());
            let mut file = File::new(id, path, text, own);
            if folder(path) == CHECKS {
                checks.extend(compile_check(&mut file));
                findings.append(&mut file.findings);
                continue;
            }
            match compile_rule(&mut file, &mut vocabulary, &mut builder) {
                Some(rule) => rules.push(rule),
                None => broken.push(stem(path).to_owned()),
            }
            if own && is_builtin(stem(path)) {
                replaced.push(stem(path).to_owned());
            }
            findings.append(&mut file.findings);
        }
        for (path, text) in &extensions {
            let id = sources.add(path.as_str(), text.as_str());
            let mut file = File::new(id, path, text, true);
            change(&mut file, (&mut rules, &broken), &files, &mut vocabulary, &mut builder);
            findings.append(&mut file.findings);
        }
        let packs = packs.load(sources, (&rules, &broken, &replaced), &mut findings);
        let profiles = profiles.load(sources, &rules, &mut findings);
        findings.sort_by_key(|finding| finding.anchor.span().map(|span| (span.file(), span.start())));
        let denials = Denials::new(&vocabulary, &mut builder);
        (
            Self {
                plan: builder.finish(),
                rules,
                checks,
                profiles,
                packs,
                vocabulary: vocabulary.into(),
                denials,
            },
            findings,
        )
    }

    /// The parts of a rule set that was compiled before, put together.
    pub(super) fn assembled(
        plan: Plan,
        rules: Vec<ClauseRule>,
        checks: Vec<Check>,
        (profiles, packs): (Vec<Profile>, Vec<Pack>),
        denials: Denials,
    ) -> Self {
        let vocabulary = OnceLock::new();
        Self { plan, rules, checks, profiles, packs, vocabulary, denials }
    }

    /// The named lists.
    #[must_use]
    pub fn vocabulary(&self) -> &Vocabulary {
        self.vocabulary.get_or_init(|| {
            let files = builtin::FILES.iter().filter(|(path, _)| stem(path) == "vocabulary");
            let texts = files.map(|&(path, text)| (path.to_owned(), text.to_owned())).collect();
            vocabulary(&mut Sources::new(), texts, &mut Vec::new())
        })
    }

    /// Whether a file of rule data holds a rule: no vocabulary, no check, no profile and no pack.
    #[must_use]
    pub fn is_rule(path: &str) -> bool {
        stem(path) != "vocabulary"
            && folder(path) != CHECKS
            && !profile::Files::is_profile(path)
            && !pack::is_pack_file(path)
    }

    /// Whether a file of rule data may hold examples: that of a rule or of a check.
    #[must_use]
    pub fn has_examples(path: &str) -> bool {
        Self::is_rule(path) || folder(path) == CHECKS
    }

    /// The pack of this name.
    #[must_use]
    pub fn pack(&self, id: &str) -> Option<&Pack> {
        self.packs.iter().find(|pack| pack.id == id)
    }

    /// The rule of this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&ClauseRule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    /// Compiles one more pattern with this set's vocabulary into a plan of its own: what `query`
    /// runs.
    ///
    /// # Errors
    /// All mistakes of the pattern.
    pub fn query(&self, text: &str) -> Result<(Plan, PatternId), Vec<crate::pattern::SyntaxError>> {
        let vocabulary = self.vocabulary();
        let pattern = parse(text, vocabulary)?;
        let mut builder = PlanBuilder::default();
        let id = builder.add(&pattern, vocabulary);
        Ok((builder.finish(), id))
    }
}

/// The formats of rule data that have a JSON Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SchemaName {
    /// A rule file.
    Rule,
    /// `vocabulary.toml`.
    Vocabulary,
    /// The data of a proofreading check.
    Check,
    /// A profile file.
    Profile,
    /// A pack file.
    Pack,
    /// A file that changes a rule.
    Extension,
}

/// The JSON Schema of a format of rule data.
#[must_use]
pub fn schema(name: SchemaName) -> serde_json::Value {
    match name {
        SchemaName::Rule => schema_for!(RawRule).to_value(),
        SchemaName::Check => schema_for!(RawCheck).to_value(),
        SchemaName::Vocabulary => schema_for!(RawVocabulary).to_value(),
        SchemaName::Profile => schema_for!(RawProfile).to_value(),
        SchemaName::Extension => schema_for!(RawExtension).to_value(),
        SchemaName::Pack => schema_for!(RawPack).to_value(),
    }
}

/// The file's name without its folders and its ending.
pub(super) fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    name.strip_suffix(".toml").unwrap_or(name)
}

/// Puts a file that changes a rule on that rule.
fn change(
    file: &mut File<'_>,
    (rules, broken): (&mut [ClauseRule], &[String]),
    files: &[(String, String, bool)],
    vocabulary: &mut Vocabulary,
    plan: &mut PlanBuilder,
) {
    let Some(raw) = extend::read(file) else { return };
    let base = raw.extends.get_ref();
    let source = files.iter().find(|(path, ..)| stem(path) == base);
    let rule = rules.iter_mut().find(|rule| rule.id == *base);
    let (Some((path, text, _)), Some(rule)) = (source, rule) else {
        if !broken.contains(base) {
            let known: Vec<&str> = files.iter().map(|(path, ..)| stem(path)).collect();
            let advice = nearest(base, known).map_or_else(
                || "clauselint rules list names the rules".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            file.error(raw.extends.span(), format!("no rule is called `{base}`"), advice);
        }
        return;
    };
    let mut base = File::new(FileId::default(), path, text, false);
    if let Some(changed) = extend::extend(file, &raw, rule, &mut base, vocabulary, plan) {
        *rule = changed;
    }
}

/// Whether a rule of this id ships with clauselint.
fn is_builtin(id: &str) -> bool {
    builtin::FILES.iter().any(|(path, _)| stem(path) == id && !pack::is_pack_file(path))
}

pub(super) fn twice(sources: &mut Sources, path: &str, text: String, earlier: &str) -> Finding {
    let id = sources.add(path, text);
    let message = format!("two rule files are called {}", stem(path));
    Finding::new(Code::RuleFile, Severity::Error, message, Anchor::Span(Span::new(id, 0..0)))
        .note(format!("the other is {earlier}"))
        .help("the file's name is the clause's id: rename one of them")
}

/// Reads the vocabularies, later ones over earlier ones, and parses each list after the lists that
/// it refers to.
fn vocabulary(
    sources: &mut Sources,
    texts: Vec<(String, String)>,
    findings: &mut Vec<Finding>,
) -> Vocabulary {
    let mut files = Vec::with_capacity(texts.len());
    for (path, text) in texts {
        files.push((sources.add(path.clone(), text.clone()), path, text));
    }
    let mut files: Vec<File<'_>> =
        files.iter().map(|(id, path, text)| File::new(*id, path, text, true)).collect();
    let vocabulary = compile_vocabulary(&mut files);
    findings.extend(files.into_iter().flat_map(|file| file.findings));
    vocabulary
}
