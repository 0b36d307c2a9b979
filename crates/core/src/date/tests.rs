//! What dates mean in an article of Wednesday 4 March 2026.

use proptest::prelude::*;

use super::*;

fn on(value: Option<&str>, relative: Option<(DateUnit, i32)>) -> String {
    let today = NaiveDate::from_ymd_opt(2026, 3, 4).unwrap();
    let expression = DateExpression {
        text: String::new(),
        value: value.map(|value| value.parse().unwrap()),
        relative: relative.map(|(unit, offset)| Relative { unit, offset }),
        start: 0,
        end: 0,
    };
    expression.value_on(today).map_or_else(|| "?".to_owned(), |value| value.to_string())
}

#[test]
fn what_counts_from_the_day_of_the_article_is_worked_out() {
    assert_eq!(on(None, Some((DateUnit::Day, -1))), "2026-03-03");
    assert_eq!(on(None, Some((DateUnit::Day, -4))), "2026-02-28");
    assert_eq!(on(None, Some((DateUnit::Week, 1))), "2026-W11");
    assert_eq!(on(None, Some((DateUnit::Month, -3))), "2025-12");
    assert_eq!(on(None, Some((DateUnit::Year, 1))), "2027");
}

#[test]
fn a_date_without_its_year_is_the_nearest_one_if_one_is_much_nearer() {
    assert_eq!(on(Some("XXXX-05-04"), None), "2026-05-04");
    assert_eq!(on(Some("XXXX-12-24"), None), "2025-12-24");
    assert_eq!(on(Some("XXXX-12"), None), "2025-12");
    assert_eq!(on(Some("XXXX-09"), None), "XXXX-09");
    assert_eq!(on(Some("XXXX-03-04/XXXX-03-06"), None), "2026-03-04/2026-03-06");
    assert_eq!(on(Some("2019-05"), None), "2019-05");
}

#[test]
fn last_and_next_tell_the_year_and_the_week() {
    assert_eq!(on(Some("XXXX-05"), Some((DateUnit::Occurrence, -1))), "2025-05");
    assert_eq!(on(Some("XXXX-09"), Some((DateUnit::Occurrence, 1))), "2026-09");
    assert_eq!(on(Some("XXXX-05"), Some((DateUnit::Year, -1))), "2025-05");
    assert_eq!(on(Some("XXXX-WXX-1"), Some((DateUnit::Occurrence, -1))), "2026-03-02");
    assert_eq!(on(Some("XXXX-WXX-1"), Some((DateUnit::Occurrence, 1))), "2026-03-09");
    assert_eq!(on(Some("XXXX-WXX-3"), Some((DateUnit::Occurrence, -1))), "2026-02-25");
    assert_eq!(on(Some("XXXX-WXX-3"), Some((DateUnit::Occurrence, 1))), "2026-03-11");
    assert_eq!(on(Some("XXXX-WXX-1"), Some((DateUnit::Week, 1))), "2026-03-09");
}

#[test]
fn a_bare_weekday_is_known_only_on_that_day() {
    assert_eq!(on(Some("XXXX-WXX-3"), None), "2026-03-04");
    assert_eq!(on(Some("XXXX-WXX-1"), None), "XXXX-WXX-1");
}

#[test]
fn a_weekday_beside_yesterday_mends_the_day_of_an_article_that_was_dated_late() {
    assert_eq!(on(Some("XXXX-WXX-2"), Some((DateUnit::Day, -1))), "2026-03-03");
    assert_eq!(on(Some("XXXX-WXX-1"), Some((DateUnit::Day, -1))), "2026-03-02");
}

#[test]
fn what_is_no_date_is_refused() {
    for text in
        ["", "26", "2026-13", "2026-02-30", "2026-W54", "XXXX", "XXXX-WXX-8", "2026-03-06/2026-03-04", "2026-3-4-5"]
    {
        assert!(text.parse::<DateValue>().is_err(), "{text}");
    }
}

proptest! {
    #[test]
    fn any_distance_from_any_day_can_be_asked(days in 0i64..4_000_000, offset in any::<i32>(), value in 0u32..5) {
        let units = [DateUnit::Day, DateUnit::Week, DateUnit::Month, DateUnit::Year, DateUnit::Occurrence];
        let today = NaiveDate::MIN + Days::new(days.unsigned_abs());
        let value = ["XXXX-02-29", "XXXX-07", "XXXX-WXX-7", "2026", "XXXX-05-01/XXXX-05-02"].get(value as usize);
        for unit in units {
            for value in [None, value.and_then(|value| value.parse().ok())] {
                let relative = Some(Relative { unit, offset });
                let expression = DateExpression { text: String::new(), value, relative, start: 0, end: 0 };
                if let Some(value) = expression.value_on(today) {
                    prop_assert_eq!(value.to_string().parse(), Ok(value));
                }
            }
        }
    }
}
