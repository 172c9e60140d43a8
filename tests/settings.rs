//! `clauselint.toml`: found, merged, checked and put on the rules.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

use clauselint::assess::{self, Workspace};
use clauselint::facts::Given;
use clauselint::finding::{Anchor, Code, Finding, Severity};
use clauselint::lint;
use clauselint::render::text;
use clauselint::rule::{RuleSet, Side};
use clauselint::settings::{self, Project, Settings, discover};
use clauselint::source::{FileId, Sources, Span};
use clauselint::triage;

/// A folder with these files in the folder for tests, new each time.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("settings").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("it can be made");
        fs::write(path, text).expect("the file can be written");
    }
    folder
}

/// A configuration that must be right.
fn project(path: &Path) -> Project {
    let mut sources = Sources::new();
    let (project, wrong) = Project::load(path, &mut sources);
    assert!(wrong.is_empty(), "{}", text::findings(&wrong, &sources, false));
    project
}

/// A configuration of one file, with what is wrong with it in one line each.
fn one(name: &str, toml: &str) -> (Project, Vec<String>) {
    let folder = folder(name, &[("clauselint.toml", toml)]);
    let (project, wrong) = Project::load(&folder.join("clauselint.toml"), &mut Sources::new());
    (project, wrong.into_iter().map(|finding| finding.message).collect())
}

/// The settings of a text for any file beside it.
fn settings_of(name: &str, toml: &str) -> Settings {
    let (project, wrong) = one(name, toml);
    assert!(wrong.is_empty(), "{wrong:?}");
    let names: Vec<String> =
        project.check_names(&RuleSet::builtin()).into_iter().map(|finding| finding.message).collect();
    assert!(names.is_empty(), "{names:?}");
    project.for_file(&project.path().with_file_name("msa.md"))
}

/// What is wrong with a broken configuration, as it is printed.
fn mistakes(name: &str) -> (Project, String) {
    // Run from the top of the package, as the paths of fixtures are shown from there.
    let path = Path::new("fixtures/config-broken").join(name).join("clauselint.toml");
    let mut sources = Sources::new();
    let (project, mut wrong) = Project::load(&path, &mut sources);
    wrong.extend(project.check_names(&RuleSet::builtin()));
    (project, text::findings(&wrong, &sources, false))
}

#[test]
fn mistakes_of_form_are_told_all_at_once_and_the_rest_is_used() {
    let (project, printed) = mistakes("keys");
    insta::assert_snapshot!("keys", printed);
    let settings = project.for_file(Path::new("fixtures/config-broken/keys/x.md"));
    assert_eq!(settings.ignore, [settings::Selector::Kind("soft".into())]);
    assert_eq!(settings.levels, [(settings::Selector::Kind("missing".into()), Some(Severity::Error))]);
    assert_eq!(project.contracts().len(), 2, "those with a name and a right glob");
}

#[test]
fn mistakes_of_syntax_are_told_with_their_place() {
    insta::assert_snapshot!("syntax", mistakes("syntax").1);
}

#[test]
fn names_that_the_rules_do_not_know_are_told_with_a_near_one() {
    insta::assert_snapshot!("names", mistakes("names").1);
}

#[test]
fn a_file_to_start_from_must_be_there_and_come_to_an_end() {
    let paths = ["paths", "paths/nested", "cycle"].map(|name| mistakes(name).1);
    insta::assert_snapshot!("paths", paths.join("\n"));
    let (project, _) = mistakes("cycle");
    assert_eq!(project.for_file(Path::new("fixtures/config-broken/cycle/x.md")).side, Some(Side::Supplier));
    assert_eq!(project.fail_on(), Some(settings::Fails::Note), "what comes before the cycle holds");
}

