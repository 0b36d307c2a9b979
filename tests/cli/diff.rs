//! `isnad diff` on whole articles.
