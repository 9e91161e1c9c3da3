package org.rockon.ui

import kotlinx.coroutines.flow.first
import org.rockon.Choice
import org.rockon.Role
import org.rockon.Side
import org.rockon.TextPartKind
import org.rockon.song
import org.rockon.ui.conflict.ConflictModel
import org.rockon.ui.conflict.MergeModel
import org.rockon.ui.device.Allowed
import org.rockon.ui.device.Server
import org.rockon.ui.notices.NoticesModel
import org.rockon.ui.notices.NoticesPlace
import org.rockon.ui.notices.Waiting
import org.rockon.ui.rejected.RejectedModel
import org.rockon.ui.song.SongModel
import org.rockon.ui.texts.Language
import org.rockon.ui.texts.Texts
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** Notices, conflicts and refused edits, on the real core and a real server. */
class NoticesTest {
    private val texts = Texts(Language.ENGLISH)

    private suspend fun Two.notices(): NoticesModel {
        app.app.choose(Tab.NOTICES)
        return app.model<NoticesModel>()
    }

    /** Both write the notes without knowing of each other. */
    private suspend fun Two.collide(mine: String, theirs: String): NoticesModel {
        app.device.network.turn(false)
        app.core().change(song, song { notes = mine })
        other.core().change(song, song { notes = theirs })
        arrives { it.notes == theirs && !it.pending }
        app.device.network.turn(true)
        app.core().status.until { it.outbox.unsent == 0L && it.outbox.conflicts == 1L }
        return notices().also { model -> model.state.until { it.waiting.isNotEmpty() } }
    }

    private suspend fun Two.conflict(of: NoticesModel): ConflictModel {
        of.open(
            of.state.value.waiting
                .single(),
        )
        return app.model<ConflictModel>().also { model -> model.state.until { it.isLoaded } }
    }

    @Test
    fun `what another does is a notice, and it leads there`() = two {
        val model = notices()
        other.core().change(song, song { key = "F#" })
        val row =
            model.state
                .until { it.rows.isNotEmpty() }
                .rows
                .single()
        assertTrue("Sam" in row.text && "F#" in row.text, row.text)
        assertTrue(row.isUnseen)
        assertEquals(model.state.value.today, row.day)
        model.open(row)
        assertEquals(
            "Acquiesce",
            app
                .model<SongModel>()
                .state
                .until { it.isLoaded }
                .title,
        )
        assertEquals(0, model.state.until { state -> state.rows.none { it.isUnseen } }.unseen)
    }

    @Test
    fun `notices of one band alone`() = two {
        val model = notices()
        other.core().change(song, song { key = "F#" })
        val row = model.state.until { it.rows.size == 1 }.rows.single()
        assertEquals(world.band, model.state.value.bandOf(row)?.id)
        val own = model.state.value.bands.first { it.isOwn }
        model.choose(own.id)
        assertEquals(0, model.state.until { it.isEmpty }.unseen)
        model.choose(world.band)
        assertEquals(1, model.state.until { it.rows.size == 1 }.unseen)
        assertNull(model.state.value.bandOf(row))
    }

    @Test
    fun `all are marked when the time to take it back has passed`() = two {
        val model = notices()
        other.core().change(song, song { key = "F#" })
        model.state.until { it.unseen == 1 }
        model.seeAll()
        assertTrue(model.state.value.isClearing)
        app.app.undo()
        model.state.until { !it.isClearing }
        assertEquals(1, app.core().countUnseenNotices())
        model.seeAll()
        app.app.tell(Bar { "" })
        model.state.until { it.unseen == 0 && !it.isClearing }
    }

    @Test
    fun `of two values mine is chosen, and both phones have it`() = two {
        val list = collide("Mine", "Theirs")
        val waiting = list.state.value.waiting.single() as Waiting.OfConflict
        assertTrue("Sam" in waiting.text.orEmpty() && "Acquiesce" in waiting.text.orEmpty(), "${waiting.text}")
        assertTrue(list.state.value.rows.none { it.text == waiting.text }, "it is listed once")
        val strip = app.app.state.awaited { shown -> (shown as? Shown.Inside)?.strip?.takeIf { it.waits } }
        assertEquals(1, strip.conflicts)
        val model = conflict(list)
        val shown = model.state.until { it.text != null && it.live != Side.OTHER }
        assertEquals(listOf("Mine", "Theirs", "Sam"), listOf(shown.mine, shown.theirs, shown.by))
        assertEquals(Side.THEIRS, shown.live)
        model.mine()
        list.state.until { it.waiting.isEmpty() }
        arrives { it.notes == "Mine" }
        app.app.state.until { (it as? Shown.Inside)?.screen?.place == NoticesPlace }
    }

