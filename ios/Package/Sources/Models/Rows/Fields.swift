import RockOnCore

/// What can be written in each kind of row, in order.
extension Field {
  static func all(of kind: Kind) -> [Field] {
    switch kind {
    case .song: song
    case .setlist: setlist
    case .show: show
    case .practice: practice
    case .band, .membership, .readMark: []
    }
  }

  /// What is shown besides.
  static func others(of kind: Kind) -> [Field] {
    switch kind {
    case .show: [Field("contacts", "show.contacts", .named)]
    case .practice: wrapUp + [songs]
    default: []
    }
  }

  static let song = [
    Field("title", "song.title", missing: "song.title_missing"),
    Field("artist", "song.artist"),
    Field("key", "song.key"),
    Field("capo", "song.capo", .number),
    Field("tempo", "song.tempo", .number),
    Field("time_signature", "song.time_signature"),
    Field("duration", "song.duration", .length),
    Field("difficulty", "song.difficulty", .number),
    Field("guitar_tuning", "song.tuning"),
    Field("genre", "song.genre"),
    Field("lyrics_url", "song.link_lyrics", .link),
    Field("chords_url", "song.link_chords", .link),
    Field("recording_url", "song.link_recording", .link),
    Field("notes", "song.notes", .text),
  ]

  private static let setlist = [
    Field("name", "setlists.name", missing: "setlists.name_missing"), Field("notes", "song.notes", .text),
  ]

  private static let show =
    [
      Field("name", "show.name", missing: "show.name_missing"),
      Field("scheduled_date", "show.date", .moment, missing: "show.date_missing"),
      status(Choice("confirmed", "show.confirmed")),
      Field("venue", "show.venue"),
      Field("location", "show.address"),
    ]
    + times + [
      Field("end_time", "show.end", .time),
      Field("duration", "show.duration", .minutes),
      Field("payment", "show.pay", .amount),
      Field("gig_type", "show.gig_type"),
      Field("setlist_id", "show.setlist", .setlist),
      Field("notes", "show.notes", .text),
    ]

  /// The times of a show's day, before it begins.
  static let times = [
    Field("load_in_time", "show.load_in", .time),
    Field("soundcheck_time", "show.soundcheck", .time),
    Field("set_time", "show.set_time", .time),
  ]

  private static let practice = [
    type,
    Field("scheduled_date", "practice.date", .moment, missing: "show.date_missing"),
    status(Choice("in-progress", "practice.in_progress")),
    Field("location", "practice.place"),
    Field("duration", "practice.duration", .minutes),
    Field("setlist_id", "show.setlist", .setlist),
    attendees,
    Field("objectives", "practice.objectives", .lines),
    Field("notes", "practice.notes", .text),
  ]

  /// What becomes of a practice, written when it is over.
  static let wrapUp = [
    Field("completed_objectives", "practice.reached_title", .ticks(of: "objectives")),
    Field("session_rating", "practice.rating", .choice((1...5).map { Choice("\($0)", text: "\($0)") })),
    Field("wrapup_notes", "practice.wrap_up_notes", .text),
  ]

  /// What kind of practice it is.
  static let type = Field(
    "type", "practice.kind",
    .choice(
      ["rehearsal", "writing", "recording", "audition", "lesson"].map { Choice($0, "practice.\($0)") }),
    fresh: "rehearsal")

  /// What is practised, and who comes.
  static let songs = Field("songs", "practice.songs", .named)
  static let attendees = Field("attendees", "practice.attendees", .members)

  private static func status(_ own: Choice) -> Field {
    let choices = [
      Choice("scheduled", "show.scheduled"), own, Choice("completed", "show.completed"),
      Choice("cancelled", "calendar.cancelled"),
    ]
    return Field("status", "show.status", .choice(choices), fresh: "scheduled")
  }
}
