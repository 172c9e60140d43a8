//! Which files a command reads, as the command line says it: paths, `-`, `--exclude`.

use std::borrow::Cow;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, ensure};
use clap::Args;

use crate::session::{Exclude, Input};
use crate::settings::bytes;

/// What every command that reads files and folders takes besides their paths.
#[derive(Debug, Args)]
pub(super) struct Files {
    /// Leave out files and folders, named ones too: a name (`archive`, `'*-draft.md'`) at any depth, or
    /// a path from the current folder on (`'contracts/2019/**'`). May be repeated
    #[arg(long, value_name = "GLOB")]
    pub(super) exclude: Vec<String>,
    /// Read standard input under this name, which reports then show; PATH may be left out
    #[arg(long, value_name = "NAME")]
    pub(super) stdin_filename: Option<String>,
}

impl Files {
    /// What the globs leave out, or all that is wrong with them.
    pub(super) fn excluded(&self) -> anyhow::Result<Exclude> {
        Exclude::new(Path::new("."), &self.exclude, "--exclude").map_err(|bad| {
            let messages: Vec<String> = bad.into_iter().map(|bad| bad.message).collect();
            anyhow::anyhow!("--exclude: {}", messages.join("; "))
        })
    }

    /// The paths as inputs, standard input under its name.
    pub(super) fn inputs(&self, paths: &[PathBuf]) -> anyhow::Result<Vec<Input>> {
        let Some(name) = &self.stdin_filename else { return inputs(&or_here(paths), "-") };
        let paths = if paths.is_empty() { &[PathBuf::from("-")] } else { paths };
        ensure!(
            paths.iter().any(|path| path.as_os_str() == "-"),
            "--stdin-filename names standard input, which is not read here: add - to the paths"
        );
        inputs(paths, name)
    }
}

/// The paths that are named, or the current folder.
pub(super) fn or_here(paths: &[PathBuf]) -> Cow<'_, [PathBuf]> {
    if paths.is_empty() { vec![PathBuf::from(".")].into() } else { paths.into() }
}

/// Paths as inputs; `-` is standard input under a name, read once.
pub(super) fn inputs(paths: &[PathBuf], stdin_name: &str) -> anyhow::Result<Vec<Input>> {
    let mut inputs = Vec::new();
    let mut read = false;
    for path in paths {
        if path.as_os_str() != "-" {
            inputs.push(Input::Path(path.clone()));
        } else if !std::mem::replace(&mut read, true) {
            let bytes = bytes::bounded(io::stdin().lock(), bytes::CONTRACT)
                .context("standard input cannot be read")?;
            inputs.push(Input::Bytes(stdin_name.to_owned(), bytes));
        }
    }
    Ok(inputs)
}
