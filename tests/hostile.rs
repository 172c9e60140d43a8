//! What comes from the other side of a deal, or from a rule file that somebody sent: text that steers a
//! terminal never leaves raw, by no command, and nothing makes a run wait or read without end.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod program;

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use program::{code, err, out, run};

/// A folder with these files in the folder for tests, new each time.
fn folder(name: &str, files: &[(&str, &[u8])]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile").join(name);
    let _ = fs::remove_dir_all(&folder);
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("it can be made");
        fs::write(path, text).expect("the file can be written");
    }
    folder
}

/// Escapes of a terminal in seven and eight bits, a bell, and marks that turn the reading direction.
const STEERING: &str = "\u{1b}]0;owned\u{7}\u{1b}[2J\u{9b}31m\u{202e}\u{2066}\u{200f}\u{8}";

/// What must not come out raw.
fn steers(character: char) -> bool {
    let turns = matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    (character.is_control() && character != '\n') || turns
}

fn contract() -> String {
    format!(
        "---\nclauselint:\n  profile: \"x{STEERING}\"\n---\n# Master {STEERING} Services Agreement\n\n\
         between Acme{STEERING} Ltd (the \"Customer\") and Helix Ltd (the \"Supplier{STEERING}\").\n\n\
         ## 1. Services{STEERING}\n\n1.1 The Supplier shall provide the services within thirty (45){STEERING} days \
         under clause 9.9{STEERING} and may{STEERING} at its sole discretion pay service credits.\n\n\
         <!-- clauselint: allow(numbering{STEERING}) because{STEERING} by={STEERING} until=2020-01-01 -->\n\
         ## 2. Exit\n\n2.1 The Customer shall {STEERING} own its data. [Client{STEERING}] shall indemnify the Supplier.\n"
    )
}

fn rule() -> String {
    let escaped =
        STEERING.chars().map(|character| format!("\\u{:04x}", u32::from(character))).collect::<String>();
    let rule = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rules/step-in.toml"));
    let rule = rule.expect("the fixture is there");
    let steering = rule
        .replacen("title   = \"Step-in\"", &format!("title = \"Step-in{escaped}\""), 1)
        .replacen("summary = \"", &format!("summary = \"{escaped}"), 1)
        .replacen("references = [\"", &format!("references = [\"{escaped}"), 1);
    assert_eq!(steering.matches(&escaped).count(), 3, "the fixture has changed");
    steering
}

#[test]
fn no_command_sends_raw_text_to_a_terminal() {
    let contract_text = contract();
    let broken = format!("title = \"x{}\"\nnosuch\u{202e} = 1\n", "\\u001b");
    let settings = "[levels]\n\"nosuch\\u001b\" = \"error\"\n\"\\u202e\" = \"loud\\u0007\"\n";
    let folder = folder(
        "raw",
        &[
            ("con\u{202e}\u{9b}tract\u{1b}[2J.md", contract_text.as_bytes()),
            ("rules/step-in.toml", rule().as_bytes()),
            ("broken/step-in.toml", broken.as_bytes()),
            ("clauselint.toml", settings.as_bytes()),
            ("known.jsonl", b"{\"clauselint\":\"baseline\",\"version\":1}\n{\"path\":\"\\u001b[2J\",\"code\":\"\xe2\x80\xae\"\n"),
        ],
    );
    let at = |name: &str| folder.join(name).to_string_lossy().into_owned();
    let (contracts, rules, broken) = (at(""), at("rules"), at("broken"));
    let (settings, known) = (at("clauselint.toml"), at("known.jsonl"));
    let mut runs: Vec<Vec<&str>> = vec![
        vec!["check", &contracts],
        vec!["check", "--no-config", "--verbose", "--rules", &rules, "--profile", "all", &contracts],
        vec!["check", "--no-config", "--rules", &broken, &contracts],
        vec!["check", "--no-config", "--baseline", &known, &contracts],
        vec!["check", "--no-config", "--profile", "x\u{1b}", "--pack", "y\u{202e}", &contracts],
        vec!["check", "--no-config", "--statistics", &contracts],
        vec!["check", "--no-config", "no-such\u{1b}[2J\u{202e}.md"],
        vec!["coverage", "--no-config", "--rules", &rules, &contracts],
        vec!["query", "--no-config", "services or own or 'x\u{1b}", &contracts],
        vec!["query", "--no-config", "supplier or services", &contracts],
        vec!["waivers", "--no-config", &contracts],
        vec!["waivers", "--no-config", "--format", "csv", &contracts],
        vec!["explain", "--no-config", "--rules", &rules, "step-in"],
        vec!["explain", "no-such\u{1b}\u{202e}"],
        vec!["rules", "list", "--rules", &rules],
        vec!["rules", "list", "--rules", &broken],
        vec!["rules", "test", &rules],
        vec!["config", "show", &settings],
    ];
    for format in ["concise", "json", "jsonl", "sarif", "github", "gitlab", "junit", "rdjson", "markdown"] {
        runs.push(vec!["check", "--no-config", "--rules", &rules, "--format", format, &contracts]);
    }
    for arguments in runs {
        let output = run(&arguments);
        let told = out(&output) + &err(&output);
        assert!(!told.trim().is_empty(), "{arguments:?} says something");
        // The lines of CSV end so (RFC 4180).
        let told = if arguments.contains(&"csv") { told.replace("\r\n", "\n") } else { told };
        let raw: Vec<char> = told.chars().filter(|&character| steers(character)).collect();
        assert!(raw.is_empty(), "{arguments:?} sends {raw:?}:\n{told:?}");
    }
}

