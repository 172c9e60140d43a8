//! `config show`, `init` and the schemas of settings.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod program;

use std::fs;
use std::path::{Path, PathBuf};

use clauselint::render::{schema, text};
use clauselint::rule::RuleSet;
use clauselint::settings::Project;
use clauselint::source::Sources;
use program::{code, err, out, run};

/// A folder with these files in the folder for tests, new each time.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("config-command").join(name);
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

#[test]
fn each_value_is_shown_with_its_place() {
    let output = run(&["config", "show", "fixtures/config/suppliers/schedules/special.md"]);
    assert_eq!((code(&output), err(&output)), (0, String::new()));
    insta::assert_snapshot!("show", out(&output));
    toml::from_str::<toml::Table>(&out(&output)).expect("it is TOML");
    let output = run(&["config", "show", "fixtures/config-broken/names", "--format", "json"]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("did you mean `exit-transition.period`?"), "{}", err(&output));
}

#[test]
fn the_json_of_values_is_as_its_schema_says() {
    let schema: serde_json::Value =
        serde_json::from_str(&out(&run(&["schema", "config-show"]))).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    for path in ["fixtures/config/suppliers/acme/msa.md", "fixtures/config/company.toml"] {
        let output = run(&["config", "show", path, "--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&out(&output)).expect("it is JSON");
        assert!(validator.is_valid(&report), "{report}");
        let value = |key: &str| {
            report["values"].as_array().into_iter().flatten().find(|one| one["key"] == key).cloned()
        };
        if path.ends_with("msa.md") {
            let packs = value("packs").expect("packs");
            assert_eq!(packs["value"], serde_json::json!(["dora/general", "gdpr-art28"]));
            assert_eq!(packs["origin"]["line"], 3);
            assert_eq!(packs["item_origins"].as_array().map(Vec::len), Some(2));
            assert_eq!(value("contract.name").expect("its contract")["value"], "Acme managed services");
        }
    }
    assert!(!validator.is_valid(&serde_json::json!({"version": 1})));
}

#[test]
fn the_schema_accepts_what_the_reader_accepts_and_is_the_manual() {
    let schema: serde_json::Value = serde_json::from_str(&schema::config()).expect("it is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is one");
    let parsed = |path: &str| {
        let text = fs::read_to_string(path).expect("it is there");
        serde_json::to_value(toml::from_str::<toml::Table>(&text).expect("TOML")).expect("JSON")
    };
    for path in ["fixtures/config/company.toml", "fixtures/config/suppliers/clauselint.toml"] {
        let value = parsed(path);
        let wrong: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{path}: {wrong:?}");
    }
    assert!(!validator.is_valid(&parsed("fixtures/config-broken/keys/clauselint.toml")));
    let undescribed = |table: &serde_json::Value| -> Vec<String> {
        let keys = table["properties"].as_object().into_iter().flatten();
        keys.filter(|(_, key)| !key["description"].is_string()).map(|(name, _)| name.clone()).collect()
    };
    let tables = schema["$defs"].as_object().into_iter().flatten().map(|(_, table)| table).chain([&schema]);
    let bare: Vec<String> = tables.flat_map(undescribed).collect();
    assert!(bare.is_empty(), "keys without a manual: {bare:?}");
}

#[test]
fn init_looks_at_the_tree_and_writes_what_is_right() {
    let contract = |title: &str, more: &str| {
        format!(
            "# {title}\n\nThis Agreement is made between Marlow Foods Ltd (the \"Customer\") and Tern Hosting Ltd \
             (the \"Supplier\").\n\n1. The Supplier shall perform the Services. The Customer shall pay the fees.\n\n\
             2. Neither party shall disclose confidential information of the other. {more}\n"
        )
    };
    let master = contract("Managed Services Agreement", "See [Schedule 1](schedules/levels.md#scope).");
    let levels = contract("Service Level Agreement", "");
    let nda = contract("Non-Disclosure Agreement", "");
    let files = [
        ("acme/msa.md", master.as_str()),
        ("acme/schedules/levels.md", levels.as_str()),
        ("nda.md", nda.as_str()),
        ("README.md", "# Our contracts\n\nThey live here.\n"),
    ];
    let folder = folder("init/here", &files);
    let base = folder.with_file_name("clauselint.toml");
    let _ = fs::remove_file(&base);
    let path = folder.to_string_lossy().into_owned();
    let output = run(&["init", &path]);
    assert_eq!((code(&output), err(&output)), (0, String::new()));
    insta::assert_snapshot!("init", out(&output).replace(&path, "DIR"));
    let file = folder.join("clauselint.toml");
    let written = fs::read_to_string(&file).expect("it was written");
    insta::assert_snapshot!("init_file", written);
    let project_ = project(&file);
    assert_eq!(project_.contracts()[0].members().0.len(), 2);
    assert!(project_.check_names(&RuleSet::builtin()).is_empty());

    let again = run(&["init", &path]);
    assert_eq!((code(&again), out(&again)), (2, String::new()));
    assert!(err(&again).contains("is there already, and is left as it is"), "{}", err(&again));
    assert_eq!(fs::read_to_string(&file).expect("it is there"), written, "never overwritten");

    // With every setting turned on it is still right.
    fs::create_dir_all(folder.join("rules")).expect("it can be made");
    fs::write(&base, "").expect("it can be written");
    let on = |line: &str| match line.strip_prefix('#') {
        Some(rest) if !rest.is_empty() && !rest.starts_with(' ') => rest.to_owned(),
        _ => line.to_owned(),
    };
    fs::write(&file, written.lines().map(on).collect::<Vec<_>>().join("\n")).expect("it can be written");
    let all = project(&file);
    let names: Vec<String> =
        all.check_names(&RuleSet::builtin()).into_iter().map(|finding| finding.message).collect();
    assert!(names.is_empty(), "{names:?}");
    assert_eq!(all.for_file(&folder.join("x-dpa.md")).profile.as_deref(), Some("dpa"));
}
