package dev.countersign.samples.collector.event;

import java.util.Map;
import java.util.Set;

/**
 * What an environment's profile changes about reading an event.
 *
 * @param userProofs the names that the proof of the user may have
 * @param groupProofs the names that the proof of the group may have
 * @param emptyIdIsAnonymous whether {@code "userId":""} means nobody; an error otherwise
 * @param metadataInTokenOnly whether {@code visitor} and {@code account} beside the token are refused: there, nobody has
 *     signed them
 */
public record EventSyntax(
        Set<String> userProofs, Set<String> groupProofs, boolean emptyIdIsAnonymous, boolean metadataInTokenOnly) {

    /** The wire protocol's own names. */
    public static final EventSyntax NATIVE =
            new EventSyntax(Set.of("identityToken"), Set.of("groupToken"), false, false);

    /** Every name that holds a proof somewhere: none is ever stored, and one at the wrong place is told so. */
    private static final Map<String, Place> PROOFS = Map.of(
            "identityToken", Place.USER,
            "signature", Place.USER,
            "userIdHash", Place.USER,
            "hashedUserId", Place.USER,
            "jwt", Place.USER,
            "groupToken", Place.GROUP,
            "groupSignature", Place.GROUP);

    /** What a member's name says about its value. */
    enum Place {
        USER,
        GROUP,
        NO_PROOF
    }

    static Place place(String member) {
        return PROOFS.getOrDefault(member, Place.NO_PROOF);
    }

    boolean takes(String member) {
        return userProofs.contains(member) || groupProofs.contains(member);
    }
}
