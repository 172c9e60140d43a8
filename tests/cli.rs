//! The program as a user runs it: whole outputs, exit codes, and every kind of input that must
//! never pass in silence.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod program;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use program::{code, command, err, out, run};

const WEAK: &str = "fixtures/contracts/lakeside-support.md";
const STRONG: &str = "fixtures/contracts/harbour-msa.md";

/// A folder of this test's own with these files.
fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    for (file, bytes) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::write(path, bytes).expect("the file can be written");
    }
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

fn piped(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = command(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("standard input is a pipe").write_all(input).expect("it reads");
    child.wait_with_output().expect("the program ends")
}

#[test]
fn a_weak_contract() {
    let output = run(&["check", WEAK]);
    assert_eq!(code(&output), 1);
    assert_eq!(err(&output), "");
    insta::assert_snapshot!(out(&output));
}

#[test]
fn a_contract_in_place_of_a_command() {
    let output = run(&[WEAK]);
    assert_eq!(code(&output), 2);
    assert!(
        err(&output)
            .contains("tip: to check it, write `clauselint check fixtures/contracts/lakeside-support.md`")
    );
    let output = run(&["chekc"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("'check'") && !err(&output).contains("to check it"));
}

#[test]
fn a_strong_contract_is_clean() {
    let output = run(&["check", STRONG]);
    insta::assert_snapshot!(format!(
        "exit {}\n--- out\n{}--- err\n{}",
        code(&output),
        out(&output),
        err(&output)
    ));
}

#[test]
fn coverage_tables() {
    insta::assert_snapshot!(out(&run(&["coverage", "fixtures/contracts"])));
}

#[test]
fn every_run_ends_with_what_was_assessed() {
    let output = run(&["check", "fixtures/contracts"]);
    let text = out(&output);
    let last = text.lines().last().expect("there is a last line");
    assert!(last.starts_with("4 contracts, "), "{last}");
    assert!(last.contains(" clauses read, ") && last.contains(" rules: "), "{last}");
}

#[test]
fn the_level_that_fails_a_run_can_be_chosen() {
    let with = |level: &str| code(&run(&["check", "--fail-on", level, WEAK]));
    assert_eq!((with("error"), with("warning"), with("note"), with("never")), (1, 1, 1, 0));
    assert_eq!(code(&run(&["check", "--fail-on", "fatal", WEAK])), 2);
}

#[test]
fn input_that_is_no_text_is_named_and_the_rest_is_read() {
    let good = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(STRONG)).expect("the fixture is there");
    let wide: Vec<u8> = "Services Agreement".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let wide_with_mark: Vec<u8> = [0xff, 0xfe].into_iter().chain(wide.iter().copied()).collect();
    let folder = folder(
        "no-text",
        &[
            ("binary.md", b"PK\0\x01\x02"),
            ("blank.md", b" \n\t\r\n"),
            ("empty.md", b""),
            ("good.md", &good),
            ("latin-1.md", b"# Agreement\n\nThe caf\xe9 shall pay.\n"),
            ("paper.md", b"%PDF-1.7\n%\xe2\xe3"),
            ("utf-16-bare.md", &wide),
            ("utf-16.md", &wide_with_mark),
        ],
    );
    let path = folder.to_string_lossy().into_owned();
    let output = run(&["check", "--fail-on", "never", &path]);
    assert_eq!(code(&output), 2);
    assert!(out(&output).contains("1 contract, "), "the good file is still read:\n{}", out(&output));
    insta::assert_snapshot!(err(&output).replace(&format!("{path}/"), ""));
}

#[test]
fn paths_that_hold_nothing() {
    let folder = folder(
        "nothing",
        &[
            ("notes.txt", b"x"),
            (".hidden.md", b"# Agreement"),
            ("ignored.md", b"# A"),
            (".gitignore", b"ignored.md\n"),
        ],
    );
    let path = folder.to_string_lossy().into_owned();
    let missing = folder.join("absent.md").to_string_lossy().into_owned();
    let output = run(&["check", &path, &missing, STRONG]);
    assert_eq!(code(&output), 2);
    assert!(out(&output).contains("1 contract, "), "{}", out(&output));
    insta::assert_snapshot!(err(&output).replace(&format!("{path}/"), "").replace(&path, "FOLDER"));
}

#[cfg(unix)]
#[test]
fn a_file_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder("forbidden", &[("secret.md", b"# Agreement\n")]);
    let file = folder.join("secret.md");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).expect("permissions can be set");
    let refused = fs::read(&file).is_err();
    let output = run(&["check", &file.to_string_lossy()]);
    // The superuser may read everything.
    if refused {
        assert_eq!(code(&output), 2);
        assert!(err(&output).contains("permission denied"), "{}", err(&output));
    }
}

