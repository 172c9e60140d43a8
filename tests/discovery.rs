//! Which files a run reads: what is left out of folders, what is left out because the user says so, links,
//! order, and standard input under a name.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod program;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use program::{code, command, err, out, run};

const WEAK: &str = "fixtures/contracts/lakeside-support.md";

/// A folder of this test's own with these files, each of them no contract: reading them costs nothing.
fn folder(name: &str, files: &[&str]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("discovery").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    for file in files {
        write(&folder, file, "# Frobnicator\n\nA small library that sorts things.\n");
    }
    folder
}

fn write(folder: &Path, file: &str, text: &str) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
    fs::write(path, text).expect("the file can be written");
}

/// A run in a folder.
fn within(folder: &Path, arguments: &[&str]) -> Output {
    command(arguments).current_dir(folder).output().expect("the program runs")
}

/// The files that a run in a folder reads, in the order of its report.
fn files_read(folder: &Path, arguments: &[&str]) -> Vec<String> {
    let all: Vec<&str> = ["check", "--format", "json"].iter().chain(arguments).copied().collect();
    let report: serde_json::Value =
        serde_json::from_str(&out(&within(folder, &all))).expect("the report is JSON");
    let findings = report["findings"].as_array().expect("there is a list of findings");
    let files = findings.iter().filter(|finding| finding["code"] == "not-a-contract");
    files.map(|finding| finding["path"].as_str().expect("it is of a file").to_owned()).collect()
}

#[test]
fn hidden_ignored_and_vendored_folders_are_left_out_unless_named() {
    let folder = folder(
        "left-out",
        &[
            "msa.md",
            "sub/sow.markdown",
            "sub/notes.txt",
            ".hidden/a.md",
            ".venv/lib/a.md",
            "node_modules/left-pad/README.md",
            "sub/__pycache__/a.md",
            "env/b.md",
            "cache/c.md",
            "old/ignored.md",
            "old/kept.md",
        ],
    );
    write(&folder, ".gitignore", "old/ignored.md\n");
    write(&folder, "env/pyvenv.cfg", "home = /usr\n");
    write(&folder, "cache/CACHEDIR.TAG", "Signature: 8a477f597d28d172789f06886806bc55\n");
    assert_eq!(files_read(&folder, &["."]), ["msa.md", "old/kept.md", "sub/sow.markdown"]);
    assert_eq!(files_read(&folder, &["node_modules"]), ["node_modules/left-pad/README.md"]);
    assert_eq!(files_read(&folder, &["env", ".hidden"]), ["env/b.md", ".hidden/a.md"]);
    assert_eq!(files_read(&folder, &["old/ignored.md"]), ["old/ignored.md"]);
}

#[test]
fn vendor_and_target_are_packages_only_beside_code() {
    let folder = folder(
        "vendors",
        &[
            "vendor/acme.md",
            "target/due-diligence.md",
            "third_party/claims.md",
            "code/vendor/README.md",
            "code/target/doc.md",
            "code/third_party/zlib.md",
            "code/contract.md",
        ],
    );
    write(&folder, "code/Cargo.toml", "[package]\n");
    let read = files_read(&folder, &["."]);
    let wanted = ["code/contract.md", "target/due-diligence.md", "third_party/claims.md", "vendor/acme.md"];
    assert_eq!(read, wanted);
    assert_eq!(files_read(&folder, &["code/vendor"]), ["code/vendor/README.md"]);
}

#[test]
fn globs_leave_files_and_folders_out() {
    let folder = folder(
        "globs",
        &["a.md", "a-draft.md", "archive/b.md", "sub/archive/c.md", "sub/d.md", "sub/deep/e.md"],
    );
    let read = |globs: &[&str]| {
        let mut arguments = vec!["."];
        arguments.extend(globs.iter().flat_map(|glob| ["--exclude", *glob]));
        files_read(&folder, &arguments)
    };
    assert_eq!(read(&["archive", "*-draft.md"]), ["a.md", "sub/d.md", "sub/deep/e.md"]);
    assert_eq!(read(&["sub/*.md", "sub/archive"]), ["a-draft.md", "a.md", "archive/b.md", "sub/deep/e.md"]);
    assert_eq!(read(&["sub/", "a*"]), Vec::<String>::new());
    // From another folder the same words mean paths of that folder.
    let below = folder.join("sub");
    assert_eq!(files_read(&below, &[".", "--exclude", "archive", "--exclude", "../sub/deep"]), ["d.md"]);
    let whole = folder.join("sub/deep").to_string_lossy().into_owned();
    assert_eq!(files_read(&folder, &["sub", "--exclude", &whole]), ["sub/archive/c.md", "sub/d.md"]);
}

