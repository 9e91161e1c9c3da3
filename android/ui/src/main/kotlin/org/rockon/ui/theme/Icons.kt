package org.rockon.ui.theme

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.graphics.vector.PathBuilder
import androidx.compose.ui.graphics.vector.path
import androidx.compose.ui.unit.dp

/** Signs, drawn as lines on a field of 24. */
object Icons {
    val add = icon("add") { line(12f, 5f, 12f, 19f).line(5f, 12f, 19f, 12f) }
    val back =
        icon("back", turns = true) {
            line(20f, 12f, 5f, 12f)
            moveTo(11f, 6f)
            lineTo(5f, 12f)
            lineTo(11f, 18f)
        }
    val close = icon("close") { line(6f, 6f, 18f, 18f).line(18f, 6f, 6f, 18f) }
    val down =
        icon("down") {
            moveTo(7f, 10f)
            lineTo(12f, 15f)
            lineTo(17f, 10f)
        }
    val edit =
        icon("edit") {
            moveTo(5f, 19f)
            lineTo(5.8f, 15.2f)
            lineTo(16f, 5f)
            lineTo(19f, 8f)
            lineTo(8.8f, 18.2f)
            close()
            line(13.8f, 7.2f, 16.8f, 10.2f)
        }
    val search =
        icon("search") {
            moveTo(16f, 10.5f)
            arcTo(5.5f, 5.5f, 0f, isMoreThanHalf = true, isPositiveArc = true, 5f, 10.5f)
            arcTo(5.5f, 5.5f, 0f, isMoreThanHalf = true, isPositiveArc = true, 16f, 10.5f)
            close()
            line(14.5f, 14.5f, 20f, 20f)
        }
    val songs =
        icon("songs") {
            line(10f, 17f, 10f, 5f)
            line(10f, 5f, 18f, 7f)
            moveTo(10f, 17f)
            arcTo(2.5f, 2.5f, 0f, isMoreThanHalf = true, isPositiveArc = true, 5f, 17f)
            arcTo(2.5f, 2.5f, 0f, isMoreThanHalf = true, isPositiveArc = true, 10f, 17f)
        }
    val up =
        icon("up") {
            line(12f, 19f, 12f, 6f)
            moveTo(6.5f, 11f)
            lineTo(12f, 5.5f)
            lineTo(17.5f, 11f)
        }

    private fun PathBuilder.line(
        x: Float,
        y: Float,
        toX: Float,
        toY: Float,
    ): PathBuilder {
        moveTo(x, y)
        lineTo(toX, toY)
        return this
    }

    /** [turns]: it points to where reading begins, so it is mirrored with the text. */
    private fun icon(
        name: String,
        turns: Boolean = false,
        draw: PathBuilder.() -> Unit,
    ): ImageVector =
        ImageVector
            .Builder(name, 24.dp, 24.dp, 24f, 24f, autoMirror = turns)
            .path(
                stroke = SolidColor(Color.Black),
                strokeLineWidth = 2f,
                strokeLineCap = StrokeCap.Round,
                strokeLineJoin = StrokeJoin.Round,
                pathBuilder = draw,
            ).build()
}
