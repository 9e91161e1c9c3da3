package org.rockon.ui

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.launch
import org.rockon.text
import org.rockon.ui.parts.doing
import org.rockon.ui.texts.Texts
import kotlin.time.Duration.Companion.seconds

/**
 * What was just done, at the foot of the screen for six seconds.
 *
 * @property words what was done
 * @property undo takes it back; null where it cannot be
 * @property finish does what waited for the bar to go, where taking it back means not to have done it
 */
class Bar(val undo: (suspend () -> Unit)? = null, val finish: suspend () -> Unit = {}, val words: (Texts) -> String)

/** Shows one [Bar] at a time: a new one ends the one before. */
internal class Bars(private val scope: CoroutineScope) {
    private val now = MutableStateFlow<Bar?>(null)
    val state: StateFlow<Bar?> = now.asStateFlow()

    private var waiting: Job? = null

    fun show(bar: Bar) {
        end()
        now.value = bar
        waiting = scope.launch {
            delay(SHOWN)
            end()
        }
    }

    /** Takes it back. What the core refuses is told by the next bar. */
    fun undo() {
        val bar = taken() ?: return
        scope.doing({ failure -> show(Bar { failure.text(it.language) }) }) { bar.undo?.invoke() }
    }

    /** The bar goes; what waited for it is done. */
    fun end() {
        val bar = taken() ?: return
        scope.doing({ failure -> show(Bar { failure.text(it.language) }) }) { bar.finish() }
    }

    private fun taken(): Bar? {
        waiting?.cancel()
        return now.value.also { now.value = null }
    }

    private companion object {
        /** Long enough to read and to reach it. */
        val SHOWN = 6.seconds
    }
}
