package org.rockon.app

import android.app.Activity
import android.app.Application
import android.content.ActivityNotFoundException
import android.net.Uri
import android.provider.OpenableColumns
import androidx.activity.ComponentActivity
import androidx.activity.result.ActivityResultLauncher
import androidx.activity.result.contract.ActivityResultContracts.OpenMultipleDocuments
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import org.rockon.SourceFile
import org.rockon.ui.device.Files
import java.io.ByteArrayOutputStream
import java.io.IOException

/** The system's picker of documents, asked by whichever window of ours is there. The answer outlives a window that is made again. */
class AndroidFiles(private val application: Application) : Files {
    private val pickers = LinkedHashMap<Activity, ActivityResultLauncher<Array<String>>>()
    private var waiting: CompletableDeferred<List<Uri>>? = null

    init {
        application.follow(
            onStarted = { window -> (window as? ComponentActivity)?.let { pickers.getOrPut(it) { it.picker() } } },
            onDestroyed = { pickers.remove(it)?.unregister() },
        )
    }

    private fun ComponentActivity.picker() =
        activityResultRegistry.register("files", OpenMultipleDocuments()) { waiting?.complete(it) }

    override suspend fun choose(): List<SourceFile> {
        val answer = CompletableDeferred<List<Uri>>()
        waiting = answer
        try {
            pickers.values.lastOrNull()?.launch(arrayOf("*/*")) ?: return emptyList()
        } catch (_: ActivityNotFoundException) {
            return emptyList()
        }
        val chosen = answer.await()
        return withContext(Dispatchers.IO) { chosen.map(::read) }
    }

    /** A file that cannot be read is empty: the core says so. */
    private fun read(file: Uri): SourceFile = try {
        SourceFile(nameOf(file), bytesOf(file))
    } catch (_: IOException) {
        SourceFile(file.lastPathSegment.orEmpty(), ByteArray(0))
    }

    private fun nameOf(file: Uri): String {
        val columns = arrayOf(OpenableColumns.DISPLAY_NAME)
        val found = application.contentResolver.query(file, columns, null, null, null)
        val name = found?.use { if (it.moveToFirst()) it.getString(0) else null }
        return name ?: file.lastPathSegment.orEmpty()
    }

    /** No more than the core takes, and one byte that says that there was more. */
    private fun bytesOf(file: Uri): ByteArray {
        val read = ByteArrayOutputStream()
        val part = ByteArray(64 * 1024)
        application.contentResolver.openInputStream(file)?.use { stream ->
            while (read.size() <= MOST) read.write(part, 0, stream.read(part).takeIf { it > 0 } ?: break)
        }
        return read.toByteArray()
    }

    private companion object {
        const val MOST = 20 * 1024 * 1024
    }
}
