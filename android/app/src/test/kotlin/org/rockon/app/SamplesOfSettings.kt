package org.rockon.app

import org.rockon.RockOnException
import org.rockon.StorageFailure
import org.rockon.ui.BrokenActs
import org.rockon.ui.BrokenView
import org.rockon.ui.Frame
import org.rockon.ui.parts.Strip
import org.rockon.ui.settings.PartActs
import org.rockon.ui.settings.PartState
import org.rockon.ui.settings.PartView
import org.rockon.ui.settings.SettingsActs
import org.rockon.ui.settings.SettingsSamples
import org.rockon.ui.settings.SettingsState
import org.rockon.ui.settings.SettingsView
import org.rockon.ui.songs.SongsSamples
import org.rockon.ui.status.LogActs
import org.rockon.ui.status.LogState
import org.rockon.ui.status.LogView
import org.rockon.ui.status.StatusActs
import org.rockon.ui.status.StatusSamples
import org.rockon.ui.status.StatusState
import org.rockon.ui.status.StatusView
import org.rockon.ui.theme.Look

private fun status(name: String, state: StatusState, look: Look, text: Float = 1f) =
    Sample("status-$name", look, text) { StatusView(state, object : StatusActs {}) }

private fun log(name: String, state: LogState, look: Look) = Sample("log-$name", look, 1f) { LogView(state, object : LogActs {}) }

private fun settings(name: String, state: SettingsState, look: Look, text: Float = 1f, strip: Strip? = null) =
    Sample("settings-$name", look, text) { SettingsView(state, Frame(strip) {}, object : SettingsActs {}) }

private fun part(name: String, state: PartState, look: Look, text: Float = 1f) =
    Sample("settings-$name", look, text) { PartView(state, object : PartActs {}) }

private fun broken(name: String, failure: RockOnException, look: Look, text: Float = 1f) =
    Sample("broken-$name", look, text) { BrokenView(failure, object : BrokenActs {}) }

/** Status, doctor, log, settings, and what is shown when the app cannot open. */
internal val settingsSamples = listOf(
    status("live-light", StatusSamples.live, Look.LIGHT),
    status("offline-dark", StatusSamples.offline, Look.DARK),
    status("examining-stage", StatusSamples.examining, Look.STAGE),
    status("broken-dark", StatusSamples.broken, Look.DARK),
    status("broken-dark", StatusSamples.broken, Look.DARK).german(),
    status("signed-out-light", StatusSamples.signedOut, Look.LIGHT),
    status("first-sync-dark", StatusSamples.first, Look.DARK),
    status("unlucky-dark-200", StatusSamples.unlucky, Look.DARK, 2f),
    log("dark", StatusSamples.log, Look.DARK),
    log("empty-light", StatusSamples.noLog, Look.LIGHT),
    settings("dark", SettingsSamples.normal, Look.DARK),
    settings("failed-light", SettingsSamples.failed, Look.LIGHT, strip = SongsSamples.offline.second),
    settings("signing-out-light", SettingsSamples.signingOut, Look.LIGHT),
    settings("long-stage-200", SettingsSamples.long, Look.STAGE, 2f),
    settings("long-stage-200", SettingsSamples.long, Look.STAGE, 2f).german(),
    part("name-light", SettingsSamples.name, Look.LIGHT),
    part("email-dark", SettingsSamples.email, Look.DARK),
    part("password-light-200", SettingsSamples.password, Look.LIGHT, 2f),
    part("delete-dark", SettingsSamples.delete, Look.DARK).german(),
    part("hand-over-stage", SettingsSamples.handOver, Look.STAGE),
    broken("newer-dark", RockOnException.Storage(StorageFailure.Newer), Look.DARK),
    broken("locked-light", RockOnException.Storage(StorageFailure.Locked), Look.LIGHT),
    broken("full-stage-200", RockOnException.Storage(StorageFailure.Full), Look.STAGE, 2f),
    broken("server-dark", RockOnException.Config("url", "it is no address"), Look.DARK).german(),
)
