//! Scores every stage against labelled data.

fn main() {}
