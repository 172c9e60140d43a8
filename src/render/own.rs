//! What clauselint says of itself, of files and of requests: a page for each code that no rule, check or
//! pack stands behind. The codes are printed in brackets like all others, and can be asked about like them.

use crate::finding::Code;

/// What there is to know of a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// What the code stands for: lower case, no full stop.
    pub title: &'static str,
    /// When it is told, and what it means for the run.
    pub meaning: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
}

/// Every code of this kind.
pub const CODES: [Code; 11] = [
    Code::UnknownProfile,
    Code::FrontMatter,
    Code::RuleFile,
    Code::Pattern,
    Code::Unreadable,
    Code::NotAContract,
    Code::OtherLanguage,
    Code::Usage,
    Code::Config,
    Code::Waiver,
    Code::Baseline,
];

/// The page of a code; none for one that a rule, a check, a pack or a position stands behind.
#[must_use]
pub const fn of(code: &Code) -> Option<Page> {
    let (title, meaning, remedy) = match code {
        Code::UnknownProfile => (
            "the contract asks for a profile that does not exist",
            "The front matter of a contract names a profile that neither ships with clauselint nor lies in a folder of \
             rules. The contract is held against the profile of its kind of paper instead.",
            "Write one of the names that `clauselint rules list` shows after `profile:`, or take the line out.",
        ),
        Code::FrontMatter => (
            "the front matter asks for what clauselint does not know",
            "Below `clauselint:` the front matter of a contract holds a key that means nothing; the contract is checked without it.",
            "Write `profile:` or `schedules:`, or take the line out. The parties stand below `parties:`; all else is set in \
             clauselint.toml.",
        ),
        Code::RuleFile => (
            "a mistake in a rule file",
            "A rule, a profile, a pack or the vocabulary cannot be used as it stands. The other rules are used, and the run \
             ends with exit code 2 all the same: it has not looked for everything that was asked for.",
            "The place and the advice are in the message. `clauselint schema rule` describes the format, and \
             `clauselint rules test FOLDER` runs the examples.",
        ),
        Code::Pattern => (
            "a mistake in a pattern",
            "The pattern given to `clauselint query` cannot be read, and nothing was searched.",
            "The place and the advice are in the message. Quote the pattern for the shell: \
             clauselint query '@supplier +s indemnify' contracts",
        ),
        Code::Unreadable => (
            "a file that cannot be read as text",
            "The file is not there, may not be read, is too large, is binary or is not UTF-8. It was not assessed, and the run \
             ends with exit code 2 whatever the other files are like.",
            "Save the file as UTF-8. A Word or PDF file must be made Markdown first, with a converter such as pandoc.",
        ),
        Code::NotAContract => (
            "a file that holds no contract",
            "The text does not read like an agreement: it was not assessed, instead of being told that every clause is missing.",
            "Leave the file out (`exclude` in clauselint.toml, `--exclude`), or, if it is a contract, name it together with \
             `--profile`.",
        ),
        Code::OtherLanguage => (
            "a contract in a language that the rules do not read",
            "The built-in rules read English. The contract was not assessed, as every clause would seem to be missing.",
            "Leave the file out, or have its English version checked. `--profile` with the file's name assesses it all the same.",
        ),
        Code::Usage => (
            "a request that cannot be met",
            "The command line asks for what is not there: a folder without contracts, an unknown pack, a file that may not be \
             written. The run ends with exit code 2.",
            "The message says what was asked for and what there is.",
        ),
        Code::Config => (
            "a mistake in a clauselint.toml",
            "A key, a value or a name in the settings is wrong. What is left of them is used, and the run ends with exit code 2, as \
             the settings may have asked for more.",
            "The place and a near name are in the message. `clauselint config show FILE` prints what holds for a contract and \
             where it comes from, `clauselint schema config` describes the format.",
        ),
        Code::Waiver => (
            "a waiver that states no reason, has ended or hides nothing",
            "A comment in a contract allows a finding, but not as waivers must be written: what it names is unknown, the reason \
             is missing, its last day is over, or there is nothing left to hide. A waiver with a mistake hides nothing.",
            "Write <!-- clauselint: allow(RULE) the reason; by: NAME; until: 2027-03-31 -->, or take it out. \
             `clauselint waivers` lists them all.",
        ),
        Code::Baseline => (
            "a baseline that cannot be used",
            "The file with the known findings is not there or is no baseline. Nothing else is told, since known findings told as \
             new are no answer.",
            "`clauselint baseline write` writes one, and `clauselint baseline update` takes out what is gone. Merge both sides of a \
             conflict by keeping the lines of both.",
        ),
        Code::Missing(_)
        | Code::Weak(_)
        | Code::Soft(_)
        | Code::Slip(_)
        | Code::OneSided(_)
        | Code::Pack { .. }
        | Code::Position(..) => return None,
    };
    Some(Page { title, meaning, remedy })
}
