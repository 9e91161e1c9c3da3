// The same screens in a window, on the core's library of this machine: for looking at them, and for the README's pictures.
plugins {
    alias(libs.plugins.kotlin.jvm)
    alias(libs.plugins.kotlin.compose)
    alias(libs.plugins.compose.desktop)
}

kotlin {
    jvmToolchain(17)
    compilerOptions {
        allWarningsAsErrors = true
        optIn.add("androidx.compose.material3.ExperimentalMaterial3Api")
    }
    sourceSets.main { kotlin.srcDir("../ui/src/main/kotlin") }
    sourceSets.test { kotlin.srcDir("../ui/src/samples/kotlin") }
}

dependencies {
    implementation(project(":rockon-core"))
    implementation(libs.desktop)
    implementation(compose.desktop.currentOs)
    implementation(libs.desktop.material3)
    implementation(libs.desktop.lifecycle)
    implementation(libs.coroutines.core)
    implementation(libs.coroutines.swing)
    implementation(libs.datetime)
    implementation(libs.jna)
    implementation(libs.zxing)
    testImplementation(libs.desktop.ui.test)
    testImplementation(libs.junit)
    testImplementation(libs.kotlin.test)
}

compose.desktop.application {
    mainClass = "org.rockon.desktop.MainKt"
    jvmArgs("-Djna.library.path=${file("../../target/debug")}")
}
