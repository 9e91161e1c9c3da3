package org.rockon.app

import android.content.Context
import android.util.Log
import androidx.work.BackoffPolicy
import androidx.work.Constraints
import androidx.work.CoroutineWorker
import androidx.work.ExistingPeriodicWorkPolicy
import androidx.work.ExistingWorkPolicy
import androidx.work.NetworkType
import androidx.work.OneTimeWorkRequestBuilder
import androidx.work.PeriodicWorkRequestBuilder
import androidx.work.WorkManager
import androidx.work.WorkRequest
import androidx.work.WorkerParameters
import org.rockon.RockOnException
import org.rockon.ui.device.Background
import java.util.concurrent.TimeUnit
import kotlin.time.Duration.Companion.seconds

/** Sends what is unsent and reads what is new while the app is not on screen. */
class SyncWork(context: Context, parameters: WorkerParameters) : CoroutineWorker(context, parameters) {
    override suspend fun doWork(): Result = try {
        val app = applicationContext as App
        val outcome = app.client.syncOnce(BUDGET)
        app.tellNews()
        if (outcome == null || outcome.complete) Result.success() else Result.retry()
    } catch (_: RockOnException.SignedOut) {
        // Nobody's data is here.
        Result.success()
    } catch (failure: RockOnException) {
        Log.w("rockon", failure.message.orEmpty())
        Result.retry()
    }

    private companion object {
        /** The system allows ten minutes, and likes those who take less. */
        val BUDGET = 25.seconds
    }
}

/** Runs as soon as there is a network. */
class SyncSoon(private val context: Context) : Background {
    private val online = Constraints.Builder().setRequiredNetworkType(NetworkType.CONNECTED).build()

    /** Asking again while one waits changes nothing. */
    override fun soon() {
        val request =
            OneTimeWorkRequestBuilder<SyncWork>()
                .setConstraints(online)
                .setBackoffCriteria(BackoffPolicy.EXPONENTIAL, WorkRequest.MIN_BACKOFF_MILLIS, TimeUnit.MILLISECONDS)
                .build()
        WorkManager.getInstance(context).enqueueUniqueWork("sync", ExistingWorkPolicy.KEEP, request)
    }

    override fun regularly() {
        val request = PeriodicWorkRequestBuilder<SyncWork>(1, TimeUnit.HOURS).setConstraints(online).build()
        WorkManager.getInstance(context).enqueueUniquePeriodicWork("listen", ExistingPeriodicWorkPolicy.KEEP, request)
    }
}
