package org.rockon.ui.welcome

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.safeDrawingPadding
import androidx.compose.foundation.rememberScrollState
import androidx.compose.foundation.verticalScroll
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import org.rockon.ui.Go
import org.rockon.ui.band.JoinPlace
import org.rockon.ui.band.MakeBandPlace
import org.rockon.ui.parts.ActionRow
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done there. */
@Immutable
data class StartActs(val onMake: () -> Unit = {}, val onJoin: () -> Unit = {}, val onMine: () -> Unit = {}) {
    internal companion object {
        /** Asked once: back from what was chosen is not here. */
        fun of(go: Go) = StartActs({ go.instead(MakeBandPlace) }, { go.instead(JoinPlace()) }, go::back)
    }
}

/** How somebody without a band begins. */
@Composable
fun StartView(acts: StartActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current.welcome
    val colour = LocalColours.current.accent
    Column(
        modifier
            .fillMaxSize()
            .safeDrawingPadding()
            .verticalScroll(rememberScrollState())
            .padding(vertical = Spacing.screen),
        Arrangement.spacedBy(Spacing.medium),
    ) {
        Text(
            texts.start,
            Modifier.padding(Spacing.large).semantics { heading() },
            style = MaterialTheme.typography.displaySmall,
        )
        ActionRow(texts.makeBand, acts.onMake, below = texts.makeBandHint, colour = colour)
        ActionRow(texts.join, acts.onJoin, below = texts.joinHint, colour = colour)
        ActionRow(texts.justMine, acts.onMine, below = texts.justMineHint, colour = colour)
    }
}
