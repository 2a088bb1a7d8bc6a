# Takes secrets out of text before it is stored, and keeps what tells failures apart.
#
# Works on any text, line by line: JSON (one key a line), YAML, describe output, logs, configuration files.
# A secret becomes [REDACTED-<kind>-<check>]; equal secrets get equal checks within one bundle, because the check
# is keyed with CASEFILE_KEY (four random numbers that are never stored).
#
#   -v mode=text|json|log   json also drops managedFields and CRD schemas; log keeps the newest -v cap=BYTES
#   -v stats=FILE           gets one line: redactions, bytes, whether something was cut, whether JSON is whole
#
# Only POSIX awk: no {n,m} in expressions (old mawk never matches them), no gensub, no NUL. Runs with LC_ALL=C.

BEGIN {
  for (i = 1; i < 256; i++) ord[sprintf("%c", i)] = i
  if (split(ENVIRON["CASEFILE_KEY"], key, " ") < 4) split("7919 104729 1299709 15485863", key, " ")
  if (cap + 0 == 0) cap = 1048576
  Q = "\047"
  knowShapes()
  dataIndent = -1; blockIndent = -1; annotationIndent = -1; skipIndent = -1; pemLimit = 400
}

{
  sub(/\r$/, "")
  if (length($0) >= 16384) shorten()
  if (index($0, "\033")) gsub(/\033\[[0-9;?]*[A-Za-z]/, "")
  if (clean($0)) { out($0); next }
  if (mode == "json" && trimmed($0)) next
  if (heldBack($0)) next
  line($0)
}

END {
  flushData("")
  flushPem(1)
  if (mode == "json") { if (haveHeld) put(held) }
  if (mode == "log") for (i = first; i <= last; i++) print ring[i]
  whole = mode != "json" || (firstLine ~ /^[{]$/ && lastLine ~ /^[}]$/)
  if (stats != "") print redactions + 0, bytes + 0, wasCut + 0, whole > stats
}

# ---- output ---------------------------------------------------------------------------------------------------

function put(s) {
  last++
  if (firstLine == "" && s != "") firstLine = s
  lastLine = s
  if (mode != "log") { bytes += length(s) + 1; print s; return }
  ring[last] = s
  bytes += length(s) + 1
  if (first == 0) first = 1
  while (bytes > cap && first < last) { bytes -= length(ring[first]) + 1; delete ring[first++]; wasCut = 1 }
}

# JSON is held back by one line, so that a comma can go when the member after it was dropped.
function out(s) {
  if (mode != "json") { put(s); return }
  if (haveHeld) {
    if (dropped && s ~ /^[ \t]*[]}]/) sub(/,$/, "", held)
    if (held ~ /[[]cut-of-[0-9]+-bytes[]]"$/ && s !~ /^[ \t]*[]}]/) held = held ","
    put(held)
  }
  held = s; haveHeld = 1; dropped = 0
}

