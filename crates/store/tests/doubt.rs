//! What is not the article is kept, but nothing is concluded from it.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

mod support;

use isnad_core::{Article, Language, LanguagePack, extract};
use isnad_store::{
    ArticleId, Attempt, CaptureStatus, Doubt, History, OpenOptions, Origin, Outcome, Reading, Recorded, Recording,
};
use support::at;
use tempfile::TempDir;

const STORY: &str = "Ferry runs aground\n\n\
    The minister, Anna Berg, said that 40 passengers were hurt when the ferry ran aground on Monday.\n\
    The harbour master, Paul Lund, said that the ferry was an hour late.\n\
    The ferry had left the harbour in thick fog an hour before.\n";
const WALL: &str = "Access denied\nYou do not have permission to view this page.\n";
const GERMAN: &str = "Wir und unsere Partner verarbeiten Ihre Daten. Bitte stimmen Sie der Nutzung von Cookies zu, \
    um die Seite zu lesen. Sie können Ihre Zustimmung jederzeit widerrufen, indem Sie unten auf den Knopf drücken.\n";

struct Bench {
    history: History,
    _folder: TempDir,
}

impl Bench {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let history = History::open(folder.path().join("isnad.db"), OpenOptions::write()).unwrap();
        Self { history, _folder: folder }
    }

    fn saw(&mut self, second: i64, text: &str, language: Option<&str>) -> Recorded {
        self.record(second, text, language, false)
    }

    fn record(&mut self, second: i64, text: &str, language: Option<&str>, vouched: bool) -> Recorded {
        let article = Article::from_text(text, language.map(|code| code.parse().unwrap()));
        let pack = article.metadata.language.and_then(LanguagePack::builtin);
        let claims = pack.map(|pack| extract(&article, pack)).unwrap_or_default();
        let attempt = Attempt::Read(Reading::new(&article, &claims, pack));
        let url = Some("https://news.example/ferry");
        self.history.record(&Recording { url, vouched, ..Recording::new(at(second), Origin::Live, attempt) }).unwrap()
    }

    /// The status of each capture, and how many events there are.
    fn judged(&self) -> (Vec<CaptureStatus>, usize) {
        let captures = self.history.captures(ArticleId(1)).unwrap();
        let events = self.history.events(ArticleId(1)).unwrap();
        (captures.iter().map(|capture| capture.status).collect(), events.len())
    }
}

use CaptureStatus::{Ok as Seen, Uncertain};

#[test]
fn a_page_that_refuses_access_removes_no_claim() {
    let mut bench = Bench::new();
    assert_eq!(bench.saw(0, STORY, Some("en")).outcome, Outcome::NewVersion);
    let wall = bench.saw(10, WALL, Some("en"));
    assert_eq!((wall.outcome, wall.events.changes()), (Outcome::Uncertain, 0));
    assert!(matches!(wall.doubt, Some(Doubt::Shrunk { claims: 2, .. })), "{:?}", wall.doubt);
    assert_eq!(bench.judged(), (vec![Seen, Uncertain], 0));
    let reason = bench.history.captures(ArticleId(1)).unwrap().remove(1).reason.unwrap();
    assert!(reason.contains("lost all its 2 claims"), "{reason}");
    bench.saw(20, STORY, Some("en"));
    assert_eq!(bench.judged(), (vec![Seen, Uncertain, Seen], 0));
}

#[test]
fn a_wall_in_another_language_is_doubted_however_long_it_is() {
    let mut bench = Bench::new();
    bench.saw(0, STORY, Some("en"));
    let wall = bench.saw(10, &GERMAN.repeat(9), Some("de"));
    let (found, article) = ("de".parse().unwrap(), Language::ENGLISH);
    assert_eq!(wall.doubt, Some(Doubt::OtherLanguage { found, article }));
    let unknown = bench.saw(20, &"0123 ".repeat(200), None);
    assert_eq!(unknown.doubt, Some(Doubt::LanguageUnknown { article }));
    assert_eq!(bench.judged(), (vec![Seen, Uncertain, Uncertain], 0));
}

#[test]
fn a_wall_that_came_first_does_not_make_the_article_doubtful() {
    let mut bench = Bench::new();
    bench.saw(0, GERMAN, Some("de"));
    assert_eq!(bench.saw(10, STORY, Some("en")).outcome, Outcome::NewVersion);
    assert_eq!(bench.judged(), (vec![Uncertain, Seen], 0));
}

#[test]
fn an_article_that_shrinks_but_keeps_a_claim_has_lost_the_others() {
    let mut bench = Bench::new();
    bench.saw(0, STORY, Some("en"));
    let short = "The minister, Anna Berg, said that 40 passengers were hurt when the ferry ran aground on Monday.\n";
    let recorded = bench.saw(10, short, Some("en"));
    assert_eq!((recorded.outcome, recorded.events.removed), (Outcome::NewVersion, 1), "{:?}", recorded.doubt);
}

#[test]
fn who_vouches_for_a_text_is_believed_for_all_its_captures() {
    let mut bench = Bench::new();
    bench.saw(0, STORY, Some("en"));
    bench.saw(10, WALL, Some("en"));
    bench.saw(20, WALL, Some("en"));
    let vouched = bench.record(20, WALL, Some("en"), true);
    assert_eq!((vouched.outcome, vouched.doubt), (Outcome::Corrected, None));
    assert_eq!(bench.judged(), (vec![Seen; 3], 2));
    let gone = bench.history.events(ArticleId(1)).unwrap().remove(0);
    assert_eq!((gone.not_before.time, gone.not_after.time), (at(0), at(10)));
}

