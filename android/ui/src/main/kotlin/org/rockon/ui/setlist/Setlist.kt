package org.rockon.ui.setlist

import androidx.compose.runtime.Immutable
import kotlinx.datetime.toJavaLocalTime
import org.rockon.ChangesSinceSeen
import org.rockon.ItemBody
import org.rockon.ListStep
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.Setlist
import org.rockon.SetlistItem
import org.rockon.SetlistStatus
import org.rockon.ui.date
import org.rockon.ui.length
import org.rockon.ui.time

/**
 * @property isLoaded it is known whether the setlist is there
 * @property gone it is not there any more, or never was
 * @property date when its show is
 * @property length how long songs and breaks take, as far as that is known; null for nothing
 * @property times when its show starts and ends, as far as that is known
 * @property untimed songs without a length
 * @property rows what is played, in order
 * @property changes what is different since this member looked
 * @property seenBy who has looked at it
 * @property moved the item that was just moved, and where it is now: said to who cannot see it
 */
@Immutable
data class SetlistState(
    val isLoaded: Boolean = false,
    val gone: Gone? = null,
    val name: String = "",
    val notes: String? = null,
    val date: String? = null,
    val songs: Long = 0,
    val length: String? = null,
    val times: Times? = null,
    val untimed: Long = 0,
    val rows: List<ItemRow> = emptyList(),
    val changes: Changes? = null,
    val seenBy: List<Seen> = emptyList(),
    val moved: Moved? = null,
    val isArchived: Boolean = false,
    val isUnsent: Boolean = false,
    val mayEdit: Boolean = false,
    val failure: RockOnException? = null,
)

/** When it starts, and when it ends if nothing takes longer than it is long. */
@Immutable
data class Times(val start: String, val end: String?)

/** It is not there; with who deleted it, where that is known. */
@Immutable
data class Gone(val by: String?)

/**
 * What is different since one looked.
 *
 * @property name the name it has now, if it had another
 * @property isNoted its notes are others
 * @property by who did it, where that is known
 */
@Immutable
data class Changes(
    val name: String? = null,
    val isNoted: Boolean = false,
    val steps: List<ListStep> = emptyList(),
    val by: List<String> = emptyList(),
)

/** What is different of what is shown; null for nothing. */
internal fun ChangesSinceSeen.changes(list: Setlist): Changes? {
    val names = fields.map { it.field }
    val by = fields.mapNotNull { it.byName }.distinct()
    return Changes(list.name.takeIf { "name" in names }, "notes" in names, steps, by)
        .takeIf { it.name != null || it.isNoted || steps.isNotEmpty() }
}

/** Somebody who has looked, at what is shown now or at an earlier version of it. */
@Immutable
data class Seen(val name: String, val isCurrent: Boolean) {
    /** One letter of the first name and one of the last. */
    val initials: String
        get() {
            val words = name.split(' ').filter { it.isNotEmpty() }
            return listOfNotNull(words.firstOrNull(), words.drop(1).lastOrNull()).joinToString("") { it.letter }
        }

    private val String.letter: String get() = substring(0, offsetByCodePoints(0, 1)).uppercase()
}

/** What was moved to which place of how many. */
@Immutable
data class Moved(val item: String, val place: Int, val of: Int)

/** An item, ready to be drawn. */
@Immutable
sealed interface ItemRow {
    val id: String

    /** How it is edited; null for what cannot be. */
    val sort: ItemSort?

    /** @property number which song it is; [title] is null for one that is not there any more */
    data class Song(
        override val id: String,
        val number: Int,
        val song: RowId?,
        val title: String?,
        val artist: String? = null,
        val length: String? = null,
        val tempo: Long? = null,
        val key: String? = null,
        val notes: String? = null,
    ) : ItemRow {
        override val sort get() = ItemSort.SONG
    }

    data class Break(override val id: String, val minutes: Long, val notes: String? = null) : ItemRow {
        override val sort get() = ItemSort.BREAK
    }

    data class Section(override val id: String, val title: String) : ItemRow {
        override val sort get() = ItemSort.SECTION
    }

    /** Something that only a newer version knows. */
    data class Other(override val id: String) : ItemRow {
        override val sort get() = null
    }
}

internal fun SetlistState.with(list: Setlist) = copy(
    isLoaded = true,
    gone = null,
    name = list.name,
    notes = list.notes?.takeIf { it.isNotBlank() },
    date = list.showDate?.let { date(it) },
    songs = list.songs.toLong(),
    length = list.length,
    times = list.start?.let { start -> Times(time(start.toJavaLocalTime()), list.end?.let { time(it.toJavaLocalTime()) }) },
    untimed = list.untimed.toLong(),
    rows = list.items.rows(),
    isArchived = list.status == SetlistStatus.Archived,
    isUnsent = list.pending,
    failure = null,
)

/** How long its songs and breaks take, as far as that is known; null for nothing. */
internal val Setlist.length: String? get() = runningTime.takeIf { it > 0 }?.let(::length)

private fun List<SetlistItem>.rows(): List<ItemRow> {
    var number = 0
    return map { item ->
        when (val what = item.body) {
            is ItemBody.Song -> what.row(item.id, ++number)
            is ItemBody.Break -> ItemRow.Break(item.id, what.minutes, what.notes?.takeIf { it.isNotBlank() })
            is ItemBody.Section -> ItemRow.Section(item.id, what.title)
            is ItemBody.Other -> ItemRow.Other(item.id)
        }
    }
}

private fun ItemBody.Song.row(item: String, number: Int) =
    ItemRow.Song(item, number, id, title, artist, duration?.let(::length), tempo, key, notes?.takeIf { it.isNotBlank() })