#[test]
fn a_file_named_twice_is_read_once() {
    let output = run(&["check", STRONG, "fixtures/contracts", "./fixtures/contracts/harbour-msa.md"]);
    assert!(out(&output).contains("4 contracts, "), "{}", out(&output));
}

#[test]
fn standard_input_is_a_contract_like_any_other() {
    let text = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(WEAK)).expect("the fixture is there");
    let output = piped(&["check", "-"], &text);
    let named = out(&run(&["check", WEAK]));
    assert_eq!(out(&output), named.replace(WEAK, "-"));
    assert_eq!(code(&piped(&["check", "-"], b"")), 2);
}

#[test]
fn a_text_that_is_no_contract_gets_one_note() {
    let folder = folder(
        "readme",
        &[(
            "README.md",
            b"# Frobnicator\n\nA small library that sorts things.\n\n## Install\n\nRun the installer.\n",
        )],
    );
    let path = folder.join("README.md").to_string_lossy().into_owned();
    let output = run(&["check", "--format", "json", &path]);
    assert_eq!(code(&output), 0);
    let report: serde_json::Value = serde_json::from_str(&out(&output)).expect("it is JSON");
    let codes: Vec<serde_json::Value> =
        findings(&report).iter().map(|finding| finding["code"].clone()).collect();
    assert_eq!(codes, ["not-a-contract"]);
    let table = out(&run(&["coverage", &path]));
    assert!(table.contains("README.md · left out: no title of a contract"), "{table}");
    assert!(table.ends_with("0 rules: 0 strong, 0 weak, 0 missing; 1 file left out\n"), "{table}");
    let insisted = run(&["check", "--profile", "outsourcing", &path]);
    assert_eq!(code(&insisted), 1);
    assert!(out(&insisted).contains("7 errors"), "{}", out(&insisted));
}

#[test]
fn a_folder_of_other_papers_does_not_pass_for_a_clean_one() {
    let readme = b"# Frobnicator\n\nA small library that sorts things.\n".as_slice();
    let good = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(STRONG)).expect("the fixture is there");
    let alone = folder("other-papers", &[("README.md", readme), ("docs/guide.md", readme)]);
    let path = alone.to_string_lossy().into_owned();
    let output = run(&["check", &path, STRONG]);
    assert_eq!(code(&output), 2);
    assert!(out(&output).contains("1 contract clean; 2 files left out"), "{}", out(&output));
    let said = format!("no contract in {path}: none of the 2 Markdown files in it is a contract");
    assert!(err(&output).contains(&said), "{}", err(&output));

    let mixed = folder("papers-and-contract", &[("README.md", readme), ("msa.md", &good)]);
    let output = run(&["check", &mixed.to_string_lossy()]);
    assert_eq!((code(&output), err(&output)), (0, String::new()));
    let insisted = out(&run(&["check", "--profile", "outsourcing", &mixed.to_string_lossy()]));
    assert!(insisted.contains("--profile holds for files that are named one by one"), "{insisted}");
    let named = mixed.join("README.md").to_string_lossy().into_owned();
    assert!(!out(&run(&["check", "--profile", "outsourcing", &named])).contains("not-a-contract"));
}

#[cfg(unix)]
#[test]
fn links_that_lead_nowhere_or_round_are_no_trap() {
    let folder = folder("links", &[]);
    std::os::unix::fs::symlink("nowhere.md", folder.join("dangling.md")).expect("links can be made");
    std::os::unix::fs::symlink(".", folder.join("again")).expect("links can be made");
    let output = run(&["check", &folder.to_string_lossy(), STRONG]);
    assert_eq!(code(&output), 2);
    assert_eq!(err(&output).matches("error[").count(), 1, "{}", err(&output));
    assert!(err(&output).contains("no such file") && err(&output).contains("dangling.md"));
}

