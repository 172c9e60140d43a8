//! The properties that the fuzz targets hold: those of the ordinary tests.

#[path = "../../tests/properties/mod.rs"]
mod properties;

/// Bytes for the document model and the reading.
pub fn document(data: &[u8]) {
    properties::document(data);
}

/// Bytes for rule files, packs, profiles and vocabularies.
pub fn rule_file(data: &[u8]) {
    properties::rule_file(data);
}

/// Bytes for clauselint.toml.
pub fn configuration(data: &[u8]) {
    properties::configuration(data);
}

/// Bytes for waivers in comments.
pub fn waivers(data: &[u8]) {
    properties::waivers(data);
}

/// Bytes for baselines.
pub fn baseline(data: &[u8]) {
    properties::baseline(data);
}

/// Bytes for a whole check, in every format.
pub fn check(data: &[u8]) {
    properties::check(data);
}
