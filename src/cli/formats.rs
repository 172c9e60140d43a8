//! Which formats a run writes and where: `--format text --format sarif=out.sarif`, `--output FILE`.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command};

use super::args::Outputs;
use super::usage;
use crate::finding::Finding;
use crate::render::Format;
use crate::rule::spelling::nearest;
use crate::source::Sources;

/// One `--format`: a name, and a file when it names one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wanted {
    format: Format,
    file: Option<PathBuf>,
}

/// Where a report goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// Standard output.
    Out,
    /// A file, as the user wrote it.
    File(PathBuf),
}

/// Reads `FORMAT` and `FORMAT=FILE`.
#[derive(Clone, Debug)]
pub(super) struct FormatParser;

impl TypedValueParser for FormatParser {
    type Value = Wanted;

    fn parse_ref(
        &self,
        command: &Command,
        arg: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Self::Value, clap::Error> {
        let Some(text) = value.to_str() else {
            return Err(clap::Error::new(ErrorKind::InvalidUtf8).with_cmd(command));
        };
        let (name, file) = text.split_once('=').map_or((text, None), |(name, file)| (name, Some(file)));
        let format = Format::ALL.into_iter().find(|format| format.name() == name);
        match (format, file) {
            (Some(format), file) if file != Some("") => Ok(Wanted { format, file: file.map(PathBuf::from) }),
            _ => Err(refused(command, arg, name, text)),
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        let value = |format: Format| PossibleValue::new(format.name()).help(format.about());
        Some(Box::new(Format::ALL.into_iter().map(value)))
    }
}

/// The mistake in the words in which clap tells those in other values.
fn refused(command: &Command, arg: Option<&Arg>, name: &str, text: &str) -> clap::Error {
    let mut error = clap::Error::new(ErrorKind::InvalidValue).with_cmd(command);
    if let Some(arg) = arg {
        error.insert(ContextKind::InvalidArg, ContextValue::String(arg.to_string()));
    }
    error.insert(ContextKind::InvalidValue, ContextValue::String(text.to_owned()));
    let names = || Format::ALL.into_iter().map(Format::name);
    error.insert(ContextKind::ValidValue, ContextValue::Strings(names().map(str::to_owned).collect()));
    if let Some(near) = nearest(name, names()).filter(|near| *near != name) {
        error.insert(ContextKind::SuggestedValue, ContextValue::String(near.to_owned()));
    }
    error
}

/// The reports of a run, or all that is wrong with what was asked for.
pub(super) fn targets(outputs: &Outputs) -> Result<Vec<(Format, Target)>, Vec<Finding>> {
    let mut wanted = outputs.format.clone();
    let mut problems = Vec::new();
    if wanted.is_empty() {
        wanted.push(Wanted { format: Format::Text, file: None });
    }
    if let Some(output) = &outputs.output {
        match wanted.iter_mut().find(|wanted| wanted.file.is_none()) {
            Some(first) => first.file = Some(output.clone()),
            None => problems.push(
                usage("--output has nothing to write: each --format names a file of its own")
                    .help("leave --output out, or add a --format without a file"),
            ),
        }
    }
    let targets: Vec<(Format, Target)> =
        wanted.into_iter().map(|wanted| (wanted.format, Target::of(wanted.file))).collect();
    problems.extend(clashes(&targets));
    if problems.is_empty() { Ok(targets) } else { Err(problems) }
}

impl Target {
    fn of(file: Option<PathBuf>) -> Self {
        match file {
            Some(path) if path.as_os_str() != "-" && path != Path::new("/dev/stdout") => Self::File(path),
            _ => Self::Out,
        }
    }

    /// The same for every way to write the same place.
    fn place(&self) -> Option<PathBuf> {
        match self {
            Self::Out => None,
            Self::File(path) => Some(real(path)),
        }
    }
}

/// A path without links and detours, as far as it exists.
fn real(path: &Path) -> PathBuf {
    if let Ok(whole) = fs::canonicalize(path) {
        return whole;
    }
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let folder = fs::canonicalize(folder).unwrap_or_else(|_| folder.to_owned());
    path.file_name().map_or_else(|| path.to_owned(), |name| folder.join(name))
}

/// Two reports in one place would leave neither.
fn clashes(targets: &[(Format, Target)]) -> Vec<Finding> {
    let mut problems = Vec::new();
    for (at, (format, target)) in targets.iter().enumerate() {
        let earlier = targets.iter().take(at).find(|(_, other)| other.place() == target.place());
        let Some((first, _)) = earlier else { continue };
        let place = match target {
            Target::Out => "standard output".to_owned(),
            Target::File(path) => path.display().to_string(),
        };
        let message = format!("two reports would go to {place}: {} and {}", first.name(), format.name());
        problems.push(
            usage(&message).help(format!("give one a file of its own: --format {}=FILE", format.name())),
        );
    }
    problems
}

/// Reports that would replace a file that was read, such as a contract.
pub(super) fn over_input(targets: &[(Format, Target)], sources: &Sources) -> Vec<Finding> {
    let files = targets.iter().filter_map(|(_, target)| Some((target, target.place()?)));
    let there: Vec<(&Target, PathBuf)> = files.filter(|(_, place)| place.is_file()).collect();
    if there.is_empty() {
        return Vec::new();
    }
    let read: Vec<PathBuf> = sources.iter().filter_map(|file| fs::canonicalize(&file.path).ok()).collect();
    let over = there.iter().filter(|(_, place)| read.contains(place));
    over.map(|(target, _)| {
        let path = match target {
            Target::Out => String::new(),
            Target::File(path) => path.display().to_string(),
        };
        usage(&format!("{path} was read in this run, and is not replaced by a report"))
            .help("name another file for the report")
    })
    .collect()
}
