import Foundation

/// What screens show, live. Each call begins a feed of its own and returns at once. All but ``statusChanges()`` throw `SignedOut`
/// while nobody is signed in; all throw `Closed` after a shutdown.
extension RockOn {
  /// Songs.
  public func songs(_ query: SongQuery = SongQuery()) throws(RockOnError) -> ListFeed<Song> {
    try Feed({ try core.observeSongs(query: query) }) { items in
      if case .songs(let items) = items { items } else { nil }
    }
  }

  /// How many songs such a list has, whatever its limit.
  public func countSongs(_ query: SongQuery = SongQuery()) async throws(RockOnError) -> Int {
    try await calling { Int(try await core.countSongs(query: query)) }
  }

  /// The letters of such a list by title or artist, in its order, for fast scrolling: each once, with the index of its first song
  /// whatever the list's limit. `#` stands for what begins with no letter. None in other orders.
  public func songLetters(_ query: SongQuery = SongQuery()) async throws(RockOnError) -> [Letter] {
    try await calling { try await core.songLetters(query: query) }
  }

  /// One song; nothing while it is not there.
  public func song(_ id: RowId) throws(RockOnError) -> Feed<Song?> {
    try Feed({ try core.observeSong(id: id) }) { items in
      if case .oneSong(let value) = items { value } else { nil }
    }
  }

  /// Setlists by name: those in use, or the archived ones.
  public func setlists(_ query: SetlistQuery = SetlistQuery()) throws(RockOnError) -> ListFeed<Setlist> {
    try Feed({ try core.observeSetlists(query: query) }) { items in
      if case .setlists(let items) = items { items } else { nil }
    }
  }

  /// How many setlists such a list has, whatever its limit.
  public func countSetlists(_ query: SetlistQuery = SetlistQuery()) async throws(RockOnError) -> Int {
    try await calling { Int(try await core.countSetlists(query: query)) }
  }

  /// One setlist with its songs; nothing while it is not there.
  public func setlist(_ id: RowId) throws(RockOnError) -> Feed<Setlist?> {
    try Feed({ try core.observeSetlist(id: id) }) { items in
      if case .oneSetlist(let value) = items { value } else { nil }
    }
  }

  /// One show; nothing while it is not there.
  public func show(_ id: RowId) throws(RockOnError) -> Feed<Show?> {
    try Feed({ try core.observeShow(id: id) }) { items in
      if case .oneShow(let value) = items { value } else { nil }
    }
  }

  /// One practice; nothing while it is not there.
  public func practice(_ id: RowId) throws(RockOnError) -> Feed<Practice?> {
    try Feed({ try core.observePractice(id: id) }) { items in
      if case .onePractice(let value) = items { value } else { nil }
    }
  }

  /// Shows, the earliest first.
  public func shows(_ query: ShowQuery = ShowQuery()) throws(RockOnError) -> ListFeed<Show> {
    try Feed({ try core.observeShows(query: query) }) { items in
      if case .shows(let items) = items { items } else { nil }
    }
  }

  /// How many shows such a list has, whatever its limit.
  public func countShows(_ query: ShowQuery = ShowQuery()) async throws(RockOnError) -> Int {
    try await calling { Int(try await core.countShows(query: query)) }
  }

  /// Practices, the earliest first.
  public func practices(_ query: PracticeQuery = PracticeQuery()) throws(RockOnError) -> ListFeed<Practice> {
    try Feed({ try core.observePractices(query: query) }) { items in
      if case .practices(let items) = items { items } else { nil }
    }
  }

  /// How many practices such a list has, whatever its limit.
  public func countPractices(_ query: PracticeQuery = PracticeQuery()) async throws(RockOnError) -> Int {
    try await calling { Int(try await core.countPractices(query: query)) }
  }

  /// Shows and practices in one list: what comes, the next first; what has passed, the latest first; what has no time. What was
  /// called off stays at its place. An entry whose time comes moves after the next change of the list.
  public func calendar(scope: ScopeId? = nil, limit: Int = .max) throws(RockOnError) -> ListFeed<CalendarEntry> {
    try Feed({ try core.observeCalendar(scope: scope, limit: UInt32(clamping: limit)) }) { items in
      if case .calendar(let items) = items { items } else { nil }
    }
  }

  /// How many shows and practices there are.
  public func countCalendar(scope: ScopeId? = nil) async throws(RockOnError) -> Int {
    try await calling { Int(try await core.countCalendar(scope: scope)) }
  }

  /// My bands.
  public func bands() throws(RockOnError) -> ListFeed<Band> {
    try Feed({ try core.observeBands() }) { items in
      if case .bands(let items) = items { items } else { nil }
    }
  }

