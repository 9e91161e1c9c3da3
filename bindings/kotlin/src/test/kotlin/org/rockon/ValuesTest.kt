package org.rockon

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.yield
import kotlinx.datetime.LocalTime
import org.junit.jupiter.api.assertThrows
import org.rockon.ffi.InternalException
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Clock
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Instant

/** Values across the boundary. */
class ValuesTest {
    @Test
    fun `texts of any script come back as they were, without NUL`() =
        runBlocking<Unit> {
            evening { world, phone ->
                val texts =
                    listOf(
                        "🎸🥁 👩‍👩‍👧‍👦",
                        "שלום עולם",
                        "\u202Emirrored\u202C",
                        "e\u0301 ﷽",
                        "\uFEFFmark",
                        "line\r\nline\ttab",
                    )
                for (text in texts) {
                    val id = phone.core.add(world.band, song { title = text; notes = text })
                    assertEquals(
                        text,
                        phone.core
                            .row(Kind.SONG, id)
                            ?.get("notes")
                            ?.plain,
                    )
                    assertEquals(
                        text,
                        phone.core
                            .song(id)
                            .until { it != null }
                            ?.title,
                    )
                }
                val id = phone.core.add(world.band, song { title = "a\u0000b" })
                assertEquals(
                    "ab",
                    phone.core
                        .row(Kind.SONG, id)
                        ?.get("title")
                        ?.plain,
                )
            }
        }

    @Test
    fun `a text of a quarter megabyte fits, one of a megabyte is refused with its column`() =
        runBlocking<Unit> {
            evening { world, phone ->
                val quarter = "🎸".repeat(64 * 1024)
                val id = phone.core.add(world.band, song { title = "Long"; notes = quarter })
                assertEquals(
                    quarter,
                    phone.core
                        .row(Kind.SONG, id)
                        ?.get("notes")
                        ?.plain,
                )
                val refused =
                    assertThrows<RockOnException.Invalid> {
                        runBlocking { phone.core.change(id, song { notes = "x".repeat(1 shl 20) }) }
                    }
                assertEquals("notes", refused.field)
                val file = "title;notes\n" + "A;${"y".repeat(200_000)}\n".repeat(6)
                val plan = phone.core.planImport(world.band, listOf(SourceFile("a.csv", file.encodeToByteArray())))
                assertEquals(1_200_000, plan.songs.sumOf { (it.values.getValue("notes").plain as String).length })
            }
        }

    @Test
    fun `half a surrogate pair is refused as no text`() =
        runBlocking<Unit> {
            evening { world, phone ->
                assertThrows<RockOnException.Invalid> { runBlocking { phone.core.add(world.band, song { title = "a\uD83Db" }) } }
            }
        }

    @Test
    fun `whole numbers and dates are kept at their ends`() =
        runBlocking<Unit> {
            evening { world, phone ->
                val most = 1L shl 53 // what JSON readers everywhere keep exactly
                val ends = mapOf("low" to -most, "high" to most, "real" to 0.1, "none" to null, "yes" to true)
                val beyond = mapOf("high" to Long.MAX_VALUE)
                val days = listOf("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z", "1969-12-31T23:59:59Z")
                for (day in days) {
                    val id =
                        phone.core.add(
                            world.band,
                            show { name = "Ends"; payment = Int.MAX_VALUE.toLong(); contacts = listOf(Contact(raw = json(ends))) }
                                .also { it["scheduled_date"] = day },
                        )
                    val row = checkNotNull(phone.core.row(Kind.SHOW, id))
                    assertEquals(day, row.getValue("scheduled_date").plain)
                    assertEquals(Int.MAX_VALUE.toLong(), row.getValue("payment").plain)
                    assertEquals(listOf(ends), row.getValue("contacts").plain)
                }
                assertThrows<RockOnException.Invalid> {
                    runBlocking {
                        phone.core.add(
                            world.band,
                            show { name = "Beyond"; scheduledDate = NIGHT; contacts = listOf(Contact(raw = json(beyond))) },
                        )
                    }
                }
                assertThrows<RockOnException.Invalid> {
                    runBlocking { phone.core.add(world.band, Kind.SONG, values("title" to "x", "tempo" to Long.MAX_VALUE)) }
                }
            }
        }

