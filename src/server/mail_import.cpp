#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

#include "access/organisations.h"
#include "base/text.h"
#include "desk/mail/mail_intake.h"
#include "desk/mail/mailboxes.h"
#include "mail/message.h"
#include "server/commands.h"
#include "server/program.h"

// `tandem mail import`: files through the very same intake as IMAP.

namespace tandem::server {

namespace {

constexpr uintmax_t import_file_bytes_max = 4ULL * 1024 * 1024 * 1024;

/// In a folder, files of other names count as mails when they begin like one: a header line, or an
/// mbox's "From ".
bool looks_like_mail(const std::filesystem::path& file) {
  const std::string extension = ascii_lower(file.extension().string());
  if (extension == ".eml" || extension == ".mbox" || extension == ".mbx") return true;
  std::ifstream input(file, std::ios::binary);
  std::string line;
  if (!std::getline(input, line)) return false;
  if (line.starts_with("From ")) return true;
  const size_t end_of_name = line.find_first_of(": \t");
  return end_of_name != std::string::npos && end_of_name > 0 && line[end_of_name] == ':';
}

Result<std::vector<std::string>> files_of(const std::vector<std::string>& paths) {
  std::vector<std::string> files;
  for (const std::string& path : paths) {
    if (std::filesystem::is_directory(path)) {
      for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
        if (!entry.is_regular_file()) continue;
        if (looks_like_mail(entry.path())) {
          files.push_back(entry.path().string());
        } else {
          std::cerr << entry.path().string() << " is no mail; left out.\n";
        }
      }
    } else if (std::filesystem::is_regular_file(path)) {
      files.push_back(path);
    } else {
      return invalid("PATH", "not_there", fmt::format("{} is no file or folder.", path));
    }
  }
  std::sort(files.begin(), files.end());
  return files;
}

bool is_mbox_start(std::string_view line) { return line.starts_with("From ") && line.size() > 10; }

/// Where a mail lies, and when it was sent as far as its header says.
struct MailPlace {
  const std::string* file = nullptr;
  uint64_t start = 0;
  uint64_t size_bytes = 0;
  bool is_in_mbox = false;
  Instant sent_at;
};

/// Collects the first bytes of a mail until it is known where it ends.
class Surveyor {
 public:
  Surveyor(const std::string& file, std::vector<MailPlace>& places)
      : file_(file), places_(places) {}
  void begin(uint64_t start) { start_ = start, header_.clear(); }
  void see(std::string_view line) {
    if (header_.size() < header_bytes_max) header_.append(line).append("\n");
  }
  void end(uint64_t at, bool is_in_mbox) {
    Instant sent_at;
    const size_t gap = std::min(header_.find("\n\n"), header_.find("\n\r\n"));
    if (const auto mail = mail::parse_mail(std::string_view(header_).substr(0, gap)))
      sent_at = mail->date.value_or(mail->received_at.value_or(Instant{}));
    places_.push_back({&file_, start_, at - start_, is_in_mbox, sent_at});
  }

