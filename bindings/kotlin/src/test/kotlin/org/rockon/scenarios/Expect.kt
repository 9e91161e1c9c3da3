package org.rockon.scenarios

import org.rockon.CheckStatus
import org.rockon.ConnectionState
import org.rockon.ItemBody
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RowId
import org.rockon.SessionState
import org.rockon.SetlistItem
import org.rockon.SongOrder
import org.rockon.Status
import org.rockon.Values
import org.rockon.code
import org.rockon.plain

/** What must come to be. */
internal suspend fun ScenarioRun.expect(
    core: RockOn,
    step: Members,
) {
    val what = step.text("expect")
    require(rows(core, what, step) || told(core, what, step) || around(core, what, step)) { "nobody expects $what" }
}

private suspend fun ScenarioRun.rows(
    core: RockOn,
    what: String,
    step: Members,
): Boolean {
    when (what) {
        "song" -> {
            song(core, step)
        }

        "songs" -> {
            songs(core, step)
        }

        "setlist" -> {
            setlist(core, step)
        }

        "gig" -> {
            gig(core, step)
        }

        "row" -> {
            same(core, step) { kind, id -> core.row(kind, id) }
        }

        "before" -> {
            same(core, step) { kind, id -> core.lastSeen(kind, id) }
        }

        "history", "last_change", "since_seen" -> {
            changed(core, what, step)
        }

        "export" -> {
            val format = step.format()
            val text = step.text("text")
            step.done()
            reached(patience, { core.items(Kind.SONG) }) { text in core.exportSongs(world.band, format).text }
        }

        else -> {
            return false
        }
    }
    return true
}

/** Who changed a row, how and when. */
private suspend fun ScenarioRun.changed(
    core: RockOn,
    what: String,
    step: Members,
) {
    val (kind, id) = subject(core, step)
    if (what == "history") {
        val by = step.texts("by")
        val verbs = step.textsOrNull("verbs")
        step.done()
        reached(patience, { core.items(kind) }) {
            val log = core.history(kind, id, ALL)
            log.map { it.actorName } == by && fits(verbs, log.map { nameOf(it.verb) }) && log.all { it.at != null }
        }
        return
    }
    val by = step.textOrNull("by")
    if (what == "last_change") {
        step.done()
        reached(patience, { core.items(kind) }) { core.lastChange(kind, id)?.let { it.byName == by && it.at != null } == true }
        return
    }
    val gone = step.flagOrNull("gone") ?: false
    val changes = if (gone) emptyMap() else step.map("changes")
    step.done()
    reached(patience, { core.items(kind) }) {
        val found = core.changesSinceSeen(kind, id)?.fields
        val told = found?.associate { it.field to listOf(it.from.plain, it.to.plain) }
        if (found == null) gone else !gone && told == changes && found.all { fits(by, it.byName) && it.at != null }
    }
}

private suspend fun ScenarioRun.subject(
    core: RockOn,
    step: Members,
): Pair<Kind, RowId> = step.kind().let { it to row(core, it, step.text("row")) }

/** Reads the row again after each change of a row of its kind. */
private suspend fun ScenarioRun.same(
    core: RockOn,
    step: Members,
    read: suspend (Kind, RowId) -> Values?,
) {
    val (kind, id) = subject(core, step)
    val values = step.map("values")
    step.done()
    reached(patience, { core.items(kind) }) {
        val row = read(kind, id)
        row != null && values.all { (name, value) -> name in row && row.getValue(name).plain == value }
    }
}

private suspend fun ScenarioRun.song(
    core: RockOn,
    step: Members,
) {
    val name = step.text("row")
    val id = known(Kind.SONG, name)
    val unread = step.flagOrNull("unread")
    val pending = step.flagOrNull("pending")
    val gone = step.flagOrNull("gone") ?: false
    step.done()
    reached(patience, { core.items(Kind.SONG) }) { songs ->
        val song = songs.find { if (id == null) it.name == name else it.id == id }
        if (gone) song == null else song != null && fits(unread, song.unread) && fits(pending, song.pending)
    }
}

