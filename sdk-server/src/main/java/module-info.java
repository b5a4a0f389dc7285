/** Signs and verifies identity proofs; holds and rotates their keys. */
module dev.countersign.server {
    requires static transitive org.jspecify;

    exports dev.countersign.server.identity;
    exports dev.countersign.server.key;
    exports dev.countersign.server.hmac;
    exports dev.countersign.server.jwt;
    exports dev.countersign.server.enforcement;
    exports dev.countersign.server.diagnosis;
}
