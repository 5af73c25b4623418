#include "tests/support/mail_servers.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <grp.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <thread>

namespace tandem::testing {
namespace {

namespace fs = std::filesystem;
constexpr int start_seconds_max = 20;
constexpr int pause_ms = 20;

void pause() { std::this_thread::sleep_for(std::chrono::milliseconds(pause_ms)); }

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void write_file(const fs::path& path, std::string_view text) {
  std::ofstream file(path, std::ios::binary);
  file << text;
  if (!file.flush()) throw std::runtime_error("cannot write " + path.string());
}

std::string find_program(const std::string& name, const std::string& package) {
  for (const char* folder : {"/usr/sbin/", "/usr/bin/", "/usr/local/sbin/"})
    if (fs::exists(folder + name)) return folder + name;
  throw std::runtime_error("This test needs " + name + ": apt-get install " + package);
}

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool greets(int port) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  const timeval patience{2, 0};
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  char first = 0;
  const bool answered =
      connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 &&
      recv(fd, &first, 1, 0) == 1;
  close(fd);
  return answered;
}

void wait_until_it_greets(ServerProcess& process, int port, const fs::path& log) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(start_seconds_max);
  while (std::chrono::steady_clock::now() < deadline) {
    if (!process.is_running()) break;
    if (greets(port)) return;
    pause();
  }
  throw std::runtime_error("The mail server did not start:\n" + read_file(log));
}

// Mail is kept as "nobody" when the tests run as root, for both servers decline to write it as
// root.
bool is_root() { return geteuid() == 0; }

std::string mail_owner() {
  const passwd* const entry = is_root() ? getpwnam("nobody") : getpwuid(geteuid());
  if (!entry) throw std::runtime_error("This test needs a user to own the mail");
  return entry->pw_name;
}

std::string mail_group() {
  const group* const entry = is_root() ? getgrnam("nogroup") : getgrgid(getegid());
  if (!entry) throw std::runtime_error("This test needs a group to own the mail");
  return entry->gr_name;
}

void give_to_mail_owner(const fs::path& path) {
  if (!is_root()) return;
  const passwd* const entry = getpwnam("nobody");
  if (!entry || chown(path.c_str(), entry->pw_uid, entry->pw_gid) != 0)
    throw std::runtime_error("cannot hand over " + path.string());
}

std::vector<std::string> read_maildir(const fs::path& maildir) {
  std::vector<fs::path> files;
  for (const char* part : {"new", "cur"}) {
    std::error_code missing;
    for (const fs::directory_entry& entry : fs::directory_iterator(maildir / part, missing))
      files.push_back(entry.path());
  }
  std::ranges::sort(files, {}, [](const fs::path& path) { return path.filename(); });
  std::vector<std::string> mails;
  for (const fs::path& file : files) mails.push_back(read_file(file));
  return mails;
}

void run_quietly(const std::string& command) {
  if (std::system((command + " >/dev/null 2>&1").c_str()) != 0)
    throw std::runtime_error("this failed: " + command);
}

// An elliptic key, made in no time.
void make_certificate(const fs::path& folder) {
  run_quietly(
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30"
      " -subj /CN=localhost -addext subjectAltName=DNS:localhost -keyout " +
      (folder / "key.pem").string() + " -out " + (folder / "cert.pem").string());
  fs::permissions(folder / "key.pem", fs::perms(0600));
}

// What every Dovecot of the tests has; the services are added by the caller. Nothing outside of
// `folder` is touched.
std::string dovecot_configuration(const fs::path& folder, std::string_view protocol) {
  const std::string owner = mail_owner();
  std::string text = fmt::format(
      "base_dir = {0}/run\nstate_dir = {0}/state\nlog_path = {0}/dovecot.log\nprotocols = {3}\n"
      "listen = 127.0.0.1\nssl = yes\nssl_cert = <{0}/cert.pem\nssl_key = <{0}/key.pem\n"
      "auth_failure_delay = 0\ndisable_plaintext_auth = no\nauth_mechanisms = plain "
      "login\nfirst_valid_uid = 1\n"
      "mail_location = maildir:{0}/mail/%u\nmail_fsync = never\n"
      "passdb {{\n driver = passwd-file\n args = scheme=PLAIN username_format=%u {0}/users\n}}\n"
      "userdb {{\n driver = static\n args = uid={1} gid={2} home={0}/home/%u\n}}\n"
      "service anvil {{\n chroot =\n}}\n",
      folder.string(), owner, mail_group(), protocol);
  if (!is_root())
    text += fmt::format(
        "default_internal_user = {0}\ndefault_login_user = {0}\ndefault_internal_group = {1}\n",
        owner, mail_group());
  return text;
}

