// Stacks of pages, split views, tabs.

public struct NavigationPath: Equatable {
  var items: [AnyHashable] = []
  public init() {}
  public var count: Int { items.count }
  public var isEmpty: Bool { items.isEmpty }
  public mutating func append<V: Hashable>(_ value: V) { items.append(AnyHashable(value)) }
  public mutating func removeLast(_ k: Int = 1) { items.removeLast(k) }
}
public struct NavigationStack<Data, Root: View>: Primitive {
  let root: Root
  let path: Binding<[AnyHashable]>?
  func draw(_ d: Drawing) -> [Node] { d.navigation(root: root, path: path) }
}
extension NavigationStack where Data == NavigationPath {
  nonisolated public init(@ViewBuilder root: () -> Root) { (self.root, path) = (root(), nil) }
  nonisolated public init(path: Binding<NavigationPath>, @ViewBuilder root: () -> Root) {
    (self.root, self.path) = (root(), Binding(read: { path.wrappedValue.items }, write: { path.wrappedValue.items = $0 }))
  }
}
extension NavigationStack where Data: MutableCollection & RandomAccessCollection & RangeReplaceableCollection, Data.Element: Hashable {
  nonisolated public init(path: Binding<Data>, @ViewBuilder root: () -> Root) {
    (self.root, self.path) = (
      root(), Binding(read: { path.wrappedValue.map(AnyHashable.init) }, write: { path.wrappedValue = Data($0.compactMap { $0.base as? Data.Element }) })
    )
  }
}
public struct NavigationSplitViewVisibility: Equatable, Sendable {
  public static let automatic = Self(), all = Self(), doubleColumn = Self(), detailOnly = Self()
}
public struct NavigationSplitView<Sidebar: View, Content: View, Detail: View>: Primitive {
  let sidebar: Sidebar, content: Content, detail: Detail
  func draw(_ d: Drawing) -> [Node] {
    [
      Node(
        "split",
        children: d.at("sidebar") { d.navigation(root: sidebar, path: nil) }
          + (Content.self == EmptyView.self ? [] : d.at("content") { d.navigation(root: content, path: nil) })
          + d.at("detail") { d.navigation(root: detail, path: nil) })
    ]
  }
}
extension NavigationSplitView {
  nonisolated public init(@ViewBuilder sidebar: () -> Sidebar, @ViewBuilder content: () -> Content, @ViewBuilder detail: () -> Detail) {
    (self.sidebar, self.content, self.detail) = (sidebar(), content(), detail())
  }
}
extension NavigationSplitView where Content == EmptyView {
  nonisolated public init(@ViewBuilder sidebar: () -> Sidebar, @ViewBuilder detail: () -> Detail) {
    (self.sidebar, content, self.detail) = (sidebar(), EmptyView(), detail())
  }
  nonisolated public init(columnVisibility: Binding<NavigationSplitViewVisibility>, @ViewBuilder sidebar: () -> Sidebar, @ViewBuilder detail: () -> Detail) {
    (self.sidebar, content, self.detail) = (sidebar(), EmptyView(), detail())
  }
}
public struct NavigationLink<Label: View, Destination: View>: Primitive {
  let label: Label, value: AnyHashable?, destination: (() -> Destination)?
  func draw(_ d: Drawing) -> [Node] {
    let node = Node("button", detail: "link", children: d.at("label") { d.draw(label) })
    let (frame, value, destination, key) = (d.frame, value, destination, d.key)
    node.act = { frame?.push(value ?? AnyHashable(Pushed(key: key, view: { destination!() }))) }
    node.enabled = frame != nil && (value != nil || destination != nil)
    return [node]
  }
}
extension NavigationLink where Destination == Never {
  nonisolated public init<P: Hashable>(value: P?, @ViewBuilder label: () -> Label) {
    (self.value, self.label, destination) = (value.map(AnyHashable.init), label(), nil)
  }
}
extension NavigationLink where Destination == Never, Label == Text {
  nonisolated public init<P: Hashable>(_ titleKey: LocalizedStringKey, value: P?) { self.init(value: value) { Text(titleKey) } }
  @_disfavoredOverload nonisolated public init<S: StringProtocol, P: Hashable>(_ title: S, value: P?) { self.init(value: value) { Text(title) } }
}
extension NavigationLink {
  nonisolated public init(@ViewBuilder destination: @escaping () -> Destination, @ViewBuilder label: () -> Label) {
    (self.destination, self.label, value) = (destination, label(), nil)
  }
}
extension NavigationLink where Label == Text {
  nonisolated public init(_ titleKey: LocalizedStringKey, @ViewBuilder destination: @escaping () -> Destination) {
    self.init(destination: destination) { Text(titleKey) }
  }
}
public protocol TabContent<TabValue> { associatedtype TabValue: Hashable; @MainActor var _tabs: [_Tab] { get } }
public struct _Tab { let value: AnyHashable?, label: any View, content: any View, badge: String }
public struct Tab<Value: Hashable, Content: View, Label: View>: TabContent {
  public typealias TabValue = Value
  let value: Value?, content: Content, label: Label
  public var _tabs: [_Tab] { [_Tab(value: value.map(AnyHashable.init), label: label, content: content, badge: "")] }
}
extension Tab where Label == SwiftUI.Label<Text, Image> {
  nonisolated public init(_ titleKey: LocalizedStringKey, systemImage: String, value: Value, @ViewBuilder content: () -> Content) {
    (self.value, self.content, label) = (value, content(), SwiftUI.Label(titleKey, systemImage: systemImage))
  }
}
extension Tab where Value == Never, Label == SwiftUI.Label<Text, Image> {
  nonisolated public init(_ titleKey: LocalizedStringKey, systemImage: String, @ViewBuilder content: () -> Content) {
    (value, self.content, label) = (nil, content(), SwiftUI.Label(titleKey, systemImage: systemImage))
  }
}
public struct _BadgedTab<Base: TabContent>: TabContent {
  public typealias TabValue = Base.TabValue
  let base: Base, text: String
  public var _tabs: [_Tab] { base._tabs.map { _Tab(value: $0.value, label: $0.label, content: $0.content, badge: text) } }
}
extension TabContent {
  nonisolated public func badge(_ count: Int) -> some TabContent<TabValue> { _BadgedTab(base: self, text: count == 0 ? "" : "\(count)") }
}
public struct _Tabs<Value: Hashable>: TabContent {
  public typealias TabValue = Value; let parts: [any TabContent<Value>]; public var _tabs: [_Tab] { parts.flatMap(\._tabs) }
}
@resultBuilder public struct TabContentBuilder<TabValue: Hashable> {
  public static func buildExpression<C: TabContent<TabValue>>(_ content: C) -> C { content }
  public static func buildBlock<C: TabContent<TabValue>>(_ content: C) -> C { content }
  public static func buildBlock<C0: TabContent, C1: TabContent>(_ c0: C0, _ c1: C1) -> _Tabs<TabValue> where C0.TabValue == TabValue, C1.TabValue == TabValue {
    _Tabs(parts: [c0, c1])
  }
  public static func buildBlock<C0: TabContent, C1: TabContent, C2: TabContent>(_ c0: C0, _ c1: C1, _ c2: C2) -> _Tabs<TabValue>
  where C0.TabValue == TabValue, C1.TabValue == TabValue, C2.TabValue == TabValue { _Tabs(parts: [c0, c1, c2]) }
  public static func buildBlock<C0: TabContent, C1: TabContent, C2: TabContent, C3: TabContent>(_ c0: C0, _ c1: C1, _ c2: C2, _ c3: C3) -> _Tabs<TabValue>
  where C0.TabValue == TabValue, C1.TabValue == TabValue, C2.TabValue == TabValue, C3.TabValue == TabValue { _Tabs(parts: [c0, c1, c2, c3]) }
  public static func buildBlock<C0: TabContent, C1: TabContent, C2: TabContent, C3: TabContent, C4: TabContent>(
    _ c0: C0, _ c1: C1, _ c2: C2, _ c3: C3, _ c4: C4
  ) -> _Tabs<TabValue> where C0.TabValue == TabValue, C1.TabValue == TabValue, C2.TabValue == TabValue, C3.TabValue == TabValue, C4.TabValue == TabValue {
    _Tabs(parts: [c0, c1, c2, c3, c4])
  }
  public static func buildBlock<C0: TabContent, C1: TabContent, C2: TabContent, C3: TabContent, C4: TabContent, C5: TabContent>(
    _ c0: C0, _ c1: C1, _ c2: C2, _ c3: C3, _ c4: C4, _ c5: C5
  ) -> _Tabs<TabValue>
  where C0.TabValue == TabValue, C1.TabValue == TabValue, C2.TabValue == TabValue, C3.TabValue == TabValue, C4.TabValue == TabValue, C5.TabValue == TabValue {
    _Tabs(parts: [c0, c1, c2, c3, c4, c5])
  }
}
public struct TabView<SelectionValue: Hashable, Content: View>: Primitive {
  let tabs: any TabContent, selection: Binding<SelectionValue>?
  func draw(_ d: Drawing) -> [Node] {
    d.tabs(
      tabs._tabs,
      selection.map { selection in
        Binding(read: { AnyHashable(selection.wrappedValue) }, write: { if let value = $0.base as? SelectionValue { selection.wrappedValue = value } })
      })
  }
}
public struct TabContentView: View { public var body: some View { EmptyView() } }
extension TabView where Content == TabContentView {
  nonisolated public init<C: TabContent<SelectionValue>>(selection: Binding<SelectionValue>, @TabContentBuilder<SelectionValue> content: () -> C) {
    (tabs, self.selection) = (content(), selection)
  }
}
extension TabView where SelectionValue == Never, Content == TabContentView {
  nonisolated public init<C: TabContent<Never>>(@TabContentBuilder<Never> content: () -> C) { (tabs, selection) = (content(), nil) }
}
