#include <gtest/gtest.h>

#include "tests/api/sales_portal.h"

// Lists that join many with many, and what is gone for good, by the dialects and the native API:
// docs/api/crm.md, docs/api/bigin.md, docs/api/native.md.

namespace tandem {

namespace {

using crm::Edition;
using http::Method;
using test::Answer;

struct JoinedLists : testing::Test {
  test::SalesPortal portal;
  Edition edition = Edition::crm;

  Answer get(const std::string& address) { return portal.call(edition, Method::get, address); }
  Answer put(const std::string& address, const std::string& body) {
    return portal.call(edition, Method::put, address, body);
  }
  Answer post(const std::string& address, const std::string& body) {
    return portal.call(edition, Method::post, address, body);
  }
  Answer del(const std::string& address) { return portal.call(edition, Method::del, address); }
  Answer native(Method method, const std::string& rest, const std::string& body = "") {
    test::SalesPortal::Firm& firm = portal.firm(edition);
    return portal.native(firm.ada, method, test::SalesPortal::face(edition, firm, rest), body);
  }
  std::string contact(const std::string& name) {
    return portal.made(edition, "Contacts", R"({"Last_Name":")" + name + "\"}");
  }
  std::string product(const std::string& name) {
    return portal.made(edition, "Products", R"({"Product_Name":")" + name + "\"}");
  }
  std::vector<std::string> list_names(const std::string& module) {
    const Answer lists = get("/settings/related_lists?module=" + module);
    std::vector<std::string> names;
    for (const Json& list : lists.json.at("related_lists").as_array())
      names.emplace_back(list.at("api_name").as_string());
    return names;
  }
};

struct CrmJoined : JoinedLists {
  std::string deal =
      portal.made(Edition::crm, "Deals",
                  R"({"Deal_Name":"Vans","Stage":"Qualification","Closing_Date":"2026-05-01"})");
  std::string maria = contact("Silva");
  std::string kenji = contact("Mori");
  std::string campaign =
      portal.made(Edition::crm, "Campaigns", R"({"Campaign_Name":"Spring fair"})");
  std::string role(const std::string& name) {
    const Answer roles = get("/Contacts/roles");
    for (const Json& one : roles.json.at("contact_roles").as_array())
      if (one.at("name").as_string() == name) return std::string(one.at("id").as_string());
    return "";
  }
};

TEST_F(CrmJoined, TheRolesOfContactsAreListed) {
  const Answer roles = get("/Contacts/roles");
  ASSERT_EQ(roles.status, 200) << roles.body;
  EXPECT_EQ(roles.at("contact_roles.0.name"), "Decision Maker");
  EXPECT_EQ(roles.at("contact_roles.0.id").size(), 18u);
  EXPECT_EQ(roles.at("contact_roles.0.sequence_number"), "1");
  EXPECT_EQ(get("/Deals/roles").status, 404);
}

TEST_F(CrmJoined, RolesOfContactsAreMadeRenamedOrderedAndDeleted) {
  const Answer made = post("/Contacts/roles",
                           R"({"contact_roles":[{"name":"Works council","sequence_number":2},
                              {"name":"influencer"},{"sequence_number":1}]})");
  ASSERT_EQ(made.status, 207) << made.body;
  EXPECT_EQ(made.at("contact_roles.0.message"), "contact role added");
  EXPECT_EQ(made.at("contact_roles.1.code"), "DUPLICATE_DATA");
  EXPECT_EQ(made.at("contact_roles.1.details.json_path"), "$.contact_roles[1].name");
  EXPECT_EQ(made.at("contact_roles.2.code"), "MANDATORY_NOT_FOUND");
  EXPECT_EQ(made.at("contact_roles.2.details.api_name"), "name");
  const std::string council = made.at("contact_roles.0.details.id");
  EXPECT_EQ(get("/Contacts/roles").at("contact_roles.1.id"), council);
  const Answer one = get("/Contacts/roles/" + council);
  EXPECT_EQ(one.at("contact_roles.0.name"), "Works council") << one.body;
  EXPECT_EQ(one.at("contact_roles.0.sequence_number"), "2");
  EXPECT_EQ(put("/Deals/" + deal + "/Contact_Roles/" + maria,
                R"({"data":[{"Contact_Role":{"id":")" + council + R"("}}]})")
                .status,
            200);
  EXPECT_EQ(put("/Contacts/roles/" + council, R"({"contact_roles":[{"name":"Council"}]})")
                .at("contact_roles.0.message"),
            "contact role updated");
  EXPECT_EQ(get("/Deals/" + deal + "/Contact_Roles").at("data.0.Contact_Role.name"), "Council");
  EXPECT_EQ(del("/Contacts/roles?ids=" + council).at("contact_roles.0.message"),
            "contact role deleted");
  EXPECT_EQ(get("/Deals/" + deal + "/Contact_Roles").at("data.0.Contact_Role"), "null")
      << "still in the deal";
  EXPECT_EQ(get("/Contacts/roles/" + council).status, 404);
}

