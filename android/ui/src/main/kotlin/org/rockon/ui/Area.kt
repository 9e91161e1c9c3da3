package org.rockon.ui

import androidx.compose.runtime.Composable
import kotlinx.coroutines.CoroutineScope
import org.rockon.RockOn
import org.rockon.ui.band.BandArea
import org.rockon.ui.bands.Bands
import org.rockon.ui.calendar.CalendarArea
import org.rockon.ui.conflict.ConflictArea
import org.rockon.ui.device.Device
import org.rockon.ui.device.Kept
import org.rockon.ui.gig.GigArea
import org.rockon.ui.notices.NoticesArea
import org.rockon.ui.parts.Strip
import org.rockon.ui.rejected.RejectedArea
import org.rockon.ui.setlist.SetlistArea
import org.rockon.ui.setlists.SetlistsArea
import org.rockon.ui.settings.Chosen
import org.rockon.ui.settings.SettingsArea
import org.rockon.ui.songs.SongsArea
import org.rockon.ui.status.StatusArea
import org.rockon.ui.welcome.WelcomeArea
import org.rockon.ui.welcome.WelcomeModel

/** A part of the app: its places, and what is there. Its folder has one; [areas] lists them. */
internal interface Area {
    /** The tab that begins here; null where other screens lead here. */
    val begins: Begin? get() = null

    /** The place whose code has these parts; null for what is none of its own. */
    fun place(parts: List<String>): Place?

    /** What is at a place; null for what is none of its own. */
    fun screen(place: Place, of: Making): Screen?
}

/** A tab, and the place that it begins with. */
internal class Begin(val tab: Tab, val root: Place)

/** All areas. */
internal val areas: List<Area> = listOf(
    SetlistsArea,
    SetlistArea,
    SongsArea,
    CalendarArea,
    GigArea,
    BandArea,
    NoticesArea,
    ConflictArea,
    RejectedArea,
    WelcomeArea,
    StatusArea,
    SettingsArea,
)

/** The tabs that there are, in their order. */
internal val tabs: List<Tab> = Tab.entries.filter { tab -> areas.any { it.begins?.tab == tab } }

/** The place that [code] stands for; null for what another version of the app has written. */
internal fun placeOf(code: String): Place? = code.split('/').let { parts -> areas.firstNotNullOfOrNull { it.place(parts) } }

/** The number behind [word] in the parts of a code; null where it is of another place. */
internal fun List<String>.number(word: String): Long? = takeIf { it[0] == word }?.getOrNull(1)?.toLongOrNull()

/** What the model of a screen is made with. Its [scope] ends when its place is left for good. */
internal class Making(
    val core: RockOn,
    val device: Device,
    val chosen: Chosen,
    val kept: Kept,
    val scope: CoroutineScope,
    val go: Go,
    val bands: Bands,
    val signIn: () -> WelcomeModel,
)

/**
 * A place with its model, and how it is drawn.
 *
 * @property isQuiet nothing comes over it or beside it: no tabs, no banner
 * @property onBack what the system's own way back does first: an editor may have a question
 */
class Screen(
    val place: Place,
    val model: Any,
    val isQuiet: Boolean = false,
    val onBack: (() -> Unit)? = null,
    val draw: @Composable (Frame) -> Unit,
)

/**
 * What the app shows around a screen.
 *
 * @property strip what there is to say about the network and about what waits
 * @property onStrip the strip was touched
 */
class Frame(val strip: Strip?, val onStrip: () -> Unit)
