package android.util

object Log {
    fun i(
        tag: String,
        text: String,
    ): Int = println("$tag: $text").let { 0 }

    fun w(
        tag: String,
        text: String,
    ): Int = i(tag, text)
}
