package org.rockon.ui.editor

import org.rockon.ui.detail.DetailSamples
import org.rockon.ui.fields.Choice
import org.rockon.ui.fields.text
import org.rockon.ui.practice.PracticeField
import org.rockon.ui.practice.PracticeForm
import org.rockon.ui.practice.WrapUpForm
import org.rockon.ui.show.ShowField
import org.rockon.ui.show.ShowForm
import org.rockon.ui.song.SongField
import org.rockon.ui.song.SongForm

/** States of the editor as it can be, for pictures and for tests. */
object EditorSamples {
    private val song = mapOf(
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

    val blank = EditorState(SongForm, isNew = true)

    val normal = EditorState(
        SongForm,
        isNew = false,
        isLoaded = true,
        fields = SongField.entries.map { Field(it, song[it].orEmpty(), song[it].orEmpty()) },
    )

    val touched = normal.with(SongField.TEMPO) { it.copy(text = "168") }

    val theirs = normal.with(SongField.KEY) { it.copy(text = "E", theirs = Theirs("D", "Sam")) }

    val wrong =
        normal
            .with(SongField.TITLE) { it.copy(text = "", wrong = Wrong(Wrong.What.MISSING)) }
            .with(SongField.LENGTH) { it.copy(text = "three", wrong = Wrong(Wrong.What.NO_LENGTH)) }

    val deleted = touched.copy(deleted = Deleted("Sam"))

    val leaving = touched.copy(asksToDiscard = true)

    val newShow = EditorState(ShowForm, isNew = true)

    private val crown = mapOf(
        ShowField.NAME to "The Crown",
        ShowField.DATE to "2026-12-05T20:00",
        ShowField.STATUS to "confirmed",
        ShowField.VENUE to "The Crown",
        ShowField.LOAD_IN to "17:30",
        ShowField.SET to "20:30",
        ShowField.DURATION to "150",
        ShowField.PAY to "450",
        ShowField.SETLIST to "60000000-0000-4000-8000-000000000001",
        ShowField.CONTACTS to DetailSamples.people.text(),
        ShowField.NOTES to "Bring our own monitors.",
    )

    val show = EditorState(
        ShowForm,
        isNew = false,
        isLoaded = true,
        fields = ShowField.entries.map { Field(it, crown[it].orEmpty(), crown[it].orEmpty()) },
        names = mapOf("60000000-0000-4000-8000-000000000001" to "The Crown, two sets"),
    )

    val showTheirs =
        show
            .with(ShowField.DATE) { it.copy(text = "2026-12-06T20:00", theirs = Theirs("2026-12-05T21:00", "Sam")) }
            .with(ShowField.STATUS) { it.copy(text = "cancelled", theirs = Theirs("completed", "Sam")) }

    val showDeleted =
        show
            .with(ShowField.PAY) {
                it.copy(text = "5oo", wrong = Wrong(Wrong.What.NO_NUMBER))
            }.copy(deleted = Deleted("Sam"))

    val newPractice = EditorState(PracticeForm, isNew = true)

    private val goals = listOf("Run both sets without stopping", "Ends of Zombie")

    val wrapUp =
        EditorState(WrapUpForm, isNew = false, isLoaded = true)
            .with(PracticeField.REACHED) { it.copy(text = goals[1], options = goals) }
            .with(PracticeField.RATING) { it.copy(text = "4") }
            .with(PracticeField.WRAP_UP) { it.copy(text = "Reptilia still drags.") }

    val picking =
        newPractice
            .with(PracticeField.SONGS) { it.copy(text = "1\n3") }
            .copy(
                picking = Picking(
                    PracticeField.SONGS,
                    "o",
                    listOf(Choice("1", "Acquiesce"), Choice("2", "Don't Look Back in Anger"), Choice("3", "Zombie")),
                ),
            )
}
