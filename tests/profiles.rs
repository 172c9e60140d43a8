//! Profiles: which paper is held against which, what each asks for, and mistakes in their files.

#![expect(clippy::expect_used, reason = "a test may stop where its fixture is not as it must be")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use clauselint::facts::PaperKind;
use clauselint::finding::{Finding, Severity};
use clauselint::rule::{RuleSet, SchemaName, Side, schema};
use clauselint::session::{Input, Options, Session};
use clauselint::source::Sources;
use clauselint::triage::Report;

const CORE: [&str; 7] = [
    "breach-penalties",
    "data-ownership",
    "dispute-resolution",
    "exit-transition",
    "ip-licensing",
    "renegotiation",
    "sla-metrics",
];

/// A rule that sees one phrase.
fn rule(title: &str, phrase: &str) -> String {
    format!(
        "title = \"{title}\"\nwhy = \"w\"\nmissing = \"error\"\n\n[element.right]\nany = ['''\"{phrase}\"''']\n\n\
         [strength]\npresent = \"right\"\nstrong = \"right\"\n"
    )
}

fn house(files: &[(&str, &str)]) -> Vec<(String, String)> {
    let rules = [
        ("house/rescue.toml", rule("Rescue", "step in")),
        ("house/deposit.toml", rule("Deposit", "deposit agent")),
    ];
    let rules = rules.into_iter().map(|(path, text)| (path.to_owned(), text));
    rules.chain(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))).collect()
}

/// The findings on a user's profiles, with the words that they underline.
fn mistakes(files: &[(&str, &str)]) -> String {
    let mut sources = Sources::new();
    let (_, findings) = RuleSet::load(&mut sources, house(files));
    let mut out = String::new();
    for finding in findings.iter().filter(|finding| finding.severity == Severity::Error) {
        let span = finding.anchor.span().expect("a mistake in a file has a place");
        let file = sources.get(span.file()).expect("the file was added");
        let (line, words) = (file.position(span.start()).line, file.slice(span));
        let _ =
            writeln!(out, "{}:{line}: {} [{words}] {}", file.path, finding.message, finding.anchor_message);
    }
    out
}

fn check(options: Options, file: &str) -> Report {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures").join(file);
    Session::new(options).check(&[Input::Path(path)])
}

fn on_text(options: Options, text: &str) -> Report {
    Session::new(options).check(&[Input::Bytes("-".to_owned(), text.as_bytes().to_vec())])
}

fn codes(report: &Report) -> Vec<String> {
    report.findings.iter().map(|finding| format!("{} {}", finding.severity, finding.code)).collect()
}

/// A folder with rules and profiles.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    for (path, text) in house(files) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("a folder can be made");
        fs::write(path, text).expect("a file can be written");
    }
    folder
}

#[test]
fn each_paper_is_held_against_its_profile_with_a_reason() {
    for (file, profile, reason) in [
        ("papers/service-levels.md", "sla", "its title says \"service levels\""),
        ("papers/non-disclosure.md", "nda", "it calls itself \"Mutual Non-Disclosure Agreement\""),
        ("papers/personal-data.md", "dpa", "its title says \"data processing\""),
        ("papers/computing.md", "outsourcing", "but nothing speaks of personal data"),
        ("papers/statement-of-work.md", "sow", "its title says \"statement of work\""),
        ("papers/subscription.md", "saas", "its title says \"subscription\""),
        ("papers/master.md", "msa", "its title says \"master services agreement\""),
        ("papers/named-in-front.md", "sla", "its front matter says so"),
        ("contracts/greywater-facilities.md", "outsourcing", "its title says \"agreement\""),
    ] {
        let report = check(Options::default(), file);
        let taken = report.taken.first().expect("it is a contract");
        assert_eq!(taken.profile, profile, "{file}: {}", taken.reason);
        assert!(taken.reason.contains(reason), "{file}: {}", taken.reason);
    }
}

#[test]
fn a_part_of_a_contract_is_not_scolded_for_what_the_contract_says() {
    for file in ["service-levels", "non-disclosure", "personal-data", "statement-of-work"] {
        let report = check(Options::default(), &format!("papers/{file}.md"));
        let loud: Vec<String> =
            codes(&report).into_iter().filter(|code| code.contains("exit") || code.contains("ip-")).collect();
        assert!(loud.is_empty(), "{file}: {loud:?}");
        let asked_for = Options { profile: Some("outsourcing".into()), ..Options::default() };
        let report = check(asked_for, &format!("papers/{file}.md"));
        assert!(
            codes(&report).contains(&"error missing-exit-transition".to_owned()),
            "{file}: {:?}",
            codes(&report)
        );
        assert_eq!(report.taken[0].reason, "as asked for");
    }
}

