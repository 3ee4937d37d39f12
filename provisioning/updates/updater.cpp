#include "provisioning/updates/updater.hpp"

#include "offline/releases/shelf_place.hpp"
#include "provisioning/updates/plan.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>

namespace provisioning::updates {

namespace {

using base::FaultCode;
using offline::papers::ReleasePackage;

// One line of ASCII, for the journal.
std::string line(std::string text) {
    constexpr std::size_t longest = 200;
    if (text.size() > longest) text.resize(longest);
    std::ranges::replace_if(
        text, [](unsigned char c) { return c < 0x20 || c >= 0x7f; }, ' ');
    return text;
}
std::string line(const base::Fault& fault) {
    return line(std::string(base::name(fault.code)) + " " + fault.safe_detail);
}

std::vector<ReleasePackage> all_of(const Journal& journal) {
    std::vector<ReleasePackage> out = journal.packages;
    for (const auto& package : journal.before)
        if (std::find(out.begin(), out.end(), package) == out.end()) out.push_back(package);
    return out;
}

}  // namespace

struct Updater::Lock {
    explicit Lock(int opened) : file(opened) {}
    ~Lock() {
        if (file >= 0) ::close(file);
    }
    Lock(const Lock&) = delete;
    Lock& operator=(const Lock&) = delete;
    int file;
};

// A disk that is full or broken ends an update between any two steps; citizens are served all the
// same, by whatever stands then.
class Updater::Lighted {
  public:
    explicit Lighted(Updater& updater) : updater_(updater) {}
    ~Lighted() {
        if (updater_.dark_) [[maybe_unused]]
            const auto screen = updater_.give_back();
    }
    Lighted(const Lighted&) = delete;
    Lighted& operator=(const Lighted&) = delete;

