#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/html_tree.h"
#include "base/text.h"

namespace tandem {

namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";

/// Builds lines from runs of text: white space collapses, and asking for a line break twice gives
/// one.
class Lines {
 public:
  explicit Lines(int64_t chars_max) : chars_max_(chars_max) {}

  void add(std::string_view text) {
    for (size_t i = 0; i < text.size() && !is_full(); ++i) {
      const char c = text[i];
      const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
      if (text.substr(i).starts_with(no_break_space)) {
        space_waits_ = true;
        ++i;
      } else if (space) {
        space_waits_ = true;
      } else {
        add_solid(c);
      }
    }
  }
  void add_preformatted(std::string_view text) {
    for (size_t i = 0; i < text.size() && !is_full(); ++i) {
      if (text[i] == '\n') {
        force_break();
      } else if (text[i] != '\r') {
        put(text[i]);
      }
    }
  }
  /// The next text starts on a new line.
  void want_break() { breaks_wanted_ = std::max(breaks_wanted_, 1); }
  /// The next text comes after an empty line.
  void want_paragraph() { breaks_wanted_ = 2; }
  /// <br>: several give empty lines, of which at most one is kept.
  void force_break() { breaks_wanted_ = std::min(breaks_wanted_ + 1, 2); }
  bool is_full() const { return chars_ > chars_max_; }
  std::string take() {
    const std::string_view bounded = first_chars(out_, chars_max_);
    return std::string(trim(bounded));
  }

 private:
  void add_solid(char c) {
    if (space_waits_ && breaks_wanted_ == 0 && !out_.empty() && out_.back() != '\n') count(' ');
    put(c);
  }
  void put(char c) {
    if (breaks_wanted_ > 0 && !out_.empty()) {
      for (int i = 0; i < breaks_wanted_; ++i) count('\n');
    }
    breaks_wanted_ = 0;
    space_waits_ = false;
    count(c);
  }
  void count(char c) {
    out_ += c;
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++chars_;
  }

  std::string out_;
  int64_t chars_max_ = 0;
  int64_t chars_ = 0;
  int breaks_wanted_ = 0;
  bool space_waits_ = false;
};

bool is_one_of(GumboTag tag, const auto& tags) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

bool is_paragraph(GumboTag tag) {
  constexpr std::array tags{GUMBO_TAG_P,     GUMBO_TAG_H1, GUMBO_TAG_H2, GUMBO_TAG_H3,
                            GUMBO_TAG_H4,    GUMBO_TAG_H5, GUMBO_TAG_H6, GUMBO_TAG_BLOCKQUOTE,
                            GUMBO_TAG_PRE,   GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_DL,
                            GUMBO_TAG_TABLE, GUMBO_TAG_HR};
  return is_one_of(tag, tags);
}

bool is_line(GumboTag tag) {
  constexpr std::array tags{
      GUMBO_TAG_DIV,     GUMBO_TAG_LI,       GUMBO_TAG_TR,      GUMBO_TAG_DT,
      GUMBO_TAG_DD,      GUMBO_TAG_ADDRESS,  GUMBO_TAG_ARTICLE, GUMBO_TAG_ASIDE,
      GUMBO_TAG_SECTION, GUMBO_TAG_HEADER,   GUMBO_TAG_FOOTER,  GUMBO_TAG_MAIN,
      GUMBO_TAG_NAV,     GUMBO_TAG_CENTER,   GUMBO_TAG_FIGURE,  GUMBO_TAG_FIGCAPTION,
      GUMBO_TAG_CAPTION, GUMBO_TAG_FIELDSET, GUMBO_TAG_FORM};
  return is_one_of(tag, tags);
}

void break_around(GumboTag tag, Lines& lines) {
  if (is_paragraph(tag)) {
    lines.want_paragraph();
  } else if (is_line(tag)) {
    lines.want_break();
  }
}

void enter(const GumboElement& element, Lines& lines) {
  break_around(element.tag, lines);
  if (element.tag == GUMBO_TAG_BR) lines.force_break();
  if (element.tag == GUMBO_TAG_LI) lines.add("- ");
  if (element.tag == GUMBO_TAG_TD || element.tag == GUMBO_TAG_TH) lines.add(" ");
  if (element.tag == GUMBO_TAG_IMG) lines.add(attribute(element, "alt").value_or(""));
}

/// A place in the walk: an explicit stack, because a mail may nest deeper than our own stack is.
struct Place {
  const GumboNode* node = nullptr;
  unsigned next_child = 0;
  bool preformatted = false;
};

void walk(const GumboNode& root, Lines& lines) {
  std::vector<Place> places{{&root}};
  while (!places.empty() && !lines.is_full()) {
    Place& place = places.back();
    const GumboVector& children = children_of(*place.node);
    if (place.next_child == children.length) {
      if (const GumboElement* element = html_element(*place.node))
        break_around(element->tag, lines);
      places.pop_back();
      continue;
    }
    const GumboNode& next = child(children, place.next_child++);
    if (vanishes(next)) continue;
    const bool preformatted = place.preformatted;
    if (const std::optional<std::string_view> text = text_of(next)) {
      preformatted ? lines.add_preformatted(*text) : lines.add(*text);
      continue;
    }
    const GumboElement* element = html_element(next);
    if (element != nullptr) enter(*element, lines);
    const bool is_pre = element != nullptr && element->tag == GUMBO_TAG_PRE;
    places.push_back({&next, 0, preformatted || is_pre});
  }
}

/// Where the link that starts at `from` ends; closing punctuation belongs to the sentence.
size_t link_end(std::string_view text, size_t from) {
  size_t end = std::min(text.find_first_of(" \t\r\n\f\"<>", from), text.size());
  while (end > from && std::string_view(".,;:!?'*_").find(text[end - 1]) != std::string_view::npos)
    --end;
  const std::string_view link = text.substr(from, end - from);
  if (link.ends_with(')') && link.find('(') == link.npos) --end;
  return end;
}

void append_line_with_links(std::string& out, std::string_view line) {
  size_t from = 0;
  while (from < line.size()) {
    const size_t at =
        std::min({line.find("https://", from), line.find("http://", from), line.size()});
    out += escape_html(line.substr(from, at - from));
    if (at == line.size()) return;
    const size_t end = link_end(line, at);
    const size_t bare = line.substr(at).starts_with("https://") ? 8 : 7;
    const std::string shown = escape_html(line.substr(at, end - at));
    if (end - at > bare) {
      out += "<a href=\"" + shown + "\" rel=\"noopener\" target=\"_blank\">" + shown + "</a>";
    } else {
      out += shown;
    }
    from = end;
  }
}

}  // namespace

std::string html_to_text(std::string_view html, int64_t chars_max) {
  const HtmlTree tree(html);
  Lines lines(chars_max);
  if (tree.root() == nullptr) {
    lines.add(without_tags(tree.source()));
  } else {
    walk(*tree.root(), lines);
  }
  return lines.take();
}

std::string text_to_html(std::string_view text) {
  std::string out;
  bool in_paragraph = false;
  for (size_t from = 0; from < text.size();) {
    const size_t end = std::min(text.find('\n', from), text.size());
    std::string_view line = text.substr(from, end - from);
    if (line.ends_with('\r')) line.remove_suffix(1);
    from = end + 1;
    if (trim(line).empty()) {
      if (in_paragraph) out += "</p>";
      in_paragraph = false;
      continue;
    }
    out += in_paragraph ? "<br>" : "<p>";
    in_paragraph = true;
    append_line_with_links(out, line);
  }
  if (in_paragraph) out += "</p>";
  return out;
}

}  // namespace tandem
