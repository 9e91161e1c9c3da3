package org.rockon

import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.flowOf
import kotlinx.coroutines.flow.last
import kotlinx.coroutines.runBlocking
import kotlinx.datetime.LocalTime
import org.junit.jupiter.api.assertThrows
import org.rockon.ffi.Client
import org.rockon.ffi.ClientInterface
import org.rockon.ffi.SubscriptionInterface
import org.rockon.server.ScenarioServer
import org.rockon.server.World
import java.lang.reflect.InvocationTargetException
import java.lang.reflect.Modifier
import java.lang.reflect.Proxy
import java.nio.file.Files
import java.nio.file.Path
import java.util.concurrent.ConcurrentHashMap
import kotlin.coroutines.Continuation
import kotlin.coroutines.intrinsics.COROUTINE_SUSPENDED
import kotlin.coroutines.intrinsics.intercepted
import kotlin.coroutines.resumeWithException
import kotlin.io.path.isRegularFile
import kotlin.io.path.readText
import kotlin.test.Test
import kotlin.test.assertEquals
import kotlin.test.assertFalse
import kotlin.test.assertNotNull
import kotlin.test.assertNull
import kotlin.test.assertTrue
import kotlin.time.Duration.Companion.seconds
import kotlin.time.Instant

/**
 * Every function that the core exports is called through the adapter and answers. The lists are
 * those of the generated code, so that a new function fails here until it is used.
 */
class EveryCallTest {
    private val called: MutableSet<String> = ConcurrentHashMap.newKeySet()

    @Test
    fun `every function of the client is used and answers`() =
        runBlocking<Unit> {
            ScenarioServer.world().use { world ->
                temporary { dir ->
                    val core = recorded(world, dir)
                    session(core, world)
                    credentials(core, world)
                    edits(core, world.band)
                    items(core, world.band)
                    choices(core)
                    bands(core, world.band)
                    feeds(core, world.band)
                    tools(core, world.band)
                    core.shutdown()
                }
            }
            assertEquals(exported(ClientInterface::class.java), called)
        }

    @Test
    fun `every free function is used and answers`() {
        val check = Check(Layer.SERVICES, "gateway", CheckStatus.BROKEN, "nothing answers", "Start it.")
        val german = Language.GERMAN
        val changed = listOf(TextPartKind.SAME, TextPartKind.REMOVED, TextPartKind.ADDED)
        val id = "00000000-0000-4000-8000-000000000505"
        val refused =
            RejectedEdit(
                id = EditId(1),
                scope = ScopeId(id),
                kind = Kind.SONG,
                row = RowId(id),
                title = "505",
                verb = Verb.DELETED,
                set = emptyMap(),
                base = emptyMap(),
                rejection = Rejection(code = RefusalCode.NotAllowed, field = null, reason = null),
                notice = null,
                at = Instant.fromEpochMilliseconds(0),
            )
        val uses =
            mapOf(
                "coreVersion" to { "." in RockOn.version },
                "songFormat" to { formatOf("songs.csv") == Format.CSV && formatOf("songs.pdf") == null },
                "startLog" to { Logs.start(LogLevel.INFO) },
                "recentLog" to { Logs.recent().size <= 500 },
                "parseLink" to { parseLink(" rockon://join/ABCD-1234") == AppLink.Join("ABCD-1234") },
                "linkText" to { linkText(AppLink.Setlist(RowId(id))) == "rockon://setlist/$id" },
                "webLinks" to { webLinks(mapOf("chords_url" to Json.Text("a.test"))).single().url == "https://a.test/" },
                "errorCode" to { RockOnException.Offline().code == "offline" },
                "errorAdvice" to { RockOnException.Offline().advice(german).startsWith("Arbeite weiter;") },
                "warningText" to { WarningKind.UNREADABLE.text(german).isNotEmpty() },
                "importFailureText" to { "Zeile 3" in ImportError.OpenQuote(3).text(german) },
                "errorMessage" to { RockOnException.Offline().message.startsWith("The server cannot be reached.") },
                "languageOf" to { languageOf("de-AT") == german && languageOf("fr") == Language.ENGLISH },
                "fieldLabel" to { labelOf("key", german) == "Tonart" },
                "rejectedEditText" to { refused.text(german) == "Du wolltest „505“ löschen" },
                "rejectionText" to { refused.why(german, viewer = true).startsWith("Du bist in dieser Band Gast.") },
                "refusalCode" to { RefusalCode.NotAllowed.code == "42501" },
                "authErrorCode" to { AuthErrorCode.OtpExpired.code == "otp_expired" },
                "roleCode" to { Role.Admin.code == "admin" },
                "setlistStatusCode" to { SetlistStatus.Draft.code == "draft" },
                "showStatusCode" to { ShowStatus.Confirmed.code == "confirmed" },
                "practiceStatusCode" to { PracticeStatus.InProgress.code == "in-progress" },
                "practiceTypeCode" to { PracticeType.Other("jam").code == "jam" },
                "timeSignatureText" to { TimeSignature.Counted(6, 8).text == "6/8" },
                "showTimeText" to { ShowTime.At(LocalTime(17, 30)).text == "17:30" },
                "contactValue" to { json(Contact(name = "Jo", raw = Json.Null)) == json(mapOf("name" to "Jo")) },
                "practisedSongValue" to { json(PractisedSong(notes = "a", raw = Json.Null)) == json(mapOf("notes" to "a")) },
                "attendeeValue" to { json(Attendee("me", Json.Null)) == json(mapOf("memberId" to "me")) },
                "textChanges" to { textChanges("slow end", "slow start").map { it.kind } == changed },
                "doctorText" to { DoctorReport(listOf(check)).text(german).startsWith("Kaputt: gateway.") },
            )
        assertEquals(exported(Class.forName("org.rockon.ffi.RockonKt")), uses.keys)
        uses.forEach { (name, answers) ->
            assertTrue(answers(), name)
            assertTrue("$name(" in adapter, "the adapter does not call $name")
        }
    }

