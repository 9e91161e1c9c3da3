//! The language in which the member is told things, and notices said in it.

use tokio::sync::watch;

use super::{Client, Workspace};
use crate::error::Result;
use crate::feed::{Feed, Keyed};
use crate::model::{NoticeId, ScopeId};
use crate::notices::{SaidNotice, Untold};
use crate::speech::Language;
use crate::store::{ChangeSet, Topic};

impl Keyed for SaidNotice {
    type Key = NoticeId;

    fn key(&self) -> NoticeId {
        self.notice.id
    }
}

impl Client {
    /// From now on everything is said in this language: notices that are shown already are delivered again.
    pub fn set_language(&self, language: Language) {
        let differs = |now: &mut Language| std::mem::replace(now, language) != language;
        self.inner.language.send_if_modified(differs);
    }

    /// The language in which everything is said.
    #[must_use]
    pub fn language(&self) -> Language {
        *self.inner.language.borrow()
    }
}

impl Workspace {
    /// Notices for the system to show outside the app, the oldest first, at most `limit`: those that were neither seen nor
    /// taken here before. Taken once, they are never given again, unless one is news again.
    ///
    /// # Errors
    /// [`crate::Error::Storage`].
    pub async fn take_untold(&self, limit: u32) -> Result<Vec<Untold>> {
        let language = *self.language.borrow();
        let notices = self.sync.write(move |tx| tx.take_untold(limit)).await?;
        let untold = notices.iter().map(|notice| Untold::new(notice, language));
        Ok(untold.collect())
    }

    /// Notices of a band, or of all, in the language of the app, newest first, live; also when the language changes.
    #[must_use]
    pub fn said_notices(&self, limit: u32, scope: Option<ScopeId>) -> Feed<SaidNotice> {
        let concerns = |set: &ChangeSet| set.touches(Topic::Notices);
        let language = self.language.clone();
        let feed = Feed::new(&self.store, limit, concerns, move |reader, limit| {
            let language = *language.borrow();
            let said = reader.notices_in(scope, limit)?.into_iter();
            Ok(said
                .map(|notice| SaidNotice::new(notice, language))
                .collect())
        });
        feed.again_with(self.language.clone())
    }
}

/// The language of a client that is being opened.
pub(super) fn spoken(language: Option<Language>) -> watch::Sender<Language> {
    watch::Sender::new(language.unwrap_or_default())
}