#[test]
fn a_profile_that_the_front_matter_misspells_is_told_and_the_text_decides() {
    let report = check(Options::default(), "papers/misnamed-in-front.md");
    assert_eq!(report.taken[0].profile, "outsourcing");
    let told: Vec<&Finding> = report.findings.iter().filter(|of| of.message.contains("slaa")).collect();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].severity, told[0].code.to_string()), (Severity::Error, "unknown-profile".to_owned()));
    assert_eq!(told[0].help, ["did you mean sla?"]);
}

#[test]
fn a_key_that_the_front_matter_misspells_is_told() {
    let text = "---\nclauselint:\n  profil: sow\n  packs: [dora]\nhugo:\n  profil: x\n---\n\n\
                # Services Agreement\n\nThe Supplier shall provide the Services to the Customer.\n";
    let session = Session::new(Options::default());
    let report = session.check(&[Input::Bytes("a.md".to_owned(), text.as_bytes().to_vec())]);
    let told: Vec<&Finding> =
        report.findings.iter().filter(|of| of.code.to_string() == "front-matter").collect();
    assert_eq!(told.len(), 2, "{:?}", codes(&report));
    assert_eq!(told[0].message, "the front matter has no key `clauselint.profil`");
    assert_eq!(told[0].help, ["did you mean `clauselint.profile`?"]);
}

#[test]
fn an_unknown_profile_gives_no_report_against_another() {
    let report =
        check(Options { profile: Some("outsorcing".into()), ..Options::default() }, "papers/master.md");
    assert!(report.failed());
    assert!(report.coverages.is_empty() && report.findings.is_empty());
    assert_eq!(report.failures[0].message, "no profile is called outsorcing");
    assert_eq!(report.failures[0].help, ["did you mean outsourcing?"]);
}

#[test]
fn every_kind_of_contract_has_a_profile_of_its_own() {
    let rules = RuleSet::builtin();
    let taken: Vec<&str> = [
        PaperKind::Agreement,
        PaperKind::MasterAgreement,
        PaperKind::Subscription,
        PaperKind::ServiceLevels,
        PaperKind::DataProcessing,
        PaperKind::NonDisclosure,
        PaperKind::StatementOfWork,
    ]
    .into_iter()
    .map(|kind| rules.profile_for(kind).map_or("", |profile| profile.id.as_str()))
    .collect();
    assert_eq!(taken, ["outsourcing", "msa", "saas", "sla", "dpa", "nda", "sow"]);
    assert!(rules.profile_for(PaperKind::NotAContract).is_none());
    for profile in &rules.profiles {
        assert!(
            !profile.title.is_empty() && profile.summary.split_whitespace().count() > 5,
            "{}",
            profile.id
        );
    }
}

#[test]
fn the_core_clauses_are_errors_when_missing_and_warnings_when_weak() {
    let rules = RuleSet::builtin();
    for profile in ["outsourcing", "msa"] {
        let asked = rules.asked(profile, Side::Customer).expect("the profile is there");
        for clause in CORE {
            let at = rules.rules.iter().position(|rule| rule.id == clause).expect("the rule is there");
            let demand = asked.demands.iter().find(|of| of.rules == [at]).expect("it is asked for");
            assert_eq!(
                (demand.missing, demand.weak),
                (Some(Severity::Error), Some(Severity::Warning)),
                "{clause}"
            );
        }
    }
}

/// A user's profile has to name clauses that exist, so the built-in ones are read as if they were one.
#[test]
fn the_built_in_profiles_name_clauses_and_elements_that_exist() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("clause-rules/profiles");
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("the profiles are there") {
        let path = entry.expect("an entry can be read").path();
        let name = path.file_name().expect("a file has a name").to_string_lossy().into_owned();
        files.push((format!("house/profiles/{name}"), fs::read_to_string(&path).expect("a profile")));
    }
    let borrowed: Vec<(&str, &str)> =
        files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert_eq!(mistakes(&borrowed), "");
}

#[test]
fn the_schema_accepts_what_the_loader_accepts() {
    let validator = jsonschema::validator_for(&schema(SchemaName::Profile)).expect("the schema is one");
    let is_valid = |text: &str| {
        let value: serde_json::Value = toml::from_str(text).expect("it is TOML");
        validator.is_valid(&value)
    };
    assert!(is_valid(include_str!("../clause-rules/profiles/outsourcing.toml")));
    assert!(is_valid(include_str!("../clause-rules/profiles/saas.toml")));
    assert!(!is_valid("title = \"House\"\n[[clauses]]\nask = \"exit-transition\"\n"));
    assert!(!is_valid("title = \"House\"\n[[clauses]]\nmissing = \"loud\"\nask = []\n"));
}

