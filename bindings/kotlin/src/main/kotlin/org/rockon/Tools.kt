package org.rockon

import org.rockon.ffi.ClientInterface
import org.rockon.ffi.doctorText
import org.rockon.ffi.songFormat

/** Import, export and the doctor. */
interface Tools {
    /**
     * Reads a file into a plan, a dry run: nothing is stored. [Edits.addSongs] adds what it holds.
     *
     * @throws InvalidException when the file as a whole cannot be read: larger than 5 MB, more than 10,000 songs, no
     *   text, empty, no title column
     */
    suspend fun readSongs(
        file: ByteArray,
        format: Format,
    ): ImportPlan

    /** All songs of a band (or my own) as the text of a file, and what is not whole in it. */
    suspend fun exportSongs(
        scope: ScopeId,
        format: Format,
    ): SongFile

    /** Looks at services, network, auth and app, in that order. Takes as long as the time-outs of what is silent. */
    suspend fun diagnose(): DoctorReport

    /** Where a damaged file was put when the data was opened; null when all was well. */
    suspend fun damagedFile(): String?
}

/** The report as plain text, one line a check, the verdict first: for a mail to the developers. */
val DoctorReport.text: String get() = doctorText(this)

/** What a file holds, by its name; null if it is neither CSV nor ChordPro. */
fun formatOf(fileName: String): Format? = songFormat(fileName)

internal class CoreTools(
    private val client: ClientInterface,
) : Tools {
    override suspend fun readSongs(
        file: ByteArray,
        format: Format,
    ) = calling { client.readSongs(file, format) }

    override suspend fun exportSongs(
        scope: ScopeId,
        format: Format,
    ) = calling { client.exportSongs(scope, format) }

    override suspend fun diagnose() = calling { client.diagnose() }

    override suspend fun damagedFile() = calling { client.damagedFile() }
}
