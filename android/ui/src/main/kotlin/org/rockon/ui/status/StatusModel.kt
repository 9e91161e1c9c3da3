package org.rockon.ui.status

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.launch
import org.rockon.DoctorReport
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.text
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.device.Device
import org.rockon.ui.parts.doing
import org.rockon.ui.texts.Language
import org.rockon.ui.welcome.SignInAgainPlace
import org.rockon.ui.welcome.host
import kotlin.time.Duration.Companion.seconds

/** How things are with the server, and what the doctor finds. */
class StatusModel(private val core: RockOn, private val device: Device, private val scope: CoroutineScope, private val go: Go) {
    private val now = MutableStateFlow(
        StatusState(
            server = device.servers
                .read()
                ?.host
                .orEmpty(),
        ).with(core.status.value),
    )
    val state: StateFlow<StatusState> = now.asStateFlow()

    init {
        scope.launch { core.status.collect { status -> now.update { it.with(status) } } }
        scope.doing(::failed) { core.damagedFile()?.let { file -> now.update { it.copy(setAside = file) } } }
    }

    /** Sends and reads at once. What keeps it from that is told by the status. */
    fun sync() {
        if (now.value.isSyncing) return
        now.update { it.copy(isSyncing = true) }
        scope.doing(::failed) {
            val failure = core.syncOnce(PATIENCE).error
            now.update { it.copy(isSyncing = false, failure = failure ?: it.failure) }
        }
    }

    /** The doctor looks at everything; each check is shown when it is made. */
    fun examine() {
        if (now.value.visit?.isRunning == true) return
        now.update { it.copy(visit = Visit(DoctorReport(emptyList()), isRunning = true)) }
        scope.doing(::failed) {
            val report = core.diagnose()
            now.update { it.copy(visit = Visit(report, isRunning = false)) }
        }
    }

    /** The report, for whoever runs the server. */
    fun copyReport(language: Language) {
        val report = now.value.visit?.report ?: return
        device.outside.copy(report.text(language))
        go.tell(Bar { it.app.copied })
    }

    fun signIn() = go.to(SignInAgainPlace)

    fun openLog() = go.to(LogPlace)

    fun back() = go.back()

    private fun failed(failure: RockOnException) =
        now.update { it.copy(isSyncing = false, failure = failure, visit = it.visit?.copy(isRunning = false)) }

    private companion object {
        /** A person waits for it. */
        val PATIENCE = 30.seconds
    }
}