#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_read_is_told_once() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = folder("locked", &[("a.md", b"# Agreement\n")]);
    let path = folder.to_string_lossy().into_owned();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o000)).expect("permissions can be set");
    let refused = fs::read_dir(&folder).is_err();
    let output = run(&["check", &path]);
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("permissions can be set");
    // The superuser may read everything.
    if refused {
        let said = format!("error[unreadable]: the folder {path} may not be read: permission denied\n\n");
        assert_eq!((code(&output), err(&output)), (2, said));
    }
}

fn findings(report: &serde_json::Value) -> Vec<serde_json::Value> {
    report["findings"].as_array().cloned().unwrap_or_default()
}

#[test]
fn broken_rules_are_shown_with_their_place_and_the_others_work() {
    let folder = folder(
        "rules",
        &[("house/step-in.toml", b"title = \"Step-in\"\n\n[element.right]\nany = ['''@customer +s step in''']\n\n[strength]\npresent = \"right\"\nstrong = \"right and notce\"\n")],
    );
    let path = folder.to_string_lossy().into_owned();
    let output = run(&["check", "--rules", &path, STRONG]);
    assert_eq!(code(&output), 2);
    assert!(out(&output).contains("1 contract, "), "{}", out(&output));
    insta::assert_snapshot!(err(&output).replace(&format!("{path}/"), ""));
    let nowhere = run(&["check", "--rules", "no/such/folder", STRONG]);
    assert_eq!(code(&nowhere), 2);
    assert_eq!(err(&nowhere), "error[rule-file]: no such folder: no/such/folder\n\n");
}

#[test]
fn rules_of_ones_own_join_the_built_in_ones() {
    let list = out(&run(&["rules", "list", "--rules", "fixtures/rules"]));
    assert!(list.contains("step-in") && list.contains("exit-transition"), "{list}");
    assert_eq!(code(&run(&["rules", "test"])), 0);
    assert_eq!(code(&run(&["rules", "test", "fixtures/rules"])), 0);
}

#[test]
fn only_the_rules_that_were_named_are_tested() {
    let empty = folder("no-rules", &[]);
    let output = run(&["rules", "test", &empty.to_string_lossy()]);
    assert_eq!(
        (code(&output), out(&output)),
        (2, "0 rules, 0 examples: 0 as expected, 0 noisy, 0 missed, 0 elsewhere\n".to_owned())
    );
    let words = include_bytes!("../clause-rules/vocabulary.toml");
    let vocabulary = folder("only-vocabulary", &[("vocabulary.toml", words)]);
    let output = run(&["rules", "test", &vocabulary.to_string_lossy()]);
    assert_eq!(code(&output), 0);
    assert_eq!(out(&output), out(&run(&["rules", "test"])), "a vocabulary is tried on the built-in rules");
}

#[test]
fn the_list_of_rules_shows_the_levels_in_each_profile() {
    let list = out(&run(&["rules", "list"]));
    let heads = list.lines().next().unwrap_or_default();
    let place = |name: &str| heads.find(name).unwrap_or_else(|| panic!("{name} in {heads}"));
    let row = list.lines().find(|line| line.starts_with("exit-transition ")).expect("a row a rule");
    assert!(row[place("outsourcing")..].starts_with("E/W "), "{row}");
    assert!(row[place("nda")..].starts_with("    "), "{row}");
    assert!(list.contains(" rules, 7 profiles\n"), "{list}");
    let supplier = out(&run(&["rules", "list", "--for", "supplier"]));
    let row = supplier.lines().find(|line| line.starts_with("exit-transition ")).expect("a row a rule");
    assert!(row[place("outsourcing")..].starts_with("    "), "{row}");
}

#[test]
fn json_coverage_holds_every_clause_and_says_which_are_asked_for() {
    let clauses = |more: &[&str]| -> Vec<(String, bool)> {
        let paper = "fixtures/papers/service-levels.md";
        let output = run(&[&["coverage", "--format", "json", paper], more].concat());
        let report: serde_json::Value = serde_json::from_str(&out(&output)).expect("it is JSON");
        let list = report["contracts"][0]["clauses"].as_array().cloned().expect("clauses");
        let read = |one: &serde_json::Value| {
            (one["id"].as_str().unwrap_or_default().to_owned(), one["asked"] == serde_json::Value::Bool(true))
        };
        list.iter().map(read).collect()
    };
    let (every, named, all) = (clauses(&[]), clauses(&["--profile", "sla"]), clauses(&["--profile", "all"]));
    assert!(every.contains(&("sla-metrics".to_owned(), true)), "{every:?}");
    assert!(every.contains(&("exit-transition".to_owned(), false)), "{every:?}");
    let asked: Vec<&(String, bool)> = every.iter().take_while(|(_, asked)| *asked).collect();
    assert_eq!(asked, named.iter().collect::<Vec<_>>(), "those that are asked for come first");
    assert!(every.iter().skip(asked.len()).all(|(_, asked)| !asked), "{every:?}");
    assert_eq!(every.len(), all.len());
    assert!(all.iter().all(|(_, asked)| *asked), "{all:?}");
}

