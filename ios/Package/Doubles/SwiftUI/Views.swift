// Views. Each title comes twice, as at Apple's: a key of the catalog, and a string that is shown as it is.

public struct Text: Equatable, Sendable {
  public struct DateStyle: Sendable {
    let name: String; public static let time = Self(name: "time"), date = Self(name: "date"), relative = Self(name: "relative"), timer = Self(name: "timer")
  }
  let key: LocalizedStringKey?
  let plain: String
  var styles: [String: String] = [:]
  public init(verbatim content: String) { (key, plain) = (nil, content) }
  @_disfavoredOverload public init<S: StringProtocol>(_ content: S) { self.init(verbatim: String(content)) }
  public init(_ key: LocalizedStringKey, tableName: String? = nil, bundle: Bundle? = nil, comment: StaticString? = nil) { (self.key, plain) = (key, "") }
  public init(_ resource: LocalizedStringResource) { (key, plain) = (resource.key, "") }
  public init(_ date: Date, style: DateStyle) { self.init(verbatim: style.name == "relative" ? "recently" : date.formatted()) }
  public init<F: FormatStyle>(_ input: F.FormatInput, format: F) where F.FormatInput: Equatable, F.FormatOutput == String {
    self.init(verbatim: format.format(input))
  }
  var string: String { key?.resolved() ?? plain }
  func with(_ name: String, _ value: String) -> Text { var text = self; text.styles[name] = value; return text }
  public func bold() -> Text { with("font-weight", "700") }
  public func italic() -> Text { with("font-style", "italic") }
  public func monospacedDigit() -> Text { self }
  public func strikethrough(_ active: Bool = true) -> Text { with("text-decoration", active ? "line-through" : "none") }
  public func fontWeight(_ weight: Font.Weight?) -> Text { with("font-weight", weight?.name ?? "400") }
  public func font(_ font: Font?) -> Text { with("--font", font?.name ?? "body") }
  public func foregroundStyle<S: ShapeStyle>(_ style: S) -> Text { with("color", style.css) }
  public static func + (a: Text, b: Text) -> Text { Text(verbatim: a.string + b.string) }
}
extension Text: Primitive { func draw(_ d: Drawing) -> [Node] { [Node("text", d.host.read(self), style: styles)] } }

public struct Image: Equatable, Sendable {
  public enum Scale: Sendable { case small, medium, large }
  let name: String
  let spoken: String
  public init(systemName: String) { (name, spoken) = (systemName, "") }
  public init(_ name: String, bundle: Bundle? = nil) { (self.name, spoken) = (name, name) }
  public init(decorative name: String, bundle: Bundle? = nil) { (self.name, spoken) = (name, "") }
  public func resizable() -> Image { self }
}
extension Image: Primitive { func draw(_ d: Drawing) -> [Node] { [Node("image", spoken, detail: name)] } }

public struct Label<Title: View, Icon: View>: Primitive {
  let title: Title
  let icon: Icon
  nonisolated public init(@ViewBuilder title: () -> Title, @ViewBuilder icon: () -> Icon) { (self.title, self.icon) = (title(), icon()) }
  func draw(_ d: Drawing) -> [Node] { [Node("label", children: d.at("icon") { d.draw(icon) } + d.at("title") { d.draw(title) })] }
}
extension Label where Title == Text, Icon == Image {
  nonisolated public init(_ titleKey: LocalizedStringKey, systemImage name: String) {
    self.init {
      Text(titleKey)
    } icon: {
      Image(systemName: name)
    }
  }
  nonisolated public init(_ titleKey: LocalizedStringKey, image name: String) {
    self.init {
      Text(titleKey)
    } icon: {
      Image(name)
    }
  }
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(_ title: S, systemImage name: String) {
    self.init {
      Text(title)
    } icon: {
      Image(systemName: name)
    }
  }
}

// MARK: controls

