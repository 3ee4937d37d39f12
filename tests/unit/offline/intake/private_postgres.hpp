// A PostgreSQL 15 of this test program's own: its data in a temporary folder, a Unix socket only,
// fsync on. It can be killed and started again. One for each program, made when it is first asked
// for and gone with the program. One thread at a time.
#pragma once

#include <sys/types.h>

#include <functional>
#include <string>

namespace offline_test {

// Throws after a minute.
void wait_until(const std::function<bool()>& holds);

class PrivatePostgres {
  public:
    static bool is_installed();
    static PrivatePostgres& instance();  // running

    // A fresh database; what names it for the intake.
    std::string new_database();
    std::string url(const std::string& database) const;
    // SIGKILL to all of it; connections break.
    void kill_now();
    void start();
    void run(const std::string& database, const std::string& statements) const;

    PrivatePostgres(const PrivatePostgres&) = delete;
    ~PrivatePostgres();

  private:
    PrivatePostgres();

    std::string folder_;
    pid_t server_ = -1;
    int databases_ = 0;
};

}  // namespace offline_test
