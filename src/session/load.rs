//! Bytes of files -> texts in the sources, or the reason why a file cannot be read.

use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{Exclude, Input, decode, discover};
use crate::finding::{Anchor, Code, Finding, Severity};
use crate::settings::bytes;
use crate::source::{FileId, SourceFile, Sources, Span};

/// A file whose text is in the sources.
#[derive(Clone, Debug)]
pub(super) struct Loaded {
    pub(super) file: FileId,
    /// Whether the user named this very file.
    pub(super) named: bool,
    /// The path to open; none for text that came otherwise.
    pub(super) path: Option<PathBuf>,
}

/// Whether a configuration leaves a file out; may read the configuration for that.
pub(super) type Excludes<'a> = dyn FnMut(&Path, &mut Sources, &mut Vec<Finding>) -> bool + 'a;

/// Reads the inputs into the sources, in order; what cannot be read is a finding.
pub(super) fn load(
    sources: &mut Sources,
    inputs: &[Input],
    exclude: &Exclude,
) -> (Vec<Loaded>, Vec<Finding>) {
    load_wanted(sources, inputs, exclude, &mut |_, _, _| false)
}

/// The same without the files that a configuration leaves out, be they found or named.
pub(super) fn load_wanted(
    sources: &mut Sources,
    inputs: &[Input],
    exclude: &Exclude,
    excludes: &mut Excludes<'_>,
) -> (Vec<Loaded>, Vec<Finding>) {
    let mut loaded = Vec::new();
    let paths: Vec<PathBuf> = inputs
        .iter()
        .filter_map(|input| match input {
            Input::Path(path) => Some(path.clone()),
            Input::Bytes(..) => None,
        })
        .collect();
    let (mut found, mut failures) = discover::contracts(&paths, exclude);
    let mut refused = Vec::new();
    found.retain(|file| {
        let out = excludes(&file.path, sources, &mut failures);
        refused.extend((out && file.named).then(|| file.path.clone()));
        !out
    });
    if !refused.is_empty() {
        let refused: Vec<&Path> = refused.iter().map(PathBuf::as_path).collect();
        failures.push(discover::left_out("exclude of the configuration", &refused));
    }
    let contents: Vec<io::Result<Vec<u8>>> = match found.as_slice() {
        // One file is read before threads would be there to read it.
        [file] => vec![bytes::of_contract(&file.path)],
        files => files.par_iter().map(|file| bytes::of_contract(&file.path)).collect(),
    };
    for (file, bytes) in found.into_iter().zip(contents) {
        match add(sources, &file.shown, bytes) {
            Ok(id) => loaded.push(Loaded { file: id, named: file.named, path: Some(file.path) }),
            Err(finding) => failures.push(*finding),
        }
    }
    for input in inputs {
        if let Input::Bytes(name, bytes) = input {
            if let Some(note) = discover::refused(name, exclude) {
                failures.push(note);
                continue;
            }
            match add(sources, name, Ok(bytes.clone())) {
                Ok(id) => loaded.push(Loaded { file: id, named: true, path: None }),
                Err(finding) => failures.push(*finding),
            }
        }
    }
    (loaded, failures)
}

/// Reads one more file, which another one names.
pub(super) fn load_one(sources: &mut Sources, path: &Path) -> Result<Loaded, Box<Finding>> {
    let id = add(sources, &discover::shown(path), bytes::of_contract(path))?;
    Ok(Loaded { file: id, named: false, path: Some(path.to_owned()) })
}

/// The path as shown and the text of a rule file; the file joins the sources only when it cannot
/// be read, to show why.
pub(super) fn text_of(sources: &mut Sources, path: &Path) -> Result<(String, String), Box<Finding>> {
    let shown = discover::shown(path);
    let file = decoded(sources, &shown, bytes::of_rule(path))?;
    Ok((shown, file.text.to_string()))
}

/// Adds a file to the sources, or says why it cannot be read.
pub(super) fn add(
    sources: &mut Sources,
    shown: &str,
    bytes: io::Result<Vec<u8>>,
) -> Result<FileId, Box<Finding>> {
    let file = decoded(sources, shown, bytes)?;
    let id = file.id;
    sources.push(file);
    Ok(id)
}

/// A file as text under the next number; one that cannot be read joins the sources, to show why.
fn decoded(
    sources: &mut Sources,
    shown: &str,
    bytes: io::Result<Vec<u8>>,
) -> Result<SourceFile, Box<Finding>> {
    let id = sources.next_id();
    match bytes.map(|bytes| decode::decode(id, shown, bytes)) {
        Ok(Ok(file)) => Ok(file),
        Ok(Err(undecodable)) => {
            sources.push(undecodable.file);
            Err(Box::new(undecodable.finding))
        }
        Err(error) => {
            sources.add(shown, "");
            Err(Box::new(unreadable(id, &error)))
        }
    }
}

fn unreadable(id: FileId, error: &io::Error) -> Finding {
    let message = match error.kind() {
        io::ErrorKind::NotFound => "no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "the file may not be read: permission denied".to_owned(),
        io::ErrorKind::InvalidInput | io::ErrorKind::FileTooLarge => {
            format!("the file cannot be read, as {error}")
        }
        _ => format!("the file cannot be read: {error}"),
    };
    let anchor = Anchor::Document { insert_at: Span::new(id, 0..0) };
    Finding::new(Code::Unreadable, Severity::Error, message, anchor)
}
