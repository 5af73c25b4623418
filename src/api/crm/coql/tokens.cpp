#include "api/crm/coql/tokens.h"

#include <algorithm>

#include "base/text.h"

namespace tandem::api::crm_dialect::coql {

namespace {

bool begins_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '$';
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

constexpr int64_t near_chars_max = 20;

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::expected<std::vector<Token>, Fault> run() {
    std::vector<Token> tokens;
    while (true) {
      while (at_ < text_.size() && is_space(text_[at_])) step();
      Token token{.line = line_, .column = column_};
      if (at_ >= text_.size()) {
        tokens.push_back(std::move(token));
        return tokens;
      }
      if (!scan(token)) {
        return std::unexpected(
            Fault{.code = "SYNTAX_ERROR",
                  .near = std::string(first_chars(text_.substr(at_), near_chars_max)),
                  .line = token.line,
                  .column = token.column});
      }
      tokens.push_back(std::move(token));
    }
  }

 private:
  void step() {
    if (text_[at_] == '\n') {
      ++line_;
      column_ = 0;
    }
    ++column_;
    ++at_;
  }

  bool scan(Token& token) {
    const char c = text_[at_];
    if (begins_word(c)) {
      scan_word(token);
      return true;
    }
    const bool is_signed =
        (c == '-' || c == '+') && at_ + 1 < text_.size() && is_digit(text_[at_ + 1]);
    if (is_digit(c) || is_signed) {
      scan_number(token);
      return true;
    }
    if (c == '\'' || c == '"') return scan_text(token, c);
    return scan_symbol(token);
  }

  void scan_word(Token& token) {
    token.kind = Token::Kind::word;
    while (at_ < text_.size() &&
           (begins_word(text_[at_]) || is_digit(text_[at_]) || text_[at_] == '.')) {
      token.text += text_[at_];
      step();
    }
    token.folded = ascii_lower(token.text);
  }

  void scan_number(Token& token) {
    token.kind = Token::Kind::number;
    bool has_point = false;
    do {
      has_point = has_point || text_[at_] == '.';
      token.text += text_[at_];
      step();
    } while (at_ < text_.size() && (is_digit(text_[at_]) || (text_[at_] == '.' && !has_point)));
  }

  bool scan_text(Token& token, char quote) {
    token.kind = Token::Kind::text;
    const size_t start = at_;
    step();
    while (at_ < text_.size()) {
      const bool is_pair = text_.substr(at_).starts_with(std::string{quote, quote});
      if (text_[at_] == quote && !is_pair) break;
      const bool is_escape = is_pair || text_[at_] == '\\';
      if (is_escape && at_ + 1 < text_.size()) step();
      token.text += text_[at_];
      step();
    }
    if (at_ >= text_.size()) {
      at_ = start;  // the fault is where the quote was opened
      return false;
    }
    step();
    return true;
  }

  bool scan_symbol(Token& token) {
    token.kind = Token::Kind::symbol;
    for (const std::string_view symbol : {"<=", ">=", "!=", "<>", "=", "<", ">", "(", ")", ","}) {
      if (!text_.substr(at_).starts_with(symbol)) continue;
      token.text = symbol == "<>" ? "!=" : std::string(symbol);
      for (size_t taken = 0; taken < symbol.size(); ++taken) step();
      return true;
    }
    return false;
  }

  std::string_view text_;
  size_t at_ = 0;
  int line_ = 1;
  int column_ = 1;
};

}  // namespace

bool is_name(std::string_view text) {
  return !text.empty() && begins_word(text.front()) &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return begins_word(c) || is_digit(c) || c == '.'; });
}

std::expected<std::vector<Token>, Fault> tokens_of(std::string_view text) {
  return Scanner(text).run();
}

}  // namespace tandem::api::crm_dialect::coql
