package org.rockon.ui

import androidx.compose.material3.Badge
import androidx.compose.material3.BadgedBox
import androidx.compose.material3.Icon
import androidx.compose.material3.NavigationBar
import androidx.compose.material3.NavigationBarItem
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Modifier
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.clearAndSetSemantics
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.Density
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.combine
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.UnreadCount
import org.rockon.ui.texts.AppTexts
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts

/** What is new in each tab, as the core has it. */
internal fun RockOn.badges(): Flow<Map<Tab, Int>> = combine(unread(), unseenNotices()) { rows, notices ->
    fun of(vararg kinds: Kind) = rows.filter { it.kind in kinds }.sumOf(UnreadCount::count)
    mapOf(
        Tab.SETLISTS to of(Kind.SETLIST),
        Tab.SONGS to of(Kind.SONG),
        Tab.CALENDAR to of(Kind.SHOW, Kind.PRACTICE),
        Tab.NOTICES to notices,
    )
}

private fun Tab.face(texts: AppTexts): Pair<ImageVector, String> = when (this) {
    Tab.SETLISTS -> Icons.setlists to texts.tabSetlists
    Tab.SONGS -> Icons.songs to texts.tabSongs
    Tab.CALENDAR -> Icons.calendar to texts.tabCalendar
    Tab.NOTICES -> Icons.notices to texts.tabNotices
    Tab.BAND -> Icons.band to texts.tabBand
}

/** The tabs at the foot, each with what is new in it. */
@Composable
internal fun TabBar(chosen: Tab, badges: Map<Tab, Int>, onChoose: (Tab) -> Unit) {
    NavigationBar(containerColor = LocalColours.current.surface) {
        tabs.forEach { tab ->
            val (sign, name) = tab.face(LocalTexts.current.app)
            NavigationBarItem(
                selected = tab == chosen,
                onClick = { onChoose(tab) },
                icon = { Sign(sign, badges[tab] ?: 0) },
                label = { Label(name) },
            )
        }
    }
}

@Composable
private fun Sign(sign: ImageVector, count: Int) {
    val words = LocalTexts.current.app.unreadCount(count.toLong())
    BadgedBox({
        if (count > 0) {
            Badge(Modifier.semantics { contentDescription = words }) { Text(badge(count), Modifier.clearAndSetSemantics {}) }
        }
    }) { Icon(sign, contentDescription = null) }
}

/** More than this is not read but seen. */
private fun badge(count: Int) = if (count > 99) "99+" else "$count"

/** Five names share the width: they grow only a little with the text. */
@Composable
private fun Label(name: String) {
    val density = LocalDensity.current
    CompositionLocalProvider(LocalDensity provides Density(density.density, density.fontScale.coerceAtMost(1.3f))) {
        Text(name, maxLines = 1, overflow = TextOverflow.Ellipsis)
    }
}
