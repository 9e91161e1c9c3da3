package org.rockon.ui

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.withTimeoutOrNull
import org.rockon.RockOn
import org.rockon.ui.notices.News
import org.rockon.ui.notices.takeNews
import kotlin.time.Duration.Companion.seconds

/**
 * Tells news at the head of the screen: one batch at a time, for four seconds each.
 *
 * Takes none while nobody could see them: they wait, or the system tells them.
 */
internal class Banners {
    private val now = MutableStateFlow<News?>(null)
    val state: StateFlow<News?> = now.asStateFlow()

    /** Tells what arrives, as long as it runs. [canShow]: somebody looks, and is not disturbed; [isListed]: they see it anyway. */
    suspend fun follow(core: RockOn, canShow: Flow<Boolean>, isListed: () -> Boolean) {
        combine(core.notices(limit = 1), canShow) { _, can -> can }.collect { can ->
            val news = if (can) core.takeNews() else emptyList()
            news.takeUnless { isListed() }?.forEach { show(it, canShow) }
        }
    }

    /** It goes, by a tap or a swipe. */
    fun taken(): News? = now.value.also { now.value = null }

    /** What one may not be disturbed by takes it away too. */
    private suspend fun show(news: News, canShow: Flow<Boolean>) {
        canShow.first { it }
        now.value = news
        withTimeoutOrNull(SHOWN) { combine(now, canShow) { shown, can -> can && shown === news }.first { !it } }
        now.value = null
    }

    private companion object {
        val SHOWN = 4.seconds
    }
}
