package org.rockon.ui

/** Each tab has its places behind one another; the last of the chosen tab is on screen. */
internal data class Path(val tab: Tab, private val behind: Map<Tab, List<Place>> = emptyMap()) {
    /** Those of the chosen tab. Never empty. */
    val places: List<Place> get() = behind[tab] ?: listOf(rootOf(tab))

    val here: Place get() = places.last()

    /** Everywhere where one has been and can come back to. */
    val all: List<Place> get() = behind.values.flatten() + places

    val canGoBack: Boolean get() = places.size > 1 || tab != first

    fun to(place: Place, on: Tab = beginning(place) ?: tab): Path = copy(tab = on).run {
        if (place ==
            here
        ) {
            this
        } else {
            with(places + place)
        }
    }

    /** One behind the other. */
    fun toAll(places: List<Place>): Path = places.fold(this) { at, place -> at.to(place) }

    /** From the beginning of a tab to the first tab. */
    fun back(): Path = if (places.size > 1) with(places.dropLast(1)) else copy(tab = first)

    /** There instead of here. */
    fun replacedBy(place: Place): Path = with(places.dropLast(1) + place)

    /** To a tab as it was left; a second touch leads to its beginning. */
    fun choose(chosen: Tab): Path = if (chosen == tab) with(places.take(1)) else copy(tab = chosen)

    val code: String
        get() =
            tab.name +
                behind.entries.joinToString("") { (tab, places) -> "\n${tab.name} ${places.joinToString(" ") { it.code }}" }

    private fun with(places: List<Place>) = copy(behind = behind + (tab to places))

    companion object {
        private val first = tabs.first()

        /** The tab that begins with a place. */
        private fun beginning(place: Place): Tab? =
            areas.firstNotNullOfOrNull { area -> area.begins?.takeIf { it.root == place } }?.tab

        private fun rootOf(tab: Tab): Place = areas.firstNotNullOf { area -> area.begins?.takeIf { it.tab == tab } }.root

        /** Where the app begins. */
        val start = Path(first)

        /** What [code] says; what another version of the app has written is left out. */
        fun of(code: String): Path {
            val lines = code.lines()
            val behind = lines.drop(1).mapNotNull { line ->
                val words = line.split(' ')
                tabOf(words.first())?.to(words.drop(1).mapNotNull(::placeOf))?.takeIf { it.second.isNotEmpty() }
            }
            return Path(tabOf(lines.first()) ?: first, behind.toMap())
        }

        private fun tabOf(name: String): Tab? = tabs.find { it.name == name }
    }
}
