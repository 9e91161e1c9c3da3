import android.content.Context
import android.net.ConnectivityManager
import android.net.Network
import android.util.Log
import androidx.lifecycle.DefaultLifecycleObserver
import androidx.lifecycle.LifecycleOwner
import androidx.lifecycle.ProcessLifecycleOwner
import androidx.work.CoroutineWorker
import androidx.work.ListenableWorker.Result
import androidx.work.WorkerParameters
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import org.rockon.LogLevel
import org.rockon.Logs
import org.rockon.RockOn
import org.rockon.RockOnConfig
import org.rockon.RockOnException
import org.rockon.Secret
import kotlin.time.Duration.Companion.seconds

// wiring: begin

/** The one client of the app's process: two would want the same files. */
object Core {
    private val opening = Mutex()
    private var core: RockOn? = null

    suspend fun get(context: Context): RockOn =
        opening.withLock {
            core ?: open(context).also { core = it }
        }

    private suspend fun open(context: Context): RockOn {
        Logs.start(LogLevel.INFO) { Log.i("rockon", "${it.part}: ${it.text}") }
        val config =
            RockOnConfig(
                url = "https://abcd.supabase.co",
                anonKey = Secret("sb_publishable_..."),
                dataDir = context.filesDir.toPath().resolve("rockon"),
            )
        return RockOn.open(config, KeystoreSecrets(context.noBackupFilesDir.toPath().resolve("secrets")))
    }
}

/** The app is on screen, or not. On the main thread, once the client is open. */
fun tellScreen(core: RockOn) =
    ProcessLifecycleOwner.get().lifecycle.addObserver(
        object : DefaultLifecycleObserver {
            override fun onStart(owner: LifecycleOwner) = core.setForeground(true)

            override fun onStop(owner: LifecycleOwner) = core.setForeground(false)
        },
    )

/** There is a network, or none. Only a hint: without it the core finds out by trying. */
fun tellNetwork(
    core: RockOn,
    system: ConnectivityManager,
) = system.registerDefaultNetworkCallback(
    object : ConnectivityManager.NetworkCallback() {
        override fun onAvailable(network: Network) = core.setNetwork(true)

        override fun onLost(network: Network) = core.setNetwork(false)
    },
)

/** Sends what is unsent and reads what is new while the app is not on screen. */
class SyncWorker(
    private val context: Context,
    parameters: WorkerParameters,
) : CoroutineWorker(context, parameters) {
    override suspend fun doWork(): Result =
        try {
            val outcome = Core.get(context).syncOnce(budget = 25.seconds)
            if (outcome.complete) Result.success() else Result.retry()
        } catch (_: RockOnException.SignedOut) {
            Result.success() // nobody's data is here
        } catch (error: RockOnException) {
            Log.w("rockon", error.message ?: "")
            Result.retry()
        }
}
// wiring: end
