import Design
import Models
import RockOnCore
import SwiftUI

/// What others did, and what waits for a choice.
struct NoticesScreen: View {
  @State var model: NoticesScreenModel

  var body: some View {
    List {
      Waiting(model: model)
      if model.allowed == .unasked {
        Section("notices.permission") {
          Text("notices.permission_hint").font(.footnote)
          Button("notices.permission_allow") { Task { await model.allowTapped() } }
        }
      }
      if model.allowed == .no { Text("notices.permission_refused").font(.footnote) }
      ForEach(model.days) { day in
        Section {
          ForEach(day.rows) { row in
            NoticeLine(row: row, model: model).onAppear { model.reached(row) }
          }
        } header: {
          Text(day.id, format: .dateTime.weekday(.wide).day().month(.wide))
        }
      }
    }
    .overlay { ListMessage(shown: model.shown, systemImage: "bell") }
    .navigationTitle("notices.title")
    .toolbar { ToolbarItem(placement: .topBarTrailing) { NoticesMenu(model: model) } }
    .task { await model.followWaiting() }
    .task(id: model.band) { await model.follow(model.band) }
  }
}

/// Filter, and all seen.
private struct NoticesMenu: View {
  @Bindable var model: NoticesScreenModel

  var body: some View {
    Menu("app.more", systemImage: "line.3.horizontal.decrease") {
      Picker("app.filter", selection: $model.band) {
        Text("app.all_bands").tag(ScopeId?.none)
        ForEach(model.bands) { band in
          BandName(band: band).tag(Optional(band.id))
        }
      }
      if model.canClear { Button("notices.mark_all_seen") { model.allSeenTapped() } }
    }
  }
}

/// Conflicts and refused edits, on top until they are settled.
private struct Waiting: View {
  let model: NoticesScreenModel
  @Environment(\.locale) private var locale

  var body: some View {
    if !(model.conflicts.isEmpty && model.rejected.isEmpty) {
      Section("notices.waiting") {
        ForEach(model.conflicts, id: \.id) { conflict in
          Button {
            model.conflictTapped(conflict)
          } label: {
            VStack(alignment: .leading, spacing: 2) {
              ConflictHint(by: conflict.what.byName)
              HStack {
                KindName(kind: conflict.what.kind)
                ColumnName(column: conflict.what.field)
                Text(conflict.at, format: .dateTime)
              }
              .font(.caption)
            }
          }
        }
        ForEach(model.rejected, id: \.id) { edit in
          Button {
            model.rejectedTapped(edit)
          } label: {
            VStack(alignment: .leading, spacing: 2) {
              Text(verbatim: edit.text(in: Language(tag: locale.identifier)))
              Text(verbatim: edit.why(in: Language(tag: locale.identifier))).font(.caption)
            }
          }
        }
      }
    }
  }
}

private struct NoticeLine: View {
  let row: NoticesScreenModel.Row
  let model: NoticesScreenModel
  @Environment(\.colorScheme) private var scheme

  var body: some View {
    Button {
      Task { await model.tapped(row) }
    } label: {
      HStack {
        if model.isNew(row) {
          Image(systemName: "circle.fill").foregroundStyle(Color.token(\.unread, scheme)).accessibilityLabel(
            "notices.unseen")
        }
        VStack(alignment: .leading, spacing: 2) {
          Text(verbatim: row.text)
          HStack {
            if let band = row.band { Text(verbatim: band) }
            Text(row.at, format: .dateTime.hour().minute())
          }
          .font(.caption)
        }
      }
    }
    .swipeActions(edge: .leading) {
      if model.isNew(row) { Button("notices.mark_seen") { Task { await model.seenTapped(row) } } }
    }
    if model.opened == row.id {
      ForEach(row.leads) { lead in
        Button {
          model.leadTapped(lead)
        } label: {
          HStack {
            KindName(kind: lead.kind)
            Text(verbatim: lead.title)
          }
        }
      }
    }
  }
}
