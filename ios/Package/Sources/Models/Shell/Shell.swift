import Observation
import RockOnCore

/// The app once somebody is signed in: what every screen shares.
///
/// Owns the way, the chosen band, the bar, the strip and the badges. Never knows what a screen shows.
@MainActor @Observable public final class Shell {
  /// Where somebody is.
  public let router: Router
  /// Which band the lists show.
  public let bands: Bands
  /// What can be taken back.
  public let bars: Bars
  /// What came.
  public let banners: Banners
  /// What there is to say about network and waiting; nothing most of the time.
  public private(set) var strip: Strip?
  private var unread: [UnreadCount] = []
  private var unseen = 0
  let core: any Core
  let kept: any Kept
  let device: any Device
  let useServer: @MainActor (Server) async -> Void
  /// What is chosen for this phone.
  public let preferences: Preferences
  /// Whose data this is; nothing where it is not known.
  public private(set) var email: String?
  /// How many edits wait to be sent.
  public private(set) var unsent = 0

  /// The gig that is played, over everything else; nothing most of the time.
  public private(set) var stage: GigScreenModel?

  /// Over a client that somebody is signed in to.
  public init(
    _ core: any Core, kept: any Kept, device: any Device, preferences: Preferences? = nil, bars: Bars = Bars(),
    banner: @escaping @Sendable () async -> Void = { try? await Task.sleep(for: .seconds(4)) },
    useServer: @escaping @MainActor (Server) async -> Void = { _ in }
  ) {
    self.preferences = preferences ?? Preferences(kept)
    self.useServer = useServer
    (self.core, self.kept, self.device, self.bars) = (core, kept, device, bars)
    router = Router(kept)
    bands = Bands(kept)
    banners = Banners(core, wait: banner)
  }

  /// How much is new in a tab.
  public func badge(of tab: Tab) -> Int {
    switch tab {
    case .setlists: new(.setlist)
    case .songs: new(.song)
    case .calendar: new(.show, .practice)
    case .notices: unseen
    case .band: 0
    }
  }

  /// Follows what every screen shares, until the task is cancelled.
  public func follow() async {
    async let status: Void = each({ try core.watchStatus() }, took(status:))
    async let bands: Void = each({ try core.watchBands() }, self.bands.take)
    async let unread: Void = each({ try core.watchUnread() }, { self.unread = $0 })
    async let unseen: Void = each({ try core.watchUnseenNotices() }, { self.unseen = $0 })
    async let gig: Void = each({ try core.watchGig() }, took(gig:))
    async let news: Void = follow({ try core.watchNotices(1, in: nil) }, failed: { _ in }) { _ in await tellNews() }
    _ = await (status, bands, unread, unseen, gig, news)
  }

  private func took(status: Status) {
    let new = Strip(status)
    if new != strip { strip = new }
    (email, unsent) = (status.account?.email?.text, status.outbox.unsent)
    bands.take(status)
  }

  /// The core says whether somebody plays, so a gig that outlived the process is on screen again.
  private func took(gig: Gig?) {
    guard let gig else { return leaveStage() }
    if let stage { return stage.take(gig) }
    (stage, banners.isOnStage) = (GigScreenModel(gig, core, kept, device), true)
    device.keepAwake(true)
  }

  private func leaveStage() {
    guard stage != nil else { return }
    (stage, banners.isOnStage) = (nil, false)
    device.keepAwake(false)
  }

  private func new(_ kinds: Kind...) -> Int {
    unread.filter { kinds.contains($0.kind) }.reduce(0) { $0 + $1.count }
  }

  /// What cannot be read is told by the strip: the core says it in its status too.
  private func each<Value>(
    _ live: @MainActor () throws -> Live<Value>, _ take: @MainActor (Value) -> Void
  ) async {
    guard let live = try? live() else { return }
    for await case .value(let value) in live.deliveries { take(value) }
  }
}
