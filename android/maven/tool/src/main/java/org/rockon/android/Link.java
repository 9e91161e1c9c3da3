package org.rockon.android;

import com.android.manifmerger.Merger;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The merged manifest, the resource table and the R classes of the app and of all AARs, and where Robolectric finds them. */
record Link(
    String namespace,
    String min,
    String target,
    Path main,
    Path framework,
    Path out,
    Path classes,
    Path testClasses,
    List<Path> exploded,
    boolean isRelease) {

  /** As the command line has them, after the word itself. */
  static Link of(String[] args) {
    boolean isRelease = args[0].equals("link-release");
    List<Path> exploded = Arrays.stream(args).skip(9).limit(isRelease ? 1 : 2).map(Path::of).toList();
    return new Link(
        args[1],
        args[2],
        args[3],
        Path.of(args[4]),
        Path.of(args[5]),
        Path.of(args[6]),
        Path.of(args[7]),
        Path.of(args[8]),
        exploded,
        isRelease);
  }

  void run() throws IOException, InterruptedException {
    Files.createDirectories(out);
    List<Path> aars = new ArrayList<>();
    for (Path folder : exploded) {
      try (var inside = Files.list(folder)) {
        inside.filter(Files::isDirectory).sorted().forEach(aars::add);
      }
    }
    Path manifest = manifest(aars);
    resources(aars, manifest);
    new RClasses(aars, out, classes).make();
    tellRobolectric(manifest);
  }

  /** Gradle's manifest names no package: a copy does, with those of the AARs merged into it. */
  private Path manifest(List<Path> aars) throws IOException {
    Path ours = out.resolve("main.xml");
    Path merged = out.resolve("AndroidManifest.xml");
    String text = Files.readString(main.resolve("AndroidManifest.xml"));
    Files.writeString(ours, text.replaceFirst("<manifest ", "<manifest package=\"" + namespace + "\" "));
    String libs = aars.stream().map(aar -> aar.resolve("AndroidManifest.xml").toString()).collect(Collectors.joining(File.pathSeparator));
    List<String> args = new ArrayList<>(List.of("--main", ours.toString(), "--libs", libs, "--out", merged.toString(), "--log", "WARNING"));
    for (String property : List.of("PACKAGE=" + namespace, "MIN_SDK_VERSION=" + min, "TARGET_SDK_VERSION=" + target)) {
      args.addAll(List.of("--property", property));
    }
    int failures = new Merger().process(args.toArray(String[]::new));
    if (failures != 0) throw new IllegalStateException("manifest merger: " + failures);
    return merged;
  }

  /** Resources of AARs are compiled once, ours every time. */
  private void resources(List<Path> aars, Path manifest) throws IOException, InterruptedException {
    String aapt2 = aapt2();
    List<String> link = new ArrayList<>(List.of(aapt2, "link", "-o", out.resolve("resources.ap_").toString()));
    link.addAll(List.of("-I", framework.toString(), "--manifest", manifest.toString(), "--custom-package", namespace));
    link.addAll(List.of("--auto-add-overlay", "--no-version-vectors", "--version-code", "1", "--version-name", "0.1"));
    link.addAll(List.of("--proguard", out.resolve("manifest.pro").toString()));
    if (!isRelease) link.add("--debug-mode");
    link.addAll(List.of("--output-text-symbols", out.resolve("R.txt").toString(), "--java", out.resolve("r").toString()));
    Path flat = Files.createDirectories(out.resolve("flat"));
    for (Path aar : aars) {
      Path zip = flat.resolve(aar.getFileName() + ".zip");
      if (!Files.isDirectory(aar.resolve("res"))) continue;
      if (!Files.exists(zip)) run(aapt2, "compile", "--dir", aar.resolve("res").toString(), "-o", zip.toString());
      link.addAll(List.of("-R", zip.toString()));
    }
    Path ours = flat.resolve("ours.zip");
    run(aapt2, "compile", "--dir", main.resolve("res").toString(), "-o", ours.toString());
    link.addAll(List.of("-R", ours.toString()));
    run(link.toArray(String[]::new));
  }

  private void tellRobolectric(Path manifest) throws IOException {
    Path config = testClasses.resolve("com/android/tools/test_config.properties");
    Files.createDirectories(config.getParent());
    Files.writeString(
        config,
        "android_custom_package=" + namespace
            + "\nandroid_merged_manifest=" + manifest.toAbsolutePath()
            + "\nandroid_resource_apk=" + out.resolve("resources.ap_").toAbsolutePath() + "\n");
  }

  /** The resource compiler that apktool's library carries. */
  private String aapt2() throws IOException {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String name = os.contains("mac") ? "macosx/aapt2" : os.contains("win") ? "windows/aapt2.exe" : "linux/aapt2";
    Path to = out.resolve(Path.of(name).getFileName());
    if (!Files.exists(to)) {
      try (InputStream in = Link.class.getResourceAsStream("/prebuilt/" + name)) {
        Files.copy(in, to);
      }
      if (!to.toFile().setExecutable(true)) throw new IOException("cannot be made executable: " + to);
    }
    return to.toAbsolutePath().toString();
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) throw new IllegalStateException(String.join(" ", command) + "\n" + said);
  }
}
