//! A small article with hand-made claims, for the tests of what is printed.

use isnad_core::{
    Article, Claim, Cue, Kind, Language, Mode, Passage, Polarity, ResolvedBy, Source, SourceKind, Span, Stance,
};

pub(crate) const ENGLISH: &str = "\
Minister denies halt\n\n\
Agriculture minister Salma Harthi told the Daily that \"the stock exceeds 100,000 tonnes\" until May.\n\
She added that nothing was decided.\n\
“We will not stop”, Harthi said, “and never will.”\n\
The ministry has not confirmed the halt.\n";

pub(crate) const ARABIC: &str = "\
الوزيرة تنفي وقف التصدير\n\n\
قالت وزيرة الزراعة سلمى الحارثي لصحيفة اليوم إن «المخزون يتجاوز 100 ألف طن» حتى أيار.\n\
وأضافت أن القرار (رقم 12) لم يصدر بعد عن CNN Tower في المدينة القديمة، وأن ذلك مؤجل.\n";

pub(crate) fn article(text: &str, language: Language) -> Article {
    let mut article = Article::from_text(text, Some(language));
    article.metadata.id = "page.txt".to_owned();
    article.metadata.title = text.lines().next().map(str::to_owned);
    article
}

/// The span of `part` in `text`.
fn span(text: &str, part: &str) -> Span {
    let start = text.find(part).unwrap();
    Span::new(start, start + part.len())
}

fn passage(text: &str, parts: &[&str]) -> Passage {
    Passage::new(text, parts.iter().map(|part| span(text, part)).collect())
}

/// A claim of `parts` with a cue; what the tests do not look at is plain.
fn claim(text: &str, id: u32, parts: &[&str], cue: &str, stance: Stance) -> Claim {
    let cue = passage(text, &[cue]);
    Claim {
        id,
        kind: Kind::Indirect,
        mode: Mode::Speech,
        content: passage(text, parts),
        cue: Some(Cue { lemma: cue.text.clone(), text: cue.text, spans: cue.spans, stance }),
        source: None,
        channel: None,
        polarity: Polarity::Affirmed,
        realised: true,
        quoted: Vec::new(),
        quantities: Vec::new(),
        dates: Vec::new(),
        hedges: Vec::new(),
        nested_in: None,
        headline: false,
        rule: "test/rule".to_owned(),
        confidence: 0.9,
    }
}

fn source(text: &str, words: &str, speaker: Option<&str>, resolved_by: ResolvedBy) -> Option<Source> {
    let passage = if words.is_empty() { Passage::default() } else { passage(text, &[words]) };
    let speaker = speaker.map(str::to_owned);
    Some(Source { text: passage.text, spans: passage.spans, kind: SourceKind::Person, speaker, resolved_by })
}

pub(crate) fn english_claims() -> Vec<Claim> {
    let text = ENGLISH;
    let minister = Some("Agriculture minister Salma Harthi");
    let mixed = "the stock exceeds 100,000 tonnes\" until May";
    let mut claims = vec![
        claim(text, 1, &[mixed], "told", Stance::Report),
        claim(text, 2, &["nothing was decided"], "added", Stance::Report),
        claim(text, 3, &["We will not stop", "and never will"], "said", Stance::Promise),
        claim(text, 4, &["the halt"], "has not confirmed", Stance::Confirm),
    ];
    claims[0].kind = Kind::Mixed;
    claims[0].source = source(text, "Agriculture minister Salma Harthi", minister, ResolvedBy::Clause);
    claims[0].channel = Some(passage(text, &["the Daily"]));
    claims[0].quoted = vec![span(text, "the stock exceeds 100,000 tonnes")];
    claims[1].source = source(text, "She", minister, ResolvedBy::Pronoun);
    claims[1].realised = false;
    claims[2].kind = Kind::Direct;
    claims[2].source = source(text, "Harthi", minister, ResolvedBy::Alias);
    claims[2].quoted = vec![span(text, "We will not stop"), span(text, "and never will")];
    claims[3].polarity = Polarity::Withheld;
    claims
}

pub(crate) fn arabic_claims() -> Vec<Claim> {
    let text = ARABIC;
    let minister = Some("وزيرة الزراعة سلمى الحارثي");
    let second = "القرار (رقم 12) لم يصدر بعد عن CNN Tower في المدينة القديمة، وأن ذلك مؤجل";
    let mut claims = vec![
        claim(text, 1, &["«المخزون يتجاوز 100 ألف طن» حتى أيار"], "قالت", Stance::Report),
        claim(text, 2, &[second], "وأضافت", Stance::Report),
    ];
    claims[0].kind = Kind::Mixed;
    claims[0].source = source(text, "وزيرة الزراعة سلمى الحارثي", minister, ResolvedBy::Clause);
    claims[0].channel = Some(passage(text, &["لصحيفة اليوم"]));
    claims[0].quoted = vec![span(text, "المخزون يتجاوز 100 ألف طن")];
    claims[1].source = source(text, "", minister, ResolvedBy::Ellipsis);
    claims
}
