// Taking mails in from files, beside GMime's parse and the same files and inserts alone, both one
// mail after the other.
//   bench_mail [--quick]

#include <fmt/format.h>
#include <gmime/gmime.h>

#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/crypto.h"
#include "bench/support/draw.h"
#include "bench/support/figures.h"
#include "bench/support/portal.h"
#include "bench/support/statements.h"
#include "desk/mail/mail_intake.h"
#include "desk/mail/mailboxes.h"
#include "mail/message.h"

namespace {

using namespace tandem;
using namespace tandem::bench;

constexpr int rounds = 5;
constexpr const char* mail_folder = "build/bench/mails";
constexpr int64_t attachment_bytes = 20'000;

std::string alternative(Draw& draw) {
  const std::string text = draw.prose(draw.between(20, 120));
  return "--part\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + text +
         "\r\n--part\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>" + text +
         "</p><p>Best regards</p></body></html>\r\n";
}

/// Plain text, text with HTML, and every fifth with a file; every third answers the one before.
std::string mail_of(Draw& draw, int64_t number) {
  std::string head = fmt::format(
      "From: {} {} <person{}@company.example>\r\nTo: department0@desk.example\r\nSubject: {}\r\n"
      "Message-ID: <{}@company.example>\r\nDate: Mon, 02 Nov 2026 09:00:00 +0000\r\n"
      "MIME-Version: 1.0\r\n",
      capitalised(draw.word()), capitalised(draw.word()), number / 3, capitalised(draw.words(5)),
      number);
  if (number % 3 == 1) head += fmt::format("In-Reply-To: <{}@company.example>\r\n", number - 1);
  if (number % 2 == 0) {
    return head + "Content-Type: text/plain; charset=utf-8\r\n\r\n" +
           draw.prose(draw.between(20, 120)) + "\r\n";
  }
  const bool has_file = number % 5 == 0;
  std::string mail = head +
                     fmt::format("Content-Type: multipart/{}; boundary=part\r\n\r\n",
                                 has_file ? "mixed" : "alternative") +
                     alternative(draw);
  if (has_file) {
    mail +=
        "--part\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n"
        "Content-Disposition: attachment; filename=invoice.pdf\r\n\r\n" +
        to_base64(draw.words(attachment_bytes / 6)) + "\r\n";
  }
  return mail + "--part--\r\n";
}

std::vector<std::string> write_mails(int64_t count) {
  std::filesystem::create_directories(mail_folder);
  Draw draw(5);
  std::vector<std::string> paths;
  for (int64_t number = 0; number < count; ++number) {
    paths.push_back(fmt::format("{}/{}.eml", mail_folder, number));
    std::ofstream(paths.back(), std::ios::binary) << mail_of(draw, number);
  }
  return paths;
}

std::string read_file(const std::string& path) {
  std::ifstream input(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(input), {}};
}

/// A record of its own with a mailbox to take in for.
struct Office {
  std::unique_ptr<server::Program> program;
  desk::Mailbox mailbox;
};

Office open_office(const std::string& name, const Clock& clock) {
  const std::string folder = "build/bench/" + name;
  std::filesystem::remove_all(folder);
  std::filesystem::copy(folder_of(quick_tickets), folder, std::filesystem::copy_options::recursive);
  Office office{open_program(folder, clock), {}};
  const Portal portal = find_portal(*office.program);
  const access::Actor system =
      access::system_actor(office.program->catalogue(), portal.org, access::Path::import);
  office.mailbox = office.program->database().read(
      [&](db::Transaction& tx) { return must(desk::list_mailboxes(tx, system)).at(0); });
  return office;
}

struct Written {
  std::vector<Statements> transactions;
  std::vector<std::string> files;
};

/// What taking each of the mails in writes: its transactions and its files.
std::vector<Written> written_by(const std::vector<std::string>& paths, const Clock& clock) {
  const Office office = open_office("mail-listened", clock);
  ListeningDatabase listening(office.program->database(), Keep::writes);
  const desk::Desk desk{.database = listening,
                        .files = office.program->files(),
                        .catalogue = office.program->catalogue(),
                        .secret = office.program->secret_key()};
  std::vector<Written> all;
  for (const std::string& path : paths) {
    const std::string raw = read_file(path);
    const desk::IntakeReport report = desk::take_in(desk, office.mailbox, raw);
    if (report.outcome == desk::IntakeOutcome::parked) throw std::runtime_error(report.reason);
    Written written{listening.take(), {raw}};
    const Result<mail::ParsedMail> parsed = mail::parse_mail(raw);
    for (const mail::Attachment& attachment : parsed->attachments) {
      written.files.push_back(attachment.bytes);
    }
    all.push_back(std::move(written));
  }
  return all;
}

void decode_part(GMimeObject*, GMimeObject* part, gpointer) {
  if (!GMIME_IS_PART(part)) return;
  GMimeDataWrapper* content = g_mime_part_get_content(GMIME_PART(part));
  GMimeStream* stream = g_mime_stream_mem_new();
  g_mime_data_wrapper_write_to_stream(content, stream);
  g_object_unref(stream);
}

/// The message and the decoded bytes of all its parts.
void parse_with_gmime(const std::string& raw) {
  GMimeStream* stream = g_mime_stream_mem_new_with_buffer(raw.data(), raw.size());
  GMimeParser* parser = g_mime_parser_new_with_stream(stream);
  GMimeMessage* message = g_mime_parser_construct_message(parser, nullptr);
  g_mime_message_foreach(message, decode_part, nullptr);
  g_object_unref(message);
  g_object_unref(parser);
  g_object_unref(stream);
}

void insert_alone(const Office& office, const std::string& path, const Written& written) {
  parse_with_gmime(read_file(path));
  for (const std::string& file : written.files) {
    must(office.program->files().put(office.mailbox.org, file));
  }
  for (const Statements& transaction : written.transactions) {
    must(office.program->database().write([&](db::Transaction& tx) -> Result<void> {
      replay(tx, transaction);
      return {};
    }));
  }
}

template <class Act>
double seconds_of(Act act) {
  const auto start = std::chrono::steady_clock::now();
  act();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

int main(int argc, char** argv) {
  const bool is_quick = argc > 1 && std::strcmp(argv[1], "--quick") == 0;
  const size_t per_round = is_quick ? 30 : 200;
  g_mime_init();
  fill(folder_of(quick_tickets), quick_tickets);
  const SystemClock clock;
  const std::vector<std::string> paths = write_mails(int64_t(per_round) * rounds);
  const std::vector<Written> written = written_by(paths, clock);
  const Office taking = open_office("mail-taking", clock);
  const Office alone = open_office("mail-alone", clock);
  std::vector<double> ratios;
  std::vector<double> rates;
  for (size_t round = 0; round < rounds; ++round) {
    const size_t from = round * per_round;
    const double ours = seconds_of([&] {
      for (size_t at = from; at < from + per_round; ++at) {
        desk::take_in(taking.program->desk(), taking.mailbox, read_file(paths[at]));
      }
    });
    const double bare = seconds_of([&] {
      for (size_t at = from; at < from + per_round; ++at) {
        insert_alone(alone, paths[at], written[at]);
      }
    });
    rates.push_back(double(per_round) / ours);
    ratios.push_back(bare / ours);
  }
  note("mails taken in per second", median(rates), "1/s");
  report({"take in mails, beside GMime and the same files and inserts", median(ratios), "ratio",
          Bound::at_least, 0.5});
  return 0;
}
