/*
 * The values of the core under the names an app uses. They are generated from Rust as records, enums and sealed classes;
 * what has a handle (client, subscriptions, listeners) has no name here and never leaves this module.
 *
 * Kotlin does not reach a nested class through an alias, so each case of a sealed class has a name of its own:
 * `is ConnectionLive`, `catch (e: OfflineException)`. `when` over them is exhaustive all the same.
 * A test holds this list against the generated code.
 */
package org.rockon

// Rows and lists.
typealias Kind = org.rockon.ffi.Kind
typealias Role = org.rockon.ffi.Role
typealias Song = org.rockon.ffi.Song
typealias SongOrder = org.rockon.ffi.SongOrder
typealias Setlist = org.rockon.ffi.Setlist
typealias SetlistItem = org.rockon.ffi.SetlistItem
typealias ItemBody = org.rockon.ffi.ItemBody
typealias SongItem = org.rockon.ffi.ItemBody.Song
typealias BreakItem = org.rockon.ffi.ItemBody.Break
typealias SectionItem = org.rockon.ffi.ItemBody.Section
typealias OtherItem = org.rockon.ffi.ItemBody.Other
typealias Show = org.rockon.ffi.Show
typealias Practice = org.rockon.ffi.Practice
typealias Band = org.rockon.ffi.Band
typealias Member = org.rockon.ffi.Member
typealias UnreadCount = org.rockon.ffi.UnreadCount
typealias LoggedChange = org.rockon.ffi.LoggedChange
typealias SeenBy = org.rockon.ffi.SeenBy
typealias Invite = org.rockon.ffi.Invite
typealias Deleted = org.rockon.ffi.Deleted

// Columns and their values.
typealias Values = Map<String, Json>
typealias Json = org.rockon.ffi.Json
typealias JsonNull = org.rockon.ffi.Json.Null
typealias JsonFlag = org.rockon.ffi.Json.Flag
typealias JsonWhole = org.rockon.ffi.Json.Whole
typealias JsonReal = org.rockon.ffi.Json.Real
typealias JsonText = org.rockon.ffi.Json.Text
typealias JsonArray = org.rockon.ffi.Json.Array
typealias JsonObject = org.rockon.ffi.Json.Object

// Notices.
typealias Notice = org.rockon.ffi.Notice
typealias NoticeBody = org.rockon.ffi.NoticeBody
typealias ChangesNotice = org.rockon.ffi.NoticeBody.Changes
typealias DigestNotice = org.rockon.ffi.NoticeBody.Digest
typealias ConflictNotice = org.rockon.ffi.NoticeBody.Conflict
typealias RejectedNotice = org.rockon.ffi.NoticeBody.Rejected
typealias CrossedNotice = org.rockon.ffi.NoticeBody.Crossed
typealias RestoredNotice = org.rockon.ffi.NoticeBody.Restored
typealias AccountGoneNotice = org.rockon.ffi.NoticeBody.AccountGone
typealias MembershipNotice = org.rockon.ffi.NoticeBody.Membership
typealias SentNotice = org.rockon.ffi.NoticeBody.Sent
typealias DigestEntry = org.rockon.ffi.DigestEntry
typealias Author = org.rockon.ffi.Author
typealias RowChange = org.rockon.ffi.RowChange
typealias FieldChange = org.rockon.ffi.FieldChange
typealias ListItem = org.rockon.ffi.ListItem
typealias ListSong = org.rockon.ffi.ListItem.Song
typealias ListBreak = org.rockon.ffi.ListItem.Break
typealias ListSection = org.rockon.ffi.ListItem.Section
typealias ListOther = org.rockon.ffi.ListItem.Other
typealias ListStep = org.rockon.ffi.ListStep
typealias ItemAdded = org.rockon.ffi.ListStep.Added
typealias ItemRemoved = org.rockon.ffi.ListStep.Removed
typealias ItemMoved = org.rockon.ffi.ListStep.Moved
typealias BreakChanged = org.rockon.ffi.ListStep.Break
typealias ItemChanged = org.rockon.ffi.ListStep.Changed
typealias Verb = org.rockon.ffi.Verb
typealias MembershipEvent = org.rockon.ffi.MembershipEvent
typealias MemberJoined = org.rockon.ffi.MembershipEvent.Joined
typealias MemberLeft = org.rockon.ffi.MembershipEvent.Left
typealias MemberRemoved = org.rockon.ffi.MembershipEvent.Removed
typealias MemberRole = org.rockon.ffi.MembershipEvent.Role

