import Foundation
import Observation
import RockOnCore

/// What others did, and what waits for a choice.
@MainActor @Observable public final class NoticesScreenModel {
  /// A notice, ready to be drawn.
  public struct Row: Hashable, Identifiable, Sendable {
    /// Its notice.
    public let id: NoticeId
    /// In the core's words.
    public let text: String
    public let at: Date
    /// Where it is from, where that has to be said.
    public let band: String?
    public let isUnseen: Bool
    /// What it is about.
    public let leads: [Lead]
  }

  /// The notices of a day.
  public struct Day: Hashable, Identifiable, Sendable {
    /// When it begins.
    public let id: Date
    public let rows: [Row]
  }

  /// The newest on top.
  public private(set) var days: [Day] = []
  /// What waits for a choice, of all bands.
  public private(set) var conflicts: [Conflict] = []
  public private(set) var rejected: [RejectedEdit] = []
  /// Whose notices are listed; nothing for all.
  public var band: ScopeId? {
    didSet {
      shell.kept.write(band?.text, for: Self.key)
      (notices, isLoaded, days, isClearing) = ([], false, [], false)
    }
  }
  /// The notice whose rows are listed under it.
  public private(set) var opened: NoticeId?
  public private(set) var isLoaded = false
  /// Whether the system may tell what came; nothing until it is known.
  public private(set) var allowed: Allowed?
  /// Why the list cannot be read just now.
  public private(set) var failure: RockOnError?
  private var isClearing = false
  private var notices: [Notice] = []
  private var live: Live<[ListChange<Notice>]>?
  private var limit = page
  private let shell: Shell

  /// Of all bands, or of the one that was chosen the last time.
  public init(_ shell: Shell) {
    self.shell = shell
    band = shell.kept.read(Self.key).map { ScopeId($0) }
  }

  /// Those whose notices can be listed alone.
  public var bands: [BandChoice] { shell.bands.all }
  /// What there is to see.
  public var shown: Listed {
    let empty = conflicts.isEmpty && rejected.isEmpty
    return Listed(
      days, isLoaded: isLoaded, failure, empty: empty ? .empty("notices.empty", hint: "notices.empty_hint") : .list)
  }
  /// There is something that one has not looked at.
  public var canClear: Bool { !isClearing && notices.contains { !$0.seen } }
  /// Everything counts as seen while that can still be taken back.
  public func isNew(_ row: Row) -> Bool { row.isUnseen && !isClearing }

  /// Follows what waits, until the task is cancelled.
  public func followWaiting() async {
    shell.device.clearNotifications()
    allowed = await shell.device.notificationsAllowed()
    async let first: Void = shell.follow({ try shell.core.watchConflicts() }, failed: failed) { conflicts.apply($0) }
    async let second: Void = shell.follow({ try shell.core.watchRejectedEdits() }, failed: failed) {
      rejected.apply($0)
    }
    _ = await (first, second)
  }

  /// Follows the notices of a band, or of all, until the task is cancelled.
  public func follow(_ band: ScopeId?) async {
    limit = Self.page
    notices = []
    await shell.follow(
      {
        let live = try shell.core.watchNotices(limit, in: band)
        self.live = live
        return live
      }, failed: failed
    ) { changes in
      notices.apply(changes)
      (isLoaded, failure) = (true, nil)
      arrange()
    }
  }

  /// This row is on screen: the list grows before its end is.
  public func reached(_ row: Row) {
    guard notices.count >= limit, notices.suffix(Self.page / 2).contains(where: { $0.id == row.id }) else { return }
    limit += Self.page
    live?.setLimit(limit)
  }

  /// The person wants to be told.
  public func allowTapped() async { allowed = await shell.device.askForNotifications() }

  /// The person touched a notice: it is seen, and leads to what it is about.
  public func tapped(_ row: Row) async {
    if row.isUnseen { await seenTapped(row) }
    if row.leads.count > 1 {
      opened = opened == row.id ? nil : row.id
    } else if let lead = row.leads.first {
      shell.go(to: lead)
    }
  }

  /// The person chose one of several things.
  public func leadTapped(_ lead: Lead) { shell.go(to: lead) }
  public func conflictTapped(_ conflict: Conflict) { shell.router.go(to: .conflict(conflict.id)) }
  public func rejectedTapped(_ edit: RejectedEdit) { shell.router.go(to: .rejected(edit.id)) }

  /// The person has seen one.
  public func seenTapped(_ row: Row) async {
    await shell.attempt { try await shell.core.seeNotice(row.id) }
  }

  /// Done when it can no longer be taken back; shown as done at once.
  public func allSeenTapped() {
    isClearing = true
    let (core, band) = (shell.core, band)
    shell.bars.show(
      Bar(
        .done(.allNoticesSeen), undo: { await self.noLongerClearing() },
        finish: {
          // Whatever comes of it: what is new is what the core says.
          do {
            try await core.seeAllNotices(in: band)
          } catch {
            await self.noLongerClearing()
            throw error
          }
          await self.noLongerClearing()
        }))
  }

  private func noLongerClearing() { isClearing = false }
  private func failed(_ error: RockOnError) { failure = error }

  private func arrange() {
    let names = Dictionary(bands.map { ($0.id, $0.name) }) { first, _ in first }
    let listed = notices.filter { !$0.asks }
    let rows = listed.map { notice in
      let name = band == nil && names.count > 2 ? notice.scope.flatMap { names[$0] ?? nil } : nil
      return Row(
        id: notice.id, text: notice.text, at: notice.at, band: name, isUnseen: !notice.seen, leads: notice.leads)
    }
    var days: [Day] = []
    for row in rows {
      let day = Calendar.current.startOfDay(for: row.at)
      let above = days.last?.id == day ? days.removeLast().rows : []
      days.append(Day(id: day, rows: above + [row]))
    }
    self.days = days
  }

  private static let page = 100
  private static let key = "notices.band"
}
