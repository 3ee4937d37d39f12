#include "offline/intake/case_view.hpp"

#include <nlohmann/json.hpp>

namespace offline::intake {

namespace {

using nlohmann::ordered_json;

base::Result<ordered_json> view(const StoredCase& stored, const sealing::IntakeKeys& keys) {
    const auto opened = TRY(sealing::open_submission(keys, stored.sub_id, stored.envelope));
    ordered_json submission = ordered_json::parse(*opened, nullptr, false);
    if (submission.is_discarded())
        return base::fail(base::FaultCode::BytesMalformed, "submission is not JSON");
    return ordered_json{{"case_number", stored.case_number},
                        {"state", name(stored.state)},
                        {"terminal", stored.terminal},
                        {"sub_id", stored.sub_id.text()},
                        {"local_number", stored.local_number},
                        {"item_code", stored.item_code},
                        {"item_name", stored.item_name},
                        {"received_at", base::iso8601_local(stored.received_at)},
                        {"submission", std::move(submission)}};
}

}  // namespace

base::Result<std::string> case_as_json(const StoredCase& stored, const sealing::IntakeKeys& keys) {
    const ordered_json value = TRY(view(stored, keys));
    return value.dump(2);
}

base::Result<std::string> cases_as_json(const std::vector<StoredCase>& cases,
                                        const sealing::IntakeKeys& keys) {
    ordered_json list = ordered_json::array();
    for (const auto& stored : cases) list.push_back(TRY(view(stored, keys)));
    return list.dump(2);
}

}  // namespace offline::intake
