//! The shapes that pages have: all of the article comes out, with its roles, and nothing else.

#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

use isnad_core::BlockRole::{self, Body, Caption, Correction, Headline, Standfirst};
use isnad_ingest::{Ingested, Options, PageDoubt, read_bytes};

const PARAGRAPHS: [&str; 6] = [
    "The minister, Anna Berg, said that 40 passengers were hurt when the ferry ran aground on Monday morning.",
    "The harbour master, Paul Lund, said that the ferry was an hour late and that the fog had been thick since dawn.",
    "The union said that the crew was tired after three double shifts, and that it had warned the company in writing.",
    "The company denied that, and said that every shift had been agreed with the crew in the week before.",
    "Divers will look at the hull on Tuesday, according to the coast guard, which has closed the channel to all ships.",
    "Ms Berg asked people to stay away from the quay, and promised that the inquiry would be public.",
];

const ARABIC: [&str; 5] = [
    "قال وزير النقل سامر حداد إن الجسر سيغلق أمام الشاحنات حتى نهاية الشهر المقبل بسبب أعمال الصيانة.",
    "وأضاف الوزير أن الأعمال ستكلف نحو أربعة ملايين، وأن الطريق البديل سيبقى مفتوحا طوال الوقت أمام السكان.",
    "وأكدت البلدية أن الحافلات ستغير مسارها ابتداء من يوم الأحد، ودعت السكان إلى استخدام القطار قدر الإمكان.",
    "ونفى المقاول أن يكون تأخر الأعمال بسبب نقص المواد، وقال إن العقد وقع قبل أسبوعين فقط من بدء العمل.",
    "وذكر مصدر في الوزارة أن لجنة من المهندسين ستزور الموقع كل أسبوع وتنشر تقريرا عن تقدم الأعمال.",
];

/// A page with the furniture of a site around its article.
fn page(language: &str, head: &str, article: &str) -> String {
    let links = |name: &str| -> String {
        (0..20).map(|at| format!("<li><a href='/{name}/{at}'>{name} number {at}</a></li>")).collect()
    };
    format!(
        "<!doctype html><html lang='{language}'><head><meta charset=utf-8>{head}</head><body><nav><ul>{}</ul></nav>{article}\
         <aside><h3>Most read</h3><ul>{}</ul></aside><footer><p>© The River. All rights reserved.</p><ul>{}</ul></footer></body></html>",
        links("section"),
        links("story"),
        links("about"),
    )
}

fn read(page: &str) -> Ingested {
    read_bytes(page.as_bytes(), "page.html", &Options { second_opinion: true, ..Options::default() }).unwrap()
}

fn lines(ingested: &Ingested) -> Vec<(&str, BlockRole)> {
    let text = ingested.article.text();
    ingested.article.blocks().iter().map(|block| (block.span.of(text), block.role)).collect()
}

/// Whether the article is there whole, each paragraph a line, and nothing of the furniture with it.
fn assert_whole(page: &str, paragraphs: &[&str]) {
    let ingested = read(page);
    let lines = lines(&ingested);
    let found: Vec<&str> = lines.iter().filter(|(_, role)| *role == Body).map(|(line, _)| *line).collect();
    assert_eq!(found, paragraphs, "{:?}", ingested.agreement);
    assert_eq!(ingested.doubt, None);
}

#[test]
fn paragraphs_may_be_divisions_or_parted_by_line_breaks() {
    let title = "<title>Ferry runs aground</title>";
    let divisions: String = PARAGRAPHS.iter().map(|text| format!("<div>{text}</div>")).collect();
    assert_whole(
        &page("en", title, &format!("<div class=story><h1>Ferry runs aground</h1>{divisions}</div>")),
        &PARAGRAPHS,
    );
    let breaks = PARAGRAPHS.join("<br><br>\n");
    assert_whole(
        &page("en", title, &format!("<div class=story><h1>Ferry runs aground</h1><div>{breaks}</div></div>")),
        &PARAGRAPHS,
    );
    let breaks = ARABIC.join("<br/><br/>");
    assert_whole(
        &page(
            "ar",
            "<title>إغلاق الجسر</title>",
            &format!("<div id=content><h1>إغلاق الجسر</h1><div>{breaks}</div></div>"),
        ),
        &ARABIC,
    );
}