private suspend fun ScenarioRun.songs(
    core: RockOn,
    step: Members,
) {
    val search = step.textOrNull("search") ?: ""
    val unread = step.flagOrNull("unread_only") ?: false
    val mine = step.flagOrNull("mine_only") ?: false
    val order = SongOrder.valueOf((step.textOrNull("order") ?: "title").uppercase())
    val limit = step.numberOrNull("limit")?.toInt()
    val titles = step.texts("titles")
    val bands = step.textsOrNull("bands")
    val count = step.numberOrNull("count")
    step.done()
    reached(patience, { core.songs(null, search, unread, mine, order, limit) }) { songs ->
        songs.map { it.title } == titles && fits(bands, songs.map { it.band.orEmpty() }) &&
            fits(count, core.countSongs(null, search, unread, mine).toLong())
    }
}

private suspend fun ScenarioRun.setlist(
    core: RockOn,
    step: Members,
) {
    val id = row(core, Kind.SETLIST, step.text("row"))
    val songs = step.textsOrNull("songs")
    val items = step.textsOrNull("items")
    val time = step.numberOrNull("running_time")
    step.done()
    reached(patience, { core.setlist(id) }) { setlist ->
        val shown = setlist?.items?.mapNotNull { (it.body as? ItemBody.Song)?.title }
        shown != null && fits(songs, shown) && fits(items, setlist.items.map { it.name }) &&
            fits(time, setlist.runningTime)
    }
}

/** What a step calls an item of a setlist. */
internal val SetlistItem.name: String
    get() =
        when (val body = body) {
            is ItemBody.Song -> body.title.orEmpty()
            is ItemBody.Break -> "Break ${body.minutes}" + body.notes?.let { ": $it" }.orEmpty()
            is ItemBody.Section -> body.title
            is ItemBody.Other -> ""
        }

private suspend fun ScenarioRun.told(
    core: RockOn,
    what: String,
    step: Members,
): Boolean {
    when (what) {
        "notice" -> {
            val text = step.text("text")
            val count = step.numberOrNull("count")
            step.done()
            reached(patience, { core.notices(limit = ALL) }) { notices ->
                val n = notices.count { text in it.text }.toLong()
                if (count == null) n > 0 else n == count
            }
        }

        "unseen" -> {
            step.number("count").let { n -> reached(patience, core::unseenNotices) { it.toLong() == n } }
        }

        "unread" -> {
            val kind = step.kind()
            val count = step.number("count")
            reached(patience, core::unread) { counts ->
                val ours = counts.find { it.scope == world.band && it.kind == kind }
                (ours?.count ?: 0).toLong() == count
            }
        }

        "conflict" -> {
            conflict(core, step)
        }

        "rejected" -> {
            rejected(core, step)
        }

        else -> {
            return false
        }
    }
    step.done()
    return true
}

private suspend fun ScenarioRun.conflict(
    core: RockOn,
    step: Members,
) {
    val id = row(core, step.kindOrSong(), step.text("row"))
    val field = step.textOrNull("field")
    val gone = step.flagOrNull("gone") ?: false
    val asks = step.textOrNull("asks")
    val live = step.textOrNull("live")
    val sides = listOf("mine", "theirs").filter(step::has).associateWith(step::any)
    step.done()
    reached(patience, { core.conflicts(limit = ALL) }) { found ->
        val there =
            found.any { one ->
                val shown = mapOf("mine" to one.what.mine.plain, "theirs" to one.what.theirs.plain)
                one.what.row == id &&
                    fits(field, one.what.field) &&
                    fits(asks, nameOf(one.what.asks)) &&
                    fits(live, nameOf(one.live)) &&
                    sides.all { shown[it.key] == it.value }
            }
        there != gone && core.countConflicts() == found.size
    }
}

