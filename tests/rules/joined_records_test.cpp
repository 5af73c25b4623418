#include "access/roles.h"
#include "crm/joins.h"
#include "crm/leads/lead_conversion.h"
#include "crm/notes/parents.h"
#include "operations/joins.h"
#include "operations/purged.h"
#include "operations/rows.h"
#include "tests/rules/sales_office.h"

// Records that belong together, many with many, and what goes for good with a record. Manual, Deals
// 4, Products 5, Recycle bin and history 1.

namespace tandem::test {
namespace {

using crm::Edition;
using records::Value;
using Ids = std::vector<RecordId>;

constexpr int64_t some_day = 20'600;

class Joined : public testing::TestWithParam<Edition> {
 protected:
  SalesOffice office_{GetParam()};
  bool is_crm_ = GetParam() == Edition::crm;
  RecordId deal_ =
      office_.create(office_.ada, "deals", {{"name", "Lamps"}, {"closes_on", Value(some_day)}})->id;
  RecordId maria_ = office_.create(office_.ada, "contacts", {{"last_name", "Silva"}})->id;
  RecordId kenji_ = office_.create(office_.ada, "contacts", {{"last_name", "Mori"}})->id;

  records::JoinSide side(const std::string& module, const std::string& list) {
    return *crm::find_join(*office_.catalogue, office_.module(module), list);
  }
  records::JoinSide contacts_of_deals() {
    return side("deals", is_crm_ ? "contact_roles" : "contacts");
  }
  records::JoinSide deals_of_contacts() {
    return side("contacts", is_crm_ ? "contact_roles" : "secondary_deals");
  }
  Result<void> join(const access::Actor& actor, const records::JoinSide& side, RecordId of,
                    RecordId listed, const operations::Said& said = std::nullopt) {
    return office_.database->write([&](db::Transaction& tx) {
      const crm::OwnSide own(tx, office_.org, side);
      return operations::join_records(tx, actor, own.side(), {of, listed}, said);
    });
  }
  Result<void> part(const access::Actor& actor, const records::JoinSide& side, RecordId of,
                    RecordId listed) {
    return office_.database->write([&](db::Transaction& tx) {
      return operations::part_records(tx, actor, side, {of, listed});
    });
  }
  Ids listed(const records::JoinSide& side, RecordId of) {
    const auto page = office_.database->read([&](db::Transaction& tx) {
      return operations::list_joined(tx, office_.ada, side, of, {.sort = {"id", false}});
    });
    Ids ids;
    if (!page) ADD_FAILURE() << page.error().message;
    if (page)
      for (const records::Record& record : page->records) ids.push_back(record.id);
    return ids;
  }
  std::string said(const records::JoinSide& side, RecordId of, RecordId listed) {
    return office_.database
        ->read([&](db::Transaction& tx) {
          return records::said_of(tx, office_.org, side, {of, listed});
        })
        .value_or("not joined");
  }
  /// The newest entry of a record's history, and what it tells.
  std::pair<std::string, std::string> newest(const std::string& module, RecordId id) {
    const auto page = office_.database->read([&](db::Transaction& tx) {
      return operations::record_history(tx, office_.ada, office_.module(module), id, "", 1);
    });
    return {page->entries.at(0).event, page->entries.at(0).detail_json};
  }
  Result<void> purge(const std::string& module, RecordId id) {
    if (const auto gone = office_.remove(office_.ada, module, id); !gone) return gone.error();
    return office_.database->write([&](db::Transaction& tx) {
      return operations::purge_record(tx, office_.ada, office_.module(module), id);
    });
  }
  access::Actor with_rights(const std::string& rights) {
    const RecordId role = *office_.database->write([&](db::Transaction& tx) -> Result<RecordId> {
      const Json json = TRY(json_from_text(R"({"name":"Narrow","rights":)" + rights + "}"));
      const access::RoleDraft draft = TRY(access::role_draft_from_json(tx, office_.ada, json));
      const access::Role made = TRY(access::create_role(tx, office_.ada, draft));
      return made.id;
    });
    return office_.member("Noa", role);
  }
};

INSTANTIATE_TEST_SUITE_P(Editions, Joined, testing::Values(Edition::crm, Edition::bigin),
                         [](const auto& one) { return std::string(crm::word(one.param)); });

TEST_P(Joined, ADealHoldsSeveralContactsAndEachContactSeesItsDeals) {
  ASSERT_TRUE(join(office_.ada, contacts_of_deals(), deal_, maria_));
  ASSERT_TRUE(join(office_.ada, deals_of_contacts(), kenji_, deal_)) << "from the other side";
  EXPECT_EQ(listed(contacts_of_deals(), deal_), (Ids{maria_, kenji_}));
  EXPECT_EQ(listed(deals_of_contacts(), maria_), Ids{deal_});
  EXPECT_EQ(listed(deals_of_contacts(), kenji_), Ids{deal_});
  ASSERT_TRUE(part(office_.ada, deals_of_contacts(), maria_, deal_));
  EXPECT_EQ(listed(contacts_of_deals(), deal_), Ids{kenji_});
  const auto again = part(office_.ada, contacts_of_deals(), deal_, maria_);
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, RefusalKind::not_found);
}

TEST_P(Joined, ARoleIsSaidOfAContactInADealAndNothingElse) {
  const records::JoinSide side = contacts_of_deals();
  if (!is_crm_) {
    const auto refused = join(office_.ada, side, deal_, maria_, Value("influencer"));
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().code, "unknown_field") << "Bigin knows no roles";
    return;
  }
  ASSERT_TRUE(join(office_.ada, side, deal_, maria_, Value("influencer")));
  EXPECT_EQ(said(side, deal_, maria_), "influencer");
  ASSERT_TRUE(join(office_.ada, side, deal_, maria_));
  EXPECT_EQ(said(side, deal_, maria_), "influencer") << "who says nothing changes nothing";
  ASSERT_TRUE(join(office_.ada, side, deal_, maria_, Value("end_user")));
  EXPECT_EQ(said(deals_of_contacts(), maria_, deal_), "end_user");
  ASSERT_TRUE(join(office_.ada, side, deal_, maria_, Value()));
  EXPECT_EQ(said(side, deal_, maria_), "");
  const auto wrong = join(office_.ada, side, deal_, maria_, Value("captain"));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().code, "not_a_choice");
}