public struct Button<Label: View>: Primitive {
  let role: ButtonRole?
  let action: @MainActor () -> Void
  let label: Label
  nonisolated public init(role: ButtonRole?, action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Label) {
    (self.role, self.action, self.label) = (role, action, label())
  }
  nonisolated public init(action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Label) { self.init(role: nil, action: action, label: label) }
  func draw(_ d: Drawing) -> [Node] {
    let node = Node("button", detail: role?.name ?? "", children: d.at("label") { d.draw(label) })
    let (action, done) = (action, d.close)
    node.act = {
      done?(); action()
    }
    return [node]
  }
}
extension Button where Label == Text {
  nonisolated public init(_ titleKey: LocalizedStringKey, role: ButtonRole? = nil, action: @escaping @MainActor () -> Void) {
    self.init(role: role, action: action) { Text(titleKey) }
  }
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(_ title: S, role: ButtonRole? = nil, action: @escaping @MainActor () -> Void) {
    self.init(role: role, action: action) { Text(title) }
  }
}
extension Button where Label == SwiftUI.Label<Text, Image> {
  nonisolated public init(_ titleKey: LocalizedStringKey, systemImage: String, role: ButtonRole? = nil, action: @escaping @MainActor () -> Void) {
    self.init(role: role, action: action) { SwiftUI.Label(titleKey, systemImage: systemImage) }
  }
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(
    _ title: S, systemImage: String, role: ButtonRole? = nil, action: @escaping @MainActor () -> Void
  ) { self.init(role: role, action: action) { SwiftUI.Label(title, systemImage: systemImage) } }
}
public struct EditButton: Primitive {
  nonisolated public init() {}
  func draw(_ d: Drawing) -> [Node] {
    let mode = d.page?.editMode
    let node = Node("button", mode?.wrappedValue.isEditing == true ? "Done" : "Edit")
    node.act = { if let mode { mode.wrappedValue = mode.wrappedValue.isEditing ? .inactive : .active } }
    return [node]
  }
}
public struct Link<Label: View>: Primitive {
  let label: Label, url: URL
  nonisolated public init(destination: URL, @ViewBuilder label: () -> Label) { (url, self.label) = (destination, label()) }
  func draw(_ d: Drawing) -> [Node] {
    let (open, url) = (d.environment.openURL, url)
    return [Node("button", detail: "link", children: d.draw(label), act: { open(url) })]
  }
}
extension Link where Label == Text {
  nonisolated public init(_ titleKey: LocalizedStringKey, destination: URL) { self.init(destination: destination) { Text(titleKey) } }
}
public struct Toggle<Label: View>: Primitive {
  let isOn: Binding<Bool>, label: Label
  nonisolated public init(isOn: Binding<Bool>, @ViewBuilder label: () -> Label) { (self.isOn, self.label) = (isOn, label()) }
  func draw(_ d: Drawing) -> [Node] {
    let isOn = isOn
    return [Node("toggle", value: isOn.wrappedValue ? "on" : "off", children: d.draw(label), act: { isOn.wrappedValue.toggle() })]
  }
}
extension Toggle where Label == Text {
  nonisolated public init(_ titleKey: LocalizedStringKey, isOn: Binding<Bool>) { self.init(isOn: isOn) { Text(titleKey) } }
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(_ title: S, isOn: Binding<Bool>) { self.init(isOn: isOn) { Text(title) } }
}
extension Toggle where Label == SwiftUI.Label<Text, Image> {
  nonisolated public init(_ titleKey: LocalizedStringKey, systemImage: String, isOn: Binding<Bool>) {
    self.init(isOn: isOn) { SwiftUI.Label(titleKey, systemImage: systemImage) }
  }
}
public struct Picker<Label: View, SelectionValue: Hashable, Content: View>: Primitive {
  let selection: Binding<SelectionValue>, content: Content, label: Label
  nonisolated public init(selection: Binding<SelectionValue>, @ViewBuilder content: () -> Content, @ViewBuilder label: () -> Label) {
    (self.selection, self.content, self.label) = (selection, content(), label())
  }
  func draw(_ d: Drawing) -> [Node] {
    let selection = selection
    let options = d.at("options") { d.draw(content) }
    for option in options {
      guard let tag = option.tag else { continue }
      option.kind = "option"
      option.value = tag == AnyHashable(selection.wrappedValue) ? "chosen" : ""
      option.act = {
        if let value = tag.base as? SelectionValue {
          selection.wrappedValue = value
        } else {
          d.host.problem("a tag of \(type(of: tag.base)) in a picker of \(SelectionValue.self)")
        }
      }
    }
    if !options.contains(where: { $0.value == "chosen" }) { d.host.problem("the picker has no option for \(selection.wrappedValue)") }
    return [Node("picker", children: d.at("label") { d.draw(label) } + options)]
  }
}
extension Picker where Label == Text {
  nonisolated public init(_ titleKey: LocalizedStringKey, selection: Binding<SelectionValue>, @ViewBuilder content: () -> Content) {
    self.init(selection: selection, content: content) { Text(titleKey) }
  }
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(_ title: S, selection: Binding<SelectionValue>, @ViewBuilder content: () -> Content) {
    self.init(selection: selection, content: content) { Text(title) }
  }
}
public struct Stepper<Label: View>: Primitive {
  let label: Label, up: (() -> Void)?, down: (() -> Void)?
  nonisolated init(_ label: Label, _ up: (() -> Void)?, _ down: (() -> Void)?) { (self.label, self.up, self.down) = (label, up, down) }
  nonisolated public init<V: Strideable>(value: Binding<V>, in bounds: ClosedRange<V>, step: V.Stride = 1, @ViewBuilder label: () -> Label) {
    let more = value.wrappedValue.advanced(by: step), less = value.wrappedValue.advanced(by: -step)
    self.init(label(), more <= bounds.upperBound ? { value.wrappedValue = more } : nil, less >= bounds.lowerBound ? { value.wrappedValue = less } : nil)
  }
  nonisolated public init(@ViewBuilder label: () -> Label, onIncrement: (() -> Void)?, onDecrement: (() -> Void)?) {
    self.init(label(), onIncrement, onDecrement)
  }
  func draw(_ d: Drawing) -> [Node] {
    func half(_ name: String, _ act: (() -> Void)?) -> Node { let node = Node("button", name, act: act); node.enabled = act != nil; return node }
    return [Node("stepper", children: d.draw(label) + [half("Decrement", down), half("Increment", up)])]
  }
}
extension Stepper where Label == Text {
  nonisolated public init<V: Strideable>(_ titleKey: LocalizedStringKey, value: Binding<V>, in bounds: ClosedRange<V>, step: V.Stride = 1) {
    self.init(value: value, in: bounds, step: step) { Text(titleKey) }
  }
  @_disfavoredOverload nonisolated public init<S: StringProtocol, V: Strideable>(_ title: S, value: Binding<V>, in bounds: ClosedRange<V>, step: V.Stride = 1) {
    self.init(value: value, in: bounds, step: step) { Text(title) }
  }
}
public struct Slider<Label: View>: Primitive {
  let label: Label
  nonisolated public init<V: BinaryFloatingPoint>(value: Binding<V>, in bounds: ClosedRange<V> = 0...1, step: V.Stride = 1, @ViewBuilder label: () -> Label)
  where V.Stride: BinaryFloatingPoint { self.label = label() }
  func draw(_ d: Drawing) -> [Node] { [Node("slider", children: d.draw(label))] }
}
public struct DatePickerComponents: OptionSet, Sendable {
  public let rawValue: UInt
  public init(rawValue: UInt) { self.rawValue = rawValue }
  public static let hourAndMinute = Self(rawValue: 1), date = Self(rawValue: 2)
}
public struct DatePicker<Label: View>: Primitive {
  public typealias Components = DatePickerComponents
  let selection: Binding<Date>, label: Label, parts: Components
  nonisolated public init(selection: Binding<Date>, displayedComponents: Components = [.hourAndMinute, .date], @ViewBuilder label: () -> Label) {
    (self.selection, self.label, parts) = (selection, label(), displayedComponents)
  }
  func draw(_ d: Drawing) -> [Node] {
    let (selection, environment) = (selection, d.environment)
    var style = Date.FormatStyle(
      date: parts.contains(.date) ? .abbreviated : .omitted, time: parts.contains(.hourAndMinute) ? .shortened : .omitted, locale: environment.locale,
      calendar: environment.calendar, timeZone: environment.timeZone)
    style.timeZone = environment.timeZone
    let node = Node("date", value: selection.wrappedValue.formatted(style), children: d.draw(label))
    node.write = { if let date = try? Date($0, strategy: .iso8601) { selection.wrappedValue = date } }
    return [node]
  }
}
extension DatePicker where Label == Text {
  nonisolated public init(_ titleKey: LocalizedStringKey, selection: Binding<Date>, displayedComponents: Components = [.hourAndMinute, .date]) {
    self.init(selection: selection, displayedComponents: displayedComponents) { Text(titleKey) }
  }
  nonisolated public init(
    _ titleKey: LocalizedStringKey, selection: Binding<Date>, in range: PartialRangeFrom<Date>, displayedComponents: Components = [.hourAndMinute, .date]
  ) { self.init(selection: selection, displayedComponents: displayedComponents) { Text(titleKey) } }
}
public struct TextField<Label: View>: Primitive {
  let kind: String, label: Label, text: Binding<String>, prompt: Text?
  nonisolated init(_ kind: String, _ label: Label, _ text: Binding<String>, _ prompt: Text?) {
    (self.kind, self.label, self.text, self.prompt) = (kind, label, text, prompt)
  }
  nonisolated public init(text: Binding<String>, prompt: Text? = nil, axis: Axis, @ViewBuilder label: () -> Label) { self.init("field", label(), text, prompt) }
  nonisolated public init(text: Binding<String>, prompt: Text? = nil, @ViewBuilder label: () -> Label) { self.init("field", label(), text, prompt) }
  func draw(_ d: Drawing) -> [Node] {
    let (text, submit) = (text, d.submit)
    let node = Node(kind, detail: prompt.map(d.host.read) ?? "", value: text.wrappedValue, children: d.draw(label))
    node.write = { text.wrappedValue = $0 }
    node.submit = submit
    return [node]
  }
}
extension TextField where Label == Text {
  nonisolated public init(_ titleKey: LocalizedStringKey, text: Binding<String>) { self.init("field", Text(titleKey), text, nil) }
  nonisolated public init(_ titleKey: LocalizedStringKey, text: Binding<String>, prompt: Text?) { self.init("field", Text(titleKey), text, prompt) }
  nonisolated public init(_ titleKey: LocalizedStringKey, text: Binding<String>, axis: Axis) { self.init("field", Text(titleKey), text, nil) }
  nonisolated public init(_ titleKey: LocalizedStringKey, text: Binding<String>, prompt: Text?, axis: Axis) { self.init("field", Text(titleKey), text, prompt) }
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(_ title: S, text: Binding<String>) { self.init("field", Text(title), text, nil) }
  nonisolated public init<F: ParseableFormatStyle>(_ titleKey: LocalizedStringKey, value: Binding<F.FormatInput>, format: F, prompt: Text? = nil)
  where F.FormatOutput == String {
    self.init(
      "field", Text(titleKey),
      Binding(read: { format.format(value.wrappedValue) }, write: { if let new = try? format.parseStrategy.parse($0) { value.wrappedValue = new } }), prompt)
  }
  nonisolated public init<F: ParseableFormatStyle>(_ titleKey: LocalizedStringKey, value: Binding<F.FormatInput?>, format: F, prompt: Text? = nil)
  where F.FormatOutput == String {
    self.init(
      "field", Text(titleKey),
      Binding(read: { value.wrappedValue.map(format.format) ?? "" }, write: { value.wrappedValue = try? format.parseStrategy.parse($0) }), prompt)
  }
}
public struct SecureField<Label: View>: View {
  let inside: TextField<Label>
  public var body: some View { inside }
}
extension SecureField where Label == Text {
  nonisolated public init(_ titleKey: LocalizedStringKey, text: Binding<String>) { inside = TextField("secret", Text(titleKey), text, nil) }
  nonisolated public init(_ titleKey: LocalizedStringKey, text: Binding<String>, prompt: Text?) { inside = TextField("secret", Text(titleKey), text, prompt) }
}
public struct TextEditor: View {
  let text: Binding<String>
  nonisolated public init(text: Binding<String>) { self.text = text }
  public var body: some View { TextField("editor", Text(verbatim: ""), text, nil) }
}
public struct Menu<Label: View, Content: View>: Primitive {
  let content: Content, label: Label
  nonisolated public init(@ViewBuilder content: () -> Content, @ViewBuilder label: () -> Label) { (self.content, self.label) = (content(), label()) }
  func draw(_ d: Drawing) -> [Node] { [Node("menu", children: d.at("label") { d.draw(label) } + [Node("items", children: d.at("items") { d.draw(content) })])] }
}
extension Menu where Label == Text {
  nonisolated public init(_ titleKey: LocalizedStringKey, @ViewBuilder content: () -> Content) { self.init(content: content) { Text(titleKey) } }
}
extension Menu where Label == SwiftUI.Label<Text, Image> {
  nonisolated public init(_ titleKey: LocalizedStringKey, systemImage: String, @ViewBuilder content: () -> Content) {
    self.init(content: content) { SwiftUI.Label(titleKey, systemImage: systemImage) }
  }
}
public struct ShareLink<Label: View>: Primitive {
  let label: Label, item: String
  func draw(_ d: Drawing) -> [Node] { [Node("button", detail: "share \(item)", children: d.draw(label), act: {})] }
}
public protocol Transferable {}
extension String: Transferable {}
extension URL: Transferable {}
public struct SharePreview { public init(_ titleKey: LocalizedStringKey) {} }
extension ShareLink {
  nonisolated public init(item: String, subject: Text? = nil, message: Text? = nil, @ViewBuilder label: () -> Label) {
    (self.item, self.label) = (item, label())
  }
  nonisolated public init(item: URL, subject: Text? = nil, message: Text? = nil, @ViewBuilder label: () -> Label) {
    (self.item, self.label) = (item.absoluteString, label())
  }
}
extension ShareLink where Label == SwiftUI.Label<Text, Image> {
  nonisolated public init(_ titleKey: LocalizedStringKey, item: String, subject: Text? = nil, message: Text? = nil) {
    self.init(item: item) { SwiftUI.Label(titleKey, systemImage: "square.and.arrow.up") }
  }
  nonisolated public init(_ titleKey: LocalizedStringKey, item: URL, subject: Text? = nil, message: Text? = nil) {
    self.init(item: item) { SwiftUI.Label(titleKey, systemImage: "square.and.arrow.up") }
  }
  nonisolated public init(item: String, subject: Text? = nil, message: Text? = nil) {
    self.init(item: item) { SwiftUI.Label("Share…", systemImage: "square.and.arrow.up") }
  }
}
public struct ProgressView<Label: View, CurrentValueLabel: View>: Primitive {
  let label: Label
  func draw(_ d: Drawing) -> [Node] { [Node("progress", children: d.draw(label))] }
}
extension ProgressView where Label == EmptyView, CurrentValueLabel == EmptyView {
  nonisolated public init() { label = EmptyView() }
  nonisolated public init<V: BinaryFloatingPoint>(value: V?, total: V = 1.0) { label = EmptyView() }
}
extension ProgressView where Label == Text, CurrentValueLabel == EmptyView {
  nonisolated public init(_ titleKey: LocalizedStringKey) { label = Text(titleKey) }
}
