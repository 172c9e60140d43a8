//! Exit codes and streams as documented: what goes where, what is quiet, what is counted, and that nothing
//! is left half-written or depends on the number of threads.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod program;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use program::{code, command, err, out, run};

const WEAK: &str = "fixtures/contracts/lakeside-support.md";
const STRONG: &str = "fixtures/contracts/harbour-msa.md";

/// The formats of `check`; a new one belongs here.
const FORMATS: [&str; 10] =
    ["text", "concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "markdown"];

fn empty(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("streams").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

fn skipped(what: &str, why: &str) {
    let _ = writeln!(std::io::stderr().lock(), "\nskipped: {what}: {why}");
}

/// Whether a program can be started here.
fn is_there(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| output.status.success())
}

/// A script under bash; `$CLAUSELINT` is the program. Nothing where there is no bash.
fn bash(script: &str) -> Option<Output> {
    if !is_there("bash") {
        skipped("a script", "there is no bash");
        return None;
    }
    let mut bash = Command::new("bash");
    bash.args(["--noprofile", "--norc", "-c", script]).current_dir(env!("CARGO_MANIFEST_DIR"));
    bash.env("CLAUSELINT", env!("CARGO_BIN_EXE_clauselint")).stdin(Stdio::null());
    Some(bash.output().expect("bash runs"))
}

#[test]
fn exit_codes_are_as_documented() {
    for (arguments, wanted) in [
        (&["check", STRONG][..], 0),
        (&["check", WEAK], 1),
        (&["check", "--fail-on", "never", WEAK], 0),
        (&["check", "--statistics", WEAK], 1),
        (&["check", "--quiet", WEAK], 1),
        (&["check", "absent.md"], 2),
        (&["check", WEAK, "absent.md"], 2),
        (&["check", "--fail-on", "never", "absent.md"], 2),
        (&["check", "--frobnicate", WEAK], 2),
        (&["check", "--pack", "absent", STRONG], 2),
        (&["coverage", WEAK], 0),
        (&["query", "@customer", WEAK], 0),
        (&["query", "zyzzyva", WEAK], 1),
        (&["query", "a b", WEAK], 2),
        (&["explain", "exit-transition"], 0),
        (&["explain", "exit-transitoin"], 2),
        (&["rules", "test", "fixtures/rules"], 0),
        (&["rules", "test", "fixtures/rules-broken"], 2),
        (&["--help"], 0),
        (&[], 2),
    ] {
        let output = run(arguments);
        assert_eq!(code(&output), wanted, "{arguments:?}: {}", err(&output));
        if wanted < 2 {
            assert_eq!(err(&output), "".to_owned() + &remark(arguments), "{arguments:?}");
        } else {
            assert!(!err(&output).is_empty(), "{arguments:?} ends without a reason");
        }
    }
}

/// What a person is told on standard error although nothing is wrong.
fn remark(arguments: &[&str]) -> String {
    let nothing = arguments.contains(&"zyzzyva");
    if nothing { err(&run(arguments)) } else { String::new() }
}

#[test]
fn quiet_prints_findings_and_nothing_else() {
    let (loud, quiet) = (out(&run(&["check", WEAK, STRONG])), out(&run(&["check", "--quiet", WEAK, STRONG])));
    let kept: Vec<&str> = loud
        .lines()
        .filter(|line| !line.starts_with("fixtures/contracts/") && !line.starts_with("notes and missing"))
        .filter(|line| !line.starts_with("2 contracts, "))
        .collect();
    assert_eq!(quiet.lines().collect::<Vec<_>>(), kept);
    assert_eq!(out(&run(&["check", "-q", STRONG])), "", "a clean contract says nothing");
    assert_eq!(out(&run(&["-q", "check", WEAK])), out(&run(&["check", "-q", WEAK])));
    assert_eq!(err(&run(&["query", "-q", "zyzzyva", WEAK])), "");
    let json = |more: &[&str]| out(&run(&[&["check", "--format", "json", WEAK], more].concat()));
    assert_eq!(json(&["-q"]), json(&[]), "what programs read stays whole");
    assert_eq!(code(&run(&["check", "-q", "-v", WEAK])), 2);
    assert!(
        err(&run(&["check", "-q", "absent.md"])).contains("no such file"),
        "mistakes are told all the same"
    );
}

#[test]
fn statistics_count_what_the_report_holds() {
    let of = |arguments: &[&str]| -> serde_json::Value {
        serde_json::from_str(&out(&run(arguments))).expect("it is JSON")
    };
    let folders = ["--pack", "dora/general", "fixtures/contracts"];
    let report = of(&[&["check", "--format", "json"], &folders[..]].concat());
    let counted = of(&[&["check", "--statistics", "--format", "json"], &folders[..]].concat());
    let findings = report["findings"].as_array().expect("a list");
    let kinds = counted["findings"].as_array().expect("a list");
    let count = |kind: &serde_json::Value| kind["count"].as_u64().expect("a number");
    assert_eq!(kinds.iter().map(count).sum::<u64>(), findings.len() as u64);
    for kind in kinds {
        let same = |finding: &&serde_json::Value| {
            finding["code"] == kind["code"] && finding["level"] == kind["level"]
        };
        assert_eq!(findings.iter().filter(same).count() as u64, count(kind), "{kind}");
        assert!(kind["title"].as_str().is_some_and(|title| !title.is_empty()), "{kind}");
    }
    let counts: Vec<u64> = kinds.iter().map(count).collect();
    assert!(counts.is_sorted_by(|a, b| a >= b), "the most frequent first: {counts:?}");
    let schema = of(&["schema", "statistics"]);
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    assert!(validator.is_valid(&counted));
    assert!(!validator.is_valid(&serde_json::json!({ "version": 1 })));

    let table = out(&run(&[&["check", "--statistics"], &folders[..]].concat()));
    let rows = table.lines().skip(1).take_while(|line| !line.is_empty());
    let numbers = rows.map(|row| row.split_whitespace().next().and_then(|count| count.parse().ok()));
    assert_eq!(numbers.collect::<Option<Vec<u64>>>(), Some(counts));
    assert_eq!(table.lines().last(), out(&run(&[&["check"], &folders[..]].concat())).lines().last());
    let quiet = out(&run(&["check", "--statistics", "-q", "fixtures/contracts"]));
    assert!(!quiet.contains("contracts, ") && quiet.contains("missing-exit-transition"), "{quiet}");
    assert_eq!(out(&run(&["check", "--statistics", "-q", STRONG])).lines().count(), 0);
}

#[test]
fn a_reader_that_stops_reading_changes_no_exit_code() {
    // More than a pipe holds, so that the program does write to one that is closed.
    let script = "\"$CLAUSELINT\" query 'the or a or of or and' fixtures | head -n 1 | wc -l; echo ${PIPESTATUS[*]}
        set -o pipefail; \"$CLAUSELINT\" check --verbose fixtures/contracts fixtures/words | head -n 1; echo $?";
    let Some(output) = bash(script) else { return };
    let text = out(&output);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.first().map(|line| line.trim()), Some("1"), "{text}");
    assert_eq!(lines.get(1), Some(&"0 0 0"), "{text}");
    assert_eq!(lines.last(), Some(&"1"), "the contracts have findings: {text}");
    assert_eq!(err(&output), "");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_a_mistake() {
    let Some(output) = bash("\"$CLAUSELINT\" check \"fixtures/contracts\" > /dev/full") else { return };
    assert_eq!(code(&output), 2);
    assert!(
        err(&output).starts_with("error[usage]: standard output cannot be written: "),
        "{}",
        err(&output)
    );
}

#[cfg(unix)]
#[test]
fn closed_streams_are_no_crash() {
    for script in ["\"$CLAUSELINT\" check fixtures/contracts >&-", "\"$CLAUSELINT\" check absent.md 2>&-"] {
        let Some(output) = bash(script) else { return };
        assert!(output.status.code().is_some_and(|code| code < 3), "{script}: {output:?}");
    }
}

/// Names and texts of the files below a folder.
fn texts(folder: &Path) -> Vec<(String, String)> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut texts: Vec<(String, String)> = entries
        .map(|entry| {
            let entry = entry.expect("an entry");
            let text = fs::read_to_string(entry.path()).expect("it can be read");
            (entry.file_name().to_string_lossy().into_owned(), text)
        })
        .collect();
    texts.sort();
    texts
}

