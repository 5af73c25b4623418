#include <gmock/gmock.h>

#include "desk/customers/contact_addresses.h"
#include "desk/customers/contact_duplicates.h"
#include "desk/customers/contact_merging.h"
#include "desk/customers/contacts.h"
#include "desk/modules.h"
#include "desk/sharing/ticket_sharing.h"
#include "records/custom_fields.h"
#include "tests/support/office.h"

// Manual, Contacts and accounts 4 and 5.

namespace tandem::test {
namespace {

using desk::ContactMergeRequest;
using records::Value;
using testing::ElementsAre;
using Texts = std::vector<std::string>;

class ContactMerging : public testing::Test {
 protected:
  Office office;
  access::Actor ada = office.administrator();
  access::Actor ana = office.agent("ana", {"Support"});
  RecordId maria = office.contact("Silva", "maria@kunde.example");
  RecordId home = office.contact("Silva Home", "maria@home.example");

  Result<records::Record> merge(const access::Actor& actor, ContactMergeRequest request) {
    return office.database->write(
        [&](db::Transaction& tx) { return desk::merge_contacts(tx, actor, request); });
  }
  Result<records::Record> merge() { return merge(ada, {.target = {maria}, .others = {{home}}}); }
  RecordId last_merge(RecordId target) {
    return office.database->read([&](db::Transaction& tx) {
      const auto merges = operations::merges_into(tx, ada, desk::contacts_module(), target);
      return merges && !merges->empty() ? merges->front().id : RecordId{};
    });
  }
  Result<records::Record> undo(RecordId target) {
    const RecordId id = last_merge(target);
    return office.database->write(
        [&](db::Transaction& tx) { return desk::undo_contact_merge(tx, ada, target, id); });
  }
  records::Record contact(RecordId id) { return office.read("contacts", id); }
  int64_t count(const std::string& sql) {
    return office.database->read([&](db::Transaction& tx) { return tx.integer(sql); });
  }
  void change(RecordId id, const records::Changes& values) {
    ASSERT_TRUE(office.change(ada, "contacts", id, values));
  }
  RecordId asks(const std::string& address, const std::string& subject) {
    return office.mail_in({.from = "M <" + address + ">", .subject = subject}).ticket;
  }
  RecordId asker(RecordId ticket) { return office.read("tickets", ticket).get("contact").id(); }
};

TEST_F(ContactMerging, TicketsAddressesAndTelephonesComeToTheOneThatRemains) {
  change(maria, {{"phone", "+49 30 1234567"}});
  change(home, {{"phone", "+49 171 7654321"},
                {"mobile", "030 1234567"},
                {"city", "Porto"},
                {"other_emails", Value(Texts{"m@club.example"})}});
  const RecordId ticket = asks("maria@home.example", "From home");
  ASSERT_TRUE(merge());
  const records::Record now = contact(maria);
  EXPECT_EQ(now.get("email").text(), "maria@kunde.example");
  EXPECT_THAT(now.get("other_emails").list(), ElementsAre("m@club.example", "maria@home.example"));
  EXPECT_EQ(now.get("phone").text(), "+49 30 1234567");
  EXPECT_EQ(now.get("city").text(), "Porto");
  EXPECT_EQ(asker(ticket), maria);
  EXPECT_EQ(asker(asks("maria@home.example", "Again")), maria);
  EXPECT_EQ(code_of(office.open(ada, "contacts", home)), "not_found");
}

TEST_F(ContactMerging, MoreAddressesThanAContactMayHaveAreRefused) {
  Texts further;
  for (size_t number = 0; number < desk::further_addresses_max; ++number)
    further.push_back("m" + std::to_string(number) + "@club.example");
  change(maria, {{"other_emails", Value(further)}});
  EXPECT_EQ(code_of(merge()), "too_many_addresses");
  EXPECT_TRUE(office.open(ada, "contacts", home));
}

TEST_F(ContactMerging, EachFieldTakesTheValueThatWasChosen) {
  change(maria, {{"job_title", "Buyer"}});
  change(home, {{"job_title", "Owner"}});
  const ContactMergeRequest request{
      .target = {maria}, .others = {{home}}, .winners = {{"email", home}, {"job_title", home}}};
  ASSERT_TRUE(merge(ada, request));
  EXPECT_EQ(contact(maria).get("email").text(), "maria@home.example");
  EXPECT_EQ(contact(maria).get("job_title").text(), "Owner");
  EXPECT_EQ(contact(maria).get("last_name").text(), "Silva");
  EXPECT_THAT(contact(maria).get("other_emails").list(), ElementsAre("maria@kunde.example"));
}

TEST_F(ContactMerging, MergingSendsNothing) {
  asks("maria@home.example", "From home");
  office.outbox();
  const int64_t jobs = count("SELECT COUNT(*) FROM jobs WHERE kind <> 'merge_contacts'");
  const int64_t told = count("SELECT COUNT(*) FROM notifications");
  ASSERT_TRUE(merge());
  ASSERT_TRUE(undo(maria));
  EXPECT_EQ(count("SELECT COUNT(*) FROM jobs WHERE kind <> 'merge_contacts'"), jobs);
  EXPECT_EQ(count("SELECT COUNT(*) FROM notifications"), told);
}

TEST_F(ContactMerging, UndoingPutsEverythingBackThatNobodyChangedSince) {
  change(home, {{"city", "Porto"}, {"job_title", "Owner"}});
  const RecordId kept = asks("maria@home.example", "Stays Maria's");
  const RecordId back = asks("maria@home.example", "Goes back");
  const RecordId third = office.contact("Costa", "costa@kunde.example");
  ASSERT_TRUE(merge());
  const RecordId since = asks("maria@home.example", "Came since");
  ASSERT_TRUE(office.change(ada, "tickets", kept, {{"contact", third}}));
  change(maria, {{"job_title", "Director"}});
  ASSERT_TRUE(undo(maria));
  EXPECT_EQ(asker(back), home);
  EXPECT_EQ(asker(kept), third);
  EXPECT_EQ(asker(since), maria);
  EXPECT_EQ(contact(home).get("email").text(), "maria@home.example");
  EXPECT_TRUE(contact(home).get("merged_into").is_null());
  EXPECT_TRUE(contact(maria).get("city").is_null());
  EXPECT_EQ(contact(maria).get("job_title").text(), "Director");
  EXPECT_TRUE(contact(maria).get("other_emails").is_null());
  EXPECT_EQ(asker(asks("maria@home.example", "After")), home);
}

TEST_F(ContactMerging, WhateverNamesAContactFollowsAndComesBack) {
  const auto add = [&](const records::ModuleDef& module, records::FieldDef field) {
    return office.database->write([&](db::Transaction& tx) {
      return records::add_custom_field(tx, office.org, office.catalogue, module, std::move(field));
    });
  };
  ASSERT_TRUE(add(desk::contacts_module(), {.name = "size", .label = "Size"}));
  ASSERT_TRUE(add(desk::tickets_module(), {.name = "payer",
                                           .label = "Payer",
                                           .kind = records::FieldKind::link,
                                           .link_to = "contacts"}));
  change(home, {{"size", "XL"}});
  const RecordId ticket = office.ticket("Invoice", {{"payer", home}});
  const auto task = office.create(ana, "tasks", {{"subject", "Call"}, {"contact", home}});
  ASSERT_TRUE(task);
  const auto named = [&](const std::string& module, RecordId id, const std::string& field) {
    return office.read(module, id).get(field).id();
  };
  ASSERT_TRUE(merge());
  office.worker->run_due();
  EXPECT_EQ(contact(maria).get("size").text(), "XL");
  EXPECT_EQ(named("tasks", task->id, "contact"), maria);
  EXPECT_EQ(named("tickets", ticket, "payer"), maria);
  ASSERT_TRUE(undo(maria));
  office.worker->run_due();
  EXPECT_TRUE(contact(maria).get("size").is_null());
  EXPECT_EQ(contact(home).get("size").text(), "XL");
  EXPECT_EQ(named("tasks", task->id, "contact"), home);
  EXPECT_EQ(named("tickets", ticket, "payer"), home);
}

TEST_F(ContactMerging, ProductsAndRatingsFollowAndComeBack) {
  const Texts departments{to_string(office.department("Support"))};
  const auto product =
      office.create(ada, "products", {{"name", "Router"}, {"departments", Value(departments)}});
  ASSERT_TRUE(product) << product.error().message;
  const RecordId ticket = asks("maria@home.example", "From home");
  const RecordId support = office.department("Support");
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) -> Result<int> {
    tx.execute(
        "INSERT INTO product_customers (org_id, module, customer_id, product_id, added_at) "
        "VALUES ($1, 'contacts', $2, $3, 1)",
        {office.org.value, home.value, product->id.value});
    tx.execute(
        "INSERT INTO ratings (org_id, thread_id, ticket_id, contact_id, department_id, rating, "
        "remark, rated_at, given) VALUES ($1, $2, $3, $4, $5, 'good', '', 1, 1)",
        {office.org.value, tx.new_id(), ticket.value, home.value, support.value});
    return 1;
  }));
  const auto products_of = [&](RecordId id) {
    return count("SELECT COUNT(*) FROM product_customers WHERE customer_id = " + to_string(id));
  };
  const auto ratings_of = [&](RecordId id) {
    return count("SELECT COUNT(*) FROM ratings WHERE contact_id = " + to_string(id));
  };
  ASSERT_TRUE(merge());
  EXPECT_EQ(products_of(maria), 1);
  EXPECT_EQ(ratings_of(maria), 1);
  ASSERT_TRUE(undo(maria));
  EXPECT_EQ(products_of(maria), 0);
  EXPECT_EQ(products_of(home), 1);
  EXPECT_EQ(ratings_of(home), 1);
}

