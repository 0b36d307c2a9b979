//! What the path of a file tells, by a pattern the user writes: `{article}/{time}.html`.

use regex_lite::Regex;

/// The fields a pattern may hold, and what each may look like.
const FIELDS: [(&str, &str); 6] = [
    ("article", ".+?"),
    ("time", "[0-9][0-9A-Za-z:_. +-]*?"),
    ("day", "[0-9]{4}[-_/]?[0-9]{2}[-_/]?[0-9]{2}"),
    ("clock", "[0-9]{2}[-_:.h]?[0-9]{2}(?:[-_:.m]?[0-9]{2})?"),
    ("url", ".+?"),
    ("language", "[A-Za-z]{2,3}"),
];

/// A pattern of paths. `{article}`, `{time}`, `{day}` with `{clock}`, `{url}` and `{language}` are what it tells; `*` is
/// anything within a name, `**` anything at all.
#[derive(Debug, Clone)]
pub struct Pattern(Regex);

/// Why a pattern cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PatternError {
    /// There is no such field.
    #[error(
        "there is no field `{{{name}}}`; the fields are {{article}}, {{time}}, {{day}}, {{clock}}, {{url}} and {{language}}"
    )]
    UnknownField {
        /// What stands in the braces.
        name: String,
    },
    /// A field stands in it twice, or a brace is not closed.
    #[error("`{pattern}` has a brace that is not closed, or a field twice")]
    Malformed {
        /// The pattern.
        pattern: String,
    },
}

/// What a pattern tells of a path.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) article: Option<String>,
    /// The time as written: of `{time}`, or of `{day}` and `{clock}` with a space between them.
    pub(super) time: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
}

impl Pattern {
    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// [`PatternError`], by what is wrong.
    pub fn new(pattern: &str) -> Result<Self, PatternError> {
        let malformed = || PatternError::Malformed { pattern: pattern.to_owned() };
        let mut regex = String::from("^");
        let mut rest = pattern;
        while let Some(next) = rest.chars().next() {
            if let Some(field) = rest.strip_prefix('{') {
                let (name, after) = field.split_once('}').ok_or_else(malformed)?;
                let form = FIELDS.iter().find(|(field, _)| *field == name).map(|(_, form)| form);
                let form = form.ok_or_else(|| PatternError::UnknownField { name: name.to_owned() })?;
                regex.push_str(&format!("(?<{name}>{form})"));
                rest = after;
            } else if let Some(after) = rest.strip_prefix("**") {
                regex.push_str(".*");
                rest = after;
            } else {
                match next {
                    '*' => regex.push_str("[^/]*"),
                    _ => regex.push_str(&regex_lite::escape(next.encode_utf8(&mut [0; 4]))),
                }
                rest = rest.get(next.len_utf8()..).unwrap_or_default();
            }
        }
        regex.push('$');
        Regex::new(&regex).map(Self).map_err(|_| malformed())
    }

    /// What it tells of a path whose parts are separated by `/`; `None` if it does not fit.
    pub(super) fn read(&self, path: &str) -> Option<Told> {
        let found = self.0.captures(path)?;
        let field = |name: &str| found.name(name).map(|field| field.as_str().to_owned());
        let day = field("day").map(|day| day.replace(['_', '/'], "-"));
        let clock = field("clock").map(|clock| clock.replace(['-', '_', '.', 'h', 'm'], ":"));
        let time =
            field("time").or_else(|| Some(day?.to_owned() + &clock.map(|c| format!(" {c}")).unwrap_or_default()));
        Some(Told {
            article: field("article"),
            time,
            url: field("url").map(|url| address(&url)),
            language: field("language"),
        })
    }
}

/// An address as file names have it: percent-encoded, or without its scheme.
fn address(written: &str) -> String {
    let url = decoded(written);
    match url.contains("://") {
        true => url,
        false => format!("https://{url}"),
    }
}

/// A text without its percent-encoding, as far as what comes out is UTF-8.
fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let code = after.get(..2).filter(|_| first == b'%').and_then(|code| std::str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(pattern: &str, path: &str) -> Option<Told> {
        Pattern::new(pattern).unwrap().read(path)
    }

    #[test]
    fn a_pattern_tells_article_time_and_address() {
        let told = read("{article}/{time}.html", "news/bridge/20260304090000.html").unwrap();
        assert_eq!((told.article.as_deref(), told.time.as_deref()), (Some("news/bridge"), Some("20260304090000")));
        let told = read("**/{day}/{clock}_{url}.htm*", "x/2026-03-04/09-30_news.example%2Fa%3Fb=1.html").unwrap();
        assert_eq!(
            (told.time.as_deref(), told.url.as_deref()),
            (Some("2026-03-04 09:30"), Some("https://news.example/a?b=1"))
        );
        assert_eq!(read("{article}/{time}.html", "bridge.txt"), None);
    }

    #[test]
    fn what_stands_in_a_pattern_for_itself_is_no_wildcard() {
        assert_eq!(read("a.b/{article}", "aXb/c"), None);
        assert_eq!(read("*.txt", "a/b.txt"), None);
        assert!(read("**.txt", "a/b.txt").is_some());
    }

    #[test]
    fn a_mistake_in_a_pattern_is_told() {
        assert_eq!(Pattern::new("{when}.html").unwrap_err(), PatternError::UnknownField { name: "when".into() });
        assert!(matches!(Pattern::new("{time").unwrap_err(), PatternError::Malformed { .. }));
        assert!(matches!(Pattern::new("{time}{time}").unwrap_err(), PatternError::Malformed { .. }));
    }

    proptest! {
        #[test]
        fn any_pattern_and_path_can_be_tried(pattern in "\\PC{0,40}", path in "\\PC{0,60}") {
            if let Ok(pattern) = Pattern::new(&pattern) {
                pattern.read(&path);
            }
            Pattern::new("{url}").unwrap().read(&path);
        }
    }
}
