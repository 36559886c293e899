//! The `headwater` command.

#[allow(dead_code)] // wired with the first command
mod gather;

fn main() {}
