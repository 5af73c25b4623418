#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/html_style.h"
#include "base/html_tree.h"
#include "base/remote_images.h"
#include "base/text.h"

// Why rebuild instead of strip: a filter that removes bad parts must know every bad part, and what
// it leaves is parsed a second time by a browser that may see it otherwise. Here only text and
// values that passed a check are written, always escaped, and never inside an element whose content
// is not plain markup (script, style, svg, textarea, …). So however the result is parsed, no
// element or attribute can appear that is not written below.

namespace tandem {

namespace {

constexpr int depth_max = 200;
constexpr int nodes_max = 50'000;
constexpr size_t url_bytes_max = 8'192;
constexpr size_t plain_attribute_bytes_max = 1'000;

constexpr std::array allowed_elements{
    GUMBO_TAG_A,          GUMBO_TAG_ABBR,       GUMBO_TAG_ADDRESS, GUMBO_TAG_ARTICLE,
    GUMBO_TAG_ASIDE,      GUMBO_TAG_B,          GUMBO_TAG_BDI,     GUMBO_TAG_BDO,
    GUMBO_TAG_BIG,        GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_BR,      GUMBO_TAG_CAPTION,
    GUMBO_TAG_CENTER,     GUMBO_TAG_CITE,       GUMBO_TAG_CODE,    GUMBO_TAG_COL,
    GUMBO_TAG_COLGROUP,   GUMBO_TAG_DD,         GUMBO_TAG_DEL,     GUMBO_TAG_DFN,
    GUMBO_TAG_DIV,        GUMBO_TAG_DL,         GUMBO_TAG_DT,      GUMBO_TAG_EM,
    GUMBO_TAG_FIGCAPTION, GUMBO_TAG_FIGURE,     GUMBO_TAG_FONT,    GUMBO_TAG_FOOTER,
    GUMBO_TAG_H1,         GUMBO_TAG_H2,         GUMBO_TAG_H3,      GUMBO_TAG_H4,
    GUMBO_TAG_H5,         GUMBO_TAG_H6,         GUMBO_TAG_HEADER,  GUMBO_TAG_HR,
    GUMBO_TAG_I,          GUMBO_TAG_IMG,        GUMBO_TAG_INS,     GUMBO_TAG_KBD,
    GUMBO_TAG_LI,         GUMBO_TAG_MAIN,       GUMBO_TAG_MARK,    GUMBO_TAG_NAV,
    GUMBO_TAG_OL,         GUMBO_TAG_P,          GUMBO_TAG_PRE,     GUMBO_TAG_Q,
    GUMBO_TAG_RP,         GUMBO_TAG_RT,         GUMBO_TAG_RUBY,    GUMBO_TAG_S,
    GUMBO_TAG_SAMP,       GUMBO_TAG_SECTION,    GUMBO_TAG_SMALL,   GUMBO_TAG_SPAN,
    GUMBO_TAG_STRIKE,     GUMBO_TAG_STRONG,     GUMBO_TAG_SUB,     GUMBO_TAG_SUP,
    GUMBO_TAG_TABLE,      GUMBO_TAG_TBODY,      GUMBO_TAG_TD,      GUMBO_TAG_TFOOT,
    GUMBO_TAG_TH,         GUMBO_TAG_THEAD,      GUMBO_TAG_TIME,    GUMBO_TAG_TR,
    GUMBO_TAG_TT,         GUMBO_TAG_U,          GUMBO_TAG_UL,      GUMBO_TAG_VAR,
    GUMBO_TAG_WBR};

bool is_one_of(GumboTag tag, const auto& tags) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

bool is_void(GumboTag tag) {
  constexpr std::array tags{GUMBO_TAG_BR, GUMBO_TAG_HR, GUMBO_TAG_IMG, GUMBO_TAG_COL,
                            GUMBO_TAG_WBR};
  return is_one_of(tag, tags);
}

bool is_table_part(GumboTag tag) {
  constexpr std::array tags{GUMBO_TAG_TABLE, GUMBO_TAG_TR,    GUMBO_TAG_TD,
                            GUMBO_TAG_TH,    GUMBO_TAG_COL,   GUMBO_TAG_COLGROUP,
                            GUMBO_TAG_TBODY, GUMBO_TAG_THEAD, GUMBO_TAG_TFOOT};
  return is_one_of(tag, tags);
}

/// The address as a browser would read it: blanks at the ends and line breaks inside do not count.
std::string normal_url(std::string_view url) {
  std::string out;
  for (const char c : url) {
    if (c != '\t' && c != '\n' && c != '\r') out += c;
  }
  const auto outer = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  out.erase(out.begin(), std::find_if_not(out.begin(), out.end(), outer));
  out.erase(std::find_if_not(out.rbegin(), out.rend(), outer).base(), out.end());
  return out;
}

bool has_control_chars(std::string_view url) {
  return std::any_of(url.begin(), url.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
}

bool starts_with_one_of(std::string_view url, const auto& prefixes) {
  return std::any_of(prefixes.begin(), prefixes.end(), [&](std::string_view prefix) {
    return starts_with_ignoring_ascii_case(url, prefix);
  });
}

bool is_web_address(std::string_view url) {
  constexpr std::array<std::string_view, 2> prefixes{"http://", "https://"};
  return url.size() <= url_bytes_max && !has_control_chars(url) &&
         starts_with_one_of(url, prefixes);
}

bool is_link_address(std::string_view url) {
  constexpr std::array<std::string_view, 2> prefixes{"mailto:", "tel:"};
  return is_web_address(url) || (url.size() <= url_bytes_max && !has_control_chars(url) &&
                                 starts_with_one_of(url, prefixes));
}

bool is_inline_image(std::string_view url) {
  if (starts_with_ignoring_ascii_case(url, "cid:"))
    return url.size() <= url_bytes_max && !has_control_chars(url);
  constexpr std::array<std::string_view, 5> prefixes{
      "data:image/png;base64,", "data:image/jpeg;base64,", "data:image/jpg;base64,",
      "data:image/gif;base64,", "data:image/webp;base64,"};
  if (!starts_with_one_of(url, prefixes)) return false;
  return std::all_of(url.begin() + ptrdiff_t(url.find(',')) + 1, url.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/' || c == '=';
  });
}

/// "12" or "50%", at most four digits.
bool is_size(std::string_view value) {
  if (value.ends_with('%')) value.remove_suffix(1);
  return !value.empty() && value.size() <= 4 &&
         std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool is_keyword(std::string_view value) {
  return !value.empty() && value.size() <= 20 &&
         std::all_of(value.begin(), value.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '-' || c == '+';
         });
}

bool is_plain_text(std::string_view value) { return value.size() <= plain_attribute_bytes_max; }
bool is_date_text(std::string_view value) { return !value.empty() && value.size() <= 40; }

class Rebuilder {
 public:
  std::string take() { return std::move(out_); }

