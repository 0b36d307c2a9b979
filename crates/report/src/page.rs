//! The pages, made from the templates under `templates/`.

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, Value};
use serde::Serialize;

use crate::dossier::Dossier;
use crate::error::ReportError;
use crate::policy;
use crate::texts::Texts;
use crate::view::Named;
use crate::view::captures::Captures;
use crate::view::card::{Card, hues};
use crate::view::head::Head;
use crate::view::pane::Panes;
use crate::view::speakers::{Directory, SpeakerRow};
use crate::view::timeline::Timeline;

/// The templates by their names.
const TEMPLATES: [(&str, &str); 4] = [
    ("layout.html", include_str!("../templates/layout.html")),
    ("parts.html", include_str!("../templates/parts.html")),
    ("timeline.html", include_str!("../templates/timeline.html")),
    ("report.html", include_str!("../templates/report.html")),
];

const STYLE: &str = include_str!("../assets/style.css");
const SCRIPT: &str = include_str!("../assets/page.js");

/// The most claims that one page has cards for.
const MOST_CARDS: usize = 400;

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
        let texts = self.texts;
        let speakers = Directory::new(dossier);
        let hues = hues(dossier);
        let cards: Vec<Card> = (dossier.threads.iter().take(MOST_CARDS))
            .filter_map(|thread| Card::new(dossier, thread, &speakers, &hues, texts))
            .collect();
        let more = || texts.fill("claims", "more", &[("count", &MOST_CARDS.to_string())]);
        let head = Head::new(dossier, texts);
        let title = head.title.as_ref().map_or_else(|| texts.word("page", "untitled"), |title| &title.text).to_owned();
        let panes = Panes::new(dossier, &hues, texts);
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
        self.render("report.html", &title, &style, body)
    }

    fn render(&self, template: &str, title: &str, style: &str, body: impl Serialize) -> Result<String, ReportError> {
        let frame = Frame {
            title,
            lang: self.texts.language().to_string(),
            dir: if self.texts.is_mirrored() { "rtl" } else { "ltr" },
            policy: policy::for_file(style, SCRIPT),
            style,
            script: SCRIPT,
        };
        let whole = Whole { page: frame, t: self.texts.value(), body };
        Ok(self.templates.get_template(template)?.render(Serde(whole))?)
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
    policy: String,
    style: &'a str,
    script: &'a str,
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