TEST_P(Joined, BothHistoriesTellItAndTheHolderIsChanged) {
  const int64_t revision = office_.read("deals", deal_).revision;
  ASSERT_TRUE(join(office_.ada, contacts_of_deals(), deal_, maria_));
  EXPECT_EQ(newest("deals", deal_).first, "joined");
  EXPECT_NE(newest("deals", deal_).second.find(to_string(maria_)), std::string::npos);
  EXPECT_EQ(newest("contacts", maria_).first, "joined");
  EXPECT_NE(newest("contacts", maria_).second.find(to_string(deal_)), std::string::npos);
  EXPECT_EQ(office_.read("deals", deal_).revision, revision + 1);
  ASSERT_TRUE(join(office_.ada, contacts_of_deals(), deal_, maria_));
  EXPECT_EQ(office_.read("deals", deal_).revision, revision + 1) << "they were joined already";
  ASSERT_TRUE(part(office_.ada, contacts_of_deals(), deal_, maria_));
  EXPECT_EQ(newest("contacts", maria_).first, "parted");
}

TEST_P(Joined, ItTakesTheRightToReadBothAndToChangeTheHolder) {
  ASSERT_TRUE(join(office_.ada, contacts_of_deals(), deal_, kenji_));
  const access::Actor reader = with_rights(R"({"deals":["read"],"contacts":["read","update"]})");
  for (const auto& [side, of, other] : {std::tuple(contacts_of_deals(), deal_, maria_),
                                        std::tuple(deals_of_contacts(), maria_, deal_)}) {
    const auto refused = join(reader, side, of, other);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().kind, RefusalKind::forbidden);
  }
  EXPECT_FALSE(part(reader, contacts_of_deals(), deal_, kenji_));
  EXPECT_EQ(listed(contacts_of_deals(), deal_), Ids{kenji_});
}

TEST_P(Joined, WhoMayNotReadOneModuleNeitherSeesNorMakesPairsWithIt) {
  ASSERT_TRUE(join(office_.ada, contacts_of_deals(), deal_, kenji_));
  const access::Actor blind = with_rights(R"({"deals":["read","update"]})");
  EXPECT_FALSE(join(blind, contacts_of_deals(), deal_, maria_));
  const auto seen = office_.database->read([&](db::Transaction& tx) {
    return operations::list_joined(tx, blind, contacts_of_deals(), deal_, {});
  });
  ASSERT_FALSE(seen);
  EXPECT_EQ(seen.error().kind, RefusalKind::forbidden);
  const auto held = office_.database->read([&](db::Transaction& tx) {
    return operations::list_held(tx, blind, contacts_of_deals(), {deal_});
  });
  ASSERT_TRUE(held);
  EXPECT_TRUE(held->empty());
}

