//! Checklists as a user meets them: items met, weak and missing, their table and their JSON, and
//! packs with mistakes.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod program;
mod scratch;

use std::fs;
use std::path::Path;
use std::process::Output;

use program::{code, err, out, run};
use scratch::folder;

const WEAK: &str = "fixtures/contracts/lakeside-support.md";
const STRONG: &str = "fixtures/contracts/harbour-msa.md";
const HOUSE: [&str; 4] = ["--rules", "fixtures/house", "--pack", "house-exit"];

fn with_house(command: &str, more: &[&str]) -> Output {
    run(&[&[command], &HOUSE[..], more].concat())
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).expect("it is JSON")
}

/// The table of a report, from the line that names the pack to the one that counts its items.
fn table(report: &str) -> &str {
    let at = report.find(" · house-exit · ").expect("there is a table");
    let start = report[..at].rfind('\n').map_or(0, |at| at + 1);
    let counted = report[start..].find(" items: ").expect("the items are counted");
    let end = report[start + counted..].find('\n').map_or(report.len(), |at| start + counted + at);
    &report[start..end]
}

/// The id and the status of each item.
fn standings(pack: &serde_json::Value) -> Vec<(String, String)> {
    let text = |value: &serde_json::Value| value.as_str().expect("a text").to_owned();
    let items = pack["items"].as_array().expect("items");
    items.iter().map(|item| (text(&item["id"]), text(&item["status"]))).collect()
}

#[test]
fn a_check_against_a_pack_reports_item_by_item() {
    let output = with_house("check", &[WEAK]);
    assert_eq!((code(&output), err(&output)), (1, String::new()));
    insta::assert_snapshot!("weak_contract", table(&out(&output)));
    let findings: Vec<String> = out(&output)
        .split("\n\n")
        .filter(|finding| finding.contains("[house-exit/"))
        .map(str::to_owned)
        .collect();
    insta::assert_snapshot!("weak_contract_findings", findings.join("\n\n"));
    insta::assert_snapshot!("strong_contract", table(&out(&with_house("check", &[STRONG]))));
}

#[test]
fn a_part_of_a_pack_can_be_asked_for() {
    let items = |pack: &str| {
        let output =
            run(&["coverage", "--format", "json", "--rules", "fixtures/house", "--pack", pack, STRONG]);
        let report = json(&out(&output));
        let ids = standings(&report["contracts"][0]["packs"][0]).into_iter().map(|(id, _)| id);
        ids.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(items("house-exit"), "EXIT-1 EXIT-2 EXIT-3 EXIT-4 EXIT-5 EXIT-6");
    assert_eq!(items("house-exit/general"), "EXIT-1 EXIT-2 EXIT-3 EXIT-4");
    assert_eq!(items("house-exit/large"), "EXIT-5 EXIT-6");
}

#[test]
fn an_item_fails_a_run_by_its_own_level() {
    // Without the exit manager the strong contract is as strong as before; EXIT-5 alone is an error.
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(STRONG)).expect("it is there");
    let without: String =
        text.lines().filter(|line| !line.starts_with("9.3")).map(|line| format!("{line}\n")).collect();
    let folder = folder("own-level", &[("msa.md", &without)]);
    let path = folder.join("msa.md").to_string_lossy().into_owned();
    assert_eq!(code(&run(&["check", &path])), 0);
    let output = with_house("check", &["--format", "json", &path]);
    assert_eq!(code(&output), 1);
    let report = json(&out(&output));
    let of_packs: Vec<&serde_json::Value> = report["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter(|finding| finding["code"].as_str().is_some_and(|code| code.starts_with("house-exit/")))
        .collect();
    let mut told: Vec<String> =
        of_packs.iter().map(|finding| format!("{} {}", finding["code"], finding["level"])).collect();
    told.sort();
    assert_eq!(told, ["\"house-exit/3\" \"warning\"", "\"house-exit/5\" \"error\""]);
    assert_eq!(code(&with_house("check", &["--fail-on", "never", &path])), 0);
}

#[test]
fn the_json_of_a_checklist_is_as_its_schema_says_and_points_at_the_words() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(STRONG)).expect("it is there");
    for command in ["check", "coverage"] {
        let schema = json(&out(&run(&["schema", command])));
        let report = json(&out(&with_house(command, &["--format", "json", STRONG])));
        let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
        let wrong: Vec<String> = validator.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{command}: {}", wrong.join("\n"));
        let packs = if command == "check" { &report["packs"] } else { &report["contracts"][0]["packs"] };
        let pack = &packs[0];
        let told: Vec<String> =
            standings(pack).into_iter().map(|(id, status)| format!("{id} {status}")).collect();
        let expected =
            ["EXIT-1 met", "EXIT-2 met", "EXIT-3 met", "EXIT-4 by-hand", "EXIT-5 met", "EXIT-6 off"];
        assert_eq!(told, expected);
        assert_eq!(pack["counts"]["met"], 4);
        assert_eq!(pack["items"][1]["mark"], "secondary");
        let proof = &pack["items"][0]["proofs"][0];
        let at =
            |end: &str| usize::try_from(proof[end]["offset"].as_u64().expect("a number")).expect("it fits");
        assert_eq!(proof["text"], text[at("start")..at("end")]);
        assert_eq!((&proof["clause"], &proof["element"]), (&"exit-transition".into(), &"assistance".into()));
    }
}

