//! A house's own rules: started by `rules new`, put on built-in ones, tested by their examples.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod program;

use std::fs;
use std::path::{Path, PathBuf};

use program::{code, err, out, run};

fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    for (file, text) in files {
        fs::write(folder.join(file), text).expect("the file can be written");
    }
    folder
}

#[test]
fn a_new_rule_loads_and_passes_its_own_examples() {
    let folder = folder("new-rule", &[]);
    let path = folder.to_string_lossy().into_owned();
    let output = run(&["rules", "new", "monthly-report", "--output", &path]);
    assert_eq!((code(&output), err(&output)), (0, String::new()));
    assert_eq!(out(&output).trim(), folder.join("monthly-report.toml").to_string_lossy());
    let tested = run(&["rules", "test", &path]);
    let said = "1 rule, 3 examples: 3 as expected, 0 noisy, 0 missed, 0 elsewhere\n";
    assert_eq!((code(&tested), err(&tested), out(&tested)), (0, String::new(), said.to_owned()));
    let written = fs::read_to_string(folder.join("monthly-report.toml")).expect("it was written");
    assert_eq!(out(&run(&["rules", "new", "monthly-report"])), written);
    insta::assert_snapshot!("new_rule", written.lines().take(24).collect::<Vec<_>>().join("\n"));
}

#[test]
fn a_file_that_is_there_is_never_overwritten() {
    let folder = folder("new-rule-taken", &[("monthly-report.toml", "# mine\n")]);
    let path = folder.to_string_lossy().into_owned();
    let output = run(&["rules", "new", "monthly-report", "--output", &path]);
    assert_eq!((code(&output), out(&output)), (2, String::new()));
    assert!(err(&output).contains("is there already, and is left as it is"), "{}", err(&output));
    assert_eq!(fs::read_to_string(folder.join("monthly-report.toml")).expect("it is there"), "# mine\n");
    assert_eq!(code(&run(&["rules", "new", "Monthly_Report"])), 2);
}

