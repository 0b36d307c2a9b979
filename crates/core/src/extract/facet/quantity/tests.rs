//! Quantities and dates in sentences of each language.

use super::*;
use crate::Language;
use crate::extract::facet::tests::facets;
use Comparison::{About, AtLeast, AtMost, Exactly, LessThan, MoreThan, MultiplesOf};

/// One row: a text, and for each quantity its expression, value, comparison and unit.
type Row = (&'static str, &'static [(&'static str, f64, Comparison, Option<&'static str>)]);

fn check(language: Language, rows: &[Row]) {
    for (text, expected) in rows {
        let (found, _) = facets(language, text);
        let found: Vec<_> = found.iter().map(|q| (q.text.as_str(), q.value, q.comparison, q.unit.as_deref())).collect();
        assert_eq!(found, *expected, "{text}");
    }
}

#[test]
fn english_quantities() {
    check(
        Language::ENGLISH,
        &[
            ("more than 3,058 people left", &[("more than 3,058 people", 3058.0, MoreThan, Some("people"))]),
            ("it cost $5 million to build", &[("$5 million", 5e6, Exactly, Some("$"))]),
            ("it cost about C$2.5m", &[("about C$2.5m", 2.5e6, About, Some("C$"))]),
            ("twenty-five nurses resigned", &[("twenty-five nurses", 25.0, Exactly, Some("nurses"))]),
            ("two million litres", &[("two million litres", 2e6, Exactly, Some("litres"))]),
            ("three hundred and five trucks", &[("three hundred and five trucks", 305.0, Exactly, Some("trucks"))]),
            ("a third of residents", &[("a third of residents", 1.0 / 3.0, Exactly, Some("residents"))]),
            ("half of the fleet", &[("half", 0.5, Exactly, None)]),
            ("half a million doses", &[("half a million doses", 5e5, Exactly, Some("doses"))]),
            ("a dozen new shelters", &[("a dozen new shelters", 12.0, Exactly, Some("shelters"))]),
            ("12.5 per cent", &[("12.5 per cent", 12.5, Exactly, Some("per cent"))]),
            ("nearly 40% of it", &[("nearly 40%", 40.0, About, Some("%"))]),
            ("up to 90 days", &[("up to 90 days", 90.0, AtMost, Some("days"))]),
            ("fewer than ten cases", &[("fewer than ten cases", 10.0, LessThan, Some("cases"))]),
            ("50 people or more", &[("50 people or more", 50.0, AtLeast, Some("people"))]),
            ("at least 6 wounded soldiers", &[("at least 6 wounded soldiers", 6.0, AtLeast, Some("wounded soldiers"))]),
            ("120,000 patient records", &[("120,000 patient records", 120_000.0, Exactly, Some("patient records"))]),
            ("about 20 police officers came", &[("about 20 police officers", 20.0, About, Some("police officers"))]),
            ("ten people across the town", &[("ten people", 10.0, Exactly, Some("people"))]),
            ("a 10-year-old boy", &[("10-year", 10.0, Exactly, Some("year"))]),
            ("-15 degrees", &[("-15 degrees", -15.0, Exactly, Some("degrees"))]),
            ("it fell to -15 degrees", &[("-15 degrees", -15.0, Exactly, Some("degrees"))]),
            ("a 10km run", &[("10km", 10.0, Exactly, Some("km"))]),
        ],
    );
}

#[test]
fn a_range_is_two_quantities_of_one_unit() {
    check(
        Language::ENGLISH,
        &[(
            "10-15 people came",
            &[("10", 10.0, Exactly, Some("people")), ("15 people", 15.0, Exactly, Some("people"))],
        )],
    );
    check(
        Language::ARABIC,
        &[
            ("من 10 إلى 15 شخصا", &[("10", 10.0, Exactly, Some("شخصا")), ("15 شخصا", 15.0, Exactly, Some("شخصا"))]),
            ("تتراوح بين 7 و8%", &[("7", 7.0, Exactly, Some("%")), ("8%", 8.0, Exactly, Some("%"))]),
        ],
    );
}

