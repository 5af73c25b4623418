#include <fmt/format.h>
#include <gmock/gmock.h>

#include "desk/conversation/drafts.h"
#include "desk/mail/mail_threading.h"
#include "desk/sharing/ticket_sharing.h"
#include "desk/tickets/statuses.h"
#include "desk/tickets/ticket_merging.h"
#include "desk/tickets/ticket_splitting.h"
#include "desk/tickets/timeline.h"
#include "desk/views/views.h"
#include "tests/rules/ticket_checks.h"
#include "tests/support/office.h"

// Manual, Merging and splitting 1 and 2.

namespace tandem::test {
namespace {

using desk::SeenTicket;
using records::Record;
using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;

/// Two tickets by mail of two customers, with a comment on each, and one of the first customer.
struct Mess {
  Office office;
  access::Actor ana = office.agent("ana", {"Support"});
  RecordId target, other;
  std::string sent_id;  // of an answer on `other`

  Mess() {
    target = office.mail_in({.subject = "Router", .text = "First"}).ticket;
    office.clock.advance_ms(minute_ms);
    other = office
                .mail_in({.from = "Paul <paul@kunde.example>",
                          .subject = "Still the router",
                          .text = "Second"})
                .ticket;
    office.clock.advance_ms(minute_ms);
    const auto reply = office.reply(ana, other, {.html = "We look"});
    EXPECT_TRUE(reply);
    sent_id = office.read("threads", reply->id).get("message_id").text();
    office.clock.advance_ms(minute_ms);
    EXPECT_TRUE(office.comment(ana, target, "<p>Third</p>"));
    EXPECT_TRUE(office.comment(ana, other, "<p>Secret</p>"));
    office.outbox();
  }

