#include "crm/notes/attachments.h"
#include "tests/rules/sales_office.h"

// Who sees notes and files. Manual, People and roles 2.

namespace tandem::crm {

namespace {

using records::Record;
using records::Value;

struct NotesTest : testing::TestWithParam<Edition> {
  NotesTest() {
    note_of_contact = note("Said to Maria", {{"contact", Value(contact)}});
    note_of_deal = note("Said of the vans", {{"deal", Value(deal)}});
    file_of_contact = file("contacts", contact);
    file_of_deal = file("deals", deal);
    file_of_note_of_contact = file("notes", note_of_contact);
    file_of_note_of_deal = file("notes", note_of_deal);
  }

  RecordId note(const std::string& content, records::Changes values) {
    values.set("content", Value(content));
    return office.create(office.ada, "notes", values)->id;
  }
  RecordId file(const std::string& module, RecordId parent) {
    return office.database
        ->write([&](db::Transaction& tx) {
          return attach_link(tx, office.ada, {office.module(module), parent},
                             {"Page", "https://kunde.example"});
        })
        ->id;
  }
  /// A seller without any right on these modules.
  access::Actor without(const std::vector<std::string>& modules) {
    access::Actor limited = ben;
    access::Role role = *ben.role;
    role.kind = access::RoleKind::custom;
    for (const std::string& module : modules) role.rights[module] = 0;
    limited.role = std::make_shared<access::Role>(role);
    return limited;
  }
  std::vector<RecordId> listed(const access::Actor& actor, const std::string& module) {
    return office.database->read([&](db::Transaction& tx) {
      std::vector<RecordId> ids;
      records::Query query;
      query.sort = {"id", false};
      const auto page = operations::list_records(tx, actor, office.module(module), query);
      EXPECT_TRUE(page) << page.error().message;
      const auto count =
          operations::count_records(tx, actor, office.module(module), records::everything());
      EXPECT_EQ(count->value, int64_t(page->records.size()));
      for (const Record& one : page->records) ids.push_back(one.id);
      return ids;
    });
  }
  Result<void> remove_file(const access::Actor& actor, RecordId id) {
    return office.database->write(
        [&](db::Transaction& tx) { return remove_attachment(tx, actor, id); });
  }

  using Ids = std::vector<RecordId>;
  test::SalesOffice office{GetParam()};
  access::Actor ben = office.member("Ben", office.made.agent_role);
  RecordId contact = office.create(office.ada, "contacts", {{"last_name", "Silva"}})->id;
  RecordId deal =
      office.create(office.ada, "deals", {{"name", "Vans"}, {"closes_on", int64_t{20'600}}})->id;
  RecordId note_of_contact;
  RecordId note_of_deal;
  RecordId file_of_contact;
  RecordId file_of_deal;
  RecordId file_of_note_of_contact;
  RecordId file_of_note_of_deal;
};

INSTANTIATE_TEST_SUITE_P(Editions, NotesTest, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(word(one.param)); });

TEST_P(NotesTest, NotesAreThereForWhoReadsTheirRecord) {
  EXPECT_EQ(listed(ben, "notes"), (Ids{note_of_contact, note_of_deal}));
  const access::Actor limited = without({"deals"});
  EXPECT_EQ(listed(limited, "notes"), Ids{note_of_contact});
  const auto found = office.database->read([&](db::Transaction& tx) {
    return operations::search_records(tx, limited, office.module("notes"), "vans", 10);
  });
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->empty());
  const auto changed = office.change(limited, "notes", note_of_deal, {{"content", "Mine"}});
  ASSERT_FALSE(changed);
  EXPECT_EQ(changed.error().kind, RefusalKind::not_found);
  EXPECT_FALSE(office.remove(limited, "notes", note_of_deal));
  EXPECT_EQ(listed(without({"deals", "contacts"}), "notes"), Ids{});
}

TEST_P(NotesTest, FilesAreThereForWhoReadsTheirRecordOrNote) {
  EXPECT_EQ(listed(ben, "attachments"),
            (Ids{file_of_contact, file_of_deal, file_of_note_of_contact, file_of_note_of_deal}));
  const access::Actor limited = without({"deals"});
  EXPECT_EQ(listed(limited, "attachments"), (Ids{file_of_contact, file_of_note_of_contact}));
  EXPECT_EQ(listed(without({"deals", "notes"}), "attachments"), Ids{file_of_contact});
  EXPECT_EQ(listed(without({"notes"}), "attachments"), (Ids{file_of_contact, file_of_deal}));
}

TEST_P(NotesTest, AFileIsRemovedByWhoReadsItsRecordAlone) {
  access::Actor limited = without({"deals"});
  access::Role role = *limited.role;
  role.rights["attachments"] = ~0U;
  limited.role = std::make_shared<access::Role>(role);
  for (const RecordId hidden : {file_of_deal, file_of_note_of_deal}) {
    const auto refused = remove_file(limited, hidden);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, RefusalKind::not_found);
  }
  EXPECT_TRUE(remove_file(limited, file_of_contact));
}

}  // namespace

}  // namespace tandem::crm
