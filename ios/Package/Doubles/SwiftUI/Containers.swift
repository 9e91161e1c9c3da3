// What holds other views: stacks, sections, lists.

public struct Stack<Content: View>: Primitive {
  let kind: String, style: [String: String], content: Content
  func draw(_ d: Drawing) -> [Node] { [Node(kind, style: style, children: d.draw(content))] }
}
public struct VStack<Content: View>: View {
  let inside: Stack<Content>
  nonisolated public init(alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {
    inside = Stack(kind: "column", style: ["align-items": alignment.name, "gap": "\(spacing ?? 8)px"], content: content())
  }
  public var body: some View { inside }
}
public struct HStack<Content: View>: View {
  let inside: Stack<Content>
  nonisolated public init(alignment: VerticalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {
    inside = Stack(kind: "line", style: ["align-items": alignment.name, "gap": "\(spacing ?? 8)px"], content: content())
  }
  public var body: some View { inside }
}
public struct ZStack<Content: View>: View {
  let inside: Stack<Content>
  nonisolated public init(alignment: Alignment = .center, @ViewBuilder content: () -> Content) { inside = Stack(kind: "pile", style: [:], content: content()) }
  public var body: some View { inside }
}
public struct LazyVStack<Content: View>: View {
  let inside: Stack<Content>
  nonisolated public init(alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> Content) {
    inside = Stack(kind: "column", style: [:], content: content())
  }
  public var body: some View { inside }
}
public struct ScrollView<Content: View>: View {
  let inside: Stack<Content>
  nonisolated public init(_ axes: Axis.Set = .vertical, @ViewBuilder content: () -> Content) { inside = Stack(kind: "column", style: [:], content: content()) }
  public var body: some View { inside }
}
public struct ScrollViewProxy { public func scrollTo<ID: Hashable>(_ id: ID, anchor: UnitPoint? = nil) {} }
public struct UnitPoint: Hashable, Sendable { public static let top = UnitPoint(), center = UnitPoint(), bottom = UnitPoint() }
public struct ScrollViewReader<Content: View>: View {
  let content: (ScrollViewProxy) -> Content
  nonisolated public init(@ViewBuilder content: @escaping (ScrollViewProxy) -> Content) { self.content = content }
  public var body: some View { content(ScrollViewProxy()) }
}
public struct Group<Content> { let content: Content }
extension Group: View, Primitive where Content: View {
  nonisolated public init(@ViewBuilder content: () -> Content) { self.content = content() }
  func draw(_ d: Drawing) -> [Node] { d.draw(content) }
}
public struct Form<Content: View>: Primitive {
  let content: Content
  nonisolated public init(@ViewBuilder content: () -> Content) { self.content = content() }
  func draw(_ d: Drawing) -> [Node] { [Node("list", detail: "form", children: d.draw(content))] }
}
public struct Section<Parent, Content, Footer> { let header: Parent, content: Content, footer: Footer }
extension Section: View, Primitive where Parent: View, Content: View, Footer: View {
  nonisolated public init(@ViewBuilder content: () -> Content, @ViewBuilder header: () -> Parent, @ViewBuilder footer: () -> Footer) {
    (self.header, self.content, self.footer) = (header(), content(), footer())
  }
  func draw(_ d: Drawing) -> [Node] {
    [
      Node(
        "section",
        children: [Node("header", children: d.at("header") { d.draw(header) })] + d.at("content") { d.draw(content) } + [
          Node("footer", children: d.at("footer") { d.draw(footer) })
        ])
    ]
  }
}
extension Section where Parent == EmptyView, Content: View, Footer == EmptyView {
  nonisolated public init(@ViewBuilder content: () -> Content) { self.init(content: content, header: { EmptyView() }, footer: { EmptyView() }) }
}
extension Section where Parent: View, Content: View, Footer == EmptyView {
  nonisolated public init(@ViewBuilder content: () -> Content, @ViewBuilder header: () -> Parent) {
    self.init(content: content, header: header, footer: { EmptyView() })
  }
}
extension Section where Parent == EmptyView, Content: View, Footer: View {
  nonisolated public init(@ViewBuilder content: () -> Content, @ViewBuilder footer: () -> Footer) {
    self.init(content: content, header: { EmptyView() }, footer: footer)
  }
}
extension Section where Parent == Text, Content: View, Footer == EmptyView {
  nonisolated public init(_ titleKey: LocalizedStringKey, @ViewBuilder content: () -> Content) {
    self.init(content: content, header: { Text(titleKey) }, footer: { EmptyView() })
  }
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(_ title: S, @ViewBuilder content: () -> Content) {
    self.init(content: content, header: { Text(title) }, footer: { EmptyView() })
  }
}
public struct GroupBox<Label: View, Content: View>: Primitive {
  let label: Label, content: Content
  nonisolated public init(@ViewBuilder content: () -> Content, @ViewBuilder label: () -> Label) { (self.label, self.content) = (label(), content()) }
  func draw(_ d: Drawing) -> [Node] { [Node("box", children: d.at("label") { d.draw(label) } + d.at("content") { d.draw(content) })] }
}
public struct DisclosureGroup<Label: View, Content: View>: Primitive {
  let open: Binding<Bool>?, label: Label, content: () -> Content
  nonisolated public init(isExpanded: Binding<Bool>, @ViewBuilder content: @escaping () -> Content, @ViewBuilder label: () -> Label) {
    (open, self.label, self.content) = (isExpanded, label(), content)
  }
  func draw(_ d: Drawing) -> [Node] {
    let open = open
    return [Node("button", detail: "disclosure", children: d.at("label") { d.draw(label) }, act: { open?.wrappedValue.toggle() })]
      + (open?.wrappedValue == true ? d.at("content") { d.draw(content()) } : [])
  }
}
extension DisclosureGroup where Label == Text {
  nonisolated public init(_ titleKey: LocalizedStringKey, isExpanded: Binding<Bool>, @ViewBuilder content: @escaping () -> Content) {
    self.init(isExpanded: isExpanded, content: content) { Text(titleKey) }
  }
}
public struct LabeledContent<Label, Content> { let label: Label, content: Content }
extension LabeledContent: View, Primitive where Label: View, Content: View {
  nonisolated public init(@ViewBuilder content: () -> Content, @ViewBuilder label: () -> Label) { (self.label, self.content) = (label(), content()) }
  func draw(_ d: Drawing) -> [Node] { [Node("pair", children: d.at("label") { d.draw(label) } + d.at("content") { d.draw(content) })] }
}
extension LabeledContent where Label == Text, Content: View {
  nonisolated public init(_ titleKey: LocalizedStringKey, @ViewBuilder content: () -> Content) { self.init(content: content) { Text(titleKey) } }
}
extension LabeledContent where Label == Text, Content == Text {
  nonisolated public init<S: StringProtocol>(_ titleKey: LocalizedStringKey, value: S) {
    self.init {
      Text(value)
    } label: {
      Text(titleKey)
    }
  }
  nonisolated public init<F: FormatStyle>(_ titleKey: LocalizedStringKey, value: F.FormatInput, format: F)
  where F.FormatInput: Equatable, F.FormatOutput == String {
    self.init {
      Text(value, format: format)
    } label: {
      Text(titleKey)
    }
  }
}
public struct ContentUnavailableView<Label: View, Description: View, Actions: View>: Primitive {
  let label: Label, description: Description, actions: Actions
  nonisolated public init(
    @ViewBuilder label: () -> Label, @ViewBuilder description: () -> Description = { EmptyView() }, @ViewBuilder actions: () -> Actions = { EmptyView() }
  ) { (self.label, self.description, self.actions) = (label(), description(), actions()) }
  func draw(_ d: Drawing) -> [Node] {
    [Node("nothing", children: d.at("label") { d.draw(label) } + d.at("text") { d.draw(description) } + d.at("actions") { d.draw(actions) })]
  }
}
extension ContentUnavailableView where Label == SwiftUI.Label<Text, Image>, Description == Text?, Actions == EmptyView {
  nonisolated public init(_ title: LocalizedStringKey, systemImage name: String, description: Text? = nil) {
    self.init {
      SwiftUI.Label(title, systemImage: name)
    } description: {
      description
    } actions: {
      EmptyView()
    }
  }
}
extension ContentUnavailableView where Label == SearchUnavailableContent.Label, Description == EmptyView, Actions == EmptyView {
  nonisolated public static var search: Self { .init { SearchUnavailableContent.Label(text: nil) } }
  nonisolated public static func search(text: String) -> Self { .init { SearchUnavailableContent.Label(text: text) } }
}
public enum SearchUnavailableContent {
  public struct Label: View { let text: String?; public var body: some View { Text(verbatim: text.map { "No Results for “\($0)”" } ?? "No Results") } }
}
public struct Spacer: Primitive { nonisolated public init(minLength: CGFloat? = nil) {}; func draw(_ d: Drawing) -> [Node] { [Node("spacer")] } }
public struct Divider: Primitive { nonisolated public init() {}; func draw(_ d: Drawing) -> [Node] { [Node("divider")] } }

// MARK: lists

public protocol DynamicViewContent: View { associatedtype Data: Collection; var data: Data { get } }
public struct ForEach<Data: RandomAccessCollection, ID: Hashable, Content> {
  public var data: Data
  public var content: (Data.Element) -> Content
  let id: (Data.Element) -> ID
}
extension ForEach: View, Primitive, DynamicViewContent where Content: View {
  func draw(_ d: Drawing) -> [Node] {
    var seen: Set<ID> = []
    return data.enumerated().flatMap { n, item -> [Node] in
      let id = id(item)
      if !seen.insert(id).inserted { d.host.problem("ForEach: the id \(id) occurs twice") }
      let nodes = d.at("\(id)") { d.draw(content(item)) }
      for node in nodes { node.place = n; node.tag = node.tag ?? AnyHashable(id) }
      return nodes
    }
  }
}
extension ForEach where Content: View {
  nonisolated public init(_ data: Data, id: KeyPath<Data.Element, ID>, @ViewBuilder content: @escaping (Data.Element) -> Content) {
    (self.data, self.content, self.id) = (data, content, { $0[keyPath: id] })
  }
}
extension ForEach where ID == Data.Element.ID, Content: View, Data.Element: Identifiable {
  nonisolated public init(_ data: Data, @ViewBuilder content: @escaping (Data.Element) -> Content) {
    (self.data, self.content, self.id) = (data, content, \.id)
  }
}
extension ForEach where Content: View {
  nonisolated public init<C>(_ data: Binding<C>, @ViewBuilder content: @escaping (Binding<C.Element>) -> Content)
  where
    Data == LazyMapSequence<C.Indices, (C.Index, ID)>, ID == C.Element.ID, C: MutableCollection & RandomAccessCollection, C.Element: Identifiable,
    C.Index: Hashable
  {
    let items = data.wrappedValue
    self.init(
      data: items.indices.lazy.map { ($0, items[$0].id) },
      content: { place in content(Binding(read: { data.wrappedValue[place.0] }, write: { data.wrappedValue[place.0] = $0 })) }, id: { $0.1 })
  }
}
public struct _Edited<Content: DynamicViewContent>: DynamicViewContent, Primitive {
  public var data: Content.Data { content.data }
  let content: Content
  var remove: ((IndexSet) -> Void)?
  var move: ((IndexSet, Int) -> Void)?
  func draw(_ d: Drawing) -> [Node] {
    let nodes = d.draw(content)
    for node in nodes {
      guard let place = node.place else { continue }
      if let remove { node.remove = { remove([place]) } }
      if let move { node.move = { move([place], $0) } }
    }
    return nodes
  }
}
extension DynamicViewContent {
  nonisolated public func onDelete(perform action: ((IndexSet) -> Void)?) -> some DynamicViewContent { _Edited(content: self, remove: action) }
  nonisolated public func onMove(perform action: ((IndexSet, Int) -> Void)?) -> some DynamicViewContent { _Edited(content: self, move: action) }
}
extension MutableCollection where Self: RangeReplaceableCollection, Index == Int {
  public mutating func move(fromOffsets source: IndexSet, toOffset destination: Int) {
    let moved = source.map { self[$0] }
    let before = source.filter { $0 < destination }.count
    for n in source.sorted(by: >) { remove(at: n) }
    insert(contentsOf: moved, at: destination - before)
  }
  public mutating func remove(atOffsets offsets: IndexSet) { for n in offsets.sorted(by: >) { remove(at: n) } }
}
public struct List<SelectionValue: Hashable, Content: View>: Primitive {
  let content: Content
  let choose: ((AnyHashable) -> Void)?
  let chosen: (AnyHashable) -> Bool
  nonisolated init(_ content: Content, choose: ((AnyHashable) -> Void)? = nil, chosen: @escaping (AnyHashable) -> Bool = { _ in false }) {
    (self.content, self.choose, self.chosen) = (content, choose, chosen)
  }
  nonisolated public init(selection: Binding<SelectionValue?>?, @ViewBuilder content: () -> Content) {
    self.init(
      content(), choose: selection.map { selection in { selection.wrappedValue = $0.base as? SelectionValue } },
      chosen: { $0 == selection?.wrappedValue.map(AnyHashable.init) })
  }
  nonisolated public init(selection: Binding<Set<SelectionValue>>?, @ViewBuilder content: () -> Content) {
    self.init(
      content(),
      choose: selection.map { selection in { if let value = $0.base as? SelectionValue { selection.wrappedValue.formSymmetricDifference([value]) } } },
      chosen: { ($0.base as? SelectionValue).map { selection?.wrappedValue.contains($0) == true } ?? false })
  }
  func draw(_ d: Drawing) -> [Node] {
    let rows = d.draw(content)
    if let choose {
      for row in rows.flatMap({ $0.kind == "section" ? $0.children : [$0] }) {
        guard let tag = row.tag else { continue }
        row.value = chosen(tag) ? "chosen" : row.value
        row.act = row.act ?? { choose(tag) }
      }
    }
    return [Node("list", children: rows)]
  }
}
extension List where SelectionValue == Never {
  nonisolated public init(@ViewBuilder content: () -> Content) { self.init(content()) }
  nonisolated public init<Data: RandomAccessCollection, Row: View>(_ data: Data, @ViewBuilder rowContent: @escaping (Data.Element) -> Row)
  where Content == ForEach<Data, Data.Element.ID, Row>, Data.Element: Identifiable { self.init(ForEach(data, content: rowContent)) }
  nonisolated public init<Data: RandomAccessCollection, ID: Hashable, Row: View>(
    _ data: Data, id: KeyPath<Data.Element, ID>, @ViewBuilder rowContent: @escaping (Data.Element) -> Row
  ) where Content == ForEach<Data, ID, Row> { self.init(ForEach(data, id: id, content: rowContent)) }
}
extension List {
  nonisolated public init<Data: RandomAccessCollection, Row: View>(
    _ data: Data, selection: Binding<SelectionValue?>?, @ViewBuilder rowContent: @escaping (Data.Element) -> Row
  ) where Content == ForEach<Data, Data.Element.ID, Row>, Data.Element: Identifiable { self.init(selection: selection) { ForEach(data, content: rowContent) } }
}
