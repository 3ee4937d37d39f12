#include "drivers/printer/cups/ipp_reading.hpp"

#include <algorithm>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace drivers::printer {

namespace {

constexpr int most_values = 64;
constexpr std::size_t longest_text = 255;
constexpr std::size_t longest_tray = 1023;
constexpr int most_sheets = 100000;  // in one tray

template <class Use>
void each_value(ipp_attribute_t* attribute, Use use) {
    const int count = std::min(ippGetCount(attribute), most_values);
    for (int i = 0; i < count; ++i) use(i);
}

std::vector<std::string> texts(ipp_attribute_t* attribute) {
    std::vector<std::string> out;
    each_value(attribute, [&](int i) {
        // Only these kinds have a text that ends: an octet string is not one.
        const auto tag = ippGetValueTag(attribute);
        if (tag != IPP_TAG_KEYWORD && tag != IPP_TAG_NAME && tag != IPP_TAG_URI &&
            tag != IPP_TAG_MIMETYPE && tag != IPP_TAG_NAMELANG)
            return;
        if (const char* text = ippGetString(attribute, i, nullptr))
            out.push_back(std::string(text).substr(0, longest_text));
    });
    return out;
}

std::vector<int> numbers(ipp_attribute_t* attribute) {
    std::vector<int> out;
    const auto tag = ippGetValueTag(attribute);
    if (tag != IPP_TAG_INTEGER && tag != IPP_TAG_ENUM) return out;
    each_value(attribute, [&](int i) { out.push_back(ippGetInteger(attribute, i)); });
    return out;
}

int number(ipp_attribute_t* attribute, int otherwise) {
    const auto all = numbers(attribute);
    return all.empty() ? otherwise : all.front();
}

// The number after `key=` in "type=…;maxcapacity=250;remaining=249;…" (PWG 5100.13 5.6.36).
std::optional<int> number_in(std::string_view tray, std::string_view key) {
    for (std::size_t at = 0; at < tray.size();) {
        const auto end = std::min(tray.find(';', at), tray.size());
        const auto field = tray.substr(at, end - at);
        at = end + 1;
        if (!field.starts_with(key)) continue;
        int value = 0;
        const auto* const last = field.data() + field.size();
        const auto [stopped, error] = std::from_chars(field.data() + key.size(), last, value);
        if (error == std::errc{} && stopped == last) return value;
    }
    return std::nullopt;
}

// RFC 3805 has negative numbers for what a tray cannot tell.
std::optional<int> room_in(ipp_attribute_t* trays) {
    std::optional<int> room;
    if (ippGetValueTag(trays) != IPP_TAG_STRING) return room;
    each_value(trays, [&](int i) {
        int size = 0;
        const auto* const raw = static_cast<const char*>(ippGetOctetString(trays, i, &size));
        if (raw == nullptr || size < 1) return;
        const std::string_view tray(raw, std::min(static_cast<std::size_t>(size), longest_tray));
        const auto holds = number_in(tray, "maxcapacity="), left = number_in(tray, "remaining=");
        if (holds && left && *left >= 0 && *left <= *holds && *holds <= most_sheets)
            room = room.value_or(0) + *left;
    });
    return room;
}

template <class Values, class Value>
bool contains(const Values& values, const Value& value) {
    return std::ranges::find(values, value) != values.end();
}

PrinterState printer_state(int value) {
    if (value == IPP_PSTATE_IDLE) return PrinterState::idle;
    if (value == IPP_PSTATE_PROCESSING) return PrinterState::processing;
    return value == IPP_PSTATE_STOPPED ? PrinterState::stopped : PrinterState::unknown;
}

void add_to_job(JobView& job, std::string_view name, ipp_attribute_t* attribute) {
    if (name == "job-id") job.id = number(attribute, 0);
    if (name == "job-state") {
        const int state = number(attribute, IPP_JSTATE_PENDING);
        if (state >= IPP_JSTATE_PENDING && state <= IPP_JSTATE_COMPLETED)
            job.state = static_cast<JobState>(state - IPP_JSTATE_PENDING);
        job.started |= job.state == JobState::processing || job.state == JobState::stopped;
    }
    if (name == "job-state-reasons") job.reasons = texts(attribute);
    if (name == "job-impressions-completed") job.impressions = number(attribute, -1);
    if (name == "job-media-sheets-completed") job.sheets = number(attribute, -1);
    if (name == "time-at-processing") {
        job.started_at = std::max(number(attribute, 0), 0);
        job.started |= job.started_at > 0;
    }
}

}  // namespace

PrinterView read_printer(ipp_t* answer) {
    PrinterView view;
    for (auto* at = ippFirstAttribute(answer); at != nullptr; at = ippNextAttribute(answer)) {
        const char* raw = ippGetName(at);
        if (raw == nullptr || ippGetGroupTag(at) != IPP_TAG_PRINTER) continue;
        const std::string_view name(raw);
        if (name == "printer-state") view.state = printer_state(number(at, 0));
        if (name == "printer-state-reasons") {
            view.reasons = texts(at);
            std::erase(view.reasons, "none");
        }
        if (name == "printer-is-accepting-jobs" && ippGetValueTag(at) == IPP_TAG_BOOLEAN)
            view.accepting = ippGetBoolean(at, 0) != 0;
        if (name == "marker-levels") view.marker_levels = numbers(at);
        if (name == "marker-names") view.marker_names = texts(at);
        if (name == "media-ready") view.media_ready = texts(at);
        if (name == "printer-output-tray") view.tray_room = room_in(at);
        if (name == "operations-supported") {
            const auto operations = numbers(at);
            view.holds_jobs = contains(operations, static_cast<int>(IPP_OP_CREATE_JOB)) &&
                              contains(operations, static_cast<int>(IPP_OP_HOLD_JOB)) &&
                              contains(operations, static_cast<int>(IPP_OP_RELEASE_JOB));
        }
        if (name == "document-format-supported") {
            const auto formats = texts(at);
            view.takes_pdf = formats.empty() || contains(formats, "application/pdf");
        }
        if (name == "printer-error-policy" && !texts(at).empty())
            view.error_policy = texts(at).front();
        if (name == "device-uri" && !texts(at).empty()) view.device_uri = texts(at).front();
    }
    return view;
}

std::vector<JobView> read_jobs(ipp_t* answer) {
    std::vector<JobView> jobs;
    bool in_job = false;
    for (auto* at = ippFirstAttribute(answer); at != nullptr; at = ippNextAttribute(answer)) {
        const char* name = ippGetName(at);
        if (name == nullptr || ippGetGroupTag(at) != IPP_TAG_JOB) {
            in_job = false;  // groups are parted by a nameless one
            continue;
        }
        if (!in_job) jobs.emplace_back();
        in_job = true;
        add_to_job(jobs.back(), name, at);
    }
    return jobs;
}

}  // namespace drivers::printer
