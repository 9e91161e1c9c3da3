import Models
import RockOnCore
import SwiftUI

/// The app once somebody is signed in: five tabs, the strip above and the bar below.
public struct ShellScreen: View {
  private let shell: Shell
  @Environment(\.scenePhase) private var phase

  /// Over what every screen shares.
  public init(shell: Shell) { self.shell = shell }

  public var body: some View {
    TabView(selection: tab) {
      SwiftUI.Tab("app.tab_setlists", systemImage: "list.number", value: Models.Tab.setlists) { begin(.setlists) }
        .badge(shell.badge(of: .setlists))
      SwiftUI.Tab("app.tab_songs", systemImage: "music.note.list", value: Models.Tab.songs) { begin(.songs) }
        .badge(shell.badge(of: .songs))
      SwiftUI.Tab("app.tab_calendar", systemImage: "calendar", value: Models.Tab.calendar) { begin(.calendar) }
        .badge(shell.badge(of: .calendar))
      SwiftUI.Tab("app.tab_notices", systemImage: "bell", value: Models.Tab.notices) { begin(.notices) }
        .badge(shell.badge(of: .notices))
      SwiftUI.Tab("app.tab_band", systemImage: "person.3", value: Models.Tab.band) { begin(.band) }
        .badge(shell.badge(of: .band))
    }
    .safeAreaInset(edge: .bottom) {
      if let bar = shell.bars.bar { BarView(bar: bar, bars: shell.bars) }
    }
    .overlay(alignment: .top) {
      if let news = shell.banners.news { BannerView(news: news, shell: shell) }
    }
    .onChange(of: phase) { _, now in shell.banners.isOnScreen = now == .active }
    .onChange(of: shell.canShowBanner) { Task { await shell.tellNews() } }
    .sheet(item: sheet) { Above(sheet: $0, shell: shell) }
    .fullScreenCover(item: stage) { GigScreen(model: $0, preferences: shell.preferences) }
    .onOpenURL { url in
      if let link = AppLink(url.absoluteString) { shell.router.follow(link) }
    }
    .task { await shell.follow() }
  }

  private var tab: Binding<Models.Tab> {
    Binding(get: { shell.router.tab }, set: { shell.router.touched($0) })
  }

  private var sheet: Binding<Sheet?> {
    Binding(get: { shell.router.sheet }, set: { shell.router.sheet = $0 })
  }

  /// Only the core ends a gig.
  private var stage: Binding<GigScreenModel?> { Binding(get: { shell.stage }, set: { _ in }) }

  private func begin(_ tab: Models.Tab) -> some View {
    NavigationStack(path: Binding(get: { shell.router.path(of: tab) }, set: { shell.router.walked(tab, to: $0) })) {
      Beginning(tab: tab, shell: shell)
        .safeAreaInset(edge: .top) {
          if let strip = shell.strip { StripView(strip: strip) { shell.router.go(to: .status) } }
        }
        .toolbar { ToolbarItem(placement: .topBarLeading) { BandMenu(bands: shell.bands) } }
        .navigationDestination(for: Place.self) { Behind(place: $0, shell: shell) }
    }
  }
}

/// What a tab begins with.
private struct Beginning: View {
  let tab: Models.Tab
  let shell: Shell

  var body: some View {
    switch tab {
    case .songs: SongsScreen(model: SongsScreenModel(shell))
    case .setlists: SetlistsScreen(model: SetlistsScreenModel(shell))
    case .calendar: CalendarScreen(model: CalendarScreenModel(shell))
    case .notices: NoticesScreen(model: NoticesScreenModel(shell))
    case .band: BandScreen(model: BandScreenModel(shell))
    }
  }
}

/// What is behind the beginning of a tab.
private struct Behind: View {
  let place: Place
  let shell: Shell

  var body: some View {
    switch place {
    case .song(let id): DetailScreen(model: DetailModel(.song, id, shell))
    case .history(let id): HistoryScreen(model: HistoryScreenModel(id, shell))
    case .show(let id): DetailScreen(model: DetailModel(.show, id, shell))
    case .practice(let id): DetailScreen(model: DetailModel(.practice, id, shell))
    case .status: StatusScreen(model: StatusScreenModel(shell))
    case .log: LogScreen(model: LogScreenModel(shell))
    case .conflict(let id): ConflictScreen(model: ConflictScreenModel(id, shell))
    case .settings: SettingsScreen(model: SettingsScreenModel(shell))
    case .invites(let band): InvitesScreen(model: InvitesScreenModel(band, shell))
    case .deleted(let scope): DeletedScreen(model: DeletedScreenModel(scope, shell))
    case .rejected(let id): RejectedScreen(model: RejectedScreenModel(id, shell))
    case .archive: SetlistsScreen(model: SetlistsScreenModel(shell, isArchive: true))
    case .setlist(let id): SetlistScreen(model: SetlistScreenModel(id, shell))
    }
  }
}

/// What lies over everything else.
private struct Above: View {
  let sheet: Sheet
  let shell: Shell

  var body: some View {
    switch sheet {
    case .addSongs(let list): AddSongsScreen(model: AddSongsScreenModel(list, shell))
    case .intoSetlist(let songs, let band): IntoSetlistScreen(model: IntoSetlistScreenModel(songs, of: band, shell))
    case .importSongs(let band): ImportScreen(model: ImportScreenModel(band, shell))
    case .intoBand(let song, let home, let moves):
      IntoBandScreen(model: IntoBandScreenModel(song, from: home, moves: moves, shell))
    case .new(let kind, let scope): RowEditor(model: EditorModel(kind, in: scope, shell))
    case .edit(let kind, let id): RowEditor(model: EditorModel(kind, id, shell))
    case .wrapUp(let id): RowEditor(model: EditorModel(.practice, id, wrapsUp: true, shell))
    case .item(let item, let list): RowEditor(model: EditorModel(.setlist, list, item: item, shell))
    case .merge(let id): MergeScreen(model: ConflictScreenModel(id, shell))
    case .makeBand: EntryScreen(model: EntryScreenModel(.makeBand, shell))
    case .join(let code): EntryScreen(model: EntryScreenModel(.join, shell, text: code))
    case .newPassword: EntryScreen(model: EntryScreenModel(.newPassword, shell))
    case .start: StartScreen(shell: shell)
    case .signInAgain: WelcomeScreen(model: WelcomeScreenModel(again: shell))
    case .server(let url, let key): ServerScreen(server: Server(url: url, key: key), shell: shell)
    }
  }
}
