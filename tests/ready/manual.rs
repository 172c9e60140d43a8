//! Completions under a real shell, manual pages through a real formatter.

use std::fs;
use std::process::Command;

use super::program::{code, command, err, out, run};
use super::{empty, is_there, skipped};

/// What bash offers for the last of these words.
fn offered(words: &[&str]) -> Vec<String> {
    let script = r#"
        set -euo pipefail
        source <("$CLAUSELINT" completions bash)
        COMP_WORDS=("$@")
        COMP_CWORD=$(($# - 1))
        _clauselint clauselint "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\n' "${COMPREPLY[@]}"
    "#;
    let mut bash = Command::new("bash");
    bash.args(["--noprofile", "--norc", "-c", script, "bash"]).args(words);
    bash.env("CLAUSELINT", env!("CARGO_BIN_EXE_clauselint"));
    let output = bash.output().expect("bash runs");
    assert!(output.status.success(), "{}", err(&output));
    out(&output).lines().map(str::to_owned).collect()
}

#[test]
fn bash_completes_commands_options_and_values() {
    if !is_there("bash", "--version") {
        return skipped("completions under bash", "there is no bash");
    }
    assert_eq!(offered(&["clauselint", "cov"]), ["coverage"]);
    assert_eq!(offered(&["clauselint", "check", "--stdin"]), ["--stdin-filename"]);
    assert_eq!(offered(&["clauselint", "check", "--fail-on", "w"]), ["warning"]);
    assert_eq!(offered(&["clauselint", "rules", "t"]), ["test"]);
}

#[test]
fn every_shell_gets_a_script() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = run(&["completions", shell]);
        assert_eq!((code(&output), err(&output)), (0, String::new()));
        assert!(out(&output).contains("stdin-filename"), "{shell}");
    }
    assert_eq!(code(&run(&["completions", "tcsh"])), 2);
}

/// The commands that help lists.
fn commands(help: &str) -> Vec<&str> {
    let lines = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    // A text that goes on in the next line stands further in.
    let named = lines.take_while(|line| !line.is_empty()).filter(|line| !line.starts_with("   "));
    let listed = named.filter_map(|line| line.split_whitespace().next());
    listed.filter(|name| *name != "help").collect()
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = empty("man");
    let target = folder.join("man1").to_string_lossy().into_owned();
    let output = run(&["man", &target]);
    assert_eq!((code(&output), err(&output)), (0, String::new()));
    let mut pages = vec!["clauselint".to_owned()];
    let help = out(&run(&["--help"]));
    for name in commands(&help) {
        pages.push(format!("clauselint-{name}"));
        let below = out(&run(&[name, "--help"]));
        pages.extend(commands(&below).iter().map(|below| format!("clauselint-{name}-{below}")));
    }
    assert!(pages.contains(&"clauselint-rules-new".to_owned()), "{pages:?}");
    let wanted: Vec<String> = pages.iter().map(|page| format!("{target}/{page}.1")).collect();
    assert_eq!(out(&output).lines().collect::<Vec<_>>(), wanted, "it says what it has written");
    for (page, path) in pages.iter().zip(&wanted) {
        let text = fs::read_to_string(path).expect("the page is there");
        for part in
            [&format!(".TH {page} 1"), ".SH NAME", ".SH SYNOPSIS", ".SH DESCRIPTION", ".SH \"EXIT STATUS\""]
        {
            assert!(text.contains(part), "{page} lacks {part}");
        }
        formats(path, page);
    }
    assert_eq!(out(&run(&["man"])), fs::read_to_string(&wanted[0]).expect("the page is there"));
}

/// groff finds nothing to warn of and the page says what it is.
fn formats(path: &str, page: &str) {
    if !is_there("groff", "--version") {
        return skipped("manual pages through groff", "there is no groff");
    }
    let mut groff = Command::new("groff");
    groff.args(["-man", "-Tascii", "-P-c", "-P-u", "-P-b", "-ww", path]);
    let output = groff.output().expect("groff runs");
    assert_eq!(err(&output), "", "{page}");
    // Lines are filled: blanks may be doubled and words may stand on the next line.
    let text = out(&output).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(&format!("{page} - ")), "{text}");
    assert!(text.contains("wins over 1"), "{text}");
}

#[test]
fn a_folder_that_cannot_be_written_is_a_mistake() {
    let folder = empty("man-refused");
    let file = folder.join("file");
    fs::write(&file, "x").expect("it can be written");
    let output = command(&["man", &file.to_string_lossy()]).output().expect("the program runs");
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("cannot be made"), "{}", err(&output));
}
