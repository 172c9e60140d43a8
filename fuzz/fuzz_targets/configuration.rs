//! Fuzzes clauselint.toml.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| clauselint_fuzz::configuration(data));
