package org.rockon.scenarios

import kotlinx.coroutines.flow.first
import org.rockon.Account
import org.rockon.Choice
import org.rockon.EditId
import org.rockon.EmailChange
import org.rockon.IdProvider
import org.rockon.ImportChoices
import org.rockon.ItemPlace
import org.rockon.Json
import org.rockon.Kind
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.Secret
import org.rockon.SessionState
import org.rockon.SongChoice
import org.rockon.SourceFile
import org.rockon.json
import org.rockon.languageOf
import org.rockon.plain
import org.rockon.songItem
import org.rockon.values
import java.util.UUID
import kotlin.time.Duration.Companion.seconds

/** What a member does. */
internal suspend fun ScenarioRun.act(
    phone: String,
    step: Members,
) {
    val does = step.text("do")
    when (does) {
        "kill" -> {
            phone(phone).kill()
        }

        "open" -> {
            phone(phone).open()
        }

        "network" -> {
            phone(phone).network(step.flag("on"))
        }

        "foreground" -> {
            phone(phone).foreground(step.flag("on"))
        }

        "sign_in" -> {
            val member = step.textOrNull("member") ?: phone.substringBefore('/')
            phone(phone).signIn(member, step.textOrNull("password") ?: world.password)
        }

        else -> {
            val core = phone(phone).core
            val done =
                account(core, does, step) || credentials(core, does, step) || edit(core, does, step) || items(core, does, step) ||
                    read(core, does, step) || stage(core, does, step) || band(core, does, step)
            require(done) { "nobody does $does" }
        }
    }
    step.done()
}

private suspend fun account(
    core: RockOn,
    does: String,
    step: Members,
): Boolean {
    when (does) {
        "sign_up" -> {
            core.signUp(step.text("email"), Secret(step.text("password")), step.text("name"))
        }

        "set_name" -> {
            core.setName(step.text("name"))
        }

        "delete_account" -> {
            core.deleteAccount()
        }

        "sign_out" -> {
            core.signOut(step.flagOrNull("everywhere") ?: false)
        }

        "wait_for_first_sync" -> {
            core.waitForFirstSync()
        }

        "sync" -> {
            val once = core.syncOnce(20.seconds)
            check(once.complete == (step.flagOrNull("complete") ?: true)) { "$once" }
        }

        else -> {
            return false
        }
    }
    return true
}

private suspend fun ScenarioRun.credentials(
    core: RockOn,
    does: String,
    step: Members,
): Boolean {
    when (does) {
        "request_sign_in_code" -> {
            core.requestSignInCode(step.text("email"), step.flagOrNull("create_account") ?: true)
        }

        "sign_in_with_code" -> {
            step.text("email").let { core.signInWithCode(it, Secret(coded(it, step))) }
        }

        "request_password_reset" -> {
            core.requestPasswordReset(step.text("email"))
        }

        "sign_in_with_reset_code" -> {
            step.text("email").let { core.signInWithResetCode(it, Secret(coded(it, step))) }
        }

        "sign_in_with_identity_token" -> {
            val asked = listOf("provider", "email", "flaw").associateWith { step.textOrNull(it) }
            val (token, nonce) = world.identityToken(asked)
            val provider = asked["provider"].orEmpty().uppercase()
            core.signInWithIdToken(IdProvider.valueOf(provider), Secret(token), Secret(nonce))
        }

        "set_password" -> {
            core.setPassword(Secret(step.text("password")))
        }

        "set_email" -> {
            core.setEmail(step.text("email")).let { check(it == EmailChange.CONFIRM_EMAIL) { "$it" } }
        }

        "access_token" -> {
            check(core.accessToken().exposed.isNotEmpty())
        }

        else -> {
            return false
        }
    }
    return true
}

/** The code that a step hands in. */
private fun ScenarioRun.coded(
    email: String,
    step: Members,
): String = step.textOrNull("code") ?: world.code(email)

