package org.rockon.ui.notices

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.material3.FilterChip
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import org.rockon.NoticeId
import org.rockon.ScopeId
import org.rockon.text
import org.rockon.ui.Frame
import org.rockon.ui.bands.title
import org.rockon.ui.dayWords
import org.rockon.ui.parts.BackBar
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.Heading
import org.rockon.ui.parts.Page
import org.rockon.ui.parts.Reached
import org.rockon.ui.parts.SignButton
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Stable
interface NoticesActs {
    /** Those of one band; null for all. */
    fun choose(band: ScopeId?) {}

    /** To look at a notice is to have seen it. What it is about is shown: at once, or as a list where it is much. */
    fun open(row: NoticeRow) {}

    fun open(waiting: Waiting) {}

    fun lead(to: Lead) {}

    fun see(notice: NoticeId) {}

    fun seeAll() {}

    /** A row this far down is on screen: the list grows before its end is. */
    fun reached(row: Int) {}

    fun allow() {}

    fun decline() {}

    fun openSettings() {}
}

@Composable
fun NoticesView(state: NoticesState, frame: Frame, acts: NoticesActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Page(
        {
            BackBar(texts.notices.title, null) {
                if (state.canClear) SignButton(Icons.checkAll, texts.notices.markAllSeen, acts::seeAll)
            }
        },
        modifier,
        Frame(frame.strip?.withoutWaiting(), frame.onStrip),
    ) { inside ->
        if (state.failure != null) EmptyMessage(state.failure.text(texts.language), null, inside) else Rows(state, acts, inside)
    }
}

/** The head is always there: what arrives at the top is seen where one is at the top, and moves nothing elsewhere. */
@Composable
private fun Rows(state: NoticesState, acts: NoticesActs, modifier: Modifier = Modifier) {
    val list = rememberLazyListState()
    Reached(list, acts::reached)
    LazyColumn(modifier.fillMaxSize(), list, contentPadding = PaddingValues(bottom = Spacing.huge)) {
        item(key = "head", contentType = "head") { Head(state, acts) }
        waiting(state, acts)
        items(state.rows, key = { it.id.value }, contentType = { "notice" }) { row ->
            row.day?.let { Named(dayWords(it, state.today, LocalTexts.current.app)) }
            NoticeLine(row, state, acts)
        }
        if (state.isEmpty) {
            item(key = "empty", contentType = "empty") {
                val texts = LocalTexts.current.notices
                EmptyMessage(texts.empty, texts.emptyHint, Modifier.fillParentMaxHeight(0.6f))
            }
        }
    }
}

private fun LazyListScope.waiting(state: NoticesState, acts: NoticesActs) {
    if (state.waiting.isEmpty()) return
    item(key = "waiting", contentType = "heading") { Named(LocalTexts.current.notices.waiting) }
    items(state.waiting, contentType = { "waiting" }) { WaitingLine(it, acts::open) }
}

/** In line with what the notices say. */
@Composable
private fun Named(words: String) = Heading(words, Modifier.padding(start = EDGE - Spacing.large))

@Composable
private fun Head(state: NoticesState, acts: NoticesActs) {
    Column(Modifier.padding(bottom = 1.dp)) {
        if (state.canFilter) Filters(state, acts)
        AllowedCard(state.allowed, acts)
    }
}

@Composable
private fun Filters(state: NoticesState, acts: NoticesActs) {
    FlowRow(Modifier.padding(horizontal = Spacing.large), Arrangement.spacedBy(Spacing.medium)) {
        Filter(LocalTexts.current.app.allBands, state.band == null) { acts.choose(null) }
        state.bands.forEach { band -> Filter(band.title(), state.band == band.id) { acts.choose(band.id) } }
    }
}

@Composable
private fun Filter(name: String, isChosen: Boolean, onClick: () -> Unit) {
    FilterChip(isChosen, onClick, { Text(name, Modifier.widthIn(max = 240.dp), maxLines = 1, overflow = TextOverflow.Ellipsis) })
}
