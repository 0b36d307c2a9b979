//! A bound on how much is held in memory at once between a thread that reads and others that work.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Room for so many bytes. What is larger than all of it comes in alone.
#[derive(Debug)]
pub(crate) struct Budget {
    most: usize,
    held: Mutex<Held>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Held {
    bytes: usize,
    is_closed: bool,
}

impl Budget {
    /// Room for `most` bytes.
    pub(crate) fn new(most: usize) -> Self {
        Self { most, held: Mutex::default(), changed: Condvar::new() }
    }

    /// Waits until there is room for `bytes`, and takes it; `false` if nobody works any more.
    pub(crate) fn take(&self, bytes: usize) -> bool {
        let mut held = self.lock();
        while !held.is_closed && held.bytes > 0 && held.bytes.saturating_add(bytes) > self.most {
            held = self.changed.wait(held).unwrap_or_else(PoisonError::into_inner);
        }
        held.bytes = held.bytes.saturating_add(bytes);
        !held.is_closed
    }

    /// Gives room back.
    pub(crate) fn give_back(&self, bytes: usize) {
        let mut held = self.lock();
        held.bytes = held.bytes.saturating_sub(bytes);
        self.changed.notify_all();
    }

    /// Says that nobody works any more, so that nobody waits for room.
    pub(crate) fn close(&self) {
        self.lock().is_closed = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Held> {
        self.held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Closes a budget when the one who works ends, however that comes.
#[derive(Debug)]
pub(crate) struct Closing<'b>(pub(crate) &'b Budget);

impl Drop for Closing<'_> {
    fn drop(&mut self) {
        self.0.close();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    #[test]
    fn no_more_is_held_than_there_is_room_for_but_one_item_alone() {
        let (budget, held, peak) = (Budget::new(100), AtomicUsize::new(0), AtomicUsize::new(0));
        let (send, arrived) = std::sync::mpsc::channel();
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for bytes in [40, 60, 10, 500, 100, 1].into_iter().cycle().take(60) {
                    assert!(budget.take(bytes));
                    let now = held.fetch_add(bytes, Ordering::SeqCst) + bytes;
                    assert!(now <= 100 || now == 500, "{now} bytes are held");
                    peak.fetch_max(now, Ordering::SeqCst);
                    let _ = send.send(bytes);
                }
                drop(send);
            });
            for bytes in arrived {
                held.fetch_sub(bytes, Ordering::SeqCst);
                budget.give_back(bytes);
            }
        });
        assert_eq!(peak.load(Ordering::SeqCst), 500);
    }

    #[test]
    fn nobody_waits_once_it_is_closed() {
        let budget = Budget::new(10);
        assert!(budget.take(10));
        std::thread::scope(|scope| {
            let waiting = scope.spawn(|| budget.take(5));
            drop(Closing(&budget));
            assert!(!waiting.join().unwrap_or(true));
        });
    }
}
