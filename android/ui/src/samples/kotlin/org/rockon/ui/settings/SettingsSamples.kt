package org.rockon.ui.settings

import org.rockon.AuthErrorCode
import org.rockon.RockOnException
import org.rockon.ui.songs.SongsSamples
import org.rockon.ui.theme.Look

/** States of the settings as they can be, for pictures and for tests. */
object SettingsSamples {
    val normal = SettingsState(
        choices = Choices(look = Look.DARK),
        name = "Eric",
        email = "eric@rock-on.test",
        band = SongsSamples.normal.band,
        version = "0.1.0",
    )

    val signingOut = normal.copy(asksToSignOut = true, unsent = 3)

    val long = normal.copy(
        name = "Wolfgang Amadeus Bartholomäus von und zu Hohenstein-Brückenheim der Jüngere",
        email = "somebody-with-a-very-long-address@an-equally-long-domain-of-a-wedding-orchestra.example",
        band = SongsSamples.long.band,
    )

    val failed = normal.copy(failure = RockOnException.Offline())

    val name = PartState(Part.NAME, text = "Eric")

    val email = PartState(Part.EMAIL, text = "eric@wonderwalls.example", sentTo = "eric@wonderwalls.example")

    val password = PartState(
        Part.PASSWORD,
        text = "a new horse 42",
        code = "12",
        email = "eric@rock-on.test",
        failure = RockOnException.Auth(AuthErrorCode.ReauthenticationNotValid),
    )

    val delete = PartState(Part.DELETE, text = "DELETE".dropLast(1))

    val handOver = PartState(Part.DELETE, text = "DELETE", failure = RockOnException.HandOver(2))
}
