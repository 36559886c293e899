//! Parallel work: the only place with threads.
//!
//! A pure map whose results come back in the order of the input, so that the number of cores never
//! shows in an answer.

use rayon::prelude::*;

/// `work` over all `items` on all cores; results in the order of `items`.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    items.par_iter().map(work).collect()
}

/// The same with room to work in, made by `room`: a result may not depend on what others left in it.
pub fn map_in<T: Sync, R: Send, S>(
    items: &[T],
    room: impl Fn() -> S + Sync + Send,
    work: impl Fn(&mut S, &T) -> R + Sync + Send,
) -> Vec<R> {
    items.par_iter().map_init(room, work).collect()
}

/// The same with items that `work` takes, so that each is dropped when it is done.
pub fn map_each<T: Send, R: Send>(items: Vec<T>, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    items.into_par_iter().map(work).collect()
}
