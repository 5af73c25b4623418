#include <gmock/gmock.h>

#include "access/audit.h"
#include "crm/views/views.h"
#include "records/custom_fields.h"
#include "tests/rules/sales_office.h"
#include "views/custom_view_query.h"

// Views of the sales side: what is the same as of tickets is proved there (custom_views_test.cpp).
// Manual, CRM and Bigin, Views.

namespace tandem::test {
namespace {

using crm::Edition;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;
using views::CustomView;
using views::ViewAudience;

class SalesViews : public testing::TestWithParam<Edition> {
 protected:
  SalesOffice office_{GetParam()};
  access::Actor ben_ = office_.member("Ben", office_.made.agent_role);

  views::ViewedModule of(const std::string& module) {
    return crm::viewed_module(office_.module(module));
  }
  Result<CustomView> make(const access::Actor& actor, const std::string& module, CustomView view) {
    return office_.database->write([&](db::Transaction& tx) {
      return views::create_custom_view(tx, actor, of(module), std::move(view));
    });
  }
  std::vector<std::string> names(const access::Actor& actor, const std::string& module) {
    return office_.database->read([&](db::Transaction& tx) {
      std::vector<std::string> all;
      for (const CustomView& view : views::list_custom_views(tx, actor, of(module)))
        all.push_back(view.name);
      return all;
    });
  }
  /// The titles that a view lists, as the view sorts them.
  Result<std::vector<std::string>> lists(const access::Actor& actor, const std::string& module,
                                         const std::string& view) {
    return office_.database->read([&](db::Transaction& tx) -> Result<std::vector<std::string>> {
      const views::ViewQuery asked = TRY(views::view_asked_for(tx, actor, of(module), view));
      records::Query query;
      const bool is_descending = asked.sort.starts_with('-');
      query.sort = {asked.sort.empty() ? "id" : asked.sort.substr(is_descending ? 1 : 0),
                    is_descending};
      std::vector<std::string> titles;
      do {
        const records::Page page = TRY(views::list_view(tx, actor, of(module), asked, query));
        for (const records::Record& record : page.records) titles.push_back(record.title);
        query.cursor = page.next_cursor;
      } while (!query.cursor.empty());
      return titles;
    });
  }
  RecordId company(const std::string& name, const records::Changes& more = {}) {
    records::Changes values = more;
    values.set("name", name);
    const auto made = office_.create(office_.ada, "accounts", values);
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    return made ? made->id : RecordId{};
  }
};

INSTANTIATE_TEST_SUITE_P(Editions, SalesViews, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

TEST_P(SalesViews, ListWhatMeetsTheirConditionsJoinedByAllAndAny) {
  company("Haus", {{"phone", "+49 30 1"}});
  company("Casa", {{"phone", "+351 21 2"}});
  company("Hut", {{"phone", "+44 20 3"}});
  company("Home");
  const auto view = make(
      office_.ada, "accounts",
      {.name = "Near",
       .filter_json =
           R"({"all_of":[{"field":"phone","is_empty":false},{"any_of":[{"field":"name","is":"Haus"},)"
           R"({"field":"phone","starts_with":"+351"}]}]})",
       .sort = "name"});
  ASSERT_TRUE(view) << view.error().message;
  EXPECT_THAT(*lists(office_.ada, "accounts", to_string(view->id)), ElementsAre("Casa", "Haus"));
  office_.database->read([&](db::Transaction& tx) {
    const auto asked = views::view_asked_for(tx, office_.ada, of("accounts"), to_string(view->id));
    const auto count = views::count_view(tx, office_.ada, of("accounts"), *asked);
    EXPECT_EQ(count->value, 2);
    EXPECT_TRUE(count->is_exact);
  });
}

TEST_P(SalesViews, CanAskForCustomFields) {
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
    return records::add_custom_field(tx, office_.org, *office_.catalogue,
                                     office_.module("accounts"), {.name = "tier", .label = "Tier"});
  }));
  company("Haus", {{"tier", "gold"}});
  company("Casa", {{"tier", "tin"}});
  const auto view = make(office_.ada, "accounts",
                         {.name = "Gold", .filter_json = R"({"field":"tier","is":"gold"})"});
  ASSERT_TRUE(view) << view.error().message;
  EXPECT_THAT(*lists(office_.ada, "accounts", to_string(view->id)), ElementsAre("Haus"));
}

TEST_P(SalesViews, BelongToTheirModuleAlone) {
  const CustomView view = *make(office_.ada, "accounts", {.name = "Near"});
  EXPECT_EQ(view.sort, "-created_at") << "the newest first, where nothing is said";
  EXPECT_TRUE(make(office_.ada, "contacts", {.name = "Near"})) << "of the same name";
  EXPECT_THAT(names(office_.ada, "accounts"), ElementsAre("Near"));
  EXPECT_THAT(names(office_.ada, "deals"), IsEmpty());
  EXPECT_EQ(lists(office_.ada, "contacts", to_string(view.id)).error().kind,
            RefusalKind::not_found);
  const auto remove = [&](const std::string& module) {
    return office_.database->write([&](db::Transaction& tx) {
      return views::delete_custom_view(tx, office_.ada, of(module), view.id);
    });
  };
  EXPECT_EQ(remove("contacts").error().kind, RefusalKind::not_found);
  EXPECT_TRUE(remove("accounts"));
  EXPECT_THAT(names(office_.ada, "contacts"), ElementsAre("Near"));
}

