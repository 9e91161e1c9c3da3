package org.rockon.ui.songs

import org.rockon.Letter
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.SongOrder
import org.rockon.ui.bands.BandChoice
import org.rockon.ui.bands.BandsState
import org.rockon.ui.parts.Strip
import org.rockon.ui.parts.StripWord

/** States of the list as it can be, for pictures and for tests. */
object SongsSamples {
    private val wonderwalls = BandChoice(ScopeId("b0000000-0000-4000-8000-000000000001"), "The Wonderwalls", mayEdit = true)
    private val mine = BandChoice(ScopeId("a0000000-0000-4000-8000-000000000001"), null, mayEdit = true, isOwn = true)

    private val orchestra = wonderwalls.copy(
        name = "The Extraordinarily Long-Winded Wedding and Function Orchestra of Upper Hagen",
    )

    private fun row(
        at: Int,
        title: String,
        artist: String? = null,
        length: String? = null,
        tempo: Long? = null,
        key: String? = null,
        isUnread: Boolean = false,
        isUnsent: Boolean = false,
    ) = SongRow(RowId("d0000000-0000-4000-8000-%012d".format(at)), title, artist, length, tempo, key, isUnread, isUnsent)

    val normal = SongsState(
        bands = BandsState(listOf(wonderwalls, mine), wonderwalls),
        rows = listOf(
            row(1, "505", "Arctic Monkeys", "4:13", 140, "Dm"),
            row(2, "Acquiesce", "Oasis", "4:24", 127, "G", isUnread = true),
            row(3, "Are You Gonna Be My Girl", "Jet", "3:34", 209, "A"),
            row(4, "Basket Case", "Green Day", "3:01", 170, "Eb", isUnsent = true),
            row(5, "Bitter Sweet Symphony", "The Verve", "5:58", 86, "E"),
            row(6, "Black Hole Sun", "Soundgarden", "5:18", 105, "G"),
            row(7, "Cast No Shadow", "Oasis", "4:51", 80, "Em", isUnread = true),
            row(8, "Champagne Supernova", "Oasis", "7:27", 76, "A"),
            row(9, "Don't Look Back in Anger", "Oasis", "4:48", 82, "C"),
            row(10, "Everlong", "Foo Fighters", "4:10", 158, "D"),
        ),
        count = 54,
        isLoaded = true,
    )

    val offline = normal to Strip(StripWord.OFFLINE, 3)

    val found = normal.copy(search = "oas", rows = normal.rows.filter { it.artist == "Oasis" }, count = 4)

    val nothingFound = normal.copy(search = "zzz", rows = emptyList(), count = 0)

    val empty = normal.copy(bands = BandsState(listOf(mine), mine), rows = emptyList(), count = 0)

    val viewer = normal.copy(bands = wonderwalls.copy(mayEdit = false).let { BandsState(listOf(it), it) })

    /** Names as people have them: long, from right to left, and with signs. */
    val long = normal.copy(
        bands = BandsState(listOf(orchestra, mine), orchestra),
        rows = listOf(
            row(
                1,
                "If I Could Turn Back Time and Say Everything I Never Said ".repeat(5),
                "Somebody with a very long name",
                "12:04",
                96,
                "F#m7b5",
                isUnread = true,
                isUnsent = true,
            ),
            row(2, "حبيبي يا نور العين", "عمرو دياب", "5:02", 110, "Am", isUnread = true),
            row(3, "🎸🔥 Jam", key = "E"),
            row(4, "上を向いて歩こう", "坂本九", "3:05", null, "G"),
            row(5, "Untitled"),
        ),
        count = 10_000,
    )

    val letters = normal.copy(letters = "#ABCDEFGHIJKLMNOPRSTUVWYZ".mapIndexed { at, letter -> Letter("$letter", at * 2) })

    val ofAll = normal.copy(
        isOfAll = true,
        rows = normal.rows.mapIndexed { at, row ->
            row.copy(
                band = if (at % 3 ==
                    0
                ) {
                    mine
                } else {
                    wonderwalls
                },
            )
        },
    )

    val choosing = normal.copy(chosen = setOf(normal.rows[1].id, normal.rows[3].id))

    val filtered = normal.copy(
        order = SongOrder.ARTIST,
        isUnreadOnly = true,
        rows = normal.rows.filter { it.isUnread },
        count = 2,
    )

    val nothingNew = filtered.copy(rows = emptyList(), count = 0)
}
