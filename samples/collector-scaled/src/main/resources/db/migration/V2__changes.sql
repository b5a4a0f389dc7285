-- Every change of keys, settings and credentials gets a number and is told to all collectors when it is committed.

CREATE TABLE change (number bigint NOT NULL);
INSERT INTO change VALUES (0);

-- The collectors that share this database, and the change up to which each has taken all over.
CREATE TABLE instance (name text PRIMARY KEY, applied bigint NOT NULL, seen_at bigint NOT NULL);

CREATE FUNCTION tell_change(what text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  n bigint;
BEGIN
  UPDATE change SET number = number + 1 RETURNING number INTO n;
  PERFORM pg_notify('collector_change', n || ' ' || what);
END $$;

CREATE FUNCTION environment_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_change('environment ' || NEW.id);
  RETURN NULL;
END $$;

-- A ring is named after its environment, a ring of groups with /groups behind it.
CREATE FUNCTION ring_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_change('environment ' || split_part(NEW.name, '/', 1));
  RETURN NULL;
END $$;

CREATE FUNCTION credential_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM tell_change('credentials');
  RETURN NULL;
END $$;

CREATE TRIGGER tell AFTER INSERT OR UPDATE ON environment FOR EACH ROW EXECUTE FUNCTION environment_changed();
CREATE TRIGGER tell AFTER INSERT OR UPDATE ON ring FOR EACH ROW EXECUTE FUNCTION ring_changed();
CREATE TRIGGER tell AFTER INSERT OR UPDATE OR DELETE ON credential FOR EACH ROW EXECUTE FUNCTION credential_changed();
