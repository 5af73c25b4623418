#include <algorithm>
#include <array>
#include <cctype>
#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "mail/quote.h"
#include "mail/quote_lines.h"

// HTML is read twice over here: for elements by which programs mark quotations (gmail_quote,
// blockquote type=cite), and for visible lines that announce one in words. Both give byte positions
// at element borders; the first that holds wins.

namespace tandem::mail {
namespace {

constexpr size_t html_lines_max = 20'000;
constexpr size_t marks_max = 200;

enum class MarkKind { quote, signature };

struct Mark {
  MarkKind kind = MarkKind::quote;
  size_t start = 0;
  size_t end = 0;
  std::string element;
  int depth = 0;
  bool is_open = true;
};

struct VisibleLine {
  size_t start = 0;
  std::string text;
};

struct Tag {
  std::string name;
  std::string_view attributes;
  bool is_end = false;
  size_t end = 0;
};

constexpr std::array block_elements{"p",     "div",        "br",    "tr",  "li",   "ul",     "ol",
                                    "table", "blockquote", "hr",    "h1",  "h2",   "h3",     "h4",
                                    "h5",    "h6",         "tbody", "pre", "body", "section"};

constexpr std::array quote_marks{"gmail_quote",
                                 "moz-cite-prefix",
                                 "yahoo_quoted",
                                 "protonmail_quote",
                                 "tutanota_quote",
                                 "zmail_extra",
                                 "appendonsend",
                                 "divrplyfwdmsg",
                                 "outlookmessageheader",
                                 "isreplycontent",
                                 "isforwardcontent",
                                 "ntes-mailmaster-quote",
                                 "mail-editor-reference-message-container",
                                 "name=\"quote\""};

constexpr std::array signature_marks{
    "gmail_signature",    "moz-signature",    "ms-outlook-mobile-signature",
    "applemailsignature", "id=\"signature\"", "protonmail_signature_block"};

template <size_t count>
bool holds_any(std::string_view text, const std::array<const char*, count>& words) {
  return std::ranges::any_of(words, [&](const char* word) { return text.find(word) != text.npos; });
}

class HtmlScan {
 public:
  explicit HtmlScan(std::string_view html) : html_(html) { scan(); }
  std::vector<VisibleLine> lines;
  std::vector<Mark> marks;

  /// Whether anything can be read in [from, to).
  bool has_text(size_t from, size_t to) const;

 private:
  void scan();
  Tag read_tag(size_t at) const;
  size_t skip_content(const std::string& element, size_t from) const;
  void on_tag(const Tag& tag, size_t at);
  void open_mark(const Tag& tag, size_t at);
  void close_marks(const std::string& element, int depth, size_t end);
  void take_text(size_t from, size_t to);
  void end_line();

