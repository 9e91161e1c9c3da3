package org.rockon.desktop

import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.ui.Modifier
import androidx.compose.ui.unit.DpSize
import androidx.compose.ui.unit.dp
import androidx.compose.ui.window.Window
import androidx.compose.ui.window.application
import androidx.compose.ui.window.rememberWindowState
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import org.rockon.ui.AppModel
import org.rockon.ui.AppWindow
import org.rockon.ui.device.Client
import org.rockon.ui.device.MemoryKept
import org.rockon.ui.device.Server
import java.nio.file.Path
import kotlin.system.exitProcess

/** A phone in a window: `DIR [URL KEY]`, where its data is kept and which server it speaks to. */
fun main(args: Array<String>) {
    if (args.size != 1 && args.size != 3) {
        System.err.println("usage: DIR [URL KEY]")
        exitProcess(2)
    }
    val server = if (args.size == 3) Server(args[1], args[2]) else null
    val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main.immediate)
    val client = Client(DesktopDevice(Path.of(args[0]), server), scope)
    val app = AppModel(client, MemoryKept(), scope)
    application {
        Window(::exitApplication, rememberWindowState(size = DpSize(411.dp, 891.dp)), title = "Rock-On") {
            AppWindow(app, Modifier.fillMaxSize())
        }
    }
}