#[test]
fn words_that_tell_of_several_are_multiples_of_one() {
    check(
        Language::ENGLISH,
        &[
            ("dozens of cars burned", &[("dozens of cars", 12.0, MultiplesOf, Some("cars"))]),
            ("tens of thousands of voters", &[("tens of thousands of voters", 1e4, MultiplesOf, Some("voters"))]),
            ("it fed hundreds", &[("hundreds", 100.0, MultiplesOf, None)]),
            ("two hundred cars", &[("two hundred cars", 200.0, Exactly, Some("cars"))]),
        ],
    );
    check(
        Language::ARABIC,
        &[
            ("تضررت مئات المنازل", &[("مئات المنازل", 100.0, MultiplesOf, Some("المنازل"))]),
            ("نزح عشرات الآلاف", &[("عشرات الآلاف", 1e4, MultiplesOf, None)]),
            ("نزح آلاف السكان", &[("آلاف السكان", 1000.0, MultiplesOf, Some("السكان"))]),
            ("نزح خمسة آلاف شخص", &[("خمسة آلاف شخص", 5000.0, Exactly, Some("شخص"))]),
        ],
    );
    check(
        "de".parse().unwrap(),
        &[
            ("Hunderte Häuser brannten", &[("Hunderte Häuser", 100.0, MultiplesOf, Some("Häuser"))]),
            ("Millionen Menschen hungern", &[("Millionen Menschen", 1e6, MultiplesOf, Some("Menschen"))]),
            ("zwei Millionen Menschen", &[("zwei Millionen Menschen", 2e6, Exactly, Some("Menschen"))]),
        ],
    );
    check(
        "fr".parse().unwrap(),
        &[
            (
                "des centaines de maisons ont brûlé",
                &[("des centaines de maisons", 100.0, MultiplesOf, Some("maisons"))],
            ),
            ("des milliers d'électeurs", &[("milliers d'électeurs", 1000.0, MultiplesOf, Some("électeurs"))]),
            ("2 millions de dollars", &[("2 millions de dollars", 2e6, Exactly, Some("dollars"))]),
        ],
    );
}

#[test]
fn arabic_particles_are_written_on_to_digits() {
    check(
        Language::ARABIC,
        &[
            ("3 قتلى و12 جريحا", &[("3 قتلى", 3.0, Exactly, Some("قتلى")), ("12 جريحا", 12.0, Exactly, Some("جريحا"))]),
            ("ما بين 40 و50 شخصا", &[("40", 40.0, Exactly, Some("شخصا")), ("50 شخصا", 50.0, Exactly, Some("شخصا"))]),
            ("ارتفع بـ12٪ أمس", &[("12٪", 12.0, Exactly, Some("٪"))]),
            (
                "بلغ 20 دولارا و100 ألف يورو",
                &[("20 دولارا", 20.0, Exactly, Some("دولارا")), ("100 ألف يورو", 1e5, Exactly, Some("يورو"))],
            ),
            ("بين 2019 و2021", &[]),
        ],
    );
}

