import Foundation

// What is drawn by hand. How much of it there is can be seen; where it is cannot.

public struct Path: Sendable {
  let rect: CGRect
  nonisolated public init(_ rect: CGRect) { self.rect = rect }
}
public struct GraphicsContext {
  public struct Shading: Sendable { public static func color(_ color: Color) -> Shading { Shading() } }
  final class Strokes { var count = 0 }
  let strokes: Strokes
  public func fill(_ path: Path, with shading: Shading) { strokes.count += 1 }
}
public struct Canvas: Primitive {
  let renderer: (inout GraphicsContext, CGSize) -> Void
  nonisolated public init(renderer: @escaping (inout GraphicsContext, CGSize) -> Void) { self.renderer = renderer }
  func draw(_ d: Drawing) -> [Node] {
    var context = GraphicsContext(strokes: GraphicsContext.Strokes())
    renderer(&context, CGSize(width: 100, height: 100))
    return [Node("canvas", value: "\(context.strokes.count) filled")]
  }
}