TEST_F(ContactMerging, AnAddressThatBecameTheFirstOneSinceStays) {
  ASSERT_TRUE(merge());
  change(maria, {{"email", "maria@home.example"}, {"other_emails", Value()}});
  ASSERT_TRUE(undo(maria));
  EXPECT_EQ(contact(maria).get("email").text(), "maria@home.example");
  EXPECT_TRUE(contact(home).get("email").is_null());
}

TEST_F(ContactMerging, AMergeIsUndoneOnceAndForThirtyDays) {
  ASSERT_TRUE(merge());
  const RecordId id = last_merge(maria);
  office.clock.advance_ms(31 * day_ms);
  const auto undo_it = [&] {
    return code_of(office.database->write(
        [&](db::Transaction& tx) { return desk::undo_contact_merge(tx, ada, maria, id); }));
  };
  EXPECT_EQ(undo_it(), "too_late");
  office.clock.advance_ms(-5 * day_ms);
  EXPECT_EQ(undo_it(), "");
  EXPECT_EQ(undo_it(), "already_undone");
}

TEST_F(ContactMerging, AMergedContactComesBackOnlyByUndoing) {
  ASSERT_TRUE(merge());
  EXPECT_EQ(code_of(office.database->write([&](db::Transaction& tx) {
              return operations::restore_record(tx, ada, *office.catalogue.find("contacts"), home);
            })),
            "contact_merged");
  const RecordId third = office.contact("Costa", "costa@kunde.example");
  const RecordId first_merge = last_merge(maria);
  ASSERT_TRUE(merge(ada, {.target = {third}, .others = {{maria}}}));
  EXPECT_EQ(code_of(office.database->write([&](db::Transaction& tx) {
              return desk::undo_contact_merge(tx, ada, maria, first_merge);
            })),
            "merged_on");
  EXPECT_EQ(asker(asks("maria@home.example", "Chain")), third);
}

