#include "desk/conversation/quote_words.h"

#include <fmt/format.h>

namespace tandem::desk {

namespace {

struct Words {
  std::string_view locale;
  std::string_view wrote;  // {0} the time, {1} who
  std::string_view forwarded;
  std::string_view from;
  std::string_view date;
  std::string_view subject;
  std::string_view to;
};

constexpr Words words[] = {
    {"en", "On {0}, {1} wrote:", "Forwarded message", "From: ", "Date: ", "Subject: ", "To: "},
    {"ja", "{0} {1} のメール:", "転送メッセージ", "差出人: ", "日時: ", "件名: ", "宛先: "},
    {"zh", "{1} 于 {0} 写道:", "转发的邮件", "发件人: ", "日期: ", "主题: ", "收件人: "},
    {"pt", "Em {0}, {1} escreveu:", "Mensagem encaminhada",
     "De: ", "Data: ", "Assunto: ", "Para: "},
};

const Words& words_in(std::string_view locale) {
  for (const Words& each : words)
    if (each.locale == locale) return each;
  return words[0];
}

/// The date of a mail has English names; elsewhere "2026-11-23 04:00 UTC".
std::string time_in(const Words& in, Instant at) {
  if (in.locale == "en") return to_mail_date(at);
  const std::string iso = to_iso(at);
  return fmt::format("{} {} UTC", iso.substr(0, 10), iso.substr(11, 5));
}

}  // namespace

std::string quote_line(std::string_view locale, Instant at, std::string_view who) {
  const Words& in = words_in(locale);
  return fmt::format(fmt::runtime(in.wrote), time_in(in, at), who);
}

std::string forward_heading(std::string_view locale, const ForwardedMail& mail) {
  const Words& in = words_in(locale);
  // What came by another way than mail was sent to no address.
  const std::string to = mail.to.empty() ? "" : fmt::format("<br>{}{}", in.to, mail.to);
  return fmt::format("---------- {} ----------<br>{}{}<br>{}{}<br>{}{}{}", in.forwarded, in.from,
                     mail.from, in.date, time_in(in, mail.at), in.subject, mail.subject, to);
}

}  // namespace tandem::desk
