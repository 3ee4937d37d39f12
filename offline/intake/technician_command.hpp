// intake technicians: what the centre gives out about those who look after terminals. In the
// operator's own process, with the key that signs feeds.
#pragma once

#include "base/bytes.hpp"
#include "base/clock.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"
#include "domain/identifiers.hpp"

#include <string>

namespace offline::intake {

struct TechnicianOrder {
    std::string key;  // the feed key's file
    domain::Realm realm{};
    // Of an answer: what stands in the terminal's code, who it is and what they may do.
    std::string challenge, label, rights;  // rights with a comma between them, or "-"
    // Of a list.
    std::int64_t version = 1;
    std::int64_t good_for_days = 400;
};

// The text for the QR code that the technician shows to the terminal. BytesMalformed: no challenge;
// ConfigInvalid: no label or no rights.
base::Result<std::string> technician_answer(const TechnicianOrder& order);
// A signed list, from lines "LABEL RIGHTS CARD PIN": they are secret and kept nowhere.
// ConfigInvalid with the number of the line.
base::Result<base::Bytes> technician_list(const TechnicianOrder& order,
                                          const base::SecretText& lines, base::Instant now);

}  // namespace offline::intake
