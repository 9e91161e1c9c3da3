import Foundation

/// What a person is told, in a language.
extension Language {
  /// The language of a tag such as `de-AT`, as systems name it; English for every language that the core does not have.
  public init(tag: String) {
    self = languageOf(tag: tag)
  }

  /// What a column is called, such as `load_in_time`; a column that this version does not know by its name.
  public func label(of column: String) -> String {
    fieldLabel(column: column, language: self)
  }
}

extension TextPart {
  /// What is different between two texts, word by word, in order: what stayed and what was removed is the old text, what stayed
  /// and what was added the new one. Notes of any length that a column takes are compared in a moment.
  public static func changes(from: String, to: String) -> [TextPart] {
    textChanges(from: from, to: to)
  }
}

extension RockOnError {
  /// What a person is told: what happened, then the advice. No codes.
  public func text(in language: Language) -> String {
    errorMessage(error: self, language: language)
  }

  /// What the person can do about it: one plain sentence.
  public func advice(in language: Language) -> String {
    errorAdvice(error: self, language: language)
  }
}

extension RejectedEdit {
  /// What a person tried that was refused.
  public func text(in language: Language) -> String {
    rejectedEditText(edit: self, language: language)
  }

  /// Why it was refused, one plain sentence or two; `isViewer` says that the member is a viewer of the band.
  public func why(in language: Language, isViewer: Bool = false) -> String {
    rejectionText(edit: self, viewer: isViewer, language: language)
  }
}

extension DoctorReport {
  /// The report as plain text, one line a check, the verdict first: for a mail to the developers. Its checks are in the
  /// language that the core had when it made them.
  public func text(in language: Language) -> String {
    doctorText(report: self, language: language)
  }
}

extension WarningKind {
  /// What became of a text that was not taken as it stands.
  public func text(in language: Language) -> String {
    warningText(kind: self, language: language)
  }
}

extension ImportError {
  /// Why a file cannot be read.
  public func text(in language: Language) -> String {
    importFailureText(failure: self, language: language)
  }
}