TEST_F(ContactMerging, ATicketGivenToAMergedContactGoesToTheOneItBecame) {
  ASSERT_TRUE(merge());
  EXPECT_EQ(asker(office.ticket("By id", {{"contact", home}})), maria);
}

TEST_F(ContactMerging, BadChoicesAreRefused) {
  const auto refused = [&](const ContactMergeRequest& request) {
    return code_of(merge(ada, request));
  };
  EXPECT_EQ(refused({.target = {maria}, .others = {}}), "required");
  EXPECT_EQ(refused({.target = {maria}, .others = {{maria}}}), "duplicate");
  EXPECT_EQ(refused({.target = {maria}, .others = {{home}, {home}}}), "duplicate");
  EXPECT_EQ(refused({.target = {maria}, .others = {{home, 99}}}), "stale");
  EXPECT_EQ(refused({.target = {maria}, .others = {{RecordId{5}}}}), "not_found");
  EXPECT_EQ(
      refused({.target = {maria},
               .others = {{home}, {RecordId{1}}, {RecordId{2}}, {RecordId{3}}, {RecordId{4}}}}),
      "too_many");
  EXPECT_EQ(refused({.target = {maria}, .others = {{home}}, .winners = {{"email", RecordId{5}}}}),
            "not_a_choice");
  EXPECT_EQ(refused({.target = {maria}, .others = {{home}}, .winners = {{"merged_into", home}}}),
            "unknown_field");
  EXPECT_EQ(code_of(merge(office.light_agent("lia", {"Support"}),
                          {.target = {maria}, .others = {{home}}})),
            "right_missing");
}

