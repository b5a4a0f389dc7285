"""A token back end on Python's standard library: logs users in and hands each one the proof of their own identity."""

import base64
import datetime
import hashlib
import hmac
import json
import os
import re
import secrets
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

SESSION_SECONDS = 8 * 3600
MAX_BODY_BYTES = 16 * 1024


# ---- Proofs: the part to copy


def mac(secret: str, message: str) -> bytes:
    """HMAC-SHA256 of the exact id; the key is the secret's UTF-8 text, never its decoded bytes."""
    return hmac.new(secret.encode("utf-8"), message.encode("utf-8"), hashlib.sha256).digest()


def proof_of(form: str, secret: str, user_or_group_id: str) -> str:
    raw = mac(secret, user_or_group_id)
    if form == "hmac-hex":
        return raw.hex()
    if form == "hmac-base64":
        return base64.b64encode(raw).decode("ascii")  # b64encode gives bytes, which would print as b'…'
    return "hmac_v1:" + raw.hex()


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def jwt_of(key: dict, user: dict, audience: str, now: int, expires_at: int) -> str:
    """One token for user and group. Signed, not encrypted: whoever sees it reads the claims."""
    claims = {
        "sub": user["userId"],
        "aud": audience,
        "iat": now - 5,  # back-dated for clocks that run behind
        "exp": expires_at,
        "nonce": secrets.token_urlsafe(16),
        "visitor": {"id": user["userId"]},
    }
    if user["groupId"] is not None:
        claims["account"] = {"id": user["groupId"]}
    header = {"alg": "HS256", "typ": "JWT", "kid": key["id"]}
    signed = ".".join(base64url(json.dumps(part).encode("utf-8")) for part in (header, claims))
    return signed + "." + base64url(mac(key["secret"], signed))


def is_id(value) -> bool:
    """Text of 1 to 256 code points. str(42) is the caller's to write; half a surrogate pair has no UTF-8."""
    return isinstance(value, str) and 1 <= len(value) <= 256 and not re.search("[\ud800-\udfff]", value)


def identity_of(environment, user: dict) -> dict:
    """What the app gets. It takes the session's user, so nobody can ask for somebody else's proof."""
    key = environment.ring["primary"]  # once: both proofs are made with one key
    now = int(time.time())
    expires_at = now + environment.proof_seconds
    identity = {"userId": user["userId"], "signingKeyName": key["id"]}
    if user["groupId"] is not None:
        identity["groupId"] = user["groupId"]
    if environment.form == "jwt":
        identity["identityToken"] = jwt_of(key, user, environment.audience, now, expires_at)
    else:
        identity["identityToken"] = proof_of(environment.form, key["secret"], user["userId"])
        if user["groupId"] is not None:
            identity["groupToken"] = proof_of(environment.form, key["secret"], user["groupId"])
    expiry = datetime.datetime.fromtimestamp(expires_at, datetime.timezone.utc)
    identity["expiresAt"] = expiry.strftime("%Y-%m-%dT%H:%M:%SZ")
    return identity


# ---- The key ring: follows its file, keeps the last good ring


def read_ring(file: str) -> dict:
    """Reads a ring. What it raises names no path and holds nothing of the file."""
    try:
        with open(file, encoding="utf-8") as opened:
            ring = json.load(opened)
    except OSError as unreadable:
        raise ValueError("ring file cannot be read: " + type(unreadable).__name__) from None
    except (ValueError, RecursionError):
        raise ValueError("ring file is not JSON") from None
    keys = ring.get("keys") if isinstance(ring, dict) else None
    primaries = [key for key in keys if isinstance(key, dict) and key.get("status") == "primary"] if isinstance(keys, list) else []
    if len(primaries) != 1 or type(ring.get("version")) is not int:
        raise ValueError("ring file needs a version and exactly one primary key")
    key_id, secret = primaries[0].get("id"), primaries[0].get("secret")
    if not is_id(key_id) or not isinstance(secret, str) or secret != secret.strip() or len(secret.encode("utf-8", "replace")) < 16:
        raise ValueError("ring file: the primary key needs an id and a bare secret of 16 bytes or more")
    return {"version": ring["version"], "primary": {"id": key_id, "secret": secret}}


