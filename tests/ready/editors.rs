//! The recipes for editors and for GitLab: patterns over lines as `--format concise` writes them, in the
//! real Vim where there is one, and options that the program knows.

use std::fs;
use std::path::Path;
use std::process::Command;

use regex::Regex;
use saphyr::YamlOwned;

use super::program::{out, run};
use super::{WEAK, empty, is_there, skipped, string, text_of, yaml};

/// Lines of findings, and lines that are none.
const SAMPLE: &str = "contracts/a.md:3:5: error[missing-exit-transition]: no exit and transition clause\n\
    our dir/b: c.md:12:1: warning[weak-sla-metrics]: no remedy: see 7.2\n\
    a.md:1:1: note[dora/30.2-e]: assistance in incidents\n\
    error[usage]: no contract in x\n\
    4 contracts, 3 clauses read\n\n";

/// What an editor makes of a line: file, line, column, level, code, message.
type Problem = (String, u64, u64, char, String, String);

fn problem(file: &str, line: u64, column: u64, level: char, code: &str, message: &str) -> Problem {
    (file.to_owned(), line, column, level, code.to_owned(), message.to_owned())
}

fn sample_problems() -> Vec<Problem> {
    vec![
        problem("contracts/a.md", 3, 5, 'e', "missing-exit-transition", "no exit and transition clause"),
        problem("our dir/b: c.md", 12, 1, 'w', "weak-sla-metrics", "no remedy: see 7.2"),
        problem("a.md", 1, 1, 'n', "dora/30.2-e", "assistance in incidents"),
    ]
}

/// What the problem matcher of VS Code makes of lines. Its expression has nothing that JavaScript and the
/// regex crate read differently.
fn matched(lines: &str) -> Vec<Problem> {
    let tasks: serde_json::Value =
        serde_json::from_str(&text_of("editors/vscode/tasks.json")).expect("it is JSON");
    let pattern = &tasks["tasks"][0]["problemMatcher"]["pattern"];
    let expression =
        Regex::new(pattern["regexp"].as_str().expect("it has an expression")).expect("it is one");
    let group = |name: &str| usize::try_from(pattern[name].as_u64().expect("a group")).expect("it is small");
    let of_line = |line: &str| {
        let found = expression.captures(line)?;
        let text = |name: &str| found.get(group(name)).map_or("", |group| group.as_str());
        let number = |name: &str| text(name).parse().expect("it is a number");
        let level = text("severity").chars().next().expect("a level has letters");
        Some(problem(text("file"), number("line"), number("column"), level, text("code"), text("message")))
    };
    lines.lines().filter_map(of_line).collect()
}

/// What Vim makes of lines with our compiler file; nothing where there is no Vim.
fn in_vim(lines: &str, name: &str) -> Option<Vec<Problem>> {
    if !is_there("vim", "--version") {
        skipped("the error format in Vim", "there is no vim");
        return None;
    }
    let folder = empty(name);
    fs::write(folder.join("lines"), lines).expect("it can be written");
    let ours = Path::new(env!("CARGO_MANIFEST_DIR")).join("editors/vim");
    let list = "call writefile([json_encode(map(filter(getqflist(), 'v:val.valid'), \
                '[bufname(v:val.bufnr), v:val.lnum, v:val.col, v:val.type, v:val.text]'))], 'list')";
    let mut vim = Command::new("vim");
    vim.args(["-N", "-u", "NONE", "-i", "NONE", "-n", "-es"]);
    vim.args(["-c", &format!("set runtimepath^={}", ours.to_string_lossy().replace(' ', "\\ "))]);
    vim.args(["-c", "compiler clauselint", "-c", "cgetfile lines", "-c", list, "-c", "qa!"]);
    vim.current_dir(&folder).output().expect("vim runs");
    let list = fs::read_to_string(folder.join("list")).expect("vim wrote its list");
    let list: Vec<(String, u64, u64, String, String)> = serde_json::from_str(&list).expect("it is JSON");
    let of_item = |(file, line, column, level, text): (String, u64, u64, String, String)| {
        let (code, message) = text.split_once("]: ").expect("a code stands before the message");
        let code = code.strip_prefix('[').expect("a code stands in brackets");
        problem(&file, line, column, level.chars().next().unwrap_or('?'), code, message)
    };
    Some(list.into_iter().map(of_item).collect())
}

#[test]
fn the_problem_matcher_reads_the_sample() {
    assert_eq!(matched(SAMPLE), sample_problems());
}

#[test]
fn vim_reads_the_sample() {
    if let Some(problems) = in_vim(SAMPLE, "vim-sample") {
        assert_eq!(problems, sample_problems());
    }
}

