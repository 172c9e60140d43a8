//! The whole story of a team that keeps its contracts in git: the linter is turned on, old findings are
//! written down, a new one turns the build red, counsel allows it, the file moves and is numbered anew.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

mod program;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use program::{code, command, err, out, run};
use serde_json::Value;
use tempfile::TempDir;

/// The schedule that is edited.
const LEVELS: &str = "contracts/kestrel/schedules/service-levels.md";
/// Contracts of one file.
const SINGLE: [&str; 10] = [
    "contracts/harbour-msa.md",
    "contracts/greywater-facilities.md",
    "contracts/lakeside-support.md",
    "contracts/tidepool-terms.md",
    "papers/computing.md",
    "papers/master.md",
    "papers/non-disclosure.md",
    "papers/personal-data.md",
    "papers/service-levels.md",
    "papers/subscription.md",
];
/// Contracts of several files.
const SETS: [(&str, &[&str]); 2] = [
    ("kestrel", &["agreement.md", "schedules/service-levels.md", "schedules/leaving.md"]),
    ("orrery", &["frame.md", "levels.md"]),
];

/// A repository with twelve contracts.
struct Repository(TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().expect("a folder"));
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
        for path in SINGLE {
            let name = path.rsplit('/').next().expect("a name");
            repository.write(&format!("contracts/{name}"), &text(&fixtures.join(path)));
        }
        for (set, files) in SETS {
            for file in files {
                let text = text(&fixtures.join("sets").join(set).join(file));
                repository.write(&format!("contracts/{set}/{file}"), &text);
            }
        }
        repository.git(&["init", "--quiet"]);
        repository.commit();
        repository
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.0.path().join(path);
        fs::create_dir_all(path.parent().expect("it has a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }

    fn read(&self, path: &str) -> String {
        text(&self.0.path().join(path))
    }

    fn git(&self, arguments: &[&str]) {
        let git = Command::new("git")
            .current_dir(self.0.path())
            .args(["-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false"])
            .args(arguments)
            .output()
            .expect("git runs");
        assert!(git.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&git.stderr));
    }

    fn commit(&self) {
        self.git(&["add", "--all"]);
        self.git(&["commit", "--quiet", "--message", "work"]);
    }

    fn lint(&self, arguments: &[&str]) -> Output {
        command(arguments).current_dir(self.0.path()).output().expect("the program runs")
    }

    /// Lints and demands an exit code.
    fn expect(&self, expected: i32, arguments: &[&str]) -> String {
        let output = self.lint(arguments);
        assert_eq!(code(&output), expected, "{arguments:?}\n{}\n{}", out(&output), err(&output));
        out(&output)
    }
}

fn text(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The codes of the results of a SARIF log that nothing hides, and how many are hidden.
fn results(log: &str) -> (Vec<String>, usize) {
    let log: Value = serde_json::from_str(log).expect("the log is JSON");
    let results = log["runs"][0]["results"].as_array().expect("it has results").clone();
    let hidden = |result: &Value| result["suppressions"].as_array().is_some_and(|all| !all.is_empty());
    let shown = results.iter().filter(|result| !hidden(result));
    let codes = shown.map(|result| result["ruleId"].as_str().expect("it has a rule").to_owned()).collect();
    (codes, results.iter().filter(|result| hidden(result)).count())
}

/// A contract with another clause in front of all others, and every number one higher, in headings, at
/// the front of paragraphs and behind "clause".
fn renumbered(text: &str) -> String {
    let (head, clauses) = text.split_once("\n## ").expect("it has clauses");
    let line = |line: &str| {
        let (mark, rest) = line.split_at(if line.starts_with("## ") { 3 } else { 0 });
        let pieces: Vec<String> = rest.split("clause ").map(raised).collect();
        // Only the first piece stands at the front of the line.
        format!("{mark}{}", pieces.join("clause "))
    };
    let lines: Vec<String> = format!("## {clauses}").lines().map(line).collect();
    let purpose = "## 1. Purpose\n\n1.1 This Agreement serves to run the claims platform.\n";
    format!("{head}\n{purpose}\n{}\n", lines.join("\n"))
}

/// A text that begins with a number, such as "3.2 The Supplier", with the number one higher.
fn raised(text: &str) -> String {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, rest) = text.split_at(digits);
    number.parse::<u32>().map_or_else(|_| text.to_owned(), |number| format!("{}{rest}", number + 1))
}

