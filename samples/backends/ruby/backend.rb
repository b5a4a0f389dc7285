# frozen_string_literal: true

# A token back end on Ruby's standard library and WEBrick: logs users in and hands each one the proof of their own
# identity.

require 'base64'
require 'fileutils'
require 'json'
require 'openssl'
require 'securerandom'
require 'time'
require 'webrick'

SESSION_SECONDS = 8 * 3600
MAX_BODY_BYTES = 16 * 1024
$stdout.sync = true

# ---- Proofs: the part to copy

# HMAC-SHA256 of the exact id, as 32 bytes. The key (the secret's UTF-8 text, never its decoded bytes) comes first.
def mac(secret, message)
  OpenSSL::HMAC.digest('SHA256', secret, message)
end

def proof_of(form, secret, id)
  case form
  when 'hmac-hex' then OpenSSL::HMAC.hexdigest('SHA256', secret, id)
  when 'hmac-base64' then Base64.strict_encode64(mac(secret, id)) # encode64 would add a line break
  when 'hmac-v1' then 'hmac_v1:' + OpenSSL::HMAC.hexdigest('SHA256', secret, id)
  end
end

# One token for user and group. Signed, not encrypted: whoever sees it reads the claims.
def jwt_of(key, user, audience, now, expires_at)
  claims = {
    sub: user[:user_id], aud: audience, iat: now - 5, exp: expires_at, # back-dated for clocks that run behind
    nonce: SecureRandom.urlsafe_base64(16), visitor: { id: user[:user_id] }
  }
  claims[:account] = { id: user[:group_id] } if user[:group_id]
  header = { alg: 'HS256', typ: 'JWT', kid: key[:id] }
  signed = [header, claims].map { |part| Base64.urlsafe_encode64(JSON.generate(part), padding: false) }.join('.')
  signed + '.' + Base64.urlsafe_encode64(mac(key[:secret], signed), padding: false)
end

# An id is text of 1 to 256 code points: OpenSSL takes no number, and a guess at its text would be the caller's.
def id?(value)
  value.is_a?(String) && value.encoding == Encoding::UTF_8 && value.valid_encoding? && value.length.between?(1, 256)
end

# What the app gets. It takes the session's user, so nobody can ask for somebody else's proof.
def identity_of(environment, user)
  key = environment.ring[:primary] # once: both proofs are made with one key
  now = Time.now.to_i
  expires_at = now + environment.proof_seconds
  identity = { userId: user[:user_id], signingKeyName: key[:id] }
  identity[:groupId] = user[:group_id] if user[:group_id]
  if environment.form == 'jwt'
    identity[:identityToken] = jwt_of(key, user, environment.audience, now, expires_at)
  else
    identity[:identityToken] = proof_of(environment.form, key[:secret], user[:user_id])
    identity[:groupToken] = proof_of(environment.form, key[:secret], user[:group_id]) if user[:group_id]
  end
  identity.merge(expiresAt: Time.at(expires_at).utc.iso8601)
end

# ---- The key ring: follows its file, keeps the last good ring

class RingError < StandardError; end

# Reads a ring. What it raises names no path and never holds the parser's message, which quotes the secrets.
def read_ring(file)
  begin
    ring = JSON.parse(File.read(file, encoding: 'UTF-8'))
  rescue SystemCallError => e
    raise RingError, "ring file cannot be read: #{e.class.name}"
  rescue JSON::ParserError, EncodingError
    raise RingError, 'ring file is not JSON'
  end
  keys = ring.is_a?(Hash) && ring['keys'].is_a?(Array) ? ring['keys'].grep(Hash) : []
  primaries = keys.select { |key| key['status'] == 'primary' }
  unless primaries.one? && ring['version'].is_a?(Integer)
    raise RingError, 'ring file needs a version and exactly one primary key'
  end

  id, secret = primaries.first.values_at('id', 'secret')
  unless id?(id) && secret.is_a?(String) && secret == secret.strip && secret.bytesize >= 16
    raise RingError, 'ring file: the primary key needs an id and a bare secret of 16 bytes or more'
  end

  { version: ring['version'], primary: { id: id, secret: secret } }
end

