// Property wrappers. What a wrapper keeps lives in the host by the identity of its view, as SwiftUI does it.

public protocol DynamicProperty { mutating func update() }
extension DynamicProperty { public mutating func update() {} }

/// Joined to its stored place when its view is drawn.
@MainActor protocol Linked {
  func link(_ d: Drawing, _ key: String)
}

/// Where a value lives: in the host once the view was drawn, here before.
final class Slot<Value>: @unchecked Sendable {
  let initial: Value
  var place: Place<Value>?
  init(_ initial: Value) { self.initial = initial }
  var value: Value {
    get { place?.value ?? initial }
    set { place?.set(newValue) }
  }
}
final class Place<Value> {
  var value: Value
  let changed: () -> Void
  init(_ value: Value, _ changed: @escaping () -> Void) { (self.value, self.changed) = (value, changed) }
  func set(_ new: Value) { value = new; changed() }
}

@propertyWrapper public struct State<Value>: DynamicProperty, Linked {
  let slot: Slot<Value>
  public init(wrappedValue: Value) { slot = Slot(wrappedValue) }
  public init(initialValue: Value) { slot = Slot(initialValue) }
  public var wrappedValue: Value {
    get { slot.value }
    nonmutating set { slot.value = newValue }
  }
  public var projectedValue: Binding<Value> { Binding(slot) }
  func link(_ d: Drawing, _ key: String) { slot.place = d.place(key) { slot.initial } }
}
extension State where Value: ExpressibleByNilLiteral { public init() { self.init(wrappedValue: nil) } }
extension State: Sendable where Value: Sendable {}

@propertyWrapper @dynamicMemberLookup public struct Binding<Value> {
  let read: () -> Value
  let write: (Value) -> Void
  init(_ slot: Slot<Value>) { (read, write) = ({ slot.value }, { slot.value = $0 }) }
  init(read: @escaping () -> Value, write: @escaping (Value) -> Void) { (self.read, self.write) = (read, write) }
  @preconcurrency public init(
    @_inheritActorContext get: @escaping @isolated(any) @Sendable () -> Value, @_inheritActorContext set: @escaping @isolated(any) @Sendable (Value) -> Void
  ) {
    // Which actor it belongs to is forgotten: tests of views are on the main actor as a whole.
    read = unsafeBitCast(get, to: (@Sendable () -> Value).self)
    write = unsafeBitCast(set, to: (@Sendable (Value) -> Void).self)
  }
  public init(projectedValue: Binding<Value>) { self = projectedValue }
  public init?(_ base: Binding<Value?>) {
    guard let now = base.read() else { return nil }
    self.init(read: { base.read() ?? now }, write: { base.write($0) })
  }
  public static func constant(_ value: Value) -> Binding<Value> { Binding(read: { value }, write: { _ in }) }
  public var wrappedValue: Value {
    get { read() }
    nonmutating set { write(newValue) }
  }
  public var projectedValue: Binding<Value> { self }
  public subscript<Subject>(dynamicMember keyPath: WritableKeyPath<Value, Subject>) -> Binding<Subject> {
    Binding<Subject>(
      read: { read()[keyPath: keyPath] },
      write: {
        var value = read(); value[keyPath: keyPath] = $0; write(value)
      })
  }
  public func animation(_ animation: Animation? = .default) -> Binding<Value> { self }
}
extension Binding: @unchecked Sendable where Value: Sendable {}
extension Binding: Identifiable where Value: Identifiable { public var id: Value.ID { wrappedValue.id } }

@propertyWrapper @dynamicMemberLookup public struct Bindable<Value> {
  public var wrappedValue: Value
  @available(*, unavailable, message: "Bindable needs an Observable object") public init(wrappedValue: Value) { fatalError() }
  init(of value: Value) { wrappedValue = value }
  public var projectedValue: Bindable<Value> { self }
}
extension Bindable where Value: AnyObject & Observable {
  public init(wrappedValue: Value) { self.init(of: wrappedValue) }
  public init(_ wrappedValue: Value) { self.init(of: wrappedValue) }
  public subscript<Subject>(dynamicMember keyPath: ReferenceWritableKeyPath<Value, Subject>) -> Binding<Subject> {
    let value = wrappedValue
    return Binding<Subject>(read: { value[keyPath: keyPath] }, write: { value[keyPath: keyPath] = $0 })
  }
}
extension Bindable: Sendable where Value: Sendable {}

// MARK: environment

