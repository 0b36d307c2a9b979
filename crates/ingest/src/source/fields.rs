//! A row of a table or of JSON Lines, by the names of its fields, as a capture.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Capture, Content, Skipped, SourceOptions, broken};
use crate::language;
use crate::moment::moment_or_day;
use crate::sniff::Kind;

/// Names of columns by the field they hold. A test keeps the file readable.
static NAMES: LazyLock<BTreeMap<String, Vec<String>>> =
    LazyLock::new(|| toml::from_str(NAMES_FILE).unwrap_or_default());

const NAMES_FILE: &str = include_str!("../../data/fields.toml");

/// The fields of one capture, as written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fields(BTreeMap<String, String>);

/// The field that a column holds, by the caller's mapping, else by the usual names.
pub(super) fn field_of(column: &str, options: &SourceOptions) -> Option<String> {
    let column = column.trim();
    let mapped = options.columns.iter().find(|(_, name)| name.eq_ignore_ascii_case(column));
    if let Some((field, _)) = mapped {
        return Some(field.clone());
    }
    let known = NAMES.iter().find(|(_, names)| names.iter().any(|name| name.eq_ignore_ascii_case(column)));
    // What the caller has mapped to another column is not taken from this one.
    known.map(|(field, _)| field.clone()).filter(|field| !options.columns.contains_key(field))
}

/// The names of the fields that a column can hold.
pub fn fields() -> impl Iterator<Item = &'static str> {
    NAMES.keys().map(String::as_str)
}

/// Whether there is a field of that name.
#[cfg(test)]
pub(super) fn is_field(name: &str) -> bool {
    NAMES.contains_key(name)
}

impl Fields {
    /// Sets a field, unless the value is blank or an earlier column had it.
    pub(super) fn set(&mut self, field: &str, value: &str) {
        if !value.trim().is_empty() {
            self.0.entry(field.to_owned()).or_insert_with(|| value.to_owned());
        }
    }

    fn take(&mut self, field: &str) -> Option<String> {
        self.0.remove(field)
    }

    /// The capture that stands at `place`, in the source `name`; `number` sets it apart where it has no id.
    pub(super) fn into_capture(
        mut self,
        place: String,
        (name, number): (&str, u64),
        options: &SourceOptions,
    ) -> Result<Capture, Skipped> {
        let skipped = |reason: String| Skipped::new(&place, broken(reason));
        let time = match self.take("captured") {
            Some(written) => Some(moment_or_day(&written, options.clock).ok_or_else(|| {
                skipped(format!("`captured` is `{written}`, which is no date and time (--clock HH:MM for days)"))
            })?),
            None => None,
        };
        let status: Option<u16> = self.take("status").and_then(|status| status.trim().parse().ok());
        let failed = status.filter(|status| !(200..300).contains(status));
        let content = match (failed, self.take("text"), self.take("html")) {
            (Some(status), ..) => Content::Failed { reason: format!("HTTP {status}") },
            (None, Some(text), _) => Content::Text { text, kind: Kind::Text },
            (None, None, Some(text)) => Content::Text { text, kind: Kind::Html },
            (None, None, None) => return Err(skipped("it has neither text nor html".to_owned())),
        };
        let (url, article, id) = (self.take("url"), self.take("article"), self.take("id"));
        let id = article.or(id).unwrap_or_else(|| number.to_string());
        Ok(Capture {
            time,
            content,
            url,
            article: None,
            name: Some(format!("{name}#{id}")),
            language: self.take("language").as_deref().and_then(language::parse),
            published: self.take("published"),
            title: self.take("title"),
            place,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_column_name_stands_for_two_fields() {
        let names: BTreeMap<String, Vec<String>> = toml::from_str(NAMES_FILE).unwrap();
        let mut all: Vec<&String> = names.values().flatten().collect();
        let number = all.len();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), number);
        assert!(all.iter().all(|name| **name == name.to_ascii_lowercase()));
    }

    #[test]
    fn the_callers_columns_go_before_the_usual_names() {
        let columns = BTreeMap::from([("captured".to_owned(), "Seen".to_owned())]);
        let options = SourceOptions { columns, ..SourceOptions::default() };
        assert_eq!(field_of("seen", &options).as_deref(), Some("captured"));
        assert_eq!(field_of("fetched_at", &options), None);
        assert_eq!(field_of(" URL", &options).as_deref(), Some("url"));
    }
}
