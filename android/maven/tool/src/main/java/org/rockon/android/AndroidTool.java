package org.rockon.android;

import java.io.IOException;
import java.nio.file.Path;

/**
 * What the Android Gradle plugin does with AARs, manifests and resources, for builds without it.
 *
 * <p>Owns no state: each step reads what Maven resolved and writes below a target folder. Never downloads.
 */
public final class AndroidTool {
  private AndroidTool() {}

  /**
   * {@code explode LIST CLASSES EXPLODED}, or {@code link NAMESPACE MIN TARGET MAIN FRAMEWORK OUT CLASSES TESTS EXPLODED TEST-EXPLODED}, or
   * the same with {@code link-release}: what phones get, without what tests need.
   */
  public static void main(String[] args) throws IOException, InterruptedException {
    switch (args[0]) {
      case "explode" -> Explode.all(Path.of(args[1]), Path.of(args[2]), Path.of(args[3]));
      case "link", "link-release" -> Link.of(args).run();
      default -> throw new IllegalArgumentException(args[0]);
    }
  }
}