#[test]
fn old_sins_are_known_new_ones_turn_the_build_red_and_counsel_may_allow_them() {
    let repository = Repository::new();

    // The linter is turned on.
    let found = repository.expect(0, &["init"]);
    assert!(found.starts_with("12 contracts found: "), "{found}");
    let report = repository.expect(1, &["check", "contracts"]);
    assert!(report.contains("\n12 contracts, "), "{report}");
    assert!(report.contains("error[missing-exit-transition]"), "{report}");

    // What is there today is written down: green.
    repository.expect(0, &["baseline", "write", "contracts"]);
    let settings = repository.read("clauselint.toml");
    let settings = settings
        .replace("fail-on = \"error\"", "fail-on = \"warning\"")
        .replace("#baseline = ", "baseline = ");
    repository.write("clauselint.toml", &settings);
    repository.commit();
    let green = repository.expect(0, &["check", "contracts"]);
    assert!(green.contains("known"), "{green}");

    // An edit takes the targets out of the service levels: red, with exactly that.
    let strong = repository.read(LEVELS);
    let weak = strong.replace(
        "for at least 99.9% of each calendar month, and shall answer an urgent call within thirty (30) minutes",
        "as agreed from time to time, and shall answer an urgent call promptly",
    );
    assert_ne!(weak, strong);
    repository.write(LEVELS, &weak);
    let commands = repository.expect(
        1,
        &[
            "check",
            "contracts",
            "--changed-since",
            "HEAD",
            "--format",
            "github",
            "--format",
            "sarif=red.sarif",
        ],
    );
    let told: Vec<&str> = commands.lines().filter(|line| line.starts_with("::")).collect();
    assert_eq!(told.len(), 1, "{commands}");
    assert!(told[0].starts_with(&format!("::warning file={LEVELS},line=")), "{commands}");
    assert!(told[0].contains("weak-sla-metrics"), "{commands}");
    let (codes, hidden) = results(&repository.read("red.sarif"));
    assert_eq!(codes, ["weak-sla-metrics"]);
    assert!(hidden > 0, "known findings are in the log, as suppressed");
    let whole = repository.expect(1, &["check", "contracts", "--format", "concise"]);
    assert_eq!(whole.lines().filter(|line| line.starts_with("contracts/")).count(), 1, "{whole}");

    // Counsel allows it, with a reason: green.
    let waiver = "<!-- clauselint: allow-file(weak-sla-metrics) agreed for the pilot year; by: counsel -->\n";
    repository.write(LEVELS, &format!("{waiver}\n{weak}"));
    repository.expect(0, &["check", "contracts"]);
    let waivers = repository.expect(0, &["waivers", "contracts"]);
    assert!(waivers.contains("agreed for the pilot year"), "{waivers}");
    repository.commit();

    // The contract is moved and numbered anew: still green.
    fs::create_dir(repository.0.path().join("contracts/2026")).expect("a folder");
    repository.git(&["mv", "contracts/kestrel", "contracts/2026/kestrel"]);
    let renumbered = renumbered(&repository.read("contracts/2026/kestrel/agreement.md"));
    assert!(
        renumbered.contains("## 4. Governing law") && renumbered.contains("\n4.2 The parties shall refer")
    );
    repository.write("contracts/2026/kestrel/agreement.md", &renumbered);
    repository.expect(0, &["check", "contracts"]);

    // What was mended leaves the baseline.
    let updated = repository.expect(0, &["baseline", "update", "contracts"]);
    assert!(updated.contains("contracts/2026/kestrel/agreement.md"), "{updated}");
    repository.expect(0, &["check", "contracts"]);
}

#[test]
fn numbers_are_raised_where_they_number_clauses() {
    let text = "# T\n\nOn 3 March 2025.\n\n## 3. Levels\n\n3.2 As clause 4.3 says, 99.5% in 12.5 days.\n";
    let expected = "# T\n\nOn 3 March 2025.\n\n## 1. Purpose\n\n1.1 This Agreement serves to run the claims \
                    platform.\n\n## 4. Levels\n\n4.2 As clause 5.3 says, 99.5% in 12.5 days.\n";
    assert_eq!(renumbered(text), expected);
    assert_eq!(code(&run(&["schema", "config"])), 0);
}
