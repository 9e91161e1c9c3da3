package org.rockon.app

import org.rockon.ui.Frame
import org.rockon.ui.imports.ImportActs
import org.rockon.ui.imports.ImportSamples
import org.rockon.ui.imports.ImportState
import org.rockon.ui.imports.ImportView
import org.rockon.ui.song.HistorySamples
import org.rockon.ui.song.HistoryState
import org.rockon.ui.song.HistoryView
import org.rockon.ui.songs.SongsActs
import org.rockon.ui.songs.SongsSamples
import org.rockon.ui.songs.SongsState
import org.rockon.ui.songs.SongsView
import org.rockon.ui.theme.Look

private fun list(name: String, state: SongsState, look: Look, text: Float = 1f) =
    Sample("songs-$name", look, text) { SongsView(state, Frame(null) {}, object : SongsActs {}) }

private fun import(name: String, state: ImportState, look: Look, text: Float = 1f) =
    Sample("import-$name", look, text) { ImportView(state, ImportActs()) }

private fun history(name: String, state: HistoryState, look: Look, text: Float = 1f) =
    Sample("history-$name", look, text) { HistoryView(state, {}) }

internal val songsSamples = listOf(
    list("choosing-light", SongsSamples.choosing, Look.LIGHT),
    list("choosing-dark-200", SongsSamples.choosing, Look.DARK, 2f),
    list("letters-dark", SongsSamples.letters, Look.DARK),
    list("letters-light-200", SongsSamples.letters, Look.LIGHT, 2f),
    list("of-all-stage", SongsSamples.ofAll, Look.STAGE),
    list("filtered-stage", SongsSamples.filtered, Look.STAGE),
    list("nothing-new-light", SongsSamples.nothingNew, Look.LIGHT).german(),
    import("start-light", ImportSamples.start, Look.LIGHT),
    import("read-dark", ImportSamples.read, Look.DARK),
    import("read-light-200", ImportSamples.read, Look.LIGHT, 2f).german(),
    import("nothing-stage", ImportSamples.nothing, Look.STAGE),
    history("light", HistorySamples.normal, Look.LIGHT),
    history("dark-200", HistorySamples.normal, Look.DARK, 2f).german(),
    history("empty-stage", HistorySamples.empty, Look.STAGE),
)
