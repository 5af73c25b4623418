#include "tests/support/postgres_server.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <libpq-fe.h>
#include <netinet/in.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <thread>
#include <vector>

#include "tests/support/folder_of_test.h"

namespace tandem::test {

namespace {

constexpr int start_seconds_max = 60;
constexpr auto poll_interval = std::chrono::milliseconds(50);
/// What is deleted stays in the files until it is vacuumed: a database that served so many tests is
/// left alone.
constexpr int uses_max = 50;
constexpr int looks = 5;
constexpr auto look_interval = std::chrono::milliseconds(10);

/// Deletes every row but those that tell which migrations ran. Foreign keys are not asked
/// meanwhile.
constexpr const char* empty_all_tables = R"(
SET session_replication_role = replica;
DO $$
DECLARE
  found RECORD;
BEGIN
  FOR found IN SELECT tablename FROM pg_tables
               WHERE schemaname = 'public' AND tablename <> 'schema_migrations' LOOP
    EXECUTE format('DELETE FROM %I', found.tablename);
  END LOOP;
  FOR found IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' LOOP
    PERFORM setval(found.sequencename::regclass, 1, false);
  END LOOP;
END $$)";

namespace fs = std::filesystem;

/// The newest installed server's programs.
fs::path server_programs() {
  fs::path newest;
  std::error_code none;
  for (const fs::directory_entry& version : fs::directory_iterator("/usr/lib/postgresql", none)) {
    const fs::path bin = version.path() / "bin";
    if (fs::exists(bin / "initdb") && bin > newest) newest = bin;
  }
  if (newest.empty())
    throw std::runtime_error("no PostgreSQL server is installed: apt-get install postgresql");
  return newest;
}

int free_port() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  const bool bound = ::bind(socket, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(socket);
  if (!bound) throw std::runtime_error("no free port on loopback");
  return ntohs(address.sin_port);
}

/// Starts a program whose output goes to a file. As root it becomes the user postgres, because the
/// server refuses root.
pid_t start(const std::vector<std::string>& command, const fs::path& output) {
  const passwd* user = ::geteuid() == 0 ? ::getpwnam("postgres") : nullptr;
  if (::geteuid() == 0 && user == nullptr) throw std::runtime_error("there is no user postgres");
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const int log = ::open(output.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
  const pid_t child = ::fork();
  if (child != 0) {
    ::close(log);
    return child;
  }
  ::dup2(log, STDOUT_FILENO);
  ::dup2(log, STDERR_FILENO);
  // Drops root, then asks to be stopped at once when the test program dies.
  const bool ready =
      user == nullptr || (::setgid(user->pw_gid) == 0 && ::setuid(user->pw_uid) == 0);
  ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
  if (ready && ::chdir("/") == 0) ::execv(arguments[0], arguments.data());
  ::_exit(127);
}

void finish(pid_t child, const char* what) {
  int status = 0;
  ::waitpid(child, &status, 0);
  if (status != 0) throw std::runtime_error(std::string(what) + " failed");
}

using Connection = std::unique_ptr<PGconn, decltype(&PQfinish)>;

Connection connect(const std::string& url) { return {PQconnectdb(url.c_str()), &PQfinish}; }

using Answer = std::unique_ptr<PGresult, decltype(&PQclear)>;

Answer run(const Connection& connection, const std::string& sql) {
  Answer result(PQexec(connection.get(), sql.c_str()), &PQclear);
  const ExecStatusType status = PQresultStatus(result.get());
  if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
    throw std::runtime_error(PQerrorMessage(connection.get()));
  }
  return result;
}

void run(const std::string& url, const std::string& sql) { run(connect(url), sql); }

/// A server of this test program, or the one of the environment.
class Server {
 public:
  Server() {
    if (const char* given = ::getenv("TANDEM_TEST_POSTGRES")) {
      url_ = given;
      return;
    }
    std::string folder = (fast_folder() / "tandem-postgres-XXXXXX").string();
    if (::mkdtemp(folder.data()) == nullptr)
      throw std::runtime_error("can't make a temporary folder");
    folder_ = folder;
    fs::permissions(folder_, fs::perms::all);
    start_server();
  }
  ~Server() {
    if (folder_.empty()) {
      for (const std::string& name : databases_) drop(name);
      return;
    }
    // All of it goes at once: to drop hundreds of databases one by one takes minutes.
    ::kill(process_, SIGQUIT);
    ::waitpid(process_, nullptr, 0);
    std::error_code ignored;
    fs::remove_all(folder_, ignored);
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  std::string new_database() {
    const std::lock_guard lock(mutex_);
    const std::string name = fmt::format("tandem_test_{}_{}", ::getpid(), databases_.size());
    run(url_, "CREATE DATABASE " + name);
    databases_.push_back(name);
    return url_of(name);
  }

  std::string emptied_database() {
    // On a server that is not ours, foreign keys may not be switched off.
    if (folder_.empty()) return new_database();
    // A connection that was closed a moment ago may still be told of.
    for (int look = 0; look < looks && !used_.empty(); ++look) {
      if (Used* free = free_one()) {
        run(free->connection, empty_all_tables);
        ++free->uses;
        return free->url;
      }
      std::this_thread::sleep_for(look_interval);
    }
    const std::string url = new_database();
    used_.push_back({.url = url, .connection = connect(url), .uses = 1});
    return url;
  }

  void cut(const std::string& url) {
    const std::string name = url.substr(url.rfind('/') + 1);
    run(url_,
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '" + name + "'");
  }

 private:
  /// Our connection stays: a new one would read the description of all tables again.
  struct Used {
    std::string url;
    Connection connection;
    int uses = 0;
  };

  Used* free_one() {
    for (Used& one : used_)
      if (one.uses < uses_max && !is_open(one)) return &one;
    return nullptr;
  }

  static bool is_open(const Used& one) {
    const Answer others = run(one.connection,
                              "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() "
                              "AND pid <> pg_backend_pid() LIMIT 1");
    return PQntuples(others.get()) > 0;
  }

  void start_server() {
    const fs::path programs = server_programs();
    const std::string files = folder_ / "data";
    finish(start({programs / "initdb", "-D", files, "-U", "tandem", "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync"},
                 folder_ / "log"),
           "initdb");
    const int port = free_port();
    // Who reads the log of changes waits for every older transaction, also for one that gathers
    // statistics: a test would be told of its change a moment later.
    process_ = start({programs / "postgres",
                      "-D",
                      files,
                      "-p",
                      std::to_string(port),
                      "-c",
                      "listen_addresses=127.0.0.1",
                      "-c",
                      "unix_socket_directories=",
                      "-c",
                      "fsync=off",
                      "-c",
                      "full_page_writes=off",
                      "-c",
                      "shared_buffers=32MB",
                      "-c",
                      "max_connections=200",
                      "-c",
                      "autovacuum=off",
                      "-c",
                      "max_wal_size=256MB",
                      "-c",
                      "wal_level=minimal",
                      "-c",
                      "max_wal_senders=0"},
                     folder_ / "log");
    url_ = fmt::format("postgresql://tandem@127.0.0.1:{}/postgres", port);
    const auto deadline =
        std::chrono::steady_clock::now() + std::chrono::seconds(start_seconds_max);
    while (PQping(url_.c_str()) != PQPING_OK) {
      if (std::chrono::steady_clock::now() > deadline)
        throw std::runtime_error("PostgreSQL does not start");
      std::this_thread::sleep_for(poll_interval);
    }
  }

  void drop(const std::string& name) {
    try {
      run(url_, "DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
    } catch (const std::runtime_error&) {
      // The server is gone, and the database with it.
    }
  }

  /// The server's URL with another database: what follows the last slash, before any "?".
  std::string url_of(const std::string& name) const {
    const size_t question = std::min(url_.find('?'), url_.size());
    const size_t slash = url_.find('/', url_.find("//") + 2);
    const std::string server = url_.substr(0, std::min(slash, question));
    return server + "/" + name + url_.substr(question);
  }

  std::string url_;
  fs::path folder_;
  pid_t process_ = 0;
  std::mutex mutex_;
  std::vector<std::string> databases_;
  std::vector<Used> used_;
};

Server& server() {
  static Server instance;
  return instance;
}

}  // namespace

std::string new_postgres_database() { return server().new_database(); }

std::string emptied_postgres_database() { return server().emptied_database(); }

void cut_postgres_connections(const std::string& url) { server().cut(url); }

}  // namespace tandem::test
