#include <gmock/gmock.h>

#include "access/roles.h"
#include "desk/modules.h"
#include "desk/sharing/ticket_sharing.h"
#include "desk/tickets/ticket_search.h"
#include "desk/views/ticket_views.h"
#include "records/custom_fields.h"
#include "records/newest_rows.h"
#include "tests/support/office.h"
#include "views/custom_view_query.h"

// Views that people make: what they list, whose they are, and what becomes of them.

namespace tandem::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using views::CustomView;
using views::ViewAudience;

const std::string shared_and_open =
    R"({"all_of":[{"field":"is_shared","is":true},{"field":"status","is":"open"}]})";

struct Views {
  Office office;
  RecordId support = office.department("Support");
  RecordId billing = office.department("Billing");
  access::Actor ada = office.administrator();
  access::Actor ana = office.agent("ana", {"Support"});
  access::Actor ben = office.agent("ben", {"Billing"});

  template <class Body>
  auto write(Body&& body) {
    return office.database->write(std::forward<Body>(body));
  }
  Result<CustomView> make(const access::Actor& actor, const std::string& name,
                          const std::string& filter = "{}", const CustomView& rest = {}) {
    CustomView view = rest;
    view.name = name;
    view.filter_json = filter;
    return write([&](db::Transaction& tx) {
      return views::create_custom_view(tx, actor, desk::viewed_tickets(), view);
    });
  }
  Result<CustomView> make_shared(const access::Actor& actor, const std::string& name,
                                 ViewAudience audience, std::vector<int64_t> ids = {}) {
    return make(actor, name, "{}", {.audience = audience, .audience_ids = std::move(ids)});
  }
  Result<CustomView> change(const access::Actor& actor, const CustomView& view) {
    return write([&](db::Transaction& tx) {
      return views::change_custom_view(tx, actor, desk::viewed_tickets(), view);
    });
  }
  Result<void> remove(const access::Actor& actor, RecordId id) {
    return write([&](db::Transaction& tx) {
      return views::delete_custom_view(tx, actor, desk::viewed_tickets(), id);
    });
  }
  Result<views::ViewQuery> asked(const access::Actor& actor, RecordId id) {
    return office.database->read([&](db::Transaction& tx) {
      return views::view_asked_for(tx, actor, desk::viewed_tickets(), to_string(id));
    });
  }
  /// The tickets of a view, oldest first; page by page.
  std::vector<int64_t> lists(const access::Actor& actor, RecordId id) {
    return office.database->read([&](db::Transaction& tx) {
      const auto view = views::view_asked_for(tx, actor, desk::viewed_tickets(), to_string(id));
      EXPECT_TRUE(view) << (view ? "" : view.error().message);
      std::vector<int64_t> ids;
      records::Query query;
      query.sort = {"created_at", false};
      do {
        const auto page = views::list_view(tx, actor, desk::viewed_tickets(), *view, query);
        for (const records::Record& record : page->records) ids.push_back(record.id.value);
        query.cursor = page->next_cursor;
      } while (!query.cursor.empty());
      return ids;
    });
  }
  records::Count count(const access::Actor& actor, RecordId id) {
    return office.database->read([&](db::Transaction& tx) {
      const auto view = views::view_asked_for(tx, actor, desk::viewed_tickets(), to_string(id));
      return views::count_view(tx, actor, desk::viewed_tickets(), *view).value();
    });
  }
  std::vector<std::string> names(const access::Actor& actor) {
    return office.database->read([&](db::Transaction& tx) {
      std::vector<std::string> all;
      for (const CustomView& view : views::list_custom_views(tx, actor, desk::viewed_tickets()))
        all.push_back(view.name);
      return all;
    });
  }
  void share(RecordId ticket, RecordId department) {
    ASSERT_TRUE(write([&](db::Transaction& tx) {
      return desk::share_ticket(tx, ada, ticket, {desk::Share{department}});
    }));
  }
};

