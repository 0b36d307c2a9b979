//! What a page says of its article outside the text: title, address, dates, language.
//!
//! For each of them the places are asked in turn, the most trustworthy first: JSON-LD, `<meta>` elements
//! (OpenGraph and the rest, in the order of `data/metadata.toml`), then the page's own elements.

use std::collections::HashMap;
use std::sync::LazyLock;

use dom_query::Document;
use isnad_core::Language;
use serde::Deserialize;

use super::date;
use super::json_ld::{self, Described};
use crate::language;
use crate::lines::title_key;

/// Names of `<meta>` elements for each piece of metadata. A test keeps the file readable.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    title: Vec<String>,
    url: Vec<String>,
    language: Vec<String>,
    published: Vec<String>,
    modified: Vec<String>,
    byline: Vec<String>,
    outlet: Vec<String>,
}

const NAMES_FILE: &str = include_str!("../../data/metadata.toml");

static NAMES: LazyLock<Names> = LazyLock::new(|| toml::from_str(NAMES_FILE).unwrap_or_default());

/// The most code points of a title; what is longer is not one.
const LONGEST_TITLE: usize = 500;

/// The most code points of a byline.
const LONGEST_BYLINE: usize = 200;

/// Elements that carry the day of publication as microdata or RDFa.
const PUBLISHED_PLACES: &str = "[itemprop~=datePublished], [property~='schema:datePublished'], [property~='dc:date'], \
    [property~='dc:created'], [property~='dcterms:created']";

/// Elements that carry the day of the last change.
const MODIFIED_PLACES: &str =
    "[itemprop~=dateModified], [property~='schema:dateModified'], [property~='dcterms:modified']";

/// What a page says of its article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct PageMetadata {
    pub(crate) title: Option<String>,
    /// An absolute address.
    pub(crate) url: Option<String>,
    /// In RFC 3339, as far as the page tells.
    pub(crate) published: Option<String>,
    /// In RFC 3339, as far as the page tells.
    pub(crate) modified: Option<String>,
    pub(crate) language: Option<Language>,
    /// Who wrote it, as the page says.
    pub(crate) byline: Option<String>,
    /// Who published it.
    pub(crate) outlet: Option<String>,
    /// Whether the page says that it is not free to read.
    pub(crate) is_closed: bool,
}

/// Reads the metadata of a page.
pub(crate) fn read(document: &Document) -> PageMetadata {
    let metas = Metas::of(document);
    let canonical = attribute(document, "link[rel~=canonical]", "href").filter(|url| names_a_page(url));
    let heading = heading(document, &metas);
    let scripts = scripts(document);
    let scripts = scripts.iter().map(String::as_str);
    let (article, page) = json_ld::describe(scripts, canonical.as_deref(), heading.as_deref());
    PageMetadata {
        title: title(document, &metas, &article, heading),
        published: published(document, &metas, &article, &page),
        modified: modified(document, &metas, &article, &page),
        language: declared_language(document, &metas, &article),
        byline: byline(document, &metas, &article),
        outlet: article.outlet.as_deref().and_then(clean).or_else(|| metas.find(&NAMES.outlet, clean)),
        is_closed: article.is_closed,
        url: canonical
            .or_else(|| metas.find(&NAMES.url, |url| names_a_page(url).then(|| url.to_owned())))
            .or_else(|| article.url.filter(|url| names_a_page(url))),
    }
}

/// The contents of `<meta>` elements by property, name or item property in small letters.
struct Metas(HashMap<String, Vec<String>>);

impl Metas {
    fn of(document: &Document) -> Self {
        let mut metas: HashMap<String, Vec<String>> = HashMap::new();
        for meta in document.select("meta[content]").nodes() {
            let content = meta.attr_or("content", "");
            for key in ["property", "name", "itemprop", "http-equiv"] {
                let Some(name) = meta.attr(key).filter(|_| !content.trim().is_empty()) else { continue };
                metas.entry(name.trim().to_ascii_lowercase()).or_default().push(content.trim().to_owned());
            }
        }
        Self(metas)
    }

    /// The first content under one of `names`, in their order, that `read` can read.
    fn find<T>(&self, names: &[String], read: impl Fn(&str) -> Option<T>) -> Option<T> {
        names.iter().filter_map(|name| self.0.get(name)).flatten().find_map(|content| read(content))
    }
}

fn title(document: &Document, metas: &Metas, article: &Described, heading: Option<String>) -> Option<String> {
    let named = article.title.as_deref().and_then(clean).or_else(|| metas.find(&NAMES.title, clean));
    let Some(named) = named else { return heading.or_else(|| clean(&document.select_single("title").text())) };
    // Metadata cut titles short or add the site's name: then the heading that readers see is better.
    let key = title_key(&named);
    let is_same = |heading: &String| {
        let heading = title_key(heading);
        !heading.is_empty() && (key.starts_with(&heading) || heading.starts_with(&key))
    };
    Some(heading.filter(is_same).unwrap_or(named))
}

