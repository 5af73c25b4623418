#include "desk/customers/person_name.h"

namespace tandem::desk {

PersonName name_from(const Address& address) {
  return tandem::name_from(address.name, address.address);
}

}  // namespace tandem::desk
