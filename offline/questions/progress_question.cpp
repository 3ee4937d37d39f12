#include "offline/questions/progress_question.hpp"

#include "domain/dates.hpp"
#include "offline/questions/kinds.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace offline::questions {

namespace {

using base::FaultCode;
using nlohmann::json;

constexpr std::size_t longest_text = 512;

// What came with the office's life of a case; an older centre leaves all of them out, never some.
constexpr std::array case_fields{"local_number", "case_number", "item_name", "state", "since",
                                 "office",       "due",         "note",      "result"};

// An object with exactly these text fields.
template <std::size_t N>
bool is_text_object(const json& value, const std::array<const char*, N>& names) {
    return value.is_object() && value.size() == N &&
           std::all_of(names.begin(), names.end(), [&](const char* name) {
               return value.contains(name) && value[name].is_string() &&
                      value[name].template get_ref<const std::string&>().size() <= longest_text;
           });
}

}  // namespace

base::SecretText progress_question(const std::string& id_number, const std::string& name) {
    return base::SecretText(
        json{{"kind", "progress"}, {"id_number", id_number}, {"name", name}}.dump());
}

base::Result<ProgressAsked> read_progress_question(std::string_view text) {
    const json value = json::parse(text, nullptr, false);
    if (!is_text_object(value, std::array{"kind", "id_number", "name"}) ||
        value["kind"] != "progress")
        return base::fail(FaultCode::BytesMalformed, "progress question");
    return ProgressAsked{value["id_number"], value["name"]};
}

std::string progress_answer(const std::vector<domain::SubmissionStatus>& cases) {
    json list = json::array();
    for (const auto& status : cases)
        list.push_back({{"local_number", status.local_number},
                        {"case_number", status.case_number},
                        {"item_name", status.item_name},
                        {"state", status.centre_state},
                        {"since", status.since},
                        {"office", status.office},
                        {"due", status.due},
                        {"note", status.note},
                        {"result", status.result}});
    return json{{"kind", "progress"}, {"cases", list}}.dump();
}

base::Result<std::vector<domain::SubmissionStatus>> read_progress_answer(std::string_view text) {
    if (auto reason = refusal_in(text)) return base::fail(FaultCode::CentreRefused, *reason);
    const auto nonsense = [] { return base::fail(FaultCode::CentreNonsense, "progress answer"); };
    const json value = json::parse(text, nullptr, false);
    if (!value.is_object() || value.size() != 2 || !value.contains("kind") ||
        value["kind"] != "progress" || !value.contains("cases") || !value["cases"].is_array())
        return nonsense();
    std::vector<domain::SubmissionStatus> out;
    for (const auto& item : value["cases"]) {
        const bool with_life = is_text_object(item, case_fields);
        if (!with_life && !is_text_object(item, std::array{"local_number", "case_number",
                                                           "item_name", "state", "since"}))
            return nonsense();
        domain::SubmissionStatus status;
        status.local_number = item["local_number"];
        status.case_number = item["case_number"];
        status.item_name = item["item_name"];
        status.centre_state = item["state"];
        status.since = item["since"];
        if (with_life) {
            status.office = item["office"];
            status.due = item["due"];
            status.note = item["note"];
            status.result = item["result"];
            if (!status.due.empty() && !domain::date_from_iso(status.due)) return nonsense();
            if (!status.result.empty() && status.result != "YES" && status.result != "NO")
                return nonsense();
        }
        // UPLOADED: the envelope is there, the receipt that completes it is not yet made.
        status.delivery = status.centre_state == "UPLOADED" ? domain::Delivery::sending
                                                            : domain::Delivery::received;
        out.push_back(std::move(status));
    }
    return out;
}

}  // namespace offline::questions