public protocol EnvironmentKey {
  associatedtype Value
  static var defaultValue: Value { get }
}
public struct EnvironmentValues {
  var values: [ObjectIdentifier: Any] = [:]
  var objects: [ObjectIdentifier: AnyObject] = [:]
  var drawing: [String: Any] = [:]
  public init() {}
  public subscript<K: EnvironmentKey>(key: K.Type) -> K.Value {
    get { values[ObjectIdentifier(key)] as? K.Value ?? K.defaultValue }
    set { values[ObjectIdentifier(key)] = newValue }
  }
  func look<V>(_ name: String, _ standard: V) -> V { drawing[name] as? V ?? standard }
  public var scenePhase: ScenePhase {
    get { look("scenePhase", .active) }
    set { drawing["scenePhase"] = newValue }
  }
  public var dismiss: DismissAction {
    get { look("dismiss", DismissAction()) }
    set { drawing["dismiss"] = newValue }
  }
  public var isPresented: Bool { look("isPresented", false) }
  public var openURL: OpenURLAction {
    get { look("openURL", OpenURLAction { _ in .systemAction }) }
    set { drawing["openURL"] = newValue }
  }
  public var refresh: RefreshAction? { look("refresh", nil) }
  public var dismissSearch: DismissSearchAction { DismissSearchAction() }
  public var isSearching: Bool { look("isSearching", false) }
  public var editMode: Binding<EditMode>? {
    get { look("editMode", nil) }
    set { drawing["editMode"] = newValue }
  }
  public var dynamicTypeSize: DynamicTypeSize {
    get { look("dynamicTypeSize", .large) }
    set { drawing["dynamicTypeSize"] = newValue }
  }
  public var horizontalSizeClass: UserInterfaceSizeClass? {
    get { look("horizontalSizeClass", .compact) }
    set { drawing["horizontalSizeClass"] = newValue }
  }
  public var verticalSizeClass: UserInterfaceSizeClass? {
    get { look("verticalSizeClass", .regular) }
    set { drawing["verticalSizeClass"] = newValue }
  }
  public var colorScheme: ColorScheme {
    get { look("colorScheme", .light) }
    set { drawing["colorScheme"] = newValue }
  }
  public var layoutDirection: LayoutDirection {
    get { look("layoutDirection", .leftToRight) }
    set { drawing["layoutDirection"] = newValue }
  }
  public var locale: Locale {
    get { look("locale", Locale(identifier: "en_US")) }
    set { drawing["locale"] = newValue }
  }
  public var calendar: Calendar {
    get { look("calendar", Calendar(identifier: .gregorian)) }
    set { drawing["calendar"] = newValue }
  }
  public var timeZone: TimeZone {
    get { look("timeZone", TimeZone(identifier: "UTC")!) }
    set { drawing["timeZone"] = newValue }
  }
  public var isEnabled: Bool {
    get { look("isEnabled", true) }
    set { drawing["isEnabled"] = newValue }
  }
  public var accessibilityReduceMotion: Bool { look("accessibilityReduceMotion", false) }
  public var accessibilityVoiceOverEnabled: Bool { look("accessibilityVoiceOverEnabled", false) }
  public var accessibilityDifferentiateWithoutColor: Bool { look("accessibilityDifferentiateWithoutColor", false) }
}
@MainActor @preconcurrency public struct DismissAction: Sendable {
  var action: @MainActor @Sendable () -> Void = {}
  nonisolated init() {}
  init(_ action: @escaping @MainActor @Sendable () -> Void) { self.action = action }
  public func callAsFunction() { action() }
}
@MainActor @preconcurrency public struct OpenURLAction: Sendable {
  public struct Result: Sendable { public static let handled = Result(), discarded = Result(), systemAction = Result() }
  let handler: @MainActor @Sendable (URL) -> Result
  nonisolated public init(handler: @escaping @MainActor @Sendable (URL) -> Result) { self.handler = handler }
  public func callAsFunction(_ url: URL) { _ = handler(url) }
}
public struct RefreshAction: Sendable {
  let action: @Sendable () async -> Void
  public func callAsFunction() async { await action() }
}
@MainActor @preconcurrency public struct DismissSearchAction: Sendable { nonisolated init() {}; public func callAsFunction() {} }

final class Values: @unchecked Sendable { var now = EnvironmentValues() }
@propertyWrapper public struct Environment<Value>: DynamicProperty, Linked {
  let values = Values()
  let read: (EnvironmentValues) -> Value
  public init(_ keyPath: KeyPath<EnvironmentValues, Value>) { read = { $0[keyPath: keyPath] } }
  public var wrappedValue: Value { read(values.now) }
  func link(_ d: Drawing, _ key: String) { values.now = d.environment }
}
extension Environment where Value: AnyObject & Observable {
  public init(_ type: Value.Type) {
    read = { values in
      guard let object = values.objects[ObjectIdentifier(type)] as? Value else { fatalError("No Observable object of type \(type) found") }
      return object
    }
  }
}
extension Environment {
  public init<T: AnyObject & Observable>(_ type: T.Type) where Value == T? { read = { $0.objects[ObjectIdentifier(type)] as? T } }
}
extension Environment: @unchecked Sendable where Value: Sendable {}

// MARK: kept by the system

