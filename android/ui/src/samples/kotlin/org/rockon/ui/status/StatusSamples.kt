package org.rockon.ui.status

import org.rockon.Check
import org.rockon.CheckStatus
import org.rockon.DoctorReport
import org.rockon.Layer
import org.rockon.RockOnException
import org.rockon.ui.parts.StripWord

/** States of the status as it can be, for pictures and for tests. */
object StatusSamples {
    val live = StatusState(
        email = "eric@rock-on.test",
        server = "wonderwalls.example",
        isLive = true,
        lastSync = "2 Dec 2026, 20:14",
    )

    val offline = live.copy(
        isLive = false,
        word = StripWord.OFFLINE,
        unsent = 3,
        oldest = "2 Dec 2026, 19:02",
        failure = RockOnException.Offline(),
    )

    private val checks = listOf(
        Check(Layer.SERVICES, "gateway", CheckStatus.FINE, "200 from the gateway", ""),
        Check(Layer.SERVICES, "auth service", CheckStatus.FINE, "200 from auth", ""),
        Check(
            Layer.NETWORK,
            "realtime connection",
            CheckStatus.BROKEN,
            "the connection broke off",
            "Try another network; this one does not let realtime connections through.",
        ),
        Check(Layer.AUTH, "session", CheckStatus.NOT_JUDGED, "", ""),
        Check(Layer.APP, "clock of this device", CheckStatus.WARNING, "2 h behind the server", "Set the clock to automatic."),
    )

    val examining = live.copy(visit = Visit(DoctorReport(checks.take(2)), isRunning = true))

    val broken = live.copy(isLive = false, word = StripWord.DELAYED, visit = Visit(DoctorReport(checks), isRunning = false))

    val signedOut = offline.copy(word = StripWord.SIGNED_OUT)

    val first = live.copy(isLive = false, word = StripWord.FIRST_SYNC, lastSync = null, filling = 1_280)

    /** Everything that can go wrong at once. */
    val unlucky = offline.copy(
        email = "somebody-with-a-very-long-address@an-equally-long-domain-of-a-wedding-orchestra.example",
        ahead = -121,
        setAside = "/data/user/0/org.rockon.app/files/rockon/user-b0000000-0000-4000-8000-000000000001.damaged-1764705600000",
        unreadable = 2,
    )

    val log = LogState(
        listOf(
            LogRow("2 Dec 2026, 20:14", "sync: pulled 12 rows", isBad = false),
            LogRow("2 Dec 2026, 20:13", "realtime: the connection broke off, next try in 4 s", isBad = true),
            LogRow("2 Dec 2026, 20:13", "session: the token was renewed", isBad = false),
        ),
    )

    val noLog = LogState(emptyList())
}
