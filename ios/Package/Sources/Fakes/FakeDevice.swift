import Models
import Synchronization

/// A phone on which nothing happens.
public final class FakeDevice: Device {
  private let texts = Mutex<[String]>([])
  /// One that nothing was copied on.
  public init() {}
  public var server: String { "rock-on.test" }
  /// What was copied, in order.
  public var copied: [String] { texts.withLock { $0 } }
  public func copy(_ text: String) { texts.withLock { $0.append(text) } }
}

extension Shell {
  /// On a phone on which nothing happens.
  public convenience init(_ core: any Core, kept: any Kept, bars: Bars = Bars()) {
    self.init(core, kept: kept, device: FakeDevice(), bars: bars)
  }
}

extension AppModel {
  /// On a phone on which nothing happens.
  public convenience init(_ door: any Door, kept: any Kept) { self.init(door, kept: kept, device: FakeDevice()) }
}