    /** A feed's handle cannot be replaced by one that writes down: the adapter's text says that it calls it. */
    @Test
    fun `every function of a subscription is used`() =
        exported(SubscriptionInterface::class.java).forEach { assertTrue("subscription.$it(" in adapter, it) }

    private val adapter by lazy {
        val sources = Files.walk(Path.of("src/main/kotlin")).use { all -> all.filter { it.isRegularFile() }.toList() }
        sources.joinToString("\n") { it.readText() }
    }

    private suspend fun session(
        core: RockOn,
        world: World,
    ) {
        core.setNetwork(true)
        core.setForeground(true)
        core.setLanguage(Language.ENGLISH)
        assertTrue(core.signUp("max@rock-on.test", Secret("a long password 1"), "Max") is SignUp.SignedIn)
        assertEquals("Max", core.myName())
        assertEquals("Max M.", core.setName(" Max  M. "))
        core.deleteAccount()
        assertTrue(core.signUp("max@rock-on.test", Secret("a long password 1"), "Max") is SignUp.SignedIn)
        core.signOut()
        assertEquals("eric@rock-on.test", core.signIn("eric@rock-on.test", Secret(world.password)).email?.text)
        assertEquals(SyncOutcome(complete = true, error = null), core.syncOnce(20.seconds))
        core.waitForFirstSync()
        val status = core.status.first { it.session is SessionState.SignedIn }
        assertFalse("rock-on.test" in "$status", "$status")
    }

    private suspend fun credentials(
        core: RockOn,
        world: World,
    ) {
        val sam = "sam@rock-on.test"
        core.requestSignInCode(sam, createAccount = false)
        assertEquals(sam, core.signInWithCode(sam, Secret(world.code(sam))).email?.text)
        val liv = "liv@rock-on.test"
        core.requestPasswordReset(liv)
        assertEquals(liv, core.signInWithResetCode(liv, Secret(world.code(liv))).email?.text)
        core.setPassword(Secret("another horse 43"))
        core.requestReauthenticationCode()
        core.setPassword(Secret("another horse 44"), Secret(world.code(liv)))
        assertEquals(EmailChange.CHANGED, core.setEmail(liv))
        assertEquals(EmailChange.CONFIRM_EMAIL, core.setEmail("liv.b@rock-on.test"))
        assertEquals(
            3,
            core
                .accessToken()
                .exposed
                .split(".")
                .size,
        )
        assertThrows<RockOnException.Auth> { core.signInWithIdToken(IdProvider.APPLE, Secret("no token")) }
        core.signIn("eric@rock-on.test", Secret(world.password))
    }

