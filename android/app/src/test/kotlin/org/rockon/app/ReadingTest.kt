package org.rockon.app

import android.view.accessibility.AccessibilityManager
import androidx.compose.runtime.getValue
import androidx.compose.runtime.key
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.node.RootForTest
import androidx.compose.ui.platform.ViewRootForTest
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsNode
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.semantics.getOrNull
import androidx.compose.ui.state.ToggleableState
import androidx.compose.ui.test.isRoot
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onLast
import androidx.core.content.getSystemService
import androidx.test.core.app.ApplicationProvider
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.rockon.Language
import java.io.File
import kotlin.test.assertEquals

/**
 * What a screen reader says of each sample, in the order that Android is told, on a screen that is tall enough for all of it. Compared
 * with the texts in `src/test/reading`, which are made again together with the pictures: by `-Droborazzi.test.record=true`. A sample without a text is a fault.
 */
@RunWith(RobolectricTestRunner::class)
@Config(qualifiers = "w411dp-h4000dp-normal-long-notround-any-mdpi-keyshidden-nonav")
class ReadingTest {
    @get:Rule
    val rule = createComposeRule()

    private var shown by mutableStateOf(samples.first())
    private val isRecording = System.getProperty(RECORD) == "true"

    @Test
    fun `every screen is read in an order that makes sense`() {
        // Without a screen reader Android is told nothing.
        shadowOf(ApplicationProvider.getApplicationContext<App>().getSystemService<AccessibilityManager>()).setEnabled(true)
        rule.setContent { key(shown) { Drawn(shown) } }
        val read = samples.filter { it.language == Language.ENGLISH }
        val wrong = read.mapNotNull { sample ->
            shown = sample
            rule.waitForIdle()
            changed(
                sample.name,
                rule
                    .onAllNodes(isRoot())
                    .onLast()
                    .fetchSemanticsNode()
                    .reading(),
            )
        }
        assertEquals(emptyList(), wrong)
    }

    private fun changed(name: String, reading: String): String? {
        val file = File("src/test/reading/$name.txt")
        if (isRecording) file.apply { parentFile.mkdirs() }.writeText(reading)
        return when {
            !file.exists() -> "$name has no text yet: look at it, and record it by -D$RECORD=true"
            file.readText() != reading -> "$name is read so:\n$reading"
            else -> null
        }
    }
}

/** With this property what is there is recorded, not compared. */
private const val RECORD = "roborazzi.test.record"

/** A line for each thing that is read. */
private fun SemanticsNode.reading(): String {
    val nodes = all().associateBy { it.id }
    return order(nodes.keys).mapNotNull { nodes[it]?.said() }.joinToString("\n", postfix = "\n")
}

private fun SemanticsNode.all(): List<SemanticsNode> = listOf(this) + children.flatMap { it.all() }

/** The order that Android is told: each node says which one comes after it. */
private fun SemanticsNode.order(ids: Set<Int>): List<Int> {
    val view = (root as ViewRootForTest).view
    (root as RootForTest).forceAccessibilityForTesting(true)
    val provider = checkNotNull(view.accessibilityNodeProvider)
    val next = ids.mapNotNull { id ->
        val info = provider.createAccessibilityNodeInfo(id) ?: return@mapNotNull null
        provider.addExtraDataToAccessibilityNodeInfo(id, info, BEFORE, null)
        info.extras
            .getInt(BEFORE, -1)
            .takeIf { it >= 0 }
            ?.let { id to it }
    }
    val after = next.toMap()
    val first = ids - after.values.toSet()
    return first.flatMap { begin -> generateSequence(begin) { after[it] } }
}

/** By this name the numbers of traversal can be asked for. */
private const val BEFORE = "android.view.accessibility.extra.EXTRA_DATA_TEST_TRAVERSALBEFORE_VAL"

/** Its words, what it is, how it is, and what can be done with it; null for what says nothing. */
private fun SemanticsNode.said(): String? {
    val words =
        config.getOrNull(SemanticsProperties.ContentDescription).orEmpty() +
            config.getOrNull(SemanticsProperties.Text).orEmpty().map { it.text } +
            listOfNotNull(config.getOrNull(SemanticsProperties.EditableText)?.text?.ifEmpty { null })
    val does = config.getOrNull(SemanticsActions.CustomActions).orEmpty().map { "[${it.label}]" }
    if (words.isEmpty() && config.getOrNull(SemanticsActions.OnClick) == null) return null
    return (listOf(words.joinToString(" | ").replace("\n", " / ").ifEmpty { "NO NAME" }) + kinds() + does).joinToString(", ")
}

private fun SemanticsNode.kinds(): List<String> = listOfNotNull(
    "heading".takeIf { SemanticsProperties.Heading in config },
    config.getOrNull(SemanticsProperties.Role)?.let { "$it".lowercase() }
        ?: "button".takeIf { SemanticsActions.OnClick in config && SemanticsActions.SetText !in config },
    "field".takeIf { SemanticsActions.SetText in config },
    "slider".takeIf { SemanticsActions.SetProgress in config },
    config.getOrNull(SemanticsProperties.Selected)?.let { if (it) "chosen" else "not chosen" },
    config.getOrNull(SemanticsProperties.ToggleableState)?.let { if (it == ToggleableState.On) "on" else "off" },
    config.getOrNull(SemanticsProperties.StateDescription),
    "off".takeIf { SemanticsProperties.Disabled in config },
    config.getOrNull(SemanticsProperties.Error)?.let { "wrong: $it" },
    "told when it changes".takeIf { SemanticsProperties.LiveRegion in config },
)
