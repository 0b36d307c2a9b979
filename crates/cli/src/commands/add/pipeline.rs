//! Work on all cores whose results are wanted in order.

use std::sync::mpsc::sync_channel;
use std::thread;

use rayon::prelude::*;

/// The most items that are worked on and handed over together: they wait for the disk once.
const MOST_ITEMS: usize = 128;

/// The most bytes of them, as far as that is known before.
const MOST_BYTES: usize = 32 * 1024 * 1024;

/// Works on `items` on all cores, and hands what came of them to `take`, in their order, as many together as are there:
/// of a stream that comes slowly each by itself. One batch is worked on while the one before is taken.
///
/// It ends with the first error of `take`, as soon as the items at hand are done.
pub(super) fn in_order<I: Send, R: Send, E>(
    items: impl Iterator<Item = I> + Send,
    bytes: impl Fn(&I) -> usize + Send,
    work: impl Fn(I) -> R + Send + Sync,
    mut take: impl FnMut(Vec<R>) -> Result<(), E>,
) -> Result<(), E> {
    thread::scope(|scope| {
        let (found, waiting) = sync_channel(MOST_ITEMS);
        let (worked, ready) = sync_channel(1);
        scope.spawn(move || {
            for item in items {
                if found.send(item).is_err() {
                    break;
                }
            }
        });
        scope.spawn(move || {
            while let Ok(first) = waiting.recv() {
                let mut size = bytes(&first);
                let mut batch = vec![first];
                while size < MOST_BYTES
                    && batch.len() < MOST_ITEMS
                    && let Ok(next) = waiting.try_recv()
                {
                    size += bytes(&next);
                    batch.push(next);
                }
                if worked.send(batch.into_par_iter().map(&work).collect()).is_err() {
                    break;
                }
            }
        });
        ready.into_iter().try_for_each(&mut take)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_the_order_of_the_items() {
        let mut taken = Vec::new();
        let done: Result<(), ()> = in_order(
            0..1000,
            |_| 1,
            |item| item * 2,
            |batch| {
                taken.extend(batch);
                Ok(())
            },
        );
        assert_eq!(done, Ok(()));
        assert_eq!(taken, (0..1000).map(|item| item * 2).collect::<Vec<_>>());
    }

    #[test]
    fn an_error_ends_the_work() {
        let mut taken = 0;
        let done = in_order(
            0..,
            |_| MOST_BYTES,
            |item| item,
            |batch| {
                taken += batch.len();
                Err::<(), &str>("full")
            },
        );
        assert_eq!((done, taken), (Err("full"), 1));
    }
}
