package dev.countersign.benchmarks;

import java.io.File;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which library a row uses, and its version as the jars beside this one say. */
final class Library {
    private static final Map<String, String> ARTIFACTS = Map.of(
            "bouncyCastle", "bcprov-jdk18on",
            "commonsCodec", "commons-codec",
            "fusionauthJwt", "fusionauth-jwt",
            "guava", "guava",
            "javaJwt", "java-jwt",
            "jjwt", "jjwt-api",
            "jose4j", "jose4j",
            "nimbus", "nimbus-jose-jwt",
            "tink", "tink");

    private Library() {}

    /** The row's name, and the library's version where it is not the JDK or Countersign. */
    static String label(String row) {
        String artifact = ARTIFACTS.get(row);
        if (artifact == null) {
            return row;
        }
        Pattern jar = Pattern.compile(Pattern.quote(artifact) + "-(\\d.*)\\.jar");
        String[] files = new File(new File(System.getProperty("java.class.path")).getParentFile(), "lib").list();
        for (String file : files == null ? new String[0] : files) {
            Matcher found = jar.matcher(file);
            if (found.matches()) {
                return row + " " + found.group(1);
            }
        }
        return row;
    }
}
