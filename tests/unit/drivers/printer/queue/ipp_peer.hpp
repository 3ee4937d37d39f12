// A print queue in memory that speaks IPP over TCP, for tests: a spooler, which holds jobs and
// remembers them, or a printer that begins at once. It prints one side each time somebody asks how
// a job stands, so nothing depends on time. Its line can be cut at any moment of an exchange, and
// it can be killed and come back on the same port, with or without the jobs it had.
#pragma once

#include <cups/cups.h>

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace drivers::printer::testing {

class IppPeer {
  public:
    struct Conduct {
        bool spooler = true;
        bool remembers = true;  // ended jobs, until they are purged
        int pages = 3;          // of every document
        ipp_pstate_t state = IPP_PSTATE_IDLE;
        bool accepting = true;
        std::vector<std::string> reasons{};
        int sides_until_it_waits = 1000;            // then no further side comes out
        std::optional<ipp_jstate_t> gives_up_as{};  // where it waits, instead of waiting
        bool counts = true;                         // says job-impressions-completed
        std::string error_policy = "abort-job";
    };
    enum class Moment { before_the_request, in_the_document, before_it_is_done, before_the_answer };
    struct Cut {
        ipp_op_t operation;
        Moment moment;
        bool for_good;  // it is down from then on
        int after = 0;  // so many of these exchanges go well first
    };
    struct Job {
        std::string name, user;
        ipp_jstate_t state = IPP_JSTATE_PENDING;
        bool started = false;
        int completed = 0;
        std::string document;
        int started_at = 0;
    };

    explicit IppPeer(Conduct conduct);
    ~IppPeer();

    std::string uri() const;
    void change(const std::function<void(Conduct&)>& change);
    void cut(Cut cut);
    void go_down();
    // Where it kept its jobs, those that were being printed are pending again.
    void come_up(bool keeps_jobs);
    // A job that an earlier run, or somebody else, left there.
    void leave_job(ipp_jstate_t state, const std::string& user);

    std::map<int, Job> jobs() const;
    std::vector<int> sides() const;       // the job of each side that came out
    std::vector<Job> ever() const;        // every job that was created
    int asked(ipp_op_t operation) const;  // how often

  private:
    void listen_now();
    void serve(std::stop_token stop);
    bool exchange(http_t* http);
    bool cut_here(ipp_op_t operation, Moment moment);
    ipp_t* answer(ipp_t* request, ipp_op_t operation, std::string document);
    void describe_printer(ipp_t* answer) const;
    void describe_job(ipp_t* answer, int id, const Job& job) const;
    void print_a_side(int id, Job& job);
    ipp_status_t cancel(int id, bool purge);

    mutable std::mutex mutex_;
    Conduct conduct_;
    std::optional<Cut> cut_;
    bool down_wanted_ = false;
    std::condition_variable went_down_;
    std::map<int, Job> jobs_;
    std::map<int, Job> ever_;
    std::vector<int> sides_;
    std::multiset<int> asked_;
    int next_job_ = 1;
    int starts_ = 100;
    int port_ = 0;
    int listener_ = -1;
    int bell_[2] = {-1, -1};
    std::jthread server_;
};

}  // namespace drivers::printer::testing
