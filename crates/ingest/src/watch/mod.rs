//! Watching articles that may still change: how soon each is looked at again, and what is looked at next.
//!
//! Nothing here looks at the clock or asks the network: times come from the caller, so that a plan is the same for the same
//! past.
//!
//! ```
//! use chrono::{DateTime, TimeDelta, Utc};
//! use isnad_ingest::watch::{Pace, Past};
//!
//! let published: DateTime<Utc> = "2026-03-03T10:00:00Z".parse()?;
//! let (hour, week) = (published + TimeDelta::hours(1), published + TimeDelta::weeks(1));
//! let pace = Pace::default();
//! let fresh = pace.next(&Past { published: Some(published), ..Past::new(hour) }, 0.5);
//! let old = pace.next(&Past { published: Some(published), ..Past::new(week) }, 0.5);
//! assert_eq!(fresh.map(|next| next.every), Some(TimeDelta::minutes(10)));
//! assert_eq!(old.map(|next| next.every), Some(TimeDelta::hours(28)));
//! # Ok::<(), chrono::ParseError>(())
//! ```

mod pace;
mod schedule;

pub use pace::{Next, Pace, Past, Seen};
pub use schedule::{Schedule, Step, Task, WatchedArticle, WatchedSource};
