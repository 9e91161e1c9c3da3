// Which views Apple's SwiftUI would ask for their body again. The double itself draws the whole tree.

/// Counts bodies, by the rules of SwiftUI: a view is asked again when one of its values is another than before, when its
/// state was changed, or when something changed that its body has read of a model. A closure counts as another each time.
/// What a view reads of its environment is not looked at.
@MainActor final class Redrawn {
  private var seen: [String: (view: Any, read: Flag)] = [:], next: [String: (view: Any, read: Flag)] = [:]
  /// State that was changed since the last pass.
  var states: Set<String> = []
  var counts: [String: Int] = [:]

  func pass(_ draw: () -> Void) {
    next = [:]
    draw()
    (seen, states) = (next, [])
  }
  func body<V: View>(of view: V, _ key: String) -> V.Body {
    let before = seen[key]
    let isSame = before.map { !$0.read.take() && same($0.view, view) } == true && !states.contains { $0.hasPrefix(key + ".") }
    if !isSame { counts["\(V.self)", default: 0] += 1 }
    let read = Flag()
    _ = read.take()
    next[key] = (view, read)
    return withObservationTracking {
      view.body
    } onChange: {
      read.raise()
    }
  }
}

private func same(_ old: Any, _ new: Any) -> Bool {
  if let old = old as? any Equatable { return equal(old, new) }
  if old is any DynamicProperty { return true }
  let (before, after) = (Mirror(reflecting: old), Mirror(reflecting: new))
  switch before.displayStyle {
  case nil: return false
  case .class: return ObjectIdentifier(old as AnyObject) == ObjectIdentifier(new as AnyObject)
  case .enum where before.children.isEmpty: return "\(old)" == "\(new)"
  default:
    return before.children.count == after.children.count
      && zip(before.children, after.children).allSatisfy { $0.label == $1.label && same($0.value, $1.value) }
  }
}
private func equal<Value: Equatable>(_ old: Value, _ new: Any) -> Bool { new as? Value == old }

extension Host {
  /// Counts from now on how often views of each type are asked for their body.
  public func countBodies() {
    redrawn = Redrawn()
    dirtyAgain()
    now()
    redrawn?.counts = [:]
  }
  /// How often each was asked since then.
  public var bodies: [String: Int] { now(); return redrawn?.counts ?? [:] }
}
