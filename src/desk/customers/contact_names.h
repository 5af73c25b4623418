#pragma once

#include "desk/desk.h"

namespace tandem::desk {

constexpr int contacts_indexed_at_once = 200;

/// Takes the next contacts into the search that were there before whole names were words of it:
/// 田中太郎 is the family name and then the first one, two fields. Once for each organisation, in
/// steps that a restart does not lose. Answers whether there is more to do.
bool index_contact_names(const Desk& desk);

}  // namespace tandem::desk