// The log-in service of a protocol; without a chroot, for that would need root.
std::string login_service(std::string_view protocol, int port, int tls_port) {
  const std::string_view tls_name = protocol == "imap" ? "imaps" : "submissions";
  return fmt::format(
      "service {0}-login {{\n chroot =\n inet_listener {0} {{\n port = {1}\n }}\n"
      " inet_listener {2} {{\n port = {3}\n ssl = yes\n }}\n}}\n",
      protocol, port, tls_name, tls_port);
}

void make_user(const fs::path& folder, const MailUser& user) {
  const fs::path box = folder / "mail" / user.name;
  for (const char* part : {"new", "cur", "tmp"}) fs::create_directories(box / part);
  fs::create_directories(folder / "home" / user.name);
  for (const fs::path& path :
       {box, box / "new", box / "cur", box / "tmp", folder / "home" / user.name})
    give_to_mail_owner(path);
  std::ofstream(folder / "users", std::ios::app)
      << user.name << ":{PLAIN}" << user.password << "\n";
}

std::unique_ptr<ServerProcess> start_dovecot(const fs::path& folder,
                                             const std::string& configuration, int port) {
  const std::string program = find_program("dovecot", "dovecot-imapd dovecot-submissiond");
  write_file(folder / "dovecot.conf", configuration);
  const std::vector<std::string> command{program, "-F", "-c", (folder / "dovecot.conf").string()};
  auto process = std::make_unique<ServerProcess>(command, folder / "dovecot.log");
  wait_until_it_greets(*process, port, folder / "dovecot.log");
  return process;
}

}  // namespace

int free_port() {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t length = sizeof address;
  if (bind(fd, reinterpret_cast<sockaddr*>(&address), length) != 0 ||
      getsockname(fd, reinterpret_cast<sockaddr*>(&address), &length) != 0)
    throw std::runtime_error("no free port");
  close(fd);
  return ntohs(address.sin_port);
}

ServerProcess::ServerProcess(const std::vector<std::string>& command, const fs::path& output) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  pid_ = fork();
  if (pid_ < 0) throw std::runtime_error("cannot start " + command.front());
  if (pid_ > 0) return;
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  const int log = open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0644);
  dup2(log, STDOUT_FILENO);
  dup2(log, STDERR_FILENO);
  execv(arguments[0], arguments.data());
  _exit(127);
}

ServerProcess::~ServerProcess() {
  if (pid_ <= 0) return;
  kill(pid_, SIGTERM);
  constexpr int rounds_until_kill = 250;
  for (int i = 0; i < rounds_until_kill; ++i) {
    if (waitpid(pid_, nullptr, WNOHANG) != 0) return;
    pause();
  }
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
}

bool ServerProcess::is_running() {
  if (pid_ > 0 && waitpid(pid_, nullptr, WNOHANG) != 0) pid_ = 0;
  return pid_ > 0;
}

