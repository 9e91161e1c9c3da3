import Fakes
import Foundation
import RockOnCore
import Testing

@testable import Models

@MainActor @Suite(.timeLimit(.minutes(1)))
struct ImportTests {
  private func chosen(_ names: String...) -> Result<[URL], any Error> {
    .success(names.map { URL(filePath: "/\($0)") })
  }

  @Test func whatFilesHaveInThemIsShownBeforeAnythingIsStored() async throws {
    let phone = try await Phone()
    let model = ImportScreenModel(Samples.scope, phone.shell)
    model.chooseTapped()
    #expect(model.isChoosing && !model.isRead)
    await model.chose(chosen("known.csv", "new.csv", "broken.csv", "lost"))
    #expect(phone.core.calls == ["plan known.csv, new.csv, broken.csv"])
    #expect(model.songs == 3 && model.known == 1 && model.taken == 2 && model.ignored == "Mood, Year")
    #expect(model.unread.map(\.id) == ["broken.csv", "lost"] && model.unread[0].why == .openQuote(line: 3))
    #expect(model.toLookAt == 2 && model.remarks.map(\.line) == [7, 4])
    #expect(model.remarks.map(\.text) == ["It has no title.", "fast"])
  }

  @Test func thoseThatAreThereAreLeftUpdatedOrAdded() async throws {
    let phone = try await Phone()
    let model = ImportScreenModel(Samples.scope, phone.shell)
    await model.chose(chosen("known.csv"))
    #expect(!model.canImport)
    model.choice = .update
    #expect(model.taken == 1 && model.canImport)
    phone.shell.router.sheet = .importSongs(Samples.scope)
    await model.importTapped()
    #expect(phone.core.calls.last == "import 1, update what is there" && phone.shell.router.sheet == nil)
    #expect(phone.shell.bars.bar?.what == .done(.imported(2)))
  }

  @Test func noFilesAreNoPlanAndARefusalIsSaid() async throws {
    let phone = try await Phone()
    let model = ImportScreenModel(Samples.scope, phone.shell)
    await model.chose(.success([]))
    await model.chose(.failure(RockOnError.Closed))
    #expect(phone.core.calls == [] && !model.isRead && model.failure == nil)
    phone.core.fail(with: .Invalid(field: "files", reason: "too many"))
    await model.chose(chosen("new.csv"))
    #expect(model.failure == .Invalid(field: "files", reason: "too many") && !model.isRead && !model.isBusy)
  }
}

@MainActor @Suite(.timeLimit(.minutes(1)))
struct ChoosingSongsTests {
  private func list(_ phone: Phone, _ songs: [Song] = Samples.songs) async throws -> SongsScreenModel {
    let model = SongsScreenModel(phone.shell)
    phone.core.songs.tell([.reset(songs)])
    Task { await model.follow(model.query) }
    try await until("the songs") { model.rows.count == songs.count }
    return model
  }

  @Test func manyAreChosenForASetlistInTheOrderOfTheFingers() async throws {
    let phone = try await Phone()
    let model = try await list(phone)
    model.chooseTapped()
    #expect(model.isChoosing && !model.canAddToSetlist)
    for at in [2, 0, 1, 0] { model.tapped(model.rows[at]) }
    #expect(model.canAddToSetlist && model.isChosen(model.rows[2]) && !model.isChosen(model.rows[0]))
    model.addToSetlistTapped()
    #expect(phone.shell.router.sheet == .intoSetlist([RowId("Roxanne"), RowId("Hello")], of: Samples.scope))
    #expect(!model.isChoosing)
    model.addToSetlistTapped(model.rows[0])
    #expect(phone.shell.router.sheet == .intoSetlist([RowId("Creep")], of: Samples.scope))
  }

  @Test func theyGoIntoTheSetlistThatIsTouchedAndCanBeTakenBack() async throws {
    let phone = try await Phone()
    let model = IntoSetlistScreenModel([RowId("Hello")], of: Samples.scope, phone.shell)
    Task { await model.follow() }
    phone.core.ofSetlists.lists.tell([.reset([Samples.setlist("Club")])])
    try await until("the setlist") { model.isLoaded }
    phone.core.fail(with: .Closed)
    await model.tapped(model.rows[0])
    #expect(model.failure == .Closed)
    phone.core.fail(with: nil)
    await model.tapped(model.rows[0])
    #expect(phone.shell.bars.bar?.what == .addedSongs(1, to: "Club") && phone.shell.router.sheet == nil)
    await phone.shell.bars.undoTapped()
    #expect(phone.core.calls.suffix(2) == ["add Hello to Club", "remove item of Hello"])
  }

  @Test func aJumpReadsTheListAsFarAsItsLetter() async throws {
    let phone = try await Phone()
    let all = (0..<400).map { Samples.song("Song \($0)") }
    let model = try await list(phone, Array(all.prefix(100)))
    phone.core.ofSetlists.letters = [Letter(letter: "S", index: 0), Letter(letter: "T", index: 250)]
    await model.followLetters()
    #expect(model.letters.map(\.letter) == ["S", "T"])
    model.jumped(to: model.letters[0])
    #expect(model.goal == RowId("Song 0"))
    model.jumped(to: model.letters[1])
    #expect(model.goal == RowId("Song 0") && phone.core.songs.limit == 350)
    phone.core.songs.tell([.reset(Array(all.prefix(350)))])
    try await until("it is read that far") { model.goal == RowId("Song 250") }
    model.order = .newest
    await model.followLetters()
    #expect(model.letters == [])
  }

  @Test func anotherBandBeginsWithoutAChoice() async throws {
    let phone = try await Phone()
    let model = try await list(phone)
    model.chooseTapped()
    model.tapped(model.rows[0])
    model.bandChanged()
    #expect(!model.isChoosing)
  }
}
