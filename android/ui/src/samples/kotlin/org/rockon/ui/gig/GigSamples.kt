package org.rockon.ui.gig

import org.rockon.ListItem
import org.rockon.ListStep
import org.rockon.RowId

/** States of a gig as it can be, for pictures and for tests. */
object GigSamples {
    private val pages = listOf(
        Page.Song("1", "Acquiesce", "Oasis", "G", tempo = 127),
        Page.Song(
            "2",
            "Basket Case",
            "Green Day",
            "Eb",
            capo = 1,
            tempo = 170,
            notes = "Liv counts in.\nPalm muted verse, drums come in at the second line. Stop on the last line.",
        ),
        Page.Break("3", 15, "Sound check of the second guitar. Drinks are at the back door."),
        Page.Song("4", "Wonderwall", "Oasis", "F#m", capo = 2, tempo = 87, section = "Second set"),
        Page.Section("5", "Encore"),
    )

    val normal = GigState(
        isLoaded = true,
        setlist = RowId("e0000000-0000-4000-8000-000000000001"),
        name = "Town hall, Friday",
        pages = pages,
        page = 1,
        left = 4_380,
        clock = "21:14",
    )

    val first = normal.copy(page = 0)
    val pause = normal.copy(page = 2, pause = 754)
    val pauseOver = normal.copy(page = 2, pause = 0)
    val newSection = normal.copy(page = 3, isMoreLeft = true)
    val last = normal.copy(page = 4, left = 0)
    val end = normal.copy(page = 5)

    private val update = Update(
        by = "Eric",
        added = 1,
        isReordered = true,
        steps = listOf(
            ListStep.Added(ListItem.Song("Are You Gonna Be My Girl"), 4),
            ListStep.Moved(ListItem.Song("Wonderwall"), 4, 3, 3),
            ListStep.Changed(ListItem.Song("Basket Case"), 2),
        ),
    )

    val updated = normal.copy(update = update)
    val difference = updated.copy(sheet = Sheet.UPDATE)
    val deleted = normal.copy(update = Update("Sam", isDeleted = true))
    val menu = normal.copy(sheet = Sheet.MENU, turnsByVolume = true)
    val jump = normal.copy(sheet = Sheet.JUMP)
    val leaving = normal.copy(sheet = Sheet.LEAVE)

    private val notes = "Verse, verse, chorus, verse, chorus, bridge, chorus, chorus. ".repeat(30)

    val long = normal.copy(
        page = 1,
        update = update.copy(by = "The Extraordinarily Long-Winded Wedding and Function Orchestra"),
        pages = List(1_000) {
            Page.Song("$it", "عنوان طويل 🎸 ".repeat(25), "فرقة ".repeat(60), "F#m7b5/add13 ".repeat(8), 11, 300, notes)
        },
    )
}
