#include <gtest/gtest.h>

#include "access/actor_of.h"
#include "access/sessions.h"
#include "crm/notes/attachments.h"
#include "db/database.h"
#include "live/hub.h"
#include "tests/api/sales_portal.h"

// The native API of CRM and Bigin: docs/api/native.md.

namespace tandem {

namespace {

using crm::Edition;
using http::Method;
using test::Answer;
using test::SalesPortal;

struct SalesNative : testing::TestWithParam<Edition> {
  SalesPortal portal;
  Edition edition = GetParam();

  SalesPortal::Firm& firm() { return portal.firm(edition); }
  Answer ask(Method method, const std::string& rest, const std::string& body = "") {
    return portal.native(firm().ada, method, SalesPortal::face(edition, firm(), rest), body);
  }
  Answer get(const std::string& rest) { return ask(Method::get, rest); }
  std::string made(const std::string& module, const std::string& body) {
    const Answer answer = ask(Method::post, "/" + module, body);
    EXPECT_EQ(answer.status, 201) << module << " " << answer.body;
    return answer.at("id");
  }
  /// The id of a stage of the first pipeline.
  std::string stage(int at) { return get("/meta").at("pipelines.0.stages." + number(at) + ".id"); }
  std::string deal(const std::string& name, const std::string& more = "") {
    return made("deals", R"({"name":")" + name + R"(","closes_on":"2026-04-01")" + more + "}");
  }
  static std::string number(int value) { return std::to_string(value); }
};

struct CrmNative : SalesNative {};

INSTANTIATE_TEST_SUITE_P(Editions, SalesNative, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });
INSTANTIATE_TEST_SUITE_P(Crm, CrmNative, testing::Values(Edition::crm),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

TEST_P(SalesNative, TheSessionSaysOfWhichApplicationAnOrganisationIs) {
  const Answer session = portal.native(firm().ada, Method::get, "/native/session");
  EXPECT_EQ(session.at("organisations.0.app"), crm::word(edition)) << session.body;
}

TEST_P(SalesNative, MetaTellsWhoAddsAndRemovesFiles) {
  const auto may = [&](const SalesPortal::Seller& seller) {
    const Answer meta =
        portal.native(seller, Method::get, SalesPortal::face(edition, firm(), "/meta"));
    for (int at = 0;; ++at) {
      const std::string module = "modules." + number(at);
      if (meta.at(module).empty()) return std::string("no such module");
      if (meta.at(module + ".name") == "attachments") return meta.at(module + ".may");
    }
  };
  EXPECT_EQ(may(firm().ben), R"(["read","create","delete"])");
  const Answer role = ask(Method::post, "/roles",
                          R"({"name":"Reader","rights":{"contacts":["read","update"],)"
                          R"("attachments":["read"]}})");
  ASSERT_EQ(role.status, 201) << role.body;
  ASSERT_EQ(ask(Method::patch, "/people/" + to_string(firm().ben.agent),
                R"({"role_id":")" + role.at("id") + R"("})")
                .status,
            200);
  EXPECT_EQ(may(firm().ben), R"(["read"])");
}

TEST_P(SalesNative, MetaTellsModulesPipelinesAndPeople) {
  const Answer meta = get("/meta");
  ASSERT_EQ(meta.status, 200) << meta.body;
  EXPECT_EQ(meta.at("organisation.app"), crm::word(edition));
  EXPECT_EQ(meta.at("me.name"), "ada");
  EXPECT_EQ(meta.at("modules.0.name"), edition == Edition::crm ? "leads" : "contacts");
  EXPECT_EQ(meta.at("modules.0.title_field"), edition == Edition::crm ? "last_name" : "first_name");
  EXPECT_EQ(meta.at("pipelines.0.is_default"), "true");
  EXPECT_EQ(meta.at("pipelines.0.team_pipeline"), meta.at("team_pipelines.0.id"));
  EXPECT_EQ(meta.at("pipelines.0.stages.0.name"), "Qualification");
  EXPECT_EQ(meta.at("pipelines.0.stages.0.probability"), "10");
  EXPECT_EQ(meta.at("pipelines.0.stages.0.outcome"), "open");
  EXPECT_EQ(meta.at("agents.0.name"), "ada");
  EXPECT_EQ(meta.at("limits.bulk_ids"), std::to_string(db::bulk_rows_max));
  EXPECT_EQ(meta.at("limits.attachment_bytes"), std::to_string(crm::attachment_bytes_max));
  EXPECT_EQ(meta.body.find("tickets"), std::string::npos);
  EXPECT_EQ(meta.body.find("\"statuses\""), std::string::npos);
  EXPECT_EQ(meta.body.find("\"leads\"") != std::string::npos, edition == Edition::crm);
}

TEST_P(SalesNative, RecordsAreMadeChangedBinnedAndRestored) {
  const std::string account = made("accounts", R"({"name":"Lumen Ltd"})");
  const std::string id =
      made("contacts", R"({"last_name":"Silva","first_name":"Rui","account":")" + account + "\"}");
  const Answer read = get("/contacts/" + id);
  EXPECT_EQ(read.at("title"), "Rui Silva");
  EXPECT_EQ(read.at("account.title"), "Lumen Ltd");
  EXPECT_EQ(read.at("owner.title"), "ada");
  const Answer changed =
      ask(Method::patch, "/contacts/" + id, R"({"phone":"+351 21","revision":1})");
  EXPECT_EQ(changed.status, 200) << changed.body;
  EXPECT_EQ(ask(Method::patch, "/contacts/" + id, R"({"phone":"+351 22","revision":1})").status,
            409);
  EXPECT_EQ(ask(Method::del, "/contacts/" + id).status, 204);
  EXPECT_EQ(get("/contacts?count=1").at("count"), "0");
  EXPECT_EQ(get("/recycle_bin?module=contacts").at("records.0.id"), id);
  EXPECT_EQ(ask(Method::post, "/contacts/" + id + "/restore").status, 200);
  EXPECT_EQ(get("/contacts/" + id + "/history").at("entries.0.verb"), "restored");
  EXPECT_EQ(ask(Method::del, "/contacts/" + id).status, 204);
  EXPECT_EQ(ask(Method::del, "/recycle_bin/contacts/" + id).status, 204);
  EXPECT_EQ(get("/contacts/" + id).status, 404);
}

TEST_P(SalesNative, AMissingNameIsToldOfItsField) {
  const Answer refused = ask(Method::post, "/contacts", R"({"phone":"x"})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_NE(refused.body.find("last_name"), std::string::npos) << refused.body;
}

TEST_P(SalesNative, ListsAreFilteredSearchedSortedAndCounted) {
  const std::string account = made("accounts", R"({"name":"Lumen Ltd"})");
  made("contacts", R"({"last_name":"Zhang","account":")" + account + "\"}");
  made("contacts", R"({"last_name":"Abe"})");
  EXPECT_EQ(get("/contacts").at("records.0.title"), "Abe");
  EXPECT_EQ(get("/contacts?sort=-title").at("records.0.title"), "Zhang");
  const Answer related =
      get("/contacts?count=1&filter=%7B%22field%22%3A%22account%22%2C%22is%22%3A%22" + account +
          "%22%7D");
  EXPECT_EQ(related.at("count"), "1") << related.body;
  EXPECT_EQ(related.at("records.0.title"), "Zhang");
  EXPECT_EQ(get("/contacts?words=zhang&count=1").at("count"), "1");
}

TEST_P(SalesNative, ViewsOfTicketsDepartmentsAndStatusesAreOfTheDeskAlone) {
  EXPECT_EQ(get("/contacts?view=all").status, 200);
  EXPECT_EQ(get("/contacts?view=open").status, 404) << "as any view that is not there";
  EXPECT_EQ(get("/contacts?department=5").status, 422);
  EXPECT_EQ(get("/deals?status=open").status, 422);
  for (const char* address : {"/tickets", "/views", "/dashboard", "/statuses", "/mailboxes",
                              "/contacts/5/merges", "/departments"}) {
    EXPECT_EQ(get(address).status, 404) << address;
  }
}

TEST_P(SalesNative, TheSearchFindsWhatIsKept) {
  made("accounts", R"({"name":"Lumen Ltd","website":"https://lumen.example"})");
  deal("Lumen lamps");
  const Answer found = get("/search?q=lumen");
  ASSERT_EQ(found.status, 200) << found.body;
  EXPECT_NE(found.body.find(R"("title":"Lumen Ltd","subtitle":"https://lumen.example")"),
            std::string::npos)
      << found.body;
  EXPECT_NE(found.body.find(R"("title":"Lumen lamps","subtitle":"2026-04-01")"), std::string::npos)
      << found.body;
  EXPECT_EQ(get("/search?q=lumen&module=tickets").status, 422);
}

TEST_P(SalesNative, ADealGoesThroughTheStagesOfTheBoard) {
  const std::string id = deal("Lamps", R"(,"amount":"200.00")");
  deal("Shades", R"(,"amount":"50.00")");
  Answer board = get("/deals/board");
  ASSERT_EQ(board.status, 200) << board.body;
  EXPECT_EQ(board.at("columns.0.stage"), stage(0));
  EXPECT_EQ(board.at("columns.0.count"), "2");
  EXPECT_EQ(board.at("columns.0.amount"),
            get("/deals/" + id).at("amount") == "200.00" ? "250.00" : "")
      << board.body;
  EXPECT_EQ(board.at("columns.0.expected_revenue"), "25.00");
  const Answer moved = ask(Method::patch, "/deals/" + id, R"({"stage":")" + stage(1) + "\"}");
  ASSERT_EQ(moved.status, 200) << moved.body;
  board = get("/deals/board?pipeline=" + board.at("pipeline") + "&words=lamps");
  EXPECT_EQ(board.at("columns.0.count"), "0");
  EXPECT_EQ(board.at("columns.1.count"), "1");
  EXPECT_EQ(get("/deals/board?pipeline=1").status, 404);
  EXPECT_EQ(get("/deals/board?pipeline=x").status, 422);
}

TEST_P(SalesNative, APipelineGetsAStageAndLosesOne) {
  const std::string pipeline = "/pipelines/" + get("/meta").at("pipelines.0.id");
  const std::string first = stage(0);
  const std::string second = stage(1);
  deal("Lamps");
  const Answer added =
      ask(Method::post, pipeline + "/stages",
          R"({"name":"Trial","probability":55,"outcome":"open","forecast":"best_case"})");
  ASSERT_EQ(added.status, 201) << added.body;
  EXPECT_NE(get("/meta").body.find(R"("name":"Trial","probability":55)"), std::string::npos);
  const auto add = [&](const std::string& body) {
    return ask(Method::post, pipeline + "/stages", body);
  };
  EXPECT_EQ(add(R"({"stage":")" + first + "\"}").status, 409);
  EXPECT_EQ(add(R"({"stage":"5"})").at("error.field"), "stage");
  EXPECT_EQ(add(R"({"outcome":"won"})").status, 422);
  EXPECT_EQ(add(R"({"stage":")" + first + R"(","name":"X"})").status, 422);
  const std::string retire = pipeline + "/stages/" + first + "/retire";
  EXPECT_EQ(ask(Method::post, retire, "{}").at("error.field"), "target");
  EXPECT_EQ(ask(Method::post, pipeline + "/stages/x/retire", "{}").status, 404);
  const std::string as_ben = SalesPortal::face(edition, firm(), retire);
  EXPECT_EQ(portal.native(firm().ben, Method::post, as_ben, "{}").status, 403);
  const Answer retired = ask(Method::post, retire, R"({"target":")" + second + "\"}");
  EXPECT_EQ(retired.at("moved"), "1") << retired.body;
  EXPECT_EQ(retired.at("is_done"), "true");
  EXPECT_EQ(stage(0), second);
}

