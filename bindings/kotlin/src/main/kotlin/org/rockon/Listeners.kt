package org.rockon

import org.rockon.ffi.BandStep
import org.rockon.ffi.BandsListener
import org.rockon.ffi.ConflictStep
import org.rockon.ffi.ConflictsListener
import org.rockon.ffi.CountListener
import org.rockon.ffi.DeletedListener
import org.rockon.ffi.DeletedStep
import org.rockon.ffi.MemberStep
import org.rockon.ffi.MembersListener
import org.rockon.ffi.NoticeStep
import org.rockon.ffi.NoticesListener
import org.rockon.ffi.PracticeStep
import org.rockon.ffi.PracticesListener
import org.rockon.ffi.RejectedEditStep
import org.rockon.ffi.RejectedEditsListener
import org.rockon.ffi.SetlistListener
import org.rockon.ffi.SetlistStep
import org.rockon.ffi.SetlistsListener
import org.rockon.ffi.ShowStep
import org.rockon.ffi.ShowsListener
import org.rockon.ffi.SongListener
import org.rockon.ffi.SongStep
import org.rockon.ffi.SongsListener
import org.rockon.ffi.StatusListener
import org.rockon.ffi.UnreadListener

// One class for each listener of the core: foreign traits cannot be generic, and so neither can these.

internal class SongsTo(
    private val sink: ListSink<Song>,
) : SongsListener,
    Ends by sink {
    override fun onSteps(steps: List<SongStep>) =
        sink.steps(steps) {
            when (it) {
                is SongStep.Reset -> reset(it.items)
                is SongStep.Insert -> insert(it.index, it.item)
                is SongStep.Update -> update(it.index, it.item)
                is SongStep.Remove -> remove(it.index)
            }
        }
}

internal class SetlistsTo(
    private val sink: ListSink<Setlist>,
) : SetlistsListener,
    Ends by sink {
    override fun onSteps(steps: List<SetlistStep>) =
        sink.steps(steps) {
            when (it) {
                is SetlistStep.Reset -> reset(it.items)
                is SetlistStep.Insert -> insert(it.index, it.item)
                is SetlistStep.Update -> update(it.index, it.item)
                is SetlistStep.Remove -> remove(it.index)
            }
        }
}

internal class ShowsTo(
    private val sink: ListSink<Show>,
) : ShowsListener,
    Ends by sink {
    override fun onSteps(steps: List<ShowStep>) =
        sink.steps(steps) {
            when (it) {
                is ShowStep.Reset -> reset(it.items)
                is ShowStep.Insert -> insert(it.index, it.item)
                is ShowStep.Update -> update(it.index, it.item)
                is ShowStep.Remove -> remove(it.index)
            }
        }
}

internal class PracticesTo(
    private val sink: ListSink<Practice>,
) : PracticesListener,
    Ends by sink {
    override fun onSteps(steps: List<PracticeStep>) =
        sink.steps(steps) {
            when (it) {
                is PracticeStep.Reset -> reset(it.items)
                is PracticeStep.Insert -> insert(it.index, it.item)
                is PracticeStep.Update -> update(it.index, it.item)
                is PracticeStep.Remove -> remove(it.index)
            }
        }
}

internal class BandsTo(
    private val sink: ListSink<Band>,
) : BandsListener,
    Ends by sink {
    override fun onSteps(steps: List<BandStep>) =
        sink.steps(steps) {
            when (it) {
                is BandStep.Reset -> reset(it.items)
                is BandStep.Insert -> insert(it.index, it.item)
                is BandStep.Update -> update(it.index, it.item)
                is BandStep.Remove -> remove(it.index)
            }
        }
}

internal class MembersTo(
    private val sink: ListSink<Member>,
) : MembersListener,
    Ends by sink {
    override fun onSteps(steps: List<MemberStep>) =
        sink.steps(steps) {
            when (it) {
                is MemberStep.Reset -> reset(it.items)
                is MemberStep.Insert -> insert(it.index, it.item)
                is MemberStep.Update -> update(it.index, it.item)
                is MemberStep.Remove -> remove(it.index)
            }
        }
}

internal class NoticesTo(
    private val sink: ListSink<Notice>,
) : NoticesListener,
    Ends by sink {
    override fun onSteps(steps: List<NoticeStep>) =
        sink.steps(steps) {
            when (it) {
                is NoticeStep.Reset -> reset(it.items)
                is NoticeStep.Insert -> insert(it.index, it.item)
                is NoticeStep.Update -> update(it.index, it.item)
                is NoticeStep.Remove -> remove(it.index)
            }
        }
}

internal class ConflictsTo(
    private val sink: ListSink<Conflict>,
) : ConflictsListener,
    Ends by sink {
    override fun onSteps(steps: List<ConflictStep>) =
        sink.steps(steps) {
            when (it) {
                is ConflictStep.Reset -> reset(it.items)
                is ConflictStep.Insert -> insert(it.index, it.item)
                is ConflictStep.Update -> update(it.index, it.item)
                is ConflictStep.Remove -> remove(it.index)
            }
        }
}

internal class RejectedEditsTo(
    private val sink: ListSink<OutboxEntry>,
) : RejectedEditsListener,
    Ends by sink {
    override fun onSteps(steps: List<RejectedEditStep>) =
        sink.steps(steps) {
            when (it) {
                is RejectedEditStep.Reset -> reset(it.items)
                is RejectedEditStep.Insert -> insert(it.index, it.item)
                is RejectedEditStep.Update -> update(it.index, it.item)
                is RejectedEditStep.Remove -> remove(it.index)
            }
        }
}

internal class DeletedTo(
    private val sink: ListSink<Deleted>,
) : DeletedListener,
    Ends by sink {
    override fun onSteps(steps: List<DeletedStep>) =
        sink.steps(steps) {
            when (it) {
                is DeletedStep.Reset -> reset(it.items)
                is DeletedStep.Insert -> insert(it.index, it.item)
                is DeletedStep.Update -> update(it.index, it.item)
                is DeletedStep.Remove -> remove(it.index)
            }
        }
}

internal class SongTo(
    private val sink: Sink<Song?>,
) : SongListener,
    Ends by sink {
    override fun onValue(value: Song?) = sink.onValue(value)
}

internal class SetlistTo(
    private val sink: Sink<Setlist?>,
) : SetlistListener,
    Ends by sink {
    override fun onValue(value: Setlist?) = sink.onValue(value)
}

internal class UnreadTo(
    private val sink: Sink<List<UnreadCount>>,
) : UnreadListener,
    Ends by sink {
    override fun onValue(value: List<UnreadCount>) = sink.onValue(value)
}

internal class CountTo(
    private val sink: Sink<Int>,
) : CountListener,
    Ends by sink {
    override fun onValue(value: UInt) = sink.onValue(value.toInt())
}

internal class StatusTo(
    private val sink: Sink<Status>,
) : StatusListener,
    Ends by sink {
    override fun onValue(value: Status) = sink.onValue(value)
}
