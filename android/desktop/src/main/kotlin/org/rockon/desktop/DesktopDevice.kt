package org.rockon.desktop

import org.rockon.MemorySecrets
import org.rockon.SecretStore
import org.rockon.ui.device.Background
import org.rockon.ui.device.Device
import org.rockon.ui.device.Files
import org.rockon.ui.device.MemoryPreferences
import org.rockon.ui.device.NoNotifications
import org.rockon.ui.device.Notifications
import org.rockon.ui.device.Outside
import org.rockon.ui.device.Preferences
import org.rockon.ui.device.Printer
import org.rockon.ui.device.Server
import org.rockon.ui.device.Servers
import org.rockon.ui.device.Signal
import org.rockon.ui.device.Stage
import java.nio.file.Path

/** A phone on a desk: always on screen, with a network until it is taken away, and nothing remembered of who signed in. */
internal class DesktopDevice(override val dataDir: Path, given: Server?) : Device {
    override val secrets: SecretStore = MemorySecrets()
    override val network = Switch()
    override val screen: Signal = Switch()
    override val background: Background = Background {}
    override val outside: Outside = DesktopOutside
    override val printer = Printer { _, html -> DesktopOutside.read(html) }
    override val notifications: Notifications = NoNotifications
    override val preferences: Preferences = MemoryPreferences()
    override val files: Files = DesktopFiles
    override val stage: Stage = DesktopStage
    override val servers: Servers = object : Servers {
        private var server = given

        override fun read(): Server? = server

        override fun write(server: Server) {
            this.server = server
        }
    }
}

/** On until it is turned. */
internal class Switch : Signal {
    private val told = ArrayList<(Boolean) -> Unit>()
    private var isOn = true

    @Synchronized
    fun turn(on: Boolean) {
        isOn = on
        told.forEach { it(on) }
    }

    @Synchronized
    override fun follow(tell: (Boolean) -> Unit): AutoCloseable {
        told += tell
        tell(isOn)
        return AutoCloseable { synchronized(this) { told -= tell } }
    }
}

/** A desk neither turns nor goes dark. */
private object DesktopStage : Stage {
    override fun enter() = Unit

    override fun lockRotation(on: Boolean) = Unit

    override fun leave() = Unit
}
