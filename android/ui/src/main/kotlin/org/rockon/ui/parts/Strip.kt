package org.rockon.ui.parts

import androidx.compose.foundation.background
import androidx.compose.foundation.clickable
import androidx.compose.foundation.layout.Arrangement
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
import org.rockon.Activity
import org.rockon.ConnectionState
import org.rockon.RockOnException
import org.rockon.SessionState
import org.rockon.Status
import org.rockon.ui.Texts
import org.rockon.ui.theme.Icons
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.Sizes

/**
 * What there is to say about the network and about what waits; no strip when there is nothing.
 *
 * @property message the state in a few words; null when only something waits
 * @property unsent how many edits wait, in words; null for none
 * @property isSignedOut a tap leads to signing in again
 */
@Immutable
data class Strip(
    val message: String?,
    val unsent: String?,
    val isSignedOut: Boolean = false,
)

/** The core's status as a strip. A connection that is on its way is worth a word only while something waits. */
internal fun Status.strip(): Strip? {
    val error = sync?.error
    val isNew = sync?.syncedAt == null && session is SessionState.SignedIn
    val message =
        when {
            session is SessionState.NeedsSignIn -> Texts.SIGNED_OUT
            !network || error is RockOnException.Offline -> Texts.OFFLINE
            error != null -> error.message
            isNew || sync?.activity == Activity.CATCHING_UP -> Texts.FIRST_SYNC.takeIf { isNew }
            connection is ConnectionState.Live || connection is ConnectionState.Off -> null
            connection is ConnectionState.Connecting -> null
            else -> Texts.DELAYED
        }
    val unsent = outbox.unsent.takeIf { it > 0 }?.let(Texts::unsent)
    val isSignedOut = session is SessionState.NeedsSignIn
    return if (message == null && unsent == null) null else Strip(message, unsent, isSignedOut)
}

/** The strip under the title bar. */
@Composable
fun StatusStrip(
    strip: Strip,
    onSignIn: () -> Unit,
    modifier: Modifier = Modifier,
) {
    val colours = LocalColours.current
    Row(
        modifier
            .fillMaxWidth()
            .background(colours.notice)
            .clickable(enabled = strip.isSignedOut, onClick = onSignIn)
            .heightIn(min = if (strip.isSignedOut) Sizes.touch else 36.dp)
            .padding(horizontal = Sizes.edge, vertical = Sizes.near)
            .semantics { liveRegion = LiveRegionMode.Polite },
        horizontalArrangement = Arrangement.spacedBy(Sizes.near),
        verticalAlignment = Alignment.CenterVertically,
    ) {
        strip.message?.let {
            Text(it, Modifier.weight(1f), color = colours.onNotice, style = MaterialTheme.typography.titleSmall)
        }
        strip.unsent?.let {
            Icon(Icons.up, contentDescription = null, Modifier.size(18.dp), tint = colours.onNotice)
            Text(it, color = colours.onNotice, style = MaterialTheme.typography.bodySmall)
        }
        if (strip.isSignedOut) {
            Text(Texts.SIGN_IN, color = colours.accent, style = MaterialTheme.typography.labelLarge)
        }
    }
}
