package org.rockon.ui.parts

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.launch
import org.rockon.RockOnException

/** Does something with the core; what it refuses goes to [failed], never further. */
internal fun CoroutineScope.doing(
    failed: (RockOnException) -> Unit = {},
    call: suspend CoroutineScope.() -> Unit,
): Job =
    launch {
        try {
            call()
        } catch (failure: RockOnException) {
            failed(failure)
        }
    }
