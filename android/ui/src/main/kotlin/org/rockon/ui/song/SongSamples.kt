package org.rockon.ui.song

import org.rockon.ui.Texts

/** States of a song as it can be, for pictures and for tests. */
object SongSamples {
    val normal: SongState =
        SongState(
            isLoaded = true,
            title = "Basket Case",
            artist = "Green Day",
            facts =
                listOf(
                    Fact(Texts.KEY, "Eb"),
                    Fact(Texts.CAPO, "1"),
                    Fact(Texts.TEMPO, "170"),
                    Fact(Texts.METRE, "4/4"),
                    Fact(Texts.LENGTH, "3:01"),
                ),
            more = listOf(Fact(Texts.TUNING, "Half a step down"), Fact(Texts.GENRE, "Punk"), Fact(Texts.DIFFICULTY, "3")),
            notes = "Palm muted verse, drums come in at the second line.\nStop on the last line. Count in: Liv.",
            lastChange = Texts.changed("Eric", "30 Nov 2026, 21:14"),
            mayEdit = true,
        )

    val changed =
        normal.copy(
            changes =
                listOf(
                    Change(Texts.KEY, "E", "Eb", "Eric"),
                    Change(Texts.CAPO, Texts.EMPTY_VALUE, "1", "Sam"),
                ),
        )

    val viewer = normal.copy(mayEdit = false)

    val unsent = normal.copy(isUnsent = true)

    val bare = SongState(isLoaded = true, title = "Untitled", mayEdit = true)

    val long =
        normal.copy(
            title = "If I Could Turn Back Time and Say Everything I Never Said Before the Last Bus Left",
            artist = "The Extraordinarily Long-Winded Wedding and Function Orchestra",
            notes = "Verse, verse, chorus, verse, chorus, bridge, chorus, chorus. ".repeat(20),
        )

    val gone = SongState(isLoaded = true, isGone = true)
}
