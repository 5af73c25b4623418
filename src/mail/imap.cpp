#include "mail/imap.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <set>

#include "base/crypto.h"
#include "base/text.h"
#include "mail/imap_wire.h"

namespace tandem::mail {
namespace {

constexpr size_t untagged_lines_max = 100'000;
constexpr size_t untagged_bytes_max = 16 * 1024 * 1024;
/// Listed in one answer; well below what an answer may hold.
constexpr uint64_t listed_mails_max = 50'000;
constexpr int64_t small_literals_max = 64 * 1024;
// RFC 2177: a server may hang up on an IDLE of 30 minutes.
constexpr int wait_ms_max = 25 * 60 * 1000;

struct Answer {
  std::vector<ImapLine> lines;
  /// "OK", "NO" or "BAD", and the server's words behind it.
  std::string status;
  std::string words;
};

// An argument goes as a quoted string where that can hold it, else as a literal.
bool fits_quotes(std::string_view text) {
  constexpr size_t quoted_bytes_max = 200;
  return text.size() <= quoted_bytes_max &&
         std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7f; });
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::optional<int64_t> number_after(std::string_view text, std::string_view word) {
  for (size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
    const bool starts_word =
        at == 0 || text[at - 1] == ' ' || text[at - 1] == '(' || text[at - 1] == '[';
    const std::string_view rest = text.substr(at + word.size());
    int64_t number = 0;
    const auto read = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (starts_word && read.ec == std::errc() && number >= 0) return number;
  }
  return std::nullopt;
}

// "* 12 EXISTS" -> 12.
std::optional<int64_t> exists_of(std::string_view line) {
  if (!line.starts_with("* ") || !line.ends_with(" EXISTS")) return std::nullopt;
  return number_after(line, "* ").value_or(0);
}

uint32_t as_uid(std::optional<int64_t> number) {
  return number && *number <= UINT32_MAX ? static_cast<uint32_t>(*number) : 0;
}

/// The next window of uids after one that held nothing. Where the whole mailbox fits an answer, it
/// may grow without end.
uint64_t wider(uint64_t window, uint32_t mails_in_box) {
  const uint64_t doubled = window * 2;
  return mails_in_box <= listed_mails_max ? doubled : std::min(doubled, listed_mails_max);
}

Refusal refused_by_server(const Answer& answer) {
  return invalid("", "mail_server_refused",
                 "The mail server refused: " + to_utf8_lossy(answer.words));
}

bool is_passing_trouble(const Answer& answer) {
  return answer.words.starts_with("[UNAVAILABLE]") || answer.words.starts_with("[INUSE]") ||
         answer.words.starts_with("[SERVERBUG]") || answer.words.starts_with("[CONTACTADMIN]");
}

/// Only an OK says what is in the mailbox and what is not.
Result<void> require_ok(const Answer& answer) {
  if (answer.status == "OK") return {};
  if (is_passing_trouble(answer)) return mail_server_unreachable(to_utf8_lossy(answer.words));
  return refused_by_server(answer);
}

}  // namespace

struct ImapSession::State {
  State(ImapWire open_wire, int patience_ms)
      : wire(std::move(open_wire)), timeout_ms(patience_ms) {}

  ImapWire wire;
  int timeout_ms = mail_timeout_default_ms;
  std::set<std::string> capabilities;
  MailboxState mailbox;
  int64_t commands = 0;
  /// Mail came since this was last set to false.
  bool has_arrived = false;
  bool is_usable = true;

  bool can(const char* capability) const { return capabilities.contains(capability); }

  /// Sends a command whose pieces at odd places are arguments to be quoted, and reads up to its
  /// answer.
  Result<Answer> run(const std::vector<std::string>& pieces,
                     int64_t literals_max = small_literals_max);
  Result<void> run_well(const std::vector<std::string>& pieces);
  Result<std::string> begin(const std::vector<std::string>& pieces);
  Result<Answer> finish(const std::string& tag, int64_t literals_max);
  Result<void> await_go_ahead();
  Result<void> learn_capabilities();
  Result<void> sign_in(const ImapServer& server);
  Result<Answer> authenticate_plain(const ImapServer& server);
  Result<WaitEnd> idle(int timeout_ms);
  Result<WaitEnd> poll(int timeout_ms, int interval_ms);
  void note_changes(const std::string& line);
  /// Any refusal of the wire ends the session.
  template <class T>
  Result<T> noted(Result<T> result) {
    if (!result) is_usable = false;
    return result;
  }
};

