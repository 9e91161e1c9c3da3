package org.rockon.ui

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Job
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.cancel
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.MutableStateFlow
import kotlinx.coroutines.flow.StateFlow
import kotlinx.coroutines.flow.asStateFlow
import kotlinx.coroutines.flow.combine
import kotlinx.coroutines.flow.distinctUntilChanged
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.update
import kotlinx.coroutines.job
import kotlinx.coroutines.plus
import org.rockon.AppLink
import org.rockon.Language
import org.rockon.RockOn
import org.rockon.RockOnException
import org.rockon.SessionState
import org.rockon.Status
import org.rockon.ui.band.JoinPlace
import org.rockon.ui.bands.Bands
import org.rockon.ui.device.Client
import org.rockon.ui.device.Kept
import org.rockon.ui.device.Server
import org.rockon.ui.device.states
import org.rockon.ui.gig.GigPlace
import org.rockon.ui.notices.Goal
import org.rockon.ui.notices.News
import org.rockon.ui.notices.NoticesPlace
import org.rockon.ui.parts.Strip
import org.rockon.ui.parts.doing
import org.rockon.ui.parts.strip
import org.rockon.ui.setlist.SetlistPlace
import org.rockon.ui.settings.Choices
import org.rockon.ui.status.StatusPlace
import org.rockon.ui.status.logText
import org.rockon.ui.welcome.Entrance
import org.rockon.ui.welcome.SignInAgainPlace
import org.rockon.ui.welcome.StartPlace
import org.rockon.ui.welcome.WelcomeModel

/** What is on screen. */
sealed interface Shown {
    /** The files are being opened: for less than a moment, so nothing is said. */
    data object Opening : Shown

    /** They could not be opened. */
    data class Broken(val failure: RockOnException) : Shown

    /** Nobody is signed in. */
    data class Outside(val model: WelcomeModel) : Shown

    /** Somebody is. */
    data class Inside(val screen: Screen, val strip: Strip?, val tab: Tab, val canGoBack: Boolean) : Shown
}

/**
 * The app as a whole: which server, who is signed in, where they are.
 *
 * Owns the places behind one another, the models of their screens, which end when their place is left, and the bar at the foot.
 * Never knows what a screen shows. For the main thread: it is made and called there, and [scope] runs there too.
 */