#[test]
fn nothing_outside_of_the_tree_is_read() {
    let tree = folder(
        "tree",
        &[
            ("outside.toml", "for = \"supplier\"\n"),
            ("repository/.git/HEAD", ""),
            ("repository/base.toml", "for = \"supplier\"\n"),
            ("repository/right/deep/clauselint.toml", "extends = \"../../base.toml\"\n"),
            ("repository/above/clauselint.toml", "extends = \"../../outside.toml\"\n"),
            ("repository/linked/clauselint.toml", "extends = \"link.toml\"\n"),
            ("free/deep/clauselint.toml", "extends = \"../../outside.toml\"\n"),
        ],
    );
    #[cfg(unix)]
    std::os::unix::fs::symlink(tree.join("outside.toml"), tree.join("repository/linked/link.toml"))
        .expect("a link can be made");
    let absolute = format!("extends = {:?}\n", tree.join("outside.toml"));
    fs::create_dir_all(tree.join("repository/absolute")).expect("it can be made");
    fs::write(tree.join("repository/absolute/clauselint.toml"), absolute).expect("it can be written");
    let load = |name: &str| {
        let path = tree.join(name).join("clauselint.toml");
        let (project, wrong) = Project::load(&path, &mut Sources::new());
        let message = wrong.first().map(|finding| finding.message.clone()).unwrap_or_default();
        (project.for_file(&path.with_file_name("a.md")).side, message)
    };
    // The tests run inside a repository of their own, so the tree of `free` is that one.
    assert_eq!(load("free/deep"), (Some(Side::Supplier), String::new()));
    assert_eq!(load("repository/right/deep"), (Some(Side::Supplier), String::new()));
    for (name, words) in [
        ("above", "outside.toml lies outside of the tree"),
        ("absolute", "outside.toml lies outside of the tree"),
        ("linked", "link.toml is a link that leads out of the tree"),
    ] {
        let (side, message) = load(&format!("repository/{name}"));
        assert_eq!(side, None, "{name}");
        assert!(message.ends_with(words), "{name}: {message}");
    }
}

#[test]
fn only_sixteen_files_extend_each_other() {
    let chain = |name: &str, length: usize| {
        let texts: Vec<(String, String)> = (0..length)
            .map(|at| {
                let more =
                    if at + 1 < length { format!("extends = \"{}.toml\"\n", at + 1) } else { String::new() };
                (format!("{at}.toml"), more)
            })
            .collect();
        let files: Vec<(&str, &str)> =
            texts.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        let folder = folder(name, &files);
        Project::load(&folder.join("0.toml"), &mut Sources::new()).1.len()
    };
    assert_eq!((chain("sixteen", 16), chain("seventeen", 17)), (0, 1));
}

#[test]
fn a_nearer_file_replaces_lists_and_adds_to_tables() {
    let project = project(Path::new("fixtures/config/suppliers/clauselint.toml"));
    let settings = project.for_file(Path::new("fixtures/config/suppliers/msa.md"));
    assert_eq!(settings.side, Some(Side::Customer), "of the base");
    assert_eq!(settings.packs, ["dora/general", "gdpr-art28"], "a list replaces the other");
    let levels: Vec<String> =
        settings.levels.iter().map(|(name, level)| format!("{name} {level:?}")).collect();
    assert_eq!(
        levels,
        [
            "all Some(Note)",
            "missing-exit-transition Some(Error)",
            "weak Some(Warning)",
            "step-in Some(Error)",
            "liability-cap Some(Warning)"
        ],
        "a table is added to and the nearer entry of a name stays"
    );
    assert_eq!((settings.waivers.approver, settings.waivers.end), (true, false));
    assert_eq!(project.fail_on(), Some(settings::Fails::Warning));
    assert_eq!(project.baseline(), Some(Path::new("fixtures/config/suppliers/known.json")));
    assert_eq!(settings.rules, [Path::new("fixtures/config/rules")], "from the folder of its file");
    assert!(project.excludes(Path::new("fixtures/config/suppliers/drafts/a/b.md")));
    assert!(project.excludes(Path::new("fixtures/config/suppliers/acme/msa-old.md")));
    assert!(!project.excludes(Path::new("fixtures/config/suppliers/acme/msa.md")));
}

