package org.rockon.ui.song

import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.ui.Modifier
import org.rockon.text
import org.rockon.ui.Frame
import org.rockon.ui.detail.ChangesCard
import org.rockon.ui.detail.DetailColumn
import org.rockon.ui.detail.DetailHead
import org.rockon.ui.detail.DetailScaffold
import org.rockon.ui.detail.FactCards
import org.rockon.ui.detail.FactLine
import org.rockon.ui.detail.LastEditLine
import org.rockon.ui.detail.Notes
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.MenuAct
import org.rockon.ui.parts.MoreMenu
import org.rockon.ui.parts.SignButton
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalTexts

/** What can be done there. */
@Stable
interface SongActs {
    fun back() {}

    fun edit() {}

    fun dismiss() {}

    fun history() {}

    fun delete() {}

    /** As text, to another app. */
    fun share() {}
}

@Composable
fun SongView(state: SongState, frame: Frame, acts: SongActs, modifier: Modifier = Modifier) {
    DetailScaffold(
        frame,
        acts::back,
        modifier,
        actions = { if (state.isLoaded && !state.isGone) Actions(state, acts) },
    ) { padding ->
        when {
            state.failure != null -> EmptyMessage(state.failure.text(LocalTexts.current.language), null, padding)
            state.isGone -> EmptyMessage(LocalTexts.current.song.gone, null, padding)
            state.isLoaded -> Body(state, acts, padding)
        }
    }
}

@Composable
private fun Actions(state: SongState, acts: SongActs) {
    val texts = LocalTexts.current
    if (state.mayEdit) SignButton(Icons.edit, texts.app.edit, acts::edit)
    MoreMenu(
        listOfNotNull(
            MenuAct(texts.song.history, acts::history),
            MenuAct(texts.song.shareText, acts::share),
            MenuAct(texts.app.delete, acts::delete).takeIf { state.mayEdit },
        ),
    )
}

@Composable
private fun Body(state: SongState, acts: SongActs, modifier: Modifier = Modifier) {
    DetailColumn(modifier) {
        DetailHead(state.title, state.artist, state.isUnsent)
        if (state.changes.isNotEmpty()) ChangesCard(state.changes, acts::dismiss)
        FactCards(state.facts)
        state.notes?.let { Notes(it) }
        state.more.forEach { FactLine(it) }
        state.lastChange?.let { LastEditLine(it) }
    }
}
