//! How fast a whole check is, stage by stage, and the figure to quote: the time of a check divided
//! by the time that pulldown-cmark alone takes to parse the same bytes. One thread, all clauses and
//! packs, the best of several rounds. Then the same with every rule twice, under two ids.
//!
//! Reads the fixture contracts repeated to some 20 MB, or every Markdown file below the folder that
//! CLAUSELINT_BENCH_DIR names. What was found is in `benches/README.md`.

use std::hint::black_box;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use std::{env, fs};

use clauselint::assess::{self, Workspace};
use clauselint::checklist::{self, Part, Wanted};
use clauselint::document;
use clauselint::facts::{Facts, Given};
use clauselint::lint;
use clauselint::position;
use clauselint::proofread::{self, Proof};
use clauselint::render::{Look, text};
use clauselint::rule::profile::ALL;
use clauselint::rule::{RuleSet, Side};
use clauselint::source::{FileId, SourceFile, Sources};
use clauselint::token::Reading;
use clauselint::triage::Report;
use pulldown_cmark::{Options, Parser};
use walkdir::WalkDir;

const ROUNDS: usize = 5;
const ENOUGH: usize = 20_000_000;

/// Names of the stages in the order in which a contract passes them.
const STAGES: [&str; 10] = [
    "pulldown-cmark alone",
    "source and lines",
    "document",
    "reading",
    "facts",
    "assess",
    "proofreading",
    "packs and figures",
    "findings",
    "text",
];

fn main() -> io::Result<()> {
    // `cargo test --benches` runs this too: one round is enough to see that it works.
    let rounds = if env::args().any(|argument| argument == "--bench") { ROUNDS } else { 1 };
    let (what, texts) = texts(if rounds == 1 { 1 } else { ENOUGH });
    let bytes: usize = texts.iter().map(String::len).sum();
    let rules = RuleSet::builtin();
    let best = measure(&texts, &rules, rounds);
    report(&what, texts.len(), bytes, rules.rules.len(), &best)?;
    let twice = twice();
    let check = |best: &[Duration]| best.iter().skip(1).sum::<Duration>().as_secs_f64();
    let ratio = check(&measure(&texts, &twice, rounds)) / check(&best);
    writeln!(io::stdout(), "whole check with {} rules: {ratio:.2} times as long", twice.rules.len())
}

/// The time of each stage in its best round.
fn measure(texts: &[String], rules: &RuleSet, rounds: usize) -> [Duration; STAGES.len()] {
    let mut best = [Duration::MAX; STAGES.len()];
    for _ in 0..rounds {
        for (best, time) in best.iter_mut().zip(round(texts, rules)) {
            *best = (*best).min(time);
        }
    }
    best
}

/// The built-in rules, each a second time under another id.
fn twice() -> RuleSet {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "clause-rules"].iter().collect();
    let files = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let mut again = Vec::new();
    for file in files {
        let path = file.path().to_string_lossy();
        if let Some(stem) = path.strip_suffix(".toml").filter(|_| RuleSet::is_rule(&path))
            && let Ok(text) = fs::read_to_string(file.path())
        {
            again.push((format!("{stem}-again.toml"), text));
        }
    }
    RuleSet::load(&mut Sources::new(), again).0
}

fn report(what: &str, files: usize, bytes: usize, rules: usize, best: &[Duration]) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let megabytes = bytes as f64 / 1e6;
    writeln!(out, "{what}: {files} files, {megabytes:.2} MB, {rules} rules, one thread, best round")?;
    let speed = |time: Duration| megabytes / time.as_secs_f64();
    for (name, &time) in STAGES.iter().zip(best) {
        writeln!(out, "  {name:22} {:8.2} ms  {:8.1} MB/s", time.as_secs_f64() * 1e3, speed(time))?;
    }
    let parser = best.first().copied().unwrap_or_default();
    let check: Duration = best.iter().skip(1).sum();
    writeln!(out, "  {:22} {:8.2} ms  {:8.1} MB/s", "whole check", check.as_secs_f64() * 1e3, speed(check))?;
    writeln!(out, "whole check / pulldown-cmark alone: {:.2}", check.as_secs_f64() / parser.as_secs_f64())
}

/// One pass over all texts; the time of each stage.
fn round(texts: &[String], rules: &RuleSet) -> [Duration; STAGES.len()] {
    let mut times = [Duration::ZERO; STAGES.len()];
    let mut work = Workspace { brief: true, ..Workspace::default() };
    let given = Given::default();
    // With every clause: a profile asks for fewer.
    let asked = rules.asked(ALL, Side::Customer).unwrap_or_default();
    let wanted = asked.rules();
    let packs: Vec<Wanted> =
        rules.packs.iter().map(|pack| Wanted { pack: pack.id.clone(), part: Part::All }).collect();
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_FOOTNOTES;
    for text in texts {
        let mut clock = Clock { times: &mut times, stage: 0 };
        clock.time(|| Parser::new_ext(text, options).into_offset_iter().count());
        let mut report = Report::default();
        let source = clock.time(|| SourceFile::new(FileId::default(), "bench.md", text.as_str()));
        let document = clock.time(|| document::parse(&source));
        let reading = clock.time(|| Reading::new(&document, &mut work.words));
        let facts = clock.time(|| Facts::find(&document, &reading, &given));
        let coverage = clock.time(|| assess::assess(&document, &reading, &facts, rules, &wanted, &mut work));
        let mut slips = clock.time(|| {
            let proof = Proof::new(&source, &document, &reading, &work.words, &facts)
                .with_catalogue(coverage.homes(&document));
            proofread::proofread(&proof, &rules.checks)
        });
        report.sources.push(source.clone());
        slips.extend(clock.time(|| {
            let checklists = checklist::check(&coverage, rules, &packs);
            let figures = position::find(&source, &document, &reading, &coverage, rules);
            let mut findings = lint::lint_packs(&coverage, &checklists, rules);
            findings.extend(lint::lint_positions(&report.sources, &figures, rules));
            findings
        }));
        report.findings = clock.time(|| lint::lint(&report.sources, &coverage, rules, &asked));
        report.findings.extend(slips);
        clock.time(|| {
            report.coverages.push(coverage);
            report.sort();
            text::report(&report, rules, Look::default())
        });
    }
    times
}

/// Adds up the time of each stage.
struct Clock<'a> {
    times: &'a mut [Duration],
    stage: usize,
}

impl Clock<'_> {
    fn time<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let made = black_box(work());
        if let Some(time) = self.times.get_mut(self.stage) {
            *time += start.elapsed();
        }
        self.stage += 1;
        made
    }
}

/// What is read, for the report, and the texts.
fn texts(enough: usize) -> (String, Vec<String>) {
    if let Some(folder) = env::var_os("CLAUSELINT_BENCH_DIR") {
        return ("CLAUSELINT_BENCH_DIR".to_owned(), read(Path::new(&folder)));
    }
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "fixtures", "contracts"].iter().collect();
    let fixtures = read(&folder);
    let size: usize = fixtures.iter().map(String::len).sum();
    let times = (enough / size.max(1)).max(1);
    ("fixtures/contracts".to_owned(), fixtures.iter().cycle().take(fixtures.len() * times).cloned().collect())
}

fn read(folder: &Path) -> Vec<String> {
    let is_contract =
        |path: &Path| path.extension().is_some_and(|ending| ending == "md" || ending == "markdown");
    let entries = WalkDir::new(folder).sort_by_file_name().into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file() && is_contract(entry.path()));
    files.filter_map(|entry| fs::read_to_string(entry.path()).ok()).collect()
}