#[test]
fn a_report_says_which_profile_was_taken_and_why() {
    const SLA: &str = "fixtures/papers/service-levels.md";
    let line = " · profile sla (its title says \"service levels\")\n";
    assert!(out(&run(&["check", SLA])).contains(line), "{}", out(&run(&["check", SLA])));
    assert!(out(&run(&["coverage", SLA])).contains("· profile sla (its title says"));
    for (profile, clauses) in [("sla", false), ("all", true)] {
        for command in ["check", "coverage"] {
            let output = run(&[command, "--format", "json", "--profile", profile, "--for", "supplier", SLA]);
            let report: serde_json::Value = serde_json::from_str(&out(&output)).expect("it is JSON");
            let contract = &report["contracts"][0];
            assert_eq!(report["for"], "supplier");
            assert_eq!(contract["paper"]["kind"], "service level agreement");
            assert_eq!(contract["profile"]["name"], profile);
            assert_eq!(contract["profile"]["reason"], "as asked for");
            if let Some(list) = contract["clauses"].as_array() {
                assert_eq!(list.iter().any(|clause| clause["id"] == "exit-transition"), clauses);
            }
        }
    }
}

#[test]
fn a_profile_that_does_not_exist_is_a_mistake_and_no_report() {
    let output = run(&["check", "--profile", "slaa", STRONG]);
    assert_eq!(code(&output), 2);
    assert_eq!(err(&output), "error[usage]: no profile is called slaa\n = help: did you mean sla?\n\n");
    assert!(!out(&output).contains("clean"), "{}", out(&output));
    assert_eq!(code(&run(&["check", "--for", "vendor", STRONG])), 2);
}

#[test]
fn a_rule_that_fails_its_own_examples_is_told() {
    let rule = "title = \"Step-in\"\nsummary = \"s\"\n\n[element.right]\nany = ['''@customer +s \"step in\"''']\n\n\
        [strength]\npresent = \"right\"\nstrong = \"right\"\n\n\
        [[example]]\nstatus = \"strong\"\ntext = \"The Customer may take over the Services.\"\n\n\
        [[example]]\nstatus = \"missing\"\ntext = \"The Customer may step in.\"\n";
    let folder = folder("failing-rule", &[("step-in.toml", rule.as_bytes())]);
    let output = run(&["rules", "test", &folder.to_string_lossy()]);
    assert_eq!(code(&output), 1);
    insta::assert_snapshot!(out(&output).replace(&format!("{}/", folder.display()), ""));
}

#[test]
fn a_query_prints_places_and_marks_the_words() {
    let output = run(&["query", "@supplier /s indemnif!", STRONG]);
    assert_eq!(code(&output), 0);
    insta::assert_snapshot!(out(&output));
    let counted = run(&["query", "--count", "@supplier /s indemnif!", STRONG]);
    let lines = out(&output).lines().count();
    assert_eq!(out(&counted), format!("{STRONG}: {lines}\n"));
    let none = run(&["query", "marzipan", STRONG]);
    assert_eq!((code(&none), out(&none)), (1, String::new()));
    assert_eq!(
        err(&none),
        "no match in 1 file; a word stands for itself and its plural, `pay!` for every word that begins so\n"
    );
    let json = run(&["query", "--format", "json", "marzipan", STRONG]);
    assert_eq!((code(&json), err(&json)), (1, String::new()));
}

#[test]
fn a_broken_pattern_is_shown_with_its_place() {
    let output = run(&["query", "@customer +s step in", STRONG]);
    assert_eq!(code(&output), 2);
    assert_eq!(out(&output), "");
    insta::assert_snapshot!(err(&output));
}