/// The main heading: the only `<h1>`, or the one that the page's title begins with.
fn heading(document: &Document, metas: &Metas) -> Option<String> {
    let headings: Vec<String> = document.select("h1").nodes().iter().filter_map(|node| clean(&node.text())).collect();
    if let [only] = &headings[..] {
        return Some(only.clone());
    }
    let title = metas.find(&NAMES.title, clean).or_else(|| clean(&document.select_single("title").text()))?;
    let title = title_key(&title);
    headings.into_iter().find(|heading| title.starts_with(&title_key(heading)))
}

fn published(document: &Document, metas: &Metas, article: &Described, page: &Described) -> Option<String> {
    let described = |described: &Described| described.published.as_deref().and_then(date::normalise);
    described(article)
        .or_else(|| metas.find(&NAMES.published, date::normalise))
        .or_else(|| described(page))
        .or_else(|| item_property(document, PUBLISHED_PLACES))
        .or_else(|| {
            let places = ["time[pubdate]", "article time", "header time", "time"];
            places.iter().find_map(|place| date::normalise(&attribute(document, place, "datetime")?))
        })
}

fn modified(document: &Document, metas: &Metas, article: &Described, page: &Described) -> Option<String> {
    let described = |described: &Described| described.modified.as_deref().and_then(date::normalise);
    described(article)
        .or_else(|| metas.find(&NAMES.modified, date::normalise))
        .or_else(|| described(page))
        .or_else(|| item_property(document, MODIFIED_PLACES))
}

/// Who wrote the article. Some pages give an address in place of a name.
fn byline(document: &Document, metas: &Metas, article: &Described) -> Option<String> {
    let name = |raw: &str| clean(raw).filter(|name| !is_absolute(name) && name.chars().count() <= LONGEST_BYLINE);
    let described = article.byline.as_deref().and_then(name);
    described.or_else(|| metas.find(&NAMES.byline, name)).or_else(|| {
        let places = ["[rel~=author]", "[itemprop~=author]", ".byline", ".author-name"];
        places.iter().find_map(|place| name(&document.select_single(place).text()))
    })
}

fn declared_language(document: &Document, metas: &Metas, article: &Described) -> Option<Language> {
    let of_root = attribute(document, "html", "lang").or_else(|| attribute(document, "html", "xml:lang"));
    let described = article.language.as_deref().and_then(language::parse);
    described.or_else(|| language::parse(&of_root?)).or_else(|| metas.find(&NAMES.language, language::parse))
}

/// The date in the first element that matches, wherever that element has it.
fn item_property(document: &Document, place: &str) -> Option<String> {
    let element = document.select_single(place);
    let values = ["datetime", "content"].iter().filter_map(|name| element.attr(name)).map(|value| value.to_string());
    values.chain([element.text().to_string()]).find_map(|value| date::normalise(&value))
}

fn attribute(document: &Document, place: &str, name: &str) -> Option<String> {
    let value = document.select_single(place).attr(name)?.trim().to_owned();
    (!value.is_empty()).then_some(value)
}

fn scripts(document: &Document) -> Vec<String> {
    let is_json_ld = |kind: &str| kind.to_ascii_lowercase().contains("ld+json");
    let scripts = document.select("script[type]");
    let scripts = scripts.nodes().iter().filter(|node| node.attr("type").is_some_and(|kind| is_json_ld(&kind)));
    scripts.map(|node| node.text().to_string()).collect()
}

