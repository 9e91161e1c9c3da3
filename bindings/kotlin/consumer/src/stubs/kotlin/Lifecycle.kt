package androidx.lifecycle

interface LifecycleOwner {
    val lifecycle: Lifecycle
}

interface LifecycleObserver

interface DefaultLifecycleObserver : LifecycleObserver {
    fun onStart(owner: LifecycleOwner) = Unit

    fun onStop(owner: LifecycleOwner) = Unit
}

abstract class Lifecycle {
    abstract fun addObserver(observer: LifecycleObserver)
}

object ProcessLifecycleOwner {
    fun get(): LifecycleOwner = error("only names are here")
}
