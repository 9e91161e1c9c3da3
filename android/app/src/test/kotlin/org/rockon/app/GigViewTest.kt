package org.rockon.app

import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.input.key.Key
import androidx.compose.ui.test.assertIsDisplayed
import androidx.compose.ui.test.click
import androidx.compose.ui.test.junit4.v2.createComposeRule
import androidx.compose.ui.test.longClick
import androidx.compose.ui.test.onNodeWithText
import androidx.compose.ui.test.onRoot
import androidx.compose.ui.test.performClick
import androidx.compose.ui.test.performKeyInput
import androidx.compose.ui.test.performTouchInput
import androidx.compose.ui.test.pressKey
import androidx.compose.ui.test.swipeLeft
import org.junit.Before
import org.junit.Rule
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.annotation.Config
import org.rockon.ui.gig.GigActs
import org.rockon.ui.gig.GigSamples
import org.rockon.ui.gig.GigView
import org.rockon.ui.gig.Sheet
import org.rockon.ui.theme.Look
import org.rockon.ui.theme.RockOnTheme
import kotlin.test.assertEquals

/** What a page of a gig does under a wet finger, a pedal and a swipe. */
@RunWith(RobolectricTestRunner::class)
@Config(qualifiers = "w411dp-h891dp")
class GigViewTest {
    @get:Rule
    val rule = createComposeRule()

    private val done = ArrayList<String>()
    private var state by mutableStateOf(GigSamples.normal)

    private val acts = object : GigActs {
        override fun turn(page: Int) {
            done += "turn $page"
            state = state.copy(page = page)
        }

        override fun next() {
            done += "next"
        }

        override fun previous() {
            done += "previous"
        }

        override fun show(sheet: Sheet?) {
            done += "sheet $sheet"
        }
    }

    @Before
    fun show() = rule.setContent { RockOnTheme(look = Look.STAGE) { GigView(state, acts) } }

    private fun touch(part: Float) = rule.onRoot().performTouchInput { click(Offset(width * part, height * 0.8f)) }

    private fun press(keys: List<Key>) = rule.onRoot().performKeyInput { keys.forEach { pressKey(it) } }

    private fun assertDone(vararg acts: String) {
        rule.waitForIdle()
        assertEquals(acts.toList(), done)
        done.clear()
    }

    @Test
    fun `a third on each side turns, the middle does not, and a long touch leads to the list`() {
        touch(0.9f)
        touch(0.5f)
        touch(0.1f)
        assertDone("next", "previous")
        rule.onRoot().performTouchInput { longClick(Offset(width / 2f, height * 0.8f)) }
        assertDone("sheet JUMP")
    }

    @Test
    fun `a pedal turns by every key that pedals send, and once while it is held`() {
        press(listOf(Key.DirectionRight, Key.DirectionDown, Key.PageDown, Key.Spacebar, Key.Enter))
        assertDone("next", "next", "next", "next", "next")
        press(listOf(Key.DirectionLeft, Key.DirectionUp, Key.PageUp))
        assertDone("previous", "previous", "previous")
        rule.onRoot().performKeyInput {
            keyDown(Key.PageDown)
            advanceEventTime(3_000)
            keyUp(Key.PageDown)
        }
        assertDone("next")
    }

    @Test
    fun `volume keys are the phone's until they are switched on, and a sheet has the keys`() {
        press(listOf(Key.VolumeDown, Key.VolumeUp))
        assertDone()
        state = state.copy(turnsByVolume = true)
        press(listOf(Key.VolumeDown, Key.VolumeUp))
        assertDone("next", "previous")
        state = state.copy(sheet = Sheet.LEAVE)
        press(listOf(Key.PageDown))
        assertDone()
        state = state.copy(sheet = null)
        press(listOf(Key.PageDown))
        assertDone("next")
    }

    @Test
    fun `a swipe turns one page, and the page that is told is shown`() {
        rule.onRoot().performTouchInput { swipeLeft() }
        assertDone("turn 2")
        state = state.copy(page = 3)
        rule.onNodeWithText("Wonderwall").assertIsDisplayed()
        assertDone()
    }

    @Test
    fun `the tempo is touched without turning, and a newer version only says that it is there`() {
        rule.onNodeWithText(texts.app.tempo(170)).performClick()
        assertDone()
        state = GigSamples.updated
        rule.onNodeWithText("Basket Case").assertIsDisplayed()
        rule.onNodeWithText(texts.gig.updatedBy("Eric", "+1 −0, order")).performClick()
        assertDone("sheet UPDATE")
    }
}