#[test]
fn accelerated_pages_and_plain_ones_are_read_alike() {
    let story: String = PARAGRAPHS.iter().map(|text| format!("<p>{text}</p>")).collect();
    let amp = format!(
        "<!doctype html><html amp lang=en><head><title>Ferry runs aground</title><link rel=canonical href='https://river.example/ferry'>\
         <style amp-boilerplate>body{{}}</style></head><body><amp-sidebar><ul><li>Menu</li></ul></amp-sidebar><article><h1>Ferry runs aground</h1>\
         <amp-img src=a.jpg></amp-img>{story}<amp-ad></amp-ad></article></body></html>"
    );
    assert_whole(&amp, &PARAGRAPHS);
    assert_eq!(read(&amp).article.metadata.url.as_deref(), Some("https://river.example/ferry"));
}

#[test]
fn every_entry_of_a_live_page_is_part_of_it() {
    let entries: String = PARAGRAPHS
        .iter()
        .enumerate()
        .map(|(at, text)| format!("<section class=update><h3>Update {at}</h3><time datetime='2026-03-04T0{at}:00Z'>0{at}:00</time><p>{text}</p></section>"))
        .collect();
    let page = page(
        "en",
        "<title>Ferry aground: live</title>",
        &format!("<main><h1>Ferry aground: live</h1><div class=liveblog>{entries}</div></main>"),
    );
    let ingested = read(&page);
    for paragraph in PARAGRAPHS {
        assert!(ingested.article.text().contains(paragraph), "{paragraph}\n{}", ingested.article.text());
    }
}

#[test]
fn entries_of_a_live_page_that_are_articles_come_whole_with_their_headings() {
    const SUMMARY: &str = "Forty people were hurt off the coast on Monday, and an inquiry begins today.";
    let entry = |(at, text): (usize, &&str)| {
        format!(
            "<article><header><time>1{at}:00</time><h2>The news of hour {at} is here</h2></header><p>{text}</p><a>Share</a></article>"
        )
    };
    let entries: String = PARAGRAPHS.iter().enumerate().map(entry).collect();
    let title = "Ferry aground: what we know so far";
    let page = page(
        "en",
        &format!("<title>{title}</title>"),
        &format!("<main><h1>{title}</h1><p>{SUMMARY}</p>{entries}</main>"),
    );
    let ingested = read(&page);
    let expected: Vec<String> =
        PARAGRAPHS.iter().enumerate().map(|(at, text)| format!("The news of hour {at} is here\n{text}")).collect();
    assert_eq!(ingested.article.text(), format!("{title}\n{SUMMARY}\n{}", expected.join("\n")));
    assert_eq!(ingested.doubt, None);
}

#[test]
fn an_article_with_links_in_it_is_no_other_story() {
    let entry = |(at, text): (usize, &&str)| {
        let link = if at == 3 { "<p><a href=/x>Read the whole statement of the company here</a></p>" } else { "" };
        format!("<article><h2>The news of hour {at} is here</h2><p>{text}</p>{link}</article>")
    };
    let entries: String = PARAGRAPHS.iter().enumerate().map(entry).collect();
    let story: String = PARAGRAPHS.iter().map(|text| format!("<p>{text}</p>")).collect();
    let link = "<p><a href=/x>Read all our stories on the ferry here</a></p>";
    for body in [
        format!("<article><h1>Ferry runs aground</h1></article>{entries}"),
        format!("<article><h1>Ferry runs aground</h1></article><article>{story}{link}</article>"),
        format!("<article><h1>Ferry runs aground</h1></article><article>{link}{story}</article>"),
    ] {
        let ingested = read(&page("en", "<title>Ferry runs aground</title>", &format!("<main>{body}</main>")));
        for paragraph in PARAGRAPHS {
            assert!(ingested.article.text().contains(paragraph), "{paragraph}\n{}", ingested.article.text());
        }
    }
}

