// A token back end on .NET's standard library, for Mono as well: logs users in and hands each one the proof of their own
// identity. Mono has no JSON reader: the ring is a file of lines, and the little JSON that is needed stands below.
using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Threading;

/// <summary>The part to copy.</summary>
static class Proof {
    /// <summary>Throws for half a surrogate pair, which the lenient encoding would sign as "?".</summary>
    public static readonly Encoding Utf8 = new UTF8Encoding(false, true);

    /// <summary>HMAC-SHA256 of the exact id; the key is the secret's UTF-8 text, never its decoded bytes.</summary>
    public static byte[] Mac(string secret, string message) {
        using (var hmac = new HMACSHA256(Utf8.GetBytes(secret))) return hmac.ComputeHash(Utf8.GetBytes(message));
    }

    /// <summary>Lower case: BitConverter writes capitals and dashes.</summary>
    static string Hex(byte[] bytes) => BitConverter.ToString(bytes).Replace("-", "").ToLowerInvariant();

    static string Base64Url(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    public static string Of(string form, string secret, string id) {
        switch (form) {
            case "hmac-hex": return Hex(Mac(secret, id));
            case "hmac-base64": return Convert.ToBase64String(Mac(secret, id)); // without InsertLineBreaks
            default: return "hmac_v1:" + Hex(Mac(secret, id));
        }
    }

    /// <summary>One token for user and group. Signed, not encrypted: whoever sees it reads the claims.</summary>
    static string Jwt(Key key, User user, string audience, long now, long expiresAt) {
        var claims = new Json.Object {
            { "sub", user.UserId }, { "aud", audience }, { "iat", now - 5 }, { "exp", expiresAt }, // back-dated for clocks that run behind
            { "nonce", Random(16) }, { "visitor", new Json.Object { { "id", user.UserId } } },
        };
        if (user.GroupId != null) claims.Add("account", new Json.Object { { "id", user.GroupId } });
        var header = new Json.Object { { "alg", "HS256" }, { "typ", "JWT" }, { "kid", key.Id } };
        var signed = Base64Url(Utf8.GetBytes(header.ToString())) + "." + Base64Url(Utf8.GetBytes(claims.ToString()));
        return signed + "." + Base64Url(Mac(key.Secret, signed));
    }

    /// <summary>An id is text of 1 to 256 code points without half a surrogate pair.</summary>
    public static bool IsId(object value) {
        try {
            var id = value as string;
            return !string.IsNullOrEmpty(id) && Utf8.GetByteCount(id) > 0 && id.Count(c => !char.IsLowSurrogate(c)) <= 256;
        } catch (EncoderFallbackException) { return false; }
    }

    /// <summary>That many bytes of the system's secure source, in base64url.</summary>
    public static string Random(int length) {
        var bytes = new byte[length];
        using (var source = RandomNumberGenerator.Create()) source.GetBytes(bytes);
        return Base64Url(bytes);
    }

    /// <summary>What the app gets. It takes the session's user, so nobody can ask for somebody else's proof.</summary>
    public static Json.Object Identity(SigningEnvironment environment, Key key, User user) {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var expiresAt = now + environment.ProofSeconds;
        var jwt = environment.Form == "jwt";
        var identity = new Json.Object {
            { "userId", user.UserId }, { "signingKeyName", key.Id },
            { "identityToken", jwt ? Jwt(key, user, environment.Audience, now, expiresAt) : Of(environment.Form, key.Secret, user.UserId) },
            { "expiresAt", DateTimeOffset.FromUnixTimeSeconds(expiresAt).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) },
        };
        if (user.GroupId != null) identity.Add("groupId", user.GroupId);
        if (user.GroupId != null && !jwt) identity.Add("groupToken", Of(environment.Form, key.Secret, user.GroupId));
        return identity;
    }
}

sealed class Key {
    public string Id, Secret;
}

sealed class User {
    public string Password, UserId, GroupId;
}

/// <summary>Follows its ring file, keeps the last good ring.</summary>
sealed class SigningEnvironment {
    sealed class Ring {
        public long Version;
        public Key Primary;
    }

    /// <summary>Replaced as a whole, so that a key and its secret never come from two rings.</summary>
    sealed class State {
        public Ring Ring;
        public long ConfirmedAt;
        public string LastFailure;
    }

    static readonly Stopwatch Clock = Stopwatch.StartNew();
    public string Name, Form, Audience;
    public long ProofSeconds, MaxStaleSeconds;
    public string File;
    volatile State state = new State();