TEST_P(Joined, WhatIsInTheRecycleBinLeavesTheListsAndComesBackIntoThem) {
  ASSERT_TRUE(join(office_.ada, contacts_of_deals(), deal_, maria_));
  ASSERT_TRUE(office_.remove(office_.ada, "contacts", maria_));
  EXPECT_TRUE(listed(contacts_of_deals(), deal_).empty());
  EXPECT_FALSE(join(office_.ada, contacts_of_deals(), deal_, maria_)) << "it is in the bin";
  ASSERT_TRUE(office_.database->write([&](db::Transaction& tx) {
    return operations::restore_record(tx, office_.ada, office_.module("contacts"), maria_);
  }));
  EXPECT_EQ(listed(contacts_of_deals(), deal_), Ids{maria_});
}

TEST_P(Joined, WhatIsGoneForGoodLeavesNoPairBehindOnEitherSide) {
  ASSERT_TRUE(join(office_.ada, contacts_of_deals(), deal_, maria_));
  ASSERT_TRUE(join(office_.ada, contacts_of_deals(), deal_, kenji_));
  ASSERT_TRUE(purge("contacts", maria_));
  EXPECT_EQ(listed(contacts_of_deals(), deal_), Ids{kenji_});
  ASSERT_TRUE(purge("deals", deal_));
  EXPECT_TRUE(listed(deals_of_contacts(), kenji_).empty());
  EXPECT_EQ(office_.database->read([&](db::Transaction& tx) {
    return tx.integer("SELECT COUNT(*) FROM joined_records");
  }),
            0);
}

TEST_P(Joined, ARecordHolds500InOneListAtMost) {
  const Result<void> filled = office_.database->write([&](db::Transaction& tx) -> Result<void> {
    for (int64_t at = 1; at <= records::held_records_max; ++at) {
      records::put_pair(tx, office_.org, contacts_of_deals(), {deal_, RecordId{at}}, "",
                        office_.ada.id);
    }
    return {};
  });
  ASSERT_TRUE(filled);
  const auto refused = join(office_.ada, contacts_of_deals(), deal_, maria_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "too_many");
}

TEST_P(Joined, AProductBelongsToManyDealsContactsAndAccounts) {
  const RecordId lamp = office_.create(office_.ada, "products", {{"name", "Lamp"}})->id;
  const RecordId firm = office_.create(office_.ada, "accounts", {{"name", "Kunde Ltd"}})->id;
  ASSERT_TRUE(join(office_.ada, side("deals", "products"), deal_, lamp));
  ASSERT_TRUE(join(office_.ada, side("products", "contacts"), lamp, maria_));
  ASSERT_TRUE(join(office_.ada, side("products", "contacts"), lamp, kenji_));
  ASSERT_TRUE(join(office_.ada, side("accounts", "products"), firm, lamp));
  EXPECT_EQ(listed(side("products", "deals"), lamp), Ids{deal_});
  EXPECT_EQ(listed(side("products", "contacts"), lamp), (Ids{maria_, kenji_}));
  EXPECT_EQ(listed(side("products", "accounts"), lamp), Ids{firm});
}

