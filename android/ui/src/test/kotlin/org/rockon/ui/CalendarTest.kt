package org.rockon.ui

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import org.rockon.Contact
import org.rockon.Json
import org.rockon.Kind
import org.rockon.Language
import org.rockon.Practice
import org.rockon.PracticeType
import org.rockon.RockOn
import org.rockon.RowId
import org.rockon.Show
import org.rockon.ShowStatus
import org.rockon.json
import org.rockon.practice
import org.rockon.server.PATIENCE
import org.rockon.server.ScenarioServer
import org.rockon.server.World
import org.rockon.show
import org.rockon.text
import org.rockon.ui.calendar.CalendarModel
import org.rockon.ui.calendar.hasHead
import org.rockon.ui.detail.DetailModel
import org.rockon.ui.editor.Deleted
import org.rockon.ui.editor.EditorModel
import org.rockon.ui.editor.Wrong
import org.rockon.ui.fields.Person
import org.rockon.ui.fields.people
import org.rockon.ui.fields.text
import org.rockon.ui.practice.NewPracticePlace
import org.rockon.ui.practice.PracticeField
import org.rockon.ui.show.NewShowPlace
import org.rockon.ui.show.ShowField
import org.rockon.ui.show.ShowPlace
import org.rockon.ui.texts.Texts
import java.time.LocalTime
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.hours
import kotlin.time.Instant

/** Shows and practices on the real core and a real server. */
class CalendarTest {
    private class Play(val world: World, val app: TestApp, val other: TestApp)

    /** A phone of [member]; Sam has another. */
    private fun played(member: String = "eric", play: suspend Play.() -> Unit) = runBlocking<Unit> {
        ScenarioServer.world().use { world ->
            TestApp.of(world).use { app ->
                TestApp.of(world).use { other ->
                    app.signIn(member, world)
                    other.signIn("sam", world)
                    Play(world, app, other).play()
                }
            }
        }
    }

    private suspend fun RockOn.crown(): Show = shows().first { all -> all.any { it.name == "The Crown" } }.first {
        it.name ==
            "The Crown"
    }

    private suspend fun RockOn.show(id: RowId, so: (Show) -> Boolean): Show =
        shows().first { all -> all.any { it.id == id && so(it) } }.first { it.id == id }

    private suspend fun RockOn.practice(so: (Practice) -> Boolean): Practice = practices().first { it.any(so) }.first(so)

    private suspend fun Play.opened(id: RowId): DetailModel {
        app.app.to(ShowPlace(id))
        return app.model<DetailModel>().also { model -> model.state.until { it.isLoaded && !it.isGone } }
    }

    private suspend fun Play.edited(id: RowId): EditorModel {
        opened(id).edit()
        return app.model<EditorModel>().also { model -> model.state.until { it.isLoaded } }
    }

    @Test
    fun `what is new about a show is told once, and to look at it is to have read it`() = played {
        val id = app.core().crown().id
        app.core().markRead(Kind.SHOW, id)
        other.core().crown()
        other.core().change(id, show { venue = "The Anchor"; status = ShowStatus.Scheduled })
        app.core().show(id) { it.unread && it.venue == "The Anchor" }
        val model = opened(id)
        val shown = model.state.until { it.changes.size == 2 }
        assertEquals(
            listOf("The Anchor", "scheduled"),
            listOf(ShowField.VENUE, ShowField.STATUS).map { of ->
                shown.changes
                    .first {
                        it.of ==
                            of
                    }.to
            },
        )
        assertEquals("Sam", shown.changes.first().by)
        app.core().show(id) { !it.unread }
        model.dismiss()
        assertEquals(emptyList(), model.state.value.changes)
        assertTrue("Sam" in model.state.until { it.seenBy.isNotEmpty() }.seenBy)
    }

    /** The receipt goes with the next exchange: each round is one. */
    @Test
    fun `who opens a show has seen it, though nothing in it is new`() = played {
        val me = checkNotNull(app.core().myName())
        val show = app.core().crown()
        assertEquals(false, show.unread)
        opened(show.id)
        withTimeout(PATIENCE) {
            while (other.core().seenBy(Kind.SHOW, show.id).none { it.name == me }) app.core().syncOnce(PATIENCE)
        }
    }

    @Test
    fun `a show calls, leads to the map and goes into the person's calendar`() = played {
        val model = opened(app.core().crown().id)
        val state = model.state.until { it.facts.any { fact -> fact.of == ShowField.SETLIST } }
        val pat =
            state.facts
                .first { it.of == ShowField.CONTACTS }
                .value
                .people()
                .first()
        model.call(pat.phone)
        model.map()
        model.mail("jo+sound@crown.test")
        model.remember(Texts(Language.ENGLISH))
        val outside = app.device.outside
        assertEquals(
            listOf("tel:+441632960001", "geo:0,0?q=The%20Crown%2C%2012%20Mill%20Lane", "mailto:jo%2Bsound%40crown.test"),
            outside.opened,
        )
        val event = outside.remembered.single()
        assertEquals("The Crown" to 150L, event.title to event.minutes)
        assertEquals(app.core().crown().scheduledDate, event.begin)
    }

