//! Sound: the invariants of a page, as the tests of `crates/page` have them.

#[path = "../../crates/page/src/invariants/sound.rs"]
mod of_page;

use headwater_page::Page;

pub(crate) use of_page::{sound, traced};