class Environment:
    def __init__(self, name: str, settings: dict):
        self.name = name
        self.file = settings["RING_FILE"]
        self.form = settings.get("FORM")
        if self.form not in ("hmac-hex", "hmac-base64", "hmac-v1", "jwt"):
            sys.exit(f"environment {name}: FORM is {self.form}; allowed: hmac-hex, hmac-base64, hmac-v1, jwt")
        self.audience = settings.get("AUDIENCE", name)
        self.proof_seconds = seconds(settings.get("PROOF_LIFETIME", "15m"))
        self.max_stale_seconds = seconds(settings.get("MAX_STALE", "15m"))
        self.ring = None
        self.last_failure = None
        self.confirmed_at = 0.0
        self.refresh()
        if self.ring is None:
            sys.exit(f"environment {name}: RING_FILE cannot be used")

    def refresh(self):
        """Looks at the file. A broken or older one leaves the last good ring in use, and is reported."""
        try:
            ring = read_ring(self.file)
            if self.ring and ring["version"] < self.ring["version"]:
                raise ValueError(f"ring file has version {ring['version']}, older than {self.ring['version']} in use")
        except ValueError as failure:
            if str(failure) != self.last_failure:
                log(f"{self.name}: {failure} ({self.file})")
            self.last_failure = str(failure)
            return
        if self.ring is None or ring["version"] != self.ring["version"]:
            log(f"{self.name}: ring version {ring['version']}, primary key {ring['primary']['id']}")
        self.ring, self.confirmed_at, self.last_failure = ring, time.monotonic(), None

    def age_seconds(self) -> int:
        return int(time.monotonic() - self.confirmed_at)

    def is_trusted(self) -> bool:
        """A ring that could not be confirmed for so long may hold a revoked key."""
        return self.age_seconds() <= self.max_stale_seconds

    def health(self) -> dict:
        trusted = self.is_trusted()
        return {
            "ringVersion": self.ring["version"] if trusted else None,
            "ringAgeSeconds": self.age_seconds(),
            "primary": self.ring["primary"]["id"] if trusted else None,
            "lastFailure": self.last_failure,
        }


# ---- Users and sessions: stand-ins for your own


def digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).digest()


def authenticate(users: dict, username: str, password: str):
    """The user with this password. A name that does not exist takes as long as a wrong password."""
    user = users.get(username)
    matches = hmac.compare_digest(digest(password), digest(user["password"] if user else ""))
    return user if user and matches else None


class Sessions:
    def __init__(self):
        self.lock = threading.Lock()
        self.sessions = {}

    def start(self, former: str, user: dict) -> str:
        """Always a new id: one from before the log-in may be known to somebody else."""
        new, now = secrets.token_urlsafe(32), time.monotonic()
        with self.lock:
            alive = {sid: session for sid, session in self.sessions.items() if session[1] > now and sid != former}
            self.sessions = {**alive, new: (user, now + SESSION_SECONDS)}
        return new

    def end(self, sid: str):
        with self.lock:
            self.sessions.pop(sid, None)

    def user(self, sid: str):
        session = self.sessions.get(sid)
        return session[0] if session and session[1] > time.monotonic() else None


# ---- HTTP


class Refusal(Exception):
    def __init__(self, status: int, code: str, message: str):
        self.status, self.body = status, {"error": {"code": code, "message": message}}


