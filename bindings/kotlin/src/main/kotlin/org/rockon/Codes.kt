package org.rockon

import org.rockon.ffi.attendeeValue
import org.rockon.ffi.authErrorCode
import org.rockon.ffi.contactValue
import org.rockon.ffi.practiceStatusCode
import org.rockon.ffi.practiceTypeCode
import org.rockon.ffi.practisedSongValue
import org.rockon.ffi.refusalCode
import org.rockon.ffi.roleCode
import org.rockon.ffi.setlistStatusCode
import org.rockon.ffi.showStatusCode
import org.rockon.ffi.showTimeText
import org.rockon.ffi.timeSignatureText

/** As the auth service says it, such as `invalid_credentials`. */
val AuthErrorCode.code: String get() = authErrorCode(this)

/** As the server says it, such as `last_admin` or `42501`. */
val RefusalCode.code: String get() = refusalCode(this)

/** As it is stored, such as `admin`. */
val Role.code: String get() = roleCode(this)

/** As it is stored, such as `draft`. */
val SetlistStatus.code: String get() = setlistStatusCode(this)

/** As it is stored, such as `confirmed`. */
val ShowStatus.code: String get() = showStatusCode(this)

/** As it is stored, such as `in-progress`. */
val PracticeStatus.code: String get() = practiceStatusCode(this)

/** As it is stored, such as `rehearsal`. */
val PracticeType.code: String get() = practiceTypeCode(this)

/** As it is stored, such as `6/8`. */
val TimeSignature.text: String get() = timeSignatureText(this)

/** As it is stored, such as `17:30`. */
val ShowTime.text: String get() = showTimeText(this)

/** What a row has as a type, as the value of its column; `null` for anything else. */
internal fun typed(value: Any): Json? =
    when (value) {
        is Role -> Json.Text(value.code)
        is SetlistStatus -> Json.Text(value.code)
        is ShowStatus -> Json.Text(value.code)
        is PracticeStatus -> Json.Text(value.code)
        is PracticeType -> Json.Text(value.code)
        is TimeSignature -> Json.Text(value.text)
        is ShowTime -> Json.Text(value.text)
        is Contact -> contactValue(value)
        is PractisedSong -> practisedSongValue(value)
        is Attendee -> attendeeValue(value)
        else -> null
    }