#[test]
fn a_rule_that_exists_is_started_as_a_change_of_it() {
    let folder = folder("new-change", &[]);
    let path = folder.to_string_lossy().into_owned();
    assert_eq!(code(&run(&["rules", "new", "exit-transition", "--output", &path])), 0);
    let text = fs::read_to_string(folder.join("exit-transition.toml")).expect("it was written");
    assert!(text.contains("extends = \"exit-transition\"") && text.contains("#   assistance "), "{text}");
    let page = |more: &[&str]| {
        let output = run(&[&["explain", "exit-transition", "--patterns"], more].concat());
        assert_eq!((code(&output), err(&output)), (0, String::new()));
        let page = out(&output);
        page.lines().filter(|line| !line.contains("rule file:")).map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(page(&["--rules", &path]), page(&[]), "a change that says nothing changes nothing");
}

#[test]
fn a_house_changes_a_built_in_rule_and_keeps_the_rest() {
    let tested = run(&["rules", "test", "fixtures/changes"]);
    let said = "1 rule, 3 examples: 3 as expected, 0 noisy, 0 missed, 0 elsewhere\n";
    assert_eq!((code(&tested), err(&tested), out(&tested)), (0, String::new(), said.to_owned()));
    let page = |more: &[&str]| out(&run(&[&["explain", "exit-transition", "--patterns"], more].concat()));
    let (before, after) = (page(&[]), page(&["--rules", "fixtures/changes"]));
    assert!(after.contains("strong: assistance and period and handover and staff"), "{after}");
    assert!(after.contains("  outsourcing   missing: warning   weak: error\n"), "in every profile: {after}");
    assert!(after.contains("  rule file: fixtures/changes/exit-with-staff.toml\n"));
    assert!(after.contains("  - Playbook of the purchasing department, chapter 4\n"));
    assert!(after.contains("  staff, near assistance\n    (keep +3 $crew) /s until\n"));
    let kept = |section: &str, page: &str| {
        let start = page.find(section).expect("the section is there");
        page[start..].split("\n\n").next().map(str::to_owned)
    };
    assert_eq!(kept("What goes wrong without it", &after), kept("What goes wrong without it", &before));
    // A strong contract is only weak by the house's measure, and that is an error there.
    let strong = "fixtures/contracts/harbour-msa.md";
    assert_eq!(code(&run(&["check", strong])), 0);
    let checked = run(&["check", "--rules", "fixtures/changes", strong]);
    assert_eq!(code(&checked), 1);
    let headline = "error[weak-exit-transition]: exit and transition clause has no staff at the exit";
    assert!(out(&checked).contains(headline), "{}", out(&checked));
}

#[test]
fn a_change_with_a_mistake_leaves_the_rule_as_it_was() {
    let output = run(&["rules", "list", "--rules", "fixtures/changes-broken"]);
    assert_eq!(code(&output), 2);
    insta::assert_snapshot!("mistakes_of_changes", err(&output));
    let changed =
        out(&run(&["explain", "--rules", "fixtures/changes-broken", "exit-transition", "--patterns"]));
    assert_eq!(changed, out(&run(&["explain", "exit-transition", "--patterns"])));
}

#[test]
fn the_four_outcomes_of_an_example_are_told_apart() {
    let example = |status: &str, more: &str, text: &str| {
        format!(
            "[[example]]\nstatus = \"{status}\"\n{more}\ncustomer = \"Buyer\"\nsupplier = \"Seller\"\ntext = '''{text}'''\n\n"
        )
    };
    let mut rule = String::from(
        "title = \"Parrot\"\nwhy = \"w\"\n\n[element.bird]\nany = ['''parrot''']\n\n[element.cage]\nany = ['''cage''']\n\n\
         [strength]\npresent = \"bird\"\nstrong = \"bird and cage\"\n\n",
    );
    rule +=
        &example("strong", "shows = { bird = \"parrot\" }", "The Seller shall bring a parrot and a cage.");
    rule += &example("missing", "", "The Seller shall not sell a stuffed thing, and paints a parrot.");
    rule += &example("weak", "elements = [\"bird\"]", "The Seller shall bring a macaw.");
    rule += &example(
        "weak",
        "shows = { bird = \"macaw\" }",
        "The Seller shall feed the macaw.\n\nThe Seller shall paint a parrot.",
    );
    rule += &example("strong", "elements = [\"bird\"]", "The Seller shall bring a parrot and a cage.");
    let folder = folder("outcomes", &[("parrot.toml", &rule)]);
    let output = run(&["rules", "test", &folder.to_string_lossy()]);
    assert_eq!(code(&output), 1, "{}", err(&output));
    insta::assert_snapshot!("outcomes", out(&output).replace(&format!("{}/", folder.display()), ""));
}

#[test]
fn the_examples_of_a_houses_check_are_tried_too() {
    let example = |found: &str, text: &str| format!("\n[[example]]\nfound = [{found}]\ntext = \"{text}\"\n");
    let front = "title = \"Numbers\"\nsummary = \"words and figures\"\nlevel = \"off\"\nwhy = \"w\"\nremedy = \"r\"\n";
    let check = front.to_owned()
        + &example("\"ten (15)\"", "1. The Supplier shall answer within ten (15) days.")
        + &example("", "1. The Supplier shall answer within two (3) days.")
        + &example("\"six (9)\"", "1. The Supplier shall answer within six (6) days.")
        + &example("\"six (9)\"", "1. The Supplier shall answer within one (2) days.");
    let folder = folder("check-outcomes", &[]);
    fs::create_dir_all(folder.join("proofread")).expect("the folder can be made");
    fs::write(folder.join("proofread/number-mismatch.toml"), check).expect("the file can be written");
    let output = run(&["rules", "test", &folder.to_string_lossy()]);
    assert_eq!((code(&output), err(&output)), (1, String::new()));
    insta::assert_snapshot!("check_outcomes", out(&output).replace(&format!("{}/", folder.display()), ""));
}

#[test]
fn a_house_sets_the_level_of_a_proofreading_check_and_may_not_invent_one() {
    let data = fs::read_to_string("clause-rules/proofread/number-mismatch.toml").expect("the data is there");
    let paper =
        folder("slip", &[("nda.md", "# Agreement\n\nThe Supplier shall answer within ten (15) days.\n")]);
    let paper = paper.join("nda.md").to_string_lossy().into_owned();
    let told = |rules: &str| out(&run(&["check", "--profile", "nda", "--rules", rules, &paper]));
    let empty = folder("no-level", &[("vocabulary.toml", "[lists]\nours = \"word\"\n")]);
    assert!(told(&empty.to_string_lossy()).contains("error[number-mismatch]"));
    let quiet = folder("quiet", &[]);
    fs::create_dir_all(quiet.join("proofread")).expect("the folder can be made");
    let file = quiet.join("proofread/number-mismatch.toml");
    fs::write(&file, data.replace("level   = \"error\"", "level   = \"off\""))
        .expect("the file can be written");
    assert!(!told(&quiet.to_string_lossy()).contains("number-mismatch"));
    fs::rename(&file, quiet.join("proofread/number-mismatches.toml")).expect("the file can be renamed");
    let output = run(&["check", "--profile", "nda", "--rules", &quiet.to_string_lossy(), &paper]);
    assert_eq!(code(&output), 2);
    let said = err(&output);
    assert!(said.contains("no proofreading check is called number-mismatches"), "{said}");
    assert!(said.contains("did you mean number-mismatch?"), "{said}");
}

#[test]
fn every_proofreading_check_has_a_page_and_a_line_in_the_list() {
    let list = out(&run(&["rules", "list"]));
    for check in ["broken-reference", "number-mismatch", "unused-definition"] {
        assert!(list.lines().any(|line| line.starts_with(check)), "{list}");
        let page = run(&["explain", check]);
        assert_eq!(code(&page), 0);
        assert!(out(&page).contains("What goes wrong with it") && out(&page).contains("nothing is told"));
    }
}
