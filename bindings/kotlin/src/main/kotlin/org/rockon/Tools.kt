package org.rockon

import org.rockon.ffi.ClientInterface
import org.rockon.ffi.songFormat

/** Import, export and the doctor. */
interface Tools {
    /**
     * Reads files into a plan and marks the songs that the band (or my personal scope) has already; nothing is stored. What a
     * file is, is found by its content; [columns] are meanings that the person chose for a table's columns, by place. A
     * file that cannot be read says so in the plan.
     *
     * @throws RockOnException.Invalid when there is too much altogether: 2,000 files, 20 MB, 10,000 songs
     */
    suspend fun planImport(
        scope: ScopeId,
        files: List<SourceFile>,
        columns: List<Meaning> = emptyList(),
    ): ImportPlan

    /** Adds and changes what was chosen of a plan, queued like any edit. Running it twice adds nothing twice unless chosen. */
    suspend fun runImport(
        scope: ScopeId,
        plan: ImportPlan,
        choices: ImportChoices = ImportChoices(SongChoice.SKIP, emptyList()),
    ): ImportDone

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

/** What a file is written as, by its name; null if it is neither CSV nor ChordPro. */
fun formatOf(fileName: String): Format? = songFormat(fileName)

internal class CoreTools(
    private val client: ClientInterface,
) : Tools {
    override suspend fun planImport(
        scope: ScopeId,
        files: List<SourceFile>,
        columns: List<Meaning>,
    ) = calling { client.planImport(scope, files, columns) }

    override suspend fun runImport(
        scope: ScopeId,
        plan: ImportPlan,
        choices: ImportChoices,
    ) = calling { client.runImport(scope, plan, choices) }

    override suspend fun exportSongs(
        scope: ScopeId,
        format: Format,
    ) = calling { client.exportSongs(scope, format) }

    override suspend fun diagnose() = calling { client.diagnose() }

    override suspend fun damagedFile() = calling { client.damagedFile() }
}
