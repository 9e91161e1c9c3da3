package org.rockon.app

import android.app.Application
import org.rockon.SecretStore
import org.rockon.ui.device.Background
import org.rockon.ui.device.Device
import org.rockon.ui.device.Files
import org.rockon.ui.device.Outside
import org.rockon.ui.device.Preferences
import org.rockon.ui.device.Printer
import org.rockon.ui.device.Servers
import org.rockon.ui.device.Signal
import org.rockon.ui.device.Stage
import java.nio.file.Path

/** This phone, as the app needs it. Files may be in a backup; secrets may not: their key does not leave the phone. */
class AndroidDevice(context: Application) : Device {
    override val dataDir: Path = context.filesDir.toPath().resolve("rockon")
    override val secrets: SecretStore = KeystoreSecrets(context.noBackupFilesDir.toPath().resolve("secrets"))
    override val network: Signal = NetworkSignal(context)
    override val screen: Signal = ScreenSignal(context)
    override val servers: Servers = AndroidServers(context)
    override val background: Background = SyncSoon(context)
    override val outside: Outside = AndroidOutside(context)
    override val printer: Printer = AndroidPrinter(context)
    override val notifications = AndroidNotifications(context)
    override val preferences: Preferences = AndroidPreferences(context)
    override val files: Files = AndroidFiles(context)
    override val stage: Stage = AndroidStage(context)
}
