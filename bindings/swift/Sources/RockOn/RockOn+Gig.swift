/// The setlist on stage. It is pinned when the gig starts, so that nothing moves; it is this phone's alone, and nothing of it is
/// sent. A heading of the setlist is no page: it is the `section` of the page after it. One that nothing follows is a page of its
/// own.
extension RockOn {
  /// Pins a setlist as it is now, songs included, opens its first page and switches gig mode on. It takes the place of a gig that
  /// runs. It stays, on its page, over a kill, the end of the session by the server and the deletion of the setlist.
  ///
  /// Throws `NotFound` for a setlist that is not here.
  @discardableResult
  public func startGig(_ setlist: RowId) async throws(RockOnError) -> Gig {
    try await calling { try await core.startGig(setlist: setlist) }
  }

  /// The gig that runs; nothing if none does.
  public func gig() async throws(RockOnError) -> Gig? {
    try await calling { try await core.gig() }
  }

  /// The gig that runs, live: its page, and what a newer version of the setlist would change.
  public func gigChanges() throws(RockOnError) -> Feed<Gig?> {
    try Feed({ try core.observeGig() }) { items in
      if case .runningGig(let value) = items { value } else { nil }
    }
  }

  /// Opens a page of the gig, from 0; before the first the first, behind the last the last.
  ///
  /// Throws `NotFound` when no gig runs.
  public func turnPage(_ page: Int) async throws(RockOnError) {
    try await calling { try await core.turnPage(page: UInt32(clamping: page)) }
  }

  /// Pins the setlist as it is now and stays on the song that is open, or on the nearest before it that is still there. Where the
  /// setlist is gone, all stays as it is.
  ///
  /// Throws `NotFound` when no gig runs.
  @discardableResult
  public func takeGigUpdate() async throws(RockOnError) -> Gig {
    try await calling { try await core.takeGigUpdate() }
  }

  /// Ends the gig, if one runs, and switches gig mode off: what was held back comes as one digest.
  public func endGig() async throws(RockOnError) {
    try await calling { try await core.endGig() }
  }
}
