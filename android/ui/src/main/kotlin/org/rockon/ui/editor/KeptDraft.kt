package org.rockon.ui.editor

import org.rockon.ui.device.Kept

/** What was typed, beside what it was before, as long as it is not saved. */
internal class KeptDraft(private val kept: Kept, edited: Edited) {
    private val prefix =
        when (edited) {
            is Edited.Existing -> "edit${edited.part}.${edited.id}."
            is Edited.New -> "new${edited.part}.${edited.scope}."
        }

    fun keep(field: Field) {
        kept["$prefix${field.of.column}"] = field.text.takeIf { field.isTouched }
        kept["${prefix}base.${field.of.column}"] = field.base.takeIf { field.isTouched }
    }

    fun restore(state: EditorState): EditorState = state.copy(
        fields = state.fields.map { field ->
            kept["$prefix${field.of.column}"]?.let {
                field.copy(text = it, base = kept["${prefix}base.${field.of.column}"].orEmpty())
            } ?: field
        },
    )

    fun forget() = kept.clear(prefix)
}
