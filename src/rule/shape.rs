//! Holds a TOML table against a JSON schema, to report all unknown keys, missing keys and wrong
//! kinds of values at once, each with its place. For rule files and a project's settings alike.
//!
//! serde stops at its first mistake; this walk runs only after serde has refused a file. The schema
//! comes from the types in `raw`, so that there is one description of the format.

use std::ops::Range;

use serde_json::Value;
use toml::de::{DeTable, DeValue};

use super::spelling::{join, nearest};

/// A mistake of form in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// The bytes of the file that are wrong.
    pub(crate) range: Range<usize>,
    /// What is wrong: lower case, no full stop.
    pub(crate) message: String,
    /// What to write instead.
    pub(crate) advice: String,
}

/// All mistakes of form of a table, in no particular order.
pub(crate) fn misfits(root: &Value, table: &DeTable<'_>) -> Vec<Misfit> {
    let mut walk = Walk { root, found: Vec::new() };
    walk.table(root, table, &(0..0), "");
    walk.found
}

struct Walk<'s> {
    root: &'s Value,
    found: Vec<Misfit>,
}

impl<'s> Walk<'s> {
    /// The schema behind references and the `null` alternative of optional values.
    fn resolve(&self, schema: &'s Value) -> &'s Value {
        let mut schema = schema;
        // Bounded: a chain of references in a derived schema is short.
        for _ in 0..8 {
            if let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/")) {
                schema = &self.root["$defs"][name];
            } else if let Some(choice) = schema["anyOf"]
                .as_array()
                .and_then(|choices| choices.iter().find(|choice| choice["type"].as_str() != Some("null")))
            {
                schema = choice;
            } else {
                break;
            }
        }
        schema
    }

    /// The kinds of value that a schema allows, resolved; usually one.
    fn ways(&self, schema: &'s Value) -> Vec<&'s Value> {
        let is_none = |choice: &&Value| choice["type"].as_str() == Some("null");
        match schema["anyOf"].as_array() {
            Some(choices) => choices.iter().filter(|c| !is_none(c)).flat_map(|c| self.ways(c)).collect(),
            None if schema["$ref"].is_string() => {
                let name = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/$defs/"));
                self.ways(&self.root["$defs"][name.unwrap_or_default()])
            }
            None => vec![schema],
        }
    }

    fn report(&mut self, range: Range<usize>, message: String, advice: String) {
        self.found.push(Misfit { range, message, advice });
    }

    fn table(&mut self, schema: &'s Value, table: &DeTable<'_>, place: &Range<usize>, name: &str) {
        let schema = self.resolve(schema);
        let known = schema["properties"].as_object();
        for (key, value) in table.iter() {
            let key_name: &str = key.get_ref();
            if let Some(schema) = known.and_then(|known| known.get(key_name)) {
                self.value(schema, value.get_ref(), value.span(), key_name);
            } else if schema["additionalProperties"].is_object() {
                self.value(&schema["additionalProperties"], value.get_ref(), value.span(), key_name);
            } else {
                let keys: Vec<&str> = known.into_iter().flatten().map(|(key, _)| key.as_str()).collect();
                let advice = nearest(key_name, keys.iter().copied()).map_or_else(
                    || format!("the keys here are {}", join(&keys, "and")),
                    |name| format!("did you mean `{name}`?"),
                );
                self.report(key.span(), format!("unknown key `{key_name}`"), advice);
            }
        }
        for required in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
            if !table.iter().any(|(key, _)| key.get_ref() == required) {
                let message = match name {
                    "" => format!("the key `{required}` is missing"),
                    _ => format!("`{name}` lacks the key `{required}`"),
                };
                let meaning = self.meaning(known.and_then(|known| known.get(required)));
                self.report(place.clone(), message, meaning);
            }
        }
    }

