package org.rockon.ui

import org.rockon.RowId
import org.rockon.ScopeId

/** Where somebody can be. A place is a short text too, so that it outlives the process. */
sealed interface Place {
    /** The text. */
    val code: String

    /** The list of songs: where the app begins. */
    data object Songs : Place {
        override val code = "songs"
    }

    /** One song. */
    data class Song(
        val id: RowId,
    ) : Place {
        override val code = "song/$id"
    }

    /** The editor of a song. */
    data class EditSong(
        val id: RowId,
    ) : Place {
        override val code = "song/$id/edit"
    }

    /** The editor of a song that is not there yet. */
    data class NewSong(
        val scope: ScopeId,
    ) : Place {
        override val code = "new-song/$scope"
    }

    /** The session has ended on its own: the same person's password, please. */
    data object SignInAgain : Place {
        override val code = "sign-in"
    }

    companion object {
        /** What [code] says; null for what another version of the app has written. */
        fun of(code: String): Place? {
            val parts = code.split('/')
            return when {
                code == Songs.code -> Songs
                code == SignInAgain.code -> SignInAgain
                parts.size == 2 && parts[0] == "song" -> Song(RowId(parts[1]))
                parts.size == 3 && parts[0] == "song" && parts[2] == "edit" -> EditSong(RowId(parts[1]))
                parts.size == 2 && parts[0] == "new-song" -> NewSong(ScopeId(parts[1]))
                else -> null
            }
        }
    }
}

/** The places behind one another; the last is on screen. Never empty. */
internal data class Path(
    val places: List<Place> = listOf(Place.Songs),
) {
    val here: Place get() = places.last()

    val canGoBack: Boolean get() = places.size > 1

    fun to(place: Place): Path = if (place == here) this else Path(places + place)

    fun back(): Path = if (canGoBack) Path(places.dropLast(1)) else this

    /** There instead of here. */
    fun replacedBy(place: Place): Path = Path(places.dropLast(1) + place)

    val code: String get() = places.joinToString(" ") { it.code }

    companion object {
        fun of(code: String): Path = Path(code.split(' ').mapNotNull(Place::of).ifEmpty { listOf(Place.Songs) })
    }
}

/** How screens lead elsewhere. */
interface Go {
    fun to(place: Place)

    fun back()

    /** There, and back from there is where back from here was. */
    fun instead(place: Place)
}
