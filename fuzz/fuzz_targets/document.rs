//! Fuzzes the document model and the reading.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| clauselint_fuzz::document(data));