    /// The first line of what the manual says about a key.
    fn meaning(&self, schema: Option<&'s Value>) -> String {
        let text = schema.and_then(|schema| {
            schema["description"].as_str().or_else(|| self.resolve(schema)["description"].as_str())
        });
        let line = text.unwrap_or_default().lines().next().unwrap_or_default();
        let mut letters = line.trim_end_matches('.').chars();
        letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
    }

    fn value(&mut self, schema: &'s Value, value: &DeValue<'_>, place: Range<usize>, name: &str) {
        let ways = self.ways(schema);
        let Some(schema) = ways.iter().find(|way| is(way, kind_of(value))).or_else(|| ways.first()) else {
            return;
        };
        if ways.len() > 1 && !is(schema, kind_of(value)) {
            return self.wrong_kinds(&ways, place, name);
        }
        match value {
            DeValue::Table(table) if is(schema, "object") => self.table(schema, table, &place, name),
            DeValue::Array(items) if is(schema, "array") => {
                for item in items.iter() {
                    self.value(&schema["items"], item.get_ref(), item.span(), name);
                }
            }
            DeValue::String(text) => self.text(schema, text, place, name),
            DeValue::Boolean(_) if is(schema, "boolean") => {}
            _ => self.wrong_kind(schema, place, name),
        }
    }

    fn text(&mut self, schema: &'s Value, text: &str, place: Range<usize>, name: &str) {
        let choices = choices(schema);
        if choices.is_empty() {
            if !is(schema, "string") {
                self.wrong_kind(schema, place, name);
            }
        } else if !choices.contains(&text) {
            let advice = nearest(text, choices.iter().copied()).map_or_else(
                || format!("write {}", join(&choices, "or")),
                |choice| format!("did you mean `{choice}`?"),
            );
            self.report(place, format!("`{text}` is no value of `{name}`"), advice);
        }
    }

    fn wrong_kind(&mut self, schema: &'s Value, place: Range<usize>, name: &str) {
        let message = format!("`{name}` holds the wrong kind of value");
        let choices = choices(schema);
        if !choices.is_empty() {
            let quoted: Vec<String> = choices.iter().map(|choice| format!("\"{choice}\"")).collect();
            let quoted: Vec<&str> = quoted.iter().map(String::as_str).collect();
            return self.report(place, message, format!("write {}", join(&quoted, "or")));
        }
        self.report(place, message, format!("write {}", wanted(schema)));
    }

    fn wrong_kinds(&mut self, ways: &[&Value], place: Range<usize>, name: &str) {
        let wanted: Vec<&str> = ways.iter().map(|way| wanted(way)).collect();
        let message = format!("`{name}` holds the wrong kind of value");
        self.report(place, message, format!("write {}", join(&wanted, "or")));
    }
}

/// The kind of value that a schema asks for, in words.
fn wanted(schema: &Value) -> &'static str {
    [
        ("object", "a table"),
        ("array", "a list, as in [\"...\"]"),
        ("boolean", "true or false"),
        ("string", "a text in quotes"),
    ]
    .into_iter()
    .find(|(kind, _)| is(schema, kind))
    .map_or("a text in quotes", |(_, words)| words)
}

/// The JSON type of a value.
const fn kind_of(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::Table(_) => "object",
        DeValue::Array(_) => "array",
        DeValue::Boolean(_) => "boolean",
        DeValue::Integer(_) => "integer",
        DeValue::Float(_) => "number",
        DeValue::String(_) | DeValue::Datetime(_) => "string",
    }
}

/// Whether the schema allows values of this JSON type.
fn is(schema: &Value, kind: &str) -> bool {
    match &schema["type"] {
        Value::String(only) => only == kind,
        Value::Array(several) => several.iter().any(|one| one.as_str() == Some(kind)),
        _ => false,
    }
}

/// The words that the schema allows, when it allows only some.
fn choices(schema: &Value) -> Vec<&str> {
    let listed = schema["enum"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let described = schema["oneOf"].as_array().into_iter().flatten().filter_map(|one| one["const"].as_str());
    listed.chain(described).collect()
}
