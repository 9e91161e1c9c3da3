import Foundation
import Observation
import RockOnCore

/// A gig that is played. The core keeps it, and the page that is open, over everything that can happen to a phone.
///
/// Owns which page is open: a feed never turns it, and nothing moves but by a finger, a key or the clock.
@MainActor @Observable public final class GigScreenModel {
  /// What lies over the page until it is closed.
  public enum Over: String, Identifiable, Sendable {
    case jump, update
    /// Itself: there is one at a time.
    public var id: Self { self }
  }

  /// What is played, in order.
  public private(set) var pages: [StagePage] = []
  /// The page that is open; with the number of pages the end.
  public private(set) var at = 0
  /// Music and breaks from this page on; where not every length is known, that much at least.
  public private(set) var left = ""
  public private(set) var isMoreLeft = false
  /// The time of day, to the minute.
  public private(set) var clock: Date
  /// What is left of the break that is open; nothing on another page, and none when it is over.
  public private(set) var pause: String?
  public private(set) var isPauseOver = false
  /// Who made a newer version, how many items came and went by it, and how; nothing while there is none.
  public private(set) var newer: Newer?
  /// What the person was not able to do.
  public private(set) var failure: RockOnError?
  /// What lies over the page.
  public var over: Over?
  /// Ending the gig is being asked.
  public var asksToEnd = false
  /// The dot of the tempo flashes.
  public private(set) var isBeating = false
  /// Four bars of most songs.
  private var beatsUntil = Date.distantPast
  private let core: any Core
  private let kept: any Kept
  private let device: any Device

  /// Of a gig that runs.
  public init(_ gig: Gig, _ core: any Core, _ kept: any Kept, _ device: any Device) {
    (self.core, self.kept, self.device, clock) = (core, kept, device, device.now)
    take(gig)
  }

  /// The page that is open; nothing behind the last one.
  public var page: StagePage? { pages.indices.contains(at) ? pages[at] : nil }
  /// What comes then; nothing on the last page.
  public var next: StagePage? { pages.indices.contains(at + 1) ? pages[at + 1] : nil }
  /// Where one is, from 1, of how many.
  public var position: Int { min(at + 1, pages.count) }
  public var total: Int { pages.count }

  /// What the core has pinned. As long as its pages are the same, the one that is open is this screen's own.
  func take(_ gig: Gig) {
    let pinned = zip(gig.pages, 1...).map(StagePage.init)
    if pinned != pages { (pages, at) = (pinned, gig.page) }
    (left, isMoreLeft) = (writtenLength(gig.secondsLeft), gig.untimedLeft > 0)
    newer = gig.newer.map(Newer.init)
    look()
  }

  /// The person turned the page.
  public func forwardTapped() async { await turn(to: at + 1) }
  public func backTapped() async { await turn(to: at - 1) }
  /// The person drew a finger over it: to the left for what comes then.
  public func swiped(_ width: Double) async {
    if abs(width) > 40 { await turn(to: width < 0 ? at + 1 : at - 1) }
  }
  /// The person wants to see all pages.
  public func jumpTapped() { over = .jump }
  /// The person chose a page.
  public func chose(_ page: StagePage) async {
    over = nil
    if let place = pages.firstIndex(of: page) { await turn(to: place) }
  }

  /// The person wants to know what is newer.
  public func newerTapped() { over = .update }
  /// The newer version is played from now on; the song stays. The feed brings it: what this call brings may be older than what
  /// the feed has told meanwhile.
  public func takeTapped() async {
    over = nil
    await attempt { try await core.takeGigUpdate() }
  }

  /// The person goes on with the version that is pinned.
  public func keepTapped() { over = nil }

  /// The person wants to see how fast it is, or has seen it.
  public func tempoTapped() {
    isBeating.toggle()
    beatsUntil = device.now + 16 * (page?.beat ?? 0)
  }

  /// The person wants to go.
  public func endTapped() { asksToEnd = true }
  /// The gig is over: what was held back is told now.
  public func endConfirmed() async { await attempt { try await core.endGig() } }

  /// Follows the clock until the task is cancelled.
  public func follow() async {
    while !Task.isCancelled {
      look()
      await device.untilNextSecond()
    }
  }

  private func turn(to page: Int) async {
    let place = min(max(page, 0), pages.count)
    guard place != at else { return }
    (at, isBeating) = (place, false)
    look()
    await attempt { try await core.turnPage(place) }
  }

  private func attempt(_ act: () async throws -> Void) async {
    do {
      try await act()
      failure = nil
    } catch {
      failure = ours(error)
    }
  }

  /// What the clock says. Nothing that is the same is written: nothing is drawn again for it.
  private func look() {
    let now = device.now
    let minute = Date(timeIntervalSinceReferenceDate: (now.timeIntervalSinceReferenceDate / 60).rounded(.down) * 60)
    if minute != clock { clock = minute }
    if isBeating, now >= beatsUntil { isBeating = false }
    let seconds = page.flatMap { page in
      page.minutes.map { end(of: page.id, minutes: $0, now) - now.timeIntervalSince1970 }
    }
    let shown = seconds.map { writtenLength(max(0, Int($0.rounded(.up)))) }
    if shown != pause { (pause, isPauseOver) = (shown, seconds.map { $0 <= 0 } == true) }
  }

  /// When the break ends that was opened last, in seconds: to look ahead and back does not begin it again.
  private func end(of item: String, minutes: Int, _ now: Date) -> Double {
    let parts = (kept.read("gig.break") ?? "").split(separator: " ").map(String.init)
    if parts.first == item, let end = parts.last.flatMap(Double.init) { return end }
    let end = now.timeIntervalSince1970 + Double(minutes * 60)
    kept.write("\(item) \(end)", for: "gig.break")
    return end
  }
}

extension GigScreenModel: Identifiable {}

/// A newer version of the setlist that is played.
public struct Newer: Equatable, Sendable {
  /// Who made it, where that is known.
  public let by: String?
  /// How many items came and went.
  public let added, removed: Int
  /// The order is another.
  public let isReordered: Bool
  /// The setlist is not there any more.
  public let isDeleted: Bool
  /// How it came from the one that is played.
  public let steps: [Step]

  init(_ update: GigUpdate) {
    by = update.by.isEmpty ? nil : update.by.joined(separator: ", ")
    (added, removed) = (update.added, update.removed)
    (isReordered, isDeleted) = (update.isReordered, update.isDeleted)
    steps = Step.all(update.steps)
  }

  /// Songs came or went.
  public var hasItems: Bool { added + removed > 0 }
}
