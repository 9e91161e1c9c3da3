import Foundation
import RockOnCore
import Testing

@testable import Models

struct FieldTests {
  @Test(arguments: [
    ("450", 45_000), ("450,5", 45_050), ("450.50", 45_050), ("0.05", 5), ("", nil), ("x", nil), ("1.234", nil),
    ("-1", nil),
    ("4.", nil), ("999999999", nil),
  ])
  func amountsAreReadInCents(text: String, cents: Int?) { #expect(centsOf(text) == cents) }

  @Test(arguments: [(45_000, "450"), (45_050, "450.50"), (45_005, "450.05")])
  func amountsAreWrittenWithTheirCents(cents: Int, text: String) { #expect(writtenAmount(cents) == text) }

  @Test func whatIsTypedBecomesAValueOfItsSort() {
    func value(_ sort: Field.Sort, _ text: String, missing: String? = nil) -> Json? {
      Field("x", "x", sort, missing: missing).value(of: text)
    }
    #expect(value(.line, "a") == "a" && value(.line, "") == .null && value(.line, "", missing: "m") == nil)
    #expect(value(.number, "7") == 7 && value(.number, "x") == nil && value(.minutes, "90") == 90)
    #expect(value(.length, "3:45") == 225 && value(.amount, "4,5") == 450)
    #expect(value(.lines, "a\n\n b \n") == ["a", "b"] && value(.lines, "") == [])
    #expect(value(.choice([]), "4") == 4 && value(.choice([]), "scheduled") == "scheduled")
  }

  @Test func whatIsWrongIsSaid() {
    #expect(Field("x", "x", .length).wrong("long") == "song.duration_hint")
    #expect(Field("x", "x", .amount).wrong("much") == "editor.amount_wrong")
    #expect(Field("x", "x", .number).wrong("many") == "song.number_wrong")
    #expect(Field("x", "x", missing: "show.name_missing").wrong("") == "show.name_missing")
    #expect(Field("x", "x").wrong("") == nil)
  }

  @Test func aPointInTimeIsOneTextHoweverItCame() {
    let field = Field("x", "x", .moment)
    #expect(field.text(of: "2026-12-03T20:00:00Z") == field.text(of: "2026-12-03T20:00:00.000Z"))
    #expect(field.text(of: "soon") == "soon")
    #expect(Fact(field, "2026-12-03T20:00:00Z")?.value == .moment(Date(timeIntervalSince1970: 1_796_328_000)))
    #expect(Fact(field, "soon")?.value == .text("soon"))
  }

  @Test func noCapoIsNoValue() {
    #expect(Field("capo", "x", .number).text(of: 0) == "" && Field("tempo", "x", .number).text(of: 0) == "0")
  }

  @Test func valuesAreReadByTheirSort() {
    #expect(Fact(Field.type, "lesson")?.value == .name("practice.lesson"))
    #expect(Fact(Field.type, "jam")?.value == .text("jam"))
    #expect(Fact(Field("x", "x", .minutes), 90)?.value == .minutes(90))
    #expect(Fact(Field("x", "x", .time), "after lunch")?.value == .text("after lunch"))
    #expect(Fact(Field("x", "x"), .null) == nil && Fact(Field("x", "x", .lines), []) == nil)
  }
}
