package org.rockon.ui.band

import androidx.compose.foundation.Canvas
import androidx.compose.foundation.background
import androidx.compose.foundation.layout.aspectRatio
import androidx.compose.foundation.layout.padding
import androidx.compose.runtime.Composable
import androidx.compose.runtime.remember
import androidx.compose.ui.Modifier
import androidx.compose.ui.geometry.Offset
import androidx.compose.ui.geometry.Size
import androidx.compose.ui.graphics.Color
import androidx.compose.ui.semantics.Role
import androidx.compose.ui.semantics.contentDescription
import androidx.compose.ui.semantics.role
import androidx.compose.ui.semantics.semantics
import androidx.compose.ui.unit.dp
import com.google.zxing.BarcodeFormat
import com.google.zxing.EncodeHintType
import com.google.zxing.common.BitMatrix
import com.google.zxing.qrcode.QRCodeWriter
import com.google.zxing.qrcode.decoder.ErrorCorrectionLevel

/** A text as a QR code: one point for each module, without the white around it. */
internal fun qrCode(text: String): BitMatrix {
    val hints = mapOf(EncodeHintType.MARGIN to 0, EncodeHintType.ERROR_CORRECTION to ErrorCorrectionLevel.M)
    return QRCodeWriter().encode(text, BarcodeFormat.QR_CODE, 0, 0, hints)
}

/** Black on white in every theme, with white around it: cameras want it so. */
@Composable
internal fun QrCode(text: String, name: String, modifier: Modifier = Modifier) {
    val code = remember(text) { qrCode(text) }
    Canvas(
        modifier
            .semantics {
                contentDescription = name
                role = Role.Image
            }.background(Color.White)
            .padding(16.dp)
            .aspectRatio(1f),
    ) {
        val side = size.minDimension / code.width
        for (y in 0 until code.height) {
            for (x in 0 until code.width) {
                // A little over its edge: no light between neighbours.
                if (code[x, y]) drawRect(Color.Black, Offset(x * side, y * side), Size(side + 0.5f, side + 0.5f))
            }
        }
    }
}
