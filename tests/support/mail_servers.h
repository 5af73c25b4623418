#pragma once

#include <sys/types.h>

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tandem::testing {

// Real mail servers on free loopback ports, with their own configuration in a folder that goes when
// they go. They need Debian's dovecot-imapd, dovecot-submissiond, opensmtpd and openssl; starting
// one without them throws and says what to install.

/// A child process that is stopped when this object goes, and by the kernel when the test program
/// dies.
class ServerProcess {
 public:
  ServerProcess(const std::vector<std::string>& command, const std::filesystem::path& output);
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;
  bool is_running();

 private:
  pid_t pid_ = 0;
};

/// A new folder under the system's temporary folder, readable by the servers' users, removed at the
/// end.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct MailUser {
  std::string name;
  std::string password;
};

enum class IdleCommand { offered, missing };

/// Dovecot. Runs as root or as anybody.
class TestImapServer {
 public:
  explicit TestImapServer(const std::vector<MailUser>& users,
                          IdleCommand idle = IdleCommand::offered);
  ~TestImapServer();
  /// Plain or STARTTLS, and TLS from the start.
  int port() const { return port_; }
  int tls_port() const { return tls_port_; }
  /// Trust this to accept the server's certificate, made for "localhost".
  std::string authorities_file() const;
  /// Puts a mail into the user's INBOX, as a delivery agent does.
  void deliver(const std::string& user, std::string_view raw);
  /// The raw mails of a mailbox, in the order of their delivery: "INBOX", or another by its name on
  /// disk.
  std::vector<std::string> mails(const std::string& user,
                                 const std::string& mailbox = "INBOX") const;

 private:
  std::filesystem::path maildir(const std::string& user, const std::string& mailbox) const;

  TemporaryFolder folder_;
  int port_ = 0;
  int tls_port_ = 0;
  int delivered_ = 0;
  std::unique_ptr<ServerProcess> process_;
};

/// OpenSMTPD, which takes every mail and keeps it. Needs root; one at a time on a machine, so the
/// constructor waits for its turn. Recipients later@… are put off with 451, refused@… refused with
/// 550; the sender blocked@… gets 554.
class TestSmtpServer {
 public:
  TestSmtpServer();
  ~TestSmtpServer();
  /// No TLS, no password.
  int port() const { return port_; }
  /// STARTTLS, and TLS from the start: user "ana", password "secret".
  int starttls_port() const { return starttls_port_; }
  int tls_port() const { return tls_port_; }
  /// Trust this to accept the server's certificate, made for "localhost".
  std::string authorities_file() const;
  /// Waits until the recipient (lower case) has `count` mails, at most 20 seconds, and gives those
  /// that are there.
  std::vector<std::string> wait_for_mails(const std::string& recipient, size_t count) const;

 private:
  void write_configuration() const;

  int lock_ = -1;
  TemporaryFolder folder_;
  int port_ = 0;
  int starttls_port_ = 0;
  int tls_port_ = 0;
  std::unique_ptr<ServerProcess> process_;
  std::unique_ptr<ServerProcess> front_;
};

/// A TCP port of loopback that nobody listened on just now.
int free_port();

}  // namespace tandem::testing