#[test]
fn what_is_left_out_as_another_story_although_both_take_it_is_a_doubt() {
    let entry = |text: &str| {
        let headline = text.split(',').next().unwrap_or_default();
        format!("<article><h2><a href=/x>{headline} said a lot today</a></h2><p>{text}</p></article>")
    };
    let entries: String = PARAGRAPHS.iter().map(|text| entry(text)).collect();
    let body = format!("<main><article><h1>Ferry runs aground</h1><p>{}</p></article>{entries}</main>", PARAGRAPHS[0]);
    let doubt = read(&page("en", "<title>Ferry runs aground</title>", &body)).doubt;
    assert!(matches!(doubt, Some(PageDoubt::ExtractorsDisagree { .. })), "{doubt:?}");
}

#[test]
fn headings_beside_the_article_are_no_part_of_it() {
    let read = |aside: &str, summary: &str| {
        let (first, rest) = PARAGRAPHS.split_at(2);
        let paragraphs = |texts: &[&str]| -> String { texts.iter().map(|text| format!("<p>{text}</p>")).collect() };
        let (first, rest) = (paragraphs(first), paragraphs(rest));
        let article = format!(
            "<article><h1>Ferry runs aground</h1><aside class=promo><h2>{summary}</h2></aside>{first}<aside><h3>{aside}</h3></aside>{rest}</article>"
        );
        read(&page("en", "<title>Ferry runs aground</title>", &article)).article.text().to_owned()
    };
    let expected = format!("Ferry runs aground\n{}", PARAGRAPHS.join("\n"));
    assert_eq!(read("Mayor resigns over cracks", "Mayor says she will resign over the affair this week"), expected);
    assert_eq!(read("Who owns the ferries?", "Minister wants no more ferries in fog, says Lena Holt"), expected);
}

#[test]
fn a_few_lines_of_news_are_told_from_the_stories_that_are_shown_below_them() {
    let card = |at: usize| {
        format!("<article><a href=/{at}><h3>قصة أخرى رقم {at} عن المدينة</h3></a><p>{}</p></article>", ARABIC[at])
    };
    let cards: String = (2..5).map(card).collect();
    let story = format!(
        "<article><h1>إغلاق الجسر</h1><h2>الوزير يقول إن الإغلاق يستمر حتى نهاية الشهر</h2><p>{}</p></article>",
        ARABIC[0]
    );
    let ingested =
        read(&page("ar", "<title>إغلاق الجسر</title>", &format!("<main>{story}<section>{cards}</section></main>")));
    let expected =
        [("إغلاق الجسر", Headline), ("الوزير يقول إن الإغلاق يستمر حتى نهاية الشهر", Standfirst), (ARABIC[0], Body)];
    assert_eq!(lines(&ingested), expected);
}

#[test]
fn roles_are_those_of_the_pages_own_elements() {
    let story: String = PARAGRAPHS.iter().map(|text| format!("<p>{text}</p>")).collect();
    let article = format!(
        "<article><h1>Ferry runs aground</h1><p class='article-dek standfirst'>Forty people were hurt off the coast on Monday, the minister said.</p>\
         <figure><img src=a.jpg alt=''><figcaption>The ferry off the quay at Nordhamn on Monday.</figcaption></figure>{story}\
         <p class=correction>Correction: the ferry was an hour late, not two hours as this article said at first.</p></article>"
    );
    let ingested = read(&page("en", "<title>Ferry runs aground</title>", &article));
    let lines = lines(&ingested);
    let role = |start: &str| lines.iter().find(|(line, _)| line.starts_with(start)).map(|(_, role)| *role);
    assert_eq!(role("Ferry runs aground"), Some(Headline), "{lines:?}");
    assert_eq!(role("Forty people"), Some(Standfirst), "{lines:?}");
    assert!(matches!(role("The ferry off"), None | Some(Caption)), "{lines:?}");
    assert_eq!(role("Correction"), Some(Correction), "{lines:?}");
}

