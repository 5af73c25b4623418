#include "desk/ratings/ratings.h"

#include "access/organisations.h"
#include "base/text.h"
#include "desk/customers/contact_addresses.h"
#include "desk/modules.h"
#include "desk/rows.h"
#include "operations/visible.h"
#include "records/filter_compile.h"

namespace tandem::desk {

using records::Record;

namespace {

constexpr int ratings_of_ticket_max = 200;
constexpr const char* rating_columns =
    "SELECT thread_id, ticket_id, contact_id, account_id, agent_id, department_id, rating, remark, "
    "rated_at FROM ratings AS given WHERE org_id = $1";

Refusal gone() { return not_found("This ticket is not here any more."); }

/// The message that is rated, wherever its ticket is by now, and who rates it.
struct Rated {
  Record thread;
  Record ticket;
  Record contact;
};

Result<Rated> rated_by(db::Transaction& tx, const access::Actor& program, const RatingLink& link) {
  Result<Record> thread = read_row(tx, program, threads_module(), link.thread);
  if (!thread) return gone();
  Result<Record> ticket = read_row(tx, program, tickets_module(), thread->get("ticket").id());
  Result<Record> contact =
      read_row(tx, program, contacts_module(), contact_in_force(tx, link.org, link.contact));
  if (!ticket || !contact) return gone();
  return Rated{std::move(*thread), std::move(*ticket), std::move(*contact)};
}

GivenRating rating_from(const db::RowView& row) {
  return {.thread = RecordId{row.integer(0)},
          .ticket = RecordId{row.integer(1)},
          .contact = RecordId{row.integer(2)},
          .account = RecordId{row.integer(3)},
          .agent = RecordId{row.integer(4)},
          .department = RecordId{row.integer(5)},
          .rating = std::string(row.text(6)),
          .remark = std::string(row.text(7)),
          .at = Instant{row.integer(8)}};
}

std::vector<GivenRating> read_ratings(db::Transaction& tx, const records::Statement& statement) {
  std::vector<GivenRating> found;
  tx.for_each(statement.text, statement.args, [&](const db::RowView& row) {
    found.push_back(rating_from(row));
    return true;
  });
  return found;
}

struct Before {
  std::string rating;
  std::string remark;
  int64_t given = 0;
};

Before before_of(db::Transaction& tx, OrgId org, RecordId thread) {
  const auto row =
      tx.row("SELECT rating, remark, given FROM ratings WHERE org_id = $1 AND thread_id = $2",
             {org.value, thread.value});
  if (!row) return {};
  return {row->text(0), row->text(1), row->integer(2)};
}

Result<std::string> fit_remark(const std::string& remark) {
  std::string fit(trim(to_utf8_lossy(remark)));
  if (count_chars(fit) > rating_remark_chars_max) {
    return invalid("remark", "too_long", "Shorten your comment to 1,000 characters.");
  }
  return fit;
}

/// The customer acts by the link in a mail.
access::Actor acting_contact(const Desk& desk, OrgId org, const Record& contact) {
  access::Actor actor;
  actor.catalogue = &desk.catalogue;
  actor.org = org;
  actor.kind = access::ActorKind::contact;
  actor.id = contact.id;
  actor.name = contact.title;
  actor.email = contact.get("email").text();
  actor.path = access::Path::mail;
  return actor;
}

void write_rating(db::Transaction& tx, OrgId org, const Rated& rated, Rating rating,
                  const std::string& remark) {
  const bool is_by_agent = rated.thread.get("author_kind").text() == "agent";
  const RecordId agent = is_by_agent ? rated.thread.get("author_id").id() : RecordId{};
  tx.execute(
      "INSERT INTO ratings (org_id, thread_id, ticket_id, contact_id, account_id, agent_id, "
      "department_id, rating, remark, rated_at, given) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 1) "
      "ON CONFLICT (org_id, thread_id) DO UPDATE SET ticket_id = excluded.ticket_id, "
      "rating = excluded.rating, remark = excluded.remark, rated_at = excluded.rated_at, "
      "given = ratings.given + 1",
      {org.value, rated.thread.id.value, rated.ticket.id.value, rated.contact.id.value,
       db::arg(rated.ticket.get("account").id()), db::arg(agent),
       rated.ticket.get("department").number(), std::string(word(rating)), remark,
       db::arg(tx.now())});
}

}  // namespace

Result<AskedRating> asked_rating(db::Transaction& tx, const RatingLink& link) {
  const auto row = tx.row(
      "SELECT t.id, t.subject FROM threads m "
      "JOIN tickets t ON t.org_id = m.org_id AND t.id = m.ticket "
      "JOIN contacts c ON c.org_id = m.org_id AND c.id = $3 "
      "WHERE m.org_id = $1 AND m.id = $2 AND m.deleted_at IS NULL AND t.deleted_at IS NULL "
      "AND c.deleted_at IS NULL",
      {link.org.value, link.thread.value, contact_in_force(tx, link.org, link.contact).value});
  const auto organisation = access::find_organisation(tx, link.org);
  if (!row || !organisation) return gone();
  const Before before = before_of(tx, link.org, link.thread);
  return AskedRating{.organisation = organisation->name,
                     .subject = row->text(1),
                     .locale = customer_locale(tx, link.org, RecordId{row->integer(0)}),
                     .rating = rating_from_word(before.rating),
                     .remark = before.remark};
}

Result<void> give_rating(db::Transaction& tx, const Desk& desk, const RatingLink& link,
                         Rating rating, const std::string& remark) {
  const std::string fit = TRY(fit_remark(remark));
  const access::Actor program =
      access::system_actor(desk.catalogue, link.org, access::Path::system);
  const Rated rated = TRY(rated_by(tx, program, link));
  const Before before = before_of(tx, link.org, link.thread);
  if (before.given > 0 && before.rating == word(rating) && before.remark == fit) return {};
  if (before.given >= rating_changes_max) {
    return conflict("rated_too_often", "This answer was rated often enough.");
  }
  write_rating(tx, link.org, rated, rating, fit);
  // What the customer wrote stays out of the history, which outlives the ticket.
  JsonWriter detail;
  detail.begin_object().string("rating", word(rating)).id("thread", link.thread.value);
  detail.boolean("has_remark", !fit.empty()).end_object();
  TRY(change_row(tx, acting_contact(desk, link.org, rated.contact), rated.ticket,
                 {{"rating", word(rating)}, {"rated_at", tx.now()}}, {"rated", detail.take()}));
  return {};
}

Result<std::vector<GivenRating>> ratings_of_ticket(db::Transaction& tx, const access::Actor& actor,
                                                   RecordId ticket) {
  const Record found = TRY(visible_ticket(tx, actor, ticket));
  if (actor.kind == access::ActorKind::contact) return std::vector<GivenRating>{};
  records::Statement statement(actor.org);
  statement.text = rating_columns;
  statement.text += " AND ticket_id = " + statement.bind(found.id.value);
  statement.text +=
      " ORDER BY rated_at DESC LIMIT " + statement.bind(int64_t{ratings_of_ticket_max});
  return read_ratings(tx, statement);
}

Result<std::vector<GivenRating>> list_ratings(db::Transaction& tx, const access::Actor& actor,
                                              const RatingsQuery& query) {
  TRY(access::require_right(actor, tickets_module(), access::Right::read));
  records::Statement statement(actor.org);
  statement.text = rating_columns;
  statement.text += " AND rated_at >= " + statement.bind(query.since.ms);
  if (query.department) {
    statement.text += " AND department_id = " + statement.bind(query.department.value);
  }
  statement.text +=
      " AND EXISTS (SELECT 1 FROM tickets WHERE org_id = $1 AND id = given.ticket_id "
      "AND deleted_at IS NULL";
  const records::Filter listed = operations::listed_filter(actor, tickets_module());
  if (listed.kind != records::Filter::Kind::everything) {
    statement.text += " AND ";
    TRY(records::compile_filter(tx, actor.org,
                                *actor.catalogue->shape(tx, actor.org, tickets_module()), listed,
                                statement));
  }
  statement.text += ") ORDER BY rated_at DESC, thread_id DESC LIMIT " +
                    statement.bind(int64_t{query.limit}) + " OFFSET " +
                    statement.bind(int64_t{query.offset});
  return read_ratings(tx, statement);
}

void forget_ratings(db::Transaction& tx, OrgId org, RecordId ticket) {
  tx.execute("DELETE FROM ratings WHERE org_id = $1 AND ticket_id = $2", {org.value, ticket.value});
}

}  // namespace tandem::desk