#[test]
fn explain_prints_pages() {
    let step_in = ["explain", "--rules", "fixtures/rules", "step-in"];
    let page = out(&run(&step_in));
    insta::assert_snapshot!("explain_rule", page);
    let whole = out(&run(&[&step_in[..], &["--patterns"]].concat()));
    insta::assert_snapshot!("explain_rule_with_patterns", whole);
    let built_in = out(&run(&["explain", "exit-transition"]));
    let told = " more texts without the clause:\n  clauselint explain exit-transition --patterns\n";
    assert!(built_in.ends_with(told), "{built_in}");
    assert!(built_in.lines().count() < 200, "a page that a person would print: {built_in}");
    insta::assert_snapshot!("explain_parties", out(&run(&["explain", "--parties", STRONG])));
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(STRONG)).expect("it is there");
    let line = text.lines().position(|line| line.starts_with("9.1 ")).expect("there is a clause 9.1") + 1;
    let view = out(&run(&["explain", &format!("{STRONG}:{line}")]));
    assert!(view.contains("exit-transition\n") && view.contains("shows `assistance`"), "{view}");
    let blank = out(&run(&["explain", &format!("{STRONG}:{}", line + 1)]));
    assert!(blank.ends_with("\nthis line is blank\n"), "{blank}");
    assert_eq!(code(&run(&["explain", "--parties", "fixtures/contracts"])), 2, "a folder is no file");
}

#[test]
fn explain_says_that_a_duty_is_negated_for_every_element_that_minds() {
    for (negation, minds) in [("void", true), ("strict", true), ("keep", false)] {
        let rule = format!(
            "title = \"Step-in\"\nwhy = \"w\"\n\n[element.help]\nany = ['''transition +1 help''']\nnegation = \"{negation}\"\n\n\
             [strength]\npresent = \"help\"\nstrong = \"help\"\n"
        );
        let text = b"# Services Agreement\n\n1. The Supplier shall not be obliged to give transition help.\n";
        let folder = folder(
            &format!("negation-{negation}"),
            &[("rules/step-in.toml", rule.as_bytes()), ("msa.md", text.as_slice())],
        );
        let at = |name: &str| folder.join(name).to_string_lossy().into_owned();
        let view = out(&run(&["explain", "--rules", &at("rules"), &format!("{}:3", at("msa.md"))]));
        assert!(view.contains("step-in\n"), "{negation}: {view}");
        assert_eq!(view.contains("matches `help`, but the duty is negated"), minds, "{negation}: {view}");
    }
}

#[test]
fn explain_tells_what_the_line_speaks_for_first_and_what_a_title_leaves_out() {
    let text = "# Support Agreement between Marlow Clinics (\"Customer\") and Helix Studio Ltd (\"Supplier\")\n\n\
                ## Services not covered\n\n- Training sessions held by our staff\n\n\
                ## Losses\n\nThe Supplier shall indemnify the Customer and each indemnified party against losses, damages and the indemnifying of others.\n";
    let folder = folder("explain-order", &[("a.md", text.as_bytes())]);
    let at = |line: usize| format!("{}:{line}", folder.join("a.md").display());
    let left_out = out(&run(&["explain", "--no-config", &at(5)]));
    assert!(left_out.contains("but the title over it leaves it out"), "{left_out}");
    let view = out(&run(&["explain", "--no-config", &at(9)]));
    let clauses: Vec<&str> =
        view.lines().skip_while(|line| !line.is_empty()).filter(|line| !line.starts_with(' ')).collect();
    let first = clauses.iter().position(|line| *line == "indemnities").expect("it speaks of it");
    let aside = clauses.iter().position(|line| *line == "liability-cap");
    assert!(aside.is_none_or(|aside| first < aside), "{view}");
    assert!(view.contains("and 2 more"), "{view}");
}

#[test]
fn explain_shows_the_words_that_void_a_match() {
    let rule = "title = \"Step-in\"\nwhy = \"w\"\n\n[element.help]\nany = ['''transition +1 help''']\nunless = ['''invoic!''']\n\n\
                [strength]\npresent = \"help\"\nstrong = \"help\"\n";
    let text = "# Services Agreement\n\n1. The Supplier shall give transition help after invoicing.\n";
    let folder = folder("void", &[("rules/step-in.toml", rule.as_bytes()), ("msa.md", text.as_bytes())]);
    let at = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let view = out(&run(&["explain", "--rules", &at("rules"), &format!("{}:3", at("msa.md"))]));
    assert!(
        view.contains("matches `help`, but its sentence speaks of something else (\"invoicing\")"),
        "{view}"
    );
}

