#pragma once

#include <string>

#include "records/search/search.h"

namespace tandem::records {

/// What the search of this database needs beside the modules. Nothing happens when it exists.
void create_search_tables(db::Transaction& tx);
void create_search_index(db::Transaction& tx, const std::string& module);

}  // namespace tandem::records
