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
import androidx.compose.runtime.Immutable
import androidx.compose.runtime.getValue
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.semantics.stateDescription
import androidx.lifecycle.compose.collectAsStateWithLifecycle
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
@Immutable
data class SettingsActs(
    val onChoose: (Choices) -> Unit = {},
    val onChange: (Part) -> Unit = {},
    val onExport: (Format, String) -> Unit = { _, _ -> },
    val onAskToSignOut: () -> Unit = {},
    val onStay: () -> Unit = {},
    val onSignOut: (Boolean) -> Unit = {},
    val onBack: () -> Unit = {},
)

@Composable
fun SettingsScreen(model: SettingsModel, frame: Frame, modifier: Modifier = Modifier) {
    val state by model.state.collectAsStateWithLifecycle()
    val acts = remember(model) {
        SettingsActs(
            model::choose,
            model::change,
            model::export,
            model::askToSignOut,
            model::stay,
            model::signOut,
            model::back,
        )
    }
    SettingsView(state, frame, acts, modifier)
}

@Composable
fun SettingsView(state: SettingsState, frame: Frame, acts: SettingsActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Page(texts.settings.title, acts.onBack, modifier, frame) { padding ->
        Things(padding) {
            state.failure?.let {
                FailureText(it.words(texts), Modifier.padding(Spacing.large))
            }
            Looks(state.choices, acts.onChoose)
            Account(state, acts)
            Export(state, acts)
            ActionRow(texts.settings.signOut, acts.onAskToSignOut)
            ActionRow(texts.settings.deleteAccount, { acts.onChange(Part.DELETE) }, colour = LocalColours.current.danger)
            FactRow(texts.settings.about, below = texts.settings.version(state.version))
        }
    }
    if (state.asksToSignOut) SignOut(state, acts)
}

@Composable
private fun Looks(choices: Choices, onChoose: (Choices) -> Unit) {
    val texts = LocalTexts.current.settings
    Column {
        Column(Modifier.selectableGroup()) {
            Heading(texts.theme)
            Look.entries.forEach { ChoiceRow(it.words(texts), it == choices.look, { onChoose(choices.copy(look = it)) }) }
        }
        Column(Modifier.selectableGroup()) {
            Heading(texts.language)
            (listOf(null) + Language.entries).forEach {
                ChoiceRow(it.words(texts), it == choices.language, { onChoose(choices.copy(language = it)) })
            }
        }
        GigText(choices, onChoose)
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
    ActionRow(texts.name, { acts.onChange(Part.NAME) }, below = state.name?.ifEmpty { texts.nameNone })
    ActionRow(texts.email, { acts.onChange(Part.EMAIL) }, below = state.email)
    ActionRow(texts.passwordChange, { acts.onChange(Part.PASSWORD) })
}

@Composable
private fun Export(state: SettingsState, acts: SettingsActs) {
    val texts = LocalTexts.current.settings
    val band = state.band ?: return
    val name = band.title()
    Heading(texts.export)
    ActionRow(texts.exportCsv, { acts.onExport(Format.CSV, name) }, below = texts.exportOf(name))
    ActionRow(texts.exportChordpro, { acts.onExport(Format.CHORD_PRO, name) }, below = texts.exportOf(name))
}

/** What stays and what waits is said before. */
@Composable
private fun SignOut(state: SettingsState, acts: SettingsActs) {
    val texts = LocalTexts.current
    AlertDialog(
        onDismissRequest = acts.onStay,
        confirmButton = {
            TextButton({ acts.onSignOut(false) }) { Text(texts.settings.signOut) }
            TextButton({ acts.onSignOut(true) }) { Text(texts.settings.signOutEverywhere) }
        },
        dismissButton = { TextButton(acts.onStay) { Text(texts.app.cancel) } },
        title = { Text(texts.settings.signOutAsk) },
        text = {
            Text(if (state.unsent > 0) texts.settings.signOutUnsent(state.unsent) else texts.settings.signOutKept)
        },
    )
}
