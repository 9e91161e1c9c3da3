package org.rockon.ui.song

import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextOverflow
import org.rockon.WebLink
import org.rockon.WebLinkSort
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
import org.rockon.ui.texts.Texts
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

    /** In the browser. */
    fun open(link: WebLink) {}

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

/** A page on the web, by what is there. */
@Composable
private fun LinkLine(link: WebLink, onOpen: (WebLink) -> Unit) {
    val name = link.called(LocalTexts.current)
    val said = LocalTexts.current.song.linkOpen(name)
    TextButton({ onOpen(link) }, Modifier.semantics { contentDescription = said }) {
        Text(name, maxLines = 2, overflow = TextOverflow.Ellipsis)
    }
}

private fun WebLink.called(texts: Texts): String = when (sort) {
    WebLinkSort.LYRICS -> texts.song.linkLyrics
    WebLinkSort.CHORDS -> texts.song.linkChords
    WebLinkSort.RECORDING -> texts.song.linkRecording
    WebLinkSort.REFERENCE -> name
}

@Composable
private fun Body(state: SongState, acts: SongActs, modifier: Modifier = Modifier) {
    DetailColumn(modifier) {
        DetailHead(state.title, state.artist, state.isUnsent)
        if (state.changes.isNotEmpty()) ChangesCard(state.changes, acts::dismiss)
        FactCards(state.facts)
        state.notes?.let { Notes(it) }
        state.more.forEach { FactLine(it) }
        state.links.forEach { LinkLine(it, acts::open) }
        state.lastChange?.let { LastEditLine(it) }
    }
}
