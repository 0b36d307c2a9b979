//! Ctrl-C, which ends long work at the next place where it may end.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::terminal::Terminal;

/// Whether the user wants the work to end.
#[derive(Debug, Default)]
pub(crate) struct Stop {
    is_set: Mutex<bool>,
    changed: Condvar,
}

impl Stop {
    /// A mark that Ctrl-C sets. A second one ends the process at once: what is recorded is safe whenever it comes.
    pub(crate) fn on_interrupt(terminal: &Terminal) -> Arc<Self> {
        let stop = Arc::new(Self::default());
        let (mark, terminal) = (Arc::clone(&stop), *terminal);
        let handled = ctrlc::set_handler(move || {
            if mark.set() {
                #[allow(clippy::exit, reason = "asked for twice, and every recording is a transaction of its own")]
                std::process::exit(1);
            }
            terminal.note("stopping after the article in hand; Ctrl-C again to stop at once");
        });
        if let Err(error) = handled {
            terminal.note(&format!("Ctrl-C will stop at once: {error}"));
        }
        stop
    }

    /// Whether it is set.
    pub(crate) fn is_set(&self) -> bool {
        *self.lock()
    }

    /// Sets it; whether it was set before.
    fn set(&self) -> bool {
        let before = std::mem::replace(&mut *self.lock(), true);
        self.changed.notify_all();
        before
    }

    /// Waits for a time, or until it is set.
    pub(crate) fn sleep(&self, time: Duration) {
        let end = Instant::now().checked_add(time);
        let mut is_set = self.lock();
        while !*is_set {
            // No clock reaches so far that it cannot be waited for in parts.
            let left = end.map_or(time, |end| end.saturating_duration_since(Instant::now()));
            if left.is_zero() {
                return;
            }
            is_set = self.changed.wait_timeout(is_set, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, bool> {
        self.is_set.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sleep_ends_in_time_or_when_it_is_set() {
        let stop = Stop::default();
        stop.sleep(Duration::from_millis(1));
        std::thread::scope(|scope| {
            scope.spawn(|| stop.sleep(Duration::from_secs(3600)));
            assert!(!stop.set());
        });
        assert!(stop.is_set() && stop.set());
    }
}
