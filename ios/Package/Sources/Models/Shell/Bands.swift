import Observation
import RockOnCore

/// A band, or what is the person's own, which has no name. What the person may not do there is not offered.
public struct BandChoice: Hashable, Identifiable, Sendable {
  /// Its scope.
  public let id: ScopeId
  /// Nothing for what is the person's own.
  public let name: String?
  /// Songs and setlists may be written there.
  public let mayEdit: Bool
  /// Members may be invited and removed, the band renamed and deleted.
  public let mayManage: Bool
}

/// Which band the lists show: one choice for all tabs.
@MainActor @Observable public final class Bands {
  /// All the person's bands, then what is their own.
  public private(set) var all: [BandChoice] = []
  private var joined: [Band] = []
  /// Who is signed in.
  private(set) var me: UserId?
  private var wanted: ScopeId?
  private let kept: any Kept

  /// With the choice of the last time.
  public init(_ kept: any Kept) {
    self.kept = kept
    wanted = kept.read(Self.key).map { ScopeId($0) }
  }

  /// The one that lists show; nothing until it is known.
  public var chosen: BandChoice? { all.first { $0.id == wanted } ?? all.first }

  /// There is somewhere else to go.
  public var canSwitch: Bool { all.count > 1 }

  /// Where the person may write besides.
  func others(than home: ScopeId?) -> [BandChoice] { all.filter { $0.mayEdit && $0.id != home } }

  /// The person chose a band. One that was just joined is not there yet: it is chosen when it comes.
  public func chose(_ band: ScopeId) {
    wanted = band
    kept.write(band.text, for: Self.key)
  }

  func take(_ bands: [ListChange<Band>]) {
    joined.apply(bands)
    arrange()
  }

  func take(_ status: Status) {
    me = status.account?.user
    arrange()
  }

  private func arrange() {
    let bands = joined.map { BandChoice(id: $0.id, name: $0.name, mayEdit: $0.mayEdit, mayManage: $0.mayManage) }
    let own = me.map { BandChoice(id: ScopeId(of: $0), name: nil, mayEdit: true, mayManage: false) }
    let new = bands + [own].compactMap { $0 }
    if new != all { all = new }
  }

  private static let key = "band"
}

extension Status {
  /// Whose data the app shows; nothing while that is nobody's.
  var account: Account? {
    switch session {
    case .signedIn(let account), .needsSignIn(let account, _): account
    case .signedOut: nil
    }
  }
}
