package org.rockon.ui.editor

import org.rockon.ui.song.SongField

/** States of the editor as it can be, for pictures and for tests. */
object EditorSamples {
    private val song =
        mapOf(
            SongField.TITLE to "Basket Case",
            SongField.ARTIST to "Green Day",
            SongField.KEY to "Eb",
            SongField.CAPO to "1",
            SongField.TEMPO to "170",
            SongField.METRE to "4/4",
            SongField.LENGTH to "3:01",
            SongField.DIFFICULTY to "3",
            SongField.GENRE to "Punk",
            SongField.NOTES to "Palm muted verse, drums come in at the second line.\nStop on the last line.",
        )

    val blank = EditorState(isNew = true)

    val normal =
        EditorState(
            isNew = false,
            isLoaded = true,
            fields = SongField.entries.map { Field(it, song[it].orEmpty(), song[it].orEmpty()) },
        )

    val touched = normal.with(SongField.TEMPO) { it.copy(text = "168") }

    val theirs =
        normal.with(SongField.KEY) { it.copy(text = "E", theirs = Theirs("D", "Sam")) }

    val wrong =
        normal
            .with(SongField.TITLE) { it.copy(text = "", wrong = Wrong(Wrong.What.NO_TITLE)) }
            .with(SongField.LENGTH) { it.copy(text = "three", wrong = Wrong(Wrong.What.NO_LENGTH)) }

    val deleted = touched.copy(deleted = Deleted("Sam"))

    val leaving = touched.copy(asksToDiscard = true)
}
