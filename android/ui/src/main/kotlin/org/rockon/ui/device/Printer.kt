package org.rockon.ui.device

/** The system's printing. It asks where and how; whether something came of it is not known. */
fun interface Printer {
    /** Prints a page of HTML; [name] is what the job is called. */
    fun print(name: String, html: String)
}
