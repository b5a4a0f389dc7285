package dev.countersign.samples.rotation;

import static dev.countersign.samples.rotation.operator.ProofForm.BASE64;
import static dev.countersign.samples.rotation.operator.ProofForm.HEX;
import static dev.countersign.samples.rotation.operator.ProofForm.JWT;
import static dev.countersign.samples.rotation.operator.ProofForm.V1;

import dev.countersign.samples.rotation.client.ClientSettings.Login;
import dev.countersign.samples.rotation.operator.ProofForm;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Who plays: for each form of proof one client at either back end, six of them steady. */
final class Cast {

    /** What a client does besides sending. */
    enum Habit {
        /** One user, always online. */
        STEADY,
        /** One user, offline whenever a key is revoked. */
        COMMUTER,
        /** Two users who log out and in by turns. */
        TURNS
    }

    /**
     * A client.
     *
     * @param atSpringBoot whether it logs in at the Spring Boot back end; otherwise at the Micronaut one
     */
    record Role(String name, ProofForm form, boolean atSpringBoot, Habit habit, List<Login> logins) {}

    private static final SecureRandom RANDOM = new SecureRandom();

    private Cast() {}

    /** Every client; the passwords are new each time. */
    static List<Role> assemble() {
        return List.of(
                role("hex-spring", HEX, true, Habit.STEADY),
                role("hex-micronaut", HEX, false, Habit.TURNS),
                role("base64-spring", BASE64, true, Habit.STEADY),
                role("base64-micronaut", BASE64, false, Habit.STEADY),
                role("v1-spring", V1, true, Habit.STEADY),
                role("v1-micronaut", V1, false, Habit.COMMUTER),
                role("jwt-spring", JWT, true, Habit.STEADY),
                role("jwt-micronaut", JWT, false, Habit.STEADY));
    }

    private static Role role(String name, ProofForm form, boolean atSpringBoot, Habit habit) {
        List<Login> logins = new ArrayList<>();
        for (int i = 1; i <= (habit == Habit.TURNS ? 2 : 1); i++) {
            logins.add(new Login(name + "-" + i, secret(), "u_" + name + "_" + i, "acme-" + name));
        }
        return new Role(name, form, atSpringBoot, habit, List.copyOf(logins));
    }

    /** 256 random bits as text. */
    static String secret() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