  Result<Record> merge(const access::Actor& actor, std::vector<SeenTicket> others,
                       SeenTicket into = {}) {
    if (!into.id) into.id = target;
    return office.database->write(
        [&](db::Transaction& tx) { return desk::merge_tickets(tx, actor, into, others); });
  }
  Result<Record> merge() { return merge(ana, {{other}}); }
  Result<desk::MergePreview> preview() {
    return office.database->read(
        [&](db::Transaction& tx) { return desk::preview_merge(tx, ana, {target}, {{other}}); });
  }
  /// The newest merge into the ticket, undone or not.
  Result<Record> undo(RecordId of) {
    return office.database->write([&](db::Transaction& tx) {
      const RecordId merge{tx.integer(
          "SELECT id FROM merges WHERE org_id = $1 AND target_id = $2 ORDER BY id DESC LIMIT 1",
          {office.org.value, of.value})};
      return desk::undo_merge(tx, ana, of, merge);
    });
  }
  void write_draft(const access::Actor& agent, RecordId ticket, const std::string& html) {
    EXPECT_TRUE(office.database->write([&](db::Transaction& tx) {
      return desk::save_draft(tx, agent, ticket, {.text = {.html = html}, .saved_at = {}});
    }));
  }
  std::string draft(const access::Actor& agent, RecordId ticket) {
    return office.database->read([&](db::Transaction& tx) {
      const auto found = desk::find_draft(tx, agent, ticket);
      return found && *found ? (*found)->text.html : "";
    });
  }
  std::vector<std::string> said(RecordId ticket) {
    return office.database->read([&](db::Transaction& tx) {
      std::vector<std::string> texts;
      const auto timeline = desk::read_timeline(tx, ana, ticket, "", 100);
      for (const desk::TimelineItem& item : timeline->items) {
        if (item.type == desk::TimelineItem::Type::event) continue;
        texts.push_back(item.record.get("text_preview").text());
      }
      return texts;
    });
  }
  std::vector<std::string> history(RecordId ticket) {
    return office.database->read([&](db::Transaction& tx) {
      std::vector<std::string> events;
      const auto page = records::history_of(tx, office.org, "tickets", ticket, "", 50);
      for (const records::LogEntry& entry : page->entries) events.push_back(entry.event);
      return events;
    });
  }
  std::vector<int64_t> view(const char* name) {
    return office.database->read([&](db::Transaction& tx) {
      records::Query query;
      query.filter = desk::view_query(name, ana, tx.now())->filter;
      query.sort = {"id", false};
      const auto page = operations::list_records(tx, ana, *ana.catalogue->find("tickets"), query);
      std::vector<int64_t> ids;
      for (const Record& record : page->records) ids.push_back(record.id.value);
      return ids;
    });
  }
  std::string text(RecordId ticket, const char* field) {
    return office.read("tickets", ticket).get(field).text();
  }
  void expect_sound() { expect_counted(office); }
};

TEST(MergingTickets, WhatWasSaidBecomesTheTargetsInOrderOfTimeAndTheOthersPointToIt) {
  Mess mess;
  const auto merged = mess.merge();
  ASSERT_TRUE(merged) << merged.error().message;
  EXPECT_THAT(mess.said(mess.target), ElementsAre("First", "Second", "We look", "Third", "Secret"));
  EXPECT_THAT(mess.said(mess.other), IsEmpty());
  const Record target = mess.office.read("tickets", mess.target);
  EXPECT_EQ(target.get("thread_count").number(), 3);
  EXPECT_EQ(target.get("comment_count").number(), 2);
  EXPECT_EQ(target.get("last_word").text(), "We look");
  EXPECT_EQ(target.get("cc").text(), "paul@kunde.example");
  EXPECT_EQ(mess.text(mess.other, "merged_into"), to_string(mess.target));
  EXPECT_EQ(mess.text(mess.other, "status"), "closed");
  EXPECT_EQ(mess.history(mess.target).front(), "merged");
  EXPECT_EQ(mess.history(mess.other).front(), "merged_into");
  mess.expect_sound();
}

TEST(MergingTickets, NobodyIsSentAnything) {
  Mess mess;
  const size_t sent = mess.office.outbox().size();
  ASSERT_TRUE(mess.merge());
  EXPECT_EQ(mess.office.outbox().size(), sent);
  ASSERT_TRUE(mess.undo(mess.target));
  EXPECT_EQ(mess.office.outbox().size(), sent);
}

TEST(MergingTickets, AMergedTicketLeavesTheViewsAndNothingIsDoneWithItButDeleting) {
  Mess mess;
  ASSERT_TRUE(mess.merge());
  for (const char* view : {"all", "open", "closed"}) {
    EXPECT_THAT(mess.view(view), Not(Contains(mess.other.value))) << view;
  }
  EXPECT_THAT(mess.office.may(mess.ana, mess.other), ElementsAre("delete", "unshare"));
  EXPECT_EQ(code_of(mess.office.comment(mess.ana, mess.other, "<p>Hm</p>")), "merged");
  EXPECT_EQ(code_of(mess.office.reply(mess.ana, mess.other, {.html = "Hm"})), "merged");
  EXPECT_TRUE(mess.office.open(mess.ana, "tickets", mess.other));
}

TEST(MergingTickets, AMailThatAnswersAMergedTicketLandsOnTheTarget) {
  Mess mess;
  ASSERT_TRUE(mess.merge());
  const desk::IntakeReport by_id =
      mess.office.mail_in({.from = "Paul <paul@kunde.example>",
                           .subject = "Re: Still the router",
                           .headers = {"In-Reply-To: <" + mess.sent_id + ">"}});
  EXPECT_EQ(by_id.ticket, mess.target);
  const auto address = desk::reply_address_of(*mess.office.desk, mess.office.org, mess.other,
                                              "support@firma.example");
  const desk::IntakeReport by_address =
      mess.office.mail_in({.from = "Paul <paul@kunde.example>", .to = *address});
  EXPECT_EQ(by_address.ticket, mess.target);
}

TEST(MergingTickets, ThePreviewNamesWhatWillHappenAndWritesNothing) {
  Mess mess;
  const int64_t revision = mess.office.read("tickets", mess.target).revision;
  const auto preview = mess.preview();
  ASSERT_TRUE(preview);
  EXPECT_EQ(preview->others.front().parts.threads.size(), 2u);
  EXPECT_EQ(preview->others.front().private_count, 1);
  EXPECT_TRUE(preview->others.front().is_of_another_contact);
  EXPECT_THAT(preview->copied, ElementsAre("paul@kunde.example"));
  EXPECT_EQ(mess.office.read("tickets", mess.target).revision, revision);
}

TEST(MergingTickets, UndoingGivesBackWhatWasThereAndKeepsWhatCameSince) {
  Mess mess;
  const Record target = mess.office.read("tickets", mess.target);
  ASSERT_TRUE(mess.merge());
  mess.office.clock.advance_ms(minute_ms);
  ASSERT_TRUE(mess.office.comment(mess.ana, mess.target, "<p>Since</p>"));
  const auto undone = mess.undo(mess.target);
  ASSERT_TRUE(undone) << undone.error().message;
  EXPECT_THAT(mess.said(mess.target), ElementsAre("First", "Third", "Since"));
  EXPECT_THAT(mess.said(mess.other), ElementsAre("Second", "We look", "Secret"));
  EXPECT_EQ(mess.text(mess.other, "status"), "open");
  EXPECT_TRUE(mess.office.read("tickets", mess.other).get("merged_into").is_null());
  EXPECT_EQ(mess.office.read("tickets", mess.target).get("last_word"), target.get("last_word"));
  EXPECT_TRUE(mess.office.read("tickets", mess.target).get("cc").is_null());
  EXPECT_THAT(mess.history(mess.other), Contains("merge_undone"));
  EXPECT_EQ(code_of(mess.undo(mess.target)), "already_undone");
  mess.expect_sound();
}

TEST(MergingTickets, UndoingIsRefusedWhereItCannotBeWhole) {
  Mess mess;
  const RecordId third = mess.office.ticket("Third");
  ASSERT_TRUE(mess.merge());
  ASSERT_TRUE(mess.merge(mess.ana, {{mess.target}}, {third}));
  EXPECT_EQ(code_of(mess.undo(mess.target)), "merged_on");
  ASSERT_TRUE(mess.undo(third));
  const records::ModuleDef& tickets = *mess.office.catalogue.find("tickets");
  ASSERT_TRUE(mess.office.database->write([&](db::Transaction& tx) {
    return operations::delete_record(tx, mess.ana, tickets, mess.other);
  }));
  EXPECT_EQ(code_of(mess.undo(mess.target)), "ticket_in_bin");
  ASSERT_TRUE(mess.office.database->write([&](db::Transaction& tx) {
    return operations::restore_record(tx, mess.ana, tickets, mess.other);
  }));
  ASSERT_TRUE(mess.undo(mess.target));
  ASSERT_TRUE(mess.merge());
  mess.office.clock.advance_ms(31 * day_ms);
  EXPECT_EQ(code_of(mess.undo(mess.target)), "too_late");
  mess.expect_sound();
}

TEST(MergingTickets, UndoingIsRefusedWhenAPartOfItLiesOnAThirdTicketOrATicketIsGone) {
  Mess mess;
  ASSERT_TRUE(mess.merge());
  const auto threads =
      mess.office.sees(mess.office.program(), "threads", records::field("ticket").is(mess.target));
  const auto split = mess.office.database->write([&](db::Transaction& tx) {
    return desk::split_ticket(tx, mess.ana,
                              {.ticket = mess.target, .thread = RecordId{threads.back()}});
  });
  ASSERT_TRUE(split) << split.error().message;
  EXPECT_EQ(code_of(mess.undo(mess.target)), "part_moved_on");
  const records::ModuleDef& tickets = *mess.office.catalogue.find("tickets");
  ASSERT_TRUE(mess.office.database->write([&](db::Transaction& tx) -> Result<void> {
    TRY(operations::delete_record(tx, mess.ana, tickets, mess.other));
    return operations::purge_record(tx, mess.office.program(), tickets, mess.other);
  }));
  EXPECT_EQ(code_of(mess.undo(mess.target)), "ticket_gone");
}

TEST(MergingTickets, ATicketWhoseStatusWasRemovedSinceComesBackOpen) {
  Mess mess;
  const access::Actor ada = mess.office.administrator();
  const auto waiting = mess.office.database->write([&](db::Transaction& tx) {
    return desk::add_status(tx, ada, {.name = "", .label = "Waiting", .type = "on_hold"});
  });
  ASSERT_TRUE(mess.office.change(mess.ana, "tickets", mess.other, {{"status", waiting->name}}));
  ASSERT_TRUE(mess.merge());
  ASSERT_TRUE(mess.office.database->write(
      [&](db::Transaction& tx) { return desk::remove_status(tx, ada, waiting->name); }));
  const auto undone = mess.undo(mess.target);
  ASSERT_TRUE(undone) << undone.error().message;
  EXPECT_EQ(mess.text(mess.other, "status"), "open");
}

TEST(MergingTickets, MorePeopleThanATicketCopiesAreRefusedBeforeAnythingIsWritten) {
  Mess mess;
  const auto copied = [](const std::string& who, int count) {
    std::string all;
    for (int number = 0; number < count; ++number)
      all += fmt::format("{}{}@kunde.example,", who, number);
    return all;
  };
  ASSERT_TRUE(mess.office.change(mess.ana, "tickets", mess.target, {{"cc", copied("a", 90)}}));
  ASSERT_TRUE(mess.office.change(mess.ana, "tickets", mess.other, {{"cc", copied("b", 20)}}));
  EXPECT_EQ(code_of(mess.preview()), "too_many_people");
  EXPECT_EQ(code_of(mess.merge()), "too_many_people");
  ASSERT_TRUE(mess.office.change(mess.ana, "tickets", mess.other, {{"cc", copied("b", 9)}}));
  EXPECT_TRUE(mess.preview());
  EXPECT_TRUE(mess.merge());  // with Paul, who asked, a hundred
}

TEST(MergingTickets, WhoAskedFromAnAddressWithoutAFullDomainIsCopied) {
  Mess mess;
  mess.other = mess.office.mail_in({.from = "Root <root@localhost>", .subject = "Disk"}).ticket;
  ASSERT_TRUE(mess.preview());
  const auto merged = mess.merge();
  ASSERT_TRUE(merged) << merged.error().message;
  EXPECT_EQ(mess.text(mess.target, "cc"), "root@localhost");
}

TEST(MergingTickets, UnsentTextsComeAlongWithWhoeverSeesTheRemainingTicket) {
  Mess mess;
  const access::Actor ben = mess.office.agent("ben", {"Support"});
  const access::Actor kim = mess.office.agent("kim", {"Billing"});
  const RecordId billing = mess.office.department("Billing");
  ASSERT_TRUE(mess.office.database->write([&](db::Transaction& tx) {
    return desk::share_ticket(tx, mess.ana, mess.other, {{billing, desk::TicketAccess::full}});
  }));
  mess.write_draft(mess.ana, mess.target, "<p>First</p>");
  mess.write_draft(mess.ana, mess.other, "<p>Second</p>");
  mess.write_draft(ben, mess.other, "<p>Half</p>");
  mess.write_draft(kim, mess.other, "<p>Bill</p>");
  EXPECT_THAT(mess.preview()->others.front().draft_writers, ElementsAre(mess.ana.id, ben.id));
  ASSERT_TRUE(mess.merge());
  EXPECT_EQ(mess.draft(mess.ana, mess.target), "<p>First</p><p>Second</p>");
  EXPECT_EQ(mess.draft(ben, mess.target), "<p>Half</p>");
  EXPECT_EQ(mess.draft(ben, mess.other), "");
  EXPECT_EQ(mess.draft(kim, mess.target), "");
  EXPECT_EQ(mess.office.database->read([&](db::Transaction& tx) {
    return tx.integer("SELECT COUNT(*) FROM drafts WHERE org_id = $1 AND ticket_id = $2",
                      {mess.office.org.value, mess.other.value});
  }),
            1)
      << "Kim's text waits for the merge to be undone";
}

TEST(MergingTickets, AsManyFollowersComeAlongAsATicketHasRoomFor) {  // manual, Followers 1.6
  Mess mess;
  const auto follow = [&](RecordId ticket, int64_t agent) {
    EXPECT_TRUE(mess.office.database->write([&](db::Transaction& tx) -> Result<int64_t> {
      return tx.execute(
          "INSERT INTO ticket_followers (org_id, ticket_id, agent_id, followed_at) "
          "VALUES ($1, $2, $3, $3)",
          {mess.office.org.value, ticket.value, agent});
    }));
  };
  const auto follows = [&](RecordId ticket, int64_t agent) {
    return mess.office.database->read([&](db::Transaction& tx) {
      return tx.integer(
          "SELECT COUNT(*) FROM ticket_followers WHERE org_id = $1 AND ticket_id = $2 "
          "AND agent_id = $3",
          {mess.office.org.value, ticket.value, agent});
    });
  };
  for (int64_t agent = 1; agent <= 49; ++agent) follow(mess.target, agent);
  for (const int64_t agent : {49, 50, 51}) follow(mess.other, agent);
  EXPECT_EQ(mess.preview()->followers_left, 1);
  ASSERT_TRUE(mess.merge());
  EXPECT_EQ(follows(mess.target, 50), 1);
  EXPECT_EQ(follows(mess.target, 51), 0);
}

TEST(MergingTickets, OnlyTicketsOfOnesOwnDepartmentsAsTheyWereSeenAreMerged) {
  Mess mess;
  const RecordId billing = mess.office.department("Billing");
  const RecordId foreign = mess.office.ticket("Invoice", {{"department", billing}});
  EXPECT_EQ(code_of(mess.merge(mess.ana, {{foreign}})), "not_found");
  const RecordId support = mess.office.department("Support");
  ASSERT_TRUE(mess.office.database->write([&](db::Transaction& tx) {
    return desk::share_ticket(tx, mess.office.program(), foreign,
                              {{support, desk::TicketAccess::full}});
  }));
  EXPECT_EQ(code_of(mess.merge(mess.ana, {{foreign}})), "shared_not_own");
  EXPECT_EQ(code_of(mess.merge(mess.ana, {{mess.other, 1}})), "stale");
  EXPECT_EQ(code_of(mess.merge(mess.ana, {})), "required");
  EXPECT_EQ(code_of(mess.merge(mess.ana, {{mess.target}})), "same_ticket");
  EXPECT_EQ(code_of(mess.merge(mess.ana, {{mess.other}, {mess.other}})), "duplicate");
  EXPECT_EQ(code_of(mess.merge(mess.ana, std::vector<SeenTicket>(21, SeenTicket{mess.other}))),
            "too_many");
  const access::Actor light = mess.office.light_agent("light", {"Support"});
  EXPECT_FALSE(mess.merge(light, {{mess.other}}));
  ASSERT_TRUE(mess.merge());
  EXPECT_EQ(code_of(mess.merge()), "merged");
}

}  // namespace
}  // namespace tandem::test
