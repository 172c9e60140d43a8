//! Paths as URIs: relative ones below a named root, absolute ones as `file:`.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::ROOT;
use super::log::ArtifactLocation;

/// All but what a path may hold as it is; a colon too, which would make the first folder a scheme.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The file of a path, and its place among the artifacts.
pub(super) fn location(path: &str, index: Option<usize>) -> ArtifactLocation {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let mut relative = path.as_str();
    while let Some(rest) = relative.strip_prefix("./").filter(|rest| !rest.is_empty()) {
        relative = rest.trim_start_matches('/');
    }
    let escaped = utf8_percent_encode(relative, ESCAPED).to_string();
    let drive = matches!(path.as_bytes(), [letter, b':', b'/', ..] if letter.is_ascii_alphabetic());
    if cfg!(windows) && drive {
        let uri = format!("file:///{}", escaped.replacen("%3A", ":", 1));
        return ArtifactLocation { uri, uri_base_id: None, index };
    }
    if path.starts_with('/') {
        return ArtifactLocation { uri: format!("file://{escaped}"), uri_base_id: None, index };
    }
    // A path that leaves the root is not below it.
    let below = !relative.split('/').any(|part| part == "..");
    ArtifactLocation { uri: escaped, uri_base_id: below.then_some(ROOT), index }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        let uri = |path: &str| {
            let location = location(path, None);
            (location.uri, location.uri_base_id.is_some())
        };
        assert_eq!(uri("./contracts/a b§.md"), ("contracts/a%20b%C2%A7.md".to_owned(), true));
        assert_eq!(uri("a:b%20?#\u{1b}.md"), ("a%3Ab%2520%3F%23%1B.md".to_owned(), true));
        assert_eq!(uri("../a.md"), ("../a.md".to_owned(), false));
        assert_eq!(uri("/srv/a b.md"), ("file:///srv/a%20b.md".to_owned(), false));
    }
}