    @Test
    fun `something is made of both, and no letter of it is lost`() = two {
        val model = conflict(collide("Mine\nlong", "Theirs"))
        model.merge()
        val merge = app.model<MergeModel>()
        val shown = merge.state.until { it.isLoaded }
        assertEquals("Mine\nlong", shown.text)
        assertTrue(shown.difference.any { it.kind == TextPartKind.ADDED && "Theirs" in it.text }, "${shown.difference}")
        merge.type("Mine and theirs")
        merge.close()
        assertTrue(merge.state.value.asksToDiscard)
        merge.stay()
        app.close()
        val again = TestDevice(Server(world.url, world.anonKey), app.device.dataDir, app.device.secrets)
        TestApp(again, app.kept).use { reopened ->
            val restored = reopened.model<MergeModel>()
            assertEquals("Mine and theirs", restored.state.until { it.isLoaded }.text)
            restored.save()
            reopened.app.state.until {
                (it as? Shown.Inside)?.screen?.place == NoticesPlace ||
                    restored.state.value.failure != null
            }
            assertNull(restored.state.value.failure)
            arrives { it.notes == "Mine and theirs" }
            reopened.model<NoticesModel>().state.until { it.waiting.isEmpty() && it.isLoaded }
        }
    }

    @Test
    fun `a conflict that is settled elsewhere leaves the text to be copied`() = two {
        val model = conflict(collide("Mine", "Theirs"))
        model.merge()
        val merge = app.model<MergeModel>()
        merge.state.until { it.isLoaded }
        merge.type("Mine and theirs")
        app.core().let { core ->
            core.resolve(
                core
                    .conflicts()
                    .first()
                    .single()
                    .id,
                Choice.Theirs,
            )
        }
        merge.state.until { it.isSettled }
        merge.copy()
        assertEquals(listOf("Mine and theirs"), app.device.outside.copied)
    }

    @Test
    fun `a refused edit is copied, tried again, and given up`() = two("toni") {
        app.core().change(song, song { key = "C" })
        val list = notices()
        val waiting =
            list.state
                .until { it.waiting.isNotEmpty() }
                .waiting
                .single() as Waiting.OfEdit
        list.open(waiting)
        val model = app.model<RejectedModel>()
        val shown = model.state.until { it.edit != null && it.isViewer }
        val tried = shown.tried.single()
        assertEquals(listOf("key", "C"), listOf(tried.column, tried.wanted))
        assertFalse(tried.shown == "C", "the row shows the server's value")
        assertTrue("viewer" in shown.why(texts), shown.why(texts))
        model.copy(shown.typed(texts))
        assertEquals(listOf("C"), app.device.outside.copied)
        TestApp.of(world).use { admin ->
            val core = admin.signIn("eric", world).core()
            val toni = core.members(world.band).first { all -> all.any { it.name == "Toni" } }.first { it.name == "Toni" }
            core.setMemberRole(world.band, checkNotNull(toni.user), Role.Member)
        }
        model.state.until { !it.isViewer }
        model.tryAgain()
        arrives { it.key == "C" }
        list.state.until { it.waiting.isEmpty() }
    }

    @Test
    fun `to give an edit up asks first`() = two("toni") {
        app.core().change(song, song { key = "C" })
        val list = notices()
        list.open(
            list.state
                .until { it.waiting.isNotEmpty() }
                .waiting
                .single(),
        )
        val model = app.model<RejectedModel>()
        model.state.until { it.edit != null }
        model.askToDiscard()
        assertTrue(model.state.value.asksToDiscard)
        model.discard()
        list.state.until { it.waiting.isEmpty() }
        assertNull(
            app
                .core()
                .rejectedEdits()
                .first()
                .singleOrNull(),
        )
    }

    @Test
    fun `whether the system may tell is asked here, and said`() = two {
        val model = notices()
        assertEquals(
            Allowed.Answer.UNASKED,
            model.state
                .until { it.isLoaded }
                .allowed.answer,
        )
        model.allow()
        model.state.until { it.allowed.answer == Allowed.Answer.YES }
        assertTrue(app.device.notifications.cleared > 0, "what the system showed is looked at here")
    }
}
