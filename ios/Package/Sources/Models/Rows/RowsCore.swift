import RockOnCore

/// What pages and editors of all kinds of rows need of the core, and the calendar.
public protocol RowsCore: Sendable {
  /// A row, live; nothing while it is not there.
  func watchRow(_ kind: Kind, _ id: RowId) throws(RockOnError) -> Live<Row?>
  func row(_ kind: Kind, _ id: RowId) async throws(RockOnError) -> Values?
  func watchCalendar(of band: ScopeId) throws(RockOnError) -> Live<[ListChange<CalendarEntry>]>
}

/// What all kinds of rows have.
public struct Row: Hashable, Sendable {
  /// The band or person that it belongs to.
  public let scope: ScopeId
  /// Nothing for a practice, which has none.
  let name: String?
  let isUnread, isUnsent: Bool
  var setlist: RowId?
  var contacts: [Contact] = []
  var songs: [RowId] = []
  var attendees: [Attendee] = []
  var items: [SetlistItem] = []

  /// A song as a row.
  public init(_ song: Song) { (scope, name, isUnread, isUnsent) = (song.scope, song.title, song.unread, song.pending) }
  /// A setlist as a row.
  public init(_ list: Setlist) {
    (scope, name, isUnread, isUnsent, items) = (list.scope, list.name, list.unread, list.pending, list.items)
  }
  /// A show as a row.
  public init(_ show: Show) {
    (scope, name, isUnread, isUnsent) = (show.scope, show.name, show.unread, show.pending)
    (setlist, contacts) = (show.setlist, show.contacts)
  }
  /// A practice as a row.
  public init(_ practice: Practice) {
    (scope, name, isUnread, isUnsent) = (practice.scope, nil, practice.unread, practice.pending)
    (setlist, songs) = (practice.setlist, practice.songs.compactMap(\.song))
    attendees = practice.attendees
  }
}

extension RockOn {
  /// A row, live.
  public func watchRow(_ kind: Kind, _ id: RowId) throws(RockOnError) -> Live<Row?> {
    switch kind {
    case .setlist: Live(try setlist(id)) { $0.map(Row.init) }
    case .show: Live(try show(id)) { $0.map(Row.init) }
    case .practice: Live(try practice(id)) { $0.map(Row.init) }
    case .song, .band, .membership, .readMark: Live(try song(id)) { $0.map(Row.init) }
    }
  }
  /// Shows and practices in one list, live.
  public func watchCalendar(of band: ScopeId) throws(RockOnError) -> Live<[ListChange<CalendarEntry>]> {
    Live(try calendar(scope: band))
  }
}

extension Member {
  /// As a practice names who comes.
  var attends: String { user?.text ?? id.text }
}

extension Core {
  /// What a row is called that another names; nothing when it is not here.
  func name(of kind: Kind, _ id: RowId) async throws(RockOnError) -> String? {
    try await row(kind, id)?[kind == .song ? "title" : "name"]?.words
  }
}
