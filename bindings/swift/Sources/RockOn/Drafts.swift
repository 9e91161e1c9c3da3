import Foundation

/// Columns of a row to be added or changed; ``SongDraft`` and its like have a property for each that rows have. Only what is
/// set is sent: leaving a column alone and setting it to nil are different things.
///
/// ```swift
/// try await core.add(SongDraft { $0.title = "Hello"; $0.key = "A" }, to: band)
/// ```
public protocol Draft: Sendable {
  /// What the row is.
  var kind: Kind { get }
  /// The columns that were set.
  var values: Values { get set }
}

extension Draft {
  /// A column by its name, for those that have no property here.
  public subscript(column: String) -> Json? {
    get { values[column] }
    set { values[column] = newValue ?? .null }
  }
}

/// What a column can hold.
protocol ColumnValue {
  var column: Json { get }
}

/// A value for its column; nothing is a value too.
func column(_ value: (some ColumnValue)?) -> Json {
  value?.column ?? .null
}

extension Json: ColumnValue {
  var column: Json { self }
}

extension String: ColumnValue {
  var column: Json { .text(text: self) }
}

extension Int: ColumnValue {
  var column: Json { .whole(number: self) }
}

extension RowId: ColumnValue {
  var column: Json { .text(text: text) }
}

extension Date: ColumnValue {
  /// To the millisecond, as rows have it.
  var column: Json { .text(text: formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))) }
}

extension TimeSignature: ColumnValue {
  var column: Json { .text(text: text) }
}

extension ShowTime: ColumnValue {
  var column: Json { .text(text: text) }
}

extension SetlistStatus: ColumnValue {
  var column: Json { .text(text: code) }
}

extension ShowStatus: ColumnValue {
  var column: Json { .text(text: code) }
}

extension PracticeStatus: ColumnValue {
  var column: Json { .text(text: code) }
}

extension PracticeType: ColumnValue {
  var column: Json { .text(text: code) }
}

extension Contact: ColumnValue {
  var column: Json { value }
}

extension PractisedSong: ColumnValue {
  var column: Json { value }
}

extension Attendee: ColumnValue {
  var column: Json { value }
}

extension Array: ColumnValue where Element: ColumnValue {
  var column: Json { .array(items: map(\.column)) }
}

extension Json {
  /// A new item of a setlist: a song. An item that is there already is kept by its `raw`.
  public static func songItem(_ song: RowId, notes: String? = nil) -> Json {
    var fields: [String: Json] = ["type": "song", "songId": song.column]
    fields["notes"] = notes?.column
    return .object(fields: fields)
  }

  /// A new item of a setlist: a pause of so many minutes.
  public static func breakItem(_ minutes: Int) -> Json {
    ["type": "break", "breakDuration": minutes.column]
  }

  /// A new item of a setlist: a heading.
  public static func sectionItem(_ title: String) -> Json {
    ["type": "section", "sectionTitle": title.column]
  }
}
