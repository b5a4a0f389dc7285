<?php
// A token back end on PHP's standard library: logs users in and hands each one the proof of their own identity.
// "php backend.php" starts PHP's own web server on this file; under PHP-FPM it is the one script behind all paths.
declare(strict_types=1);

const SESSION_SECONDS = 8 * 3600;
const MAX_BODY_BYTES = 16 * 1024;
ini_set('display_errors', '0'); // an answer must never hold a warning and what it quotes
ini_set('zend.exception_ignore_args', '1'); // nor a log the arguments of a call, such as a secret
ini_set('log_errors', '1');

// ---- Proofs: the part to copy

/** HMAC-SHA256 of the exact id, as 32 bytes: message first, then the key (the secret's UTF-8 text, never decoded). */
function mac(string $secret, string $message): string
{
    return hash_hmac('sha256', $message, $secret, true);
}

/** strict_types refuses an int for $id: "42" is to be written by whoever knows that the platform says "42". */
function proofOf(string $form, string $secret, string $id): string
{
    return match ($form) {
        'hmac-hex' => bin2hex(mac($secret, $id)),
        'hmac-base64' => base64_encode(mac($secret, $id)), // of the bytes, not of their hex
        'hmac-v1' => 'hmac_v1:' . bin2hex(mac($secret, $id)),
    };
}