TEST_F(CrmJoined, WhatIsWrongWithARoleIsToldOfItAlone) {
  const std::string other = role("Other");
  const Answer changed = put("/Contacts/roles", R"({"contact_roles":[{"id":")" + other +
                                                    R"(","sequence_number":1},
                              {"id":"4711","name":"x"},{"name":"y"},{"id":")" +
                                                    other + R"(","sequence_number":0}]})");
  EXPECT_EQ(changed.status, 207) << changed.body;
  EXPECT_EQ(changed.at("contact_roles.1.code"), "INVALID_DATA");
  EXPECT_EQ(changed.at("contact_roles.1.details.api_name"), "id");
  EXPECT_EQ(changed.at("contact_roles.2.code"), "MANDATORY_NOT_FOUND");
  EXPECT_EQ(changed.at("contact_roles.3.details.api_name"), "sequence_number");
  EXPECT_EQ(get("/Contacts/roles").at("contact_roles.0.id"), other);
  const Answer gone = del("/Contacts/roles?ids=" + other + ",4711");
  EXPECT_EQ(gone.status, 207) << gone.body;
  EXPECT_EQ(gone.at("contact_roles.1.code"), "INVALID_DATA");
  EXPECT_EQ(del("/Contacts/roles/" + role("End User")).status, 200);
  EXPECT_EQ(del("/Contacts/roles").at("code"), "REQUIRED_PARAM_MISSING");
  EXPECT_EQ(post("/Deals/roles", R"({"contact_roles":[{"name":"x"}]})").status, 404);
  EXPECT_EQ(post("/Contacts/roles", R"({"contact_roles":[{"name":5}]})").status, 400);
}

TEST_F(CrmJoined, RolesAreChangedByWhoArrangesFieldsWithTheScopeOfContacts) {
  const std::string body = R"({"contact_roles":[{"name":"Works council"}]})";
  const std::string whole = portal.firm(Edition::crm).ada.access_token;
  portal.firm(Edition::crm).ada.access_token =
      portal.token(Edition::crm, {"ZohoCRM.modules.contacts.READ"});
  EXPECT_EQ(post("/Contacts/roles", body).at("code"), "OAUTH_SCOPE_MISMATCH");
  EXPECT_EQ(del("/Contacts/roles?ids=" + role("Other")).at("code"), "OAUTH_SCOPE_MISMATCH");
  portal.firm(Edition::crm).ada.access_token = whole;
  std::swap(portal.firm(Edition::crm).ada, portal.firm(Edition::crm).ben);
  const Answer refused = post("/Contacts/roles", body);
  EXPECT_EQ(refused.at("contact_roles.0.code"), "NO_PERMISSION") << refused.body;
  EXPECT_EQ(get("/Contacts/roles").at("contact_roles.8.id"), "");
}

