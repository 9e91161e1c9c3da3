// The core's values under this module's name. Records and enums are handed on as they are: a copy of each would only be
// one more thing to keep right. Objects, listeners and functions of the generated module stay behind the adapter, so an
// app imports `RockOn` and nothing else.

import RockOnFFI
import RockOnValues

/// A person's e-mail address; printing it shows stars.
public typealias Address = RockOnValues.Address

/// The id of a row.
public typealias RowId = RockOnValues.RowId

/// What a row belongs to: a band, or one person's personal scope.
public typealias ScopeId = RockOnValues.ScopeId

/// A password, key or token; printing it shows stars.
public typealias Secret = RockOnValues.Secret

/// A point in time by the phone's clock.
public typealias Timestamp = RockOnValues.Timestamp

/// What could not be saved; printing it shows how much it is only.
public typealias Unsaved = RockOnValues.Unsaved<Json>

/// A person.
public typealias UserId = RockOnValues.UserId

/// Who is, or was, signed in.
public typealias Account = RockOnFFI.Account

/// What sync is doing.
public typealias Activity = RockOnFFI.Activity

/// What a person is asked in a conflict.
public typealias Asks = RockOnFFI.Asks

/// Who did something.
public typealias Author = RockOnFFI.Author

/// A line of a file that cannot be read.
public typealias BadLine = RockOnFFI.BadLine

/// A band as a screen shows it.
public typealias Band = RockOnFFI.Band

/// One check of the doctor.
public typealias Check = RockOnFFI.Check

/// How a check went.
public typealias CheckStatus = RockOnFFI.CheckStatus

/// What a person chooses in a conflict.
public typealias Choice = RockOnFFI.Choice

/// A conflict as it was found.
public typealias ConflictDetails = RockOnFFI.ConflictDetails

/// How to reach one project and where to keep its data.
public typealias RockOnConfig = RockOnFFI.ClientConfig

/// One column of a table that is imported.
public typealias ColumnPlan = RockOnFFI.ColumnPlan

/// A conflict that waits for a person.
public typealias Conflict = RockOnFFI.Conflict

/// How well hints flow.
public typealias ConnectionState = RockOnFFI.ConnectionState

/// A deleted row, as far as it is told.
public typealias Deleted = RockOnFFI.Deleted

/// One person's part of a digest.
public typealias DigestEntry = RockOnFFI.DigestEntry

/// Everything the doctor found.
public typealias DoctorReport = RockOnFFI.DoctorReport

/// Where an edit is on its way.
public typealias EntryState = RockOnFFI.EntryState

/// One column's old and new value.
public typealias FieldChange = RockOnFFI.FieldChange

/// What kind of file an import found.
public typealias FileKind = RockOnFFI.FileKind

/// How one file of an import was read.
public typealias FilePlan = RockOnFFI.FilePlan

/// What a file of songs holds.
public typealias Format = RockOnFFI.Format

/// What the person chose of an import.
public typealias ImportChoices = RockOnFFI.ImportChoices

/// What an import did.
public typealias ImportDone = RockOnFFI.ImportDone

/// Why a file cannot be imported.
public typealias ImportError = RockOnFFI.ImportError

/// What a dry run of an import found.
public typealias ImportPlan = RockOnFFI.ImportPlan

/// What an item of a setlist is.
public typealias ItemBody = RockOnFFI.ItemBody

/// The value of a column; write it as a literal.
public typealias Json = RockOnFFI.Json

/// What a row is.
public typealias Kind = RockOnFFI.Kind

/// How the hints of a band travel.
public typealias Transport = RockOnFFI.Transport

/// A layer of the doctor's ladder.
public typealias Layer = RockOnFFI.Layer

/// One change of one row by one person.
public typealias LoggedChange = RockOnFFI.LoggedChange

/// What an item of a setlist is called.
public typealias ListItem = RockOnFFI.ListItem

/// One thing that was done to a setlist.
public typealias ListStep = RockOnFFI.ListStep

/// How grave a line of the log is.
public typealias LogLevel = RockOnFFI.LogLevel

/// One line of the log.
public typealias LogLine = RockOnFFI.LogLine

/// What a column of a table stands for.
public typealias Meaning = RockOnFFI.Meaning

