package dev.countersign.samples.backends.spring;

import dev.countersign.samples.backends.spring.DemoUsers.LoggedInUser;
import dev.countersign.samples.backends.spring.signing.Identity;
import dev.countersign.samples.backends.spring.signing.SigningEnvironments;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /identity}: the proof of who is logged in, fetched by the app when it needs one. The id comes from the
 * session; an endpoint that signs an id from the request would let everybody be everybody.
 */
@RestController
class IdentityController {
    private final SigningEnvironments environments;

    IdentityController(SigningEnvironments environments) {
        this.environments = environments;
    }

    @GetMapping("/identity")
    ResponseEntity<Identity> identity(
            @AuthenticationPrincipal LoggedInUser user, @RequestParam @Nullable String environment) {
        Identity identity = environments.get(environment).identityOf(user);
        return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body(identity);
    }
}
