package dev.countersign.samples.collector.event;

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

    /** Copies the sets. */
    public EventSyntax {
        userProofs = Set.copyOf(userProofs);
        groupProofs = Set.copyOf(groupProofs);
    }

    /** The wire protocol's own names. */
    public static final EventSyntax NATIVE =
            new EventSyntax(Set.of("identityToken"), Set.of("groupToken"), false, false);

    /** What a member's name says about its value. */
    enum Place {
        USER,
        GROUP,
        NO_PROOF
    }

    /** Every name that holds a proof somewhere: none is ever stored, and one at the wrong place is told so. */
    static Place place(String member) {
        return switch (member) {
            case "identityToken", "signature", "userIdHash", "hashedUserId", "jwt" -> Place.USER;
            case "groupToken", "groupSignature" -> Place.GROUP;
            default -> Place.NO_PROOF;
        };
    }

    boolean takes(String member) {
        return userProofs.contains(member) || groupProofs.contains(member);
    }
}
