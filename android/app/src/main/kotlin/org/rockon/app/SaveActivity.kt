package org.rockon.app

import android.content.ActivityNotFoundException
import android.content.Context
import android.content.Intent
import android.net.Uri
import android.os.Bundle
import android.widget.Toast
import androidx.activity.ComponentActivity
import androidx.activity.result.contract.ActivityResultContracts.StartActivityForResult
import org.rockon.ui.texts.Texts
import java.io.File
import java.io.IOException

/** Asks with the system's own dialog where a file is to go. Its text waits in the cache: it may be too large to be handed over. */
class SaveActivity : ComponentActivity() {
    private val ask = registerForActivityResult(StartActivityForResult()) { answer ->
        answer.data?.data?.let(::write)
        waiting(this).delete()
        finish()
    }

    override fun onCreate(savedInstanceState: Bundle?) {
        super.onCreate(savedInstanceState)
        if (savedInstanceState != null) return
        val dialog = Intent(Intent.ACTION_CREATE_DOCUMENT).addCategory(Intent.CATEGORY_OPENABLE)
        try {
            ask.launch(dialog.setType(intent.type).putExtras(intent))
        } catch (_: ActivityNotFoundException) {
            failed()
            finish()
        }
    }

    private fun write(place: Uri) = try {
        // A longer file may have been there.
        contentResolver.openOutputStream(place, "wt")?.use { to -> waiting(this).inputStream().use { it.copyTo(to) } }
    } catch (_: IOException) {
        failed()
    }

    private fun failed() =
        Toast.makeText(this, Texts((application as App).client.language).settings.exportFailed, Toast.LENGTH_LONG).show()

    companion object {
        private fun waiting(context: Context) = File(context.cacheDir, "to-save")

        /** What opens it, once the text is where it waits. */
        fun intent(context: Context, name: String, type: String, text: String): Intent {
            waiting(context).writeText(text)
            val intent = Intent(context, SaveActivity::class.java).setType(type).putExtra(Intent.EXTRA_TITLE, name)
            return intent.addFlags(Intent.FLAG_ACTIVITY_NEW_TASK)
        }
    }
}
