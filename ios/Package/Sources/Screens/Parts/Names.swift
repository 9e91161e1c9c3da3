import Models
import RockOnCore
import SwiftUI

/// What is said, and what that means, smaller.
struct Said: View {
  let what, hint: LocalizedStringKey

  var body: some View {
    VStack(alignment: .leading, spacing: 2) {
      Text(what)
      Text(hint).font(.footnote).foregroundStyle(.secondary)
    }
  }
}

/// What a kind of row is called.
struct KindName: View {
  let kind: Kind

  var body: some View {
    switch kind {
    case .song: Text("app.kind_song")
    case .setlist: Text("app.kind_setlist")
    case .show: Text("app.kind_show")
    case .practice: Text("app.kind_practice")
    case .band, .membership, .readMark: Text("app.tab_band")
    }
  }
}

/// What an item of a setlist is called.
struct ItemNameText: View {
  let name: ItemName

  var body: some View {
    switch name {
    case .written(let title): Text(verbatim: title)
    case .pause(let minutes): words("setlist.pause_minutes", "\(minutes)")
    case .goneSong: Text("setlist.song_gone")
    case .unknown: Text("setlist.unknown_item")
    }
  }
}

/// What somebody did to a row.
struct VerbName: View {
  let verb: Verb

  var body: some View {
    switch verb {
    case .added: Text("status.edit_added")
    case .changed: Text("status.edit_changed")
    case .deleted: Text("status.edit_deleted")
    case .restored: Text("status.edit_restored")
    case .moved: Text("status.edit_moved")
    }
  }
}

/// What a column is called, by the core.
struct ColumnName: View {
  let column: String
  @Environment(\.locale) private var locale

  var body: some View { Text(verbatim: Language(tag: locale.identifier).label(of: column)) }
}

/// Whose the other value is.
struct Theirs: View {
  let by: String?

  var body: some View {
    if let by { words("conflict.theirs", "\(by)") } else { Text("app.someone") }
  }
}

/// What a conflict is.
struct ConflictHint: View {
  let by: String?

  var body: some View {
    if let by { words("conflict.hint", "\(by)") } else { Text("conflict.hint_unnamed") }
  }
}
