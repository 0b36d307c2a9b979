//! Affirmed, denied or withheld; a negation inside the content; a word that says the contrary.

use isnad_core::WordClass;

use super::open::{Open, Side};
use super::{Form, Pair, Reading, name};
use crate::change::Facet;
use crate::meaning::{Alignment, Relation};

/// Words that come or go together from this many on are a clause; what it says went with it.
const CLAUSE: usize = 3;

/// Of more unanswered words than this on a side none is compared with all of the other side.
const MOST_WORDS: usize = 96;

/// Notes a source that affirms what it denied or did not say, or the other way round.
pub(super) fn read(pair: &Pair<'_>, reading: &mut Reading) {
    let (old, new) = (pair.old.claim.polarity, pair.new.claim.polarity);
    if old != new {
        reading.note(Facet::Polarity, name(&old), name(&new));
    }
}

/// Reads a negation that only one side of the place has: it turns the content round.
pub(super) fn negation(place: &mut Open<'_>, reading: &mut Reading) {
    let negated = |side| place.words(side).any(|word| is_negation(place.form(side), word));
    if negated(Side::Old) == negated(Side::New) {
        return;
    }
    let others = |side| place.words(side).filter(|&word| tells(place.form(side), word)).count();
    // A negated clause that came or went as a whole turns nothing round.
    if place.is_one_sided() && others(Side::Old) + others(Side::New) > 0 {
        return;
    }
    place.note(Facet::Polarity, reading);
    // The negated verb changes with it: سيوقع → لن يوقع, will → will not.
    if Side::BOTH.into_iter().all(|side| place.words(side).len() <= 3) {
        place.explain(|_| true);
        return;
    }
    for side in Side::BOTH {
        let form = place.form(side);
        place.explain_at(side, |word| is_negation(form, word));
    }
}

