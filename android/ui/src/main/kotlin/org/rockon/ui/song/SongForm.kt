package org.rockon.ui.song

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RowId
import org.rockon.SongDraft
import org.rockon.ui.Place
import org.rockon.ui.fields.Form
import org.rockon.ui.fields.Row
import org.rockon.ui.songs.SongPlace
import org.rockon.ui.texts.Texts

/** The editor of a song. */
object SongForm : Form {
    override val kind = Kind.SONG
    override val columns = SongField.entries

    override fun place(id: RowId): Place = SongPlace(id)

    override fun feed(core: RockOn, id: RowId): Flow<Row?> = core.song(id).map { song ->
        song?.let { Row(it.scope, it.unread, it.pending) { of -> (of as SongField).of(it) } }
    }

    override fun draft() = SongDraft()

    override fun thing(texts: Texts): String = texts.song.thing

    override fun title(isNew: Boolean, texts: Texts): String = if (isNew) texts.songs.newTitle else texts.app.edit
}
