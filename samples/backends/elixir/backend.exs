# A token back end on Elixir's and Erlang's standard libraries: logs users in and hands each one the proof of their own
# identity. Elixir 1.14 has no JSON: the ring is a file of lines, and the little JSON that is needed stands below.

defmodule Proof do
  @moduledoc "The part to copy."

  @doc "HMAC-SHA256 of the exact id, as 32 bytes. The key (the secret's UTF-8 text, never decoded) comes first."
  def mac(secret, message) when is_binary(message), do: :crypto.mac(:hmac, :sha256, secret, message)

  def of("hmac-hex", secret, id), do: Base.encode16(mac(secret, id), case: :lower)
  def of("hmac-base64", secret, id), do: Base.encode64(mac(secret, id))
  def of("hmac-v1", secret, id), do: "hmac_v1:" <> of("hmac-hex", secret, id)

  @doc "One token for user and group. Signed, not encrypted: whoever sees it reads the claims."
  def jwt(key, user, audience, now, expires_at) do
    account = if user.group_id, do: [account: [id: user.group_id]], else: []

    claims =
      [sub: user.user_id, aud: audience, iat: now - 5, exp: expires_at, nonce: Random.text(16)] ++
        [visitor: [id: user.user_id]] ++ account

    signed = Enum.map_join([[alg: "HS256", typ: "JWT", kid: key.id], claims], ".", &base64url(Json.text(&1)))
    signed <> "." <> base64url(mac(key.secret, signed))
  end

  defp base64url(bytes), do: Base.url_encode64(bytes, padding: false)

  @doc "An id is text of 1 to 256 code points in UTF-8; a number is not."
  def id?(id), do: is_binary(id) and String.valid?(id) and length(String.codepoints(id)) in 1..256

  @doc "What the app gets. It takes the session's user, so nobody can ask for somebody else's proof."
  def identity(environment, %{primary: key}, user) do
    now = System.os_time(:second)
    expires_at = now + environment.proof_seconds
    sign = fn id -> of(environment.form, key.secret, id) end
    group? = user.group_id != nil

    [userId: user.user_id, signingKeyName: key.id] ++
      if(environment.form == "jwt",
        do: [identityToken: jwt(key, user, environment.audience, now, expires_at)],
        else: [identityToken: sign.(user.user_id)]
      ) ++
      if(group?, do: [groupId: user.group_id], else: []) ++
      if(group? and environment.form != "jwt", do: [groupToken: sign.(user.group_id)], else: []) ++
      [expiresAt: expires_at |> DateTime.from_unix!() |> DateTime.to_iso8601()]
  end
end

defmodule Random do
  @doc "That many bytes of the system's secure source, in base64url."
  def text(bytes), do: Base.url_encode64(:crypto.strong_rand_bytes(bytes), padding: false)
end

