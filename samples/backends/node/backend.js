// A token back end on Node's standard library: logs users in and hands each one the proof of their own identity.
'use strict';

const crypto = require('node:crypto');
const fs = require('node:fs');
const http = require('node:http');
const path = require('node:path');

const SESSION_SECONDS = 8 * 3600;
const MAX_BODY_BYTES = 16 * 1024;

// ---- Proofs: the part to copy

/** HMAC-SHA256 of the exact id; the key is the secret's UTF-8 text, never its decoded bytes. */
function mac(secret, id) {
  return crypto.createHmac('sha256', Buffer.from(secret, 'utf8')).update(id, 'utf8');
}

function proofOf(form, secret, id) {
  switch (form) {
    case 'hmac-hex': return mac(secret, id).digest('hex');
    case 'hmac-base64': return mac(secret, id).digest('base64'); // padded, without a line break
    case 'hmac-v1': return 'hmac_v1:' + mac(secret, id).digest('hex');
  }
}

/** One token for user and group. Signed, not encrypted: whoever sees it reads the claims. */
function jwtOf(key, user, audience, now, expiresAt) {
  const part = json => Buffer.from(JSON.stringify(json), 'utf8').toString('base64url');
  const claims = {
    sub: user.userId, aud: audience, iat: now - 5, exp: expiresAt, // back-dated for clocks that run behind
    nonce: crypto.randomBytes(16).toString('base64url'),
    visitor: { id: user.userId },
    account: user.groupId === null ? undefined : { id: user.groupId },
  };
  const signed = part({ alg: 'HS256', typ: 'JWT', kid: key.id }) + '.' + part(claims);
  return signed + '.' + mac(key.secret, signed).digest('base64url');
}

/** An id is text of 1 to 256 code points. A number, or half a surrogate pair, would be signed as something else. */
function isId(id) {
  return typeof id === 'string' && id !== '' && [...id].length <= 256 && Buffer.from(id, 'utf8').toString('utf8') === id;
}

/** What the app gets. It takes the session's user, so nobody can ask for somebody else's proof. */
function identityOf(environment, user) {
  const { primary } = environment.ring; // once: both proofs are made with one key
  const now = Math.floor(Date.now() / 1000);
  const expiresAt = now + environment.proofSeconds;
  const identity = { userId: user.userId, signingKeyName: primary.id };
  if (environment.form === 'jwt') {
    identity.identityToken = jwtOf(primary, user, environment.audience, now, expiresAt);
  } else {
    identity.identityToken = proofOf(environment.form, primary.secret, user.userId);
    if (user.groupId !== null) identity.groupToken = proofOf(environment.form, primary.secret, user.groupId);
  }
  if (user.groupId !== null) identity.groupId = user.groupId;
  identity.expiresAt = new Date(expiresAt * 1000).toISOString().replace('.000Z', 'Z');
  return identity;
}

// ---- The key ring: follows its file, keeps the last good ring

/** Reads a ring. What it throws names no path and never holds the parser's message, which quotes the secrets. */
function readRing(file) {
  let text, ring;
  try { text = fs.readFileSync(file, 'utf8'); } catch (error) { throw new Error('ring file cannot be read: ' + error.code); }
  try { ring = JSON.parse(text); } catch { throw new Error('ring file is not JSON'); }
  const primaries = Array.isArray(ring?.keys) ? ring.keys.filter(key => key?.status === 'primary') : [];
  if (!Number.isSafeInteger(ring?.version) || primaries.length !== 1) {
    throw new Error('ring file needs a version and exactly one primary key');
  }
  const { id, secret } = primaries[0];
  if (typeof id !== 'string' || typeof secret !== 'string' || secret.trim() !== secret || Buffer.byteLength(secret) < 16) {
    throw new Error('ring file: the primary key needs an id and a bare secret of 16 bytes or more');
  }
  return { version: ring.version, primary: { id, secret } };
}

/** Looks at the file. A broken or older one leaves the last good ring in use, and is reported. */
function refresh(environment) {
  try {
    const ring = readRing(environment.file);
    if (environment.ring && ring.version < environment.ring.version) {
      throw new Error(`ring file has version ${ring.version}, older than ${environment.ring.version} in use`);
    }
    if (ring.version !== environment.ring?.version) console.log(`${environment.name}: ring version ${ring.version}, primary key ${ring.primary.id}`);
    Object.assign(environment, { ring, confirmedAt: performance.now(), lastFailure: null });
  } catch (error) {
    if (error.message !== environment.lastFailure) console.log(`${environment.name}: ${error.message} (${environment.file})`);
    environment.lastFailure = error.message;
  }
}

