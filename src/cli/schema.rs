//! `clauselint schema`.

use super::args::{Schema, SchemaName};
use super::exit::Exit;
use super::terminal::Terminal;
use crate::render::schema;

pub(super) fn run(args: &Schema, terminal: &Terminal) -> anyhow::Result<Exit> {
    terminal.print(&match args.name {
        SchemaName::Check => schema::check(),
        SchemaName::Jsonl => schema::jsonl(),
        SchemaName::Coverage => schema::coverage(),
        SchemaName::Query => schema::query(),
        SchemaName::Statistics => schema::statistics(),
        SchemaName::Waivers => schema::waivers(),
        SchemaName::Rule => schema::rule(),
        SchemaName::Extension => schema::extension(),
        SchemaName::Pack => schema::pack(),
        SchemaName::Vocabulary => schema::vocabulary(),
        SchemaName::Profile => schema::profile(),
        SchemaName::Proofreading => schema::proofreading(),
        SchemaName::Config => schema::config(),
        SchemaName::ConfigShow => schema::config_show(),
        SchemaName::Baseline => schema::baseline(),
    })?;
    Ok(Exit::Clean)
}