TEST_F(CrmJoined, TheNativeApiChangesRolesAndMetaOffersThem) {
  const Answer made = native(Method::post, "/contact_roles", R"({"name":"Works council"})");
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string council = made.at("id");
  EXPECT_EQ(made.at("said"), council);
  EXPECT_EQ(native(Method::get, "/contact_roles").at("contact_roles.8.name"), "Works council");
  EXPECT_EQ(native(Method::get, "/contact_roles").at("contact_roles.0.said"), "decision_maker");
  EXPECT_NE(native(Method::get, "/meta")
                .body.find(R"({"name":")" + council + R"(","label":"Works council"})"),
            std::string::npos);
  const std::string pair = "/deals/" + deal + "/joined/contact_roles/" + maria;
  ASSERT_EQ(native(Method::put, pair, R"({"said":")" + council + R"("})").status, 204);
  EXPECT_EQ(native(Method::patch, "/contact_roles/" + council,
                   R"({"name":"Council","sequence_number":1})")
                .at("name"),
            "Council");
  EXPECT_EQ(native(Method::post, "/contact_roles", R"({"name":"COUNCIL"})").status, 409);
  EXPECT_EQ(native(Method::post, "/contact_roles", R"({"title":"x"})").status, 422);
  const std::string other = native(Method::get, "/contact_roles").at("contact_roles.1.id");
  const Answer gone = native(Method::post, "/contact_roles/" + council + "/retire",
                             R"({"target":")" + other + R"("})");
  EXPECT_EQ(gone.at("exchanged"), "1") << gone.body;
  EXPECT_EQ(gone.at("is_done"), "true");
  EXPECT_EQ(native(Method::get, "/deals/" + deal + "/joined/contact_roles").at("said." + maria),
            "decision_maker");
}

TEST_F(CrmJoined, ContactsOfADealAreJoinedListedWithTheirRoleAndParted) {
  const Answer joined = put("/Deals/" + deal + "/Contact_Roles/" + maria,
                            R"({"data":[{"Contact_Role":")" + role("Influencer") + R"("}]})");
  ASSERT_EQ(joined.status, 200) << joined.body;
  EXPECT_EQ(joined.at("data.0.message"), "relation added");
  EXPECT_EQ(joined.at("data.0.details.id"), maria);
  const Answer many = put("/Deals/" + deal + "/Contact_Roles",
                          R"({"data":[{"id":")" + kenji + R"(","Contact_Role":{"name":"End User"}},
                              {"id":"123456789012345678"},{}]})");
  EXPECT_EQ(many.status, 207);
  EXPECT_EQ(many.at("data.1.code"), "INVALID_DATA");
  EXPECT_EQ(many.at("data.1.details.api_name"), "id");
  EXPECT_EQ(many.at("data.1.details.json_path"), "$.data[1].id");
  EXPECT_EQ(many.at("data.2.code"), "MANDATORY_NOT_FOUND");
  const Answer listed =
      get("/Deals/" + deal + "/Contact_Roles?fields=Last_Name,Contact_Role&sort_order=asc");
  ASSERT_EQ(listed.status, 200) << listed.body;
  EXPECT_EQ(listed.at("data.0.Last_Name"), "Silva");
  EXPECT_EQ(listed.at("data.0.Contact_Role.name"), "Influencer");
  EXPECT_EQ(listed.at("data.0.Contact_Role.id"), role("Influencer"));
  EXPECT_EQ(listed.at("data.1.Contact_Role.name"), "End User");
  EXPECT_EQ(listed.at("info.count"), "2");
  EXPECT_EQ(get("/Contacts/" + kenji + "/Contact_Roles").at("data.0.Deal_Name"), "Vans");
  EXPECT_EQ(get("/deals/" + deal + "/contact_roles/" + maria).at("data.0.id"), maria);
  EXPECT_EQ(del("/Deals/" + deal + "/Contact_Roles/" + maria).at("data.0.message"),
            "relation removed");
  EXPECT_EQ(get("/Deals/" + deal + "/Contact_Roles/" + maria).status, 404);
  EXPECT_EQ(del("/Deals/" + deal + "/Contact_Roles?ids=" + kenji).status, 200);
  EXPECT_EQ(get("/Deals/" + deal + "/Contact_Roles").status, 204);
}

