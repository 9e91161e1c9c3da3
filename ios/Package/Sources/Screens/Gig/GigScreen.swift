import Design
import Models
import SwiftUI

/// Gig mode: read on stage, from two metres, in two seconds. Black, whatever theme is chosen.
public struct GigScreen: View {
  @State private var model: GigScreenModel
  private let preferences: Preferences
  @FocusState private var hasKeys: Bool

  /// It keeps the first model that it is given.
  public init(model: GigScreenModel, preferences: Preferences) {
    (_model, self.preferences) = (State(initialValue: model), preferences)
  }

  public var body: some View {
    VStack(spacing: Spacing.medium) {
      GigHead(model: model)
      ZStack {
        if let page = model.page { PageView(page: page, model: model) } else { EndPage(model: model) }
        Thirds(model: model)
      }
      .gesture(DragGesture(minimumDistance: 40).onEnded { drag in Task { await model.swiped(drag.translation.width) } })
      .onLongPressGesture { model.jumpTapped() }
      GigFoot(model: model)
    }
    .padding()
    .environment(\.gigScale, Double(preferences.gigText) / 100)
    .foregroundStyle(Color.stage(\.text))
    .tint(Color.stage(\.accent))
    .background(Color.stage(\.background))
    .statusBarHidden()
    .persistentSystemOverlays(.hidden)
    .defersSystemGestures(on: .all)
    .focusable()
    .focused($hasKeys)
    .onKeyPress(keys: [.rightArrow, .downArrow, .pageDown, .space, .return], phases: .down) { _ in
      turn(model.forwardTapped)
    }
    .onKeyPress(keys: [.leftArrow, .upArrow, .pageUp], phases: .down) { _ in turn(model.backTapped) }
    .sheet(item: $model.over) { GigSheet(over: $0, model: model) }
    .confirmationDialog("gig.leave_ask", isPresented: $model.asksToEnd, titleVisibility: .visible) {
      Button("gig.leave", role: .destructive) { Task { await model.endConfirmed() } }
      Button("gig.go_on", role: .cancel) {}
    } message: {
      Text("gig.leave_hint")
    }
    .onAppear { hasKeys = true }
    .task { await model.follow() }
  }

  private func turn(_ act: @escaping @MainActor () async -> Void) -> KeyPress.Result {
    Task { await act() }
    return .handled
  }
}

/// What is newer, and what could not be done.
private struct GigHead: View {
  let model: GigScreenModel

  var body: some View {
    if let failure = model.failure { FailureText(failure: failure) }
    if let newer = model.newer {
      Button {
        model.newerTapped()
      } label: {
        NewerPill(newer: newer)
      }
      .buttonStyle(.bordered)
    }
  }
}

private struct NewerPill: View {
  let newer: Newer

  var body: some View {
    HStack {
      Image(systemName: "arrow.triangle.2.circlepath").accessibilityHidden(true)
      if let by = newer.by { Text(verbatim: by) }
      if newer.hasItems { words("gig.updated_items", "\(newer.added)\(newer.removed)") }
      if newer.isReordered { Text("gig.updated_order") }
    }
    .gigFont(TypeScale.gigNext)
  }
}

/// Where one is, what is left of the set, and the time of day.
private struct GigFoot: View {
  let model: GigScreenModel

  var body: some View {
    HStack {
      Button {
        model.jumpTapped()
      } label: {
        words("gig.position", "\(model.position)\(model.total)")
      }
      .accessibilityLabel(words("gig.position_said", "\(model.position)\(model.total)"))
      .accessibilityHint("gig.jump")
      Spacer()
      words("gig.time_left", "\(model.left)")
      if model.isMoreLeft { Text(verbatim: "+") }
      Spacer()
      Text(model.clock, format: .dateTime.hour().minute()).monospacedDigit()
      Button("gig.leave", systemImage: "xmark") { model.endTapped() }.labelStyle(.iconOnly)
    }
    .gigFont(TypeScale.gigNext)
    .frame(minHeight: Sizes.touchGig)
  }
}

/// The outer thirds turn the page; what lies between them is the page's own.
private struct Thirds: View {
  let model: GigScreenModel

  var body: some View {
    HStack(spacing: 0) {
      Button {
        Task { await model.backTapped() }
      } label: {
        Color.clear
      }.accessibilityLabel("gig.previous")
      Color.clear.allowsHitTesting(false)
      Button {
        Task { await model.forwardTapped() }
      } label: {
        Color.clear
      }.accessibilityLabel("gig.forward")
    }
    .buttonStyle(.plain)
  }
}
