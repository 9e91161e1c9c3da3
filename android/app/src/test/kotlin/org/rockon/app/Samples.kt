package org.rockon.app

import androidx.compose.runtime.Composable
import org.rockon.Language
import org.rockon.ui.Frame
import org.rockon.ui.editor.EditorActs
import org.rockon.ui.editor.EditorSamples
import org.rockon.ui.editor.EditorState
import org.rockon.ui.editor.EditorView
import org.rockon.ui.parts.Strip
import org.rockon.ui.song.SongActs
import org.rockon.ui.song.SongSamples
import org.rockon.ui.song.SongState
import org.rockon.ui.song.SongView
import org.rockon.ui.songs.SongsActs
import org.rockon.ui.songs.SongsSamples
import org.rockon.ui.songs.SongsState
import org.rockon.ui.songs.SongsView
import org.rockon.ui.theme.Look

/** A state of a screen, in one look, at one size of text, in one language: a picture. */
internal class Sample(
    val name: String,
    val look: Look,
    val text: Float,
    val language: Language = Language.ENGLISH,
    /** The least height and width of what is touched. */
    val touch: Int = 48,
    val content: @Composable () -> Unit,
) {
    override fun toString() = name

    /** The same in German. */
    fun german() = Sample("$name-german", look, text, Language.GERMAN, touch, content)
}

private fun songs(name: String, state: SongsState, look: Look, text: Float = 1f, strip: Strip? = null) =
    Sample("songs-$name", look, text) { SongsView(state, Frame(strip) {}, object : SongsActs {}) }

private fun song(name: String, state: SongState, look: Look, text: Float = 1f, strip: Strip? = null) =
    Sample("song-$name", look, text) { SongView(state, Frame(strip) {}, object : SongActs {}) }

private fun editor(name: String, state: EditorState, look: Look, text: Float = 1f) =
    Sample("editor-$name", look, text) { EditorView(state, EditorActs()) }

/** Every state at least once, every look and large text for each screen. */
internal val samples = listOf(
    songs("light", SongsSamples.normal, Look.LIGHT),
    songs("offline-dark", SongsSamples.normal, Look.DARK, strip = SongsSamples.offline.second),
    songs("found-stage", SongsSamples.found, Look.STAGE),
    songs("nothing-found-dark", SongsSamples.nothingFound, Look.DARK),
    songs("empty-light", SongsSamples.empty, Look.LIGHT),
    songs("viewer-dark", SongsSamples.viewer, Look.DARK),
    songs("long-dark-200", SongsSamples.long, Look.DARK, 2f, SongsSamples.offline.second),
    song("dark", SongSamples.normal, Look.DARK),
    song("stage-200", SongSamples.normal, Look.STAGE, 2f),
    song("changed-light", SongSamples.changed, Look.LIGHT),
    song("long-light-200", SongSamples.long, Look.LIGHT, 2f),
    song("gone-dark", SongSamples.gone, Look.DARK),
    song("bare-unsent-stage", SongSamples.bare.copy(isUnsent = true), Look.STAGE),
    editor("light", EditorSamples.touched, Look.LIGHT),
    editor("new-dark", EditorSamples.blank, Look.DARK),
    editor("theirs-dark", EditorSamples.theirs, Look.DARK),
    editor("wrong-light-200", EditorSamples.wrong, Look.LIGHT, 2f),
    editor("deleted-stage", EditorSamples.deleted, Look.STAGE),
    song("changed-light", SongSamples.changed, Look.LIGHT).german(),
    editor("deleted-stage", EditorSamples.deleted, Look.STAGE).german(),
) + welcomeSamples + bandSamples + noticeSamples + settingsSamples + calendarSamples + setlistSamples +
    gigSamples + songsSamples