  std::string_view html_;
  VisibleLine line_;
  // Where text that comes next would begin, its opening elements included.
  size_t next_start_ = 0;
  int div_depth_ = 0, blockquote_depth_ = 0, other_depth_ = 0;
  std::vector<size_t> text_ends_;
};

Tag HtmlScan::read_tag(size_t at) const {
  Tag tag;
  size_t i = at + 1;
  if (i < html_.size() && html_[i] == '/') {
    tag.is_end = true;
    ++i;
  }
  const size_t name_start = i;
  while (i < html_.size() &&
         (std::isalnum(static_cast<unsigned char>(html_[i])) || html_[i] == ':'))
    ++i;
  tag.name = ascii_lower(html_.substr(name_start, std::min<size_t>(i - name_start, 32)));
  const size_t attributes = i;
  char quote = 0;
  for (; i < html_.size(); ++i) {
    if (quote != 0) {
      if (html_[i] == quote) quote = 0;
    } else if (html_[i] == '"' || html_[i] == '\'') {
      quote = html_[i];
    } else if (html_[i] == '>') {
      break;
    }
  }
  tag.attributes = html_.substr(attributes, i - attributes);
  tag.end = std::min(i + 1, html_.size());
  return tag;
}

// Past the content of an element that shows nothing.
size_t HtmlScan::skip_content(const std::string& element, size_t from) const {
  for (size_t at = html_.find("</", from); at != html_.npos; at = html_.find("</", at + 2))
    if (starts_with_ignoring_ascii_case(html_.substr(at + 2), element)) return at;
  return html_.size();
}

void HtmlScan::scan() {
  size_t at = 0;
  while (at < html_.size() && lines.size() < html_lines_max) {
    const size_t open = html_.find('<', at);
    take_text(at, std::min(open, html_.size()));
    if (open == html_.npos) break;
    if (html_.substr(open).starts_with("<!--")) {
      const size_t end = html_.find("-->", open + 4);
      at = end == html_.npos ? html_.size() : end + 3;
      continue;
    }
    const Tag tag = read_tag(open);
    if (tag.name.empty() && !html_.substr(open).starts_with("<!") &&
        !html_.substr(open).starts_with("<?")) {
      take_text(open, open + 1);
      at = open + 1;
      continue;
    }
    on_tag(tag, open);
    at = tag.end;
    if (!tag.is_end && (tag.name == "style" || tag.name == "script" || tag.name == "title"))
      at = skip_content(tag.name, at);
  }
  end_line();
  for (Mark& mark : marks)
    if (mark.is_open) mark.end = html_.size();
}

void HtmlScan::on_tag(const Tag& tag, size_t at) {
  if (std::ranges::find(block_elements, tag.name) == block_elements.end()) {
    if (!tag.is_end && holds_any(ascii_lower(tag.attributes), signature_marks)) open_mark(tag, at);
    return;
  }
  end_line();
  int& depth = tag.name == "div"          ? div_depth_
               : tag.name == "blockquote" ? blockquote_depth_
                                          : other_depth_;
  if (tag.is_end) {
    --depth;
    close_marks(tag.name, depth, tag.end);
    next_start_ = tag.end;
    return;
  }
  open_mark(tag, at);
  ++depth;
}

void HtmlScan::open_mark(const Tag& tag, size_t at) {
  if (marks.size() >= marks_max) return;
  const std::string attributes = ascii_lower(tag.attributes);
  const bool is_cite =
      tag.name == "blockquote" && (attributes.find("type=\"cite\"") != attributes.npos ||
                                   attributes.find("type=cite") != attributes.npos);
  const bool is_signature = holds_any(attributes, signature_marks);
  if (!is_cite && !is_signature && !holds_any(attributes, quote_marks)) return;
  const int depth = tag.name == "div"          ? div_depth_
                    : tag.name == "blockquote" ? blockquote_depth_
                                               : other_depth_;
  const bool is_tracked = tag.name == "div" || tag.name == "blockquote";
  marks.push_back({is_signature ? MarkKind::signature : MarkKind::quote, at,
                   is_tracked ? tag.end : html_.size(), tag.name, depth, is_tracked});
}

void HtmlScan::close_marks(const std::string& element, int depth, size_t end) {
  for (Mark& mark : marks) {
    if (!mark.is_open || mark.element != element || mark.depth != depth) continue;
    mark.is_open = false;
    mark.end = end;
  }
}

// The few entities that matter to recognise a line.
std::string readable(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i);
    const auto take = [&](std::string_view entity, char c) {
      if (!rest.starts_with(entity)) return false;
      out += c;
      i += entity.size() - 1;
      return true;
    };
    if (text[i] == '\n' || text[i] == '\r' || text[i] == '\t') {
      out += ' ';
    } else if (rest.starts_with("\xC2\xA0")) {
      out += ' ';
      ++i;
    } else if (!take("&lt;", '<') && !take("&gt;", '>') && !take("&amp;", '&') &&
               !take("&nbsp;", ' ') && !take("&quot;", '"') && !take("&#39;", '\'')) {
      out += text[i];
    }
  }
  return out;
}

void HtmlScan::take_text(size_t from, size_t to) {
  if (from >= to) return;
  const std::string text = readable(html_.substr(from, to - from));
  const bool is_blank = trim(text).empty();
  if (is_blank && line_.text.empty()) return;
  if (line_.text.empty()) line_.start = std::min(next_start_, from);
  constexpr size_t line_bytes_max = 4'000;
  if (line_.text.size() < line_bytes_max) line_.text += text;
  if (!is_blank) text_ends_.push_back(to);
}

void HtmlScan::end_line() {
  if (line_.text.empty()) return;
  // HTML shows runs of spaces as one, but "-- " keeps its space.
  const bool is_dashes = trim(line_.text) == "--";
  std::string text(trim(line_.text));
  lines.push_back({line_.start, is_dashes ? "-- " : std::move(text)});
  line_ = {};
  next_start_ = text_ends_.empty() ? 0 : text_ends_.back();
}