TEST_F(CrmJoined, ARoleThatIsNoneIsRefusedByName) {
  const Answer refused =
      put("/Deals/" + deal + "/Contact_Roles/" + maria, R"({"data":[{"Contact_Role":"Captain"}]})");
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.at("data.0.code"), "INVALID_DATA");
  EXPECT_EQ(refused.at("data.0.details.api_name"), "Contact_Role");
  EXPECT_EQ(get("/Deals/" + deal + "/Contact_Roles").status, 204);
  EXPECT_EQ(put("/Deals/" + deal + "/Contact_Roles/" + maria, R"({"data":[{"Contact_Role":null}]})")
                .status,
            200);
  EXPECT_EQ(get("/Deals/" + deal + "/Contact_Roles").at("data.0.Contact_Role"), "null");
}

TEST_F(CrmJoined, MembersOfACampaignHaveAStatus) {
  const std::string lead =
      portal.made(Edition::crm, "Leads", R"({"Last_Name":"Costa","Company":"Costa Lda"})");
  EXPECT_EQ(put("/Campaigns/" + campaign + "/Leads/" + lead, R"({"data":[{}]})").status, 200);
  EXPECT_EQ(get("/Campaigns/" + campaign + "/Leads").at("data.0.Member_Status"), "Planned");
  EXPECT_EQ(put("/Contacts/" + maria + "/Campaigns/" + campaign,
                R"({"data":[{"Member_Status":"Opted Out"}]})")
                .status,
            200);
  const Answer contacts = get("/Campaigns/" + campaign + "/Contacts");
  EXPECT_EQ(contacts.at("data.0.id"), maria);
  EXPECT_EQ(contacts.at("data.0.Member_Status"), "Opted Out");
  EXPECT_EQ(get("/Leads/" + lead + "/Campaigns").at("data.0.Campaign_Name"), "Spring fair");
}

TEST_F(CrmJoined, TheListsOfAModuleNameThem) {
  const auto has = [&](const std::string& module, const std::string& name) {
    const std::vector<std::string> names = list_names(module);
    return std::count(names.begin(), names.end(), name);
  };
  EXPECT_EQ(has("Deals", "Contact_Roles"), 1);
  EXPECT_EQ(has("Deals", "Products"), 1);
  EXPECT_EQ(has("Leads", "Campaigns"), 1);
  EXPECT_EQ(has("Campaigns", "Leads"), 1);
  EXPECT_EQ(has("Campaigns", "Contacts"), 1);
  for (const char* module : {"Leads", "Contacts", "Accounts", "Deals"}) {
    EXPECT_EQ(has(module, "Products"), 1) << module;
    EXPECT_EQ(has("Products", module), 1) << module;
  }
}

TEST_F(CrmJoined, ATokenNeedsToReadTheOneAndToChangeTheOther) {
  portal.firm(Edition::crm).ada.access_token =
      portal.token(Edition::crm, {"ZohoCRM.modules.deals.READ", "ZohoCRM.modules.contacts.ALL"});
  EXPECT_EQ(get("/Deals/" + deal + "/Contact_Roles").status, 204);
  const std::string address = "/Deals/" + deal + "/Contact_Roles/" + maria;
  EXPECT_EQ(put(address, R"({"data":[{}]})").at("code"), "OAUTH_SCOPE_MISMATCH");
  EXPECT_EQ(del(address).at("code"), "OAUTH_SCOPE_MISMATCH");
  portal.firm(Edition::crm).ada.access_token =
      portal.token(Edition::crm, {"ZohoCRM.modules.deals.ALL"});
  EXPECT_EQ(get("/Deals/" + deal + "/Contact_Roles").at("code"), "OAUTH_SCOPE_MISMATCH");
}

TEST_F(CrmJoined, TheTimelineNamesTheOtherRecord) {
  put("/Deals/" + deal + "/Contact_Roles/" + maria, R"({"data":[{}]})");
  const Answer of_deal = get("/Deals/" + deal + "/__timeline");
  EXPECT_EQ(of_deal.at("__timeline.0.action"), "linked");
  EXPECT_EQ(of_deal.at("__timeline.0.related_record.name"), "Silva");
  EXPECT_EQ(of_deal.at("__timeline.0.related_record.module.api_name"), "Contacts");
  const Answer of_contact = get("/Contacts/" + maria + "/__timeline");
  EXPECT_EQ(of_contact.at("__timeline.0.related_record.id"), deal);
}

