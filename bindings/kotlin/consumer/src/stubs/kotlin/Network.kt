package android.net

class Network

abstract class ConnectivityManager {
    abstract fun registerDefaultNetworkCallback(callback: NetworkCallback)

    open class NetworkCallback {
        open fun onAvailable(network: Network) = Unit

        open fun onLost(network: Network) = Unit
    }
}