    static long Now => Clock.ElapsedMilliseconds / 1000;

    public bool HasRing => state.Ring != null;

    /// <summary>Looks at the file. A broken or older one leaves the last good ring in use, and is reported.</summary>
    public void Refresh() {
        var last = state;
        try {
            var ring = Read(File);
            if (last.Ring != null && ring.Version < last.Ring.Version) {
                throw new FormatException("ring file has version " + ring.Version + ", older than " + last.Ring.Version + " in use");
            }
            if (last.Ring == null || last.Ring.Version != ring.Version) {
                Console.WriteLine(Name + ": ring version " + ring.Version + ", primary key " + ring.Primary.Id);
            }
            state = new State { Ring = ring, ConfirmedAt = Now };
        } catch (FormatException failure) {
            if (failure.Message != last.LastFailure) Console.WriteLine(Name + ": " + failure.Message + " (" + File + ")");
            state = new State { Ring = last.Ring, ConfirmedAt = last.ConfirmedAt, LastFailure = failure.Message };
        }
    }

    /// <summary>
    /// "version 3", one line "key {id} {status} {secret}" for each key, and "end", so that no file that was cut off is
    /// taken for a ring. What it throws names no path and holds nothing of the file.
    /// </summary>
    static Ring Read(string file) {
        string[] lines;
        try {
            lines = System.IO.File.ReadAllLines(file, Proof.Utf8);
        } catch (Exception unreadable) when (unreadable is IOException || unreadable is UnauthorizedAccessException || unreadable is ArgumentException) {
            throw new FormatException("ring file cannot be read: " + unreadable.GetType().Name);
        }
        var keys = lines.Skip(1).Take(Math.Max(0, lines.Length - 2)).Select(line => line.Split(new[] { ' ' }, 4)).ToList();
        var primaries = keys.Where(key => key.Length == 4 && key[2] == "primary").ToList();
        long version = 0;
        var whole = lines.Length > 2 && lines.Last() == "end" && lines[0].StartsWith("version ", StringComparison.Ordinal)
            && long.TryParse(lines[0].Substring(8), NumberStyles.None, CultureInfo.InvariantCulture, out version)
            && keys.All(key => key.Length >= 3 && key[0] == "key" && new[] { "pending", "primary", "retiring", "revoked" }.Contains(key[2]));
        if (!whole || primaries.Count != 1 || primaries[0][3].Trim() != primaries[0][3] || Proof.Utf8.GetByteCount(primaries[0][3]) < 16) {
            throw new FormatException("ring file needs a version, one primary key with a secret of 16 bytes or more, and \"end\"");
        }
        return new Ring { Version = version, Primary = new Key { Id = primaries[0][1], Secret = primaries[0][3] } };
    }

    /// <summary>The key that signs; null when the ring could not be confirmed for so long that it may be revoked.</summary>
    public Key Current() {
        var latest = state;
        return Now - latest.ConfirmedAt <= MaxStaleSeconds ? latest.Ring.Primary : null;
    }

    public Json.Object Health() {
        var latest = state;
        var trusted = Now - latest.ConfirmedAt <= MaxStaleSeconds;
        return new Json.Object {
            { "ringVersion", trusted ? (object)latest.Ring.Version : null }, { "ringAgeSeconds", Now - latest.ConfirmedAt },
            { "primary", trusted ? latest.Ring.Primary.Id : null }, { "lastFailure", latest.LastFailure },
        };
    }
}

/// <summary>Stands in for your framework's sessions.</summary>
sealed class Sessions {
    sealed class Session {
        public User User;
        public DateTime EndsAt;
    }

    readonly ConcurrentDictionary<string, Session> sessions = new ConcurrentDictionary<string, Session>();

    /// <summary>Always a new id: one from before the log-in may be known to somebody else.</summary>
    public string Start(string former, User user) {
        foreach (var old in sessions.Where(one => one.Key == former || one.Value.EndsAt < DateTime.UtcNow).ToList()) End(old.Key);
        var id = Proof.Random(32);
        sessions[id] = new Session { User = user, EndsAt = DateTime.UtcNow.AddHours(8) };
        return id;
    }

    public void End(string id) => sessions.TryRemove(id, out _);

    public User UserOf(string id) => sessions.TryGetValue(id, out var session) && session.EndsAt >= DateTime.UtcNow ? session.User : null;
}

