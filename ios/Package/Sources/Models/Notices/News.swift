import RockOnCore

/// What came since somebody was told last, as one batch: for the banner, and for the system while the app is not on screen.
public struct News: Hashable, Identifiable, Sendable {
  /// Where it leads.
  public enum Goal: Hashable, Sendable {
    case notices
    case lead(Lead, NoticeId)
  }

  /// Its oldest notice: one that is news again takes the place of what was shown.
  public let id: NoticeId
  /// A sentence for each notice, without the contents of notes.
  public let lines: [String]
  /// The band, where all is of one.
  public let band: ScopeId?
  /// It waits for a choice.
  public let asks: Bool
  /// Where a tap leads.
  public let goal: Goal

  private init(_ batch: [Untold], _ notices: [NoticeId: Notice]) {
    let first = notices[batch[0].id]
    id = batch[0].id
    lines = batch.map(\.text)
    band = batch.allSatisfy { $0.scope == batch[0].scope } ? batch[0].scope : nil
    asks = first?.asks == true
    let leads = batch.count == 1 ? first?.leads ?? [] : []
    goal = leads.count == 1 ? .lead(leads[0], id) : .notices
  }

  /// What nobody was told yet: it is told by whoever takes it. What waits for a choice is a batch of its own.
  public static func take(_ core: any Core) async throws(RockOnError) -> [News] {
    let untold = try await core.takeUntold(limit: 20)
    guard !untold.isEmpty else { return [] }
    var notices: [Notice] = []
    for await delivery in try core.watchNotices(200, in: nil).deliveries {
      if case .value(let changes) = delivery { notices.apply(changes) }
      break
    }
    let known = Dictionary(notices.map { ($0.id, $0) }) { first, _ in first }
    let asking = untold.filter { known[$0.id]?.asks == true }
    let others = untold.filter { known[$0.id]?.asks != true }
    return [asking, others].filter { !$0.isEmpty }.map { News($0, known) }
  }
}
