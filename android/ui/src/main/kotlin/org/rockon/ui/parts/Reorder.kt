package org.rockon.ui.parts

import androidx.compose.foundation.gestures.awaitEachGesture
import androidx.compose.foundation.gestures.awaitFirstDown
import androidx.compose.foundation.gestures.awaitLongPressOrCancellation
import androidx.compose.foundation.gestures.scrollBy
import androidx.compose.foundation.lazy.LazyListItemInfo
import androidx.compose.foundation.lazy.LazyListState
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.derivedStateOf
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableFloatStateOf
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.setValue
import androidx.compose.runtime.withFrameNanos
import androidx.compose.ui.Modifier
import androidx.compose.ui.hapticfeedback.HapticFeedbackType
import androidx.compose.ui.input.pointer.AwaitPointerEventScope
import androidx.compose.ui.input.pointer.PointerEventPass
import androidx.compose.ui.input.pointer.PointerId
import androidx.compose.ui.input.pointer.pointerInput
import androidx.compose.ui.input.pointer.positionChange
import androidx.compose.ui.platform.LocalHapticFeedback

/**
 * Rows of a lazy list in the order that a finger gives them. A row is held by a long press; the others make room, and near an
 * edge the list scrolls.
 *
 * Owns the order while a row is held, and afterwards until the list has it; says where the row was let go. Never changes the list.
 */
internal class Reorder<T>(private val list: LazyListState, private val key: (T) -> Any) {
    /** The rows as the finger has them; null while it is the list's own order. */
    var order by mutableStateOf<List<T>?>(null)
        private set

    /** The key of the row that is held. */
    var held by mutableStateOf<Any?>(null)
        private set

    /** Where the upper edge of the held row is. */
    private var top by mutableFloatStateOf(0f)
    private var from = -1

    /** How far the row of [key] is drawn from its place. */
    fun shift(key: Any): Float = if (key == held) place(key)?.let { top - it.offset } ?: 0f else 0f

    /** A finger has come down at [y] and stays; false where no row is. */
    fun hold(y: Float, rows: List<T>): Boolean {
        val row = list.layoutInfo.visibleItemsInfo.find { y.toInt() in it.offset..<it.offset + it.size } ?: return false
        from = rows.indexOfFirst { key(it) == row.key }
        if (from < 0) return false
        order = rows
        held = row.key
        top = row.offset.toFloat()
        return true
    }

    fun drag(by: Float) {
        top += by
        makeRoom()
    }

    /** The row is let go: the row and its new place, or null where it was before. */
    fun letGo(): Pair<T, Int>? {
        val rows = order.orEmpty()
        val to = rows.indexOfFirst { key(it) == held }
        held = null
        return if (to < 0 || to == from) null.also { order = null } else rows[to] to to
    }

    /** The list has an order of its own again. */
    fun arrived() {
        if (held == null) order = null
    }

    /** The row that is held lies over an edge. */
    val isOver by derivedStateOf { beyond() != 0f }

    /** With each frame, scrolls while the held row lies over an edge, and there is more beyond it. */
    suspend fun scroll() {
        while (isOver) {
            withFrameNanos {}
            if (list.scrollBy(beyond()) == 0f) return
            makeRoom()
        }
    }

    private fun beyond(): Float {
        val row = held?.let(::place) ?: return 0f
        val view = list.layoutInfo
        val above = view.viewportStartOffset - top
        val below = top + row.size - view.viewportEndOffset + view.afterContentPadding
        return when {
            above > 0 -> -above / SLOWLY
            below > 0 -> below / SLOWLY
            else -> 0f
        }
    }

    /** Changes places with the row whose middle was passed; not twice before it has been laid out. */
    private fun makeRoom() {
        val rows = order ?: return
        val row = held?.let(::place) ?: return
        val middle = top + row.size / 2f
        val at = rows.indexOfFirst { key(it) == held }
        val passed = list.layoutInfo.visibleItemsInfo.lastOrNull {
            val isBelow = it.index > row.index
            val its = it.offset + it.size / 2f
            it.key != held && if (isBelow) middle > its else it.index < row.index && middle < its
        } ?: return
        val to = rows.indexOfFirst { key(it) == passed.key }
        if (to < 0 || (to > at) != (passed.index > row.index)) return
        // The list keeps its place by its first row: when that is moved, it must not go with it.
        val first = list.firstVisibleItemIndex
        if (passed.index == first || row.index == first) list.requestScrollToItem(first, list.firstVisibleItemScrollOffset)
        order = rows.moved(at, to)
    }

    private fun place(key: Any): LazyListItemInfo? = list.layoutInfo.visibleItemsInfo.find { it.key == key }

    private companion object {
        /** In how many frames the list would scroll as far as the row lies over its edge. */
        const val SLOWLY = 8f
    }
}

/** The same with one row elsewhere. */
internal fun <T> List<T>.moved(from: Int, to: Int): List<T> = toMutableList().apply { add(to, removeAt(from)) }

@Composable
internal fun <T> rememberReorder(list: LazyListState, rows: List<T>, key: (T) -> Any): Reorder<T> {
    val reorder = remember(list) { Reorder(list, key) }
    LaunchedEffect(rows) { reorder.arrived() }
    LaunchedEffect(reorder.isOver) { reorder.scroll() }
    return reorder
}

/**
 * Lets a finger hold rows of the list that has this modifier. From then on its moves are for the row alone, however fast they are: the
 * list would take a fast one for a scroll, and a row its end for a touch.
 */
@Composable
internal fun <T> Modifier.reorders(reorder: Reorder<T>, rows: List<T>, onMove: (T, Int) -> Unit): Modifier {
    val now by rememberUpdatedState(rows)
    val move by rememberUpdatedState(onMove)
    val feel = LocalHapticFeedback.current
    return pointerInput(reorder) {
        awaitEachGesture {
            val down = awaitFirstDown(requireUnconsumed = false)
            val pressed = awaitLongPressOrCancellation(down.id) ?: return@awaitEachGesture
            if (!reorder.hold(pressed.position.y, now)) return@awaitEachGesture
            feel.performHapticFeedback(HapticFeedbackType.LongPress)
            try {
                follow(pressed.id) { reorder.drag(it) }
            } finally {
                reorder.letGo()?.let { (row, to) -> move(row, to) }
            }
        }
    }
}

/** What a finger does up and down until it is lifted. Nobody else is told of it. */
private suspend fun AwaitPointerEventScope.follow(finger: PointerId, onMove: (Float) -> Unit) {
    do {
        val change = awaitPointerEvent(PointerEventPass.Initial).changes.find { it.id == finger } ?: return
        onMove(change.positionChange().y)
        change.consume()
    } while (change.pressed)
}