TEST_P(Joined, ARecordHoldsExactlyWhatIsSaid) {
  ASSERT_TRUE(join(office_.ada, contacts_of_deals(), deal_, maria_));
  const auto hold = [&](const Ids& held) {
    return office_.database->write([&](db::Transaction& tx) {
      return operations::hold_exactly(tx, office_.ada, contacts_of_deals(), deal_, held);
    });
  };
  ASSERT_TRUE(hold({kenji_}));
  EXPECT_EQ(listed(contacts_of_deals(), deal_), Ids{kenji_});
  EXPECT_FALSE(hold({kenji_, RecordId{12'345}}));
  EXPECT_EQ(listed(contacts_of_deals(), deal_), Ids{kenji_}) << "nothing of it was kept";
  ASSERT_TRUE(hold({}));
  EXPECT_TRUE(listed(contacts_of_deals(), deal_).empty());
}

TEST_P(Joined, NotesAndFilesGoForGoodWithTheirRecord) {
  const auto note = office_.create(office_.ada, "notes",
                                   {{"content", "Likes blue."}, {"contact", Value(maria_)}});
  const auto other =
      office_.create(office_.ada, "notes", {{"content", "Likes red."}, {"contact", Value(kenji_)}});
  const auto task =
      office_.create(office_.ada, "tasks", {{"subject", "Call"}, {"contact", Value(maria_)}});
  ASSERT_TRUE(note && other && task);
  ASSERT_TRUE(office_.remove(office_.ada, "notes", note->id)) << "also from the recycle bin";
  ASSERT_TRUE(purge("contacts", maria_));
  const auto is_there = [&](const std::string& module, RecordId id) {
    return office_.database
        ->read([&](db::Transaction& tx) {
          return operations::read_record(tx, office_.ada, office_.module(module), id,
                                         records::Bin::either);
        })
        .has_value();
  };
  EXPECT_FALSE(is_there("notes", note->id));
  EXPECT_TRUE(is_there("notes", other->id));
  EXPECT_TRUE(is_there("tasks", task->id)) << "an activity stays, without its contact";
  EXPECT_TRUE(office_.read("tasks", task->id).get("contact").is_null());
}

TEST_P(Joined, MoreThanAThousandNotesAreNotTakenAlongAtOnce) {
  const Result<void> written = office_.database->write([&](db::Transaction& tx) -> Result<void> {
    for (int at = 0; at <= crm::parts_taken_along_max; ++at) {
      TRY(operations::add_row(tx, office_.ada, office_.module("notes"),
                              {{"content", "Hm."}, {"contact", Value(maria_)}}));
    }
    return {};
  });
  ASSERT_TRUE(written);
  const auto refused = purge("contacts", maria_);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "too_much_attached");
  EXPECT_EQ(office_.read("contacts", maria_).title, "Silva") << "it is still in the bin";
}

TEST_P(Joined, WhatIsGoneForGoodIsListedNewestFirst) {
  ASSERT_TRUE(purge("contacts", maria_));
  ASSERT_TRUE(purge("contacts", kenji_));
  const auto purged = [&](const access::Actor& actor) {
    return office_.database->read([&](db::Transaction& tx) {
      return operations::list_purged(tx, actor, office_.module("contacts"), "", 10);
    });
  };
  const auto page = purged(office_.ada);
  ASSERT_TRUE(page);
  ASSERT_EQ(page->entries.size(), 2u);
  EXPECT_EQ(page->entries[0].record, kenji_);
  EXPECT_EQ(page->entries[1].record, maria_);
  EXPECT_FALSE(purged(with_rights(R"({"deals":["read"]})")));
}

struct Campaigns : testing::Test {
  SalesOffice office{Edition::crm};
  RecordId fair = office.create(office.ada, "campaigns", {{"name", "Fair"}})->id;
  RecordId lead =
      office.create(office.ada, "leads", {{"last_name", "Silva"}, {"company", "Kunde Ltd"}})->id;

  records::JoinSide side(const std::string& module, const std::string& list) {
    return *crm::find_join(*office.catalogue, office.module(module), list);
  }
  std::optional<std::string> status(const std::string& module, RecordId member) {
    return office.database->read([&](db::Transaction& tx) {
      return records::said_of(tx, office.org, side("campaigns", module), {fair, member});
    });
  }
};

TEST_F(Campaigns, AMemberHasAStatusWhichIsPlannedAtFirst) {
  const auto join = [&](const operations::Said& said) {
    return office.database->write([&](db::Transaction& tx) {
      return operations::join_records(tx, office.ada, side("campaigns", "leads"), {fair, lead},
                                      said);
    });
  };
  ASSERT_TRUE(join(std::nullopt));
  EXPECT_EQ(status("leads", lead), "planned");
  ASSERT_TRUE(join(Value("responded")));
  EXPECT_EQ(status("leads", lead), "responded");
}

TEST_F(Campaigns, ALeadTakesItsCampaignsAndProductsAlongWhenItBecomesAContact) {
  const RecordId lamp = office.create(office.ada, "products", {{"name", "Lamp"}})->id;
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) -> Result<void> {
    TRY(operations::join_records(tx, office.ada, side("leads", "campaigns"), {lead, fair},
                                 Value("responded")));
    return operations::join_records(tx, office.ada, side("leads", "products"), {lead, lamp});
  }));
  const auto made = office.database->write(
      [&](db::Transaction& tx) { return crm::convert_lead(tx, office.ada, lead, {}); });
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(status("contacts", made->contact.id), "responded");
  EXPECT_FALSE(status("leads", lead).has_value());
  EXPECT_TRUE(office.database->read([&](db::Transaction& tx) {
    return records::said_of(tx, office.org, side("contacts", "products"), {made->contact.id, lamp})
        .has_value();
  }));
}

TEST_F(Campaigns, AContactThatIsChosenForALeadHolds500InOneListAtMost) {
  const RecordId contact = office.create(office.ada, "contacts", {{"last_name", "Mori"}})->id;
  ASSERT_TRUE(office.database->write([&](db::Transaction& tx) -> Result<void> {
    for (int64_t at = 1; at <= records::held_records_max; ++at)
      records::put_pair(tx, office.org, side("contacts", "campaigns"), {contact, RecordId{at}},
                        "planned", office.ada.id);
    return operations::join_records(tx, office.ada, side("leads", "campaigns"), {lead, fair},
                                    Value("responded"));
  }));
  const auto refused = office.database->write([&](db::Transaction& tx) {
    return crm::convert_lead(tx, office.ada, lead, {.contact = contact});
  });
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "too_much_joined");
  EXPECT_EQ(status("leads", lead), "responded") << "nothing of it was kept";
}

}  // namespace
}  // namespace tandem::test
