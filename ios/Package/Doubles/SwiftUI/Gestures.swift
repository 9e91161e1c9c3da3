import Foundation

// A finger that is drawn over the screen.

public struct KeyPress: Sendable {
  public let key: KeyEquivalent, phase: Phases
  public struct Phases: OptionSet, Sendable {
    public let rawValue: Int; public init(rawValue: Int) { self.rawValue = rawValue }
    public static let down = Self(rawValue: 1), `repeat` = Self(rawValue: 2), up = Self(rawValue: 4)
  }
  public enum Result: Sendable { case handled, ignored }
}
public protocol Gesture {}
public struct DragGesture: Gesture {
  public struct Value: Equatable, Sendable { public var translation: CGSize }
  var ended: ((Value) -> Void)?
  nonisolated public init(minimumDistance: CGFloat = 10) {}
  nonisolated public func onEnded(_ action: @escaping (Value) -> Void) -> DragGesture { var new = self; new.ended = action; return new }
}
extension View {
  nonisolated public func onLongPressGesture(minimumDuration: Double = 0.5, perform action: @escaping () -> Void) -> some View {
    tagged(.each("onLongPressGesture") { $0.hold = action })
  }
  nonisolated public func focusable(_ isFocusable: Bool = true) -> some View { tagged(.look("focusable")) }
  nonisolated public func onKeyPress(
    keys: Set<KeyEquivalent>, phases: KeyPress.Phases = [.down, .repeat], action: @escaping (KeyPress) -> KeyPress.Result
  ) -> some View {
    tagged(
      .each("onKeyPress") { node in
        let before = node.key
        node.key = { press in keys.contains(press.key) && phases.contains(press.phase) && action(press) == .handled || before?(press) == true }
      })
  }
  nonisolated public func gesture(_ gesture: DragGesture) -> some View { tagged(.each("gesture") { $0.drag = gesture.ended }) }
}
extension Host {
  /// Presses a key of a keyboard or pedal.
  public func press(_ key: KeyEquivalent, _ phase: KeyPress.Phases = .down) {
    for node in top.flatMap({ $0.find { $0.key != nil } }) where node.key?(KeyPress(key: key, phase: phase)) == true { break }
    now()
  }
  /// Swipes over something.
  public func swipe(_ label: String, by way: CGSize) throws {
    let all = top.flatMap { $0.find { $0.drag != nil && $0.label == label } }
    guard all.count == 1 else { throw ScreenError(description: "\(all.count) to be swiped “\(label)”") }
    all[0].drag?(DragGesture.Value(translation: way))
    now()
  }
}
extension Host {
  /// Chooses files where the system asks for some.
  public func choose(_ files: [URL]) throws {
    now()
    guard let picker else { throw ScreenError(description: "nobody asks for files") }
    self.picker = nil
    picker(files)
    now()
  }
  /// Touches an action of a row: behind a swipe, in its menu, or the screen reader's.
  public func tap(_ action: String, of row: String) throws {
    let rows = top.flatMap { $0.find { $0.label.hasPrefix(row) } }
    guard let act = rows.lazy.flatMap({ $0.swipe + $0.context }).first(where: { $0.label == action })?.act else {
      throw ScreenError(description: "no “\(action)” of “\(row)”")
    }
    act()
    now()
  }
}