TEST_P(SalesNative, ListsAreCountedAndSummedInGroups) {
  deal("Lamps", R"(,"amount":"200.00")");
  deal("Shades", R"(,"amount":"50.00")");
  deal("Bulbs", R"(,"stage":")" + stage(1) + "\"");
  const Answer groups = get("/deals/figures?by=stage&sum=amount,expected_revenue");
  ASSERT_EQ(groups.status, 200) << groups.body;
  EXPECT_EQ(groups.at("is_whole"), "true");
  // By the names of their stages: "Needs Analysis", then "Qualification".
  EXPECT_EQ(groups.at("groups.0.sums.amount"), "null");
  EXPECT_EQ(groups.at("groups.1.keys.0"), stage(0));
  EXPECT_EQ(groups.at("groups.1.count"), "2");
  EXPECT_EQ(groups.at("groups.1.sums.amount"), "250.00");
  EXPECT_EQ(get("/deals/figures?words=lamps").at("groups.0.count"), "1");
  EXPECT_EQ(get("/deals/figures?by=closes_on,outcome").at("groups.0.keys.0"), "2026-04-01");
  EXPECT_EQ(get("/deals/figures?by=tags").at("error.code"), "not_groupable");
  EXPECT_EQ(get("/deals/figures?sum=name").at("error.code"), "not_countable");
  EXPECT_EQ(get("/deals/figures?by=colour").at("error.code"), "unknown_field");
  EXPECT_EQ(get("/deals/figures?by=a,b,c,d").at("error.code"), "too_many");
}

