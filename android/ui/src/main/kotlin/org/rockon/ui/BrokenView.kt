package org.rockon.ui

import androidx.compose.foundation.layout.padding
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.material3.TextButton
import androidx.compose.runtime.Composable
import androidx.compose.runtime.Stable
import androidx.compose.ui.Modifier
import androidx.compose.ui.semantics.LiveRegionMode
import androidx.compose.ui.semantics.liveRegion
import androidx.compose.ui.semantics.semantics
import org.rockon.RockOnException
import org.rockon.StorageFailure
import org.rockon.text
import org.rockon.ui.parts.Poster
import org.rockon.ui.parts.WideButton
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Spacing

/** What can be done when nothing can be opened. */
@Stable
interface BrokenActs {
    fun open() {}

    fun askForServer() {}

    fun copyLog() {}
}

/** The files of the app cannot be opened: why, and what to do. Nothing is ever deleted from here. */
@Composable
fun BrokenView(failure: RockOnException, acts: BrokenActs, modifier: Modifier = Modifier) {
    val texts = LocalTexts.current
    Poster(texts.app.brokenTitle, modifier) {
        Text(
            failure.whatToDo(texts),
            Modifier.semantics { liveRegion = LiveRegionMode.Polite },
            style = MaterialTheme.typography.bodyLarge,
        )
        WideButton(texts.app.tryAgain, acts::open)
        if (failure is RockOnException.Config) TextButton(acts::askForServer) { Text(texts.app.brokenServerLink) }
        Text(
            texts.app.brokenLog,
            Modifier.padding(top = Spacing.huge),
            color = LocalColours.current.textQuiet,
            style = MaterialTheme.typography.bodyMedium,
        )
        TextButton(acts::copyLog) { Text(texts.status.logCopy) }
    }
}

/** In this place the core's own words, made for an edit that failed, would ask for the wrong thing. */
internal fun RockOnException.whatToDo(texts: Texts): String = when ((this as? RockOnException.Storage)?.failure) {
    is StorageFailure.Newer -> texts.app.databaseNewer
    is StorageFailure.Full -> texts.app.databaseFull
    is StorageFailure.Locked -> texts.app.databaseLocked
    is StorageFailure.Damaged, is StorageFailure.Unreadable, is StorageFailure.Sqlite -> texts.app.databaseUnreadable
    null -> if (this is RockOnException.Config) texts.app.brokenServer else text(texts.language)
}
