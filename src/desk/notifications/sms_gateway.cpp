#include "desk/notifications/sms_gateway.h"

#include <algorithm>
#include <map>
#include <semaphore>

#include "access/audit.h"
#include "access/people.h"
#include "base/crypto.h"
#include "base/json.h"
#include "base/text.h"

namespace tandem::desk {

namespace {

using access::Actor;

// A test holds the thread of its request while a server far away takes its time.
constexpr int tests_at_once_max = 2;

std::counting_semaphore<tests_at_once_max>& test_turns() {
  static std::counting_semaphore<tests_at_once_max> instance(tests_at_once_max);
  return instance;
}

struct TestTurn {
  TestTurn() = default;
  ~TestTurn() { test_turns().release(); }
  TestTurn(const TestTurn&) = delete;
  TestTurn& operator=(const TestTurn&) = delete;
};

Result<void> may_set_gateway(const Actor& actor) {
  return access::require_duty(actor, access::Duty::manage_departments);
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

/// Scheme, host and port: whom a secret is given to.
std::string server_of(const std::string& url) {
  const size_t start = url.find("://");
  if (start == std::string::npos) return "";
  return ascii_lower(url.substr(0, url.find_first_of("/?#", start + 3)));
}

bool is_header_name(std::string_view name) {
  return !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  });
}

/// The first {name} that is neither {to} nor {text}; "" when there is none. Braces with anything
/// else in them belong to the gateway's own form.
std::string_view unknown_placeholder(std::string_view words) {
  for (size_t at = words.find('{'); at != std::string_view::npos; at = words.find('{', at + 1)) {
    size_t end = at + 1;
    while (end < words.size() &&
           ((words[end] >= 'a' && words[end] <= 'z') || words[end] == '_' || words[end] == '.')) {
      ++end;
    }
    if (end == at + 1 || end >= words.size() || words[end] != '}') continue;
    const std::string_view name = words.substr(at + 1, end - at - 1);
    if (name != "to" && name != "text") return name;
  }
  return "";
}

Result<void> check_url(const std::string& url) {
  const std::string server = server_of(url);
  const bool is_http = server.starts_with("http://") || server.starts_with("https://");
  const bool is_clean = !has_control_character(url) && url.find(' ') == std::string::npos;
  if (!is_http || server.ends_with("/") || !is_clean || count_chars(url) > sms_url_chars_max) {
    return invalid("url", "bad_url", "Give an address such as https://sms.example.com/send.");
  }
  if (server.find('@') != std::string::npos) {
    return invalid("url", "secret_in_url",
                   "Give the password in a header, where it is kept sealed, not in the address.");
  }
  if (server.find('{') == std::string::npos) return {};
  return invalid("url", "bad_url", "The name of the server can't hold a placeholder.");
}

Result<void> check_body(const SmsGateway& gateway) {
  if (count_chars(gateway.body) > sms_body_chars_max) {
    return invalid("body", "too_long", "Shorten the body to 4,000 characters.");
  }
  for (const auto& [field, words] :
       {std::pair<const char*, std::string>{"url", gateway.url}, {"body", gateway.body}}) {
    const std::string_view unknown = unknown_placeholder(words);
    if (unknown.empty()) continue;
    return invalid(field, "unknown_placeholder",
                   "There is no placeholder {" + std::string(unknown) + "}. Use {to} and {text}.");
  }
  const std::string sent = gateway.method == "GET" ? gateway.url : gateway.url + gateway.body;
  for (const char* const needed : {"{to}", "{text}"}) {
    if (sent.find(needed) != std::string::npos) continue;
    return invalid(gateway.method == "GET" ? "url" : "body", "placeholder_missing",
                   "Put {to} where the number stands and {text} where the message stands.");
  }
  const bool is_json = gateway.method != "GET" && gateway.content_type == "application/json";
  if (!is_json || json_from_text(sms_body(gateway.body, gateway.content_type, {0, "+1", "a"})))
    return {};
  return invalid("body", "bad_json",
                 R"(Give JSON with quotes around both: {"to":"{to}","text":"{text}"}.)");
}

Result<void> check_headers(const std::vector<SmsHeader>& headers) {
  if (headers.size() > sms_headers_max) {
    return invalid("headers", "too_many", "Give at most 5 headers.");
  }
  std::vector<std::string> names;
  for (const SmsHeader& header : headers) {
    const std::string name = ascii_lower(header.name);
    if (!is_header_name(header.name) || name == "host" || name == "content-length" ||
        name == "content-type" || name == "transfer-encoding" || name == "connection") {
      return invalid("headers", "bad_header_name", "Give names of headers such as Authorization.");
    }
    if (std::find(names.begin(), names.end(), name) != names.end()) {
      return invalid("headers", "duplicate", "Give each header once.");
    }
    names.push_back(name);
    if (header.value && (has_control_character(*header.value) || header.value->empty() ||
                         count_chars(*header.value) > sms_header_value_chars_max)) {
      return invalid("headers", "bad_value",
                     "Give each header a value of one line, at most 2,000 characters.");
    }
  }
  return {};
}

Result<void> check(const SmsGateway& gateway) {
  TRY(check_url(gateway.url));
  if (gateway.method != "GET" && gateway.method != "POST" && gateway.method != "PUT") {
    return invalid("method", "not_a_choice", "Choose GET, POST or PUT.");
  }
  for (const char* const type :
       {"application/json", "application/x-www-form-urlencoded", "application/xml", "text/plain"}) {
    if (gateway.content_type != type) continue;
    TRY(check_body(gateway));
    return check_headers(gateway.headers);
  }
  return invalid("content_type", "not_a_choice",
                 "Choose application/json, application/x-www-form-urlencoded, application/xml or "
                 "text/plain.");
}

using Secrets = std::map<std::string, std::string>;  // by the header's name in small letters

std::optional<Secrets> opened(const Desk& desk, const std::string& sealed) {
  const std::optional<std::string> text = open_sealed(desk.secret, sealed);
  const Result<Json> json = json_from_text(text.value_or(""));
  if (!text || !json || !json->is_object()) return std::nullopt;
  Secrets secrets;
  for (const auto& [name, value] : json->as_object()) {
    if (value.is_string()) secrets[std::string(name)] = std::string(value.as_string());
  }
  return secrets;
}

struct StoredRow {
  SmsGateway gateway;
  std::string sealed;
};

std::optional<StoredRow> read_row_of(db::Transaction& tx, OrgId org) {
  const std::optional<db::Row> row = tx.row(
      "SELECT url, method, content_type, body, header_names, sealed_headers, is_enabled "
      "FROM sms_gateways WHERE org_id = $1",
      {org.value});
  if (!row) return std::nullopt;
  StoredRow stored;
  stored.gateway.url = row->text(0);
  stored.gateway.method = row->text(1);
  stored.gateway.content_type = row->text(2);
  stored.gateway.body = row->text(3);
  const Result<Json> names = json_from_text(row->text(4));
  if (names && names->is_array()) {
    for (const Json& name : names->as_array()) {
      stored.gateway.headers.push_back({std::string(name.as_string()), std::nullopt});
    }
  }
  stored.sealed = row->bytes(5);
  stored.gateway.is_enabled = row->integer(6) != 0;
  return stored;
}

/// What was typed now, and what was typed before for the same server.
Result<Secrets> secrets_for(const Desk& desk, const SmsGateway& wanted,
                            const std::optional<StoredRow>& before) {
  const bool is_same_server = before && server_of(before->gateway.url) == server_of(wanted.url);
  const std::optional<Secrets> kept =
      is_same_server ? opened(desk, before->sealed) : std::optional<Secrets>();
  Secrets secrets;
  for (const SmsHeader& header : wanted.headers) {
    const std::string name = ascii_lower(header.name);
    if (header.value) {
      secrets[name] = *header.value;
    } else if (kept && kept->contains(name)) {
      secrets[name] = kept->at(name);
    } else {
      return invalid("headers", "secret_again",
                     "Type the value of " + header.name + "; it is kept for one server alone.");
    }
  }
  return secrets;
}

std::string sealed_text(const Desk& desk, const Secrets& secrets) {
  JsonWriter json;
  json.begin_object();
  for (const auto& [name, value] : secrets) json.string(name, value);
  json.end_object();
  return seal(desk.secret, json.take());
}

std::string names_of(const SmsGateway& gateway) {
  JsonWriter json;
  json.begin_array();
  for (const SmsHeader& header : gateway.headers) json.string(header.name);
  json.end_array();
  return json.take();
}

/// Of the messages that were given up, and of those that are tried again.
std::optional<SmsFailure> last_failure_of(db::Transaction& tx, OrgId org) {
  std::optional<SmsFailure> last;
  for (const char* state : {"failed", "queued"}) {
    const std::optional<db::Row> failure = tx.row(
        "SELECT created_at, message FROM notification_deliveries WHERE org_id = $1 "
        "AND channel = 'sms' AND state = $2 AND message <> '' ORDER BY id DESC LIMIT 1",
        {org.value, state});
    if (!failure || (last && failure->instant(0) <= last->at)) continue;
    last = SmsFailure{failure->instant(0), failure->text(1)};
  }
  return last;
}

std::string test_text(std::string_view locale) {
  if (locale == "ja") return "Tandem Desk のテストメッセージです。";
  if (locale == "zh") return "这是 Tandem Desk 的测试短信。";
  if (locale == "pt") return "Esta é uma mensagem de teste do Tandem Desk.";
  return "This is a test message of Tandem Desk.";
}

}  // namespace

