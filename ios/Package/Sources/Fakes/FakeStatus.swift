import Models
import RockOnCore
import Synchronization

/// What the fake core tells the page of the status.
public final class FakeStatus: Sendable {
  public let unsent = Channel<[ListChange<UnsentEdit>]>()
  public let doctor = Channel<DoctorReport>()
  private let lines = Mutex<[LogLine]>([])
  /// What the log holds.
  public var log: [LogLine] {
    get { lines.withLock { $0 } }
    set { lines.withLock { $0 = newValue } }
  }
}

/// The part of the core that the page of the status needs.
extension FakeCore {
  /// What the test says.
  public func watchUnsentEdits(_ limit: Int) -> Live<[ListChange<UnsentEdit>]> { ofStatus.unsent.live() }
  /// What the test says.
  public func watchDoctor() throws(RockOnError) -> Live<DoctorReport> {
    try call("doctor")
    return ofStatus.doctor.live()
  }
  /// All is done.
  public func syncOnce(budget: Duration) async throws(RockOnError) -> SyncOutcome {
    try call("sync")
    return SyncOutcome(complete: true, error: nil)
  }
  /// None.
  public func damagedFile() -> String? { nil }
  /// What the test says.
  public func recentLog() -> [LogLine] { ofStatus.log }
}