    @Test
    fun `rows have types and give their texts back`() =
        runBlocking<Unit> {
            evening { world, phone ->
                val core = phone.core
                val odd = json(mapOf("id" to "1", "name" to "Pat", "fax" to 5))
                val words = ShowTime.Words("after the others")
                val id =
                    core.add(
                        world.band,
                        show {
                            name = "Harbour Night"
                            scheduledDate = NIGHT
                            loadInTime = ShowTime.At(LocalTime(17, 30))
                            setTime = words
                            status = ShowStatus.Confirmed
                            contacts = listOf(Contact(id = "1", name = "Pat", raw = odd), Contact(name = "Jo", raw = Json.Null))
                        },
                    )
                val shown = core.shows(world.band, from = NIGHT).first { all -> all.any { it.id == id } }.first { it.id == id }
                assertEquals(NIGHT, shown.scheduledDate)
                assertEquals(listOf(ShowTime.At(LocalTime(17, 30)), words), listOf(shown.loadInTime, shown.setTime))
                assertEquals("confirmed", shown.status?.code)
                assertEquals(listOf("Pat", "Jo"), shown.contacts.map { it.name })
                assertEquals(odd, json(shown.contacts[0]))
                assertEquals(
                    1,
                    core.countShows(world.band, from = NIGHT) - core.countShows(world.band, from = NIGHT + 1.milliseconds),
                )
            }
            assertEquals(listOf("draft", "in-progress"), listOf(SetlistStatus.Draft.code, PracticeStatus.InProgress.code))
            assertEquals(
                values(
                    "type" to "lesson",
                    "attendees" to listOf(mapOf("memberId" to "me")),
                    "songs" to listOf(mapOf("notes" to "slow")),
                ),
                practice {
                    practiceType = PracticeType.Lesson
                    attendees = listOf(Attendee("me", Json.Null))
                    songs = listOf(PractisedSong(notes = "slow", raw = Json.Null))
                }.values,
            )
            assertEquals(values("time_signature" to "6/8"), song { timeSignature = TimeSignature.Counted(6, 8) }.values)
        }

    @Test
    fun `an id that is none is refused, typed`() =
        runBlocking<Unit> {
            evening { world, phone ->
                val refused = assertThrows<RockOnException> { runBlocking { phone.core.row(Kind.SONG, RowId("no id")) } }
                assertEquals("invalid", refused.code)
                assertThrows<RockOnException.Invalid> { runBlocking { phone.core.createInvite(world.band, uses = -1) } }
            }
        }

    @Test
    fun `a draft sends what was set and nothing else`() {
        val draft = song { title = "Hello"; notes = null }
        assertEquals(mapOf("title" to Json.Text("Hello"), "notes" to Json.Null), draft.values)
        draft["lyrics_url"] = "https://example.org"
        assertEquals("https://example.org", draft.values.getValue("lyrics_url").plain)
        assertNull(draft.artist)
    }

    @Test
    fun `a draft may wait for what it is filled with`() =
        runBlocking<Unit> {
            val draft =
                song {
                    yield() // A builder that is no inline function could not.
                    title = "Waited"
                }
            assertEquals("Waited", draft.title)
        }

    @Test
    fun `a point in time is an instant, to the millisecond`() =
        runBlocking<Unit> {
            evening { world, phone ->
                phone.network(false)
                val before = Clock.System.now() - 1.milliseconds
                phone.core.add(world.band, song { title = "Timed" })
                val status = phone.core.statusChanges().first { it.outbox.unsent == 1L }
                assertTrue(checkNotNull(status.outbox.oldest) in before..Clock.System.now(), "${status.outbox}")
            }
            assertEquals(Json.Text("1970-01-01T00:00:01.500Z"), json(Instant.fromEpochMilliseconds(1_500)))
        }

    @Test
    fun `what no column holds is refused before it crosses`() {
        assertThrows<IllegalArgumentException> { json(Double.NaN) }
        assertThrows<IllegalArgumentException> { values("title" to Any()) }
    }

    @Test
    fun `a panic of the core becomes one error without its text`() {
        val error = translated(InternalException("planted text"))
        assertTrue(error is RockOnException.Internal)
        assertTrue("planted" !in "$error ${error.message}")
    }
}

private val NIGHT = Instant.fromEpochMilliseconds(1_797_710_400_000)
