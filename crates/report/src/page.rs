//! The pages, made from the templates under `templates/`.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, Output, State, UndefinedBehavior, Value, escape_formatter};
use serde::Serialize;

use crate::dossier::Dossier;
use crate::error::ReportError;
use crate::policy;
use crate::texts::Texts;
use crate::view::Named;
use crate::view::captures::Captures;
use crate::view::card::{Card, MOST_CARDS, MOST_CHANGES, looks};
use crate::view::head::Head;
use crate::view::pane::Panes;
use crate::view::speakers::{Directory, SpeakerRow};
use crate::view::timeline::Timeline;

/// The templates by their names.
const TEMPLATES: [(&str, &str); 13] = [
    ("layout.html", include_str!("../templates/layout.html")),
    ("parts.html", include_str!("../templates/parts.html")),
    ("timeline.html", include_str!("../templates/timeline.html")),
    ("report.html", include_str!("../templates/report.html")),
    ("index.html", include_str!("../templates/index.html")),
    ("claim.html", include_str!("../templates/claim.html")),
    ("compare.html", include_str!("../templates/compare.html")),
    ("speakers.html", include_str!("../templates/speakers.html")),
    ("found.html", include_str!("../templates/found.html")),
    ("changes.html", include_str!("../templates/changes.html")),
    ("astray.html", include_str!("../templates/astray.html")),
    ("feed.xml", include_str!("../templates/feed.xml")),
    ("entry.html", include_str!("../templates/entry.html")),
];

const STYLE: &str = include_str!("../assets/style.css");
const SCRIPT: &str = include_str!("../assets/page.js");

/// Makes pages in one language of the interface.
#[derive(Debug)]
pub struct Pages {
    texts: &'static Texts,
    templates: Environment<'static>,
}

impl Pages {
    /// Pages with the interface in the language of this code.
    ///
    /// # Errors
    /// If there are no texts in the language.
    pub fn in_language(code: &str) -> Result<Self, ReportError> {
        let mut templates = Environment::new();
        templates.set_auto_escape_callback(|_| AutoEscape::Html);
        templates.set_formatter(escaped);
        templates.set_undefined_behavior(UndefinedBehavior::Strict);
        templates.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
        for (name, source) in TEMPLATES {
            templates.add_template(name, source)?;
        }
        Ok(Self { texts: Texts::in_language(code)?, templates })
    }

    /// The words of the interface.
    #[must_use]
    pub const fn texts(&self) -> &'static Texts {
        self.texts
    }

    /// The report on an article: one HTML file that needs nothing else.
    ///
    /// # Errors
    /// If a template is broken.
    pub fn report(&self, dossier: &Dossier) -> Result<String, ReportError> {
        Ok(self.report_with(dossier, None)?.html)
    }

    /// The report on an article as one of a folder of reports: it leads to `index.html` there.
    ///
    /// # Errors
    /// If a template is broken.
    pub fn folder_report(&self, dossier: &Dossier) -> Result<String, ReportError> {
        Ok(self.report_with(dossier, Some(Links::folder()))?.html)
    }

    /// The report on an article as a page of a site.
    pub(crate) fn article(&self, dossier: &Dossier) -> Result<Rendered, ReportError> {
        let feed = format!("/articles/{}.atom", dossier.article.id);
        self.report_with(dossier, Some(Links::served().fed_by(feed)))
    }

    fn report_with(&self, dossier: &Dossier, links: Option<Links>) -> Result<Rendered, ReportError> {
        let texts = self.texts;
        let speakers = Directory::new(dossier);
        let looks = looks(dossier);
        let cards: Vec<Card> = (dossier.threads.iter().take(MOST_CARDS))
            .filter_map(|thread| Card::new(dossier, thread, &speakers, &looks, MOST_CHANGES, texts))
            .collect();
        let more = || texts.fill("claims", "more", &[("count", &MOST_CARDS.to_string())]);
        let head = Head::new(dossier, texts);
        let title = head.title.as_ref().map_or_else(|| texts.word("page", "untitled"), |title| &title.text).to_owned();
        let panes = Panes::new(dossier, &looks, texts);
        let facets = facet_choices(texts, dossier);
        let style = format!("{STYLE}{}", filter_rules(&facets, &speakers, &panes.numbers()));
        let body = ReportBody {
            head,
            timeline: Timeline::new(dossier, texts),
            cards,
            more_cards: (dossier.threads.len() > MOST_CARDS).then(more),
            panes,
            speakers: speakers.rows(texts),
            more_speakers: speakers.more(texts),
            captures: Captures::new(dossier, texts),
            facets,
        };
        self.page_with("report.html", &title, &style, links, body)
    }

    /// A page with the style that all have.
    pub(crate) fn page(
        &self,
        template: &str,
        title: &str,
        links: Option<Links>,
        body: impl Serialize,
    ) -> Result<Rendered, ReportError> {
        self.page_with(template, title, STYLE, links, body)
    }

    fn page_with(
        &self,
        template: &str,
        title: &str,
        style: &str,
        links: Option<Links>,
        body: impl Serialize,
    ) -> Result<Rendered, ReportError> {
        let policy = policy::of(style, SCRIPT, links.as_ref().is_some_and(|links| links.is_served));
        let page = Frame { title, policy: &policy, style, script: SCRIPT, site: links, ..self.frame() };
        Ok(Rendered { html: self.render(template, page, body)?, policy: format!("{policy}; frame-ancestors 'none'") })
    }

    /// A document without style and script, or a part of one.
    pub(crate) fn document(&self, template: &str, body: impl Serialize) -> Result<String, ReportError> {
        self.render(template, self.frame(), body)
    }

    fn frame(&self) -> Frame<'static> {
        let dir = if self.texts.is_mirrored() { "rtl" } else { "ltr" };
        let lang = self.texts.language().to_string();
        Frame { title: "", lang, dir, policy: "", style: "", script: "", site: None }
    }

    fn render(&self, template: &str, page: Frame<'_>, body: impl Serialize) -> Result<String, ReportError> {
        let whole = Whole { page, t: self.texts.value(), body };
        Ok(self.templates.get_template(template)?.render(Serde(whole))?)
    }
}

