#pragma once

#include <string>
#include <string_view>

#include "base/name_key.h"
#include "base/names.h"
#include "base/person_name.h"
#include "desk/desk.h"

namespace tandem::desk {

using tandem::PersonName;

/// As tandem::name_from, of a sender.
PersonName name_from(const Address& address);

}  // namespace tandem::desk
