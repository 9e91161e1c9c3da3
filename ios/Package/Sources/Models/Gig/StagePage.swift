import RockOnCore

/// A page of a gig, ready to be drawn.
public struct StagePage: Hashable, Identifiable, Sendable {
  /// Its item in the setlist.
  public let id: String
  /// Its place, from 1.
  public let number: Int
  /// What is played, or done instead.
  public let title: ItemName
  /// The heading before it.
  public let section: String?
  /// Nothing where nobody wrote it.
  public private(set) var artist, key: String?
  /// The fret; nothing for none.
  public private(set) var capo: Int?
  /// Beats a minute, more than none.
  public private(set) var tempo: Int?
  /// Those of tonight first.
  public private(set) var notes: String?
  /// Of a break.
  public private(set) var minutes: Int?

  init(_ page: GigPage, _ number: Int) {
    (id, section, self.number) = (page.item, page.section, number)
    switch page.body {
    case .song(let title, let artist, let key, let capo, let tempo, _, let itemNotes, let songNotes):
      self.title = title.map(ItemName.written) ?? .goneSong
      (self.artist, self.key) = (artist?.written, key?.written)
      (self.capo, self.tempo) = (capo.flatMap { $0 > 0 ? $0 : nil }, tempo.flatMap { $0 > 0 ? $0 : nil })
      let all = [itemNotes, songNotes].compactMap { $0?.written }
      notes = all.isEmpty ? nil : all.joined(separator: "\n")
    case .break(let minutes, let notes):
      (title, self.minutes, self.notes) = (.pause(minutes: minutes), minutes, notes?.written)
    case .section(let title): self.title = .written(title)
    }
  }

  /// How long a beat is, in seconds.
  public var beat: Double? { tempo.map { 60 / Double($0) } }
}
