package org.rockon.ui.gig

import androidx.compose.runtime.Immutable
import org.rockon.ListStep
import org.rockon.RockOnException
import org.rockon.RowId

/**
 * A gig as it is played: pinned, so that nothing of it moves.
 *
 * @property page the page that is open, or with the number of pages the end
 * @property left seconds of music and breaks from this page on
 * @property isMoreLeft not every length is known: it is that much at least
 * @property clock the time of day, as the phone writes it
 * @property pause seconds that are left of the break that is open
 * @property update a newer version that waits to be taken
 * @property sheet what lies over the page
 * @property turnsByVolume the volume keys turn the page
 * @property isRotationLocked the page stays as the phone was held
 */
@Immutable
data class GigState(
    val isLoaded: Boolean = false,
    val setlist: RowId? = null,
    val name: String = "",
    val pages: List<Page> = emptyList(),
    val page: Int = 0,
    val left: Long = 0,
    val isMoreLeft: Boolean = false,
    val clock: String = "",
    val pause: Long? = null,
    val update: Update? = null,
    val sheet: Sheet? = null,
    val turnsByVolume: Boolean = false,
    val isRotationLocked: Boolean = false,
    val failure: RockOnException? = null,
) {
    val isAtEnd: Boolean get() = page >= pages.size
}

/** What lies over a page until it is closed. */
enum class Sheet { MENU, JUMP, UPDATE, LEAVE }

/** One item of the set. */
@Immutable
sealed interface Page {
    /** Its item in the setlist. */
    val item: String

    /** The section that begins here. */
    val section: String?

    /** A song; one that was deleted has no title. */
    @Immutable
    data class Song(
        override val item: String,
        val title: String?,
        val artist: String? = null,
        val key: String? = null,
        val capo: Long? = null,
        val tempo: Long? = null,
        val notes: String? = null,
        override val section: String? = null,
    ) : Page

    @Immutable
    data class Break(
        override val item: String,
        val minutes: Long,
        val notes: String? = null,
        override val section: String? = null,
    ) : Page

    /** A heading with nothing after it. */
    @Immutable
    data class Section(override val item: String, override val section: String) : Page
}

/**
 * A newer version of the setlist.
 *
 * @property by who made it
 * @property steps how it came from the one that is played
 */
@Immutable
data class Update(
    val by: String?,
    val added: Long = 0,
    val removed: Long = 0,
    val isReordered: Boolean = false,
    val isDeleted: Boolean = false,
    val steps: List<ListStep> = emptyList(),
)