  /// The active members of a band; with `former`, those who left or were removed too.
  public func members(of band: ScopeId, former: Bool = false) throws(RockOnError) -> ListFeed<Member> {
    try Feed({ try core.observeMembers(band: band, former: former) }) { items in
      if case .members(let items) = items { items } else { nil }
    }
  }

  /// Notices of a band, or of all, the newest first.
  public func notices(limit: Int = .max, in scope: ScopeId? = nil) throws(RockOnError) -> ListFeed<Notice> {
    try Feed({ try core.observeNotices(limit: UInt32(clamping: limit), scope: scope) }) { items in
      if case .notices(let items) = items { items } else { nil }
    }
  }

  /// How many notices of a band there are, or of all.
  public func countNotices(in scope: ScopeId? = nil) async throws(RockOnError) -> Int {
    try await calling { Int(try await core.countNotices(scope: scope)) }
  }

  /// How many notices of a band, or of all, have not been looked at.
  public func countUnseenNotices(in scope: ScopeId? = nil) async throws(RockOnError) -> Int {
    try await calling { Int(try await core.countUnseenNotices(scope: scope)) }
  }

  /// How many notices of a band, or of all, have not been looked at, live.
  public func unseenNotices(in scope: ScopeId? = nil) throws(RockOnError) -> Feed<Int> {
    try Feed({ try core.observeUnseenNotices(scope: scope) }) { items in
      if case .count(let value) = items { Int(value) } else { nil }
    }
  }

  /// Unread rows by band and kind; a pair without any is left out.
  public func unread() throws(RockOnError) -> Feed<[UnreadCount]> {
    try Feed({ try core.observeUnread() }) { items in
      if case .unreadRows(let value) = items { value } else { nil }
    }
  }

  /// Conflicts that wait for a person.
  public func conflicts(limit: Int = .max) throws(RockOnError) -> ListFeed<Conflict> {
    try Feed({ try core.observeConflicts(limit: UInt32(clamping: limit)) }) { items in
      if case .conflicts(let items) = items { items } else { nil }
    }
  }

  /// How many conflicts wait for a person.
  public func countConflicts() async throws(RockOnError) -> Int {
    try await calling { Int(try await core.countConflicts()) }
  }

  /// How many refused edits wait for a person.
  public func countRejectedEdits() async throws(RockOnError) -> Int {
    try await calling { Int(try await core.countRejectedEdits()) }
  }

  /// Refused edits that wait for a person.
  public func rejectedEdits(limit: Int = .max) throws(RockOnError) -> ListFeed<RejectedEdit> {
    try Feed({ try core.observeRejectedEdits(limit: UInt32(clamping: limit)) }) { items in
      if case .rejectedEdits(let items) = items { items } else { nil }
    }
  }

  /// Edits that wait to be sent, the one that waits longest first. The status counts them.
  public func unsentEdits(limit: Int = .max) throws(RockOnError) -> ListFeed<UnsentEdit> {
    try Feed({ try core.observeUnsentEdits(limit: UInt32(clamping: limit)) }) { items in
      if case .unsentEdits(let items) = items { items } else { nil }
    }
  }

  /// What was deleted in a band, or in my personal scope, within 90 days, and can be brought back by `restore`: the newest first,
  /// 500 rows at most. Mine that are not sent yet come first. Where the server cannot be asked, that is a failure, and the list
  /// is what is known here; it is asked again after each change in the scope, and when the phone has synced again. Everybody
  /// in the band may look; a viewer's restore is refused.
  public func deleted(in scope: ScopeId, limit: Int = .max) throws(RockOnError) -> ListFeed<Deleted> {
    try Feed({ try core.observeDeleted(scope: scope, limit: UInt32(clamping: limit)) }) { items in
      if case .deletedRows(let items) = items { items } else { nil }
    }
  }

  /// Session, connection, sync and what is unsent, in one value; also while nobody is signed in.
  public func statusChanges() throws(RockOnError) -> Feed<Status> {
    try Feed({ try core.observeStatus() }) { items in
      if case .statusNow(let value) = items { value } else { nil }
    }
  }
}

extension CalendarEntry {
  /// When it is; nothing where that cannot be read.
  public var at: Date? {
    switch self {
    case .ofShow(let show, _): show.scheduledDate
    case .ofPractice(let practice, _): practice.scheduledDate
    }
  }

  /// Its time has passed.
  public var isPast: Bool {
    switch self {
    case .ofShow(_, let isPast), .ofPractice(_, let isPast): isPast
    }
  }
}

extension SongQuery {
  /// All songs, or those that are asked for, by title.
  public init(
    scope: ScopeId? = nil, search: String = "", unreadOnly: Bool = false, mineOnly: Bool = false, limit: Int = .max
  ) {
    self.init(
      scope: scope, search: search, unreadOnly: unreadOnly, mineOnly: mineOnly, order: .title, limit: limit)
  }
}