TEST(CustomViews, ListWhatMeetsTheirConditionsJoinedByAllAndAny) {  // S029; Custom views 1.1
  Views views;
  const RecordId urgent = views.office.ticket("Server down", {{"priority", "urgent"}});
  const RecordId phone = views.office.ticket("Printer", {{"channel", "phone"}});
  views.office.ticket("Toner");
  views.office.ticket("Solved", {{"priority", "urgent"}, {"status", "closed"}});
  const auto view = views.make(
      views.ana, "Hot",
      R"({"all_of":[{"field":"status_type","is_not":"closed"},)"
      R"({"any_of":[{"field":"priority","is":"urgent"},{"field":"channel","is":"phone"}]}]})");
  ASSERT_TRUE(view);
  EXPECT_THAT(views.lists(views.ana, view->id), ElementsAre(urgent.value, phone.value));
  EXPECT_EQ(views.count(views.ana, view->id).value, 2);
  EXPECT_TRUE(views.count(views.ana, view->id).is_exact);
}

TEST(CustomViews, CanAskForCustomFields) {  // S029; Custom views 1.1
  Views views;
  ASSERT_TRUE(views.write([&](db::Transaction& tx) {
    return records::add_custom_field(tx, views.office.org, views.office.catalogue,
                                     desk::tickets_module(),
                                     {.name = "order_number", .label = "Order number"});
  }));
  const RecordId ticket = views.office.ticket("Late parcel", {{"order_number", "A-17"}});
  views.office.ticket("Late, too", {{"order_number", "B-2"}});
  const auto view =
      views.make(views.ana, "A orders", R"({"field":"order_number","starts_with":"A-"})");
  ASSERT_TRUE(view);
  EXPECT_THAT(views.lists(views.ana, view->id), ElementsAre(ticket.value));
}

TEST(CustomViews, SharedToOthersListsWhatTheDepartmentSharedOut) {  // S030, S031; Custom views 1.3
  Views views;
  const RecordId shared = views.office.ticket("Payment failed");
  const RecordId closed = views.office.ticket("Paid", {{"status", "closed"}});
  views.office.ticket("Ours alone");
  views.share(shared, views.billing);
  views.share(closed, views.billing);
  const auto all = views.make(views.ana, "Shared out", R"({"field":"is_shared","is":true})");
  const auto open = views.make(views.ana, "Shared out and open", shared_and_open);
  ASSERT_TRUE(all && open);
  EXPECT_THAT(views.lists(views.ana, all->id), ElementsAre(shared.value, closed.value));
  EXPECT_THAT(views.lists(views.ana, open->id), ElementsAre(shared.value));
}

// S062, S063; Custom views 1.4
TEST(CustomViews, NeverListWhatIsOnlySharedWithTheDepartmentWhateverTheyAskFor) {
  Views views;
  const RecordId shared = views.office.ticket("Payment failed");
  const RecordId own = views.office.ticket("Invoice", {{"department", views.billing}});
  views.share(shared, views.billing);
  ASSERT_TRUE(views.office.open(views.ben, "tickets", shared));
  const std::string department = to_string(views.support);
  for (const std::string& filter :
       {std::string("{}"), shared_and_open, R"({"field":"department","is":")" + department + "\"}",
        std::string(R"({"none_of":[{"field":"subject","is":"Invoice"}]})"),
        R"({"field":"id","is":")" + to_string(shared) + "\"}"}) {
    const auto view = views.make(views.ben, filter.substr(0, 90), filter);
    ASSERT_TRUE(view) << filter << view.error().message;
    for (const int64_t id : views.lists(views.ben, view->id)) EXPECT_EQ(id, own.value) << filter;
    EXPECT_LE(views.count(views.ben, view->id).value, 1) << filter;
  }
  const auto found = views.office.database->read(
      [&](db::Transaction& tx) { return desk::search_tickets(tx, views.ben, "Payment", 10); });
  EXPECT_THAT(*found, IsEmpty()) << "nor does the search find it";
}

