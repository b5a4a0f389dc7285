// A token back end on Go's standard library: logs users in and hands each one the proof of their own identity.
package main

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"
)

const (
	sessionLifetime = 8 * time.Hour
	maxBodyBytes    = 16 * 1024
)

// ---- Proofs: the part to copy

// mac is HMAC-SHA256 of the exact id; the key is the secret's UTF-8 text, never its decoded bytes.
func mac(secret, message string) []byte {
	hash := hmac.New(sha256.New, []byte(secret))
	hash.Write([]byte(message))
	return hash.Sum(nil)
}

func proofOf(form, secret, id string) string {
	switch form {
	case "hmac-hex":
		return hex.EncodeToString(mac(secret, id))
	case "hmac-base64":
		return base64.StdEncoding.EncodeToString(mac(secret, id)) // padded, without a line break
	default:
		return "hmac_v1:" + hex.EncodeToString(mac(secret, id))
	}
}

type idOnly struct {
	ID string `json:"id"`
}

// jwtOf makes one token for user and group. Signed, not encrypted: whoever sees it reads the claims.
func jwtOf(key key, user user, audience string, now, expiresAt int64) string {
	claims := map[string]any{
		"sub": user.UserID, "aud": audience, "iat": now - 5, "exp": expiresAt, // back-dated for clocks that run behind
		"nonce": random(16), "visitor": idOnly{user.UserID},
	}
	if user.GroupID != nil {
		claims["account"] = idOnly{*user.GroupID}
	}
	signed := part(map[string]string{"alg": "HS256", "typ": "JWT", "kid": key.ID}) + "." + part(claims)
	return signed + "." + base64.RawURLEncoding.EncodeToString(mac(key.Secret, signed))
}

func part(value any) string {
	text, _ := json.Marshal(value)
	return base64.RawURLEncoding.EncodeToString(text)
}

// isID: text of 1 to 256 code points. The JSON reader has turned half a surrogate pair into U+FFFD: no id has one.
func isID(id string) bool {
	return id != "" && utf8.RuneCountInString(id) <= 256 && !strings.ContainsRune(id, utf8.RuneError)
}

type identity struct {
	UserID         string  `json:"userId"`
	IdentityToken  string  `json:"identityToken"`
	SigningKeyName string  `json:"signingKeyName"`
	GroupID        *string `json:"groupId,omitempty"`
	GroupToken     string  `json:"groupToken,omitempty"`
	ExpiresAt      string  `json:"expiresAt"`
}

// identityOf is what the app gets. It takes the session's user, so nobody can ask for somebody else's proof.
func identityOf(environment *environment, key key, user user) identity {
	now := time.Now().Unix()
	expiresAt := now + int64(environment.proofLifetime.Seconds())
	answer := identity{UserID: user.UserID, SigningKeyName: key.ID, GroupID: user.GroupID,
		ExpiresAt: time.Unix(expiresAt, 0).UTC().Format(time.RFC3339)}
	if environment.form == "jwt" {
		answer.IdentityToken = jwtOf(key, user, environment.audience, now, expiresAt)
		return answer
	}
	answer.IdentityToken = proofOf(environment.form, key.Secret, user.UserID)
	if user.GroupID != nil {
		answer.GroupToken = proofOf(environment.form, key.Secret, *user.GroupID)
	}
	return answer
}

// ---- The key ring: follows its file, keeps the last good ring

type key struct {
	ID     string `json:"id"`
	Status string `json:"status"`
	Secret string `json:"secret"`
}

type ring struct {
	Version int64
	Primary key
}

// readRing reads a ring. Its errors name no path and hold nothing of the file.
func readRing(file string) (*ring, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, errors.New("ring file cannot be read: " + errors.Unwrap(err).Error())
	}
	var parsed struct {
		Version *int64 `json:"version"`
		Keys    []key  `json:"keys"`
	}
	if json.Unmarshal(text, &parsed) != nil {
		return nil, errors.New("ring file is not a ring in JSON")
	}
	var primaries []key
	for _, key := range parsed.Keys {
		if key.Status == "primary" {
			primaries = append(primaries, key)
		}
	}
	if parsed.Version == nil || len(primaries) != 1 {
		return nil, errors.New("ring file needs a version and exactly one primary key")
	}
	primary := primaries[0]
	if !isID(primary.ID) || len(primary.Secret) < 16 || strings.TrimSpace(primary.Secret) != primary.Secret {
		return nil, errors.New("ring file: the primary key needs an id and a bare secret of 16 bytes or more")
	}
	return &ring{*parsed.Version, primary}, nil
}

