// What a file is.

public struct UTType: Hashable, Sendable { public static let item = UTType() }
