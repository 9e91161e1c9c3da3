import RockOnCore

/// A column of a song that a person writes, in the order in which it is shown.
public enum SongField: String, CaseIterable, Sendable {
  case title, artist, key, capo, tempo
  case metre = "time_signature"
  case length = "duration"
  case difficulty
  case tuning = "guitar_tuning"
  case genre, notes

  /// The value of a song as one writes it; nothing for none.
  func text(of song: Song) -> String? {
    switch self {
    case .title: song.title
    case .artist: song.artist
    case .key: song.key
    case .capo: song.capo.flatMap { $0 > 0 ? "\($0)" : nil }
    case .tempo: song.tempo.map { "\($0)" }
    case .metre: song.timeSignature?.text
    case .length: song.duration.map(writtenLength)
    case .difficulty: song.difficulty.map { "\($0)" }
    case .tuning: song.guitarTuning
    case .genre: song.genre
    case .notes: song.notes
    }
  }

  /// A value of the column as the history has it; nothing for none.
  func text(of value: Json) -> String? {
    switch value {
    case .text(let text): text.isEmpty ? nil : text
    case .whole(let number): self == .length ? writtenLength(number) : "\(number)"
    case .real(let number): "\(number)"
    case .null, .flag, .array, .object: nil
    }
  }
}

/// A value of a song.
public struct Fact: Hashable, Identifiable, Sendable {
  /// What it is.
  public let field: SongField
  /// As one writes it.
  public let text: String
  /// One of each.
  public var id: SongField { field }
}

/// A value that somebody changed, set where there was none, or cleared.
public struct Change: Hashable, Identifiable, Sendable {
  /// What it is.
  public let field: SongField
  /// Nothing where there was or is none.
  public let from, to: String?
  /// Who did it, where that is known.
  public let by: String?
  /// One of each.
  public var id: SongField { field }

  /// Nothing for a column that is not shown.
  init?(_ change: SeenChange) {
    guard let field = SongField(rawValue: change.field) else { return nil }
    (self.field, from, to, by) = (field, field.text(of: change.from), field.text(of: change.to), change.byName)
  }
}
