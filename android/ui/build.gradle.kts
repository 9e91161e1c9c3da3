// Screens, their models and the theme: no Android import. The desktop compiles the same sources (desktop/build.gradle.kts).
plugins {
    alias(libs.plugins.android.library)
    alias(libs.plugins.kotlin.compose)
}

android {
    namespace = "org.rockon.ui"
    compileSdk = 37
    defaultConfig { minSdk = 26 }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
    // The client of the scenario server that the core's own tests use.
    sourceSets["test"].kotlin.srcDir("../../bindings/kotlin/src/test/kotlin/org/rockon/server")
    testOptions.unitTests.all {
        it.systemProperty("jna.library.path", file("../../target/debug").path)
    }
}

kotlin.compilerOptions {
    allWarningsAsErrors = true
    optIn.add("androidx.compose.material3.ExperimentalMaterial3Api")
}

dependencies {
    api(project(":rockon-core"))
    api(libs.compose.ui)
    api(libs.compose.foundation)
    api(libs.compose.material3)
    api(libs.coroutines.core)
    api(libs.datetime)
    implementation(libs.lifecycle.runtime.compose)
    implementation(libs.zxing)
    testImplementation(libs.jna)
    testImplementation(libs.junit)
    testImplementation(libs.kotlin.test)
    testImplementation(libs.coroutines.test)
    testImplementation(libs.serialization.json)
}
