// A double of the part of SwiftUI that the app uses, for Linux: names and types as Apple documents them, bodies of our
// own. Everything a view holds is kept, so that a test can draw it as a tree (see Drawing.swift).
@_exported import Foundation
@_exported import Observation

@MainActor @preconcurrency public protocol View {
  associatedtype Body: View
  @ViewBuilder @MainActor @preconcurrency var body: Body { get }
}

extension Never: View {
  public typealias Body = Never
  public var body: Never { fatalError("a primitive has no body") }
}

/// A view that the drawing knows by itself.
@MainActor protocol Primitive: View where Body == Never {
  func draw(_ d: Drawing) -> [Node]
}
extension Primitive {
  public var body: Never { fatalError("a primitive has no body") }
}

public struct EmptyView { public init() {} }
extension EmptyView: Primitive { func draw(_ d: Drawing) -> [Node] { [] } }

public struct AnyView {
  let inside: any View
  public init<V: View>(_ view: V) { inside = view }
  public init<V: View>(erasing view: V) { inside = view }
}
extension AnyView: Primitive { func draw(_ d: Drawing) -> [Node] { d.open(inside) } }

public struct TupleView<T> {
  public var value: T
  let parts: [any View]
}
extension TupleView: Primitive {
  func draw(_ d: Drawing) -> [Node] { parts.enumerated().flatMap { n, part in d.at("\(n)") { d.open(part) } } }
}

public enum _ConditionalContent<TrueContent, FalseContent> {
  case first(TrueContent)
  case second(FalseContent)
}
extension _ConditionalContent: View, Primitive where TrueContent: View, FalseContent: View {
  func draw(_ d: Drawing) -> [Node] {
    switch self {
    case .first(let view): d.at("if") { d.draw(view) }
    case .second(let view): d.at("else") { d.draw(view) }
    }
  }
}
extension Optional: View, Primitive where Wrapped: View {
  public typealias Body = Never
  func draw(_ d: Drawing) -> [Node] { self.map { view in d.at("some") { d.draw(view) } } ?? [] }
}

@resultBuilder public struct ViewBuilder {
  public static func buildExpression<C: View>(_ content: C) -> C { content }
  public static func buildBlock() -> EmptyView { EmptyView() }
  public static func buildBlock<C: View>(_ content: C) -> C { content }
  public static func buildBlock<each C: View>(_ content: repeat each C) -> TupleView<(repeat each C)> {
    var parts: [any View] = []
    repeat parts.append(each content)
    return TupleView(value: (repeat each content), parts: parts)
  }
  public static func buildIf<C: View>(_ content: C?) -> C? { content }
  public static func buildEither<T: View, F: View>(first: T) -> _ConditionalContent<T, F> { .first(first) }
  public static func buildEither<T: View, F: View>(second: F) -> _ConditionalContent<T, F> { .second(second) }
  public static func buildLimitedAvailability<C: View>(_ content: C) -> AnyView { AnyView(content) }
}

@MainActor @preconcurrency public protocol ViewModifier {
  associatedtype Body: View
  typealias Content = _ViewModifier_Content<Self>
  @ViewBuilder func body(content: Content) -> Body
}
public struct _ViewModifier_Content<Modifier: ViewModifier> { let inside: any View }
extension _ViewModifier_Content: View, Primitive { func draw(_ d: Drawing) -> [Node] { d.open(inside) } }
public struct ModifiedContent<Content, Modifier> {
  let content: Content
  let modifier: Modifier
}
extension ModifiedContent: View, Primitive where Content: View, Modifier: ViewModifier {
  func draw(_ d: Drawing) -> [Node] {
    d.at("\(Modifier.self)") {
      d.link(modifier)
      return d.draw(modifier.body(content: _ViewModifier_Content<Modifier>(inside: content)))
    }
  }
}
extension View {
  nonisolated public func modifier<T>(_ modifier: T) -> ModifiedContent<Self, T> { .init(content: self, modifier: modifier) }
}

// MARK: app and scenes

