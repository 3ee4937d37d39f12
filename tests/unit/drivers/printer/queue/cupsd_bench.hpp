// A private cupsd with the settings that are shipped, and ippeveprinter behind it, in a folder of
// their own: nothing of the machine's is touched. The emulated printer does what the test writes
// into its gate, one word a line: side, state +media-empty, fail, end.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace drivers::printer::testing {

class CupsdBench {
  public:
    // What is missing on this machine; empty = nothing.
    static std::string missing();

    CupsdBench();
    ~CupsdBench();
    CupsdBench(const CupsdBench&) = delete;
    CupsdBench& operator=(const CupsdBench&) = delete;

    std::string uri() const;
    std::string socket() const { return (folder_ / "cups.sock").string(); }
    std::string settings() const { return (folder_ / "cupsd.conf").string(); }
    void tell_printer(const std::string& line);
    // Ends in order, or at once with all its children, as systemd does.
    void stop_cupsd(bool in_order);
    void start_cupsd();
    int begun() const;  // how many documents the printer has begun
    int sides() const;  // how many sides came out of it
    // Files of jobs in cupsd's spool.
    std::vector<std::string> spooled() const;

    // A small disk in place of the spool, full to the last byte; false: none can be mounted here.
    bool fill_spool();
    void free_spool();  // room again, on the same disk

  private:
    void show_logs() const;
    pid_t start(const std::vector<std::string>& words, const std::string& log);
    int lines(const char* file) const;

    std::filesystem::path folder_;
    int port_ = 0, printer_port_ = 0;
    int gate_ = -1;
    bool small_disk_ = false;
    pid_t bus_ = -1, printer_ = -1, cupsd_ = -1;
};

}  // namespace drivers::printer::testing
