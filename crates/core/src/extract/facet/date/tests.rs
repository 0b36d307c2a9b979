//! Dates as the packs tell them, without a day of the article: the words, the value, and how they count.

use crate::extract::block::{BlockLayers, Range};
use crate::extract::facet::Facets;
use crate::{Article, Language, LanguagePack, Span};

/// The dates of a line: `words = value`, and `± n unit` where they count from the article's day.
fn dates(language: &str, text: &str) -> Vec<String> {
    let language: Language = language.parse().unwrap();
    let article = Article::from_text(text, Some(language));
    let mut block = BlockLayers::new(article.text(), LanguagePack::builtin(language).unwrap());
    let mut facets = Facets::default();
    block.read(0, article.blocks()[0]);
    facets.read(&block, Range::new(0, block.tokens.len()));
    let told = facets.dates(&[Span::new(0, text.len())]).into_iter().map(|date| {
        let value = date.value.map_or_else(|| "?".to_owned(), |value| value.to_string());
        let relative = date.relative.map(|relative| format!(" {:+} {:?}", relative.offset, relative.unit));
        format!("{} = {value}{}", date.text, relative.unwrap_or_default())
    });
    told.collect()
}

#[test]
fn days_and_months_are_read_in_every_language() {
    assert_eq!(dates("en", "It opens on Monday, May 4, 2026."), ["Monday, May 4, 2026 = 2026-05-04"]);
    assert_eq!(
        dates("en", "It opens on 4 May or on the 5th of June."),
        ["4 May = XXXX-05-04", "5th of June = XXXX-06-05"]
    );
    assert_eq!(dates("ar", "يفتتح الجسر في 4 مايو/أيار 2026"), ["4 مايو/أيار 2026 = 2026-05-04"]);
    assert_eq!(dates("ar", "يفتتح الجسر في الرابع من كانون الثاني"), ["الرابع من كانون الثاني = XXXX-01-04"]);
    assert_eq!(dates("de", "Die Brücke öffnet am 4. Mai 2026."), ["4. Mai 2026 = 2026-05-04"]);
    assert_eq!(dates("fr", "Le pont ouvrira le 1er mai 2026."), ["1er mai 2026 = 2026-05-01"]);
    assert_eq!(dates("en", "The fair runs 4-6 May."), ["4-6 May = XXXX-05-04/XXXX-05-06"]);
}

#[test]
fn a_month_alone_needs_a_word_that_dates_it() {
    assert_eq!(dates("en", "It closed in March 2024."), ["March 2024 = 2024-03"]);
    assert_eq!(dates("en", "It closed in March."), ["March = XXXX-03"]);
    assert!(dates("en", "May said it may close.").is_empty());
    assert!(dates("ar", "مارس ضغوطا على المجلس").is_empty());
    assert_eq!(dates("ar", "أغلق في مارس"), ["مارس = XXXX-03"]);
    assert_eq!(dates("de", "Sie wurde im Mai geschlossen."), ["Mai = XXXX-05"]);
    assert_eq!(dates("fr", "Il a fermé en mars."), ["mars = XXXX-03"]);
}

#[test]
fn years_are_read_after_a_word_that_dates_them() {
    assert_eq!(dates("en", "It closed in 2019 and cost 2019 dollars."), ["2019 = 2019"]);
    assert_eq!(dates("ar", "بين عامي 2019 و2022"), ["2019 = 2019", "2022 = 2022"]);
    assert_eq!(dates("de", "Seit 2019 ist sie zu."), ["2019 = 2019"]);
    assert_eq!(dates("fr", "Il a fermé en 2019."), ["2019 = 2019"]);
    assert!(dates("ar", "القرار 1973").is_empty());
}