TEST_P(SalesNative, TheOrganisationCountsInACurrency) {
  EXPECT_EQ(get("/meta").at("organisation.currency"), "null");
  const auto change = [&](const std::string& body) {
    return ask(Method::patch, "/organisation", body);
  };
  const Answer chosen = change(R"({"currency":"JPY"})");
  ASSERT_EQ(chosen.status, 200) << chosen.body;
  EXPECT_EQ(chosen.at("currency"), "JPY");
  EXPECT_EQ(get("/meta").at("organisation.currency"), "JPY");
  const Answer in_dialect = portal.call(edition, Method::get, "/org");
  EXPECT_EQ(in_dialect.at("org.0.currency"), "JPY");
  EXPECT_EQ(in_dialect.at("org.0.iso_code"), "JPY");
  EXPECT_EQ(get("/organisation").at("currencies.0"), "AED");
  EXPECT_EQ(change(R"({"currency":"yen"})").at("error.field"), "currency");
  EXPECT_EQ(change(R"({"name":"Orchid"})").at("currency"), "JPY");
  EXPECT_EQ(change("{}").at("error.field"), "name");
  EXPECT_EQ(change(R"({"currency":null})").at("currency"), "null");
  EXPECT_EQ(portal.call(edition, Method::get, "/org").at("org.0.iso_code"), "null");
  const std::string as_ben = SalesPortal::face(edition, firm(), "/organisation");
  EXPECT_EQ(portal.native(firm().ben, Method::patch, as_ben, R"({"currency":"EUR"})").status, 403);
}

