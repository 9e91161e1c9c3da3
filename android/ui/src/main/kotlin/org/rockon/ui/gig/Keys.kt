package org.rockon.ui.gig

import androidx.compose.ui.input.key.Key
import androidx.compose.ui.input.key.KeyEvent
import androidx.compose.ui.input.key.KeyEventType
import androidx.compose.ui.input.key.key
import androidx.compose.ui.input.key.type

/** Pedals and keyboards: they send the keys of a keyboard. One that is held turns one page. */
internal class Keys {
    private var held: Key? = null

    /** True when the key was ours: nobody else gets it. */
    fun pressed(event: KeyEvent, state: GigState, acts: GigActs): Boolean {
        if (state.sheet != null) return false
        val turn = event.key.turn(state.turnsByVolume, acts) ?: return false
        if (event.type == KeyEventType.KeyDown && event.key != held) turn()
        held = event.key.takeIf { event.type == KeyEventType.KeyDown }
        return true
    }

    private fun Key.turn(withVolume: Boolean, acts: GigActs): (() -> Unit)? = when (this) {
        Key.DirectionRight, Key.DirectionDown, Key.PageDown, Key.Spacebar, Key.Enter, Key.NumPadEnter -> acts::next
        Key.DirectionLeft, Key.DirectionUp, Key.PageUp -> acts::previous
        Key.VolumeDown -> acts::next.takeIf { withVolume }
        Key.VolumeUp -> acts::previous.takeIf { withVolume }
        else -> null
    }
}
