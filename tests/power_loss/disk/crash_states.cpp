#include "tests/power_loss/disk/crash_states.hpp"

#include <algorithm>

namespace power_loss {

namespace {

constexpr std::int64_t sector = 512;

void put(base::Bytes& into, std::int64_t at, base::ByteView bytes) {
    const auto end = static_cast<std::size_t>(at) + bytes.size();
    if (into.size() < end) into.resize(end);
    std::copy(bytes.begin(), bytes.end(), into.begin() + at);
}

void apply(base::Bytes& into, const Op& op) {
    if (op.did == Did::write)
        put(into, op.at, op.bytes);
    else
        into.resize(static_cast<std::size_t>(op.at));
}

void apply(std::map<std::string, int>& names, const Op& op) {
    if (op.did == Did::create) {
        names[op.name] = op.file;
        return;
    }
    const auto found = names.find(op.name);
    if (found != names.end() && found->second == op.file) names.erase(found);
    if (op.did == Did::rename) names[op.to] = op.file;
}

}  // namespace

// Which of the pending operations arrived. One pattern for one cut: devices differ in how they go
// down, and the ends (nothing, everything, all but one) are the states that find most.
class Fate {
  public:
    Fate(Random& random, std::size_t position)
        : random_(random),
          pattern_(random() % 8),
          percent_(random() % 101),
          until_(position - random() % (std::min<std::size_t>(position, 64) + 1)) {}

    bool arrived(std::size_t position) {
        switch (pattern_) {
            case 0:
                return false;
            case 1:
                return true;
            case 2:
                return position < until_;
            case 3:
                return random_() % 16 != 0;
            default:
                return random_() % 100 < percent_;
        }
    }
    bool tears() const { return pattern_ >= 5; }

  private:
    Random& random_;
    std::uint64_t pattern_, percent_, until_;
};

Tears& Tears::operator+=(const Tears& other) {
    torn += other.torn;
    dropped += other.dropped;
    reordered += other.reordered;
    names += other.names;
    return *this;
}

CrashStates::CrashStates(const RecordingDisk& disk) : log_(disk.log()) {
    for (const auto& [path, file] : disk.beginning()) {
        files_[file.number].durable = file.bytes;
        names_[path] = file.number;
    }
}

void CrashStates::advance_to(std::size_t position) {
    for (; position_ < position && position_ < log_.size(); ++position_) take(position_);
}

void CrashStates::take(std::size_t position) {
    const Op& op = log_[position];
    switch (op.did) {
        case Did::write:
        case Did::truncate:
            files_[op.file].pending.push_back(position);
            return;
        case Did::sync:
            for (const auto at : files_[op.file].pending) apply(files_[op.file].durable, log_[at]);
            files_[op.file].pending.clear();
            return;
        case Did::sync_failed:
            files_[op.file].pending.clear();
            return;
        case Did::sync_lied:
            return;
        case Did::create:
        case Did::rename:
        case Did::unlink:
            pending_names_[offline::store::folder_of(op.name)].push_back(position);
            return;
        case Did::sync_folder:
            for (const auto at : pending_names_[op.name]) apply(names_, log_[at]);
            pending_names_[op.name].clear();
            return;
        case Did::mark:
            mark_ = op.at;
            return;
    }
}

base::Bytes CrashStates::content(const Stored& stored, Fate& fate) {
    base::Bytes bytes = stored.durable;
    bool dropped_before = false;
    for (const auto at : stored.pending) {
        const Op& op = log_[at];
        std::int64_t pieces = 0, arrived = 0;
        const auto end = op.at + static_cast<std::int64_t>(op.bytes.size());
        for (std::int64_t from = op.at; op.did == Did::write && fate.tears() && from < end;) {
            const std::int64_t to = std::min(end, (from / sector + 1) * sector);
            ++pieces;
            if (fate.arrived(at)) {
                ++arrived;
                put(bytes, from,
                    base::ByteView(op.bytes).subspan(static_cast<std::size_t>(from - op.at),
                                                     static_cast<std::size_t>(to - from)));
            }
            from = to;
        }
        if (pieces == 0) {
            pieces = 1;
            if (fate.arrived(at)) {
                arrived = 1;
                apply(bytes, op);
            }
        }
        tears_.torn += arrived > 0 && arrived < pieces ? 1 : 0;
        tears_.dropped += arrived == 0 ? 1 : 0;
        tears_.reordered += arrived > 0 && dropped_before ? 1 : 0;
        dropped_before |= arrived < pieces;
    }
    return bytes;
}

Image CrashStates::cut(Random& random) {
    auto names = names_;
    Fate fate_of_names(random, position_);
    for (const auto& [folder, pending] : pending_names_)
        for (const auto at : pending) {
            if (fate_of_names.arrived(at))
                apply(names, log_[at]);
            else
                ++tears_.names;
        }
    Image image;
    Fate fate(random, position_);
    for (const auto& [path, number] : names) {
        const auto found = files_.find(number);  // not: created, never written
        image[path] = found == files_.end() ? base::Bytes{} : content(found->second, fate);
    }
    return image;
}

}  // namespace power_loss
