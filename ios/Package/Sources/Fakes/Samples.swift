import Foundation
import Models
import RockOnCore

/// Rows and states that tests and previews show.
public enum Samples {
  /// The band of all of them.
  public static let scope = ScopeId("b0000000-0000-4000-8000-000000000001")
  /// Who is signed in.
  public static let me = UserId("a0000000-0000-4000-8000-000000000001")

  /// A band in which the person has a role.
  public static func band(
    _ name: String = "The Loops", id: ScopeId = scope, mayEdit: Bool = true, mayManage: Bool = false
  ) -> Band {
    Band(
      id: id, name: name, description: nil, myRole: mayManage ? .admin : mayEdit ? .member : .viewer, mayEdit: mayEdit,
      mayManage: mayManage,
      members: 4, pending: false, rev: 1)
  }

  /// A song as lists have it.
  public static func song(
    _ title: String, artist: String? = nil, key: String? = nil, tempo: Int? = nil, duration: Int? = nil,
    unread: Bool = false, pending: Bool = false
  ) -> Song {
    Song(
      id: RowId(title), scope: scope, title: title, artist: artist, key: key, tempo: tempo, timeSignature: nil,
      duration: duration, difficulty: nil, guitarTuning: nil, capo: nil, genre: nil, notes: nil, referenceLinks: [],
      band: nil, shortened: [], unread: unread, pending: pending, rev: 1)
  }

  /// Three songs, one of them new and one not sent yet.
  public static let songs = [
    song("Creep", artist: "Radiohead", key: "G", tempo: 92, duration: 236),
    song("Hello", artist: "Adele", key: "Fm", tempo: 79, duration: 295, unread: true),
    song("Roxanne", artist: "The Police", key: "Gm", duration: 192, pending: true),
  ]

  /// Somebody of the band, whose user has the same name.
  public static func member(_ name: String, active: Bool = true) -> Member {
    Member(
      id: RowId(name), scope: scope, user: UserId(name.lowercased()), name: name, role: .member, active: active,
      shareSeen: nil, joinedDate: nil)
  }

  /// What somebody did to a song.
  public static func logged(_ verb: Verb, by: String?, _ fields: [FieldChange] = []) -> LoggedChange {
    LoggedChange(
      scope: scope, rev: 1, kind: .song, row: RowId("Hello"), verb: verb, at: by == nil ? nil : evening, actor: nil,
      actorName: by, title: nil, fields: fields)
  }

  /// Where a song is on the web, as its row has it.
  public static let linked: Values = [
    "title": "Hello", "recording_url": "https://rock-on.test/hello", "chords_url": "ask Sam",
    "reference_links": [["url": "rock-on.test/live", "title": "Live in Berlin"], "javascript:alert(1)"],
  ]

  /// Signed in, and all is well but for what is said.
  public static func status(
    network: Bool = true, unsent: Int = 0, conflicts: Int = 0, isSynced: Bool = true, error: RockOnError? = nil,
    session: SessionState? = nil, clock: Int? = nil
  ) -> Status {
    Status(
      session: session ?? .signedIn(account: Account(user: me, email: Address("eric@rock-on.test"))),
      foreground: true, network: network, connection: network ? .live(.private) : nil,
      sync: SyncStatus(
        activity: .idle, error: error, apart: [], syncedAt: isSynced ? Date(timeIntervalSince1970: 0) : nil,
        rows: isSynced ? nil : 120),
      outbox: OutboxCounts(unsent: unsent, rejected: 0, conflicts: conflicts, oldest: nil), unreadable: [],
      clockSkewMinutes: clock)
  }
}
