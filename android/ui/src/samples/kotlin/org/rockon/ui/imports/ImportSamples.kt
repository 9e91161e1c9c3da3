package org.rockon.ui.imports

import org.rockon.BadLine
import org.rockon.FileKind
import org.rockon.FilePlan
import org.rockon.ImportError
import org.rockon.Meaning
import org.rockon.SongChoice
import org.rockon.Warning
import org.rockon.WarningKind

/** States of an import as it can be, for pictures and for tests. */
object ImportSamples {
    private val table = FilePlan(
        "songs.csv",
        null,
        FileKind.TABLE,
        "UTF-8",
        ",",
        1,
        emptyList(),
        listOf("Spotify", "Vocals"),
        42,
        hasChart = false,
    )
    private val picture = table.copy(name = "poster.pdf", failure = ImportError.NotText, ignored = emptyList(), songs = 0)

    val start = ImportState()

    val read = ImportState(
        isRead = true,
        files = listOf(table, picture),
        songs = 42,
        known = 3,
        choice = SongChoice.UPDATE,
        bad = listOf(BadLine(0, 17, "title", "A song needs a title.")),
        warnings = listOf(Warning(0, 20, Meaning.TEMPO, "fast", WarningKind.UNREADABLE)),
        warningCount = 2,
    )

    val nothing = ImportState(isRead = true, files = listOf(picture))
}