@MainActor @preconcurrency public protocol Scene {
  associatedtype Body: Scene
  @SceneBuilder var body: Body { get }
}
extension Never: Scene {}
protocol PrimitiveScene: Scene where Body == Never { var root: any View { get } }
extension PrimitiveScene { public var body: Never { fatalError("a primitive has no body") } }
@resultBuilder public struct SceneBuilder {
  public static func buildExpression<C: Scene>(_ content: C) -> C { content }
  public static func buildBlock<C: Scene>(_ content: C) -> C { content }
}
public struct WindowGroup<Content: View> {
  let content: Content
  nonisolated public init(@ViewBuilder content: () -> Content) { self.content = content() }
}
extension WindowGroup: Scene, PrimitiveScene { var root: any View { content } }
public struct _ModifiedScene<S: Scene> { let inside: S }
extension _ModifiedScene: Scene { public var body: some Scene { inside } }
extension Scene {
  nonisolated public func commands<C: Commands>(@CommandsBuilder content: () -> C) -> some Scene { _ModifiedScene(inside: self) }
  nonisolated public func onChange<V: Equatable>(of value: V, initial: Bool = false, _ action: @escaping (V, V) -> Void) -> some Scene {
    _ModifiedScene(inside: self)
  }
  nonisolated public func onChange<V: Equatable>(of value: V, initial: Bool = false, _ action: @escaping () -> Void) -> some Scene {
    _ModifiedScene(inside: self)
  }
  nonisolated public func environment<T: AnyObject & Observable>(_ object: T?) -> some Scene { _ModifiedScene(inside: self) }
  nonisolated public func backgroundTask<D: Sendable, R: Sendable>(_ task: BackgroundTask<D, R>, action: @escaping @Sendable (D) async -> R) -> some Scene {
    _ModifiedScene(inside: self)
  }
}
public struct BackgroundTask<Request, Response> {}
extension BackgroundTask where Request == Void, Response == Void {
  public static func appRefresh(_ identifier: String) -> BackgroundTask<Void, Void> { .init() }
}
@MainActor @preconcurrency public protocol App {
  associatedtype Body: Scene
  @SceneBuilder var body: Body { get }
  init()
}
extension App { public static func main() { fatalError("an app does not run on Linux") } }
public protocol Commands {}
@resultBuilder public struct CommandsBuilder {
  public static func buildBlock<C: Commands>(_ content: C) -> C { content }
}
public struct CommandMenu<Content: View>: Commands {
  nonisolated public init(_ name: LocalizedStringKey, @ViewBuilder content: () -> Content) {}
}
@MainActor @preconcurrency public protocol PreviewProvider {
  associatedtype Previews: View
  @ViewBuilder static var previews: Previews { get }
}

// MARK: values

public enum ColorScheme: CaseIterable, Sendable { case light, dark }
public enum LayoutDirection: Hashable, CaseIterable, Sendable { case leftToRight, rightToLeft }
public enum ScenePhase: Comparable, Sendable { case background, inactive, active }
public enum Visibility: CaseIterable, Sendable { case automatic, visible, hidden }
public enum UserInterfaceSizeClass: Sendable { case compact, regular }
public enum DynamicTypeSize: CaseIterable, Comparable, Sendable {
  case xSmall, small, medium, large, xLarge, xxLarge, xxxLarge
  case accessibility1, accessibility2, accessibility3, accessibility4, accessibility5
  public var isAccessibilitySize: Bool { self >= .accessibility1 }
}
public enum EditMode: Equatable, Sendable { case inactive, transient, active; public var isEditing: Bool { self != .inactive } }
public enum HorizontalEdge: Int8, CaseIterable, Sendable { case leading, trailing }
public enum VerticalEdge: Int8, CaseIterable, Sendable { case top, bottom }
public enum Edge: Int8, CaseIterable, Sendable {
  case top, leading, bottom, trailing
  public struct Set: OptionSet, Sendable {
    public let rawValue: Int8
    public init(rawValue: Int8) { self.rawValue = rawValue }
    public static let top = Set(rawValue: 1), leading = Set(rawValue: 2), bottom = Set(rawValue: 4), trailing = Set(rawValue: 8)
    public static let all: Set = [.top, .leading, .bottom, .trailing], horizontal: Set = [.leading, .trailing], vertical: Set = [.top, .bottom]
  }
}
public enum Axis: Int8, CaseIterable, Sendable {
  case horizontal, vertical
  public struct Set: OptionSet, Sendable {
    public let rawValue: Int8
    public init(rawValue: Int8) { self.rawValue = rawValue }
    public static let horizontal = Set(rawValue: 1), vertical = Set(rawValue: 2)
  }
}
public struct HorizontalAlignment: Equatable, Sendable {
  let name: String; public static let leading = Self(name: "start"), center = Self(name: "center"), trailing = Self(name: "end")
}
public struct VerticalAlignment: Equatable, Sendable {
  let name: String;
  public static let top = Self(name: "start"), center = Self(name: "center"), bottom = Self(name: "end"), firstTextBaseline = Self(name: "baseline"),
    lastTextBaseline = Self(name: "baseline")
}
public struct Alignment: Equatable, Sendable {
  let name: String;
  public static let center = Self(name: "center"), leading = Self(name: "leading"), trailing = Self(name: "trailing"), top = Self(name: "top"),
    bottom = Self(name: "bottom"), topLeading = Self(name: "topLeading"), topTrailing = Self(name: "topTrailing"), bottomLeading = Self(name: "bottomLeading"),
    bottomTrailing = Self(name: "bottomTrailing")
}
public enum TextAlignment: Hashable, CaseIterable, Sendable { case leading, center, trailing }
public struct EdgeInsets: Equatable, Sendable { public init(top: CGFloat, leading: CGFloat, bottom: CGFloat, trailing: CGFloat) {}; public init() {} }
public struct ButtonRole: Equatable, Sendable { let name: String; public static let destructive = Self(name: "destructive"), cancel = Self(name: "cancel") }
public struct Font: Hashable, Sendable {
  let name: String
  public static let largeTitle = Font(name: "largeTitle"), title = Font(name: "title"), title2 = Font(name: "title2"), title3 = Font(name: "title3"),
    headline = Font(name: "headline"), subheadline = Font(name: "subheadline"), body = Font(name: "body"), callout = Font(name: "callout"),
    footnote = Font(name: "footnote"), caption = Font(name: "caption"), caption2 = Font(name: "caption2")
  public enum TextStyle: CaseIterable, Sendable { case largeTitle, title, title2, title3, headline, subheadline, body, callout, footnote, caption, caption2 }
  public enum Design: Sendable { case `default`, serif, rounded, monospaced }
  public struct Weight: Hashable, Sendable {
    let name: String;
    public static let light = Weight(name: "300"), regular = Weight(name: "400"), medium = Weight(name: "500"), semibold = Weight(name: "600"),
      bold = Weight(name: "700"), heavy = Weight(name: "800")
  }
  public static func system(_ style: TextStyle, design: Design? = nil, weight: Weight? = nil) -> Font { Font(name: "\(style)") }
  public static func system(size: CGFloat, weight: Weight? = nil, design: Design? = nil) -> Font { Font(name: "at\(Int(size))") }
  public func weight(_ weight: Weight) -> Font { self }
  public func bold() -> Font { self }
  public func monospacedDigit() -> Font { self }
}

