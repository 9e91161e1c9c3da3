package org.rockon.app

import androidx.compose.foundation.layout.Box
import org.rockon.ui.BannerView
import org.rockon.ui.Frame
import org.rockon.ui.conflict.ConflictActs
import org.rockon.ui.conflict.ConflictSamples
import org.rockon.ui.conflict.ConflictState
import org.rockon.ui.conflict.ConflictView
import org.rockon.ui.conflict.MergeActs
import org.rockon.ui.conflict.MergeState
import org.rockon.ui.conflict.MergeView
import org.rockon.ui.notices.NoticesActs
import org.rockon.ui.notices.NoticesSamples
import org.rockon.ui.notices.NoticesState
import org.rockon.ui.notices.NoticesView
import org.rockon.ui.parts.Strip
import org.rockon.ui.parts.StripWord
import org.rockon.ui.rejected.RejectedActs
import org.rockon.ui.rejected.RejectedSamples
import org.rockon.ui.rejected.RejectedState
import org.rockon.ui.rejected.RejectedView
import org.rockon.ui.song.SongActs
import org.rockon.ui.song.SongSamples
import org.rockon.ui.song.SongView
import org.rockon.ui.theme.Look

private fun notices(name: String, state: NoticesState, look: Look, text: Float = 1f, strip: Strip? = null) =
    Sample("notices-$name", look, text) { NoticesView(state, Frame(strip) {}, object : NoticesActs {}) }

private fun conflict(name: String, state: ConflictState, look: Look, text: Float = 1f) =
    Sample("conflict-$name", look, text) { ConflictView(state, Frame(null) {}, object : ConflictActs {}) }

private fun merge(name: String, state: MergeState, look: Look, text: Float = 1f) =
    Sample("merge-$name", look, text) { MergeView(state, object : MergeActs {}) }

private fun rejected(name: String, state: RejectedState, look: Look, text: Float = 1f, strip: Strip? = null) =
    Sample("rejected-$name", look, text) { RejectedView(state, Frame(strip) {}, object : RejectedActs {}) }

private fun banner(name: String, look: Look, text: Float = 1f) = Sample("banner-$name", look, text) {
    Box {
        SongView(SongSamples.normal, Frame(null) {}, object : SongActs {})
        BannerView(NoticesSamples.news, {}, {})
    }
}

/** Notices, and what waits for a choice. */
internal val noticeSamples = listOf(
    notices("light", NoticesSamples.normal, Look.LIGHT),
    notices("mixed-light", NoticesSamples.mixed, Look.LIGHT),
    notices("opened-dark", NoticesSamples.opened, Look.DARK),
    notices("waiting-stage", NoticesSamples.waiting, Look.STAGE, strip = Strip(StripWord.OFFLINE, 2)),
    notices("asking-light", NoticesSamples.asking, Look.LIGHT),
    notices("refused-dark", NoticesSamples.refused, Look.DARK),
    notices("clock-wrong-dark", NoticesSamples.normal, Look.DARK, strip = Strip(StripWord.CLOCK_WRONG)),
    notices("restricted-light", NoticesSamples.restricted, Look.LIGHT),
    notices("long-dark-200", NoticesSamples.long, Look.DARK, 2f),
    notices("asking-light", NoticesSamples.asking, Look.LIGHT).german(),
    banner("dark", Look.DARK),
    banner("light-200", Look.LIGHT, 2f),
    conflict("light", ConflictSamples.normal, Look.LIGHT),
    conflict("long-dark", ConflictSamples.long, Look.DARK),
    conflict("deleted-stage", ConflictSamples.deleted, Look.STAGE),
    conflict("other-dark-200", ConflictSamples.other, Look.DARK, 2f),
    conflict("gone-light", ConflictSamples.gone, Look.LIGHT),
    conflict("viewer-dark", ConflictSamples.viewer, Look.DARK),
    conflict("light", ConflictSamples.normal, Look.LIGHT).german(),
    conflict("settled-dark", ConflictSamples.settled, Look.DARK),
    merge("dark", ConflictSamples.merging, Look.DARK),
    merge("short-light-200", ConflictSamples.mergingShort, Look.LIGHT, 2f),
    merge("settled-stage", ConflictSamples.mergingSettled, Look.STAGE),
    rejected("light", RejectedSamples.normal, Look.LIGHT, strip = Strip(null, conflicts = 1, rejected = 2)),
    rejected("viewer-stage", RejectedSamples.viewer, Look.STAGE),
    rejected("gone-dark-200", RejectedSamples.gone, Look.DARK, 2f),
    rejected("delete-light", RejectedSamples.delete, Look.LIGHT).german(),
    rejected("settled-light", RejectedSamples.settled, Look.LIGHT),
)