TEST(CustomViews, MeAndNowMeanWhoReadsThemAndWhen) {  // S029; Custom views 1.2
  Views views;
  const RecordId mine = views.office.ticket("Mine", {{"owner", views.ana.id}});
  const RecordId hers = views.office.ticket("Hers", {{"owner", views.ada.id}});
  const auto view = views.make(views.ada, "Whose turn", R"({"field":"owner","is":"me"})",
                               {.audience = ViewAudience::everybody});
  ASSERT_TRUE(view);
  EXPECT_THAT(views.lists(views.ana, view->id), ElementsAre(mine.value));
  EXPECT_THAT(views.lists(views.ada, view->id), ElementsAre(hers.value));

  const auto fresh =
      views.make(views.ana, "This week", R"({"field":"created_at","in_last_days":7})");
  const auto old =
      views.make(views.ana, "Left lying", R"({"field":"created_at","older_than_days":3})");
  const auto soon = views.make(views.ana, "Soon", R"({"field":"due_at","in_next_hours":4})");
  ASSERT_TRUE(fresh && old && soon);
  const Instant due = views.office.clock.now() + 5 * day_ms;
  ASSERT_TRUE(views.office.change(views.ada, "tickets", mine, {{"due_at", due}}));
  EXPECT_THAT(views.lists(views.ana, fresh->id), SizeIs(2));
  EXPECT_THAT(views.lists(views.ana, old->id), IsEmpty());
  EXPECT_THAT(views.lists(views.ana, soon->id), IsEmpty());
  views.office.clock.advance_ms(5 * day_ms - hour_ms);
  EXPECT_THAT(views.lists(views.ana, old->id), SizeIs(2));
  EXPECT_THAT(views.lists(views.ana, soon->id), ElementsAre(mine.value));
  views.office.clock.advance_ms(5 * day_ms);
  EXPECT_THAT(views.lists(views.ana, fresh->id), IsEmpty());
}

TEST(CustomViews, RefuseWhatIsNoNameConditionOrderOrColumn) {  // Custom views 1.1, 1.5
  Views views;
  EXPECT_EQ(code_of(views.make(views.ana, " ")), "required");
  EXPECT_EQ(code_of(views.make(views.ana, std::string(101, 'x'))), "too_long");
  EXPECT_EQ(code_of(views.make(views.ana, "x", R"({"field":"shoe","is":"1"})")), "unknown_field");
  EXPECT_EQ(code_of(views.make(views.ana, "x", R"({"field":"subject","before":"1"})")),
            "unknown_comparison");
  EXPECT_EQ(code_of(views.make(views.ana, "x", R"({"field":"subject","in_last_days":1})")),
            "unknown_comparison");
  EXPECT_EQ(code_of(views.make(views.ana, "x", R"({"field":"created_at","in_last_days":0})")),
            "out_of_range");
  EXPECT_EQ(code_of(views.make(views.ana, "x", "{}", {.sort = "subject"})), "not_sortable");
  EXPECT_EQ(code_of(views.make(views.ana, "x", "{}", {.columns = {"shoe"}})), "unknown_field");
  const std::string long_filter = R"({"field":"subject","is":")" + std::string(20'000, 'x') + "\"}";
  EXPECT_EQ(code_of(views.make(views.ana, "x", long_filter)), "too_long");
  EXPECT_THAT(views.names(views.ana), IsEmpty());
}

TEST(CustomViews, AreNamedUnlikeAnyThatTheirOwnerSees) {  // Custom views 1.1
  Views views;
  ASSERT_TRUE(views.make(views.ana, "Hot"));
  EXPECT_EQ(code_of(views.make(views.ana, " HOT ")), "duplicate");
  EXPECT_EQ(code_of(views.make(views.ana, "Open tickets")), "duplicate");
  EXPECT_TRUE(views.make(views.ben, "Hot")) << "which nobody else sees";
  ASSERT_TRUE(views.make_shared(views.ada, "Everybody's", ViewAudience::everybody));
  EXPECT_EQ(code_of(views.make(views.ana, "everybody's")), "duplicate");
}

TEST(CustomViews, AreSharedByAdministratorsAndWhoeverManagesFields) {  // Custom views 2.1
  Views views;
  const auto refused = views.make_shared(views.ana, "Ours", ViewAudience::everybody);
  EXPECT_EQ(code_of(refused), "may_not_share_views");
  EXPECT_EQ(refused.error().kind, RefusalKind::forbidden);
  access::Actor manager = views.ana;
  auto role = std::make_shared<access::Role>(*views.ana.role);
  role->duties |= access::bit(access::Duty::manage_fields);
  manager.role = role;
  EXPECT_TRUE(views.make_shared(manager, "Ours", ViewAudience::departments, {views.support.value}));
  EXPECT_EQ(code_of(views.make_shared(views.ada, "a", ViewAudience::departments)), "required");
  EXPECT_EQ(code_of(views.make_shared(views.ada, "a", ViewAudience::roles, {views.support.value})),
            "not_found");
}

