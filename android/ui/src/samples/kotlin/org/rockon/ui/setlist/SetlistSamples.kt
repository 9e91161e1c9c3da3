package org.rockon.ui.setlist

import org.rockon.ListItem
import org.rockon.ListStep
import org.rockon.RowId
import org.rockon.ui.songs.SongsSamples

/** States of a setlist as it can be, for pictures and for tests. */
object SetlistSamples {
    private fun song(
        number: Int,
        title: String?,
        artist: String? = null,
        length: String? = null,
        tempo: Long? = null,
        key: String? = null,
        notes: String? = null,
    ) = ItemRow.Song(
        "s$number",
        number,
        RowId("50000000-0000-4000-8000-%012d".format(number)),
        title,
        artist,
        length,
        tempo,
        key,
        notes,
    )

    val normal = SetlistState(
        isLoaded = true,
        name = "The Crown, two sets",
        notes = "Curfew 23:00, no extra songs.",
        date = "5 Dec 2026",
        songs = 8,
        length = "1:04:10",
        times = Times("20:30", "21:34"),
        rows = listOf(
            ItemRow.Section("h1", "First set"),
            song(1, "Wonderwall", "Oasis", "4:19", 87, "F#m", "Sam starts alone"),
            song(2, "Acquiesce", "Oasis", "4:24", 127, "G"),
            song(3, "Are You Gonna Be My Girl", "Jet", "3:34", 105, "A"),
            song(4, "Basket Case", "Green Day", "3:01", 168, "Eb"),
            ItemRow.Break("b1", 20, "Sound check for the support act"),
            ItemRow.Section("h2", "Second set"),
            song(5, "Common People", "Pulp", "5:50", 146, "C"),
            song(6, "Zombie", "The Cranberries", "5:06", 83, "Em"),
            song(7, "Creep", "Radiohead", "3:58", 92, "G"),
            song(8, "Champagne Supernova", "Oasis", "7:27", 76, "A"),
        ),
        seenBy = listOf(Seen("Sam", true), Seen("Liv Berg", true), Seen("Noel", false)),
        mayEdit = true,
    )

    val changed = normal.copy(
        changes = Changes(
            steps = listOf(
                ListStep.Added(ListItem.Song("Are You Gonna Be My Girl"), 4),
                ListStep.Moved(ListItem.Song("Creep"), 2, 10, 7),
                ListStep.Removed(ListItem.Song("Linger"), 9),
            ),
            by = listOf("Sam"),
        ),
    )

    val unsent = normal.copy(isUnsent = true, untimed = 2)

    val viewer = normal.copy(mayEdit = false)

    val empty = SetlistState(isLoaded = true, name = "Ideas", mayEdit = true)

    val gone = SetlistState(isLoaded = true, gone = Gone("Sam"))

    /** Names as people have them: long, from right to left, and with signs. */
    val long = normal.copy(
        name = "The night of a thousand songs and nobody goes home before the last one ".repeat(4),
        rows = listOf(
            ItemRow.Section("h1", "Everything that we have ever played, and some that we have not ".repeat(3)),
            song(
                1,
                "If I Could Turn Back Time and Say Everything ".repeat(6),
                "Somebody with a very long name",
                "12:04",
                96,
                "F#m7b5",
            ),
            song(2, "حبيبي يا نور العين", "عمرو دياب", "5:02", 110, "Am", "مقدمة طويلة"),
            song(3, "🎸🔥 Jam", key = "E"),
            song(4, null),
            ItemRow.Other("o1"),
            song(1000, "The last one", "Everybody", "9:59", 60, "C"),
        ),
    )

    val adding = AddSongsState(
        rows = SongsSamples.normal.rows,
        chosen = SongsSamples.normal.rows
            .slice(listOf(4, 1))
            .map { it.id },
        there = setOf(SongsSamples.normal.rows[2].id),
        isLoaded = true,
    )

    val addingLong = adding.copy(rows = SongsSamples.long.rows, chosen = emptyList())

    val addingNothing = adding.copy(search = "zzz", rows = emptyList())
}