class Handler(BaseHTTPRequestHandler):
    users, sessions, environments = {}, Sessions(), {}

    def login(self):
        # Only JSON: a form is what another site's page can make a browser send without asking.
        if self.headers.get_content_type() != "application/json":
            raise Refusal(415, "UNSUPPORTED_MEDIA_TYPE", "the body must be application/json")
        length = self.headers.get("Content-Length", "")
        if not re.fullmatch("[0-9]{1,9}", length) or int(length) > MAX_BODY_BYTES:
            raise Refusal(413, "TOO_LARGE", f"Content-Length must be at most {MAX_BODY_BYTES}")
        try:
            body = json.loads(self.rfile.read(int(length)).decode("utf-8"))
            username, password = body["username"], body["password"]
        except (ValueError, TypeError, KeyError, RecursionError):
            username = password = None
        if not isinstance(username, str) or not isinstance(password, str):
            raise Refusal(400, "BAD_REQUEST", 'the body is not the JSON object {"username","password"}')
        user = authenticate(self.users, username, password)
        if not user:
            raise Refusal(401, "LOGIN_FAILED", "the user name or the password is wrong")
        sid = self.sessions.start(self.session_id(), user)
        # Add "; Secure" behind TLS.
        return 200, {"userId": user["userId"]}, f"sid={sid}; Path=/; HttpOnly; SameSite=Lax"

    def logout(self):
        self.sessions.end(self.session_id())
        return 204, None, "sid=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"

    def identity(self):
        user = self.sessions.user(self.session_id())  # and no other source of an id
        if not user:
            raise Refusal(401, "NOT_LOGGED_IN", "log in first: POST /login")
        only = next(iter(self.environments)) if len(self.environments) == 1 else None
        query = parse_qs(urlsplit(self.path).query, keep_blank_values=True)
        name = query.get("environment", [only])[0]
        environment = self.environments.get(name)
        if not environment:
            allowed = ", ".join(self.environments)
            raise Refusal(400, "UNKNOWN_ENVIRONMENT", f"environment is {name}; allowed: {allowed}")
        if not environment.is_trusted():
            raise Refusal(503, "KEYS_UNAVAILABLE", "no signing keys may be trusted now: try again later")
        return 200, identity_of(environment, user), None

    def health(self):
        health = {name: environment.health() for name, environment in self.environments.items()}
        up = all(one["ringVersion"] is not None for one in health.values())
        return 200 if up else 503, {"status": "UP" if up else "DOWN", "environments": health}, None

    ROUTES = {"/login": {"POST": login}, "/logout": {"POST": logout}, "/identity": {"GET": identity}, "/health": {"GET": health, "HEAD": health}}

    def session_id(self) -> str:
        found = re.search(r"(?:^|;\s*)sid=([A-Za-z0-9_-]+)", self.headers.get("Cookie", ""))
        return found.group(1) if found else ""

    def handle_any(self):
        cookie = None
        try:
            methods = self.ROUTES.get(urlsplit(self.path).path)
            if methods is None:
                raise Refusal(404, "NOT_FOUND", "there is nothing here")
            if self.command not in methods:
                raise Refusal(405, "METHOD_NOT_ALLOWED", "this path has another method")
            status, body, cookie = methods[self.command](self)
        except Refusal as refusal:
            status, body = refusal.status, refusal.body
        except Exception as unexpected:  # its message may hold what was asked
            log("unexpected: " + type(unexpected).__name__)
            status, body = 500, {"error": {"code": "INTERNAL_ERROR", "message": "this failed"}}
        text = b"" if body is None else json.dumps(body).encode("utf-8")
        self.send_response(status)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")  # said aloud: some clients keep an HTTP/1.0 connection otherwise
        if cookie:
            self.send_header("Set-Cookie", cookie)
        if text:
            self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(text)

    do_GET = do_POST = do_HEAD = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = handle_any

    def log_message(self, *_):
        """No line for each request."""


# ---- Settings and start


def log(line: str):
    print(line, flush=True)


def seconds(text: str) -> int:
    duration = re.fullmatch("([0-9]+)([smh])", text)
    if not duration:
        sys.exit(f"a duration is {text}; allowed are forms such as 30s, 15m, 1h")
    return int(duration[1]) * {"s": 1, "m": 60, "h": 3600}[duration[2]]


def open_environments() -> dict:
    settings = {}
    for variable, value in sorted(os.environ.items()):
        named = re.fullmatch("COUNTERSIGN_ENVIRONMENTS_([A-Z0-9]+)_([A-Z_]+)", variable)
        if named:
            settings.setdefault(named[1].lower(), {})[named[2]] = value
    environments = {name: Environment(name, one) for name, one in settings.items() if "RING_FILE" in one}
    if not environments:
        sys.exit("no COUNTERSIGN_ENVIRONMENTS_<NAME>_RING_FILE is set, at least one is needed")
    return environments


def read_users(file: str) -> dict:
    if not os.path.exists(file):
        demo = [("ada", "u_1"), ("grace", "u_2")]
        made = [{"username": name, "password": secrets.token_urlsafe(18), "userId": user_id, "groupId": "acme"} for name, user_id in demo]
        os.makedirs(os.path.dirname(os.path.abspath(file)), exist_ok=True)
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as out:
            json.dump({"users": made}, out, indent=2)
        log(f"wrote two demo users with random passwords to {file}")
    users = {}
    with open(file, encoding="utf-8") as opened:
        for user in json.load(opened)["users"]:
            name, group_id = user.get("username"), user.get("groupId")
            if not name or not user.get("password"):
                sys.exit(f"{file}: a user has no username or no password")
            for member, value in (("userId", user.get("userId")), ("groupId", group_id)):
                if not is_id(value) and (member, value) != ("groupId", None):
                    sys.exit(f"{file}: {member} of {name} must be a string of 1 to 256 characters")
            users[name] = {"password": user["password"], "userId": user["userId"], "groupId": group_id}
    return users


def follow(environments):
    while True:
        time.sleep(1)
        for environment in environments:
            environment.refresh()


if __name__ == "__main__":
    Handler.environments = open_environments()
    Handler.users = read_users(os.environ.get("COUNTERSIGN_USERS_FILE", "run/demo-users.json"))
    threading.Thread(target=follow, args=[list(Handler.environments.values())], daemon=True).start()
    # Loopback only: put a TLS proxy in front before anybody else may reach it.
    ThreadingHTTPServer.request_queue_size = 128
    server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8080"))), Handler)
    log(f"back end listening on http://127.0.0.1:{server.server_address[1]}")
    server.serve_forever()