fn is_absolute(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Whether the address can be an article's: a site's front page is what badly made pages give for all of theirs.
fn names_a_page(url: &str) -> bool {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    let rest = rest.split('#').next().unwrap_or_default();
    is_absolute(url) && rest.find(['/', '?']).and_then(|at| rest.get(at + 1..)).is_some_and(|path| !path.is_empty())
}

/// A title on one line, with its character references read (many pages write them twice).
fn clean(raw: &str) -> Option<String> {
    let read = raw.contains('&').then(|| Document::fragment(raw).text().to_string());
    let title = read.as_deref().unwrap_or(raw).split_whitespace().collect::<Vec<_>>().join(" ");
    (!title.is_empty() && title.chars().count() <= LONGEST_TITLE).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(html: &str) -> PageMetadata {
        read(&Document::from(html))
    }

    #[test]
    fn the_list_of_names_is_readable_and_in_small_letters() {
        let names: Names = toml::from_str(NAMES_FILE).unwrap();
        for name in
            [names.title, names.url, names.language, names.published, names.modified, names.byline, names.outlet]
                .concat()
        {
            assert_eq!(name, name.to_ascii_lowercase());
        }
    }

    #[test]
    fn json_ld_goes_before_meta_elements() {
        let metadata = of(r#"<html lang="en"><head>
            <meta property="og:title" content="Bridge | The River">
            <meta property="article:published_time" content="2024-02-01T00:00:00Z">
            <script type="application/ld+json">{"@type":"NewsArticle","headline":"Mayor opens &quot;bridge&quot;",
              "datePublished":"2024-03-01T10:00:00+0300","dateModified":"2024-03-02","inLanguage":"ar-EG"}</script></head></html>"#);
        assert_eq!(metadata.title.as_deref(), Some("Mayor opens \"bridge\""));
        assert_eq!(metadata.published.as_deref(), Some("2024-03-01T10:00:00+03:00"));
        assert_eq!(metadata.modified.as_deref(), Some("2024-03-02"));
        assert_eq!(metadata.language, Some(Language::ARABIC));
    }

    #[test]
    fn meta_elements_go_before_the_pages_own() {
        let metadata = of(r#"<html lang="ar"><head><title>x</title>
            <link rel="canonical" href="https://example.org/bridge">
            <meta property="og:url" content="https://example.org/other">
            <meta name="PubDate" content="2024-03-01"><meta property="og:updated_time" content="2024-03-02"></head>
            <body><h1>Bridge</h1><time datetime="2020-01-01">1</time></body></html>"#);
        assert_eq!(metadata.url.as_deref(), Some("https://example.org/bridge"));
        assert_eq!(metadata.published.as_deref(), Some("2024-03-01"));
        assert_eq!(metadata.modified.as_deref(), Some("2024-03-02"));
        assert_eq!((metadata.title.as_deref(), metadata.language), (Some("Bridge"), Some(Language::ARABIC)));
    }

    #[test]
    fn the_address_of_the_whole_site_is_not_the_articles() {
        for front in ["https://example.org", "https://example.org/", "https://example.org/#top"] {
            let page = format!(r#"<link rel=canonical href="{front}"><meta property="og:url" content="{front}">"#);
            assert_eq!(of(&page).url, None, "{front}");
            let other =
                format!(r#"<link rel=canonical href="{front}"><meta property="og:url" content="{front}?id=7">"#);
            assert!(front.contains('#') || of(&other).url.is_some(), "{front}");
        }
    }

    #[test]
    fn who_wrote_and_published_it_is_told_by_the_first_that_has_names() {
        let described = of(r#"<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False",
            "author":[{"@type":"Person","name":"Anna Berg"},{"name":"Paul Lund"}],"publisher":{"@type":"Organization","name":"The River"}}</script>
            <meta name=author content="Somebody">"#);
        assert_eq!(
            (described.byline.as_deref(), described.outlet.as_deref()),
            (Some("Anna Berg, Paul Lund"), Some("The River"))
        );
        assert!(described.is_closed);
        let told = of(
            r#"<meta property="article:author" content="https://river.example/anna"><meta property="og:site_name" content="The River">
            <p class=byline>By <a rel=author>Anna Berg</a></p>"#,
        );
        assert_eq!(
            (told.byline.as_deref(), told.outlet.as_deref(), told.is_closed),
            (Some("Anna Berg"), Some("The River"), false)
        );
    }

    #[test]
    fn a_time_element_is_the_last_resort() {
        let metadata = of(r#"<body><article><time datetime="2024-03-01T10:00">Friday</time></article></body>"#);
        assert_eq!(metadata.published.as_deref(), Some("2024-03-01T10:00:00"));
    }

    #[test]
    fn microdata_and_rdfa_in_the_body_are_read() {
        for body in [
            r#"<span property="dc:date dc:created" content="2024-03-01T00:00:00+01:00">Friday</span>"#,
            r#"<meta itemprop="datePublished" content="2024-03-01T00:00:00+01:00">"#,
            r#"<time itemprop="datePublished" datetime="2024-03-01T00:00:00+01:00">Friday</time>"#,
        ] {
            assert_eq!(of(body).published.as_deref(), Some("2024-03-01T00:00:00+01:00"), "{body}");
        }
    }

    #[test]
    fn the_heading_replaces_a_title_that_is_cut_or_has_the_sites_name() {
        let with_site = of(r#"<meta property="og:title" content="Mayor opens bridge - The River"><h1> Mayor opens
            bridge </h1>"#);
        assert_eq!(with_site.title.as_deref(), Some("Mayor opens bridge"));
        let cut = of(r#"<meta property="og:title" content="Mayor opens..."><h1>Mayor opens bridge</h1>"#);
        assert_eq!(cut.title.as_deref(), Some("Mayor opens bridge"));
        let other = of(r#"<meta property="og:title" content="Mayor opens bridge"><h1>The River</h1>"#);
        assert_eq!(other.title.as_deref(), Some("Mayor opens bridge"));
    }

    #[test]
    fn what_is_unreadable_is_left_out() {
        let metadata =
            of(r#"<html lang="zz-invalid-"><link rel=canonical href="/bridge"><meta name=date content="today">"#);
        assert_eq!((metadata.url, metadata.published), (None, None));
    }
}