TEST_F(CrmJoined, AnotherFirmsRecordIsJoinedWithNothing) {
  const test::SalesPortal::Firm theirs = portal.add_firm(Edition::crm);
  const test::SalesPortal::Firm ours = portal.firm(Edition::crm);
  portal.firm(Edition::crm) = theirs;
  const std::string stranger = contact("Quokka");
  portal.firm(Edition::crm) = ours;
  const Answer refused = put("/Deals/" + deal + "/Contact_Roles/" + stranger, R"({"data":[{}]})");
  EXPECT_EQ(refused.at("data.0.code"), "INVALID_DATA") << refused.body;
  EXPECT_EQ(get("/Deals/" + deal + "/Contact_Roles").status, 204);
}

TEST_F(CrmJoined, DeletedListsTheRecycleBinAndThenWhatIsGoneForGood) {
  for (const std::string& id : {maria, kenji}) EXPECT_EQ(del("/Contacts/" + id).status, 200);
  EXPECT_EQ(native(Method::del, "/recycle_bin/contacts/" + maria).status, 204);
  const Answer all = get("/Contacts/deleted?type=all");
  ASSERT_EQ(all.status, 200) << all.body;
  EXPECT_EQ(all.at("data.0.id"), kenji);
  EXPECT_EQ(all.at("data.0.type"), "recycle");
  EXPECT_EQ(all.at("data.0.display_name"), "Mori");
  EXPECT_EQ(all.at("data.1.id"), maria);
  EXPECT_EQ(all.at("data.1.type"), "permanent");
  EXPECT_EQ(all.at("data.1.display_name"), "null");
  EXPECT_EQ(all.at("data.1.deleted_by.name"), "ada");
  EXPECT_EQ(all.at("info.more_records"), "false");
  EXPECT_EQ(get("/Contacts/deleted?type=recycle").at("info.count"), "1");
  EXPECT_EQ(get("/Contacts/deleted?type=permanent").at("data.0.id"), maria);
  EXPECT_EQ(get("/Deals/deleted?type=permanent").status, 204);
}

TEST_F(CrmJoined, WhatWasDeletedLastIsListedFirst) {
  for (const std::string& id : {kenji, maria}) {
    EXPECT_EQ(del("/Contacts/" + id).status, 200);
    portal.clock().advance_ms(minute_ms);
  }
  EXPECT_EQ(get("/Contacts/deleted?per_page=1").at("data.0.id"), maria);
  const std::string token = get("/Contacts/deleted?per_page=1").at("info.next_page_token");
  EXPECT_EQ(get("/Contacts/deleted?per_page=1&page_token=" + token).at("data.0.id"), kenji);
  EXPECT_EQ(get("/Contacts/deleted?per_page=1&page=2").at("data.0.id"), kenji);
}

TEST_F(CrmJoined, FilesOfARecordAndOfItsNotesAreGoneForGoodWithIt) {
  const Answer note = portal.call(edition, Method::post, "/Contacts/" + maria + "/Notes",
                                  R"({"data":[{"Note_Content":"See the page"}]})");
  const std::string note_id = note.at("data.0.details.id");
  const std::string page = "/Attachments?attachmentUrl=https://kunde.example&title=Page";
  for (const std::string& parent : {"/Notes/" + note_id, "/Contacts/" + maria, "/Deals/" + deal})
    EXPECT_EQ(portal.call(edition, Method::post, parent + page).status, 200) << parent;
  EXPECT_EQ(get("/Attachments").at("info.count"), "3");
  EXPECT_EQ(del("/Contacts/" + maria).status, 200);
  EXPECT_EQ(native(Method::del, "/recycle_bin/contacts/" + maria).status, 204);
  EXPECT_EQ(get("/Notes").status, 204);
  EXPECT_EQ(get("/Attachments").at("info.count"), "1") << "that of the deal";
  EXPECT_EQ(get("/Notes/deleted?type=permanent").at("data.0.id"), note_id);
}

