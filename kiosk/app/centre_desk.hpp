// What the centre hears of the app, and what it wants of it. Reports go to the post when something
// changed that somebody should hear of, and else once a minute; commands wait here until nobody is
// using the terminal. Main thread.
#pragma once

#include "domain/app_report.hpp"
#include "domain/technician.hpp"
#include "offline/post/post_client.hpp"

#include <deque>
#include <optional>
#include <string>

namespace app {

class CentreDesk {
  public:
    CentreDesk(offline::post::PostClient& post, const base::Clock& clock, std::string version,
               std::string state_folder);

    struct Facts {
        const domain::TerminalHealth& health;
        std::string pack;  // empty: out of service
        std::int64_t pack_version = 0, key_set = 0;
        bool pack_outdated = false;
        const std::string& page;
        domain::ScreenProof proof = domain::ScreenProof::unknown;
        const std::optional<domain::ServicePause>& pause;
        int paper_hours = -1, roll_hours = -1;
    };
    // As often as one likes: mostly it does nothing.
    void look(const Facts& facts);
    void session_began() { ++sessions_; }
    void submission_kept() { ++kept_; }

    void take(offline::post::CommandGiven command);
    // The oldest that waits; it is over when it is answered.
    const offline::post::CommandGiven* due() const {
        return waiting_.empty() ? nullptr : &waiting_.front();
    }
    // Answers the oldest: "done" or a fault's name.
    void answer(const std::string& outcome);

    // The sentence of the centre for the first page; empty: none, or its time is over.
    void show(const domain::CentreNotice& notice) { notice_ = notice; }
    std::string notice() const;

  private:
    void measure();

    offline::post::PostClient& post_;
    const base::Clock& clock_;
    const std::string state_folder_;
    domain::AppReport told_;
    std::string version_;
    base::Instant started_at_;
    std::int64_t sessions_ = 0, kept_ = 0;
    std::int64_t memory_kib_ = 0;
    int disk_free_percent_ = -1;
    std::optional<base::Millis> told_at_;  // steady
    std::deque<offline::post::CommandGiven> waiting_;
    domain::CentreNotice notice_;
};

}  // namespace app
