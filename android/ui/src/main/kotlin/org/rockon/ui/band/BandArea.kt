package org.rockon.ui.band

import kotlinx.coroutines.flow.map
import org.rockon.AppLink
import org.rockon.Kind
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.asRow
import org.rockon.parseLink
import org.rockon.ui.Area
import org.rockon.ui.Bar
import org.rockon.ui.Begin
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen
import org.rockon.ui.Tab
import org.rockon.ui.drawn
import org.rockon.ui.line.Line
import org.rockon.ui.line.lineScreen
import org.rockon.values

/** The band and who is in it. */
data object BandPlace : Place {
    override val code = "band"
}

/** One member. */
data class MemberPlace(val band: ScopeId, val member: RowId) : Place {
    override val code = "member/$band/$member"
}

/** What there is about a band on a screen of its own; what was deleted is about one's own songs, too. */
enum class Part { INVITES, RENAME, DELETE, DELETED }

/** One of the [Part]s. */
data class PartPlace(val part: Part, val of: ScopeId) : Place {
    override val code = "${part.code}/$of"
}

/** A band that is not there yet. */
data object MakeBandPlace : Place {
    override val code = "make-band"
}

/** Into a band, by the code of an invite; empty where it is still to be typed. */
data class JoinPlace(val invite: String = "") : Place {
    override val code = "join/$invite"
}

private val Part.code: String get() = "band-" + name.lowercase()

/** The band, its members and invites, and the way into another. */
internal object BandArea : Area {
    override val begins = Begin(Tab.BAND, BandPlace)

    override fun place(parts: List<String>): Place? {
        val part = Part.entries.find { it.code == parts.first() }
        return when {
            parts == listOf("band") -> BandPlace
            parts == listOf("make-band") -> MakeBandPlace
            parts.size == 2 && parts[0] == "join" -> JoinPlace(parts[1])
            parts.size == 3 && parts[0] == "member" -> MemberPlace(ScopeId(parts[1]), RowId(parts[2]))
            parts.size == 2 && part != null -> PartPlace(part, ScopeId(parts[1]))
            else -> null
        }
    }

    override fun screen(place: Place, of: Making): Screen? = when (place) {
        is BandPlace -> {
            val model = BandModel(of.core, of.bands, of.scope, of.go)
            drawn(place, model) { state, frame -> BandView(state, frame, model) }
        }

        is MemberPlace -> {
            val model = MemberModel(of.core, place, of.scope, of.go)
            drawn(place, model) { state, frame -> MemberView(state, frame, model) }
        }

        is PartPlace -> part(place, place.of, of)

        is MakeBandPlace -> lineScreen(place, Line.MAKE_BAND, of) { of.make(it) }

        is JoinPlace -> lineScreen(place, Line.JOIN, of, place.invite) { of.join(it) }

        else -> null
    }

    private fun part(place: PartPlace, band: ScopeId, of: Making): Screen {
        val name = of.core.bands().map { bands -> bands.find { it.id == band }?.name }
        return when (place.part) {
            Part.INVITES -> {
                val model = InvitesModel(of.core, band, of.device.outside, of.scope, of.go)
                drawn(place, model) { state, frame -> InvitesView(state, frame, model) }
            }

            Part.DELETED -> {
                val model = DeletedModel(of.core, band, of.scope, of.go)
                drawn(place, model) { state, frame -> DeletedView(state, frame, model) }
            }

            Part.RENAME -> lineScreen(place, Line.RENAME, of, subject = name) { of.rename(band, it) }

            Part.DELETE -> lineScreen(place, Line.DELETE_BAND, of, subject = name) { of.delete(band, it) }
        }
    }
}

private suspend fun Making.rename(band: ScopeId, name: String) {
    core.change(Kind.BAND, band.asRow, values("name" to name))
    go.back()
}

private suspend fun Making.delete(band: ScopeId, name: String) {
    core.deleteBand(band)
    go.back()
    go.tell(Bar { it.band.deletedBand(name) })
}

/** The next thing is to invite the others. */
private suspend fun Making.make(name: String) {
    val band = core.createBand(name)
    bands.choose(band)
    go.instead(PartPlace(Part.INVITES, band))
}

/** Who was sent a link may paste the whole of it. */
private suspend fun Making.join(text: String) {
    val invite = (parseLink(text) as? AppLink.Join)?.code ?: text
    bands.choose(core.redeemInvite(invite))
    go.back()
    go.tell(Bar { it.welcome.joined })
}
