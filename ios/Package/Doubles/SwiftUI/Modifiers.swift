// Modifiers. One that only changes the look is kept by name; one that a test can use changes the nodes it is put on.
import UniformTypeIdentifiers

struct Tag {
  let name: String
  let apply: @MainActor (Drawing, @MainActor () -> [Node]) -> [Node]
  init(_ name: String, _ apply: @escaping @MainActor (Drawing, @MainActor () -> [Node]) -> [Node]) { (self.name, self.apply) = (name, apply) }
  /// Each node of the view is changed.
  static func each(_ name: String, _ change: @escaping (Node) -> Void) -> Tag {
    Tag(name) { _, inside in
      let nodes = inside(); nodes.forEach(change); return nodes
    }
  }
  static func look(_ name: String) -> Tag { each(name) { _ in } }
  static func style(_ name: String, _ value: String) -> Tag { each(name) { $0.style[name] = $0.style[name] ?? value } }
  static func environment(_ name: String, _ change: @escaping (inout EnvironmentValues) -> Void) -> Tag {
    Tag(name) { d, inside in
      let before = d.environment
      defer { d.environment = before }
      change(&d.environment)
      return inside()
    }
  }
}
public struct _Tagged<Content: View>: Primitive {
  let content: Content
  let tag: Tag
  func draw(_ d: Drawing) -> [Node] { d.at(tag.name) { tag.apply(d) { d.draw(content) } } }
}
extension View {
  nonisolated func tagged(_ tag: Tag) -> _Tagged<Self> { _Tagged(content: self, tag: tag) }
}

// MARK: look

