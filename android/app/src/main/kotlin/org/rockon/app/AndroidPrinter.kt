package org.rockon.app

import android.app.Activity
import android.app.Application
import android.print.PrintDocumentAdapter
import android.print.PrintManager
import android.webkit.WebView
import android.webkit.WebViewClient
import androidx.core.content.getSystemService
import org.rockon.ui.device.Printer

/** The system's printing, of a page that nobody sees and that runs and loads nothing. Only a window of ours can ask for it. */
class AndroidPrinter(application: Application, private val job: (Activity, String, PrintDocumentAdapter?) -> Unit = ::started) :
    Printer {
    private var window: Activity? = null

    /** Held until it is drawn: nobody else does. */
    internal var page: WebView? = null
        private set

    init {
        application.follow(
            onStarted = { window = it },
            onDestroyed = { if (window == it) window = null },
        )
    }

    override fun print(name: String, html: String) {
        val asking = window ?: return
        page = WebView(asking).apply {
            settings.blockNetworkLoads = true
            webViewClient = object : WebViewClient() {
                override fun onPageFinished(view: WebView, url: String?) {
                    page = null
                    job(asking, name, view.createPrintDocumentAdapter(name))
                }
            }
            loadDataWithBaseURL(null, html, "text/html", "utf-8", null)
        }
    }
}

private fun started(window: Activity, name: String, pages: PrintDocumentAdapter?) {
    if (pages != null) window.getSystemService<PrintManager>()?.print(name, pages, null)
}
