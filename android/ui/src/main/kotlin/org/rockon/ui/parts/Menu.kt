package org.rockon.ui.parts

import androidx.compose.foundation.layout.Box
import androidx.compose.material3.DropdownMenu
import androidx.compose.material3.DropdownMenuItem
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.graphics.vector.ImageVector

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
