package org.rockon.ui.songs

import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.ui.Texts
import org.rockon.ui.parts.Strip

/** States of the list as it can be, for pictures and for tests. */
object SongsSamples {
    private val wonderwalls = BandChoice(ScopeId("b0000000-0000-4000-8000-000000000001"), "The Wonderwalls", mayEdit = true)
    private val mine = BandChoice(ScopeId("a0000000-0000-4000-8000-000000000001"), Texts.MINE, mayEdit = true, isOwn = true)

    private fun row(
        at: Int,
        title: String,
        below: String,
        key: String? = null,
        isUnread: Boolean = false,
        isUnsent: Boolean = false,
    ) = SongRow(RowId("d0000000-0000-4000-8000-%012d".format(at)), title, below, key, isUnread, isUnsent)

    val normal =
        SongsState(
            bands = listOf(wonderwalls, mine),
            band = wonderwalls,
            rows =
                listOf(
                    row(1, "505", beside("Arctic Monkeys", "4:13", "140 bpm"), "Dm"),
                    row(2, "Acquiesce", beside("Oasis", "4:24", "127 bpm"), "G", isUnread = true),
                    row(3, "Are You Gonna Be My Girl", beside("Jet", "3:34", "209 bpm"), "A"),
                    row(4, "Basket Case", beside("Green Day", "3:01", "170 bpm"), "Eb", isUnsent = true),
                    row(5, "Bitter Sweet Symphony", beside("The Verve", "5:58", "86 bpm"), "E"),
                    row(6, "Black Hole Sun", beside("Soundgarden", "5:18", "105 bpm"), "G"),
                    row(7, "Cast No Shadow", beside("Oasis", "4:51", "80 bpm"), "Em", isUnread = true),
                    row(8, "Champagne Supernova", beside("Oasis", "7:27", "76 bpm"), "A"),
                    row(9, "Don't Look Back in Anger", beside("Oasis", "4:48", "82 bpm"), "C"),
                    row(10, "Everlong", beside("Foo Fighters", "4:10", "158 bpm"), "D"),
                ),
            count = 54,
            isLoaded = true,
        )

    val offline = normal to Strip(Texts.OFFLINE, Texts.unsent(3))

    val found = normal.copy(search = "oas", rows = normal.rows.filter { "Oasis" in it.below }, count = 4)

    val nothingFound = normal.copy(search = "zzz", rows = emptyList(), count = 0)

    val empty = normal.copy(bands = listOf(mine), band = mine, rows = emptyList(), count = 0)

    val viewer = normal.copy(bands = listOf(wonderwalls), band = wonderwalls.copy(mayEdit = false))

    /** Names as people have them: long, from right to left, and with signs. */
    val long =
        normal.copy(
            band = wonderwalls.copy(name = "The Extraordinarily Long-Winded Wedding and Function Orchestra of Upper Hagen"),
            rows =
                listOf(
                    row(
                        1,
                        "If I Could Turn Back Time and Say Everything I Never Said ".repeat(5),
                        beside("Somebody with a very long name", "12:04", "96 bpm"),
                        "F#m7b5",
                        isUnread = true,
                        isUnsent = true,
                    ),
                    row(2, "حبيبي يا نور العين", beside("عمرو دياب", "5:02", "110 bpm"), "Am", isUnread = true),
                    row(3, "🎸🔥 Jam", "", "E"),
                    row(4, "上を向いて歩こう", beside("坂本九", "3:05"), "G"),
                    row(5, "Untitled", ""),
                ),
            count = 10_000,
        )
}
