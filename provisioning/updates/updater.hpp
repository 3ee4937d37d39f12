// Carries an update through, one durable step after the other (journal.hpp), so that a cut at any
// moment leads to the old or the new version and never to a mixture. The program runs this with a
// machine's dpkg and services; tests with a root in a folder. One thread, the calling one.
#pragma once

#include "base/event_log.hpp"
#include "provisioning/config/config.hpp"
#include "provisioning/updates/dpkg.hpp"
#include "provisioning/updates/journal.hpp"
#include "provisioning/updates/staging.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace provisioning::updates {

// The programs of the terminal, as the updater needs them. Faults: UpdateFailed.
class Services {
  public:
    virtual ~Services() = default;
    // Takes the terminal away from citizens, unless one is at it: false, and nothing was changed.
    // Held until give_back(). A fault: the screen may be dark or not.
    virtual base::Result<bool> take() = 0;
    // What is installed now runs from here on; in order once the post answers systemd.
    virtual base::Status restart_post() = 0;
    // The readiness test, with the devices free because the screen is dark: the names of the checks
    // that failed. A fault: the test itself did not run.
    virtual base::Result<std::vector<std::string>> unready() = 0;
    // Starts the screen and waits until it has drawn.
    virtual base::Status give_back() = 0;
    // Taken by a program that ended, killed, without giving it back.
    virtual bool was_left_dark() const = 0;
};

// Brings the end of an update to the centre: through the post, signed by it. PostUnreachable:
// later.
using Tell = std::function<base::Status(const Journal&)>;

inline constexpr int trials_failed_max = 2;  // twice is enough
inline constexpr int trials_begun_max = 5;   // a cut in the middle of one proves nothing by itself
inline constexpr int tries_max = 2;          // of dpkg, at one step

class Updater {
  public:
    struct Parts {
        const config::Config& config;
        Dpkg dpkg;
        Services& services;
        const base::Clock& clock;
        base::EventLog& log;
        Tell tell;
        Passing passing = [](const char*) {};
    };
    explicit Updater(Parts parts);

    // What would be done: the plan for the newest release. AnswerNotFound: nothing.
    base::Result<StagedRelease> check();
    // Copies and verifies what would be installed.
    base::Status stage();
    // Whatever is next, as far as it goes now. In order also when it waits.
    base::Status run();
    // What a cut left: dpkg's part alone, before anything of the terminal has started.
    base::Status resume();
    // After the end of a run, however it ended: one that was killed gives nothing back itself. What
    // dpkg left half done stays dark for the next run, which is started at once.
    base::Status light();
    // Tries what is installed once more, also after giving up.
    base::Status confirm();
    // By hand: the version before, and this release never again.
    base::Status roll_back();

    const Journal& journal() const { return journal_; }

  private:
    std::string folder() const { return parts_.config.updates.folder; }
    base::Status begin();
    base::Status go_to(Step step, std::string why = {});
    base::Status take_terminal(bool& taken);
    base::Status give_back();
    void refuse_release();
    base::Status install();
    base::Status go_back();
    base::Status trial();
    base::Status fail_trial(const std::string& why);
    base::Status copy_files(const Journal& of, offline::sealing::SuiteId suite) const;
    bool stands(const std::vector<offline::papers::ReleasePackage>& packages) const;
    bool has_way_back() const;
    void tell_if_due();

    struct Lock;    // one updater at a time
    class Lighted;  // no way out of what took the terminal leaves it dark
    Parts parts_;
    std::shared_ptr<Lock> lock_;
    Journal journal_;
    std::optional<StagedRelease> found_;  // what stage() looked at last
    bool journal_read_ = false;
    bool dark_ = false;  // taken, or may be, and not given back since
};

}  // namespace provisioning::updates
