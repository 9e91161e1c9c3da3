package org.rockon.ui.bands

import androidx.compose.foundation.layout.PaddingValues
import androidx.compose.foundation.layout.RowScope
import androidx.compose.material3.DropdownMenu
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.remember
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextOverflow
import org.rockon.ScopeId
import org.rockon.ui.parts.HeadBar
import org.rockon.ui.parts.MenuAct
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** One's own songs are called the same everywhere. */
@Composable
fun BandChoice?.title(): String = if (this?.isOwn == true) LocalTexts.current.app.mine else this?.name.orEmpty()

/** The bar at the head of a tab: the band, which can be switched where there is more than one. */
@Composable
fun BandBar(
    bands: BandsState,
    onChoose: (ScopeId) -> Unit,
    modifier: Modifier = Modifier,
    actions: @Composable RowScope.() -> Unit = {},
) {
    HeadBar(
        {
            if (bands.canSwitch) {
                Switcher(bands, onChoose)
            } else {
                Text(bands.chosen.title(), maxLines = 1, overflow = TextOverflow.Ellipsis)
            }
        },
        modifier,
        actions = actions,
    )
}

@Composable
private fun Switcher(bands: BandsState, onChoose: (ScopeId) -> Unit) {
    val name = "${LocalTexts.current.app.chooseBand}: ${bands.chosen.title()}"
    var isOpen by remember { mutableStateOf(false) }
    TextButton(
        { isOpen = true },
        Modifier.semantics { contentDescription = name },
        contentPadding = PaddingValues(end = Spacing.medium),
    ) {
        Text(
            bands.chosen.title(),
            Modifier.weight(1f, fill = false),
            color = LocalColours.current.text,
            style = MaterialTheme.typography.titleLarge,
            maxLines = 1,
            overflow = TextOverflow.Ellipsis,
        )
        Icon(Icons.down, contentDescription = null)
    }
    DropdownMenu(isOpen, { isOpen = false }) {
        bands.all.forEach { band -> MenuAct(band.title(), { onChoose(band.id) }) { isOpen = false } }
    }
}