#[test]
fn overrides_hold_for_their_files_and_the_later_one_wins() {
    let project = project(Path::new("fixtures/config/suppliers/clauselint.toml"));
    let of = |path: &str| project.for_file(&Path::new("fixtures/config/suppliers").join(path));
    assert_eq!(of("msa.md").profile, None);
    assert_eq!(of("a/b/hosting-dpa.md").profile.as_deref(), Some("dpa"), "an override of the base");
    let schedule = of("schedules/levels.md");
    assert_eq!((schedule.profile.as_deref(), schedule.packs.len()), (Some("sla"), 0));
    let ignored: Vec<String> = schedule.ignore.iter().map(ToString::to_string).collect();
    assert_eq!(ignored, ["soft", "group:proofread", "sla-metrics.review"], "ignored besides");
    assert_eq!(schedule.side, Some(Side::Customer));
    assert_eq!(of("schedules/special.md").side, Some(Side::Supplier));
    assert_eq!(of("schedules/deep/levels.md").profile, None, "a star stays in its folder");
}

#[test]
fn a_contract_of_several_files_has_its_master_first() {
    let files = [
        (
            "clauselint.toml",
            "[[contract]]\nname = \"Acme\"\nfiles = [\"b/msa.md\", \"b/*.md\", \"c/*.md\"]\n",
        ),
        ("b/annex.md", "x"),
        ("b/msa.md", "x"),
        ("b/notes.txt", "x"),
        ("other.md", "x"),
    ];
    let folder = folder("members", &files);
    let project = project(&folder.join("clauselint.toml"));
    let [set] = project.contracts() else { panic!("one contract") };
    assert_eq!((set.name.as_str(), set.globs().len()), ("Acme", 3));
    assert_eq!(set.takes_in(&folder.join("b/msa.md")), Some(0));
    assert_eq!(set.takes_in(&folder.join("b/annex.md")), Some(1));
    assert_eq!(set.takes_in(&folder.join("other.md")), None);
    let (members, missed) = set.members();
    assert_eq!(members, [folder.join("b/msa.md"), folder.join("b/annex.md")]);
    assert_eq!(missed.len(), 1);
    assert_eq!(missed[0].message, "no file of the contract Acme is called c/*.md");
}

#[test]
fn the_nearest_file_above_wins() {
    let tree = folder(
        "nearest",
        &[("clauselint.toml", ""), ("a/clauselint.toml", ""), ("a/b/msa.md", "x"), ("c/msa.md", "x")],
    );
    let near = |path: &str| discover::nearest(&tree.join(path));
    assert_eq!(near("a/b/msa.md"), Some(tree.join("a/clauselint.toml")));
    assert_eq!(near("a/b"), Some(tree.join("a/clauselint.toml")));
    assert_eq!(near("a"), Some(tree.join("a/clauselint.toml")));
    assert_eq!(near("c/msa.md"), Some(tree.join("clauselint.toml")));
    assert_eq!(near("d/is/not/there/new.md"), Some(tree.join("clauselint.toml")));
    let from = discover::nearest(Path::new("fixtures/config/suppliers/acme/msa.md"));
    assert_eq!(
        from,
        Some(PathBuf::from("fixtures/config/suppliers/clauselint.toml")),
        "a relative path stays one"
    );
}

/// A finding with this code at a level.
fn found(code: Code, level: Severity) -> Finding {
    Finding::new(code, level, "x", Anchor::Span(Span::new(FileId::default(), 0..1)))
}

/// The level at which a finding comes out, if it does.
fn level(settings: &Settings, code: Code, own: Severity) -> Option<Severity> {
    let kept = triage::apply(vec![found(code, own)], settings, &RuleSet::builtin());
    kept.first().map(|finding| finding.severity)
}

#[test]
fn the_more_specific_level_decides_and_ignored_findings_are_gone() {
    use Severity::{Error, Note, Warning};
    let settings = settings_of(
        "levels",
        "ignore = [\"insurance\", \"numbering\"]\n[levels]\nweak-liability-cap = \"error\"\nall = \"note\"\n\
         weak = \"warning\"\nliability-cap = \"off\"\n\"group:proofread\" = \"warning\"\n",
    );
    let weak = |clause: &str| Code::Weak(clause.into());
    assert_eq!(level(&settings, weak("liability-cap"), Note), Some(Error));
    assert_eq!(level(&settings, Code::Missing("liability-cap".into()), Error), None);
    assert_eq!(level(&settings, weak("sla-metrics"), Note), Some(Warning));
    assert_eq!(level(&settings, Code::Missing("sla-metrics".into()), Error), Some(Note));
    assert_eq!(level(&settings, weak("insurance"), Error), None);
    assert_eq!(level(&settings, Code::Slip("numbering".into()), Error), None);
    assert_eq!(level(&settings, Code::Slip("placeholder".into()), Note), Some(Warning));
}

