package org.rockon

import org.rockon.ffi.ClientInterface
import org.rockon.ffi.Items
import org.rockon.ffi.songFormat

/** Import, export, sharing and the doctor. */
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

    /**
     * A song as plain text in the app's language, notes included: to be sent to people.
     *
     * @throws RockOnException.NotFound it is not here
     */
    suspend fun songText(id: RowId): String

    /**
     * A setlist as plain text in the app's language: songs numbered, with key, capo, tempo and length; breaks, sections,
     * running time.
     *
     * @throws RockOnException.NotFound it is not here
     */
    suspend fun setlistText(id: RowId): String

    /**
     * The same as one page of HTML for the system's printing: large, black on white; it runs and loads nothing.
     *
     * @throws RockOnException.NotFound it is not here
     */
    suspend fun setlistHtml(id: RowId): String

    /** Looks at services, network, auth and app, in that order. Takes as long as the time-outs of what is silent. */
    suspend fun diagnose(): DoctorReport

    /**
     * The same, told as it goes: each value is the report with the checks so far; the last one has all, and then it completes.
     * What stands in a report before the last is not the verdict yet.
     */
    fun doctor(): Feed<DoctorReport>

    /** Where a damaged file was put when the data was opened; null when all was well. */
    suspend fun damagedFile(): String?
}

/** What a file is written as, by its name; null if it is neither CSV nor ChordPro. */
fun formatOf(fileName: String): Format? = songFormat(fileName)

internal class CoreTools(
    private val client: ClientInterface,
    private val flows: Flows,
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

    override suspend fun songText(id: RowId) = calling { client.songText(id) }

    override suspend fun setlistText(id: RowId) = calling { client.setlistText(id) }

    override suspend fun setlistHtml(id: RowId) = calling { client.setlistHtml(id) }

    override suspend fun diagnose() = calling { client.diagnose() }

    override fun doctor(): Feed<DoctorReport> = flows.value({ client.observeDoctor() }) { (it as Items.Examination).value }

    override suspend fun damagedFile() = calling { client.damagedFile() }
}
