package dev.countersign.samples.collector;

/** An environment of a collector under test. */
record TestEnvironment(TestClient client, String id, String apiKey) {

    record Key(String id, String status, String secret) {}

    Key createKey() {
        Answer answer = createKeyAnswer();
        return new Key(answer.at("id"), answer.at("status"), answer.at("secret"));
    }

    Answer createKeyAnswer() {
        return client.post(path("/keys"), "{\"description\":\"for a test\"}");
    }

    Answer promote(Key key) {
        return client.post(path("/keys/" + key.id() + "/promote"), "");
    }

    Answer revoke(Key key) {
        return client.post(path("/keys/" + key.id() + "/revoke"), "{\"confirm\":\"" + key.id() + "\"}");
    }

    long count(String member) {
        return client.get("/admin/stats").number("environments", id, member);
    }

    String path(String rest) {
        return "/admin/environments/" + id + rest;
    }
}