function base64url(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

function json(mixed $value): string
{
    return json_encode($value, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
}

/** One token for user and group. Signed, not encrypted: whoever sees it reads the claims. */
function jwtOf(array $key, array $user, string $audience, int $now, int $expiresAt): string
{
    $claims = [
        'sub' => $user['userId'], 'aud' => $audience,
        'iat' => $now - 5, 'exp' => $expiresAt, // back-dated for clocks that run behind
        'nonce' => base64url(random_bytes(16)), 'visitor' => ['id' => $user['userId']],
    ];
    if ($user['groupId'] !== null) {
        $claims['account'] = ['id' => $user['groupId']];
    }
    $header = ['alg' => 'HS256', 'typ' => 'JWT', 'kid' => $key['id']];
    $signed = base64url(json($header)) . '.' . base64url(json($claims));
    return $signed . '.' . base64url(mac($key['secret'], $signed));
}

/** An id is text of 1 to 256 code points in UTF-8. */
function isId(mixed $id): bool
{
    return is_string($id) && preg_match('/\A.{1,256}\z/su', $id) === 1;
}

/** What the app gets. It takes the session's user, so nobody can ask for somebody else's proof. */
function identityOf(array $environment, array $key, array $user): array
{
    $now = time();
    $expiresAt = $now + $environment['proofSeconds'];
    $identity = ['userId' => $user['userId'], 'signingKeyName' => $key['id']];
    if ($environment['form'] === 'jwt') {
        $identity['identityToken'] = jwtOf($key, $user, $environment['audience'], $now, $expiresAt);
    } else {
        $identity['identityToken'] = proofOf($environment['form'], $key['secret'], $user['userId']);
    }
    if ($user['groupId'] !== null) {
        $identity['groupId'] = $user['groupId'];
        if ($environment['form'] !== 'jwt') {
            $identity['groupToken'] = proofOf($environment['form'], $key['secret'], $user['groupId']);
        }
    }
    return $identity + ['expiresAt' => gmdate('Y-m-d\TH:i:s\Z', $expiresAt)];
}

// ---- The key ring: read for each request, which keeps nothing in memory; the last good ring is kept in a file

/** Reads a ring. What it throws names no path and holds nothing of the file. */
function readRing(string $file): array
{
    $text = @file_get_contents($file);
    if ($text === false) {
        throw new UnexpectedValueException('ring file cannot be read');
    }
    $ring = json_decode($text, true);
    if (!is_array($ring)) {
        throw new UnexpectedValueException('ring file is not JSON');
    }
    $keys = array_filter(is_array($ring['keys'] ?? null) ? $ring['keys'] : [], 'is_array');
    $primaries = array_values(array_filter($keys, fn ($key) => ($key['status'] ?? null) === 'primary'));
    if (!is_int($ring['version'] ?? null) || count($primaries) !== 1) {
        throw new UnexpectedValueException('ring file needs a version and exactly one primary key');
    }
    ['id' => $id, 'secret' => $secret] = $primaries[0] + ['id' => null, 'secret' => null];
    if (!isId($id) || !is_string($secret) || trim($secret) !== $secret || strlen($secret) < 16) {
        throw new UnexpectedValueException('ring file: the primary key needs an id and a bare secret of 16 bytes or more');
    }
    return ['version' => $ring['version'], 'primary' => ['id' => $id, 'secret' => $secret]];
}

/**
 * The ring now: ['ring' => the last good one, 'confirmedAt' => when, 'lastFailure' => ?string]. A broken or older file
 * leaves the last good ring in use, and is reported. The lock keeps two requests from mixing old and new.
 */
function follow(array $environment): array
{
    $state = fopen(stateDirectory() . '/' . $environment['name'] . '.last-good', 'c+');
    flock($state, LOCK_EX);
    $last = json_decode(stream_get_contents($state), true) ?? ['ring' => null, 'confirmedAt' => 0, 'lastFailure' => null];
    $next = $last;
    try {
        $ring = readRing($environment['file']);
        if ($last['ring'] && $ring['version'] < $last['ring']['version']) {
            throw new UnexpectedValueException("ring file has version {$ring['version']}, older than {$last['ring']['version']} in use");
        }
        if ($ring['version'] !== ($last['ring']['version'] ?? null)) {
            logLine("{$environment['name']}: ring version {$ring['version']}, primary key {$ring['primary']['id']}");
        }
        $next = ['ring' => $ring, 'confirmedAt' => time(), 'lastFailure' => null];
    } catch (UnexpectedValueException $failure) {
        $next['lastFailure'] = $failure->getMessage();
        if ($next['lastFailure'] !== $last['lastFailure']) {
            logLine("{$environment['name']}: {$next['lastFailure']} ({$environment['file']})");
        }
    }
    if ($next !== $last) {
        ftruncate($state, 0);
        rewind($state);
        fwrite($state, json($next));
    }
    fclose($state);
    return $next;
}

/** A ring that could not be confirmed for so long may hold a revoked key. */
function trustedRing(array $environment, array $state): ?array
{
    return time() - $state['confirmedAt'] <= $environment['maxStaleSeconds'] ? $state['ring'] : null;
}

function healthOf(array $environment): array
{
    $state = follow($environment);
    $ring = trustedRing($environment, $state);
    return [
        'ringVersion' => $ring['version'] ?? null, 'ringAgeSeconds' => time() - $state['confirmedAt'],
        'primary' => $ring['primary']['id'] ?? null, 'lastFailure' => $state['lastFailure'],
    ];
}

// ---- Users and sessions: stand-ins for your own

/** The user with this password. A name that does not exist takes as long as a wrong password. */
function authenticate(array $users, string $username, string $password): ?array
{
    $user = $users["user $username"] ?? null;
    $matches = hash_equals(hash('sha256', $user['password'] ?? ''), hash('sha256', $password));
    return $user !== null && $matches ? $user : null;
}

/** PHP's own sessions. An id that this server did not hand out starts none. */
function openSession(): void
{
    session_name('sid');
    session_start([
        'save_path' => stateDirectory(), 'gc_maxlifetime' => SESSION_SECONDS, 'use_strict_mode' => true,
        'sid_length' => 48, 'cookie_httponly' => true, 'cookie_samesite' => 'Lax', // add cookie_secure behind TLS
        'cache_limiter' => '',
    ]);
}

function sessionUser(): ?array
{
    if (!is_string($_COOKIE['sid'] ?? null) || !preg_match('/\A[A-Za-z0-9,-]{48}\z/', $_COOKIE['sid'])) {
        return null;
    }
    openSession();
    $user = $_SESSION['user'] ?? null;
    $alive = ($_SESSION['endsAt'] ?? 0) >= time();
    session_write_close(); // the next request of this session need not wait
    return $alive ? $user : null;
}

// ---- HTTP

final class Refusal extends Exception
{
    public function __construct(public readonly int $status, public readonly string $name, string $message)
    {
        parent::__construct($message);
    }
}

/** @return array{string, string} user name and password */
function credentials(): array
{
    // Only JSON: a form is what another site's page can make a browser send without asking.
    if (!preg_match('~\Aapplication/json\s*(;|\z)~i', $_SERVER['CONTENT_TYPE'] ?? '')) {
        throw new Refusal(415, 'UNSUPPORTED_MEDIA_TYPE', 'the body must be application/json');
    }
    $body = file_get_contents('php://input', length: MAX_BODY_BYTES + 1);
    if (strlen($body) > MAX_BODY_BYTES) {
        throw new Refusal(413, 'TOO_LARGE', 'the body is larger than ' . MAX_BODY_BYTES . ' bytes');
    }
    $login = json_decode($body, true);
    if (!is_array($login) || !is_string($login['username'] ?? null) || !is_string($login['password'] ?? null)) {
        throw new Refusal(400, 'BAD_REQUEST', 'the body is not the JSON object {"username","password"}');
    }
    return [$login['username'], $login['password']];
}

/** @return array{int, ?array} status and body */
function answer(string $method, string $path): array
{
    switch ("$method $path") {
        case 'POST /login':
            $user = authenticate(readUsers(), ...credentials());
            if ($user === null) {
                throw new Refusal(401, 'LOGIN_FAILED', 'the user name or the password is wrong');
            }
            openSession();
            session_regenerate_id(true); // an id from before the log-in may be known to somebody else
            $_SESSION = ['user' => ['userId' => $user['userId'], 'groupId' => $user['groupId']], 'endsAt' => time() + SESSION_SECONDS];
            return [200, ['userId' => $user['userId']]];
        case 'POST /logout':
            if (sessionUser() !== null) {
                openSession();
                session_destroy();
            }
            setcookie('sid', '', ['expires' => 1, 'path' => '/', 'httponly' => true, 'samesite' => 'Lax']);
            return [204, null];
        case 'GET /identity':
            $user = sessionUser(); // and no other source of an id
            if ($user === null) {
                throw new Refusal(401, 'NOT_LOGGED_IN', 'log in first: POST /login');
            }
            $environments = environments();
            $name = $_GET['environment'] ?? (count($environments) === 1 ? array_key_first($environments) : null);
            $environment = is_string($name) ? $environments[$name] ?? null : null;
            if ($environment === null) {
                $allowed = implode(', ', array_keys($environments));
                throw new Refusal(400, 'UNKNOWN_ENVIRONMENT', "no such environment; allowed: $allowed");
            }
            $ring = trustedRing($environment, follow($environment)); // once: both proofs are made with one key
            if ($ring === null) {
                throw new Refusal(503, 'KEYS_UNAVAILABLE', 'no signing keys may be trusted now: try again later');
            }
            return [200, identityOf($environment, $ring['primary'], $user)];
        case 'GET /health':
        case 'HEAD /health':
            $health = array_map(healthOf(...), environments());
            $up = !in_array(null, array_column($health, 'ringVersion'), true);
            return [$up ? 200 : 503, ['status' => $up ? 'UP' : 'DOWN', 'environments' => $health]];
    }
    throw in_array($path, ['/login', '/logout', '/identity', '/health'], true)
        ? new Refusal(405, 'METHOD_NOT_ALLOWED', 'this path has another method')
        : new Refusal(404, 'NOT_FOUND', 'there is nothing here');
}

function handle(): void
{
    try {
        [$status, $body] = answer($_SERVER['REQUEST_METHOD'], (string) parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH));
    } catch (Refusal $refusal) {
        [$status, $body] = [$refusal->status, ['error' => ['code' => $refusal->name, 'message' => $refusal->getMessage()]]];
    } catch (Throwable $unexpected) { // its message may hold what was asked
        logLine('unexpected: ' . $unexpected::class);
        [$status, $body] = [500, ['error' => ['code' => 'INTERNAL_ERROR', 'message' => 'this failed']]];
    }
    http_response_code($status);
    header('Cache-Control: no-store');
    header_remove('X-Powered-By');
    if ($body !== null) {
        header('Content-Type: application/json');
        echo json($body);
    }
}

// ---- Settings and start

function logLine(string $line): void
{
    file_put_contents('php://stderr', "$line\n"); // error_log is silent in PHP's web server with -q
}

function fail(string $message): never
{
    logLine($message);
    exit(1);
}

function seconds(string $text): int
{
    return preg_match('/\A(\d+)([smh])\z/', $text, $found)
        ? (int) $found[1] * ['s' => 1, 'm' => 60, 'h' => 3600][$found[2]]
        : fail("a duration is $text; allowed are forms such as 30s, 15m, 1h");
}

function environments(): array
{
    $environments = [];
    foreach (getenv() as $variable => $file) {
        if (!preg_match('/\A(COUNTERSIGN_ENVIRONMENTS_([A-Z0-9]+)_)RING_FILE\z/', $variable, $found)) {
            continue;
        }
        $setting = fn (string $suffix, string $otherwise) => getenv($found[1] . $suffix) ?: $otherwise;
        $name = strtolower($found[2]);
        $environments[$name] = [
            'name' => $name, 'file' => $file, 'form' => $setting('FORM', ''), 'audience' => $setting('AUDIENCE', $name),
            'proofSeconds' => seconds($setting('PROOF_LIFETIME', '15m')),
            'maxStaleSeconds' => seconds($setting('MAX_STALE', '15m')),
        ];
    }
    ksort($environments);
    return $environments;
}

function usersFile(): string
{
    return getenv('COUNTERSIGN_USERS_FILE') ?: 'run/demo-users.json';
}

/** Sessions and the last good rings: for this server's user alone, and outside what a web server serves. */
function stateDirectory(): string
{
    $directory = dirname(usersFile()) . '/php-state';
    is_dir($directory) || mkdir($directory, 0700, true) || is_dir($directory) || fail("$directory cannot be made");
    return $directory;
}

function readUsers(): array
{
    $users = [];
    foreach (json_decode((string) file_get_contents(usersFile()), true)['users'] ?? fail(usersFile() . ' has no users') as $user) {
        ['username' => $name, 'password' => $password, 'userId' => $userId, 'groupId' => $groupId] =
            $user + ['username' => '', 'password' => '', 'userId' => null, 'groupId' => null];
        if (!is_string($name) || $name === '' || !is_string($password) || $password === '') {
            fail(usersFile() . ': a user has no username or no password');
        }
        if (!isId($userId) || $groupId !== null && !isId($groupId)) {
            fail(usersFile() . ": userId and groupId of $name must be strings of 1 to 256 characters");
        }
        $users["user $name"] = ['password' => $password, 'userId' => $userId, 'groupId' => $groupId]; // "42" stays text
    }
    return $users;
}

function writeDemoUsers(string $file): void
{
    $demo = fn (string $name, string $id) =>
        ['username' => $name, 'password' => base64url(random_bytes(18)), 'userId' => $id, 'groupId' => 'acme'];
    is_dir(dirname($file)) || mkdir(dirname($file), 0755, true);
    umask(0077);
    file_put_contents($file, json(['users' => [$demo('ada', 'u_1'), $demo('grace', 'u_2')]]));
    logLine("wrote two demo users with random passwords to $file");
}

/** Checks everything, then becomes PHP's web server; a child says so as soon as it answers. */
function start(): never
{
    umask(0077);
    file_exists(usersFile()) || writeDemoUsers(usersFile());
    readUsers();
    environments() || fail('no COUNTERSIGN_ENVIRONMENTS_<NAME>_RING_FILE is set, at least one is needed');
    foreach (environments() as $name => $environment) {
        in_array($environment['form'], ['hmac-hex', 'hmac-base64', 'hmac-v1', 'jwt'], true)
            || fail("environment $name: FORM is {$environment['form']}; allowed: hmac-hex, hmac-base64, hmac-v1, jwt");
        @unlink(stateDirectory() . "/$name.last-good"); // a start trusts nothing but the ring file
        follow($environment)['ring'] ?? fail("environment $name: RING_FILE cannot be used");
    }
    // Loopback only: put a TLS proxy or PHP-FPM behind a web server in front before anybody else may reach it.
    $free = stream_socket_server('tcp://127.0.0.1:' . (getenv('PORT') === false ? '8080' : getenv('PORT'))) ?: fail('PORT is taken');
    $address = stream_socket_get_name($free, false);
    fclose($free);
    pcntl_signal(SIGCHLD, SIG_IGN); // nobody will wait for the child
    if (pcntl_fork() === 0) {
        for ($tries = 0; $tries < 100 && !@stream_socket_client("tcp://$address", timeout: 1); $tries++) {
            usleep(20_000);
        }
        fwrite(STDOUT, "back end listening on http://$address\n");
        exit(0);
    }
    pcntl_exec(PHP_BINARY, ['-q', '-S', $address, __FILE__], getenv());
    fail('PHP cannot be started again');
}

PHP_SAPI === 'cli' ? start() : handle();