  private:
    Updater& updater_;
};

Updater::Updater(Parts parts) : parts_(std::move(parts)) {}

base::Status Updater::begin() {
    if (journal_read_) return {};
    TRY_STATUS(check_folder(folder()));
    const std::string lock = folder() + "/lock";
    lock_ = std::make_shared<Lock>(
        ::open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (lock_->file < 0) return base::fail(FaultCode::FileUnwritable, lock);
    if (::flock(lock_->file, LOCK_EX | LOCK_NB) != 0)
        return base::fail(FaultCode::PostRefused, "another kiosk-update is at work");
    journal_ = TRY(read_journal(folder()));
    journal_read_ = true;
    return {};
}

base::Status Updater::go_to(Step step, std::string why) {
    Journal next = journal_;
    next.step = step;
    next.at = parts_.clock.now();
    if (!why.empty()) next.why = std::move(why);
    if (step != journal_.step) next.tries = 0;
    TRY_STATUS(write_journal(folder(), next, parts_.passing));
    journal_ = std::move(next);
    parts_.log.record(base::log::UpdateMoved{journal_.release, std::string(name(step))});
    return {};
}

base::Result<StagedRelease> Updater::check() {
    TRY_STATUS(begin());
    TRY_STATUS(pin_root(parts_.config.terminal.root_key, folder()));
    TRY_STATUS(take_papers(parts_.config, folder()));
    // Also when nothing newer is here: what was revoked is not to be hidden later.
    const auto keys = TRY(trusted_keys(parts_.config, folder()));
    if (newest_number(parts_.config) <= journal_.newest ||
        journal_.is_refused(newest_number(parts_.config)))
        return base::fail(FaultCode::AnswerNotFound, "no newer release");
    auto found = TRY(newest_release(parts_.config, folder(), keys, journal_.newest,
                                    std::max(parts_.clock.now(), journal_.seen)));
    if (journal_.is_refused(found.list.release))
        return base::fail(FaultCode::AnswerNotFound, "was rolled back before");
    return found;
}

base::Status Updater::stage() {
    const auto found = TRY(check());
    found_ = found;
    const auto here = TRY(parts_.dpkg.installed());
    const auto architecture = TRY(parts_.dpkg.architecture());
    const auto planned =
        TRY(plan(found.list, here, architecture,
                 [this](const auto& a, const auto& b) { return parts_.dpkg.is_older(a, b); }));
    if (journal_.step == Step::staged && journal_.release == found.list.release &&
        journal_.packages == planned.packages && journal_.before == planned.before)
        return {};
    Journal next = journal_;
    next.release = found.list.release;
    next.software = found.list.software;
    next.packages = planned.packages;
    next.before = planned.before;
    next.trials_begun = next.trials_failed = next.tries = 0;
    next.unready.clear();
    next.why.clear();
    next.seen = std::max(journal_.seen, found.head.issued_at);
    if (planned.packages.empty()) {  // somebody installed it by hand
        next.newest = found.list.release;
        journal_ = std::move(next);
        return go_to(Step::confirmed);
    }
    const auto files = all_of(next);
    // What is installed now keeps its own packages, and its way back, until the next one is whole.
    auto kept = files;
    for (auto& package : all_of(journal_)) kept.push_back(std::move(package));
    keep_copies(folder(), kept);
    TRY_STATUS(copy_files(next, found.list.suite));
    for (const auto& package : files) {
        // What the file says of itself is what the list says of it.
        const auto said = TRY(parts_.dpkg.names_in(copied(folder(), package)));
        if (said.name != package.name || said.version != package.version ||
            said.architecture != package.architecture)
            return base::fail(FaultCode::ReleaseWrong, "another package in " + package.name);
    }
    TRY_STATUS(parts_.dpkg.try_install(copied(folder(), planned.packages)));
    journal_ = std::move(next);
    TRY_STATUS(go_to(Step::staged));
    keep_copies(folder(), files);
    return {};
}

// What lies here whole already is only looked at.
base::Status Updater::copy_files(const Journal& of, offline::sealing::SuiteId suite) const {
    const std::string shelf = offline::releases::shelf_folder(parts_.config.terminal.feeds_folder);
    return copy_packages(shelf, folder(), all_of(of), suite, parts_.passing);
}

bool Updater::stands(const std::vector<ReleasePackage>& packages) const {
    const auto here = parts_.dpkg.installed();
    return here && std::all_of(packages.begin(), packages.end(), [&](const ReleasePackage& one) {
               const auto found = here->find(one.name);
               return found != here->end() && found->second == one.version;
           });
}

// What is not here any more the post may still have.
bool Updater::has_way_back() const {
    const std::string shelf = offline::releases::shelf_folder(parts_.config.terminal.feeds_folder);
    // The journal does not say which suite the list was of.
    using offline::sealing::SuiteId;
    for (const auto suite : {SuiteId::one, SuiteId::national})
        if (are_whole(folder(), journal_.before, suite) ||
            copy_packages(shelf, folder(), journal_.before, suite, parts_.passing))
            return true;
    return false;
}

void Updater::refuse_release() {
    if (journal_.is_refused(journal_.release)) return;
    if (journal_.refused.size() >= refused_max) journal_.refused.erase(journal_.refused.begin());
    journal_.refused.push_back(journal_.release);
}

// dpkg's part of the way forward. Twice without success: back.
base::Status Updater::install() {
    while (journal_.step == Step::begun) {
        if (journal_.tries >= tries_max) return go_to(Step::rolling_back);
        ++journal_.tries;
        TRY_STATUS(go_to(Step::begun));
        const auto done = parts_.dpkg.install(copied(folder(), journal_.packages));
        parts_.passing("dpkg ended");
        if (done && stands(journal_.packages)) return go_to(Step::installed);
        TRY_STATUS(go_to(Step::begun, done ? "dpkg left something out" : line(done.error())));
    }
    return {};
}

// dpkg's part of the way back.
base::Status Updater::go_back() {
    while (journal_.step == Step::rolling_back) {
        if (journal_.tries >= tries_max) return go_to(Step::given_up);
        ++journal_.tries;
        TRY_STATUS(go_to(Step::rolling_back));
        const auto done = parts_.dpkg.install(copied(folder(), journal_.before));
        parts_.passing("dpkg ended");
        if (done && stands(journal_.before)) {
            refuse_release();
            return go_to(Step::rolled_back);
        }
        TRY_STATUS(go_to(Step::rolling_back,
                         line(done ? base::Fault{FaultCode::UpdateFailed, "back"} : done.error())));
    }
    return {};
}

base::Status Updater::fail_trial(const std::string& why) {
    ++journal_.trials_failed;
    return go_to(journal_.trials_failed >= trials_failed_max ? Step::rolling_back : Step::installed,
                 line(why));
}

// The readiness test of what is installed: nothing may be worse than it was.
base::Status Updater::trial() {
    if (journal_.trials_begun >= trials_begun_max)
        return go_to(Step::rolling_back, "no trial came to its end");
    ++journal_.trials_begun;
    TRY_STATUS(go_to(Step::on_trial));
    if (const auto post = parts_.services.restart_post(); !post)
        return fail_trial(line(post.error()));
    const auto unready = parts_.services.unready();
    parts_.passing("tried");
    if (!unready) return fail_trial(line(unready.error()));
    for (const auto& check : *unready)
        if (std::find(journal_.unready.begin(), journal_.unready.end(), check) ==
            journal_.unready.end())
            return fail_trial("not ready: " + check);
    if (const auto screen = give_back(); !screen) {
        bool taken = false;
        TRY_STATUS(take_terminal(taken));
        return fail_trial(line(screen.error()));
    }
    journal_.newest = std::max(journal_.newest, journal_.release);
    return go_to(Step::confirmed);
}

base::Status Updater::take_terminal(bool& taken) {
    const auto done = parts_.services.take();
    dark_ = dark_ || !done || *done;
    taken = TRY(done);
    return {};
}

base::Status Updater::give_back() {
    dark_ = false;
    return parts_.services.give_back();
}

base::Status Updater::run() {
    const Lighted lighted(*this);
    TRY_STATUS(begin());
    const bool at_rest =
        journal_.step == Step::none || journal_.step == Step::staged || journal_.has_ended();
    if (at_rest) {
        tell_if_due();
        const auto staged = stage();
        if (!staged && staged.error().code == FaultCode::AnswerNotFound) return {};
        if (!staged) {
            parts_.log.record(
                base::log::ReleaseRefused{staged.error().code, line(staged.error().safe_detail)});
            return staged;
        }
        if (journal_.step != Step::staged) return {};
        if (!found_->list.is_open(parts_.clock.now())) return {};
        TRY_STATUS(copy_files(journal_, found_->list.suite));
    }
    // A person's apt is finished first; it would hold dpkg up in the middle.
    if (parts_.dpkg.is_busy()) return {};
    // What cannot be written down is not begun: a full disk does not darken the screen every time.
    TRY_STATUS(write_journal(folder(), journal_, parts_.passing));
    bool taken = false;
    TRY_STATUS(take_terminal(taken));
    if (!taken) return {};  // somebody is at it
    if (journal_.step == Step::staged) {
        const auto before = parts_.services.unready();
        if (!before) {
            // The test itself does not run: nothing is changed that it could not judge.
            TRY_STATUS(give_back());
            ++journal_.tries;
            const bool enough = journal_.tries > tries_max;
            if (enough) refuse_release();
            TRY_STATUS(go_to(enough ? Step::rolled_back : Step::staged, line(before.error())));
            return base::fail(before.error());
        }
        journal_.unready = *before;
        TRY_STATUS(go_to(Step::begun));
    }
    while (!journal_.has_ended()) {
        if (journal_.step == Step::begun) TRY_STATUS(install());
        if (journal_.step == Step::installed || journal_.step == Step::on_trial)
            TRY_STATUS(trial());
        if (journal_.step == Step::rolling_back) TRY_STATUS(go_back());
    }
    if (journal_.step != Step::confirmed) {
        // Whatever stands now is what there is; a terminal that can serve does.
        [[maybe_unused]] const auto post = parts_.services.restart_post();
        [[maybe_unused]] const auto screen = give_back();
    }
    tell_if_due();
    if (journal_.step == Step::confirmed) return {};
    return base::fail(FaultCode::UpdateFailed, journal_.why);
}

base::Status Updater::resume() {
    TRY_STATUS(begin());
    TRY_STATUS(install());
    return go_back();
}

base::Status Updater::light() {
    if (!parts_.services.was_left_dark()) return {};
    const auto begun = begin();
    // Somebody runs another one by hand, which gives it back.
    if (!begun && begun.error().code == FaultCode::PostRefused) return {};
    if (begun && journal_.is_under_way()) return {};
    return give_back();
}

base::Status Updater::confirm() {
    const Lighted lighted(*this);
    TRY_STATUS(begin());
    if (journal_.packages.empty() || !stands(journal_.packages))
        return base::fail(FaultCode::UpdateFailed, "the release is not installed");
    bool taken = false;
    TRY_STATUS(take_terminal(taken));
    if (!taken) return base::fail(FaultCode::UpdateFailed, "somebody is at the terminal");
    journal_.trials_begun = journal_.trials_failed = 0;
    journal_.told = 0;  // whatever the centre heard of this release, it ends anew
    std::erase(journal_.refused, journal_.release);
    TRY_STATUS(go_to(Step::installed));
    return run();
}

base::Status Updater::roll_back() {
    const Lighted lighted(*this);
    TRY_STATUS(begin());
    if (journal_.before.empty() || journal_.step == Step::rolled_back ||
        journal_.step == Step::none || journal_.step == Step::staged)
        return base::fail(FaultCode::UpdateFailed, "there is nothing to go back from");
    // Looked at before anything is stopped.
    if (!has_way_back())
        return base::fail(FaultCode::UpdateFailed, "the packages of before are not here");
    bool taken = false;
    TRY_STATUS(take_terminal(taken));
    if (!taken) return base::fail(FaultCode::UpdateFailed, "somebody is at the terminal");
    journal_.told = 0;  // the centre believes that it is installed
    TRY_STATUS(go_to(Step::rolling_back, "by hand"));
    const auto done = run();
    return journal_.step == Step::rolled_back ? base::Status{} : done;
}

void Updater::tell_if_due() {
    if (!journal_.has_ended() || journal_.release == 0 || journal_.told == journal_.release ||
        !parts_.tell)
        return;
    if (!parts_.tell(journal_)) return;  // the next time
    Journal next = journal_;
    next.told = next.release;
    if (write_journal(folder(), next, parts_.passing)) journal_ = std::move(next);
}

}  // namespace provisioning::updates