extension View {
  nonisolated public func padding(_ edges: Edge.Set = .all, _ length: CGFloat? = nil) -> some View { tagged(.style("padding", "\(length ?? 8)px")) }
  nonisolated public func padding(_ length: CGFloat) -> some View { tagged(.style("padding", "\(length)px")) }
  nonisolated public func frame(width: CGFloat? = nil, height: CGFloat? = nil, alignment: Alignment = .center) -> some View { tagged(.look("frame")) }
  nonisolated public func frame(
    minWidth: CGFloat? = nil, idealWidth: CGFloat? = nil, maxWidth: CGFloat? = nil, minHeight: CGFloat? = nil, idealHeight: CGFloat? = nil,
    maxHeight: CGFloat? = nil, alignment: Alignment = .center
  ) -> some View { tagged(maxWidth == .infinity ? .style("flex", "1") : .look("frame")) }
  nonisolated public func font(_ font: Font?) -> some View { tagged(.style("--font", font?.name ?? "body")) }
  nonisolated public func fontWeight(_ weight: Font.Weight?) -> some View { tagged(.style("font-weight", weight?.name ?? "400")) }
  nonisolated public func bold(_ isActive: Bool = true) -> some View { tagged(isActive ? .style("font-weight", "700") : .look("bold")) }
  nonisolated public func italic(_ isActive: Bool = true) -> some View { tagged(.look("italic")) }
  nonisolated public func monospacedDigit() -> some View { tagged(.look("monospacedDigit")) }
  nonisolated public func strikethrough(_ isActive: Bool = true) -> some View { tagged(.look("strikethrough")) }
  nonisolated public func foregroundStyle<S: ShapeStyle>(_ style: S) -> some View { tagged(.style("color", style.css)) }
  nonisolated public func tint<S: ShapeStyle>(_ tint: S?) -> some View { tagged(tint.map { .style("--accent", $0.css) } ?? .look("tint")) }
  nonisolated public func tint(_ tint: Color?) -> some View { tagged(tint.map { .style("--accent", $0.css) } ?? .look("tint")) }
  nonisolated public func background<S: ShapeStyle>(_ style: S, ignoresSafeAreaEdges edges: Edge.Set = .all) -> some View {
    tagged(.style("background", style.css))
  }
  nonisolated public func background<S: ShapeStyle, T: Shape>(_ style: S, in shape: T) -> some View { tagged(.style("background", style.css)) }
  nonisolated public func background<V: View>(alignment: Alignment = .center, @ViewBuilder content: () -> V) -> some View { tagged(.look("background")) }
  nonisolated public func overlay<V: View>(alignment: Alignment = .center, @ViewBuilder content: () -> V) -> some View {
    let content = content()
    return tagged(Tag("overlay") { d, inside in inside() + d.at("overlay") { d.draw(content) } })
  }
  nonisolated public func clipShape<S: Shape>(_ shape: S) -> some View { tagged(.look("clipShape")) }
  nonisolated public func contentShape<S: Shape>(_ shape: S) -> some View { tagged(.look("contentShape")) }
  nonisolated public func opacity(_ opacity: Double) -> some View { tagged(.style("opacity", "\(opacity)")) }
  nonisolated public func lineLimit(_ number: Int?) -> some View {
    tagged(number.map { .style("-webkit-line-clamp", "\($0)") } ?? .look("lineLimit"))
  }
  nonisolated public func lineLimit(_ limit: ClosedRange<Int>) -> some View { tagged(.look("lineLimit")) }
  nonisolated public func lineLimit(_ limit: Int, reservesSpace: Bool) -> some View { tagged(.look("lineLimit")) }
  nonisolated public func multilineTextAlignment(_ alignment: TextAlignment) -> some View { tagged(.style("text-align", "\(alignment)")) }
  nonisolated public func minimumScaleFactor(_ factor: CGFloat) -> some View { tagged(.look("minimumScaleFactor")) }
  nonisolated public func fixedSize(horizontal: Bool, vertical: Bool) -> some View { tagged(.look("fixedSize")) }
  nonisolated public func fixedSize() -> some View { tagged(.look("fixedSize")) }
  nonisolated public func layoutPriority(_ value: Double) -> some View { tagged(.look("layoutPriority")) }
  nonisolated public func imageScale(_ scale: Image.Scale) -> some View { tagged(.look("imageScale")) }
  nonisolated public func symbolEffect(_ effect: SymbolEffect) -> some View { tagged(.look("symbolEffect")) }
  nonisolated public func redacted(reason: RedactionReasons) -> some View { tagged(.look("redacted")) }
  nonisolated public func dynamicTypeSize(_ size: DynamicTypeSize) -> some View { tagged(.environment("dynamicTypeSize") { $0.dynamicTypeSize = size }) }
  nonisolated public func dynamicTypeSize<T: RangeExpression>(_ range: T) -> some View where T.Bound == DynamicTypeSize { tagged(.look("dynamicTypeSize")) }
  nonisolated public func preferredColorScheme(_ scheme: ColorScheme?) -> some View {
    tagged(.environment("preferredColorScheme") { if let scheme { $0.colorScheme = scheme } })
  }
  nonisolated public func transition(_ t: AnyTransition) -> some View { tagged(.look("transition")) }
  nonisolated public func animation<V: Equatable>(_ animation: Animation?, value: V) -> some View { tagged(.look("animation")) }
  nonisolated public func safeAreaInset<V: View>(
    edge: VerticalEdge, alignment: HorizontalAlignment = .center, spacing: CGFloat? = nil, @ViewBuilder content: () -> V
  ) -> some View {
    let content = content()
    return tagged(
      Tag("safeAreaInset") { d, inside in
        let more = d.at("inset") { d.draw(content) }
        return edge == .top ? more + inside() : inside() + more
      })
  }
  nonisolated public func labelStyle<S: LabelStyle>(_ style: S) -> some View { tagged(.each("labelStyle") { $0.style["--label"] = style.name }) }
  nonisolated public func buttonStyle<S: PrimitiveButtonStyle>(_ style: S) -> some View { tagged(.each("buttonStyle") { $0.style["--button"] = style.name }) }
  nonisolated public func listStyle<S: ListStyle>(_ style: S) -> some View { tagged(.look("listStyle")) }
  nonisolated public func pickerStyle<S: PickerStyle>(_ style: S) -> some View { tagged(.each("pickerStyle") { $0.style["--picker"] = style.name }) }
  nonisolated public func textFieldStyle<S: TextFieldStyle>(_ style: S) -> some View { tagged(.look("textFieldStyle")) }
  nonisolated public func toggleStyle<S: ToggleStyle>(_ style: S) -> some View { tagged(.look("toggleStyle")) }
  nonisolated public func controlSize(_ size: ControlSize) -> some View { tagged(.look("controlSize")) }
  nonisolated public func listRowBackground<V: View>(_ view: V?) -> some View { tagged(.look("listRowBackground")) }
  nonisolated public func listRowInsets(_ insets: EdgeInsets?) -> some View { tagged(.look("listRowInsets")) }
  nonisolated public func listRowSeparator(_ visibility: Visibility, edges: Edge.Set = .all) -> some View { tagged(.look("listRowSeparator")) }
  nonisolated public func listSectionSpacing(_ spacing: CGFloat) -> some View { tagged(.look("listSectionSpacing")) }
  nonisolated public func scrollContentBackground(_ visibility: Visibility) -> some View { tagged(.look("scrollContentBackground")) }
  nonisolated public func scrollDismissesKeyboard(_ mode: ScrollDismissesKeyboardMode) -> some View { tagged(.look("scrollDismissesKeyboard")) }
  nonisolated public func labelsHidden() -> some View { tagged(.each("labelsHidden") { $0.style["--labels"] = "hidden" }) }
  nonisolated public func sensoryFeedback<T: Equatable>(_ feedback: SensoryFeedback, trigger: T) -> some View { tagged(.look("sensoryFeedback")) }
}
public struct SymbolEffect: Sendable { public static let pulse = SymbolEffect(), bounce = SymbolEffect() }
public struct RedactionReasons: OptionSet, Sendable {
  public let rawValue: Int; public init(rawValue: Int) { self.rawValue = rawValue }; public static let placeholder = Self(rawValue: 1)
}
public struct SensoryFeedback: Equatable, Sendable { public static let success = Self(), warning = Self(), error = Self(), selection = Self(), impact = Self() }
public struct ScrollDismissesKeyboardMode: Sendable { public static let automatic = Self(), immediately = Self(), interactively = Self(), never = Self() }
public enum ControlSize: CaseIterable, Sendable { case mini, small, regular, large, extraLarge }
public protocol _Named { var name: String { get } }
public protocol LabelStyle: _Named {}
public protocol PrimitiveButtonStyle: _Named {}
public protocol ListStyle {}
public protocol PickerStyle: _Named {}
public protocol TextFieldStyle {}
public protocol ToggleStyle {}
public struct _Style: LabelStyle, PrimitiveButtonStyle, PickerStyle { public let name: String }
public struct IconOnlyLabelStyle: LabelStyle { public var name: String { "icon" } }
public struct TitleOnlyLabelStyle: LabelStyle { public var name: String { "title" } }
public struct TitleAndIconLabelStyle: LabelStyle { public var name: String { "both" } }
extension LabelStyle where Self == IconOnlyLabelStyle { public static var iconOnly: Self { .init() } }
extension LabelStyle where Self == TitleOnlyLabelStyle { public static var titleOnly: Self { .init() } }
extension LabelStyle where Self == TitleAndIconLabelStyle { public static var titleAndIcon: Self { .init() } }
public struct PlainButtonStyle: PrimitiveButtonStyle { public var name: String { "plain" } }
public struct BorderedButtonStyle: PrimitiveButtonStyle { public var name: String { "bordered" } }
public struct BorderedProminentButtonStyle: PrimitiveButtonStyle { public var name: String { "prominent" } }
public struct BorderlessButtonStyle: PrimitiveButtonStyle { public var name: String { "borderless" } }
extension PrimitiveButtonStyle where Self == PlainButtonStyle { public static var plain: Self { .init() } }
extension PrimitiveButtonStyle where Self == BorderedButtonStyle { public static var bordered: Self { .init() } }
extension PrimitiveButtonStyle where Self == BorderedProminentButtonStyle { public static var borderedProminent: Self { .init() } }
extension PrimitiveButtonStyle where Self == BorderlessButtonStyle { public static var borderless: Self { .init() } }
public struct PlainListStyle: ListStyle {}
public struct InsetGroupedListStyle: ListStyle {}
public struct SidebarListStyle: ListStyle {}
extension ListStyle where Self == PlainListStyle { public static var plain: Self { .init() } }
extension ListStyle where Self == InsetGroupedListStyle { public static var insetGrouped: Self { .init() } }
extension ListStyle where Self == SidebarListStyle { public static var sidebar: Self { .init() } }
public struct MenuPickerStyle: PickerStyle { public var name: String { "menu" } }
public struct SegmentedPickerStyle: PickerStyle { public var name: String { "segmented" } }
public struct InlinePickerStyle: PickerStyle { public var name: String { "inline" } }
public struct NavigationLinkPickerStyle: PickerStyle { public var name: String { "link" } }
extension PickerStyle where Self == MenuPickerStyle { public static var menu: Self { .init() } }
extension PickerStyle where Self == SegmentedPickerStyle { public static var segmented: Self { .init() } }
extension PickerStyle where Self == InlinePickerStyle { public static var inline: Self { .init() } }
extension PickerStyle where Self == NavigationLinkPickerStyle { public static var navigationLink: Self { .init() } }
public struct RoundedBorderTextFieldStyle: TextFieldStyle {}
extension TextFieldStyle where Self == RoundedBorderTextFieldStyle { public static var roundedBorder: Self { .init() } }
public struct SwitchToggleStyle: ToggleStyle {}
extension ToggleStyle where Self == SwitchToggleStyle { public static var `switch`: Self { .init() } }

