#include "desk/intake_words.h"

#include <fmt/format.h>

#include "access/organisations.h"

namespace tandem::desk {

namespace {

/// {0} and {1} stand for what the functions of the header name, in their order.
struct Words {
  std::string_view locale;
  std::string_view no_subject;
  std::string_view call_from;
  std::string_view call_to;
  std::string_view unknown_number;
  std::string_view refers;
};

constexpr Words words[] = {
    {"en", "(no subject)", "Call from {0}", "Call to {0}", "unknown number",
     "This mail refers to ticket #{0}, but {1} takes no part in it."},
    {"ja", "（件名なし）", "{0} からの電話", "{0} への電話", "番号非通知",
     "このメールはチケット #{0} に触れていますが、{1} はそのチケットの関係者ではありません。"},
    {"zh", "（无主题）", "来自 {0} 的电话", "拨给 {0} 的电话", "未知号码",
     "此邮件提到工单 #{0}，但 {1} 并未参与该工单。"},
    {"pt", "(sem assunto)", "Ligação de {0}", "Ligação para {0}", "número desconhecido",
     "Este e-mail se refere ao ticket #{0}, mas {1} não participa dele."},
};

const Words& words_of(db::Transaction& tx, OrgId org) {
  const std::optional<access::Organisation> organisation = access::find_organisation(tx, org);
  for (const Words& each : words) {
    if (organisation && each.locale == organisation->locale) return each;
  }
  return words[0];
}

}  // namespace

std::string no_subject(db::Transaction& tx, OrgId org) {
  return std::string(words_of(tx, org).no_subject);
}

std::string call_subject(db::Transaction& tx, OrgId org, std::string_view direction,
                         const std::string& who) {
  const Words& said = words_of(tx, org);
  const std::string_view call = direction == "in" ? said.call_from : said.call_to;
  return fmt::format(fmt::runtime(call), who.empty() ? said.unknown_number : who);
}

std::string refers_to_ticket(db::Transaction& tx, OrgId org, int64_t number,
                             std::string_view sender) {
  return fmt::format(fmt::runtime(words_of(tx, org).refers), number, sender);
}

}  // namespace tandem::desk