TEST(CustomViews, AreSeenByTheirOwnerAndThoseTheyAreSharedWith) {  // Custom views 2.2
  Views views;
  ASSERT_TRUE(views.make(views.ada, "Mine"));
  ASSERT_TRUE(views.make_shared(views.ada, "All", ViewAudience::everybody));
  ASSERT_TRUE(
      views.make_shared(views.ada, "Support", ViewAudience::departments, {views.support.value}));
  ASSERT_TRUE(
      views.make_shared(views.ada, "Agents", ViewAudience::roles, {views.ana.role->id.value}));
  EXPECT_THAT(views.names(views.ada), ElementsAre("Mine", "All", "Support", "Agents"));
  EXPECT_THAT(views.names(views.ana), ElementsAre("All", "Support", "Agents"));
  EXPECT_THAT(views.names(views.ben), ElementsAre("All", "Agents"));
  const access::Actor second = views.office.administrator("Eve");
  EXPECT_THAT(views.names(second), ElementsAre("All", "Support", "Agents"))
      << "administrators see what is shared with anybody";
  const access::Actor light = views.office.light_agent("lia", {"Billing"});
  EXPECT_THAT(views.names(light), ElementsAre("All"));
  const auto personal = views.make(views.ana, "Ana's");
  EXPECT_EQ(views.asked(views.ben, personal->id).error().kind, RefusalKind::not_found);
  EXPECT_EQ(views.asked(views.ada, personal->id).error().kind, RefusalKind::not_found);
}

TEST(CustomViews, AreChangedByWhoeverMayShareOrOwnsThem) {  // Custom views 2.3
  Views views;
  CustomView own = *views.make(views.ana, "Own");
  CustomView shared = *views.make_shared(views.ada, "All", ViewAudience::everybody);
  EXPECT_EQ(views.change(views.ben, own).error().kind, RefusalKind::not_found);
  shared.name = "Ours";
  EXPECT_EQ(code_of(views.change(views.ana, shared)), "may_not_share_views");
  EXPECT_EQ(code_of(views.remove(views.ana, shared.id)), "may_not_share_views");
  const access::Actor second = views.office.administrator("Eve");
  EXPECT_EQ(views.change(second, shared)->owner, views.ada.id) << "it stays Ada's";
  own.audience = ViewAudience::everybody;
  EXPECT_EQ(code_of(views.change(views.ana, own)), "may_not_share_views");
  EXPECT_THAT(views::may_with_view(views.ana, shared), ElementsAre("clone"));
  EXPECT_THAT(views::may_with_view(second, shared), ElementsAre("update", "delete", "clone"));

  // Who lost the duty still takes their own view back, or deletes it.
  access::Actor former = views.ada;
  former.role = views.ana.role;
  shared = views.office.database
               ->read([&](db::Transaction& tx) {
                 return views::find_custom_view(tx, former, desk::viewed_tickets(), shared.id);
               })
               .value();
  shared.audience = ViewAudience::owner;
  EXPECT_TRUE(views.change(former, shared));
  EXPECT_THAT(views.names(views.ana), ElementsAre("Own"));
}

TEST(CustomViews, ThatAreDeletedComeBackUnderTheSameAddress) {  // Custom views 2.4
  Views views;
  const CustomView view = *views.make(views.ana, "Hot");
  ASSERT_TRUE(views.remove(views.ana, view.id));
  EXPECT_THAT(views.names(views.ana), IsEmpty());
  EXPECT_EQ(views.asked(views.ana, view.id).error().kind, RefusalKind::not_found);
  const auto restore = [&](const access::Actor& actor) {
    return views.write([&](db::Transaction& tx) {
      return views::restore_custom_view(tx, actor, desk::viewed_tickets(), view.id);
    });
  };
  EXPECT_EQ(restore(views.ben).error().kind, RefusalKind::not_found);
  ASSERT_TRUE(restore(views.ana));
  EXPECT_THAT(views.names(views.ana), ElementsAre("Hot"));
  EXPECT_EQ(restore(views.ana).error().kind, RefusalKind::not_found) << "it is there";

  ASSERT_TRUE(views.remove(views.ana, view.id));
  ASSERT_TRUE(views.make(views.ana, "Hot"));
  EXPECT_EQ(code_of(restore(views.ana)), "duplicate");
}