Result<std::optional<SmsGateway>> read_sms_gateway(db::Transaction& tx, const Actor& actor) {
  TRY(may_set_gateway(actor));
  std::optional<StoredRow> stored = read_row_of(tx, actor.org);
  if (!stored) return std::optional<SmsGateway>();
  stored->gateway.last_failure = last_failure_of(tx, actor.org);
  return std::optional<SmsGateway>(std::move(stored->gateway));
}

Result<SmsGateway> save_sms_gateway(db::Transaction& tx, const Desk& desk, const Actor& actor,
                                    const SmsGateway& gateway) {
  TRY(may_set_gateway(actor));
  SmsGateway wanted = gateway;
  wanted.url = std::string(trim(gateway.url));
  TRY(check(wanted));
  const std::optional<StoredRow> before = read_row_of(tx, actor.org);
  const Secrets secrets = TRY(secrets_for(desk, wanted, before));
  tx.execute(
      "INSERT INTO sms_gateways (org_id, url, method, content_type, body, header_names, "
      "sealed_headers, is_enabled) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
      "ON CONFLICT (org_id) DO UPDATE SET url = excluded.url, method = excluded.method, "
      "content_type = excluded.content_type, body = excluded.body, "
      "header_names = excluded.header_names, sealed_headers = excluded.sealed_headers, "
      "is_enabled = excluded.is_enabled",
      {actor.org.value, wanted.url, wanted.method, wanted.content_type, wanted.body,
       names_of(wanted), db::Bytes{sealed_text(desk, secrets)}, int64_t{wanted.is_enabled}});
  access::audit(tx, actor, "sms_gateway_changed", server_of(wanted.url));
  const std::optional<SmsGateway> saved = TRY(read_sms_gateway(tx, actor));
  return *saved;
}

