//! The command line as clap types. Its doc comments are the help text.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Parser, Subcommand, ValueEnum};

use super::completions::Completions;
use super::files::Files;
use super::formats::{FormatParser, Wanted};
use super::man::Man;
use crate::rule::Side;
use crate::triage::FailOn;

/// The name of a baseline file when none is given.
const BASELINE: &str = "clauselint-baseline.jsonl";

/// Reads outsourcing contracts in Markdown and reports which clauses are missing or weak.
///
/// Exit codes: 0 nothing at or above --fail-on; 1 findings (query: no match); 2 a mistake in the
/// command line or a rule, or input that cannot be read.
#[derive(Debug, Parser)]
#[command(name = "clauselint", version, max_term_width = 100)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub(super) command: Command,
    /// When to use colours; NO_COLOR turns them off in `auto`
    #[arg(long, global = true, value_enum, default_value_t = Colour::Auto, value_name = "WHEN")]
    pub(super) color: Colour,
    /// Print findings only: no summaries, no remarks, no progress
    #[arg(long, short, global = true)]
    pub(super) quiet: bool,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Report missing and weak clauses
    Check(Check),
    /// Make the changes that settle findings: those that alter nothing of what a contract says
    Fix(Fix),
    /// Show for each clause whether it is missing, weak or strong, and where
    Coverage(Coverage),
    /// Search contracts with a pattern; exit code 1 when nothing matches
    Query(Query),
    /// Explain a rule, a line of a contract, or how the parties were told apart
    Explain(Explain),
    /// List or test the clause rules
    Rules(Rules),
    /// Keep the findings that are known, so that `check --baseline` tells new ones only
    Baseline(Baseline),
    /// List the waivers in contracts: what each allows, why, who said so, until when
    Waivers(Waivers),
    /// Print the JSON Schema of a format
    Schema(Schema),
    /// Show the settings that hold for a file
    Config(Config),
    /// Write a commented clauselint.toml after a look at a folder
    Init(Init),
    /// Print the completions for a shell
    Completions(Completions),
    /// Print the manual page, or write the pages of all commands into a folder
    Man(Man),
}

/// In which formats a report is written, and where.
#[derive(Debug, Args)]
pub(super) struct Outputs {
    /// How to write the findings, and where: `text` (the default), `sarif=findings.sarif`. May be
    /// repeated, one for standard output and any number for files
    #[arg(long, value_parser = FormatParser, value_name = "FORMAT[=FILE]")]
    pub(super) format: Vec<Wanted>,
    /// File to write to in place of standard output; an old one is replaced in one go
    #[arg(long, short, value_name = "FILE")]
    pub(super) output: Option<PathBuf>,
}

/// What every command that reads contracts takes.
#[derive(Debug, Args)]
pub(super) struct Reading {
    /// Folder with rules and profiles of your own; one replaces the built-in one of the same name
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
    /// Name of the customer, when the contract does not tell; may be repeated
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(super) customer: Vec<String>,
    /// Name of the supplier, when the contract does not tell; may be repeated
    #[arg(long, value_name = "NAME", value_parser = NonEmptyStringValueParser::new())]
    pub(super) supplier: Vec<String>,
    /// Hold the contracts against this profile, such as `outsourcing`, `sla` or `all`, and read each
    /// file named here as a contract, whatever it looks like; files found in folders must still look
    /// like contracts
    #[arg(long, value_name = "PROFILE")]
    pub(super) profile: Option<String>,
    /// The party for whom contracts are judged; the customer, unless the configuration says otherwise
    #[arg(long = "for", value_enum, value_name = "SIDE")]
    pub(super) side: Option<SideName>,
    #[command(flatten)]
    pub(super) configuration: ConfigurationChoice,
}

/// Which configuration a command goes by.
#[derive(Debug, Default, Args)]
pub(super) struct ConfigurationChoice {
    /// Use this configuration instead of the nearest clauselint.toml
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(super) config: Option<PathBuf>,
    /// Use no configuration
    #[arg(long)]
    pub(super) no_config: bool,
}