TEST_P(SalesViews, StandInAnOrderForEachModule) {
  const CustomView first = *make(office_.ada, "accounts", {.name = "First"});
  const CustomView second = *make(office_.ada, "accounts", {.name = "Second"});
  const CustomView other = *make(office_.ada, "contacts", {.name = "Other"});
  const CustomView last = *make(office_.ada, "contacts", {.name = "Last"});
  const auto order = [&](const std::string& module, const std::vector<int64_t>& ids) {
    return office_.database->write([&](db::Transaction& tx) {
      return views::order_custom_views(tx, office_.ada, of(module), ids);
    });
  };
  ASSERT_TRUE(order("accounts", {second.id.value, first.id.value}));
  ASSERT_TRUE(order("contacts", {last.id.value, other.id.value}));
  EXPECT_THAT(names(office_.ada, "accounts"), ElementsAre("Second", "First"));
  EXPECT_THAT(names(office_.ada, "contacts"), ElementsAre("Last", "Other"));
  EXPECT_EQ(order("accounts", {last.id.value}).error().code, "not_found");
}

TEST_P(SalesViews, AreSharedWithEverybodyOrWithRolesButNotWithDepartments) {
  CustomView shared{.name = "All", .audience = ViewAudience::everybody};
  EXPECT_EQ(make(ben_, "accounts", shared).error().code, "may_not_share_views");
  ASSERT_TRUE(make(office_.ada, "accounts", shared));
  CustomView of_role{.name = "Sellers", .audience = ViewAudience::roles};
  of_role.audience_ids = {office_.made.light_agent_role.value};
  ASSERT_TRUE(make(office_.ada, "accounts", of_role));
  ASSERT_TRUE(make(office_.ada, "accounts", {.name = "Mine"}));
  EXPECT_THAT(names(ben_, "accounts"), ElementsAre("All"));
  const access::Actor lea = office_.member("Lea", office_.made.light_agent_role);
  EXPECT_THAT(names(lea, "accounts"), ElementsAre("All", "Sellers"));
  CustomView of_department{.name = "Berlin", .audience = ViewAudience::departments};
  of_department.audience_ids = {office_.made.light_agent_role.value};
  EXPECT_EQ(make(office_.ada, "accounts", of_department).error().code, "not_a_choice");
}

TEST_P(SalesViews, OfAHiddenFieldTellNothing) {  // S127
  company("Haus", {{"phone", "+49 30 1"}});
  CustomView shared{.name = "Berlin",
                    .filter_json = R"({"field":"phone","starts_with":"+49"})",
                    .audience = ViewAudience::everybody};
  const CustomView view = *make(office_.ada, "accounts", shared);
  access::Actor clerk = ben_;
  auto role = std::make_shared<access::Role>(*ben_.role);
  role->fields["accounts"]["phone"] = access::FieldAccess::hidden;
  clerk.role = role;
  EXPECT_EQ(lists(clerk, "accounts", to_string(view.id)).error().code, "view_broken");
  EXPECT_EQ(make(clerk, "accounts", {.name = "x", .filter_json = shared.filter_json}).error().code,
            "unknown_field");
  EXPECT_THAT(*lists(ben_, "accounts", to_string(view.id)), ElementsAre("Haus"));
}

TEST_P(SalesViews, EveryModuleHasAFewReadyOnes) {
  company("Old", {{"owner", ben_.id}});
  office_.clock.advance_ms(8 * day_ms);
  company("New");
  EXPECT_THAT(*lists(ben_, "accounts", "all"), UnorderedElementsAre("Old", "New"));
  EXPECT_THAT(*lists(ben_, "accounts", "mine"), ElementsAre("Old"));
  EXPECT_THAT(*lists(ben_, "accounts", "recently_created"), ElementsAre("New"));
  EXPECT_THAT(*lists(ben_, "accounts", "recently_changed"), ElementsAre("New"));
  EXPECT_EQ(lists(ben_, "accounts", "overdue").error().kind, RefusalKind::not_found);
  const std::string label = "My " + office_.module("accounts").label_plural;
  EXPECT_EQ(make(ben_, "accounts", {.name = label}).error().code, "duplicate");
  const auto counts = office_.database->read(
      [&](db::Transaction& tx) { return views::count_ready_views(tx, ben_, of("accounts")); });
  ASSERT_EQ(counts->size(), 4U);
  EXPECT_EQ(counts->at(1).name, "mine");
  EXPECT_EQ(counts->at(1).count.value, 1);
}

TEST_P(SalesViews, AreRefusedWhereTheirRoleDoesNotReadTheModule) {
  access::Actor clerk = ben_;
  auto role = std::make_shared<access::Role>(*ben_.role);
  role->rights["deals"] = {};
  clerk.role = role;
  EXPECT_EQ(make(clerk, "deals", {.name = "x"}).error().kind, RefusalKind::forbidden);
  EXPECT_EQ(lists(clerk, "deals", "all").error().kind, RefusalKind::forbidden);
}

TEST_P(SalesViews, ThatAreSharedStandInTheAuditLog) {
  ASSERT_TRUE(make(ben_, "accounts", {.name = "Mine"}));
  CustomView view =
      *make(office_.ada, "accounts", {.name = "All", .audience = ViewAudience::everybody});
  view.name = "Ours";
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
    return views::change_custom_view(tx, office_.ada, of("accounts"), view);
  }));
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
    return views::delete_custom_view(tx, office_.ada, of("accounts"), view.id);
  }));
  const auto log = office_.database->read(
      [&](db::Transaction& tx) { return access::list_audit(tx, office_.ada, "", 200); });
  ASSERT_TRUE(log);
  std::vector<std::string> told;
  for (const access::AuditEntry& entry : log->entries)
    if (entry.what.starts_with("view_")) told.push_back(entry.what + " " + entry.detail);
  const std::string module = office_.module("accounts").label_plural;
  EXPECT_THAT(told,
              ElementsAre("view_removed " + module + ": Ours", "view_changed " + module + ": Ours",
                          "view_added " + module + ": All"));
}

}  // namespace
}  // namespace tandem::test
