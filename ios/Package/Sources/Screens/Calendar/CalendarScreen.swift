import Models
import SwiftUI

/// Shows and practices in one list: the next on top, what is past below.
struct CalendarScreen: View {
  @State var model: CalendarScreenModel

  var body: some View {
    List(model.days) { day in
      if day.isFirstPast { Text("calendar.past").font(.title2).accessibilityAddTraits(.isHeader) }
      Section {
        ForEach(day.rows) { row in
          HStack {
            NavigationLink(value: row.id) { CalendarLine(row: row) }
            if let setlist = row.setlist {
              Button("show.setlist", systemImage: "list.number") { model.setlistTapped(setlist) }
                .labelStyle(.iconOnly).buttonStyle(.borderless)
            }
          }
        }
      } header: {
        if let day = day.day {
          Text(day, format: .dateTime.weekday(.wide).day().month().year())
        } else {
          Text("calendar.no_date")
        }
      }
    }
    .listStyle(.plain)
    .overlay { ListMessage(shown: model.shown, systemImage: "calendar") }
    .navigationTitle("calendar.title")
    .toolbar {
      ToolbarItem(placement: .primaryAction) {
        if model.mayAdd {
          Menu("app.add", systemImage: "plus") {
            Button("calendar.add_show") { model.addShowTapped() }
            Button("calendar.add_practice") { model.addPracticeTapped() }
          }
        }
      }
    }
    .onChange(of: model.band) { model.bandChanged() }
    .task(id: model.band) { await model.follow(model.band) }
  }
}

private struct CalendarLine: View {
  let row: CalendarRow

  var body: some View {
    HStack {
      if row.isUnread { UnreadDot() }
      VStack(alignment: .leading, spacing: 2) {
        read(row.title).strikethrough(row.isCancelled).font(.headline).lineLimit(4)
        if row.isCancelled { Text("calendar.cancelled").font(.subheadline) }
        HStack {
          if let at = row.at { read(.time(at)) }
          if let place = row.place { Text(verbatim: place).lineLimit(2) }
        }
        .font(.subheadline)
        HStack {
          ForEach(row.times) { time in
            VStack(alignment: .leading) {
              FieldName(field: time.field).foregroundStyle(.secondary)
              read(time.value)
            }
          }
        }
        .font(.caption)
      }
      .foregroundStyle(row.isPast ? .secondary : .primary)
      Spacer()
      if row.isUnsent { UnsentMark() }
    }
    .accessibilityElement(children: .combine)
  }
}
