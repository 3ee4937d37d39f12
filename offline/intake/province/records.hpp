// From what the centre knows of one case to the records it gives to the province. Pure.
//
// What has no code in the standard's lists, and what was chosen (a province may want another one):
// a self-service terminal is 办理形式 9 其他 with 渠道 KIOSK; an item that is promised at once is
// 1 即办件, all others 2 承诺件; a material read from the chip or by a camera is 3 扫描, made or
// typed at the terminal 2 附件上传, fetched by the centre 5 证照库, owed 4 容缺后补 and not taken
// yet.
#pragma once

#include "base/clock.hpp"
#include "base/result.hpp"
#include "catalogue/pack.hpp"
#include "offline/intake/province/tables.hpp"

#include <optional>
#include <string>
#include <vector>

namespace offline::intake::province {

enum class Outcome { received, accepted, refused };

struct CaseFacts {
    std::string case_number;
    std::string submission;  // JSON as it was opened, found right when it was stored
    base::Instant captured_at{}, received_at{};
    Outcome outcome = Outcome::received;
    base::Instant decided_at{};                     // accepted or refused
    std::string reason;                             // of a refusal
    std::vector<std::string> attachment_digests{};  // "kind digest"
};

struct Record {
    const Table* table = nullptr;
    Values values;
};

// Acceptance only of what was accepted, a result only of what has ended. CentreRefused: the pack
// does not hold the item; BytesMalformed: the submission is not what the intake stores.
base::Result<std::vector<Record>> records_of(const CaseFacts& facts, const catalogue::Pack& pack);

// Characters beyond the basic plane as U+2xxxx, for systems that count in GB 2312; empty when
// there are none.
std::string transliterated(const std::string& text);

}  // namespace offline::intake::province
