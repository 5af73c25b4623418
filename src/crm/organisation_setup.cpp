#include "crm/organisation_setup.h"

#include <array>
#include <span>
#include <stdexcept>

#include "crm/deals/contact_roles.h"
#include "crm/modules.h"
#include "operations/operations.h"

namespace tandem::crm {

namespace {

using records::Value;

struct UsualStage {
  const char* name;
  int probability;
  const char* outcome;
  const char* forecast;
};

constexpr std::array crm_stages{
    UsualStage{"Qualification", 10, "open", "pipeline"},
    UsualStage{"Needs Analysis", 20, "open", "pipeline"},
    UsualStage{"Value Proposition", 40, "open", "pipeline"},
    UsualStage{"Identify Decision Makers", 60, "open", "pipeline"},
    UsualStage{"Proposal/Price Quote", 75, "open", "best_case"},
    UsualStage{"Negotiation/Review", 90, "open", "commit"},
    UsualStage{"Closed Won", 100, "won", "closed"},
    UsualStage{"Closed Lost", 0, "lost", "omitted"},
    UsualStage{"Closed Lost to Competition", 0, "lost", "omitted"},
};

constexpr std::array bigin_stages{
    UsualStage{"Qualification", 10, "open", "pipeline"},
    UsualStage{"Needs Analysis", 40, "open", "pipeline"},
    UsualStage{"Proposal/Price Quote", 75, "open", "best_case"},
    UsualStage{"Negotiation/Review", 90, "open", "commit"},
    UsualStage{"Closed Won", 100, "won", "closed"},
    UsualStage{"Closed Lost", 0, "lost", "omitted"},
};

Result<std::vector<std::string>> add_stages(db::Transaction& tx, const access::Actor& actor,
                                            std::span<const UsualStage> stages) {
  std::vector<std::string> ids;
  for (const UsualStage& stage : stages) {
    const records::Record made =
        TRY(operations::create_record(tx, actor, stages_module(),
                                      {{"name", Value(stage.name)},
                                       {"probability", Value(int64_t{stage.probability})},
                                       {"outcome", Value(stage.outcome)},
                                       {"forecast", Value(stage.forecast)}}));
    ids.push_back(to_string(made.id));
  }
  return ids;
}

}  // namespace

Edition edition_of(const records::Catalogue& catalogue) {
  for (const Edition edition : {Edition::crm, Edition::bigin})
    if (catalogue.app() == word(edition)) return edition;
  throw std::logic_error(catalogue.app() + " is no application of the sales side");
}

Result<access::NewOrganisation> create_sales_organisation(db::Transaction& tx,
                                                          const records::Catalogue& catalogue,
                                                          const std::string& name,
                                                          const std::string& locale) {
  const Edition edition = edition_of(catalogue);
  const access::NewOrganisation made =
      TRY(access::create_organisation(tx, catalogue.app(), name, locale));
  const access::Actor actor =
      access::system_actor(catalogue, made.organisation.id, access::Path::system);
  const records::Record team = TRY(operations::create_record(
      tx, actor, team_pipelines_module(),
      {{"name", Value(edition == Edition::crm ? "Standard" : "Sales Pipeline")}}));
  const std::vector<std::string> stages =
      TRY(add_stages(tx, actor,
                     edition == Edition::crm ? std::span<const UsualStage>(crm_stages)
                                             : std::span<const UsualStage>(bigin_stages)));
  TRY(operations::create_record(
      tx, actor, pipelines_module(),
      {{"name", Value(edition == Edition::crm ? "Standard (Standard)" : "Sales Pipeline Standard")},
       {"team_pipeline", Value(team.id)},
       {"stages", Value(stages)},
       {"is_default", Value(int64_t{1})}}));
  if (edition == Edition::crm) add_usual_contact_roles(tx, made.organisation.id);
  return made;
}

}  // namespace tandem::crm
