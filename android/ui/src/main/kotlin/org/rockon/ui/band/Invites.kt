package org.rockon.ui.band

import androidx.compose.runtime.Immutable
import kotlinx.coroutines.CoroutineScope
import org.rockon.Invite
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.Model
import org.rockon.ui.device.Outside
import org.rockon.ui.moment

/** How many may come by one code. */
internal val USES = listOf(1, 5, 20)

/** For how many days a code is good. */
internal val DAYS = listOf(1, 7, 30)

/**
 * @property rows the open invites, the newest first
 * @property shown the one that is shown large, to be sent or scanned
 * @property uses how many may come by the next one
 * @property days for how long the next one is good
 * @property isLoaded the server has told them
 * @property asksToRevoke the one that would end
 */
@Immutable
data class InvitesState(
    val band: String = "",
    val rows: List<InviteRow> = emptyList(),
    val shown: InviteRow? = null,
    val uses: Int = USES[1],
    val days: Int = DAYS[1],
    val isLoaded: Boolean = false,
    val isBusy: Boolean = false,
    val asksToRevoke: InviteRow? = null,
    val failure: RockOnException? = null,
)

/**
 * An open invite, ready to be drawn.
 *
 * @property link what a phone opens
 * @property forName for this person alone
 */
@Immutable
data class InviteRow(
    val id: RowId,
    val code: String,
    val link: String,
    val uses: Long,
    val total: String,
    val expires: String,
    val forName: String? = null,
)

internal fun Invite.row() = InviteRow(id, code, "rockon://join/$code", uses.toLong(), "$maxUses", moment(expiresAt), memberName)

/** The codes of a band. They are the server's alone: without a network there is nothing to show. */
class InvitesModel(
    private val core: RockOn,
    private val band: ScopeId,
    private val outside: Outside,
    scope: CoroutineScope,
    private val go: Go,
) : Model<InvitesState>(InvitesState(), scope),
    InvitesActs {
    init {
        doing {
            core.bands().collect { bands -> update { it.copy(band = bands.find { it.id == band }?.name ?: it.band) } }
        }
        // Who joins uses a code up.
        doing { core.members(band).collect { load() } }
    }

    override fun load() {
        doing { arrived(core.listInvites(band)) }
    }

    override fun uses(count: Int) = update { it.copy(uses = count) }

    override fun days(count: Int) = update { it.copy(days = count) }

    override fun show(invite: RowId) = update { state -> state.copy(shown = state.rows.find { it.id == invite }) }

    override fun make() {
        val asked = shown
        if (asked.isBusy) return
        update { it.copy(isBusy = true, failure = null) }
        doing {
            val code = core.createInvite(band, asked.uses, asked.days * HOURS)
            arrived(core.listInvites(band), code)
            update { it.copy(isBusy = false) }
        }
    }

    override fun share(text: String) = outside.share(text)

    override fun copy(code: String) {
        outside.copy(code)
        go.tell(Bar { it.app.copied })
    }

    override fun askToRevoke(invite: InviteRow) = update { it.copy(asksToRevoke = invite) }

    override fun keep() = update { it.copy(asksToRevoke = null) }

    override fun revoke() {
        val invite = shown.asksToRevoke ?: return
        keep()
        doing {
            core.revokeInvite(invite.id)
            arrived(core.listInvites(band))
            go.tell(Bar { it.band.revoked })
        }
    }

    override fun back() = go.back()

    /** Shown large is the one with this [code], else the one that was, else the newest. */
    private fun arrived(invites: List<Invite>, code: String? = null) = update { state ->
        val rows = invites.map(Invite::row)
        val wanted = code ?: state.shown?.code
        val shown = rows.find { it.code == wanted } ?: rows.firstOrNull()
        state.copy(rows = rows, shown = shown, isLoaded = true, failure = null)
    }

    override fun failed(failure: RockOnException) = update { it.copy(isBusy = false, failure = failure) }

    private companion object {
        /** Of a day. */
        const val HOURS = 24
    }
}
