//! Fuzzes baselines.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| clauselint_fuzz::baseline(data));