@propertyWrapper public struct FocusState<Value: Hashable>: DynamicProperty, Linked {
  @propertyWrapper public struct Binding {
    let inside: SwiftUI.Binding<Value>
    public var wrappedValue: Value {
      get { inside.wrappedValue }
      nonmutating set { inside.wrappedValue = newValue }
    }
    public var projectedValue: Binding { self }
  }
  let slot: Slot<Value>
  public init() where Value == Bool { slot = Slot(false) }
  public init<T>() where Value == T?, T: Hashable { slot = Slot(nil) }
  public var wrappedValue: Value {
    get { slot.value }
    nonmutating set { slot.value = newValue }
  }
  public var projectedValue: Binding { Binding(inside: SwiftUI.Binding(slot)) }
  func link(_ d: Drawing, _ key: String) { slot.place = d.place(key) { slot.initial } }
}
@propertyWrapper public struct AccessibilityFocusState<Value: Hashable>: DynamicProperty {
  public struct Binding { public var wrappedValue: Value }
  let slot: Slot<Value>
  public init() where Value == Bool { slot = Slot(false) }
  public var wrappedValue: Value {
    get { slot.value }
    nonmutating set { slot.value = newValue }
  }
  public var projectedValue: Binding { Binding(wrappedValue: slot.value) }
}
@propertyWrapper public struct AppStorage<Value>: DynamicProperty, Linked {
  let slot: Slot<Value>
  let name: String
  private init(_ value: Value, _ name: String) { (slot, self.name) = (Slot(value), name) }
  public init(wrappedValue: Value, _ key: String, store: UserDefaults? = nil) where Value == Bool { self.init(wrappedValue, key) }
  public init(wrappedValue: Value, _ key: String, store: UserDefaults? = nil) where Value == Int { self.init(wrappedValue, key) }
  public init(wrappedValue: Value, _ key: String, store: UserDefaults? = nil) where Value == Double { self.init(wrappedValue, key) }
  public init(wrappedValue: Value, _ key: String, store: UserDefaults? = nil) where Value == String { self.init(wrappedValue, key) }
  public init(wrappedValue: Value, _ key: String, store: UserDefaults? = nil) where Value: RawRepresentable, Value.RawValue == String {
    self.init(wrappedValue, key)
  }
  public init(wrappedValue: Value, _ key: String, store: UserDefaults? = nil) where Value: RawRepresentable, Value.RawValue == Int {
    self.init(wrappedValue, key)
  }
  public var wrappedValue: Value {
    get { slot.value }
    nonmutating set { slot.value = newValue }
  }
  public var projectedValue: Binding<Value> { Binding(slot) }
  func link(_ d: Drawing, _ key: String) { slot.place = d.host.place("defaults/\(name)") { slot.initial } }
}
extension AppStorage where Value: ExpressibleByNilLiteral {
  public init(_ key: String, store: UserDefaults? = nil) where Value == String? { self.init(nil, key) }
  public init(_ key: String, store: UserDefaults? = nil) where Value == Int? { self.init(nil, key) }
}
@propertyWrapper public struct SceneStorage<Value>: DynamicProperty, Linked {
  let slot: Slot<Value>
  let name: String
  private init(_ value: Value, _ name: String) { (slot, self.name) = (Slot(value), name) }
  public init(wrappedValue: Value, _ key: String) where Value == Bool { self.init(wrappedValue, key) }
  public init(wrappedValue: Value, _ key: String) where Value == Int { self.init(wrappedValue, key) }
  public init(wrappedValue: Value, _ key: String) where Value == String { self.init(wrappedValue, key) }
  public init(wrappedValue: Value, _ key: String) where Value: RawRepresentable, Value.RawValue == String { self.init(wrappedValue, key) }
  public var wrappedValue: Value {
    get { slot.value }
    nonmutating set { slot.value = newValue }
  }
  public var projectedValue: Binding<Value> { Binding(slot) }
  func link(_ d: Drawing, _ key: String) { slot.place = d.host.place("scene/\(name)") { slot.initial } }
}
extension SceneStorage where Value: ExpressibleByNilLiteral {
  public init(_ key: String) where Value == String? { self.init(nil, key) }
}
@propertyWrapper public struct ScaledMetric<Value: BinaryFloatingPoint>: DynamicProperty {
  public let wrappedValue: Value
  public init(wrappedValue: Value, relativeTo style: Font.TextStyle = .body) { self.wrappedValue = wrappedValue }
}
@propertyWrapper public struct Namespace: DynamicProperty {
  public struct ID: Hashable, Sendable {}
  public init() {}
  public var wrappedValue: ID { ID() }
}

// MARK: animation

public struct Animation: Equatable, Sendable {
  public static let `default` = Animation(), easeInOut = Animation(), easeOut = Animation(), linear = Animation(), spring = Animation(), snappy = Animation(),
    smooth = Animation(), bouncy = Animation()
  public static func easeInOut(duration: TimeInterval) -> Animation { Animation() }
  public static func easeOut(duration: TimeInterval) -> Animation { Animation() }
  public func repeatCount(_ repeatCount: Int, autoreverses: Bool = true) -> Animation { self }
  public static func linear(duration: TimeInterval) -> Animation { Animation() }
}
public func withAnimation<Result>(_ animation: Animation? = .default, _ body: () throws -> Result) rethrows -> Result { try body() }
public struct AnyTransition: Sendable { public static let opacity = AnyTransition(), slide = AnyTransition() }
