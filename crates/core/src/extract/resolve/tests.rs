//! Whole short articles, extracted: who is found to speak.

use proptest::prelude::*;

use crate::{Article, Claim, Language, LanguagePack, ResolvedBy, SourceKind, extract};

fn claims(language: Language, text: &str) -> Vec<Claim> {
    extract(&Article::from_text(text, Some(language)), LanguagePack::builtin(language).unwrap())
}

/// For each row: the speaker of the first claim whose content holds the words.
fn check(language: Language, text: &str, rows: &[(&str, Option<&str>, ResolvedBy)]) {
    let claims = claims(language, text);
    for &(words, speaker, by) in rows {
        let claim = claims.iter().find(|claim| claim.content.text.contains(words));
        let source = claim.and_then(|claim| claim.source.as_ref()).unwrap_or_else(|| panic!("no source: {words}"));
        assert_eq!((source.speaker.as_deref(), source.resolved_by), (speaker, by), "{words}");
    }
}

const MAYOR: Option<&str> = Some("Mayor Delphine Arcand");

#[test]
fn a_surname_an_office_and_a_pronoun_lead_to_the_full_name() {
    let text = "The town will close its ferry terminal in the spring, Mayor Delphine Arcand said Tuesday.\n\
        \"We held on as long as we could,\" Arcand said.\n\
        She added that the town would sell the building.\n\
        The mayor said the decision was final.";
    check(
        Language::ENGLISH,
        text,
        &[
            ("ferry terminal", MAYOR, ResolvedBy::Clause),
            ("We held on", MAYOR, ResolvedBy::Alias),
            ("would sell", MAYOR, ResolvedBy::Pronoun),
            ("was final", MAYOR, ResolvedBy::Alias),
        ],
    );
}

#[test]
fn a_quotation_that_stands_alone_goes_on_with_the_last_speaker() {
    let text = "\"It is a relief,\" said tenant Priyanka Desrosiers. \"I was already packing boxes.\"\n\
        \"Where else would I have gone?\"";
    let tenant = Some("tenant Priyanka Desrosiers");
    check(
        Language::ENGLISH,
        text,
        &[("packing boxes", tenant, ResolvedBy::Floating), ("Where else", tenant, ResolvedBy::Floating)],
    );
}

#[test]
fn gender_decides_between_two_people() {
    let text = "Nanette Ibsen said she would vote against the cuts.\n\
        Gordon Wray said the council was never consulted.\n\
        \"There is money in the reserve,\" she said.\n\
        \"It was built up over ten years,\" he said.";
    check(
        Language::ENGLISH,
        text,
        &[
            ("money in the reserve", Some("Nanette Ibsen"), ResolvedBy::Pronoun),
            ("built up over", Some("Gordon Wray"), ResolvedBy::Pronoun),
        ],
    );
}

#[test]
fn a_new_paragraph_turns_to_its_subject() {
    let text = "Historian Wes Nakamura said the notes were poor.\n\
        Hereditary chief Gwaliga Hunt travelled to the museum. \"I could feel my grandmother there,\" he said.";
    check(
        Language::ENGLISH,
        text,
        &[("feel my grandmother", Some("Hereditary chief Gwaliga Hunt"), ResolvedBy::Pronoun)],
    );
}

#[test]
fn an_office_named_after_the_name_is_recognised_later() {
    let text = "Dr. Felix Abara, a cardiologist in Thunder Bay, said the findings match what he sees.\n\
        The cardiologist said that hospitals should plan for such days.";
    check(
        Language::ENGLISH,
        text,
        &[("should plan", Some("Dr. Felix Abara, a cardiologist in Thunder Bay"), ResolvedBy::Alias)],
    );
}

#[test]
fn a_name_that_two_people_bear_is_nobodys_when_nothing_tells() {
    let text = "Mary Olsen and her brother Karl Olsen own the mill. Olsen said the mill would reopen.";
    check(Language::ENGLISH, text, &[("mill would reopen", None, ResolvedBy::Alias)]);
}

#[test]
fn an_unnamed_source_keeps_its_description() {
    let text = "A senior official said the two sides were far apart.\n\
        \"They are not even reading the same document,\" the official said.";
    let claims = claims(Language::ENGLISH, text);
    let sources: Vec<_> = claims.iter().filter_map(|claim| claim.source.as_ref()).collect();
    assert!(sources.iter().all(|source| source.kind == SourceKind::Anonymous), "{sources:?}");
    assert!(sources.iter().all(|source| source.speaker.as_deref() == Some("A senior official")), "{sources:?}");
}

#[test]
fn an_arabic_family_name_leads_to_title_and_name() {
    let text = "قال مدير المتحف سامر الحوراني إن القاعة ستفتح غدا.\n\
        وأضاف الحوراني أن الدخول مجاني.\n\
        وأوضح أن المعرض يستمر شهرا.";
    let director = Some("مدير المتحف سامر الحوراني");
    check(
        Language::ARABIC,
        text,
        &[
            ("القاعة ستفتح", director, ResolvedBy::Clause),
            ("الدخول مجاني", director, ResolvedBy::Alias),
            ("المعرض يستمر", director, ResolvedBy::Ellipsis),
        ],
    );
}

#[test]
fn an_arabic_verb_without_subject_goes_on_with_whom_it_agrees() {
    let text = "قالت الوزيرة ليلى الصباغ إن المدارس ستفتح الأحد.\n\
        وقال المعلم نبيل عودة إن الصفوف مكتظة.\n\
        وأضافت أن الكتب جاهزة.";
    check(Language::ARABIC, text, &[("الكتب جاهزة", Some("الوزيرة ليلى الصباغ"), ResolvedBy::Ellipsis)]);
}

#[test]
fn an_arabic_office_alone_leads_to_who_holds_it() {
    let text = "قال وزير النقل كريم بدران إن الجسر آمن.\nوأكد الوزير أن الفحص انتهى.";
    check(Language::ARABIC, text, &[("الفحص انتهى", Some("وزير النقل كريم بدران"), ResolvedBy::Alias)]);
}

proptest! {
    #[test]
    fn any_order_of_words_is_read_without_a_panic(
        words in prop::collection::vec(prop::sample::select(vec![
            "Mayor", "Ann", "Lee", "said", "she", "they", "who", "the", "minister", ",", ".", "\"", "“", "”", "-", "'s", "\n",
            "5", "$", "million", "half", "of", "more than", "قال", "الوزير", "سامر", "إن", "وأضاف", "بن", "«", "»", "ألف", "و3", "%",
            "May", "4", "2019", "/", "Monday", "next", "week", "days", "ago", "of", "قبل", "أيام", "أمس", "مايو", "الاثنين", "المقبل", "من", "عام",
        ]), 0..60),
    ) {
        let text = words.join(" ");
        for language in [Language::ENGLISH, Language::ARABIC] {
            for claim in claims(language, &text) {
                let spans = claim.quantities.iter().map(|q| (q.start, q.end, &q.text));
                let spans = spans.chain(claim.dates.iter().map(|date| (date.start, date.end, &date.text)));
                for (start, end, written) in spans.chain(claim.hedges.iter().map(|h| (h.start, h.end, &h.text))) {
                    prop_assert_eq!(text.get(start..end), Some(written.as_str()));
                }
            }
        }
    }
}