private suspend fun ScenarioRun.rejected(
    core: RockOn,
    step: Members,
) {
    val id = row(core, step.kindOrSong(), step.text("row"))
    val reason = step.textOrNull("reason")
    val verb = step.textOrNull("verb")
    val sides = listOf("typed", "had").filter(step::has).associateWith(step::map)
    val gone = step.flagOrNull("gone") ?: false
    step.done()
    reached(patience, { core.rejectedEdits(limit = ALL) }) { rejected ->
        val there =
            rejected.any { edit ->
                val kept = mapOf("typed" to edit.set, "had" to edit.base)
                edit.row == id &&
                    fits(reason, edit.rejection.code.code) &&
                    fits(verb, nameOf(edit.verb)) &&
                    sides.all { (name, side) -> kept.getValue(name).mapValues { it.value.plain } == side }
            }
        there != gone && core.countRejectedEdits() == rejected.size
    }
}

private suspend fun ScenarioRun.around(
    core: RockOn,
    what: String,
    step: Members,
): Boolean {
    when (what) {
        "status" -> {
            status(core, step)
        }

        "bands" -> {
            step.texts("names").toSet().let { names ->
                reached(patience, core::bands) {
                    it.map { b -> b.name }.toSet() ==
                        names
                }
            }
        }

        "members" -> {
            val roles = step.map("roles")
            reached(patience, { core.members(world.band) }) { members -> members.associate { it.name to it.role?.code } == roles }
        }

        "seen_by" -> {
            val (kind, id) = subject(core, step)
            val names = step.texts("names").toSet()
            asked(patience, { core.seenBy(kind, id) }) { seen -> seen.filter { it.current }.map { it.name }.toSet() == names }
        }

        "deleted" -> {
            val (title, by) = step.text("title") to step.textOrNull("by")
            val gone = step.flagOrNull("gone") ?: false
            reached(patience, { core.deleted(world.band, ALL) }) { all ->
                all.any { it.title == title && fits(by, it.byName) } != gone
            }
        }

        "doctor" -> {
            val broken = step.any("broken")
            val check = step.textOrNull("check")
            asked(patience, core::diagnose) { report ->
                val worst = report.checks.find { it.status == CheckStatus.BROKEN }
                worst?.layer?.name?.lowercase() == broken && fits(check, worst?.name)
            }
        }

        else -> {
            return false
        }
    }
    step.done()
    return true
}

private suspend fun ScenarioRun.status(
    core: RockOn,
    step: Members,
) {
    val session = step.textOrNull("session")
    val connection = step.textOrNull("connection")
    val unsent = step.numberOrNull("unsent")
    val rejected = step.numberOrNull("rejected")
    val conflicts = step.numberOrNull("conflicts")
    step.done()
    reached(patience, core::statusChanges) { now ->
        fits(session, sessionOf(now)) &&
            fits(connection, connectionOf(now)) &&
            fits(unsent, now.outbox.unsent) &&
            fits(rejected, now.outbox.rejected) &&
            fits(conflicts, now.outbox.conflicts)
    }
}

/** Nothing is said of it, or it is so. */
internal fun <T> fits(
    wanted: T?,
    shown: T?,
): Boolean = wanted == null || wanted == shown

private fun sessionOf(now: Status): String =
    when (now.session) {
        is SessionState.SignedOut -> "signed_out"
        is SessionState.SignedIn -> "signed_in"
        is SessionState.NeedsSignIn -> "needs_sign_in"
    }

private fun connectionOf(now: Status): String =
    when (now.connection) {
        null, is ConnectionState.Off -> "off"
        is ConnectionState.Connecting -> "connecting"
        is ConnectionState.Live -> "live"
        is ConnectionState.Degraded -> "degraded"
        is ConnectionState.Retrying -> "retrying"
        is ConnectionState.Stopped -> "stopped"
    }

/** The case of an enumeration, as the scenarios say it. */
private fun nameOf(case: Enum<*>): String = case.name.lowercase()