    private suspend fun items(
        core: RockOn,
        band: ScopeId,
    ) {
        val list = core.add(band, setlist { name = "Item by item" })
        val song =
            core.add(
                band,
                song {
                    title = "Hello"
                    // Left out it becomes this when the server has it, which may be between two reads.
                    artist = ""
                },
            )
        val first = core.addSongsToSetlist(list, listOf(song)).single()
        val pause = core.addBreak(list, 15, "Tea", ItemPlace.First)
        val head = core.addSection(list, "One", ItemPlace.Before(first))
        core.setBreak(list, pause, 20)
        core.setSection(list, head, "Two")
        core.setItemNotes(list, first, "Capo 2")
        core.moveItem(list, pause, ItemPlace.After(first))
        core.putItemBack(list, core.removeItem(list, head))
        assertEquals(1, core.countSongs(band, search = "HELLO", mineOnly = true))
        assertEquals(listOf(Letter("H", 0)), core.songLetters(band, search = "HELLO"))
        assertEquals(core.setlists(band).first().size, core.countSetlists(band))
        val copy = core.duplicateSetlist(list, "Once more")
        val both = listOf(list, copy).mapNotNull { core.setlist(it).first() }
        assertEquals(1, both.map { one -> one.items.map { it.body } }.distinct().size)
        core.delete(Kind.SETLIST, copy)
        core.change(list, setlist { status = SetlistStatus.Archived })
        val archived = core.setlists(band, archived = true).first()
        assertEquals(listOf(list), archived.map { it.id })
        assertEquals(1, core.countSetlists(band, archived = true))
        assertEquals(core.shows(band).first().size, core.countShows(band))
        assertEquals(core.practices(band).first().size, core.countPractices(band))
        assertEquals("Hello\n", core.songText(song))
        assertTrue("1. Hello\n" in core.setlistText(list))
        assertTrue("<bdi>Hello</bdi>" in core.setlistHtml(list))
        assertThrows<RockOnException.NotFound> { core.songText(RowId.random()) }
        val items =
            core
                .setlist(list)
                .first()
                ?.items
                .orEmpty()
        assertEquals(listOf(head, first, pause), items.map { it.id })
        assertEquals("Capo 2", (items[1].body as ItemBody.Song).notes)
        assertThrows<RockOnException.Invalid> { core.setBreak(list, head, 5) }
        gig(core, list)
    }

    /** A heading, a song and a break are two pages. */
    private suspend fun gig(
        core: RockOn,
        list: RowId,
    ) {
        val started = core.startGig(list)
        assertEquals(2, started.pages.size)
        assertNotNull(started.pages[0].section)
        assertTrue(core.gigMode())
        core.turnPage(7)
        assertEquals(1, core.gig()?.page)
        core.turnPage(-1)
        assertEquals(0, core.gigChanges().first { it?.page == 0 }?.page)
        core.addSection(list, "End")
        val changed = core.gigChanges().first { it?.newer != null }
        assertEquals(1, changed?.newer?.added)
        val taken = core.takeGigUpdate()
        assertTrue(taken.pages.last().body is GigBody.Section)
        core.endGig()
        assertNull(core.gig())
        assertFalse(core.gigMode())
        assertThrows<RockOnException.NotFound> { runBlocking { core.turnPage(0) } }
    }

