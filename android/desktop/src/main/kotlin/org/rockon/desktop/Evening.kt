package org.rockon.desktop

import kotlinx.coroutines.flow.first
import org.rockon.RowId
import org.rockon.song
import org.rockon.ui.Tab
import org.rockon.ui.songs.SongPlace

/** A band's evening on two phones. Every step waits for what it tells. */
internal suspend fun evening(eric: Phone, sam: Phone, strip: Strip) {
    eric.signIn()
    sam.signIn()
    listOf(eric, sam).forEach { it.app.choose(Tab.SONGS) }
    strip.picture("Two phones, one band")
    val song = added(eric, sam, strip)
    basement(eric, sam, song, strip)
}

private suspend fun added(eric: Phone, sam: Phone, strip: Strip): RowId {
    val band =
        eric
            .core()
            .bands()
            .first { it.isNotEmpty() }
            .first()
    val title = "All Along the Watchtower"
    val song = eric.core().add(band.id, song { this.title = title; artist = "Jimi Hendrix"; key = "C#m"; tempo = 112 })
    eric.app.to(SongPlace(song))
    sam.core().song(song).awaited("Sam has the song") { it?.unread == true }
    sam.core().notices().awaited("Sam is told") { it.isNotEmpty() }
    strip.picture("Eric adds a song: it is new on Sam's phone")
    sam.app.to(SongPlace(song))
    sam.core().song(song).awaited("Sam has read it") { it?.unread == false }
    strip.picture("Sam looks at it")
    return song
}

private suspend fun basement(eric: Phone, sam: Phone, song: RowId, strip: Strip) {
    sam.device.network.turn(false)
    sam.core().change(song, song { notes = "Capo 2, Sam starts alone" })
    eric.core().change(song, song { notes = "Drop D, no intro" })
    strip.picture("Sam is in the basement; both write notes")
    sam.device.network.turn(true)
    sam.core().conflicts().awaited("a conflict") { it.isNotEmpty() }
    sam.core().status.awaited("all is sent") { it.outbox.unsent == 0L }
    strip.picture("A signal again: both notes are kept, and Sam is asked")
}