#[test]
fn each_mistake_in_a_profile_has_its_place_and_advice() {
    let broken = "title = \"House\"\n\
        papers = [\"service-levels\"]\n\n\
        [[clauses]]\nask = [\"exit-transitoin\", \"rescue or depositt\", \"sla-metrics\"]\n\n\
        [[clauses]]\nask = [\"sla-metrics\"]\n\n\
        [[burden]]\nfor = \"supplier\"\nfound = \"rescue.rihgt\"\nmessage = \"m\"\n";
    insta::assert_snapshot!(mistakes(&[("house/profiles/house.toml", broken)]));
    let form =
        "title = \"House\"\npaper = [\"agreement\"]\n\n[[clauses]]\nfor = \"buyer\"\nask = [\"rescue\"]\n";
    insta::assert_snapshot!(mistakes(&[("house/profiles/house.toml", form)]));
    let first = "title = \"A\"\nextends = \"second\"\n";
    let second = "title = \"B\"\nextends = \"first\"\n";
    let third = "title = \"C\"\nextends = \"outsorcing\"\n";
    let nothing = "title = \"D\"\n";
    insta::assert_snapshot!(mistakes(&[
        ("house/profiles/first.toml", first),
        ("house/profiles/second.toml", second),
        ("house/profiles/third.toml", third),
        ("house/profiles/nothing.toml", nothing),
        ("house/profiles/all.toml", nothing),
        ("house/profiles/House_1.toml", third),
        ("other/profiles/first.toml", nothing),
    ]));
    let claims = "title = \"A\"\nextends = \"sla\"\npapers = [\"agreement\"]\n";
    insta::assert_snapshot!(mistakes(&[("a/profiles/one.toml", claims), ("a/profiles/two.toml", claims)]));
}

#[test]
fn a_users_profile_changes_the_built_in_one_that_it_starts_from() {
    let text = "title = \"Ours\"\nextends = \"outsourcing\"\n\n\
        [[clauses]]\nmissing = \"off\"\nweak = \"off\"\nask = [\"renegotiation\"]\n\n\
        [[clauses]]\nmissing = \"note\"\nask = [\"exit-transition\"]\n";
    let files = house(&[("house/profiles/outsourcing.toml", text)]);
    let (rules, _) = RuleSet::load(&mut Sources::new(), files);
    assert_eq!(rules.profiles.iter().filter(|profile| profile.id == "outsourcing").count(), 1);
    let profile = rules.profile_for(PaperKind::Agreement).expect("it is still for agreements");
    assert_eq!(profile.title, "Ours");
    let asked = rules.asked("outsourcing", Side::Customer).expect("it is there");
    let levels = |id: &str| {
        let at = rules.rules.iter().position(|rule| rule.id == id)?;
        let demand = asked.demands.iter().find(|demand| demand.rules.contains(&at))?;
        Some((demand.missing, demand.weak))
    };
    assert_eq!(levels("renegotiation"), None);
    // The level that the profile leaves out is that of the rule.
    assert_eq!(levels("exit-transition"), Some((Some(Severity::Note), Some(Severity::Warning))));
    assert_eq!(levels("data-ownership"), Some((Some(Severity::Error), Some(Severity::Warning))));
    // What starts from the name starts from the user's.
    let asked = rules.asked("msa", Side::Customer).expect("it is there");
    let named = |id: &str| rules.rules.iter().position(|rule| rule.id == id).expect("the rule is there");
    assert!(!asked.rules().contains(&named("renegotiation")));
}

#[test]
fn a_users_rule_that_no_profile_names_speaks_in_agreements_for_services() {
    let options = || Options { rules: vec![folder("unnamed", &[])], ..Options::default() };
    let missing = "error missing-rescue".to_owned();
    assert!(codes(&check(options(), "papers/master.md")).contains(&missing));
    assert!(!codes(&check(options(), "papers/non-disclosure.md")).contains(&missing));
    let named = "title = \"NDA\"\nextends = \"nda\"\n\n[[clauses]]\nask = [\"rescue\"]\n";
    let options = || Options {
        rules: vec![folder("named", &[("house/profiles/nda.toml", named)])],
        ..Options::default()
    };
    assert!(!codes(&check(options(), "papers/master.md")).contains(&missing));
    assert!(codes(&check(options(), "papers/non-disclosure.md")).contains(&missing));
}

