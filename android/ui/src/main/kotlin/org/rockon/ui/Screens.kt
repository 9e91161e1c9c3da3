package org.rockon.ui

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.job
import kotlinx.coroutines.plus

/** The models of the places that one has come through. Each runs until its place is left. */
internal class Screens(private val scope: CoroutineScope, private val making: (CoroutineScope) -> Making) {
    private class Open(val screen: Screen, val scope: CoroutineScope)

    private val open = LinkedHashMap<Place, Open>()

    fun of(place: Place): Screen = open
        .getOrPut(place) {
            val own = scope + SupervisorJob(scope.coroutineContext.job)
            val of = making(own)
            Open(areas.firstNotNullOf { it.screen(place, of) }, own)
        }.screen

    fun keepOnly(places: List<Place>) {
        (open.keys - places.toSet()).forEach { open.remove(it)?.scope?.cancel() }
    }
}
