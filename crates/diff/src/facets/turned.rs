//! Words that say the contrary of those they replace: the content is turned round, and its polarity with it.

use super::open::{MOST_IN_PLACE, Open};
use super::{Pair, Reading};
use crate::change::{Facet, Which};
use crate::meaning::{Alignment, MOST_COMPARED, Relation, Sense};

/// Words that come or go together from this many on are a clause; what it says went with it.
const CLAUSE: usize = 3;

/// So many content words away from a noun a verb can stand and still tell of it.
const REACH: usize = 2;

/// A word of one form: the place it is in, and its index in the form.
type Word = (usize, usize);

/// Reads the places, each kind of evidence only if none before it told anything.
pub(super) fn read(places: &mut [Open<'_>], answers: &Alignment, reading: &mut Reading) {
    contrary_in_place(places, reading);
    let sides = Which::BOTH.map(|side| unanswered(places, answers, side));
    if sides.iter().any(|words| words.len() > MOST_COMPARED) {
        return;
    }
    contrary_anywhere(places, &sides, reading);
    let readers = [taken_back, good_or_bad];
    for read in readers {
        if !reading.has(Facet::Polarity) {
            read(places, &sides, answers, reading);
        }
    }
    if !reading.has(Facet::Polarity)
        && let Some(pair) = places.first().map(|place| place.pair)
    {
        told_of_another(pair, answers, reading);
    }
}

/// An opposite in the very place of the other: two that changed places are both turned round.
fn contrary_in_place(places: &mut [Open<'_>], reading: &mut Reading) {
    for place in places {
        if Which::BOTH.into_iter().any(|side| place.open_content(side).nth(MOST_IN_PLACE).is_some()) {
            continue;
        }
        // `before` and `after` tell nothing by themselves, and are contraries.
        let words = |side| place.open(side).take(MOST_COMPARED).collect::<Vec<_>>();
        let (old, new) = (words(Which::Old), words(Which::New));
        for o in old {
            let before = &place.form(Which::Old).senses[o];
            let contrary = |n: &&usize| before.relation(&place.form(Which::New).senses[**n]) == Relation::Opposite;
            if let Some(&n) = new.iter().find(contrary) {
                note(reading, Some(place.form(Which::Old).word(o)), Some(place.form(Which::New).word(n)));
                place.explain_at(Which::Old, |word| word == o);
                place.explain_at(Which::New, |word| word == n);
            }
        }
    }
}

/// Opposites that nothing else answers, wherever they stand.
fn contrary_anywhere(places: &mut [Open<'_>], [old, new]: &[Vec<Word>; 2], reading: &mut Reading) {
    for &(at, o) in old {
        for &(other, n) in new {
            let open = |place: &Open<'_>, side, word| place.open(side).any(|open| open == word);
            let (before, after) = (&places[at].form(Which::Old).senses[o], &places[other].form(Which::New).senses[n]);
            let contrary = before.relation(after) == Relation::Opposite;
            if contrary && open(&places[at], Which::Old, o) && open(&places[other], Which::New, n) {
                let (from, to) = (places[at].form(Which::Old).word(o), places[other].form(Which::New).word(n));
                note(reading, Some(from), Some(to));
                places[at].explain_at(Which::Old, |word| word == o);
                places[other].explain_at(Which::New, |word| word == n);
            }
        }
    }
}

/// A word that takes back what it governs (`refuse`, «رفض») on one side, and none on the other.
fn taken_back(places: &mut [Open<'_>], sides: &[Vec<Word>; 2], answers: &Alignment, reading: &mut Reading) {
    let reversing = |side: Which, words: &[Word]| {
        let governs = governing(places, answers, side);
        words.iter().copied().chain(governs).find(|&(at, word)| places[at].form(side).senses[word].reverses())
    };
    let [old, new] = sides;
    let (side, (at, word), other) = match (reversing(Which::Old, old), reversing(Which::New, new)) {
        (Some(found), None) => (Which::Old, found, Which::New),
        (None, Some(found)) => (Which::New, found, Which::Old),
        _ => return,
    };
    // An answered one on the other side («لم» … «دون») already says no there.
    if places[at].form(other).senses.iter().any(Sense::reverses) {
        return;
    }
    // What alone stood in its place was taken back: passed → failed.
    let replaced: Vec<usize> = places[at].open_content(other).take(2).collect();
    let replaced =
        replaced.first().copied().filter(|_| replaced.len() == 1 && places[at].open_content(side).count() == 1);
    let text = Some(places[at].form(side).word(word));
    let instead = replaced.map(|word| places[at].form(other).word(word));
    match side {
        Which::Old => note(reading, text, instead),
        Which::New => note(reading, instead, text),
    }
    places[at].explain_at(side, |open| open == word);
    places[at].explain_at(other, |open| Some(open) == replaced);
}

/// Good news in the place of bad news.
fn good_or_bad(places: &mut [Open<'_>], sides: &[Vec<Word>; 2], _: &Alignment, reading: &mut Reading) {
    let news = |side: Which, words: &[Word]| {
        let favour = |&(at, word): &Word| places[at].form(side).senses[word].favour;
        let told: Vec<Word> = words.iter().copied().filter(|word| favour(word) != 0).collect();
        let first = favour(told.first()?);
        told.iter().all(|word| favour(word) == first).then_some((first, told))
    };
    let (Some((before, old)), Some((after, new))) = (news(Which::Old, &sides[0]), news(Which::New, &sides[1])) else {
        return;
    };
    if before == after {
        return;
    }
    let text = |side, words: &[Word]| words.first().map(|&(at, word)| places[at].form(side).word(word));
    note(reading, text(Which::Old, &old), text(Which::New, &new));
    for (side, words) in [(Which::Old, old), (Which::New, new)] {
        for (at, word) in words {
            places[at].explain_at(side, |open| open == word);
        }
    }
}

/// The contrary told of the same thing, though both words stand on both sides: «the dollar rises and gold falls» → «gold rises
/// as the dollar falls».
fn told_of_another(pair: &Pair<'_>, answers: &Alignment, reading: &mut Reading) {
    if answers.matched.len() > MOST_COMPARED {
        return;
    }
    let (old, new) = (Told::of(&pair.old.senses), Told::of(&pair.new.senses));
    for &(o, n) in &answers.matched {
        if let (Some(before), Some(after)) = (old.of_word(o), new.of_word(n))
            && pair.old.senses[before].relation(&pair.new.senses[after]) == Relation::Opposite
        {
            note(reading, Some(pair.old.word(before)), Some(pair.new.word(after)));
            return;
        }
    }
}

/// Which word of good or bad news tells of which other word.
struct Told<'s> {
    senses: &'s [Sense],
    content: Vec<usize>,
}

impl<'s> Told<'s> {
    fn of(senses: &'s [Sense]) -> Self {
        Self { senses, content: (0..senses.len()).filter(|&at| senses[at].is_content).collect() }
    }

    /// The nearest word of good or bad news to a word that is none; `None` if two are equally near.
    fn of_word(&self, word: usize) -> Option<usize> {
        let at = self.content.binary_search(&word).ok().filter(|_| self.senses[word].favour == 0)?;
        let tells = |place: Option<usize>| {
            place.and_then(|place| self.content.get(place)).copied().filter(|&word| self.senses[word].favour != 0)
        };
        (1..=REACH).find_map(|far| match (tells(at.checked_sub(far)), tells(Some(at + far))) {
            (Some(word), None) | (None, Some(word)) => Some(Some(word)),
            (Some(_), Some(_)) => Some(None),
            (None, None) => None,
        })?
    }
}

/// The unexplained words of one side that nothing answers, those of whole clauses left out.
fn unanswered(places: &[Open<'_>], answers: &Alignment, side: Which) -> Vec<Word> {
    let mut found = Vec::new();
    for (at, place) in places.iter().enumerate() {
        let words: Vec<Word> =
            place.open(side).filter(|word| answers.lacks(side, *word)).map(|word| (at, word)).collect();
        if !place.is_one_sided() || words.len() < CLAUSE {
            found.extend(words);
        }
    }
    found
}

/// Words of clauses that came or went, but right before one that stands on both sides: they govern what was told before.
fn governing(places: &[Open<'_>], answers: &Alignment, side: Which) -> Vec<Word> {
    let mut found = Vec::new();
    for (at, place) in places.iter().enumerate().filter(|(_, place)| place.is_one_sided()) {
        let senses = &place.form(side).senses;
        let next_is_answered = |word: &usize| {
            let next = (word + 1..senses.len()).find(|&next| senses[next].is_content);
            next.is_some_and(|next| !answers.lacks(side, next))
        };
        let open = place.open(side).filter(|word| answers.lacks(side, *word)).filter(next_is_answered);
        found.extend(open.map(|word| (at, word)));
    }
    found
}

fn note(reading: &mut Reading, old: Option<&str>, new: Option<&str>) {
    reading.note(Facet::Polarity, old.map(str::to_owned), new.map(str::to_owned));
}

#[cfg(test)]
mod tests {
    use super::super::testing::{details, each_has, facets};
    use crate::change::Facet::Polarity;

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

    #[test]
    fn contraries_that_changed_places_turn_both_round() {
        each_has(
            &[Polarity],
            &[
                ("en", "exports rose and imports fell", "exports fell and imports rose"),
                (
                    "ar",
                    "الصادرات ارتفعت في الشتاء الماضي والواردات انخفضت في الصيف",
                    "الصادرات انخفضت في الشتاء الماضي والواردات ارتفعت في الصيف",
                ),
            ],
        );
    }

    #[test]
    fn the_contrary_told_of_the_same_thing_turns_it_round_in_other_words_too() {
        assert!(facets("ar", "القمح يرتفع مع ضعف الروبل", "ارتفاع الروبل يهبط بأسعار القمح").contains(&Polarity));
        assert!(!facets("ar", "القمح يرتفع مع هبوط الروبل", "هبوط الروبل يدفع القمح للارتفاع").contains(&Polarity));
    }
}