TEST_F(ContactMerging, VeryManyTicketsFollowInBatchesThatMayBeCutOff) {
  const RecordId support = office.department("Support");
  for (int i = 0; i < operations::merged_links_at_once_max + 30; ++i) {
    const auto made = office.database->write([&](db::Transaction& tx) -> Result<int> {
      tx.execute(
          "INSERT INTO tickets (org_id, id, revision, title, created_at, updated_at, subject, "
          "status, status_type, channel, department, contact, number) VALUES ($1, $2, 1, 'T', 1, "
          "1, "
          "'T', 'open', 'open', 'email', $3, $4, $5)",
          {office.org.value, tx.new_id(), support.value, home.value, int64_t{10'000 + i}});
      return 1;
    });
    ASSERT_TRUE(made);
  }
  const std::string of_home = "SELECT COUNT(*) FROM tickets WHERE contact = " + to_string(home);
  ASSERT_TRUE(merge());
  EXPECT_EQ(count(of_home), 30);
  // Undone before the rest has moved: what is under way turns round.
  ASSERT_TRUE(undo(maria));
  office.worker->run_due();
  EXPECT_EQ(count(of_home), operations::merged_links_at_once_max + 30);
  ASSERT_TRUE(merge());
  office.worker->run_due();
  EXPECT_EQ(count(of_home), 0);
  ASSERT_TRUE(undo(maria));
  office.worker->run_due();
  EXPECT_EQ(count(of_home), operations::merged_links_at_once_max + 30);
  EXPECT_EQ(count("SELECT COUNT(*) FROM merged_links"), 0);
}

TEST_F(ContactMerging, TheRequesterStaysKnownByEveryAddressOfAllThatBecameOne) {  // S050
  const RecordId billing = office.department("Billing");
  const access::Actor ben = office.agent("ben", {"Billing"});
  const RecordId ticket =
      office.mail_in({.from = "M <maria@home.example>", .headers = {"Reply-To: old@home.example"}})
          .ticket;
  change(home, {{"secondary_email", "second@home.example"}});
  change(home, {{"secondary_email", Value()}});
  ASSERT_TRUE(merge());
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) {
    return desk::share_ticket(tx, ana, ticket, {{billing, desk::TicketAccess::restricted}});
  }));
  for (const char* address :
       {"maria@kunde.example", "maria@home.example", "old@home.example", "second@home.example"}) {
    EXPECT_EQ(
        code_of(office.reply(
            ben, ticket, {.kind = desk::ReplyKind::forward, .to = {{"", address}}, .html = "See"})),
        "not_to_the_requester")
        << address;
  }
}

