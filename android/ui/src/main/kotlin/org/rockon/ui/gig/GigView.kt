package org.rockon.ui.gig

import androidx.compose.foundation.focusable
import androidx.compose.foundation.gestures.detectTapGestures
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.pager.HorizontalPager
import androidx.compose.foundation.pager.PagerState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.Stable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableIntStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.setValue
import androidx.compose.runtime.snapshotFlow
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.focus.FocusRequester
import androidx.compose.ui.focus.focusRequester
import androidx.compose.ui.input.key.onPreviewKeyEvent
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.platform.LocalLayoutDirection
import androidx.compose.ui.semantics.CustomAccessibilityAction
import androidx.compose.ui.semantics.customActions
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.LayoutDirection
import org.rockon.text
import org.rockon.ui.parts.EmptyMessage
import org.rockon.ui.parts.MainButton
import org.rockon.ui.theme.LocalTexts

/** What can be done there. */
@Stable
interface GigActs {
    fun turn(page: Int) {}

    fun next() {}

    fun previous() {}

    fun show(sheet: Sheet?) {}

    /** What a newer version has: the song that is open stays open. */
    fun take() {}

    fun end() {}

    /** The system's way back never leads out by itself. */
    fun back() {}

    fun turnByVolume(on: Boolean) {}

    fun lockRotation(on: Boolean) {}
}

@Composable
fun GigView(state: GigState, acts: GigActs, modifier: Modifier = Modifier) {
    val keys = remember { Keys() }
    val focus = remember { FocusRequester() }
    LaunchedEffect(state.sheet) { focus.requestFocus() }
    Box(
        modifier
            .fillMaxSize()
            .onPreviewKeyEvent { event -> keys.pressed(event, state, acts) }
            .focusRequester(focus)
            .focusable()
            .safeDrawingPadding(),
    ) {
        when {
            state.failure != null -> Failed(state, acts)
            state.isLoaded -> Played(state, acts)
        }
        state.sheet?.let { SheetView(it, state, acts) }
    }
}

@Composable
private fun Failed(state: GigState, acts: GigActs) =
    EmptyMessage(state.failure?.text(LocalTexts.current.language).orEmpty(), null) {
        MainButton(LocalTexts.current.app.back, acts::back)
    }

/** What comes and goes has its room kept: nothing else moves for it. */
@Composable
private fun Played(state: GigState, acts: GigActs) {
    BoxWithConstraints {
        val isWide = maxWidth > maxHeight
        Column(Modifier.fillMaxSize()) {
            GigHead(state, acts) { if (isWide) Pill(state.update, acts, Modifier.weight(1f)) }
            if (!isWide) Pill(state.update, acts)
            Pages(state, acts, Modifier.weight(1f))
            GigFoot(state, acts)
        }
    }
}

@Composable
private fun Pages(state: GigState, acts: GigActs, modifier: Modifier = Modifier) {
    val count by rememberUpdatedState(state.pages.size + 1)
    val pager = remember { PagerState(state.page) { count } }
    Turning(pager, state.page, acts)
    HorizontalPager(pager, modifier, verticalAlignment = Alignment.Top) { at ->
        val page = state.pages.getOrNull(at)
        Box(Modifier.fillMaxSize().thirds(acts)) {
            if (page == null) EndView(acts::end) else PageView(page, state.pause.takeIf { at == state.page })
        }
    }
}

/** The pager follows the page that is open, and a finger that has moved it opens another. */
@Composable
private fun Turning(pager: PagerState, page: Int, acts: GigActs) {
    var known by remember { mutableIntStateOf(page) }
    LaunchedEffect(page) {
        known = page
        if (pager.currentPage != page) pager.scrollToPage(page)
    }
    val turn by rememberUpdatedState(acts::turn)
    LaunchedEffect(pager) {
        snapshotFlow { pager.settledPage }.collect { settled ->
            if (settled != known) {
                known = settled
                turn(settled)
            }
        }
    }
}

/** The third where reading ends leads on, the one where it begins leads back; a long touch anywhere leads to the list. */
@Composable
private fun Modifier.thirds(acts: GigActs): Modifier {
    val isMirrored = LocalLayoutDirection.current == LayoutDirection.Rtl
    val texts = LocalTexts.current.gig
    val actions = listOf(
        CustomAccessibilityAction(texts.forward) { true.also { acts.next() } },
        CustomAccessibilityAction(texts.previous) { true.also { acts.previous() } },
        CustomAccessibilityAction(texts.jump) { true.also { acts.show(Sheet.JUMP) } },
    )
    return pointerInput(acts, isMirrored) {
        detectTapGestures(
            onLongPress = { acts.show(Sheet.JUMP) },
            onTap = { at ->
                val part = (if (isMirrored) size.width - at.x else at.x) / size.width
                if (part > 2 / 3f) {
                    acts.next()
                } else if (part < 1 / 3f) {
                    acts.previous()
                }
            },
        )
    }.semantics { customActions = actions }
}
