package org.rockon.ui

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withTimeout
import kotlinx.datetime.toJavaLocalTime
import org.rockon.ItemBody
import org.rockon.ItemPlace
import org.rockon.Kind
import org.rockon.ListStep
import org.rockon.Setlist
import org.rockon.server.PATIENCE
import org.rockon.server.ScenarioServer
import org.rockon.server.World
import org.rockon.setlist
import org.rockon.ui.editor.EditorModel
import org.rockon.ui.line.LineModel
import org.rockon.ui.setlist.AddSongsModel
import org.rockon.ui.setlist.Gone
import org.rockon.ui.setlist.ItemField
import org.rockon.ui.setlist.ItemRow
import org.rockon.ui.setlist.Seen
import org.rockon.ui.setlist.SetlistField
import org.rockon.ui.setlist.SetlistModel
import org.rockon.ui.setlist.SetlistPlace
import org.rockon.ui.setlist.SetlistState
import org.rockon.ui.setlist.Times
import org.rockon.ui.setlists.SetlistsModel
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNull
import kotlin.test.assertTrue

/** Setlists and one of them, on the real core and a real server. */
class SetlistTest {
    private fun played(play: suspend (World, TestApp) -> Unit) = runBlocking<Unit> {
        withTimeout(PATIENCE * 6) { ScenarioServer.world().use { world -> TestApp.of(world).use { play(world, it) } } }
    }

    private suspend fun TestApp.setlists(member: String, world: World): SetlistsModel {
        signIn(member, world)
        core().waitForFirstSync()
        val model = model<SetlistsModel>()
        model.state.until { it.rows.size == 3 }
        return model
    }

    /** The setlist of the seed with two sets, looked at. */
    private suspend fun TestApp.crown(member: String, world: World): SetlistModel {
        val lists = setlists(member, world)
        lists.open(
            lists.state.value.rows
                .first { it.name == CROWN }
                .id,
        )
        return model<SetlistModel>().also { model -> model.state.until { it.rows.size > 5 } }
    }

    private suspend fun TestApp.crownOf(world: World): Setlist = core().setlists(world.band).first { it.isNotEmpty() }.first {
        it.name ==
            CROWN
    }

    private val SetlistState.ids get() = rows.map { it.id }

    @Test
    fun `a setlist is made by its name and filled from the library, in the order of choice`() = played { world, app ->
        app.setlists("eric", world).add()
        val line = app.model<LineModel>()
        line.type("Harbour Night")
        line.perform()
        val made = app.model<SetlistModel>()
        made.state.until { it.name == "Harbour Night" && it.rows.isEmpty() }
        made.addSongs()
        val adding = app.model<AddSongsModel>()
        val zombie = adding.found("zom", "Zombie")
        val acquiesce = adding.found("acq", "Acquiesce")
        listOf(zombie, acquiesce).forEach(adding::toggle)
        adding.add()
        val filled = made.state.until { it.rows.size == 2 }
        assertEquals(
            listOf(1 to "Zombie", 2 to "Acquiesce"),
            filled.rows.map { (it as ItemRow.Song).number to it.title },
        )
        assertEquals(2, filled.songs)
        app.app.bar.awaited { it }
        app.app.undo()
        made.state.until { it.rows.isEmpty() }
        assertNull(app.kept["add.${app.crownOf(world).id}"])
    }

    private suspend fun AddSongsModel.found(search: String, title: String) = run {
        search(search)
        state
            .until { state -> state.rows.any { it.title == title } && state.rows.size < 9 }
            .rows
            .first { it.title == title }
            .id
    }

    @Test
    fun `what was chosen outlives the process, and a song that is there is told`() = played { world, app ->
        app.crown("eric", world).addSongs()
        val adding = app.model<AddSongsModel>()
        val wonderwall = adding.found("wonderw", "Wonderwall")
        assertTrue(wonderwall in adding.state.until { it.there.isNotEmpty() }.there)
        adding.toggle(wonderwall)
        app.close()
        val again = TestDevice(app.device.servers.read(), app.device.dataDir, app.device.secrets)
        TestApp(again, app.kept).use {
            assertEquals(
                listOf(wonderwall),
                it
                    .model<AddSongsModel>()
                    .state.value.chosen,
            )
        }
    }

