import Observation
import SwiftUI
import Testing

/// The double itself: what the tests of the screens stand on.
@MainActor @Suite(.timeLimit(.minutes(1)))
struct DoubleTests {
  @Observable final class Counter {
    var count = 0
    var seen: [String] = []
  }

  @Test func aSwipeOverSomethingEnds() throws {
    struct Screen: View {
      let model: Counter
      var body: some View {
        Text(verbatim: "card").gesture(
          DragGesture(minimumDistance: 5).onEnded { model.count = Int($0.translation.width) })
      }
    }
    let model = Counter()
    try Host(Screen(model: model)).swipe("card", by: CGSize(width: 40, height: 0))
    #expect(model.count == 40)
  }

  @Test func bodiesAreAskedOnlyForWhatIsAnother() throws {
    struct Row: View {
      let name: String
      let model: Counter
      var body: some View { Text(verbatim: "\(name) \(model.seen.count)") }
    }
    struct Acting: View {
      let act: () -> Void
      @State private var isOpen = false
      var body: some View { Button(isOpen ? "Less" : "More") { isOpen.toggle() } }
    }
    struct Screen: View {
      let model: Counter
      var body: some View {
        Text(verbatim: "\(model.count)")
        ForEach(0..<3, id: \.self) { Row(name: $0 == 1 ? "\(model.count)" : "same", model: model) }
        Acting {}
      }
    }
    let model = Counter()
    let host = Host(Screen(model: model))
    host.countBodies()
    #expect(host.bodies == [:])
    // One row has another value, and a closure is never the same.
    model.count = 1
    #expect(host.bodies == ["Screen": 1, "Row": 1, "Acting": 1])
    // All rows have read it.
    model.seen = ["x"]
    #expect(host.bodies["Row"] == 4 && host.bodies["Screen"] == 1)
    // Its own state.
    struct Alone: View { var body: some View { Acting {} } }
    let alone = Host(Alone())
    alone.countBodies()
    try alone.tap("More")
    #expect(alone.bodies["Acting"] == 1)
  }

  @Test func aPictureHasTheColourAndTheDirectionThatWereSet() {
    let link = NavigationStack { Button("More") {}.tint(Color.red).navigationTitle("Page") }
    let left = Host(link).html()
    #expect(left.contains("--accent:#ff3b30'") && !left.contains("direction:rtl'"))
    #expect(Host(link.environment(\.layoutDirection, .rightToLeft)).html().contains("direction:rtl'"))
  }

  @Test func whatIsDrawnByHandIsCounted() {
    let screen = Host(
      Canvas { context, size in
        context.fill(Path(CGRect(origin: .zero, size: size)), with: .color(.black))
        context.fill(Path(.zero), with: .color(.black))
      })
    #expect(screen.outline.contains("2 filled"))
  }

  @Test func aTapChangesStateAndAnObservedModelIsDrawnAgain() throws {
    struct Screen: View {
      let model: Counter
      @State private var isOpen = false
      var body: some View {
        VStack {
          Button("More") { isOpen = true }
          if isOpen { Text(verbatim: "count \(model.count)") }
        }
      }
    }
    let model = Counter()
    let screen = Host(Screen(model: model))
    #expect(!screen.has("count 0"))
    try screen.tap("More")
    #expect(screen.has("count 0"))
    model.count = 3
    #expect(screen.has("count 3"))
  }

  @Test func aTaskEndsWhenItsValueChangesAndWhenItsViewIsCovered() async throws {
    struct Screen: View {
      @Bindable var model: Counter
      var body: some View {
        NavigationStack {
          NavigationLink("Next", value: 1)
            .navigationDestination(for: Int.self) { _ in Text(verbatim: "page") }
            .task(id: model.count) { await wait("for \(model.count)") }
        }
      }
      private func wait(_ name: String) async {
        model.seen.append("begin \(name)")
        while !Task.isCancelled { await Task.yield() }
        model.seen.append("end \(name)")
      }
    }
    let model = Counter()
    let screen = Host(Screen(model: model))
    try await screen.wait("the first") { model.seen == ["begin for 0"] }
    model.count = 1
    try await screen.wait("the second") { model.seen.suffix(2).sorted() == ["begin for 1", "end for 0"] }
    try screen.tap("Next")
    try await screen.wait("its end") { model.seen.last == "end for 1" }
    #expect(screen.has("page"))
    try screen.tap("Back")
    try await screen.wait("a new one") { model.seen.last == "begin for 1" }
  }

  @Test func whatRunsWrongIsSaid() throws {
    struct Wrong: View {
      @State private var tempo = 5
      var body: some View {
        NavigationStack {
          List {
            NavigationLink("Go", value: 7)
            Picker("Key", selection: $tempo) { ForEach(["C", "D"], id: \.self) { Text(verbatim: $0) } }
            ForEach(["a", "a"], id: \.self) { Text(verbatim: $0) }
          }
        }
      }
    }
    let screen = Host(Wrong())
    try screen.tap("Go")
    #expect(
      screen.problems == [
        "the picker has no option for 5", "ForEach: the id a occurs twice", "no navigationDestination for Int",
      ])
  }

  @Test func rowsAreMovedAndDeletedAndASheetIsClosed() throws {
    struct Screen: View {
      @State private var names = ["a", "b", "c"]
      @State private var isShown = false
      var body: some View {
        List {
          ForEach(names, id: \.self) { Text(verbatim: $0) }
            .onMove { names.move(fromOffsets: $0, toOffset: $1) }
            .onDelete { names.remove(atOffsets: $0) }
          Button("Sheet") { isShown = true }
        }
        .sheet(isPresented: $isShown) { Closing() }
      }
    }
    struct Closing: View {
      @Environment(\.dismiss) private var dismiss
      var body: some View { Button("Close") { dismiss() } }
    }
    let screen = Host(Screen())
    try screen.move("c", to: 0)
    try screen.delete("b")
    #expect(screen.texts.hasPrefix("c a"))
    try screen.tap("Sheet")
    #expect(throws: ScreenError.self) { try screen.tap("Sheet") }
    try screen.tap("Close")
    #expect(screen.texts.hasPrefix("c a"))
  }

  @Test func textsComeFromTheCatalogWithTheirValues() {
    struct Screen: View {
      var body: some View {
        Text(LocalizedStringResource("added", defaultValue: "\("Friday")\(2)"))
        Text(LocalizedStringResource("added", defaultValue: "\("Friday")\(1)"))
        Text("plain")
        Text("unknown")
      }
    }
    let screen = Host(
      Screen(),
      catalog: [
        "added": Sentence(one: "%2$lld Lied zu %1$@", other: "%2$lld Lieder zu %1$@ (100 %%)"), "plain": "Hallo",
      ])
    #expect(screen.texts == "2 Lieder zu Friday (100 %) 1 Lied zu Friday Hallo unknown")
    #expect(screen.keys == ["added": ["@", "lld"], "plain": [], "unknown": []])
    #expect(Sentence.holes("%2$lld to %1$@") == ["@", "lld"])
  }

  @Test func whatIsDisabledCannotBeTapped() {
    let screen = Host(Button("Save") {}.disabled(true))
    #expect(throws: ScreenError.self) { try screen.tap("Save") }
    #expect((try? screen.isEnabled("Save")) == false)
  }
}