Result<std::string> ImapSession::State::begin(const std::vector<std::string>& pieces) {
  if (!is_usable) return mail_server_unreachable("the session is over");
  const std::string tag = fmt::format("t{}", ++commands);
  std::string line = tag + " ";
  for (size_t i = 0; i < pieces.size(); ++i) {
    const bool is_argument = i % 2 == 1;
    if (is_argument && !fits_quotes(pieces[i])) {
      line += fmt::format("{{{}}}\r\n", pieces[i].size());
      TRY(noted(wire.send(line)));
      TRY(noted(await_go_ahead()));
      line = pieces[i];
    } else {
      line += is_argument ? quoted(pieces[i]) : pieces[i];
    }
  }
  TRY(noted(wire.send(line + "\r\n")));
  return tag;
}

Result<void> ImapSession::State::await_go_ahead() {
  for (size_t i = 0; i < untagged_lines_max; ++i) {
    const Result<ImapLine> line = wire.read(timeout_ms, small_literals_max);
    if (!line) return line.error();
    if (line->text.starts_with('+')) return {};
    if (!line->text.starts_with("* "))
      return mail_server_confused("it does not take a literal: " + to_utf8_lossy(line->text));
    note_changes(line->text);
  }
  return mail_server_confused("it never came to the point");
}

Result<Answer> ImapSession::State::finish(const std::string& tag, int64_t literals_max) {
  Answer answer;
  size_t bytes = 0;
  while (answer.lines.size() < untagged_lines_max && bytes < untagged_bytes_max) {
    ImapLine line = TRY(noted(wire.read(timeout_ms, literals_max)));
    if (line.text.starts_with(tag + " ")) {
      const std::string_view rest = std::string_view(line.text).substr(tag.size() + 1);
      const size_t space = rest.find(' ');
      answer.status = std::string(rest.substr(0, space));
      if (space != rest.npos) answer.words = std::string(rest.substr(space + 1));
      return answer;
    }
    bytes += line.text.size();
    note_changes(line.text);
    for (const std::string& literal : line.literals)
      literals_max -= static_cast<int64_t>(literal.size());
    if (line.text.starts_with("* ")) answer.lines.push_back(std::move(line));
  }
  is_usable = false;
  return mail_server_confused("its answer does not end");
}

Result<Answer> ImapSession::State::run(const std::vector<std::string>& pieces,
                                       int64_t literals_max) {
  const std::string tag = TRY(begin(pieces));
  return finish(tag, literals_max);
}

Result<void> ImapSession::State::run_well(const std::vector<std::string>& pieces) {
  const Answer answer = TRY(run(pieces));
  return require_ok(answer);
}

void ImapSession::State::note_changes(const std::string& line) {
  if (line.starts_with("* ") && line.ends_with(" EXPUNGE") && mailbox.exists > 0) --mailbox.exists;
  const std::optional<int64_t> exists = exists_of(line);
  if (!exists) return;
  if (as_uid(exists) > mailbox.exists) has_arrived = true;
  mailbox.exists = as_uid(exists);
}

Result<void> ImapSession::State::learn_capabilities() {
  const Answer answer = TRY(run({"CAPABILITY"}));
  capabilities.clear();
  for (const ImapLine& line : answer.lines) {
    if (!line.text.starts_with("* CAPABILITY ")) continue;
    for (const std::string& word : split(line.text.substr(13), ' ')) {
      std::string upper = word;
      std::ranges::transform(upper, upper.begin(),
                             [](char c) { return c >= 'a' && c <= 'z' ? char(c - 32) : c; });
      capabilities.insert(std::move(upper));
    }
  }
  return {};
}

Result<Answer> ImapSession::State::authenticate_plain(const ImapServer& server) {
  const std::string secret =
      to_base64(std::string(1, '\0') + server.user + std::string(1, '\0') + server.password);
  if (can("SASL-IR")) return run({"AUTHENTICATE PLAIN " + secret});
  const std::string tag = TRY(begin({"AUTHENTICATE PLAIN"}));
  TRY(noted(await_go_ahead()));
  TRY(noted(wire.send(secret + "\r\n")));
  return finish(tag, small_literals_max);
}

