#include "mail/quote_lines.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tandem::mail {
namespace {

using Words = std::string_view;

// What an attribution ends with, before its colon.
constexpr std::array attribution_ends{
    Words{"wrote"},       Words{"writes"},     Words{"schrieb"},
    Words{"geschrieben"}, Words{"a écrit"},    Words{"escribió"},
    Words{"escreveu"},    Words{"ha scritto"}, Words{"schreef"},
    Words{"skrev"},       Words{"napisał"},    Words{"napisał(a)"},
    Words{"написал"},     Words{"написал(а)"}, Words{"пишет"},
    Words{"のメール"},    Words{"書きました"}, Words{"写道"},
    Words{"寫道"},        Words{"님이 작성"},  Words{"님이 작성한 메시지"}};

// What a wrapped attribution may begin with; a digit counts too.
constexpr std::array attribution_starts{
    Words{"On "}, Words{"Am "},  Words{"Le "},   Words{"El "},     Words{"Em "}, Words{"Il "},
    Words{"Op "}, Words{"Den "}, Words{"Dnia "}, Words{"W dniu "}, Words{"A "},  Words{"在"}};

constexpr std::array original_message_words{Words{"original message"},
                                            Words{"ursprüngliche nachricht"},
                                            Words{"original-nachricht"},
                                            Words{"originalnachricht"},
                                            Words{"message d'origine"},
                                            Words{"message original"},
                                            Words{"mensagem original"},
                                            Words{"mensaje original"},
                                            Words{"messaggio originale"},
                                            Words{"oorspronkelijk bericht"},
                                            Words{"original"},
                                            Words{"原始邮件"},
                                            Words{"原始郵件"},
                                            Words{"原邮件"},
                                            Words{"回复的原邮件"},
                                            Words{"元のメッセージ"},
                                            Words{"original appointment"},
                                            Words{"원본 메시지"}};

constexpr std::array from_labels{Words{"from"},      Words{"von"},    Words{"de"},
                                 Words{"da"},        Words{"van"},    Words{"发件人"},
                                 Words{"寄件者"},    Words{"寄件人"}, Words{"差出人"},
                                 Words{"보낸 사람"}, Words{"от"}};

constexpr std::array other_labels{
    Words{"sent"},       Words{"date"},       Words{"to"},         Words{"subject"},
    Words{"cc"},         Words{"gesendet"},   Words{"datum"},      Words{"an"},
    Words{"betreff"},    Words{"envoyé"},     Words{"à"},          Words{"objet"},
    Words{"enviado"},    Words{"enviado el"}, Words{"para"},       Words{"asunto"},
    Words{"fecha"},      Words{"enviada em"}, Words{"enviado em"}, Words{"data"},
    Words{"assunto"},    Words{"inviato"},    Words{"a"},          Words{"oggetto"},
    Words{"verzonden"},  Words{"aan"},        Words{"onderwerp"},  Words{"发送时间"},
    Words{"发送日期"},   Words{"日期"},       Words{"收件人"},     Words{"主题"},
    Words{"抄送"},       Words{"寄件日期"},   Words{"收件者"},     Words{"主旨"},
    Words{"送信日時"},   Words{"日時"},       Words{"日付"},       Words{"宛先"},
    Words{"件名"},       Words{"보낸 날짜"},  Words{"받는 사람"},  Words{"제목"},
    Words{"отправлено"}, Words{"кому"},       Words{"тема"}};

constexpr std::array mobile_signatures{
    Words{"sent from my "},    Words{"sent from outlook"}, Words{"sent from mail for"},
    Words{"sent from yahoo"},  Words{"sent from proton"},  Words{"sent via "},
    Words{"get outlook for "}, Words{"sent with "},        Words{"von meinem "},
    Words{"gesendet von "},    Words{"gesendet mit "},     Words{"envoyé de mon "},
    Words{"envoyé depuis "},   Words{"enviado desde mi "}, Words{"enviado do meu "},
    Words{"enviado de meu "},  Words{"enviado do "},       Words{"inviato da "},
    Words{"iphoneから送信"},   Words{"ipadから送信"},      Words{"androidから送信"},
    Words{"发自我的"},         Words{"發自我的"},          Words{"从我的"},
    Words{"나의 iphone에서"},  Words{"отправлено с "},     Words{"verstuurd vanaf "}};

constexpr size_t attribution_lines_max = 3;
constexpr size_t attribution_bytes_max = 500;
constexpr size_t header_lines_max = 8;
constexpr size_t signature_lines_max = 15;

// Lower case beyond ASCII matters for "À:" and "Кому:" alone, which the labels meet by fold().
std::string folded(std::string_view line) { return fold(trim(line)); }

std::string_view without_stars(std::string_view line) {
  line = trim(line);
  while (line.starts_with('*')) line.remove_prefix(1);
  while (line.ends_with('*')) line.remove_suffix(1);
  return trim(line);
}

// The line without its last colon, narrow or wide; nothing when it has none.
std::optional<std::string_view> before_last_colon(std::string_view line) {
  line = without_stars(line);
  if (line.ends_with("：")) return trim(line.substr(0, line.size() - 3));
  if (line.ends_with(':')) return trim(line.substr(0, line.size() - 1));
  return std::nullopt;
}

int64_t digits_in(std::string_view line) {
  return std::ranges::count_if(line, [](char c) { return c >= '0' && c <= '9'; });
}

bool names_time_or_address(std::string_view line) {
  return line.find('@') != line.npos || digits_in(line) >= 3;
}

bool next_is_marked(const std::vector<std::string>& lines, size_t at) {
  while (at < lines.size() && trim(lines[at]).empty()) ++at;
  return at < lines.size() && is_marked_line(lines[at]);
}

bool has_attribution_end(std::string_view said) {
  // German says who after the verb: "Am 3.4.2026 schrieb Ana <a@b.c>:".
  if (said.starts_with("Am ") && said.find(" schrieb ") != said.npos) return true;
  if (said.starts_with("Op ") && said.find(" schreef ") != said.npos) return true;
  return std::ranges::any_of(attribution_ends, [&](Words end) { return said.ends_with(end); });
}

// "2026年3月4日(水) 10:00 山田 <y@example.jp>:" and "2026-03-04 10:00 GMT+01:00 Ana
// <a@example.com>:".
bool is_dated_sender(std::string_view said) {
  constexpr int64_t digits_of_a_date = 6;
  return said.ends_with('>') && said.find('@') != said.npos && digits_in(said) >= digits_of_a_date;
}

bool is_attribution(std::string_view line, bool is_followed_by_marks) {
  const std::optional<std::string_view> said = before_last_colon(line);
  if (!said || said->size() > attribution_bytes_max) return false;
  if (is_dated_sender(*said)) return true;
  return has_attribution_end(*said) && (is_followed_by_marks || names_time_or_address(*said));
}

bool may_begin_attribution(std::string_view line) {
  line = trim(line);
  if (!line.empty() && line[0] >= '0' && line[0] <= '9') return true;
  return std::ranges::any_of(attribution_starts,
                             [&](Words start) { return line.starts_with(start); });
}

std::optional<QuoteStart> attribution_at(const std::vector<std::string>& lines, size_t at) {
  std::string joined;
  for (size_t count = 1; count <= attribution_lines_max && at + count <= lines.size(); ++count) {
    const std::string_view line = trim(lines[at + count - 1]);
    if (line.empty() || is_marked_line(line)) break;
    if (count == 2 && !may_begin_attribution(lines[at])) break;
    joined.append(joined.empty() ? "" : " ").append(line);
    if (joined.size() > attribution_bytes_max) break;
    if (is_attribution(joined, next_is_marked(lines, at + count)))
      return QuoteStart{at, at + count, QuoteKind::attribution};
  }
  return std::nullopt;
}

bool is_original_message_line(std::string_view line) {
  line = without_stars(line);
  size_t dashes = 0;
  while (dashes < line.size() && (line[dashes] == '-' || line[dashes] == '_')) ++dashes;
  if (dashes < 2) return false;
  line.remove_prefix(dashes);
  while (line.ends_with('-') || line.ends_with('_')) line.remove_suffix(1);
  const std::string said = folded(line);
  return std::ranges::any_of(original_message_words, [&](Words words) { return said == words; });
}

// "*From:* Ana" -> "from".
std::string label_of(std::string_view line) {
  constexpr size_t label_bytes_max = 40;
  line = without_stars(line);
  const size_t wide = line.find("：");
  const size_t colon = std::min(line.find(':'), wide);
  if (colon == line.npos || colon > label_bytes_max) return "";
  return folded(without_stars(line.substr(0, colon)));
}

template <size_t count>
bool is_among(const std::array<Words, count>& words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

// A From label and at least two other labels in the lines below it.
std::optional<QuoteStart> header_block_at(const std::vector<std::string>& lines, size_t at) {
  if (!is_among(from_labels, label_of(lines[at]))) return std::nullopt;
  size_t others = 0;
  size_t last = at;
  const size_t end = std::min(lines.size(), at + header_lines_max);
  for (size_t i = at + 1; i < end; ++i) {
    if (!is_among(other_labels, label_of(lines[i]))) continue;
    ++others;
    last = i;
  }
  if (others < 2) return std::nullopt;
  return QuoteStart{at, last + 1, QuoteKind::header};
}

bool is_ruler(std::string_view line) {
  line = trim(line);
  return line.size() >= 5 && line.find_first_not_of("_-") == line.npos;
}

bool announces_forward(std::string_view line) {
  const std::string said = folded(line);
  for (const Words word :
       {Words{"forwarded message"}, Words{"weitergeleitete nachricht"}, Words{"message transféré"},
        Words{"mensagem encaminhada"}, Words{"mensaje reenviado"}, Words{"messaggio inoltrato"},
        Words{"转发的邮件"}, Words{"転送メッセージ"}, Words{"转发邮件信息"}})
    if (said.find(word) != said.npos) return true;
  return false;
}

bool is_blank_before(const std::vector<std::string>& lines, size_t at) {
  return std::ranges::all_of(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(at),
                             [](const std::string& line) { return trim(line).empty(); });
}

}  // namespace

bool is_marked_line(std::string_view line) {
  line = trim(line);
  return line.starts_with('>') || line.starts_with("＞");
}

std::optional<QuoteStart> find_quote_start(const std::vector<std::string>& lines, size_t from) {
  for (size_t i = from; i < lines.size(); ++i) {
    if (trim(lines[i]).empty() || is_marked_line(lines[i])) continue;
    if (announces_forward(lines[i])) return std::nullopt;
    if (is_original_message_line(lines[i])) return QuoteStart{i, i + 1, QuoteKind::header};
    if (std::optional<QuoteStart> start = header_block_at(lines, i)) {
      // Text that begins with such a block was forwarded as a whole.
      if (is_blank_before(lines, i)) return std::nullopt;
      if (i > 0 && is_ruler(lines[i - 1])) --start->line;
      return start;
    }
    if (std::optional<QuoteStart> start = attribution_at(lines, i)) return start;
  }
  return std::nullopt;
}

size_t find_signature(const std::vector<std::string>& lines, size_t end) {
  size_t last = end;
  while (last > 0 && trim(lines[last - 1]).empty()) --last;
  size_t seen = 0;
  for (size_t i = last; i > 0 && seen <= signature_lines_max; --i) {
    const std::string_view line = lines[i - 1];
    if (line == "-- " || line == "--" || line == "--\xC2\xA0") return i - 1;
    if (!trim(line).empty()) ++seen;
  }
  constexpr size_t mobile_lines_max = 2;
  for (size_t i = last, looked = 0; i > 0 && looked < mobile_lines_max; --i) {
    const std::string said = folded(lines[i - 1]);
    if (said.empty()) continue;
    ++looked;
    constexpr size_t mobile_bytes_max = 120;
    if (said.size() <= mobile_bytes_max && std::ranges::any_of(mobile_signatures, [&](Words words) {
          return said.starts_with(words);
        }))
      return i - 1;
  }
  return end;
}

}  // namespace tandem::mail
