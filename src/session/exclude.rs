//! What a run leaves out although its folders hold it: globs of the command line and of settings,
//! each relative to a folder. What is never looked at (hidden and vendored folders, .gitignore) is
//! `discover`'s.

use std::path::{Component, Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Globs of files and folders that a run leaves out, whether they were found or named.
///
/// A glob without a slash holds for a name at any depth (`*-draft.md`, `archive`), one with a slash for
/// a path from its folder on (`contracts/2019/**`). A folder that is left out takes with it all that it
/// holds. `*` stops at a slash, `**` does not.
#[derive(Clone, Debug, Default)]
pub struct Exclude {
    globs: Vec<Excluded>,
    /// Globs of names: matched below the folder that a path shares with `folder`.
    names: GlobSet,
    /// Globs of paths, made absolute.
    paths: GlobSet,
    /// Which of `globs` each pattern of the sets belongs to.
    of_names: Vec<usize>,
    of_paths: Vec<usize>,
}

/// A glob as it was written.
#[derive(Clone, Debug)]
struct Excluded {
    glob: String,
    /// Absolute: the folder to which it is relative.
    folder: PathBuf,
    /// What to call it: "--exclude archive".
    title: String,
}

/// A glob that cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadGlob {
    /// Which of the globs, counted from 0.
    pub index: usize,
    /// What is wrong with it: lower case, no full stop.
    pub message: String,
}

impl Exclude {
    /// Globs relative to a folder. `origin` is what stands before a glob when a user is told of it:
    /// "--exclude".
    ///
    /// # Errors
    /// Every glob that cannot be used.
    pub fn new(folder: &Path, globs: &[String], origin: &str) -> Result<Self, Vec<BadGlob>> {
        let folder = absolute(folder);
        let excluded = |glob: &String| Excluded {
            glob: glob.clone(),
            folder: folder.clone(),
            title: format!("{origin} {glob}"),
        };
        Self::build(globs.iter().map(excluded).collect())
    }

    /// These globs and those.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        if other.globs.is_empty() {
            return self;
        }
        self.globs.extend(other.globs);
        // Each of them has been compiled before.
        Self::build(self.globs).unwrap_or_default()
    }

    fn build(globs: Vec<Excluded>) -> Result<Self, Vec<BadGlob>> {
        let (mut names, mut paths) = (GlobSetBuilder::new(), GlobSetBuilder::new());
        let (mut of_names, mut of_paths) = (Vec::new(), Vec::new());
        let mut bad = Vec::new();
        for (index, excluded) in globs.iter().enumerate() {
            for pattern in patterns(excluded) {
                let (glob, set, of) = match pattern {
                    Pattern::Name(glob) => (glob, &mut names, &mut of_names),
                    Pattern::Path(glob) => (glob, &mut paths, &mut of_paths),
                };
                match GlobBuilder::new(&glob).literal_separator(true).build() {
                    Ok(glob) => {
                        set.add(glob);
                        of.push(index);
                    }
                    Err(error) => {
                        let message = format!("the glob {} is broken: {}", excluded.glob, error.kind());
                        bad.push(BadGlob { index, message });
                    }
                }
            }
            if excluded.glob.trim_matches('/').is_empty() {
                bad.push(BadGlob { index, message: "a glob is empty".to_owned() });
            }
        }
        bad.dedup_by_key(|bad| bad.index);
        match (names.build(), paths.build()) {
            (Ok(names), Ok(paths)) if bad.is_empty() => Ok(Self { globs, names, paths, of_names, of_paths }),
            (Ok(_), Ok(_)) => Err(bad),
            // Globs that are too large together: none of them alone is at fault.
            _ => Err(vec![BadGlob { index: 0, message: "the globs are too large".to_owned() }]),
        }
    }

    /// What leaves a path out, as a user knows it ("--exclude archive"); nothing for a path that stays.
    #[must_use]
    pub fn covering(&self, path: &Path) -> Option<&str> {
        if self.globs.is_empty() {
            return None;
        }
        let path = absolute(path);
        let by_path = self.paths.matches(&path).first().and_then(|&at| self.of_paths.get(at)).copied();
        by_path.or_else(|| self.by_name(&path)).and_then(|at| Some(self.globs.get(at)?.title.as_str()))
    }

    fn by_name(&self, path: &Path) -> Option<usize> {
        let mut from: Option<(&Path, Vec<usize>)> = None;
        for (at, excluded) in self.globs.iter().enumerate() {
            let folder = excluded.folder.as_path();
            if from.as_ref().is_none_or(|(known, _)| *known != folder) {
                from = Some((folder, self.names.matches(below(path, folder))));
            }
            let hits = from.iter().flat_map(|(_, hits)| hits);
            if hits.filter_map(|&hit| self.of_names.get(hit)).any(|&of| of == at) {
                return Some(at);
            }
        }
        None
    }
}

enum Pattern {
    Name(String),
    Path(String),
}

/// What a glob matches: itself, unless it ends with a slash and means a folder, and all that lies below.
fn patterns(excluded: &Excluded) -> Vec<Pattern> {
    let glob = excluded.glob.as_str();
    let written = glob.trim_end_matches('/');
    let only_below = written.len() < glob.len();
    let mut globs = Vec::new();
    if !written.contains('/') {
        globs.push(Pattern::Name(format!("**/{written}/**")));
        if !only_below {
            globs.push(Pattern::Name(format!("**/{written}")));
        }
        return globs;
    }
    let mut anchored = vec![under(&excluded.folder, written)];
    if written.starts_with('/') {
        // `/archive` of people who know .gitignore, or a whole path.
        anchored.push(written.to_owned());
    }
    for glob in anchored {
        globs.push(Pattern::Path(format!("{glob}/**")));
        if !only_below {
            globs.push(Pattern::Path(glob));
        }
    }
    globs
}

