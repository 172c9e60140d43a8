//! `clauselint schema`.

use super::args::{Schema, SchemaName};
use super::exit::Exit;
use super::terminal::Terminal;
use crate::render::schema;

pub(super) fn run(args: &Schema, terminal: &Terminal) -> anyhow::Result<Exit> {
    terminal.print(&match args.name {
        SchemaName::Check => schema::check(),
        SchemaName::Coverage => schema::coverage(),
        SchemaName::Query => schema::query(),
        SchemaName::Waivers => schema::waivers(),
        SchemaName::Rule => schema::rule(),
        SchemaName::Extension => schema::extension(),
        SchemaName::Pack => schema::pack(),
        SchemaName::Vocabulary => schema::vocabulary(),
        SchemaName::Profile => schema::profile(),
        SchemaName::Proofreading => schema::proofreading(),
    })?;
    Ok(Exit::Clean)
}