defmodule KeyRing do
  @moduledoc "Follows its file, keeps the last good ring."

  @table :rings

  def open(environments) do
    :ets.new(@table, [:named_table, :public, read_concurrency: true])

    for environment <- environments do
      :ets.insert(@table, {environment.name, %{ring: nil, confirmed_at: 0, last_failure: nil}})
      refresh(environment)
      if state(environment).ring == nil, do: BackEnd.fail("environment #{environment.name}: RING_FILE cannot be used")
    end

    spawn_link(fn -> follow(environments) end)
  end

  defp follow(environments) do
    Process.sleep(1000)
    Enum.each(environments, &refresh/1)
    follow(environments)
  end

  # Looks at the file. A broken or older one leaves the last good ring in use, and is reported.
  defp refresh(environment) do
    last = state(environment)

    with {:ok, ring} <- read(environment.file), :ok <- not_older(ring, last.ring) do
      if last.ring == nil or last.ring.version != ring.version,
        do: IO.puts("#{environment.name}: ring version #{ring.version}, primary key #{ring.primary.id}")

      :ets.insert(@table, {environment.name, %{ring: ring, confirmed_at: seconds(), last_failure: nil}})
    else
      {:error, failure} ->
        if failure != last.last_failure, do: IO.puts("#{environment.name}: #{failure} (#{environment.file})")
        :ets.insert(@table, {environment.name, %{last | last_failure: failure}})
    end
  end

  defp not_older(ring, former) when former == nil or ring.version >= former.version, do: :ok

  defp not_older(ring, former),
    do: {:error, "ring file has version #{ring.version}, older than #{former.version} in use"}

  # "version 3", one line "key <id> <status> <secret>" for each key, and "end", so that no file that was cut off is
  # taken for a ring. What is wrong is told without the path and without anything of the file.
  defp read(file) do
    case File.read(file) do
      {:ok, text} -> text |> String.split(["\r\n", "\n"], trim: true) |> parse()
      {:error, reason} -> {:error, "ring file cannot be read: #{reason}"}
    end
  end

  defp parse(lines) do
    with ["version " <> number | keys] <- lines,
         {version, ""} <- Integer.parse(number),
         {["end"], keys} <- {Enum.take(keys, -1), Enum.drop(keys, -1)},
         keys = Enum.map(keys, &String.split(&1, " ", parts: 4)),
         true <-
           Enum.all?(keys, &match?(["key", _, status | _] when status in ~w(pending primary retiring revoked), &1)),
         [["key", id, "primary", secret]] <- Enum.filter(keys, &(Enum.at(&1, 2) == "primary")),
         true <- Proof.id?(id) and String.trim(secret) == secret and byte_size(secret) >= 16 do
      {:ok, %{version: version, primary: %{id: id, secret: secret}}}
    else
      _ -> {:error, "ring file needs a version, one primary key with a secret of 16 bytes or more, and \"end\""}
    end
  end

  @doc "The ring; nil when it could not be confirmed for so long that it may hold a revoked key."
  def current(environment) do
    state = state(environment)
    if age(state) <= environment.max_stale_seconds, do: state.ring
  end

  def health(environment) do
    state = state(environment)
    ring = current(environment) || %{version: nil, primary: %{id: nil}}
    [ringVersion: ring.version, ringAgeSeconds: age(state), primary: ring.primary.id, lastFailure: state.last_failure]
  end

  defp state(environment), do: :ets.lookup_element(@table, environment.name, 2)
  defp age(state), do: seconds() - state.confirmed_at
  defp seconds, do: System.monotonic_time(:second)
end

defmodule Sessions do
  @moduledoc "Stands in for your framework's sessions."

  @table :sessions
  @seconds 8 * 3600

  def open, do: :ets.new(@table, [:named_table, :public])

  @doc "Always a new id: one from before the log-in may be known to somebody else."
  def start(former, user) do
    finish(former)
    :ets.select_delete(@table, [{{:_, :_, :"$1"}, [{:<, :"$1", now()}], [true]}])
    id = Random.text(32)
    :ets.insert(@table, {id, user, now() + @seconds})
    id
  end

  def finish(id), do: :ets.delete(@table, id)

  def user(id) do
    case :ets.lookup(@table, id) do
      [{_, user, ends_at}] -> if ends_at >= now(), do: user
      [] -> nil
    end
  end

  defp now, do: System.monotonic_time(:second)
end

