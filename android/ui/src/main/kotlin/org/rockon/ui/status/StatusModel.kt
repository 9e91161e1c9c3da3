package org.rockon.ui.status

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.launch
import org.rockon.DoctorReport
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.text
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.Model
import org.rockon.ui.device.Device
import org.rockon.ui.texts.Language
import org.rockon.ui.welcome.SignInAgainPlace
import org.rockon.ui.welcome.host
import kotlin.time.Duration.Companion.seconds

/** How things are with the server, and what the doctor finds. */
class StatusModel(private val core: RockOn, private val device: Device, scope: CoroutineScope, private val go: Go) :
    Model<StatusState>(StatusState(server = device.servers.read()?.host.orEmpty()).with(core.status.value), scope),
    StatusActs {
    init {
        scope.launch { core.status.collect { status -> update { it.with(status) } } }
        doing { core.damagedFile()?.let { file -> update { it.copy(setAside = file) } } }
    }

    override fun sync() {
        if (shown.isSyncing) return
        update { it.copy(isSyncing = true) }
        doing {
            val failure = core.syncOnce(PATIENCE).error
            update { it.copy(isSyncing = false, failure = failure ?: it.failure) }
        }
    }

    override fun examine() {
        if (shown.isExamining) return
        update { it.copy(visit = Visit(DoctorReport(emptyList()), isRunning = true)) }
        doing {
            core.doctor().collect { report -> update { it.copy(visit = Visit(report, isRunning = true)) } }
            rest()
        }
    }

    override fun copyReport(language: Language) {
        val report = shown.visit?.report ?: return
        device.outside.copy(report.text(language))
        go.tell(Bar { it.app.copied })
    }

    override fun signIn() = go.to(SignInAgainPlace)

    override fun openLog() = go.to(LogPlace)

    override fun back() = go.back()

    override fun failed(failure: RockOnException) {
        update { it.copy(isSyncing = false, failure = failure) }
        rest()
    }

    private fun rest() = update { it.copy(visit = it.visit?.copy(isRunning = false)) }

    private companion object {
        /** A person waits for it. */
        val PATIENCE = 30.seconds
    }
}