// state is replaced as a whole, so that a key and its secret never come from two rings.
type state struct {
	ring        *ring
	confirmedAt time.Time
	lastFailure *string
}

type environment struct {
	name, file, form, audience string
	proofLifetime, maxStale    time.Duration
	state                      atomic.Pointer[state]
}

// refresh looks at the file. A broken or older one leaves the last good ring in use, and is reported.
func (e *environment) refresh() {
	last := e.state.Load()
	ring, err := readRing(e.file)
	if err == nil && last.ring != nil && ring.Version < last.ring.Version {
		err = fmt.Errorf("ring file has version %d, older than %d in use", ring.Version, last.ring.Version)
	}
	if err != nil {
		failure := err.Error()
		if last.lastFailure == nil || *last.lastFailure != failure {
			fmt.Printf("%s: %s (%s)\n", e.name, failure, e.file)
		}
		e.state.Store(&state{last.ring, last.confirmedAt, &failure})
		return
	}
	if last.ring == nil || last.ring.Version != ring.Version {
		fmt.Printf("%s: ring version %d, primary key %s\n", e.name, ring.Version, ring.Primary.ID)
	}
	e.state.Store(&state{ring, time.Now(), nil})
}

// current is nil when the ring could not be confirmed for so long that it may hold a revoked key.
func (e *environment) current() *ring {
	latest := e.state.Load()
	if time.Since(latest.confirmedAt) > e.maxStale {
		return nil
	}
	return latest.ring
}

type health struct {
	RingVersion    *int64  `json:"ringVersion"`
	RingAgeSeconds int64   `json:"ringAgeSeconds"`
	Primary        *string `json:"primary"`
	LastFailure    *string `json:"lastFailure"`
}

func (e *environment) health() health {
	latest := e.state.Load()
	answer := health{RingAgeSeconds: int64(time.Since(latest.confirmedAt).Seconds()), LastFailure: latest.lastFailure}
	if ring := e.current(); ring != nil {
		answer.RingVersion, answer.Primary = &ring.Version, &ring.Primary.ID
	}
	return answer
}

// ---- Users and sessions: stand-ins for your own

type user struct {
	Username string  `json:"username"`
	Password string  `json:"password"`
	UserID   string  `json:"userId"`
	GroupID  *string `json:"groupId"`
}

// authenticate takes as long for a name that does not exist as for a wrong password.
func authenticate(users map[string]user, username, password string) (user, bool) {
	user, known := users[username]
	expected, given := sha256.Sum256([]byte(user.Password)), sha256.Sum256([]byte(password))
	return user, subtle.ConstantTimeCompare(expected[:], given[:]) == 1 && known
}

type session struct {
	user   user
	endsAt time.Time
}

type sessions struct {
	lock sync.Mutex
	byID map[string]session
}

// start always makes a new id: one from before the log-in may be known to somebody else.
func (s *sessions) start(former string, user user) string {
	s.lock.Lock()
	defer s.lock.Unlock()
	for id, session := range s.byID {
		if id == former || session.endsAt.Before(time.Now()) {
			delete(s.byID, id)
		}
	}
	id := random(32)
	s.byID[id] = session{user, time.Now().Add(sessionLifetime)}
	return id
}

func (s *sessions) end(id string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	delete(s.byID, id)
}

func (s *sessions) user(id string) (user, bool) {
	s.lock.Lock()
	defer s.lock.Unlock()
	session, known := s.byID[id]
	return session.user, known && session.endsAt.After(time.Now())
}