/// Stops runs that write files, each a little later, and looks at what they leave: whole files only.
/// `hidden` is for a signal that no program can answer.
#[cfg(unix)]
fn stopped(signal: &str, arguments: &[&str], folder: &Path, whole: &[(String, String)], hidden: bool) {
    for wait in 0..24 {
        let mut child = command(arguments)
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        thread::sleep(Duration::from_millis(wait * 2));
        let kill = Command::new("kill").args([&format!("-{signal}"), &child.id().to_string()]).output();
        kill.expect("kill runs");
        child.wait().expect("the program ends");
        for (name, text) in texts(&folder.join("out")) {
            let is_hidden = name.starts_with(".clauselint-");
            assert!(!is_hidden || hidden, "{name} is left after {signal}");
            assert!(
                is_hidden || whole.contains(&(name.clone(), text)),
                "{name} is half-written after {signal}"
            );
        }
    }
}

#[cfg(unix)]
#[test]
fn a_run_that_is_stopped_leaves_no_half_written_file() {
    let folder = empty("stopped");
    fs::create_dir_all(folder.join("out")).expect("it can be made");
    let target = folder.join("out").to_string_lossy().into_owned();
    assert_eq!(code(&run(&["man", &target])), 0);
    let whole = texts(&folder.join("out"));
    assert!(whole.len() > 5);
    for signal in ["INT", "TERM"] {
        stopped(signal, &["man", &target], &folder, &whole, false);
    }
    stopped("KILL", &["man", &target], &folder, &whole, true);
}