TEST_P(SalesNative, TheBoardKeepsAnAmountThatIsHiddenFromTheRole) {
  deal("Lamps", R"(,"amount":"200.00")");
  const Answer role = ask(Method::post, "/roles",
                          R"({"name":"Reader","rights":{"deals":["read"],"pipelines":["read"]},
              "fields":{"deals":{"amount":"hidden"}},"duties":[]})");
  ASSERT_EQ(role.status, 201) << role.body;
  const Answer changed = ask(Method::patch, "/people/" + to_string(firm().ben.agent),
                             R"({"role_id":")" + role.at("id") + "\"}");
  ASSERT_EQ(changed.status, 200) << changed.body;
  const auto as_ben = [&](const std::string& rest) {
    return portal.native(firm().ben, Method::get, SalesPortal::face(edition, firm(), rest));
  };
  const Answer board = as_ben("/deals/board");
  EXPECT_EQ(board.at("columns.0.count"), "1") << board.body;
  EXPECT_EQ(board.at("columns.0.amount"), "null");
  EXPECT_EQ(
      as_ben("/deals/board?filter=%7B%22field%22%3A%22amount%22%2C%22is%22%3A%22200%22%7D").status,
      422);
  EXPECT_EQ(as_ben("/meta").at("team_pipelines"), "[]");
  EXPECT_EQ(as_ben("/meta").at("pipelines.0.is_default"), "true");
}

