//! Whether time and memory grow with the size of a contract and no faster: ordinary text from 10 KB
//! on, and shapes that hurt (`tests/shapes/text.rs`), each through the whole check with all clauses
//! and a text report, in one thread.
//!
//! CLAUSELINT_GROWTH says how much of the full size is made: 1 is 100 MB of ordinary text and the
//! sizes that the shapes name; without it a tenth, which takes some two minutes. Arguments name the
//! shapes to run, all without. Peak memory is that of the program as a child, read from /proc: Linux
//! only. What was found is in `benches/README.md`.

use std::hint::black_box;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use clauselint::render::{Look, text as render};
use clauselint::session::{Configuration, Input, Options, Session};

#[path = "../tests/shapes/text.rs"]
mod text;

/// Bytes of ordinary text at full size.
const FULL: usize = 100_000_000;
/// A text of fewer bytes is checked several times, and the best time counts.
const SMALL: usize = 200_000;

fn main() -> io::Result<()> {
    let scale = match env::var("CLAUSELINT_GROWTH").ok().and_then(|scale| scale.parse::<f64>().ok()) {
        Some(scale) => scale,
        // `cargo test --benches` runs this too: that it works is enough.
        None if env::args().any(|argument| argument == "--bench") => 0.1,
        None => 0.0001,
    };
    let names: Vec<String> = env::args().skip(1).filter(|argument| !argument.starts_with("--")).collect();
    let mut bench = Bench { session: session(), contracts: contracts(), ordinary: Vec::new() };
    if names.is_empty() {
        bench.sizes(scale)?;
    }
    bench.shapes(scale, &names)?;
    bench.memory(scale, &names)
}

fn session() -> Session {
    Session::new(Options {
        profile: Some("all".to_owned()),
        configuration: Configuration::None,
        ..Options::default()
    })
}

/// The fixture contracts, one behind the other.
fn contracts() -> String {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "fixtures", "contracts"].iter().collect();
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect::<Vec<_>>().join("\n")
}

struct Bench {
    session: Session,
    contracts: String,
    /// What ordinary text of some sizes costs, in nanoseconds a byte.
    ordinary: Vec<(usize, f64)>,
}

impl Bench {
    /// The fixture contracts repeated to some bytes, cut at a line's end.
    fn repeated(&self, bytes: usize) -> String {
        let mut text = self.contracts.repeat(bytes / self.contracts.len().max(1) + 1);
        let end = text.as_bytes().iter().take(bytes).rposition(|&byte| byte == b'\n').map_or(0, |at| at + 1);
        text.truncate(end);
        text
    }

    /// Seconds of the whole check of a text, and how many findings it has.
    fn check(&self, text: String) -> (f64, usize) {
        let rounds = if text.len() < SMALL { 5 } else { 1 };
        let input = [Input::Bytes("bench.md".to_owned(), text.into_bytes())];
        let mut best = (f64::MAX, 0);
        for _ in 0..rounds {
            let start = Instant::now();
            let report = self.session.check(&input);
            black_box(render::report(&report, self.session.rules(), Look::default()));
            best.1 = report.findings.len();
            drop(report);
            best.0 = start.elapsed().as_secs_f64().min(best.0);
        }
        best
    }

    /// What ordinary text of about so many bytes costs, in nanoseconds a byte.
    fn cost(&mut self, bytes: usize) -> f64 {
        let size = bytes.max(1).next_power_of_two();
        if let Some((_, cost)) = self.ordinary.iter().find(|(known, _)| *known == size) {
            return *cost;
        }
        let text = self.repeated(size);
        let length = text.len().max(1);
        let cost = self.check(text).0 * 1e9 / length as f64;
        self.ordinary.push((size, cost));
        cost
    }

