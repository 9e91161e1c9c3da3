// The app: what only Android has, behind the interfaces of :ui. Who builds it says the server and the signing key by
// properties; gradle.properties lists them.
plugins {
    alias(libs.plugins.android.application)
    alias(libs.plugins.kotlin.compose)
    alias(libs.plugins.roborazzi)
}

fun property(name: String): String? = providers.gradleProperty("rockon.$name").orNull

android {
    namespace = "org.rockon.app"
    compileSdk = 37
    defaultConfig {
        applicationId = "org.rockon.app"
        minSdk = 26
        targetSdk = 37
        versionCode = 1
        versionName = "0.1.0"
        property("server.url")?.let { resValue("string", "server_url", it) }
        property("server.key")?.let { resValue("string", "server_key", it) }
    }
    buildFeatures.resValues = true
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
    signingConfigs {
        property("signing.store")?.let { store ->
            create("release") {
                storeFile = file(store)
                storePassword = property("signing.storePassword")
                keyAlias = property("signing.alias")
                keyPassword = property("signing.keyPassword")
            }
        }
    }
    buildTypes {
        release {
            isMinifyEnabled = true
            isShrinkResources = true
            proguardFiles(getDefaultProguardFile("proguard-android-optimize.txt"), "proguard-rules.pro")
            signingConfig = signingConfigs.findByName("release")
        }
    }
    sourceSets["test"].kotlin.srcDirs("../../bindings/kotlin/src/test/kotlin/org/rockon/server", "../ui/src/samples/kotlin")
    testOptions.unitTests {
        isIncludeAndroidResources = true
        all { it.systemProperty("jna.library.path", file("../../target/debug").path) }
    }
}

kotlin.compilerOptions { allWarningsAsErrors = true }

roborazzi { outputDir = file("src/test/screenshots") }

dependencies {
    implementation(project(":ui"))
    implementation(project(":rockon-core-android"))
    implementation(libs.activity.compose)
    implementation(libs.lifecycle.runtime.compose)
    implementation(libs.lifecycle.viewmodel.savedstate)
    implementation(libs.core.ktx)
    implementation(libs.work.runtime)
    implementation(libs.coroutines.android)
    debugImplementation(libs.compose.ui.test.manifest)
    testImplementation(libs.compose.ui.test)
    testImplementation(libs.work.testing)
    testImplementation(libs.junit)
    testImplementation(libs.kotlin.test)
    testImplementation(libs.coroutines.test)
    testImplementation(libs.serialization.json)
    testImplementation(libs.robolectric)
    testImplementation(libs.roborazzi)
    testImplementation(libs.test.core)
    testImplementation(libs.test.junit)
    // The tests run on a JVM: JNA as a plain jar.
    testImplementation(libs.jna)
}
