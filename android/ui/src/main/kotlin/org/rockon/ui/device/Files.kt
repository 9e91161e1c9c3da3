package org.rockon.ui.device

import org.rockon.SourceFile

/** Files of the phone, by the system's own way to choose some. */
fun interface Files {
    /** Those that were chosen, read; none when the person has changed their mind. */
    suspend fun choose(): List<SourceFile>
}
