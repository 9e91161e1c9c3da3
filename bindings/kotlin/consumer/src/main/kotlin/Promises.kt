import org.rockon.Secret
import org.rockon.SecretLostException
import java.nio.file.Files
import java.security.InvalidKeyException
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.SecretKeySpec

/** A key in memory instead of the Keystore's. */
private class MemoryKeys : Keys {
    var held: SecretKey? = null
    var refused = false

    override fun key(): SecretKey? {
        if (refused) throw InvalidKeyException("permanently invalidated")
        return held
    }

    override fun renew(): SecretKey {
        refused = false
        val generator = KeyGenerator.getInstance("AES")
        generator.init(256)
        return generator.generateKey().also { held = it }
    }
}

private fun isLost(read: () -> Secret?): Boolean =
    try {
        read()
        false
    } catch (_: SecretLostException) {
        true
    }

/** What a secret store promises, held by the example of the README. */
fun main() {
    val folder = Files.createTempDirectory("promises")
    val keys = MemoryKeys()
    val store = KeystoreSecrets(folder, keys)
    check(store.read("a") == null) { "there is none" }
    store.delete("a")
    store.write("a", Secret("one"))
    store.write("a", Secret("two"))
    check(store.read("a") == Secret("two")) { "a write replaces" }
    check(KeystoreSecrets(folder, keys).read("a") == Secret("two")) { "it outlives the object" }
    check(Files.list(folder).use { it.count() } == 1L) { "nothing else is left" }
    check("two" !in Files.readAllBytes(folder.resolve("a")).decodeToString()) { "nobody can read it" }

    Files.copy(folder.resolve("a"), folder.resolve("b"))
    check(isLost { store.read("b") }) { "it stands for its own name only" }
    store.delete("b")
    check(store.read("b") == null) { "it was deleted" }

    Files.write(folder.resolve("c"), byteArrayOf(1))
    check(isLost { store.read("c") }) { "half a file" }
    keys.held = null
    check(isLost { store.read("a") }) { "a backup on another phone" }
    store.write("a", Secret("three"))
    check(store.read("a") == Secret("three")) { "a lost one is replaced" }
    keys.refused = true
    check(isLost { store.read("a") }) { "the system has thrown its key away" }
    store.write("a", Secret("four"))
    check(store.read("a") == Secret("four")) { "and a new one is made" }
    keys.held = SecretKeySpec(ByteArray(16) { 7 }, "AES")
    check(isLost { store.read("a") }) { "another key" }
    println("all promises are held")
}
