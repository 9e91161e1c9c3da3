package org.rockon.ui.songs

import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.ui.Area
import org.rockon.ui.Begin
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen
import org.rockon.ui.Tab
import org.rockon.ui.drawn
import org.rockon.ui.editor.Edited
import org.rockon.ui.editor.editor
import org.rockon.ui.imports.ImportModel
import org.rockon.ui.imports.ImportScreen
import org.rockon.ui.song.HistoryModel
import org.rockon.ui.song.HistoryView
import org.rockon.ui.song.SongForm
import org.rockon.ui.song.SongModel
import org.rockon.ui.song.SongView

/** The list of songs. */
data object SongsPlace : Place {
    override val code = "songs"
}

/** One song. */
data class SongPlace(val id: RowId) : Place {
    override val code = "song/$id"
}

/** The editor of a song. */
data class EditSongPlace(val id: RowId) : Place {
    override val code = "song/$id/edit"
}

/** The editor of a song that is not there yet. */
data class NewSongPlace(val scope: ScopeId) : Place {
    override val code = "new-song/$scope"
}

/** What was done to a song. */
data class SongHistoryPlace(val id: RowId) : Place {
    override val code = "song/$id/history"
}

/** Songs from files. */
data class ImportPlace(val scope: ScopeId) : Place {
    override val code = "import/$scope"
}

/** Songs: the list, one of them, and the editor. */
internal object SongsArea : Area {
    override val begins = Begin(Tab.SONGS, SongsPlace)

    override fun place(parts: List<String>): Place? = when {
        parts == listOf("songs") -> SongsPlace
        parts.size == 2 && parts[0] == "song" -> SongPlace(RowId(parts[1]))
        parts.size == 3 && parts[0] == "song" && parts[2] == "edit" -> EditSongPlace(RowId(parts[1]))
        parts.size == 3 && parts[0] == "song" && parts[2] == "history" -> SongHistoryPlace(RowId(parts[1]))
        parts.size == 2 && parts[0] == "import" -> ImportPlace(ScopeId(parts[1]))
        parts.size == 2 && parts[0] == "new-song" -> NewSongPlace(ScopeId(parts[1]))
        else -> null
    }

    override fun screen(place: Place, of: Making): Screen? = when (place) {
        is SongsPlace -> {
            val model = SongsModel(of.core, of.kept, of.bands, of.scope, of.go)
            drawn(place, model, onBack = model::back) { state, frame -> SongsView(state, frame, model) }
        }

        is SongPlace -> {
            val model = SongModel(of.core, place.id, of.device.outside, of.scope, of.go)
            drawn(place, model) { state, frame -> SongView(state, frame, model) }
        }

        is SongHistoryPlace -> {
            val model = HistoryModel(of.core, place.id, of.scope, of.go)
            drawn(place, model) { state, _ -> HistoryView(state, model::back) }
        }

        is ImportPlace -> {
            val model = ImportModel(of.core, place.scope, of.device.files, of.scope, of.go)
            Screen(place, model) { ImportScreen(model) }
        }

        is EditSongPlace -> editor(place, SongForm, Edited.Existing(place.id), of)

        is NewSongPlace -> editor(place, SongForm, Edited.New(place.scope), of)

        else -> null
    }
}
