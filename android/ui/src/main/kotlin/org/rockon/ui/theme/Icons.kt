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
    val back = icon("back", turns = true) {
        line(20f, 12f, 5f, 12f)
        moveTo(11f, 6f)
        lineTo(5f, 12f)
        lineTo(11f, 18f)
    }
    val band = icon("band") {
        moveTo(12f, 8f)
        arcTo(3f, 3f, 0f, isMoreThanHalf = true, isPositiveArc = true, 6f, 8f)
        arcTo(3f, 3f, 0f, isMoreThanHalf = true, isPositiveArc = true, 12f, 8f)
        moveTo(3f, 19f)
        curveTo(3f, 11.5f, 15f, 11.5f, 15f, 19f)
        moveTo(15f, 5.5f)
        arcTo(2.8f, 2.8f, 0f, isMoreThanHalf = false, isPositiveArc = true, 15f, 11f)
        moveTo(17.5f, 13.5f)
        curveTo(20f, 14.3f, 21f, 16f, 21f, 19f)
    }
    val calendar = icon("calendar") {
        moveTo(4f, 6f)
        lineTo(20f, 6f)
        lineTo(20f, 20f)
        lineTo(4f, 20f)
        close()
        line(4f, 10.5f, 20f, 10.5f).line(8f, 3.5f, 8f, 7f).line(16f, 3.5f, 16f, 7f)
    }
    val check = icon("check") {
        moveTo(5f, 12.5f)
        lineTo(10f, 17.5f)
        lineTo(19.5f, 7f)
    }
    val checkAll = icon("check all") {
        moveTo(2f, 12.5f)
        lineTo(7f, 17.5f)
        lineTo(16.5f, 7f)
        moveTo(12.5f, 16.5f)
        lineTo(13.5f, 17.5f)
        lineTo(22.5f, 7.5f)
    }
    val call = icon("call") {
        moveTo(7f, 4f)
        lineTo(9.5f, 8.5f)
        lineTo(7.5f, 10.5f)
        curveTo(9f, 13.5f, 10.5f, 15f, 13.5f, 16.5f)
        lineTo(15.5f, 14.5f)
        lineTo(20f, 17f)
        curveTo(19.5f, 19f, 18f, 20f, 16.5f, 20f)
        curveTo(9.5f, 19.5f, 4.5f, 14.5f, 4f, 7.5f)
        curveTo(4f, 6f, 5f, 4.5f, 7f, 4f)
    }
    val clock = icon("clock") {
        moveTo(20f, 12f)
        arcTo(8f, 8f, 0f, isMoreThanHalf = true, isPositiveArc = true, 4f, 12f)
        arcTo(8f, 8f, 0f, isMoreThanHalf = true, isPositiveArc = true, 20f, 12f)
        line(12f, 7.5f, 12f, 12f).line(12f, 12f, 15f, 14f)
    }
    val close = icon("close") { line(6f, 6f, 18f, 18f).line(18f, 6f, 6f, 18f) }
    val down = icon("down") {
        moveTo(7f, 10f)
        lineTo(12f, 15f)
        lineTo(17f, 10f)
    }
    val edit = icon("edit") {
        moveTo(5f, 19f)
        lineTo(5.8f, 15.2f)
        lineTo(16f, 5f)
        lineTo(19f, 8f)
        lineTo(8.8f, 18.2f)
        close()
        line(13.8f, 7.2f, 16.8f, 10.2f)
    }
    val hide = icon("hide") {
        eye()
        line(4f, 4f, 20f, 20f)
    }
    val mail = icon("mail") {
        moveTo(4f, 6f)
        lineTo(20f, 6f)
        lineTo(20f, 18f)
        lineTo(4f, 18f)
        close()
        line(4f, 7f, 12f, 13f).line(12f, 13f, 20f, 7f)
    }
    val more = icon("more") {
        for (y in listOf(5.5f, 12f, 18.5f)) line(11.6f, y, 12.4f, y).line(12f, y - 0.4f, 12f, y + 0.4f)
    }
    val notices = icon("notices") {
        moveTo(6f, 17f)
        lineTo(6f, 11f)
        arcTo(6f, 6f, 0f, isMoreThanHalf = true, isPositiveArc = true, 18f, 11f)
        lineTo(18f, 17f)
        line(4f, 17f, 20f, 17f).line(10.5f, 20.5f, 13.5f, 20.5f)
    }
    val search = icon("search") {
        moveTo(16f, 10.5f)
        arcTo(5.5f, 5.5f, 0f, isMoreThanHalf = true, isPositiveArc = true, 5f, 10.5f)
        arcTo(5.5f, 5.5f, 0f, isMoreThanHalf = true, isPositiveArc = true, 16f, 10.5f)
        close()
        line(14.5f, 14.5f, 20f, 20f)
    }
    val setlists = icon("setlists") {
        line(9f, 6f, 20f, 6f).line(9f, 12f, 20f, 12f).line(9f, 18f, 20f, 18f)
        line(4f, 6f, 5f, 6f).line(4f, 12f, 5f, 12f).line(4f, 18f, 5f, 18f)
    }
    val show = icon("show") { eye() }
    val songs = icon("songs") {
        line(10f, 17f, 10f, 5f)
        line(10f, 5f, 18f, 7f)
        moveTo(10f, 17f)
        arcTo(2.5f, 2.5f, 0f, isMoreThanHalf = true, isPositiveArc = true, 5f, 17f)
        arcTo(2.5f, 2.5f, 0f, isMoreThanHalf = true, isPositiveArc = true, 10f, 17f)
    }
    val sort = icon("sort") { line(4f, 7f, 20f, 7f).line(7f, 12f, 17f, 12f).line(10f, 17f, 14f, 17f) }
    val tick = icon("tick") { line(5f, 12.5f, 10f, 17.5f).line(10f, 17.5f, 19f, 7f) }
    val up = icon("up") {
        line(12f, 19f, 12f, 6f)
        moveTo(6.5f, 11f)
        lineTo(12f, 5.5f)
        lineTo(17.5f, 11f)
    }

    private fun PathBuilder.eye() {
        moveTo(3f, 12f)
        quadTo(12f, 2f, 21f, 12f)
        quadTo(12f, 22f, 3f, 12f)
        moveTo(14.5f, 12f)
        arcTo(2.5f, 2.5f, 0f, isMoreThanHalf = true, isPositiveArc = true, 9.5f, 12f)
        arcTo(2.5f, 2.5f, 0f, isMoreThanHalf = true, isPositiveArc = true, 14.5f, 12f)
    }

    private fun PathBuilder.line(x: Float, y: Float, toX: Float, toY: Float): PathBuilder {
        moveTo(x, y)
        lineTo(toX, toY)
        return this
    }

    /** [turns]: it points to where reading begins, so it is mirrored with the text. */
    private fun icon(name: String, turns: Boolean = false, draw: PathBuilder.() -> Unit): ImageVector = ImageVector
        .Builder(name, 24.dp, 24.dp, 24f, 24f, autoMirror = turns)
        .path(
            stroke = SolidColor(Color.Black),
            strokeLineWidth = 2f,
            strokeLineCap = StrokeCap.Round,
            strokeLineJoin = StrokeJoin.Round,
            pathBuilder = draw,
        ).build()
}
