package org.rockon.ui.parts

import androidx.compose.foundation.layout.padding
import androidx.compose.foundation.lazy.LazyListState
import androidx.compose.material3.ExtendedFloatingActionButton
import androidx.compose.material3.Icon
import androidx.compose.material3.MaterialTheme
import androidx.compose.material3.Text
import androidx.compose.runtime.Composable
import androidx.compose.runtime.LaunchedEffect
import androidx.compose.runtime.getValue
import androidx.compose.runtime.rememberUpdatedState
import androidx.compose.runtime.snapshotFlow
import androidx.compose.ui.Modifier
import org.rockon.ui.theme.Icons
import org.rockon.ui.tokens.Spacing

/** Tells the last row that is on screen, so that a list grows before its end is reached. */
@Composable
internal fun Reached(list: LazyListState, onReach: (Int) -> Unit) {
    val reach by rememberUpdatedState(onReach)
    LaunchedEffect(list) {
        snapshotFlow {
            list.layoutInfo.visibleItemsInfo
                .lastOrNull()
                ?.index ?: 0
        }.collect { reach(it) }
    }
}

/** Adds something to a list. */
@Composable
internal fun AddButton(name: String, onAdd: () -> Unit) {
    ExtendedFloatingActionButton(onAdd) {
        Icon(Icons.add, contentDescription = null)
        Text(name, Modifier.padding(start = Spacing.medium), style = MaterialTheme.typography.labelLarge)
    }
}
