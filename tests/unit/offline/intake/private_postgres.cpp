#include "tests/unit/offline/intake/private_postgres.hpp"

#include "offline/intake/store/postgres/connection.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace offline_test {

namespace {

using offline::intake::sql::PostgresConnection;

const std::string programs = "/usr/lib/postgresql/15/bin/";

// PostgreSQL does not run as root.
std::vector<std::string> as_its_user(std::vector<std::string> words) {
    if (::geteuid() != 0) return words;
    std::vector<std::string> out{"setpriv",  "--reuid",       "postgres",    "--regid",
                                 "postgres", "--init-groups", "--pdeathsig", "SIGINT"};
    out.insert(out.end(), words.begin(), words.end());
    return out;
}

pid_t spawn(const std::vector<std::string>& words, const std::string& log) {
    std::vector<char*> argv;
    for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    const pid_t pid = ::fork();
    if (pid != 0) return pid;
    const int out = ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    ::dup2(out, 1);
    ::dup2(out, 2);
    if (::chdir("/") == 0) ::execvp(argv[0], argv.data());
    ::_exit(127);
}

int end_of(pid_t pid) {
    int status = 0;
    ::waitpid(pid, &status, 0);
    return status;
}

}  // namespace

void wait_until(const std::function<bool()>& holds) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (!holds()) {
        if (std::chrono::steady_clock::now() > until)
            throw std::runtime_error("what was waited for does not come");
        ::poll(nullptr, 0, 2);
    }
}

bool PrivatePostgres::is_installed() {
    return std::filesystem::exists(programs + "postgres") &&
           (::geteuid() != 0 || ::getpwnam("postgres") != nullptr);
}

PrivatePostgres& PrivatePostgres::instance() {
    static PrivatePostgres one;
    return one;
}

PrivatePostgres::PrivatePostgres() {
    std::string pattern = "/tmp/cw-pg-XXXXXX";  // short: a socket's path has 107 bytes
    folder_ = ::mkdtemp(pattern.data());
    if (::geteuid() == 0) {
        const passwd* user = ::getpwnam("postgres");
        if (::chown(folder_.c_str(), user->pw_uid, user->pw_gid) != 0)
            throw std::runtime_error("chown " + folder_);
    }
    const auto made = end_of(spawn(
        as_its_user({programs + "initdb", "-D", folder_ + "/data", "-U", "intake", "-A", "trust",
                     "-E", "UTF8", "--locale=C.UTF-8", "--no-sync", "--no-instructions"}),
        folder_ + "/initdb.log"));
    if (made != 0) throw std::runtime_error("initdb failed, see " + folder_);
    start();
}

PrivatePostgres::~PrivatePostgres() {
    if (server_ > 0) {
        ::kill(server_, SIGINT);
        end_of(server_);
    }
    std::error_code ignored;
    std::filesystem::remove_all(folder_, ignored);
}

void PrivatePostgres::start() {
    using std::chrono::steady_clock;
    const auto until = steady_clock::now() + std::chrono::seconds(60);
    for (;;) {
        server_ =
            spawn(as_its_user({programs + "postgres", "-D", folder_ + "/data", "-c",
                               "listen_addresses=", "-c", "unix_socket_directories=" + folder_,
                               "-c", "fsync=on", "-c", "max_connections=80", "-c",
                               "shared_buffers=32MB", "-c", "deadlock_timeout=500ms"}),
                  folder_ + "/server.log");
        while (steady_clock::now() < until) {
            if (PostgresConnection::open(url("postgres"))) return;
            // After a kill what remains of the old one may still hold its memory: then it ends.
            if (::waitpid(server_, nullptr, WNOHANG) == server_) break;
            ::poll(nullptr, 0, 20);
        }
        if (steady_clock::now() >= until)
            throw std::runtime_error("PostgreSQL does not start, see " + folder_);
    }
}

void PrivatePostgres::kill_now() {
    std::vector<pid_t> all{server_};
    const std::string task =
        "/proc/" + std::to_string(server_) + "/task/" + std::to_string(server_);
    std::ifstream children(task + "/children");
    for (pid_t child = 0; children >> child;) all.push_back(child);
    for (const pid_t pid : all) ::kill(pid, SIGKILL);
    end_of(server_);
    server_ = -1;
}

std::string PrivatePostgres::url(const std::string& database) const {
    return "postgresql:///" + database + "?host=" + folder_ + "&user=intake";
}

std::string PrivatePostgres::new_database() {
    const std::string name = "t" + std::to_string(++databases_);
    run("postgres", "CREATE DATABASE " + name);
    return name;
}

void PrivatePostgres::run(const std::string& database, const std::string& statements) const {
    const auto connection = PostgresConnection::open(url(database));
    ASSERT_TRUE(connection) << connection.error().safe_detail;
    const auto done = (*connection)->execute(statements);
    ASSERT_TRUE(done) << done.error().safe_detail;
}

}  // namespace offline_test
