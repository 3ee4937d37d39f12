// What the centre said of this terminal at its enrolment and at each renewal: where it stands and
// what kind of place that is. The post keeps it, and lays a copy beside the key set for whoever
// looks at the terminal without being the post. Says whom to trust nowhere. Any thread.
#pragma once

#include "offline/papers/enrolment.hpp"

#include <optional>
#include <string>

namespace offline::enrolment {

inline constexpr std::size_t facts_bytes_max = 4096;

// What the centre said beside the papers.
struct Facts {
    std::string terminal, division, point;
    papers::wire::Profile profile{};
    papers::wire::KeyStoreKind key_store{};
    std::string centre;           // the address that enrolled
    std::int64_t above = 0;       // numbers begin above
    base::Instant server_time{};  // of the enrolment or the last renewal
};
base::Bytes as_file(const Facts& facts);
base::Result<Facts> facts_from(base::ByteView file);  // BytesMalformed

// Of the copy, by the path of the key set.
std::string open_facts_path(const std::string& key_set);
// None: not enrolled, or enrolled before there was a copy (the next renewal makes one), or it does
// not read.
std::optional<Facts> read_open_facts(const std::string& key_set);

}  // namespace offline::enrolment
