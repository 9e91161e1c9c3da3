import Design
import Models
import SwiftUI

/// A song in a list: what is new at the left edge, what one needs to find and play it.
struct SongLine: View {
  let row: SongRow
  let isNew: Bool

  var body: some View {
    HStack {
      if isNew { UnreadDot() }
      VStack(alignment: .leading, spacing: 2) {
        Text(verbatim: row.title).font(.headline).lineLimit(4)
        if let artist = row.artist {
          Text(verbatim: artist).font(.subheadline).foregroundStyle(.secondary).lineLimit(2)
        }
      }
      Spacer()
      if row.isUnsent { UnsentMark() }
      VStack(alignment: .trailing, spacing: 2) {
        if let key = row.key { Text(verbatim: key).font(.headline) }
        if let tempo = row.tempo { words("app.tempo", "\(tempo)").font(.caption) }
        if let length = row.length { Text(verbatim: length).font(.caption).monospacedDigit() }
      }
    }
    .accessibilityElement(children: .combine)
  }
}
