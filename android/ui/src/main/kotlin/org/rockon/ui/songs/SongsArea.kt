package org.rockon.ui.songs

import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.ui.Area
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen
import org.rockon.ui.Tab
import org.rockon.ui.editor.Edited
import org.rockon.ui.editor.EditorModel
import org.rockon.ui.editor.EditorScreen
import org.rockon.ui.song.SongModel
import org.rockon.ui.song.SongScreen

/** The list of songs. */
data object SongsPlace : Place {
    override val code = "songs"
}

/** One song. */
data class SongPlace(
    val id: RowId,
) : Place {
    override val code = "song/$id"
}

/** The editor of a song. */
data class EditSongPlace(
    val id: RowId,
) : Place {
    override val code = "song/$id/edit"
}

/** The editor of a song that is not there yet. */
data class NewSongPlace(
    val scope: ScopeId,
) : Place {
    override val code = "new-song/$scope"
}

/** Songs: the list, one of them, and the editor. */
internal object SongsArea : Area {
    override val tab = Tab.SONGS
    override val root = SongsPlace

    override fun place(parts: List<String>): Place? =
        when {
            parts == listOf("songs") -> SongsPlace
            parts.size == 2 && parts[0] == "song" -> SongPlace(RowId(parts[1]))
            parts.size == 3 && parts[0] == "song" && parts[2] == "edit" -> EditSongPlace(RowId(parts[1]))
            parts.size == 2 && parts[0] == "new-song" -> NewSongPlace(ScopeId(parts[1]))
            else -> null
        }

    override fun screen(
        place: Place,
        of: Making,
    ): Screen? =
        when (place) {
            is SongsPlace -> {
                val model = SongsModel(of.core, of.kept, of.bands, of.scope, of.go)
                Screen(place, model) { SongsScreen(model, it) }
            }

            is SongPlace -> {
                val model = SongModel(of.core, place.id, of.scope, of.go)
                Screen(place, model) { SongScreen(model, it) }
            }

            is EditSongPlace -> {
                editor(place, Edited.Existing(place.id), of)
            }

            is NewSongPlace -> {
                editor(place, Edited.New(place.scope), of)
            }

            else -> {
                null
            }
        }

    private fun editor(
        place: Place,
        edited: Edited,
        of: Making,
    ): Screen {
        val model = EditorModel(of.core, edited, of.kept, of.scope, of.go)
        return Screen(place, model, isQuiet = true, onBack = model::close) { EditorScreen(model) }
    }
}
