#pragma once

#include <string>
#include <vector>

#include "access/actor.h"
#include "records/record.h"

// Records that may be the same person or firm as one that is being typed, or that is there. They
// are looked for by the words of the search index and then compared, so that writing costs nothing
// more. Nothing is held back because of them: two people may share an address. Manual, Duplicates.

namespace tandem::crm {

constexpr size_t alike_shown_max = 10;
/// How many records of one word are compared. A number or a name of more says nothing.
constexpr int alike_compared_max = 50;

struct Alike {
  records::Record record;  // as the actor reads it
  std::string reason;      // email, phone or name
};

/// Those of leads and contacts, or of accounts, that share an address, a telephone number or the
/// whole name with `values`, the stronger reasons first; none of other modules. Only what the actor
/// may read and fields that the role shows: of `values`, and of what is found. `except` is left
/// out. Refuses: forbidden (no right to read the module).
Result<std::vector<Alike>> records_alike(db::Transaction& tx, const access::Actor& actor,
                                         const records::ModuleDef& module,
                                         const records::Changes& values, RecordId except = {});

/// Those of one that is there. Refuses: not_found, forbidden.
Result<std::vector<Alike>> records_alike_of(db::Transaction& tx, const access::Actor& actor,
                                            const records::ModuleDef& module, RecordId id);

}  // namespace tandem::crm
