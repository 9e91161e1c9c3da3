// Codes as texts, and parts of rows as values: to compare, and to write what a row has as a type of its own.

extension AuthErrorCode {
  /// As the auth service says it, such as `invalid_credentials`.
  public var code: String { authErrorCode(reason: self) }
}

extension RefusalCode {
  /// As the server says it, such as `last_admin` or `42501`.
  public var code: String { refusalCode(reason: self) }
}

extension Role {
  /// As it is stored, such as `admin`.
  public var code: String { roleCode(role: self) }
}

extension SetlistStatus {
  /// As it is stored, such as `draft`.
  public var code: String { setlistStatusCode(status: self) }
}

extension ShowStatus {
  /// As it is stored, such as `confirmed`.
  public var code: String { showStatusCode(status: self) }
}

extension PracticeStatus {
  /// As it is stored, such as `in-progress`.
  public var code: String { practiceStatusCode(status: self) }
}

extension PracticeType {
  /// As it is stored, such as `rehearsal`.
  public var code: String { practiceTypeCode(practiceType: self) }
}

extension TimeSignature {
  /// As it is stored, such as `6/8`.
  public var text: String { timeSignatureText(signature: self) }
}

extension ShowTime {
  /// As it is stored, such as `17:30`.
  public var text: String { showTimeText(time: self) }
}

extension Contact {
  /// As it goes into the `contacts` of a show, with what this version does not know of it.
  public var value: Json { contactValue(contact: self) }
}

extension PractisedSong {
  /// As it goes into the `songs` of a practice, with what this version does not know of it.
  public var value: Json { practisedSongValue(song: self) }
}

extension Attendee {
  /// As they go into the `attendees` of a practice, with what this version does not know of them.
  public var value: Json { attendeeValue(attendee: self) }
}
