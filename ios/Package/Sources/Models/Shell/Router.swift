import Observation
import RockOnCore

/// The tabs, in their order.
public enum Tab: String, CaseIterable, Sendable { case setlists, songs, calendar, notices, band }

/// Where somebody can be, behind the beginning of a tab.
public enum Place: Hashable, Sendable {
  case song(RowId)
  case history(RowId)
  case show(RowId)
  case practice(RowId)
  case setlist(RowId)
  case archive
  case status
  case log
  case conflict(ConflictId)
  case rejected(EditId)
  case settings
  case invites(ScopeId)
  case deleted(ScopeId)

  /// A short text of the same, which outlives the process.
  var code: String {
    switch self {
    case .song(let id): "song/\(id)"
    case .history(let id): "history/\(id)"
    case .show(let id): "show/\(id)"
    case .practice(let id): "practice/\(id)"
    case .setlist(let id): "setlist/\(id)"
    case .archive: "archive"
    case .status: "status"
    case .log: "log"
    case .conflict(let id): "conflict/\(id)"
    case .rejected(let id): "rejected/\(id)"
    case .settings: "settings"
    case .invites(let band): "invites/\(band)"
    case .deleted(let scope): "deleted/\(scope)"
    }
  }

  /// What a code says; nothing for what another version of the app has written.
  init?(code: String) {
    let parts = code.split(separator: "/", maxSplits: 1).map(String.init)
    switch (parts.first, parts.count) {
    case ("song", 2): self = .song(RowId(parts[1]))
    case ("history", 2): self = .history(RowId(parts[1]))
    case ("show", 2): self = .show(RowId(parts[1]))
    case ("practice", 2): self = .practice(RowId(parts[1]))
    case ("setlist", 2): self = .setlist(RowId(parts[1]))
    case ("archive", 1): self = .archive
    case ("status", 1): self = .status
    case ("log", 1): self = .log
    case ("invites", 2): self = .invites(ScopeId(parts[1]))
    case ("deleted", 2): self = .deleted(ScopeId(parts[1]))
    case ("settings", 1): self = .settings
    case ("conflict", 2): self = .conflict(ConflictId(Int(parts[1]) ?? 0))
    case ("rejected", 2): self = .rejected(EditId(Int(parts[1]) ?? 0))
    default: return nil
    }
  }

  /// Where a row is looked at; nothing for what has no place.
  init?(_ kind: Kind, _ id: RowId) {
    switch kind {
    case .song: self = .song(id)
    case .setlist: self = .setlist(id)
    case .show: self = .show(id)
    case .practice: self = .practice(id)
    case .band, .membership, .readMark: return nil
    }
  }
}

/// What lies over everything else until it is done.
public enum Sheet: Hashable, Identifiable, Sendable {
  case addSongs(RowId)
  case importSongs(ScopeId)
  case intoSetlist([RowId], of: ScopeId)
  case intoBand(RowId, from: ScopeId, moves: Bool)
  case new(Kind, ScopeId)
  case edit(Kind, RowId)
  case wrapUp(RowId)
  case item(EditedItem, in: RowId)
  case merge(ConflictId)
  case makeBand, start, newPassword, signInAgain
  case join(code: String)
  case server(url: String, key: Secret)

  /// Itself: there is one at a time.
  public var id: Self { self }
}

/// Where somebody is: the tab, the places behind one another in each, and the sheet above.
///
/// Owns the way through the app, kept over the end of the process. Never knows what a screen shows.
@MainActor @Observable public final class Router {
  /// The chosen tab.
  public private(set) var tab: Tab = .setlists
  /// The sheet above; nothing when there is none.
  public var sheet: Sheet?
  private var behind: [Tab: [Place]] = [:]
  private let kept: any Kept

  /// Where somebody was when the process ended.
  public init(_ kept: any Kept) {
    self.kept = kept
    let lines = kept.read(Self.key)?.split(separator: "\n").map(String.init) ?? []
    tab = lines.first.flatMap(Tab.init(rawValue:)) ?? .setlists
    for line in lines.dropFirst() {
      let words = line.split(separator: " ").map(String.init)
      guard let tab = words.first.flatMap(Tab.init(rawValue:)) else { continue }
      behind[tab] = words.dropFirst().compactMap(Place.init(code:))
    }
  }

  /// The places behind one another in a tab.
  public func path(of tab: Tab) -> [Place] { behind[tab] ?? [] }

  /// The person went back, or further.
  public func walked(_ tab: Tab, to path: [Place]) {
    behind[tab] = path
    keep()
  }

  /// The person touched a tab: to it as it was left; a second touch leads to its beginning.
  public func touched(_ tab: Tab) {
    if tab == self.tab { behind[tab] = [] }
    self.tab = tab
    keep()
  }

  /// To the tab as it was left.
  func open(_ tab: Tab) {
    self.tab = tab
    keep()
  }

  /// Leads to a place, on top of what is behind here.
  public func go(to place: Place) {
    if path(of: tab).last != place { behind[tab, default: []].append(place) }
    keep()
  }

  /// What is here is not there any more: back to where somebody came from.
  func leave(_ place: Place) {
    for tab in Tab.allCases { behind[tab]?.removeAll { $0 == place } }
    keep()
  }

  /// A link of the app was opened. Anybody may have made it: nothing is done by it alone.
  public func follow(_ link: AppLink) {
    switch link {
    case .join(let code): sheet = .join(code: code)
    case .server(let url, let key): sheet = .server(url: url, key: key)
    case .setlist(let id):
      tab = .setlists
      go(to: .setlist(id))
    }
  }

  private func keep() {
    let lines = Tab.allCases.map { tab in ([tab.rawValue] + path(of: tab).map(\.code)).joined(separator: " ") }
    kept.write(([tab.rawValue] + lines).joined(separator: "\n"), for: Self.key)
  }

  private static let key = "places"
}
