package org.rockon.ui

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.job
import kotlinx.coroutines.plus
import org.rockon.RockOn
import org.rockon.ui.device.Kept
import org.rockon.ui.editor.Edited
import org.rockon.ui.editor.EditorModel
import org.rockon.ui.song.SongModel
import org.rockon.ui.songs.SongsModel
import org.rockon.ui.welcome.WelcomeModel

/** A place with its model: what [AppView] draws. */
sealed interface Screen {
    val place: Place

    class Songs(
        override val place: Place,
        val model: SongsModel,
    ) : Screen

    class OneSong(
        override val place: Place,
        val model: SongModel,
    ) : Screen

    class Edit(
        override val place: Place,
        val model: EditorModel,
    ) : Screen

    class SignIn(
        override val place: Place,
        val model: WelcomeModel,
    ) : Screen
}

/** The models of the places that one has come through. Each runs until its place is left. */
internal class Screens(
    private val core: RockOn,
    private val kept: Kept,
    private val scope: CoroutineScope,
    private val go: Go,
    private val signIn: () -> WelcomeModel,
) {
    private class Open(
        val screen: Screen,
        val scope: CoroutineScope,
    )

    private val open = LinkedHashMap<Place, Open>()

    fun of(place: Place): Screen =
        open
            .getOrPut(place) {
                val own = scope + SupervisorJob(scope.coroutineContext.job)
                Open(make(place, own), own)
            }.screen

    fun keepOnly(places: List<Place>) {
        (open.keys - places.toSet()).forEach { open.remove(it)?.scope?.cancel() }
    }

    private fun make(
        place: Place,
        own: CoroutineScope,
    ): Screen =
        when (place) {
            is Place.Songs -> Screen.Songs(place, SongsModel(core, kept, own, go))
            is Place.Song -> Screen.OneSong(place, SongModel(core, place.id, own, go))
            is Place.EditSong -> Screen.Edit(place, EditorModel(core, Edited.Existing(place.id), kept, own, go))
            is Place.NewSong -> Screen.Edit(place, EditorModel(core, Edited.New(place.scope), kept, own, go))
            is Place.SignInAgain -> Screen.SignIn(place, signIn())
        }
}
