//! Signs that what came is not the article: a wall, a stub, or a page that two extractors read differently.

use std::fmt;
use std::sync::LazyLock;

use isnad_core::fold::fold;
use serde::{Deserialize, Serialize};

use super::Paragraph;

/// Extractors that agree less than this, in per cent, leave it open which of them is right: then the better one is bad on
/// more than a third of pages, else on three in a hundred.
const AGREEING: u8 = 85;

/// What has fewer words is no article, be it what it may.
const FEWEST_WORDS: usize = 10;

/// A text with one phrase of a wall is one if it has no more words than this …
const MOST_WORDS_WITH_ONE: usize = 90;

/// … and with several phrases, no more than this.
const MOST_WORDS_WITH_SEVERAL: usize = 700;

/// What stands before a paywall has no more words than this.
const MOST_WORDS_OF_STUB: usize = 160;

/// Why a page may not be the article, although a text was found on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(tag = "doubt", rename_all = "kebab-case")]
#[non_exhaustive]
pub enum PageDoubt {
    /// Two extractors take different texts for the article.
    ExtractorsDisagree {
        /// The share of words they have in common, in per cent.
        agreement: u8,
    },
    /// It asks for consent to cookies or the like.
    Consent,
    /// It is the beginning of an article behind a paywall.
    Paywall,
    /// It tells of an error, or asks to prove that one is no machine.
    ErrorPage,
    /// There is next to nothing on it.
    Thin,
}

impl fmt::Display for PageDoubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ExtractorsDisagree { agreement } => {
                write!(
                    f,
                    "two extractors read different texts on this page; they have {agreement} % of words in common"
                )
            }
            Self::Consent => f.write_str("it seems to be a page that asks for consent"),
            Self::Paywall => f.write_str("it seems to be the beginning of an article behind a paywall"),
            Self::ErrorPage => f.write_str("it seems to be an error page"),
            Self::Thin => f.write_str("there is next to no text on it"),
        }
    }
}

/// Phrases of walls in all languages, folded.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Walls {
    consent: Vec<String>,
    paywall: Vec<String>,
    error: Vec<String>,
}

const WALLS_FILE: &str = include_str!("../../data/walls.toml");

static WALLS: LazyLock<Walls> = LazyLock::new(|| {
    let walls: Walls = toml::from_str(WALLS_FILE).unwrap_or_default();
    let folded = |phrases: Vec<String>| phrases.iter().map(|phrase| fold(phrase).into_owned()).collect();
    Walls { consent: folded(walls.consent), paywall: folded(walls.paywall), error: folded(walls.error) }
});

/// What a page is judged by.
pub(super) struct Evidence<'p> {
    /// What was taken for the article.
    pub(super) found: &'p [Paragraph],
    /// Everything readers see on the page.
    pub(super) page: &'p [Paragraph],
    pub(super) title: Option<&'p str>,
    /// Whether the page says that it is not free to read.
    pub(super) is_closed: bool,
    /// How far the extractors agree, if there were two.
    pub(super) agreement: Option<u8>,
}

/// Why the page may not be the article, if something speaks against it.
pub(super) fn doubt(evidence: &Evidence<'_>) -> Option<PageDoubt> {
    let text = evidence.title.into_iter().chain(evidence.found.iter().map(|paragraph| &*paragraph.text));
    let text = text.collect::<Vec<_>>().join("\n");
    let text = fold(&text);
    let words: usize = evidence.found.iter().map(|paragraph| paragraph.text.split_whitespace().count()).sum();
    if words <= MOST_WORDS_WITH_SEVERAL {
        let is_wall = |phrases: &[String]| match phrases.iter().filter(|phrase| text.contains(&***phrase)).count() {
            0 => false,
            1 => words <= MOST_WORDS_WITH_ONE,
            _ => true,
        };
        for (phrases, doubt) in [(&WALLS.consent, PageDoubt::Consent), (&WALLS.error, PageDoubt::ErrorPage)] {
            if is_wall(phrases) {
                return Some(doubt);
            }
        }
    }
    if words <= MOST_WORDS_OF_STUB && (evidence.is_closed || asks_for_money(evidence.page)) {
        return Some(PageDoubt::Paywall);
    }
    if words < FEWEST_WORDS {
        return Some(PageDoubt::Thin);
    }
    let agreement = evidence.agreement.filter(|agreement| *agreement < AGREEING)?;
    Some(PageDoubt::ExtractorsDisagree { agreement })
}

fn asks_for_money(page: &[Paragraph]) -> bool {
    page.iter().any(|paragraph| {
        let text = fold(&paragraph.text);
        WALLS.paywall.iter().any(|phrase| text.contains(&**phrase))
    })
}

