import Foundation
import Models
import RockOnCore
import Synchronization

/// A phone on which nothing happens.
public final class FakeDevice: Device {
  private let cleared = Mutex(0)
  private let time = Mutex<(now: Date, waiting: [CheckedContinuation<Void, Never>])>(
    (Date(timeIntervalSince1970: 0), []))
  private let awake = Mutex(false)
  private let texts = Mutex<[String]>([])
  /// One that nothing was copied on.
  public init() { accounts = FakeAccounts(offered: []) }

  /// One on which one has accounts elsewhere.
  public init(offered: [IdProvider]) { accounts = FakeAccounts(offered: offered) }
  public func notificationsAllowed() async -> Allowed { .unasked }
  public func askForNotifications() async -> Allowed { .no }
  public let accounts: any Accounts
  public func file(_ text: String, named name: String) -> URL { URL(filePath: "/\(name)") }
  public var server: String { "rock-on.test" }
  /// What was copied, in order.
  public var copied: [String] { texts.withLock { $0 } }
  /// How often what the system showed was looked at.
  public var timesCleared: Int { cleared.withLock { $0 } }
  public func clearNotifications() { cleared.withLock { $0 += 1 } }
  public func qrCode(_ text: String) -> QrCode? { QrCode(side: 2, points: [QrCode.Point(x: 0, y: 1)]) }
  public var now: Date { time.withLock(\.now) }
  public func untilNextSecond() async {
    await withCheckedContinuation { next in time.withLock { $0.waiting.append(next) } }
  }
  /// So many seconds pass; whoever waits for the clock looks at it.
  public func pass(_ seconds: Double) {
    let waiting = time.withLock { time in
      time.now += seconds
      defer { time.waiting = [] }
      return time.waiting
    }
    waiting.forEach { $0.resume() }
  }
  /// Each holds its own name; what is called "lost" cannot be read.
  public func read(_ files: [URL]) -> [ChosenFile] {
    files.map {
      ChosenFile(name: $0.lastPathComponent, bytes: $0.lastPathComponent == "lost" ? nil : Data($0.path.utf8))
    }
  }
  /// Somebody waits for the clock.
  public var isAwaited: Bool { time.withLock { !$0.waiting.isEmpty } }
  /// The screen does not go dark by itself.
  public var isAwake: Bool { awake.withLock { $0 } }
  public func keepAwake(_ isAwake: Bool) { awake.withLock { $0 = isAwake } }
  public func printOut(_ html: String, named name: String) { texts.withLock { $0.append("printed \(name): \(html)") } }
  public func copy(_ text: String) { texts.withLock { $0.append(text) } }
}

extension Shell {
  /// On a phone on which nothing happens.
  public convenience init(
    _ core: any Core, kept: any Kept, bars: Bars = Bars(),
    banner: @escaping @Sendable () async -> Void = { try? await Task.sleep(for: .seconds(4)) }
  ) {
    self.init(core, kept: kept, device: FakeDevice(), bars: bars, banner: banner)
  }
}

extension AppModel {
  /// On a phone on which nothing happens.
  public convenience init(_ door: any Door, kept: any Kept) { self.init(door, kept: kept, device: FakeDevice()) }
}
