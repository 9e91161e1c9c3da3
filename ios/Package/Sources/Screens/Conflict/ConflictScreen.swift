import Design
import Models
import RockOnCore
import SwiftUI

/// Two values, and the choice between them.
struct ConflictScreen: View {
  @State var model: ConflictScreenModel

  var body: some View {
    Group {
      switch model.shown {
      case .opening: EmptyView()
      case .settled: ContentUnavailableView("conflict.settled", systemImage: "checkmark")
      case .failed(let error): ContentUnavailableView { FailureText(failure: error) }
      case .choice:
        if let choosing = model.choosing { ChoicePage(choosing: choosing, model: model) }
      }
    }
    .navigationTitle("conflict.title")
    .task { await model.follow() }
  }
}

private struct ChoicePage: View {
  let choosing: ConflictScreenModel.Choosing
  let model: ConflictScreenModel

  var body: some View {
    List {
      Section {
        ConflictHint(by: choosing.by)
        if let title = model.title { Text(verbatim: title).font(.headline) }
        HStack {
          KindName(kind: choosing.kind)
          ColumnName(column: choosing.column)
          Text(choosing.at, format: .dateTime)
        }
        .font(.caption)
        if choosing.live == .other { Text("conflict.live_other") }
        if choosing.live == .gone { Text("conflict.row_gone") }
      }
      if choosing.asks == .value { Values(choosing: choosing) }
      Section {
        if model.canInsist { Button(insist) { Task { await model.mineTapped() } } }
        if model.canChoose { Button(give) { Task { await model.theirsTapped() } } }
        if model.canMerge { Button("conflict.merge") { model.mergeTapped() } }
      }
    }
  }

  private var insist: LocalizedStringKey {
    switch choosing.asks {
    case .value: "conflict.take_mine"
    case .delete: "conflict.delete_anyway"
    case .move: "conflict.move_anyway"
    }
  }

  private var give: LocalizedStringKey { choosing.asks == .value ? "conflict.take_theirs" : "conflict.keep" }
}

/// Short values side by side, long ones as what is different.
private struct Values: View {
  let choosing: ConflictScreenModel.Choosing

  var body: some View {
    Section {
      if choosing.parts.isEmpty {
        HStack(alignment: .top) {
          Value(text: choosing.mine, isLive: choosing.live == .mine) { Text("conflict.mine") }
          Value(text: choosing.theirs, isLive: choosing.live == .theirs) { Theirs(by: choosing.by) }
        }
      } else {
        Difference(parts: choosing.parts, by: choosing.by)
        if choosing.live == .mine { LabeledContent("conflict.mine") { Text("conflict.live") } }
        if choosing.live == .theirs {
          LabeledContent {
            Text("conflict.live")
          } label: {
            Theirs(by: choosing.by)
          }
        }
      }
    }
  }
}

private struct Value<Name: View>: View {
  let text: String?
  let isLive: Bool
  @ViewBuilder let name: Name

  var body: some View {
    VStack(alignment: .leading, spacing: 2) {
      name.font(.caption)
      if let text { Text(verbatim: text) } else { Text("conflict.empty_value") }
      if isLive { Text("conflict.live").font(.caption) }
    }
    .frame(maxWidth: .infinity, alignment: .leading)
    .accessibilityElement(children: .combine)
  }
}

/// Two long texts as one: what only mine has is struck out behind a minus, what only theirs has stands behind a plus.
struct Difference: View {
  let parts: [Part]
  let by: String?

  var body: some View {
    HStack {
      Text(verbatim: "−")
      Text("conflict.mine")
      Text(verbatim: "+")
      Theirs(by: by)
    }
    .font(.caption)
    ForEach(parts) { part in
      switch part.kind {
      case .same: Text(verbatim: part.text)
      case .removed: words("conflict.line_removed", "\(part.text)").strikethrough()
      case .added: words("conflict.line_added", "\(part.text)").bold()
      }
    }
  }
}