/// What the commands that assess contracts take.
#[derive(Debug, Default, Args)]
pub(super) struct Packs {
    /// Hold each contract against a checklist too, item by item: `dora`; `dora/general` for its items
    /// for every contract only. May be repeated; `rules list` names the packs
    #[arg(long, value_name = "PACK")]
    pub(super) pack: Vec<String>,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Files and folders, the current folder when none is named; `-` reads standard input
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) files: Files,
    #[command(flatten)]
    pub(super) reading: Reading,
    #[command(flatten)]
    pub(super) packs: Packs,
    /// Hide the findings that this file knows; `baseline write` writes it
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Hide nothing, whatever the configuration says
    #[arg(long, conflicts_with = "baseline")]
    pub(super) no_baseline: bool,
    /// Read only contracts that git says have changed since the branch left this revision, such as
    /// `origin/main`: committed, staged, unstaged and untracked
    #[arg(long, value_name = "REV", allow_hyphen_values = true)]
    pub(super) changed_since: Option<String>,
    /// The lowest level that makes the exit code 1; error, unless the configuration says otherwise
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(super) fail_on: Option<Level>,
    #[command(flatten)]
    pub(super) outputs: Outputs,
    /// Show every finding whole, notes and all advice too
    #[arg(long, short, conflicts_with = "quiet")]
    pub(super) verbose: bool,
    /// Print how many findings of each kind there are, the most frequent first, instead of the findings
    #[arg(long)]
    pub(super) statistics: bool,
}

/// Changes are made in the contracts themselves, each file in one go, and told one by one. Of standard
/// input the text is printed with its changes. Clauses that are missing or weak are for people to write.
#[derive(Debug, Args)]
#[command(override_usage = "clauselint fix [OPTIONS] <PATH>...")]
pub(super) struct Fix {
    /// Files and folders; `-` reads standard input
    #[arg(required_unless_present = "stdin_filename", value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) files: Files,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Print what would change and write nothing; exit code 1 when something would
    #[arg(long)]
    pub(super) diff: bool,
    /// Make the changes too that alter what a contract says, such as capitals that make a defined term of
    /// plain words: read what they did
    #[arg(long = "unsafe")]
    pub(super) with_unsafe: bool,
}

#[derive(Debug, Args)]
pub(super) struct Coverage {
    /// Files and folders, the current folder when none is named; `-` reads standard input
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) files: Files,
    #[command(flatten)]
    pub(super) reading: Reading,
    #[command(flatten)]
    pub(super) packs: Packs,
    /// How to print the table
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct Query {
    /// A pattern in terms and connectors: '@supplier /s (@must +1 indemnif!)'
    #[arg(value_name = "PATTERN")]
    pub(super) pattern: String,
    /// Files and folders, the current folder when none is named; `-` reads standard input
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) files: Files,
    #[command(flatten)]
    pub(super) reading: Reading,
    /// Print only how many matches each file holds
    #[arg(long)]
    pub(super) count: bool,
    /// How to print the matches
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub(super) format: Format,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// A clause rule (`exit-transition`), a finding (`weak-sla-metrics`), a proofreading check
    /// (`number-mismatch`), a pack (`dora`), an item of one (`DORA-30.2-e`) or a line (`msa.md:88`)
    #[arg(value_name = "RULE | CHECK | PACK | ITEM | FILE:LINE", required_unless_present = "parties")]
    pub(super) subject: Option<String>,
    /// Show who was taken for customer and supplier in this file, and why
    #[arg(long, value_name = "FILE", conflicts_with = "subject")]
    pub(super) parties: Option<PathBuf>,
    /// Of a clause rule, also print every pattern and every text that must not be taken for it
    #[arg(long, conflicts_with = "parties")]
    pub(super) patterns: bool,
    #[command(flatten)]
    pub(super) reading: Reading,
}