  void children(const GumboNode& node, int depth) {
    const GumboVector& list = children_of(node);
    for (unsigned i = 0; i < list.length; ++i) {
      const GumboNode& next = child(list, i);
      if (++nodes_ > nodes_max || depth >= depth_max) {
        text_only(next);
      } else {
        one(next, depth);
      }
    }
  }

 private:
  void one(const GumboNode& node, int depth) {
    if (vanishes(node)) return;
    if (const std::optional<std::string_view> text = text_of(node)) {
      out_ += escape_html(*text);
      return;
    }
    const GumboElement* element = html_element(node);
    if (element == nullptr || !is_one_of(element->tag, allowed_elements)) {
      children(node, depth + 1);
      return;
    }
    const std::string_view name = gumbo_normalized_tagname(element->tag);
    out_ += '<';
    out_ += name;
    attributes(*element);
    out_ += '>';
    if (is_void(element->tag)) return;
    if (element->tag == GUMBO_TAG_PRE) keep_first_line_break(node);
    children(node, depth + 1);
    out_ += "</";
    out_ += name;
    out_ += '>';
  }

  /// Past the limits nothing but text is taken over, by an explicit stack: the rest may be deep.
  void text_only(const GumboNode& top) {
    std::vector<const GumboNode*> waiting{&top};
    while (!waiting.empty()) {
      const GumboNode& node = *waiting.back();
      waiting.pop_back();
      if (vanishes(node)) continue;
      if (const std::optional<std::string_view> text = text_of(node)) out_ += escape_html(*text);
      const GumboVector& list = children_of(node);
      for (unsigned i = list.length; i > 0; --i) waiting.push_back(&child(list, i - 1));
    }
  }

