package org.rockon.desktop

import androidx.compose.foundation.background
import androidx.compose.foundation.layout.Arrangement
import androidx.compose.foundation.layout.Box
import androidx.compose.foundation.layout.Column
import androidx.compose.foundation.layout.Row
import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.layout.size
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.CompositionLocalProvider
import androidx.compose.runtime.getValue
import androidx.compose.runtime.mutableStateOf
import androidx.compose.runtime.setValue
import androidx.compose.ui.ImageComposeScene
import androidx.compose.ui.Modifier
import androidx.compose.ui.draw.clipToBounds
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.unit.Density
import androidx.compose.ui.unit.dp
import androidx.lifecycle.Lifecycle
import androidx.lifecycle.LifecycleOwner
import androidx.lifecycle.LifecycleRegistry
import androidx.lifecycle.compose.LocalLifecycleOwner
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.delay
import org.jetbrains.skia.EncodedImageFormat
import org.rockon.ui.AppView
import org.rockon.ui.theme.Look
import org.rockon.ui.theme.RockOnTheme
import java.nio.file.Path
import kotlin.io.path.writeBytes
import kotlin.time.Duration.Companion.milliseconds

/** Draws both phones beside each other, without a display: one picture for each [picture]. */
internal class Strip(private val left: Phone, private val right: Phone, private val folder: Path) : AutoCloseable {
    private val shown = Resumed()
    private var caption by mutableStateOf("")
    private var count = 0
    private var clock = 0L
    private val scene = ImageComposeScene(WIDTH * 2, HEIGHT * 2, Density(2f), Dispatchers.Unconfined) { Both() }

    /** Waits until nothing moves any more, and keeps what is there. */
    suspend fun picture(words: String) {
        caption = words
        var still = 0
        while (still < STILL) {
            scene.render(frame()).close()
            still = if (scene.hasInvalidations()) 0 else still + 1
            delay(FRAME)
        }
        count += 1
        val bytes = scene.render(frame()).use { it.encodeToData(EncodedImageFormat.PNG)?.bytes }
        folder.resolve("%02d.png".format(count)).writeBytes(checkNotNull(bytes) { "no picture came of it" })
        println("%2d  %s".format(count, words))
    }

    override fun close() = scene.close()

    /** For what moves, each frame is one of the sixtieths of a second that a screen would have shown. */
    private fun frame(): Long = (clock++) * FRAME.inWholeNanoseconds

    @Composable
    private fun Both() = CompositionLocalProvider(LocalLifecycleOwner provides shown) {
        RockOnTheme(look = Look.DARK) {
            Column(Modifier.background(Color.Black)) {
                Text(caption, Modifier.padding(16.dp), Color.White, style = MaterialTheme.typography.titleMedium)
                Row(Modifier.padding(horizontal = 16.dp), Arrangement.spacedBy(16.dp)) {
                    One(left)
                    One(right)
                }
            }
        }
    }

    @Composable
    private fun One(phone: Phone) = Column {
        Text(phone.owner.name, Modifier.padding(bottom = 8.dp), Color.LightGray, style = MaterialTheme.typography.labelMedium)
        Box(Modifier.size(PHONE.dp, (HEIGHT - 96).dp).clipToBounds()) { AppView(phone.app) }
    }

    /** A window that is on screen, as screens ask for it. */
    private class Resumed : LifecycleOwner {
        override val lifecycle: Lifecycle = LifecycleRegistry.createUnsafe(this).apply { currentState = Lifecycle.State.RESUMED }
    }

    private companion object {
        const val PHONE = 380
        const val WIDTH = PHONE * 2 + 48
        const val HEIGHT = 880

        /** Frames without a change until nothing moves: two feeds and what follows from them come within it. */
        const val STILL = 12
        val FRAME = 16.milliseconds
    }
}
