package org.rockon.ui.parts

import androidx.compose.foundation.layout.Box
import androidx.compose.material3.DropdownMenu
import androidx.compose.material3.DropdownMenuItem
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.semantics.CustomAccessibilityAction
import androidx.compose.ui.semantics.customActions
import androidx.compose.ui.semantics.semantics
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalTexts

/** Something that can be done: in a menu, and as an action for who cannot see or reach it. */
@Immutable
internal class MenuAct(val name: String, val onDo: () -> Unit)

/** What else can be done with something; with nothing to do, no button. */
@Composable
internal fun MoreMenu(acts: List<MenuAct>, of: String? = null) {
    if (acts.isEmpty()) return
    val more = LocalTexts.current.app.more
    Menu(Icons.more, if (of == null) more else "$more: $of") { close -> acts.forEach { MenuAct(it.name, it.onDo, close) } }
}

/** A sign with a menu under it; what is chosen there closes it, or leaves it open. */
@Composable
internal fun Menu(sign: ImageVector, name: String, content: @Composable (close: () -> Unit) -> Unit) {
    var isOpen by remember { mutableStateOf(false) }
    Box {
        SignButton(sign, name, { isOpen = true })
        DropdownMenu(isOpen, { isOpen = false }) { content { isOpen = false } }
    }
}

/** One thing to do of a menu, which closes. */
@Composable
internal fun MenuAct(name: String, act: () -> Unit, close: () -> Unit) = DropdownMenuItem(
    { Text(name, style = MaterialTheme.typography.bodyLarge) },
    onClick = {
        close()
        act()
    },
)

/** The same without a menu, on the row itself. */
internal fun Modifier.actions(acts: List<MenuAct>): Modifier =
    if (acts.isEmpty()) this else semantics { customActions = acts.map { it.action } }

private val MenuAct.action: CustomAccessibilityAction
    get() = CustomAccessibilityAction(name) {
        onDo()
        true
    }