// MARK: colours and shapes

public protocol ShapeStyle: Sendable { var css: String { get } }
public struct Color: ShapeStyle, Hashable {
  public let css: String
  public init(_ name: String, bundle: Bundle? = nil) { css = "var(--\(name))" }
  public init(red: Double, green: Double, blue: Double, opacity: Double = 1) { css = "rgba(\(red * 255),\(green * 255),\(blue * 255),\(opacity))" }
  init(css: String) { self.css = css }
  public static let red = Color(css: "#ff3b30"), orange = Color(css: "#ff9500"), yellow = Color(css: "#ffcc00"), green = Color(css: "#34c759"),
    mint = Color(css: "#00c7be"), teal = Color(css: "#30b0c7"), blue = Color(css: "#007aff"), indigo = Color(css: "#5856d6"), purple = Color(css: "#af52de"),
    pink = Color(css: "#ff2d55"), brown = Color(css: "#a2845e"), gray = Color(css: "#8e8e93"), black = Color(css: "#000"), white = Color(css: "#fff"),
    clear = Color(css: "transparent"), primary = Color(css: "#000"), secondary = Color(css: "#8a8a8e"), accentColor = Color(css: "var(--accent)")
  public func opacity(_ opacity: Double) -> Color { self }
}
extension Color: View, Primitive { func draw(_ d: Drawing) -> [Node] { [Node("color", style: ["background": css])] } }
public struct HierarchicalShapeStyle: ShapeStyle { public let css: String }
public struct TintShapeStyle: ShapeStyle { public init() {}; public var css: String { "var(--accent)" } }
public struct Material: ShapeStyle { public var css: String { "#f2f2f7" } }
extension ShapeStyle where Self == HierarchicalShapeStyle {
  public static var primary: Self { .init(css: "#000") }
  public static var secondary: Self { .init(css: "#8a8a8e") }
  public static var tertiary: Self { .init(css: "#c5c5c7") }
  public static var quaternary: Self { .init(css: "#dcdcdd") }
}
extension ShapeStyle where Self == TintShapeStyle { public static var tint: Self { .init() } }
extension ShapeStyle where Self == Material { public static var regularMaterial: Self { .init() }; public static var bar: Self { .init() } }
extension ShapeStyle where Self == Color {
  public static var red: Color { Color.red }
  public static var orange: Color { Color.orange }
  public static var yellow: Color { Color.yellow }
  public static var green: Color { Color.green }
  public static var blue: Color { Color.blue }
  public static var purple: Color { Color.purple }
  public static var pink: Color { Color.pink }
  public static var gray: Color { Color.gray }
  public static var white: Color { Color.white }
  public static var black: Color { Color.black }
  public static var clear: Color { Color.clear }
}
public protocol Shape: View, Sendable {}
extension Shape {
  nonisolated public func fill<S: ShapeStyle>(_ content: S) -> some View { tagged(.style("background", content.css)) }
  nonisolated public func stroke<S: ShapeStyle>(_ content: S, lineWidth: CGFloat = 1) -> some View { tagged(.style("border-color", content.css)) }
}
public struct Circle: Shape, Primitive { nonisolated public init() {}; func draw(_ d: Drawing) -> [Node] { [Node("shape", style: ["border-radius": "50%"])] } }
public struct Capsule: Shape, Primitive { nonisolated public init() {}; func draw(_ d: Drawing) -> [Node] { [Node("shape")] } }
public struct Rectangle: Shape, Primitive { nonisolated public init() {}; func draw(_ d: Drawing) -> [Node] { [Node("shape")] } }
public struct RoundedRectangle: Shape, Primitive { nonisolated public init(cornerRadius: CGFloat) {}; func draw(_ d: Drawing) -> [Node] { [Node("shape")] } }