#[test]
fn coverage_shows_the_checklist_under_its_table() {
    let text = out(&with_house("coverage", &[STRONG]));
    assert!(text.find(" strong, ") < text.find(" · house-exit · "), "{text}");
    assert!(text.contains("6 items: 4 met, 0 weak, 0 missing, 1 by hand, 1 off"), "{text}");
    assert!(!out(&run(&["coverage", "--rules", "fixtures/house", STRONG])).contains("EXIT-1"));
}

/// A rule with an element that only packs read, and a pack that takes it as another way.
const MANNERS: &str = "title = \"Manners\"\n[element.duty]\nname = \"duty to be polite\"\nany = ['''@must +2 polite''']\n\
    [element.told]\nname = \"word on manners\"\npacks-only = true\nany = ['''manners''']\n\
    [strength]\npresent = \"duty\"\nstrong = \"STRONG\"\n";
const TOWN: &str = "title = \"Town\"\ninstrument = \"town rules\"\nprefix = \"T-\"\n\
    [[item]]\nid = \"T-1\"\nasks = \"politeness\"\nmet = \"manners.duty or manners.told\"\n";

#[test]
fn an_element_for_packs_alone_proves_items_and_is_not_told_of_its_clause() {
    let contract = "This services agreement is between Acme Ltd (the \"Customer\") and Initech Ltd (the \"Supplier\").\n\n";
    let polite = format!("{contract}1. The Supplier shall be polite.\n\n2. Its manners matter.\n");
    let files = [
        ("rules/manners.toml", &*MANNERS.replace("STRONG", "duty")),
        ("rules/packs/town.toml", TOWN),
        ("told.md", &*polite),
        ("bare.md", contract),
    ];
    let folder = folder("packs-only", &files);
    let path = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let cover = |name: &str| {
        out(&run(&[
            "coverage",
            "--no-config",
            "--rules",
            &path("rules"),
            "--pack",
            "town",
            "--profile",
            "all",
            &path(name),
        ]))
    };
    let told = cover("told.md");
    assert!(told.contains("duty to be polite 1") && !told.contains("word on manners"), "{told}");
    assert!(told.contains("1 item: 1 met"), "{told}");
    let bare = cover("bare.md");
    assert!(bare.contains("lacks duty to be polite (") && !bare.contains("word on manners"), "{bare}");
    let page = out(&run(&["explain", "--rules", &path("rules"), "manners"]));
    assert!(page.contains("told (for packs only)"), "{page}");
    fs::write(folder.join("rules/manners.toml"), MANNERS.replace("STRONG", "duty and told"))
        .expect("it is written");
    let output = run(&["rules", "test", &path("rules")]);
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).contains("the strength of a clause reads `told`, which is for packs only"),
        "{}",
        err(&output)
    );
}

