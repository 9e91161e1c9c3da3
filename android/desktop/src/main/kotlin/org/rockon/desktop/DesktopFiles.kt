package org.rockon.desktop

import org.rockon.SourceFile
import org.rockon.ui.device.Files
import java.awt.FileDialog
import java.awt.Frame

/** The desk's own dialog. */
internal object DesktopFiles : Files {
    override suspend fun choose(): List<SourceFile> {
        val dialog = FileDialog(null as Frame?)
        dialog.isMultipleMode = true
        dialog.isVisible = true
        return dialog.files.map { SourceFile(it.name, it.readBytes()) }
    }
}
