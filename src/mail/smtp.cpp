#include "mail/smtp.h"

#include <algorithm>
#include <cstring>

#include "base/text.h"
#include "mail/curl_handle.h"
#include "mail/wire_address.h"

namespace tandem::mail {
namespace {

constexpr size_t answer_bytes_max = 1'000;
constexpr int least_bytes_per_second = 64;

// What was said in the conversation, as libcurl shows it. Commands are looked at only for MAIL
// FROM, RCPT TO and DATA, so no password is ever kept.
struct Conversation {
  std::string recipient;  // Of the RCPT TO that waits for its answer.
  int code = 0;
  std::string answer;
  std::vector<RefusedRecipient> refused;
  std::string_view raw;
  size_t sent = 0;
};

SendOutcome outcome_of(int code) {
  if (code >= 200 && code < 400) return SendOutcome::accepted;
  return code >= 500 && code < 600 ? SendOutcome::refused : SendOutcome::retry_later;
}

void on_command(Conversation& conversation, std::string_view line) {
  conversation.recipient.clear();
  if (!line.starts_with("RCPT TO:<")) return;
  line.remove_prefix(std::strlen("RCPT TO:<"));
  conversation.recipient = std::string(line.substr(0, line.find('>')));
}

void on_answer(Conversation& conversation, std::string_view line) {
  line = trim(line);
  const bool has_code = line.size() >= 3 && std::ranges::all_of(line.substr(0, 3), [](char c) {
                          return c >= '0' && c <= '9';
                        });
  if (!has_code) return;
  const int code = (line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0');
  const bool goes_on = line.size() > 3 && line[3] == '-';
  // After a refusal only QUIT follows; its "bye" must not hide the reason.
  if (code == 221) return;
  conversation.code = code;
  conversation.answer = to_utf8_lossy(line.substr(0, answer_bytes_max));
  if (goes_on || conversation.recipient.empty()) return;
  if (outcome_of(code) != SendOutcome::accepted)
    conversation.refused.push_back(
        {conversation.recipient, outcome_of(code), code, conversation.answer});
  conversation.recipient.clear();
}

int watch(CURL*, curl_infotype type, char* data, size_t size, void* user) {
  Conversation& conversation = *static_cast<Conversation*>(user);
  if (type == CURLINFO_HEADER_OUT) on_command(conversation, {data, size});
  if (type == CURLINFO_HEADER_IN) on_answer(conversation, {data, size});
  return 0;
}

size_t give_bytes(char* buffer, size_t size, size_t count, void* user) {
  Conversation& conversation = *static_cast<Conversation*>(user);
  const std::string_view rest = conversation.raw.substr(conversation.sent);
  const size_t length = std::min(size * count, rest.size());
  std::memcpy(buffer, rest.data(), length);
  conversation.sent += length;
  return length;
}

/// The addresses of the conversation with the server, in their form for the wire.
struct Route {
  std::string sender;
  std::vector<std::string> recipients;
};

Result<Route> route_of(const std::string& sender, const std::vector<std::string>& recipients) {
  Route route;
  if (!sender.empty()) route.sender = TRY(wire_address(sender, "sender"));
  if (recipients.empty()) return invalid("recipients", "required", "Give at least one recipient.");
  if (recipients.size() > recipients_max)
    return invalid("recipients", "too_many", "Give at most 500 recipients.");
  for (const std::string& recipient : recipients) {
    std::string address = TRY(wire_address(recipient, "recipients"));
    route.recipients.push_back(std::move(address));
  }
  return route;
}

struct ListFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using CurlList = std::unique_ptr<curl_slist, ListFree>;

CurlList recipient_list(const std::vector<std::string>& recipients) {
  CurlList list;
  for (const std::string& recipient : recipients) {
    curl_slist* const longer = curl_slist_append(list.get(), ("<" + recipient + ">").c_str());
    (void)list.release();
    list.reset(longer);
  }
  return list;
}

void set_up(CURL* curl, const SmtpServer& server, Conversation& conversation) {
  if (!server.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, server.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, server.password.c_str());
  }
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT_ALLLOWFAILS, 1L);
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_bytes);
  curl_easy_setopt(curl, CURLOPT_READDATA, &conversation);
  curl_easy_setopt(curl, CURLOPT_INFILESIZE_LARGE,
                   static_cast<curl_off_t>(conversation.raw.size()));
  curl_easy_setopt(curl, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(curl, CURLOPT_DEBUGFUNCTION, watch);
  curl_easy_setopt(curl, CURLOPT_DEBUGDATA, &conversation);
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(least_bytes_per_second));
  curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME,
                   static_cast<long>(std::max(1, server.timeout_ms / 1000)));
}

// Wrong passwords and certificates need a person, but the mail itself is not at fault: it waits.
SendReport report_of(CURLcode done, Conversation& conversation, size_t recipients,
                     const char* error) {
  SendReport report;
  report.code = conversation.code;
  report.answer = conversation.answer;
  report.refused = std::move(conversation.refused);
  if (done == CURLE_OK && outcome_of(conversation.code) == SendOutcome::accepted) {
    report.outcome = SendOutcome::accepted;
    return report;
  }
  report.outcome =
      done == CURLE_LOGIN_DENIED ? SendOutcome::retry_later : outcome_of(conversation.code);
  const bool was_answered =
      outcome_of(conversation.code) != SendOutcome::accepted && conversation.code != 0;
  if (!was_answered) {
    // Cut off between two answers: nobody knows, so it is tried again.
    report.outcome = SendOutcome::retry_later;
    report.answer = to_utf8_lossy(std::strlen(error) > 0 ? error : curl_easy_strerror(done));
  }
  const bool all_refused = report.refused.size() == recipients;
  if (all_refused && std::ranges::any_of(report.refused, [](const RefusedRecipient& refused) {
        return refused.outcome == SendOutcome::retry_later;
      }))
    report.outcome = SendOutcome::retry_later;
  return report;
}

}  // namespace

Result<SendReport> send_mail(const SmtpServer& server, const std::string& sender,
                             const std::vector<std::string>& recipients, std::string_view raw) {
  const Route route = TRY(route_of(sender, recipients));
  if (raw.empty()) return invalid("raw", "required", "Give the mail to send.");
  const CurlHandle handle = TRY(open_curl(server, "smtp"));
  CURL* const curl = handle.get();
  Conversation conversation;
  conversation.raw = raw;
  set_up(curl, server, conversation);
  const std::string from = "<" + route.sender + ">";
  const CurlList list = recipient_list(route.recipients);
  char error[CURL_ERROR_SIZE] = "";
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, error);
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, from.c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, list.get());
  const CURLcode done = curl_easy_perform(curl);
  SendReport report = report_of(done, conversation, recipients.size(), error);
  for (RefusedRecipient& refused : report.refused)
    refused.address = readable_address(refused.address);
  // The mail waits until the operator opens the address or somebody gives another server.
  if (const auto closed = refused_address(handle); closed && done != CURLE_OK)
    report.answer = closed->message;
  return report;
}

}  // namespace tandem::mail
