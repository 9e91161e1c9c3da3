import Models
import SwiftUI

/// What a field of a song is called.
struct FieldName: View {
  let field: SongField

  var body: some View {
    switch field {
    case .title: Text("song.title")
    case .artist: Text("song.artist")
    case .key: Text("song.key")
    case .capo: Text("song.capo")
    case .tempo: Text("song.tempo")
    case .metre: Text("song.time_signature")
    case .length: Text("song.duration")
    case .difficulty: Text("song.difficulty")
    case .tuning: Text("song.tuning")
    case .genre: Text("song.genre")
    case .notes: Text("song.notes")
    }
  }
}
