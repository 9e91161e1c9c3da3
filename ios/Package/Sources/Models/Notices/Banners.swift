import Observation
import RockOnCore

/// Tells news at the head of the screen: one batch at a time, each for a while.
///
/// Takes none while nobody could see them or may not be disturbed: they wait, or the system tells them. What comes while
/// something is told waits in the core, and is told after it.
@MainActor @Observable public final class Banners {
  /// What is told; nothing most of the time.
  public private(set) var news: News?
  /// The app is on screen.
  public var isOnScreen = true
  /// Somebody plays.
  public var isOnStage = false
  /// Taken from the core, and not told yet.
  private var waiting: [News] = []
  private var showing: Task<Void, Never>?
  private var canShow = false
  private var isListed = false
  /// The core may have something that was not taken.
  private var isMore = false
  private var isTaking = false
  private let core: any Core
  private let wait: @Sendable () async -> Void

  /// With the time that a banner stays: four seconds.
  init(_ core: any Core, wait: @escaping @Sendable () async -> Void) { (self.core, self.wait) = (core, wait) }

  /// Something came, or nobody is disturbed any more. `isListed`: they see it anyway.
  func tell(canShow: Bool, isListed: Bool) async {
    (self.canShow, self.isListed) = (canShow, isListed)
    guard canShow else { return hide() }
    isMore = true
    await take()
  }

  /// It goes: by a tap, a swipe or its time. The next one comes.
  func taken() {
    hide()
    showNext()
    if news == nil { Task { await take() } }
  }

  private func take() async {
    while canShow, isMore, !isTaking, news == nil {
      if waiting.isEmpty {
        (isMore, isTaking) = (false, true)
        // What the core cannot do is told by the strip.
        let batches = (try? await News.take(core)) ?? []
        isTaking = false
        if !isListed { waiting = batches }
      }
      showNext()
    }
  }

  private func showNext() {
    guard canShow, !waiting.isEmpty else { return }
    news = waiting.removeFirst()
    showing = Task { [weak self, wait] in
      await wait()
      if !Task.isCancelled { self?.taken() }
    }
  }

  private func hide() {
    showing?.cancel()
    (showing, news) = (nil, nil)
  }
}

extension Shell {
  /// Nobody is disturbed by a banner.
  public var canShowBanner: Bool { banners.isOnScreen && !banners.isOnStage && router.sheet == nil }

  /// Something came, or nobody is disturbed any more.
  public func tellNews() async {
    let isListed = router.tab == .notices && router.path(of: .notices).isEmpty
    await banners.tell(canShow: canShowBanner, isListed: isListed)
  }

  /// The person touched the banner: to what it is about, which is seen by that.
  public func bannerTapped() async {
    guard let news = banners.news else { return }
    bannerSwipedAway()
    await go(to: news.goal)
  }

  /// The person does not want to see it.
  public func bannerSwipedAway() { banners.taken() }

  /// There; its notice is seen by that.
  func go(to goal: News.Goal) async {
    switch goal {
    case .notices: router.open(.notices)
    case .lead(let lead, let notice):
      go(to: lead)
      await attempt { try await core.seeNotice(notice) }
    }
  }
}
