package org.rockon.ui.detail

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.RowScope
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.width
import androidx.compose.foundation.layout.widthIn
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.shape.RoundedCornerShape
import androidx.compose.foundation.text.selection.SelectionContainer
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Scaffold
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.material3.TopAppBar
import androidx.compose.material3.TopAppBarDefaults
import androidx.compose.runtime.Composable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.dp
import org.rockon.ui.Frame
import org.rockon.ui.fields.Change
import org.rockon.ui.fields.Fact
import org.rockon.ui.fields.LastEdit
import org.rockon.ui.fields.said
import org.rockon.ui.parts.Quiet
import org.rockon.ui.parts.SignButton
import org.rockon.ui.parts.StatusStrip
import org.rockon.ui.parts.UnsentMark
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing

/** The frame of a screen that shows one thing. */
@Composable
internal fun DetailScaffold(
    frame: Frame,
    onBack: () -> Unit,
    modifier: Modifier = Modifier,
    actions: @Composable RowScope.() -> Unit = {},
    content: @Composable (Modifier) -> Unit,
) {
    Scaffold(
        modifier,
        topBar = {
            Column {
                TopAppBar(
                    title = {},
                    navigationIcon = { SignButton(Icons.back, LocalTexts.current.app.back, onBack) },
                    actions = actions,
                    colors = TopAppBarDefaults.topAppBarColors(containerColor = LocalColours.current.background),
                )
                StatusStrip(frame)
            }
        },
    ) { content(Modifier.padding(it)) }
}

/** Everything about one thing, one under the other. */
@Composable
internal fun DetailColumn(modifier: Modifier = Modifier, content: @Composable ColumnScope.() -> Unit) {
    Column(
        modifier.fillMaxSize().verticalScroll(rememberScrollState()).padding(horizontal = Spacing.large),
        verticalArrangement = Arrangement.spacedBy(Spacing.large),
        content = content,
    )
}

/** What it is called, as far as that leaves room for the rest, and what stands below. */
@Composable
internal fun DetailHead(title: String, below: String?, isUnsent: Boolean) {
    Column(verticalArrangement = Arrangement.spacedBy(Spacing.small)) {
        Row(verticalAlignment = Alignment.CenterVertically) {
            Text(
                title,
                Modifier.weight(1f).semantics { heading() },
                style = MaterialTheme.typography.headlineMedium,
                maxLines = 4,
                overflow = TextOverflow.Ellipsis,
            )
            if (isUnsent) UnsentMark(Modifier.padding(start = Spacing.medium))
        }
        below?.let { Quiet(it, style = MaterialTheme.typography.bodyLarge) }
    }
}

/** What is different since one looked, until it is dismissed. */
@Composable
internal fun ChangesCard(changes: List<Change>, onDismiss: () -> Unit) {
    val colours = LocalColours.current
    Column(
        Modifier
            .fillMaxWidth()
            .background(colours.warningGround, RoundedCornerShape(Sizes.corner))
            .padding(start = Spacing.large, top = Spacing.large, end = Spacing.large, bottom = Spacing.medium),
        verticalArrangement = Arrangement.spacedBy(Spacing.medium),
    ) {
        Text(LocalTexts.current.song.changedSince, color = colours.onWarningGround, style = MaterialTheme.typography.titleSmall)
        changes.forEach { change ->
            Column(Modifier.semantics(mergeDescendants = true) {}) {
                Text(
                    change.words(LocalTexts.current),
                    color = colours.onWarningGround,
                    style = MaterialTheme.typography.titleMedium,
                )
                change.by?.let { Text(it, color = colours.onWarningGround, style = MaterialTheme.typography.bodySmall) }
            }
        }
        TextButton(
            onDismiss,
            Modifier.align(Alignment.End),
        ) { Text(LocalTexts.current.app.done, color = colours.onWarningGround) }
    }
}

internal fun Change.words(texts: Texts): String {
    val (old, new) = from?.let { of.said(it, texts) } to to?.let { of.said(it, texts) }
    val label = of.label(texts)
    return when {
        isWordless -> texts.song.changedOther(label)
        new == null -> texts.song.changedCleared(label)
        old == null -> texts.song.changedSet(label, new)
        else -> texts.song.changedValue(label, old, new)
    }
}

/** A long text, which can be copied. */
@Composable
internal fun Notes(text: String) {
    SelectionContainer {
        Text(text, Modifier.widthIn(max = Sizes.readable), style = MaterialTheme.typography.bodyLarge)
    }
}

/** A value beside its name. */
@Composable
internal fun FactLine(fact: Fact) {
    val texts = LocalTexts.current
    Row(Modifier.fillMaxWidth().semantics(mergeDescendants = true) {}, Arrangement.spacedBy(Spacing.large)) {
        Text(
            fact.of.label(texts),
            Modifier.width(96.dp * LocalDensity.current.fontScale),
            color = LocalColours.current.textQuiet,
            style = MaterialTheme.typography.bodyMedium,
        )
        Text(fact.of.said(fact.value, texts), Modifier.weight(1f), style = MaterialTheme.typography.bodyMedium)
    }
}

/** Who changed it last, and when. */
@Composable
internal fun LastEditLine(last: LastEdit) {
    val app = LocalTexts.current.app
    Text(
        app.changedBy(last.by ?: app.someone, last.at),
        Modifier.padding(vertical = Spacing.medium),
        color = LocalColours.current.textQuiet,
        style = MaterialTheme.typography.bodySmall,
    )
}

/** What one needs at a glance, large enough for a music stand: three beside each other, fewer with large text. */
@Composable
internal fun FactCards(facts: List<Fact>) {
    BoxWithConstraints(Modifier.widthIn(max = Sizes.readable)) {
        val third = (maxWidth - Spacing.medium * 2) / 3
        FlowRow(
            Modifier.fillMaxWidth(),
            horizontalArrangement = Arrangement.spacedBy(Spacing.medium),
            verticalArrangement = Arrangement.spacedBy(Spacing.medium),
            maxItemsInEachRow = 3,
        ) {
            facts.forEach { FactCard(it, Modifier.widthIn(min = third)) }
        }
    }
}

@Composable
private fun FactCard(fact: Fact, modifier: Modifier = Modifier) {
    // Read as "Key: Eb", though the value stands first.
    val name = "${fact.of.label(LocalTexts.current)}: ${fact.value}"
    Column(
        modifier
            .background(LocalColours.current.surfaceHigh, RoundedCornerShape(12.dp))
            .padding(horizontal = 12.dp, vertical = 10.dp)
            .semantics(mergeDescendants = true) { contentDescription = name },
    ) {
        Text(fact.value, style = MaterialTheme.typography.headlineMedium)
        Text(
            fact.of.label(LocalTexts.current),
            color = LocalColours.current.textQuiet,
            style = MaterialTheme.typography.labelMedium,
        )
    }
}