TemporaryFolder::TemporaryFolder() {
  std::string pattern = (fs::temp_directory_path() / "tandem-mail-XXXXXX").string();
  if (!mkdtemp(pattern.data())) throw std::runtime_error("cannot make a temporary folder");
  path_ = pattern;
  fs::permissions(path_, fs::perms(0755));
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

TestImapServer::TestImapServer(const std::vector<MailUser>& users, IdleCommand idle)
    : port_(free_port()), tls_port_(free_port()) {
  const fs::path& folder = folder_.path();
  make_certificate(folder);
  for (const MailUser& user : users) make_user(folder, user);
  std::string configuration =
      dovecot_configuration(folder, "imap") + login_service("imap", port_, tls_port_);
  if (idle == IdleCommand::missing) configuration += "imap_capability = IMAP4rev1\n";
  process_ = start_dovecot(folder, configuration, port_);
}

TestImapServer::~TestImapServer() = default;

std::string TestImapServer::authorities_file() const {
  return (folder_.path() / "cert.pem").string();
}

fs::path TestImapServer::maildir(const std::string& user, const std::string& mailbox) const {
  const fs::path inbox = folder_.path() / "mail" / user;
  return mailbox == "INBOX" ? inbox : inbox / ("." + mailbox);
}

void TestImapServer::deliver(const std::string& user, std::string_view raw) {
  const fs::path box = maildir(user, "INBOX");
  const std::string name = fmt::format("{}.{:06}.test", time(nullptr), ++delivered_);
  write_file(box / "tmp" / name, raw);
  give_to_mail_owner(box / "tmp" / name);
  fs::rename(box / "tmp" / name, box / "new" / name);
}

std::vector<std::string> TestImapServer::mails(const std::string& user,
                                               const std::string& mailbox) const {
  return read_maildir(maildir(user, mailbox));
}

TestSmtpServer::TestSmtpServer()
    : port_(free_port()), starttls_port_(free_port()), tls_port_(free_port()) {
  const std::string program = find_program("smtpd", "opensmtpd");
  if (!is_root()) throw std::runtime_error("OpenSMTPD starts only as root: run this test as root");
  // Its queue and its control socket have fixed places.
  lock_ = open((fs::temp_directory_path() / "tandem-test-smtpd.lock").c_str(),
               O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (lock_ < 0 || flock(lock_, LOCK_EX) != 0)
    throw std::runtime_error("cannot lock the SMTP server");
  const fs::path& folder = folder_.path();
  write_configuration();
  const std::vector<std::string> command{program, "-d", "-f", (folder / "smtpd.conf").string()};
  process_ = std::make_unique<ServerProcess>(command, folder / "log");
  wait_until_it_greets(*process_, port_, folder / "log");

  // Debian 12's OpenSMTPD fails in every TLS handshake, so Dovecot stands before it for TLS and
  // passwords.
  make_certificate(folder);
  make_user(folder, {"ana", "secret"});
  front_ = start_dovecot(
      folder,
      dovecot_configuration(folder, "submission") +
          login_service("submission", starttls_port_, tls_port_) +
          fmt::format("submission_relay_host = 127.0.0.1\nsubmission_relay_port = {}\n"
                      "submission_relay_ssl = no\nhostname = localhost\n",
                      port_),
      starttls_port_);
}

TestSmtpServer::~TestSmtpServer() {
  front_.reset();
  process_.reset();
  if (lock_ >= 0) close(lock_);
}

std::string TestSmtpServer::authorities_file() const {
  return (folder_.path() / "cert.pem").string();
}

// The action has a name of its own in each run, so that nothing left in the queue by a killed run
// is delivered to this one.
void TestSmtpServer::write_configuration() const {
  fs::create_directories(folder_.path() / "box");
  give_to_mail_owner(folder_.path() / "box");
  const std::string action = fmt::format("keep_{}_{}", getpid(), port_);
  write_file(
      folder_.path() / "smtpd.conf",
      fmt::format(
          "table everyone {{ \"@\" = \"nobody\" }}\n"
          "filter later phase rcpt-to match rcpt-to regex {{ \"^later@\" }} reject \"451 4.2.0 Try "
          "again later\"\n"
          "filter never phase rcpt-to match rcpt-to regex {{ \"^refused@\" }} reject \"550 5.1.1 "
          "No such person\"\n"
          "filter blocked phase mail-from match mail-from regex {{ \"^blocked@\" }} reject \"554 "
          "5.7.1 Blocked\"\n"
          "filter all chain {{ later, never, blocked }}\n"
          "listen on 127.0.0.1 port {1} filter all hostname localhost\n"
          "action \"{2}\" maildir \"{0}/box/%{{rcpt.user:lowercase}}@%{{rcpt.domain:lowercase}}\" "
          "virtual <everyone>\n"
          "match from any for any action \"{2}\"\n",
          folder_.path().string(), port_, action));
}

std::vector<std::string> TestSmtpServer::wait_for_mails(const std::string& recipient,
                                                        size_t count) const {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(start_seconds_max);
  while (true) {
    std::vector<std::string> mails = read_maildir(folder_.path() / "box" / recipient);
    if (mails.size() >= count || std::chrono::steady_clock::now() > deadline) return mails;
    pause();
  }
}

}  // namespace tandem::testing