TEST_F(CrmJoined, DeletedIsReadPageByPage) {
  std::vector<std::string> ids{maria, kenji, contact("Osei")};
  for (const std::string& id : ids) del("/Contacts/" + id);
  native(Method::del, "/recycle_bin/contacts/" + ids[0]);
  native(Method::del, "/recycle_bin/contacts/" + ids[1]);
  const std::vector<std::string> expected{ids[2], ids[1], ids[0]};
  std::string token;
  for (size_t page = 0; page < 3; ++page) {
    const std::string asked = "/Contacts/deleted?per_page=1";
    const Answer by_number = get(asked + "&page=" + std::to_string(page + 1));
    EXPECT_EQ(by_number.at("data.0.id"), expected[page]) << page;
    const Answer by_token = get(asked + (token.empty() ? "" : "&page_token=" + token));
    EXPECT_EQ(by_token.at("data.0.id"), expected[page]) << page;
    EXPECT_EQ(by_token.at("info.more_records"), page < 2 ? "true" : "false") << page;
    token = by_token.at("info.next_page_token");
  }
  EXPECT_EQ(get("/Contacts/deleted?per_page=1&page=4").status, 204);
  EXPECT_EQ(get("/Contacts/deleted?page_token=x").status, 400);
}

TEST_F(CrmJoined, TheNativeApiListsJoinsAndParts) {
  const std::string list = "/deals/" + deal + "/joined/contact_roles";
  ASSERT_EQ(native(Method::put, list + "/" + maria, R"({"said":"influencer"})").status, 204);
  ASSERT_EQ(native(Method::put, list + "/" + kenji).status, 204);
  const Answer listed = native(Method::get, list + "?sort=last_name");
  ASSERT_EQ(listed.status, 200) << listed.body;
  EXPECT_EQ(listed.at("records.0.id"), kenji);
  EXPECT_EQ(listed.at("said." + maria), "influencer");
  EXPECT_EQ(listed.at("said." + kenji), "");
  const Answer history = native(Method::get, "/contacts/" + maria + "/history");
  EXPECT_EQ(history.at("entries.0.verb"), "joined");
  EXPECT_EQ(history.at("entries.0.detail.title"), "Vans");
  EXPECT_EQ(native(Method::del, "/contacts/" + maria + "/joined/contact_roles/" + deal).status,
            204);
  EXPECT_EQ(native(Method::del, list + "/" + maria).status, 404);
  EXPECT_EQ(native(Method::put, list + "/" + maria, R"({"said":"captain"})").status, 422);
  EXPECT_EQ(native(Method::put, list + "/" + maria, R"({"role":"captain"})").status, 422);
  EXPECT_EQ(native(Method::get, "/deals/" + deal + "/joined/spaceships").status, 404);
  const Answer meta = native(Method::get, "/meta");
  EXPECT_EQ(meta.at("joins.0.list"), "products") << "of leads, the first module";
  EXPECT_NE(meta.body.find(R"({"module":"deals","list":"contact_roles","label":"Contact roles",)"
                           R"("of":"contacts","holder":"deals","may_change":true,)"),
            std::string::npos)
      << meta.at("joins");
  EXPECT_NE(
      meta.body.find(R"({"module":"contacts","list":"contact_roles","label":"Roles in deals",)"
                     R"("of":"deals","holder":"deals","may_change":true,)"),
      std::string::npos)
      << "the deal is changed from either side: " << meta.at("joins");
}

TEST_F(CrmJoined, NobodyAsksForPairsByAFilterOfTheirOwn) {
  ASSERT_EQ(native(Method::put, "/deals/" + deal + "/joined/contact_roles/" + maria).status, 204);
  const Answer refused = native(
      Method::get, "/contacts?filter={\"field\":\"deals.contact_roles\",\"is\":\"" + deal + "\"}");
  EXPECT_EQ(refused.status, 422);
  EXPECT_EQ(refused.at("error.code"), "unknown_field");
  EXPECT_EQ(get("/Contacts/search?criteria=(deals.contact_roles:equals:" + deal + ")").status, 400);
}

struct BiginJoined : JoinedLists {
  BiginJoined() { edition = Edition::bigin; }
  std::string deal(const std::string& more) {
    return R"({"Deal_Name":"Vans","Stage":"Qualification",)"
           R"("Sub_Pipeline":"Sales Pipeline Standard")" +
           more + "}";
  }
};

