#include "base/html_tree.h"

#include <setjmp.h>
#include <time.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include "base/instant.h"
#include "base/text.h"

namespace tandem {

namespace {

constexpr size_t region_bytes_max = 64 * 1'024 * 1'024;
constexpr size_t region_block_bytes = 256 * 1'024;
constexpr int64_t parse_cpu_ms_max = 1'000;
constexpr int allocations_per_clock_look = 64;

/// Where a failed assertion of gumbo goes on this thread; null outside a parse.
thread_local jmp_buf* assertion_exit = nullptr;

/// The thread's own processor time, so that a busy machine does not change what a mail looks like.
int64_t thread_cpu_ms() {
  timespec at{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &at);
  return at.tv_sec * second_ms + at.tv_nsec / 1'000'000;
}

std::string bounded_utf8(std::string_view html) {
  std::string_view cut = html.substr(0, html_bytes_max);
  while (cut.size() < html.size() && !cut.empty() &&
         (static_cast<unsigned char>(html[cut.size()]) & 0xC0) == 0x80) {
    cut.remove_suffix(1);
  }
  return to_utf8_lossy(cut);
}

}  // namespace

}  // namespace tandem

/// Debian's gumbo keeps its assertions, and some mails break them (found by fuzzing: text inside
/// odd tables). glibc would end the whole server for it; here the parse ends instead, and the mail
/// is shown as text. gumbo's calls come here because the program's own definition goes before the C
/// library's. Assertions of everyone else still abort.
extern "C" void __assert_fail(const char* assertion, const char* file, unsigned line,
                              const char* function) noexcept {
  if (tandem::assertion_exit != nullptr) longjmp(*tandem::assertion_exit, 1);
  std::fprintf(stderr, "%s:%u: %s: Assertion `%s' failed.\n", file, line, function, assertion);
  std::abort();
}

namespace tandem {

class HtmlTree::Region {
 public:
  Region() = default;
  Region(const Region&) = delete;
  Region& operator=(const Region&) = delete;
  ~Region() {
    for (void* block : blocks_) std::free(block);
  }

  /// The root of the parsed text, or null when the budget was spent. gumbo is C: the way out of it
  /// is longjmp, which is sound because no frame between here and take() owns anything.
  const GumboNode* parse(const char* text, size_t size) {
    if (setjmp(spent_) != 0) {
      assertion_exit = nullptr;
      return nullptr;
    }
    assertion_exit = &spent_;
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = [](void* region, size_t bytes) {
      return static_cast<Region*>(region)->take(bytes);
    };
    options.deallocator = [](void*, void*) {};
    options.userdata = this;
    options.max_errors = 0;
    const GumboOutput* output = gumbo_parse_with_options(&options, text, size);
    assertion_exit = nullptr;
    return output->document;
  }

 private:
  void* take(size_t bytes) {
    const size_t wanted = (bytes + 15) & ~size_t(15);
    if (--until_clock_look_ <= 0) {
      until_clock_look_ = allocations_per_clock_look;
      if (thread_cpu_ms() > deadline_cpu_ms_) longjmp(spent_, 1);
    }
    if (wanted > left_) add_block(std::max(wanted, region_block_bytes));
    void* out = next_;
    next_ += wanted;
    left_ -= wanted;
    return out;
  }

  void add_block(size_t bytes) {
    if (taken_ + bytes > region_bytes_max) longjmp(spent_, 1);
    blocks_.reserve(region_bytes_max / region_block_bytes + 1);
    void* block = std::malloc(bytes);
    if (block == nullptr) longjmp(spent_, 1);
    blocks_.push_back(block);
    taken_ += bytes;
    next_ = static_cast<char*>(block);
    left_ = bytes;
  }

