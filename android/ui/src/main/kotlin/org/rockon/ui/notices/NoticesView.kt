package org.rockon.ui.notices

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.LazyListScope
import androidx.compose.foundation.lazy.items
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Text
import androidx.compose.material3.TopAppBar
import androidx.compose.material3.TopAppBarDefaults
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.snapshotFlow
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.NoticeId
import org.rockon.text
import org.rockon.ui.Frame
import org.rockon.ui.dayWords
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.SignButton
import org.rockon.ui.parts.StatusStrip
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Immutable
data class NoticesActs(
    val onOpen: (NoticeRow) -> Unit = {},
    val onLead: (Lead) -> Unit = {},
    val onSee: (NoticeId) -> Unit = {},
    val onSeeAll: () -> Unit = {},
    val onWaiting: (Waiting) -> Unit = {},
    val onReach: (Int) -> Unit = {},
    val onAllow: () -> Unit = {},
    val onDecline: () -> Unit = {},
    val onSettings: () -> Unit = {},
)

@Composable
fun NoticesScreen(model: NoticesModel, frame: Frame, modifier: Modifier = Modifier) {
    val state by model.state.collectAsStateWithLifecycle()
    val acts = remember(model) {
        NoticesActs(
            model::open,
            model::lead,
            model::see,
            model::seeAll,
            model::open,
            model::reached,
            model::allow,
            model::decline,
            model::openSettings,
        )
    }
    NoticesView(state, Frame(frame.strip?.withoutWaiting(), frame.onStrip), acts, modifier)
}

@Composable
fun NoticesView(state: NoticesState, frame: Frame, acts: NoticesActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Scaffold(
        modifier,
        topBar = {
            Column {
                TopAppBar(
                    title = { Text(texts.notices.title, Modifier.semantics { heading() }) },
                    actions = { if (state.canClear) SignButton(Icons.checkAll, texts.notices.markAllSeen, acts.onSeeAll) },
                    colors = TopAppBarDefaults.topAppBarColors(containerColor = LocalColours.current.background),
                )
                StatusStrip(frame)
            }
        },
    ) { padding ->
        if (state.failure != null) {
            EmptyMessage(state.failure.text(texts.language), null, Modifier.padding(padding))
        } else {
            Rows(state, acts, padding)
        }
    }
}

/** The head is always there: what arrives at the top is seen where one is at the top, and moves nothing elsewhere. */
@Composable
private fun Rows(state: NoticesState, acts: NoticesActs, padding: PaddingValues) {
    val list = rememberLazyListState()
    val reach by rememberUpdatedState(acts.onReach)
    LaunchedEffect(list) {
        snapshotFlow {
            list.layoutInfo.visibleItemsInfo
                .lastOrNull()
                ?.index ?: 0
        }.collect { reach(it) }
    }
    LazyColumn(Modifier.fillMaxSize().padding(padding), list, contentPadding = PaddingValues(bottom = Spacing.huge)) {
        item(key = "head", contentType = "head") { Head(state, acts) }
        waiting(state, acts)
        items(state.rows, key = { it.id.value }, contentType = { "notice" }) { row ->
            row.day?.let { Heading(dayWords(it, state.today, LocalTexts.current.app)) }
            NoticeLine(row, state, acts)
        }
        if (state.isEmpty) {
            item(key = "empty", contentType = "empty") {
                EmptyMessage(
                    LocalTexts.current.notices.empty,
                    LocalTexts.current.notices.emptyHint,
                    Modifier.fillParentMaxHeight(0.6f),
                )
            }
        }
    }
}

private fun LazyListScope.waiting(state: NoticesState, acts: NoticesActs) {
    if (state.waiting.isEmpty()) return
    item(key = "waiting", contentType = "heading") { Heading(LocalTexts.current.notices.waiting) }
    items(state.waiting, contentType = { "waiting" }) { WaitingLine(it, acts.onWaiting) }
}

@Composable
private fun Heading(words: String) {
    Text(
        words,
        Modifier.padding(start = 36.dp, end = Spacing.large, top = Spacing.large, bottom = Spacing.small).semantics { heading() },
        color = LocalColours.current.textQuiet,
        style = MaterialTheme.typography.titleSmall,
    )
}

@Composable
private fun Head(state: NoticesState, acts: NoticesActs) {
    Column(Modifier.padding(bottom = 1.dp)) {
        AllowedCard(state.allowed, acts)
    }
}
