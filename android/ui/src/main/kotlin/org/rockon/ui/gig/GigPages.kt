package org.rockon.ui.gig

import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.BoxWithConstraints
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.ColumnScope
import androidx.compose.foundation.layout.FlowRow
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.foundation.layout.heightIn
import androidx.compose.foundation.layout.padding
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.ui.Alignment
import androidx.compose.ui.Modifier
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.heading
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.text.style.TextOverflow
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.sp
import org.rockon.ui.length
import org.rockon.ui.parts.MainButton
import org.rockon.ui.parts.Quiet
import org.rockon.ui.texts.Texts
import org.rockon.ui.theme.LocalColours
import org.rockon.ui.theme.LocalTexts
import org.rockon.ui.tokens.Sizes
import org.rockon.ui.tokens.Spacing
import org.rockon.ui.tokens.TypeScale

private val near = Arrangement.spacedBy(Spacing.medium)

/** A page; [pause] is what is left of its break while it is open. */
@Composable
internal fun PageView(page: Page, pause: Long?, modifier: Modifier = Modifier) {
    BoxWithConstraints(modifier.fillMaxSize().padding(horizontal = Spacing.large)) {
        val notes = page.notes
        val half = maxHeight / 2
        when {
            notes == null -> Column(verticalArrangement = near) { Facts(page, pause, Modifier.weight(1f, fill = false)) }

            maxWidth > maxHeight -> Beside(page, pause, notes)

            else -> {
                Column(verticalArrangement = near) {
                    Facts(page, pause, Modifier.heightIn(max = half))
                    Notes(notes, Modifier.weight(1f))
                }
            }
        }
    }
}

/** A phone that lies on its side has no room below, and little for what is large as it is. */
@Composable
private fun Beside(page: Page, pause: Long?, notes: String) {
    val density = LocalDensity.current
    val grown = Density(density.density, density.fontScale.coerceAtMost(1.2f))
    Row(horizontalArrangement = Arrangement.spacedBy(Spacing.huge)) {
        CompositionLocalProvider(LocalDensity provides grown) {
            Column(Modifier.weight(1f), near) { Facts(page, pause, Modifier.weight(1f, fill = false)) }
        }
        Notes(notes, Modifier.weight(1f))
    }
}

/** What one needs in the first two seconds. [modifier] is of the title, which takes what the rest leaves. */
@Composable
private fun ColumnScope.Facts(page: Page, pause: Long?, modifier: Modifier = Modifier) {
    page.section?.takeUnless { page is Page.Section }?.let { Second(it) }
    when (page) {
        is Page.Song -> {
            Title(page.name(LocalTexts.current), modifier)
            page.artist?.let { Second(it) }
            FlowRow(
                horizontalArrangement = Arrangement.spacedBy(Spacing.huge),
                itemVerticalAlignment = Alignment.CenterVertically,
            ) {
                page.keyAndCapo(LocalTexts.current)?.let { Key(it) }
                page.tempo?.let { Tempo(it) }
            }
        }

        is Page.Break -> {
            Title(LocalTexts.current.setlist.pause, modifier)
            Countdown(pause ?: (page.minutes * 60))
        }

        is Page.Section -> Title(page.section, modifier)
    }
}

@Composable
private fun Title(text: String, modifier: Modifier = Modifier) =
    LargestText(text, TypeScale.gigTitle, 24.sp, modifier.semantics { heading() })

@Composable
private fun Second(text: String) = Quiet(text, style = TypeScale.gigNext, maxLines = 1)

@Composable
private fun Key(text: String) =
    Text(text, color = LocalColours.current.accent, style = TypeScale.gigKey, maxLines = 2, overflow = TextOverflow.Ellipsis)

@Composable
private fun Notes(text: String, modifier: Modifier = Modifier) = LargestText(text, TypeScale.gigNotes, 18.sp, modifier)

@Composable
private fun Countdown(seconds: Long) {
    val texts = LocalTexts.current.gig
    val said = if (seconds > 0) texts.pauseLeft(length(seconds)) else texts.pauseOver
    Text(
        if (seconds > 0) length(seconds) else said,
        Modifier.semantics { contentDescription = said },
        color = LocalColours.current.accent,
        style = TypeScale.gigTitle.copy(fontFeatureSettings = "tnum"),
    )
}

/** After the last page. */
@Composable
internal fun EndView(onLeave: () -> Unit, modifier: Modifier = Modifier) {
    Column(modifier.fillMaxSize().padding(Spacing.large), Arrangement.spacedBy(Spacing.huge)) {
        Title(LocalTexts.current.gig.end, Modifier)
        Second(LocalTexts.current.gig.endHint)
        MainButton(LocalTexts.current.gig.leave, onLeave, Modifier.heightIn(min = Sizes.touchGig))
    }
}

private val Page.notes: String?
    get() = (this as? Page.Song)?.notes ?: (this as? Page.Break)?.notes

private fun Page.Song.keyAndCapo(texts: Texts): String? = when {
    capo == null -> key
    key == null -> texts.app.capo(capo)
    else -> texts.gig.keyCapo(key, capo)
}

/** What a page is called elsewhere. */
internal fun Page.name(texts: Texts): String = when (this) {
    is Page.Song -> title ?: texts.setlist.songGone
    is Page.Break -> texts.setlist.pauseMinutes(minutes)
    is Page.Section -> section
}