const ageSeconds = environment => Math.floor((performance.now() - environment.confirmedAt) / 1000);

/** A ring that could not be confirmed for so long may hold a revoked key. */
const isTrusted = environment => ageSeconds(environment) <= environment.maxStaleSeconds;

function healthOf(environment) {
  const ring = isTrusted(environment) ? environment.ring : null;
  return {
    ringVersion: ring?.version ?? null, ringAgeSeconds: ageSeconds(environment),
    primary: ring?.primary.id ?? null, lastFailure: environment.lastFailure,
  };
}

// ---- Users and sessions: stand-ins for your own

const digest = text => crypto.createHash('sha256').update(text, 'utf8').digest();

/** The user with this password. A name that does not exist takes as long as a wrong password. */
function authenticate(users, username, password) {
  const user = users.get(username);
  const matches = crypto.timingSafeEqual(digest(password), digest(user?.password ?? ''));
  return user && matches ? user : null;
}

function sessionIdOf(request) {
  return /(?:^|;\s*)sid=([A-Za-z0-9_-]+)/.exec(request.headers.cookie ?? '')?.[1];
}

/** Always a new id: one from before the log-in may be known to somebody else. */
function startSession(sessions, request, user) {
  const now = Date.now();
  for (const [id, session] of sessions) if (session.endsAt < now) sessions.delete(id);
  sessions.delete(sessionIdOf(request));
  const id = crypto.randomBytes(32).toString('base64url');
  sessions.set(id, { user, endsAt: now + SESSION_SECONDS * 1000 });
  return `sid=${id}; Path=/; HttpOnly; SameSite=Lax`; // add "; Secure" behind TLS
}

function userOf(sessions, request) {
  const session = sessions.get(sessionIdOf(request));
  return session && session.endsAt >= Date.now() ? session.user : null;
}

// ---- HTTP

class Refusal extends Error {
  constructor(status, code, message) { super(message); Object.assign(this, { status, code }); }
}

