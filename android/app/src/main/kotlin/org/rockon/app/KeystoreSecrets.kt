package org.rockon.app

import android.security.keystore.KeyGenParameterSpec
import android.security.keystore.KeyProperties
import org.rockon.Secret
import org.rockon.SecretLostException
import org.rockon.SecretStore
import java.io.FileOutputStream
import java.nio.channels.FileChannel
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.StandardCopyOption.ATOMIC_MOVE
import java.nio.file.StandardCopyOption.REPLACE_EXISTING
import java.nio.file.StandardOpenOption
import java.security.InvalidKeyException
import java.security.KeyStore
import java.security.UnrecoverableKeyException
import javax.crypto.AEADBadTagException
import javax.crypto.Cipher
import javax.crypto.KeyGenerator
import javax.crypto.SecretKey
import javax.crypto.spec.GCMParameterSpec

/** Where the key is that never leaves its place. */
interface Keys {
    /** The key; null if there is none. */
    fun key(): SecretKey?

    /** A new key, in the place of the old one. */
    fun renew(): SecretKey
}

/** The Keystore of Android. The key needs no fingerprint: the core reads in background jobs too. */
class AndroidKeys(private val alias: String = "rockon") : Keys {
    override fun key(): SecretKey? = KeyStore.getInstance(STORE).apply { load(null) }.getKey(alias, null) as SecretKey?

    override fun renew(): SecretKey {
        val purposes = KeyProperties.PURPOSE_ENCRYPT or KeyProperties.PURPOSE_DECRYPT
        val spec =
            KeyGenParameterSpec
                .Builder(alias, purposes)
                .setBlockModes(KeyProperties.BLOCK_MODE_GCM)
                .setEncryptionPaddings(KeyProperties.ENCRYPTION_PADDING_NONE)
                .setKeySize(256)
                .build()
        val generator = KeyGenerator.getInstance(KeyProperties.KEY_ALGORITHM_AES, STORE)
        generator.init(spec)
        return generator.generateKey()
    }

    private companion object {
        const val STORE = "AndroidKeyStore"
    }
}

/**
 * Secrets in files of their own, encrypted by one key of the Keystore. [folder] is `context.noBackupFilesDir` and a name: a
 * backup would bring back files whose key is on another phone.
 */
class KeystoreSecrets(private val folder: Path, private val keys: Keys = AndroidKeys()) : SecretStore {
    override fun read(key: String): Secret? {
        val file = folder.resolve(key)
        if (!Files.exists(file)) return null
        val sealed = Files.readAllBytes(file)
        if (sealed.size < NONCE) throw SecretLostException()
        try {
            val cipher = Cipher.getInstance(CIPHER)
            val nonce = GCMParameterSpec(128, sealed, 0, NONCE)
            cipher.init(Cipher.DECRYPT_MODE, keys.key() ?: throw SecretLostException(), nonce)
            cipher.updateAAD(key.encodeToByteArray())
            return Secret(cipher.doFinal(sealed, NONCE, sealed.size - NONCE).decodeToString())
        } catch (_: AEADBadTagException) {
            throw SecretLostException()
        } catch (_: InvalidKeyException) {
            // KeyPermanentlyInvalidatedException too
            throw SecretLostException()
        } catch (_: UnrecoverableKeyException) {
            throw SecretLostException()
        }
    }

    override fun write(key: String, value: Secret) {
        Files.createDirectories(folder)
        val sealed = seal(key, value.exposed)
        // Whole and on the disk before it takes the old one's place.
        val part = Files.createTempFile(folder, key, ".part")
        FileOutputStream(part.toFile()).use {
            it.write(sealed)
            it.fd.sync()
        }
        Files.move(part, folder.resolve(key), ATOMIC_MOVE, REPLACE_EXISTING)
        settle()
    }

    override fun delete(key: String) {
        if (Files.deleteIfExists(folder.resolve(key))) settle()
    }

    /** Which files there are is on the disk too. */
    private fun settle() = FileChannel.open(folder, StandardOpenOption.READ).use { it.force(true) }

    /** A key that can no longer be used is replaced: what it sealed is lost already. */
    private fun seal(key: String, value: String): ByteArray = try {
        seal(keys.key() ?: keys.renew(), key, value)
    } catch (_: InvalidKeyException) {
        seal(keys.renew(), key, value)
    } catch (_: UnrecoverableKeyException) {
        seal(keys.renew(), key, value)
    }

    private fun seal(by: SecretKey, key: String, value: String): ByteArray {
        val cipher = Cipher.getInstance(CIPHER)
        cipher.init(Cipher.ENCRYPT_MODE, by)
        cipher.updateAAD(key.encodeToByteArray())
        return cipher.iv + cipher.doFinal(value.encodeToByteArray())
    }

    private companion object {
        const val CIPHER = "AES/GCM/NoPadding"
        const val NONCE = 12
    }
}