Result<void> remove_sms_gateway(db::Transaction& tx, const Actor& actor) {
  TRY(may_set_gateway(actor));
  const std::optional<StoredRow> stored = read_row_of(tx, actor.org);
  if (!stored) return not_found("There is no SMS gateway.");
  tx.execute("DELETE FROM sms_gateways WHERE org_id = $1", {actor.org.value});
  access::audit(tx, actor, "sms_gateway_removed", server_of(stored->gateway.url));
  return {};
}

Result<SmsReport> send_test_sms(const Desk& desk, const Actor& actor, const std::string& to) {
  TRY(may_set_gateway(actor));
  const std::string number = TRY(access::normal_phone(to, "to"));
  if (number.empty()) {
    return invalid("to", "required", "Give the number that gets the test message.");
  }
  std::string locale;
  int64_t id = 0;
  const OpenSmsGateway gateway =
      TRY(desk.database.read([&](db::Transaction& tx) -> Result<OpenSmsGateway> {
        const std::optional<access::Person> person = access::find_person(tx, actor.person);
        locale = person ? person->locale : "en";
        id = tx.new_id();
        return open_sms_gateway(tx, desk, actor.org);
      }));
  if (!test_turns().try_acquire()) {
    return busy("Other test messages are on their way. Try again in a moment.");
  }
  const TestTurn turn;
  return call_sms_gateway(gateway, desk.mail_guard, {id, number, test_text(locale)});
}

Result<OpenSmsGateway> open_sms_gateway(db::Transaction& tx, const Desk& desk, OrgId org) {
  const std::optional<StoredRow> stored = read_row_of(tx, org);
  if (!stored) return not_found("There is no SMS gateway. Set one up first.");
  if (!stored->gateway.is_enabled) {
    return conflict("sms_gateway_is_off", "The SMS gateway is switched off. Switch it on first.");
  }
  const std::optional<Secrets> secrets = opened(desk, stored->sealed);
  if (!secrets) {
    return invalid("headers", "sealed_with_another_secret",
                   "Type the values of the headers again; the program's secret has changed.");
  }
  OpenSmsGateway open;
  open.url = stored->gateway.url;
  open.method = stored->gateway.method;
  open.content_type = stored->gateway.content_type;
  open.body = stored->gateway.body;
  for (const SmsHeader& header : stored->gateway.headers) {
    const auto value = secrets->find(ascii_lower(header.name));
    if (value != secrets->end()) open.headers.emplace_back(header.name, value->second);
  }
  return open;
}

}  // namespace tandem::desk
