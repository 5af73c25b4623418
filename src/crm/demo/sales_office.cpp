#include "crm/demo/sales_office.h"

#include "access/actor_of.h"
#include "access/agents.h"
#include "access/currency.h"
#include "crm/demo/sales_cast.h"
#include "crm/modules.h"
#include "crm/organisation_setup.h"
#include "operations/operations.h"

namespace tandem::crm {

namespace {

using access::Actor;
using records::Value;

Result<void> hire(db::Transaction& tx, const Actor& program, const access::NewOrganisation& made,
                  const SalesDemoPlan& plan, SalesOffice& office) {
  for (const DemoMember& one : plan.members) {
    RecordId role = made.agent_role;
    if (one.role == access::RoleKind::administrator) role = made.administrator_role;
    if (one.role == access::RoleKind::light_agent) role = made.light_agent_role;
    TRY(access::add_agent(tx, program, {one.person, role, {}}));
    if (one.role == access::RoleKind::light_agent) continue;
    Actor seller =
        TRY(access::actor_of(tx, *program.catalogue, one.person, office.org, access::Path::ui));
    office.sellers.push_back(std::move(seller));
  }
  return {};
}

Result<void> meet_firms(db::Transaction& tx, SalesOffice& office) {
  for (size_t at = 0; at < office.firms.size(); ++at) {
    const DemoFirm& firm = office.firms[at];
    const Actor& seller = office.sellers[at % office.sellers.size()];
    const records::Record account =
        TRY(operations::create_record(tx, seller, accounts_module(office.edition),
                                      {{"name", Value(firm.name)},
                                       {"website", Value("https://www." + firm.domain)},
                                       {"billing_city", Value(firm.city)},
                                       {"billing_country", Value(firm.country)}}));
    office.accounts.push_back(account.id);
    for (const DemoBuyer& buyer : firm.people) {
      const records::Record contact =
          TRY(operations::create_record(tx, seller, contacts_module(office.edition),
                                        {{"first_name", Value(buyer.first_name)},
                                         {"last_name", Value(buyer.last_name)},
                                         {"email", Value(buyer.email)},
                                         {"mailing_city", Value(firm.city)},
                                         {"mailing_country", Value(firm.country)},
                                         {"account", Value(account.id)}}));
      office.buyers.push_back({contact.id, at});
    }
  }
  return {};
}

Result<void> stock_goods(db::Transaction& tx, SalesOffice& office) {
  for (const DemoGoods& one : demo_goods()) {
    TRY(operations::create_record(
        tx, office.sellers.front(), products_module(office.edition),
        {{"name", Value(one.name)}, {"code", Value(one.code)}, {"unit_price", Value(one.price)}}));
  }
  return {};
}

Result<void> add_pipeline(db::Transaction& tx, const Actor& program, const char* name,
                          RecordId team, const std::vector<Stage>& stages) {
  std::vector<std::string> ids;
  for (const Stage& stage : stages) ids.push_back(to_string(stage.id));
  TRY(operations::create_record(
      tx, program, pipelines_module(),
      {{"name", Value(name)}, {"team_pipeline", Value(team)}, {"stages", Value(ids)}}));
  return {};
}

/// Renewals take a shorter way; in Bigin a second team has a pipeline of its own.
Result<void> arrange_pipelines(db::Transaction& tx, const Actor& program, SalesOffice& office) {
  const std::vector<Pipeline> usual = list_pipelines(tx, office.org);
  const std::vector<Stage>& stages = usual.front().stages;
  std::vector<Stage> shorter;
  for (const Stage& stage : stages) {
    const bool is_last_step = stage.outcome == "open" && stage.probability >= 75;
    const bool is_usual_end = stage.name == "Closed Won" || stage.name == "Closed Lost";
    if (is_last_step || is_usual_end || &stage == &stages.front()) shorter.push_back(stage);
  }
  TRY(add_pipeline(tx, program, "Renewals", usual.front().team_pipeline, shorter));
  if (office.edition == Edition::bigin) {
    const records::Record team = TRY(operations::create_record(tx, program, team_pipelines_module(),
                                                               {{"name", Value("Installations")}}));
    TRY(add_pipeline(tx, program, "Installations Standard", team.id, stages));
  }
  office.pipelines = list_pipelines(tx, office.org);
  return {};
}

Result<void> plan_campaigns(db::Transaction& tx, const SalesDemoPlan& plan,
                            const SalesOffice& office) {
  if (office.edition != Edition::crm) return {};
  const int64_t today = plan.until.ms / day_ms;
  TRY(operations::create_record(tx, office.sellers.front(), campaigns_module(),
                                {{"name", Value("Spring trade show")},
                                 {"campaign_type", Value("trade_show")},
                                 {"status", Value("complete")},
                                 {"starts_on", Value(today - 30)},
                                 {"ends_on", Value(today - 27)},
                                 {"budgeted_cost", Value(int64_t{850'000})},
                                 {"actual_cost", Value(int64_t{912'000})}}));
  TRY(operations::create_record(tx, office.sellers.back(), campaigns_module(),
                                {{"name", Value("Carta para hotéis e pousadas")},
                                 {"campaign_type", Value("direct_mail")},
                                 {"status", Value("active")},
                                 {"starts_on", Value(today - 5)},
                                 {"ends_on", Value(today + 20)},
                                 {"budgeted_cost", Value(int64_t{120'000})}}));
  return {};
}

}  // namespace

Result<SalesOffice> make_sales_office(db::Transaction& tx, const records::Catalogue& catalogue,
                                      const SalesDemoPlan& plan) {
  const access::NewOrganisation made =
      TRY(create_sales_organisation(tx, catalogue, plan.organisation, "en"));
  const Actor program = access::system_actor(catalogue, made.organisation.id, access::Path::system);
  TRY(access::choose_currency(tx, program, "EUR"));
  SalesOffice office{.org = made.organisation.id, .edition = edition_of(catalogue)};
  office.firms = plan.firms;
  office.firms.insert(office.firms.end(), own_firms().begin(), own_firms().end());
  TRY(hire(tx, program, made, plan, office));
  TRY(meet_firms(tx, office));
  TRY(stock_goods(tx, office));
  TRY(arrange_pipelines(tx, program, office));
  TRY(plan_campaigns(tx, plan, office));
  return office;
}

}  // namespace tandem::crm
