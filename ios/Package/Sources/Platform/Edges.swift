import Foundation
import Models
import RockOnCore

/// No account of others: a build that has them is configured with a sheet of Apple's or Google's here.
struct NoAccounts: Accounts {
  var offered: [IdProvider] { [] }
  func token(_ provider: IdProvider) async throws -> (token: Secret, nonce: Secret?)? { nil }
}

extension KeychainSecrets: AppSecrets {}
