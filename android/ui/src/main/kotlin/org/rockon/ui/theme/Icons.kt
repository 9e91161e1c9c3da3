package org.rockon.ui.theme

import androidx.compose.ui.graphics.Color
import androidx.compose.ui.graphics.SolidColor
import androidx.compose.ui.graphics.StrokeCap
import androidx.compose.ui.graphics.StrokeJoin
import androidx.compose.ui.graphics.vector.ImageVector
import androidx.compose.ui.graphics.vector.addPathNodes
import androidx.compose.ui.unit.dp

private const val EYE = "M3 12Q12 2 21 12Q12 22 3 12M14.5 12A2.5 2.5 0 1 1 9.5 12A2.5 2.5 0 1 1 14.5 12"

/** Signs, drawn as lines on a field of 24: paths as SVG writes them. */
object Icons {
    val add = icon("add", "M12 5L12 19M5 12L19 12")
    val back = icon("back", "M20 12L5 12M11 6L5 12L11 18", turns = true)
    val band = icon(
        "band",
        "M12 8A3 3 0 1 1 6 8A3 3 0 1 1 12 8M3 19C3 11.5 15 11.5 15 19M15 5.5A2.8 2.8 0 0 1 15 11" +
            "M17.5 13.5C20 14.3 21 16 21 19",
    )
    val calendar = icon("calendar", "M4 6L20 6L20 20L4 20ZM4 10.5L20 10.5M8 3.5L8 7M16 3.5L16 7")
    val check = icon("check", "M5 12.5L10 17.5L19.5 7")
    val checkAll = icon("check all", "M2 12.5L7 17.5L16.5 7M12.5 16.5L13.5 17.5L22.5 7.5")
    val call = icon(
        "call",
        "M7 4L9.5 8.5L7.5 10.5C9 13.5 10.5 15 13.5 16.5L15.5 14.5L20 17C19.5 19 18 20 16.5 20" +
            "C9.5 19.5 4.5 14.5 4 7.5C4 6 5 4.5 7 4",
    )
    val clock = icon("clock", "M20 12A8 8 0 1 1 4 12A8 8 0 1 1 20 12M12 7.5L12 12M12 12L15 14")
    val close = icon("close", "M6 6L18 18M18 6L6 18")
    val down = icon("down", "M7 10L12 15L17 10")
    val edit = icon("edit", "M5 19L5.8 15.2L16 5L19 8L8.8 18.2ZM13.8 7.2L16.8 10.2")
    val hide = icon("hide", "${EYE}M4 4L20 20")
    val mail = icon("mail", "M4 6L20 6L20 18L4 18ZM4 7L12 13M12 13L20 7")
    val more = icon(
        "more",
        "M11.6 5.5L12.4 5.5M12 5.1L12 5.9M11.6 12L12.4 12M12 11.6L12 12.4M11.6 18.5L12.4 18.5M12 18.1" +
            "L12 18.9",
    )
    val notices = icon("notices", "M6 17L6 11A6 6 0 1 1 18 11L18 17M4 17L20 17M10.5 20.5L13.5 20.5")
    val search = icon("search", "M16 10.5A5.5 5.5 0 1 1 5 10.5A5.5 5.5 0 1 1 16 10.5ZM14.5 14.5L20 20")
    val setlists = icon("setlists", "M9 6L20 6M9 12L20 12M9 18L20 18M4 6L5 6M4 12L5 12M4 18L5 18")
    val show = icon("show", EYE)
    val songs = icon("songs", "M10 17L10 5M10 5L18 7M10 17A2.5 2.5 0 1 1 5 17A2.5 2.5 0 1 1 10 17")
    val sort = icon("sort", "M4 7L20 7M7 12L17 12M10 17L14 17")
    val tick = icon("tick", "M5 12.5L10 17.5M10 17.5L19 7")
    val up = icon("up", "M12 19L12 6M6.5 11L12 5.5L17.5 11")

    /** [turns]: it points to where reading begins, so it is mirrored with the text. */
    private fun icon(name: String, path: String, turns: Boolean = false): ImageVector = ImageVector
        .Builder(name, 24.dp, 24.dp, 24f, 24f, autoMirror = turns)
        .addPath(
            addPathNodes(path),
            stroke = SolidColor(Color.Black),
            strokeLineWidth = 2f,
            strokeLineCap = StrokeCap.Round,
            strokeLineJoin = StrokeJoin.Round,
        ).build()
}