#[test]
fn editors_read_real_output() {
    let lines = out(&run(&["check", "--format", "concise", "--quiet", "--profile", "outsourcing", WEAK]));
    let report = out(&run(&["check", "--format", "json", "--profile", "outsourcing", WEAK]));
    let report: serde_json::Value = serde_json::from_str(&report).expect("it is JSON");
    let findings = report["findings"].as_array().expect("a list");
    assert!(findings.len() > 10);
    let problems = matched(&lines);
    assert_eq!(problems.len(), lines.lines().count(), "every line is a finding:\n{lines}");
    // A line about a text that is absent says besides what its place stands for.
    let told = |problem: &Problem| {
        let message = problem.5.strip_suffix(" (it could go in here)").unwrap_or(&problem.5);
        (problem.4.clone(), message.to_owned())
    };
    let mut from_lines: Vec<_> = problems.iter().map(told).collect();
    let of = |finding: &serde_json::Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let mut from_json: Vec<_> = findings.iter().map(|f| (of(f, "code"), of(f, "message"))).collect();
    from_lines.sort();
    from_json.sort();
    assert_eq!(from_lines, from_json);
    if let Some(in_vim) = in_vim(&lines, "vim-real") {
        assert_eq!(in_vim, problems);
    }
}

/// The error format of the Vim recipe, without the backslashes that `:set` needs.
fn errorformat() -> String {
    let vim = text_of("editors/vim/compiler/clauselint.vim");
    let line = vim.lines().find_map(|line| line.strip_prefix("CompilerSet errorformat="));
    line.expect("it sets an error format").replace('\\', "")
}

#[test]
fn recipes_that_this_machine_cannot_run_use_the_error_format_that_vim_has_read() {
    let format = errorformat();
    assert!(text_of("editors/nvim/clauselint.lua").contains(&format!("from_errorformat(\"{format}\"")));
    let efm = yaml("editors/efm-langserver/config.yaml");
    let tool = efm.as_mapping_get("tools").and_then(|tools| tools.as_mapping_get("clauselint"));
    let tool = tool.expect("it has the tool");
    let formats =
        tool.as_mapping_get("lint-formats").and_then(YamlOwned::as_sequence).expect("it has formats");
    let formats: Vec<&str> = formats.iter().filter_map(YamlOwned::as_str).collect();
    assert_eq!(formats.join(","), format);
    let command = string(tool, "lint-command").expect("it has a command");
    assert!(command.ends_with("--stdin-filename \"${INPUT}\" -"), "{command}");
}

/// The words that look like options of ours in a text.
fn options(text: &str) -> Vec<String> {
    let option = Regex::new(r#"(?:^|[\s"'`(\[])(--[a-z][a-z-]+)"#).expect("it is an expression");
    option.captures_iter(text).map(|found| found[1].to_owned()).collect()
}

#[test]
fn recipes_use_options_that_exist() {
    let help = out(&run(&["check", "--help"]));
    for file in [
        "editors/vscode/tasks.json",
        "editors/vim/compiler/clauselint.vim",
        "editors/nvim/clauselint.lua",
        "editors/efm-langserver/config.yaml",
        "editors/README.md",
        ".pre-commit-hooks.yaml",
    ] {
        for option in options(&text_of(file)) {
            assert!(help.contains(&option), "{file}: there is no {option}");
        }
    }
}

/// The command of the GitLab job, in words.
fn gitlab_command(job: &YamlOwned) -> Vec<String> {
    let script = job.as_mapping_get("script").and_then(YamlOwned::as_sequence).expect("it has a script");
    let command = script.iter().filter_map(YamlOwned::as_str).find(|line| line.contains(" check "));
    command.expect("it checks").split_whitespace().map(str::to_owned).collect()
}

#[test]
fn the_gitlab_job_reports_the_files_that_it_writes() {
    let file = yaml("docs/ci/gitlab-ci.yml");
    let job = file.as_mapping_get("clauselint").expect("it has the job");
    let words = gitlab_command(job);
    let reports = job.as_mapping_get("artifacts").and_then(|all| all.as_mapping_get("reports"));
    let reports = reports.expect("it reports");
    for (format, report) in [("gitlab", "codequality"), ("junit", "junit")] {
        let path = string(reports, report).expect("it reports that");
        assert!(words.contains(&format!("{format}={path}")), "{words:?}");
    }
}

#[test]
fn the_gitlab_job_runs() {
    if !is_there("bash", "--version") {
        return skipped("the job of GitLab", "there is no bash");
    }
    let file = yaml("docs/ci/gitlab-ci.yml");
    let job = file.as_mapping_get("clauselint").expect("it has the job");
    let folder = empty("gitlab");
    fs::write(folder.join("a.md"), text_of(WEAK)).expect("it can be written");
    let bin = folder.join("cargo/bin");
    fs::create_dir_all(&bin).expect("it can be made");
    fs::copy(env!("CARGO_BIN_EXE_clauselint"), bin.join("clauselint")).expect("it can be copied");
    let mut bash = Command::new("bash");
    bash.args(["-c", &gitlab_command(job).join(" ")]).current_dir(&folder);
    bash.env("CARGO_HOME", folder.join("cargo"));
    bash.envs([("CLAUSELINT_PATHS", "a.md"), ("CLAUSELINT_FAIL_ON", "error")]);
    let output = bash.output().expect("bash runs");
    assert_eq!(output.status.code(), Some(1), "{output:?}");
    for file in ["clauselint-codequality.json", "clauselint-junit.xml"] {
        assert!(fs::read_to_string(folder.join(file)).expect("it was written").contains("a.md"), "{file}");
    }
}
