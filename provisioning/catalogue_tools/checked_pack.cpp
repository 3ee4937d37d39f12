#include "provisioning/catalogue_tools/checked_pack.hpp"

#include "catalogue/pack_reader.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <filesystem>

namespace provisioning::catalogue_tools {

namespace {

namespace fs = std::filesystem;
namespace reading = catalogue::reading;
using base::FaultCode;

// More than the reader takes, so that the reader says what its own bound is.
constexpr std::size_t largest_file = 64u << 20;

// What stops the parser has no place; its words or the text say where.
Finding finding_of_whole(std::string_view text, const std::string& said) {
    Finding finding{"", {}, advice_on(said), said};
    reading::TextPosition in_bytes;
    if (std::sscanf(said.c_str(), "line %zu, column %zu:", &in_bytes.line, &in_bytes.column) == 2)
        finding.position = reading::in_characters(text, in_bytes);
    else if (said == "a key stands twice in one object")
        if (const auto twice = reading::key_written_twice(text)) {
            finding.place = twice->place;
            finding.position = twice->position;
        }
    return finding;
}

}  // namespace

std::string pack_file_of(const std::string& file_or_folder) {
    std::error_code problem;
    if (!fs::is_directory(file_or_folder, problem)) return file_or_folder;
    return (fs::path(file_or_folder) / "pack.json").string();
}

base::Result<base::Bytes> read_at_most(const std::string& path, std::size_t bytes_max) {
    std::error_code problem;
    if (!fs::is_regular_file(path, problem)) return base::fail(FaultCode::FileUnreadable, path);
    const auto size = fs::file_size(path, problem);
    if (problem) return base::fail(FaultCode::FileUnreadable, path);
    if (size > bytes_max)
        return base::fail(FaultCode::BytesMalformed,
                          fmt::format("{}（超过 {} 字节）", path, bytes_max));
    return base::read_file(path);
}

base::Result<CheckedPack> check_pack(const std::string& file_or_folder, const base::Clock& clock) {
    CheckedPack checked{pack_file_of(file_or_folder), {}};
    checked.bytes = TRY(read_at_most(checked.file, largest_file));
    const auto begun = clock.steady();
    auto read = catalogue::read_pack(checked.bytes);
    checked.took = clock.steady() - begun;
    checked.pack = std::move(read.pack);
    const std::string_view text = base::as_text(checked.bytes);
    std::vector<std::string> places;
    for (const auto& problem : read.problems) places.push_back(problem.place);
    const auto positions = reading::positions_of(text, places);
    for (std::size_t i = 0; i < read.problems.size(); ++i) {
        const auto& problem = read.problems[i];
        checked.findings.push_back(
            problem.place.empty()
                ? finding_of_whole(text, problem.text)
                : Finding{problem.place, positions[i], advice_on(problem.text), problem.text});
    }
    return checked;
}

}  // namespace provisioning::catalogue_tools
