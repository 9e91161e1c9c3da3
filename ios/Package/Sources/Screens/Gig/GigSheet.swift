import Models
import SwiftUI

/// What lies over a page until it is closed.
struct GigSheet: View {
  let over: GigScreenModel.Over
  let model: GigScreenModel

  var body: some View {
    NavigationStack {
      switch over {
      case .jump: JumpList(model: model)
      case .update: if let newer = model.newer { UpdateList(newer: newer, model: model) }
      }
    }
    .preferredColorScheme(.dark)
  }
}

private struct JumpList: View {
  let model: GigScreenModel

  var body: some View {
    List(model.pages) { page in
      Button {
        Task { await model.chose(page) }
      } label: {
        HStack {
          Text(page.number, format: .number).monospacedDigit().foregroundStyle(.secondary)
          ItemNameText(name: page.title).lineLimit(2)
        }
        .font(.title2)
      }
    }
    .navigationTitle("gig.jump")
  }
}

/// What a newer version changes; nothing changes unless it is taken.
private struct UpdateList: View {
  let newer: Newer
  let model: GigScreenModel

  var body: some View {
    List {
      if newer.isDeleted {
        Text("gig.deleted_meanwhile")
      } else {
        ForEach(newer.steps) { StepLine(step: $0) }
        Button("gig.take_update") { Task { await model.takeTapped() } }
      }
      Button("gig.keep", role: .cancel) { model.keepTapped() }
    }
    .navigationTitle("gig.newer_title")
  }
}
