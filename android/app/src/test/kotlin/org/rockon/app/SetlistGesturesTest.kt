package org.rockon.app

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.test.SemanticsNodeInteraction
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasScrollToIndexAction
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.longClick
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.onRoot
import androidx.compose.ui.test.performScrollToIndex
import androidx.compose.ui.test.performTouchInput
import androidx.compose.ui.test.swipeLeft
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.rockon.RowId
import org.rockon.ui.Frame
import org.rockon.ui.setlist.ItemRow
import org.rockon.ui.setlist.SetlistActs
import org.rockon.ui.setlist.SetlistSamples
import org.rockon.ui.setlist.SetlistView
import org.rockon.ui.theme.RockOnTheme
import kotlin.test.assertEquals
import kotlin.test.assertTrue

/** What fingers do to a setlist, and what is done without them. */
@RunWith(RobolectricTestRunner::class)
@Config(qualifiers = "w411dp-h891dp-normal-long-notround-any-240dpi-keyshidden-nonav")
class SetlistGesturesTest {
    @get:Rule
    val rule = createComposeRule()

    private var state by mutableStateOf(SetlistSamples.normal)
    private val opened = ArrayList<String>()

    @Before
    fun draw() {
        val acts = object : SetlistActs {
            override fun open(song: RowId) {
                opened += song.value
            }

            override fun move(item: String, to: Int) {
                state = state.copy(rows = state.rows.with(item, to))
            }

            override fun remove(item: String, title: String) {
                state = state.copy(rows = state.rows.filter { it.id != item })
            }
        }
        rule.setContent { RockOnTheme { SetlistView(state, Frame(null) {}, acts) } }
    }

    private fun List<ItemRow>.with(id: String, to: Int) =
        toMutableList().apply { add(to, removeAt(indexOfFirst { it.id == id })) }

    private val titles get() = state.rows.filterIsInstance<ItemRow.Song>().map { it.title }

    @Test
    fun `a long press alone moves and opens nothing`() {
        rule.onNodeWithText("Wonderwall").performTouchInput { longClick() }
        rule.waitForIdle()
        assertEquals(SetlistSamples.normal.rows, state.rows)
        assertEquals(emptyList(), opened)
    }

    @Test
    fun `a finger holds a song and lets it go below the next one`() {
        dragged("Wonderwall", rule.onNodeWithText("Wonderwall").fetchSemanticsNode().size.height)
        assertEquals(listOf("Acquiesce", "Wonderwall"), titles.take(2))
        assertEquals(emptyList(), opened)
    }

    @Test
    fun `a song goes further than the screen shows`() {
        state = state.copy(rows = (1..50).map { ItemRow.Song("i$it", it, null, "Song $it") })
        dragged("Song 1", rule.onNode(hasScrollToIndexAction()).fetchSemanticsNode().size.height)
        assertTrue(titles.indexOf("Song 1") > 15, "it is at ${titles.indexOf("Song 1")}")
    }

    /** Held, moved down in ten steps, held there for a moment, and let go. */
    private fun dragged(song: String, by: Int) {
        val row = rule.onNodeWithText(song)
        row.performTouchInput { down(center) }
        rule.mainClock.advanceTimeBy(LONG)
        row.performTouchInput { repeat(10) { moveBy(Offset(0f, by / 10f)) } }
        rule.mainClock.advanceTimeBy(LONG)
        rule.onRoot().performTouchInput { up() }
        rule.waitForIdle()
    }

    @Test
    fun `a song is swiped out, and a short swipe leaves it`() {
        rule.onNodeWithText("Acquiesce").performTouchInput { swipeLeft(endX = centerX * 1.4f) }
        rule.waitForIdle()
        assertEquals(SetlistSamples.normal.rows, state.rows)
        rule.onNodeWithText("Acquiesce").performTouchInput { swipeLeft() }
        rule.waitForIdle()
        assertEquals(listOf("Wonderwall", "Are You Gonna Be My Girl"), titles.take(2))
        assertEquals(emptyList(), opened)
    }

    @Test
    fun `who cannot drag has actions`() {
        rule.onNodeWithText("Acquiesce").act(texts.setlist.moveUp)
        rule.waitForIdle()
        assertEquals(listOf("Acquiesce", "Wonderwall"), titles.take(2))
        rule.onNodeWithText("Acquiesce").act(texts.setlist.moveLast)
        rule.waitForIdle()
        assertEquals("Acquiesce", titles.last())
        rule.onNodeWithText("Wonderwall").act(texts.app.remove)
        rule.waitForIdle()
        assertEquals("Are You Gonna Be My Girl", titles.first())
    }

    @Test
    fun `a thousand items scroll`() {
        state = state.copy(rows = (1..1000).map { ItemRow.Song("i$it", it, null, "Song $it") })
        rule.onNode(hasScrollToIndexAction()).performScrollToIndex(1000)
        rule.onNodeWithText("Song 1000").assertIsDisplayed()
    }

    private companion object {
        /** Longer than a long press takes to be one, in milliseconds. */
        const val LONG = 1_000L
    }

    private fun SemanticsNodeInteraction.act(name: String) {
        val actions = fetchSemanticsNode().config[SemanticsActions.CustomActions]
        rule.runOnIdle { actions.first { it.label == name }.action() }
    }
}
