package org.rockon.desktop

import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.performClick
import org.junit.Rule
import org.rockon.RowId
import org.rockon.ui.Frame
import org.rockon.ui.songs.SongsActs
import org.rockon.ui.songs.SongsSamples
import org.rockon.ui.songs.SongsView
import org.rockon.ui.theme.Look
import org.rockon.ui.theme.RockOnTheme
import kotlin.test.Test
import kotlin.test.assertEquals

/** The same screens on the other Compose. */
class DesktopTest {
    @get:Rule val rule = createComposeRule()

    @Test
    fun `the list is drawn and leads to a song`() {
        val opened = ArrayList<RowId>()
        val state = SongsSamples.normal
        rule.setContent {
            RockOnTheme(look = Look.DARK) {
                val acts = object : SongsActs {
                    override fun open(song: RowId) {
                        opened += song
                    }
                }
                SongsView(state, Frame(SongsSamples.offline.second) {}, acts)
            }
        }
        rule.onNodeWithText("3 changes not sent yet").assertIsDisplayed()
        rule.onNodeWithText("Acquiesce").performClick()
        assertEquals(listOf(state.rows.first { it.title == "Acquiesce" }.id), opened)
    }
}
