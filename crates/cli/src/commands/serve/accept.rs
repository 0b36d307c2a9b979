//! In which form a browser would rather have an answer: the header `Accept` with its weights.

use std::cmp::Reverse;

use isnad_report::site::Form;

/// The forms with their types; of equal ones the first is taken.
const FORMS: [(&str, &str, Form); 3] = [
    ("text/html", "text/*", Form::Html),
    ("application/json", "application/*", Form::Json),
    ("application/atom+xml", "application/*", Form::Atom),
];

/// The form that is accepted with the greatest weight, and of those the one named first; a page if nothing fits.
pub(super) fn wanted(accept: &str) -> Form {
    let ranges: Vec<(&str, u16)> = accept.split(',').map(range).collect();
    let rank = |(kind, group, form): (&str, &str, Form)| {
        // The most specific range that fits tells the weight.
        let at = [kind, group, "*/*"]
            .into_iter()
            .find_map(|wanted| ranges.iter().position(|(range, _)| range.eq_ignore_ascii_case(wanted)))?;
        let (_, weight) = *ranges.get(at)?;
        (weight > 0).then_some((Reverse(weight), at, form))
    };
    let best = FORMS.into_iter().filter_map(rank).min_by_key(|(weight, at, _)| (*weight, *at));
    best.map_or(Form::Html, |(_, _, form)| form)
}

/// A range of types with its weight in thousandths.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a weight between 0 and 1")]
fn range(text: &str) -> (&str, u16) {
    let (kind, parameters) = text.split_once(';').unwrap_or((text, ""));
    let weight = parameters.split(';').find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("q").then(|| value.trim().parse::<f32>().unwrap_or_default())
    });
    (kind.trim(), (weight.unwrap_or(1.0).clamp(0.0, 1.0) * 1000.0) as u16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_the_one_with_the_greatest_weight_and_then_the_one_named_first() {
        for (accept, form) in [
            ("text/html,application/xhtml+xml,*/*;q=0.8", Form::Html),
            ("application/json", Form::Json),
            ("application/json, text/plain, */*", Form::Json),
            ("application/atom+xml, text/html", Form::Atom),
            ("application/json;q=0.5, text/html", Form::Html),
            ("text/html;q=0.5, application/json;charset=utf-8;Q=0.9", Form::Json),
            ("application/json;q=0, */*", Form::Html),
            ("text/html;q=0, application/*", Form::Json),
            ("*/*", Form::Html),
            ("image/png", Form::Html),
            ("application/json;q=nonsense", Form::Html),
            ("", Form::Html),
        ] {
            assert_eq!(wanted(accept), form, "{accept}");
        }
    }
}
