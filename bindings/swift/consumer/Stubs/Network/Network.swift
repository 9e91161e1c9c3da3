import Dispatch

// The names of Apple's Network that the examples use: signatures only.

public struct NWPath: Sendable {
  public enum Status: Sendable {
    case satisfied, unsatisfied
  }
  public let status: Status
}

public final class NWPathMonitor {
  public var pathUpdateHandler: (@Sendable (NWPath) -> Void)?

  public init() {}

  public func start(queue: DispatchQueue) {}
}