/// <summary>As much as is needed: writes objects, reads objects of strings, whole numbers and nulls.</summary>
static class Json {
    public sealed class Object : IEnumerable {
        readonly List<KeyValuePair<string, object>> members = new List<KeyValuePair<string, object>>();

        public void Add(string name, object value) => members.Add(new KeyValuePair<string, object>(name, value));

        public IEnumerator GetEnumerator() => members.GetEnumerator();

        public override string ToString() => "{" + string.Join(",", members.Select(member => Text(member.Key) + ":" + Text(member.Value))) + "}";
    }

    static string Text(object value) {
        if (value == null) return "null";
        if (!(value is string text)) return Convert.ToString(value, CultureInfo.InvariantCulture);
        return "\"" + Regex.Replace(text, "[\"\\\\\u0000-\u001f]", found => "\\u" + ((int)found.Value[0]).ToString("x4")) + "\"";
    }

    const string StringPattern = "\"((?:[^\"\\\\\u0000-\u001f]|\\\\[\"\\\\/bfnrt]|\\\\u[0-9a-fA-F]{4})*)\"";
    static readonly Regex Member = new Regex("\\G\\s*" + StringPattern + "\\s*:\\s*(?:" + StringPattern + "|(null)|(-?[0-9]{1,20}))\\s*(,|\\}\\s*$)");

    /// <summary>The object of that text; null when it is none. A number is given as a decimal.</summary>
    public static Dictionary<string, object> Read(string text) {
        var start = Regex.Match(text, "^\\s*\\{");
        if (!start.Success) return null;
        var read = new Dictionary<string, object>();
        if (Regex.IsMatch(text, "^\\s*\\{\\s*\\}\\s*$")) return read;
        for (var member = Member.Match(text, start.Length); member.Success; member = Member.Match(text, member.Index + member.Length)) {
            read[Unescaped(member.Groups[1].Value)] = member.Groups[3].Success ? null
                : member.Groups[4].Success ? (object)decimal.Parse(member.Groups[4].Value, CultureInfo.InvariantCulture)
                : Unescaped(member.Groups[2].Value);
            if (member.Groups[5].Value != ",") return read;
        }
        return null;
    }

    static string Unescaped(string text) => Regex.Replace(text, "\\\\(u[0-9a-fA-F]{4}|.)", found => {
        var escape = found.Groups[1].Value;
        return escape.Length == 5
            ? ((char)Convert.ToInt32(escape.Substring(1), 16)).ToString()
            : "\"\\/\b\f\n\r\t".Substring("\"\\/bfnrt".IndexOf(escape[0]), 1);
    });
}

sealed class Refusal : Exception {
    public readonly int Status;
    public readonly string Code;

    public Refusal(int status, string code, string message) : base(message) {
        Status = status;
        Code = code;
    }
}

static class Backend {
    const int MaxBodyBytes = 16 * 1024;
    static readonly string[] Forms = { "hmac-hex", "hmac-base64", "hmac-v1", "jwt" };
    static readonly SortedDictionary<string, SigningEnvironment> Environments = new SortedDictionary<string, SigningEnvironment>(StringComparer.Ordinal);
    static readonly Dictionary<string, User> Users = new Dictionary<string, User>(StringComparer.Ordinal);
    static readonly Sessions Sessions = new Sessions();

    // ---- HTTP

    /// <summary>The user with this password. A name that does not exist takes as long as a wrong password.</summary>
    static User Authenticate(string username, string password) {
        Users.TryGetValue(username, out var user);
        int difference = 0;
        using (var sha = SHA256.Create()) {
            var expected = sha.ComputeHash(Encoding.UTF8.GetBytes(user == null ? "" : user.Password));
            var given = sha.ComputeHash(Encoding.UTF8.GetBytes(password));
            for (var i = 0; i < expected.Length; i++) difference |= expected[i] ^ given[i]; // constant time
        }
        return difference == 0 ? user : null;
    }

