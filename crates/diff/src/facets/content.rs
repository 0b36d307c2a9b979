//! Facets of the content: quote, quantity, date, negation, hedge, extent, wording.
//!
//! Each place where the words differ is read on its own: the functions below take from it the words they explain, in order;
//! what nobody explains is wording.

use std::ops::Range;

use isnad_core::{Quantity, Span, WordClass};

use super::{Form, Hunk, Pair, Reading, touches};
use crate::change::Facet;
use crate::key;

/// Words that come or go without replacement from this many on are a part of the content, not a turn of phrase.
const LEAST_EXTENT: usize = 3;

/// A place where the words differ, with the words that are still unexplained.
struct Open<'p> {
    pair: &'p Pair<'p>,
    hunk: &'p Hunk,
    old: Vec<bool>,
    new: Vec<bool>,
}

pub(super) fn read<'p>(pair: &'p Pair<'p>, reading: &mut Reading) {
    for hunk in &pair.hunks {
        let mut open = Open { pair, hunk, old: vec![true; hunk.old.len()], new: vec![true; hunk.new.len()] };
        open.quote(reading);
        open.date(reading);
        open.quantity(reading);
        open.negation(reading);
        open.hedge(reading);
        open.extent(reading);
        open.wording(reading);
    }
}

impl<'p> Open<'p> {
    /// Words replaced, added or dropped inside quotation marks. Numbers among them stay open for [`Self::quantity`].
    fn quote(&mut self, reading: &mut Reading) {
        let (old, new) = (&self.pair.old, &self.pair.new);
        let all_quoted = |form: &Form<'_>, range: &Range<usize>| range.clone().all(|word| form.is_quoted(word));
        let inside = all_quoted(old, &self.hunk.old) && all_quoted(new, &self.hunk.new);
        // Words that only came are inside the quotation if a word next to them is, on the other side.
        let beside = |form: &Form<'_>, range: &Range<usize>| {
            form.is_quoted(range.start) || (range.start > 0 && form.is_quoted(range.start - 1))
        };
        if !inside || !beside(old, &self.hunk.old) || !beside(new, &self.hunk.new) {
            return;
        }
        reading.note(Facet::Quote, old.text(self.hunk.old.clone()), new.text(self.hunk.new.clone()));
        self.explain(|word| !word.is_number());
    }

    /// Months, weekdays and years, and the numbers beside them.
    fn date(&mut self, reading: &mut Reading) {
        let dated = |form: &Form<'_>, range: &Range<usize>| range.clone().any(|word| is_date(form, word));
        if dated(&self.pair.old, &self.hunk.old) && dated(&self.pair.new, &self.hunk.new) {
            self.note(Facet::Date, reading);
            let (old, new) = (self.pair, self.hunk);
            for (at, word) in new.old.clone().enumerate() {
                self.old[at] &= !is_date(&old.old, word);
            }
            for (at, word) in new.new.clone().enumerate() {
                self.new[at] &= !is_date(&old.new, word);
            }
        }
    }

    /// Numbers, what bounds them and what they count.
    fn quantity(&mut self, reading: &mut Reading) {
        let pairs = self.quantity_pairs();
        for (old, new) in pairs {
            if same_quantity(old, new, self.pair) {
                continue;
            }
            reading.note(Facet::Quantity, Some(old.text.clone()), Some(new.text.clone()));
            let (old, new) = (Span::new(old.start, old.end), Span::new(new.start, new.end));
            self.explain_spans(old, new);
        }
        // A number that is no quantity on one of the sides: «12» → «a dozen».
        let numbers = |form: &Form<'_>, range: &Range<usize>, open: &[bool]| {
            range
                .clone()
                .zip(open)
                .any(|(word, open)| *open && form.words.get(word).is_some_and(|word| word.is_number()))
        };
        if numbers(&self.pair.old, &self.hunk.old, &self.old) && numbers(&self.pair.new, &self.hunk.new, &self.new) {
            self.note(Facet::Quantity, reading);
            self.explain(|word| word.is_number());
        }
    }

    /// The quantities the place touches on either side, one to one in their order.
    fn quantity_pairs(&self) -> Vec<(&'p Quantity, &'p Quantity)> {
        let of = |form: &'_ Form<'_>, range: &Range<usize>| -> Vec<usize> {
            let touched = |quantity: &Quantity| touches(form, range, Span::new(quantity.start, quantity.end));
            form.claim
                .quantities
                .iter()
                .enumerate()
                .filter(|(_, quantity)| touched(quantity))
                .map(|(at, _)| at)
                .collect()
        };
        let (old, new) = (of(&self.pair.old, &self.hunk.old), of(&self.pair.new, &self.hunk.new));
        let (olds, news) = (&self.pair.old.claim.quantities, &self.pair.new.claim.quantities);
        let both = |o: usize, n: usize| Some((olds.get(o)?, news.get(n)?));
        if !old.is_empty() && !new.is_empty() {
            return old.iter().zip(&new).filter_map(|(&o, &n)| both(o, n)).collect();
        }
        // Only a comparison came or went: the number itself stayed, and is the same quantity in both lists.
        if olds.len() != news.len() {
            return Vec::new();
        }
        old.iter().chain(&new).filter_map(|&at| both(at, at)).filter(|(old, new)| old.value == new.value).collect()
    }

    /// A negation that came or went: it turns the content round.
    fn negation(&mut self, reading: &mut Reading) {
        let count =
            |form: &Form<'_>, range: &Range<usize>| range.clone().filter(|&word| is_negation(form, word)).count();
        if count(&self.pair.old, &self.hunk.old) == count(&self.pair.new, &self.hunk.new) {
            return;
        }
        self.note(Facet::Polarity, reading);
        // The negated verb changes with it: سيوقع → لن يوقع, will → will not.
        if self.hunk.old.len() <= 3 && self.hunk.new.len() <= 3 {
            self.explain(|_| true);
        } else {
            self.explain(|word| word.is(WordClass::Negation));
        }
    }

    /// Words of doubt that came or went.
    fn hedge(&mut self, reading: &mut Reading) {
        let hedged = |form: &Form<'_>, range: &Range<usize>| {
            form.claim.hedges.iter().any(|hedge| touches(form, range, Span::new(hedge.start, hedge.end)))
        };
        let (old, new) = (hedged(&self.pair.old, &self.hunk.old), hedged(&self.pair.new, &self.hunk.new));
        if old == new {
            return;
        }
        self.note(Facet::Hedge, reading);
        if self.hunk.old.len() <= 2 && self.hunk.new.len() <= 2 {
            self.explain(|_| true);
            return;
        }
        let spans = |form: &Form<'_>| {
            form.claim.hedges.iter().map(|hedge| Span::new(hedge.start, hedge.end)).collect::<Vec<_>>()
        };
        for span in spans(&self.pair.old) {
            self.explain_spans(span, Span::new(0, 0));
        }
        for span in spans(&self.pair.new) {
            self.explain_spans(Span::new(0, 0), span);
        }
    }

    /// A part of the content that came or went.
    fn extent(&mut self, reading: &mut Reading) {
        let (old, new) = (self.left(&self.old), self.left(&self.new));
        let at_edge = self.hunk.old.start == 0
            || self.hunk.new.start == 0
            || self.hunk.old.end == self.pair.old.words.len()
            || self.hunk.new.end == self.pair.new.words.len();
        let one_sided = (old == 0) != (new == 0);
        if one_sided && (at_edge || old.max(new) >= LEAST_EXTENT) {
            self.note(Facet::Extent, reading);
            self.explain(|_| true);
        }
    }

    fn wording(&mut self, reading: &mut Reading) {
        if self.left(&self.old) + self.left(&self.new) > 0 {
            self.note(Facet::Wording, reading);
        }
    }

    fn left(&self, open: &[bool]) -> usize {
        open.iter().filter(|open| **open).count()
    }

    /// Marks the words for which `test` holds as explained.
    fn explain(&mut self, test: impl Fn(&key::KeyWord) -> bool) {
        for (form, range, open) in
            [(&self.pair.old, &self.hunk.old, &mut self.old), (&self.pair.new, &self.hunk.new, &mut self.new)]
        {
            for (word, open) in range.clone().zip(open) {
                *open &= !form.words.get(word).is_some_and(&test);
            }
        }
    }

    /// Marks the words inside the spans, one of each form, as explained.
    fn explain_spans(&mut self, old: Span, new: Span) {
        for (form, range, open, span) in
            [(&self.pair.old, &self.hunk.old, &mut self.old, old), (&self.pair.new, &self.hunk.new, &mut self.new, new)]
        {
            for (word, open) in range.clone().zip(open) {
                *open &= !form.words.get(word).is_some_and(|word| span.overlaps(word.span));
            }
        }
    }

    fn note(&self, facet: Facet, reading: &mut Reading) {
        let (old, new) = (self.pair.old.text(self.hunk.old.clone()), self.pair.new.text(self.hunk.new.clone()));
        reading.note(facet, old, new);
    }
}