#[test]
fn globs_hold_for_named_files_and_say_so() {
    let folder = folder("named", &["a.md", "drafts/b.md", "drafts/c.md"]);
    let output = within(&folder, &["check", "--exclude", "drafts", "a.md", "drafts/b.md"]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert!(out(&output).contains("a.md") && !out(&output).contains("b.md"), "{}", out(&output));
    assert_eq!(err(&output), "note[usage]: drafts/b.md is left out by --exclude drafts\n\n");
    let output = within(&folder, &["check", "--exclude", "drafts/*", "drafts/b.md", "drafts/c.md"]);
    assert_eq!(err(&output), "note[usage]: 2 files that were named are left out by --exclude drafts/*\n\n");
    assert_eq!(code(&output), 0, "a hook may hand over nothing but what is left out");
    let output = within(&folder, &["check", "--exclude", "*.md", "."]);
    assert_eq!(code(&output), 2, "a folder without contracts is a mistake");
    assert!(err(&output).contains("no contract in ."), "{}", err(&output));
}

#[test]
fn every_broken_glob_is_a_mistake() {
    let output = run(&["check", "--exclude", "a[", "--exclude", "b{c", WEAK]);
    assert_eq!((code(&output), out(&output)), (2, String::new()));
    assert!(err(&output).contains("the glob a[ is broken: unclosed character class"), "{}", err(&output));
    assert!(err(&output).contains("the glob b{c is broken"), "{}", err(&output));
}

#[cfg(unix)]
#[test]
fn a_file_is_read_once_under_its_own_name_however_it_is_reached() {
    use std::os::unix::fs::symlink;
    let folder = folder("links", &["m/real.md", "z/other.md"]);
    symlink("m/real.md", folder.join("a-link.md")).expect("links can be made");
    symlink("../m", folder.join("z/round")).expect("links can be made");
    symlink(".", folder.join("m/here")).expect("links can be made");
    assert_eq!(files_read(&folder, &["."]), ["m/real.md", "z/other.md"]);
    assert_eq!(files_read(&folder, &["a-link.md", "."]), ["a-link.md", "z/other.md"], "the user named it so");
    assert_eq!(files_read(&folder, &[".", "a-link.md"]), ["a-link.md", "z/other.md"]);
    assert_eq!(files_read(&folder, &["z/round"]), ["z/round/real.md"], "a link that is named is followed");
    assert_eq!(files_read(&folder, &["m", "m/here/here", "./m/../m/real.md"]), ["m/../m/real.md"]);
}

#[test]
fn a_file_that_is_found_and_named_counts_as_named() {
    let folder = folder("found-and-named", &["a.md"]);
    for paths in [[".", "a.md"], ["a.md", "."]] {
        let output = within(&folder, &["check", "--profile", "outsourcing", paths[0], paths[1]]);
        assert!(out(&output).contains("1 contract, "), "{paths:?}: {}", out(&output));
    }
}

#[test]
fn the_order_is_that_of_the_paths_and_then_of_the_names() {
    let folder = folder("order", &["b/2.md", "b/10.md", "b.md", "a/z/1.md", "a/y.md", "B.md"]);
    let wanted = ["B.md", "a/y.md", "a/z/1.md", "b/10.md", "b/2.md", "b.md"];
    assert_eq!(files_read(&folder, &["."]), wanted);
    assert_eq!(files_read(&folder, &["b", "a"]), ["b/10.md", "b/2.md", "a/y.md", "a/z/1.md"]);
}

fn piped(folder: &Path, arguments: &[&str], input: &[u8]) -> Output {
    let mut child = command(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    // One that refuses its arguments does not read.
    let _ = child.stdin.take().expect("standard input is a pipe").write_all(input);
    child.wait_with_output().expect("the program ends")
}

#[test]
fn standard_input_goes_by_the_name_that_it_is_given() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read(top.join(WEAK)).expect("the fixture is there");
    let named = out(&run(&["check", WEAK]));
    for arguments in [&["check", "--stdin-filename", WEAK, "-"][..], &["check", "--stdin-filename", WEAK]] {
        let output = piped(top, arguments, &text);
        assert_eq!((out(&output), err(&output)), (named.clone(), String::new()));
        assert_eq!(code(&output), 1);
    }
    let output = piped(top, &["coverage", "--stdin-filename", "x/y.md", "-"], &text);
    assert!(out(&output).starts_with("x/y.md · "), "{}", out(&output));
    let output = piped(top, &["query", "@supplier", "--stdin-filename", "x/y.md"], &text);
    assert!(out(&output).starts_with("x/y.md:"), "{}", out(&output));
}

#[test]
fn standard_input_is_left_out_by_its_name_and_never_taken_for_a_file() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = b"# Frobnicator\n";
    let output = piped(top, &["check", "--stdin-filename", "drafts/a.md", "--exclude", "drafts", "-"], text);
    assert_eq!(code(&output), 0);
    assert_eq!(err(&output), "note[usage]: drafts/a.md is left out by --exclude drafts\n\n");
    let output = piped(top, &["check", "--stdin-filename", "a.md", WEAK], text);
    assert_eq!((code(&output), out(&output)), (2, String::new()));
    assert!(err(&output).contains("add - to the paths"), "{}", err(&output));
    let output = piped(top, &["check", "--stdin-filename", "no/such/folder/a.md", "-"], text);
    assert!(out(&output).contains("no/such/folder/a.md"), "{}", out(&output));
}