TEST_P(SalesNative, ManyRecordsAreChangedAtOnce) {
  const std::string first = deal("Lamps");
  const std::string second = deal("Shades");
  const std::string ids = R"({"ids":[")" + first + R"(",")" + second + R"("],)";
  const Answer changed =
      ask(Method::post, "/deals/bulk", ids + R"("changes":{"next_step":"Call them"}})");
  EXPECT_EQ(changed.at("results.1.ok"), "true") << changed.body;
  EXPECT_EQ(get("/deals/" + second).at("next_step"), "Call them");
  EXPECT_EQ(ask(Method::post, "/deals/bulk", ids + R"("delete":true})").at("results.0.ok"), "true");
  EXPECT_EQ(get("/deals?count=1").at("count"), "0");
}

TEST_P(SalesNative, OfSeveralDealsTheSharedStagesAreTold) {
  const std::string first = deal("Lamps");
  const Answer meta = get("/meta");
  const std::string short_way =
      made("pipelines", R"({"name":"Renewals","team_pipeline":")" + meta.at("team_pipelines.0.id") +
                            R"(","stages":[")" + stage(2) + R"(",")" + stage(1) + R"("]})");
  const std::string second = deal("Shades", R"(,"pipeline":")" + short_way + "\"");
  const auto shared = [&](const std::string& body) {
    return ask(Method::post, "/deals/shared_stages", body);
  };
  const Answer told = shared(R"({"ids":[")" + second + R"(",")" + first + R"("]})");
  ASSERT_EQ(told.status, 200) << told.body;
  EXPECT_EQ(told.at("stages.0.id"), stage(1)) << "in the order of the first pipeline";
  EXPECT_EQ(told.at("stages.0.name"), meta.at("pipelines.0.stages.1.name"));
  EXPECT_EQ(told.at("stages.1.id"), stage(2));
  EXPECT_EQ(told.at("stages.2.id"), "");
  EXPECT_EQ(told.at("pipelines.0.id"), meta.at("pipelines.0.id"));
  EXPECT_EQ(told.at("pipelines.1.name"), "Renewals");
  EXPECT_EQ(shared(R"({"ids":[]})").at("error.code"), "required");
  EXPECT_EQ(shared(R"({"ids":["x"]})").at("error.code"), "bad_id");
  EXPECT_EQ(shared(R"({"deals":[]})").status, 422);
  EXPECT_EQ(shared(R"({"ids":["5"]})").status, 404);
}

TEST_P(SalesNative, WhoDoesNotSeeThePipelineIsToldNoSharedStages) {
  const std::string ids = R"({"ids":[")" + deal("Lamps") + R"("]})";
  const Answer role = ask(Method::post, "/roles",
                          R"({"name":"Reader","rights":{"deals":["read"]},
              "fields":{"deals":{"pipeline":"hidden"}},"duties":[]})");
  ASSERT_EQ(role.status, 201) << role.body;
  ASSERT_EQ(ask(Method::patch, "/people/" + to_string(firm().ben.agent),
                R"({"role_id":")" + role.at("id") + "\"}")
                .status,
            200);
  const Answer refused = portal.native(
      firm().ben, Method::post, SalesPortal::face(edition, firm(), "/deals/shared_stages"), ids);
  EXPECT_EQ(refused.at("error.code"), "unknown_field") << refused.body;
}

