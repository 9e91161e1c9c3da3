package android.security.keystore

import java.security.spec.AlgorithmParameterSpec

object KeyProperties {
    const val PURPOSE_ENCRYPT = 1
    const val PURPOSE_DECRYPT = 2
    const val BLOCK_MODE_GCM = "GCM"
    const val ENCRYPTION_PADDING_NONE = "NoPadding"
    const val KEY_ALGORITHM_AES = "AES"
}

class KeyGenParameterSpec private constructor() : AlgorithmParameterSpec {
    class Builder(
        val alias: String,
        val purposes: Int,
    ) {
        fun setBlockModes(vararg modes: String): Builder = this.also { check(modes.isNotEmpty()) }

        fun setEncryptionPaddings(vararg paddings: String): Builder = this.also { check(paddings.isNotEmpty()) }

        fun setKeySize(bits: Int): Builder = this.also { check(bits > 0) }

        fun build(): KeyGenParameterSpec = KeyGenParameterSpec()
    }
}
