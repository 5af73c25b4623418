#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>

#include "access/organisations.h"
#include "base/text.h"
#include "desk/mail_intake.h"
#include "desk/mailboxes.h"
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

/// In an mbox, lines of a mail that begin with "From " were sent as ">From ".
void append_unquoted(std::string& mail, std::string_view line) {
  const size_t marks = line.find_first_not_of('>');
  if (marks != std::string_view::npos && marks > 0 && line.substr(marks).starts_with("From "))
    line.remove_prefix(1);
  mail.append(line);
  mail += '\n';
}

/// Calls `take` once per mail of the file: an mbox may hold many and be larger than memory, an .eml
/// is one.
template <class Take>
Result<void> each_mail(const std::string& file, Take take) {
  std::error_code failure;
  if (std::filesystem::file_size(file, failure) > import_file_bytes_max || failure) {
    return too_large("file_too_large", fmt::format("{} is larger than 4 GiB; split it.", file),
                     "PATH");
  }
  std::ifstream input(file, std::ios::binary);
  if (!input) return invalid("PATH", "not_readable", fmt::format("{} can't be read.", file));
  std::string line;
  std::string mail;
  if (!std::getline(input, line)) {
    take(mail);
    return {};
  }
  if (!is_mbox_start(line)) {
    mail = line + "\n";
    mail.append(std::istreambuf_iterator<char>(input), {});
    take(mail);
    return {};
  }
  bool after_blank_line = false;
  while (std::getline(input, line)) {
    if (after_blank_line && is_mbox_start(line)) {
      take(mail);
      mail.clear();
    } else {
      append_unquoted(mail, line);
    }
    after_blank_line = line.empty() || line == "\r";
  }
  take(mail);
  return {};
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
  Result<std::unique_ptr<Program>> program = Program::open(config, clock);
  if (!program) return report(program.error());
  const Result<desk::Mailbox> mailbox = find_mailbox(**program, import.mailbox);
  if (!mailbox) return report(mailbox.error());
  const Result<std::vector<std::string>> files = files_of(import.paths);
  if (!files) return report(files.error());
  std::map<std::string, int> counts;
  int mails = 0;
  for (const std::string& file : *files) {
    const Result<void> read = each_mail(file, [&](const std::string& raw) {
      const desk::IntakeReport intake =
          desk::take_in((*program)->desk(), *mailbox, raw, desk::RateLimit::waived);
      ++mails;
      ++counts[std::string(desk::word(intake.outcome))];
      if (import.as_json) std::cout << report_line(file, intake, intake.message_id) << "\n";
    });
    if (!read) return report(read.error());
  }
  if (import.as_json) return 0;
  std::cout << fmt::format("{} mails:", mails);
  for (const auto& [outcome, count] : counts) std::cout << fmt::format(" {} {}", count, outcome);
  std::cout << "\n";
  return 0;
}

}  // namespace tandem::server
