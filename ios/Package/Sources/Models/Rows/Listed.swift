import RockOnCore

/// What is shown instead of a list, or with it.
public enum Listed: Equatable, Sendable {
  case opening, list
  /// There is nothing: what is said of it, and what can be done, by their keys in the catalogue.
  case empty(String, hint: String? = nil)
  case nothingFound(String)
  case failed(RockOnError)

  init(_ rows: [some Any], isLoaded: Bool, _ failure: RockOnError?, empty: Listed) {
    self = failure.map(Listed.failed) ?? (rows.isEmpty ? isLoaded ? empty : .opening : .list)
  }
}