defmodule Json do
  @moduledoc "As much as is needed: writes keyword lists, reads objects of strings, whole numbers and nulls."

  def text(nil), do: "null"
  def text(number) when is_integer(number), do: Integer.to_string(number)
  def text(string) when is_binary(string), do: "\"" <> for(<<c::utf8 <- string>>, into: "", do: escaped(c)) <> "\""

  def text(object) when is_list(object),
    do: "{" <> Enum.map_join(object, ",", fn {k, v} -> "\"#{k}\":" <> text(v) end) <> "}"

  defp escaped(?"), do: "\\\""
  defp escaped(?\\), do: "\\\\"
  defp escaped(c) when c < 0x20, do: "\\u" <> String.pad_leading(Integer.to_string(c, 16), 4, "0")
  defp escaped(c), do: <<c::utf8>>

  @doc "The object as a map, or :error."
  def object(text) do
    true = String.valid?(text)
    "{" <> rest = skip(text)
    {object, rest} = members(skip(rest), %{})
    "" = skip(rest)
    {:ok, object}
  rescue
    _ -> :error
  end

  defp members("\"" <> rest, object) do
    {name, rest} = string(rest, "")
    ":" <> rest = skip(rest)
    {value, rest} = value(skip(rest))
    object = Map.put(object, name, value)

    case skip(rest) do
      "," <> rest -> members(skip(rest), object)
      "}" <> rest -> {object, rest}
    end
  end

  defp members("}" <> rest, object) when object == %{}, do: {object, rest}

  defp value("\"" <> rest), do: string(rest, "")
  defp value("null" <> rest), do: {nil, rest}
  defp value(rest), do: {_, _} = Integer.parse(rest)

  defp string("\"" <> rest, done), do: {done, rest}

  # Half a surrogate pair has no UTF-8, and is an error.
  defp string(<<"\\u", code::binary-size(4), rest::binary>>, done) do
    case {hex(code), rest} do
      {high, <<"\\u", low::binary-size(4), rest::binary>>} when high in 0xD800..0xDBFF ->
        pair = :unicode.characters_to_binary(<<high::16, hex(low)::16>>, :utf16)
        true = is_binary(pair)
        string(rest, done <> pair)

      {code, rest} ->
        string(rest, done <> <<code::utf8>>)
    end
  end

  defp string(<<"\\", c, rest::binary>>, done) do
    string(
      rest,
      done <>
        Map.fetch!(%{?" => "\"", ?\\ => "\\", ?/ => "/", ?b => "\b", ?f => "\f", ?n => "\n", ?r => "\r", ?t => "\t"}, c)
    )
  end

  defp string(<<c::utf8, rest::binary>>, done) when c >= 0x20, do: string(rest, done <> <<c::utf8>>)

  defp hex(digits), do: String.to_integer(digits, 16)
  defp skip(<<c, rest::binary>>) when c in ' \t\r\n', do: skip(rest)
  defp skip(rest), do: rest
end

defmodule Web do
  @moduledoc "One request to a connection, one process to a request; the parser of HTTP is Erlang's own."

  @max_body_bytes 16 * 1024
  @routes %{
    "/login" => %{"POST" => :login},
    "/logout" => %{"POST" => :logout},
    "/identity" => %{"GET" => :identity},
    "/health" => %{"GET" => :health, "HEAD" => :health}
  }

  def listen(port, application) do
    # Loopback only: put a TLS proxy in front before anybody else may reach it.
    {:ok, listener} =
      :gen_tcp.listen(port, [
        :binary,
        packet: :http_bin,
        active: false,
        reuseaddr: true,
        backlog: 128,
        ip: {127, 0, 0, 1}
      ])

    {:ok, port} = :inet.port(listener)
    IO.puts("back end listening on http://127.0.0.1:#{port}")
    accept(listener, application)
  end

  defp accept(listener, application) do
    {:ok, socket} = :gen_tcp.accept(listener)
    handler = spawn(fn -> receive(do: (:go -> serve(socket, application))) end)
    :gen_tcp.controlling_process(socket, handler)
    send(handler, :go)
    accept(listener, application)
  end

  defp serve(socket, application) do
    with {:ok, {:http_request, method, {:abs_path, target}, _}} <- :gen_tcp.recv(socket, 0, 10_000),
         {:ok, headers} <- headers(socket, %{}) do
      method = to_string(method)
      url = URI.parse(target)
      body = body(socket, headers)
      request = %{method: method, path: url.path, query: url.query, headers: headers, body: body}
      {status, answer, cookie} = answer(request, application)
      text = if answer, do: Json.text(answer), else: ""

      lines =
        ["HTTP/1.1 #{status} #{:httpd_util.reason_phrase(status)}", "Cache-Control: no-store", "Connection: close"] ++
          if(cookie, do: ["Set-Cookie: #{cookie}"], else: []) ++
          if(answer, do: ["Content-Type: application/json"], else: []) ++
          if(status == 204, do: [], else: ["Content-Length: #{byte_size(text)}"])

      :gen_tcp.send(socket, [Enum.map(lines, &[&1, "\r\n"]), "\r\n", if(method == "HEAD", do: "", else: text)])
    end

    :gen_tcp.close(socket)
  end

  defp headers(socket, headers) do
    case :gen_tcp.recv(socket, 0, 10_000) do
      {:ok, {:http_header, _, name, _, value}} when map_size(headers) < 100 ->
        headers(socket, Map.put(headers, name |> to_string() |> String.downcase(), value))

      {:ok, :http_eoh} ->
        {:ok, headers}

      _ ->
        :error
    end
  end

  defp body(socket, headers) do
    with {length, ""} when length in 1..@max_body_bytes <- Integer.parse(Map.get(headers, "content-length", "0")),
         :ok <- :inet.setopts(socket, packet: :raw),
         {:ok, body} <- :gen_tcp.recv(socket, length, 10_000) do
      body
    else
      {0, ""} -> ""
      _ -> :too_large
    end
  end

  defp answer(%{body: :too_large}, _),
    do: refusal(413, "TOO_LARGE", "Content-Length must be at most #{@max_body_bytes}")

  defp answer(request, application) do
    methods = @routes[request.path]
    route = methods && methods[request.method]

    cond do
      methods == nil -> refusal(404, "NOT_FOUND", "there is nothing here")
      route == nil -> refusal(405, "METHOD_NOT_ALLOWED", "this path has another method")
      true -> route(route, request, application)
    end
  rescue
    # Its message may hold what was asked.
    unexpected ->
      IO.puts("unexpected: #{inspect(unexpected.__struct__)}")
      refusal(500, "INTERNAL_ERROR", "this failed")
  end

  defp route(:login, request, application) do
    # Only JSON: a form is what another site's page can make a browser send without asking.
    with true <- Map.get(request.headers, "content-type", "") =~ ~r{\Aapplication/json\s*(;|\z)}i,
         {:ok, %{"username" => name, "password" => password}} when is_binary(name) and is_binary(password) <-
           Json.object(request.body) do
      case BackEnd.authenticate(application.users, name, password) do
        nil ->
          refusal(401, "LOGIN_FAILED", "the user name or the password is wrong")

        user ->
          id = Sessions.start(session_id(request), user)
          # Add "; Secure" behind TLS.
          {200, [userId: user.user_id], "sid=#{id}; Path=/; HttpOnly; SameSite=Lax"}
      end
    else
      false -> refusal(415, "UNSUPPORTED_MEDIA_TYPE", "the body must be application/json")
      _ -> refusal(400, "BAD_REQUEST", ~s(the body is not the JSON object {"username","password"}))
    end
  end

  defp route(:logout, request, _) do
    Sessions.finish(session_id(request))
    {204, nil, "sid=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"}
  end

  defp route(:identity, request, %{environments: environments}) do
    # The session's user, and no other source of an id.
    user = Sessions.user(session_id(request))
    only = if map_size(environments) == 1, do: environments |> Map.keys() |> hd()
    environment = environments[Map.get(URI.decode_query(request.query || ""), "environment", only)]
    ring = environment && KeyRing.current(environment)

    cond do
      user == nil ->
        refusal(401, "NOT_LOGGED_IN", "log in first: POST /login")

      environment == nil ->
        refusal(400, "UNKNOWN_ENVIRONMENT", "no such environment; allowed: #{Enum.join(Map.keys(environments), ", ")}")

      ring == nil ->
        refusal(503, "KEYS_UNAVAILABLE", "no signing keys may be trusted now: try again later")

      true ->
        {200, Proof.identity(environment, ring, user), nil}
    end
  end

  defp route(:health, _, %{environments: environments}) do
    health = for {name, environment} <- environments, do: {name, KeyRing.health(environment)}
    up = Enum.all?(health, fn {_, one} -> one[:ringVersion] != nil end)
    {if(up, do: 200, else: 503), [status: if(up, do: "UP", else: "DOWN"), environments: health], nil}
  end

  defp session_id(request) do
    case Regex.run(~r/(?:\A|;\s*)sid=([A-Za-z0-9_-]+)/, Map.get(request.headers, "cookie", "")) do
      [_, id] -> id
      nil -> nil
    end
  end

  defp refusal(status, code, message), do: {status, [error: [code: code, message: message]], nil}
end

defmodule BackEnd do
  @moduledoc "Settings, users and start."

  def start do
    environments = environments()
    if environments == %{}, do: fail("no COUNTERSIGN_ENVIRONMENTS_<NAME>_RING_FILE is set, at least one is needed")
    KeyRing.open(Map.values(environments))
    Sessions.open()
    users = users(System.get_env("COUNTERSIGN_USERS_FILE", "run/demo-users.jsonl"))
    Web.listen(String.to_integer(System.get_env("PORT", "8080")), %{users: users, environments: environments})
  end

  @doc "The user with this password. A name that does not exist takes as long as a wrong password."
  def authenticate(users, name, password) do
    user = users[name]
    if same?(password, if(user, do: user.password, else: "")) and user != nil, do: user
  end

  # In constant time: every byte of the two digests is looked at.
  defp same?(one, other) do
    difference = :crypto.exor(:crypto.hash(:sha256, one), :crypto.hash(:sha256, other))
    Enum.reduce(:binary.bin_to_list(difference), 0, &Bitwise.bor/2) == 0
  end

  defp environments do
    for {variable, file} <- System.get_env(),
        [_, name] <- [Regex.run(~r/\ACOUNTERSIGN_ENVIRONMENTS_([A-Z0-9]+)_RING_FILE\z/, variable)],
        into: %{} do
      setting = fn suffix, otherwise -> System.get_env("COUNTERSIGN_ENVIRONMENTS_#{name}_#{suffix}", otherwise) end
      form = setting.("FORM", "")
      name = String.downcase(name)
      allowed = ~w(hmac-hex hmac-base64 hmac-v1 jwt)
      if form not in allowed, do: fail("environment #{name}: FORM is #{form}; allowed: #{Enum.join(allowed, ", ")}")

      {name,
       %{
         name: name,
         file: file,
         form: form,
         audience: setting.("AUDIENCE", name),
         proof_seconds: seconds(setting.("PROOF_LIFETIME", "15m")),
         max_stale_seconds: seconds(setting.("MAX_STALE", "15m"))
       }}
    end
  end

  defp seconds(text) do
    case Regex.run(~r/\A(\d+)([smh])\z/, text) do
      [_, count, unit] -> String.to_integer(count) * %{"s" => 1, "m" => 60, "h" => 3600}[unit]
      nil -> fail("a duration is #{text}; allowed are forms such as 30s, 15m, 1h")
    end
  end

  # One JSON object to a line.
  defp users(file) do
    if not File.exists?(file), do: write_demo_users(file)

    for line <- file |> File.read!() |> String.split("\n", trim: true), into: %{} do
      case Json.object(line) do
        {:ok, %{"username" => name, "password" => password, "userId" => id} = user}
        when is_binary(name) and is_binary(password) ->
          group_id = user["groupId"]

          if not Proof.id?(id) or not (group_id == nil or Proof.id?(group_id)),
            do: fail("#{file}: userId and groupId of #{name} must be strings of 1 to 256 characters")

          {name, %{password: password, user_id: id, group_id: group_id}}

        _ ->
          fail("#{file}: every line must be a JSON object of username, password, userId and groupId")
      end
    end
  end

  defp write_demo_users(file) do
    File.mkdir_p!(Path.dirname(file))
    File.touch!(file)
    File.chmod!(file, 0o600)
    user = fn name, id -> Json.text(username: name, password: Random.text(18), userId: id, groupId: "acme") <> "\n" end
    File.write!(file, [user.("ada", "u_1"), user.("grace", "u_2")])
    IO.puts("wrote two demo users with random passwords to #{file}")
  end

  def fail(message) do
    IO.puts(message)
    System.halt(1)
  end
end

BackEnd.start()
