//! Folders for the files that a test makes, below the folder that cargo keeps for tests.

use std::fs;
use std::path::{Path, PathBuf};

/// A folder with these files, new each time; each test program has folders of its own.
pub(crate) fn folder<Text: AsRef<[u8]>>(name: &str, files: &[(&str, Text)]) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(env!("CARGO_CRATE_NAME")).join(name);
    let _ = fs::remove_dir_all(&folder);
    for (file, text) in files {
        let path = folder.join(file);
        fs::create_dir_all(path.parent().expect("a file lies in a folder")).expect("the folder can be made");
        fs::write(path, text).expect("the file can be written");
    }
    folder
}
