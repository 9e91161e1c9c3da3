package org.rockon.ui

import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.lifecycle.compose.collectAsStateWithLifecycle
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import org.rockon.RockOnException
import org.rockon.ui.parts.doing

/**
 * What a screen shows, and what a person does there: one value that is drawn, and a function for each act.
 *
 * Owns the state. Never draws, and never decides what the core decides. Runs in [scope], which ends when its place is left; it is made
 * and called on the main thread.
 */
abstract class Model<S>(first: S, protected val scope: CoroutineScope) {
    private val now = MutableStateFlow(first)
    val state: StateFlow<S> = now.asStateFlow()

    /** The state of this moment. */
    protected val shown: S get() = now.value

    protected fun update(change: (S) -> S) = now.update(change)

    /** What the core refused, where nothing else is said of it. */
    protected abstract fun failed(failure: RockOnException)

    /** Does something with the core. */
    protected fun doing(call: suspend CoroutineScope.() -> Unit): Job = scope.doing(::failed, call)
}

/** A place where the state of [model] is drawn. */
internal fun <S> drawn(
    place: Place,
    model: Model<S>,
    isQuiet: Boolean = false,
    onBack: (() -> Unit)? = null,
    view: @Composable (S, Frame) -> Unit,
) = Screen(place, model, isQuiet, onBack) { frame ->
    val state by model.state.collectAsStateWithLifecycle()
    view(state, frame)
}
