//! Fuzzes a whole check, in every format.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| clauselint_fuzz::check(data));