#[test]
fn quotations_by_element_are_in_marks_with_whose_they_are() {
    let story: Vec<String> = PARAGRAPHS.iter().map(|text| format!("<p>{text}</p>")).collect();
    let article = format!(
        "<article><h1>Ferry runs aground</h1>{}<p>Mr Lund called it <q>a black day</q> for the town.</p>\
         <blockquote><p>We will find out who is to blame, and they will pay.</p><footer>— <cite>Anna Berg, minister of transport</cite></footer></blockquote>{}</article>",
        story[..3].concat(),
        story[3..].concat(),
    );
    let ingested = read(&page("en", "<title>Ferry runs aground</title>", &article));
    let text = ingested.article.text();
    assert!(text.contains("Mr Lund called it “a black day” for the town."), "{text}");
    assert!(
        text.contains("Anna Berg, minister of transport: “We will find out who is to blame, and they will pay.”"),
        "{text}"
    );
}

#[test]
fn walls_and_stubs_are_doubted() {
    let doubt = |page: &str| read(page).doubt;
    let consent = page(
        "en",
        "<title>Before you continue</title>",
        "<main><h1>We value your privacy</h1><p>We and our partners use cookies to store and read \
        information on your device. You can accept all cookies, reject all, or manage your preferences at any time by following the link at the bottom.</p>\
        <button>Accept all</button></main>",
    );
    assert_eq!(doubt(&consent), Some(PageDoubt::Consent));
    let stub = page(
        "en",
        "<title>Ferry runs aground</title><script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Ferry runs aground\",\
        \"isAccessibleForFree\":false}</script>",
        &format!("<article><h1>Ferry runs aground</h1><p>{}</p><p>{}</p></article>", PARAGRAPHS[0], PARAGRAPHS[1]),
    );
    assert_eq!(doubt(&stub), Some(PageDoubt::Paywall));
    let wall = page(
        "ar",
        "<title>إغلاق الجسر</title>",
        &format!("<article><h1>إغلاق الجسر</h1><p>{}</p></article><div>هذا المحتوى للمشتركين</div>", ARABIC[0]),
    );
    assert_eq!(doubt(&wall), Some(PageDoubt::Paywall));
}

#[test]
fn old_encodings_are_read_declared_or_not() {
    let story = |texts: &[&str]| -> String { texts.iter().map(|text| format!("<p>{text}</p>")).collect() };
    for (encoding, declared) in [
        ("windows-1256", true),
        ("windows-1256", false),
        ("iso-8859-6", true),
        ("iso-8859-6", false),
        ("utf-16le", false),
        ("utf-16be", false),
    ] {
        let meta = if declared { format!("<meta charset={encoding}>") } else { String::new() };
        let page = format!(
            "<html lang=ar><head>{meta}<title>إغلاق الجسر</title></head><body><article><h1>إغلاق الجسر</h1>{}</article></body></html>",
            story(&ARABIC)
        );
        let bytes: Vec<u8> = match encoding {
            "utf-16le" => page.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "utf-16be" => page.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            name => encoding_rs::Encoding::for_label(name.as_bytes()).unwrap().encode(&page).0.into_owned(),
        };
        let ingested = read_bytes(&bytes, "page.html", &Options::default()).unwrap();
        for text in ARABIC {
            assert!(ingested.article.text().contains(text), "{encoding} {declared}: {}", ingested.article.text());
        }
    }
}