TEST_F(BiginJoined, SecondaryContactsAndProductsAreFieldsOfADeal) {
  const std::string maria = contact("Silva");
  const std::string kenji = contact("Mori");
  const std::string van = product("Van");
  const std::string id = portal.made(
      edition, "Pipelines",
      deal(R"(,"Secondary_Contacts":[{"id":")" + maria + R"("},")" + kenji +
           R"("],"Associated_Products":[{"Product":{"id":")" + van + R"("},"Quantity":2}])"));
  const Answer read = get("/Pipelines/" + id);
  EXPECT_EQ(read.at("data.0.Secondary_Contacts.0.id"), maria) << read.body;
  EXPECT_EQ(read.at("data.0.Secondary_Contacts.1.name"), "Mori");
  EXPECT_EQ(read.at("data.0.Associated_Products.0.Product.name"), "Van");
  EXPECT_EQ(
      put("/Pipelines/" + id, R"({"data":[{"Secondary_Contacts":[{"id":")" + kenji + R"("}]}]})")
          .status,
      200);
  const Answer some = get("/Pipelines?fields=Deal_Name,Secondary_Contacts");
  EXPECT_EQ(some.at("data.0.Secondary_Contacts.0.id"), kenji);
  EXPECT_EQ(some.at("data.0.Secondary_Contacts.1.id"), "");
  EXPECT_EQ(some.body.find("Associated_Products"), std::string::npos);
  EXPECT_EQ(get("/Pipelines/" + id).at("data.0.Associated_Products.0.id"), van)
      << "what is not said stays";
  EXPECT_EQ(put("/Pipelines/" + id, R"({"data":[{"Associated_Products":null}]})").status, 200);
  EXPECT_EQ(get("/Pipelines/" + id + "/Products").status, 204);
}

TEST_F(BiginJoined, AWrongContactRefusesTheWholeDeal) {
  const Answer refused =
      portal.call(edition, Method::post, "/Pipelines",
                  R"({"data":[)" + deal(R"(,"Secondary_Contacts":["123456789012345678"])") + "," +
                      deal(R"(,"Associated_Products":"van")") + "]}");
  EXPECT_EQ(refused.status, 400);
  EXPECT_EQ(refused.at("data.0.code"), "INVALID_DATA");
  EXPECT_EQ(refused.at("data.0.details.api_name"), "Secondary_Contacts");
  EXPECT_EQ(refused.at("data.1.details.json_path"), "$.data[1].Associated_Products");
  EXPECT_EQ(get("/Pipelines").status, 204);
}

TEST_F(BiginJoined, ProductsAndContactsAreLinkedBelowTheirRecord) {
  const std::string maria = contact("Silva");
  const std::string van = product("Van");
  const std::string id = portal.made(edition, "Pipelines", deal(""));
  EXPECT_EQ(put("/Pipelines/" + id + "/Contacts/" + maria, R"({"data":[{}]})").status, 200);
  EXPECT_EQ(get("/Pipelines/" + id + "/Contacts").at("data.0.Last_Name"), "Silva");
  EXPECT_EQ(put("/Contacts/" + maria + "/Products", R"({"data":[{"id":")" + van + R"("}]})").status,
            200);
  EXPECT_EQ(get("/Products/" + van + "/Contacts").at("data.0.id"), maria);
  EXPECT_EQ(put("/Products/" + van + "/Pipelines/" + id, R"({"data":[{}]})").status, 200);
  EXPECT_EQ(get("/Pipelines/" + id).at("data.0.Associated_Products.0.id"), van);
  EXPECT_EQ(del("/Pipelines/" + id + "/Products/" + van).status, 200);
  EXPECT_EQ(get("/Contacts/roles").status, 404) << "roles are CRM's";
}

TEST_F(BiginJoined, FieldsTellOfThem) {
  const Answer fields = get("/settings/fields?module=Pipelines");
  EXPECT_NE(fields.body.find(R"("api_name":"Secondary_Contacts")"), std::string::npos);
  EXPECT_NE(fields.body.find(R"("api_name":"Associated_Products")"), std::string::npos);
  EXPECT_NE(fields.body.find(R"("data_type":"multiselectlookup")"), std::string::npos);
}

}  // namespace

}  // namespace tandem
