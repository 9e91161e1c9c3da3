package org.rockon.desktop

import androidx.compose.foundation.layout.fillMaxSize
import androidx.compose.ui.Modifier
import androidx.compose.ui.text.intl.Locale
import androidx.compose.ui.unit.DpSize
import androidx.compose.ui.unit.dp
import androidx.compose.ui.window.Window
import androidx.compose.ui.window.WindowPosition
import androidx.compose.ui.window.application
import androidx.compose.ui.window.rememberWindowState
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.launch
import kotlinx.coroutines.runBlocking
import org.rockon.Secret
import org.rockon.languageOf
import org.rockon.ui.AppView
import org.rockon.ui.device.Server
import org.rockon.ui.theme.RockOnTheme
import java.nio.file.Files
import java.nio.file.Path
import kotlin.coroutines.ContinuationInterceptor
import kotlin.system.exitProcess

/**
 * Two phones of one band, Eric's and Sam's: `URL KEY PASSWORD [--pictures DIR]`, with the local stack's server, its publishable key and
 * the password of its members. Two windows; or pictures of an evening in DIR, without a display.
 */
fun main(args: Array<String>) {
    val pictures = args.indexOf("--pictures").takeIf { it == 3 && args.size == 5 }
    if (args.size != 3 && pictures == null) {
        System.err.println("usage: URL KEY PASSWORD [--pictures DIR]")
        exitProcess(2)
    }
    val (url, key, password) = args
    val members = listOf("Eric", "Sam").map { Member(it, Secret(password)) }
    val files = Files.createTempDirectory("rockon-phones")
    try {
        if (pictures ==
            null
        ) {
            live(members, Server(url, key), files)
        } else {
            drawn(members, Server(url, key), files, Path.of(args[4]))
        }
    } finally {
        files.toFile().deleteRecursively()
    }
}

private fun live(members: List<Member>, server: Server, files: Path) {
    val scope = CoroutineScope(SupervisorJob() + Dispatchers.Main.immediate)
    val phones = members.map { Phone(it, server, files, scope) }
    phones.forEach { scope.launch { it.signIn() } }
    application(exitProcessOnExit = false) {
        phones.forEachIndexed { at, phone ->
            val state = rememberWindowState(position = WindowPosition((40 + at * 440).dp, 40.dp), size = DpSize(411.dp, 891.dp))
            Window(::exitApplication, state, title = phone.owner.name) {
                RockOnTheme(language = languageOf(Locale.current.toLanguageTag())) { AppView(phone.app, Modifier.fillMaxSize()) }
            }
        }
    }
    runBlocking { phones.forEach { it.close() } }
}

private fun drawn(members: List<Member>, server: Server, files: Path, pictures: Path) = runBlocking {
    // The apps run on this thread, which is where the evening calls them.
    val scope = CoroutineScope(SupervisorJob() + checkNotNull(coroutineContext[ContinuationInterceptor]))
    val (eric, sam) = members.map { Phone(it, server, files, scope) }
    try {
        Strip(eric, sam, Files.createDirectories(pictures)).use { evening(eric, sam, it) }
    } finally {
        eric.close()
        sam.close()
    }
}