// MARK: behaviour

extension View {
  nonisolated public func disabled(_ disabled: Bool) -> some View {
    tagged(
      Tag("disabled") { d, inside in
        let before = d.environment.isEnabled
        d.environment.isEnabled = before && !disabled
        defer { d.environment.isEnabled = before }
        let nodes = inside()
        if disabled { nodes.forEach { $0.all { $0.enabled = false } } }
        return nodes
      })
  }
  nonisolated public func hidden() -> some View {
    tagged(
      Tag("hidden") { _, inside in
        _ = inside(); return []
      })
  }
  nonisolated public func id<ID: Hashable>(_ id: ID) -> some View { tagged(Tag("id:\(id)") { _, inside in inside() }) }
  nonisolated public func tag<V: Hashable>(_ tag: V, includeOptional: Bool = true) -> some View { tagged(.each("tag") { $0.tag = AnyHashable(tag) }) }
  nonisolated public func onAppear(perform action: (() -> Void)? = nil) -> some View {
    tagged(
      Tag("onAppear") { d, inside in
        let nodes = inside(); d.appears(action, nil); return nodes
      })
  }
  nonisolated public func onDisappear(perform action: (() -> Void)? = nil) -> some View {
    tagged(
      Tag("onDisappear") { d, inside in
        let nodes = inside(); d.appears(nil, action); return nodes
      })
  }
  nonisolated public func task(priority: TaskPriority = .userInitiated, @_inheritActorContext _ action: @escaping @Sendable () async -> Void) -> some View {
    tagged(
      Tag("task") { d, inside in
        let nodes = inside(); d.task(nil, action); return nodes
      })
  }
  nonisolated public func task<T: Equatable>(
    id value: T, priority: TaskPriority = .userInitiated, @_inheritActorContext _ action: @escaping @Sendable () async -> Void
  ) -> some View {
    tagged(
      Tag("task") { d, inside in
        let nodes = inside(); d.task({ ($0 as? T) == value }, action, value); return nodes
      })
  }
  nonisolated public func onChange<V: Equatable>(of value: V, initial: Bool = false, _ action: @escaping (_ oldValue: V, _ newValue: V) -> Void) -> some View {
    tagged(
      Tag("onChange") { d, inside in
        let nodes = inside(); d.change(value, initial, action); return nodes
      })
  }
  nonisolated public func onChange<V: Equatable>(of value: V, initial: Bool = false, _ action: @escaping () -> Void) -> some View {
    onChange(of: value, initial: initial) { _, _ in action() }
  }
  nonisolated public func onSubmit(of triggers: SubmitTriggers = .text, _ action: @escaping () -> Void) -> some View {
    tagged(
      Tag("onSubmit") { d, inside in
        let before = d.submit; d.submit = action; defer { d.submit = before }; return inside()
      })
  }
  nonisolated public func submitLabel(_ label: SubmitLabel) -> some View { tagged(.look("submitLabel")) }
  nonisolated public func onTapGesture(count: Int = 1, perform action: @escaping () -> Void) -> some View { tagged(.each("onTapGesture") { $0.act = action }) }
  nonisolated public func onOpenURL(perform action: @escaping (URL) -> Void) -> some View {
    tagged(
      Tag("onOpenURL") { d, inside in
        d.host.openers.append(action); return inside()
      })
  }
  nonisolated public func refreshable(action: @escaping @Sendable () async -> Void) -> some View { tagged(.each("refreshable") { $0.refresh = action }) }
  nonisolated public func focused<V: Hashable>(_ binding: FocusState<V>.Binding, equals value: V) -> some View {
    tagged(
      .each("focused") {
        $0.focused = binding.wrappedValue == value; $0.focus = { binding.wrappedValue = value }
      })
  }
  nonisolated public func focused(_ condition: FocusState<Bool>.Binding) -> some View {
    tagged(
      .each("focused") {
        $0.focused = condition.wrappedValue; $0.focus = { condition.wrappedValue = true }
      })
  }
  nonisolated public func keyboardType(_ type: UIKeyboardType) -> some View { tagged(.look("keyboardType")) }
  nonisolated public func textContentType(_ type: UITextContentType?) -> some View { tagged(.look("textContentType")) }
  nonisolated public func textInputAutocapitalization(_ autocapitalization: TextInputAutocapitalization?) -> some View {
    tagged(.look("textInputAutocapitalization"))
  }
  nonisolated public func autocorrectionDisabled(_ disable: Bool = true) -> some View { tagged(.look("autocorrectionDisabled")) }
  nonisolated public func keyboardShortcut(_ key: KeyEquivalent, modifiers: EventModifiers = .command) -> some View {
    tagged(.each("keyboardShortcut") { $0.shortcut = "\(key.character)" })
  }
  nonisolated public func keyboardShortcut(_ shortcut: KeyboardShortcut) -> some View { tagged(.look("keyboardShortcut")) }
  nonisolated public func textSelection<S: TextSelectability>(_ selectability: S) -> some View { tagged(.look("textSelection")) }
  nonisolated public func statusBarHidden(_ hidden: Bool = true) -> some View { tagged(.look("statusBarHidden")) }
  nonisolated public func persistentSystemOverlays(_ visibility: Visibility) -> some View { tagged(.look("persistentSystemOverlays")) }
  nonisolated public func defersSystemGestures(on edges: Edge.Set) -> some View { tagged(.look("defersSystemGestures")) }
  nonisolated public func allowsHitTesting(_ enabled: Bool) -> some View { tagged(.look("allowsHitTesting")) }
  nonisolated public func interactiveDismissDisabled(_ isDisabled: Bool = true) -> some View {
    tagged(
      Tag("interactiveDismissDisabled") { d, inside in
        if isDisabled { d.host.presented.last?.isHeld = true }; return inside()
      })
  }
  nonisolated public func swipeActions<T: View>(edge: HorizontalEdge = .trailing, allowsFullSwipe: Bool = true, @ViewBuilder content: () -> T) -> some View {
    let content = content()
    return tagged(
      Tag("swipeActions") { d, inside in
        let nodes = inside(); nodes.last?.swipe += d.at("swipe") { d.draw(content) }; return nodes
      })
  }
  nonisolated public func contextMenu<M: View>(@ViewBuilder menuItems: () -> M) -> some View {
    let content = menuItems()
    return tagged(
      Tag("contextMenu") { d, inside in
        let nodes = inside(); nodes.last?.context += d.at("context") { d.draw(content) }; return nodes
      })
  }
  nonisolated public func badge(_ count: Int) -> some View { tagged(.each("badge") { $0.badge = count == 0 ? "" : "\(count)" }) }
  nonisolated public func badge(_ label: Text?) -> some View { tagged(.each("badge") { $0.badge = label?.string ?? "" }) }
  nonisolated public func deleteDisabled(_ isDisabled: Bool) -> some View { tagged(.look("deleteDisabled")) }
  nonisolated public func moveDisabled(_ isDisabled: Bool) -> some View { tagged(.each("moveDisabled") { if isDisabled { $0.move = nil } }) }
}
public struct SubmitTriggers: OptionSet, Sendable {
  public let rawValue: Int; public init(rawValue: Int) { self.rawValue = rawValue }; public static let text = Self(rawValue: 1), search = Self(rawValue: 2)
}
public struct SubmitLabel: Sendable { public static let done = Self(), go = Self(), next = Self(), search = Self(), send = Self(), `return` = Self() }
public enum UIKeyboardType: Int, Sendable {
  case `default`, asciiCapable, numbersAndPunctuation, URL, numberPad, phonePad, namePhonePad, emailAddress, decimalPad
}
public struct UITextContentType: Hashable, Sendable {
  public static let emailAddress = Self(), username = Self(), password = Self(), newPassword = Self(), oneTimeCode = Self(), name = Self()
}
public struct TextInputAutocapitalization: Sendable {
  public static var never: Self { .init() }; public static var words: Self { .init() }; public static var sentences: Self { .init() };
  public static var characters: Self { .init() }
}
public struct KeyEquivalent: ExpressibleByExtendedGraphemeClusterLiteral, Hashable, Sendable {
  let character: Character; public init(_ character: Character) { self.character = character };
  public init(extendedGraphemeClusterLiteral: Character) { character = extendedGraphemeClusterLiteral };
  public static let `return`: Self = "\r", escape: Self = "\u{1B}", delete: Self = "\u{8}", space: Self = " ", upArrow: Self = "\u{F700}",
    downArrow: Self = "\u{F701}", leftArrow: Self = "\u{F702}", rightArrow: Self = "\u{F703}", pageUp: Self = "\u{F72C}", pageDown: Self = "\u{F72D}"
}
public struct EventModifiers: OptionSet, Sendable {
  public let rawValue: Int; public init(rawValue: Int) { self.rawValue = rawValue };
  public static let shift = Self(rawValue: 2), control = Self(rawValue: 4), option = Self(rawValue: 8), command = Self(rawValue: 16)
}
public struct KeyboardShortcut: Sendable { public static let defaultAction = Self(), cancelAction = Self() }
public protocol TextSelectability {}
public struct EnabledTextSelectability: TextSelectability {}
extension TextSelectability where Self == EnabledTextSelectability { public static var enabled: Self { .init() } }