    private suspend fun edits(
        core: RockOn,
        band: ScopeId,
    ) {
        val id = core.add(band, song { title = "Hello" })
        assertTrue(core.change(id, song { tempo = 118 }))
        assertEquals(118L, core.row(Kind.SONG, id)?.get("tempo")?.plain)
        assertEquals(2, core.addSongs(band, listOf(song { title = "One" }, song { title = "Two" })).size)
        assertTrue(core.history(Kind.SONG, id).isEmpty() || core.syncOnce(20.seconds).complete)
        assertNull(core.lastSeen(Kind.SONG, id))
        assertNull(core.changesSinceSeen(Kind.SONG, id))
        assertNotNull(core.lastChange(Kind.SONG, id)?.at)
        core.markRead(Kind.SONG, id)
        core.markKindRead(band, Kind.SONG)
        core.markAllRead()
        core.setGigMode(true)
        assertTrue(core.gigMode())
        core.setGigMode(false)
        assertTrue(core.takeUntold(9).size <= 9)
        core.seeAllNotices(band)
        core.delete(Kind.SONG, id)
        assertNull(core.row(Kind.SONG, id))
        assertTrue(core.restore(band, Kind.SONG, id))
        assertNotNull(core.song(id).first { it != null })
        moves(core, id, band)
        core.delete(Kind.SONG, id)
        val lost = assertThrows<RockOnException.Gone> { runBlocking { core.change(Kind.SONG, id, values("notes" to "slower")) } }
        assertEquals(
            "slower",
            lost.edit.values
                .getValue("notes")
                .plain,
        )
        assertFalse("slower" in "$lost ${lost.message}", "$lost")
    }

    /** The copy is mine first and the band's then; without a network it waits to be sent. */
    private suspend fun moves(
        core: RockOn,
        song: RowId,
        band: ScopeId,
    ) {
        val session = core.statusChanges().first().session as SessionState.SignedIn
        val mine = session.account.user.personalScope
        core.setNetwork(false)
        val copy = core.copySong(song, mine)
        assertEquals("Hello" to mine, core.song(copy).first()?.let { it.title to it.scope })
        assertTrue(core.moveSong(copy, band))
        assertFalse(core.moveSong(copy, band))
        assertEquals(band, core.song(copy).first()?.scope)
        val waiting = core.unsentEdits().first().last()
        assertEquals(copy to "Hello", waiting.row to waiting.title)
        core.delete(Kind.SONG, copy)
        core.setNetwork(true)
    }

    /** The scenarios settle real ones; here is none. */
    private suspend fun choices(core: RockOn) {
        assertEquals(0, core.countConflicts())
        assertEquals(0, core.countRejectedEdits())
        assertThrows<RockOnException.NotFound> { runBlocking { core.resolve(ConflictId(-1), Choice.Mine) } }
        assertThrows<RockOnException.NotFound> { runBlocking { core.retry(EditId(-1)) } }
        assertThrows<RockOnException.NotFound> { runBlocking { core.discard(EditId(-1)) } }
        runCatching { core.seeNotice(NoticeId(-1)) }.onFailure { assertTrue(it is RockOnException.NotFound, "$it") }
    }

    private suspend fun bands(
        core: RockOn,
        band: ScopeId,
    ) {
        val night = core.createBand("Night Shift")
        val code = core.createInvite(night)
        val invite = core.listInvites(night).single()
        assertEquals(code, invite.code)
        core.revokeInvite(invite.id)
        assertTrue(core.listInvites(night).isEmpty())
        assertThrows<RockOnException.Denied> { runBlocking { core.redeemInvite("NOT-A-CODE") } }
        assertThrows<RockOnException.Denied> { runBlocking { core.leaveBand(night) } }
        core.deleteBand(night)
        val sam = core.members(band).first { all -> all.any { it.name == "Sam" } }.first { it.name == "Sam" }
        core.setMemberRole(band, checkNotNull(sam.user), Role.Viewer)
        core.removeMember(band, checkNotNull(sam.user))
        assertTrue(core.createInviteFor(band, checkNotNull(sam.user)).isNotEmpty())
        core.setShareSeen(band, true)
        val setlist = core.setlists().first { it.isNotEmpty() }.first()
        assertNotNull(core.seenBy(Kind.SETLIST, setlist.id))
    }

