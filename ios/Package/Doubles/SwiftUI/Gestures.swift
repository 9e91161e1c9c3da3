import Foundation

// A finger that is drawn over the screen.

public protocol Gesture {}
public struct DragGesture: Gesture {
  public struct Value: Equatable, Sendable { public var translation: CGSize }
  var ended: ((Value) -> Void)?
  nonisolated public init(minimumDistance: CGFloat = 10) {}
  nonisolated public func onEnded(_ action: @escaping (Value) -> Void) -> DragGesture { var new = self; new.ended = action; return new }
}
extension View {
  nonisolated public func gesture(_ gesture: DragGesture) -> some View { tagged(.each("gesture") { $0.drag = gesture.ended }) }
}
extension Host {
  /// Swipes over something.
  public func swipe(_ label: String, by way: CGSize) throws {
    let all = top.flatMap { $0.find { $0.drag != nil && $0.label == label } }
    guard all.count == 1 else { throw ScreenError(description: "\(all.count) to be swiped “\(label)”") }
    all[0].drag?(DragGesture.Value(translation: way))
    now()
  }
}