/// Writes a value escaped, as the templates' own formatter does but for the slash: addresses stay readable.
fn escaped(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    match value.as_str() {
        Some(text) if matches!(state.auto_escape(), AutoEscape::Html) && !value.is_safe() => {
            Ok(out.write_str(&html_escape::encode_quoted_attribute(text))?)
        }
        _ => escape_formatter(out, state, value),
    }
}

/// A page with the policy that its server sends along.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Rendered {
    pub(crate) html: String,
    pub(crate) policy: String,
}

/// Where the other pages of a site are.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Links {
    home: &'static str,
    /// What stands before and after the number of an article in the address of its page.
    article: &'static str,
    suffix: &'static str,
    /// The feed of all changes.
    feed: &'static str,
    /// Whether there is a server that searches and compares.
    is_served: bool,
    /// What was searched for.
    query: String,
    /// The feed of what the page shows, if there is one.
    own_feed: Option<String>,
}

impl Links {
    /// A folder of files.
    pub(crate) fn folder() -> Self {
        Self {
            home: "index.html",
            article: "article-",
            suffix: ".html",
            feed: "changes.atom",
            is_served: false,
            query: String::new(),
            own_feed: None,
        }
    }

    /// A server.
    pub(crate) fn served() -> Self {
        Self { home: "/", article: "/articles/", suffix: "", feed: "/changes.atom", is_served: true, ..Self::folder() }
    }

    /// The same, of a page whose changes are in this feed.
    pub(crate) fn fed_by(self, feed: impl Into<String>) -> Self {
        Self { own_feed: Some(feed.into()), ..self }
    }

    /// The same, of the list of all changes.
    pub(crate) fn fed_by_all(self) -> Self {
        Self { own_feed: Some(self.feed.to_owned()), ..self }
    }

    /// The same, where these words were searched for.
    pub(crate) fn asking(self, words: &str) -> Self {
        Self { query: words.to_owned(), ..self }
    }
}

/// What a template is given.
#[derive(Debug, Serialize)]
struct Whole<'a, B> {
    page: Frame<'a>,
    t: Value,
    #[serde(flatten)]
    body: B,
}

/// What the template of a report is given.
#[derive(Debug, Serialize)]
struct ReportBody {
    head: Head,
    timeline: Timeline,
    cards: Vec<Card>,
    more_cards: Option<String>,
    panes: Panes,
    speakers: Vec<SpeakerRow>,
    more_speakers: Option<String>,
    captures: Captures,
    facets: Vec<Named>,
}

/// What every page has.
#[derive(Debug, Serialize)]
struct Frame<'a> {
    title: &'a str,
    lang: String,
    dir: &'static str,
    policy: &'a str,
    style: &'a str,
    script: &'a str,
    site: Option<Links>,
}

/// The facets in which claims of the article changed, for the filter.
fn facet_choices(texts: &Texts, dossier: &Dossier) -> Vec<Named> {
    let events = dossier.threads.iter().flat_map(crate::dossier::Thread::changes);
    let mut facets: Vec<isnad_diff::Facet> = events.flat_map(|event| event.facets.iter().copied()).collect();
    facets.sort();
    facets.dedup();
    facets.iter().map(|facet| Named::new(texts, "facet", facet)).collect()
}

/// The rules by which the choices of a page hide and show without a script.
fn filter_rules(facets: &[Named], speakers: &Directory, versions: &[u32]) -> String {
    let mut rules = String::new();
    let mut hide = |filter: &str, data: &str, value: &str| {
        rules.push_str(&format!(
            "body:has(#{filter} [value=\"{value}\"]:checked) .card:not([{data}~=\"{value}\"]){{display:none}}\n"
        ));
    };
    ["high", "medium", "any", "unchanged"]
        .into_iter()
        .for_each(|value| hide("filter-severity", "data-severities", value));
    facets.iter().for_each(|facet| hide("filter-facet", "data-facets", &facet.name));
    (1..=speakers.listed()).for_each(|number| hide("filter-speaker", "data-speakers", &number.to_string()));
    for number in versions {
        rules.push_str(&format!(
            "body:has(#pane-left [value=\"{number}\"]:checked) #version-{number}{{display:block;order:1}}\n\
             body:has(#pane-right [value=\"{number}\"]:checked) #version-{number}{{display:block;order:2}}\n"
        ));
    }
    rules
}
