package org.rockon

import org.rockon.ffi.PlatformLog
import org.rockon.ffi.recentLog
import org.rockon.ffi.startLog

/** Where the app wants the core's lines: logcat, a file. Called by one thread of the core's own. */
fun interface LogSink {
    /** One line. It names no token, no title and no address of a person. */
    fun line(line: LogLine)
}

/** The core's log, one for all clients of the process. */
object Logs {
    /**
     * Keeps lines up to [level] from now on, and gives each to [sink]. The last call counts.
     *
     * @return false when another library holds the process's log already: then nothing is kept.
     */
    fun start(
        level: LogLevel = LogLevel.INFO,
        sink: LogSink? = null,
    ): Boolean = startLog(level, sink?.let(::ForeignSink))

    /** The last lines, the oldest first: at most 500. */
    fun recent(): List<LogLine> = recentLog()
}

private class ForeignSink(
    private val sink: LogSink,
) : PlatformLog {
    override fun line(line: LogLine) = step { sink.line(line) }
}
