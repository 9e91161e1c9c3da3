package org.rockon.app

import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.platform.LocalDensity
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.test.hasClickAction
import androidx.compose.ui.test.hasSetTextAction
import androidx.compose.ui.test.isRoot
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onLast
import androidx.compose.ui.unit.Density
import com.github.takahirom.roborazzi.RoborazziOptions
import com.github.takahirom.roborazzi.captureRoboImage
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.rockon.ui.theme.RockOnTheme
import kotlin.test.assertEquals

/** Every sample state as a picture, compared with the one in `src/test/screenshots`, and as a screen reader gets it. */
@RunWith(RobolectricTestRunner::class)
@Config(qualifiers = "w411dp-h891dp-normal-long-notround-any-240dpi-keyshidden-nonav")
class SamplesTest {
    @get:Rule
    val rule = createComposeRule()

    private val options = RoborazziOptions(compareOptions = RoborazziOptions.CompareOptions(changeThreshold = 0.001f))

    private var shown by mutableStateOf(samples.first())

    /** One composition for all: each sample begins from nothing. */
    @Test
    fun `every state looks as it did, and every control has a name and room for a finger`() {
        rule.setContent { key(shown) { Drawn(shown) } }
        val wrong = samples.flatMap { sample ->
            shown = sample
            rule.waitForIdle()
            changed(sample) + controls(sample)
        }
        assertEquals(emptyList(), wrong)
    }

    private fun changed(sample: Sample): List<String> = try {
        // A dialog is a root of its own, the last one.
        rule.onAllNodes(isRoot()).onLast().captureRoboImage("src/test/screenshots/${sample.name}.png", options)
        emptyList()
    } catch (changed: AssertionError) {
        listOf("${sample.name}: ${changed.message}")
    }

    private fun controls(sample: Sample): List<String> =
        rule.onAllNodes(hasClickAction() or hasSetTextAction()).fetchSemanticsNodes().mapNotNull { it.wrong(sample) }

    /** What is scrolled out of sight has its size, and no bounds. */
    private fun SemanticsNode.wrong(sample: Sample): String? {
        val least = sample.touch * 1.5f - 0.5f
        val bounds = touchBoundsInRoot
        val (width, height) = if (bounds.isEmpty) size.width.toFloat() to size.height.toFloat() else bounds.width to bounds.height
        return when {
            names().isEmpty() -> "${sample.name}: a control without a name at $bounds"
            height < least || width < least -> "${sample.name}: ${names()} is small: $width x $height"
            else -> null
        }
    }

    private fun SemanticsNode.names(): List<String> = config.getOrNull(SemanticsProperties.ContentDescription).orEmpty() +
        config.getOrNull(SemanticsProperties.Text).orEmpty().map { it.text }
}

@Composable
internal fun Drawn(sample: Sample) {
    val density = LocalDensity.current.density
    CompositionLocalProvider(LocalDensity provides Density(density, sample.text)) {
        RockOnTheme(look = sample.look, language = sample.language) { sample.content() }
    }
}
