package org.rockon.ui.calendar

import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.lazy.LazyColumn
import androidx.compose.foundation.lazy.itemsIndexed
import androidx.compose.foundation.lazy.rememberLazyListState
import androidx.compose.material3.DropdownMenu
import androidx.compose.material3.DropdownMenuItem
import androidx.compose.material3.ExtendedFloatingActionButton
import androidx.compose.material3.HorizontalDivider
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.setValue
import androidx.compose.runtime.snapshotFlow
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.font.FontWeight
import androidx.compose.ui.text.style.TextDecoration
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.text
import org.rockon.ui.Frame
import org.rockon.ui.bands.BandBar
import org.rockon.ui.dayWords
import org.rockon.ui.fields.said
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.SignButton
import org.rockon.ui.parts.StatusStrip
import org.rockon.ui.parts.UnreadDot
import org.rockon.ui.parts.UnsentMark
import org.rockon.ui.songs.beside
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing
import java.time.LocalDate

/** What can be done there. */
@Immutable
data class CalendarActs(
    val onChoose: (ScopeId) -> Unit = {},
    val onOpen: (CalendarRow) -> Unit = {},
    val onSetlist: (RowId) -> Unit = {},
    val onShow: () -> Unit = {},
    val onPractice: () -> Unit = {},
    val onReach: (Int) -> Unit = {},
)

@Composable
fun CalendarScreen(model: CalendarModel, frame: Frame, modifier: Modifier = Modifier) {
    val state by model.state.collectAsStateWithLifecycle()
    val acts = remember(model) {
        CalendarActs(model::choose, model::open, model::setlist, model::addShow, model::addPractice, model::reached)
    }
    CalendarView(state, frame, acts, modifier)
}

@Composable
fun CalendarView(state: CalendarState, frame: Frame, acts: CalendarActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Scaffold(
        modifier,
        topBar = {
            Column {
                BandBar(state.bands, acts.onChoose)
                StatusStrip(frame)
            }
        },
        floatingActionButton = { if (state.mayAdd) Add(acts) },
    ) { padding ->
        val help = if (state.mayAdd) texts.calendar.emptyHint else texts.calendar.emptyViewer
        when {
            state.failure != null -> EmptyMessage(state.failure.text(texts.language), null, Modifier.padding(padding))

            state.isEmpty -> {
                EmptyMessage(
                    texts.calendar.empty,
                    help.takeIf { state.band?.isOwn == false },
                    Modifier.padding(padding),
                )
            }

            else -> Rows(state, acts, padding)
        }
    }
}

@Composable
private fun Add(acts: CalendarActs) {
    val texts = LocalTexts.current
    var isOpen by remember { mutableStateOf(false) }
    Box {
        ExtendedFloatingActionButton({ isOpen = true }) {
            Icon(Icons.add, contentDescription = null)
            Text(texts.app.add, Modifier.padding(start = Spacing.medium), style = MaterialTheme.typography.labelLarge)
        }
        DropdownMenu(isOpen, { isOpen = false }) {
            listOf(texts.calendar.addShow to acts.onShow, texts.calendar.addPractice to acts.onPractice).forEach { (name, act) ->
                DropdownMenuItem({ Text(name, style = MaterialTheme.typography.bodyLarge) }, {
                    isOpen = false
                    act()
                })
            }
        }
    }
}

@Composable
private fun Rows(state: CalendarState, acts: CalendarActs, padding: PaddingValues) {
    val list = rememberLazyListState()
    val reach by rememberUpdatedState(acts.onReach)
    LaunchedEffect(list) {
        snapshotFlow {
            list.layoutInfo.visibleItemsInfo
                .lastOrNull()
                ?.index ?: 0
        }.collect { reach(it) }
    }
    LazyColumn(Modifier.fillMaxSize().padding(padding), list, contentPadding = PaddingValues(bottom = 96.dp)) {
        itemsIndexed(state.rows, key = { _, row -> row.id.value }) { at, row ->
            if (row.isPast && state.rows.getOrNull(at - 1)?.isPast != true) Past()
            if (state.rows.hasHead(at)) Day(row, state.today)
            CalendarLine(row, acts)
            HorizontalDivider(Modifier.padding(start = EDGE), color = LocalColours.current.line)
        }
    }
}

@Composable
private fun Past() {
    Text(
        LocalTexts.current.calendar.past,
        Modifier.padding(start = EDGE, top = Spacing.screen).semantics { heading() },
        style = MaterialTheme.typography.titleLarge,
    )
}

@Composable
private fun Day(row: CalendarRow, today: LocalDate) {
    val texts = LocalTexts.current
    Text(
        row.day?.let { dayWords(it, today, texts.app) } ?: texts.calendar.noDate,
        Modifier.padding(start = EDGE, end = Spacing.large, top = Spacing.large, bottom = Spacing.small).semantics { heading() },
        color = LocalColours.current.run { if (row.day == today && !row.isPast) accent else textQuiet },
        style = MaterialTheme.typography.titleSmall,
    )
}

/** What is new at the left edge, then the time; a setlist is a tap away at the right. */
@Composable
private fun CalendarLine(row: CalendarRow, acts: CalendarActs) {
    val texts = LocalTexts.current
    val quiet = LocalColours.current.textQuiet
    Row(
        Modifier
            .fillMaxWidth()
            .clickable { acts.onOpen(row) }
            .heightIn(min = Sizes.row)
            .padding(vertical = Spacing.medium),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        Box(Modifier.width(EDGE), contentAlignment = Alignment.Center) { if (row.isUnread) UnreadDot() }
        Column(Modifier.weight(1f).padding(end = Spacing.medium), verticalArrangement = Arrangement.spacedBy(2.dp)) {
            Text(
                row.title.said(texts),
                color = if (row.isPast) quiet else LocalColours.current.text,
                fontWeight = if (row.isUnread) FontWeight.Bold else FontWeight.Medium,
                textDecoration = if (row.isCancelled) TextDecoration.LineThrough else null,
                style = MaterialTheme.typography.titleMedium,
                maxLines = 2,
                overflow = TextOverflow.Ellipsis,
            )
            if (row.isCancelled) {
                Text(texts.calendar.cancelled, color = LocalColours.current.danger, style = MaterialTheme.typography.bodyMedium)
            }
            Below(beside(row.time, row.where))
            Below(beside(*row.times.map { "${it.of.label(texts)} ${it.value}" }.toTypedArray()))
        }
        if (row.isUnsent) UnsentMark(Modifier.padding(end = Spacing.medium))
        row.setlist?.let { SignButton(Icons.setlists, texts.show.setlist, { acts.onSetlist(it) }) }
    }
}

@Composable
private fun Below(text: String) {
    if (text.isEmpty()) return
    Text(
        text,
        color = LocalColours.current.textQuiet,
        style = MaterialTheme.typography.bodyMedium,
        maxLines = 2,
        overflow = TextOverflow.Ellipsis,
    )
}

/** Where text begins: the dot of what is new stands before it. */
private val EDGE = 36.dp
