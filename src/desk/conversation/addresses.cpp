#include "base/json.h"
#include "base/text.h"
#include "desk/conversation/replies.h"

namespace tandem::desk {

std::vector<Address> addresses_from_json(std::string_view json) {
  std::vector<Address> addresses;
  if (json.empty()) return addresses;
  const Result<Json> list = json_from_text(json);
  if (!list || !list->is_array()) return addresses;
  for (const Json& one : list->as_array()) {
    addresses.push_back({text_of(one, "name"), text_of(one, "address")});
  }
  return addresses;
}

std::string addresses_to_json(const std::vector<Address>& addresses) {
  JsonWriter json;
  json.begin_array();
  for (const Address& one : addresses) {
    json.begin_object();
    json.string("name", first_chars(one.name, 200)).string("address", one.address);
    json.end_object();
  }
  json.end_array();
  return json.take();
}

}  // namespace tandem::desk
