import Models
import SwiftUI

/// An item of a setlist: number and title first, then what one needs to play it.
struct ItemLine: View {
  let row: ItemRow

  var body: some View {
    VStack(alignment: .leading, spacing: 2) {
      switch row.what {
      case .song(_, let number, let title, let key, let length):
        HStack {
          Text(verbatim: "\(number)").monospacedDigit().foregroundStyle(.secondary)
          Group { if let title { Text(verbatim: title) } else { Text("setlist.song_gone") } }.font(.headline).lineLimit(
            4)
          Spacer()
          if let key { Text(verbatim: key).font(.headline) }
          if let length { Text(verbatim: length).font(.caption).monospacedDigit() }
        }
      case .pause(let minutes): words("setlist.pause_minutes", "\(minutes)").italic()
      case .section(let title): Text(verbatim: title).font(.title3).bold().lineLimit(4)
      case .other: Text("setlist.unknown_item")
      }
      if let notes = row.notes { Text(verbatim: notes).font(.subheadline).foregroundStyle(.secondary).lineLimit(4) }
    }
    .accessibilityElement(children: .combine)
  }
}

/// One thing that was done to a setlist.
struct StepLine: View {
  let step: Step

  var body: some View {
    HStack {
      Text(verbatim: step.sign)
      ItemNameText(name: step.item).lineLimit(2)
      if let place = step.place { words("setlist.now_at", "\(place)") }
    }
    .accessibilityElement(children: .combine)
  }
}