TEST_P(SalesNative, AListIsExported) {
  deal("Lamps");
  const Answer exported =
      ask(Method::post, "/deals/export",
          R"({"columns":[{"field":"name"},{"field":"stage"}],"byte_order_mark":false})");
  EXPECT_EQ(exported.status, 200) << exported.body;
}

TEST_P(SalesNative, AdministratorsKeepFieldsRolesAndPeople) {
  const Answer field = ask(Method::post, "/fields/deals", R"({"label":"Floor","kind":"number"})");
  EXPECT_EQ(field.status, 201) << field.body;
  const std::string id = deal("Lamps", R"(,"custom":{"floor":3})");
  EXPECT_EQ(get("/deals/" + id).at("custom.floor"), "3");
  const auto add_link = [&](const std::string& target) {
    return ask(Method::post, "/fields/contacts",
               R"({"label":"Last sale","kind":"link","link_to":")" + target + "\"}");
  };
  EXPECT_EQ(add_link("deals").at("link_to"), "deals");
  EXPECT_EQ(add_link("stages").at("error.field"), "link_to");
  const Answer role =
      ask(Method::post, "/roles", R"({"name":"Reader","rights":{"deals":["read"]},"duties":[]})");
  EXPECT_EQ(role.status, 201) << role.body;
  EXPECT_EQ(ask(Method::post, "/roles", R"({"name":"Wrong","rights":{"tickets":["read"]}})").status,
            422);
  const Answer invited =
      ask(Method::post, "/people",
          R"({"email":"cleo@orchid.example","name":"Cleo","role_id":")" + role.at("id") + "\"}");
  EXPECT_EQ(invited.status, 201) << invited.body;
  EXPECT_EQ(get("/people").status, 200);
  EXPECT_EQ(get("/audit_log").at("entries.0.what"), "member_invited");
  const Answer renamed = ask(Method::patch, "/organisation", R"({"name":"Orchid and Co"})");
  EXPECT_EQ(renamed.at("name"), "Orchid and Co");
}

TEST_P(SalesNative, WhoHasNoDutyChangesNoSettings) {
  for (const char* rest : {"/people", "/roles", "/fields/deals", "/audit_log", "/oauth_clients"}) {
    EXPECT_EQ(
        portal.native(firm().ben, Method::get, SalesPortal::face(edition, firm(), rest)).status,
        403)
        << rest;
  }
}

