import Observation

/// A list on a screen: its items as they are now, for SwiftUI or anything else that observes.
///
/// ```swift
/// List(songs.items, id: \.id) { song in Text(song.title) }
///   .task(id: query) { await songs.follow(try client.songs(query)) }
/// ```
@MainActor @Observable
public final class ListModel<Item: Sendable> {
  /// The items in order.
  public private(set) var items: [Item] = []
  /// The first delivery has come; until then an empty list says nothing.
  public private(set) var isLoaded = false
  /// Why the list could not be read the last time; nothing once it could.
  public private(set) var failure: RockOnError?

  /// An empty list that follows nothing yet.
  public init() {}

  /// Follows a feed until it ends or the task is cancelled. Items stay when the task is cancelled, as when a view goes
  /// out of sight; they go when the feed ends, as when the member signs out.
  public func follow(_ feed: @autoclosure () throws -> ListFeed<Item>) async {
    do {
      for await delivery in try feed() {
        take(delivery)
      }
      if !Task.isCancelled { forget() }
    } catch {
      forget()
      failure = RockOnError(error)
    }
  }

  private func take(_ delivery: Delivery<[ListChange<Item>]>) {
    switch delivery {
    case .value(let changes):
      items.apply(changes)
      isLoaded = true
      if failure != nil { failure = nil }
    case .failure(let error):
      failure = error
    }
  }

  private func forget() {
    items = []
    isLoaded = false
    failure = nil
  }
}

/// One value on a screen: a status strip, a badge, one song.
@MainActor @Observable
public final class ValueModel<Value: Sendable> {
  /// The value; nothing until the first delivery.
  public private(set) var value: Value?
  /// Why it could not be read the last time; nothing once it could.
  public private(set) var failure: RockOnError?

  /// A model that follows nothing yet.
  public init() {}

  /// Follows a feed until it ends or the task is cancelled. The value stays when the task is cancelled; it goes when the
  /// feed ends.
  public func follow(_ feed: @autoclosure () throws -> Feed<Value>) async {
    do {
      for await delivery in try feed() {
        take(delivery)
      }
      if !Task.isCancelled { forget() }
    } catch {
      forget()
      failure = RockOnError(error)
    }
  }

  private func take(_ delivery: Delivery<Value>) {
    switch delivery {
    case .value(let new):
      value = new
      if failure != nil { failure = nil }
    case .failure(let error):
      failure = error
    }
  }

  private func forget() {
    value = nil
    failure = nil
  }
}

/// My bands.
public typealias BandsModel = ListModel<Band>
/// Conflicts that wait for a person.
public typealias ConflictsModel = ListModel<Conflict>
/// What was deleted lately.
public typealias DeletedModel = ListModel<Deleted>
/// The members of a band.
public typealias MembersModel = ListModel<Member>
/// Notices, the newest first.
public typealias NoticesModel = ListModel<Notice>
/// Refused edits that wait for a person.
public typealias RejectedEditsModel = ListModel<RejectedEdit>
/// Practices, the earliest first.
public typealias PracticesModel = ListModel<Practice>
/// Setlists by name.
public typealias SetlistsModel = ListModel<Setlist>
/// Shows, the earliest first.
public typealias ShowsModel = ListModel<Show>
/// Songs.
public typealias SongsModel = ListModel<Song>
/// One song; its value is empty while the song is not there.
public typealias SongModel = ValueModel<Song?>
/// One setlist with its songs.
public typealias SetlistModel = ValueModel<Setlist?>
/// The status strip.
public typealias StatusModel = ValueModel<Status>
/// Unread rows by band and kind.
public typealias UnreadModel = ValueModel<[UnreadCount]>
/// How many notices have not been looked at.
public typealias UnseenModel = ValueModel<Int>
