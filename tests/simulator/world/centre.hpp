// The one place that makes the centre: the real intake on a folder, asked by exchange as its server
// would ask it, and what an auditor sees in its store. Wrappers around it are mutants.
#pragma once

#include "base/event_log.hpp"
#include "offline/sync/centre_client.hpp"
#include "tests/simulator/world/realm.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace simulator {

// One business effect: a case was opened for somebody.
struct Effect {
    std::string terminal;
    domain::SubId sub_id;
    std::string case_number;
    offline::sealing::Digest manifest_digest{};
    bool complete = false;  // R2 is signed
    std::int64_t seq = 0;
};

class Centre {
  public:
    virtual ~Centre() = default;
    virtual offline::sync::Answer handle(const offline::sync::Exchange& exchange) = 0;
    // A slice of which the line let only `arrived` bytes through; nobody hears an answer.
    virtual void hear_part(const offline::sync::Exchange& slice, std::size_t arrived) = 0;
    virtual const std::vector<Effect>& effects() = 0;  // all that stand in the store
    // The bytes of an attachment as they lie there now, whatever its row says. Hex.
    virtual base::Bytes attachment(const std::string& id) = 0;
};

struct CentreParts {
    std::string folder;
    const Realm& realm;
    const base::Clock& clock;
    base::EventLog& log;
};
using CentreMaker = std::function<std::unique_ptr<Centre>(const CentreParts&)>;
std::unique_ptr<Centre> make_centre(const CentreParts& parts);

// What a citizen hands in. `readable`: the reader of the centre finds no fault in it.
std::string submission_text(std::int64_t number, bool readable);
// Stands in every submission; whoever finds it outside a seal has found a leak.
inline constexpr const char* canary = "王秀兰-000101194601020124";
inline constexpr const char* item_code = "990511001000";

}  // namespace simulator