# Endless lines: of a log the first 16 KiB stay, of other text too when it is over 64 KiB. A JSON value over 32 KiB
# keeps its first lines, so that the document stays whole; the filter before cuts all lines at 1 MiB.
function shorten(   i, head) {
  if (mode == "log" || (mode == "text" && length($0) > 65536)) {
    $0 = substr($0, 1, 16384)
    wasCut = 1
    sub(/[^ \t",;&]*$/, "")
    $0 = $0 " [cut]"
  } else if (mode == "json" && length($0) > 32768 && match($0, /^[ \t]*"[^"\\]*": "/)) {
    i = RLENGTH
    head = substr($0, i + 1, 8192)
    if (match(head, /.*\\n/)) head = substr(head, 1, RLENGTH); else head = ""
    $0 = substr($0, 1, i) head "[cut-of-" (length($0) - i) "-bytes]\""
  }
}

# ---- marks ----------------------------------------------------------------------------------------------------

function mark(kind, secret,   i, n, h, g, c) {
  if (secret ~ /^[ \t]*[[](REDACTED|DROPPED)-[a-z-]+-[0-9a-f]+(-bytes)?[]]$/) { sub(/^[ \t]*/, "", secret); return secret }
  redactions++
  n = length(secret); if (n > 512) n = 512
  h = key[1] % 94906249; g = key[2] % 94906247
  for (i = 1; i <= n; i++) {
    c = substr(secret, i, 1)
    c = (c in ord) ? ord[c] : 256
    h = (h * h + c * (key[3] % 65521) + i) % 94906249
    g = (g * g + c * (key[4] % 65519) + h) % 94906247
  }
  return "[REDACTED-" kind "-" sprintf("%06x", (h + g * 7) % 16777216) "]"
}

# ---- what a key says about its value --------------------------------------------------------------------------

# Returns the kind when the value must go, "weak" when it must go if it looks random, "" when it may stay. The same few
# names stand in every line, so the answers are remembered.
function sensitive(name) {
  if (name in answers) return answers[name]
  if (++asked > 5000) { split("", answers); asked = 0 }
  return answers[name] = judged(name)
}

function judged(name,   k, n) {
  k = name
  sub(/^.*\//, "", k)
  n = tolower(k)
  if (n ~ /^redacted/ || name ~ /checksum\//) return ""
  if (n ~ /last-applied-configuration$/ || name ~ /kapp\.k14s\.io\/original|objectset\.rio\.cattle\.io\/applied/)
    return "object-copy"
  if (n ~ /token-secret\.value$/) return "token"
  if (n ~ /(^|[_.-])(pass|pw)[0-9]*$/ || k ~ /[a-z]P(ass|w)$/) return "password"
  gsub(/[^a-z0-9]/, "", n)
  if (n ~ /(file|path|dir|directory|name|names|ref|refs|namespace|policy|encryption|length|seconds|expiration|expiry|expires|expired|ttl|type|url|uri|endpoint|host|port|hash|algorithm|enabled|required|count|size|id|ids|checksum|version|provider|issuer|audience|audiences|format|mode|bucket|limit|limits|timeout|interval|age|class|store|mount|volume|method|selector|review|reviews|request|requests|attempts|controller|usage|kind|status|state|error|errors|reason|message|failed|rotation|prefix|header|source|backend|scope|realm|service|servers|template|manager|operator|generator|cleaner|signer|publickey)$/) return ""
  if (n ~ /nopasswd/) return ""
  if (n ~ /(password|passwd|passwort|passphrase|passcode)/) return n ~ /key$/ ? "weak" : "password"
  if (n ~ /(pgpass|pwd|bindpw|rootpw|dbpass|userpass|adminpass|mysqlpass|redispass|smtppass|ldappass|mypass|storepass|keypass)[0-9]*$/) return "password"
  if (n ~ /(secret|secretvalue|secretdata|secretkey|psk|presharedkey|sharedsecret)[0-9]*$/) return "secret"
  if (n ~ /(token|tokenvalue|tokendata|jwt|jws|bearer|accesskey|apikey|appkey|authkey|userkey)[0-9]*$/) return "token"
  if (n ~ /(privatekey|private_key|accountkey|sharedkey|sharedaccesskey|clientkey|clientkeydata|keydata|encryptionkey|masterkey|signingkey|certificatekey|tlskey|serverkey|sshkey|deploykey|hostkey|rsakey|eckey|restuserkey)[0-9]*$/) return "key"
  if (n ~ /(credential|credentials)$/) return "credentials"
  if (n ~ /^(proxy)?authorization$/) return "authorization"
  if (n ~ /cookie[0-9]?$/) return "cookie"
  if (n ~ /(sessionid|sessid|connectsid|sessiontoken)$/) return "session"
  if (n ~ /(amzsignature|^sig)$/) return "signature"
  if (n ~ /(connectionstring|dockerconfigjson|dockercfg|userdatabase64)$/) return "credentials"
  if (n == "community") return "community"
  if (n == "release" || n == "auth" || n ~ /(key|authentication|sig|signature|sid|session|code|salt|keyring|userdata|seed|otp|pin|webhook|license|creds|cred)[0-9]*$/) return "weak"
  return ""
}

function random(v) {
  if (length(v) < 12 || v !~ /[0-9=]/ || v !~ /[A-Za-z]/) return 0
  if (v !~ /^[A-Za-z0-9+\/=_.~%!-]+$/) return 0
  if (v ~ /^sha(1|256|512):/ || v ~ /^[0-9.]+$/ || v ~ /^[\/]?[a-z0-9_.-]+(\/[A-Za-z0-9_.-]+)+$/) return 0
  if (v ~ /^[0-9a-f]+-[0-9a-f]+-[0-9a-f]+-[0-9a-f]+-[0-9a-f]+$/) return 0
  if (v ~ /^[a-z0-9]+([.-][a-z0-9]+)*$/ && v ~ /[.-]/) return 0
  if (v ~ /[a-z]/ && v ~ /[A-Z]/ && v ~ /[0-9=]/) return 1
  return length(v) >= 20 && gsub(/[0-9]/, "", v) * 7 >= length(v)
}

# A value that says nothing: empty, masked already, a reference, a size, or a word of prose.
function harmless(v, kind, quoted, delimiter,   l) {
  if (v == "" || v ~ /^[*]+$/ || v ~ /^[[]?REDACTED/ || v ~ /^[[]REDACTED-[a-z-]+-[0-9a-f]+[]]$/) return 1
  l = tolower(v)
  if (l ~ /^(null|nil|none|true|false|yes|no|enabled|disabled|on|off|undefined|unset|empty|required|optional|string|missing|invalid|expired)[],;.)}]*$/) return 1
  if (l ~ /^(<|\\u003c)(set to|none|nil|unknown|empty|redacted|hidden|masked|unset|invalid|error|no value)/) return 1
  if (v ~ /^\$\([A-Za-z0-9_.-]+\)$/ || v ~ /^\$[{][^}]*[}]$/ || v ~ /^\$[A-Z_]+$/ || v ~ /^[{][{].*[}][}]$/) return 1
  if (v ~ /^\$\((cat|<)/ || v ~ /^([{][}]|[[][]])[,;]*$/) return 1
  if (v ~ /^<[A-Za-z][A-Za-z_ -]*>?$/) return 1
  if (v ~ /^[0-9]+ bytes$/ || v ~ /^[[{(|>&][+-]?$/) return 1
  if (kind == "password" && delimiter != "=" && !quoted &&
      l ~ /^(authentication|is|was|for|must|not|incorrect|expired|failed|mismatch|wrong|error|too|cannot|does|has|rejected|and|or|the)[,.:;]*$/) return 1
  if ((kind == "password" || kind == "key") && v ~ /^\// && l ~ /^(\/[a-z0-9_.-]+)+\/?$/) return 1
  if (kind == "weak") return !random(v)
  if (kind == "password" || kind == "object-copy" || kind == "key") return 0
  # token: Get "https://…", secret "db" not found, secret="shop/regcred", secret: db-credentials
  if (!quoted && delimiter != "=" && (v ~ /^[A-Za-z][a-z]*[,.:;]*$/ || v ~ /^[0-9]?[0-9]?[0-9]?[0-9]?[,.:;]?$/)) return 1
  if (kind == "secret" && (v ~ /^[a-z0-9.-]+\/[a-z0-9.-]+$/ || v ~ /^[a-z]+([.-][a-z]+)+$/ || v ~ /^[a-z]+$/)) return 1
  if (kind == "credentials" && v ~ /^[a-z]+([.-][a-z]+)*$/) return 1
  return 0
}

# ---- most lines ------------------------------------------------------------------------------------------------

# True for a line that nothing below would change: nothing in it, and nothing before it, hints at a secret. It asks for
# more than the checks below do, and for all of it at once, because nine lines of ten end here.
function clean(s,   low, n) {
  if (inKey || runs || inSecret || flagBefore != "" || dataIndent >= 0 || blockIndent >= 0 || annotationIndent >= 0 || skipIndent >= 0) return 0
  low = tolower(s)
  # words of keys, known shapes, flags with a value, the lines that start a block
  if (low ~ /pass|pw|secret|token|key|cred|auth|cookie|sess|sid|sig|community|psk|bearer|basic|user.?data|connection.?string|docker.?c|jwt|jws|value|original|applied|eyj|a[ks]ia|aiza|ya29|gh[pousr]_|github_pat_|gl[a-z]+t-|xox|hooks[.]slack|k_(live|test)_|sg[.]|hv[sbr][.]|dckr_|glsa_|sk-|hf_|npm_|pypi-|sha256~|k10|\/v3\/import|q~|iqoj|[$](2[abxy]?|[1567y]|gy|apr1|argon2[a-z]*)[$]|ls0tls1|h4si|sdrzs|-----|@(tcp|unix)|[ \t"\047]-[pwau]|--user|^---|^[{]$|^[ \t]*"?(annotations|kind|data|stringdata|managedfields|schema|openapiv3schema)"?:/) return 0
  # keys that need a random value
  if (low ~ /(code|salt|seed|otp|pin|hook|license|release)[^a-z]*(": "|$)/) return 0
  if (index(s, "@") && index(s, "://")) return 0
  # the middle of a private key
  n = length(s)
  if (n >= 40 && substr(s, n - 39) !~ /[^A-Za-z0-9+\/= \t]/) return 0
  if (index(s, "\"name\": \"")) { pairKey = ""; pairSet = 1 }
  return 1
}

# ---- one line -------------------------------------------------------------------------------------------------

function line(s,   n, i, part, joined, kind, head, tail, body) {
  if (pem(s)) return
  if (blockIndent >= 0) {
    if (s ~ /^[ \t]*$/ || indent(s) > blockIndent) { if (s !~ /^[ \t]*$/) { blockText(s); return } }
    else blockIndent = -1
  }
  if (match(s, /^[ \t]*"[^"\\]*": "/)) {                       # a JSON member: the whole string is the value
    head = substr(s, 1, RLENGTH); body = substr(s, RLENGTH + 1)
    if (match(body, /",?$/)) { tail = substr(body, RSTART); body = substr(body, 1, RSTART - 1) } else tail = ""
    kind = jsonKind(head, body)
    if (kind != "") {
      if (kind == "object-copy" && body ~ /^[[]DROPPED-/) { out(s); return }
      if (kind == "object-copy") { redactions++; out(head "[DROPPED-object-copy-" length(body) "-bytes]" tail); return }
      if (!harmless(body, kind, 1, ":")) { out(head mark(kind == "weak" ? "key" : kind, body) tail); return }
    }
    if (length(body) > 40 && index(body, "\\n")) { out(head pieces(body) tail); return }
    out(head scan(body) tail)
    return
  }
  if (flagBefore != "" && (kind = afterFlag(s)) != "") { out(kind); return }
  noteFlag(s)
  if (length(s) > 4096 && index(s, "\\n")) { out(pieces(s)); return }
  out(scan(s))
}

function indent(s) { match(s, /^[ \t]*/); return RLENGTH }

# The kind of the string value of a JSON member, from its key, from the name before it, or from the annotation it is in.
function jsonKind(head, body,   k, kind) {
  k = head; sub(/^[ \t]*"/, "", k); sub(/": "$/, "", k)
  if (k == "name") { pairKey = sensitive(body) ; pairSet = 1; return "" }
  if (k == "value" && pairSet) { pairSet = 0; return pairKey == "authorization" ? "" : pairKey }
  if (annotationIndent >= 0 && body ~ /^[{]/ &&
      (length(body) > 1024 || body ~ /\\"(spec|data|stringData|kind|apiVersion|password)\\"/)) return "object-copy"
  if (annotationIndent >= 0 && length(body) > 4096) return "object-copy"
  if (k == "key" || k == "secret" || k == "community") return sensitive(k) == "weak" ? "weak" : sensitive(k)
  kind = sensitive(k)
  if (kind == "authorization" || kind == "cookie") return kind
  return kind
}

# A string with \n in it is a file: each of its lines is looked at as a line, with block and quote state between them.
function pieces(s,   n, i, part, joined, t) {
  n = split(s, part, /\\n/)
  inPem = 0; pieceBlock = -1; openQuote = 0
  joined = ""
  for (i = 1; i <= n; i++) {
    t = part[i]
    if (inPem) { if (t ~ /-----END/) { inPem = 0; sub(/^.*-----END[^-]*-----/, "", t) } else t = "" ; joined = joined t; continue }
    if (t ~ /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/ && t !~ /-----END/) {
      inPem = 1; body = substr(t, 1, index(t, "-----BEGIN") - 1)
      joined = joined (i > 1 ? "\\n" : "") scan(body) mark("private-key", part[i + 1] part[i + 2])
      continue
    }
    if (pieceBlock >= 0) {
      if (t ~ /^[ \t]*$/ || indent(t) > pieceBlock) { if (t !~ /^[ \t]*$/) t = substr(t, 1, indent(t)) mark("value", t); joined = joined "\\n" t; continue }
      pieceBlock = -1
    }
    if (opensBlock(t)) pieceBlock = indent(t)
    joined = joined (i > 1 ? "\\n" : "") scan(t)
  }
  return joined
}

# "password: |" in YAML: what is indented below it is the value.
function opensBlock(t,   k) {
  if (t !~ /^[ \t]*(- )?["\047]?[A-Za-z0-9_.\/-]+["\047]?:[ \t]*[|>][+-]?[0-9]?[ \t]*$/) return 0
  k = t; sub(/:[^:]*$/, "", k); gsub(/[ \t"\047]/, "", k); sub(/^-/, "", k)
  k = sensitive(k)
  return k != "" && k != "weak"
}

function blockText(s) {
  redactions++
  out(substr(s, 1, indent(s)) mark("value", s)); redactions--
}

function scan(s,   low) {
  if (s ~ /eyJ|A[KS]IA|AIza|ya29\.|gh[pousr]_|github_pat_|glpat-|gl[a-z]+t-|xox[a-z]-|hooks\.slack|[rs]k_(live|test)_|SG\.|hv[sbr]\.|dckr_|glsa_|sk-|hf_|npm_|pypi-|AGE-SECRET|sha256~|K10|token-|\/v3\/import|Q~|IQoJ|\$(2[abxy]?|[156y]|apr1|argon2[a-z]*)\$|LS0tLS1|H4sI|SDRzS|-----BEGIN/)
    s = shapes(s)
  if (index(s, "://") && index(s, "@")) s = urls(s)
  if (index(s, "@tcp(") || index(s, "@unix(")) s = dsn(s)
  low = tolower(s)
  if (low ~ /pass|pwd|pw|secret|token|key|cred|auth|cookie|sess|sid|sig|community|psk|bearer|basic|userdata|connectionstring|jwt|value|original|applied/) {
    if (low ~ /bearer|basic|negotiate|authorization/) s = schemes(s)
    s = pairs(s)
  }
  if (low ~ /sshpass|mysql|mariadb|curl|wget|docker|podman|nerdctl|skopeo|buildah|crane|ctr |sqlcmd|redis-cli|ldap|mongo|htpasswd|helm|rabbitmq|smbclient|psql|login/)
    s = shortFlags(s)
  return s
}

# ---- tokens that are known by their shape ----------------------------------------------------------------------

function each(s, re, kind,   done) {
  done = ""
  while (match(s, re)) {
    done = done substr(s, 1, RSTART - 1) mark(kind, substr(s, RSTART, RLENGTH))
    s = substr(s, RSTART + RLENGTH)
  }
  return done s
}

function shapes(s,   i) {
  if (index(s, "-----BEGIN")) s = escapedPem(s)
  for (i = 1; i <= shapeCount; i++)
    if (index(s, shapeHint[i])) s = each(s, shapeText[i], shapeKind[i])
  if (index(s, "LS0tLS1")) s = encodedPem(s)
  return s
}

function known(kind, hint, text) {
  shapeCount++
  shapeKind[shapeCount] = kind; shapeHint[shapeCount] = hint; shapeText[shapeCount] = text
}

# What {n,} would say, for awks that do not have it.
function atLeast(n, class,   i, text) {
  text = class
  for (i = 1; i < n; i++) text = text class
  return text "+"
}

function knowShapes(   w, b) {
  w = "[A-Za-z0-9_-]"; b = "[A-Za-z0-9+/=_-]"
  known("jwt", "eyJ", "eyJ" atLeast(5, w) "[.]" w "+([.][A-Za-z0-9_.-]*)?")
  known("aws-key-id", "AKIA", "AKIA" atLeast(8, "[A-Z0-9]"))
  known("aws-key-id", "ASIA", "ASIA" atLeast(8, "[A-Z0-9]"))
  known("aws-session", "IQoJ", "IQoJ" atLeast(6, "[A-Za-z0-9+/=%_-]"))
  known("google-key", "AIza", "AIza" atLeast(6, w))
  known("google-token", "ya29.", "ya29[.]" w "+")
  known("git-token", "gh", "gh[pousr]_" atLeast(6, "[A-Za-z0-9_]"))
  known("git-token", "github_pat_", "github_pat_" atLeast(6, "[A-Za-z0-9_]"))
  known("git-token", "gl", "gl(pat|ptt|rt|cbt|dt|ft|soat|imt|agent|oas)-" atLeast(6, "[A-Za-z0-9_.-]"))
  known("slack-token", "xox", "xox[a-z]-[A-Za-z0-9-]+")
  known("slack-webhook", "hooks.slack", "(https?://)?hooks[.]slack[.]com/(services|workflows)/[A-Za-z0-9_/-]+")
  known("stripe-key", "_live_", "[rsp]k_live_[A-Za-z0-9]+")
  known("stripe-key", "_test_", "[rsp]k_test_[A-Za-z0-9]+")
  known("sendgrid-key", "SG.", "SG[.]" atLeast(6, w) "[.]" atLeast(4, w))
  known("vault-token", "hv", "hv[sbr][.]" atLeast(6, w))
  known("docker-token", "dckr_", "dckr_[a-z]+_" atLeast(6, w))
  known("grafana-token", "glsa_", "glsa_" atLeast(6, w))
  known("huggingface-token", "hf_", "hf_" atLeast(10, "[A-Za-z0-9]"))
  known("npm-token", "npm_", "npm_" atLeast(10, "[A-Za-z0-9]"))
  known("pypi-token", "pypi-", "pypi-" atLeast(16, w))
  known("api-key", "sk-", "sk-(ant|proj|svcacct|or|lf)-" w "+")
  known("api-key", "sk-", "sk-" atLeast(20, "[A-Za-z0-9]"))
  known("age-key", "AGE-SECRET", "AGE-SECRET-KEY-[A-Z0-9-]+")
  known("openshift-token", "sha256~", "sha256~" w "+")
  known("node-token", "K10", "K10" atLeast(8, "[0-9a-f]") "(::[^ \t\"\047,;]*)?")
  known("rancher-token", "token-", "token-[a-z0-9][a-z0-9][a-z0-9][a-z0-9][a-z0-9]:" atLeast(8, "[a-z0-9]"))
  known("rancher-token", "/v3/import/", "/v3/import/[A-Za-z0-9_-]+")
  known("azure-secret", "Q~", "[A-Za-z0-9_~.-][A-Za-z0-9_~.-][A-Za-z0-9_~.-][0-9]Q~[A-Za-z0-9_~.-]+")
  known("password-hash", "$", "[$](2[abxy]?|[156y]|7|gy|apr1|argon2[a-z]*)[$][A-Za-z0-9./+=,$]+")
  known("gzip", "H4sI", "H4sI" atLeast(12, b))
  known("gzip", "SDRzS", "SDRzS" atLeast(12, b))
}

# Base64 of PEM: certificates and public keys may stay.
function encodedPem(s,   done, t) {
  done = ""
  while (match(s, /LS0tLS1[A-Za-z0-9+\/=_-]*/)) {
    t = substr(s, RSTART, RLENGTH)
    done = done substr(s, 1, RSTART - 1)
    s = substr(s, RSTART + RLENGTH)
    done = done (t ~ /^LS0tLS1CRUdJTiB(DRVJU|QVUJM|UUlVTVEVEIENFUl)/ && t !~ /UFJJVkFUR|BSSVZBVE|QUklWQVRF/ ? t : mark("private-key", t))
  }
  return done s
}

# A private key on one line, its line ends written as \n: from BEGIN to END, or to the end of the string.
function escapedPem(s,   done, b, e, t) {
  done = ""
  while (match(s, /-----BEGIN [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----/)) {
    b = RSTART
    done = done substr(s, 1, b - 1)
    t = substr(s, b + RLENGTH)
    if (match(t, /-----END [A-Z0-9 ]*PRIVATE KEY( BLOCK)?-----/)) e = RSTART + RLENGTH
    else if (match(t, /["\047]/)) e = RSTART
    else e = length(t) + 1
    done = done mark("private-key", substr(t, 1, e - 1))
    s = substr(t, e)
  }
  return done s
}

# ---- credentials in URLs ---------------------------------------------------------------------------------------

function urls(s,   done, rest, host, i, c, authority, user, at, slash, tail) {
  done = ""
  while (match(s, /[A-Za-z][A-Za-z0-9+.-]*:\/\//)) {
    done = done substr(s, 1, RSTART + RLENGTH - 1)
    s = substr(s, RSTART + RLENGTH)
    if (match(s, /[ \t"\047`]/)) rest = substr(s, 1, RSTART - 1); else rest = s
    if ((i = index(rest, "\\n")) > 0) rest = substr(rest, 1, i - 1)
    sub(/\\+$/, "", rest)
    slash = index(rest, "/"); authority = slash ? substr(rest, 1, slash - 1) : rest
    at = lastAt(authority)
    if (!at && authority ~ /:/ && authority !~ /:[0-9]*$/ && authority !~ /^\[/) { authority = rest; at = lastAt(rest) }
    if (!at) continue
    user = substr(authority, 1, at - 1); host = substr(authority, at)
    if (host !~ /^@[[A-Za-z0-9_$({%]/) continue
    done = done account(user)
    s = substr(s, at)
  }
  return done s
}

function lastAt(s,   i, at) {
  at = 0
  while ((i = index(substr(s, at + 1), "@")) > 0) at += i
  return at
}

# user:password, keeping the user unless it is a token itself.
function account(u,   colon, name, secret) {
  colon = index(u, ":")
  name = colon ? substr(u, 1, colon - 1) : u
  secret = colon ? substr(u, colon + 1) : ""
  if (length(name) >= 20 && name ~ /[0-9]/ && name ~ /[A-Za-z]/ && name !~ /[.[]/) name = mark("token", name)
  if (!colon) return name
  return name ":" (secret == "" || secret ~ /^(\[REDACTED|\*+$|\$[({]|x-oauth-basic$)/ ? secret : mark("password", secret))
}

# The MySQL form of Go: user:password@tcp(host:3306)/db
function dsn(s,   done, i, t, head, colon) {
  done = ""
  while (match(s, /@(tcp|tcp6|unix)\(/)) {
    head = substr(s, 1, RSTART - 1); t = substr(s, RSTART, RLENGTH); s = substr(s, RSTART + RLENGTH)
    i = match(head, /[^ \t"\047=]*$/)
    colon = index(substr(head, i), ":")
    if (colon) head = substr(head, 1, i - 1 + colon) mark("password", substr(head, i + colon))
    done = done head t
  }
  return done s
}

# Bearer and Basic without a key before them.
function schemes(s,   done, t, i) {
  done = ""
  while (match(s, /([Bb]earer|[Bb]asic|BEARER|BASIC|[Nn]egotiate)[ ]+[A-Za-z0-9+\/=_.~-]+/)) {
    t = substr(s, RSTART, RLENGTH)
    done = done substr(s, 1, RSTART - 1)
    s = substr(s, RSTART + RLENGTH)
    i = match(t, /[^ ]*$/)
    if (s ~ /^=/ || !credential(substr(t, i), t)) { done = done t; continue }
    done = done substr(t, 1, i - 1) mark("authorization", substr(t, i))
  }
  return done s
}

function credential(v, t) {
  if (v ~ /^[[]?REDACTED/) return 0
  if (t ~ /^[Bb][Aa][Ss]/) return length(v) >= 8 && (v ~ /[0-9]/ || v ~ /=$/) && v ~ /^[A-Za-z0-9+\/=_-]+$/
  return length(v) >= 16 && v ~ /[0-9]/
}

# ---- key and value, at any depth of quoting --------------------------------------------------------------------

# Goes from one word that hints at a secret to the next, because a look at each pair of a line would be most of the work.
function pairs(s,   low, done, flags, first, at, tok, head, name, kind, delimiter, before, lead, quoted, v) {
  done = head = ""; first = 1; low = tolower(s)
  flags = s ~ /(^|[[ \t"\047(,=])-/
  while (match(low, /pass|pw|secret|token|key|cred|auth|cookie|sess|sid|sig|community|psk|bearer|user.?data|connection.?string|docker.?c|jwt|jws|value|name[\\"\047]*[ \t]*[:=]|original|applied|code|salt|seed|otp|pin|hook|license|release/)) {
    at = wordStart(s, RSTART)
    head = head substr(s, 1, at - 1)
    s = substr(s, at); low = substr(low, at)
    if (!(flags ? match(s, /^[A-Za-z0-9_$][A-Za-z0-9_.\/$-]*([]\\"\047)]*[ \t]*(=>|:=|=|:|\\u003e|>|,[ ]*[\\]*["\047])|[ \t]+)/) \
                : match(s, /^[A-Za-z0-9_$][A-Za-z0-9_.\/$-]*[]\\"\047)]*[ \t]*(=>|:=|=|:|\\u003e|>)/))) {
      match(s, /^[A-Za-z0-9_.\/$-]+/)
      head = head substr(s, 1, RLENGTH)
      s = substr(s, RLENGTH + 1); low = substr(low, RLENGTH + 1)
      continue
    }
    tok = substr(s, 1, RLENGTH); s = substr(s, RLENGTH + 1)
    done = done head tok
    name = tok; sub(/[^A-Za-z0-9_.\/$-].*$/, "", name)
    delimiter = substr(tok, length(name) + 1)
    before = head == "" ? "" : substr(head, length(head))
    if (before == "-" && head ~ /(^|[[ \t"\047(,=:>])--?$/) before = "--"
    else if (head ~ /\\u003c$/) before = "<"
    first = first && (!flags || head !~ /[A-Za-z]/) && head ~ /^([ \t]|- |export |[+] |set |ENV |#)*["\047]?$/
    kind = kindOf(name, delimiter, before, s)
    if (kind != "" && s !~ /^[ \t]*<(set to|none|unset|empty)/) {
      if (delimiter ~ /,/) { match(delimiter, /[\\]*["\047]$/); lead = substr(delimiter, RSTART) }
      else { match(s, /^[ \t]*[[]?([\\]*["\047])?/); lead = substr(s, 1, RLENGTH); done = done lead; s = substr(s, RLENGTH + 1) }
      quoted = lead ~ /["\047]$/
      v = substr(s, 1, (quoted ? closing(s, lead) : bare(s, kind, delimiter, first, before)) - 1)
      s = substr(s, length(v) + 1)
      if (kind == "authorization" && match(v, /^[A-Za-z]+[ ]+/)) { done = done substr(v, 1, RLENGTH); v = substr(v, RLENGTH + 1) }
      if ((delimiter ~ /^[\\"\047]/ && !quoted && v ~ /^[A-Za-z]+$/) ||
          harmless(v, kind, quoted, delimiter ~ /=/ || before == "--" ? "=" : ":")) done = done v
      else done = done mark(kind == "weak" ? "key" : kind, v)
    }
    first = 0; head = ""; low = tolower(s)
  }
  return done head s
}

# Where the word begins that has this character in it.
function wordStart(s, at,   start) {
  start = at
  while (start > 1 && substr(s, start - 1, 1) ~ /[A-Za-z0-9_.\/$-]/) start--
  if (start > 1 && start + 5 <= at && substr(s, start - 1, 6) == "\\u003e") start += 5
  while (start < at && substr(s, start, 1) ~ /[.\/-]/) start++
  return start
}

# Decides whether this key with this delimiter introduces a secret.
function kindOf(name, delimiter, before, rest,   kind, d) {
  d = delimiter; gsub(/[ \t]/, "", d)
  if (d == "") {                                               # "--password VALUE": only for flags
    if (before != "--") return ""
    kind = sensitive(name)
    return kind == "weak" ? "weak" : kind
  }
  if (d ~ /,/) return before == "--" ? sensitive(name) : ""    # ["--password","VALUE"]
  if (d ~ />$/ && d !~ /=>$/ && before != "<") return ""
  if (d ~ /:$/ && (before == "/" || (index(name, "/") && delimiter !~ /["\047]/ && rest ~ /^[^[ \t"\047\\]/))) return ""
  if (rest ~ /^\/\// && d ~ /:$/) return ""
  if (name == "name" || name == "Name") { noteName(rest); return "" }
  if ((name == "value" || name == "Value") && pairSet) { pairSet = 0; return pairKey }
  if (name ~ /^valueFrom/) { pairSet = 0; return "" }
  kind = sensitive(name)
  if (tolower(name) ~ /^(old)?pwd$/ && rest ~ /^["\047]?[\/~]/) return ""
  return kind
}

function noteName(rest,   v) {
  v = rest; gsub(/^[ \t\\"\047:=]+/, "", v); sub(/[^A-Za-z0-9_.-].*$/, "", v)
  pairKey = sensitive(v); pairSet = 1
}

# Where a quoted value ends: at the quote that has as few backslashes before it as the opening one.
function closing(s, lead,   q, k, at, i, n) {
  q = substr(lead, length(lead))
  match(lead, /[\\]*["\047]$/); k = RLENGTH - 1
  at = 0
  while ((i = index(substr(s, at + 1), q)) > 0) {
    at += i
    n = 0; while (at - 1 - n > 0 && substr(s, at - 1 - n, 1) == "\\") n++
    if (n % (2 * (k + 1)) <= k) return at - (n < k ? n : k)
  }
  return length(s) + 1
}

# Where a bare value ends: at white space, an outer quote, or the next key=value; a value that has its line for itself ends with the line.
function bare(v, kind, delimiter, alone, before,   e, t, i, n) {
  n = length(v)
  if ((i = index(v, "\\n")) > 0 && i - 1 < n) n = i - 1
  t = substr(v, 1, n)
  if (kind == "cookie") { if (match(t, /["\047]/)) return RSTART; return n + 1 }
  if (before == "<" && match(t, /<\/|\\u003c\//)) return RSTART
  if (kind == "authorization" && match(t, /^[A-Za-z]+[ ]+[^ \t"\047]+/)) { e = RLENGTH; t = substr(t, 1, e); sub(/[\\,;]+$/, "", t); return length(t) + 1 }
  if (alone && t !~ /["\047]/ && (delimiter !~ /=/ || t !~ /[ \t][A-Za-z_][A-Za-z0-9_.-]*[=:]/)) {
    sub(/[ \t]+$/, "", t)
    return length(t) + 1
  }
  e = match(t, /[ \t"\047`]/) ? RSTART : n + 1
  t = substr(t, 1, e - 1)
  sub(/\\+$/, "", t); e = length(t) + 1
  if (match(t, /[;&,][A-Za-z_][A-Za-z0-9_.%-]*=/) && RSTART < e) e = RSTART
  else if (match(t, /\\u0026[A-Za-z_][A-Za-z0-9_.%-]*=/) && RSTART < e) e = RSTART
  t = substr(t, 1, e - 1)
  if (match(t, /[,;]$/)) e--
  return e
}

# ---- flags whose value stands alone ----------------------------------------------------------------------------

# The line is nothing but a flag (an element of args): remember it for the next line.
function noteFlag(s,   f) {
  flagBefore = ""
  if (s !~ /^[ \t]*(- )?["\047]?--?[A-Za-z][A-Za-z0-9_.-]*["\047]?,?[ \t]*$/) return
  f = s; gsub(/[ \t"\047,]/, "", f); sub(/^-+/, "", f)
  flagBefore = sensitive(f)
}

function afterFlag(s,   head, v, tail, kind) {
  kind = flagBefore; flagBefore = ""
  match(s, /^[ \t]*(- )?["\047]?/)
  head = substr(s, 1, RLENGTH); v = substr(s, RLENGTH + 1)
  if (match(v, /["\047]?,?[ \t]*$/)) { tail = substr(v, RSTART); v = substr(v, 1, RSTART - 1) } else tail = ""
  if (v ~ /^--?[A-Za-z]/ || v ~ /^[]}]/ || harmless(v, kind, 1, "=")) return ""
  return head mark(kind == "weak" ? "key" : kind, v) tail
}

# -p, -u user:… of well-known commands
function shortFlags(s) {
  if (s ~ /mysql|mariadb/) s = flag(s, "[ \t\"\047]-p[^ \t\"\047\\\\]+", 3, "password")
  if (s ~ /sshpass|docker|podman|nerdctl|skopeo|buildah|crane|helm|login|mongo|ldap|htpasswd/)
    s = flag(s, "[ \t\"\047]-(p|w)[ \t]+[^ \t\"\047\\\\]+", 0, "password")
  if (s ~ /sqlcmd/) s = flag(s, "[ \t\"\047]-P[ \t]*[^ \t\"\047\\\\]+", 3, "password")
  if (s ~ /redis-cli/) s = flag(s, "[ \t\"\047]-a[ \t]+[^ \t\"\047\\\\]+", 0, "password")
  if (s ~ /curl|ctr|wget|smbclient|rabbitmq/)
    s = flag(s, "[ \t\"\047](-[uU]|--user)[ \t=]+[\"\047\\\\]*[^ \t\"\047\\\\:]+:[^ \t\"\047\\\\]+", -1, "password")
  return s
}

# offset > 0: the value starts after so many characters; 0: after the last blank; -1: after the first colon.
function flag(s, re, offset, kind,   done, t, i) {
  done = ""
  while (match(s, re)) {
    t = substr(s, RSTART, RLENGTH)
    done = done substr(s, 1, RSTART - 1); s = substr(s, RSTART + RLENGTH)
    if (offset > 0) i = offset
    else if (offset < 0) i = index(t, ":")
    else i = match(t, /[^ \t]*$/) - 1
    if (i < 1 || substr(t, i + 1) ~ /^(\[REDACTED|\$|([0-9.]+:)?[0-9]+(:[0-9]+)?$)/) { done = done t; continue }
    done = done substr(t, 1, i) mark(kind, substr(t, i + 1))
  }
  return done s
}

# ---- private keys over many lines ------------------------------------------------------------------------------

# Returns 1 when the line belongs to a private key, or is held back because it may.
function pem(s,   t, stamp) {
  if (inKey) {
    t = s; sub(/^[0-9T:.Z+-]+ /, "", t)
    if (t ~ /-----END/) { inKey = 0; return 1 }
    if (++keyLines < pemLimit && (t ~ /^[ \t]*[A-Za-z0-9+\/=]*[ \t]*$/ || t ~ /^[ \t]*(Proc-Type|DEK-Info|Comment|Version|Hash|Charset):/)) return 1
    inKey = 0
    return 0
  }
  if (index(s, "-----BEGIN") && s ~ /-----BEGIN [A-Z0-9 ]*PRIVATE KEY/ && s !~ /-----END/ && s !~ /\\n/) {
    flushPem(0)
    inKey = 1; keyLines = 0
    match(s, /-----BEGIN/)
    out(substr(s, 1, RSTART - 1) mark("private-key", NR))
    return 1
  }
  if (index(s, "-----BEGIN")) inCertificate = 1
  if (index(s, "-----END")) {
    if (s ~ /PRIVATE KEY/ && s !~ /-----BEGIN/) { if (runs) dropRun(); else redactions++; inCertificate = 0; return 1 }
    flushPem(0); inCertificate = 0
    return 0
  }
  if (!inCertificate && bareBase64(s)) { run[++runs] = s; return 1 }
  flushPem(0)
  return 0
}

# A line that is nothing but 40 or more characters of base64 (and no plain hexadecimal or lower-case name).
function bareBase64(s,   t) {
  if (length(s) < 40 || length(s) > 200) return 0
  t = s; sub(/^[0-9-]+T[0-9:.]+(Z|[+-][0-9:]+) /, "", t); gsub(/^[ \t]+|[ \t]+$/, "", t)
  return length(t) >= 40 && t ~ /^[A-Za-z0-9+\/]+=?=?$/ && t ~ /[A-Z]/ && t ~ /[a-z]/
}

function dropRun() { out(mark("private-key", run[1])); runs = 0 }

# Two and more such lines without BEGIN and END are what is left of a key: they go too.
function flushPem(atEnd,   i, n) {
  if (!runs) return
  n = runs; runs = 0
  if (n > 1) { out(mark("private-key", run[1])); return }
  for (i = 1; i <= n; i++) out(scan(run[i]))
}

# ---- JSON structure --------------------------------------------------------------------------------------------

# Drops managedFields and CRD schemas; follows annotations. Returns 1 when the line is dropped.
function trimmed(s,   d) {
  if (skipIndent >= 0) {
    if (indent(s) == skipIndent && s ~ /^[ \t]*[]}]/) skipIndent = -1
    return 1
  }
  if (s ~ /^[ \t]*"(managedFields|schema|openAPIV3Schema)": [[{]$/) { skipIndent = indent(s); dropped = 1; return 1 }
  if (s ~ /^[ \t]*"managedFields": (\[\]|null),?$/) { dropped = 1; return 1 }
  return 0
}

# Follows the blocks whose values are secret as a whole: data of a Secret, known or not by the time it comes.
function heldBack(s,   d, t) {
  if (annotationIndent >= 0 && indent(s) <= annotationIndent) annotationIndent = -1
  if (s ~ /^[ \t]*"?annotations"?: *[{]?$/) annotationIndent = indent(s)
  if (dataIndent >= 0) {
    d = indent(s)
    if (!dataClosed) {
      if (s !~ /^[ \t]*$/ && (d < dataIndent || (d == dataIndent && !(s ~ /^[ \t]*[}]/)))) dataClosed = 1
      else { buffer[++buffered] = s; if (d == dataIndent && s ~ /^[ \t]*[}]/) dataClosed = 1; if (buffered > 5000) flushData("unknown"); return 1 }
    }
    if (d == dataIndent && s ~ /^[ \t]*"?kind"?: /) { flushData(s ~ /Secret/ ? "Secret" : "other"); noteKind(s); return 0 }
    if (d == dataIndent && s ~ /^[ \t]*"?(apiVersion|immutable|binaryData|stringData|type|metadata)"?:/ && buffered < 5000 && awaited++ < 400) { if (s ~ /"?type"?:/) dataType = 1; buffer[++buffered] = s; return 1 }
    if (d > dataIndent && awaited++ < 400) { buffer[++buffered] = s; return 1 }
    flushData(dataType ? "Secret" : "unknown")
  }
  if (s ~ /^[ \t]*("kind": "|kind: )/) noteKind(s)
  if (s ~ /^(---|[{]$)/) { kindKnown = listKind = ""; kindIndent = -1 }
  if (s ~ /^[ \t]*("(data|stringData)": [{]|(data|stringData):)$/) {
    if (listKind == "Secret" || (kindKnown == "Secret" && kindIndent == indent(s))) { secretIndent = indent(s); inSecret = 1; out(s); return 1 }
    if (kindKnown != "" && kindIndent == indent(s)) return 0
    if (listKind != "") return 0
    dataIndent = indent(s); dataClosed = 0; dataType = 0; awaited = 0; buffered = 0
    buffer[++buffered] = s
    return 1
  }
  if (inSecret) {
    if (s !~ /^[ \t]*$/ && indent(s) <= secretIndent) inSecret = 0
    else { out(blanked(s)); return 1 }
  }
  return 0
}

function noteKind(s,   k) {
  k = s; gsub(/^[ \t]*"?kind"?: *"?|"?,?[ \t]*$/, "", k)
  if (k ~ /List$/ && k != "List") { listKind = k; sub(/List$/, "", listKind); return }
  kindKnown = k; kindIndent = indent(s)
}

function flushData(kind,   i, n, closedAt) {
  if (dataIndent < 0) return
  n = buffered; closedAt = 0; i = dataIndent
  dataIndent = -1; buffered = 0
  for (d0 = 1; d0 <= n; d0++) {
    if (kind == "Secret" && !closedAt && d0 > 1) {
      if (buffer[d0] !~ /^[ \t]*$/ && indent(buffer[d0]) <= i) closedAt = d0
      else { out(blanked(buffer[d0])); continue }
    }
    line(buffer[d0])
  }
}

# A member of the data of a Secret: the key stays, the value goes.
function blanked(s,   c, v) {
  if (match(s, /^[ \t]*"[^"]*": "/) || match(s, /^[ \t]*[A-Za-z0-9._-]+: /)) {
    c = substr(s, 1, RLENGTH); v = substr(s, RLENGTH + 1)
    if (match(v, /",?$/)) return c mark("secret", substr(v, 1, RSTART - 1)) substr(v, RSTART)
    return c mark("secret", v)
  }
  if (s ~ /^[ \t]*[]}],?$/ || s ~ /^[ \t]*$/) return s
  if (s ~ /^[ \t]*[A-Za-z0-9._-]+:[ \t]*[|>]?[+-]?$/) return s
  return substr(s, 1, indent(s)) mark("secret", s)
}