private suspend fun ScenarioRun.edit(
    core: RockOn,
    does: String,
    step: Members,
): Boolean {
    when (does) {
        "add" -> {
            add(core, step)
        }

        "change" -> {
            step.kind().let { core.change(it, row(core, it, step.text("row")), columns(step)) }
        }

        "restore" -> {
            step.kind().let { core.restore(world.band, it, row(core, it, step.text("row"))) }
        }

        "delete" -> {
            step.kind().let { core.delete(it, row(core, it, step.text("row"))) }
        }

        "order" -> {
            order(core, row(core, Kind.SETLIST, step.text("row")), step.texts("songs"))
        }

        "put_items" -> {
            putItems(core, row(core, Kind.SETLIST, step.text("row")), step.texts("songs"))
        }

        "import" -> {
            import(core, step)
        }

        "resolve" -> {
            val id = row(core, step.kindOrSong(), step.text("row"))
            val field = step.textOrNull("field")
            val conflict =
                until(patience, { core.conflicts(limit = ALL) }) { found ->
                    found.find { it.what.row == id && (field == null || it.what.field == field) }?.id
                }
            core.resolve(conflict, choice(step.any("choose")))
        }

        "retry" -> {
            core.retry(rejected(core, step))
        }

        "discard" -> {
            core.discard(rejected(core, step))
        }

        else -> {
            return false
        }
    }
    return true
}

private suspend fun ScenarioRun.items(
    core: RockOn,
    does: String,
    step: Members,
): Boolean {
    if (does !in ITEM_STEPS) return false
    val list = row(core, Kind.SETLIST, step.text("row"))
    val item = step.textOrNull("item")?.let { item(core, list, it) }.orEmpty()
    when (does) {
        "add_to_setlist" -> {
            core.addSongsToSetlist(list, step.texts("songs").map { row(core, Kind.SONG, it) }, place(core, list, step))
        }

        "add_break" -> {
            core.addBreak(list, step.number("minutes").toInt(), step.textOrNull("notes"), place(core, list, step))
        }

        "add_section" -> {
            core.addSection(list, step.text("title"), place(core, list, step))
        }

        "move_item" -> {
            core.moveItem(list, item, place(core, list, step))
        }

        "remove_item" -> {
            taken[list] = core.removeItem(list, item)
        }

        "put_item_back" -> {
            core.putItemBack(list, taken.getValue(list))
        }

        "set_break" -> {
            core.setBreak(list, item, step.number("minutes").toInt(), step.textOrNull("notes"))
        }

        "set_section" -> {
            core.setSection(list, item, step.text("title"))
        }

        else -> {
            core.setItemNotes(list, item, step.textOrNull("notes"))
        }
    }
    return true
}

private val ITEM_STEPS =
    setOf(
        "add_to_setlist",
        "add_break",
        "add_section",
        "move_item",
        "remove_item",
        "put_item_back",
        "set_break",
        "set_section",
        "set_item_notes",
    )

/** The id of the item that is shown so. */
private suspend fun ScenarioRun.item(
    core: RockOn,
    list: RowId,
    name: String,
): String = until(patience, { core.setlist(list) }) { setlist -> setlist?.items?.find { it.name == name }?.id }

private suspend fun ScenarioRun.place(
    core: RockOn,
    list: RowId,
    step: Members,
): ItemPlace {
    val before = step.textOrNull("before")
    val after = step.textOrNull("after")
    return when {
        before != null -> ItemPlace.Before(item(core, list, before))
        after != null -> ItemPlace.After(item(core, list, after))
        step.flagOrNull("first") == true -> ItemPlace.First
        else -> ItemPlace.Last
    }
}

private suspend fun ScenarioRun.add(
    core: RockOn,
    step: Members,
) {
    val kind = step.kind()
    val band = band(step.textOrNull("band"))
    val mine = step.flagOrNull("mine") ?: false
    val word = step.textOrNull("as")
    val scope = if (mine) account(core).user.personalScope else band
    name(kind, word, core.add(scope, kind, columns(step)))
}

private suspend fun account(core: RockOn): Account {
    val session = core.statusChanges().first().session
    return (session as? SessionState.SignedIn ?: throw RockOnException.SignedOut()).account
}

private fun columns(step: Members) = values(*step.map("values").toList().toTypedArray())

private fun choice(choose: Any?): Choice =
    when (choose) {
        "mine" -> Choice.Mine
        "theirs" -> Choice.Theirs
        else -> Choice.Other(json((choose as Map<*, *>)["value"]))
    }