    @Test
    fun `an item moves at once, here and on the other phone`() = played { world, app ->
        val model = app.crown("eric", world)
        TestApp.of(world).use { other ->
            other.setlists("sam", world)
            val before = model.state.value.ids
            val wanted = listOf(before[3]) + (before - before[3])
            model.move(before[3], 0)
            assertEquals(wanted, model.state.value.ids)
            assertEquals(1, model.state.value.moved?.place)
            val list = app.crownOf(world).id
            other.core().setlist(list).first { seen -> seen?.items?.map { it.id } == wanted }
            model.move(before[3], wanted.lastIndex)
            val last = before - before[3] + before[3]
            other.core().setlist(list).first { seen -> seen?.items?.map { it.id } == last }
            model.state.until { it.ids == last }
        }
    }

    @Test
    fun `a move behind what a bandmate took out is told, and the order is as it is`() = played { world, app ->
        val model = app.crown("eric", world)
        val before = model.state.value.ids
        app.core().removeItem(app.crownOf(world).id, before[2])
        model.state.until { before[2] !in it.ids }
        model.remove(before[2], "Something")
        app.app.bar.awaited { it }
        assertEquals(before - before[2], model.state.value.ids)
    }

    @Test
    fun `what was swiped out comes back where it was`() = played { world, app ->
        val model = app.crown("eric", world)
        val before = model.state.value.ids
        model.remove(before[2], "Something")
        assertEquals(before - before[2], model.state.value.ids)
        app.app.bar.awaited { it }
        app.app.undo()
        model.state.until { it.ids == before }
    }

    @Test
    fun `a break and a section stand at the end`() = played { world, app ->
        val model = app.crown("eric", world)
        model.addBreak()
        model.state.until { it.rows.last() is ItemRow.Break }
        model.addSection("Encore")
        val last =
            model.state
                .until { it.rows.last() is ItemRow.Section }
                .rows
                .takeLast(2)
        assertEquals(
            listOf(15L to null, null to "Encore"),
            last.map {
                (it as? ItemRow.Break)?.minutes to
                    (it as? ItemRow.Section)?.title
            },
        )
    }

    @Test
    fun `notes of an item are written beside those of a bandmate, and not lost when it is taken out`() = played { world, app ->
        val model = app.crown("eric", world)
        val list = app.crownOf(world).id
        val song = model.state.value.rows.first { it is ItemRow.Song }
        TestApp.of(world).use { other ->
            other.setlists("sam", world)
            model.editItem(song)
            val editor = app.model<EditorModel>()
            editor.state.until { it.isLoaded }
            editor.type(ItemField.NOTES, "Slow")
            other.core().setItemNotes(list, song.id, "Fast")
            editor.state.until { it.field(ItemField.NOTES).theirs?.value == "Fast" }
            editor.save()
            model.state.until { state -> state.rows.any { it.id == song.id && (it as ItemRow.Song).notes == "Slow" } }
            app.model<SetlistModel>().editItem(song)
            val again = app.model<EditorModel>()
            again.state.until { it.isLoaded }
            again.type(ItemField.NOTES, "Slower")
            // What nobody has seen is not taken out.
            other.core().setlist(list).first { seen ->
                seen?.items.orEmpty().any {
                    (it.body as? ItemBody.Song)?.notes ==
                        "Slow"
                }
            }
            other.core().removeItem(list, song.id)
            again.state.until { it.deleted != null }
            assertEquals(
                "Slower",
                again.state.value
                    .field(ItemField.NOTES)
                    .text,
            )
            assertFalse(again.state.value.form.canComeBack)
        }
    }

    @Test
    fun `a break is given other minutes and keeps its notes, and a setlist another name`() = played { world, app ->
        val model = app.crown("eric", world)
        model.addBreak()
        val editor = app.model<EditorModel>()
        editor.state.until { it.isLoaded }
        editor.type(ItemField.NOTES, "Drinks")
        editor.save()
        model.state.until { state ->
            state.rows.last() is ItemRow.Break &&
                (state.rows.last() as ItemRow.Break).notes == "Drinks"
        }
        app.model<SetlistModel>().editItem(
            model.state.value.rows
                .last(),
        )
        val again = app.model<EditorModel>()
        again.state.until { it.isLoaded }
        again.type(ItemField.MINUTES, "20")
        again.save()
        val last =
            model.state
                .until { (it.rows.last() as? ItemRow.Break)?.minutes == 20L }
                .rows
                .last()
        assertEquals("Drinks", (last as ItemRow.Break).notes)
        app.model<SetlistModel>().edit()
        val name = app.model<EditorModel>()
        name.state.until { it.isLoaded }
        name.type(SetlistField.NAME, "The Anchor")
        name.save()
        model.state.until { it.name == "The Anchor" }
    }