    static Json.Object LogIn(HttpListenerRequest request, HttpListenerResponse response) {
        // Only JSON: a form is what another site's page can make a browser send without asking.
        if (!Regex.IsMatch(request.ContentType ?? "", "^application/json\\s*(;|$)", RegexOptions.IgnoreCase)) {
            throw new Refusal(415, "UNSUPPORTED_MEDIA_TYPE", "the body must be application/json");
        }
        var body = new MemoryStream();
        var buffer = new byte[4096];
        for (int read; (read = request.InputStream.Read(buffer, 0, buffer.Length)) > 0;) {
            body.Write(buffer, 0, read);
            if (body.Length > MaxBodyBytes) throw new Refusal(413, "TOO_LARGE", "the body is larger than " + MaxBodyBytes + " bytes");
        }
        var login = Json.Read(Encoding.UTF8.GetString(body.ToArray()));
        object username = null, password = null;
        if (login == null || !login.TryGetValue("username", out username) || !login.TryGetValue("password", out password)
            || !(username is string) || !(password is string)) {
            throw new Refusal(400, "BAD_REQUEST", "the body is not the JSON object {\"username\",\"password\"}");
        }
        var user = Authenticate((string)username, (string)password);
        if (user == null) throw new Refusal(401, "LOGIN_FAILED", "the user name or the password is wrong");
        // Add "; Secure" behind TLS.
        response.AppendHeader("Set-Cookie", "sid=" + Sessions.Start(SessionId(request), user) + "; Path=/; HttpOnly; SameSite=Lax");
        return new Json.Object { { "userId", user.UserId } };
    }

    static Json.Object Identity(HttpListenerRequest request) {
        var user = Sessions.UserOf(SessionId(request)); // and no other source of an id
        if (user == null) throw new Refusal(401, "NOT_LOGGED_IN", "log in first: POST /login");
        var name = request.QueryString["environment"] ?? (Environments.Count == 1 ? Environments.Keys.First() : "");
        if (!Environments.TryGetValue(name, out var environment)) {
            throw new Refusal(400, "UNKNOWN_ENVIRONMENT", "no such environment; allowed: " + string.Join(", ", Environments.Keys));
        }
        var key = environment.Current(); // once: both proofs are made with one key
        if (key == null) throw new Refusal(503, "KEYS_UNAVAILABLE", "no signing keys may be trusted now: try again later");
        return Proof.Identity(environment, key, user);
    }

    static string SessionId(HttpListenerRequest request) =>
        Regex.Match(request.Headers["Cookie"] ?? "", "(?:^|;\\s*)sid=([A-Za-z0-9_-]+)").Groups[1].Value;

    static Json.Object Answer(HttpListenerRequest request, HttpListenerResponse response) {
        switch (request.HttpMethod + " " + request.Url.AbsolutePath) {
            case "POST /login": return LogIn(request, response);
            case "POST /logout":
                Sessions.End(SessionId(request));
                response.AppendHeader("Set-Cookie", "sid=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax");
                response.StatusCode = 204;
                return null;
            case "GET /identity": return Identity(request);
            case "GET /health":
            case "HEAD /health":
                var up = Environments.Values.All(environment => environment.Current() != null);
                var rings = new Json.Object();
                foreach (var environment in Environments.Values) rings.Add(environment.Name, environment.Health());
                response.StatusCode = up ? 200 : 503;
                return new Json.Object { { "status", up ? "UP" : "DOWN" }, { "environments", rings } };
        }
        throw new[] { "/login", "/logout", "/identity", "/health" }.Contains(request.Url.AbsolutePath)
            ? new Refusal(405, "METHOD_NOT_ALLOWED", "this path has another method")
            : new Refusal(404, "NOT_FOUND", "there is nothing here");
    }

    static void Handle(HttpListenerContext context) {
        var response = context.Response;
        Json.Object body;
        try {
            body = Answer(context.Request, response);
        } catch (Exception failure) {
            var refusal = failure as Refusal;
            if (refusal == null) Console.WriteLine("unexpected: " + failure.GetType().Name); // its message may hold what was asked
            response.StatusCode = refusal == null ? 500 : refusal.Status;
            body = new Json.Object { { "error", new Json.Object {
                { "code", refusal == null ? "INTERNAL_ERROR" : refusal.Code }, { "message", refusal == null ? "this failed" : refusal.Message } } } };
        }
        response.AppendHeader("Cache-Control", "no-store");
        try {
            var bytes = body == null || context.Request.HttpMethod == "HEAD" ? new byte[0] : Proof.Utf8.GetBytes(body.ToString());
            if (body != null) response.ContentType = "application/json";
            response.ContentLength64 = bytes.Length;
            response.OutputStream.Write(bytes, 0, bytes.Length);
            response.Close();
        } catch (Exception gone) {
            Console.WriteLine("not answered: " + gone.GetType().Name);
        }
    }

    // ---- Settings and start