#[test]
fn a_wrong_language_is_corrected_by_reading_again() {
    let mut bench = Bench::new();
    bench.saw(0, STORY, Some("de"));
    let before = bench.history.claims(&Default::default()).unwrap().len();
    let again = bench.saw(0, STORY, Some("en"));
    assert_eq!(again.outcome, Outcome::Corrected);
    assert_eq!(bench.saw(0, STORY, Some("en")).outcome, Outcome::AlreadyRecorded);
    let claims = bench.history.claims(&Default::default()).unwrap();
    assert!(claims.len() == 2 && before < 2, "{before} before, {} after", claims.len());
    assert!(claims.iter().all(|claim| claim.thread.is_some()));
    let stored = bench.history.version(again.version.unwrap()).unwrap();
    assert_eq!(stored.pack.as_deref().map(|pack| &pack[..2]), Some("en"));
    assert_eq!(stored.article.metadata.language, Some(Language::ENGLISH));
    assert_eq!(bench.history.captures(again.article).unwrap().len(), 1);
}

#[test]
fn a_reading_without_a_pack_does_not_replace_one_with_it() {
    let mut bench = Bench::new();
    let first = bench.saw(0, STORY, Some("en"));
    bench.saw(10, STORY, None);
    assert_eq!(bench.history.version(first.version.unwrap()).unwrap().claims.len(), 2);
    assert_eq!(bench.judged(), (vec![Seen, Seen], 0));
}

#[test]
fn a_text_read_anew_between_others_gives_the_history_of_that_reading() {
    let mut bench = Bench::new();
    let other = STORY.replace("40", "52");
    bench.saw(0, STORY, Some("en"));
    bench.saw(10, &other, Some("de"));
    assert_eq!(bench.judged().0, [Seen, Uncertain]);
    let again = bench.saw(10, &other, Some("en"));
    assert_eq!((again.outcome, again.events.changed), (Outcome::Corrected, 1));
}

#[test]
fn a_corrected_title_takes_the_place_of_the_wrong_one() {
    let mut bench = Bench::new();
    let mut titled = |title: &str| {
        let mut article = Article::from_text("One line.", Some(Language::ENGLISH));
        article.metadata.title = Some(title.into());
        let attempt = Attempt::Read(Reading::new(&article, &[], LanguagePack::builtin(Language::ENGLISH)));
        let recording = Recording::new(at(0), Origin::File, attempt);
        bench.history.record(&Recording { article: Some("a"), ..recording }).unwrap().outcome
    };
    assert_eq!(
        (titled("Old"), titled("New"), titled("New")),
        (Outcome::NewVersion, Outcome::Corrected, Outcome::AlreadyRecorded)
    );
    assert_eq!(bench.history.article(ArticleId(1)).unwrap().title.as_deref(), Some("New"));
}

/// Walls in the language of the article, as long as it is, in words of their own.
const LONG_WALLS: [(&str, &str, &str); 2] = [
    (
        "en",
        STORY,
        "Welcome back, reader\n\n\
         Independent journalism needs people like you. Choose the plan that suits you and enjoy unlimited stories, puzzles and recipes.\n\
         The monthly plan costs nine crowns, the yearly plan eighty. Students pay half.\n\
         Our helpdesk said that payments by card take effect immediately.\n",
    ),
    (
        "ar",
        "إغلاق الجسر القديم\n\n\
         قال وزير المياه سامر حداد إن الجسر القديم مغلق منذ صباح الاثنين بسبب الفيضان.\n\
         وأضاف أن الوزارة ستفتح طريقا بديلة أمام الشاحنات خلال أسبوع.\n",
        "أهلا بك في موقعنا الجديد\n\n\
         نشكرك على زيارتك، ونقدم لك عروضا خاصة على الاشتراكات السنوية والشهرية مع هدايا قيمة.\n\
         سجل بريدك واختر كلمة مرور قوية، ثم استمتع بجميع المقالات والبرامج دون إعلانات مزعجة.\n",
    ),
];

#[test]
fn a_wall_in_the_language_of_the_article_removes_no_claim_however_long_it_is() {
    for (language, story, wall) in LONG_WALLS {
        let mut bench = Bench::new();
        assert_eq!(bench.saw(0, story, Some(language)).doubt, None, "{language}");
        let wall = bench.saw(10, wall, Some(language));
        assert!(matches!(wall.doubt, Some(Doubt::Unlike { .. })), "{language}: {wall:?}");
        bench.saw(20, story, Some(language));
        assert_eq!(bench.judged(), (vec![Seen, Uncertain, Seen], 0), "{language}");
    }
}

#[test]
fn a_story_that_was_rewritten_or_grew_is_believed() {
    let rewritten = "Dozens hurt as ferry hits rocks\n\n\
        Passengers were hurt on Monday when a ferry ran aground outside the harbour, Anna Berg confirmed to reporters.\n\
        According to Paul Lund, thick fog had delayed departure by an hour; he declined to comment on the cause.\n";
    let stub = "Ferry runs aground, minister says\n\nThe minister, Anna Berg, said that 40 passengers were hurt when a ferry ran aground on Monday.\n";
    let grown = "Ferry runs aground in fog\n\n\
        A ferry ran aground outside the harbour on Monday. The minister told passengers' relatives that everybody had been brought ashore.\n\
        Divers examined the hull. The company promised a full inquiry within a month, and the union demanded new rules for such weather.\n";
    for (before, after) in [(STORY, rewritten), (stub, grown), (stub, STORY)] {
        let mut bench = Bench::new();
        bench.saw(0, before, Some("en"));
        let recorded = bench.saw(10, after, Some("en"));
        assert_eq!((recorded.doubt, recorded.outcome), (None, Outcome::NewVersion), "{after}");
    }
}
