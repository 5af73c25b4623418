#include "crm/leads/lead_conversion.h"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "access/field_limits.h"
#include "crm/joins.h"
#include "crm/modules.h"
#include "crm/owners.h"
#include "crm/signals/signals.h"
#include "operations/operations.h"
#include "operations/rows.h"
#include "operations/visible.h"

namespace tandem::crm {

namespace {

using access::Actor;
using records::Changes;
using records::ModuleDef;
using records::Record;
using records::Value;

constexpr Edition edition = Edition::crm;  // Bigin has no leads

using FieldPair = std::pair<const char*, const char*>;  // of the lead, of what it becomes

constexpr std::array contact_fields{
    FieldPair{"salutation", "salutation"},
    FieldPair{"first_name", "first_name"},
    FieldPair{"last_name", "last_name"},
    FieldPair{"designation", "job_title"},
    FieldPair{"email", "email"},
    FieldPair{"secondary_email", "secondary_email"},
    FieldPair{"phone", "phone"},
    FieldPair{"mobile", "mobile"},
    FieldPair{"fax", "fax"},
    FieldPair{"lead_source", "lead_source"},
    FieldPair{"email_opt_out", "email_opt_out"},
    FieldPair{"street", "mailing_street"},
    FieldPair{"city", "mailing_city"},
    FieldPair{"state", "mailing_state"},
    FieldPair{"zip", "mailing_zip"},
    FieldPair{"country", "mailing_country"},
    FieldPair{"description", "description"},
};

constexpr std::array account_fields{
    FieldPair{"company", "name"},
    FieldPair{"phone", "phone"},
    FieldPair{"fax", "fax"},
    FieldPair{"website", "website"},
    FieldPair{"industry", "industry"},
    FieldPair{"rating", "rating"},
    FieldPair{"annual_revenue", "annual_revenue"},
    FieldPair{"employees", "employees"},
    FieldPair{"street", "billing_street"},
    FieldPair{"city", "billing_city"},
    FieldPair{"state", "billing_state"},
    FieldPair{"zip", "billing_zip"},
    FieldPair{"country", "billing_country"},
};

// A role may hide a field of leads and show the one of contacts that it would go to. Such a value
// stays on the lead, which is kept: whoever converts must not come to read what is hidden from
// them, and who sees it finds it where it was. Where both are hidden it goes along unseen.
class Converting {
 public:
  Converting(db::Transaction& tx, const Actor& actor, Record lead, const LeadConversion& wanted)
      : tx_(tx), actor_(actor), lead_(std::move(lead)), wanted_(wanted) {}

  Result<ConvertedLead> run() {
    ConvertedLead made;
    made.account = TRY(account());
    made.contact = TRY(contact(made.account.id));
    if (wanted_.deal) made.deal = TRY(deal(made));
    TRY(move_parts(made));
    TRY(move_joined(tx_, *actor_.catalogue, actor_.org, {leads_module(), lead_.id},
                    {contacts_module(edition), made.contact.id}));
    TRY(note_conversion(made));
    made.stays_hidden = stays_hidden_;
    return made;
  }

 private:
  bool is_unseen(const char* field) const {
    return access::is_hidden(actor_, leads_module().name, field);
  }

  struct TakenOver {
    Changes seen = {};    // as if the person had typed it
    Changes unseen = {};  // hidden on both sides
  };

  /// Takes over one value of the lead, unless it would show what the role hides.
  void take(TakenOver& taken, const ModuleDef& module, const FieldPair& pair) {
    const auto& [from, to] = pair;
    const Value& value = lead_.get(from);
    if (value.is_null()) return;
    if (!is_unseen(from)) {
      taken.seen.set(to, value);
    } else if (access::is_hidden(actor_, module.name, to)) {
      taken.unseen.set(to, value);
    } else {
      stays_hidden_ = true;
    }
  }

  /// What a colleague who left would own is owned by whoever converts.
  void take_owner(TakenOver& taken, const ModuleDef& module) {
    if (wanted_.owner) {
      taken.seen.set("owner", Value(wanted_.owner));
      return;
    }
    take(taken, module, {"owner", "owner"});
    if (may_own(tx_, actor_.org, lead_.get("owner").id())) return;
    taken.seen.erase("owner");
    taken.unseen.erase("owner");
  }

  template <size_t count>
  TakenOver taken_over(const ModuleDef& module, const std::array<FieldPair, count>& pairs) {
    TakenOver taken;
    for (const FieldPair& pair : pairs) take(taken, module, pair);
    take_owner(taken, module);
    if (wanted_.tags == Tags::carried_over) take(taken, module, {"tags", "tags"});
    return taken;
  }

  Result<Record> make(const ModuleDef& module, const TakenOver& taken) {
    TRY(access::require_right(actor_, module, access::Right::create));
    TRY(operations::may_write(actor_, *actor_.catalogue->shape(tx_, actor_.org, module),
                              taken.seen));
    Changes all = taken.seen;
    for (const auto& [name, value] : taken.unseen) all.set(name, value);
    Record made = TRY(operations::add_row(tx_, actor_, module, all));
    operations::hide_fields(actor_, made);
    return made;
  }