// What waits for a person.
typealias Conflict = org.rockon.ffi.Conflict
typealias ConflictDetails = org.rockon.ffi.ConflictDetails
typealias Asks = org.rockon.ffi.Asks
typealias Side = org.rockon.ffi.Side
typealias Choice = org.rockon.ffi.Choice
typealias ChooseMine = org.rockon.ffi.Choice.Mine
typealias ChooseTheirs = org.rockon.ffi.Choice.Theirs
typealias ChooseOther = org.rockon.ffi.Choice.Other
typealias OutboxEntry = org.rockon.ffi.OutboxEntry
typealias EntryState = org.rockon.ffi.EntryState
typealias Op = org.rockon.ffi.Op
typealias Rejection = org.rockon.ffi.Rejection

// Session and status.
typealias Account = org.rockon.ffi.Account
typealias SessionState = org.rockon.ffi.SessionState
typealias SignedOut = org.rockon.ffi.SessionState.SignedOut
typealias SignedIn = org.rockon.ffi.SessionState.SignedIn
typealias NeedsSignIn = org.rockon.ffi.SessionState.NeedsSignIn
typealias SignUp = org.rockon.ffi.SignUp
typealias SignedUp = org.rockon.ffi.SignUp.SignedIn
typealias ConfirmEmail = org.rockon.ffi.SignUp.ConfirmEmail
typealias SignOut = org.rockon.ffi.SignOut
typealias Status = org.rockon.ffi.Status
typealias OutboxCounts = org.rockon.ffi.OutboxCounts
typealias UnreadableRow = org.rockon.ffi.UnreadableRow
typealias SyncStatus = org.rockon.ffi.SyncStatus
typealias Activity = org.rockon.ffi.Activity
typealias SyncOutcome = org.rockon.ffi.SyncOutcome
typealias ConnectionState = org.rockon.ffi.ConnectionState
typealias ConnectionOff = org.rockon.ffi.ConnectionState.Off
typealias ConnectionStarting = org.rockon.ffi.ConnectionState.Connecting
typealias ConnectionLive = org.rockon.ffi.ConnectionState.Live
typealias ConnectionDegraded = org.rockon.ffi.ConnectionState.Degraded
typealias ConnectionRetrying = org.rockon.ffi.ConnectionState.Retrying
typealias ConnectionStopped = org.rockon.ffi.ConnectionState.Stopped
typealias OffReason = org.rockon.ffi.OffReason
typealias Transport = org.rockon.ffi.Transport
typealias UpgradeReason = org.rockon.ffi.UpgradeReason
typealias ConnectionError = org.rockon.ffi.ConnectionError
typealias Unreachable = org.rockon.ffi.ConnectionError.Unreachable
typealias ServerSilent = org.rockon.ffi.ConnectionError.Silent
typealias SocketClosed = org.rockon.ffi.ConnectionError.Closed
typealias UpgradeRefused = org.rockon.ffi.ConnectionError.UpgradeRefused
typealias NoToken = org.rockon.ffi.ConnectionError.NoToken
typealias TokenRefused = org.rockon.ffi.ConnectionError.TokenRefused
typealias NotAllowed = org.rockon.ffi.ConnectionError.NotAllowed
typealias PrivateOnly = org.rockon.ffi.ConnectionError.PrivateOnly
typealias TooManyChannels = org.rockon.ffi.ConnectionError.TooManyChannels
typealias ServerBusy = org.rockon.ffi.ConnectionError.ServerBusy
typealias TenantUnknown = org.rockon.ffi.ConnectionError.TenantUnknown
typealias TenantDisabled = org.rockon.ffi.ConnectionError.TenantDisabled
typealias NotSubscribed = org.rockon.ffi.ConnectionError.NotSubscribed
typealias NoHints = org.rockon.ffi.ConnectionError.NoHints
typealias ChannelFailed = org.rockon.ffi.ConnectionError.ChannelFailed

