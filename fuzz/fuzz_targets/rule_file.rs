//! Fuzzes rule files, packs, profiles and vocabularies.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| clauselint_fuzz::rule_file(data));
