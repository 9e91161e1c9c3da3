// One conversion for each list. The generated steps are as many types as there are lists; here they become one.

import RockOnFFI

extension BandStep {
  var change: ListChange<Band> {
    switch self {
    case .reset(let items): .reset(items)
    case .insert(let index, let item): .insert(item, at: Int(index))
    case .update(let index, let item): .update(item, at: Int(index))
    case .remove(let index): .remove(at: Int(index))
    }
  }
}

extension ConflictStep {
  var change: ListChange<Conflict> {
    switch self {
    case .reset(let items): .reset(items)
    case .insert(let index, let item): .insert(item, at: Int(index))
    case .update(let index, let item): .update(item, at: Int(index))
    case .remove(let index): .remove(at: Int(index))
    }
  }
}

extension DeletedStep {
  var change: ListChange<Deleted> {
    switch self {
    case .reset(let items): .reset(items)
    case .insert(let index, let item): .insert(item, at: Int(index))
    case .update(let index, let item): .update(item, at: Int(index))
    case .remove(let index): .remove(at: Int(index))
    }
  }
}

extension MemberStep {
  var change: ListChange<Member> {
    switch self {
    case .reset(let items): .reset(items)
    case .insert(let index, let item): .insert(item, at: Int(index))
    case .update(let index, let item): .update(item, at: Int(index))
    case .remove(let index): .remove(at: Int(index))
    }
  }
}

extension NoticeStep {
  var change: ListChange<Notice> {
    switch self {
    case .reset(let items): .reset(items)
    case .insert(let index, let item): .insert(item, at: Int(index))
    case .update(let index, let item): .update(item, at: Int(index))
    case .remove(let index): .remove(at: Int(index))
    }
  }
}

extension RejectedEditStep {
  var change: ListChange<OutboxEntry> {
    switch self {
    case .reset(let items): .reset(items)
    case .insert(let index, let item): .insert(item, at: Int(index))
    case .update(let index, let item): .update(item, at: Int(index))
    case .remove(let index): .remove(at: Int(index))
    }
  }
}

extension PracticeStep {
  var change: ListChange<Practice> {
    switch self {
    case .reset(let items): .reset(items)
    case .insert(let index, let item): .insert(item, at: Int(index))
    case .update(let index, let item): .update(item, at: Int(index))
    case .remove(let index): .remove(at: Int(index))
    }
  }
}

extension SetlistStep {
  var change: ListChange<Setlist> {
    switch self {
    case .reset(let items): .reset(items)
    case .insert(let index, let item): .insert(item, at: Int(index))
    case .update(let index, let item): .update(item, at: Int(index))
    case .remove(let index): .remove(at: Int(index))
    }
  }
}

extension ShowStep {
  var change: ListChange<Show> {
    switch self {
    case .reset(let items): .reset(items)
    case .insert(let index, let item): .insert(item, at: Int(index))
    case .update(let index, let item): .update(item, at: Int(index))
    case .remove(let index): .remove(at: Int(index))
    }
  }
}

extension SongStep {
  var change: ListChange<Song> {
    switch self {
    case .reset(let items): .reset(items)
    case .insert(let index, let item): .insert(item, at: Int(index))
    case .update(let index, let item): .update(item, at: Int(index))
    case .remove(let index): .remove(at: Int(index))
    }
  }
}
