package org.rockon.ui.detail

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.update
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.RowId
import org.rockon.text
import org.rockon.ui.Bar
import org.rockon.ui.Go
import org.rockon.ui.Making
import org.rockon.ui.Place
import org.rockon.ui.Screen
import org.rockon.ui.device.Event
import org.rockon.ui.device.Outside
import org.rockon.ui.fields.Row
import org.rockon.ui.fields.changes
import org.rockon.ui.fields.lastEdit
import org.rockon.ui.fields.names
import org.rockon.ui.fields.said
import org.rockon.ui.instant
import org.rockon.ui.parts.doing
import org.rockon.ui.placeOf
import org.rockon.ui.texts.Texts
import java.net.URLEncoder

/** One show or practice. To look at it is to have read it: what was different by then stays on screen until it is dismissed. */
class DetailModel(
    private val core: RockOn,
    private val form: DetailForm,
    private val id: RowId,
    private val outside: Outside,
    private val scope: CoroutineScope,
    private val go: Go,
) {
    private val now = MutableStateFlow(DetailState(form))
    val state: StateFlow<DetailState> = now.asStateFlow()

    private var row: Row? = null
    private var names = emptyMap<String, String>()

    init {
        scope.doing({ failure -> now.update { it.copy(failure = failure) } }) {
            combine(form.feed(core, id), core.bands(), ::Pair).collect { (row, bands) ->
                if (row == null) gone() else show(row, bands.find { it.id == row.scope }?.mayEdit ?: true)
            }
        }
    }

    fun edit() = go.to(form.edit(id))

    fun wrapUp() {
        form.wrapUp(id)?.let(go::to)
    }

    fun dismiss() = now.update { it.copy(changes = emptyList()) }

    fun back() = go.back()

    /** It does not take place: it stays where it is, and says so. */
    fun cancel() {
        val before = now.value.status ?: return
        scope.doing(::failed) {
            core.change(id, form.with(DetailState.CANCELLED))
            go.tell(Bar(undo = { core.change(id, form.with(before)) }) { it.calendar.cancelledBar(title(it)) })
        }
    }

    fun delete() {
        val home = row?.scope ?: return
        val told = now.value
        scope.doing(::failed) {
            core.delete(form.kind, id)
            go.tell(Bar(undo = { core.restore(home, form.kind, id) }) { it.calendar.deleted(told.title.said(it)) })
            go.back()
        }
    }

    /** Its setlist, where there is a screen for it. */
    fun setlist(id: RowId) {
        placeOf("setlist/$id")?.let(go::to)
    }

    /** On the map. */
    fun map() {
        now.value.where?.let { open("geo:0,0?q=${encoded(it)}") }
    }

    fun call(phone: String) = open("tel:${phone.filter { it.isDigit() || it == '+' }}")

    fun mail(email: String) = open("mailto:${encoded(email.trim())}")

    /** Into the person's own calendar. */
    fun remember(texts: Texts) {
        val state = now.value
        val begin = row?.text(form.at)?.let { instant(it) } ?: return
        val event = Event(title(texts), state.where, state.fact(form.notes), begin, row?.text(form.length)?.toLongOrNull())
        if (!outside.remember(event)) nothingOpens()
    }

    private fun open(link: String) {
        if (!outside.open(link)) nothingOpens()
    }

    private fun nothingOpens() = go.tell(Bar { it.song.linkWrong })

    private fun title(texts: Texts) = now.value.title.said(texts)

    private fun failed(failure: RockOnException) = go.tell(Bar { failure.text(it.language) })

    private fun gone() = now.update { it.copy(isLoaded = true, isGone = true) }

    /** The row first; what has to be asked for comes after it. */
    private suspend fun show(row: Row, mayEdit: Boolean) {
        val isFirst = this.row == null
        this.row = row
        now.update { it.with(row, names, mayEdit) }
        names = row.names(core, form.shown)
        now.update { it.with(row, names, mayEdit) }
        // Even if it is not new: others see who has looked.
        if (isFirst || row.isUnread) read(mayEdit)
        val last = core.lastEdit(form.kind, id)
        now.update { it.copy(lastChange = last) }
        if (form.isSeen) {
            scope.doing {
                core.seenBy(form.kind, id).let { all ->
                    now.update { it.copy(seenBy = all.map { one -> one.name }) }
                }
            }
        }
    }

    private suspend fun read(mayEdit: Boolean) {
        val changes = core.changes(form.kind, id, form.shown.filter { mayEdit || !it.isForMembers })
        now.update { state -> if (changes.isEmpty()) state else state.copy(changes = changes) }
        core.markRead(form.kind, id)
    }
}

/** The screen of a show or a practice. */
internal fun detail(place: Place, form: DetailForm, id: RowId, of: Making): Screen {
    val model = DetailModel(of.core, form, id, of.device.outside, of.scope, of.go)
    return Screen(place, model) { DetailScreen(model, it) }
}

private fun encoded(text: String): String = URLEncoder.encode(text, Charsets.UTF_8).replace("+", "%20")
