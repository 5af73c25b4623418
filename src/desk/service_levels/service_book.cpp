#include "desk/service_levels/service_book.h"

#include "desk/kept_by_organisation.h"
#include "desk/service_levels/business_hours.h"
#include "desk/tickets/open_ticket_walks.h"
#include "desk/tickets/ticket_conditions.h"
#include "records/filter_meets.h"

namespace tandem::desk {

using records::Filter;

namespace {

KeptByOrganisation<ServiceBook>& kept_books() {
  static KeptByOrganisation<ServiceBook> kept;
  return kept;
}

void names_in(const Filter& filter, std::set<std::string>& names) {
  if (filter.kind == Filter::Kind::field) names.insert(filter.field);
  for (const Filter& part : filter.parts) names_in(part, names);
}

TicketConditions conditions_at(const ServiceLevel& level, const records::Shape& shape,
                               Instant now) {
  Result<TicketConditions> read =
      read_ticket_conditions(level.conditions_json, shape, now, "a policy");
  return read ? std::move(*read) : TicketConditions{.filter = records::nothing()};
}

void read_policies(db::Transaction& tx, OrgId org, ServiceBook& book) {
  for (ServiceLevel& level : active_service_levels(tx, org)) {
    TicketConditions read = conditions_at(level, *book.shape, tx.now());
    names_in(read.filter, book.asked_for);
    book.policies.push_back({std::move(level), std::move(read.filter), read.depends_on_the_time});
  }
}

void read_hours(db::Transaction& tx, OrgId org, ServiceBook& book) {
  for (NamedHours& named : all_business_hours(tx, org)) {
    if (named.is_usual) book.usual_hours = named.id;
    for (const int64_t department : named.department_ids) {
      book.hours_by_department[department] = named.id.value;
    }
    book.hours[named.id.value] = std::move(named.hours);
  }
}

}  // namespace

const ServiceLevel* ServiceBook::find(RecordId policy) const {
  for (const ReadyPolicy& one : policies) {
    if (one.level.id == policy) return &one.level;
  }
  return nullptr;
}

const ServiceLevel* ServiceBook::first_that_fits(const records::Record& ticket, Instant now) const {
  for (const ReadyPolicy& one : policies) {
    const bool fits = one.depends_on_the_time
                          ? records::meets(ticket, conditions_at(one.level, *shape, now).filter)
                          : records::meets(ticket, one.conditions);
    if (fits) return &one.level;
  }
  return nullptr;
}

RecordId ServiceBook::hours_of_department(RecordId department) const {
  const auto own = hours_by_department.find(department.value);
  return own == hours_by_department.end() ? usual_hours : RecordId{own->second};
}

const BusinessHours& ServiceBook::hours_of(RecordId id) const {
  static const BusinessHours always = always_open();
  const auto found = hours.find(id.value);
  return found == hours.end() ? always : found->second;
}

std::shared_ptr<const ServiceBook> service_book(db::Transaction& tx, OrgId org,
                                                const records::ShapeRef& tickets) {
  const int64_t version =
      tx.integer("SELECT service_levels_version FROM organisations WHERE id = $1", {org.value});
  if (auto kept = kept_books().find(org, version, tickets)) return kept;
  const auto book = std::make_shared<ServiceBook>();
  book->version = version;
  book->shape = tickets;
  read_policies(tx, org, *book);
  read_hours(tx, org, *book);
  kept_books().keep(org, book);
  return book;
}

// A new id and not the next number: a rolled back change must not leave a version behind that
// another change uses again.
void renew_service_book(db::Transaction& tx, OrgId org) {
  tx.execute("UPDATE organisations SET service_levels_version = $2 WHERE id = $1",
             {org.value, tx.new_id()});
  start_walk(tx, org, Walk::service_levels);
}

}  // namespace tandem::desk