Result<void> ImapSession::State::sign_in(const ImapServer& server) {
  TRY(learn_capabilities());
  if (!can("AUTH=PLAIN") && can("LOGINDISABLED"))
    return Refusal(
        unauthenticated("mail_login_refused",
                        "The mail server takes no password this way; choose TLS or STARTTLS."));
  Result<Answer> answer = can("AUTH=PLAIN") ? authenticate_plain(server)
                                            : run({"LOGIN ", server.user, " ", server.password});
  if (!answer) return answer.error();
  if (answer->status != "OK") {
    if (is_passing_trouble(*answer)) return mail_server_unreachable(to_utf8_lossy(answer->words));
    return unauthenticated("mail_login_refused", "The mail server refused the user or password: " +
                                                     to_utf8_lossy(answer->words));
  }
  return learn_capabilities();  // Servers offer more once they know who is there.
}

ImapSession::ImapSession(std::unique_ptr<State> state) : state_(std::move(state)) {}
ImapSession::ImapSession(ImapSession&&) noexcept = default;
ImapSession& ImapSession::operator=(ImapSession&&) noexcept = default;

ImapSession::~ImapSession() { logout(); }

Result<ImapSession> ImapSession::open(const ImapServer& server) {
  constexpr std::string_view breaks("\r\n\0", 3);
  if (server.user.empty()) return invalid("user", "required", "Give the user of the mailbox.");
  if (server.user.find_first_of(breaks) != std::string::npos ||
      server.password.find_first_of(breaks) != std::string::npos)
    return invalid("user", "line_break", "Leave out line breaks and NUL characters.");
  ImapWire wire = TRY(ImapWire::open(server));
  auto state = std::make_unique<State>(std::move(wire), server.timeout_ms);
  TRY(state->sign_in(server));
  return ImapSession(std::move(state));
}

Result<MailboxState> ImapSession::select(std::string_view mailbox) {
  const Answer answer = TRY(state_->run({"SELECT ", to_modified_utf7(mailbox)}));
  if (answer.status == "NO" && !is_passing_trouble(answer))
    return not_found("There is no mailbox of this name: " + to_utf8_lossy(answer.words));
  TRY(require_ok(answer));
  MailboxState& state = state_->mailbox;
  state.uid_validity = state.uid_next = 0;
  state_->has_arrived = false;
  for (const ImapLine& line : answer.lines) {
    if (const auto validity = number_after(line.text, "UIDVALIDITY "))
      state.uid_validity = as_uid(validity);
    if (const auto next = number_after(line.text, "UIDNEXT ")) state.uid_next = as_uid(next);
  }
  if (state.uid_validity == 0) return mail_server_confused("it names no UIDVALIDITY");
  return state;
}

// Asks in windows of uids, so that the answer stays small in a mailbox of any size; they grow over
// gaps. The last one is open-ended, for mail may have come since the mailbox was opened.
Result<std::vector<MailSize>> ImapSession::list_from(uint32_t first_uid, int count_max) {
  if (count_max < 1 || count_max > imap_list_max)
    return invalid("count_max", "out_of_range", "Ask for 1 to 1,000 mails.");
  std::map<uint32_t, int64_t> found;
  uint64_t from = std::max<uint32_t>(first_uid, 1);
  uint64_t window = static_cast<uint64_t>(count_max) * 4;
  while (true) {
    const uint64_t to = from + window - 1;
    const bool is_last = to >= state_->mailbox.uid_next;
    const std::string range = is_last ? fmt::format("{}:*", from) : fmt::format("{}:{}", from, to);
    const Answer answer = TRY(state_->run({"UID FETCH " + range + " (UID RFC822.SIZE)"}));
    TRY(require_ok(answer));
    const size_t known = found.size();
    for (const ImapLine& line : answer.lines) {
      const uint32_t uid = as_uid(number_after(line.text, "UID "));
      const auto size = number_after(line.text, "RFC822.SIZE ");
      if (uid >= from && size)
        found[uid] = *size;  // "n:*" also names the last mail when it is below n.
    }
    if (is_last || found.size() >= static_cast<size_t>(count_max)) break;
    if (found.size() == known) window = wider(window, state_->mailbox.exists);
    from = to + 1;
  }
  std::vector<MailSize> list;
  for (const auto& [uid, size] : found) {
    if (list.size() >= static_cast<size_t>(count_max)) break;
    list.push_back({uid, size});
  }
  return list;
}