    @Test
    fun `a viewer sees no pay and is offered no edit`() = played("toni") {
        val state = opened(app.core().crown().id).state.until { it.facts.isNotEmpty() }
        assertEquals(false, state.mayEdit)
        assertTrue(state.facts.none { it.of == ShowField.PAY })
        assertTrue(state.facts.any { it.of == ShowField.NOTES })
    }

    @Test
    fun `the same time from another phone is shown beside, and words for a time are kept`() = played {
        val id = app.core().crown().id
        other.core().crown()
        val editor = edited(id)
        editor.type(ShowField.SET, "after the support act")
        other.core().change(id, show { this["set_time"] = "21:15"; location = "13 Mill Lane" })
        val beside = editor.state.until { it.field(ShowField.SET).theirs != null }
        assertEquals(clock("21:15") to "Sam", beside.field(ShowField.SET).theirs?.let { it.value to it.who })
        assertEquals("13 Mill Lane", beside.field(ShowField.LOCATION).text)
        editor.type(ShowField.LOAD_IN, time(LocalTime.of(16, 45)))
        editor.save()
        val saved = app.core().show(id) { it.setTime?.text == "after the support act" }
        assertEquals("16:45" to 45000L, saved.loadInTime?.text to saved.payment)
    }

    @Test
    fun `contacts are edited one by one, and what the app does not show of them stays`() = played {
        val odd = json(mapOf("id" to "7", "name" to "Jo", "pager" to "12"))
        val contacts = listOf(Contact(id = "7", name = "Jo", raw = odd), Contact(name = "Nameless id", raw = Json.Null))
        val at = app.core().crown().scheduledDate
        val id = app.core().add(world.band, show { name = "Quay"; scheduledDate = at; this.contacts = contacts })
        val editor = edited(id)
        val people =
            editor.state.value
                .field(ShowField.CONTACTS)
                .text
                .people()
        editor.type(
            ShowField.CONTACTS,
            (
                people.map { if (it.name == "Jo") it.copy(phone = "0171\t1\n2") else it } +
                    Person("new", " Liv ")
                ).text(),
        )
        editor.save()
        val saved = app.core().show(id) { it.contacts.size == 3 }.contacts
        assertEquals(listOf("Jo", "Nameless id", "Liv"), saved.map { it.name })
        assertEquals("0171 1 2", saved.first().phone)
        assertEquals("12", ((saved.first().raw as Json.Object).fields["pager"] as Json.Text).text)
    }

    @Test
    fun `a show deleted under the editor can be copied or comes back with what was typed`() = played {
        val at = app.core().crown().scheduledDate
        val id = other.core().add(world.band, show { name = "Quay"; scheduledDate = at })
        app.core().show(id) { true }
        val editor = edited(id)
        editor.type(ShowField.NOTES, "Two ramps")
        other.core().delete(Kind.SHOW, id)
        assertEquals(Deleted("Sam"), editor.state.until { it.deleted != null }.deleted)
        editor.copy()
        assertEquals(listOf("Two ramps"), app.device.outside.copied)
        editor.bringBack()
        app.core().show(id) { it.notes == "Two ramps" }
    }

    @Test
    fun `a show is cancelled and deleted, and both can be taken back`() = played {
        val id = app.core().crown().id
        val model = opened(id)
        model.cancel()
        app.core().show(id) { it.status == ShowStatus.Cancelled }
        app.app.bar.until { it != null }
        app.app.undo()
        app.core().show(id) { it.status == ShowStatus.Confirmed }
        model.state.until { !it.isCancelled }
        model.delete()
        app.core().shows().first { all -> all.none { it.id == id } }
        app.app.bar.until { it != null }
        app.app.undo()
        app.core().show(id) { it.name == "The Crown" }
    }

    @Test
    fun `a new show needs a name and a day, and is there at once without a network`() = played {
        app.core().crown()
        app.device.network.turn(false)
        app.app.to(NewShowPlace(world.band))
        val editor = app.model<EditorModel>()
        editor.type(ShowField.PAY, "4,5,0")
        editor.save()
        val wrong =
            editor.state.value.fields.mapNotNull { field -> field.wrong?.let { "${field.of} ${it.what}" } }
        assertEquals(listOf("NAME MISSING", "DATE MISSING", "PAY NO_NUMBER"), wrong)
        editor.type(ShowField.NAME, "Quay")
        editor.type(ShowField.DATE, "2027-01-02T20:30")
        editor.type(ShowField.PAY, money(12350))
        editor.pick(ShowField.SETLIST)
        val choice =
            editor.state
                .until { it.picking?.choices?.isNotEmpty() == true }
                .picking!!
                .choices
                .first()
        editor.choose(choice)
        editor.close()
        editor.save()
        val shown = app.model<DetailModel>().state.until {
            it.isLoaded && it.setlist != null &&
                it.facts.any { fact -> fact.of == ShowField.SETLIST }
        }
        assertEquals("Quay" to choice.name, shown.title.value to shown.facts.first { it.of == ShowField.SETLIST }.value)
        val saved =
            app
                .core()
                .shows()
                .first { all -> all.any { it.name == "Quay" } }
                .first { it.name == "Quay" }
        assertEquals(instant("2027-01-02T20:30") to 12350L, saved.scheduledDate to saved.payment)
    }

