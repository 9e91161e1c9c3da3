import Models
import SwiftUI

/// What was just done, at the foot of the screen, and what takes it back.
struct BarView: View {
  let bar: Bar
  let bars: Bars

  var body: some View {
    HStack {
      switch bar.what {
      case .deleted(let name?): words("songs.deleted", "\(name)")
      case .deleted(nil): Text("practice.deleted")
      case .cancelled(let name?): words("calendar.cancelled_bar", "\(name)")
      case .cancelled(nil): Text("practice.cancelled")
      case .allSongsRead: Text("songs.marked_all_read")
      case .duplicatedSetlist(let name): words("setlists.duplicated", "\(name)")
      case .archivedSetlist(let name): words("setlists.archived", "\(name)")
      case .unarchivedSetlist(let name): words("setlists.unarchived", "\(name)")
      case .tookOut(let title?): words("setlist.removed", "\(title)")
      case .tookOut(nil): Text("setlist.removed_item")
      case .addedSongs(let count, let list): words("songs.added_to_setlist", "\(list)\(count)")
      case .copiedSong(let band?): words("song.copied", "\(band)")
      case .copiedSong(nil): Text("song.copied_mine")
      case .movedSong(let band?): words("song.moved", "\(band)")
      case .movedSong(nil): Text("song.moved_mine")
      case .done(let done): DoneText(done: done)
      case .failed(let error): FailureText(failure: error)
      }
      Spacer()
      if bar.canUndo { Button("app.undo") { Task { await bars.undoTapped() } } }
    }
    .padding()
    .background(.bar)
  }
}
