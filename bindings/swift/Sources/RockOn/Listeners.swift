// The generated listeners, one for each feed, all served by one class.

import RockOnFFI

extension Inlet: BandsListener where Value == [ListChange<Band>] {
  func onSteps(steps: [BandStep]) throws {
    put(.value(steps.map(\.change)))
  }
}

extension Inlet: ConflictsListener where Value == [ListChange<Conflict>] {
  func onSteps(steps: [ConflictStep]) throws {
    put(.value(steps.map(\.change)))
  }
}

extension Inlet: DeletedListener where Value == [ListChange<Deleted>] {
  func onSteps(steps: [DeletedStep]) throws {
    put(.value(steps.map(\.change)))
  }
}

extension Inlet: MembersListener where Value == [ListChange<Member>] {
  func onSteps(steps: [MemberStep]) throws {
    put(.value(steps.map(\.change)))
  }
}

extension Inlet: NoticesListener where Value == [ListChange<Notice>] {
  func onSteps(steps: [NoticeStep]) throws {
    put(.value(steps.map(\.change)))
  }
}

extension Inlet: RejectedEditsListener where Value == [ListChange<OutboxEntry>] {
  func onSteps(steps: [RejectedEditStep]) throws {
    put(.value(steps.map(\.change)))
  }
}

extension Inlet: PracticesListener where Value == [ListChange<Practice>] {
  func onSteps(steps: [PracticeStep]) throws {
    put(.value(steps.map(\.change)))
  }
}

extension Inlet: SetlistsListener where Value == [ListChange<Setlist>] {
  func onSteps(steps: [SetlistStep]) throws {
    put(.value(steps.map(\.change)))
  }
}

extension Inlet: ShowsListener where Value == [ListChange<Show>] {
  func onSteps(steps: [ShowStep]) throws {
    put(.value(steps.map(\.change)))
  }
}

extension Inlet: SongsListener where Value == [ListChange<Song>] {
  func onSteps(steps: [SongStep]) throws {
    put(.value(steps.map(\.change)))
  }
}

extension Inlet: CountListener where Value == UInt32 {
  func onValue(value: UInt32) throws {
    put(.value(value))
  }
}

extension Inlet: SetlistListener where Value == Setlist? {
  func onValue(value: Setlist?) throws {
    put(.value(value))
  }
}

extension Inlet: SongListener where Value == Song? {
  func onValue(value: Song?) throws {
    put(.value(value))
  }
}

extension Inlet: StatusListener where Value == Status {
  func onValue(value: Status) throws {
    put(.value(value))
  }
}

extension Inlet: UnreadListener where Value == [UnreadCount] {
  func onValue(value: [UnreadCount]) throws {
    put(.value(value))
  }
}
