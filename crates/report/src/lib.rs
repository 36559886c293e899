//! Dossier to JSON, plain text, HTML pages and an SVG stemma.
//!
//! Everything here is a pure function of a dossier: the same dossier gives the same bytes. Nothing
//! is judged here either; what the engine found is put into words or rows, and each word that is
//! shown as a page's stands on that page.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod cited;
pub mod html;
pub mod id;
pub mod plain;
pub mod variant;
pub mod verdict;
pub mod wire;

#[cfg(test)]
mod example;

pub use wire::{WireOptions, wire};