// MARK: environment

extension View {
  nonisolated public func environment<V>(_ keyPath: WritableKeyPath<EnvironmentValues, V>, _ value: V) -> some View {
    tagged(.environment("environment") { $0[keyPath: keyPath] = value })
  }
  nonisolated public func environment<T: AnyObject & Observable>(_ object: T?) -> some View {
    tagged(.environment("environment") { $0.objects[ObjectIdentifier(T.self)] = object })
  }
}

// MARK: navigation and presentation

extension View {
  nonisolated public func navigationTitle(_ titleKey: LocalizedStringKey) -> some View { navigationTitle(Text(titleKey)) }
  @_disfavoredOverload nonisolated public func navigationTitle<S: StringProtocol>(_ title: S) -> some View { navigationTitle(Text(title)) }
  nonisolated public func navigationTitle(_ title: Text) -> some View {
    tagged(
      Tag("navigationTitle") { d, inside in
        d.page?.title = d.host.read(title); return inside()
      })
  }
  nonisolated public func navigationBarTitleDisplayMode(_ mode: NavigationBarItem.TitleDisplayMode) -> some View {
    tagged(.look("navigationBarTitleDisplayMode"))
  }
  nonisolated public func navigationBarBackButtonHidden(_ hides: Bool = true) -> some View { tagged(.look("navigationBarBackButtonHidden")) }
  nonisolated public func navigationDestination<D: Hashable, C: View>(for data: D.Type, @ViewBuilder destination: @escaping (D) -> C) -> some View {
    tagged(
      Tag("navigationDestination") { d, inside in
        if let frame = d.frame {
          frame.destinations[ObjectIdentifier(D.self)] = { value in (value.base as? D).map { destination($0) } }
        } else {
          d.host.problem("navigationDestination outside of a NavigationStack")
        }
        return inside()
      })
  }
  nonisolated public func navigationDestination<V: View>(isPresented: Binding<Bool>, @ViewBuilder destination: () -> V) -> some View {
    let view = destination()
    return tagged(
      Tag("navigationDestination") { d, inside in
        if isPresented.wrappedValue { d.frame?.presented.append((d.key, { view }, { isPresented.wrappedValue = false })) }
        return inside()
      })
  }
  nonisolated public func navigationDestination<D: Hashable, C: View>(item: Binding<D?>, @ViewBuilder destination: @escaping (D) -> C) -> some View {
    tagged(
      Tag("navigationDestination") { d, inside in
        if let value = item.wrappedValue { d.frame?.presented.append((d.key, { destination(value) }, { item.wrappedValue = nil })) }
        return inside()
      })
  }
  nonisolated public func toolbar<C: ToolbarContent>(@ToolbarContentBuilder content: () -> C) -> some View {
    let content = content()
    return tagged(
      Tag("toolbar") { d, inside in
        d.page?.items += d.at("items") {
          content._items.enumerated().flatMap { n, item in
            d.at("\(n)") {
              d.open(item.content).map {
                $0.placement = item.placement; return $0
              }
            }
          }
        }; return inside()
      })
  }
  nonisolated public func toolbar<C: View>(@ViewBuilder content: () -> C) -> some View { let view = content(); return toolbar { ToolbarItemGroup { view } } }
  nonisolated public func toolbar(_ visibility: Visibility, for bars: ToolbarPlacement...) -> some View { tagged(.look("toolbar")) }
  nonisolated public func searchable(text: Binding<String>, placement: SearchFieldPlacement = .automatic, prompt: LocalizedStringKey) -> some View {
    searchable(text: text, placement: placement, prompt: Text(prompt))
  }
  nonisolated public func searchable(text: Binding<String>, placement: SearchFieldPlacement = .automatic, prompt: Text? = nil) -> some View {
    tagged(
      Tag("searchable") { d, inside in
        let field = Node("search", prompt.map(d.host.read) ?? "Search", value: text.wrappedValue)
        field.write = { text.wrappedValue = $0 }
        d.page?.search = field
        return inside()
      })
  }
  nonisolated public func searchScopes<V: Hashable, S: View>(_ scope: Binding<V>, @ViewBuilder scopes: () -> S) -> some View { tagged(.look("searchScopes")) }
  nonisolated public func sheet<C: View>(isPresented: Binding<Bool>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping () -> C) -> some View {
    presented("sheet", isPresented.wrappedValueIfAny, { isPresented.wrappedValue = false }, onDismiss) { _ in content() }
  }
  nonisolated public func sheet<I: Identifiable, C: View>(item: Binding<I?>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping (I) -> C)
    -> some View
  { presented("sheet", { item.wrappedValue.map { ($0, "\($0.id)") } }, { item.wrappedValue = nil }, onDismiss, content) }
  nonisolated public func fullScreenCover<C: View>(isPresented: Binding<Bool>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping () -> C)
    -> some View
  { presented("cover", isPresented.wrappedValueIfAny, { isPresented.wrappedValue = false }, onDismiss) { _ in content() } }
  nonisolated public func fullScreenCover<I: Identifiable, C: View>(item: Binding<I?>, onDismiss: (() -> Void)? = nil, @ViewBuilder content: @escaping (I) -> C)
    -> some View
  { presented("cover", { item.wrappedValue.map { ($0, "\($0.id)") } }, { item.wrappedValue = nil }, onDismiss, content) }
  nonisolated public func fileImporter(
    isPresented: Binding<Bool>, allowedContentTypes: [UTType], allowsMultipleSelection: Bool, onCompletion: @escaping (Result<[URL], any Error>) -> Void
  ) -> some View {
    tagged(
      Tag("fileImporter") { d, inside in
        let nodes = inside()
        guard isPresented.wrappedValue else { return nodes }
        d.host.picker = {
          isPresented.wrappedValue = false; onCompletion(.success($0))
        }
        return nodes
      })
  }
  nonisolated public func popover<C: View>(isPresented: Binding<Bool>, @ViewBuilder content: @escaping () -> C) -> some View {
    presented("popover", isPresented.wrappedValueIfAny, { isPresented.wrappedValue = false }, nil) { _ in content() }
  }
  nonisolated public func alert<A: View>(_ titleKey: LocalizedStringKey, isPresented: Binding<Bool>, @ViewBuilder actions: () -> A) -> some View {
    asked("alert", Text(titleKey), isPresented, actions(), EmptyView())
  }
  nonisolated public func alert<A: View, M: View>(
    _ titleKey: LocalizedStringKey, isPresented: Binding<Bool>, @ViewBuilder actions: () -> A, @ViewBuilder message: () -> M
  ) -> some View { asked("alert", Text(titleKey), isPresented, actions(), message()) }
  nonisolated public func alert<A: View, M: View, T>(
    _ titleKey: LocalizedStringKey, isPresented: Binding<Bool>, presenting data: T?, @ViewBuilder actions: (T) -> A, @ViewBuilder message: (T) -> M
  ) -> some View { asked("alert", Text(titleKey), isPresented, data.map(actions), data.map(message)) }
  nonisolated public func confirmationDialog<A: View>(
    _ titleKey: LocalizedStringKey, isPresented: Binding<Bool>, titleVisibility: Visibility = .automatic, @ViewBuilder actions: () -> A
  ) -> some View { asked("dialog", Text(titleKey), isPresented, actions(), EmptyView()) }
  nonisolated public func confirmationDialog<A: View, M: View>(
    _ titleKey: LocalizedStringKey, isPresented: Binding<Bool>, titleVisibility: Visibility = .automatic, @ViewBuilder actions: () -> A,
    @ViewBuilder message: () -> M
  ) -> some View { asked("dialog", Text(titleKey), isPresented, actions(), message()) }
  nonisolated public func confirmationDialog<A: View, M: View, T>(
    _ titleKey: LocalizedStringKey, isPresented: Binding<Bool>, titleVisibility: Visibility = .automatic, presenting data: T?, @ViewBuilder actions: (T) -> A,
    @ViewBuilder message: (T) -> M
  ) -> some View { asked("dialog", Text(titleKey), isPresented, data.map(actions), data.map(message)) }
  nonisolated public func presentationDetents(_ detents: Set<PresentationDetent>) -> some View { tagged(.look("presentationDetents")) }
  nonisolated public func presentationDragIndicator(_ visibility: Visibility) -> some View { tagged(.look("presentationDragIndicator")) }

