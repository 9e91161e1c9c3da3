package androidx.work

import android.content.Context

class WorkerParameters

abstract class ListenableWorker {
    class Result private constructor() {
        companion object {
            fun success(): Result = Result()

            fun retry(): Result = Result()
        }
    }
}

abstract class CoroutineWorker(
    val applicationContext: Context,
    val parameters: WorkerParameters,
) : ListenableWorker() {
    abstract suspend fun doWork(): Result
}