  /// A parser swallows a line break right after <pre>, so one that is content needs another before
  /// it.
  void keep_first_line_break(const GumboNode& node) {
    const GumboVector& list = children_of(node);
    if (list.length == 0) return;
    if (text_of(child(list, 0)).value_or("").starts_with('\n')) out_ += '\n';
  }

  void attributes(const GumboElement& element) {
    copy_if(element, "title", is_plain_text);
    copy_if(element, "lang", is_keyword);
    copy_if(element, "dir", is_keyword);
    copy_if(element, "align", is_keyword);
    if (const auto style = attribute(element, "style")) {
      const std::string safe = safe_style(*style);
      if (!safe.empty()) write("style", safe);
    }
    if (is_table_part(element.tag)) table_attributes(element);
    own_attributes(element);
  }

  void own_attributes(const GumboElement& element) {
    switch (element.tag) {
      case GUMBO_TAG_A: link(element); return;
      case GUMBO_TAG_IMG: image(element); return;
      case GUMBO_TAG_BLOCKQUOTE:
        copy_if(element, "type", is_keyword);
        return;  // type="cite" marks a quoted reply
      case GUMBO_TAG_OL:
      case GUMBO_TAG_UL:
        copy_if(element, "type", is_keyword);
        copy_if(element, "start", is_size);
        return;
      case GUMBO_TAG_LI: copy_if(element, "value", is_size); return;
      case GUMBO_TAG_HR: copy_if(element, "width", is_size); return;
      case GUMBO_TAG_TIME: copy_if(element, "datetime", is_date_text); return;
      case GUMBO_TAG_FONT:
        copy_if(element, "color", is_css_color);
        copy_if(element, "size", is_keyword);
        copy_if(element, "face", is_plain_text);
        return;
      default: return;  // gumbo's enum has 150 members; all others have no attribute of their own
    }
  }

  void table_attributes(const GumboElement& element) {
    for (const char* name : {"width", "height", "border", "cellpadding", "cellspacing", "colspan",
                             "rowspan", "span"}) {
      copy_if(element, name, is_size);
    }
    copy_if(element, "valign", is_keyword);
    copy_if(element, "bgcolor", is_css_color);
  }

  void link(const GumboElement& element) {
    const std::string url = normal_url(attribute(element, "href").value_or(""));
    if (!is_link_address(url)) return;
    write("href", url);
    write("rel", "noopener");
    write("target", "_blank");
  }

  void image(const GumboElement& element) {
    const std::string url = normal_url(attribute(element, "src").value_or(""));
    if (is_inline_image(url)) {
      write("src", url);
    } else if (is_web_address(url)) {
      write(parked_image_attribute, url);
    }
    copy_if(element, "alt", is_plain_text);
    copy_if(element, "width", is_size);
    copy_if(element, "height", is_size);
  }

  void copy_if(const GumboElement& element, const char* name, bool (*accepts)(std::string_view)) {
    const std::optional<std::string_view> value = attribute(element, name);
    if (value && accepts(*value)) write(name, *value);
  }

  void write(std::string_view name, std::string_view value) {
    out_ += ' ';
    out_ += name;
    out_ += "=\"";
    out_ += escape_html(value);
    out_ += '"';
  }

  std::string out_;
  int nodes_ = 0;
};

}  // namespace

std::string sanitise_html(std::string_view html) {
  const HtmlTree tree(html);
  if (tree.root() == nullptr) return "<p>" + escape_html(without_tags(tree.source())) + "</p>";
  Rebuilder rebuilder;
  rebuilder.children(*tree.root(), 0);
  return rebuilder.take();
}

}  // namespace tandem