class Environment
  attr_reader :form, :audience, :proof_seconds, :ring

  def initialize(name, settings)
    @name = name
    @file = settings['RING_FILE']
    @form = settings['FORM']
    unless %w[hmac-hex hmac-base64 hmac-v1 jwt].include?(@form)
      stop "environment #{name}: FORM is #{@form}; allowed: hmac-hex, hmac-base64, hmac-v1, jwt"
    end
    @audience = settings.fetch('AUDIENCE', name)
    @proof_seconds = seconds(settings.fetch('PROOF_LIFETIME', '15m'))
    @max_stale_seconds = seconds(settings.fetch('MAX_STALE', '15m'))
    refresh
    stop "environment #{name}: RING_FILE cannot be used" unless @ring
  end

  # Looks at the file. A broken or older one leaves the last good ring in use, and is reported.
  def refresh
    ring = read_ring(@file)
    if @ring && ring[:version] < @ring[:version]
      raise RingError, "ring file has version #{ring[:version]}, older than #{@ring[:version]} in use"
    end

    puts "#{@name}: ring version #{ring[:version]}, primary key #{ring[:primary][:id]}" if ring[:version] != @ring&.fetch(:version)
    @ring = ring
    @confirmed_at = monotonic
    @last_failure = nil
  rescue RingError => e
    puts "#{@name}: #{e.message} (#{@file})" if e.message != @last_failure
    @last_failure = e.message
  end

  def age_seconds
    (monotonic - @confirmed_at).to_i
  end

  # A ring that could not be confirmed for so long may hold a revoked key.
  def trusted?
    age_seconds <= @max_stale_seconds
  end

  def health
    ring = trusted? ? @ring : nil
    { ringVersion: ring&.fetch(:version), ringAgeSeconds: age_seconds,
      primary: ring&.dig(:primary, :id), lastFailure: @last_failure }
  end
end

# ---- Users and sessions: stand-ins for your own

# The user with this password. A name that does not exist takes as long as a wrong password.
def authenticate(users, username, password)
  user = users[username]
  matches = OpenSSL.secure_compare(password, user ? user[:password] : '')
  user if user && matches
end

class Sessions
  def initialize
    @lock = Mutex.new
    @sessions = {}
  end

  # Always a new id: one from before the log-in may be known to somebody else.
  def start(former, user)
    id = SecureRandom.urlsafe_base64(32)
    @lock.synchronize do
      @sessions.delete_if { |sid, session| sid == former || session[:ends_at] < monotonic }
      @sessions[id] = { user: user, ends_at: monotonic + SESSION_SECONDS }
    end
    id
  end

  def end(id)
    @lock.synchronize { @sessions.delete(id) }
  end

  def user(id)
    session = @lock.synchronize { @sessions[id] }
    session[:user] if session && session[:ends_at] >= monotonic
  end
end

# ---- HTTP

class Refusal < StandardError
  attr_reader :status, :code

  def initialize(status, code, message)
    super(message)
    @status = status
    @code = code
  end
end

class BackEnd < WEBrick::HTTPServlet::AbstractServlet
  ROUTES = {
    '/login' => { 'POST' => :login }, '/logout' => { 'POST' => :logout },
    '/identity' => { 'GET' => :identity }, '/health' => { 'GET' => :health, 'HEAD' => :health }
  }.freeze

  def initialize(server, application)
    super(server)
    @users, @sessions, @environments = application.values_at(:users, :sessions, :environments)
  end

  def service(request, response)
    response['Cache-Control'] = 'no-store'
    response.keep_alive = false # WEBrick's two writes would wait 40 ms for each other
    status, body = answer(request, response)
    response.status = status
    return if body.nil?

    response['Content-Type'] = 'application/json'
    response.body = JSON.generate(body)
  end

  private

  def answer(request, response)
    methods = ROUTES[request.path] or raise Refusal.new(404, 'NOT_FOUND', 'there is nothing here')
    route = methods[request.request_method] or raise Refusal.new(405, 'METHOD_NOT_ALLOWED', 'this path has another method')
    send(route, request, response)
  rescue Refusal => e
    [e.status, { error: { code: e.code, message: e.message } }]
  rescue StandardError => e # its message may hold what was asked
    puts "unexpected: #{e.class.name}"
    [500, { error: { code: 'INTERNAL_ERROR', message: 'this failed' } }]
  end

  def login(request, response)
    # Only JSON: a form is what another site's page can make a browser send without asking.
    unless request['content-type'].to_s.match?(%r{\Aapplication/json\s*(;|\z)}i)
      raise Refusal.new(415, 'UNSUPPORTED_MEDIA_TYPE', 'the body must be application/json')
    end

    username, password = credentials(request.body.to_s)
    user = authenticate(@users, username, password) or
      raise Refusal.new(401, 'LOGIN_FAILED', 'the user name or the password is wrong')
    id = @sessions.start(session_id(request), user)
    response['Set-Cookie'] = "sid=#{id}; Path=/; HttpOnly; SameSite=Lax" # add "; Secure" behind TLS
    [200, { userId: user[:user_id] }]
  end

  def credentials(body)
    raise Refusal.new(413, 'TOO_LARGE', "the body is larger than #{MAX_BODY_BYTES} bytes") if body.bytesize > MAX_BODY_BYTES

    login = JSON.parse(body.dup.force_encoding('UTF-8'))
    pair = login.is_a?(Hash) ? login.values_at('username', 'password') : []
    return pair if pair.size == 2 && pair.all?(String)

    raise JSON::ParserError
  rescue JSON::ParserError, EncodingError
    raise Refusal.new(400, 'BAD_REQUEST', 'the body is not the JSON object {"username","password"}')
  end

  def logout(request, response)
    @sessions.end(session_id(request))
    response['Set-Cookie'] = 'sid=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax'
    [204, nil]
  end

  def identity(request, _response)
    user = @sessions.user(session_id(request)) or # and no other source of an id
      raise Refusal.new(401, 'NOT_LOGGED_IN', 'log in first: POST /login')
    # Of the address alone: WEBrick's request.query would read a form's body as well.
    query = URI.decode_www_form(request.query_string.to_s).to_h
    name = query.fetch('environment') { @environments.keys.first if @environments.size == 1 }
    environment = @environments[name] or
      raise Refusal.new(400, 'UNKNOWN_ENVIRONMENT', "environment is #{name}; allowed: #{@environments.keys.join(', ')}")
    environment.trusted? or
      raise Refusal.new(503, 'KEYS_UNAVAILABLE', 'no signing keys may be trusted now: try again later')
    [200, identity_of(environment, user)]
  end

  def health(_request, _response)
    health = @environments.transform_values(&:health)
    up = health.values.all? { |one| one[:ringVersion] }
    [up ? 200 : 503, { status: up ? 'UP' : 'DOWN', environments: health }]
  end

  def session_id(request)
    request['cookie'].to_s[/(?:\A|;\s*)sid=([A-Za-z0-9_-]+)/, 1]
  end
