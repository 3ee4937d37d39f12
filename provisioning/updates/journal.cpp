#include "provisioning/updates/journal.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <limits>

namespace provisioning::updates {

namespace {

using base::FaultCode;
using offline::formats::Fields;
using offline::formats::Record;
using offline::formats::Texts;
using offline::papers::ReleasePackage;

constexpr std::array<std::string_view, 9> step_names{"none",         "staged",      "begun",
                                                     "installed",    "on_trial",    "confirmed",
                                                     "rolling_back", "rolled_back", "given_up"};
constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();
constexpr std::size_t unready_max = 64, line_max = 240;

Texts lines_of(const std::vector<ReleasePackage>& packages) {
    Texts out;
    for (const auto& package : packages) out.push_back(offline::papers::text(package));
    return out;
}

base::Result<std::vector<ReleasePackage>> packages_in(Fields& in, const char* name) {
    std::vector<ReleasePackage> out;
    const Texts lines = TRY(in.texts(name, offline::papers::release_packages_max));
    for (const auto& line : lines) out.push_back(TRY(offline::papers::release_package(line)));
    return out;
}

base::Result<base::Instant> instant_in(Fields& in, const char* name) {
    return base::Instant{base::Millis{TRY(in.integer(name, 0, no_limit))}};
}

class File {
  public:
    explicit File(int file) : file_(file) {}
    ~File() {
        if (file_ >= 0) ::close(file_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    int get() const { return file_; }

  private:
    int file_;
};

bool write_all(int file, base::ByteView bytes) {
    while (!bytes.empty()) {
        const auto put = ::write(file, bytes.data(), bytes.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return false;
        bytes = bytes.subspan(static_cast<std::size_t>(put));
    }
    return true;
}

}  // namespace

std::string_view name(Step step) {
    return step_names.at(static_cast<std::size_t>(step));
}

std::optional<Step> step_from(std::string_view name) {
    const auto* at = std::find(step_names.begin(), step_names.end(), name);
    if (at == step_names.end()) return std::nullopt;
    return static_cast<Step>(at - step_names.begin());
}

bool Journal::is_refused(std::int64_t number) const {
    return std::find(refused.begin(), refused.end(), number) != refused.end();
}

base::Bytes encode(const Journal& journal) {
    Texts refused;
    for (const auto number : journal.refused) refused.push_back(std::to_string(number));
    return offline::formats::to_json(
        {{"v", std::int64_t{1}},
         {"kind", std::string("update-journal")},
         {"step", std::string(name(journal.step))},
         {"at", std::int64_t{journal.at.time_since_epoch().count()}},
         {"release", journal.release},
         {"software", journal.software},
         {"tries", std::int64_t{journal.tries}},
         {"trials_begun", std::int64_t{journal.trials_begun}},
         {"trials_failed", std::int64_t{journal.trials_failed}},
         {"packages", lines_of(journal.packages)},
         {"before", lines_of(journal.before)},
         {"unready", journal.unready},
         {"why", journal.why},
         {"newest", journal.newest},
         {"refused", refused},
         {"seen", std::int64_t{journal.seen.time_since_epoch().count()}},
         {"told", journal.told}});
}

base::Result<Journal> journal(base::ByteView file) {
    const Record record = TRY(offline::formats::record_from_json(file));
    Fields in(record, FaultCode::BytesMalformed, "update journal");
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("kind", "update-journal"));
    Journal out;
    const auto step = step_from(TRY(in.text("step", 16)));
    if (!step) return in.wrong("step");
    out.step = *step;
    out.at = TRY(instant_in(in, "at"));
    out.release = TRY(in.integer("release", 0, no_limit));
    out.software = TRY(in.text("software", 64));
    constexpr std::int64_t most_tries = 1000;
    out.tries = static_cast<int>(TRY(in.integer("tries", 0, most_tries)));
    out.trials_begun = static_cast<int>(TRY(in.integer("trials_begun", 0, most_tries)));
    out.trials_failed = static_cast<int>(TRY(in.integer("trials_failed", 0, most_tries)));
    out.packages = TRY(packages_in(in, "packages"));
    out.before = TRY(packages_in(in, "before"));
    out.unready = TRY(in.texts("unready", unready_max));
    out.why = TRY(in.text("why", line_max));
    out.newest = TRY(in.integer("newest", 0, no_limit));
    const Texts refused = TRY(in.texts("refused", refused_max));
    for (const auto& text : refused) {
        std::int64_t number = 0;
        std::from_chars(text.data(), text.data() + text.size(), number);
        if (number < 1 || std::to_string(number) != text) return in.wrong("refused");
        out.refused.push_back(number);
    }
    out.seen = TRY(instant_in(in, "seen"));
    out.told = TRY(in.integer("told", 0, no_limit));
    TRY_STATUS(in.finish());
    return out;
}

std::string journal_path(const std::string& folder) {
    return folder + "/journal.json";
}

base::Result<Journal> read_journal(const std::string& folder) {
    const std::string path = journal_path(folder);
    struct stat facts {};
    if (::stat(path.c_str(), &facts) != 0 && errno == ENOENT) return Journal{};
    if (facts.st_size > static_cast<off_t>(journal_bytes_max))
        return base::fail(FaultCode::BytesMalformed, path);
    const auto bytes = TRY(base::read_file(path));
    return journal(bytes);
}

base::Status write_journal(const std::string& folder, const Journal& journal,
                           const Passing& passing) {
    const std::string path = journal_path(folder), beside = path + ".part";
    const base::Bytes bytes = encode(journal);
    const auto unwritable = [&] {
        return base::fail(errno == ENOSPC ? FaultCode::DiskFull : FaultCode::FileUnwritable, path);
    };
    {
        const File file(::open(beside.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644));
        if (file.get() < 0) return unwritable();
        const auto half = base::ByteView(bytes).first(bytes.size() / 2);
        if (!write_all(file.get(), half)) return unwritable();
        passing("journal half written");
        if (!write_all(file.get(), base::ByteView(bytes).subspan(half.size()))) return unwritable();
        if (::fsync(file.get()) != 0) return unwritable();
    }
    passing("journal written");
    if (::rename(beside.c_str(), path.c_str()) != 0) return unwritable();
    passing("journal renamed");
    const File directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (directory.get() < 0 || ::fsync(directory.get()) != 0) return unwritable();
    return {};
}

}  // namespace provisioning::updates
