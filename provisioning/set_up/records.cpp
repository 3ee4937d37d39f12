#include "provisioning/set_up/records.hpp"

#include "base/bytes.hpp"
#include "provisioning/config/set_up_settings.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <toml++/toml.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <set>

namespace provisioning::set_up {

namespace {

using base::FaultCode;
using config::quoted;
using namespace domain::set_up;

constexpr const char* kind_of_file = "set-up-progress";
constexpr std::uintmax_t progress_bytes_max = 256 << 10;
constexpr std::size_t tests_max = 64;

std::int64_t ms(base::Instant at) {
    return at.time_since_epoch().count();
}

std::string values_line(const Values& values) {
    std::string out;
    for (const auto& [key, value] : values)
        out += fmt::format("{}{} = {}", out.empty() ? "" : ", ", key, quoted(value));
    return "{" + out + "}";
}

std::string test_line(const TestResult& test) {
    return fmt::format("  {{test = {}, verdict = {}, person = {}, at = {}, found = {}}},\n",
                       quoted(test.test), quoted(std::string(name(test.verdict))), test.by_person,
                       ms(test.at), quoted(test.found));
}

base::Instant instant_in(const toml::table& table, std::string_view key) {
    return base::Instant{base::Millis{table[key].value_or(std::int64_t{0})}};
}

std::optional<base::Instant> moment_in(const toml::table& table, std::string_view key) {
    const auto at = instant_in(table, key);
    return at == base::Instant{} ? std::nullopt : std::optional(at);
}

auto malformed(const char* what) {
    return base::fail(FaultCode::BytesMalformed, what);
}

base::Result<TestResult> test_from(const toml::table& table) {
    const auto verdict = verdict_from(table["verdict"].value_or(std::string{}));
    if (!verdict) return malformed("verdict");
    return TestResult{table["test"].value_or(std::string{}), *verdict,
                      table["person"].value_or(false), instant_in(table, "at"),
                      table["found"].value_or(std::string{})};
}

bool is_field(Decision decision, std::string_view key) {
    const auto& fields = question(decision).fields;
    return std::ranges::any_of(fields, [&](const Field& field) { return field.key == key; });
}

base::Result<Decided> decided_from(const toml::table& table) {
    const auto which = decision_from(table["name"].value_or(std::string{}));
    if (!which) return malformed("decision");
    Decided out;
    out.decision = *which;
    out.skipped = table["skipped"].value_or(false);
    out.at = instant_in(table, "at");
    out.by = table["by"].value_or(std::string{});
    if (const auto* values = table.get_as<toml::table>("values"))
        for (const auto& [key, value] : *values) {
            if (!is_field(*which, key.str())) return malformed("values");
            out.values[std::string(key.str())] = value.value_or(std::string{});
        }
    const auto* tests = table.get_as<toml::array>("tests");
    if (tests != nullptr && tests->size() > tests_max) return malformed("tests");
    for (std::size_t i = 0; tests != nullptr && i < tests->size(); ++i) {
        const auto* one = tests->get(i)->as_table();
        if (one == nullptr) return malformed("tests");
        out.tests.push_back(TRY(test_from(*one)));
    }
    return out;
}

std::optional<toml::table> parsed(const std::string& body) {
    try {
        return toml::parse(body);
    } catch (const toml::parse_error&) {
        return std::nullopt;
    }
}

// The packages make it for the group that runs the terminal; elsewhere it is made here.
base::Status make_folder(const std::string& folder) {
    if (::mkdir(folder.c_str(), 0770) != 0 && errno != EEXIST)
        return base::fail(errno == ENOSPC ? FaultCode::DiskFull : FaultCode::FileUnwritable,
                          folder);
    return {};
}

bool write_all(int file, std::string_view text) {
    while (!text.empty()) {
        const auto put = ::write(file, text.data(), text.size());
        if (put < 0 && errno == EINTR) continue;
        if (put < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(put));
    }
    return ::fsync(file) == 0;
}

void flush_folder(const std::string& folder) {
    const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (directory < 0) return;
    ::fsync(directory);
    ::close(directory);
}

// Whoever reads finds the file as it was or as it will be, and may read either. Several accounts
// may write in the folder: what lies there under the new name is not followed, and not written to.
base::Status write_for_group(const std::string& folder, const std::string& path,
                             std::string_view text) {
    const std::string fresh = path + ".new";
    ::unlink(fresh.c_str());
    const int file =
        ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0640);
    if (file < 0)
        return base::fail(errno == ENOSPC ? FaultCode::DiskFull : FaultCode::FileUnwritable, path);
    const bool written = write_all(file, text) && ::fchmod(file, 0640) == 0;
    const auto why = errno;
    ::close(file);
    if (!written || ::rename(fresh.c_str(), path.c_str()) != 0) {
        ::unlink(fresh.c_str());
        return base::fail(why == ENOSPC ? FaultCode::DiskFull : FaultCode::FileUnwritable, path);
    }
    flush_folder(folder);
    return {};
}

}  // namespace