 private:
  static constexpr size_t header_bytes_max = 64 * 1024;
  const std::string& file_;
  std::vector<MailPlace>& places_;
  uint64_t start_ = 0;
  std::string header_;
};

/// Adds the places of all mails of a file: an mbox may hold many and be larger than memory, an .eml
/// is one.
Result<void> survey(const std::string& file, std::vector<MailPlace>& places) {
  std::error_code failure;
  const uintmax_t size_bytes = std::filesystem::file_size(file, failure);
  if (failure || size_bytes > import_file_bytes_max) {
    return too_large("file_too_large", fmt::format("{} is larger than 4 GiB; split it.", file),
                     "PATH");
  }
  std::ifstream input(file, std::ios::binary);
  if (!input) return invalid("PATH", "not_readable", fmt::format("{} can't be read.", file));
  Surveyor surveyor(file, places);
  std::string line;
  uint64_t at = 0;
  bool is_mbox = false;
  bool after_blank_line = true;
  for (; std::getline(input, line); after_blank_line = line.empty() || line == "\r") {
    const uint64_t line_start = at;
    at = std::min<uint64_t>(at + line.size() + 1, size_bytes);
    const bool is_start = is_mbox_start(line) && (line_start == 0 || (is_mbox && after_blank_line));
    if (!is_start) {
      surveyor.see(line);
      continue;
    }
    if (is_mbox) surveyor.end(line_start, true);
    is_mbox = true;
    surveyor.begin(at);
  }
  surveyor.end(size_bytes, is_mbox);
  return {};
}

/// In an mbox, lines of a mail that begin with "From " were sent as ">From ".
std::string unquoted(std::string_view mail) {
  std::string plain;
  plain.reserve(mail.size());
  while (!mail.empty()) {
    const size_t end = std::min(mail.find('\n'), mail.size() - 1) + 1;
    std::string_view line = mail.substr(0, end);
    mail.remove_prefix(end);
    const size_t marks = line.find_first_not_of('>');
    if (marks != line.npos && marks > 0 && line.substr(marks).starts_with("From "))
      line.remove_prefix(1);
    plain.append(line);
  }
  return plain;
}

Result<std::string> read_mail(const MailPlace& place) {
  std::ifstream input(*place.file, std::ios::binary);
  std::string mail(place.size_bytes, '\0');
  input.seekg(std::streamoff(place.start));
  if (!input.read(mail.data(), std::streamsize(mail.size())) && !mail.empty())
    return invalid("PATH", "not_readable", fmt::format("{} can't be read.", *place.file));
  return place.is_in_mbox ? unquoted(mail) : mail;
}

/// In the order in which they were sent, so that an answer finds the mail that it answers. Mails
/// without a date come first, in the order of their files.
Result<std::vector<MailPlace>> survey_all(const std::vector<std::string>& files) {
  std::vector<MailPlace> places;
  for (const std::string& file : files) TRY(survey(file, places));
  std::stable_sort(places.begin(), places.end(), [](const MailPlace& one, const MailPlace& other) {
    return one.sent_at < other.sent_at;
  });
  return places;
}

Result<desk::Mailbox> find_mailbox(Program& program, const std::string& address) {
  const std::string wanted = ascii_lower(trim(address));
  return program.database().read([&](db::Transaction& tx) -> Result<desk::Mailbox> {
    for (const access::Organisation& organisation : access::all_organisations(tx)) {
      const access::Actor actor =
          access::system_actor(program.catalogue(), organisation.id, access::Path::import);
      for (desk::Mailbox& mailbox : TRY(desk::list_mailboxes(tx, actor))) {
        if (ascii_lower(mailbox.address) == wanted) return std::move(mailbox);
      }
    }
    return not_found(
        fmt::format("There is no mailbox {}; add it under Settings > Channels > Email.", address));
  });
}

std::string report_line(const std::string& file, const desk::IntakeReport& report,
                        const std::string& message_id) {
  JsonWriter json;
  json.begin_object().string("file", file).string("outcome", desk::word(report.outcome));
  json.id("ticket_id", report.ticket.value).id("thread_id", report.thread.value);
  json.string("message_id", message_id).string("reason", report.reason).end_object();
  return json.take();
}

}  // namespace

int run_mail_import(const Config& config, const MailImport& import) {
  const SystemClock clock;
  Result<std::unique_ptr<Program>> program = Program::open_as_it_is(config, clock);
  if (!program) return report(program.error());
  const Result<desk::Mailbox> mailbox = find_mailbox(**program, import.mailbox);
  if (!mailbox) return report(mailbox.error());
  const Result<std::vector<std::string>> files = files_of(import.paths);
  if (!files) return report(files.error());
  const Result<std::vector<MailPlace>> places = survey_all(*files);
  if (!places) return report(places.error());
  std::map<std::string, int> counts;
  for (const MailPlace& place : *places) {
    const Result<std::string> raw = read_mail(place);
    if (!raw) return report(raw.error());
    const desk::IntakeReport intake =
        desk::take_in((*program)->desk(), *mailbox, *raw, desk::MailSource::archive);
    ++counts[std::string(desk::word(intake.outcome))];
    if (import.as_json) {
      std::cout << report_line(*place.file, intake, intake.message_id) << "\n";
    }
  }
  if (import.as_json) return 0;
  std::cout << fmt::format("{} mails:", places->size());
  for (const auto& [outcome, count] : counts) std::cout << fmt::format(" {} {}", count, outcome);
  std::cout << "\n";
  return 0;
}

}  // namespace tandem::server
