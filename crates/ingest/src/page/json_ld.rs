//! What a page says of its article in JSON-LD (schema.org).

use serde_json::{Map, Value};

use crate::lines::title_key;

/// How many levels of `@graph` and `mainEntity` are followed.
const DEEPEST: usize = 8;

/// An article, or the page that holds one, as JSON-LD describes it. Texts are raw.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Described {
    pub(crate) title: Option<String>,
    pub(crate) url: Option<String>,
    pub(crate) published: Option<String>,
    pub(crate) modified: Option<String>,
    pub(crate) language: Option<String>,
    /// The names of those who wrote it.
    pub(crate) byline: Option<String>,
    pub(crate) outlet: Option<String>,
    /// Whether it says that it is not free to read.
    pub(crate) is_closed: bool,
}

/// The description of the page's own article in its JSON-LD scripts, and that of the page itself.
///
/// A page may list other articles as well: its own is the one with the canonical URL or the title of the
/// page, else the first one.
pub(crate) fn describe<'s>(
    scripts: impl IntoIterator<Item = &'s str>,
    canonical: Option<&str>,
    title: Option<&str>,
) -> (Described, Described) {
    let (mut articles, mut pages) = (Vec::new(), Vec::new());
    for script in scripts {
        if let Some(value) = parse(script) {
            collect(&value, DEEPEST, &mut articles, &mut pages);
        }
    }
    let title = title.map(title_key);
    let has_url = |described: &&Described| described.url.is_some() && described.url.as_deref() == canonical;
    let has_title = |described: &&Described| title.is_some() && described.title.as_deref().map(title_key) == title;
    let own = articles.iter().find(has_url).or_else(|| articles.iter().find(has_title)).or_else(|| articles.first());
    (own.cloned().unwrap_or_default(), pages.into_iter().next().unwrap_or_default())
}

/// Reads a script. Many have raw line breaks inside strings, or stand in a comment: those are mended.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim();
    let script = script.strip_prefix("<!--").unwrap_or(script);
    let script = script.strip_prefix("//<![CDATA[").or_else(|| script.strip_prefix("<![CDATA[")).unwrap_or(script);
    let script = script.trim_end_matches("-->").trim_end_matches("//]]>").trim_end_matches("]]>").trim();
    let script = script.trim_end_matches(';');
    serde_json::from_str(script).ok().or_else(|| {
        let mended: String = script.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        serde_json::from_str(&mended).ok()
    })
}

/// Sorts the objects of a script into articles and pages.
fn collect(value: &Value, depth: usize, articles: &mut Vec<Described>, pages: &mut Vec<Described>) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match value {
        Value::Array(values) => values.iter().for_each(|value| collect(value, depth, articles, pages)),
        Value::Object(object) => {
            if has_type(object, is_article) {
                articles.push(read(object));
            } else if has_type(object, |name| name.ends_with("WebPage")) {
                pages.push(read(object));
            }
            for inner in ["@graph", "mainEntity", "mainEntityOfPage"].iter().filter_map(|key| object.get(*key)) {
                collect(inner, depth, articles, pages);
            }
        }
        _ => {}
    }
}

fn is_article(name: &str) -> bool {
    name.ends_with("Article") || name.ends_with("BlogPosting") || matches!(name, "Report" | "Reportage" | "NewsStory")
}