    @Test
    fun `a practice is made, wrapped up, and what nobody touched stays`() = played {
        val old = app.core().practice { it.objectives.size == 2 }.id
        val before = app.core().row(Kind.PRACTICE, old)
        app.app.to(NewPracticePlace(world.band))
        val editor = app.model<EditorModel>()
        editor.type(PracticeField.DATE, "2026-12-10T19:00")
        editor.type(PracticeField.OBJECTIVES, "Ends\n\nHarmonies\n")
        editor.pick(PracticeField.SONGS)
        editor.search("acqui")
        editor.choose(
            editor.state
                .until { it.picking?.choices?.size == 1 }
                .picking!!
                .choices
                .single(),
        )
        editor.picked()
        editor.pick(PracticeField.ATTENDEES)
        editor.choose(
            editor.state
                .until { state ->
                    state.picking
                        ?.choices
                        .orEmpty()
                        .any { it.name == "Sam" }
                }.picking!!
                .choices
                .first {
                    it.name ==
                        "Sam"
                },
        )
        editor.close()
        editor.save()
        val model = app.model<DetailModel>()
        val shown = model.state.until { state -> state.facts.any { it.of == PracticeField.ATTENDEES && it.value == "Sam" } }
        assertEquals("Acquiesce", shown.facts.first { it.of == PracticeField.SONGS }.value)
        assertEquals("rehearsal", shown.title.value)
        model.wrapUp()
        val wrap = app.model<EditorModel>()
        assertEquals(
            listOf("Ends", "Harmonies"),
            wrap.state
                .until { it.isLoaded }
                .field(PracticeField.REACHED)
                .options,
        )
        wrap.toggle(PracticeField.REACHED, "Harmonies")
        wrap.toggle(PracticeField.RATING, "4")
        wrap.type(PracticeField.WRAP_UP, "Ends still drag.")
        wrap.save()
        val saved = app.core().practice { it.wrapupNotes == "Ends still drag." }
        assertEquals(
            Triple(listOf("Harmonies"), 4L, "completed"),
            Triple(
                saved.completedObjectives,
                saved.sessionRating,
                model.state
                    .until {
                        it.status ==
                            "completed"
                    }.status,
            ),
        )
        assertEquals(1, saved.songs.size)
        assertEquals(before, app.core().row(Kind.PRACTICE, old))
        assertNull(app.kept["editwrap.${saved.id}.wrapup_notes"])
    }

    private suspend fun Play.calendar(): CalendarModel {
        app.app.choose(Tab.CALENDAR)
        return app.model<CalendarModel>().also { model ->
            model.state.until { state ->
                state.rows.any {
                    it.title.value ==
                        "The Crown"
                }
            }
        }
    }

    @Test
    fun `the calendar has what is next on top and what is past below`() = played {
        val far = Instant.parse("2099-12-05T20:00:00Z")
        val list = calendar()
        val sam = other.core().also { it.crown() }
        sam.add(world.band, show { name = "Far"; scheduledDate = far })
        sam.add(world.band, show { name = "Long ago"; scheduledDate = Instant.parse("2001-12-05T20:00:00Z") })
        sam.add(
            world.band,
            practice { practiceType = PracticeType.Writing; scheduledDate = far - 1.hours; location = "Unit 4" },
        )
        val rows = list.state.until { state -> state.rows.count { it.isUnread } == 3 }.rows
        val titles = rows.map { it.title.value }
        assertEquals(listOf("writing", "Far"), titles.slice(titles.indexOf("Far") - 1..titles.indexOf("Far")))
        assertEquals("Long ago", titles.last())
        assertEquals(listOf(false, true), listOf("Far", "Long ago").map { rows[titles.indexOf(it)].isPast })
        assertEquals(listOf(true, false), listOf("writing", "Far").map { rows.hasHead(titles.indexOf(it)) })
        list.open(rows[titles.indexOf("writing")])
        assertEquals(
            "Unit 4",
            app
                .model<DetailModel>()
                .state
                .until { it.facts.isNotEmpty() }
                .where,
        )
        list.state.until { state -> state.rows.count { it.isUnread } == 2 }
    }

    @Test
    fun `who may not add is not offered it, and an own scope has no calendar`() = played("toni") {
        val list = calendar()
        assertEquals(false, list.state.value.mayAdd)
        val own = list.state.value.bands.all.first { it.isOwn }
        list.choose(own.id)
        assertTrue(
            list.state
                .until { it.band?.isOwn == true && it.isEmpty }
                .mayAdd
                .not(),
        )
    }
}