    fn sizes(&self, scale: f64) -> io::Result<()> {
        let mut out = io::stdout().lock();
        writeln!(out, "{:34} {:>11} {:>9} {:>7} {:>9}", "ordinary text", "bytes", "ms", "ns/B", "findings")?;
        let largest = times(FULL, scale);
        let sizes = [10_000, 100_000, 1_000_000, 10_000_000, FULL].into_iter().filter(|&size| size < largest);
        for size in sizes.chain([largest]) {
            let text = self.repeated(size);
            let bytes = text.len();
            let (seconds, findings) = self.check(text);
            let each = seconds * 1e9 / bytes.max(1) as f64;
            writeln!(out, "{:34} {bytes:11} {:9.1} {each:7.0} {findings:9}", "", seconds * 1e3)?;
        }
        Ok(())
    }

    fn shapes(&mut self, scale: f64, names: &[String]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        writeln!(
            out,
            "{:34} {:>11} {:>9} {:>7} {:>9} {:>9}",
            "shape", "bytes", "ms", "ns/B", "ordinary", "findings"
        )?;
        for shape in text::SHAPES {
            if !names.is_empty() && !names.iter().any(|name| name == shape.name) {
                continue;
            }
            let text = (shape.make)(times(shape.full, scale));
            let bytes = text.len();
            let (seconds, findings) = self.check(text);
            let each = seconds * 1e9 / bytes.max(1) as f64;
            let multiple = each / self.cost(bytes);
            let name = shape.name;
            writeln!(
                out,
                "{name:34} {bytes:11} {:9.1} {each:7.0} {multiple:8.2}x {findings:9}",
                seconds * 1e3
            )?;
        }
        Ok(())
    }

    /// Peak memory of the program, less what it takes for next to nothing.
    fn memory(&self, scale: f64, names: &[String]) -> io::Result<()> {
        let mut out = io::stdout().lock();
        writeln!(out, "{:34} {:>11} {:>9} {:>9}", "peak memory of the program", "bytes", "MB", "x bytes")?;
        let empty = peak("# Services Agreement\n")?;
        writeln!(out, "{:34} {:11} {:9.1}", "next to nothing", 21, empty)?;
        let largest = times(FULL, scale);
        for size in [1_000_000, 10_000_000, largest] {
            if size <= largest && names.is_empty() {
                line(&mut out, "ordinary text", &self.repeated(size), empty)?;
            }
        }
        for shape in text::SHAPES {
            let named = names.iter().any(|name| name == shape.name);
            let text =
                if names.is_empty() || named { (shape.make)(times(shape.full, scale)) } else { continue };
            // Of little text the program itself is most.
            if text.len() >= 1_000_000 || named {
                line(&mut out, shape.name, &text, empty)?;
            }
        }
        Ok(())
    }
}

fn line(out: &mut impl io::Write, name: &str, text: &str, empty: f64) -> io::Result<()> {
    let most = peak(text)?;
    let multiple = (most - empty) * 1e6 / text.len().max(1) as f64;
    writeln!(out, "{name:34} {:11} {most:9.1} {multiple:8.1}x", text.len())
}

/// The most memory that a check of a text takes as a process, in MB; 0 where /proc does not tell.
fn peak(text: &str) -> io::Result<f64> {
    let file = tempfile::Builder::new().suffix(".md").tempfile()?;
    fs::write(file.path(), text)?;
    let mut child = Command::new(env!("CARGO_BIN_EXE_clauselint"))
        .args(["check", "--profile", "all", "--no-config"])
        .arg(file.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let status = format!("/proc/{}/status", child.id());
    let mut most = 0.0_f64;
    // The figure only grows, and the end of a run takes no more memory.
    while child.try_wait()?.is_none() {
        let told = fs::read_to_string(&status).unwrap_or_default();
        let line = told.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.trim().parse::<f64>().ok());
        most = most.max(kilobytes.unwrap_or(0.0) * 1024.0 / 1e6);
        thread::sleep(Duration::from_millis(1));
    }
    Ok(most)
}

fn times(full: usize, scale: f64) -> usize {
    ((full as f64 * scale) as usize).max(1)
}
