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
import androidx.compose.runtime.Stable
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
@Stable
interface StartActs {
    fun make() {}

    fun join() {}

    fun mine() {}
}

/** Asked once: back from what was chosen is not here. */
internal class StartModel(private val go: Go) : StartActs {
    override fun make() = go.instead(MakeBandPlace)

    override fun join() = go.instead(JoinPlace())

    override fun mine() = go.back()
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
        ActionRow(texts.makeBand, acts::make, below = texts.makeBandHint, colour = colour)
        ActionRow(texts.join, acts::join, below = texts.joinHint, colour = colour)
        ActionRow(texts.justMine, acts::mine, below = texts.justMineHint, colour = colour)
    }
}