  jmp_buf spent_{};
  std::vector<void*> blocks_;
  char* next_ = nullptr;
  size_t left_ = 0;
  size_t taken_ = 0;
  int until_clock_look_ = 0;
  int64_t deadline_cpu_ms_ = thread_cpu_ms() + parse_cpu_ms_max;
};

namespace {

constexpr int open_elements_max = 1'000;

bool is_name_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// Elements that the parser closes by itself, or that never hold anything: many of them in a row
/// are no depth.
bool closes_by_itself(std::string_view name) {
  for (const std::string_view known :
       {"p",    "li",   "td",    "th",     "tr",    "dd",    "dt",    "option",
        "br",   "hr",   "img",   "input",  "meta",  "link",  "col",   "wbr",
        "area", "base", "embed", "source", "track", "tbody", "thead", "tfoot"}) {
    if (equal_ignoring_ascii_case(name, known)) return true;
  }
  return false;
}

/// Whether more elements stand open at once than any letter needs. gumbo looks through all of them
/// at each tag, so that a hundred kilobytes of "<div>" would cost seconds; counting beforehand
/// costs nothing.
bool nests_too_deep(std::string_view html) {
  int open = 0;
  for (size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const bool closes = at + 1 < html.size() && html[at + 1] == '/';
    const size_t start = at + (closes ? 2 : 1);
    size_t end = start;
    while (end < html.size() && is_name_letter(html[end])) ++end;
    if (end == start || closes_by_itself(html.substr(start, end - start))) continue;
    open = std::max(0, open + (closes ? -1 : 1));
    if (open > open_elements_max) return true;
  }
  return false;
}

}  // namespace

HtmlTree::HtmlTree(std::string_view html)
    : source_(bounded_utf8(html)), region_(std::make_unique<Region>()) {
  if (!nests_too_deep(source_)) root_ = region_->parse(source_.data(), source_.size());
}

HtmlTree::~HtmlTree() = default;

const GumboVector& children_of(const GumboNode& node) {
  static const GumboVector none{nullptr, 0, 0};
  switch (node.type) {
    case GUMBO_NODE_DOCUMENT: return node.v.document.children;
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE: return node.v.element.children;
    case GUMBO_NODE_TEXT:
    case GUMBO_NODE_CDATA:
    case GUMBO_NODE_COMMENT:
    case GUMBO_NODE_WHITESPACE: return none;
  }
  return none;
}

std::optional<std::string_view> text_of(const GumboNode& node) {
  const bool is_text = node.type == GUMBO_NODE_TEXT || node.type == GUMBO_NODE_CDATA ||
                       node.type == GUMBO_NODE_WHITESPACE;
  if (!is_text) return std::nullopt;
  return node.v.text.text;
}

const GumboElement* html_element(const GumboNode& node) {
  if (node.type != GUMBO_NODE_ELEMENT) return nullptr;
  return node.v.element.tag_namespace == GUMBO_NAMESPACE_HTML ? &node.v.element : nullptr;
}

std::optional<std::string_view> attribute(const GumboElement& element, const char* name) {
  const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
  if (found == nullptr) return std::nullopt;
  return found->value;
}

bool vanishes(const GumboNode& node) {
  if (node.type == GUMBO_NODE_COMMENT || node.type == GUMBO_NODE_TEMPLATE) return true;
  if (node.type != GUMBO_NODE_ELEMENT) return false;
  const GumboElement* element = html_element(node);
  if (element == nullptr) return true;  // svg and math
  constexpr std::array gone{
      GUMBO_TAG_SCRIPT,    GUMBO_TAG_STYLE,    GUMBO_TAG_NOSCRIPT, GUMBO_TAG_HEAD,
      GUMBO_TAG_TITLE,     GUMBO_TAG_IFRAME,   GUMBO_TAG_FRAME,    GUMBO_TAG_FRAMESET,
      GUMBO_TAG_NOFRAMES,  GUMBO_TAG_OBJECT,   GUMBO_TAG_EMBED,    GUMBO_TAG_NOEMBED,
      GUMBO_TAG_APPLET,    GUMBO_TAG_PARAM,    GUMBO_TAG_AUDIO,    GUMBO_TAG_VIDEO,
      GUMBO_TAG_SOURCE,    GUMBO_TAG_TRACK,    GUMBO_TAG_CANVAS,   GUMBO_TAG_MAP,
      GUMBO_TAG_AREA,      GUMBO_TAG_TEMPLATE, GUMBO_TAG_INPUT,    GUMBO_TAG_SELECT,
      GUMBO_TAG_TEXTAREA,  GUMBO_TAG_BUTTON,   GUMBO_TAG_DATALIST, GUMBO_TAG_LINK,
      GUMBO_TAG_META,      GUMBO_TAG_BASE,     GUMBO_TAG_SVG,      GUMBO_TAG_MATH,
      GUMBO_TAG_PLAINTEXT, GUMBO_TAG_XMP,      GUMBO_TAG_LISTING,  GUMBO_TAG_BGSOUND,
      GUMBO_TAG_PROGRESS,  GUMBO_TAG_METER,    GUMBO_TAG_KEYGEN};
  return std::find(gone.begin(), gone.end(), element->tag) != gone.end();
}

std::string without_tags(std::string_view html) {
  std::string out;
  for (size_t at = 0; at < html.size();) {
    const size_t open = std::min(html.find('<', at), html.size());
    out += html.substr(at, open - at);
    if (open == html.size()) break;
    const size_t close = html.find('>', open);
    if (close == html.npos) break;
    out += ' ';
    at = close + 1;
  }
  return out;
}

}  // namespace tandem