#[test]
fn digits_alone_are_dates_where_only_one_reading_is_possible() {
    assert_eq!(dates("en", "signed 2026-05-04"), ["2026-05-04 = 2026-05-04"]);
    assert_eq!(dates("en", "signed 14/5/2026"), ["14/5/2026 = 2026-05-14"]);
    assert!(dates("en", "signed 4/5/2026").is_empty());
    assert_eq!(dates("ar", "وقع في 4/5/2026"), ["4/5/2026 = 2026-05-04"]);
    assert_eq!(dates("de", "unterzeichnet am 04.05.2026"), ["04.05.2026 = 2026-05-04"]);
    assert!(dates("de", "unterzeichnet am 31.02.2026").is_empty());
}

#[test]
fn what_counts_from_the_day_of_the_article_says_how() {
    assert_eq!(dates("en", "It rained yesterday and will tomorrow."), ["yesterday = ? -1 Day", "tomorrow = ? +1 Day"]);
    assert_eq!(
        dates("en", "It closed three days ago, not last week."),
        ["three days ago = ? -3 Day", "last week = ? -1 Week"]
    );
    assert_eq!(
        dates("en", "It closed two weeks ago and ten years ago."),
        ["two weeks ago = ? -2 Week", "ten years ago = ? -10 Year"]
    );
    assert_eq!(dates("ar", "أغلق أمس ويفتح غدا"), ["أمس = ? -1 Day", "غدا = ? +1 Day"]);
    assert_eq!(dates("ar", "أغلق قبل ثلاثة أيام"), ["قبل ثلاثة أيام = ? -3 Day"]);
    assert_eq!(dates("ar", "نما الاقتصاد العام الماضي"), ["العام الماضي = ? -1 Year"]);
    assert_eq!(
        dates("de", "Sie schloss gestern, vor zwei Jahren."),
        ["gestern = ? -1 Day", "vor zwei Jahren = ? -2 Year"]
    );
    assert_eq!(dates("fr", "Il a fermé hier, il y a deux ans."), ["hier = ? -1 Day", "il y a deux ans = ? -2 Year"]);
    assert_eq!(dates("en", "It closed a year ago."), ["a year ago = ? -1 Year"]);
    assert_eq!(dates("fr", "Il a fermé il y a un an."), ["il y a un an = ? -1 Year"]);
    assert_eq!(dates("de", "Sie schloss vor einem Jahr."), ["vor einem Jahr = ? -1 Year"]);
    assert_eq!(dates("fr", "Il ouvrira la semaine prochaine."), ["semaine prochaine = ? +1 Week"]);
}

#[test]
fn a_weekday_says_which_one() {
    assert_eq!(dates("en", "It opens on Monday."), ["Monday = XXXX-WXX-1"]);
    assert_eq!(dates("en", "It opened last Monday."), ["last Monday = XXXX-WXX-1 -1 Occurrence"]);
    assert_eq!(dates("en", "It opens on Monday next week."), ["Monday next week = XXXX-WXX-1 +1 Week"]);
    assert_eq!(dates("ar", "يفتتح الاثنين المقبل"), ["الاثنين المقبل = XXXX-WXX-1 +1 Occurrence"]);
    assert_eq!(dates("ar", "افتتح أمس الأربعاء"), ["أمس الأربعاء = XXXX-WXX-3 -1 Day"]);
    assert_eq!(dates("ar", "في مايو من العام الماضي"), ["مايو من العام الماضي = XXXX-05 -1 Year"]);
    assert_eq!(dates("de", "Sie öffnet am kommenden Montag."), ["kommenden Montag = XXXX-WXX-1 +1 Occurrence"]);
    assert_eq!(dates("fr", "Il ouvrira lundi prochain."), ["lundi prochain = XXXX-WXX-1 +1 Occurrence"]);
}

#[test]
fn days_that_are_told_of_are_not_those_of_the_article() {
    assert!(dates("ar", "في اليوم التالي").is_empty());
    assert!(dates("ar", "اليوم العالمي للبيئة").is_empty());
    assert!(dates("ar", "بعد ثلاثة أيام من الهجوم").is_empty());
    assert!(dates("ar", "قبل يومين من الموعد").is_empty());
}
