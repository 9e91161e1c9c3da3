package org.rockon.app

import android.security.keystore.KeyGenParameterSpec
import java.io.InputStream
import java.io.OutputStream
import java.security.Key
import java.security.KeyStoreSpi
import java.security.Provider
import java.security.SecureRandom
import java.security.Security
import java.security.cert.Certificate
import java.security.spec.AlgorithmParameterSpec
import java.util.Collections
import java.util.Date
import javax.crypto.KeyGeneratorSpi
import javax.crypto.SecretKey
import javax.crypto.spec.SecretKeySpec

/** Keys in memory behind the name of Android's store, which Robolectric has not. */
internal object FakeKeyStore {
    private const val NAME = "AndroidKeyStore"
    val keys = HashMap<String, Key>()

    /** An empty one, in the place of an earlier test's. */
    fun install() {
        keys.clear()
        Security.removeProvider(NAME)
        Security.addProvider(InMemory())
    }

    private class InMemory : Provider(NAME, "1", "in memory") {
        override fun getService(type: String, algorithm: String): Service? = when (type to algorithm) {
            "KeyStore" to NAME -> service(type, algorithm) { Store() }
            "KeyGenerator" to "AES" -> service(type, algorithm) { Aes() }
            else -> null
        }

        private fun service(type: String, algorithm: String, make: () -> Any) =
            object : Service(this, type, algorithm, "", null, null) {
                override fun newInstance(parameter: Any?): Any = make()
            }
    }

    private class Aes : KeyGeneratorSpi() {
        private lateinit var spec: KeyGenParameterSpec

        override fun engineInit(random: SecureRandom?) = error("needs a spec")

        override fun engineInit(params: AlgorithmParameterSpec, random: SecureRandom?) {
            spec = params as KeyGenParameterSpec
        }

        override fun engineInit(keysize: Int, random: SecureRandom?) = error("needs a spec")

        override fun engineGenerateKey(): SecretKey =
            SecretKeySpec(ByteArray(32).also(SecureRandom()::nextBytes), "AES").also { keys[spec.keystoreAlias] = it }
    }

    private class Store : KeyStoreSpi() {
        override fun engineGetKey(alias: String, password: CharArray?) = keys[alias]

        override fun engineGetCertificateChain(alias: String?): Array<Certificate>? = null

        override fun engineGetCertificate(alias: String?): Certificate? = null

        override fun engineGetCreationDate(alias: String?) = Date(0)

        override fun engineSetKeyEntry(alias: String, key: Key, password: CharArray?, chain: Array<out Certificate>?) {
            keys[alias] = key
        }

        override fun engineSetKeyEntry(alias: String?, key: ByteArray?, chain: Array<out Certificate>?) = error("not used")

        override fun engineSetCertificateEntry(alias: String?, cert: Certificate?) = error("not used")

        override fun engineDeleteEntry(alias: String) {
            keys.remove(alias)
        }

        override fun engineAliases() = Collections.enumeration(keys.keys)

        override fun engineContainsAlias(alias: String) = alias in keys

        override fun engineSize() = keys.size

        override fun engineIsKeyEntry(alias: String) = alias in keys

        override fun engineIsCertificateEntry(alias: String?) = false

        override fun engineGetCertificateAlias(cert: Certificate?): String? = null

        override fun engineStore(stream: OutputStream?, password: CharArray?) = Unit

        override fun engineLoad(stream: InputStream?, password: CharArray?) = Unit
    }
}