const EITHER: &str = "title = \"House\"\n\n[[clauses]]\nmissing = \"warning\"\nweak = \"note\"\n\
    ask = [\"rescue or deposit\"]\n\n\
    [[burden]]\nfor = \"supplier\"\nfound = \"deposit or rescue.right\"\nmessage = \"the customer may step in\"\n\
    advice = \"ask for a last day\"\n";

const OPENING: &str = "# Services Agreement\n\nThis Agreement is between Harrow Mutual (the \"Customer\") and Pike \
    Systems Ltd (the \"Supplier\").\n\n1. The Supplier shall run the Portal.\n\n";

fn either(side: Side) -> Options {
    let folder = folder(&format!("either-{side:?}"), &[("house/profiles/house.toml", EITHER)]);
    Options { rules: vec![folder], profile: Some("house".into()), side: Some(side), ..Options::default() }
}

#[test]
fn one_of_several_alternatives_is_enough() {
    let report = on_text(either(Side::Customer), OPENING);
    assert_eq!(codes(&report), ["warning missing-rescue"]);
    let notes = report.findings[0].notes.join("\n");
    assert!(notes.contains("one of them is enough: deposit would do as well"), "{notes}");
    for clause in ["2. The Customer may step in.\n", "2. The source code goes to a deposit agent.\n"] {
        assert!(
            codes(&on_text(either(Side::Customer), &format!("{OPENING}{clause}"))).is_empty(),
            "{clause}"
        );
    }
}

#[test]
fn what_weighs_on_the_supplier_is_told_to_the_supplier_alone() {
    let text = format!("{OPENING}2. The Customer may step in.\n");
    let report = on_text(either(Side::Supplier), &text);
    assert_eq!(codes(&report), ["note one-sided-rescue"]);
    let finding = &report.findings[0];
    assert_eq!(
        (finding.message.as_str(), finding.clause_label.as_deref()),
        ("the customer may step in", Some("2"))
    );
    assert_eq!(finding.help, ["ask for a last day"]);
    let span = finding.anchor.span().expect("it has a place");
    assert_eq!(report.sources.get(span.file()).map(|file| file.slice(span)), Some("step in"));
    assert!(codes(&on_text(either(Side::Customer), &text)).is_empty());
}

#[test]
fn a_supplier_is_not_asked_for_what_only_a_customer_wants() {
    let supplier = || Options { side: Some(Side::Supplier), ..Options::default() };
    let told = codes(&check(supplier(), "papers/master.md"));
    for clause in ["breach-penalties", "exit-transition", "data-ownership"] {
        assert!(!told.iter().any(|code| code.ends_with(clause)), "{clause}: {told:?}");
    }
    assert!(told.contains(&"error missing-dispute-resolution".to_owned()), "{told:?}");
    assert!(told.contains(&"warning missing-sla-metrics".to_owned()), "{told:?}");
    let strong = codes(&check(supplier(), "contracts/harbour-msa.md"));
    assert!(strong.contains(&"note one-sided-breach-penalties".to_owned()), "{strong:?}");
    assert!(codes(&check(Options::default(), "contracts/harbour-msa.md")).is_empty());
}

#[test]
fn only_what_is_asked_for_is_evaluated_and_all_asks_for_everything() {
    let of = |profile: &str| {
        let report = check(
            Options { profile: Some(profile.into()), ..Options::default() },
            "papers/service-levels.md",
        );
        let clauses: Vec<String> =
            report.coverages[0].assessments.iter().map(|assessment| assessment.clause.clone()).collect();
        (clauses, report.rules)
    };
    let rules = RuleSet::builtin();
    let (all, count) = of("all");
    assert_eq!((all.len(), count), (rules.rules.len(), rules.rules.len()));
    let (few, count) = of("nda");
    assert_eq!(few.len(), count);
    assert!(!few.iter().any(|clause| CORE.contains(&clause.as_str())), "{few:?}");
}

#[test]
fn the_house_profile_of_the_readme_does_what_the_readme_says() {
    let text = |path: &str| (path.to_owned(), fs::read_to_string(path).expect("the fixture is there"));
    let files = vec![text("fixtures/rules/step-in.toml"), text("fixtures/profiles/outsourcing.toml")];
    let (rules, findings) = RuleSet::load(&mut Sources::new(), files);
    assert!(findings.is_empty(), "{findings:?}");
    let asked = rules.asked("outsourcing", Side::Customer).expect("it is there");
    let missing = |id: &str| {
        let at = rules.rules.iter().position(|rule| rule.id == id)?;
        asked.demands.iter().find(|demand| demand.rules.contains(&at))?.missing
    };
    assert_eq!(missing("renegotiation"), Some(Severity::Note));
    assert_eq!(missing("step-in"), Some(Severity::Error));
    assert_eq!(missing("exit-transition"), Some(Severity::Error));
}