TEST_F(ContactMerging, IsNoActOnATicketThatIsSharedReadOnly) {  // S052
  const RecordId billing = office.department("Billing");
  const access::Actor ben = office.agent("ben", {"Billing"});
  const RecordId shared = asks("maria@home.example", "From home");
  const RecordId unseen = asks("maria@home.example", "Once more");
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) {
    return desk::share_ticket(tx, ana, shared, {{billing, desk::TicketAccess::read_only}});
  }));
  const std::vector<std::string> may_before = office.may(ben, shared);
  const records::Record before = office.read("tickets", shared);
  EXPECT_FALSE(office.change(ben, "tickets", shared, {{"contact", maria}}))
      << "giving the ticket to somebody is an act on it";

  ASSERT_TRUE(merge(ben, {.target = {maria}, .others = {{home}}}));
  EXPECT_EQ(asker(shared), maria) << "who asks is the same person";
  EXPECT_EQ(asker(unseen), maria) << "also where the ticket is not seen";
  EXPECT_EQ(code_of(office.open(ben, "tickets", unseen)), "not_found");
  EXPECT_EQ(office.may(ben, shared), may_before);
  const records::Record after = office.read("tickets", shared);
  for (const char* field : {"subject", "status", "owner", "department", "email", "last_word"}) {
    EXPECT_EQ(after.get(field), before.get(field)) << field;
  }
}

class ContactDuplicates : public ContactMerging {
 protected:
  std::vector<std::string> reasons(RecordId id) {
    return office.database->read([&](db::Transaction& tx) {
      std::vector<std::string> reasons;
      const auto found = desk::duplicates_of(tx, ana, id);
      for (const desk::Duplicate& one : *found)
        reasons.push_back(one.reason + " " + one.other.title);
      return reasons;
    });
  }
  size_t listed() {
    return office.database->read(
        [&](db::Transaction& tx) { return desk::list_duplicates(tx, ana, "", 50)->pairs.size(); });
  }
};

TEST_F(ContactDuplicates, TheSameTelephoneOrNameInOneAccountIsSuggested) {
  EXPECT_TRUE(reasons(maria).empty());
  change(maria, {{"phone", "+49 30 1234567"}});
  change(home, {{"mobile", "+49-30-1234567"}});
  EXPECT_THAT(reasons(maria), ElementsAre("phone Silva Home"));
  EXPECT_THAT(reasons(home), ElementsAre("phone Silva"));
  EXPECT_EQ(listed(), 1U);
  change(home, {{"mobile", Value()}});
  EXPECT_TRUE(reasons(maria).empty());
  const auto account = office.create(ada, "accounts", {{"name", "Kunde"}});
  ASSERT_TRUE(account);
  change(maria, {{"account", account->id}});
  change(home, {{"account", account->id}, {"last_name", "Silva"}});
  EXPECT_THAT(reasons(maria), ElementsAre("name Silva"));
}

TEST_F(ContactDuplicates, WhatPeopleDismissedOrMergedIsNotSuggestedAgain) {
  change(maria, {{"phone", "+49 30 1234567"}});
  change(home, {{"phone", "+49 30 1234567"}});
  ASSERT_TRUE(office.database->write(
      [&](db::Transaction& tx) { return desk::dismiss_duplicate(tx, ana, home, maria); }));
  EXPECT_EQ(listed(), 0U);
  change(maria, {{"mobile", "+49 30 999999"}});
  EXPECT_EQ(listed(), 0U);
  EXPECT_EQ(code_of(office.database->write([&](db::Transaction& tx) {
              return desk::dismiss_duplicate(tx, ana, home, RecordId{5});
            })),
            "not_found");
}

TEST_F(ContactDuplicates, ASwitchboardSaysNothing) {
  for (int i = 0; i < desk::alike_max + 2; ++i) {
    const RecordId one = office.contact("C" + std::to_string(i), "");
    change(one, {{"phone", "+49 30 5555555"}});
  }
  EXPECT_TRUE(reasons(office.contact("Last", "last@kunde.example")).empty());
  const RecordId one = office.contact("Other", "");
  change(one, {{"phone", "+49 30 5555555"}});
  EXPECT_TRUE(reasons(one).empty());
}

TEST_F(ContactDuplicates, ContactsOfBeforeAreLookedThroughOnce) {
  change(maria, {{"phone", "+49 30 1234567"}});
  change(home, {{"phone", "+49 30 1234567"}});
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) -> Result<int> {
    tx.execute("DELETE FROM contact_duplicates");
    return 0;
  }));
  int looked_at = 0;
  while (const int some = desk::fill_contact_duplicates(*office.database)) looked_at += some;
  EXPECT_EQ(looked_at, 2);
  EXPECT_EQ(listed(), 1U);
}

}  // namespace
}  // namespace tandem::test
