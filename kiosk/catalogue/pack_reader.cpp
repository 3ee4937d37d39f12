#include "catalogue/pack_reader.hpp"

#include "catalogue/reading/pack_parts.hpp"

#include <fmt/format.h>

namespace catalogue {

namespace {
constexpr std::size_t largest_pack_bytes = 16u << 20;
}

ReadPack read_pack(base::ByteView bytes) {
    ReadPack result;
    const auto json = reading::parse_json(bytes, largest_pack_bytes);
    if (!json) {
        result.problems.push_back({"", json.error().safe_detail});
        return result;
    }
    reading::Problems problems;
    result.pack = reading::read_pack_object(*json, problems);
    reading::lint(result.pack, problems);
    result.problems = problems.take();
    return result;
}

base::Result<Pack> load_pack(const std::string& folder, domain::Realm realm,
                             std::int64_t floor_version, const Verifier& verify,
                             std::vector<PackProblem>* problems) {
    using base::FaultCode;
    const auto bytes = base::read_file(folder + "/pack.json");
    const auto signature = base::read_file(folder + "/pack.sig");
    if (!bytes || !signature)
        return base::fail(FaultCode::PackUnreadable, bytes ? "pack.sig" : "pack.json");
    if (!verify(*bytes, *signature)) return base::fail(FaultCode::PackTampered);
    auto read = read_pack(*bytes);
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
