package org.rockon.android;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** An R class for each AAR that has resources: names of its own, with the numbers of the linked table. */
record RClasses(List<Path> aars, Path out, Path classes) {
  private static final Pattern PACKAGE = Pattern.compile("package=\"([^\"]+)\"");

  void make() throws IOException {
    Map<String, String> values = new HashMap<>();
    for (String line : Files.readAllLines(out.resolve("R.txt"))) {
      String[] word = line.split(" ", 4);
      values.put(word[1] + " " + word[2], word[0] + " " + word[2] + " = " + word[3]);
    }
    for (Path aar : aars) write(aar, values);
    compile();
  }

  private void write(Path aar, Map<String, String> values) throws IOException {
    Path names = aar.resolve("R.txt");
    if (!Files.exists(names) || Files.size(names) == 0) return;
    Map<String, List<String>> byType = new TreeMap<>();
    for (String line : Files.readAllLines(names)) {
      String[] word = line.split(" ", 4);
      String value = word.length == 4 ? values.get(word[1] + " " + word[2]) : null;
      if (value != null) byType.computeIfAbsent(word[1], type -> new ArrayList<>()).add(value);
    }
    Matcher manifest = PACKAGE.matcher(Files.readString(aar.resolve("AndroidManifest.xml")));
    if (!manifest.find()) throw new IllegalStateException("no package: " + aar);
    StringBuilder text = new StringBuilder("package " + manifest.group(1) + ";\npublic final class R {\n");
    byType.forEach((type, fields) -> {
      text.append("public static final class ").append(type).append(" {\n");
      fields.forEach(field -> text.append("public static ").append(field).append(";\n"));
      text.append("}\n");
    });
    Path source = out.resolve("r").resolve(manifest.group(1).replace('.', '/')).resolve("R.java");
    Files.createDirectories(source.getParent());
    Files.writeString(source, text.append("}\n"));
  }

  private void compile() throws IOException {
    Files.createDirectories(classes);
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    List<String> args = new ArrayList<>(List.of("--release", "17", "-nowarn", "-d", classes.toString()));
    try (var all = Files.walk(out.resolve("r"))) {
      all.filter(path -> path.toString().endsWith(".java")).forEach(path -> args.add(path.toString()));
    }
    if (javac.run(null, null, null, args.toArray(String[]::new)) != 0) throw new IllegalStateException("R does not compile");
  }
}
