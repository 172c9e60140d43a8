//! Where reports go: standard output, files that are replaced in one go, several in one run, and
//! everything that must be refused before a file is lost.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod program;

use std::fs;
use std::path::{Path, PathBuf};

use program::{code, err, out, run};

const WEAK: &str = "fixtures/contracts/lakeside-support.md";

/// An empty folder of this test's own.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outputs").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the folder can be made");
    folder
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// The names in a folder, temporary ones too.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("the folder can be read");
    let mut names: Vec<String> =
        entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn several_reports_of_one_run() {
    let folder = folder("several");
    let (sarif, summary) = (folder.join("out.sarif"), folder.join("summary.md"));
    let (to_sarif, to_summary) =
        (format!("sarif={}", sarif.display()), format!("markdown={}", summary.display()));
    let output = run(&["check", "--format", "text", "--format", &to_sarif, "--format", &to_summary, WEAK]);
    assert_eq!((code(&output), err(&output)), (1, String::new()));
    assert_eq!(out(&output), out(&run(&["check", WEAK])));
    let log = fs::read_to_string(&sarif).expect("it was written");
    assert_eq!(log, out(&run(&["check", "--format", "sarif", WEAK])));
    let told = fs::read_to_string(&summary).expect("it was written");
    assert_eq!(told, out(&run(&["check", "--format", "markdown", WEAK])));
    assert_eq!(names(&folder), ["out.sarif", "summary.md"], "nothing else is left behind");
    // Only what is asked for is printed.
    let quiet = run(&["check", "--format", &to_sarif, WEAK]);
    assert_eq!((code(&quiet), out(&quiet)), (1, String::new()));
}

#[test]
fn quiet_commands_say_nothing_of_what_they_write() {
    let folder = folder("quiet");
    let (known, pages) = (text(&folder.join("known.jsonl")), text(&folder.join("man")));
    let commands: [&[&str]; 4] = [
        &["baseline", "write", WEAK, "--output", &known],
        &["baseline", "update", WEAK, "--baseline", &known],
        &["init", &text(&folder)],
        &["man", &pages],
    ];
    for command in commands {
        let output = run(&[command, &["--quiet"]].concat());
        assert_eq!(
            (code(&output), out(&output), err(&output)),
            (0, String::new(), String::new()),
            "{command:?}"
        );
    }
    assert_eq!(names(&folder), ["clauselint.toml", "known.jsonl", "man"], "and yet they write");
}

#[test]
fn output_takes_the_place_of_standard_output() {
    let folder = folder("output");
    let file = folder.join("report.txt");
    let output = run(&["check", "--color", "always", "--output", &text(&file), WEAK]);
    assert_eq!((code(&output), out(&output), err(&output)), (1, String::new(), String::new()));
    assert_eq!(fs::read_to_string(&file).expect("it was written"), out(&run(&["check", WEAK])));
    let json = run(&["check", "--format", "json", "--output", &text(&file), WEAK]);
    assert_eq!(code(&json), 1);
    assert_eq!(
        fs::read_to_string(&file).expect("it was written"),
        out(&run(&["check", "--format", "json", WEAK]))
    );
    for dash in [&["--output", "-"][..], &["--format", "text=-"], &["--output", "/dev/stdout"]] {
        let output = run(&[&["check", WEAK], dash].concat());
        assert_eq!(out(&output), out(&run(&["check", WEAK])), "{dash:?}");
    }
}

#[test]
fn two_reports_never_go_to_one_place() {
    let folder = folder("clash");
    let file = folder.join("a.txt");
    let (one, two) = (format!("json={}", file.display()), format!("sarif={}/./a.txt", folder.display()));
    for (arguments, said) in [
        (
            vec!["--format", "text", "--format", "json"],
            "two reports would go to standard output: text and json",
        ),
        (vec!["--format", "json=-", "--format", "text"], "two reports would go to standard output"),
        (vec!["--format", &one, "--format", &two], "a.txt: json and sarif"),
        (vec!["--format", &one, "--output", "-"], "--output has nothing to write"),
    ] {
        let output = run(&[&["check", WEAK], arguments.as_slice()].concat());
        assert_eq!((code(&output), out(&output)), (2, String::new()), "{arguments:?}");
        assert!(
            err(&output).starts_with("error[usage]: ") && err(&output).contains(said),
            "{}",
            err(&output)
        );
        assert!(err(&output).contains(" = help: "), "{}", err(&output));
    }
    assert!(names(&folder).is_empty(), "nothing is written then");
}

