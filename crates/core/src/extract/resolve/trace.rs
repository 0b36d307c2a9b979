//! What the resolver considered on its way; nothing is noted unless it was asked for.

use std::cell::RefCell;

use super::discourse::{Discourse, Speaker};
use super::register::Entity;
use crate::extract::explain::{Candidate, Verdict};
use crate::span::Span;

/// Notes of whom the resolver passed over for which draft.
#[derive(Debug, Default)]
pub(super) struct Trace(Option<RefCell<Vec<(usize, Speaker, Verdict)>>>);

/// For one draft where its speaker is named, and who was passed over.
#[derive(Debug, Clone, Default)]
pub(in crate::extract) struct Considered {
    pub(in crate::extract) named_at: Option<Span>,
    pub(in crate::extract) candidates: Vec<Candidate>,
}

impl Trace {
    /// A trace that notes what it is told.
    pub(super) fn on() -> Self {
        Self(Some(RefCell::default()))
    }

    /// Notes that `speaker` was passed over for the draft `at`; the first ground counts.
    pub(super) fn pass_over(&self, at: usize, speaker: Speaker, verdict: Verdict) {
        if let Some(mut notes) = self.0.as_ref().and_then(|notes| notes.try_borrow_mut().ok()) {
            let known =
                notes.iter().rev().take_while(|(draft, ..)| *draft == at).any(|&(_, other, _)| other == speaker);
            if !known {
                notes.push((at, speaker, verdict));
            }
        }
    }
}

impl Discourse<'_> {
    /// What was considered for each draft, once all are resolved.
    pub(super) fn considered(&self) -> Vec<Considered> {
        let mut considered: Vec<Considered> = (0..self.drafts.len())
            .map(|at| Considered {
                named_at: self.speaker(at).map(|speaker| self.span(speaker)),
                ..Considered::default()
            })
            .collect();
        for at in 0..self.drafts.len() {
            self.bearers_of_a_tied_name(at).for_each(|entity| self.trace.pass_over(at, entity, Verdict::Rival));
        }
        let notes = self.trace.0.as_ref().map(RefCell::take).unwrap_or_default();
        for (at, speaker, verdict) in notes {
            // Who was passed over at first may have been taken in the end.
            if self.speaker(at) == Some(speaker) {
                continue;
            }
            if let Some(considered) = considered.get_mut(at) {
                let (name, named_at) = (self.text(speaker), self.span(speaker));
                considered.candidates.push(Candidate { name, named_at, verdict });
            }
        }
        considered
    }

    /// For a draft whose source is a name that several bear, so that nobody was taken: those who bear it.
    fn bearers_of_a_tied_name(&self, at: usize) -> impl Iterator<Item = Speaker> + '_ {
        let named = self.drafts.get(at).and_then(|draft| draft.source.named());
        let written = named.filter(|_| self.speaker(at).is_none()).and_then(|span| self.mention_of(span));
        let phrase = written.and_then(|mention| self.mentions.get(mention)).map(|mention| &mention.phrase);
        let bears =
            move |(_, entity): &(usize, &Entity)| phrase.is_some_and(|phrase| self.register.names(phrase, entity));
        self.register.entities.iter().enumerate().filter(bears).map(|(entity, _)| Speaker::Entity(entity))
    }
}
