#include "operations/figures.h"

#include "operations/follow.h"
#include "operations/visible.h"

namespace tandem::operations {

namespace {

/// The filter with what the actor's lists show. Refuses what may not be asked.
Result<records::Filter> listed(const Actor& actor, const ModuleDef& module,
                               const records::Shape& shape, Follower& follower,
                               records::Filter filter) {
  TRY(access::require_right(actor, module, access::Right::read));
  TRY(may_ask(actor, module, filter));
  return follower.followed(shape,
                           records::all_of({listed_filter(actor, module), std::move(filter)}));
}

}  // namespace

Result<records::Count> count_far(db::Transaction& tx, const Actor& actor, const ModuleDef& module,
                                 const records::Filter& filter) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, module);
  Follower follower(tx, actor);
  const records::Filter whole = TRY(listed(actor, module, *shape, follower, filter));
  return records::count_up_to(tx, actor.org, *shape, whole, far_count_cap);
}

Result<std::vector<records::Group>> group_records(db::Transaction& tx, const Actor& actor,
                                                  const ModuleDef& module,
                                                  records::GroupQuery query) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, module);
  Follower follower(tx, actor);
  query.filter = TRY(listed(actor, module, *shape, follower, std::move(query.filter)));
  for (const std::string& key : query.by) TRY(may_sort(actor, module, {key, false}));
  for (const records::FigureOf& figure : query.figures)
    TRY(may_sort(actor, module, {figure.field, false}));
  return records::select_groups(tx, actor.org, *shape, query);
}

Result<std::vector<Record>> list_ordered(db::Transaction& tx, const Actor& actor,
                                         const ModuleDef& module, records::OrderedQuery query) {
  const records::ShapeRef shape = actor.catalogue->shape(tx, actor.org, module);
  Follower follower(tx, actor);
  query.filter = TRY(listed(actor, module, *shape, follower, std::move(query.filter)));
  for (const records::FieldOrder& order : query.order)
    TRY(may_sort(actor, module, {order.field, order.descending}));
  std::vector<Record> found = TRY(records::select_ordered(tx, actor.org, shape, query));
  follower.follow(found);
  for (Record& record : found) hide_fields(actor, record);
  return found;
}

}  // namespace tandem::operations
