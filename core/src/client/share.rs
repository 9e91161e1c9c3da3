//! A song or a setlist for people outside the app.

use std::collections::HashMap;

use super::Workspace;
use crate::error::{Error, Result};
use crate::model::RowId;
use crate::store::{ItemBody, Reader, Setlist};
use crate::transfer;

impl Workspace {
    /// A song as plain text, in the language of the app: what is known of it, notes included.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not here; [`Error::Storage`].
    pub async fn song_text(&self, id: RowId) -> Result<String> {
        let song = self.store.read(move |reader| reader.song(id)).await?;
        let song = song.ok_or(Error::NotFound { what: "song" })?;
        Ok(transfer::song_text(&song, *self.language.borrow()))
    }

    /// A setlist as plain text, in the language of the app: songs numbered, with key, capo, tempo and length; breaks and
    /// sections; the running time.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not here; [`Error::Storage`].
    pub async fn setlist_text(&self, id: RowId) -> Result<String> {
        let (list, capos) = self.shared(id).await?;
        let language = *self.language.borrow();
        Ok(transfer::setlist_text(&list, &capos, language))
    }

    /// The same as a page of HTML for the system's printing: large, black on white; it runs and loads nothing.
    ///
    /// # Errors
    /// [`Error::NotFound`] when it is not here; [`Error::Storage`].
    pub async fn setlist_html(&self, id: RowId) -> Result<String> {
        let (list, capos) = self.shared(id).await?;
        let language = *self.language.borrow();
        Ok(transfer::setlist_html(&list, &capos, language))
    }

    async fn shared(&self, id: RowId) -> Result<(Setlist, HashMap<RowId, i64>)> {
        let read = self.store.read(move |reader| {
            let list = reader.setlist(id)?;
            let list = list.ok_or(Error::NotFound { what: "setlist" })?;
            let capos = capos(reader, &list)?;
            Ok((list, capos))
        });
        read.await
    }
}

/// The capos of a setlist's songs.
fn capos(reader: &Reader<'_>, list: &Setlist) -> Result<HashMap<RowId, i64>> {
    let mut capos = HashMap::new();
    for item in &list.items {
        if let ItemBody::Song { id: Some(id), .. } = item.body
            && let Some(capo) = reader.song(id)?.and_then(|song| song.capo)
        {
            capos.insert(id, capo);
        }
    }
    Ok(capos)
}
