package org.rockon.desktop

import org.rockon.ui.device.Event
import org.rockon.ui.device.Outside
import java.awt.Desktop
import java.awt.FileDialog
import java.awt.Frame
import java.awt.Toolkit
import java.awt.datatransfer.StringSelection
import java.net.URI
import kotlin.io.path.createTempFile
import kotlin.io.path.writeText

/** A desk has a clipboard, and a browser where there is one. What is shared lands in the clipboard. */
internal object DesktopOutside : Outside {
    override fun share(text: String) = copy(text)

    override fun copy(text: String) = Toolkit.getDefaultToolkit().systemClipboard.setContents(StringSelection(text), null)

    override fun save(name: String, type: String, text: String) {
        val asked = FileDialog(null as Frame?, null, FileDialog.SAVE)
        asked.file = name
        asked.isVisible = true
        asked.files.firstOrNull()?.writeText(text)
    }

    override fun open(link: String): Boolean {
        val isThere = Desktop.isDesktopSupported() && Desktop.getDesktop().isSupported(Desktop.Action.BROWSE)
        if (isThere) Desktop.getDesktop().browse(URI(link))
        return isThere
    }

    /** A page in the browser, which can print it. */
    fun read(html: String) {
        val page = createTempFile("rockon", ".html").also { it.writeText(html) }
        open(page.toUri().toString())
    }

    /** A desk has no calendar that can be asked in one way everywhere. */
    override fun remember(event: Event): Boolean = false
}