/// A glob that is relative to a folder as an absolute one.
fn under(folder: &Path, glob: &str) -> String {
    let mut folder = folder.to_path_buf();
    let mut rest = glob.trim_start_matches('/');
    loop {
        if let Some(shorter) = rest.strip_prefix("./") {
            rest = shorter;
        } else if let Some(shorter) = rest.strip_prefix("../") {
            folder.pop();
            rest = shorter;
        } else {
            let folder = globset::escape(&folder.to_string_lossy().replace('\\', "/"));
            return format!("{}/{rest}", folder.trim_end_matches('/'));
        }
    }
}

/// A path below the folder that it shares with another: names above are not what a glob is about.
fn below(path: &Path, folder: &Path) -> PathBuf {
    let shared = path.components().zip(folder.components()).take_while(|(a, b)| a == b).count();
    path.components().skip(shared).collect()
}

/// A path from the root, worked out without a look at links.
fn absolute(path: &Path) -> PathBuf {
    let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut plain = PathBuf::new();
    for component in whole.components() {
        match component {
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir => {}
            other => plain.push(other),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exclude(globs: &[&str]) -> Exclude {
        let globs: Vec<String> = globs.iter().map(|&glob| glob.to_owned()).collect();
        Exclude::new(Path::new("/work"), &globs, "--exclude").expect("the globs can be used")
    }

    fn left_out(globs: &[&str], path: &str) -> bool {
        exclude(globs).covering(Path::new(path)).is_some()
    }

    #[test]
    fn a_name_holds_at_any_depth_and_takes_its_folder_along() {
        assert!(left_out(&["archive"], "/work/archive"));
        assert!(left_out(&["archive"], "/work/a/archive/b/c.md"));
        assert!(left_out(&["*-draft.md"], "/work/a/msa-draft.md"));
        assert!(!left_out(&["archive"], "/work/archive.md"));
        assert!(!left_out(&["*.md"], "/work/a.markdown"));
    }

    #[test]
    fn a_path_holds_from_its_folder_on() {
        assert!(left_out(&["a/b"], "/work/a/b/c.md"));
        assert!(left_out(&["./a/*.md"], "/work/a/c.md"));
        assert!(left_out(&["/a"], "/work/a/c.md"));
        assert!(left_out(&["a/**/c.md"], "/work/a/x/y/c.md"));
        assert!(!left_out(&["a/b"], "/work/x/a/b/c.md"));
        assert!(!left_out(&["a/*.md"], "/work/a/b/c.md"), "a star stops at a slash");
        assert!(left_out(&["/elsewhere/a"], "/elsewhere/a/c.md"), "a whole path is a whole path");
        assert!(left_out(&["../other/a"], "/other/a/c.md"));
    }

    #[test]
    fn a_slash_at_the_end_means_a_folder() {
        assert!(left_out(&["drafts/"], "/work/drafts/a.md"));
        assert!(!left_out(&["drafts.md/"], "/work/drafts.md"));
    }

    #[test]
    fn names_above_the_folder_do_not_count() {
        let globs = ["drafts".to_owned()];
        let exclude =
            Exclude::new(Path::new("/home/drafts/repo"), &globs, "--exclude").expect("it can be used");
        assert_eq!(exclude.covering(Path::new("/home/drafts/repo/a.md")), None);
        assert_eq!(exclude.covering(Path::new("/home/drafts/other/a.md")), None);
        assert_eq!(exclude.covering(Path::new("/home/drafts/other/drafts/a.md")), Some("--exclude drafts"));
    }

    #[test]
    fn folders_with_letters_that_globs_use_are_plain_folders() {
        let globs = ["a/*.md".to_owned()];
        let exclude = Exclude::new(Path::new("/w[1]{x}*"), &globs, "exclude").expect("it can be used");
        assert!(exclude.covering(Path::new("/w[1]{x}*/a/b.md")).is_some());
        assert!(exclude.covering(Path::new("/w1x/a/b.md")).is_none());
    }

    #[test]
    fn every_broken_glob_is_told() {
        let globs = ["a[".to_owned(), "fine".to_owned(), "x/{y".to_owned(), String::new()];
        let bad = Exclude::new(Path::new("/work"), &globs, "--exclude").expect_err("three are broken");
        assert_eq!(bad.iter().map(|bad| bad.index).collect::<Vec<_>>(), [0, 2, 3]);
        assert!(bad[0].message.starts_with("the glob a[ is broken: unclosed character class"), "{bad:?}");
    }

    #[test]
    fn globs_of_several_folders_work_side_by_side() {
        let one = exclude(&["x/a.md", "old"]);
        let other =
            Exclude::new(Path::new("/work/sub"), &["b.md".to_owned(), "x/c.md".to_owned()], "exclude")
                .expect("they can be used");
        let both = one.and(other);
        for (path, title) in [
            ("/work/x/a.md", Some("--exclude x/a.md")),
            ("/work/sub/x/a.md", None),
            ("/work/sub/x/c.md", Some("exclude x/c.md")),
            ("/work/old/z.md", Some("--exclude old")),
            ("/work/sub/b.md", Some("exclude b.md")),
        ] {
            assert_eq!(both.covering(Path::new(path)), title, "{path}");
        }
    }
}
