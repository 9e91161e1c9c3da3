package org.rockon.ui.status

import androidx.compose.runtime.Immutable
import kotlinx.coroutines.CoroutineScope
import org.rockon.LogLevel
import org.rockon.LogLine
import org.rockon.Logs
import org.rockon.RockOnException
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.Model
import org.rockon.ui.device.Outside
import org.rockon.ui.moment

/** The core's last lines, the newest first. */
@Immutable
data class LogState(val rows: List<LogRow>)

/** A line of the log, ready to be drawn. */
@Immutable
data class LogRow(val at: String, val text: String, val isBad: Boolean)

internal fun LogLine.row() =
    LogRow(at = moment(at), text = "$part: $text", isBad = level == LogLevel.ERROR || level == LogLevel.WARN)

/** The log as text, the oldest line first. It names no token, no title and no address of a person. */
internal fun logText(lines: List<LogLine> = Logs.recent()): String =
    lines.joinToString("\n") { "${it.at} ${it.level} ${it.part}: ${it.text}" }

/** The log as it was when it was opened. */
class LogModel(
    private val outside: Outside,
    scope: CoroutineScope,
    private val go: Go,
    private val lines: List<LogLine> = Logs.recent(),
) : Model<LogState>(LogState(lines.asReversed().map(LogLine::row)), scope),
    LogActs {
    override fun copy() {
        outside.copy(logText(lines))
        go.tell(Bar { it.app.copied })
    }

    override fun share() = outside.share(logText(lines))

    override fun back() = go.back()

    override fun failed(failure: RockOnException) = Unit
}
