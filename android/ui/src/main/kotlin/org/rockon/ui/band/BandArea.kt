package org.rockon.ui.band

import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.map
import org.rockon.Kind
import org.rockon.RowId
import org.rockon.ScopeId
import org.rockon.asRow
import org.rockon.ui.Area
import org.rockon.ui.Bar
import org.rockon.ui.DeepLink
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen
import org.rockon.ui.Tab
import org.rockon.ui.line.Line
import org.rockon.ui.line.lineScreen
import org.rockon.values

/** The band and who is in it. */
data object BandPlace : Place {
    override val code = "band"
}

/** One member. */
data class MemberPlace(
    val band: ScopeId,
    val member: RowId,
) : Place {
    override val code = "band/$band/member/$member"
}

/** The codes that others join with. */
data class InvitesPlace(
    val band: ScopeId,
) : Place {
    override val code = "band/$band/invites"
}

/** Another name for a band. */
data class RenamePlace(
    val band: ScopeId,
) : Place {
    override val code = "band/$band/rename"
}

/** The end of a band. */
data class DeleteBandPlace(
    val band: ScopeId,
) : Place {
    override val code = "band/$band/delete"
}

/** What was deleted lately, in a band or of one's own. */
data class DeletedPlace(
    val scope: ScopeId,
) : Place {
    override val code = "deleted/$scope"
}

/** A band that is not there yet. */
data object MakeBandPlace : Place {
    override val code = "make-band"
}

/** Into a band, by the code of an invite; empty where it is still to be typed. */
data class JoinPlace(
    val invite: String = "",
) : Place {
    override val code = "join/$invite"
}

/** The band, its members and invites, and the way into another. */
internal object BandArea : Area {
    override val tab = Tab.BAND
    override val root = BandPlace

    override fun place(parts: List<String>): Place? {
        val band = ScopeId(parts.getOrElse(1) { "" })
        return when (parts.filterIndexed { at, _ -> at != 1 && at != 3 }) {
            listOf("band") -> BandPlace.takeIf { parts.size == 1 }
            listOf("band", "member") -> parts.getOrNull(3)?.let { MemberPlace(band, RowId(it)) }
            listOf("band", "invites") -> InvitesPlace(band)
            listOf("band", "rename") -> RenamePlace(band)
            listOf("band", "delete") -> DeleteBandPlace(band)
            listOf("deleted") -> DeletedPlace(band).takeIf { parts.size == 2 }
            listOf("make-band") -> MakeBandPlace
            listOf("join") -> parts.getOrNull(1)?.let(::JoinPlace)
            else -> null
        }
    }

    override fun screen(
        place: Place,
        of: Making,
    ): Screen? =
        when (place) {
            is BandPlace -> {
                BandModel(
                    of.core,
                    of.bands,
                    of.scope,
                    of.go,
                ).let { Screen(place, it) { frame -> BandScreen(it, frame) } }
            }

            is MemberPlace -> {
                MemberModel(
                    of.core,
                    place,
                    of.scope,
                    of.go,
                ).let { Screen(place, it) { frame -> MemberScreen(it, frame) } }
            }

            is InvitesPlace -> {
                invites(place, of)
            }

            is DeletedPlace -> {
                DeletedModel(of.core, place.scope, of.scope, of.go).let {
                    Screen(place, it) { frame -> DeletedScreen(it, frame) }
                }
            }

            else -> {
                line(place, of)
            }
        }

    private fun invites(
        place: InvitesPlace,
        of: Making,
    ): Screen {
        val model = InvitesModel(of.core, place.band, of.device.outside, of.scope, of.go)
        return Screen(place, model) { InvitesScreen(model, it) }
    }

    private fun line(
        place: Place,
        of: Making,
    ): Screen? =
        when (place) {
            is RenamePlace -> {
                lineScreen(place, Line.RENAME, of, subject = of.name(place.band)) { of.rename(place.band, it) }
            }

            is DeleteBandPlace -> {
                lineScreen(
                    place,
                    Line.DELETE_BAND,
                    of,
                    subject = of.name(place.band),
                ) { of.delete(place.band, it) }
            }

            is MakeBandPlace -> {
                lineScreen(place, Line.MAKE_BAND, of) { of.make(it) }
            }

            is JoinPlace -> {
                lineScreen(place, Line.JOIN, of, place.invite) { of.join(it) }
            }

            else -> {
                null
            }
        }
}

private fun Making.name(band: ScopeId): Flow<String?> = core.bands().map { bands -> bands.find { it.id == band }?.name }

private suspend fun Making.rename(
    band: ScopeId,
    name: String,
) {
    core.change(Kind.BAND, band.asRow, values("name" to name))
    go.back()
}

private suspend fun Making.delete(
    band: ScopeId,
    name: String,
) {
    core.deleteBand(band)
    go.back()
    go.tell(Bar { it.band.deletedBand(name) })
}

/** The next thing is to invite the others. */
private suspend fun Making.make(name: String) {
    val band = core.createBand(name)
    bands.choose(band)
    go.instead(InvitesPlace(band))
}

/** Who was sent a link may paste the whole of it. */
private suspend fun Making.join(text: String) {
    val invite = (DeepLink.parse(text) as? DeepLink.Join)?.code ?: text
    bands.choose(core.redeemInvite(invite))
    go.back()
    go.tell(Bar { it.welcome.joined })
}
