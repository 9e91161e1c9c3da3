import RockOnCore

/// An item of a setlist, ready to be drawn.
public struct ItemRow: Hashable, Identifiable, Sendable {
  /// What is played, or done instead.
  public enum What: Hashable, Sendable {
    /// A song that was deleted has no title.
    case song(RowId?, number: Int, title: String?, key: String?, length: String?)
    case pause(minutes: Int)
    case section(String)
    /// Only a newer version knows it.
    case other
  }

  /// What it is called in its setlist.
  public let id: String
  /// What it is.
  public let what: What
  /// Of this item alone.
  public let notes: String?

  init(_ item: SetlistItem) {
    id = item.id
    switch item.body {
    case .song(let song, let title, _, let key, _, let seconds, let notes):
      let (number, length) = (item.number ?? 0, seconds.map(writtenLength))
      what = .song(song, number: number, title: title, key: key, length: length)
      self.notes = notes?.written
    case .break(let minutes, let notes): (what, self.notes) = (.pause(minutes: minutes), notes?.written)
    case .section(let title): (what, notes) = (.section(title), nil)
    case .other: (what, notes) = (.other, nil)
    }
  }

  /// It can be written about.
  public var isKnown: Bool { what != .other }
  /// Its title, for a bar that names it; nothing where it has none.
  var title: String? {
    switch what {
    case .song(_, _, let title, _, _): title
    case .section(let title): title
    case .pause, .other: nil
    }
  }
}

/// What an item is called.
public enum ItemName: Hashable, Sendable {
  case written(String)
  case pause(minutes: Int)
  case goneSong, unknown

  init(_ item: ListItem) {
    switch item {
    case .song(let title): self = title.map(Self.written) ?? .goneSong
    case .break(let minutes): self = .pause(minutes: minutes)
    case .section(let title): self = .written(title)
    case .other: self = .unknown
    }
  }
}

/// One thing that was done to a setlist: a sign, so that it is seen before the name is read.
public struct Step: Hashable, Identifiable, Sendable {
  /// Which one it is, from 0.
  public let id: Int
  /// What was done.
  public let sign: String
  /// To what.
  public let item: ItemName
  /// Where it stands now, from 1; nothing where that is not the point.
  public let place: Int?

  static func all(_ steps: [ListStep]) -> [Step] { zip(steps, 0...).map(Step.init) }

  private init(_ step: ListStep, _ id: Int) {
    self.id = id
    switch step {
    case .added(let item, _): (sign, self.item, place) = ("+", ItemName(item), nil)
    case .removed(let item, _): (sign, self.item, place) = ("−", ItemName(item), nil)
    case .moved(let item, _, let at, _): (sign, self.item, place) = ("↕", ItemName(item), at)
    case .break(let minutes, _): (sign, item, place) = ("≠", .pause(minutes: minutes), nil)
    case .changed(let item, _): (sign, self.item, place) = ("≠", ItemName(item), nil)
    }
  }
}

extension String {
  /// Nothing for a text without a letter.
  var written: String? { allSatisfy(\.isWhitespace) ? nil : self }
}