class AppModel(private val client: Client, private val kept: Kept, private val scope: CoroutineScope) :
    Go,
    BrokenActs {
    private val now = MutableStateFlow<Shown>(Shown.Opening)
    val state: StateFlow<Shown> = now.asStateFlow()

    private val bars = Bars(scope)

    /** How the app looks and speaks. */
    val choices: StateFlow<Choices> = client.chosen.state

    /** What was just done and can be taken back. */
    val bar: StateFlow<Bar?> = bars.state

    private val banners = Banners()

    /** What just came from others. */
    val banner: StateFlow<News?> = banners.state

    /** How many questions are open. */
    private val dialogs = MutableStateFlow(0)

    private val counts = MutableStateFlow<Map<Tab, Int>>(emptyMap())

    /** How much is new in each tab. */
    val badges: StateFlow<Map<Tab, Int>> = counts.asStateFlow()

    private val offer = MutableStateFlow<Server?>(null)

    /** The server of a link, until the person says whether it is theirs. */
    val offered: StateFlow<Server?> = offer.asStateFlow()

    private val later = Later(kept)
    private var path = kept[PLACES]?.let(Path::of) ?: Path.start
    private var screens: Screens? = null
    private var inside: CoroutineScope? = null
    private var bands: Bands? = null
    private var running: Job? = null

    init {
        open()
    }

    /** Opens the core, or opens it again after it could not be. */
    override fun open() {
        running?.cancel()
        leaveAll()
        now.value = Shown.Opening
        val server = client.server
        if (server == null) {
            now.value = Shown.Outside(welcome(null, null))
            return
        }
        running = scope.doing({ failure -> now.value = Shown.Broken(failure) }) {
            val core = client.open(server)
            core.status.collect { show(core, server, it) }
        }
    }

    /** The server that was chosen cannot be used: another one, please. */
    override fun askForServer() {
        now.value = Shown.Outside(welcome(null, null))
    }

    /** For whoever mends what cannot be opened. */
    override fun copyLog() = client.device.outside.copy(logText())

    /** The language of the screen: what the core says is in it too. */
    fun speak(language: Language) = client.speak(language)

    /** A link of the app was opened. Anybody may have made it: nothing is done by it alone. */
    fun follow(link: AppLink) {
        when (link) {
            is AppLink.Server -> offer.value = Server.of(link).takeIf { it != client.server }
            is AppLink.Join -> lead(JoinPlace(link.code))
            is AppLink.Setlist -> lead(SetlistPlace(link.id))
        }
    }

    /** The person has said yes to the server of a link, or no. */
    fun answer(isYes: Boolean) {
        val server = offer.value ?: return
        offer.value = null
        if (isYes) choose(server)
    }

    /** To what the banner tells of. */
    fun followBanner() {
        banners.taken()?.let { look(it.goal) }
    }

    fun closeBanner() {
        banners.taken()
    }

    /** A question is open, or closed again. */
    fun ask(isOpen: Boolean) = dialogs.update { if (isOpen) it + 1 else it - 1 }

    /** To what a notice is about, as soon as somebody is signed in. To look there is to have seen it. */
    fun look(goal: Goal) {
        goal.band?.let { bands?.choose(it) }
        lead(goal.place)
        val notice = goal.notice ?: return
        scope.doing { client.server?.let { client.open(it).seeNotice(notice) } }
    }

    /** The strip was touched: to what it speaks of. */
    fun followStrip() {
        val strip = (now.value as? Shown.Inside)?.strip ?: return
        when {
            strip.isSignedOut -> to(SignInAgainPlace)
            strip.waits -> to(NoticesPlace)
            else -> to(StatusPlace)
        }
    }

    override fun to(place: Place) = move(path.to(place))

    /** To a tab. */
    fun choose(tab: Tab) = move(path.choose(tab))

    override fun back() = move(path.back())

    override fun instead(place: Place) = move(path.replacedBy(place))

    override fun tell(bar: Bar) = bars.show(bar)

    /** Takes back what the bar tells. */
    fun undo() = bars.undo()

    /** The system's own way back. */
    fun systemBack() = (now.value as? Shown.Inside)?.screen?.onBack?.invoke() ?: back()

    /** There as soon as somebody is signed in. */
    private fun lead(place: Place) {
        later.add(place)
        if (screens != null) move(path.toAll(later.take()))
        (now.value as? Shown.Outside)?.model?.linkWaits()
    }

    private fun move(to: Path) {
        path = to
        kept[PLACES] = to.code
        val open = screens ?: return
        now.update { shown -> if (shown is Shown.Inside) inside(open, shown.strip) else shown }
        open.keepOnly(to.all)
    }

    private suspend fun show(core: RockOn, server: Server, status: Status) {
        if (status.session is SessionState.SignedOut) {
            leaveAll()
            path = Path.start
            kept[PLACES] = null
            if (now.value !is Shown.Outside) now.value = Shown.Outside(welcome(server, core))
            return
        }
        // Somebody is signed in a moment before their data is open.
        if (status.sync == null) return
        val open = screens ?: begin(core) { welcome(server, core, account(core.status.value)) }
        if (status.session is SessionState.SignedIn) arrive()
        now.value = inside(open, status.strip())
    }

    private fun arrive() {
        if (path.here == SignInAgainPlace) path = path.back()
        if (later.isWaiting) path = path.toAll(later.take())
        kept[PLACES] = path.code
    }

    private fun inside(open: Screens, strip: Strip?) = Shown.Inside(open.of(path.here), strip, path.tab, path.canGoBack)

    /** Whoever is in the middle of a gig sees nothing else first. */
    private suspend fun begin(core: RockOn, signIn: () -> WelcomeModel): Screens {
        core.gig()?.let { gig -> path = path.to(GigPlace(gig.setlist)) }
        val own = (scope + SupervisorJob(scope.coroutineContext.job)).also { inside = it }
        own.doing { core.damagedFile()?.let { tell(Bar { it.app.databaseDamaged }) } }
        val bands = Bands(core, kept, own).also { bands = it }
        own.doing { core.badges().collect(::count) }
        own.doing { banners.follow(core, canShow()) { path.here == NoticesPlace } }
        if (now.value is Shown.Outside) own.doing { askHowToStart(core) }
        return Screens(own) { Making(core, client.device, client.chosen, kept, it, this, bands, signIn) }.also { screens = it }
    }

    /** Somebody looks, and nothing that is shown must not be disturbed. */
    private fun canShow(): Flow<Boolean> = combine(client.device.screen.states(), now, dialogs) { on, shown, dialogs ->
        on && dialogs == 0 && (shown as? Shown.Inside)?.screen?.isQuiet == false
    }.distinctUntilChanged()

    /** When nothing is new any more, what the system shows is old. */
    private fun count(new: Map<Tab, Int>) {
        counts.value = new
        if (new[Tab.NOTICES] == 0) client.device.notifications.clear()
    }

    /** Who is in no band is asked once, unless they have gone somewhere already. */
    private suspend fun askHowToStart(core: RockOn) {
        core.waitForFirstSync()
        if (core.bands().first().isEmpty() && path.places.size == 1) to(StartPlace)
    }

    private fun welcome(server: Server?, core: RockOn?, again: String? = null) = WelcomeModel(
        Entrance(server, core, client.device.accounts, again, client.isKeyLost, ::choose, ::lead),
        kept,
        scope,
        later.isWaiting,
    )

    private fun choose(server: Server) {
        scope.doing({ failure -> now.value = Shown.Broken(failure) }) {
            client.choose(server)
            open()
        }
    }

    private fun account(status: Status): String? = (status.session as? SessionState.NeedsSignIn)
        ?.account
        ?.email
        ?.text

    private fun leaveAll() {
        bars.end()
        banners.taken()
        inside?.cancel()
        inside = null
        bands = null
        screens = null
    }

    private companion object {
        const val PLACES = "places"
    }
}
