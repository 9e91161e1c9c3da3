//! Shows and practices in one list: what comes next is first.

use std::cmp::Ordering;

use super::super::row::Blob;
use super::super::tx::Reader;
use super::rows::ReadRow;
use super::{Practice, Show, in_scope, select, since};
use crate::error::Result;
use crate::model::ScopeId;
use crate::time::Timestamp;

/// One entry of the calendar. One that was called off stays at its place; its status says so.
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "ffi", derive(uniffi::Enum))]
pub enum CalendarEntry {
    /// A show.
    OfShow {
        /// The show.
        show: Show,
        /// Its time has passed.
        is_past: bool,
    },
    /// A practice.
    OfPractice {
        /// The practice.
        practice: Practice,
        /// Its time has passed.
        is_past: bool,
    },
}

impl CalendarEntry {
    /// When it is; `None` where that cannot be read.
    fn at(&self) -> Option<Timestamp> {
        match self {
            Self::OfShow { show, .. } => show.scheduled_date,
            Self::OfPractice { practice, .. } => practice.scheduled_date,
        }
    }
}

/// The parts of the calendar, in its order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    /// From now on, the earliest first.
    Upcoming,
    /// Before now, the latest first.
    Past,
    /// Without a time that can be read.
    Undated,
}

impl Part {
    const ALL: [Self; 3] = [Self::Upcoming, Self::Past, Self::Undated];

    /// Of the sort key, which begins with the year where there is a time; and the order within the part.
    fn sql(self) -> (&'static str, &'static str) {
        match self {
            Self::Upcoming => ("r.sort >= :now and r.sort < ':'", "r.sort, r.id"),
            Self::Past => ("r.sort < :now and r.sort >= '0'", "r.sort desc, r.id"),
            Self::Undated => ("(r.sort < '0' or r.sort >= ':') and :now > ''", "r.id"),
        }
    }

    fn sort(self, entries: &mut [CalendarEntry]) {
        let order: fn(&CalendarEntry, &CalendarEntry) -> Ordering = match self {
            Self::Upcoming => |one, other| one.at().cmp(&other.at()),
            Self::Past => |one, other| other.at().cmp(&one.at()),
            Self::Undated => return,
        };
        entries.sort_by(order);
    }
}

impl Reader<'_> {
    /// How many shows and practices there are.
    pub fn count_calendar(&self, scope: Option<ScopeId>) -> Result<u32> {
        let shows = self.count_rows::<Show>(scope, None)?;
        Ok(shows.saturating_add(self.count_rows::<Practice>(scope, None)?))
    }

    /// The first shows and practices: what comes, the next first; what has passed, the latest first; what has no time.
    pub fn calendar(
        &self,
        scope: Option<ScopeId>,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<CalendarEntry>> {
        let most = usize::try_from(limit).unwrap_or(usize::MAX);
        let mut all = Vec::new();
        for part in Part::ALL {
            if all.len() >= most {
                break;
            }
            let is_past = part == Part::Past;
            let shows = self.part::<Show>(scope, part, now, limit)?.into_iter();
            let practices = self.part::<Practice>(scope, part, now, limit)?.into_iter();
            let mut entries: Vec<CalendarEntry> = shows
                .map(|show| CalendarEntry::OfShow { show, is_past })
                .chain(practices.map(|practice| CalendarEntry::OfPractice { practice, is_past }))
                .collect();
            part.sort(&mut entries);
            all.extend(entries);
        }
        all.truncate(most);
        Ok(all)
    }

    fn part<T: ReadRow>(
        &self,
        scope: Option<ScopeId>,
        part: Part,
        now: Timestamp,
        limit: u32,
    ) -> Result<Vec<T>> {
        let (of_part, order) = part.sql();
        let sql = format!(
            "{} where {} and {of_part} order by {order} limit :limit",
            select::<T>(),
            in_scope(scope)
        );
        let (scope, now) = (scope.map(Blob::from), since(Some(now)));
        let args: [(&str, &dyn rusqlite::ToSql); 3] =
            [(":scope", &scope), (":now", &now), (":limit", &limit)];
        self.list(&sql, &args, T::read)
    }
}