private suspend fun ScenarioRun.rejected(
    core: RockOn,
    step: Members,
): EditId {
    val id = row(core, step.kindOrSong(), step.text("row"))
    return until(patience, { core.rejectedEdits(limit = ALL) }) { rejected -> rejected.find { it.row == id }?.id }
}

private suspend fun ScenarioRun.items(
    core: RockOn,
    id: RowId,
): List<Json> = until(patience, { core.setlist(id) }) { setlist -> setlist?.items?.map { it.raw } }

/** The named songs first, the others as they were. */
private suspend fun ScenarioRun.order(
    core: RockOn,
    id: RowId,
    songs: List<String>,
) {
    val rest = items(core, id).toMutableList()
    val named =
        songs.map { title ->
            val song = row(core, Kind.SONG, title).value
            val at = rest.indexOfFirst { (it.plain as Map<*, *>)["songId"] == song }
            check(at >= 0) { "$title is not in the setlist" }
            rest.removeAt(at)
        }
    put(core, id, named + rest)
}

private suspend fun ScenarioRun.putItems(
    core: RockOn,
    id: RowId,
    songs: List<String>,
) {
    val added = songs.map { songItem(row(core, Kind.SONG, it)) with ("id" to "${UUID.randomUUID()}") }
    put(core, id, items(core, id) + added)
}

/** Writes the items with their places. */
private suspend fun put(
    core: RockOn,
    id: RowId,
    items: List<Json>,
) {
    val placed = items.mapIndexed { at, item -> item with ("position" to at + 1) }
    core.change(Kind.SETLIST, id, values("items" to placed))
}

private infix fun Json.with(member: Pair<String, Any>): Json = json((plain as Map<*, *>) + member)

private suspend fun ScenarioRun.import(
    core: RockOn,
    step: Members,
) {
    val file = SourceFile(step.text("name"), step.text("file").encodeToByteArray())
    val plan = core.planImport(world.band, listOf(file))
    val found = listOf(plan.badLines.toLong(), plan.warningCount.toLong(), plan.songs.count { it.twin != null }.toLong())
    check(found == listOf("bad", "warnings", "twins").map { step.numberOrNull(it) ?: 0 }) { "$found ${plan.warnings}" }
    val twins = step.textOrNull("choose")?.let { SongChoice.valueOf(it.uppercase()) } ?: SongChoice.SKIP
    core.runImport(world.band, plan, ImportChoices(twins, emptyList()))
}

private suspend fun ScenarioRun.read(
    core: RockOn,
    does: String,
    step: Members,
): Boolean {
    when (does) {
        "read" -> step.kind().let { core.markRead(it, row(core, it, step.text("row"))) }
        "read_kind" -> core.markKindRead(world.band, step.kind())
        "read_all" -> core.markAllRead()
        "see_notices" -> core.seeAllNotices()
        "take_untold" -> core.takeUntold(100).map { it.text }.let { check(it == step.texts("texts")) { "$it" } }
        "set_language" -> core.setLanguage(languageOf(step.text("tag")))
        "gig_mode" -> core.setGigMode(step.flag("on"))
        else -> return false
    }
    return true
}

private suspend fun ScenarioRun.band(
    core: RockOn,
    does: String,
    step: Members,
): Boolean {
    when (does) {
        "create_band" -> {
            val band = core.createBand(step.text("name"))
            step.textOrNull("as")?.let { bands[it] = band }
        }

        "invite" -> {
            val word = step.textOrNull("as")
            val band = band(step.textOrNull("band"))
            val name = step.textOrNull("member")
            val code = if (name == null) core.createInvite(band, uses = 5) else core.createInviteFor(band, member(core, name))
            word?.let { codes[it] = code }
        }

        "join" -> {
            step.text("code").let { core.redeemInvite(codes[it] ?: it) }
        }

        "set_role" -> {
            core.setMemberRole(world.band, member(core, step.text("member")), step.role("role"))
        }

        "remove" -> {
            core.removeMember(world.band, member(core, step.text("member")))
        }

        "leave" -> {
            core.leaveBand(band(step.textOrNull("band")))
        }

        "share_seen" -> {
            core.setShareSeen(world.band, step.flag("on"))
        }

        else -> {
            return false
        }
    }
    return true
}
