#include "app/technician/audit_log.hpp"

#include "offline/formats/record.hpp"
#include "offline/sealing/suites/suite.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>
#include <set>
#include <utility>

namespace app {

namespace {

namespace fs = std::filesystem;
using base::FaultCode;
using offline::formats::Fields;
using offline::formats::Record;

constexpr std::size_t word_max = 48;
constexpr std::size_t file_bytes_max = 8u << 20;
constexpr std::size_t number_digits = 10;
constexpr std::int64_t no_limit = std::numeric_limits<std::int64_t>::max();

Record record_of(std::int64_t n, const domain::AuditLine& line) {
    return {{"n", n},
            {"at", std::int64_t{line.at.time_since_epoch().count()}},
            {"label", line.label},
            {"act", line.act},
            {"outcome", line.outcome}};
}

std::array<std::uint8_t, 32> chained(const std::array<std::uint8_t, 32>& before,
                                     const Record& record) {
    base::Bytes bytes(before.begin(), before.end());
    const auto json = offline::formats::to_json(record);
    bytes.insert(bytes.end(), json.begin(), json.end());
    return offline::sealing::digest(domain::SuiteId::one, bytes);
}

struct Read {
    std::int64_t n = 0;
    domain::AuditLine line;
    std::string chain;
};
base::Result<Read> line_in(std::string_view text) {
    const Record record = TRY(offline::formats::record_from_json(base::to_bytes(text)));
    Fields in(record, FaultCode::BytesMalformed, "audit");
    Read out;
    out.n = TRY(in.integer("n", 1, no_limit));
    out.line.at = base::Instant{base::Millis{TRY(in.integer("at", 0, no_limit))}};
    out.line.label = TRY(in.text("label", word_max));
    out.line.act = TRY(in.text("act", word_max));
    out.line.outcome = TRY(in.text("outcome", word_max));
    out.chain = TRY(in.text("chain", 64));
    TRY_STATUS(in.finish());
    return out;
}

base::Status append_durably(const std::string& path, std::string_view text) {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file < 0) return base::fail(FaultCode::FileUnwritable, std::strerror(errno));
    const auto put = ::write(file, text.data(), text.size());
    const bool whole = put == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
    const int error = errno;
    ::close(file);
    if (whole) return {};
    return base::fail(error == ENOSPC ? FaultCode::DiskFull : FaultCode::FileUnwritable, "audit");
}

std::string number_text(std::int64_t n) {
    return fmt::format("{:0{}}", n, number_digits);
}

bool is_file_name(const std::string& name) {
    // 0000000012-2026-11.log
    return name.size() == number_digits + 12 && name.ends_with(".log") &&
           std::all_of(name.begin(), name.begin() + number_digits,
                       [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::vector<std::string> AuditLog::files() const {
    std::error_code problem;
    std::vector<std::string> out;
    for (fs::directory_iterator at(folder_, problem), end; !problem && at != end;
         at.increment(problem))
        if (auto name = at->path().filename().string(); is_file_name(name))
            out.push_back(std::move(name));
    std::sort(out.begin(), out.end());
    return out;
}

AuditLog::Whole AuditLog::read_all() const {
    Whole out;
    bool first = true;
    const auto names = files();
    for (const auto& name : names) {
        std::error_code problem;
        const auto size = fs::file_size(folder_ + "/" + name, problem);
        const auto bytes = !problem && size <= file_bytes_max
                               ? base::read_file(folder_ + "/" + name)
                               : base::Result<base::Bytes>(base::fail(FaultCode::FileUnreadable));
        out.newest_file = name;
        if (!bytes) {
            out.broken = true;
            continue;
        }
        const auto text = base::as_text(*bytes);
        out.torn = !text.empty() && text.back() != '\n';
        bool begins = true;
        for (std::size_t at = 0; at < text.size();) {
            const auto end = std::min(text.find('\n', at), text.size());
            const auto read = line_in(text.substr(at, end - at));
            at = end + 1;
            // A write that a power cut tore: what was in it shows by the chain of the next line.
            if (!read) continue;
            const auto wanted = chained(out.last.chain, record_of(read->n, read->line));
            const auto stands = base::from_hex(read->chain);
            const bool right = stands && stands->size() == wanted.size() &&
                               std::equal(stands->begin(), stands->end(), wanted.begin());
            // Months before the oldest one that is kept cannot be asked any more.
            const bool anchor = first && read->n > 1;
            // A file is named by its first line: what was cut off before it shows.
            if (std::exchange(begins, false) && !name.starts_with(number_text(read->n)))
                out.broken = true;
            if (!anchor && (!right || read->n != out.last.n + 1)) out.broken = true;
            first = false;
            out.last.n = read->n;
            if (stands && stands->size() == out.last.chain.size())
                std::copy(stands->begin(), stands->end(), out.last.chain.begin());
            out.lines.push_back(read->line);
        }
    }
    const auto head = base::read_file(folder_ + "/head");
    if (!head) {
        // Before the first line there is none; a cut between the two writes of the first leaves one
        // line without.
        out.broken = out.broken || out.last.n > 1;
        return out;
    }
    const auto text = base::as_text(*head);
    std::int64_t n = -1;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), n);
    const std::string chain(
        text.substr(std::min(text.size(), static_cast<std::size_t>(read.ptr - text.data()) + 1)));
    const bool same = n == out.last.n && chain == base::to_hex(out.last.chain);
    // The head is written after its line: a cut between the two leaves it one behind.
    const bool one_behind = n == out.last.n - 1;
    if (!same && !one_behind) out.broken = true;
    return out;
}

AuditLog::Reading AuditLog::read(std::size_t most) const {
    auto all = read_all();
    Reading out;
    out.lines = static_cast<std::int64_t>(all.lines.size());
    out.broken = all.broken;
    std::reverse(all.lines.begin(), all.lines.end());
    if (all.lines.size() > most) all.lines.resize(most);
    out.newest = std::move(all.lines);
    return out;
}

base::Status AuditLog::append(const domain::AuditLine& given) {
    domain::AuditLine line = given;
    for (auto* word : {&line.label, &line.act, &line.outcome})
        if (word->size() > word_max) word->resize(word_max);
    std::error_code problem;
    fs::create_directories(folder_, problem);
    const auto all = read_all();
    const std::int64_t n = all.last.n + 1;
    Record record = record_of(n, line);
    const auto chain = chained(all.last.chain, record);
    record["chain"] = base::to_hex(chain);
    const auto month = base::iso8601_local(line.at).substr(0, 7);
    std::string file = all.newest_file;
    if (file.empty() || file.substr(number_digits + 1, 7) != month)
        file = fmt::format("{}-{}.log", number_text(n), month);
    const bool after_torn = all.torn && file == all.newest_file;
    TRY_STATUS(append_durably(folder_ + "/" + file,
                              (after_torn ? "\n" : "") +
                                  std::string(base::as_text(offline::formats::to_json(record))) +
                                  "\n"));
    TRY_STATUS(base::write_file(folder_ + "/head",
                                base::to_bytes(std::to_string(n) + " " + base::to_hex(chain))));
    // Months are counted, not files: a clock that jumps to and fro begins files, but no months.
    auto names = files();
    std::set<std::string> months;
    std::size_t oldest = names.size();
    while (oldest > 0) {
        months.insert(names[oldest - 1].substr(number_digits + 1, 7));
        if (months.size() > months_kept) break;
        --oldest;
    }
    for (std::size_t i = 0; i < oldest; ++i) fs::remove(folder_ + "/" + names[i], problem);
    return {};
}

}  // namespace app
