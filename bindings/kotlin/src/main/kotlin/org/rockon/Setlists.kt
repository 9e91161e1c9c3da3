package org.rockon

import org.rockon.ffi.ClientInterface

/**
 * What is in a setlist, item by item. An item is called by the `id` that it is shown with. Edits like any other: durable and
 * in every flow when the call comes back, and merged item by item with what others did.
 */
interface Setlists {
    /**
     * The same setlist once more, under another name: notes, tags and items, which are new ones; for no show, and not archived.
     * Returns its id.
     *
     * @throws RockOnException.NotFound it is not here
     * @throws RockOnException.Invalid the name cannot be one
     */
    suspend fun duplicateSetlist(
        list: RowId,
        name: String,
    ): RowId

    /**
     * Puts songs into a setlist, in this order. Returns the ids of the new items.
     *
     * @throws RockOnException.NotFound a setlist, a song or a place that is not here; nothing was added
     * @throws RockOnException.Invalid a song of another band; nothing was added
     */
    suspend fun addSongsToSetlist(
        list: RowId,
        songs: List<RowId>,
        place: ItemPlace = ItemPlace.Last,
    ): List<String>

    /** Puts a break of 1 to 1,440 minutes into a setlist. Returns the id of the item. */
    suspend fun addBreak(
        list: RowId,
        minutes: Int,
        notes: String? = null,
        place: ItemPlace = ItemPlace.Last,
    ): String

    /** Puts a heading into a setlist. Returns the id of the item. */
    suspend fun addSection(
        list: RowId,
        title: String,
        place: ItemPlace = ItemPlace.Last,
    ): String

    /**
     * Moves an item. It keeps its id; what somebody else did to the setlist meanwhile stays.
     *
     * @throws RockOnException.NotFound it, or the item at its place, is not in the setlist any more
     */
    suspend fun moveItem(
        list: RowId,
        item: String,
        place: ItemPlace,
    )

    /** Takes an item out. What comes back is for [putItemBack]. */
    suspend fun removeItem(
        list: RowId,
        item: String,
    ): TakenItem

    /** Puts an item back where it was, with its id; at the end if what was before it has gone. */
    suspend fun putItemBack(
        list: RowId,
        taken: TakenItem,
    )

    /**
     * Gives a break other minutes (1 to 1,440) and notes; without notes it has none.
     *
     * @throws RockOnException.Invalid the item is no break
     */
    suspend fun setBreak(
        list: RowId,
        item: String,
        minutes: Int,
        notes: String? = null,
    )

    /**
     * Gives a heading another text.
     *
     * @throws RockOnException.Invalid the item is none
     */
    suspend fun setSection(
        list: RowId,
        item: String,
        title: String,
    )

    /**
     * Gives a song or a break of a setlist notes, or takes them away.
     *
     * @throws RockOnException.Invalid the item is a heading
     */
    suspend fun setItemNotes(
        list: RowId,
        item: String,
        notes: String? = null,
    )
}

internal class CoreSetlists(
    private val client: ClientInterface,
) : Setlists {
    override suspend fun duplicateSetlist(
        list: RowId,
        name: String,
    ) = calling { client.duplicateSetlist(list, name) }

    override suspend fun addSongsToSetlist(
        list: RowId,
        songs: List<RowId>,
        place: ItemPlace,
    ) = calling { client.addSongsToSetlist(list, songs, place) }

    override suspend fun addBreak(
        list: RowId,
        minutes: Int,
        notes: String?,
        place: ItemPlace,
    ) = calling { client.addBreak(list, minutes.toLong(), notes, place) }

    override suspend fun addSection(
        list: RowId,
        title: String,
        place: ItemPlace,
    ) = calling { client.addSection(list, title, place) }

    override suspend fun moveItem(
        list: RowId,
        item: String,
        place: ItemPlace,
    ) = calling { client.moveItem(list, item, place) }

    override suspend fun removeItem(
        list: RowId,
        item: String,
    ) = calling { client.removeItem(list, item) }

    override suspend fun putItemBack(
        list: RowId,
        taken: TakenItem,
    ) = calling { client.putItemBack(list, taken) }

    override suspend fun setBreak(
        list: RowId,
        item: String,
        minutes: Int,
        notes: String?,
    ) = calling { client.setBreak(list, item, minutes.toLong(), notes) }

    override suspend fun setSection(
        list: RowId,
        item: String,
        title: String,
    ) = calling { client.setSection(list, item, title) }

    override suspend fun setItemNotes(
        list: RowId,
        item: String,
        notes: String?,
    ) = calling { client.setItemNotes(list, item, notes) }
}