#[cfg(unix)]
#[test]
fn a_check_that_is_stopped_leaves_the_old_report() {
    let folder = empty("stopped-check");
    let target = folder.join("out/report.json");
    fs::create_dir_all(folder.join("out")).expect("it can be made");
    let contracts = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/contracts");
    let (target, contracts) = (target.to_string_lossy(), contracts.to_string_lossy());
    let arguments = ["check", "--format", "json", "--output", &target, &contracts];
    assert_eq!(code(&run(&arguments)), 1);
    let whole = texts(&folder.join("out"));
    assert_eq!(whole.len(), 1);
    for signal in ["INT", "TERM"] {
        stopped(signal, &arguments, &folder, &whole, false);
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let with = |threads: &str, arguments: &[&str]| {
        let output = command(arguments).env("RAYON_NUM_THREADS", threads).output().expect("the program runs");
        (code(&output), out(&output), err(&output))
    };
    let mut commands: Vec<Vec<&str>> =
        FORMATS.iter().map(|format| vec!["check", "--format", format, "fixtures"]).collect();
    commands.push(vec!["check", "--statistics", "fixtures"]);
    commands.push(vec!["coverage", "--format", "json", "fixtures/contracts", "fixtures/words"]);
    commands.push(vec!["query", "@supplier /s @must", "fixtures"]);
    for arguments in commands {
        let one = with("1", &arguments);
        assert!(one.1.len() > 1000, "{arguments:?} prints something: {}", one.2);
        assert!(one == with("4", &arguments), "{arguments:?}");
    }
}

/// What a run shows on a terminal when its input takes a while; nothing where there is no `script`.
#[cfg(target_os = "linux")]
fn on_a_terminal(arguments: &str) -> Option<String> {
    if !is_there("script") {
        skipped("the progress bar", "there is no script(1)");
        return None;
    }
    let run = format!("(sleep 0.8; cat {WEAK}) | \"$CLAUSELINT\" {arguments}");
    let mut script = Command::new("script");
    script.args(["--quiet", "--return", "--command", &run, "/dev/null"]);
    script.env("CLAUSELINT", env!("CARGO_BIN_EXE_clauselint")).env("TERM", "xterm").env("NO_COLOR", "1");
    script.current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    Some(out(&script.output().expect("script runs")))
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_that_lasts_shows_a_bar_on_a_terminal() {
    let Some(shown) = on_a_terminal("check - > /dev/null") else { return };
    assert!(shown.contains("reading ") && shown.contains("0/1"), "{shown:?}");
    assert!(!shown.contains("\u{1b}[3"), "the bar has no colours: {shown:?}");
    let after = shown.rsplit("/1").next().unwrap_or_default();
    assert!(after.contains("\u{1b}[2K"), "it is taken away: {shown:?}");
    for arguments in ["check --quiet - > /dev/null", "check - > /dev/null 2> /dev/null"] {
        let shown = on_a_terminal(arguments).unwrap_or_default();
        assert!(!shown.contains("reading "), "{arguments}: {shown:?}");
    }
    let output = run(&["check", WEAK]);
    assert_eq!(err(&output), "", "a run that is quick shows none, and a pipe none at all");
}