/// Whether two quantities say the same, whatever they are written with.
fn same_quantity(old: &Quantity, new: &Quantity, pair: &Pair<'_>) -> bool {
    let unit = |quantity: &Quantity| quantity.unit.as_deref().map(|unit| key::key_of(unit, pair.pack));
    old.value == new.value && old.comparison == new.comparison && unit(old) == unit(new)
}

/// Whether the word belongs to a date: a month or weekday, a year, or a number beside a month.
fn is_date(form: &Form<'_>, at: usize) -> bool {
    let Some(word) = form.words.get(at) else { return false };
    let names = |word: &key::KeyWord| word.is(WordClass::Month) || word.is(WordClass::Weekday);
    let near_name = |at: usize| form.words.get(at).is_some_and(names);
    let in_quantity =
        form.claim.quantities.iter().any(|quantity| Span::new(quantity.start, quantity.end).overlaps(word.span));
    let year = word.key.len() == 4 && (word.key.starts_with("19") || word.key.starts_with("20"));
    names(word) || (word.is_number() && !in_quantity && (year || near_name(at + 1) || at > 0 && near_name(at - 1)))
}

fn is_negation(form: &Form<'_>, at: usize) -> bool {
    form.words.get(at).is_some_and(|word| word.is(WordClass::Negation))
}