#[test]
fn explain_says_what_it_cannot_find() {
    for (subject, said) in [
        ("exit-strategy", "no rule is called exit-strategy"),
        ("fixtures/contracts/harbour-msa.md:9999", "has no line 9999"),
        ("absent.md:3", "no such file"),
        ("fixtures/contracts/harbour-msa.md:0", "there is no line 0 in fixtures/contracts/harbour-msa.md"),
        ("fixtures/contracts/harbour-msa.md", "harbour-msa.md is no rule, and as a file it lacks a line"),
        ("fixtures/contracts:3", "fixtures/contracts is a folder"),
    ] {
        let output = run(&["explain", subject]);
        assert_eq!(code(&output), 2, "{subject}");
        assert!(err(&output).contains(said), "{}", err(&output));
    }
    let near = err(&run(&["explain", "exit-transitoin"]));
    assert!(near.contains("did you mean exit-transition?") && !near.contains("the rules are"), "{near}");
}

#[test]
fn every_code_that_is_printed_has_a_page() {
    for code_of in
        ["missing-exit-transition", "one-sided-step-in-rights", "position-sla-metrics.target", "numbering"]
    {
        assert_eq!(code(&run(&["explain", code_of])), 0, "{code_of}");
    }
    for own in clauselint::render::own::CODES {
        let output = run(&["explain", &own.to_string()]);
        assert_eq!(code(&output), 0, "{own}: {}", err(&output));
        assert!(out(&output).starts_with(&format!("{own} · ")), "{}", out(&output));
    }
    insta::assert_snapshot!(out(&run(&["explain", "waiver"])));
}

#[test]
fn json_is_as_its_schema_says() {
    let folder = folder("json", &[("bad.md", b"caf\xe9")]);
    let bad = folder.to_string_lossy().into_owned();
    for (name, arguments) in [
        ("check", vec!["check", "--format", "json", "fixtures/contracts", &bad]),
        ("coverage", vec!["coverage", "--format", "json", "fixtures/contracts"]),
        ("query", vec!["query", "--format", "json", "@supplier", STRONG]),
    ] {
        let schema: serde_json::Value =
            serde_json::from_str(&out(&run(&["schema", name]))).expect("the schema is JSON");
        let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
        let report: serde_json::Value = serde_json::from_str(&out(&run(&arguments))).expect("it is JSON");
        let wrong: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{name}: {}", wrong.join("\n"));
        assert_eq!(report["version"], 1);
        assert!(!validator.is_valid(&serde_json::json!({"version": 1})), "the schema asks for something");
    }
    for name in ["rule", "extension", "pack", "profile", "proofreading", "vocabulary"] {
        let schema: serde_json::Value =
            serde_json::from_str(&out(&run(&["schema", name]))).expect("the schema is JSON");
        assert!(schema["properties"].is_object(), "{name}");
    }
}

#[test]
fn messages_are_lower_case_without_a_full_stop() {
    let report: serde_json::Value =
        serde_json::from_str(&out(&run(&["check", "--format", "json", "fixtures/contracts"]))).expect("JSON");
    let found = findings(&report);
    assert!(!found.is_empty());
    for finding in found {
        let labels = finding["labels"].as_array().cloned().unwrap_or_default();
        let of_labels = labels.iter().map(|label| &label["message"]);
        let texts = ["message", "notes", "help"].iter().flat_map(|key| match &finding[*key] {
            serde_json::Value::Array(texts) => texts.iter().collect(),
            text => vec![text],
        });
        for text in texts.chain(of_labels).filter_map(serde_json::Value::as_str) {
            assert!(!text.ends_with('.'), "{text}");
            let mut letters = text.chars();
            let capital = letters.next().is_some_and(char::is_uppercase);
            // "SLA" and "IP" are capitals all through.
            assert!(!capital || letters.next().is_some_and(char::is_uppercase), "{text}");
        }
    }
}