std::string as_file(const Progress& progress) {
    std::string body =
        fmt::format("terminal = {}\nbegun = {}\nfinished = {}\nrecorded = {}\nwas_recorded = {}\n",
                    quoted(progress.terminal), ms(progress.begun),
                    ms(progress.finished.value_or(base::Instant{})),
                    ms(progress.recorded.value_or(base::Instant{})), progress.was_recorded);
    for (const auto& one : progress.decided) {
        body += fmt::format(
            "\n[[decided]]\nname = \"{}\"\nskipped = {}\nat = {}\nby = {}\nvalues = {}\n",
            name(one.decision), one.skipped, ms(one.at), quoted(one.by), values_line(one.values));
        if (one.tests.empty()) continue;
        body += "tests = [\n";
        for (const auto& test : one.tests) body += test_line(test);
        body += "]\n";
    }
    return config::with_checksum(kind_of_file, body);
}

base::Result<Progress> progress_from(const std::string& text, const std::string& terminal) {
    const auto body = TRY(config::checked_body(kind_of_file, text));
    const auto table = parsed(body);
    if (!table) return malformed("toml");
    Progress out;
    out.terminal = (*table)["terminal"].value_or(std::string{});
    if (out.terminal != terminal) return base::fail(FaultCode::KeyAbsent, "another terminal");
    out.begun = instant_in(*table, "begun");
    const auto* all = table->get_as<toml::array>("decided");
    std::set<Decision> seen;
    for (std::size_t i = 0; all != nullptr && i < all->size(); ++i) {
        const auto* one = all->get(i)->as_table();
        if (one == nullptr) return malformed("decided");
        auto decided = TRY(decided_from(*one));
        if (!seen.insert(decided.decision).second) return malformed("decided twice");
        out.put(std::move(decided));
    }
    out.finished = moment_in(*table, "finished");
    out.recorded = moment_in(*table, "recorded");
    out.was_recorded = (*table)["was_recorded"].value_or(false);
    if (out.next()) out.finished.reset();
    return out;
}

base::Result<Progress> Records::look() const {
    std::error_code problem;
    const auto size = std::filesystem::file_size(progress_path(), problem);
    if (problem == std::errc::no_such_file_or_directory) {
        Progress fresh;
        fresh.terminal = terminal_;
        return fresh;
    }
    if (problem) return base::fail(FaultCode::FileUnreadable, progress_path());
    if (size > progress_bytes_max) return malformed("size");
    const auto bytes = TRY(base::read_file(progress_path()));
    return progress_from(std::string(base::as_text(bytes)), terminal_);
}

base::Result<Opened> Records::open(const base::Clock& clock) const {
    auto progress = look();
    if (progress) {
        if (progress->begun == base::Instant{}) progress->begun = clock.now();
        return Opened{std::move(*progress)};
    }
    if (progress.error().code == FaultCode::FileUnreadable) return base::fail(progress.error());
    Opened out;
    out.why = progress.error();
    out.aside = fmt::format("{}.aside-{}", progress_path(), ms(clock.now()));
    if (::rename(progress_path().c_str(), out.aside->c_str()) != 0)
        return base::fail(FaultCode::FileUnwritable, progress_path());
    out.progress.terminal = terminal_;
    out.progress.begun = clock.now();
    return out;
}

base::Status Records::keep(const Progress& progress) const {
    TRY_STATUS(make_folder(folder_));
    const auto keep_settings = [&](bool finished) {
        return write_for_group(folder_, settings_path(),
                               config::as_settings_file(settings_of(progress), finished));
    };
    // A terminal serves by what the settings say: they say that it may only when the progress does.
    const auto before = look();
    const bool was_finished = progress.finished && before && before->finished;
    TRY_STATUS(keep_settings(was_finished));
    TRY_STATUS(write_for_group(folder_, progress_path(), as_file(progress)));
    return progress.finished && !was_finished ? keep_settings(true) : base::Status{};
}

base::Status Records::write_paper(const std::string& name, std::string_view bytes) const {
    TRY_STATUS(make_folder(folder_));
    return write_for_group(folder_, record_path(name), bytes);
}

}  // namespace provisioning::set_up