    static Exception Fail(string message) {
        Console.WriteLine(message);
        System.Environment.Exit(1);
        return new InvalidOperationException();
    }

    static string Setting(string name, string otherwise) => System.Environment.GetEnvironmentVariable(name) ?? otherwise;

    static long Seconds(string text) {
        var found = Regex.Match(text, "^([0-9]{1,9})([smh])$");
        if (!found.Success) throw Fail("a duration is " + text + "; allowed are forms such as 30s, 15m, 1h");
        return long.Parse(found.Groups[1].Value, CultureInfo.InvariantCulture) * (found.Groups[2].Value == "s" ? 1 : found.Groups[2].Value == "m" ? 60 : 3600);
    }

    static void OpenEnvironments() {
        foreach (string variable in System.Environment.GetEnvironmentVariables().Keys) {
            var found = Regex.Match(variable, "^(COUNTERSIGN_ENVIRONMENTS_([A-Z0-9]+)_)RING_FILE$");
            if (!found.Success) continue;
            var prefix = found.Groups[1].Value;
            var name = found.Groups[2].Value.ToLowerInvariant();
            var environment = new SigningEnvironment {
                Name = name, File = Setting(variable, ""), Form = Setting(prefix + "FORM", ""), Audience = Setting(prefix + "AUDIENCE", name),
                ProofSeconds = Seconds(Setting(prefix + "PROOF_LIFETIME", "15m")), MaxStaleSeconds = Seconds(Setting(prefix + "MAX_STALE", "15m")),
            };
            if (!Forms.Contains(environment.Form)) throw Fail(prefix + "FORM is " + environment.Form + "; allowed: " + string.Join(", ", Forms));
            environment.Refresh();
            if (!environment.HasRing) throw Fail(variable + " cannot be used");
            Environments.Add(name, environment);
        }
        if (Environments.Count == 0) throw Fail("no COUNTERSIGN_ENVIRONMENTS_<NAME>_RING_FILE is set, at least one is needed");
    }

    [DllImport("libc", EntryPoint = "umask")]
    static extern uint Umask(uint mask);

    /// <summary>One JSON object to a line.</summary>
    static void ReadUsers(string file) {
        if (!File.Exists(file)) {
            Umask(63); // octal 077: what this process writes is its user's alone. On Windows protect the folder.
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file)));
            File.WriteAllLines(file, new[] { "ada u_1", "grace u_2" }.Select(demo => demo.Split(' ')).Select(demo => new Json.Object {
                { "username", demo[0] }, { "password", Proof.Random(18) }, { "userId", demo[1] }, { "groupId", "acme" } }.ToString()));
            Console.WriteLine("wrote two demo users with random passwords to " + file);
        }
        foreach (var line in File.ReadAllLines(file, Proof.Utf8).Where(line => line != "")) {
            var user = Json.Read(line);
            object name = null, password = null, userId = null, groupId = null;
            if (user == null || !user.TryGetValue("username", out name) || !user.TryGetValue("password", out password) || !(name is string) || !(password is string)) {
                throw Fail(file + ": every line must be a JSON object of username, password, userId and groupId");
            }
            user.TryGetValue("userId", out userId);
            user.TryGetValue("groupId", out groupId);
            if (!Proof.IsId(userId) || groupId != null && !Proof.IsId(groupId)) {
                throw Fail(file + ": userId and groupId of " + name + " must be strings of 1 to 256 characters");
            }
            Users[(string)name] = new User { Password = (string)password, UserId = (string)userId, GroupId = (string)groupId };
        }
    }

    static int FreePort() {
        var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        return port;
    }

    static void Main() {
        OpenEnvironments();
        ReadUsers(Setting("COUNTERSIGN_USERS_FILE", "run/demo-users.jsonl"));
        var port = int.Parse(Setting("PORT", "8080"), CultureInfo.InvariantCulture);
        if (port == 0) port = FreePort(); // HttpListener wants to be told
        // Loopback only: put a TLS proxy in front before anybody else may reach it.
        var listener = new HttpListener();
        listener.Prefixes.Add("http://127.0.0.1:" + port + "/");
        listener.Start();
        Console.WriteLine("back end listening on http://127.0.0.1:" + port);
        using (new Timer(_ => { foreach (var environment in Environments.Values) environment.Refresh(); }, null, 1000, 1000)) {
            while (true) {
                var context = listener.GetContext();
                ThreadPool.QueueUserWorkItem(_ => Handle(context));
            }
        }
    }
}
