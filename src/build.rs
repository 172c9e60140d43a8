//! Embeds `clause-rules/` into the library: adding a rule file is the whole registration. The files
//! are read here once, by the library's own loader, so that no run has to.

#![expect(
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "the rooms are compiled for their loader alone"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

#[path = "finding.rs"]
mod finding;
#[path = "rule/mod.rs"]
mod rule;
#[path = "source.rs"]
mod source;

/// Of a room that reads contracts the loader needs no more than this.
mod facts {
    #[path = "paper/kind.rs"]
    mod kind;
    pub use kind::PaperKind;
}

mod token {
    pub mod fold;
    mod form;
    pub(crate) mod hash;
    mod kind;
    mod spelling;
    pub mod words;
    pub use kind::QuantityKind;

    /// Stands in for what a reading keeps with its words.
    mod quantity {
        #[derive(Clone, Copy, Debug)]
        pub(crate) struct Hint;

        impl Hint {
            pub(crate) const fn of(_: &str, _: &str) -> Self {
                Self
            }
        }
    }
}

mod pattern {
    pub mod ast;
    mod describe;
    mod lexer;
    pub mod plan;
    pub mod shelf;
    mod steps;
    pub mod syntax;
    mod terms;
    mod value;
    pub mod vocabulary;

    pub use plan::{PatternId, Plan, PlanBuilder};
    pub use shelf::{Shelf, Shelved};
    pub use syntax::{Pattern, SyntaxError, parse};
    pub use vocabulary::Vocabulary;
}

fn main() -> io::Result<()> {
    println!("cargo::rustc-cfg=prepared");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("clause-rules");
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let mut table = String::from("&[\n");
    let mut texts = Vec::with_capacity(files.len());
    for file in &files {
        let name = file.strip_prefix(&root).unwrap_or(file).to_string_lossy().replace('\\', "/");
        // The name that people see: as if read from the top of the package.
        let name = format!("clause-rules/{name}");
        let _ = writeln!(table, "    ({name:?}, include_str!({file:?})),");
        texts.push((name, fs::read_to_string(file)?));
    }
    table.push_str("]\n");
    fs::write(out.join("clause_rules.rs"), table)?;
    let (shelf, rest) = prepare(&texts)?;
    let numbers: Vec<u8> = shelf.numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
    fs::write(out.join("plan.bin"), numbers)?;
    fs::write(out.join("plan.txt"), shelf.text)?;
    fs::write(out.join("clause_rules.bin"), rest)
}

/// The rule set of the files as it is kept; nothing when one has a mistake, which a run then tells.
fn prepare(files: &[(String, String)]) -> io::Result<(pattern::Shelf, Vec<u8>)> {
    let mut sources = source::Sources::new();
    let (set, findings) = rule::RuleSet::compile(&mut sources, files.to_vec(), Vec::new());
    if !findings.is_empty() {
        return Ok(Default::default());
    }
    rule::prepared::write(files, &sources, &set).map_err(io::Error::other)
}

/// Collects the rule files below a folder. Cargo watches each folder, so that a new file in it is
/// seen, and `include_str!` each file.
fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", folder.display());
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            println!("cargo::rerun-if-changed={}", path.display());
            files.push(path);
        }
    }
    Ok(())
}