Result<std::string> ImapSession::fetch(uint32_t uid, int64_t bytes_max) {
  const Answer sizes = TRY(state_->run({fmt::format("UID FETCH {} (UID RFC822.SIZE)", uid)}));
  TRY(require_ok(sizes));
  std::optional<int64_t> size;
  for (const ImapLine& line : sizes.lines)
    if (as_uid(number_after(line.text, "UID ")) == uid)
      size = number_after(line.text, "RFC822.SIZE ");
  if (!size) return not_found("The mail is not in the mailbox any more.");
  if (*size > bytes_max)
    return too_large("mail_too_large",
                     fmt::format("The mail has {} bytes; at most {} are taken.", *size, bytes_max));
  const Answer answer = TRY(state_->run({fmt::format("UID FETCH {} (UID BODY.PEEK[])", uid)},
                                        bytes_max + small_literals_max));
  TRY(require_ok(answer));
  for (const ImapLine& line : answer.lines) {
    if (as_uid(number_after(line.text, "UID ")) != uid ||
        line.text.find("BODY[]") == std::string::npos)
      continue;
    return line.literals.empty() ? std::string() : line.literals.back();
  }
  return not_found("The mail is not in the mailbox any more.");
}

Result<void> ImapSession::mark_seen(uint32_t uid) {
  return state_->run_well({fmt::format("UID STORE {} +FLAGS.SILENT (\\Seen)", uid)});
}

Result<WaitEnd> ImapSession::wait_for_mail(int timeout_ms, int poll_interval_ms) {
  constexpr int poll_interval_ms_min = 100;
  timeout_ms = std::clamp(timeout_ms, 0, wait_ms_max);
  if (state_->can("IDLE")) return state_->idle(timeout_ms);
  return state_->poll(timeout_ms, std::max(poll_interval_ms, poll_interval_ms_min));
}

Result<WaitEnd> ImapSession::State::idle(int wait_ms) {
  const int64_t deadline = steady_clock_ms() + wait_ms;
  const std::string tag = TRY(begin({"IDLE"}));
  TRY(noted(await_go_ahead()));
  while (!has_arrived) {
    const int64_t left = deadline - steady_clock_ms();
    if (left <= 0) break;
    const bool has_some = TRY(noted(wire.wait_for_bytes(static_cast<int>(left))));
    if (!has_some) break;
    const ImapLine line = TRY(noted(wire.read(timeout_ms, small_literals_max)));
    note_changes(line.text);
    if (line.text.starts_with("* BYE")) {
      is_usable = false;
      return mail_server_unreachable("it said goodbye");
    }
  }
  TRY(noted(wire.send("DONE\r\n")));
  TRY(finish(tag, small_literals_max));
  return has_arrived ? WaitEnd::something_new : WaitEnd::time_over;
}

Result<WaitEnd> ImapSession::State::poll(int wait_ms, int interval_ms) {
  const int64_t deadline = steady_clock_ms() + wait_ms;
  while (true) {
    TRY(run_well({"NOOP"}));
    if (has_arrived) return WaitEnd::something_new;
    const int64_t left = deadline - steady_clock_ms();
    if (left <= 0) return WaitEnd::time_over;
    // A pause that ends when the server hangs up or speaks out of turn.
    const bool has_some =
        TRY(noted(wire.wait_for_bytes(static_cast<int>(std::min<int64_t>(left, interval_ms)))));
    if (has_some) {
      const ImapLine line = TRY(noted(wire.read(timeout_ms, small_literals_max)));
      note_changes(line.text);
    }
  }
}

void ImapSession::logout() {
  if (!state_ || !state_->is_usable) return;
  constexpr int goodbye_ms = 2'000;
  state_->timeout_ms = std::min(state_->timeout_ms, goodbye_ms);
  (void)state_->run({"LOGOUT"});
  state_->is_usable = false;
}

}  // namespace tandem::mail
