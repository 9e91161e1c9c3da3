import RockOnCore

/// Something that a notice is about, and where that is shown.
public struct Lead: Hashable, Identifiable, Sendable {
  /// What it is.
  public let kind: Kind
  /// What it is called; nothing for a band.
  public let title: String
  /// One of each.
  public let id: String
  /// The place, behind the beginning of a tab; nothing for the beginning itself.
  let place: Place?
  let tab: Tab
  let band: ScopeId?

  /// Nothing for what has no place.
  init?(_ kind: Kind, _ id: RowId, _ title: String, in scope: ScopeId?) {
    switch kind {
    case .song: tab = .songs
    case .setlist: tab = .setlists
    case .show, .practice: tab = .calendar
    case .band, .membership: tab = .band
    case .readMark: return nil
    }
    place = Place(kind, id)
    (self.kind, self.title, self.id, band) = (kind, title, "\(kind) \(id)", scope)
  }
}

extension Notice {
  /// It asks for a choice: until then it stands among what waits.
  var asks: Bool {
    switch body {
    case .conflict, .crossed, .rejected: true
    default: false
    }
  }

  /// What it is about. What was deleted has no place.
  var leads: [Lead] {
    switch body {
    case .changes(_, let rows, _): rows.compactMap(lead)
    case .digest(let people): people.flatMap(\.rows).compactMap(lead)
    case .restored(let kind, let id, let title, _): [Lead(kind, id, title, in: scope)].compactMap { $0 }
    // A band that is named is not on this phone any more.
    case .membership(_, _, _, nil): [Lead(.band, RowId(""), "", in: scope)].compactMap { $0 }
    default: []
    }
  }

  private func lead(_ row: RowChange) -> Lead? {
    row.verb == .deleted ? nil : Lead(row.kind, row.id, row.title, in: scope)
  }
}

extension Shell {
  /// There; in its band, where a tab shows that of whichever is chosen.
  func go(to lead: Lead) {
    if let band = lead.band { bands.chose(band) }
    router.open(lead.tab)
    if let place = lead.place { router.go(to: place) }
  }
}
