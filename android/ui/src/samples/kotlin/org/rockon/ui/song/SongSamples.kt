package org.rockon.ui.song

import org.rockon.Verb
import org.rockon.ui.fields.Change
import org.rockon.ui.fields.Fact
import org.rockon.ui.fields.LastEdit

/** States of a song as it can be, for pictures and for tests. */
object SongSamples {
    val normal: SongState = SongState(
        isLoaded = true,
        title = "Basket Case",
        artist = "Green Day",
        facts = listOf(
            Fact(SongField.KEY, "Eb"),
            Fact(SongField.CAPO, "1"),
            Fact(SongField.TEMPO, "170"),
            Fact(SongField.METRE, "4/4"),
            Fact(SongField.LENGTH, "3:01"),
        ),
        more = listOf(
            Fact(SongField.TUNING, "Half a step down"),
            Fact(SongField.GENRE, "Punk"),
            Fact(SongField.DIFFICULTY, "3"),
        ),
        notes = "Palm muted verse, drums come in at the second line.\nStop on the last line. Count in: Liv.",
        lastChange = LastEdit("Eric", "30 Nov 2026, 21:14"),
        mayEdit = true,
    )

    val changed = normal.copy(
        changes = listOf(Change(SongField.KEY, "E", "Eb", "Eric"), Change(SongField.CAPO, null, "1", "Sam")),
    )

    val viewer = normal.copy(mayEdit = false)

    val unsent = normal.copy(isUnsent = true)

    val bare = SongState(isLoaded = true, title = "Untitled", mayEdit = true)

    val long = normal.copy(
        title = "If I Could Turn Back Time and Say Everything I Never Said Before the Last Bus Left",
        artist = "The Extraordinarily Long-Winded Wedding and Function Orchestra",
        notes = "Verse, verse, chorus, verse, chorus, bridge, chorus, chorus. ".repeat(20),
    )

    val gone = SongState(isLoaded = true, isGone = true)
}

/** States of a history as it can be, for pictures and for tests. */
object HistorySamples {
    val normal = HistoryState(
        isLoaded = true,
        title = "Basket Case",
        steps = listOf(
            Done(
                Verb.CHANGED,
                "Eric",
                "30 Nov 2026, 21:14",
                listOf(Change(SongField.KEY, "E", "Eb", null), Change(SongField.CAPO, null, "1", null)),
            ),
            Done(Verb.RESTORED, "Sam", "28 Nov 2026, 09:02"),
            Done(Verb.DELETED, null, "27 Nov 2026, 23:40"),
            Done(Verb.ADDED, "Liv", "1 Oct 2026, 18:30"),
        ),
    )

    val empty = HistoryState(isLoaded = true, title = "Untitled")
}
