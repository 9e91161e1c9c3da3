import RockOnCore

/// What the stage needs of the core, which pins the setlist and keeps the page that is open.
public protocol GigCore: Sendable {
  func watchGig() throws(RockOnError) -> Live<Gig?>
  @discardableResult func startGig(_ setlist: RowId) async throws(RockOnError) -> Gig
  func turnPage(_ page: Int) async throws(RockOnError)
  @discardableResult func takeGigUpdate() async throws(RockOnError) -> Gig
  func endGig() async throws(RockOnError)
}

extension RockOn {
  /// The gig that runs, live.
  public func watchGig() throws(RockOnError) -> Live<Gig?> { Live(try gigChanges()) }
}