async function loginOf(request) {
  // Only JSON: a form is what another site's page can make a browser send without asking.
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new Refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'the body must be application/json');
  }
  const chunks = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > MAX_BODY_BYTES) throw new Refusal(413, 'TOO_LARGE', `the body is larger than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  let login;
  try { login = JSON.parse(Buffer.concat(chunks).toString('utf8')); } catch { login = null; }
  if (typeof login?.username !== 'string' || typeof login?.password !== 'string') {
    throw new Refusal(400, 'BAD_REQUEST', 'the body is not the JSON object {"username","password"}');
  }
  return login;
}

/** The answer to one request: [status, body, cookie]. */
async function answer(request, { users, sessions, environments }) {
  const url = new URL(request.url, 'http://localhost');
  switch (`${request.method} ${url.pathname}`) {
    case 'POST /login': {
      const { username, password } = await loginOf(request);
      const user = authenticate(users, username, password);
      if (!user) throw new Refusal(401, 'LOGIN_FAILED', 'the user name or the password is wrong');
      return [200, { userId: user.userId }, startSession(sessions, request, user)];
    }
    case 'POST /logout':
      sessions.delete(sessionIdOf(request));
      return [204, null, 'sid=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax'];
    case 'GET /identity': {
      const user = userOf(sessions, request); // and no other source of an id
      if (!user) throw new Refusal(401, 'NOT_LOGGED_IN', 'log in first: POST /login');
      const names = [...environments.keys()];
      const name = url.searchParams.get('environment') ?? (names.length === 1 ? names[0] : null);
      const environment = environments.get(name);
      if (!environment) throw new Refusal(400, 'UNKNOWN_ENVIRONMENT', `environment is ${name}; allowed: ${names.join(', ')}`);
      if (!isTrusted(environment)) throw new Refusal(503, 'KEYS_UNAVAILABLE', 'no signing keys may be trusted now: try again later');
      return [200, identityOf(environment, user)];
    }
    case 'GET /health': case 'HEAD /health': {
      const health = Object.fromEntries([...environments].map(([name, environment]) => [name, healthOf(environment)]));
      const up = Object.values(health).every(one => one.ringVersion !== null);
      return [up ? 200 : 503, { status: up ? 'UP' : 'DOWN', environments: health }];
    }
  }
  const known = ['/login', '/logout', '/identity', '/health'].includes(url.pathname);
  throw known ? new Refusal(405, 'METHOD_NOT_ALLOWED', 'this path has another method') : new Refusal(404, 'NOT_FOUND', 'there is nothing here');
}

async function handle(request, response, application) {
  let status, body, cookie;
  try {
    [status, body, cookie] = await answer(request, application);
  } catch (error) {
    if (!(error instanceof Refusal)) console.log('unexpected: ' + error.name); // its message may hold what was asked
    status = error.status ?? 500;
    body = { error: { code: error.code ?? 'INTERNAL_ERROR', message: error instanceof Refusal ? error.message : 'this failed' } };
  }
  const text = body === null ? '' : JSON.stringify(body);
  response.setHeader('Cache-Control', 'no-store');
  if (cookie) response.setHeader('Set-Cookie', cookie);
  if (text) response.setHeader('Content-Type', 'application/json');
  response.writeHead(status).end(request.method === 'HEAD' ? '' : text);
}

// ---- Settings and start

function seconds(text) {
  const [, count, unit] = /^(\d+)([smh])$/.exec(text) ?? fail(`a duration is ${text}; allowed are forms such as 30s, 15m, 1h`);
  return count * { s: 1, m: 60, h: 3600 }[unit];
}

function openEnvironments(settings) {
  const environments = new Map();
  for (const variable of Object.keys(settings).sort()) {
    const prefix = /^(COUNTERSIGN_ENVIRONMENTS_([A-Z0-9]+)_)RING_FILE$/.exec(variable);
    if (!prefix) continue;
    const setting = (suffix, otherwise) => settings[prefix[1] + suffix] ?? otherwise;
    const name = prefix[2].toLowerCase();
    const environment = {
      name, file: setting('RING_FILE'), form: setting('FORM'), audience: setting('AUDIENCE', name),
      proofSeconds: seconds(setting('PROOF_LIFETIME', '15m')), maxStaleSeconds: seconds(setting('MAX_STALE', '15m')),
    };
    if (!['hmac-hex', 'hmac-base64', 'hmac-v1', 'jwt'].includes(environment.form)) {
      fail(`${prefix[1]}FORM is ${environment.form}; allowed: hmac-hex, hmac-base64, hmac-v1, jwt`);
    }
    refresh(environment);
    if (!environment.ring) fail(`${variable} cannot be used`);
    environments.set(name, environment);
  }
  if (environments.size === 0) fail('no COUNTERSIGN_ENVIRONMENTS_<NAME>_RING_FILE is set, at least one is needed');
  return environments;
}

function readUsers(file) {
  if (!fs.existsSync(file)) {
    const password = () => crypto.randomBytes(18).toString('base64url');
    const users = [
      { username: 'ada', password: password(), userId: 'u_1', groupId: 'acme' },
      { username: 'grace', password: password(), userId: 'u_2', groupId: 'acme' }];
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, JSON.stringify({ users }, null, 2), { mode: 0o600, flag: 'wx' });
    console.log(`wrote two demo users with random passwords to ${file}`);
  }
  const users = new Map();
  for (const { username, password, userId, groupId = null } of JSON.parse(fs.readFileSync(file, 'utf8')).users) {
    if (!username || !password) fail(`${file}: a user has no username or no password`);
    if (!isId(userId)) fail(`${file}: userId of ${username} must be a string of 1 to 256 characters`);
    if (groupId !== null && !isId(groupId)) fail(`${file}: groupId of ${username} must be a string of 1 to 256 characters`);
    users.set(username, { password, userId, groupId });
  }
  return users;
}

function fail(message) {
  console.log(message);
  process.exit(1);
}

const application = {
  environments: openEnvironments(process.env),
  users: readUsers(process.env.COUNTERSIGN_USERS_FILE ?? 'run/demo-users.json'),
  sessions: new Map(),
};
setInterval(() => application.environments.forEach(refresh), 1000);
// Loopback only: put a TLS proxy in front before anybody else may reach it.
const server = http.createServer((request, response) => handle(request, response, application));
server.listen(Number(process.env.PORT ?? 8080), '127.0.0.1', () =>
  console.log(`back end listening on http://127.0.0.1:${server.address().port}`));
