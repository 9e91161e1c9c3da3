// The AAR: the native libraries that build-native.sh makes, the Kotlin module, JNA for Android, and the keep rules.
// Not run where it was written: no Gradle and no Android SDK there.
plugins {
    id("com.android.library") version "9.5.1"
}

android {
    namespace = "org.rockon.core"
    compileSdk = 37
    defaultConfig {
        // java.lang.ref.Cleaner and java.time of the generated code; build-native.sh says the same.
        minSdk = 26
        consumerProguardFiles("../kotlin/consumer-rules.pro")
        ndk { abiFilters += setOf("arm64-v8a", "armeabi-v7a", "x86_64") }
    }
    sourceSets["main"].jniLibs.srcDir("jniLibs")
    // Uncompressed and aligned in the APK, so that the system maps them as they are.
    packaging.jniLibs.useLegacyPackaging = false
}

dependencies {
    api(project(":rockon-core"))
    // 5.18 is the first whose own library is aligned to pages of 16 kB.
    api("net.java.dev.jna:jna:5.19.1@aar")
}
