/// What a member does to rows, notices, conflicts and refused edits. An edit is durable and on every feed when its call
/// comes back; it is sent when there is a network.
extension RockOn {
  /// Adds a song, setlist, show or practice to a band or to my personal scope, from column values.
  ///
  /// Throws `Invalid` naming the column; nothing was added then.
  @discardableResult
  public func add(_ kind: Kind, to scope: ScopeId, _ values: Values) async throws(RockOnError) -> RowId {
    try await calling { try await core.add(scope: scope, kind: kind, values: values) }
  }

  /// Adds what the draft describes.
  @discardableResult
  public func add(_ draft: some Draft, to scope: ScopeId) async throws(RockOnError) -> RowId {
    try await add(draft.kind, to: scope, draft.values)
  }

  /// Adds many songs, as an import does: all are checked before the first is added. Returns their ids in order.
  @discardableResult
  public func addSongs(_ songs: [SongDraft], to scope: ScopeId) async throws(RockOnError) -> [RowId] {
    try await calling { try await core.addSongs(scope: scope, songs: songs.map(\.values)) }
  }

  /// Adds a song once more, to a band or to my own songs: all that is in it, but not its history, who has looked, and what a
  /// band or person noted of playing it. Where I may not write the copy is refused like any other edit; whoever sees a song
  /// may copy it.
  ///
  /// Throws `NotFound`, or `Invalid` naming a column that came shortened.
  /// - Returns: the id of the copy.
  @discardableResult
  public func copySong(_ song: RowId, to scope: ScopeId) async throws(RockOnError) -> RowId {
    try await calling { try await core.copySong(song: song, to: scope) }
  }

  /// Moves a song to a band or to my own songs: one edit, after which it is there under the same id, and not here any more. The
  /// server lets admins of the band that it leaves do this and whoever made the song, if they may write where it goes; else
  /// the edit is refused and the song stays. Its history stays behind. Setlists that name it go on naming it: who does not see
  /// it where it is now sees a song that is not here. For others it is new, and unread.
  ///
  /// Throws `NotFound`.
  /// - Returns: true when it was elsewhere before.
  @discardableResult
  public func moveSong(_ song: RowId, to scope: ScopeId) async throws(RockOnError) -> Bool {
    try await calling { try await core.moveSong(song: song, to: scope) }
  }

  /// Changes some columns of a row; the others stay.
  /// - Returns: true when something is different now.
  @discardableResult
  public func change(_ kind: Kind, _ id: RowId, _ values: Values) async throws(RockOnError) -> Bool {
    try await calling { try await core.change(kind: kind, id: id, values: values) }
  }

  /// Changes the columns that the draft sets.
  @discardableResult
  public func change(_ id: RowId, _ draft: some Draft) async throws(RockOnError) -> Bool {
    try await change(draft.kind, id, draft.values)
  }

  /// Deletes a row. An edit that somebody makes at the same time brings it back, with a notice.
  public func delete(_ kind: Kind, _ id: RowId) async throws(RockOnError) {
    try await calling { try await core.delete(kind: kind, id: id) }
  }

  /// Brings a deleted row back: right after a delete of mine, which is withdrawn if it has not been sent, or within 90 days
  /// from what the server keeps (see ``deleted(in:limit:)``). False when the row is there already.
  @discardableResult
  public func restore(_ kind: Kind, _ id: RowId, in scope: ScopeId) async throws(RockOnError) -> Bool {
    try await calling { try await core.restore(scope: scope, kind: kind, id: id) }
  }

  /// A whole row as it is shown, by column names; nothing if it is not there.
  public func row(_ kind: Kind, _ id: RowId) async throws(RockOnError) -> Values? {
    try await calling { try await core.row(kind: kind, id: id) }
  }

  /// Who changed a row last, and when; nothing if it is not there.
  public func lastChange(of kind: Kind, _ id: RowId) async throws(RockOnError) -> LastChange? {
    try await calling { try await core.lastChange(kind: kind, id: id) }
  }

  /// What is different about a row since this member looked: column, old and new value, who and when.
  /// - Returns: nothing when it is not unread, or new to them.
  public func changesSinceSeen(_ kind: Kind, _ id: RowId) async throws(RockOnError) -> ChangesSinceSeen? {
    try await calling { try await core.changesSinceSeen(kind: kind, id: id) }
  }

  /// Who did what to a row, the newest first. A first reading brings no log: it begins with what came after.
  public func history(of kind: Kind, _ id: RowId, limit: Int = .max) async throws(RockOnError) -> [LoggedChange] {
    try await calling { try await core.history(kind: kind, id: id, limit: UInt32(clamping: limit)) }
  }

  /// What a row was when this member last looked; nothing when it is not unread.
  public func lastSeen(_ kind: Kind, _ id: RowId) async throws(RockOnError) -> Values? {
    try await calling { try await core.lastSeen(kind: kind, id: id) }
  }

  /// The member has opened a row: its dot goes, on all of their devices.
  public func markRead(_ kind: Kind, _ id: RowId) async throws(RockOnError) {
    try await calling { try await core.markRead(kind: kind, id: id) }
  }

  /// Everything of a kind in a band is read.
  public func markKindRead(_ kind: Kind, in scope: ScopeId) async throws(RockOnError) {
    try await calling { try await core.markKindRead(scope: scope, kind: kind) }
  }

  /// Everything everywhere is read.
  public func markAllRead() async throws(RockOnError) {
    try await calling { try await core.markAllRead() }
  }

  /// The member has looked at a notice.
  public func seeNotice(_ id: NoticeId) async throws(RockOnError) {
    try await calling { try await core.seeNotice(id: id) }
  }

  /// The member has looked at all notices, or at all of a band.
  public func seeAllNotices(in scope: ScopeId? = nil) async throws(RockOnError) {
    try await calling { try await core.seeAllNotices(scope: scope) }
  }

  /// Notices for the system to show outside the app, as after ``syncOnce(budget:)``, the oldest first: those that were neither
  /// looked at nor taken before. They say who did what to which thing, and nothing of what is in it. Each is given once, unless
  /// it is news again: then it has its id, and takes the place of what was shown. An app that shows notices on screen takes them
  /// too, so that none of those is told again later.
  public func takeUntold(limit: Int) async throws(RockOnError) -> [Untold] {
    try await calling { try await core.takeUntold(limit: UInt32(clamping: limit)) }
  }

  /// On stage: notices are held back, and come as one digest when it is switched off. Remembered across restarts.
  public func setGigMode(_ on: Bool) async throws(RockOnError) {
    try await calling { try await core.setGigMode(on: on) }
  }

  /// Whether gig mode is on.
  public func gigMode() async throws(RockOnError) -> Bool {
    try await calling { try await core.gigMode() }
  }

  /// Settles a conflict: the chosen value becomes an ordinary edit, the other is let go.
  public func resolve(_ conflict: ConflictId, _ choice: Choice) async throws(RockOnError) {
    try await calling { try await core.resolve(conflict: conflict, choice: choice) }
  }

  /// Sends a refused edit once more, behind everything else.
  public func retry(_ rejected: EditId) async throws(RockOnError) {
    try await calling { try await core.retry(rejected: rejected) }
  }

  /// Gives a refused edit up. The row shows the server's values already.
  public func discard(_ rejected: EditId) async throws(RockOnError) {
    try await calling { try await core.discard(rejected: rejected) }
  }
}
