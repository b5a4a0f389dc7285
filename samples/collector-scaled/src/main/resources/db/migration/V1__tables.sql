-- The collector's tables. Times are in milliseconds since 1970.

CREATE TABLE application (id text PRIMARY KEY, name text NOT NULL);

CREATE TABLE environment (
  id text PRIMARY KEY, application text NOT NULL, name text NOT NULL, api_key text NOT NULL UNIQUE,
  profile text NOT NULL, form text NOT NULL, group_keys integer NOT NULL, mode text NOT NULL,
  anonymous text NOT NULL, invalid_in_optional text NOT NULL);

CREATE TABLE ring (name text PRIMARY KEY, version bigint NOT NULL);

-- Secrets are encrypted by the collector; the database never sees one.
CREATE TABLE signing_key (
  ring text NOT NULL, id text NOT NULL, description text NOT NULL, status text NOT NULL,
  secret bytea, created_at bigint NOT NULL, created_by text NOT NULL, added_in bigint NOT NULL,
  revoked_at bigint, revoked_by text, PRIMARY KEY (ring, id));

CREATE TABLE verifier (
  ring text NOT NULL, name text NOT NULL, ring_version bigint NOT NULL, reported_at bigint NOT NULL,
  PRIMARY KEY (ring, name));

CREATE TABLE credential (
  id text PRIMARY KEY, name text NOT NULL, role text NOT NULL, hash bytea NOT NULL, created_at bigint NOT NULL);

CREATE TABLE audit (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at bigint NOT NULL, who text NOT NULL, action text NOT NULL,
  subject text NOT NULL, detail text NOT NULL);

CREATE TABLE traffic (
  environment text NOT NULL, step bigint NOT NULL, fate text NOT NULL, reason text NOT NULL,
  app_version text NOT NULL, count bigint NOT NULL,
  PRIMARY KEY (environment, step, fate, reason, app_version));

CREATE TABLE key_traffic (
  key_id text NOT NULL, step bigint NOT NULL, proofs bigint NOT NULL, PRIMARY KEY (key_id, step));

CREATE TABLE key_total (key_id text PRIMARY KEY, accepted bigint NOT NULL, last_used_at bigint NOT NULL);

CREATE TABLE anonymous_link (
  environment text NOT NULL, anonymous_id text NOT NULL, user_id text NOT NULL, linked_at bigint NOT NULL,
  PRIMARY KEY (environment, anonymous_id));

-- An id is a UUIDv7: it begins with the time at which the client made it. One partition for each day of that time,
-- made ahead and dropped whole. Ids of no such day (clients choose them) lie in event_apart.
CREATE TABLE event (
  environment text NOT NULL, id uuid NOT NULL, owner text NOT NULL, anonymous smallint NOT NULL,
  type text NOT NULL, name text, verdict text NOT NULL, reason text, key_id text,
  received_at bigint NOT NULL, body text NOT NULL,
  PRIMARY KEY (environment, id)) PARTITION BY RANGE (id);

CREATE TABLE event_apart PARTITION OF event DEFAULT;
CREATE INDEX event_apart_received_at ON event_apart (received_at);

-- What no consumer could store: the place in the topic and why. The record itself stays in the topic.
CREATE TABLE unstorable (
  topic text NOT NULL, partition integer NOT NULL, record_offset bigint NOT NULL, why text NOT NULL,
  seen_at bigint NOT NULL, PRIMARY KEY (topic, partition, record_offset));
