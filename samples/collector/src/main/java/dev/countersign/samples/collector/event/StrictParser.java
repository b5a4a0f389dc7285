package dev.countersign.samples.collector.event;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a member given twice, at every depth. Jackson's own detection makes a set for each object; most objects have so
 * few members that looking through their names costs a fraction of that. Only the methods here move the parser on.
 */
final class StrictParser extends JsonParserDelegate {
    /** An object with more members gets a set: looking through them would take the square of their number. */
    private static final int FEW = 16;

    // Of the open objects, by their depth: the first names, how many these are, and all names where they are not few.
    private final String[] names;
    private final int[] counts;
    private final @Nullable Set<String>[] sets;
    private int depth;

    /**
     * At the beginning of a text.
     *
     * @param parser reads it
     * @param maxDepth how deep that reads
     */
    @SuppressWarnings({"unchecked", "rawtypes"}) // There are no arrays of generic types.
    StrictParser(JsonParser parser, int maxDepth) {
        super(parser);
        names = new String[(maxDepth + 1) * FEW];
        counts = new int[maxDepth + 1];
        sets = new Set[maxDepth + 1];
    }

    @Override
    public @Nullable JsonToken nextToken() throws IOException {
        JsonToken token = delegate.nextToken();
        if (token == JsonToken.FIELD_NAME) {
            add(delegate.currentName());
        } else {
            track(token);
        }
        return token;
    }

    @Override
    public @Nullable String nextFieldName() throws IOException {
        String name = delegate.nextFieldName();
        if (name == null) {
            track(delegate.currentToken());
        } else {
            add(name);
        }
        return name;
    }

    @Override
    public JsonParser skipChildren() throws IOException {
        int open = 0;
        for (JsonToken token = currentToken(); token != null; token = nextToken()) {
            open += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (open <= 0) {
                break;
            }
        }
        return this;
    }

    private void track(@Nullable JsonToken token) {
        if (token == JsonToken.START_OBJECT) {
            counts[++depth] = 0;
            sets[depth] = null;
        } else if (token == JsonToken.END_OBJECT) {
            depth--;
        }
    }

    private void add(String name) throws JsonParseException {
        int first = depth * FEW;
        int count = counts[depth];
        if (count == FEW) {
            Set<String> set = sets[depth];
            if (set == null) {
                set = new HashSet<>(Arrays.asList(names).subList(first, first + FEW));
                sets[depth] = set;
            }
            require(set.add(name));
            return;
        }
        for (int i = first; i < first + count; i++) {
            require(!names[i].equals(name));
        }
        names[first + count] = name;
        counts[depth] = count + 1;
    }

    private void require(boolean isNew) throws JsonParseException {
        if (!isNew) {
            throw new JsonParseException(this, DUPLICATE);
        }
    }

    /** The message of the exception. */
    static final String DUPLICATE = "a member stands twice in an object";
}