bool HtmlScan::has_text(size_t from, size_t to) const {
  const auto next = std::ranges::upper_bound(text_ends_, from);
  return next != text_ends_.end() && *next <= to;
}

std::vector<std::string> texts_of(const std::vector<VisibleLine>& lines, size_t before) {
  std::vector<std::string> texts;
  for (const VisibleLine& line : lines)
    if (line.start < before) texts.push_back(line.text);
  return texts;
}

bool begins_with_forward(const HtmlScan& scan, const Mark& mark) {
  const auto inside =
      std::ranges::find_if(scan.lines, [&](const VisibleLine& l) { return l.start >= mark.start; });
  if (inside == scan.lines.end()) return false;
  const std::string said = fold(inside->text);
  return said.find("forwarded message") != said.npos || said.find("weitergeleitet") != said.npos ||
         said.find("encaminhada") != said.npos || said.find("转发") != said.npos ||
         said.find("転送") != said.npos;
}

// The first element that quotes to the end; text behind it means that the sender answered between
// the lines.
size_t cut_by_marks(const HtmlScan& scan, size_t size) {
  for (const Mark& mark : scan.marks) {
    if (mark.kind != MarkKind::quote) continue;
    if (begins_with_forward(scan, mark)) return size;
    const bool is_header = mark.element != "blockquote" && !scan.has_text(mark.start, mark.end);
    if (is_header || !scan.has_text(mark.end, size)) return mark.start;
    // Outlook and Thunderbird mark only the line above the quotation: what is below decides.
    const auto below = std::ranges::find_if(scan.marks, [&](const Mark& m) {
      return m.kind == MarkKind::quote && m.start >= mark.end && !scan.has_text(mark.end, m.start);
    });
    if (below != scan.marks.end() && !scan.has_text(below->end, size)) return mark.start;
    if (mark.element == "div" && below == scan.marks.end()) {
      const std::vector<std::string> inside = texts_of(scan.lines, mark.end);
      size_t first = 0;
      while (first < scan.lines.size() && scan.lines[first].start < mark.start) ++first;
      const std::optional<QuoteStart> start = find_quote_start(inside, first);
      if (start && start->kind == QuoteKind::header) return mark.start;
    }
    return size;
  }
  return size;
}

size_t cut_by_words(const HtmlScan& scan, size_t size) {
  const std::vector<std::string> texts = texts_of(scan.lines, size);
  const std::optional<QuoteStart> start = find_quote_start(texts);
  if (!start) return size;
  const size_t cut = scan.lines[start->line].start;
  if (start->kind == QuoteKind::header) return cut;
  for (const Mark& mark : scan.marks) {
    const bool is_right_below = mark.kind == MarkKind::quote && mark.end > cut;
    if (is_right_below && scan.has_text(mark.end, size)) return size;
    if (is_right_below) return cut;
  }
  return cut;
}

size_t signature_start(const HtmlScan& scan, size_t cut) {
  for (const Mark& mark : scan.marks)
    if (mark.kind == MarkKind::signature && mark.start < cut &&
        !scan.has_text(std::min(mark.end, cut), cut))
      return mark.start;
  const std::vector<std::string> texts = texts_of(scan.lines, cut);
  const size_t line = find_signature(texts, texts.size());
  return line < texts.size() ? scan.lines[line].start : cut;
}

}  // namespace

SplitBody split_quoted_html(std::string_view html) {
  const HtmlScan scan(html);
  const size_t by_marks = cut_by_marks(scan, html.size());
  const size_t cut = std::min(by_marks, cut_by_words(scan, html.size()));
  const size_t signature = signature_start(scan, cut);
  SplitBody split;
  const bool shows_image = ascii_lower(html.substr(0, signature)).find("<img") != std::string::npos;
  if (!scan.has_text(0, signature) && !shows_image) {
    split.fresh = std::string(html);
    return split;
  }
  split.fresh = std::string(html.substr(0, signature));
  split.signature = std::string(html.substr(signature, cut - signature));
  split.quoted = std::string(html.substr(cut));
  return split;
}

}  // namespace tandem::mail