#[cfg(test)]
mod tests {
    use super::super::ParagraphKind;
    use super::*;

    fn judged(title: &str, found: &[&str], more: &[&str], agreement: Option<u8>) -> Option<PageDoubt> {
        let paragraphs = |texts: &[&str]| -> Vec<Paragraph> {
            texts.iter().map(|text| Paragraph { text: (*text).to_owned(), kind: ParagraphKind::Text }).collect()
        };
        let (found, mut page) = (paragraphs(found), paragraphs(found));
        page.extend(paragraphs(more));
        doubt(&Evidence { found: &found, page: &page, title: Some(title), is_closed: false, agreement })
    }

    const STORY: &str =
        "The minister said that the bridge is closed and that the town will have to wait for a new one.";

    #[test]
    fn walls_are_known_in_each_language() {
        for (title, text, doubt) in [
            (
                "Before you continue",
                "We and our partners use cookies to store information. Accept all cookies or manage your preferences.",
                PageDoubt::Consent,
            ),
            (
                "موافقة",
                "نستخدم نحن وشركاؤنا ملفات تعريف الارتباط لتحسين تجربتك. قبول الكل أو إدارة التفضيلات في أي وقت تريد.",
                PageDoubt::Consent,
            ),
            (
                "Datenschutz",
                "Wir und unsere Partner verwenden Cookies. Alle akzeptieren oder Einstellungen verwalten, jederzeit und überall.",
                PageDoubt::Consent,
            ),
            (
                "Confidentialité",
                "Nous et nos partenaires utilisons des cookies. Tout accepter ou paramétrer vos choix, à tout moment et partout.",
                PageDoubt::Consent,
            ),
            (
                "Your choices",
                "We and our 842 partners store and access information on your device, such as cookies, to show you content.",
                PageDoubt::Consent,
            ),
            (
                "Attention required",
                "Sorry, you have been blocked. This website is using a security service to protect itself from attacks.",
                PageDoubt::ErrorPage,
            ),
            (
                "Access denied",
                "You don't have permission to access this page on this server. Reference 18 and the time of day.",
                PageDoubt::ErrorPage,
            ),
            (
                "الصفحة غير موجودة",
                "عذرا، الصفحة التي تبحث عنها غير موجودة أو ربما تم نقلها إلى عنوان آخر في هذا الموقع.",
                PageDoubt::ErrorPage,
            ),
            (
                "Just a moment",
                "Please verify you are human by completing the action below. This may take a few seconds only.",
                PageDoubt::ErrorPage,
            ),
        ] {
            assert_eq!(judged(title, &[text], &[], None), Some(doubt), "{title}");
        }
    }

    #[test]
    fn a_stub_before_a_paywall_is_doubted_and_a_whole_article_is_not() {
        let wall = "Subscribe to continue reading this article.";
        assert_eq!(judged("Bridge", &[STORY], &[wall], None), Some(PageDoubt::Paywall));
        assert_eq!(judged("Bridge", &[STORY; 20], &[wall], None), None);
        assert_eq!(
            judged(
                "جسر",
                &["قال الوزير إن الجسر مغلق وإن على المدينة أن تنتظر جسرا جديدا."],
                &["لمتابعة القراءة اشترك الآن"],
                None
            ),
            Some(PageDoubt::Paywall)
        );
    }

    #[test]
    fn a_story_about_cookies_is_a_story() {
        let story = "The commission said that sites must not make it harder to refuse cookies than to accept them.";
        assert_eq!(judged("Ruling on cookies", &[story; 8], &[], Some(95)), None);
        let told = "“Users must be able to refuse as easily as they accept all cookies”, said the agency's head.";
        assert_eq!(judged("Ruling on cookies", &[&[told], &[story; 8][..]].concat(), &[], Some(95)), None);
    }

    #[test]
    fn next_to_nothing_and_two_opinions_are_doubted() {
        assert_eq!(judged("Bridge", &["Loading…"], &[], None), Some(PageDoubt::Thin));
        assert_eq!(judged("Bridge", &[STORY], &[], Some(84)), Some(PageDoubt::ExtractorsDisagree { agreement: 84 }));
        assert_eq!(judged("Bridge", &[STORY], &[], Some(85)), None);
    }

    #[test]
    fn the_phrases_are_readable_and_none_holds_another() {
        let walls: Walls = toml::from_str(WALLS_FILE).unwrap();
        let all = [walls.consent, walls.paywall, walls.error].concat();
        let all: Vec<_> = all.iter().map(|phrase| fold(phrase)).collect();
        for phrase in &all {
            let held: Vec<_> = all.iter().filter(|other| phrase.contains(&***other)).collect();
            assert_eq!(held, [phrase]);
        }
    }
}
