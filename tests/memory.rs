//! The most memory that a contract takes while it is read and proofread, and while it is checked, as a
//! multiple of its text: counted by the allocator, so that it is the same on every run. What a
//! process takes besides is for `benches/growth.rs`.

#![expect(clippy::expect_used, reason = "a test fails by panicking")]

#[path = "shapes/text.rs"]
mod text;

use std::alloc::System;
use std::fs;
use std::hint::black_box;
use std::path::PathBuf;

use cap::Cap;
use clauselint::facts::Given;
use clauselint::proofread::{Proof, proofread};
use clauselint::rule::RuleSet;
use clauselint::session::{Configuration, Contract, Input, Options, Session};
use clauselint::source::{FileId, SourceFile};
use clauselint::token::words::Words;

#[global_allocator]
static MEMORY: Cap<System> = Cap::new(System, usize::MAX);

/// Most bytes that a piece of work holds at once. What was held before counts as nothing.
fn peak(work: impl FnOnce()) -> usize {
    // The count of the most never goes back: what is held now is brought up to it, in room that is
    // never written to.
    let ballast = Vec::<u8>::with_capacity(MEMORY.max_allocated() - MEMORY.allocated());
    let before = MEMORY.max_allocated();
    work();
    black_box(ballast);
    MEMORY.max_allocated() - before
}

/// The fixture contracts, one behind the other, repeated to some bytes.
fn ordinary(bytes: usize) -> String {
    let folder: PathBuf = [env!("CARGO_MANIFEST_DIR"), "fixtures", "contracts"].iter().collect();
    let mut paths: Vec<PathBuf> =
        fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let all: Vec<String> = paths.iter().filter_map(|path| fs::read_to_string(path).ok()).collect();
    let all = all.join("\n");
    all.repeat(bytes.div_ceil(all.len()))
}

/// How many times its bytes a text takes to be read and proofread.
fn multiple(text: &str, rules: &RuleSet) -> f64 {
    let most = peak(|| {
        let source = SourceFile::new(FileId::default(), "contract.md", text);
        let mut words = Words::new();
        let contract = Contract::read(&source, &mut words, &Given::default());
        let proof = Proof::new(&source, &contract.document, &contract.reading, &words, &contract.facts);
        black_box(proofread(&proof, &rules.checks));
    });
    most as f64 / text.len() as f64
}

/// What may be held at once, in bytes a byte of the text: ordinary text, and shapes at a tenth of their
/// full size of which much is held for little text. A measured figure and a tenth more.
const ORDINARY: f64 = 6.2;
const SHAPES: [(&str, f64); 8] = [
    ("headings", 28.0),
    ("headings of every level", 28.0),
    ("table rows", 21.0),
    ("one list", 7.3),
    ("defined terms", 20.0),
    ("cross references", 13.3),
    ("lettered lines of one paragraph", 32.0),
    ("numbered paragraphs", 8.4),
];
/// What a whole check may hold besides, whatever the text.
const BESIDES: usize = 30_000_000;

#[test]
fn memory_stays_a_small_multiple_of_the_text() {
    let options =
        Options { profile: Some("all".to_owned()), configuration: Configuration::None, ..Options::default() };
    let session = Session::new(options);
    let rules = session.rules();
    // What is made once a process is made.
    multiple(&ordinary(1), rules);
    let mut found = vec![("ordinary text", multiple(&ordinary(1_000_000), rules), ORDINARY)];
    for (name, most) in SHAPES {
        let shape = text::SHAPES.iter().find(|shape| shape.name == name).expect("there is such a shape");
        found.push((name, multiple(&(shape.make)(shape.full / 10), rules), most));
    }
    let over: Vec<String> = found
        .iter()
        .filter(|(_, multiple, most)| multiple > most)
        .map(|(name, multiple, most)| format!("{name}: {multiple:.2} times its bytes, {most} allowed"))
        .collect();
    assert!(over.is_empty(), "{}", over.join("\n"));
    assert!(found.iter().all(|(_, multiple, _)| *multiple > 1.0), "nothing is counted: {found:?}");
    let text = ordinary(1_000_000);
    let (bytes, input) = (text.len(), [Input::Bytes("contract.md".to_owned(), text.into_bytes())]);
    let most = peak(|| {
        black_box(session.check(&input));
    });
    assert!(most < 6 * bytes + BESIDES, "a check takes {most} bytes for {bytes}");
}
