import Foundation
import Observation
import RockOnCore

/// How things are with the server, what waits to be sent, and what the doctor finds.
@MainActor @Observable public final class StatusScreenModel {
  /// An edit that waits to be sent.
  public struct Unsent: Hashable, Identifiable, Sendable {
    /// The edit.
    public let id: EditId
    /// What it is about; nothing where that has no name.
    public let title: String?
    public let kind: Kind
    public let verb: Verb
    public let at: Date

    init(_ edit: UnsentEdit) {
      (id, title, kind, verb, at) = (edit.id, edit.title, edit.kind, edit.verb, edit.at)
    }
  }

  /// A check of the doctor.
  public struct Checked: Hashable, Identifiable, Sendable {
    /// Its place among the checks.
    public let id: Int
    public let name: String
    public let status: CheckStatus
    public let evidence: String
    /// What to do; nothing when there is nothing to do.
    public let fix: String?
    /// The lowest layer that is broken: what is above it may be so because of it.
    public let isFirstBroken: Bool
  }

  /// Whose data this is; nothing where it is not known.
  public private(set) var email: String?
  /// What is wrong with the connection; nothing when nothing is.
  public private(set) var word: Strip.Word?
  /// What others do arrives at once.
  public private(set) var isLive = false
  public private(set) var lastSync: Date?
  /// How many edits wait, and since when.
  public private(set) var unsentCount = 0
  public private(set) var oldest: Date?
  /// The edits that wait, the oldest first.
  public private(set) var unsent: [Unsent] = []
  /// How many rows this version of the app cannot read.
  public private(set) var unreadable = 0
  /// How far the phone's clock is ahead of the server's, or behind it.
  public private(set) var ahead: Duration?
  public private(set) var behind: Duration?
  /// Where a damaged file was put.
  public private(set) var setAside: String?
  /// The person asked for it, and it goes on.
  public private(set) var isSyncing = false
  /// Why the last thing that was asked for was not done.
  public private(set) var failure: RockOnError?
  /// What the doctor has found so far.
  public private(set) var checks: [Checked] = []
  /// The doctor is at work.
  public private(set) var isExamining = false
  private var report: DoctorReport?
  private let shell: Shell

  /// Of whoever is signed in.
  public init(_ shell: Shell) { self.shell = shell }

  /// The host that the app speaks to.
  public var server: String { shell.device.server }
  /// What the last turn in the background failed with.
  public var backgroundFailure: String? { shell.preferences.backgroundFailure }
  /// All checks are there.
  public var hasReport: Bool { report != nil && !isExamining }

  /// Follows the status and what waits, until the task is cancelled.
  public func follow() async {
    await shell.attempt { setAside = try shell.core.damagedFile() }
    async let status: Void = shell.follow({ try shell.core.watchStatus() }, failed: failed, took(status:))
    async let edits: Void = shell.follow({ try shell.core.watchUnsentEdits(Self.most) }, failed: failed) { changes in
      unsent.apply(changes.map { $0.map(Unsent.init) })
    }
    _ = await (status, edits)
  }

  /// The person wants it sent and read now.
  public func syncTapped() async {
    guard !isSyncing else { return }
    (isSyncing, failure) = (true, nil)
    do throws(RockOnError) {
      failure = try await shell.core.syncOnce(budget: .seconds(30)).error
    } catch {
      failure = error
    }
    isSyncing = false
  }

  /// The person calls the doctor. Ends when the last check is there.
  public func doctorTapped() async {
    guard !isExamining else { return }
    (isExamining, report, checks) = (true, nil, [])
    await shell.follow({ try shell.core.watchDoctor() }, failed: failed) { report in
      self.report = report
      let broken = report.checks.firstIndex { $0.status == .broken }
      checks = report.checks.enumerated().map { at, check in
        Checked(
          id: at, name: check.name, status: check.status, evidence: check.evidence,
          fix: check.fix.isEmpty ? nil : check.fix, isFirstBroken: at == broken)
      }
    }
    isExamining = false
  }

  /// The person sends the report to somebody who can help.
  public func copyReportTapped(_ language: Language) {
    guard let report else { return }
    shell.device.copy(report.text(in: language))
    shell.tell(.copied)
  }

  /// The person wants to send what waits.
  public func signInTapped() { shell.signInAgainTapped() }

  /// The person wants to read the log.
  public func logTapped() { shell.router.go(to: .log) }

  private func took(status: Status) {
    email = status.account?.email?.text
    word = Strip(status)?.word
    isLive = if case .live = status.connection { true } else { false }
    lastSync = status.sync?.syncedAt
    (unsentCount, oldest) = (status.outbox.unsent, status.outbox.oldest)
    unreadable = status.unreadable.count
    let skew = status.clockSkewMinutes ?? 0
    ahead = skew > 0 ? .seconds(skew * 60) : nil
    behind = skew < 0 ? .seconds(-skew * 60) : nil
  }

  private func failed(_ error: RockOnError) { failure = error }

  /// Nobody reads more.
  private static let most = 500
}