/// A pipe that nobody writes to; none where they cannot be made.
fn pipe(path: &Path) -> bool {
    let made = Command::new("mkfifo").arg(path).status().is_ok_and(|status| status.success());
    if !made {
        let _ = writeln!(std::io::stderr().lock(), "\nskipped: a pipe: it cannot be made here");
    }
    made
}

const GOOD: &str = "fixtures/contracts/harbour-msa.md";

#[test]
fn a_pipe_in_a_folder_is_not_waited_for() {
    let folder = folder("pipe", &[("rules/note.md", b"# Rules\n")]);
    let path = folder.to_string_lossy().into_owned();
    if !pipe(&folder.join("contract.md")) || !pipe(&folder.join("rules/house.toml")) {
        return;
    }
    let output = run(&["check", "--no-config", &path]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("contract.md is no regular file, and is not read"), "{}", err(&output));
    let output = run(&["check", "--no-config", "--rules", &format!("{path}/rules"), GOOD]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("no rule file in"), "{}", err(&output));
}

#[test]
fn what_never_ends_is_refused() {
    if !Path::new("/dev/zero").exists() {
        let _ = writeln!(std::io::stderr().lock(), "\nskipped: a device that never ends: there is none here");
        return;
    }
    let output = run(&["check", "--no-config", "/dev/zero", GOOD]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("it is larger than 256 MiB, the most that is read"), "{}", err(&output));
    assert!(out(&output).contains("1 contract, "), "the other contract is read: {}", out(&output));
}

#[test]
fn rules_and_settings_have_a_size() {
    let comment = [b"# ".as_slice(), &b"x".repeat((1 << 20) + 1)].concat();
    let patterns = |pattern: &str| rule().replacen("any    = [", &format!("any = [\n  '''{pattern}''',"), 1);
    let long = patterns(&vec!["word"; 3000].join(" or "));
    let deep = patterns(&format!("{}word{}", "(".repeat(500), ")".repeat(500)));
    let glob = format!("exclude = [\"{}\"]\n", "{a,b}".repeat(200));
    let chain = (0..40).map(|at| format!("list{at} = '''$list{} or word''' \n", at + 1)).collect::<String>();
    let chain = format!("[lists]\n{chain}list40 = '''last'''\n");
    let folder = folder(
        "sizes",
        &[
            ("large/house.toml", &comment),
            ("long/step-in.toml", long.as_bytes()),
            ("deep/step-in.toml", deep.as_bytes()),
            ("chain/vocabulary.toml", chain.as_bytes()),
            ("large.toml", &comment),
            ("glob.toml", glob.as_bytes()),
        ],
    );
    let at = |name: &str| folder.join(name).to_string_lossy().into_owned();
    for (option, name, told) in [
        ("--rules", "large", "it is larger than 1 MiB, the most that is read"),
        ("--rules", "long", "a pattern of 23996 bytes; the longest allowed is 8192"),
        ("--rules", "deep", "more than 64 parts inside each other or in one chain"),
        ("--rules", "chain", "the list `list0` leads through more than 16 lists"),
        ("--config", "large.toml", "it is larger than 1 MiB, the most that is read"),
        ("--config", "glob.toml", "a glob of 1000 bytes is too long: 500 are read"),
    ] {
        let output = run(&["check", option, &at(name), GOOD]);
        assert_eq!(code(&output), 2, "{name}: {}", err(&output));
        assert!(err(&output).contains(told), "{name}: {}", err(&output));
        let errors = if name == "chain" { 41 - 16 } else { 1 };
        assert_eq!(err(&output).matches("error[").count(), errors, "{name}: {}", err(&output));
    }
}
