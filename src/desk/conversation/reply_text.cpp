#include "desk/conversation/reply_text.h"

#include <fmt/format.h>

#include <set>

#include "base/text.h"
#include "desk/conversation/forwarding.h"
#include "desk/conversation/quote_words.h"
#include "desk/mail/mailboxes.h"
#include "desk/modules.h"
#include "desk/ratings/rating_links.h"
#include "records/store.h"

namespace tandem::desk {

using records::field;
using records::Record;

namespace {

std::vector<Record> select(db::Transaction& tx, const access::Actor& actor,
                           const records::ModuleDef& module, records::Filter filter, int limit) {
  records::Query query;
  query.filter = std::move(filter);
  query.limit = limit;
  Result<records::Page> page =
      records::select_page(tx, actor.org, actor.catalogue->shape(tx, actor.org, module), query);
  if (!page) return {};
  return std::move(page->records);
}

records::Filter public_parts_of(RecordId ticket, records::Filter which) {
  return records::all_of({field("ticket").is(ticket), field("is_private").is(int64_t{0}),
                          field("is_forward").is(int64_t{0}), field("is_auto_reply").is(int64_t{0}),
                          std::move(which)});
}

records::Filter is_written_by_its_author() {
  return field("channel").is_one_of({"email", "web", "chat", "social"});
}

/// What an answer quotes: mails, and what came by a form or a chat. What an agent noted in their
/// own words, or a program brought, is nothing that the reader wrote or got.
records::Filter public_mails_of(RecordId ticket) {
  return public_parts_of(ticket, is_written_by_its_author());
}

/// What a forward carries: also what the ticket is about, however it came to be noted.
records::Filter forwarded_parts_of(RecordId ticket) {
  return public_parts_of(ticket, records::any_of({is_written_by_its_author(),
                                                  field("is_description").is(int64_t{1})}));
}

}  // namespace

std::optional<Record> public_mail(db::Transaction& tx, const access::Actor& actor, RecordId ticket,
                                  RecordId id) {
  records::Filter filter = public_mails_of(ticket);
  if (id) filter = records::all_of({std::move(filter), field("id").is(id)});
  std::vector<Record> mails = select(tx, actor, threads_module(), std::move(filter), 1);
  if (mails.empty()) return std::nullopt;
  return std::move(mails.front());
}

std::vector<Address> distinct(std::vector<Address> addresses,
                              const std::vector<std::string>& without) {
  std::set<std::string> seen(without.begin(), without.end());
  std::vector<Address> kept;
  for (Address& one : addresses) {
    if (one.address.empty() || !seen.insert(ascii_lower(one.address)).second) continue;
    kept.push_back(std::move(one));
  }
  return kept;
}

namespace {

std::vector<Address> requester_of(db::Transaction& tx, OrgId org, const Record& ticket) {
  const RecordId contact = ticket.get("contact").id();
  std::string name;
  std::string address = ticket.get("email").text();
  if (contact) {
    const std::optional<db::Row> row =
        tx.row("SELECT title, email FROM contacts WHERE org_id = $1 AND id = $2",
               {org.value, contact.value});
    if (row) {
      name = row->is_null(0) ? "" : row->text(0);
      if (address.empty() && !row->is_null(1)) address = row->text(1);
    }
  }
  if (address.empty()) return {};
  return {{name, address}};
}

/// Those an incoming mail wants its answer to go to; for one of ours, those it went to.
std::vector<Address> other_side_of(const Record& mail) {
  if (mail.get("direction").text() == "out") {
    return addresses_from_json(mail.get("to_addresses").text());
  }
  std::vector<Address> wanted = addresses_from_json(mail.get("reply_to_addresses").text());
  if (!wanted.empty()) return wanted;
  return {{mail.get("sender_name").text(), mail.get("sender_email").text()}};
}

/// One spelling for all that reach us: also what a reply address with a mark ("support+t12.…@…")
/// brings to a mailbox.
std::set<std::string> mailboxes_in(const std::vector<std::string>& addresses) {
  std::set<std::string> boxes;
  for (const std::string& address : addresses) {
    if (!address.empty()) boxes.insert(mailbox_of(address));
  }
  return boxes;
}

void leave_out(std::vector<Address>& addresses, const std::set<std::string>& boxes) {
  std::erase_if(addresses,
                [&](const Address& one) { return boxes.contains(mailbox_of(one.address)); });
}

/// Everybody who stands on the answered mail, on the ticket, and who asked.
std::vector<Address> everyone_around(db::Transaction& tx, OrgId org, const Record& ticket,
                                     const std::optional<Record>& answered) {
  std::vector<Address> people;
  if (answered) {
    for (const char* name : {"to_addresses", "cc_addresses"}) {
      for (Address& one : addresses_from_json(answered->get(name).text())) {
        people.push_back(std::move(one));
      }
    }
  }
  for (const std::string& address : split(ticket.get("cc").text(), ',')) {
    people.push_back({"", std::string(trim(address))});
  }
  for (Address& one : requester_of(tx, org, ticket)) people.push_back(std::move(one));
  return people;
}

}  // namespace

Recipients recipients_for(db::Transaction& tx, const access::Actor& actor, const Record& ticket,
                          const std::optional<Record>& answered, ReplyKind kind) {
  if (kind == ReplyKind::forward) return {};
  const OrgId org = actor.org;
  std::vector<std::string> left_out = own_addresses(tx, org);
  const std::set<std::string> ours = mailboxes_in(left_out);
  const auto others = [&](std::vector<Address> addresses) {
    leave_out(addresses, ours);
    return distinct(std::move(addresses), left_out);
  };
  Recipients recipients;
  // A reply means the person who asked, also when our own last mail went to somebody else (S016).
  const bool answers_ourselves =
      kind == ReplyKind::reply && answered && answered->get("direction").text() == "out";
  if (answers_ourselves) recipients.to = others(requester_of(tx, org, ticket));
  if (answered && recipients.to.empty()) recipients.to = others(other_side_of(*answered));
  if (recipients.to.empty()) recipients.to = others(requester_of(tx, org, ticket));
  if (kind == ReplyKind::reply) return recipients;
  const std::set<std::string> the_writer = mailboxes_in({actor.email});
  // Who asked as a customer is answered, also by themselves; a copy tells them nothing.
  if (recipients.to.size() > 1) leave_out(recipients.to, the_writer);
  for (const Address& one : recipients.to) left_out.push_back(ascii_lower(one.address));
  recipients.cc = others(everyone_around(tx, org, ticket, answered));
  leave_out(recipients.cc, the_writer);
  return recipients;
}

std::string subject_for(std::string_view subject, ReplyKind kind) {
  const std::string_view mark = kind == ReplyKind::forward ? "Fwd: " : "Re: ";
  if (starts_with_ignoring_ascii_case(subject, trim(mark))) return std::string(subject);
  return std::string(mark) + std::string(subject);
}

namespace {

std::string list_of(std::string_view addresses_json) {
  std::string list;
  for (const Address& one : addresses_from_json(addresses_json)) {
    if (!list.empty()) list += ", ";
    list += one.name.empty() ? one.address : one.name + " <" + one.address + ">";
  }
  return escape_html(list);
}

std::string writer_of(const Record& mail) {
  const std::string& name = mail.get("author_name").text();
  const std::string& address = mail.get("sender_email").text();
  const std::string& email = address.empty() ? mail.get("author_email").text() : address;
  if (name.empty()) return escape_html(email);
  return escape_html(email.empty() ? name : name + " <" + email + ">");
}

std::string body_html(const Record& mail) {
  const std::string& html = mail.get("html").text();
  std::string body =
      html.empty() ? text_to_html(mail.get("plain_text").text()) : sanitise_html(html);
  const std::string& quoted = mail.get("quoted_html").text();
  if (!quoted.empty()) body += sanitise_html(quoted);
  return body;
}

std::string one_quoted(const Record& mail, std::string_view locale) {
  return fmt::format("<div class=\"gmail_quote\"><div>{}</div><blockquote>{}</blockquote></div>",
                     quote_line(locale, mail.get("sent_at").instant(), writer_of(mail)),
                     body_html(mail));
}

std::string one_forwarded(const Record& mail, std::string_view locale) {
  const ForwardedMail heading{.from = writer_of(mail),
                              .at = mail.get("sent_at").instant(),
                              .subject = escape_html(mail.get("subject").text()),
                              .to = list_of(mail.get("to_addresses").text())};
  return fmt::format("<div>{}</div><div>{}</div>", forward_heading(locale, heading),
                     body_html(mail));
}

}  // namespace

std::string quoted_history(db::Transaction& tx, const access::Actor& actor, const Record& ticket,
                           const std::optional<Record>& answered, ReplyKind kind) {
  const std::string locale = customer_locale(tx, actor.org, ticket.id);
  if (kind != ReplyKind::forward) {
    if (!answered) return "";
    std::string quoted = one_quoted(*answered, locale);
    return quoted.size() <= quoted_bytes_max ? quoted : "";
  }
  const std::vector<Record> mails =
      select(tx, actor, threads_module(), forwarded_parts_of(ticket.id), forwarded_mails_max);
  std::string history;
  for (const Record& mail : mails) {  // newest first: what is too much is the oldest
    const std::string one = one_forwarded(mail, locale);
    if (history.size() + one.size() > quoted_bytes_max) break;
    history = one + (history.empty() ? "" : "<hr>") + history;
  }
  return history;
}

std::vector<Record> public_attachments(db::Transaction& tx, const access::Actor& actor,
                                       RecordId ticket) {
  return select(tx, actor, attachments_module(),
                records::all_of({field("ticket").is(ticket), field("is_private").is(int64_t{0})}),
                int(reply_attachments_max));
}

}  // namespace tandem::desk
