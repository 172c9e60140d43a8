//! `check --changed-since`: what is read, and what git cannot tell.

use std::path::PathBuf;

use super::folder::{Folder, last_line};
use super::program::{code, err, out};
use super::{HARBOUR, LAKESIDE, QUAYSIDE};

#[test]
fn only_what_has_changed_is_read() {
    let folder = Folder::repository(&[
        ("contracts/same.md", LAKESIDE),
        ("contracts/committed.md", LAKESIDE),
        ("contracts/staged.md", LAKESIDE),
        ("contracts/unstaged.md", LAKESIDE),
        ("contracts/old name.md", LAKESIDE),
        ("contracts/deleted.md", LAKESIDE),
        (".gitignore", "ignored.md\n"),
    ]);
    folder.git(&["checkout", "--quiet", "-b", "work"]);
    folder.write("contracts/committed.md", HARBOUR);
    folder.commit();
    folder.write("contracts/staged.md", HARBOUR);
    folder.git(&["mv", "contracts/old name.md", "contracts/new name.md"]);
    folder.git(&["add", "--all"]);
    folder.write("contracts/unstaged.md", HARBOUR);
    folder.write("contracts/prüfung\n\"neu\".md", LAKESIDE);
    folder.write("contracts/ignored.md", LAKESIDE);
    folder.remove("contracts/deleted.md");
    let read = folder.files_read(&["contracts", "--changed-since", "main"]);
    assert_eq!(
        read,
        [
            "contracts/committed.md",
            "contracts/new name.md",
            "contracts/prüfung\n\"neu\".md",
            "contracts/staged.md",
            "contracts/unstaged.md"
        ]
    );
    // From a folder below, with a file that is named.
    let arguments = ["check", "same.md", "staged.md", "--changed-since", "main", "--format", "json"];
    let mut below = folder.command(&arguments);
    let output = below.current_dir(folder.path().join("contracts")).output().expect("the program runs");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(report["contracts"].as_array().map(Vec::len), Some(1));
    assert_eq!(report["contracts"][0]["path"], "staged.md");
}

#[test]
fn what_the_other_branch_has_changed_meanwhile_is_not_read() {
    let folder = Folder::repository(&[("a.md", LAKESIDE), ("b.md", LAKESIDE)]);
    folder.git(&["checkout", "--quiet", "-b", "work"]);
    folder.write("a.md", HARBOUR);
    folder.commit();
    folder.git(&["checkout", "--quiet", "main"]);
    folder.write("b.md", HARBOUR);
    folder.commit();
    folder.git(&["checkout", "--quiet", "work"]);
    assert_eq!(folder.files_read(&[".", "--changed-since", "main"]), ["a.md"]);
}

#[test]
fn a_run_over_what_has_changed_calls_nothing_else_gone_and_follows_a_move() {
    let folder = Folder::repository(&[("a.md", LAKESIDE), ("b.md", QUAYSIDE), ("c.md", HARBOUR)]);
    folder.run(&["baseline", "write"]);
    folder.commit();
    folder.rename("a.md", "moved/a.md");
    folder.remove("b.md");
    let (exit, line) = folder.check(&[".", "--changed-since", "HEAD", "--fail-on", "note"]);
    assert_eq!(exit, 0, "{line}");
    assert!(line.ends_with("; 31 known findings hidden"), "{line}");
}

#[test]
fn nothing_has_changed() {
    let folder = Folder::repository(&[("a.md", LAKESIDE)]);
    let output = folder.run(&["check", ".", "--changed-since", "HEAD"]);
    assert_eq!(code(&output), 0);
    assert_eq!(err(&output), "no contract has changed since HEAD\n");
    assert!(last_line(&output).starts_with("0 contracts, "), "{}", out(&output));
}

#[test]
fn a_revision_that_git_does_not_know_is_told() {
    let folder = Folder::repository(&[("a.md", LAKESIDE)]);
    for revision in ["nowhere", "", "--output=stolen.txt", "-p", "HEAD:a.md", "main..main"] {
        let output = folder.run(&["check", "a.md", "--changed-since", revision]);
        assert_eq!(code(&output), 2, "{revision}");
        let told = err(&output);
        let expected = format!("error[usage]: git knows no revision called {revision:?} in ");
        assert!(told.starts_with(&expected), "{told}");
        assert_eq!(out(&output), "");
    }
    assert!(!folder.path().join("stolen.txt").exists());
}

#[test]
fn no_repository_and_no_git_are_told() {
    let folder = Folder::new(&[("a.md", LAKESIDE)]);
    let mut outside = folder.command(&["check", "a.md", "--changed-since", "HEAD"]);
    // Whatever lies above the folder of temporary files is none of this test's.
    let output = outside.env("GIT_CEILING_DIRECTORIES", folder.path()).output().expect("the program runs");
    assert_eq!(code(&output), 2);
    insta::assert_snapshot!(err(&output), @r"
    error[usage]: the folder . lies in no git repository
     = help: leave out --changed-since, or run it where git keeps the contracts
    ");
    let output = folder
        .command(&["check", "a.md", "--changed-since", "HEAD"])
        .env("PATH", folder.path())
        .output()
        .expect("the program runs");
    assert_eq!(code(&output), 2);
    insta::assert_snapshot!(err(&output), @r"
    error[usage]: --changed-since asks git, and there is no git on the path
     = help: install git, or leave out --changed-since
    ");
}

#[test]
fn what_a_hook_sets_for_its_own_repository_does_not_count() {
    let folder = Folder::repository(&[("a.md", LAKESIDE), ("b.md", LAKESIDE)]);
    folder.write("a.md", HARBOUR);
    let other = Folder::repository(&[("x.md", LAKESIDE)]);
    let git: PathBuf = other.path().join(".git");
    let output = folder
        .command(&["check", ".", "--changed-since", "HEAD", "--format", "json"])
        .env("GIT_DIR", &git)
        .env("GIT_INDEX_FILE", git.join("index"))
        .output()
        .expect("the program runs");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(report["contracts"].as_array().map(Vec::len), Some(1), "{}", err(&output));
}
