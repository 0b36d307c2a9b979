//! What makes an article the same article: the canonical form of its URL or name.

use std::borrow::Cow;

/// The form in which URLs and names of articles are compared: trimmed; of a URL the fragment is dropped and scheme and
/// host are in lower case, since they name the same page in any case. Nothing else of a URL is touched: what a
/// server does with a query, a slash at the end or a `www.` only it knows.
pub(crate) fn canonical_key(name: &str) -> Cow<'_, str> {
    let name = name.trim();
    let Some((scheme, rest)) = name.split_once("://") else { return Cow::Borrowed(name) };
    if !scheme.starts_with(|c: char| c.is_ascii_alphabetic()) || !scheme.chars().all(is_scheme_character) {
        return Cow::Borrowed(name);
    }
    let rest = rest.split('#').next().unwrap_or_default();
    let (host, path) = rest.split_at(rest.find(['/', '?']).unwrap_or(rest.len()));
    let slash = if path.starts_with('/') { "" } else { "/" };
    Cow::Owned(format!("{}://{}{slash}{path}", scheme.to_ascii_lowercase(), host.to_lowercase()))
}

/// Whether a canonical URL is that of a whole site: pages that are gone redirect there, and careless ones call it their
/// canonical address, so it names no article.
pub(crate) fn is_site(url: &str) -> bool {
    url.split_once("://").is_some_and(|(_, rest)| rest.find('/').is_none_or(|slash| rest.len() == slash + 1))
}

fn is_scheme_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_of_one_page_have_one_key() {
        for url in
            ["HTTPS://News.Example/a?B=C#comments", " https://news.example/a?B=C ", "https://news.example/a?B=C#"]
        {
            assert_eq!(canonical_key(url), "https://news.example/a?B=C");
        }
        assert_eq!(canonical_key("http://news.example"), "http://news.example/");
        assert_eq!(canonical_key("http://news.example?q=1"), "http://news.example/?q=1");
    }

    #[test]
    fn paths_of_pages_keep_their_case() {
        assert_ne!(canonical_key("https://news.example/A"), canonical_key("https://news.example/a"));
    }

    #[test]
    fn a_site_is_told_from_its_pages() {
        for (url, expected) in [
            ("https://news.example/", true),
            ("https://news.example/?p=7", false),
            ("https://news.example/a", false),
            ("a name", false),
        ] {
            assert_eq!(is_site(&canonical_key(url)), expected, "{url}");
        }
    }

    #[test]
    fn names_stay_as_they_are() {
        for name in ["my story #2", "C:\\texts\\a.txt", "الخبر", "1://x#y", "://#"] {
            assert_eq!(canonical_key(name), name);
        }
    }

    #[test]
    fn a_key_is_its_own_key() {
        for name in ["HTTPS://News.Example/a?B=C#x", "x://", "x://#", "x://?#", " a "] {
            let key = canonical_key(name).into_owned();
            assert_eq!(canonical_key(&key), key);
        }
    }
}
