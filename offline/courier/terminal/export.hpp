// Writes what waits in the outbox onto a registered stick. Pulling the stick at any moment loses
// nothing: the next export goes on with the objects that are missing. When it returns without a
// fault, everything was read back from the medium and the mark says EXPORTED; the outbox is as
// before. A stick on which nothing is missing is read once more instead: that is the proof that a
// stick put in again gives. On the caller's thread; takes as long as the stick does.
#pragma once

#include "base/event_log.hpp"
#include "offline/courier/stick_copy.hpp"
#include "offline/courier/terminal/depot.hpp"
#include "offline/courier/terminal/marks.hpp"

#include <functional>
#include <optional>
#include <set>

namespace offline::courier {

struct ExportOptions {
    std::int64_t object_bytes = 32 << 20;  // of content; then a new object begins
};

// How far it is, for the technician: bytes of content written of so many, then objects read again.
struct Progress {
    enum class Step { looking, writing, reading_again } step = Step::looking;
    std::int64_t done = 0, of = 0;
};
using OnProgress = std::function<void(const Progress&)>;

struct Exported {
    BundleId id{};
    std::int64_t objects = 0;      // 0: nothing had to be written
    std::int64_t submissions = 0;  // in them
    bool continued = false;        // an export that was cut off
    std::int64_t looked_at = 0;    // whole bundles on it that were read once more
};

class Exporter {
  public:
    Exporter(Depot& depot, Medium& medium, Marks& marks, const outbox::Terminal& terminal,
             const sealing::KeySet& keys, const base::Clock& clock, base::EventLog& log,
             ExportOptions options = {}, OnProgress on_progress = {});

    // `stick` was checked (registration.hpp). MediumUnfit, BundleWrong, KeyAbsent, faults of the
    // depot and of the marks' disk.
    base::Result<Exported> run(const std::string& stick);

  private:
    base::Result<Exported> write(const std::string& stick);
    base::Result<Mark> begin(const std::string& stick);
    base::Result<std::int64_t> look_at_whole_ones(const std::string& stick);
    base::Status settle(const base::Result<std::vector<int>>& wrong, Mark& mark);
    base::Result<BundleWriter> prepare(Mark& mark);
    std::set<std::int64_t> carried_already(const Mark& mark);
    base::Status check_room(const std::set<std::int64_t>& carried);
    base::Result<std::vector<std::int64_t>> write_object(BundleWriter& writer, Mark& mark,
                                                         std::set<std::int64_t>& carried);
    base::Result<base::Bytes> next_item();
    void start_walk(const std::set<std::int64_t>& carried);
    base::Result<bool> next_package();
    base::Status finish(BundleWriter& writer, Mark& mark);
    void tell(Progress::Step step, std::int64_t done, std::int64_t of) const;

    Depot& depot_;
    Medium& medium_;
    Marks& marks_;
    const outbox::Terminal& terminal_;
    const sealing::KeySet& keys_;
    const base::Clock& clock_;
    base::EventLog& log_;
    ExportOptions options_;
    OnProgress on_progress_;

    // The walk over what waits.
    const std::set<std::int64_t>* skip_ = nullptr;
    std::vector<Waiting> window_;
    std::size_t at_ = 0;
    std::int64_t after_ = 0;
    std::optional<Package> package_;  // its submission went out; its attachments are next
    std::size_t attachment_ = 0;
    std::int64_t offset_ = 0;
    std::vector<std::int64_t> in_object_;
    std::int64_t object_bytes_ = 0;
    std::int64_t done_ = 0, total_ = 0;
};

}  // namespace offline::courier
