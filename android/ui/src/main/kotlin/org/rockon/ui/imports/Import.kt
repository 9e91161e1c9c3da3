package org.rockon.ui.imports

import androidx.compose.runtime.Immutable
import org.rockon.BadLine
import org.rockon.FilePlan
import org.rockon.ImportPlan
import org.rockon.RockOnException
import org.rockon.SongChoice
import org.rockon.Warning

/**
 * What files have in them, before anything of it is taken.
 *
 * @property isRead files were chosen and read
 * @property known how many of the songs are there already
 * @property choice what becomes of those
 * @property warningCount how many things there are to look at; [bad] and [warnings] are the first ones
 */
@Immutable
data class ImportState(
    val isRead: Boolean = false,
    val isBusy: Boolean = false,
    val files: List<FilePlan> = emptyList(),
    val songs: Int = 0,
    val known: Int = 0,
    val choice: SongChoice = SongChoice.SKIP,
    val bad: List<BadLine> = emptyList(),
    val warnings: List<Warning> = emptyList(),
    val warningCount: Int = 0,
    val failure: RockOnException? = null,
) {
    /** How many songs are taken. */
    val taken: Int get() = if (choice == SongChoice.SKIP) songs - known else songs
}

internal fun ImportState.with(plan: ImportPlan) = copy(
    isRead = true,
    isBusy = false,
    files = plan.files,
    songs = plan.songs.size,
    known = plan.songs.count { it.twin != null },
    bad = plan.bad,
    warnings = plan.warnings,
    warningCount = plan.warningCount + plan.badLines,
    failure = null,
)
