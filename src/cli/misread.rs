//! Command lines that name no command, told in words that help.
//!
//! clap knows how near a word is to a command; that it is a file is known here.

use std::path::Path;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::render::visible::visible;

/// The mistake, with the command that was meant where a file stands in its place.
pub(super) fn told(mut error: clap::Error) -> clap::Error {
    if error.kind() != ErrorKind::InvalidSubcommand {
        return error;
    }
    let Some(ContextValue::String(word)) = error.get(ContextKind::InvalidSubcommand) else { return error };
    if word == "-" || Path::new(word).exists() {
        let tip = format!("to check it, write `clauselint check {}`", visible(word));
        error.remove(ContextKind::SuggestedSubcommand);
        error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![tip.into()]));
    }
    error
}
