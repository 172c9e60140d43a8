//! The hooks under the real pre-commit, in a repository of their own. The fields are those of
//! `.pre-commit-hooks.yaml`, but for the language: building the program from a clone takes minutes, so
//! the one that is built already stands in.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use saphyr::YamlOwned;

use super::program::{err, out};
use super::{STRONG, WEAK, empty, is_there, skipped, string, text_of, yaml};

/// pre-commit, installed below the target folder and kept between runs; nothing where it cannot be had.
fn pre_commit() -> Option<PathBuf> {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pre-commit-4");
    let program = home.join("bin/pre-commit");
    let works = || is_there(&program.to_string_lossy(), "--version");
    if works() {
        return Some(program);
    }
    let succeeds = |command: &mut Command| command.output().is_ok_and(|output| output.status.success());
    let made = succeeds(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&home));
    let mut pip = Command::new(home.join("bin/python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]);
    pip.args(["--retries", "1", "--timeout", "20", "pre-commit>=4,<5"]);
    (made && succeeds(&mut pip) && works()).then_some(program)
}

/// A git repository with these files, all of them staged.
struct Repository {
    folder: PathBuf,
    pre_commit: PathBuf,
}

impl Repository {
    fn new(name: &str, pre_commit: &Path, files: &[(&str, &str)]) -> Self {
        let this = Self { folder: empty(name), pre_commit: pre_commit.to_owned() };
        this.git(&["init", "--quiet"]);
        this.write(files);
        this.git(&["add", "."]);
        this
    }

    fn write(&self, files: &[(&str, &str)]) {
        for (file, text) in files {
            let path = self.folder.join(file);
            fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("it can be made");
            fs::write(path, text).expect("it can be written");
        }
    }

    fn here(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        // Neither the settings of whoever runs the test nor those of a commit under way.
        for name in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"] {
            command.env_remove(name);
        }
        command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        command.envs([("GIT_AUTHOR_NAME", "a"), ("GIT_AUTHOR_EMAIL", "a@example.com")]);
        command.envs([("GIT_COMMITTER_NAME", "a"), ("GIT_COMMITTER_EMAIL", "a@example.com")]);
        command.env("PRE_COMMIT_HOME", self.folder.join(".git/pre-commit-home"));
        command.env("PRE_COMMIT_COLOR", "never").current_dir(&self.folder);
        command
    }

    fn git(&self, arguments: &[&str]) {
        let output = self.here("git").args(arguments).output().expect("git runs");
        assert!(output.status.success(), "git {arguments:?}: {}", err(&output));
    }

    /// Runs one hook over what is staged.
    fn run(&self, hook: &str) -> (bool, String) {
        let output: Output =
            self.here(&self.pre_commit).args(["run", hook]).output().expect("pre-commit runs");
        (output.status.success(), out(&output) + &err(&output))
    }
}

/// Our hooks as hooks of the repository itself, run by the program that is built.
fn configuration(hooks: &YamlOwned) -> String {
    let program = env!("CARGO_BIN_EXE_clauselint");
    let mut text = "repos:\n  - repo: local\n    hooks:\n".to_owned();
    for hook in hooks.as_sequence().expect("it lists hooks") {
        let mut lead = "      - ";
        for (key, value) in hook.as_mapping().expect("a hook has fields") {
            let key = key.as_str().expect("a key is a word");
            let value = match (key, value.as_str()) {
                ("language", _) => "system".to_owned(),
                ("entry", Some(entry)) => {
                    let rest = entry.strip_prefix("clauselint ").expect("the hook runs clauselint");
                    serde_json::json!(format!("'{program}' {rest}")).to_string()
                }
                (_, Some(text)) => serde_json::json!(text).to_string(),
                _ => match (value.as_bool(), value.as_sequence()) {
                    (Some(flag), _) => flag.to_string(),
                    (None, Some(list)) => {
                        let items: Vec<&str> = list.iter().filter_map(YamlOwned::as_str).collect();
                        serde_json::json!(items).to_string()
                    }
                    _ => panic!("{key} has a value that this test cannot hand on"),
                },
            };
            text.push_str(&format!("{lead}{key}: {value}\n"));
            lead = "        ";
        }
    }
    text
}

#[test]
fn the_hooks_run_under_pre_commit() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    for hook in hooks.as_sequence().expect("it lists hooks") {
        assert_eq!(string(hook, "language"), Some("rust"));
    }
    let Some(pre_commit) = is_there("git", "--version").then(pre_commit).flatten() else {
        return skipped("the hooks under pre-commit", "git, python3, or pre-commit from PyPI cannot be had");
    };
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join(".pre-commit-hooks.yaml");
    let valid = Command::new(&pre_commit).arg("validate-manifest").arg(&manifest).output();
    let valid = valid.expect("pre-commit runs");
    assert!(valid.status.success(), "{}{}", out(&valid), err(&valid));

    let (weak, strong) = (text_of(WEAK), text_of(STRONG));
    let files = [
        (".pre-commit-config.yaml", configuration(&hooks)),
        ("README.md", "# Contracts\n\nOurs, one a file.\n".to_owned()),
        ("contracts/our msa (2).md", strong),
        ("notes.txt", "- [ ] nothing to read\n".to_owned()),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(file, text)| (*file, text.as_str())).collect();
    let repository = Repository::new("hooks", &pre_commit, &files);
    for hook in ["clauselint", "clauselint-all"] {
        let (passed, said) = repository.run(hook);
        assert!(passed && said.contains("Passed"), "{hook}: {said}");
    }
    repository.git(&["commit", "--quiet", "--message", "one"]);

    repository.write(&[("contracts/a weak one.md", &weak)]);
    repository.git(&["add", "."]);
    let (passed, said) = repository.run("clauselint");
    assert!(!passed && said.contains("error[missing-exit-transition]"), "{said}");
    assert!(said.contains("contracts/a weak one.md"), "{said}");
    assert!(said.contains("1 contract, "), "only what is committed is read: {said}");
    repository.git(&["commit", "--quiet", "--message", "two"]);

    repository.write(&[("README.md", "# Contracts\n\nOurs, one a file, weak ones too.\n")]);
    repository.git(&["add", "."]);
    let (passed, said) = repository.run("clauselint");
    assert!(passed, "a paper that is no contract passes: {said}");
    let (passed, said) = repository.run("clauselint-all");
    assert!(!passed && said.contains("2 contracts, "), "every contract is read: {said}");
}
