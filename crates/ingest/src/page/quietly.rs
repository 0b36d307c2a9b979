//! Running what may panic without a word on the standard error.

use std::any::Any;
use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

thread_local! {
    /// Whether a panic of this thread is an answer that is expected, and nobody is to be told of it.
    static EXPECTED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `task`; a panic is the error, and is not printed. What the process does with panics elsewhere stays as it is.
///
/// A library must not print, and the hook that prints panics runs before they are caught: so the hook is wrapped, once,
/// by one that passes over the panics expected here.
pub(crate) fn quietly<T>(task: impl FnOnce() -> T) -> Result<T, Box<dyn Any + Send>> {
    static WRAP: Once = Once::new();
    WRAP.call_once(|| {
        let hook = take_hook();
        set_hook(Box::new(move |panic| {
            if !EXPECTED.get() {
                hook(panic);
            }
        }));
    });
    let before = EXPECTED.replace(true);
    let result = catch_unwind(AssertUnwindSafe(task));
    EXPECTED.set(before);
    result
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::process::Command;

    #[test]
    fn an_expected_panic_is_an_error_and_others_are_told() {
        if std::env::var_os("ISNAD_TEST_PANICS").is_some() {
            assert!(quietly(|| panic!("this is expected")).is_err());
            panic!("this is told");
        }
        let mut again = Command::new(std::env::current_exe().unwrap());
        again.env("ISNAD_TEST_PANICS", "1").args(["--nocapture", "an_expected_panic_is_an_error_and_others_are_told"]);
        let output = again.output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
        assert!(told.contains("this is told") && !told.contains("this is expected"), "{told}");
    }
}
