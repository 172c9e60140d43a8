//! Fuzzes the pattern language: the engine against the slow evaluator.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| clauselint::pattern::slow::agrees(data));
