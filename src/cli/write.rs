//! Writes files so that nobody ever sees half of one.

use std::fs;
use std::io::Write as _;
use std::path::Path;

use anyhow::Context as _;

/// Writes a file as a whole or not at all: into a new file beside it, which then takes its name.
///
/// # Errors
/// That the folder is not there or may not be written to.
pub(super) fn atomically(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    // What a link leads to is replaced, not the link.
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".clauselint-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // As for any new file, the user's mask takes away from it.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let written = builder.tempfile_in(folder).and_then(|mut file| {
        file.write_all(bytes)?;
        if let Ok(old) = fs::metadata(&path) {
            file.as_file().set_permissions(old.permissions())?;
        }
        file.persist(&path).map_err(|error| error.error)
    });
    written.with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(())
}
