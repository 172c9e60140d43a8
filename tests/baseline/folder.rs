//! A temporary folder, or a repository, in which the program runs as a team runs it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use super::program::{code, command, err, out};

pub(super) const BASELINE: &str = "clauselint-baseline.jsonl";

/// A folder of a test's own.
pub(super) struct Folder(tempfile::TempDir);

impl Folder {
    pub(super) fn new(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().expect("a folder can be made"));
        files.iter().for_each(|(path, text)| folder.write(path, text));
        folder
    }

    /// The same as a repository in which these files are committed.
    pub(super) fn repository(files: &[(&str, &str)]) -> Self {
        let folder = Self::new(files);
        folder.git(&["init", "--quiet", "--initial-branch=main"]);
        folder.commit();
        folder
    }

    pub(super) fn path(&self) -> &Path {
        self.0.path()
    }

    pub(super) fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).expect("the file can be read")
    }

    pub(super) fn rename(&self, from: &str, to: &str) {
        let to = self.path().join(to);
        fs::create_dir_all(to.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::rename(self.path().join(from), to).expect("the file can be moved");
    }

    pub(super) fn remove(&self, path: &str) {
        fs::remove_file(self.path().join(path)).expect("the file can be removed");
    }

    pub(super) fn git(&self, arguments: &[&str]) {
        let output = Command::new("git")
            .args(["-c", "user.name=Tester", "-c", "user.email=tester@example.com"])
            .args(["-c", "commit.gpgsign=false", "-c", "core.hooksPath=/dev/null"])
            .args(arguments)
            .current_dir(self.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .output()
            .expect("git runs");
        assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    pub(super) fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--allow-empty", "--message", "work"]);
    }

    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = command(arguments);
        // What a hook that runs these tests sets is no part of them.
        command.current_dir(self.path()).env_remove("GIT_DIR").env_remove("GIT_INDEX_FILE");
        command
    }

    pub(super) fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program runs")
    }

    /// The exit code and the last line of a check against the baseline.
    pub(super) fn check(&self, more: &[&str]) -> (i32, String) {
        let output = self.run(&[&["check", "--baseline", BASELINE], more].concat());
        assert_eq!(err(&output), "");
        (code(&output), last_line(&output))
    }

    /// The codes of the findings that a check tells, each with its file.
    pub(super) fn told(&self, arguments: &[&str]) -> Vec<String> {
        let output = self.run(&[&["check", "--format", "json"], arguments].concat());
        let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
        let findings = report["findings"].as_array().expect("there are findings");
        let told = findings.iter().map(|of| {
            let (path, code) = (of["path"].as_str().unwrap_or_default(), of["code"].as_str());
            format!("{path} {}", code.unwrap_or_default())
        });
        told.collect()
    }

    /// The files that a check reads.
    pub(super) fn files_read(&self, arguments: &[&str]) -> Vec<String> {
        let output = self.run(&[&["check", "--format", "json"], arguments].concat());
        let report: serde_json::Value =
            serde_json::from_slice(&output.stdout).unwrap_or_else(|_| panic!("{}", err(&output)));
        let contracts = report["contracts"].as_array().expect("there are contracts");
        contracts.iter().map(|of| of["path"].as_str().unwrap_or_default().to_owned()).collect()
    }
}

pub(super) fn last_line(output: &Output) -> String {
    out(output).lines().last().unwrap_or_default().to_owned()
}