/// A member, or somebody who was one.
public typealias Member = RockOnFFI.Member

/// What happened to a membership.
public typealias MembershipEvent = RockOnFFI.MembershipEvent

/// One entry of the feed of notices.
public typealias Notice = RockOnFFI.Notice

/// What a notice says.
public typealias NoticeBody = RockOnFFI.NoticeBody

/// Why there is no socket on purpose.
public typealias OffReason = RockOnFFI.OffReason

/// What an edit does.
public typealias Op = RockOnFFI.Op

/// Edits on their way and rejected ones.
public typealias OutboxCounts = RockOnFFI.OutboxCounts

/// An edit the server refused.
public typealias OutboxEntry = RockOnFFI.OutboxEntry

/// One song of an import.
public typealias PlannedSong = RockOnFFI.PlannedSong

/// A practice as a screen shows it.
public typealias Practice = RockOnFFI.Practice

/// A window of the list of practices.
public typealias PracticeQuery = RockOnFFI.PracticeQuery

/// Why an edit was refused.
public typealias Rejection = RockOnFFI.Rejection

/// What a member may do in a band.
public typealias Role = RockOnFFI.Role

/// What happened to one row.
public typealias RowChange = RockOnFFI.RowChange

/// Who has opened a setlist or a show.
public typealias SeenBy = RockOnFFI.SeenBy

/// An open invite code of a band.
public typealias Invite = RockOnFFI.Invite

/// Which part of the back end answered, or should have.
public typealias Service = RockOnFFI.Service

/// Who is signed in.
public typealias SessionState = RockOnFFI.SessionState

/// A setlist as a screen shows it.
public typealias Setlist = RockOnFFI.Setlist

/// One item of a setlist.
public typealias SetlistItem = RockOnFFI.SetlistItem

/// A window of the list of setlists.
public typealias SetlistQuery = RockOnFFI.SetlistQuery

/// A value that is not whole in a file.
public typealias ShortLine = RockOnFFI.ShortLine

/// A show as a screen shows it.
public typealias Show = RockOnFFI.Show

/// A window of the list of shows.
public typealias ShowQuery = RockOnFFI.ShowQuery

/// Whose wish holds now, in a conflict.
public typealias Side = RockOnFFI.Side

/// What came of a sign-out.
public typealias SignOut = RockOnFFI.SignOut

/// What came of a sign-up.
public typealias SignUp = RockOnFFI.SignUp

/// A song as a screen shows it.
public typealias Song = RockOnFFI.Song

/// What becomes of a song of an import.
public typealias SongChoice = RockOnFFI.SongChoice

/// Songs as the text of a file.
public typealias SongFile = RockOnFFI.SongFile

/// How a list of songs is ordered.
public typealias SongOrder = RockOnFFI.SongOrder

/// A choice for one song of an import.
public typealias SongPick = RockOnFFI.SongPick

/// A window of the list of songs.
public typealias SongQuery = RockOnFFI.SongQuery

/// A file that the person chose.
public typealias SourceFile = RockOnFFI.SourceFile

/// How this phone stands to the server.
public typealias Status = RockOnFFI.Status

/// What is wrong with the local database.
public typealias StorageFailure = RockOnFFI.StorageFailure

/// How a `syncOnce` went.
public typealias SyncOutcome = RockOnFFI.SyncOutcome

/// What sync does, and why not.
public typealias SyncStatus = RockOnFFI.SyncStatus

/// What went wrong with the connection.
public typealias ConnectionError = RockOnFFI.ConnectionError

/// The other one of two songs that are the same.
public typealias Twin = RockOnFFI.Twin

/// Unread rows of one band and kind.
public typealias UnreadCount = RockOnFFI.UnreadCount

/// A row that is not whole here because something in it cannot be read.
public typealias UnreadableRow = RockOnFFI.UnreadableRow

/// Why a connection was refused.
public typealias UpgradeReason = RockOnFFI.UpgradeReason

/// Column values by column name.
public typealias Values = RockOnFFI.Values

/// What was done to a row.
public typealias Verb = RockOnFFI.Verb

/// Something that was imported, but not as it stands.
public typealias Warning = RockOnFFI.Warning

/// What became of a text that was not taken as it stands.
public typealias WarningKind = RockOnFFI.WarningKind
