import kotlinx.coroutines.runBlocking
import org.rockon.MemorySecrets
import org.rockon.RockOn
import org.rockon.RockOnConfig
import org.rockon.Secret
import org.rockon.SessionState
import java.nio.file.Files

// quick start: begin
fun main() =
    runBlocking {
        val config =
            RockOnConfig(
                url = "http://127.0.0.1:54321",
                anonKey = Secret("sb_publishable_quick_start"),
                dataDir = Files.createTempDirectory("quick-start"),
            )
        RockOn.open(config, MemorySecrets()).use { core ->
            println("core ${RockOn.version}, signed in: ${core.status.value.session is SessionState.SignedIn}")
        }
    }
// quick start: end
