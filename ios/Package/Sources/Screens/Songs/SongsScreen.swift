import Models
import RockOnCore
import SwiftUI

/// The list of songs.
struct SongsScreen: View {
  @State var model: SongsScreenModel

  var body: some View {
    ScrollViewReader { list in
      List(model.rows) { row in
        SongLink(row: row, model: model).onAppear { model.reached(row) }
      }
      .listStyle(.plain)
      .onChange(of: model.goal) { if let row = model.goal { list.scrollTo(row, anchor: .top) } }
    }
    .overlay { ListMessage(shown: model.shown, systemImage: "music.note") }
    .navigationTitle("songs.title")
    .searchable(text: $model.search, prompt: "songs.search")
    .toolbar {
      ToolbarItem(placement: .topBarTrailing) { SongsMenu(model: model) }
      ToolbarItem(placement: .topBarTrailing) { LettersMenu(model: model) }
      ToolbarItem(placement: .primaryAction) { MainAct(model: model) }
    }
    .onChange(of: model.query?.scope) { model.bandChanged() }
    .task(id: model.query) { await model.follow(model.query) }
    .task(id: model.lettersOf) { await model.followLetters() }
  }
}

/// A song: to its page, or to be chosen.
private struct SongLink: View {
  let row: SongRow
  let model: SongsScreenModel

  var body: some View {
    if model.isChoosing {
      Button {
        model.tapped(row)
      } label: {
        Choice(row: row, isChosen: model.isChosen(row))
      }
    } else {
      NavigationLink(value: Place.song(row.id)) { SongLine(row: row, isNew: model.isNew(row)) }
        .swipeActions(edge: .trailing) {
          if model.mayEdit {
            Button("app.delete", role: .destructive) { Task { await model.swipedAway(row) } }
            Button("songs.add_to_setlist") { model.addToSetlistTapped(row) }
          }
        }
    }
  }
}

private struct MainAct: View {
  let model: SongsScreenModel

  var body: some View {
    if model.isChoosing {
      Button("app.cancel", role: .cancel) { model.chooseCancelled() }
      Button("songs.add_to_setlist") { model.addToSetlistTapped() }.disabled(!model.canAddToSetlist)
    } else if model.mayEdit {
      Button("songs.add", systemImage: "plus") { model.addTapped() }
    }
  }
}

/// To a part of a long list without scrolling.
private struct LettersMenu: View {
  let model: SongsScreenModel

  var body: some View {
    Menu("songs.letters", systemImage: "textformat") {
      ForEach(model.letters, id: \.letter) { letter in
        Button {
          model.jumped(to: letter)
        } label: {
          words("songs.jump_to", "\(letter.letter)")
        }
      }
    }
  }
}

/// Sorting and filtering.
private struct SongsMenu: View {
  @Bindable var model: SongsScreenModel

  var body: some View {
    Menu("app.more", systemImage: "line.3.horizontal.decrease") {
      Picker("app.sort", selection: $model.order) {
        Text("songs.sort_title").tag(SongOrder.title)
        Text("songs.sort_artist").tag(SongOrder.artist)
        Text("songs.sort_key").tag(SongOrder.key)
        Text("songs.sort_recent").tag(SongOrder.newest)
      }
      Toggle("songs.filter_unread", isOn: $model.isUnreadOnly)
      Toggle("songs.filter_mine", isOn: $model.isMineOnly)
      if model.mayEdit {
        Button("songs.choose", systemImage: "checkmark.circle") { model.chooseTapped() }
        Button("songs.import_title", systemImage: "square.and.arrow.down") { model.importTapped() }
      }
      Button("songs.mark_all_read") { model.markAllReadTapped() }
    }
  }
}