#[test]
fn what_is_selected_is_reported_and_so_is_what_no_rule_says() {
    let settings = settings_of("select", "select = [\"group:core\", \"dora/30.2-e\"]\nignore = [\"soft\"]\n");
    let own = Severity::Warning;
    assert!(level(&settings, Code::Weak("sla-metrics".into()), own).is_some());
    assert!(level(&settings, Code::Soft("sla-metrics".into()), own).is_none());
    assert!(level(&settings, Code::Weak("insurance".into()), own).is_none());
    assert!(level(&settings, Code::Pack { pack: "dora".into(), item: "30.2-e".into() }, own).is_some());
    assert!(level(&settings, Code::Pack { pack: "dora".into(), item: "30.2-a".into() }, own).is_none());
    assert!(level(&settings, Code::OtherLanguage, own).is_some());
}

#[test]
fn soft_wording_and_figures_are_raised_by_their_own_name_only() {
    use Severity::{Error, Note, Warning};
    let (soft, figure) =
        (|| Code::Soft("sla-metrics".into()), || Code::Position("sla-metrics".into(), "target".into()));
    let broad = settings_of("broad", "[levels]\nsla-metrics = \"error\"\n");
    assert_eq!(level(&broad, soft(), Note), Some(Note));
    assert_eq!(level(&broad, figure(), Note), Some(Note));
    assert_eq!(level(&settings_of("own", "[levels]\nsoft = \"error\"\n"), soft(), Note), Some(Error));
    let lowered = settings_of("lowered", "[levels]\nall = \"note\"\n");
    assert_eq!(level(&lowered, figure(), Warning), Some(Note));
    let mut rules = RuleSet::builtin();
    settings::tune(&settings_of("figure", "[levels]\n\"sla-metrics.target\" = \"error\"\n"), &mut rules);
    assert_eq!(position(&rules, "sla-metrics", "target").level, Some(Error), "of what is not acceptable");
}

fn position<'a>(rules: &'a RuleSet, clause: &str, element: &str) -> &'a clauselint::rule::Position {
    let rule = rules.get(clause).expect("the clause");
    let element = &rule.elements[rule.element(element).expect("the element")];
    element.position.as_ref().expect("its figure")
}

#[test]
fn thresholds_go_over_those_of_the_rules() {
    let mut rules = RuleSet::builtin();
    let toml = "[thresholds]\nminimum-availability = \"99.95%\"\nmaximum-incident-notice = \"<= 48 hours\"\n\
                \"exit-transition.period\" = { fallback = \"9 months\" }\n";
    settings::tune(&settings_of("thresholds", toml), &mut rules);
    let tiers = |clause: &str, element: &str| {
        let of = position(&rules, clause, element);
        (of.preferred.words(), of.fallback.words(), of.level)
    };
    let (warning, same) = (Some(Severity::Warning), "at least 99.95%".to_owned());
    assert_eq!(tiers("sla-metrics", "target"), (same.clone(), same, warning));
    let hours = "at most 48 hours".to_owned();
    assert_eq!(tiers("security-incident-notification", "clock"), (hours.clone(), hours, warning));
    let months = |count: u32| format!("at least {count} months");
    assert_eq!(tiers("exit-transition", "period"), (months(12), months(9), warning));
    assert!(position(&rules, "exit-transition", "period").wording.is_empty(), "it proposes another figure");
}

#[test]
fn an_ignored_element_no_longer_lacks() {
    let mut rules = RuleSet::builtin();
    let before = rules.get("exit-transition").expect("the clause").strong.clone();
    let toml = "ignore = [\"exit-transition.period\"]\n[levels]\n\"exit-transition.handover\" = \"error\"\n";
    settings::tune(&settings_of("excused", toml), &mut rules);
    let rule = rules.get("exit-transition").expect("the clause");
    let (period, handover) = (rule.element("period"), rule.element("handover"));
    assert!(before.elements().contains(&period.expect("it")));
    assert!(!rule.strong.elements().contains(&period.expect("it")));
    assert_eq!(rule.elements[handover.expect("it")].level, Some(Severity::Error));
}