    private suspend fun feeds(
        core: RockOn,
        band: ScopeId,
    ) {
        val song = core.songs(scope = band).first().first()
        assertEquals(song, core.song(song.id).first())
        val setlist = core.setlists().first().first()
        assertEquals(setlist, core.setlist(setlist.id).first())
        assertNull(core.song(RowId.random()).first())
        assertEquals(2, core.songs(limit = 1, limits = flowOf(2)).until { it.size == 2 }.size)
        val shows = core.shows().first()
        assertEquals(shows.first(), core.show(shows.first().id).first())
        assertNull(core.practice(shows.first().id).first())
        assertNotNull(core.practices().first())
        val entries = core.calendar(band).first()
        assertEquals(entries.size, core.countCalendar(band))
        assertEquals(core.shows(band).first().size + core.practices(band).first().size, entries.size)
        assertEquals(entries.sortedBy { it.isPast }, entries)
        assertTrue(entries.all { it.at != null })
        assertTrue(core.bands().first().any { it.id == band && it.mayEdit && it.mayManage })
        assertTrue(core.members(band).first().isNotEmpty())
        assertNotNull(core.notices().first())
        assertEquals(core.unseenNotices().first(), core.countUnseenNotices())
        assertEquals(core.notices().first().size, core.countNotices())
        assertEquals(core.notices(scope = band).first().size, core.countNotices(band))
        assertEquals(core.unseenNotices(band).first(), core.countUnseenNotices(band))
        assertNotNull(core.unread().first())
        assertEquals(emptyList(), core.conflicts().first().map { it.what.field })
        assertTrue(core.rejectedEdits().first().isEmpty())
        assertTrue(core.deleted(band).first().all { it.kind in Kind.entries })
        assertTrue(core.statusChanges().first().session is SessionState.SignedIn)
    }

    private suspend fun tools(
        core: RockOn,
        band: ScopeId,
    ) {
        val list = "Name;Artist\nAngels;Robbie Williams\nangels!;robbie williams\n".encodeToByteArray()
        val plan = core.planImport(band, listOf(SourceFile("a.csv", list)), listOf(Meaning.TITLE, Meaning.ARTIST))
        assertEquals(listOf("Angels", "angels!"), plan.songs.map { it.values.getValue("title").plain })
        assertEquals(Twin.Planned(0), plan.songs[1].twin)
        assertEquals(listOf("Angels", "angels!"), plan.files[0].columns[0].samples)
        assertEquals(1, core.runImport(band, plan).added.size)
        val again = core.planImport(band, listOf(SourceFile("a.csv", list)))
        assertTrue(again.songs[0].twin is Twin.Kept)
        val chosen = ImportChoices(SongChoice.SKIP, listOf(SongPick(1, SongChoice.ADD)))
        assertEquals(1, core.runImport(band, again, chosen).added.size)
        val broken = core.planImport(band, listOf(SourceFile("b.csv", "title\n\"open".encodeToByteArray())))
        assertEquals(ImportError.OpenQuote(2), broken.files[0].failure)
        val file = core.exportSongs(band, Format.CSV)
        assertTrue("Wonderwall" in file.text)
        assertTrue(file.shortened.isEmpty())
        val report = core.diagnose()
        assertTrue(report.checks.isNotEmpty())
        val told = core.doctor().last()
        assertEquals(report.checks.map { it.name }, told.checks.map { it.name })
        assertNull(core.damagedFile())
    }

    /** A client whose calls are written down. */
    private suspend fun recorded(
        world: World,
        dir: Path,
    ): RockOn {
        val config = RockOnConfig(world.url, Secret(world.anonKey), dir)
        val client = Client.open(config, ForeignSecrets(MemorySecrets()))
        val seen = arrayOf<Class<*>>(ClientInterface::class.java)
        val proxy =
            Proxy.newProxyInstance(javaClass.classLoader, seen) { _, method, arguments ->
                called += plainName(method.name)
                try {
                    method.invoke(client, *arguments.orEmpty())
                } catch (thrown: InvocationTargetException) {
                    // A proxy may not throw what Java calls a checked exception; a suspend function can answer with it.
                    @Suppress("UNCHECKED_CAST")
                    (arguments.last() as Continuation<Any?>).intercepted().resumeWithException(thrown.targetException)
                    COROUTINE_SUSPENDED
                }
            }
        return CoreClient.of(proxy as ClientInterface, client)
    }

    private fun exported(of: Class<*>): Set<String> =
        of.declaredMethods
            .filter { Modifier.isPublic(it.modifiers) && !it.isSynthetic }
            .map { plainName(it.name) }
            .filter { "uniffi" !in it.lowercase() && it != "use" } // `use` closes a handle: the generator's, not the core's
            .toSet()

    /** Kotlin adds a hash to the names of functions that take value classes. */
    private fun plainName(name: String): String = name.substringBefore('-')
}