// Files, the doctor, the log.
typealias Format = org.rockon.ffi.Format
typealias SourceFile = org.rockon.ffi.SourceFile
typealias FileKind = org.rockon.ffi.FileKind
typealias Meaning = org.rockon.ffi.Meaning
typealias ImportPlan = org.rockon.ffi.ImportPlan
typealias FilePlan = org.rockon.ffi.FilePlan
typealias ColumnPlan = org.rockon.ffi.ColumnPlan
typealias PlannedSong = org.rockon.ffi.PlannedSong
typealias Twin = org.rockon.ffi.Twin
typealias TwinPlanned = org.rockon.ffi.Twin.Planned
typealias TwinKept = org.rockon.ffi.Twin.Kept
typealias BadLine = org.rockon.ffi.BadLine
typealias Warning = org.rockon.ffi.Warning
typealias WarningKind = org.rockon.ffi.WarningKind
typealias ImportError = org.rockon.ffi.ImportError
typealias FileTooLarge = org.rockon.ffi.ImportError.TooLarge
typealias TooManySongs = org.rockon.ffi.ImportError.TooMany
typealias TooManyFiles = org.rockon.ffi.ImportError.TooManyFiles
typealias TableTooWide = org.rockon.ffi.ImportError.TooWide
typealias FileNotText = org.rockon.ffi.ImportError.NotText
typealias FileEmpty = org.rockon.ffi.ImportError.Empty
typealias FileUnknownKind = org.rockon.ffi.ImportError.UnknownKind
typealias NoTitleColumn = org.rockon.ffi.ImportError.NoTitleColumn
typealias OpenQuote = org.rockon.ffi.ImportError.OpenQuote
typealias SongChoice = org.rockon.ffi.SongChoice
typealias SongPick = org.rockon.ffi.SongPick
typealias ImportChoices = org.rockon.ffi.ImportChoices
typealias ImportDone = org.rockon.ffi.ImportDone
typealias SongFile = org.rockon.ffi.SongFile
typealias ShortLine = org.rockon.ffi.ShortLine
typealias DoctorReport = org.rockon.ffi.DoctorReport
typealias Check = org.rockon.ffi.Check
typealias CheckStatus = org.rockon.ffi.CheckStatus
typealias Layer = org.rockon.ffi.Layer
typealias LogLevel = org.rockon.ffi.LogLevel
typealias LogLine = org.rockon.ffi.LogLine

// Errors.
typealias RockOnException = org.rockon.ffi.CoreException
typealias ConfigException = org.rockon.ffi.CoreException.Config
typealias SignedOutException = org.rockon.ffi.CoreException.SignedOut
typealias AuthException = org.rockon.ffi.CoreException.Auth
typealias OfflineException = org.rockon.ffi.CoreException.Offline
typealias TimeoutException = org.rockon.ffi.CoreException.Timeout
typealias ServerException = org.rockon.ffi.CoreException.Server
typealias ProtocolException = org.rockon.ffi.CoreException.Protocol
typealias DeniedException = org.rockon.ffi.CoreException.Denied
typealias HandOverException = org.rockon.ffi.CoreException.HandOver
typealias NotFoundException = org.rockon.ffi.CoreException.NotFound
typealias GoneException = org.rockon.ffi.CoreException.Gone
typealias InvalidException = org.rockon.ffi.CoreException.Invalid
typealias StorageException = org.rockon.ffi.CoreException.Storage
typealias SecretsException = org.rockon.ffi.CoreException.Secrets
typealias ClosedException = org.rockon.ffi.CoreException.Closed
typealias CoreDefect = org.rockon.ffi.CoreException.Internal
typealias Service = org.rockon.ffi.Service
typealias StorageFailure = org.rockon.ffi.StorageFailure
typealias DiskFull = org.rockon.ffi.StorageFailure.Full
typealias FileUnreadable = org.rockon.ffi.StorageFailure.Unreadable
typealias FileNewer = org.rockon.ffi.StorageFailure.Newer
typealias FileDamaged = org.rockon.ffi.StorageFailure.Damaged
typealias FileLocked = org.rockon.ffi.StorageFailure.Locked
typealias SqliteFailure = org.rockon.ffi.StorageFailure.Sqlite
