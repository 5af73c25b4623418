#pragma once

#include <gumbo.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tandem {

/// HTML longer than this is cut before it is parsed.
constexpr size_t html_bytes_max = 2 * 1'024 * 1'024;

/// The tree an HTML5 parser sees in hostile text. Only sanitise_html() and html_to_text() use it.
///
/// gumbo trusts its input: nesting, misnested formatting and long attribute lists make it take
/// quadratic time and memory, and it frees trees by recursion. So it allocates from a region that
/// is dropped in one go, and the region ends the parse when its budget of memory or processor time
/// is spent.
class HtmlTree {
 public:
  explicit HtmlTree(std::string_view html);
  ~HtmlTree();
  HtmlTree(const HtmlTree&) = delete;
  HtmlTree& operator=(const HtmlTree&) = delete;

  /// Null when the text asked for more than the budget: treat it as plain text then.
  const GumboNode* root() const { return root_; }
  /// The text that was parsed: valid UTF-8 of at most html_bytes_max bytes.
  std::string_view source() const { return source_; }

 private:
  class Region;
  std::string source_;
  std::unique_ptr<Region> region_;
  const GumboNode* root_ = nullptr;
};

/// The children of a node in order; empty for text and comments.
const GumboVector& children_of(const GumboNode& node);
inline const GumboNode& child(const GumboVector& children, unsigned index) {
  return *static_cast<const GumboNode*>(children.data[index]);
}
/// The text of a text node (also CDATA and white space), nothing for other nodes.
std::optional<std::string_view> text_of(const GumboNode& node);
/// The element of a node in the HTML namespace, null for everything else.
const GumboElement* html_element(const GumboNode& node);
/// The attribute's value with its entities read; nothing when absent.
std::optional<std::string_view> attribute(const GumboElement& element, const char* name);
/// The whole element vanishes with its content: scripts, styles, frames, forms' controls, media,
/// foreign content.
bool vanishes(const GumboNode& node);

/// What is left of HTML when everything between < and > is thrown away. For text that is too
/// complex to parse.
std::string without_tags(std::string_view html);

}  // namespace tandem
