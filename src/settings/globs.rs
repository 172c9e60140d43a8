//! Globs of a configuration file: relative to its folder, with `/` between names on every system.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Some globs and the folder that they start from.
#[derive(Clone, Debug, Default)]
pub(super) struct Globs {
    /// The folder as it really is.
    folder: PathBuf,
    /// The globs as written.
    pub(super) texts: Vec<String>,
    set: GlobSet,
}

/// The longest glob that is read, in bytes: longer than any path that people write, and small enough for
/// every automaton made of it.
const LONGEST: usize = 500;

impl Globs {
    /// Some globs that were read by [`read`].
    ///
    /// # Errors
    /// That they are too large together for an automaton.
    pub(super) fn new(folder: PathBuf, globs: Vec<(String, globset::Glob)>) -> Result<Self, globset::Error> {
        let mut set = GlobSetBuilder::new();
        let mut texts = Vec::with_capacity(globs.len());
        for (text, glob) in globs {
            set.add(glob);
            texts.push(text);
        }
        Ok(Self { folder, texts, set: set.build()? })
    }

    /// The first glob that takes in a file, given by its place.
    pub(super) fn first(&self, place: &Path) -> Option<usize> {
        let below = place.strip_prefix(&self.folder).ok()?;
        self.set.matches(below).first().copied()
    }

    /// Whether one takes in a file or a folder above it.
    pub(super) fn cover(&self, place: &Path) -> bool {
        let Ok(below) = place.strip_prefix(&self.folder) else { return false };
        below.ancestors().any(|part| !part.as_os_str().is_empty() && self.set.is_match(part))
    }
}

/// Reads a glob; the error says what is wrong and what to write.
pub(super) fn read(text: &str) -> Result<globset::Glob, (String, String)> {
    let relative = text.strip_prefix("./").unwrap_or(text);
    if text.len() > LONGEST {
        let message = format!("a glob of {} bytes is too long: {LONGEST} are read", text.len());
        return Err((message, "write several globs, or a shorter one".to_owned()));
    }
    if relative.starts_with('/') || relative.split('/').any(|part| part == "..") {
        let message = format!("the glob `{text}` leaves the folder of this file");
        return Err((message, "globs start from here: write \"schedules/*.md\"".to_owned()));
    }
    if relative.is_empty() {
        return Err(("an empty glob takes in nothing".to_owned(), "write \"**\" for every file".to_owned()));
    }
    let whole = relative.strip_suffix('/').map_or_else(|| relative.to_owned(), |name| format!("{name}/**"));
    GlobBuilder::new(&whole).literal_separator(true).build().map_err(|error| {
        let advice = "`*` is any part of a name, `**` any folders, `{a,b}` either, `[a-z]` one letter";
        (format!("`{text}` is no glob: {}", error.kind()), advice.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn globs(texts: &[&str]) -> Globs {
        let one = |text: &&str| ((*text).to_owned(), read(text).expect("a glob"));
        Globs::new(PathBuf::from("/tree"), texts.iter().map(one).collect()).expect("a small set")
    }

    #[test]
    fn a_star_stays_within_a_folder() {
        let globs = globs(&["*.md", "./schedules/**/*.md", "annexes/"]);
        let first = |path: &str| globs.first(Path::new(path));
        assert_eq!(first("/tree/msa.md"), Some(0));
        assert_eq!(first("/tree/old/msa.md"), None);
        assert_eq!(first("/tree/schedules/a/b.md"), Some(1));
        assert_eq!(first("/tree/annexes/a/b.txt"), Some(2));
        assert_eq!(first("/elsewhere/msa.md"), None);
    }

    #[test]
    fn a_folder_covers_what_lies_in_it() {
        let globs = globs(&["drafts", "**/old"]);
        assert!(globs.cover(Path::new("/tree/drafts/a/b.md")) && globs.cover(Path::new("/tree/a/old/b.md")));
        assert!(!globs.cover(Path::new("/tree/a/drafts/b.md")) && !globs.cover(Path::new("/tree")));
    }

    #[test]
    fn a_glob_that_can_take_in_nothing_is_refused() {
        for wrong in ["", "/a", "../a", "a/../b", "a[", "{a"] {
            assert!(read(wrong).is_err(), "{wrong}");
        }
    }
}