TEST(CustomViews, StandInTheOrderThatEachPersonGaveThem) {  // Custom views 2.5
  Views views;
  const CustomView first = *views.make_shared(views.ada, "First", ViewAudience::everybody);
  const CustomView second = *views.make_shared(views.ada, "Second", ViewAudience::everybody);
  const auto order = [&](const access::Actor& actor, const std::vector<int64_t>& ids) {
    return views.write([&](db::Transaction& tx) {
      return views::order_custom_views(tx, actor, desk::viewed_tickets(), ids);
    });
  };
  ASSERT_TRUE(order(views.ana, {second.id.value, first.id.value}));
  EXPECT_THAT(views.names(views.ana), ElementsAre("Second", "First"));
  EXPECT_THAT(views.names(views.ben), ElementsAre("First", "Second"));
  ASSERT_TRUE(views.make(views.ana, "Newest"));
  EXPECT_THAT(views.names(views.ana), ElementsAre("Second", "First", "Newest"));
  const CustomView bens = *views.make(views.ben, "Ben's");
  EXPECT_EQ(code_of(order(views.ana, {bens.id.value})), "not_found");
}

TEST(CustomViews, WithAConditionThatNoLongerHoldsSayWhich) {  // Custom views 3.1
  Views views;
  ASSERT_TRUE(views.write([&](db::Transaction& tx) {
    return records::add_custom_field(tx, views.office.org, views.office.catalogue,
                                     desk::tickets_module(), {.name = "plan", .label = "Plan"});
  }));
  CustomView view = *views.make(views.ana, "Gold", R"({"field":"plan","is":"gold"})");
  ASSERT_TRUE(views.write([&](db::Transaction& tx) {
    return records::remove_custom_field(tx, views.office.org, desk::tickets_module(), "plan");
  }));
  const auto refused = views.asked(views.ana, view.id);
  EXPECT_EQ(code_of(refused), "view_broken");
  EXPECT_EQ(refused.error().field, "plan");
  EXPECT_THAT(views.names(views.ana), ElementsAre("Gold")) << "the view itself stays in the list";
  view.name = "Gold customers";
  EXPECT_TRUE(views.change(views.ana, view)) << "and can be renamed, or mended";
  view.filter_json = R"({"field":"subject","contains":"gold"})";
  EXPECT_TRUE(views.change(views.ana, view));
  EXPECT_TRUE(views.asked(views.ana, view.id));
}

TEST(CustomViews, TellNothingOfAFieldThatIsHiddenFromTheReader) {  // Custom views 3.1, S127
  Views views;
  views.office.ticket("Server down", {{"priority", "urgent"}});
  const CustomView view = *views.make(views.ada, "Urgent", R"({"field":"priority","is":"urgent"})",
                                      {.sort = "-due_at", .audience = ViewAudience::everybody});
  access::Actor clerk = views.ana;
  auto role = std::make_shared<access::Role>(*views.ana.role);
  role->fields["tickets"]["priority"] = access::FieldAccess::hidden;
  role->fields["tickets"]["due_at"] = access::FieldAccess::hidden;
  clerk.role = role;
  EXPECT_EQ(code_of(views.asked(clerk, view.id)), "view_broken");
  EXPECT_EQ(code_of(views.make(clerk, "x", R"({"field":"priority","is":"urgent"})")),
            "unknown_field");
  EXPECT_EQ(code_of(views.make(clerk, "x", "{}", {.sort = "due_at"})), "unknown_field");
  const CustomView plain = *views.make(views.ada, "By due", "{}",
                                       {.sort = "-due_at", .audience = ViewAudience::everybody});
  EXPECT_EQ(views.asked(clerk, plain.id)->sort, "") << "the usual order then";
}