#[test]
fn french_quantities() {
    check(
        "fr".parse().unwrap(),
        &[
            ("plus de 3 058 personnes", &[("plus de 3 058 personnes", 3058.0, MoreThan, Some("personnes"))]),
            ("environ 1 200 postes", &[("environ 1 200 postes", 1200.0, About, Some("postes"))]),
            ("1,5 million d’euros", &[("1,5 million d’euros", 1.5e6, Exactly, Some("euros"))]),
            ("plus d'un million de tonnes", &[("plus d'un million de tonnes", 1e6, MoreThan, Some("tonnes"))]),
            ("près de 40 % du budget", &[("près de 40 %", 40.0, About, Some("%"))]),
            ("12,5 pour cent", &[("12,5 pour cent", 12.5, Exactly, Some("pour cent"))]),
            ("soixante-dix navires", &[("soixante-dix navires", 70.0, Exactly, Some("navires"))]),
            ("quatre-vingts jours", &[("quatre-vingts jours", 80.0, Exactly, Some("jours"))]),
            ("quatre-vingt-dix-sept ans", &[("quatre-vingt-dix-sept ans", 97.0, Exactly, Some("ans"))]),
            ("vingt et un marins", &[("vingt et un marins", 21.0, Exactly, Some("marins"))]),
            ("trois cent cinq camions", &[("trois cent cinq camions", 305.0, Exactly, Some("camions"))]),
            ("deux mille cinq cents lits", &[("deux mille cinq cents lits", 2500.0, Exactly, Some("lits"))]),
            (
                "au moins une centaine de blessés",
                &[("au moins une centaine de blessés", 100.0, AtLeast, Some("blessés"))],
            ),
            ("un tiers des habitants", &[("un tiers des habitants", 1.0 / 3.0, Exactly, Some("habitants"))]),
            ("pas plus de 90 jours", &[("pas plus de 90 jours", 90.0, AtMost, Some("jours"))]),
            ("moins de dix cas", &[("moins de dix cas", 10.0, LessThan, Some("cas"))]),
            ("une amende de 500 €", &[("500 €", 500.0, Exactly, Some("€"))]),
            ("trois nouvelles écoles", &[("trois nouvelles écoles", 3.0, Exactly, Some("écoles"))]),
            ("50 personnes au moins", &[("50 personnes au moins", 50.0, AtLeast, Some("personnes"))]),
        ],
    );
}

#[test]
fn french_numbers_that_are_no_quantities() {
    for text in [
        "en 2019",
        "le 10 janvier 2020",
        "à 17h30",
        "le XIXe siècle",
        "la résolution 2254",
        "ils ont gagné 3-1",
        "une voisine est venue",
        "le vol 370",
    ] {
        check("fr".parse().unwrap(), &[(text, &[])]);
    }
}

#[test]
fn english_numbers_that_are_no_quantities() {
    for text in [
        "in 2019",
        "on January 10",
        "on 10 January 2020",
        "at 5 p.m. sharp",
        "at 17:30",
        "the 2021 census",
        "since Sept. 11, 2001",
        "the COVID-19 vaccine",
        "they call it Bill 21",
        "the 19th century",
        "no one came",
        "they won 3-1",
        "a third time",
        "on Highway 401",
    ] {
        check(Language::ENGLISH, &[(text, &[])]);
    }
}

#[test]
fn german_quantities() {
    check(
        "de".parse().unwrap(),
        &[
            ("mehr als 3.500 Besucher kamen", &[("mehr als 3.500 Besucher", 3500.0, MoreThan, Some("Besucher"))]),
            ("um 2,4 Prozent gestiegen", &[("2,4 Prozent", 2.4, Exactly, Some("Prozent"))]),
            ("rund zwei Millionen Euro", &[("rund zwei Millionen Euro", 2e6, About, Some("Euro"))]),
            (
                "mindestens 40 verletzte Fahrgäste",
                &[("mindestens 40 verletzte Fahrgäste", 40.0, AtLeast, Some("Fahrgäste"))],
            ),
            ("bis zu 90 Tage", &[("bis zu 90 Tage", 90.0, AtMost, Some("Tage"))]),
            ("weniger als zehn Boote", &[("weniger als zehn Boote", 10.0, LessThan, Some("Boote"))]),
            ("zweihundertfünfzig Helfer", &[("zweihundertfünfzig Helfer", 250.0, Exactly, Some("Helfer"))]),
            ("1,5 Milliarden Euro", &[("1,5 Milliarden Euro", 1.5e9, Exactly, Some("Euro"))]),
            ("dreieinhalb Stunden", &[("dreieinhalb Stunden", 3.5, Exactly, Some("Stunden"))]),
            ("ein Drittel der Schiffe", &[("ein Drittel der Schiffe", 1.0 / 3.0, Exactly, Some("Schiffe"))]),
        ],
    );
}

