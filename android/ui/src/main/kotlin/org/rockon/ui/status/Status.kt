package org.rockon.ui.status

import androidx.compose.runtime.Immutable
import org.rockon.ConnectionState
import org.rockon.DoctorReport
import org.rockon.RockOnException
import org.rockon.Status
import org.rockon.ui.bands.account
import org.rockon.ui.moment
import org.rockon.ui.parts.Strip
import org.rockon.ui.parts.StripWord
import org.rockon.ui.parts.strip

/**
 * @property email whose data this is; null where it is not known
 * @property server the host that the app speaks to
 * @property word what is wrong with the connection; null when nothing is
 * @property isLive what others do arrives at once
 * @property lastSync when everything had been read last
 * @property oldest when the first of the unsent edits was made
 * @property filling how many rows have come so far of a first sync
 * @property unreadable how many rows this version of the app cannot read
 * @property setAside where a damaged file was put
 * @property ahead by how many minutes the phone's clock is ahead of the server's, negative behind; null where it is right
 * @property isSyncing the person has asked for it, and it goes on
 * @property failure what the core could not do
 * @property visit what the doctor has found
 */
@Immutable
data class StatusState(
    val email: String? = null,
    val server: String = "",
    val word: StripWord? = null,
    val isLive: Boolean = false,
    val lastSync: String? = null,
    val unsent: Long = 0,
    val oldest: String? = null,
    val filling: Long? = null,
    val unreadable: Int = 0,
    val setAside: String? = null,
    val ahead: Long? = null,
    val isSyncing: Boolean = false,
    val failure: RockOnException? = null,
    val visit: Visit? = null,
) {
    /** One has to sign in before anything is sent. */
    val isSignedOut: Boolean get() = word == StripWord.SIGNED_OUT

    val isExamining: Boolean get() = visit?.isRunning == true
}

/** The doctor's report as far as it goes. */
@Immutable
data class Visit(val report: DoctorReport, val isRunning: Boolean)

internal fun StatusState.with(status: Status): StatusState {
    val strip: Strip? = status.strip()
    return copy(
        email = status.account?.email?.text ?: email,
        word = strip?.word,
        isLive = status.connection is ConnectionState.Live,
        lastSync = status.sync?.syncedAt?.let { moment(it) },
        unsent = status.outbox.unsent,
        oldest = status.outbox.oldest?.let { moment(it) },
        filling = strip?.filling,
        unreadable = status.unreadable.size,
        ahead = status.clockSkewMinutes,
        failure = strip?.failure,
    )
}
