//! The bytes of files, up to a bound: a device that never ends, a pipe in a folder of rules or a file of
//! gigabytes by mistake is told and not waited for.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// The largest contract or baseline that is read, in bytes: some fifty million words.
pub const CONTRACT: u64 = 256 << 20;

/// The largest rule file or configuration that is read, in bytes: thirty times the largest built-in one.
pub const RULE: u64 = 1 << 20;

/// The bytes of a contract or a baseline; it may be a pipe, as shells make them for `<(command)`.
///
/// # Errors
/// As when reading any file; `FileTooLarge` beyond [`CONTRACT`].
pub fn of_contract(path: &Path) -> io::Result<Vec<u8>> {
    let file = File::open(path)?;
    // What is no regular file has no length, and a wrong one does no harm.
    let length = file.metadata().map_or(0, |data| data.len()).min(CONTRACT);
    read(file, CONTRACT, usize::try_from(length).unwrap_or_default() + 1)
}

/// The bytes of a rule file or a configuration, which must be a regular file.
///
/// # Errors
/// As when reading any file; `FileTooLarge` beyond [`RULE`].
pub fn of_rule(path: &Path) -> io::Result<Vec<u8>> {
    if !fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is no regular file"));
    }
    bounded(File::open(path)?, RULE)
}

/// What a reader gives, up to a bound.
///
/// # Errors
/// As the reader's; `FileTooLarge` beyond the bound.
pub fn bounded(reader: impl Read, most: u64) -> io::Result<Vec<u8>> {
    read(reader, most, 0)
}

/// The same, with room for so many bytes to begin with.
fn read(reader: impl Read, most: u64, room: usize) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::with_capacity(room);
    reader.take(most + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > most {
        let most = most >> 20;
        let message = format!("it is larger than {most} MiB, the most that is read");
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, message));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_never_ends_is_told() {
        assert_eq!(bounded(io::repeat(0).take(9), 9).expect("it fits").len(), 9);
        let error = bounded(io::repeat(0), 3 << 20).expect_err("it never ends");
        assert_eq!(error.to_string(), "it is larger than 3 MiB, the most that is read");
    }
}