  nonisolated func presented<I, C: View>(
    _ kind: String, _ item: @escaping () -> (I, String)?, _ close: @escaping () -> Void, _ onDismiss: (() -> Void)?, _ content: @escaping (I) -> C
  ) -> some View {
    tagged(
      Tag(kind) { d, inside in
        let nodes = inside()
        guard let (item, id) = item() else { return nodes }
        d.present(
          kind, id,
          {
            close(); onDismiss?()
          }
        ) { d.draw(content(item)) }
        return nodes
      })
  }
  nonisolated func asked<A: View, M: View>(_ kind: String, _ title: Text, _ isPresented: Binding<Bool>, _ actions: A, _ message: M) -> some View {
    tagged(
      Tag(kind) { d, inside in
        let nodes = inside()
        guard isPresented.wrappedValue else { return nodes }
        d.present(kind, "", { isPresented.wrappedValue = false }) {
          let before = d.close
          d.close = { isPresented.wrappedValue = false }
          defer { d.close = before }
          return [Node("title", d.host.read(title))] + d.at("message") { d.draw(message) } + d.at("actions") { d.draw(actions) }
        }
        return nodes
      })
  }
}
extension Binding where Value == Bool { var wrappedValueIfAny: () -> (Bool, String)? { { read() ? (true, "") : nil } } }
public struct NavigationBarItem { public enum TitleDisplayMode: Sendable { case automatic, inline, large } }
public struct PresentationDetent: Hashable, Sendable {
  public static let medium = Self(), large = Self(); public static func height(_ height: CGFloat) -> Self { .init() };
  public static func fraction(_ fraction: CGFloat) -> Self { .init() }
}
public struct SearchFieldPlacement: Sendable {
  public static let automatic = Self(), toolbar = Self(), sidebar = Self();
  public static func navigationBarDrawer(displayMode: NavigationBarDrawerDisplayMode) -> Self { .init() };
  public struct NavigationBarDrawerDisplayMode: Sendable { public static let automatic = Self(), always = Self() }
}
public struct ToolbarPlacement: Sendable { public static let automatic = Self(), bottomBar = Self(), navigationBar = Self(), tabBar = Self() }
public struct ToolbarItemPlacement: Sendable {
  let name: String;
  public static let automatic = Self(name: "automatic"), principal = Self(name: "principal"), navigation = Self(name: "leading"),
    primaryAction = Self(name: "trailing"), secondaryAction = Self(name: "secondary"), status = Self(name: "bottom"),
    confirmationAction = Self(name: "trailing"), cancellationAction = Self(name: "leading"), destructiveAction = Self(name: "trailing"),
    topBarLeading = Self(name: "leading"), topBarTrailing = Self(name: "trailing"), bottomBar = Self(name: "bottom"), keyboard = Self(name: "keyboard")
}
public struct _Item { let placement: String, content: any View }
@MainActor @preconcurrency public protocol ToolbarContent { var _items: [_Item] { get } }
public struct ToolbarItem<ID, Content: View> { let placement: ToolbarItemPlacement, content: Content }
extension ToolbarItem: ToolbarContent { public var _items: [_Item] { [_Item(placement: placement.name, content: content)] } }
extension ToolbarItem where ID == () {
  nonisolated public init(placement: ToolbarItemPlacement = .automatic, @ViewBuilder content: () -> Content) {
    (self.placement, self.content) = (placement, content())
  }
}
public struct ToolbarItemGroup<Content: View> { let placement: ToolbarItemPlacement, content: Content }
extension ToolbarItemGroup: ToolbarContent {
  nonisolated public init(placement: ToolbarItemPlacement = .automatic, @ViewBuilder content: () -> Content) {
    (self.placement, self.content) = (placement, content())
  }
  public var _items: [_Item] { [_Item(placement: placement.name, content: content)] }
}
public struct _Items { let parts: [any ToolbarContent] }
extension _Items: ToolbarContent { public var _items: [_Item] { parts.flatMap(\._items) } }
@resultBuilder public struct ToolbarContentBuilder {
  public static func buildExpression<C: ToolbarContent>(_ content: C) -> C { content }
  public static func buildBlock<C: ToolbarContent>(_ content: C) -> C { content }
  public static func buildBlock<each C: ToolbarContent>(_ content: repeat each C) -> _Items {
    var parts: [any ToolbarContent] = []
    repeat parts.append(each content)
    return _Items(parts: parts)
  }
  public static func buildIf<C: ToolbarContent>(_ content: C?) -> _Items { _Items(parts: content.map { [$0] } ?? []) }
  public static func buildEither<C: ToolbarContent>(first: C) -> _Items { _Items(parts: [first]) }
  public static func buildEither<C: ToolbarContent>(second: C) -> _Items { _Items(parts: [second]) }
}

