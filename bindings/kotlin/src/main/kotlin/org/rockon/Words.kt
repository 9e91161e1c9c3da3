package org.rockon

import org.rockon.ffi.doctorText
import org.rockon.ffi.errorAdvice
import org.rockon.ffi.errorMessage
import org.rockon.ffi.fieldLabel
import org.rockon.ffi.importFailureText
import org.rockon.ffi.rejectedEditText
import org.rockon.ffi.rejectionText
import org.rockon.ffi.warningText

/** The language of a tag such as `de-AT`, as systems name it; English for every language that the core does not have. */
fun languageOf(tag: String): Language = org.rockon.ffi.languageOf(tag)

/** What a person is told of an error: what happened, then the advice. No codes. */
fun RockOnException.text(language: Language): String = errorMessage(this, language)

/** What the person can do about an error: one plain sentence. */
fun RockOnException.advice(language: Language): String = errorAdvice(this, language)

/**
 * What is different between two texts, word by word, in order: what stayed and what was removed is the old text, what stayed and
 * what was added the new one. Notes of any length that a column takes are compared in a moment.
 */
fun textChanges(
    from: String,
    to: String,
): List<TextPart> = org.rockon.ffi.textChanges(from, to)

/** What a column is called, such as `load_in_time`; a column that this version does not know by its name. */
fun labelOf(
    column: String,
    language: Language,
): String = fieldLabel(column, language)

/** What a person tried that was refused. */
fun RejectedEdit.text(language: Language): String = rejectedEditText(this, language)

/** Why it was refused, one plain sentence or two; [viewer] says that the member is a viewer of the band. */
fun RejectedEdit.why(
    language: Language,
    viewer: Boolean = false,
): String = rejectionText(this, viewer, language)

/**
 * The report as plain text, one line a check, the verdict first: for a mail to the developers. Its checks are in the
 * language that the core had when it made them.
 */
fun DoctorReport.text(language: Language): String = doctorText(this, language)

/** What became of a text that was not taken as it stands. */
fun WarningKind.text(language: Language): String = warningText(this, language)

/** Why a file cannot be read. */
fun ImportError.text(language: Language): String = importFailureText(this, language)
