package org.rockon.ui.settings

import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.selection.selectableGroup
import androidx.compose.material3.AlertDialog
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Slider
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.stateDescription
import org.rockon.Format
import org.rockon.ui.Frame
import org.rockon.ui.bands.title
import org.rockon.ui.parts.ActionRow
import org.rockon.ui.parts.ChoiceRow
import org.rockon.ui.parts.FactRow
import org.rockon.ui.parts.FailureText
import org.rockon.ui.parts.Heading
import org.rockon.ui.parts.Page
import org.rockon.ui.parts.Things
import org.rockon.ui.parts.words
import org.rockon.ui.texts.Language
import org.rockon.ui.texts.SettingsTexts
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.theme.Look
import org.rockon.ui.tokens.Spacing
import kotlin.math.roundToInt

/** What can be done there. */
@Stable
interface SettingsActs {
    fun choose(choices: Choices) {}

    fun change(part: Part) {}

    /** All songs of the band, by its [name], as a file, which the person puts where they like. */
    fun export(format: Format, name: String) {}

    fun askToSignOut() {}

    fun stay() {}

    /** The core goes on with it when this screen has ended. */
    fun signOut(everywhere: Boolean) {}

    fun back() {}
}

@Composable
fun SettingsView(state: SettingsState, frame: Frame, acts: SettingsActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Page(texts.settings.title, acts::back, modifier, frame) { padding ->
        Things(padding) {
            state.failure?.let { FailureText(it.words(texts), Modifier.padding(Spacing.large)) }
            Looks(state.choices, acts::choose)
            Account(state, acts)
            Export(state, acts)
            ActionRow(texts.settings.signOut, acts::askToSignOut)
            ActionRow(texts.settings.deleteAccount, { acts.change(Part.DELETE) }, colour = LocalColours.current.danger)
            FactRow(texts.settings.about, below = texts.settings.version(state.version))
        }
    }
    if (state.asksToSignOut) SignOut(state, acts)
}

@Composable
private fun Looks(choices: Choices, onChoose: (Choices) -> Unit) {
    val texts = LocalTexts.current.settings
    val languages = listOf(null) + Language.entries
    Column {
        Choosing(texts.theme, Look.entries, choices.look, { it.words(texts) }) { onChoose(choices.copy(look = it)) }
        Choosing(texts.language, languages, choices.language, { it.words(texts) }) { onChoose(choices.copy(language = it)) }
        GigText(choices, onChoose)
    }
}

@Composable
private fun <T> Choosing(title: String, all: List<T>, chosen: T, words: (T) -> String, onChoose: (T) -> Unit) {
    Column(Modifier.selectableGroup()) {
        Heading(title)
        all.forEach { ChoiceRow(words(it), it == chosen, { onChoose(it) }) }
    }
}

private fun Look.words(texts: SettingsTexts): String = when (this) {
    Look.SYSTEM -> texts.themeSystem
    Look.LIGHT -> texts.themeLight
    Look.DARK -> texts.themeDark
    Look.STAGE -> texts.themeStage
}

private fun Language?.words(texts: SettingsTexts): String = when (this) {
    null -> texts.languageSystem
    Language.ENGLISH -> texts.languageEnglish
    Language.GERMAN -> texts.languageGerman
}

/** How large gig mode writes, with a word in that size. */
@Composable
private fun GigText(choices: Choices, onChoose: (Choices) -> Unit) {
    val texts = LocalTexts.current.settings
    val large = MaterialTheme.typography.headlineMedium
    val size = large.fontSize * choices.gigText / 100
    Column {
        Heading(texts.gigText)
        Slider(
            gigTexts.indexOf(choices.gigText).toFloat(),
            { onChoose(choices.copy(gigText = gigTexts[it.roundToInt()])) },
            Modifier.padding(horizontal = Spacing.large).semantics {
                contentDescription = texts.gigText
                stateDescription = texts.gigTextHint(choices.gigText.toLong())
            },
            valueRange = 0f..gigTexts.lastIndex.toFloat(),
            steps = gigTexts.size - 2,
        )
        Text(
            texts.gigTextPreview,
            Modifier.padding(horizontal = Spacing.large),
            style = large.copy(fontSize = size, lineHeight = size * 1.2f),
        )
    }
}

@Composable
private fun Account(state: SettingsState, acts: SettingsActs) {
    val texts = LocalTexts.current.settings
    Heading(texts.account)
    ActionRow(texts.name, { acts.change(Part.NAME) }, below = state.name?.ifEmpty { texts.nameNone })
    ActionRow(texts.email, { acts.change(Part.EMAIL) }, below = state.email)
    ActionRow(texts.passwordChange, { acts.change(Part.PASSWORD) })
}

@Composable
private fun Export(state: SettingsState, acts: SettingsActs) {
    val texts = LocalTexts.current.settings
    val band = state.band ?: return
    val name = band.title()
    Heading(texts.export)
    ActionRow(texts.exportCsv, { acts.export(Format.CSV, name) }, below = texts.exportOf(name))
    ActionRow(texts.exportChordpro, { acts.export(Format.CHORD_PRO, name) }, below = texts.exportOf(name))
}

/** What stays and what waits is said before. */
@Composable
private fun SignOut(state: SettingsState, acts: SettingsActs) {
    val texts = LocalTexts.current
    AlertDialog(
        onDismissRequest = acts::stay,
        confirmButton = {
            TextButton({ acts.signOut(false) }) { Text(texts.settings.signOut) }
            TextButton({ acts.signOut(true) }) { Text(texts.settings.signOutEverywhere) }
        },
        dismissButton = { TextButton(acts::stay) { Text(texts.app.cancel) } },
        title = { Text(texts.settings.signOutAsk) },
        text = { Text(if (state.unsent > 0) texts.settings.signOutUnsent(state.unsent) else texts.settings.signOutKept) },
    )
}