#[derive(Debug, Args)]
pub(super) struct Config {
    #[command(subcommand)]
    pub(super) command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum ConfigCommand {
    /// Print each value that holds for a file or a folder and where it is written
    Show {
        /// The file, which need not be there, or the folder
        #[arg(default_value = ".", value_name = "PATH")]
        path: PathBuf,
        /// How to print the values
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
}

#[derive(Debug, Args)]
pub(super) struct Init {
    /// The folder to look at and to write clauselint.toml into; a file that is there is never
    /// overwritten
    #[arg(default_value = ".", value_name = "DIR")]
    pub(super) dir: PathBuf,
}

#[derive(Debug, Args)]
pub(super) struct Rules {
    #[command(subcommand)]
    pub(super) command: RulesCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
    /// One line a rule: id, levels in each profile, summary
    List {
        /// Folder with rules and profiles of your own
        #[arg(long, value_name = "DIR")]
        rules: Vec<PathBuf>,
        /// The party for whom contracts are judged
        #[arg(long = "for", value_enum, default_value_t = SideName::Customer, value_name = "SIDE")]
        side: SideName,
        #[command(flatten)]
        configuration: ConfigurationChoice,
    },
    /// Start a rule: prints a commented file, or one that changes the rule when there is one already
    New(NewRule),
    /// Run the examples of the rules against the rules
    Test {
        /// Folder with rules of your own; without it those that the configuration names, else the built-in
        /// ones, are tested
        #[arg(value_name = "DIR")]
        dir: Option<PathBuf>,
        #[command(flatten)]
        configuration: ConfigurationChoice,
    },
}

#[derive(Debug, Args)]
pub(super) struct Baseline {
    #[command(subcommand)]
    pub(super) command: BaselineCommand,
}

#[derive(Debug, Subcommand)]
pub(super) enum BaselineCommand {
    /// Write a baseline in which every finding of today is known
    Write(Write),
    /// Take out of a baseline what is gone, and follow contracts that have moved
    Update(Update),
}

#[derive(Debug, Args)]
pub(super) struct Write {
    /// Files and folders
    #[arg(default_value = ".", value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// The file to write; paths in it lead from its folder
    #[arg(long, short, default_value = BASELINE, value_name = "FILE")]
    pub(super) output: PathBuf,
    /// Write it anew when it is there already, and forget what it knew
    #[arg(long)]
    pub(super) force: bool,
    #[command(flatten)]
    pub(super) files: Files,
    #[command(flatten)]
    pub(super) reading: Reading,
    #[command(flatten)]
    pub(super) packs: Packs,
}

#[derive(Debug, Args)]
pub(super) struct Update {
    /// Files and folders; what is known of contracts elsewhere stays as it is
    #[arg(default_value = ".", value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    /// The file to update
    #[arg(long, default_value = BASELINE, value_name = "FILE")]
    pub(super) baseline: PathBuf,
    /// Take in the findings that are new
    #[arg(long)]
    pub(super) accept_new: bool,
    #[command(flatten)]
    pub(super) files: Files,
    #[command(flatten)]
    pub(super) reading: Reading,
    #[command(flatten)]
    pub(super) packs: Packs,
}

#[derive(Debug, Args)]
pub(super) struct NewRule {
    /// The clause's id, in lower case and hyphens: `step-in`
    #[arg(value_name = "CLAUSE")]
    pub(super) clause: String,
    /// Folder to put the file CLAUSE.toml into; a file that is there is never overwritten
    #[arg(long, short, value_name = "DIR")]
    pub(super) output: Option<PathBuf>,
    /// Folder with rules of your own, which may be the ones to change
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
}

/// A waiver is a comment in a contract: `<!-- clauselint: allow(exit-transition) the reason; by:
/// counsel; until: 2027-03-31 -->`. It hides findings on the clause that it stands in or above;
/// allow-section(...) those on the clauses below it too, allow-file(...) those on the whole file. One
/// that states no reason, has ended or has a mistake in it hides nothing, and `check` says so
#[derive(Debug, Args)]
pub(super) struct Waivers {
    /// Files and folders, the current folder when none is named; `-` reads standard input
    #[arg(value_name = "PATH")]
    pub(super) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) files: Files,
    #[command(flatten)]
    pub(super) reading: Reading,
    #[command(flatten)]
    pub(super) packs: Packs,
    /// How to print the list
    #[arg(long, value_enum, default_value_t = ListFormat::Text)]
    pub(super) format: ListFormat,
}

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// The format
    #[arg(value_enum, value_name = "NAME")]
    pub(super) name: SchemaName,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// How to print a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// For programs; `clauselint schema` describes it
    Json,
}

/// How to print a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ListFormat {
    /// For people
    Text,
    /// For programs; `clauselint schema waivers` describes it
    Json,
    /// For spreadsheets
    Csv,
}

/// The lowest level that fails a run.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Level {
    /// Missing clauses
    Error,
    /// Weak clauses too
    Warning,
    /// Any finding
    Note,
    /// No finding
    Never,
}

impl From<Level> for FailOn {
    fn from(level: Level) -> Self {
        match level {
            Level::Error => Self::Error,
            Level::Warning => Self::Warning,
            Level::Note => Self::Note,
            Level::Never => Self::Never,
        }
    }
}

/// For whom contracts are judged.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SideName {
    /// The party that gets the services
    Customer,
    /// The party that performs them
    Supplier,
}

impl From<SideName> for Side {
    fn from(name: SideName) -> Self {
        match name {
            SideName::Customer => Self::Customer,
            SideName::Supplier => Self::Supplier,
        }
    }
}

/// The formats that have a schema.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SchemaName {
    /// `check --format json`
    Check,
    /// A line of `check --format jsonl`
    Jsonl,
    /// `coverage --format json`
    Coverage,
    /// `query --format json`
    Query,
    /// `check --statistics --format json`
    Statistics,
    /// `waivers --format json`
    Waivers,
    /// A rule file
    Rule,
    /// A file that changes a rule (`extends = "exit-transition"`)
    Extension,
    /// A pack file
    Pack,
    /// The vocabulary of the rules
    Vocabulary,
    /// A profile: which clauses a kind of paper is asked for
    Profile,
    /// The data of a proofreading check
    Proofreading,
    /// clauselint.toml, the settings of a project
    Config,
    /// `config show --format json`
    ConfigShow,
    /// A line of a baseline
    Baseline,
}