// random is that many bytes of the system's secure source, in base64url.
func random(bytes int) string {
	drawn := make([]byte, bytes)
	if _, err := rand.Read(drawn); err != nil {
		panic("no randomness")
	}
	return base64.RawURLEncoding.EncodeToString(drawn)
}

// ---- HTTP

type application struct {
	users        map[string]user
	sessions     *sessions
	environments map[string]*environment
	names        []string
}

func (a *application) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Cache-Control", "no-store")
	routes := map[string]map[string]http.HandlerFunc{
		"/login": {"POST": a.login}, "/logout": {"POST": a.logout},
		"/identity": {"GET": a.identity}, "/health": {"GET": a.health, "HEAD": a.health},
	}
	methods, known := routes[r.URL.Path]
	if !known {
		refuse(w, 404, "NOT_FOUND", "there is nothing here")
	} else if route, known := methods[r.Method]; known {
		route(w, r)
	} else {
		refuse(w, 405, "METHOD_NOT_ALLOWED", "this path has another method")
	}
}

func (a *application) login(w http.ResponseWriter, r *http.Request) {
	// Only JSON: a form is what another site's page can make a browser send without asking.
	if contentType, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); contentType != "application/json" {
		refuse(w, 415, "UNSUPPORTED_MEDIA_TYPE", "the body must be application/json")
		return
	}
	var login struct{ Username, Password *string }
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBodyBytes))
	if err != nil {
		refuse(w, 413, "TOO_LARGE", fmt.Sprintf("the body is larger than %d bytes", maxBodyBytes))
		return
	}
	if json.Unmarshal(body, &login) != nil || login.Username == nil || login.Password == nil {
		refuse(w, 400, "BAD_REQUEST", `the body is not the JSON object {"username","password"}`)
		return
	}
	user, ok := authenticate(a.users, *login.Username, *login.Password)
	if !ok {
		refuse(w, 401, "LOGIN_FAILED", "the user name or the password is wrong")
		return
	}
	// Set Secure behind TLS.
	http.SetCookie(w, &http.Cookie{Name: "sid", Value: a.sessions.start(sessionID(r), user), Path: "/",
		HttpOnly: true, SameSite: http.SameSiteLaxMode})
	answer(w, 200, map[string]string{"userId": user.UserID})
}

