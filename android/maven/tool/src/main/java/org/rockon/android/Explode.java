package org.rockon.android;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * AARs as folders, and the classes of all of them together in one folder.
 *
 * <p>Invariant: what lies there belongs to exactly the AARs of the list, so another list begins from nothing.
 */
final class Explode {
  private Explode() {}

  /** Explodes the AARs that a file lists, as Maven writes a class path; nothing if that was done already. */
  static void all(Path list, Path classes, Path exploded) throws IOException {
    String wanted = Files.readString(list).strip();
    // Beside what it speaks for: who removes one removes both.
    Path stamp = classes.resolve("META-INF/aars.txt");
    if (Files.isDirectory(exploded) && Files.exists(stamp) && Files.readString(stamp).equals(wanted)) return;
    delete(classes);
    delete(exploded);
    Files.createDirectories(classes);
    List<String> aars = Arrays.stream(wanted.split(File.pathSeparator)).filter(aar -> !aar.isBlank()).sorted().toList();
    for (String aar : aars) one(Path.of(aar), classes, exploded);
    Files.createDirectories(stamp.getParent());
    Files.writeString(stamp, wanted);
  }

  /** Two groups have an artifact named core: the folder above tells them apart. */
  private static void one(Path aar, Path classes, Path exploded) throws IOException {
    Path group = aar.getParent().getParent().getParent().getFileName();
    Path to = exploded.resolve(group + "." + aar.getFileName().toString().replaceAll("\\.aar$", ""));
    unzip(aar, to);
    List<Path> jars = new ArrayList<>();
    if (Files.exists(to.resolve("classes.jar"))) jars.add(to.resolve("classes.jar"));
    if (Files.isDirectory(to.resolve("libs"))) {
      try (var inside = Files.list(to.resolve("libs"))) {
        inside.filter(path -> path.toString().endsWith(".jar")).forEach(jars::add);
      }
    }
    for (Path jar : jars) unzip(jar, classes);
  }

  private static void unzip(Path zip, Path to) throws IOException {
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : Collections.list(file.entries())) {
        Path path = to.resolve(entry.getName()).normalize();
        if (!path.startsWith(to)) throw new IOException("outside of its archive: " + entry.getName());
        if (entry.isDirectory()) {
          Files.createDirectories(path);
          continue;
        }
        Files.createDirectories(path.getParent());
        write(path, entry.getName(), file.getInputStream(entry).readAllBytes());
      }
    }
  }

  /** Several jars offer the same service: their lists become one. */
  private static void write(Path path, String name, byte[] bytes) throws IOException {
    if (name.startsWith("META-INF/services/") && Files.exists(path)) Files.write(path, bytes, StandardOpenOption.APPEND);
    else Files.write(path, bytes);
  }

  private static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) return;
    try (var all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
    }
  }
}
