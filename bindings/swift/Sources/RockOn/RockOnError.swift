import Foundation

/// Why a call failed: the one error that every call of this module throws.
///
/// Switch on its cases, or show ``text(in:)``. It holds codes and constants, and in `Gone` what could not be saved, which
/// printing does not show: no token, title or address.
extension RockOnError {
  /// The core's name of the case, such as `signed_out`: for logs and for tests, the same in every language.
  public var code: String {
    errorCode(error: self)
  }

  /// Any error as ours. The generated code throws nothing else but for a bug.
  init(_ error: any Error) {
    self = error as? RockOnError ?? .Internal(place: "the boundary to the core")
  }
}

extension RockOnError: LocalizedError {
  /// As ``text(in:)`` in English; so is `localizedDescription`. For logs.
  public var errorDescription: String? { text(in: .english) }
}

/// Makes a call of the core and names its error's type.
func calling<Value: Sendable>(
  _ call: @Sendable () async throws -> Value
) async throws(RockOnError) -> Value {
  do {
    return try await call()
  } catch {
    throw RockOnError(error)
  }
}