#[test]
fn places_in_json_point_at_the_words() {
    let report: serde_json::Value =
        serde_json::from_str(&out(&run(&["coverage", "--format", "json", STRONG]))).expect("it is JSON");
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(STRONG)).expect("it is there");
    let mut seen = 0;
    for clause in report["contracts"][0]["clauses"].as_array().expect("clauses") {
        for element in clause["elements"].as_array().expect("elements") {
            for evidence in element["evidence"].as_array().expect("evidence") {
                let number = |end: &str, key: &str| {
                    usize::try_from(evidence[end][key].as_u64().expect("a number")).expect("it fits")
                };
                let words = &text[number("start", "offset")..number("end", "offset")];
                assert_eq!(evidence["text"], words);
                let line = text.lines().nth(number("start", "line") - 1).expect("the line is there");
                let from_column: String = line.chars().skip(number("start", "column") - 1).collect();
                let first_line = words.lines().next().unwrap_or("");
                assert!(from_column.starts_with(first_line), "{first_line}");
                seen += 1;
            }
        }
    }
    assert!(seen > 10, "a strong contract has proof: {seen}");
}

#[test]
fn colours_are_for_terminals_and_for_those_who_ask() {
    let coloured = |arguments: &[&str], no_color: &str| {
        let mut command = command(arguments);
        if !no_color.is_empty() {
            command.env("NO_COLOR", no_color);
        }
        out(&command.output().expect("the program runs")).contains('\u{1b}')
    };
    assert!(!coloured(&["check", WEAK], ""), "a pipe is no terminal");
    assert!(coloured(&["check", "--color", "always", WEAK], ""));
    assert!(coloured(&["check", "--color", "always", WEAK], "1"), "asked for is asked for");
    assert!(!coloured(&["check", "--color", "never", WEAK], ""));
}

#[test]
fn a_reader_that_goes_away_is_no_mistake() {
    let mut child = command(&["query", "the or a or of", "fixtures/contracts"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the program ends");
    assert_eq!(err(&output), "");
    assert_eq!(code(&output), 0);
}

#[test]
fn text_of_a_contract_never_steers_the_terminal() {
    let nasty = "# Services Agreement\n\nThis agreement is between Acme Ltd (the \"Customer\") and \u{1b}[31mInitech Ltd (the \
        \"Supplier\").\n\n1. The Supplier \u{202e}shall\u{7} perform the services\u{1b}]0;owned\u{7}.\n\n2. The Customer shall pay. \
        This agreement is governed by the laws\u{9b}2J of England.\n";
    let folder = folder("nasty", &[("na\u{1b}[31msty.md", nasty.as_bytes())]);
    let path = folder.to_string_lossy().into_owned();
    for command in ["check", "coverage"] {
        let output = run(&[command, &path]);
        let text = out(&output) + &err(&output);
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
        assert!(!text.contains('\u{202e}'), "{text:?}");
    }
}

#[test]
fn usage_mistakes_go_to_standard_error_with_code_2() {
    for arguments in [&["fix"][..], &["frobnicate"], &["check", "--format", "yaml", WEAK], &["explain"], &[]]
    {
        let output = run(arguments);
        assert_eq!(code(&output), 2, "{arguments:?}");
        assert_eq!(out(&output), "");
        assert!(!err(&output).is_empty());
    }
    assert_eq!(code(&run(&["--help"])), 0);
    assert_eq!(code(&run(&["--version"])), 0);
}

#[test]
fn a_contract_in_another_language_is_noted_and_not_called_empty() {
    let text = "# Dienstleistungsvertrag\n\nzwischen der Nordlicht Versicherung AG („Auftraggeber“) und der \
                Helix Systeme GmbH („Auftragnehmer“)\n\n## 1. Leistungen\n\n1.1 Der Auftragnehmer erbringt für \
                den Auftraggeber die in Anlage 1 beschriebenen Leistungen gegen Zahlung der vereinbarten \
                Vergütung.\n\n## 2. Daten\n\n2.1 Alle Daten gehören dem Auftraggeber. Der Auftragnehmer verwendet \
                sie nur für die Erfüllung dieses Vertrags und gibt sie nach dem Ende des Vertrags binnen 30 Tagen \
                zurück.\n\n## 3. Verfügbarkeit\n\n3.1 Die Plattform ist im Monat zu 99,5 % verfügbar. Wird der Wert \
                verfehlt, mindert sich die monatliche Vergütung um 5 %.\n";
    let output = piped(&["check", "-"], text.as_bytes());
    assert_eq!(code(&output), 0, "{}", out(&output));
    assert!(
        out(&output).contains("note[other-language]: this contract is not in English"),
        "{}",
        out(&output)
    );
    assert!(!out(&output).contains("missing-"), "{}", out(&output));
}
