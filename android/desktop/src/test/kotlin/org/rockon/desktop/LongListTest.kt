package org.rockon.desktop

import androidx.compose.foundation.layout.size
import androidx.compose.ui.Modifier
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.hasScrollAction
import androidx.compose.ui.test.hasText
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performScrollToIndex
import androidx.compose.ui.unit.dp
import org.junit.Rule
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

    private fun shown(rows: Told) {
        val state = SongsSamples.normal.copy(rows = rows, count = rows.size)
        rule.setContent {
            RockOnTheme(Modifier.size(411.dp, 891.dp), Look.DARK) { SongsView(state, Frame(null) {}, SongsActs()) }
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
}
