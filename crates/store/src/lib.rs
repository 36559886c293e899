//! What is kept on disk.
//!
//! Today: segments, where a comparison of more texts than memory holds leaves what it will need again.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod segments;

pub use segments::{Files, Trouble};
