//! The scripts of action.yml, taken out of it and run under bash as GitHub runs them: with programs that
//! write down how they were called, and with the real one.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use saphyr::YamlOwned;

use super::program::{code, err, out};
use super::{WEAK, empty, is_there, skipped, string, yaml};

const QUIET: [(&str, &str); 7] = [
    ("INPUT_PATHS", "."),
    ("INPUT_FAIL_ON", "error"),
    ("INPUT_BASELINE", ""),
    ("INPUT_SARIF_FILE", ""),
    ("INPUT_SUMMARY", "false"),
    ("INPUT_ARGS", ""),
    ("CLAUSELINT", "clauselint"),
];

/// Writes its arguments down, each ended by NUL, and exits as `STUB_EXIT` says.
const STUB: &str =
    "#!/usr/bin/env bash\nprintf '%s\\0' \"$0\" \"$@\" > \"$STUB_LOG\"\nexit \"${STUB_EXIT:-0}\"\n";

/// A run of one step in a folder of its own.
struct Step {
    script: String,
    folder: PathBuf,
}

impl Step {
    /// The step with this id, in an empty folder with stand-ins for programs.
    fn new(id: &str, name: &str) -> Self {
        let action = yaml("action.yml");
        let script = steps(&action).iter().find(|step| string(step, "id") == Some(id));
        let script = script.and_then(|step| string(step, "run")).expect("the step has a script").to_owned();
        let folder = empty(name);
        for program in ["cargo", "clauselint"] {
            let path = folder.join("bin").join(program);
            fs::create_dir_all(folder.join("bin")).expect("it can be made");
            fs::write(&path, STUB).expect("it can be written");
            make_executable(&path);
        }
        fs::create_dir_all(folder.join("temp/clauselint/bin")).expect("it can be made");
        fs::create_dir_all(folder.join("work")).expect("it can be made");
        fs::copy(folder.join("bin/clauselint"), folder.join("temp/clauselint/bin/clauselint"))
            .expect("it can be copied");
        Self { script, folder }
    }

    /// Runs it with this environment besides the runner's own.
    fn run(&self, variables: &[(&str, &str)]) -> Output {
        let file = self.folder.join("step.sh");
        fs::write(&file, &self.script).expect("it can be written");
        let path = std::env::var("PATH").unwrap_or_default();
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail"]).arg(file);
        bash.env("PATH", format!("{}:{path}", self.folder.join("bin").display()));
        bash.env("RUNNER_TEMP", self.folder.join("temp"));
        bash.env("GITHUB_ACTION_PATH", "/actions/clause lint");
        bash.env("GITHUB_OUTPUT", self.folder.join("output"));
        bash.env("GITHUB_STEP_SUMMARY", self.folder.join("summary"));
        bash.env("STUB_LOG", self.folder.join("log"));
        bash.envs(variables.iter().copied()).current_dir(self.folder.join("work"));
        bash.output().expect("bash runs")
    }

    /// How a stand-in was called, without its own name.
    fn arguments(&self) -> Vec<String> {
        let log = fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        log.split_terminator('\0').skip(1).map(str::to_owned).collect()
    }

    fn written(&self, file: &str) -> String {
        fs::read_to_string(self.folder.join(file)).unwrap_or_default()
    }
}

#[cfg(unix)]
fn make_executable(path: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("permissions can be set");
}

#[cfg(not(unix))]
fn make_executable(_: &Path) {}

fn steps(action: &YamlOwned) -> &[YamlOwned] {
    let runs = action.as_mapping_get("runs").expect("it runs something");
    runs.as_mapping_get("steps").and_then(|steps| steps.as_sequence()).expect("it has steps")
}

/// These inputs in the place of those that ask for nothing.
fn with<'a>(changed: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut all: Vec<(&str, &str)> =
        QUIET.into_iter().filter(|(name, _)| changed.iter().all(|(other, _)| other != name)).collect();
    all.extend(changed);
    all
}

fn no_bash() -> bool {
    let absent = !is_there("bash", "--version");
    if absent {
        skipped("the scripts of the action", "there is no bash");
    }
    absent
}

#[test]
fn scripts_get_inputs_by_the_environment_only() {
    let action = yaml("action.yml");
    let inputs = action.as_mapping_get("inputs").and_then(YamlOwned::as_mapping).expect("it has inputs");
    let mut used = Vec::new();
    for step in steps(&action) {
        let script = string(step, "run").expect("every step is a script");
        assert!(!script.contains("${{"), "an input in a script is code: {script}");
        assert_eq!(string(step, "shell"), Some("bash"));
        let variables = step.as_mapping_get("env").and_then(YamlOwned::as_mapping).expect("it has variables");
        for (name, value) in variables {
            let (name, value) = (name.as_str().unwrap_or_default(), value.as_str().unwrap_or_default());
            assert!(
                script.contains(&format!("${name}")) || script.contains(&format!("\"${name}\"")),
                "{name}"
            );
            if let Some(input) = name.strip_prefix("INPUT_") {
                let input = input.to_lowercase().replace('_', "-");
                assert_eq!(value, format!("${{{{ inputs.{input} }}}}"));
                used.push(input);
            }
        }
    }
    let declared: Vec<&str> = inputs.keys().filter_map(YamlOwned::as_str).collect();
    for input in &declared {
        assert!(used.iter().any(|of| of == input), "the input {input} does nothing");
    }
    assert_eq!(used.len(), declared.len(), "{used:?}");
}