TEST_P(SalesNative, FilesAndAddressesStandWithARecord) {
  const std::string contact = made("contacts", R"({"last_name":"Silva"})");
  http::Request request;
  request.method = Method::post;
  request.path = SalesPortal::face(edition, firm(), "/contacts/" + contact + "/attachments");
  request.headers = {{"Cookie", "tandem_session=" + firm().ada.session_token},
                     {"X-CSRF-Token", firm().ada.csrf_token},
                     {"Content-Type", "multipart/form-data; boundary=b"}};
  request.body =
      "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"offer.txt\"\r\n"
      "Content-Type: text/plain\r\n\r\nForty lamps\r\n--b--\r\n";
  const Answer file = portal.send(std::move(request));
  ASSERT_EQ(file.status, 201) << file.body;
  EXPECT_EQ(file.at("title"), "offer.txt");
  const Answer link = ask(Method::post, "/contacts/" + contact + "/links",
                          R"({"url":"https://lumen.example/offer"})");
  ASSERT_EQ(link.status, 201) << link.body;
  const std::string files = "/contacts/" + contact + "/attachments/";
  EXPECT_EQ(get(files + file.at("id")).body, "Forty lamps");
  EXPECT_EQ(get(files + link.at("id")).status, 404);
  const Answer listed =
      get("/attachments?count=1&filter=%7B%22field%22%3A%22contact%22%2C%22is%22"
          "%3A%22" +
          contact + "%22%7D");
  EXPECT_EQ(listed.at("count"), "2") << listed.body;
  const std::string other = made("contacts", R"({"last_name":"Abe"})");
  EXPECT_EQ(get("/contacts/" + other + "/attachments/" + file.at("id")).status, 404);
  EXPECT_EQ(ask(Method::del, files + file.at("id")).status, 204);
  EXPECT_EQ(get(files + file.at("id")).status, 404);
  EXPECT_EQ(ask(Method::post, "/contacts/" + contact + "/links", R"({"url":""})").status, 422);
}

TEST_P(SalesNative, AnOpenPageHearsOfItsOwnFirmAlone) {
  const SalesPortal::Firm other = portal.add_firm(edition);
  live::Hub hub(portal.program().database());
  const auto listen = [&](const SalesPortal::Firm& listening) {
    const records::Catalogue& catalogue = *portal.program().applications().find(crm::word(edition));
    auto stream = std::make_shared<http::EventStream>();
    const auto actor = portal.program().database().read([&](db::Transaction& tx) {
      return access::actor_of(tx, catalogue, listening.ben.person, listening.org, access::Path::ui);
    });
    const auto session =
        access::find_session(portal.program().database(), listening.ben.session_token);
    EXPECT_TRUE(actor && session && hub.add(*actor, session->id, stream));
    return stream;
  };
  const auto here = listen(firm());
  const auto there = listen(other);
  const std::string id = deal("Lamps");
  while (hub.tell_news() > 0) {
  }
  EXPECT_NE(here->take().find(R"({"module":"deals","id":")" + id + "\""), std::string::npos);
  EXPECT_EQ(there->take().find(id), std::string::npos);
  EXPECT_EQ(get("/changes").status, 200);
  // "/events" are the meetings here.
  EXPECT_NE(get("/events").body.find("\"records\""), std::string::npos);
}

TEST_P(CrmNative, ALeadBecomesAContactAnAccountAndADeal) {
  const std::string lead = made("leads", R"({"last_name":"Silva","company":"Lumen Ltd",
      "tags":["fair"],"lead_source":"trade_show"})");
  EXPECT_NE(get("/leads/" + lead).body.find("\"convert\""), std::string::npos);
  const Answer converted =
      ask(Method::post, "/leads/" + lead + "/convert",
          R"({"deal":{"name":"Lamps","closes_on":"2026-04-01"},"carry_tags":false})");
  ASSERT_EQ(converted.status, 201) << converted.body;
  EXPECT_EQ(converted.at("contact.title"), "Silva");
  EXPECT_EQ(converted.at("contact.tags"), "null");
  EXPECT_EQ(converted.at("account.title"), "Lumen Ltd");
  EXPECT_EQ(converted.at("deal.account.id"), converted.at("account.id"));
  EXPECT_EQ(get("/leads?count=1").at("count"), "0");
  EXPECT_EQ(get("/leads/" + lead).at("converted_deal.title"), "Lamps");
  const Answer again = ask(Method::post, "/leads/" + lead + "/convert", "{}");
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(again.at("error.code"), "already_converted");
}

TEST_P(CrmNative, ADealThatIsRefusedLeavesTheLeadAsItIs) {
  const std::string lead = made("leads", R"({"last_name":"Silva","company":"Lumen Ltd"})");
  const std::string convert = "/leads/" + lead + "/convert";
  EXPECT_EQ(ask(Method::post, convert, R"({"deal":{"closes_on":"2026-04-01"}})").status, 422);
  EXPECT_EQ(ask(Method::post, convert, R"({"deal":5})").at("error.field"), "deal");
  EXPECT_EQ(ask(Method::post, convert, R"({"account":"5"})").at("error.field"), "account");
  EXPECT_EQ(ask(Method::post, convert, R"({"colour":"red"})").at("error.field"), "colour");
  EXPECT_EQ(get("/leads?count=1").at("count"), "1");
  EXPECT_EQ(get("/accounts?count=1").at("count"), "0");
}

}  // namespace

}  // namespace tandem
