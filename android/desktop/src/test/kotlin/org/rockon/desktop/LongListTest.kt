package org.rockon.desktop

import androidx.compose.foundation.layout.size
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.semantics.SemanticsActions
import androidx.compose.ui.semantics.SemanticsProperties
import androidx.compose.ui.test.SemanticsMatcher.Companion.keyIsDefined
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasScrollAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithContentDescription
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performScrollToIndex
import androidx.compose.ui.test.performSemanticsAction
import androidx.compose.ui.test.performTouchInput
import androidx.compose.ui.unit.dp
import org.junit.Rule
import org.rockon.Letter
import org.rockon.RowId
import org.rockon.ui.Frame
import org.rockon.ui.songs.SongRow
import org.rockon.ui.songs.SongsActs
import org.rockon.ui.songs.SongsSamples
import org.rockon.ui.songs.SongsView
import org.rockon.ui.theme.Look
import org.rockon.ui.theme.RockOnTheme
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** A long list costs what is on screen: rows are made when they come into sight. */
class LongListTest {
    @get:Rule val rule = createComposeRule()

    /** Rows that tell which of them were asked for. */
    private class Told(override val size: Int) : AbstractList<SongRow>() {
        val asked = HashSet<Int>()

        override fun get(index: Int): SongRow {
            asked += index
            val id = RowId("d0000000-0000-4000-8000-%012d".format(index))
            return SongRow(id, "Song $index", "Band", "3:00", 120, "E", isUnread = false, isUnsent = false)
        }
    }

    /** Keeps where a letter leads, as the model does. */
    private class Led(rows: Told) : SongsActs {
        val letters = List(25) { Letter("${'A' + it}", it * rows.size / 25) }
        var state by mutableStateOf(SongsSamples.normal.copy(rows = rows, count = rows.size, letters = letters))
        val goals = ArrayList<String>()

        override fun jump(to: Letter) {
            goals += to.letter
            state = state.copy(goal = to.index)
        }

        override fun arrived() {
            state = state.copy(goal = null)
        }
    }

    private fun shown(rows: Told) = Led(rows).also { led ->
        rule.setContent {
            RockOnTheme(Modifier.size(411.dp, 891.dp), Look.DARK) { SongsView(led.state, Frame(null) {}, led) }
        }
        rule.onNodeWithText("Song 0").assertIsDisplayed()
    }

    private fun made() = rule.onAllNodes(hasText("Song ", substring = true)).fetchSemanticsNodes().size

    @Test
    fun `the first frame of 10,000 songs makes and asks for as much as that of 50`() {
        val rows = Told(10_000)
        shown(rows)
        assertTrue(made() in 5..20, "${made()} rows were made")
        assertTrue(rows.asked.size < 250, "${rows.asked.size} rows were asked for")
    }

    @Test
    fun `the end of 10,000 songs is reached without those between`() {
        val rows = Told(10_000)
        shown(rows)
        rule.onNode(hasScrollAction()).performScrollToIndex(9_999)
        rule.onNodeWithText("Song 9998").assertIsDisplayed()
        assertTrue(made() in 5..20, "${made()} rows were made")
        assertTrue(rows.asked.size < 500, "${rows.asked.size} rows were asked for")
        assertEquals(emptySet(), rows.asked.filter { it in 1_000..9_000 }.toSet())
    }

    @Test
    fun `a finger on the letters leads to one, and drags on to others`() {
        val rows = Told(10_000)
        val led = shown(rows)
        val letters = rule.onNode(keyIsDefined(SemanticsProperties.ProgressBarRangeInfo))
        letters.performTouchInput { down(center) }
        rule.onNodeWithText("Song 4800").assertIsDisplayed()
        rule.onNodeWithText("M").assertIsDisplayed()
        letters.performTouchInput { moveTo(bottomCenter - Offset(0f, 1f)) }
        rule.onNodeWithText("Song 9600").assertIsDisplayed()
        letters.performTouchInput { up() }
        rule.onNodeWithText("Y").assertDoesNotExist()
        assertEquals(listOf("M", "Y"), led.goals)
        assertNull(led.state.goal)
        assertEquals(emptySet(), rows.asked.filter { it in 5_500..9_000 }.toSet())
    }

    @Test
    fun `who cannot see the letters moves them like a slider`() {
        val led = shown(Told(10_000))
        rule.onNodeWithContentDescription("Jump to A").performSemanticsAction(SemanticsActions.SetProgress) { it(2f) }
        rule.onNodeWithText("Song 800").assertIsDisplayed()
        rule.onNodeWithContentDescription("Jump to C").assertExists()
        assertEquals(listOf("C"), led.goals)
    }
}
