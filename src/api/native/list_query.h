#pragma once

#include "api/native/call.h"
#include "views/viewed_module.h"

// What a list is asked for: the same for its page on the screen, its columns on the board, and its
// export.

namespace tandem::api::native {

constexpr size_t search_bytes_max = 500;
Refusal too_many_words(const char* field);

/// The view, the department, the words, the filter and the status of the query, joined. Refuses as
/// view_asked_for and filter_from_json do.
Result<views::ViewQuery> list_asked_for(db::Transaction& tx, const Call& call);
/// As asked for, or in the order of the view, or with what is most urgent first.
records::Sort sort_asked_for(const Call& call, const views::ViewQuery& view);

Result<records::Count> count_of_list(db::Transaction& tx, const Call& call,
                                     const views::ViewQuery& asked);
Result<records::Page> page_of_list(db::Transaction& tx, const Call& call,
                                   const views::ViewQuery& asked, records::Query query);

/// Tickets are also found by what was said on them.
Result<std::vector<records::Record>> search_one_module(db::Transaction& tx, const Call& call,
                                                       const records::ModuleDef& module,
                                                       std::string_view text, int limit,
                                                       operations::Reach reach);

}  // namespace tandem::api::native