// MARK: accessibility

extension View {
  nonisolated public func accessibilityLabel(_ labelKey: LocalizedStringKey) -> some View { accessibilityLabel(Text(labelKey)) }
  @_disfavoredOverload nonisolated public func accessibilityLabel<S: StringProtocol>(_ label: S) -> some View { accessibilityLabel(Text(label)) }
  nonisolated public func accessibilityLabel(_ label: Text) -> some View {
    tagged(
      Tag("accessibilityLabel") { d, inside in
        let nodes = inside(); nodes.forEach { $0.spoken = d.host.read(label) }; return nodes
      })
  }
  nonisolated public func accessibilityValue(_ valueKey: LocalizedStringKey) -> some View { accessibilityValue(Text(valueKey)) }
  @_disfavoredOverload nonisolated public func accessibilityValue<S: StringProtocol>(_ value: S) -> some View { accessibilityValue(Text(value)) }
  nonisolated public func accessibilityValue(_ value: Text) -> some View {
    tagged(
      Tag("accessibilityValue") { d, inside in
        let nodes = inside(); nodes.forEach { $0.value = d.host.read(value) }; return nodes
      })
  }
  nonisolated public func accessibilityHint(_ hintKey: LocalizedStringKey) -> some View { tagged(.look("accessibilityHint")) }
  nonisolated public func accessibilityHint(_ hint: Text) -> some View { tagged(.look("accessibilityHint")) }
  nonisolated public func accessibilityIdentifier(_ identifier: String) -> some View { tagged(.each("accessibilityIdentifier") { $0.identifier = identifier }) }
  nonisolated public func accessibilityHidden(_ hidden: Bool) -> some View { tagged(.each("accessibilityHidden") { $0.silent = hidden }) }
  nonisolated public func accessibilityElement(children: AccessibilityChildBehavior = .ignore) -> some View { tagged(.look("accessibilityElement")) }
  nonisolated public func accessibilityAddTraits(_ traits: AccessibilityTraits) -> some View { tagged(.look("accessibilityAddTraits")) }
  nonisolated public func accessibilityRemoveTraits(_ traits: AccessibilityTraits) -> some View { tagged(.look("accessibilityRemoveTraits")) }
  nonisolated public func accessibilityAction(named nameKey: LocalizedStringKey, _ handler: @escaping () -> Void) -> some View {
    tagged(
      Tag("accessibilityAction") { d, inside in
        let nodes = inside(); nodes.last?.context.append(Node("button", d.host.read(Text(nameKey)), act: handler)); return nodes
      })
  }
  nonisolated public func accessibilityAction(_ kind: AccessibilityActionKind = .default, _ handler: @escaping () -> Void) -> some View {
    tagged(.look("accessibilityAction"))
  }
  nonisolated public func accessibilitySortPriority(_ priority: Double) -> some View { tagged(.look("accessibilitySortPriority")) }
  nonisolated public func accessibilityHeading(_ level: AccessibilityHeadingLevel) -> some View { tagged(.look("accessibilityHeading")) }
  nonisolated public func accessibilityFocused(_ condition: AccessibilityFocusState<Bool>.Binding) -> some View { tagged(.look("accessibilityFocused")) }
}
public struct AccessibilityChildBehavior: Hashable, Sendable { public static let ignore = Self(), contain = Self(), combine = Self() }
public struct AccessibilityTraits: SetAlgebra, Sendable {
  var set: Set<String> = []
  init(_ name: String) { set = [name] }
  public static let isButton = Self("button"), isHeader = Self("header"), isSelected = Self("selected"), isLink = Self("link"), isStaticText = Self("text"),
    isImage = Self("image"), updatesFrequently = Self("updates"), isModal = Self("modal"), isToggle = Self("toggle")
  public init() {}
  public func contains(_ member: Self) -> Bool { member.set.isSubset(of: set) }
  public func union(_ other: Self) -> Self { var new = self; new.set.formUnion(other.set); return new }
  public func intersection(_ other: Self) -> Self { var new = self; new.set.formIntersection(other.set); return new }
  public func symmetricDifference(_ other: Self) -> Self { var new = self; new.set.formSymmetricDifference(other.set); return new }
  public mutating func insert(_ new: Self) -> (inserted: Bool, memberAfterInsert: Self) { set.formUnion(new.set); return (true, new) }
  public mutating func remove(_ member: Self) -> Self? { set.subtract(member.set); return member }
  public mutating func update(with new: Self) -> Self? { set.formUnion(new.set); return new }
  public mutating func formUnion(_ other: Self) { set.formUnion(other.set) }
  public mutating func formIntersection(_ other: Self) { set.formIntersection(other.set) }
  public mutating func formSymmetricDifference(_ other: Self) { set.formSymmetricDifference(other.set) }
}
public struct AccessibilityActionKind: Equatable, Sendable { public static let `default` = Self(), escape = Self(), magicTap = Self() }
public enum AccessibilityHeadingLevel: Sendable { case unspecified, h1, h2, h3, h4, h5, h6 }
