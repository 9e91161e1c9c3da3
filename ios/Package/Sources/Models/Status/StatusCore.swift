import RockOnCore

/// What the page of the status, the doctor and the log need of the core.
public protocol StatusCore: Sendable {
  func watchUnsentEdits(_ limit: Int) throws(RockOnError) -> Live<[ListChange<UnsentEdit>]>
  func watchDoctor() throws(RockOnError) -> Live<DoctorReport>
  func syncOnce(budget: Duration) async throws(RockOnError) -> SyncOutcome
  func damagedFile() throws(RockOnError) -> String?
  func recentLog() -> [LogLine]
}

extension RockOn {
  /// What waits to be sent, live.
  public func watchUnsentEdits(_ limit: Int) throws(RockOnError) -> Live<[ListChange<UnsentEdit>]> {
    Live(try unsentEdits(limit: limit))
  }
  /// A visit of the doctor: it begins with this call.
  public func watchDoctor() throws(RockOnError) -> Live<DoctorReport> { Live(try doctor()) }
  /// The last lines of the log of the process.
  public func recentLog() -> [LogLine] { RockOnLog.recent }
}