func (a *application) logout(w http.ResponseWriter, r *http.Request) {
	a.sessions.end(sessionID(r))
	http.SetCookie(w, &http.Cookie{Name: "sid", Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	w.WriteHeader(204)
}

func (a *application) identity(w http.ResponseWriter, r *http.Request) {
	user, loggedIn := a.sessions.user(sessionID(r)) // and no other source of an id
	if !loggedIn {
		refuse(w, 401, "NOT_LOGGED_IN", "log in first: POST /login")
		return
	}
	name := r.URL.Query().Get("environment")
	if !r.URL.Query().Has("environment") && len(a.names) == 1 {
		name = a.names[0]
	}
	environment, known := a.environments[name]
	if !known {
		refuse(w, 400, "UNKNOWN_ENVIRONMENT", "environment is "+name+"; allowed: "+strings.Join(a.names, ", "))
		return
	}
	ring := environment.current() // once: both proofs are made with one key
	if ring == nil {
		refuse(w, 503, "KEYS_UNAVAILABLE", "no signing keys may be trusted now: try again later")
		return
	}
	answer(w, 200, identityOf(environment, ring.Primary, user))
}

func (a *application) health(w http.ResponseWriter, r *http.Request) {
	status, up, rings := 200, "UP", map[string]health{}
	for name, environment := range a.environments {
		rings[name] = environment.health()
		if rings[name].RingVersion == nil {
			status, up = 503, "DOWN"
		}
	}
	answer(w, status, map[string]any{"status": up, "environments": rings})
}

func sessionID(r *http.Request) string {
	cookie, err := r.Cookie("sid")
	if err != nil {
		return ""
	}
	return cookie.Value
}

func refuse(w http.ResponseWriter, status int, code, message string) {
	answer(w, status, map[string]any{"error": map[string]string{"code": code, "message": message}})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(body)
}

// ---- Settings and start

func fail(format string, values ...any) {
	fmt.Printf(format+"\n", values...)
	os.Exit(1)
}

func setting(name, otherwise string) string {
	if value, set := os.LookupEnv(name); set {
		return value
	}
	return otherwise
}

func duration(name string) time.Duration {
	length, err := time.ParseDuration(setting(name, "15m"))
	if err != nil || length < time.Second {
		fail("%s is %s; allowed are forms such as 30s, 15m, 1h", name, setting(name, "15m"))
	}
	return length
}

func openEnvironments() (map[string]*environment, []string) {
	environments, names := map[string]*environment{}, []string{}
	ringFile := regexp.MustCompile(`^(COUNTERSIGN_ENVIRONMENTS_([A-Z0-9]+)_)RING_FILE=(.*)$`)
	for _, variable := range os.Environ() {
		found := ringFile.FindStringSubmatch(variable)
		if found == nil {
			continue
		}
		prefix, name := found[1], strings.ToLower(found[2])
		e := &environment{name: name, file: found[3], form: setting(prefix+"FORM", ""),
			audience:      setting(prefix+"AUDIENCE", name),
			proofLifetime: duration(prefix + "PROOF_LIFETIME"), maxStale: duration(prefix + "MAX_STALE")}
		if !strings.Contains(" hmac-hex hmac-base64 hmac-v1 jwt ", " "+e.form+" ") {
			fail("%sFORM is %s; allowed: hmac-hex, hmac-base64, hmac-v1, jwt", prefix, e.form)
		}
		e.state.Store(&state{})
		if e.refresh(); e.state.Load().ring == nil {
			fail("%sRING_FILE cannot be used", prefix)
		}
		environments[name] = e
		names = append(names, name)
	}
	if len(names) == 0 {
		fail("no COUNTERSIGN_ENVIRONMENTS_<NAME>_RING_FILE is set, at least one is needed")
	}
	sort.Strings(names)
	return environments, names
}

func writeDemoUsers(file string) {
	group := "acme"
	users, _ := json.MarshalIndent(map[string][]user{"users": {
		{"ada", random(18), "u_1", &group}, {"grace", random(18), "u_2", &group}}}, "", "  ")
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		fail("%v", err)
	}
	if err := os.WriteFile(file, users, 0o600); err != nil {
		fail("%v", err)
	}
	fmt.Println("wrote two demo users with random passwords to", file)
}

func readUsers(file string) map[string]user {
	if _, err := os.Stat(file); errors.Is(err, os.ErrNotExist) {
		writeDemoUsers(file)
	}
	text, err := os.ReadFile(file)
	if err != nil {
		fail("%v", err)
	}
	var parsed struct{ Users []user }
	if err := json.Unmarshal(text, &parsed); err != nil {
		fail("%s: %v", file, err) // names the field and its type, such as a number for userId
	}
	users := map[string]user{}
	for _, user := range parsed.Users {
		if user.Username == "" || user.Password == "" {
			fail("%s: a user has no username or no password", file)
		}
		if !isID(user.UserID) || user.GroupID != nil && !isID(*user.GroupID) {
			fail("%s: userId and groupId of %s must be strings of 1 to 256 characters", file, user.Username)
		}
		users[user.Username] = user
	}
	return users
}

func main() {
	environments, names := openEnvironments()
	users := readUsers(setting("COUNTERSIGN_USERS_FILE", "run/demo-users.json"))
	go func() {
		for range time.Tick(time.Second) {
			for _, environment := range environments {
				environment.refresh()
			}
		}
	}()
	// Loopback only: put a TLS proxy in front before anybody else may reach it.
	listener, err := net.Listen("tcp", "127.0.0.1:"+setting("PORT", "8080"))
	if err != nil {
		fail("%v", err)
	}
	fmt.Printf("back end listening on http://%s\n", listener.Addr())
	server := &http.Server{ReadHeaderTimeout: 10 * time.Second,
		Handler: &application{users, &sessions{byID: map[string]session{}}, environments, names}}
	fail("%v", server.Serve(listener))
}
