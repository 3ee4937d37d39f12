#include "offline/enrolment/facts.hpp"

#include "offline/formats/record.hpp"

#include <filesystem>

namespace offline::enrolment {

namespace {

using base::FaultCode;
using formats::Fields;
using formats::Record;
namespace wire = papers::wire;

}  // namespace

base::Bytes as_file(const Facts& facts) {
    base::Bytes out = formats::to_json(
        {{"v", std::int64_t{1}},
         {"kind", std::string("terminal-facts")},
         {"terminal", facts.terminal},
         {"division", facts.division},
         {"point", facts.point},
         {"profile", std::string(wire::name(facts.profile))},
         {"key_store", std::string(wire::name(facts.key_store))},
         {"centre", facts.centre},
         {"above", facts.above},
         {"server_time", std::int64_t{facts.server_time.time_since_epoch().count()}}});
    out.push_back('\n');
    return out;
}

base::Result<Facts> facts_from(base::ByteView file) {
    const Record record = TRY(formats::record_from_json(file));
    Fields in(record, FaultCode::BytesMalformed, "terminal facts");
    TRY_STATUS(in.exactly("v", 1));
    TRY_STATUS(in.exactly("kind", "terminal-facts"));
    Facts out;
    out.terminal = TRY(in.text("terminal", 15));
    out.division = TRY(in.text("division", 12));
    out.point = TRY(in.text("point", 64));
    const std::string profile = TRY(in.text("profile", 16));
    out.profile = TRY(wire::profile_from(profile));
    const std::string key_store = TRY(in.text("key_store", 8));
    out.key_store = TRY(wire::key_store_from(key_store));
    out.centre = TRY(in.text("centre", 256));
    out.above = TRY(in.integer("above", 0, papers::seq_max));
    out.server_time =
        base::Instant{base::Millis{TRY(in.integer("server_time", 0, wire::no_limit))}};
    TRY_STATUS(in.finish());
    return out;
}

std::string open_facts_path(const std::string& key_set) {
    return std::filesystem::path(key_set).replace_filename("enrolment.json").string();
}

std::optional<Facts> read_open_facts(const std::string& key_set) {
    const std::string path = open_facts_path(key_set);
    std::error_code problem;
    const auto size = std::filesystem::file_size(path, problem);
    if (problem || size > facts_bytes_max) return std::nullopt;
    const auto file = base::read_file(path);
    if (!file) return std::nullopt;
    auto facts = facts_from(*file);
    return facts ? std::optional(std::move(*facts)) : std::nullopt;
}

}  // namespace offline::enrolment