end

# ---- Settings and start

def stop(message)
  puts message
  exit 1
end

def monotonic
  Process.clock_gettime(Process::CLOCK_MONOTONIC)
end

def seconds(text)
  count, unit = text.match(/\A(\d+)([smh])\z/)&.captures
  stop "a duration is #{text}; allowed are forms such as 30s, 15m, 1h" unless unit
  count.to_i * { 's' => 1, 'm' => 60, 'h' => 3600 }[unit]
end

def open_environments
  settings = Hash.new { |all, name| all[name] = {} }
  ENV.sort.each do |variable, value|
    named = variable.match(/\ACOUNTERSIGN_ENVIRONMENTS_([A-Z0-9]+)_([A-Z_]+)\z/)
    settings[named[1].downcase][named[2]] = value if named
  end
  settings.select! { |_, one| one.key?('RING_FILE') }
  stop 'no COUNTERSIGN_ENVIRONMENTS_<NAME>_RING_FILE is set, at least one is needed' if settings.empty?
  settings.to_h { |name, one| [name, Environment.new(name, one)] }
end

def write_demo_users(file)
  users = { 'ada' => 'u_1', 'grace' => 'u_2' }.map do |name, id|
    { username: name, password: SecureRandom.urlsafe_base64(18), userId: id, groupId: 'acme' }
  end
  FileUtils.mkdir_p(File.dirname(file))
  File.open(file, File::WRONLY | File::CREAT | File::EXCL, 0o600) { |out| out.write(JSON.pretty_generate(users: users)) }
  puts "wrote two demo users with random passwords to #{file}"
end

def read_users(file)
  write_demo_users(file) unless File.exist?(file)
  JSON.parse(File.read(file, encoding: 'UTF-8'))['users'].to_h do |user|
    name, password, user_id, group_id = user.values_at('username', 'password', 'userId', 'groupId')
    stop "#{file}: a user has no username or no password" if name.to_s.empty? || password.to_s.empty?
    stop "#{file}: userId of #{name} must be a string of 1 to 256 characters" unless id?(user_id)
    stop "#{file}: groupId of #{name} must be a string of 1 to 256 characters" unless group_id.nil? || id?(group_id)
    [name, { password: password, user_id: user_id, group_id: group_id }]
  end
rescue JSON::ParserError
  stop "#{file} is not JSON"
end

environments = open_environments
users = read_users(ENV.fetch('COUNTERSIGN_USERS_FILE', 'run/demo-users.json'))
Thread.new { loop { sleep 1; environments.each_value(&:refresh) } }
# Loopback only: put a TLS proxy in front before anybody else may reach it. No access log, and errors by class alone.
server = WEBrick::HTTPServer.new(
  BindAddress: '127.0.0.1', Port: Integer(ENV.fetch('PORT', '8080')), AccessLog: [],
  Logger: WEBrick::Log.new($stdout, WEBrick::Log::FATAL)
)
server.mount '/', BackEnd, { users: users, sessions: Sessions.new, environments: environments }
trap('TERM') { server.shutdown }
trap('INT') { server.shutdown }
puts "back end listening on http://127.0.0.1:#{server.listeners.first.addr[1]}"
server.start