fn has_type(object: &Map<String, Value>, wanted: impl Fn(&str) -> bool) -> bool {
    let last = |name: &str| wanted(name.rsplit(['/', '#', ':']).next().unwrap_or(name));
    match object.get("@type") {
        Some(Value::String(name)) => last(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(last),
        _ => false,
    }
}

fn read(object: &Map<String, Value>) -> Described {
    let first = |keys: &[&str]| keys.iter().filter_map(|key| object.get(*key)).find_map(text);
    Described {
        title: first(&["headline", "name"]),
        url: first(&["url", "mainEntityOfPage", "@id"]),
        published: first(&["datePublished", "dateCreated", "uploadDate"]),
        modified: first(&["dateModified"]),
        language: first(&["inLanguage"]),
        byline: ["author", "creator"].iter().filter_map(|key| object.get(*key)).find_map(names),
        outlet: ["publisher", "sourceOrganization"].iter().filter_map(|key| object.get(*key)).find_map(names),
        is_closed: object.get("isAccessibleForFree").is_some_and(is_no),
    }
}

/// The names of one or several, joined.
fn names(value: &Value) -> Option<String> {
    let name = |value: &Value| match value {
        Value::Object(thing) => thing.get("name").and_then(Value::as_str).map(|name| name.trim().to_owned()),
        other => text(other),
    };
    let all = match value {
        Value::Array(values) => values.iter().filter_map(name).collect::<Vec<_>>().join(", "),
        other => name(other)?,
    };
    (!all.is_empty()).then_some(all)
}

/// Whether a value says no; many pages write it as a text.
fn is_no(value: &Value) -> bool {
    *value == Value::Bool(false) || value.as_str().is_some_and(|text| text.eq_ignore_ascii_case("false"))
}

/// The text of a value, or of what it stands for: the first of several, the name of a thing.
fn text(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Array(values) => values.iter().find_map(|value| value.as_str().map(|text| text.trim().to_owned())),
        Value::Object(object) => ["@value", "@id", "alternateName", "name"]
            .iter()
            .find_map(|key| object.get(*key).and_then(Value::as_str))
            .map(|text| text.trim().to_owned()),
        _ => None,
    };
    text.filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(scripts: &[&str]) -> Described {
        describe(scripts.iter().copied(), Some("https://example.org/bridge"), None).0
    }

    #[test]
    fn reads_an_article() {
        let script = r#"{"@context":"https://schema.org","@type":"NewsArticle","headline":"Bridge opens","url":"https://example.org/bridge",
            "datePublished":"2024-03-01T10:00:00Z","dateModified":"2024-03-02T10:00:00Z","inLanguage":"en"}"#;
        let described = own(&[script]);
        assert_eq!(described.title.as_deref(), Some("Bridge opens"));
        assert_eq!(described.published.as_deref(), Some("2024-03-01T10:00:00Z"));
        assert_eq!(described.modified.as_deref(), Some("2024-03-02T10:00:00Z"));
        assert_eq!(described.language.as_deref(), Some("en"));
    }

    #[test]
    fn finds_articles_in_graphs_arrays_and_with_several_types() {
        for script in [
            r#"{"@graph":[{"@type":"WebSite"},{"@type":["Article","Thing"],"headline":"Bridge opens"}]}"#,
            r#"[{"@type":"BreadcrumbList"},{"@type":"http://schema.org/ReportageNewsArticle","headline":"Bridge opens"}]"#,
            r#"{"@type":"WebPage","mainEntity":{"@type":"LiveBlogPosting","headline":"Bridge opens"}}"#,
        ] {
            assert_eq!(own(&[script]).title.as_deref(), Some("Bridge opens"), "{script}");
        }
    }

    #[test]
    fn the_article_of_the_page_is_told_from_others() {
        let other = r#"{"@type":"NewsArticle","headline":"Other","url":"https://example.org/other"}"#;
        let this =
            r#"{"@type":"NewsArticle","headline":"Bridge","mainEntityOfPage":{"@id":"https://example.org/bridge"}}"#;
        assert_eq!(own(&[other, this]).title.as_deref(), Some("Bridge"));
    }

    #[test]
    fn common_faults_are_mended_and_others_ignored() {
        assert_eq!(
            own(&["{\"@type\":\"Article\",\"headline\":\"Bridge\nopens\"};"]).title.as_deref(),
            Some("Bridge opens")
        );
        assert_eq!(own(&["<!-- {\"@type\":\"Article\",\"headline\":\"Bridge\"} -->"]).title.as_deref(), Some("Bridge"));
        assert_eq!(own(&["{not json", "[[[[", &"[".repeat(100_000)]), Described::default());
    }
}
