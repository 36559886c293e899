//! libFuzzer's way into [`headwater_fuzz::segment`].
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| headwater_fuzz::segment(bytes));