#[test]
fn a_format_that_does_not_exist_is_told_with_a_near_name() {
    for (format, said) in
        [("sarf", "'sarif'"), ("yaml", "possible values: text, concise, json"), ("json=", "json")]
    {
        let output = run(&["check", "--format", format, WEAK]);
        assert_eq!((code(&output), out(&output)), (2, String::new()));
        assert!(err(&output).contains(said), "{}", err(&output));
    }
    let help = out(&run(&["check", "--help"]));
    assert!(help.contains("- sarif:") && help.contains("SARIF 2.1.0, for code scanning"), "{help}");
}

#[test]
fn a_contract_is_never_replaced_by_its_report() {
    let folder = folder("over-input");
    let contract = folder.join("msa.md");
    fs::copy(WEAK, &contract).expect("it can be copied");
    let before = fs::read(&contract).expect("it is there");
    let spelled = format!("{}/./msa.md", folder.display());
    for input in [text(&contract), text(&folder)] {
        let output = run(&["check", "--output", &spelled, &input]);
        assert_eq!((code(&output), out(&output)), (2, String::new()));
        assert!(err(&output).contains("was read in this run, and is not replaced"), "{}", err(&output));
        assert_eq!(fs::read(&contract).expect("it is there"), before);
    }
}

#[test]
fn folders_that_are_not_there_and_folders_that_are() {
    let folder = folder("folders");
    let absent = folder.join("reports/out.json");
    let good = folder.join("good.json");
    let (to_absent, to_folder, to_good) = (
        format!("json={}", absent.display()),
        format!("jsonl={}", folder.display()),
        format!("gitlab={}", good.display()),
    );
    let output = run(&[
        "check", "--format", "text", "--format", &to_absent, "--format", &to_folder, "--format", &to_good,
        WEAK,
    ]);
    assert_eq!(code(&output), 2);
    let said = err(&output);
    assert!(said.contains("out.json cannot be written: there is no folder"), "{said}");
    assert!(said.contains("make the folder first") && said.contains("is a folder, and no report"), "{said}");
    assert_eq!(out(&output), out(&run(&["check", WEAK])), "the others are written all the same");
    assert!(good.is_file());
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _, symlink};

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).expect("it is there").permissions().mode() & 0o7777
    }

    #[test]
    fn an_old_file_keeps_its_permissions_and_a_new_one_is_as_any_other() {
        let folder = folder("permissions");
        let (old, new) = (folder.join("old.json"), folder.join("new.json"));
        fs::write(&old, "old").expect("it can be written");
        fs::set_permissions(&old, fs::Permissions::from_mode(0o640)).expect("permissions can be set");
        let plain = folder.join("plain");
        fs::write(&plain, "x").expect("it can be written");
        for file in [&old, &new] {
            assert_eq!(code(&run(&["check", "--format", "json", "--output", &text(file), WEAK])), 1);
        }
        assert_eq!((mode(&old), mode(&new)), (0o640, mode(&plain)));
        assert!(fs::read_to_string(&old).expect("it is there").starts_with("{\n"));
    }

    #[test]
    fn a_file_that_is_open_elsewhere_keeps_its_text_there() {
        let folder = folder("one-go");
        let file = folder.join("out.json");
        fs::write(&file, "old").expect("it can be written");
        let before = fs::metadata(&file).expect("it is there").ino();
        let mut reader = fs::File::open(&file).expect("it can be opened");
        assert_eq!(code(&run(&["check", "--format", "json", "--output", &text(&file), WEAK])), 1);
        assert_ne!(fs::metadata(&file).expect("it is there").ino(), before, "replaced, not overwritten");
        let mut seen = String::new();
        std::io::Read::read_to_string(&mut reader, &mut seen).expect("it can be read");
        assert_eq!(seen, "old", "who reads the old one reads it whole");
    }

    #[test]
    fn a_link_is_followed_and_stays_a_link() {
        let folder = folder("link");
        let (file, link) = (folder.join("there.json"), folder.join("link.json"));
        fs::write(&file, "old").expect("it can be written");
        symlink("there.json", &link).expect("links can be made");
        assert_eq!(code(&run(&["check", "--format", "json", "--output", &text(&link), WEAK])), 1);
        assert!(fs::symlink_metadata(&link).expect("it is there").is_symlink());
        assert!(fs::read_to_string(&file).expect("it is there").starts_with("{\n"));
        let clash = format!("sarif={}", file.display());
        let output =
            run(&["check", "--format", &format!("json={}", link.display()), "--format", &clash, WEAK]);
        assert!(err(&output).contains("two reports would go to"), "{}", err(&output));
    }

    #[test]
    fn a_write_protected_file_is_left_as_it_is() {
        let folder = folder("protected");
        let file = folder.join("out.json");
        fs::write(&file, "old").expect("it can be written");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).expect("permissions can be set");
        let output = run(&["check", "--output", &text(&file), WEAK]);
        assert_eq!(code(&output), 2);
        assert!(err(&output).contains("is write-protected, and is left as it is"), "{}", err(&output));
        assert_eq!(fs::read_to_string(&file).expect("it is there"), "old");
    }

    #[test]
    fn a_folder_that_may_not_be_written_to_is_named() {
        let folder = folder("locked");
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o555)).expect("permissions can be set");
        let refused = fs::write(folder.join("probe"), "x").is_err();
        let output = run(&["check", "--output", &text(&folder.join("out.txt")), WEAK]);
        fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("permissions can be set");
        // The superuser may write everywhere.
        if refused {
            assert_eq!(code(&output), 2);
            assert!(
                err(&output).contains("out.txt cannot be written: permission denied"),
                "{}",
                err(&output)
            );
        }
    }

    #[test]
    fn a_device_is_written_to_and_not_replaced() {
        let output = run(&["check", "--output", "/dev/null", WEAK]);
        assert_eq!((code(&output), out(&output), err(&output)), (1, String::new(), String::new()));
        assert!(fs::metadata("/dev/null").expect("it is there").file_type().is_char_device());
        if Path::new("/dev/full").exists() {
            let output = run(&["check", "--output", "/dev/full", WEAK]);
            assert_eq!(code(&output), 2);
            assert!(
                err(&output).contains("/dev/full cannot be written: the disk is full"),
                "{}",
                err(&output)
            );
        }
    }

    #[test]
    fn a_report_that_does_not_fit_leaves_the_old_one() {
        let folder = folder("too-large");
        let file = folder.join("out.json");
        fs::write(&file, "old").expect("it can be written");
        // No file of more than one block: writing fails in the middle, as on a full disk.
        let script = "trap '' XFSZ; ulimit -f 1; exec \"$0\" check --format json --output \"$1\" \"$2\"";
        let output = std::process::Command::new("sh")
            .args(["-c", script, env!("CARGO_BIN_EXE_clauselint"), &text(&file), WEAK])
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .expect("a shell is there");
        assert_eq!(code(&output), 2, "{}", err(&output));
        assert!(err(&output).contains("out.json cannot be written: "), "{}", err(&output));
        assert_eq!(fs::read_to_string(&file).expect("it is there"), "old");
        assert_eq!(names(&folder), ["out.json"], "nothing half-written is left behind");
    }

    /// Every command that writes files, in a folder of its own, and what must be there when it fails: a
    /// command and its arguments, in which `@` stands for the folder.
    const WRITERS: [&[&str]; 7] = [
        &["check", "--no-config", "--format", "json=@/report.json", "@/msa.md"],
        &["baseline", "write", "--no-config", "--output", "@/new.jsonl", "@/msa.md"],
        &["baseline", "write", "--no-config", "--force", "--output", "@/known.jsonl", "@/msa.md"],
        &["baseline", "update", "--no-config", "--accept-new", "--baseline", "@/known.jsonl", "@/msa.md"],
        &["init", "@"],
        &["rules", "new", "step-in", "--output", "@"],
        &["man", "@"],
    ];

    /// Runs each of them through a shell that does something first: what was there stays as it was, nothing
    /// half-written is left, and the file is named.
    fn nothing_is_lost(name: &str, first: &str) {
        for (at, arguments) in WRITERS.iter().enumerate() {
            let folder = folder(&format!("{name}-{at}"));
            fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(WEAK), folder.join("msa.md"))
                .expect("it is there");
            let old = "{\"clauselint\":\"baseline\",\"version\":1}\n";
            fs::write(folder.join("known.jsonl"), old).expect("it can be written");
            let arguments: Vec<String> =
                arguments.iter().map(|part| part.replace('@', &text(&folder))).collect();
            let output = std::process::Command::new("sh")
                .args(["-c", &format!("{first}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_clauselint")])
                .args(&arguments)
                .current_dir(&folder)
                .output()
                .expect("a shell is there");
            fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).expect("permissions can be set");
            assert_eq!(code(&output), 2, "{arguments:?}: {}", err(&output));
            assert!(err(&output).contains("cannot be written: "), "{arguments:?}: {}", err(&output));
            assert_eq!(names(&folder), ["known.jsonl", "msa.md"], "{arguments:?}");
            assert_eq!(fs::read_to_string(folder.join("known.jsonl")).expect("it is there"), old);
        }
    }

    #[test]
    fn a_full_disk_loses_nothing() {
        // No byte of any file: every write fails, as on a full disk.
        nothing_is_lost("full", "trap '' XFSZ; ulimit -f 0");
    }

    #[test]
    fn a_folder_that_is_read_only_loses_nothing() {
        let probe = folder("probe");
        fs::set_permissions(&probe, fs::Permissions::from_mode(0o555)).expect("permissions can be set");
        let superuser = fs::write(probe.join("probe"), "x").is_ok();
        fs::set_permissions(&probe, fs::Permissions::from_mode(0o755)).expect("permissions can be set");
        if !superuser {
            return nothing_is_lost("read-only", "chmod 555 .");
        }
        // The superuser may write everywhere, and so becomes somebody else.
        let nobody = "setpriv --reuid=65534 --regid=65534 --clear-groups";
        let can = std::process::Command::new("sh")
            .args(["-c", &format!("{nobody} \"$0\" --version"), env!("CARGO_BIN_EXE_clauselint")])
            .output();
        if can.is_ok_and(|output| output.status.success()) {
            nothing_is_lost("read-only", &format!("chmod 555 .; set -- {nobody} \"$0\" \"$@\"; exec \"$@\""));
        } else {
            use std::io::Write as _;
            let _ = writeln!(
                std::io::stderr().lock(),
                "\nskipped: a read-only folder: the superuser may write to it"
            );
        }
    }

    #[test]
    fn a_baseline_keeps_its_mark_and_line_ends() {
        let folder = folder("line-ends");
        let (contract, known) = (folder.join("msa.md"), folder.join("known.jsonl"));
        let old = "{\"clauselint\":\"baseline\",\"version\":1}\n";
        fs::write(&known, old).expect("it can be written");
        fs::copy(Path::new(env!("CARGO_MANIFEST_DIR")).join(WEAK), &contract).expect("it is there");
        let arguments = [
            "baseline",
            "update",
            "--no-config",
            "--accept-new",
            "--baseline",
            &text(&known),
            &text(&contract),
        ];
        let output = run(&arguments);
        assert_eq!(code(&output), 0, "{}", err(&output));
        let taken_in = fs::read_to_string(&known).expect("it is there");
        assert!(taken_in.lines().count() > 5 && taken_in.starts_with(old), "{taken_in}");
        // With CRLF and a mark in front, as some editors leave it, it stays so.
        fs::write(&known, format!("\u{feff}{}", old.replace('\n', "\r\n"))).expect("it can be written");
        assert_eq!(code(&run(&arguments)), 0);
        let kept = fs::read_to_string(&known).expect("it is there");
        assert_eq!(kept, format!("\u{feff}{}", taken_in.replace('\n', "\r\n")));
    }
}
