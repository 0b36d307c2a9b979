//! Names of articles for people.

use std::path::Path;

/// What an article is known by: an address or a name as it is, the path of a file as short as it can be from here.
pub(crate) fn place(key: &str) -> &str {
    let path = Path::new(key);
    if !path.is_absolute() {
        return key;
    }
    let here = std::env::current_dir().ok();
    here.and_then(|here| path.strip_prefix(here).ok()?.to_str()).filter(|short| !short.is_empty()).unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_told_from_here_and_a_name_as_it_is() {
        let here = std::env::current_dir().unwrap();
        let key = here.join("saved/a.html").display().to_string();
        assert_eq!(place(&key), "saved/a.html");
        for key in ["/elsewhere/a.html", "https://example.org/a", "the flood"] {
            assert_eq!(place(key), key);
        }
    }
}