#[test]
fn it_installs_the_version_that_is_asked_for() {
    if no_bash() {
        return;
    }
    let step = Step::new("install", "install");
    let install = |version: &str, binary: &str| {
        let _ = fs::remove_file(step.folder.join("log"));
        let _ = fs::remove_file(step.folder.join("output"));
        // The program itself is called last, to show its version: it must not overwrite the log.
        let program = step.folder.join("temp/clauselint/bin/clauselint");
        fs::write(&program, "#!/usr/bin/env bash\necho 0.0.0\n").expect("it can be written");
        let output = step.run(&[("INPUT_VERSION", version), ("INPUT_BINARY", binary)]);
        assert_eq!(code(&output), 0, "{}", err(&output));
        (step.arguments(), step.written("output"))
    };
    let root = step.folder.join("temp/clauselint").to_string_lossy().into_owned();
    let said = format!("binary={root}/bin/clauselint\n");
    let front = ["install", "--locked", "--root", &root];
    let (arguments, output) = install("", "");
    assert_eq!(arguments, [&front[..], &["--path", "/actions/clause lint"]].concat());
    assert_eq!(output, said);
    let (arguments, output) = install("1.2.3", "");
    assert_eq!(arguments, [&front[..], &["--version", "1.2.3", "clauselint"]].concat());
    assert_eq!(output, said);
    let binary = step.folder.join("temp/clauselint/bin/clauselint").to_string_lossy().into_owned();
    let (arguments, output) = install("1.2.3", &binary);
    assert!(arguments.is_empty(), "nothing is installed: {arguments:?}");
    assert_eq!(output, format!("binary={binary}\n"));
}

#[test]
fn it_hands_every_input_over_as_it_is() {
    if no_bash() {
        return;
    }
    let step = Step::new("check", "check");
    let plain = step.run(&with(&[]));
    assert_eq!(code(&plain), 0, "{}", err(&plain));
    assert_eq!(step.arguments(), ["check", "--format", "github", "--fail-on", "error", "--", "."]);
    assert_eq!(step.written("output"), "exit-code=0\n");

    let paths = "a b.md\n\n$(touch pwned)\n-x.md\nit's \"so\".md\n*\n`touch pwned`\n";
    let inputs = with(&[
        ("INPUT_PATHS", paths),
        ("INPUT_FAIL_ON", "note; touch pwned"),
        ("INPUT_BASELINE", "known findings.json"),
        ("INPUT_SARIF_FILE", "out/a b.sarif"),
        ("INPUT_SUMMARY", "true"),
        ("INPUT_ARGS", "--profile=our own\n--customer\nO'Hara \"&\" Sons"),
    ]);
    assert_eq!(code(&step.run(&inputs)), 0);
    let summary = format!("markdown={}", step.folder.join("temp/clauselint-summary.md").display());
    let wanted = [
        &["check", "--format", "github", "--fail-on", "note; touch pwned"][..],
        &["--baseline", "known findings.json", "--format", "sarif=out/a b.sarif", "--format", &summary],
        &["--profile=our own", "--customer", "O'Hara \"&\" Sons", "--"],
        &["a b.md", "$(touch pwned)", "-x.md", "it's \"so\".md", "*", "`touch pwned`"],
    ];
    assert_eq!(step.arguments(), wanted.concat());
    assert!(!step.folder.join("work/pwned").exists(), "an input was run as a command");
}

#[test]
fn its_exit_code_is_that_of_the_check_and_is_told() {
    if no_bash() {
        return;
    }
    for exit in ["1", "2"] {
        let step = Step::new("check", &format!("exit-{exit}"));
        let output = step.run(&with(&[("STUB_EXIT", exit), ("INPUT_SARIF_FILE", "a.sarif")]));
        assert_eq!(code(&output).to_string(), exit);
        assert_eq!(step.written("output"), format!("exit-code={exit}\n"), "no SARIF was written");
    }
}

#[test]
fn the_real_program_reports_marks_sarif_and_a_summary() {
    if no_bash() {
        return;
    }
    let step = Step::new("check", "real");
    let contract = Path::new(env!("CARGO_MANIFEST_DIR")).join(WEAK);
    fs::copy(contract, step.folder.join("work/our contract.md")).expect("it can be copied");
    let output = step.run(&with(&[
        ("CLAUSELINT", env!("CARGO_BIN_EXE_clauselint")),
        ("INPUT_PATHS", "our contract.md"),
        ("INPUT_SARIF_FILE", "a b.sarif"),
        ("INPUT_SUMMARY", "true"),
        ("INPUT_ARGS", "--profile=outsourcing"),
    ]));
    assert_eq!(code(&output), 1, "{}", err(&output));
    assert!(out(&output).contains("::error "), "{}", out(&output));
    assert!(out(&output).contains("our contract.md"), "{}", out(&output));
    assert_eq!(step.written("output"), "exit-code=1\nsarif-file=a b.sarif\n");
    let sarif: serde_json::Value =
        serde_json::from_str(&step.written("work/a b.sarif")).expect("the SARIF is JSON");
    assert_eq!(sarif["version"], "2.1.0");
    assert!(step.written("summary").contains("missing-exit-transition"), "{}", step.written("summary"));
}