TEST(CustomViews, AskNothingOfTheirOwnThatIsHiddenFromTheReader) {  // Custom views 3.1, S127
  Views views;
  const RecordId ticket = views.office.ticket("Server down");
  const CustomView open = *views.make(views.ada, "Still open", R"({"field":"status","is":"open"})",
                                      {.audience = ViewAudience::everybody});
  const CustomView all =
      *views.make(views.ada, "Whatever", "{}", {.audience = ViewAudience::everybody});
  access::Actor clerk = views.ana;
  auto role = std::make_shared<access::Role>(*views.ana.role);
  role->fields["tickets"]["status_type"] = access::FieldAccess::hidden;
  role->fields["tickets"]["department"] = access::FieldAccess::hidden;
  clerk.role = role;
  for (const CustomView& view : {open, all}) {
    EXPECT_THAT(views.lists(clerk, view.id), ElementsAre(ticket.value)) << view.name;
    EXPECT_EQ(views.count(clerk, view.id).value, 1) << view.name;
  }
}

TEST(CustomViews, AreAsManyAsAPersonMayHave) {  // Custom views 1.5
  Views views;
  for (int made = 0; made < views::custom_views_per_agent_max; ++made)
    ASSERT_TRUE(views.make(views.ana, "View " + std::to_string(made)));
  EXPECT_EQ(code_of(views.make(views.ana, "One more")), "too_many");
  EXPECT_TRUE(views.make(views.ben, "One more"));
}

TEST(CustomViews, CountAndListInStretchesOfBoundedWork) {  // Custom views 3.3, 3.4
  Views views;
  std::vector<int64_t> wanted;
  for (int made = 0; made < 30; ++made) {
    if (made % 3 != 0) views.office.clock.advance_ms(1'000);
    const RecordId id = views.office.ticket(
        made % 10 == 0 ? "Rare" : "Common",
        {{"priority", made % 2 ? "high" : "low"},
         {"due_at",
          made % 4 ? records::Value(Instant{1'800'000'000'000 + made / 5}) : records::Value()}});
    if (made % 10 == 0) wanted.push_back(id.value);
  }
  const records::Filter rare = records::field("subject").is("Rare");
  const records::Filter led =
      records::all_of({records::field("subject").is("Rare"),
                       records::field("status_type").is_one_of({"open", "on_hold"})});
  views.office.database->read([&](db::Transaction& tx) {
    const records::ShapeRef shape =
        views.office.catalogue.shape(tx, views.office.org, desk::tickets_module());
    const records::Query by_words{.filter = rare, .sort = {"title", true}};
    EXPECT_FALSE(records::window_of(tx, views.office.org, *shape, by_words, 4).value())
        << "the place of a stretch would tell the words of any ticket";
    for (const records::Filter& filter : {rare, led}) {
      const auto some =
          records::count_newest(tx, views.office.org, shape, filter, "last_activity_at", 15);
      EXPECT_FALSE(some->is_exact);
      EXPECT_LT(some->value, 3);
      const auto all =
          records::count_newest(tx, views.office.org, shape, filter, "last_activity_at", 30);
      EXPECT_TRUE(all->is_exact);
      EXPECT_EQ(all->value, 3);
      for (const char* field : {"last_activity_at", "due_at", "created_at"}) {
        for (const bool descending : {true, false}) {
          std::vector<int64_t> found;
          records::Query query{.filter = filter, .sort = {field, descending}, .limit = 2};
          int pages = 0;
          do {
            const auto window = records::window_of(tx, views.office.org, *shape, query, 4).value();
            records::Query part = query;
            if (window) part.filter = records::all_of({window->filter, filter});
            const auto page = records::select_page(tx, views.office.org, shape, part);
            for (const records::Record& record : page->records) found.push_back(record.id.value);
            query.cursor = page->next_cursor;
            if (window && query.cursor.empty()) query.cursor = window->next_cursor;
          } while (!query.cursor.empty() && ++pages < 40);
          std::sort(found.begin(), found.end());
          EXPECT_EQ(found, wanted) << field << (descending ? " descending" : " ascending");
          EXPECT_GT(pages, 3) << field;
          EXPECT_LT(pages, 40) << field;
        }
      }
    }
  });
}

}  // namespace
}  // namespace tandem::test