#[test]
fn a_pack_and_its_items_are_explained() {
    let explain = |subject: &str| {
        let output = run(&["explain", "--rules", "fixtures/house", subject]);
        assert_eq!(code(&output), 0, "{subject}: {}", err(&output));
        out(&output)
    };
    insta::assert_snapshot!("explain_pack", explain("house-exit"));
    insta::assert_snapshot!("explain_item", explain("EXIT-3"));
    assert_eq!(explain("exit-3"), explain("house-exit/3"));
    assert!(explain("EXIT-2").contains("secondary: held against what others write"));
    assert!(explain("EXIT-4").contains("by hand: a signature is no wording"));
    assert!(explain("EXIT-6").contains("off until someone has verified it"));
    let list = out(&run(&["rules", "list", "--rules", "fixtures/house"]));
    assert!(
        list.contains("house-exit") && list.contains("6 items    House playbook: leaving well"),
        "{list}"
    );
}

#[test]
fn each_mistake_in_a_pack_has_its_place_and_advice() {
    let output = run(&["check", "--rules", "fixtures/house-broken", STRONG]);
    assert_eq!(code(&output), 2);
    insta::assert_snapshot!("mistakes", err(&output));
    assert!(out(&output).contains("1 contract, "), "the contract is still read");
}

#[test]
fn a_pack_that_is_not_there_is_no_empty_checklist() {
    let output = run(&["check", "--rules", "fixtures/house", "--pack", "house-exti", STRONG]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("no pack is called house-exti"), "{}", err(&output));
    assert!(err(&output).contains("did you mean house-exit?"), "{}", err(&output));
    let output = run(&["check", "--rules", "fixtures/house", "--pack", "house-exit/lrge", STRONG]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("did you mean large?"), "{}", err(&output));
}

#[test]
fn a_folder_of_packs_leaves_the_rules_to_be_tested() {
    let pack = "title = \"P\"\ninstrument = \"i\"\n[[item]]\nid = \"P-1\"\nasks = \"a right\"\nmet = \"exit-transition\"\n";
    let folder = folder("only-packs", &[("packs/p.toml", pack)]);
    let output = run(&["rules", "test", &folder.to_string_lossy()]);
    let all = run(&["rules", "test"]);
    assert_eq!((code(&output), out(&output)), (code(&all), out(&all)));
}

#[test]
fn a_rule_with_a_mistake_does_not_spoil_the_packs_that_name_it() {
    let pack = "title = \"P\"\ninstrument = \"i\"\n[[item]]\nid = \"P-1\"\nasks = \"a right\"\nmet = \"step-in.right\"\n";
    let folder =
        folder("pack-over-broken-rule", &[("step-in.toml", "title = \"Step-in\"\n"), ("packs/p.toml", pack)]);
    let path = folder.to_string_lossy().into_owned();
    let output = run(&["check", "--rules", &path, "--pack", "p", STRONG]);
    assert!(!err(&output).contains("no clause is called"), "{}", err(&output));
    assert!(err(&output).contains("step-in.toml"), "{}", err(&output));
    let told = "P-1   by hand  a right";
    let text = out(&output);
    assert!(text.contains(told) && text.contains("the rule file of step-in has mistakes"), "{text}");
}

#[test]
fn an_item_that_a_users_rule_cannot_show_is_left_to_a_reader() {
    let step_in =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules/step-in.toml"))
            .expect("the fixture is there");
    let folder = folder("rule-under-pack", &[("sla-metrics.toml", &step_in)]);
    let output = run(&["check", "--rules", &folder.to_string_lossy(), "--pack", "dora", STRONG]);
    assert_eq!(err(&output), "", "the pack is ours, and so is no mistake of the user");
    assert!(out(&output).contains("DORA-30.3-a      by hand"), "{}", out(&output));
    assert!(out(&output).contains("your rule sla-metrics has no element"), "{}", out(&output));
}