/// What a contract with a weak step-in clause, which lacks cooperation and a price, comes to.
fn weak_step_in(name: &str, toml: &str) -> Vec<(Severity, String)> {
    let rule = fs::read_to_string("fixtures/rules/step-in.toml").expect("it is there");
    let (mut rules, wrong) = RuleSet::load(&mut Sources::new(), vec![("rules/step-in.toml".into(), rule)]);
    assert!(wrong.is_empty(), "{wrong:?}");
    let (project, wrong) = one(name, toml);
    assert!(wrong.is_empty() && project.check_names(&rules).is_empty(), "{wrong:?}");
    let settings = project.for_file(&project.path().with_file_name("msa.md"));
    settings::tune(&settings, &mut rules);
    let mut asked = rules.asked("nda", Side::Customer).expect("the profile");
    asked.demands.clear();
    settings::adjust(&settings, &mut asked, &rules);
    let text = "The Customer may step in and perform the affected Services if the Supplier fails to do so.";
    let mut sources = Sources::new();
    let file = sources.add("msa.md", text);
    let file = sources.get(file).expect("it was added").clone();
    let given = Given { customer: vec!["Customer".into()], supplier: vec!["Supplier".into()] };
    let coverage = assess::read(&file, &given, &rules, &mut Workspace::default()).coverage;
    let findings = triage::apply(lint::lint(&sources, &coverage, &rules, &asked), &settings, &rules);
    findings.into_iter().map(|finding| (finding.severity, finding.message)).collect()
}

#[test]
fn a_finding_bears_the_level_of_the_worst_element_that_lacks() {
    let weak = |more: &str, name: &str| {
        weak_step_in(name, &format!("{more}\n[levels]\nweak-step-in = \"warning\"\n"))
    };
    let both = weak("", "step-in");
    assert_eq!(both.len(), 1);
    assert_eq!(both[0].0, Severity::Warning);
    let headline = both[0].1.clone();
    let excused = weak("ignore = [\"step-in.cost\"]", "step-in-excused");
    assert_eq!(excused.len(), 1);
    assert!(excused[0].1.len() < headline.len(), "{excused:?} against {headline}");
    assert!(weak("ignore = [\"step-in.cost\", \"step-in.cooperation\"]", "step-in-strong").is_empty());
    let raised = "[levels]\nweak-step-in = \"note\"\n\"step-in.cost\" = \"error\"\n";
    assert_eq!(weak_step_in("step-in-raised", raised), [(Severity::Error, headline)]);
}

#[test]
fn a_clause_with_a_level_of_its_own_is_asked_for_and_an_unwanted_one_is_not() {
    let rules = RuleSet::builtin();
    let at = |id: &str| rules.rules.iter().position(|rule| rule.id == id).expect("the rule");
    let asked = |toml: &str, name: &str| {
        let mut asked = rules.asked("nda", Side::Customer).expect("the profile");
        settings::adjust(&settings_of(name, toml), &mut asked, &rules);
        asked
    };
    let demand = |asked: &clauselint::rule::Asked, id: &str| {
        asked.demands.iter().find(|demand| demand.rules.contains(&at(id))).cloned()
    };
    let plain = asked("", "asked-plain");
    assert!(demand(&plain, "insurance").is_none() && demand(&plain, "confidentiality").is_some());
    let more = asked(
        "ignore = [\"confidentiality\"]\n[levels]\ninsurance = \"error\"\nweak-benchmarking = \"note\"\n\
         \"group:people\" = \"error\"\n",
        "asked-more",
    );
    let insurance = demand(&more, "insurance").expect("asked for");
    assert_eq!((insurance.missing, insurance.weak), (Some(Severity::Error), Some(Severity::Error)));
    let benchmarking = demand(&more, "benchmarking").expect("asked for");
    assert_eq!((benchmarking.missing, benchmarking.weak), (None, Some(Severity::Note)));
    assert!(demand(&more, "confidentiality").is_none(), "ignored");
    assert!(demand(&more, "non-solicitation").is_none(), "a group turns nothing on");
}