/// Reads words that say the contrary of those they replace, wherever in the content they stand.
pub(super) fn turned(places: &mut [Open<'_>], answers: &Alignment, reading: &mut Reading) {
    let sides = Side::BOTH.map(|side| unanswered(places, answers, side));
    let [old, new] = &sides;
    if old.len().max(new.len()) > MOST_WORDS {
        return;
    }
    let mut found = Vec::new();
    for &(at, o) in old {
        for &(other, n) in new {
            let (before, after) = (&places[at].form(Side::Old).senses[o], &places[other].form(Side::New).senses[n]);
            if before.relation(after) == Relation::Opposite {
                found.push(((at, o), (other, n)));
            }
        }
    }
    for ((at, o), (other, n)) in found {
        let word = |place: &Open<'_>, side, word| Some(place.form(side).word(word).to_owned());
        reading.note(Facet::Polarity, word(&places[at], Side::Old, o), word(&places[other], Side::New, n));
        places[at].explain_at(Side::Old, |word| word == o);
        places[other].explain_at(Side::New, |word| word == n);
    }
    if !reading.has(Facet::Polarity) {
        taken_back(places, &sides, reading);
    }
    if !reading.has(Facet::Polarity) {
        good_or_bad(places, &sides, reading);
    }
}

/// A word of one form: the place it is in, and its index in the form.
type Word = (usize, usize);

/// The unexplained words of one side that nothing answers, those of whole clauses left out.
fn unanswered(places: &[Open<'_>], answers: &Alignment, side: Side) -> Vec<Word> {
    let left = match side {
        Side::Old => &answers.old_left,
        Side::New => &answers.new_left,
    };
    let mut found = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let words: Vec<Word> =
            place.open(side).filter(|word| left.binary_search(word).is_ok()).map(|word| (at, word)).collect();
        if !place.is_one_sided() || words.len() < CLAUSE {
            found.extend(words);
        }
    }
    found
}

/// A word that takes back what it governs (`refuse`, «رفض») on one side, and none on the other.
fn taken_back(places: &mut [Open<'_>], sides: &[Vec<Word>; 2], reading: &mut Reading) {
    let reversing = |side: Side, words: &[Word]| {
        words.iter().copied().find(|&(at, word)| places[at].form(side).senses[word].reverses())
    };
    let [old, new] = sides;
    let (side, (at, word), other) = match (reversing(Side::Old, old), reversing(Side::New, new)) {
        (Some(found), None) => (Side::Old, found, Side::New),
        (None, Some(found)) => (Side::New, found, Side::Old),
        _ => return,
    };
    // An answered one on the other side («لم» … «دون») already says no there.
    if places[at].form(other).senses.iter().any(|sense| sense.reverses()) {
        return;
    }
    let text = places[at].form(side).word(word).to_owned();
    match side {
        Side::Old => reading.note(Facet::Polarity, Some(text), None),
        Side::New => reading.note(Facet::Polarity, None, Some(text)),
    }
    places[at].explain_at(side, |open| open == word);
}

/// Good news in the place of bad news.
fn good_or_bad(places: &mut [Open<'_>], sides: &[Vec<Word>; 2], reading: &mut Reading) {
    let news = |side: Side, words: &[Word]| {
        let told = words.iter().copied().filter(|&(at, word)| places[at].form(side).senses[word].favour != 0);
        let told: Vec<Word> = told.collect();
        let first = told.first().map(|&(at, word)| places[at].form(side).senses[word].favour)?;
        told.iter().all(|&(at, word)| places[at].form(side).senses[word].favour == first).then_some((first, told))
    };
    let (Some((before, old)), Some((after, new))) = (news(Side::Old, &sides[0]), news(Side::New, &sides[1])) else {
        return;
    };
    if before == after {
        return;
    }
    let text = |side, words: &[Word]| words.first().map(|&(at, word)| places[at].form(side).word(word).to_owned());
    reading.note(Facet::Polarity, text(Side::Old, &old), text(Side::New, &new));
    for (side, words) in [(Side::Old, old), (Side::New, new)] {
        for (at, word) in words {
            places[at].explain_at(side, |open| open == word);
        }
    }
}

fn is_negation(form: &Form<'_>, at: usize) -> bool {
    form.words.get(at).is_some_and(|word| word.is(WordClass::Negation))
        || form.senses.get(at).is_some_and(|sense| sense.negates())
}

/// Whether a word that is no negation tells something by itself.
fn tells(form: &Form<'_>, at: usize) -> bool {
    !is_negation(form, at) && form.senses.get(at).is_some_and(|sense| sense.is_content)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{details, each_has, facets};
    use crate::change::Facet::{Extent, Polarity};

    #[test]
    fn a_negation_inside_the_content_turns_it_round() {
        each_has(
            &[Polarity],
            &[
                ("en", "the thieves had help from inside", "the thieves had no help from inside"),
                ("en", "the crew will sign the letter", "the crew will not sign the letter"),
                ("ar", "الموازنة تسمح بزيادة هذا العام", "الموازنة لا تسمح بزيادة هذا العام"),
                ("ar", "الوفد سيوقع على الاتفاق", "الوفد لن يوقع على الاتفاق"),
                ("de", "die Brücke ist sicher genug", "die Brücke ist nicht sicher genug"),
                ("fr", "le pont est assez solide", "le pont n'est pas assez solide"),
            ],
        );
    }

    #[test]
    fn a_negated_clause_that_came_or_went_is_only_an_extent() {
        each_has(
            &[Extent],
            &[
                ("ar", "الوفد سيحمل ثلاثة مقترحات", "الوفد سيحمل ثلاثة مقترحات، ولن يوقع على أي منها قبل عرضها"),
                ("en", "the talks go on", "the talks go on, and the army will not leave the valley"),
            ],
        );
    }

    #[test]
    fn a_word_that_says_the_contrary_turns_the_content_round() {
        each_has(
            &[Polarity],
            &[
                ("en", "prices rose sharply in June", "prices fell sharply in June"),
                ("en", "the council approved the plan", "the council rejected the plan"),
                ("ar", "أسعار الخبز ارتفعت في الصيف", "أسعار الخبز انخفضت في الصيف"),
                ("ar", "المجلس وافق على الخطة", "المجلس رفض الخطة"),
                ("de", "die Preise sind im Juni gestiegen", "die Preise sind im Juni gefallen"),
                ("fr", "le conseil a approuvé le projet", "le conseil a rejeté le projet"),
            ],
        );
    }

    #[test]
    fn the_detail_names_the_two_words() {
        let told = details("en", "prices rose sharply", "prices fell sharply");
        assert_eq!((told[0].old.as_deref(), told[0].new.as_deref()), (Some("rose"), Some("fell")));
    }

    #[test]
    fn words_that_take_back_what_they_govern_turn_it_round() {
        assert!(facets("ar", "الوزير يوقع الاتفاق غدا", "الوزير يلغي الاتفاق غدا").contains(&Polarity));
        assert!(facets("en", "the minister met the union", "the minister avoided the union").contains(&Polarity));
    }
}
