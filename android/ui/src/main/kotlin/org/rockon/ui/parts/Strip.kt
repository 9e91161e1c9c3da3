package org.rockon.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxWidth
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Immutable
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import org.rockon.ConnectionState
import org.rockon.RockOnException
import org.rockon.SessionState
import org.rockon.Status
import org.rockon.text
import org.rockon.ui.Frame
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing

/**
 * What there is to say about the network and about what waits; no strip when there is nothing.
 *
 * @property word the state; null when only something waits
 * @property failure what the core could not do
 * @property unsent how many edits wait
 * @property conflicts how many conflicts wait for a choice
 * @property rejected how many refused edits do
 * @property filling how many rows have come so far, before everything has been read once: an empty list means nothing yet
 */
@Immutable
data class Strip(
    val word: StripWord?,
    val unsent: Long = 0,
    val failure: RockOnException? = null,
    val conflicts: Long = 0,
    val rejected: Long = 0,
    val filling: Long? = null,
) {
    /** A tap leads to signing in again. */
    val isSignedOut: Boolean get() = word == StripWord.SIGNED_OUT

    /** Something waits for a choice: a tap leads there. */
    val waits: Boolean get() = conflicts > 0 || rejected > 0

    /** A tap leads to what one has to do. */
    val leads: Boolean get() = isSignedOut || waits

    /** The same where what waits is on screen anyway. */
    fun withoutWaiting(): Strip? = copy(conflicts = 0, rejected = 0).orNull()

    internal fun orNull(): Strip? = takeIf { word != null || unsent > 0 || waits }
}

/** How the phone stands to the server, where that is worth a word. */
enum class StripWord { SIGNED_OUT, OFFLINE, FAILING, FIRST_SYNC, CLOCK_WRONG, DELAYED }

/** The core's status as a strip. A connection that is on its way is worth no word. */
internal fun Status.strip(): Strip? {
    val error = sync?.error
    val word =
        when {
            session is SessionState.NeedsSignIn -> StripWord.SIGNED_OUT
            !network || error is RockOnException.Offline -> StripWord.OFFLINE
            error != null -> StripWord.FAILING
            sync?.syncedAt == null -> StripWord.FIRST_SYNC
            clockSkewMinutes != null -> StripWord.CLOCK_WRONG
            connection is ConnectionState.Live || connection is ConnectionState.Off -> null
            connection is ConnectionState.Connecting || connection == null -> null
            else -> StripWord.DELAYED
        }
    val failure = error.takeIf { word == StripWord.FAILING }
    val filling = if (sync?.syncedAt == null) sync?.rows ?: 0 else null
    return Strip(word, outbox.unsent, failure, outbox.conflicts, outbox.rejected, filling).orNull()
}

private fun Strip.words(texts: Texts): String? = when (word) {
    StripWord.SIGNED_OUT -> texts.app.stripSignedOut
    StripWord.OFFLINE -> texts.app.stripOffline
    StripWord.FAILING -> failure?.text(texts.language)
    StripWord.FIRST_SYNC -> filled(texts)
    StripWord.CLOCK_WRONG -> texts.app.clockWrong
    StripWord.DELAYED -> texts.app.stripDelayed
    null -> null
}

/** How far the first sync is. */
internal fun Strip.filled(texts: Texts): String = filling?.takeIf { it > 0 }?.let(texts.app::firstSync) ?: texts.app.loading

/** The strip under the title bar. */
@Composable
fun StatusStrip(frame: Frame, modifier: Modifier = Modifier) {
    val strip = frame.strip ?: return
    val colours = LocalColours.current
    val texts = LocalTexts.current
    FlowRow(
        modifier
            .fillMaxWidth()
            .background(colours.warningGround)
            .clickable(onClickLabel = texts.app.stripDetails, onClick = frame.onStrip)
            .heightIn(min = if (strip.leads) Sizes.touch else 36.dp)
            .padding(horizontal = Spacing.large, vertical = Spacing.medium)
            .semantics { liveRegion = LiveRegionMode.Polite },
        horizontalArrangement = Arrangement.SpaceBetween,
        verticalArrangement = Arrangement.Center,
        itemVerticalAlignment = Alignment.CenterVertically,
    ) {
        strip.words(texts)?.let { Words(it) }
        if (strip.conflicts > 0) Words(texts.app.stripConflicts(strip.conflicts))
        if (strip.rejected > 0) Words(texts.app.stripRejected(strip.rejected))
        if (strip.unsent > 0) Unsent(texts.app.unsentCount(strip.unsent))
        if (strip.isSignedOut) {
            Text(texts.welcome.signIn, color = colours.onWarningGround, style = MaterialTheme.typography.labelLarge)
        }
    }
}

@Composable
private fun Words(words: String) {
    Text(
        words,
        Modifier.padding(end = Spacing.medium),
        color = LocalColours.current.onWarningGround,
        style = MaterialTheme.typography.titleMedium,
    )
}

@Composable
private fun Unsent(count: String) {
    val colour = LocalColours.current.onWarningGround
    Row(horizontalArrangement = Arrangement.spacedBy(Spacing.medium), verticalAlignment = Alignment.CenterVertically) {
        Icon(Icons.up, contentDescription = null, Modifier.size(18.dp), tint = colour)
        Text(count, color = colour, style = MaterialTheme.typography.bodySmall)
    }
}
