package org.rockon.ui.gig

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.itemsIndexed
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.foundation.selection.toggleable
import androidx.compose.material3.OutlinedButton
import androidx.compose.material3.Switch
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.selected
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextOverflow
import org.rockon.ui.parts.MainButton
import org.rockon.ui.parts.SignButton
import org.rockon.ui.parts.words
import org.rockon.ui.songs.beside
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing
import org.rockon.ui.tokens.TypeScale

/** What lies over the page: one thing at a time, in the window of the page, so that keys and the way back stay ours. */
@Composable
internal fun SheetView(sheet: Sheet, state: GigState, acts: GigActs) {
    val texts = LocalTexts.current
    val at = state.page.takeIf { sheet == Sheet.JUMP } ?: 0
    Column(Modifier.fillMaxSize().background(LocalColours.current.background)) {
        Row(Modifier.fillMaxWidth().padding(start = Spacing.large), Arrangement.SpaceBetween, Alignment.CenterVertically) {
            Text(sheet.title(texts, state), Modifier.weight(1f).semantics { heading() }, style = TypeScale.gigNext)
            SignButton(Icons.close, texts.app.close, { acts.show(null) }, Modifier.size(Sizes.touchGig))
        }
        LazyColumn(state = rememberLazyListState(at)) {
            when (sheet) {
                Sheet.MENU -> menu(state, acts, texts)
                Sheet.JUMP -> jump(state, acts)
                Sheet.UPDATE -> update(state.update, acts, texts)
                Sheet.LEAVE -> leave(acts, texts)
            }
        }
    }
}

private fun Sheet.title(texts: Texts, state: GigState): String = when (this) {
    Sheet.MENU -> state.name
    Sheet.JUMP -> texts.gig.jump
    Sheet.UPDATE -> state.update?.words(texts).orEmpty()
    Sheet.LEAVE -> texts.gig.leaveAsk
}

private fun LazyListScope.menu(state: GigState, acts: GigActs, texts: Texts) {
    item { Line(texts.gig.jump, Modifier.clickable { acts.show(Sheet.JUMP) }) }
    item { Choice(texts.gig.volumeKeys, state.turnsByVolume, acts::turnByVolume) }
    item { Choice(texts.gig.lockRotation, state.isRotationLocked, acts::lockRotation) }
    item { Line(texts.gig.leave, Modifier.clickable { acts.show(Sheet.LEAVE) }) }
}

private fun LazyListScope.jump(state: GigState, acts: GigActs) =
    itemsIndexed(state.pages, key = { _, page -> page.item }) { at, page ->
        val isHere = at == state.page
        Line(
            beside("${at + 1}", page.name(LocalTexts.current), (page as? Page.Song)?.key),
            Modifier
                .background(if (isHere) LocalColours.current.chosenGround else LocalColours.current.background)
                .clickable { acts.turn(at) }
                .semantics { selected = isHere },
        )
    }

private fun LazyListScope.update(update: Update?, acts: GigActs, texts: Texts) {
    items(update?.steps.orEmpty()) { Line(it.words(texts)) }
    item {
        Choices {
            if (update?.isDeleted == false) MainButton(texts.gig.takeUpdate, acts::take, wide)
            Other(texts.gig.keep) { acts.show(null) }
        }
    }
}

private fun LazyListScope.leave(acts: GigActs, texts: Texts) {
    item { Line(texts.gig.leaveHint) }
    item {
        Choices {
            MainButton(texts.gig.goOn, { acts.show(null) }, wide)
            Other(texts.gig.leave, acts::end)
        }
    }
}

private val wide = Modifier.fillMaxWidth().heightIn(min = Sizes.touchGig)

@Composable
private fun Choices(content: @Composable ColumnScope.() -> Unit) =
    Column(Modifier.padding(Spacing.large), Arrangement.spacedBy(Spacing.huge), content = content)

@Composable
private fun Other(text: String, onClick: () -> Unit) = OutlinedButton(onClick, wide) { Text(text) }

@Composable
private fun Choice(name: String, isOn: Boolean, onChange: (Boolean) -> Unit) {
    Row(
        Modifier.toggleable(isOn, role = Role.Switch, onValueChange = onChange).padding(end = Spacing.large),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        Line(name, Modifier.weight(1f))
        Switch(isOn, onCheckedChange = null)
    }
}

@Composable
private fun Line(text: String, modifier: Modifier = Modifier) {
    Row(
        modifier.fillMaxWidth().heightIn(min = Sizes.touchGig).padding(horizontal = Spacing.large),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        Text(text, style = TypeScale.gigNext, maxLines = 3, overflow = TextOverflow.Ellipsis)
    }
}
