#include "catalogue/pack_reader.hpp"

#include "catalogue/reading/pack_parts.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace catalogue {

namespace {

using base::FaultCode;

constexpr std::size_t signature_bytes_max = 4096;  // whatever the verifier takes for one

base::Result<base::Bytes> read_bounded(const std::string& folder, const std::string& name,
                                       std::size_t most) {
    std::error_code error;
    const auto size = std::filesystem::file_size(folder + "/" + name, error);
    if (error) return base::fail(FaultCode::PackUnreadable, name);
    if (size > most)
        return base::fail(FaultCode::PackUnreadable,
                          fmt::format("{}: larger than {} bytes", name, most));
    auto bytes = base::read_file(folder + "/" + name);
    if (!bytes) return base::fail(FaultCode::PackUnreadable, name);
    return bytes;
}

}  // namespace

ReadPack read_pack(base::ByteView bytes) {
    ReadPack result;
    const auto json = reading::parse_json(bytes, pack_bytes_max);
    if (!json) {
        result.problems.push_back({"", json.error().safe_detail});
        return result;
    }
    reading::Problems problems;
    result.pack = reading::read_pack_object(*json, problems);
    reading::lint(result.pack, problems);
    for (auto& item : result.pack.items) reading::add_delivery(item);
    result.problems = problems.take();
    return result;
}

base::Result<Pack> load_pack(const std::string& folder, domain::Realm realm,
                             std::int64_t floor_version, const Verifier& verify,
                             std::vector<PackProblem>* problems) {
    const base::Bytes bytes = TRY(read_bounded(folder, "pack.json", pack_bytes_max));
    const base::Bytes signature = TRY(read_bounded(folder, "pack.sig", signature_bytes_max));
    if (!verify(bytes, signature)) return base::fail(FaultCode::PackTampered);
    auto read = read_pack(bytes);
    if (!read.problems.empty()) {
        const auto& first = read.problems.front();
        std::string detail = fmt::format("{} problems, first at {}: {}", read.problems.size(),
                                         first.place.empty() ? "/" : first.place, first.text);
        if (problems != nullptr) *problems = std::move(read.problems);
        return base::fail(FaultCode::PackInvalid, std::move(detail));
    }
    if (read.pack.realm != realm)
        return base::fail(FaultCode::RealmMismatch, "pack of another realm");
    if (read.pack.version < floor_version)
        return base::fail(FaultCode::PackOutdated,
                          fmt::format("version {} under {}", read.pack.version, floor_version));
    return std::move(read.pack);
}

}  // namespace catalogue
