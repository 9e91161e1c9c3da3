package org.rockon.ui.parts

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch
import org.rockon.RockOnException
import org.rockon.text
import org.rockon.ui.texts.Texts

/** Does something with the core; what it refuses goes to [failed], never further. */
internal fun CoroutineScope.doing(failed: (RockOnException) -> Unit = {}, call: suspend CoroutineScope.() -> Unit): Job = launch {
    try {
        call()
    } catch (failure: RockOnException) {
        failed(failure)
    }
}

/** What a person is told of a call that is not queued: without a network it was not done, and is not done later. */
internal fun RockOnException.words(texts: Texts): String =
    if (this is RockOnException.Offline) texts.app.needsNetwork else text(texts.language)