  /// What a new record can't do without must be seen by whoever makes it.
  Result<void> needs(const char* field, const char* label, const char* instead) const {
    if (!is_unseen(field)) return {};
    return forbidden("hidden_field",
                     fmt::format("Your role does not show the {} of leads. Choose {}, or ask "
                                 "somebody who sees it to convert the lead.",
                                 label, instead));
  }

  /// A record that the person chose, or the refusal of the field that named it.
  Result<Record> chosen(const ModuleDef& module, RecordId id, const char* field) {
    Result<Record> found = operations::read_record(tx_, actor_, module, id);
    if (found || found.error().kind != RefusalKind::not_found) return found;
    return invalid(field, "not_found", "Choose one that you see.");
  }

  Result<Record> account() {
    const ModuleDef& module = accounts_module(edition);
    if (wanted_.account) return chosen(module, wanted_.account, "account");
    TRY(needs("company", "company", "an account that is there"));
    records::Query query;
    query.filter = records::field("title").is(lead_.get("company"));
    query.sort = {"id", false};
    query.limit = 1;
    const records::Page named = TRY(operations::list_records(tx_, actor_, module, query));
    if (!named.records.empty()) return named.records.front();
    return make(module, taken_over(module, account_fields));
  }

  Result<Record> contact(RecordId account) {
    const ModuleDef& module = contacts_module(edition);
    if (wanted_.contact) {
      const Record found = TRY(chosen(module, wanted_.contact, "contact"));
      if (!found.get("account").is_null()) return found;
      return operations::update_record(tx_, actor_, module, found.id,
                                       {{"account", Value(account)}});
    }
    TRY(needs("last_name", "last name", "a contact that is there"));
    TakenOver taken = taken_over(module, contact_fields);
    taken.seen.set("account", Value(account));
    return make(module, taken);
  }

  Result<Record> deal(const ConvertedLead& made) {
    const ModuleDef& module = deals_module(edition);
    TakenOver taken{.seen = *wanted_.deal};
    taken.seen.set("account", Value(made.account.id));
    taken.seen.set("contact", Value(made.contact.id));
    if (!wanted_.deal->contains("owner")) take_owner(taken, module);
    if (!wanted_.deal->contains("lead_source")) take(taken, module, {"lead_source", "lead_source"});
    return make(module, taken);
  }

  /// Notes, files and activities go to the contact; activities know the deal, too.
  Result<void> move_parts(const ConvertedLead& made) {
    int moved = 0;
    for (const ModuleDef* module :
         {&notes_module(edition), &attachments_module(edition), &tasks_module(edition),
          &events_module(edition), &calls_module(edition)}) {
      const records::ShapeRef shape = actor_.catalogue->shape(tx_, actor_.org, *module);
      records::Query query;
      query.filter = records::field("lead").is(Value(lead_.id));
      query.bin = records::Bin::either;
      query.limit = db::bulk_rows_max;
      while (true) {
        const records::Page page = TRY(records::select_page(tx_, actor_.org, shape, query));
        if (page.records.empty()) break;
        moved += int(page.records.size());
        if (moved > moved_parts_max) {
          return conflict("too_much_to_move",
                          "This lead has more than 1,000 notes, files and activities. Delete "
                          "those that nobody needs first.");
        }
        for (const Record& part : page.records) TRY(move_part(part, made));
      }
    }
    return {};
  }

  /// Past the rules of its module, which keep a note with its record.
  Result<void> move_part(const Record& part, const ConvertedLead& made) {
    Record proposed = part;
    proposed.set("lead", Value());
    proposed.set("contact", Value(made.contact.id));
    const bool is_activity = part.shape->find("remind_at") != nullptr;
    if (is_activity && made.deal) proposed.set("deal", Value(made.deal->id));
    records::Change change{tx_,  actor_.org,          actor_, records::Verb::updated,
                           part, std::move(proposed), "",     ""};
    TRY(records::store(change, actor_.author()));
    return {};
  }

  Result<void> note_conversion(const ConvertedLead& made) {
    Record proposed = lead_;
    proposed.set("converted_at", Value(tx_.now()));
    proposed.set("converted_contact", Value(made.contact.id));
    proposed.set("converted_account", Value(made.account.id));
    if (made.deal) proposed.set("converted_deal", Value(made.deal->id));
    records::Change change{tx_,   actor_.org,          actor_,      records::Verb::updated,
                           lead_, std::move(proposed), "converted", ""};
    change.proposed = TRY(records::store(change, actor_.author()));
    return its_people_hear_of_it(change);
  }

  db::Transaction& tx_;
  const Actor& actor_;
  const Record lead_;
  const LeadConversion& wanted_;
  bool stays_hidden_ = false;
};

}  // namespace

Result<ConvertedLead> convert_lead(db::Transaction& tx, const Actor& actor, RecordId lead,
                                   const LeadConversion& conversion) {
  const Record visible = TRY(operations::read_record(tx, actor, leads_module(), lead));
  TRY(operations::require_act(actor, visible, "convert"));
  // With all fields, also those hidden from the role.
  const Actor program = access::system_actor(*actor.catalogue, actor.org, actor.path);
  Record whole = TRY(operations::read_record(tx, program, leads_module(), lead));
  if (!whole.get("converted_at").is_null()) {
    return conflict("already_converted", "This lead has become a contact already; work there.");
  }
  return Converting(tx, actor, std::move(whole), conversion).run();
}

}  // namespace tandem::crm