    @Test
    fun `what a bandmate changed is told once, and who`() = played { world, app ->
        val lists = app.setlists("eric", world)
        val list = app.crownOf(world)
        app.core().markRead(Kind.SETLIST, list.id)
        lists.state.until { state -> state.rows.none { it.id == list.id && it.isUnread } }
        TestApp.of(world).use { other ->
            other.setlists("sam", world)
            other.core().moveItem(list.id, list.items[1].id, ItemPlace.Last)
            lists.state.until { state -> state.rows.any { it.id == list.id && it.isUnread } }
            lists.open(list.id)
            val model = app.model<SetlistModel>()
            val changes = model.state.awaited { it.changes }
            assertEquals(listOf("Sam"), changes.by)
            assertTrue(changes.steps.single() is ListStep.Moved)
            model.dismiss()
            assertNull(model.state.value.changes)
            lists.state.until { state -> state.rows.any { it.id == list.id && !it.isUnread } }
        }
    }

    @Test
    fun `who has looked is named`() = played { world, app ->
        TestApp.of(world).use { other ->
            other.crown("sam", world)
            assertTrue(other.core().syncOnce(PATIENCE).complete)
        }
        val model = app.crown("eric", world)
        assertEquals(listOf(Seen("Sam", isCurrent = true)), model.state.until { it.seenBy.isNotEmpty() }.seenBy)
    }

    @Test
    fun `a setlist says when it starts and ends, and is printed as the core writes it`() = played { world, app ->
        val model = app.crown("eric", world)
        val set = app.crownOf(world)
        val (start, end) = checkNotNull(set.start).toJavaLocalTime() to checkNotNull(set.end).toJavaLocalTime()
        assertEquals(Times(time(start), time(end)), model.state.value.times)
        model.print()
        val (name, page) = app.device.printed.awaited { it }
        assertEquals(CROWN to true, name to ("Wonderwall" in page && "</html>" in page))
    }

    @Test
    fun `a setlist that is deleted while it is looked at says who did it`() = played { world, app ->
        app.setlists("eric", world)
        TestApp.of(world).use { other ->
            other.setlists("sam", world)
            // One that no show names: the delete of another would wait for a person.
            val lonely = other.core().add(world.band, setlist { name = "Lonely" })
            app.core().setlist(lonely).first { it != null }
            app.app.to(SetlistPlace(lonely))
            val model = app.model<SetlistModel>()
            model.state.until { it.name == "Lonely" }
            other.core().delete(Kind.SETLIST, lonely)
            assertEquals(Gone("Sam"), model.state.awaited { it.gone })
        }
    }

    @Test
    fun `a copy, the archive and a delete are taken back by their bars`() = played { world, app ->
        val lists = app.setlists("eric", world)
        val all = lists.state.value.rows.map { it.name }
        val crown = lists.state.value.rows.first { it.name == CROWN }
        lists.duplicate(crown.id, "Copy")
        val copy =
            lists.state
                .until { it.rows.size == 4 }
                .rows
                .first { it.name == "Copy" }
        assertEquals(crown.songs to crown.length, copy.songs to copy.length)
        val ids =
            app
                .core()
                .setlists(world.band)
                .first()
                .associate { list -> list.name to list.items.map { it.id } }
        assertEquals(emptySet(), ids.getValue("Copy").intersect(ids.getValue(CROWN).toSet()))
        takenBack(app, lists, all)
        lists.delete(crown.id)
        lists.state.until { it.rows.size == 2 }
        takenBack(app, lists, all)
    }

    private suspend fun takenBack(app: TestApp, lists: SetlistsModel, all: List<String>) {
        app.app.bar.awaited { it }
        app.app.undo()
        lists.state.until { state -> state.rows.map { it.name } == all }
    }

    @Test
    fun `offline everything is done at once, and sent later`() = played { world, app ->
        val model = app.crown("eric", world)
        app.device.network.turn(false)
        val first = model.state.value.ids[1]
        model.move(first, 4)
        model.state.until { it.isUnsent && it.ids[4] == first }
        app.device.network.turn(true)
        model.state.until { !it.isUnsent && it.ids[4] == first }
    }

    @Test
    fun `a viewer is offered nothing that would be refused`() = played { world, app ->
        val model = app.crown("toni", world)
        assertFalse(model.state.value.mayEdit)
    }

    private companion object {
        const val CROWN = "The Crown, two sets"
    }
}