#[test]
fn german_numbers_that_are_no_quantities() {
    for text in ["am 3. Oktober 2005", "die 19. Sitzung", "im Jahr 2012", "um 10:05 Uhr", "ein Mann", "seit März 2011"]
    {
        check("de".parse().unwrap(), &[(text, &[])]);
    }
}

#[test]
fn arabic_quantities() {
    check(
        Language::ARABIC,
        &[
            ("أكثر من 100 ألف جندي", &[("أكثر من 100 ألف جندي", 1e5, MoreThan, Some("جندي"))]),
            ("نحو ١٢٠ ألف جندي", &[("نحو ١٢٠ ألف جندي", 1.2e5, About, Some("جندي"))]),
            ("5 مليون دولار", &[("5 مليون دولار", 5e6, Exactly, Some("دولار"))]),
            ("بقيمة 2.5 مليار دولار", &[("2.5 مليار دولار", 2.5e9, Exactly, Some("دولار"))]),
            ("خمسة وعشرون عاملا", &[("خمسة وعشرون عاملا", 25.0, Exactly, Some("عاملا"))]),
            ("ثلاثة آلاف موظف", &[("ثلاثة آلاف موظف", 3000.0, Exactly, Some("موظف"))]),
            ("3 آلاف و200 موظف", &[("3 آلاف و200 موظف", 3200.0, Exactly, Some("موظف"))]),
            ("مئة وخمسون طنا", &[("مئة وخمسون طنا", 150.0, Exactly, Some("طنا"))]),
            ("اثنا عشر سائقا", &[("اثنا عشر سائقا", 12.0, Exactly, Some("سائقا"))]),
            ("ثلث السكان", &[("ثلث السكان", 1.0 / 3.0, Exactly, Some("السكان"))]),
            ("بنسبة 3٫5 في المئة", &[("3٫5 في المئة", 3.5, Exactly, Some("في المئة"))]),
            ("تراجع 20% أمس", &[("20%", 20.0, Exactly, Some("%"))]),
            ("ما لا يقل عن 12٬500 أسرة", &[("ما لا يقل عن 12٬500 أسرة", 12500.0, AtLeast, Some("أسرة"))]),
            ("لا يتجاوز 40 حافلة", &[("لا يتجاوز 40 حافلة", 40.0, AtMost, Some("حافلة"))]),
            ("أقل من عشرة منازل", &[("أقل من عشرة منازل", 10.0, LessThan, Some("منازل"))]),
            ("30 بناية على الأقل", &[("30 بناية على الأقل", 30.0, AtLeast, Some("بناية"))]),
            ("مليون ونصف مليون نسمة", &[("مليون ونصف مليون نسمة", 1.5e6, Exactly, Some("نسمة"))]),
            ("مليونين ونصف المليون برميل", &[("مليونين ونصف المليون برميل", 2.5e6, Exactly, Some("برميل"))]),
            ("نصف مليون شخص", &[("نصف مليون شخص", 5e5, Exactly, Some("شخص"))]),
            ("خمسة وعشرين طالبا", &[("خمسة وعشرين طالبا", 25.0, Exactly, Some("طالبا"))]),
            (
                "1,250 خريجا و١٫٥ مليون نسمة",
                &[("1,250 خريجا", 1250.0, Exactly, Some("خريجا")), ("١٫٥ مليون نسمة", 1.5e6, Exactly, Some("نسمة"))],
            ),
        ],
    );
}

#[test]
fn arabic_numbers_that_are_no_quantities() {
    for text in ["في عام 2021", "يوم 10 يناير 2020", "الساعة 5 مساء", "القرار 2254", "في نصف النهائي", "عام 1805"]
    {
        check(Language::ARABIC, &[(text, &[])]);
    }
}
