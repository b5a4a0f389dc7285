package dev.countersign.client.event;

import dev.countersign.client.internal.support.JsonBytes;

/** The members of JSON objects that {@link AttributeWriter} wrote: without white space, and valid. */
final class Members {
    private Members() {}

    /** Appends the members of {@code defaults} whose names {@code json} has not, each after a comma. */
    static int appendMissing(JsonBytes out, byte[] json, byte[] defaults) {
        int appended = 0;
        for (int at = 1; at < defaults.length - 1; at = end(defaults, at) + 1) {
            if (!has(json, defaults, at)) {
                out.raw(',').raw(defaults, at, end(defaults, at) - at);
                appended++;
            }
        }
        return appended;
    }

    private static boolean has(byte[] json, byte[] other, int nameAt) {
        int length = endOfString(other, nameAt) - nameAt;
        for (int at = 1; at < json.length - 1; at = end(json, at) + 1) {
            if (endOfString(json, at) - at == length && isSame(json, at, other, nameAt, length)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSame(byte[] a, int atA, byte[] b, int atB, int length) {
        for (int i = 0; i < length; i++) {
            if (a[atA + i] != b[atB + i]) {
                return false;
            }
        }
        return true;
    }

    /** Where the comma or brace is that follows the member which starts at {@code at}. */
    private static int end(byte[] json, int at) {
        int depth = 0;
        int i = at;
        while (depth > 0 || (json[i] != ',' && json[i] != '}')) {
            byte b = json[i];
            depth += b == '{' || b == '[' ? 1 : b == '}' || b == ']' ? -1 : 0;
            i = b == '"' ? endOfString(json, i) : i + 1;
        }
        return i;
    }

    /** Behind the closing quote of the string that starts at {@code at}. */
    private static int endOfString(byte[] json, int at) {
        int i = at + 1;
        while (json[i] != '"') {
            i += json[i] == '\\' ? 2 : 1;
        }
        return i + 1;
    }
}
