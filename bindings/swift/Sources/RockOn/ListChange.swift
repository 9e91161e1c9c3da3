/// One step from the list shown to the new one. Indexes are those of the list after the steps before.
public enum ListChange<Item: Sendable>: Sendable {
  /// Forget the list: this is it.
  case reset([Item])
  /// A new item comes in at the index: from 0 to the length.
  case insert(Item, at: Int)
  /// The item at the index has changed.
  case update(Item, at: Int)
  /// The item at the index goes.
  case remove(at: Int)
}

extension ListChange: Equatable where Item: Equatable {}

extension Array where Element: Sendable {
  /// Applies the steps of a feed, in order. A step that does not fit this list does nothing: it belongs to another.
  public mutating func apply(_ changes: [ListChange<Element>]) {
    for change in changes {
      switch change {
      case .reset(let items): self = items
      case .insert(let item, let index) where index >= 0 && index <= count: insert(item, at: index)
      case .update(let item, let index) where indices.contains(index): self[index] = item
      case .remove(let index) where indices.contains(index): remove(at: index)
      default: break
      }
    }
  }
}
