#include "drivers/printer/emulated/ipp_descriptions.hpp"

#include "drivers/printer/emulated/ipp_answers.hpp"

#include <cups/cups.h>

#include <algorithm>
#include <span>
#include <string>
#include <vector>

namespace drivers::printer {

namespace {

constexpr const char* uri = "ipp://localhost/ipp/print";

struct DeleteArray {
    void operator()(cups_array_t* array) const { cupsArrayDelete(array); }
};

// A group of attributes under construction.
struct Group {
    ipp_t* ipp;
    ipp_tag_t tag;

    void text(ipp_tag_t kind, const char* name, const std::string& value) const {
        ippAddString(ipp, tag, kind, name, nullptr, value.c_str());
    }
    void texts(ipp_tag_t kind, const char* name, std::span<const char* const> values) const {
        ippAddStrings(ipp, tag, kind, name, static_cast<int>(values.size()), nullptr,
                      values.data());
    }
    void number(const char* name, int value, ipp_tag_t kind = IPP_TAG_INTEGER) const {
        ippAddInteger(ipp, tag, kind, name, value);
    }
    void flag(const char* name, bool value) const { ippAddBoolean(ipp, tag, name, value ? 1 : 0); }
    void nothing(const char* name) const { ippAddOutOfBand(ipp, tag, IPP_TAG_NOVALUE, name); }
    void time(const char* name, int seconds) const {
        if (seconds == 0) return nothing(name);
        number(name, seconds);
    }
};

int is_wanted(void* context, ipp_t*, ipp_attribute_t* attribute) {
    auto* const wanted = static_cast<cups_array_t*>(context);
    const auto* const name = ippGetName(attribute);
    return wanted == nullptr ||
           (name != nullptr && cupsArrayFind(wanted, const_cast<char*>(name)) != nullptr);
}

void copy_wanted(ipp_t* answer, ipp_t* request, const OwnedIpp& all) {
    const std::unique_ptr<cups_array_t, DeleteArray> wanted(ippCreateRequestedArray(request));
    ippCopyAttributes(answer, all.get(), 0, is_wanted, wanted.get());
}

// The word for it that stands first is what the driver takes as the cause.
std::vector<const char*> printer_reasons(const PaperMachine& machine) {
    const auto& condition = machine.condition();
    std::vector<const char*> reasons;
    if (condition.cover_open) reasons.push_back("cover-open-error");
    if (condition.jammed) reasons.push_back("media-jam-error");
    if (!condition.paper) reasons.push_back("media-empty-error");
    if (machine.wants_paper()) reasons.push_back("media-needed-error");
    if (condition.low) reasons.push_back("media-low-warning");
    if (reasons.empty()) reasons.push_back("none");
    return reasons;
}

constexpr int toner_percent = 64;  // it never prints so much that this moves

ipp_pstate_t printer_state(const PaperMachine& machine) {
    if (machine.blocked() || machine.wants_paper()) return IPP_PSTATE_STOPPED;
    return machine.at_the_printer() != nullptr ? IPP_PSTATE_PROCESSING : IPP_PSTATE_IDLE;
}

const char* job_reason(const PaperMachine& machine, const PaperJob& job) {
    switch (job.state) {
        case JobState::pending:
            return job.whole ? "none" : "job-incoming";
        case JobState::held:
            return "job-hold-until-specified";
        case JobState::processing:
            return "job-printing";
        case JobState::stopped:
            return machine.wants_paper() ? "resources-are-not-ready" : "printer-stopped";
        case JobState::canceled:
            return "job-canceled-by-user";
        case JobState::aborted:
            return job.pages < 1 ? "document-format-error" : "aborted-by-system";
        case JobState::completed:
            return "job-completed-successfully";
    }
    return "none";
}

void add_state(const Group& printer, const PaperMachine& machine, base::Millis now) {
    const auto living = std::ranges::count_if(
        machine.jobs(), [](const auto& entry) { return !entry.second.ended(); });
    printer.number("printer-state", printer_state(machine), IPP_TAG_ENUM);
    printer.texts(IPP_TAG_KEYWORD, "printer-state-reasons", printer_reasons(machine));
    printer.flag("printer-is-accepting-jobs", true);
    printer.number("printer-up-time", machine.seconds(now));
    printer.number("queued-job-count", static_cast<int>(living));
    if (machine.condition().paper)
        printer.text(IPP_TAG_KEYWORD, "media-ready", "iso_a4_210x297mm");
    else
        printer.nothing("media-ready");
    printer.text(IPP_TAG_NAME, "marker-names", "Black Toner");
    printer.text(IPP_TAG_KEYWORD, "marker-types", "toner");
    printer.text(IPP_TAG_NAME, "marker-colors", "#000000");
    printer.number("marker-levels", toner_percent);
    const int room = PaperMachine::tray_holds - machine.lying();
    const auto tray =
        "type=unRemovableBin;maxcapacity=" + std::to_string(PaperMachine::tray_holds) +
        ";remaining=" + std::to_string(machine.condition().tray_sensor ? room : -2) +
        ";status=0;name=face-down;stackingorder=firstToLast;pagedelivery=faceDown";
    ippAddOctetString(printer.ipp, printer.tag, "printer-output-tray", tray.data(),
                      static_cast<int>(tray.size()));
}

void add_abilities(const Group& printer) {
    constexpr std::array versions{"1.0", "1.1", "2.0"};
    constexpr std::array holds{"no-hold", "indefinite"};
    constexpr std::array which{"completed", "not-completed", "all"};
    constexpr std::array job_attributes{"copies", "job-hold-until", "job-sheets", "media", "sides"};
    std::vector<int> operations;
    for (const auto operation : emulated_operations) operations.push_back(operation);

    printer.texts(IPP_TAG_KEYWORD, "ipp-versions-supported", versions);
    ippAddIntegers(printer.ipp, printer.tag, IPP_TAG_ENUM, "operations-supported",
                   static_cast<int>(operations.size()), operations.data());
    printer.text(IPP_TAG_CHARSET, "charset-configured", "utf-8");
    printer.text(IPP_TAG_CHARSET, "charset-supported", "utf-8");
    printer.text(IPP_TAG_LANGUAGE, "natural-language-configured", "en");
    printer.text(IPP_TAG_LANGUAGE, "generated-natural-language-supported", "en");
    printer.text(IPP_TAG_KEYWORD, "compression-supported", "none");
    printer.text(IPP_TAG_MIMETYPE, "document-format-default", emulated_format);
    printer.text(IPP_TAG_MIMETYPE, "document-format-supported", emulated_format);
    printer.text(IPP_TAG_KEYWORD, "pdl-override-supported", "attempted");
    printer.flag("multiple-document-jobs-supported", false);
    printer.texts(IPP_TAG_KEYWORD, "job-creation-attributes-supported", job_attributes);
    printer.texts(IPP_TAG_KEYWORD, "job-hold-until-supported", holds);
    printer.text(IPP_TAG_KEYWORD, "job-hold-until-default", "no-hold");
    printer.texts(IPP_TAG_KEYWORD, "which-jobs-supported", which);
    printer.text(IPP_TAG_KEYWORD, "job-sheets-supported", "none");
    printer.text(IPP_TAG_KEYWORD, "job-sheets-default", "none");
    ippAddRange(printer.ipp, printer.tag, "copies-supported", 1, 1);
    printer.number("copies-default", 1);
    printer.text(IPP_TAG_KEYWORD, "media-supported", "iso_a4_210x297mm");
    printer.text(IPP_TAG_KEYWORD, "media-default", "iso_a4_210x297mm");
    const OwnedIpp size(ippNew()), media(ippNew());
    ippAddInteger(size.get(), IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", 21000);  // 1/100 mm
    ippAddInteger(size.get(), IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", 29700);
    ippAddCollection(media.get(), IPP_TAG_ZERO, "media-size", size.get());
    ippAddCollection(printer.ipp, printer.tag, "media-col-default", media.get());
    printer.text(IPP_TAG_KEYWORD, "sides-supported", "one-sided");
    printer.text(IPP_TAG_KEYWORD, "sides-default", "one-sided");
    printer.flag("color-supported", false);
}

void add_names(const Group& printer) {
    printer.text(IPP_TAG_NAME, "printer-name", "documents");
    printer.text(IPP_TAG_TEXT, "printer-info", "emulated document printer");
    printer.text(IPP_TAG_TEXT, "printer-make-and-model", "Citizen Window emulated printer");
    printer.text(IPP_TAG_TEXT, "printer-location", "");
    printer.text(IPP_TAG_URI, "printer-more-info", "http://localhost/");
    printer.text(IPP_TAG_URI, "printer-uri-supported", uri);
    printer.text(IPP_TAG_KEYWORD, "uri-authentication-supported", "none");
    printer.text(IPP_TAG_KEYWORD, "uri-security-supported", "none");
}

}  // namespace

void describe_printer(ipp_t* answer, ipp_t* request, const PaperMachine& machine,
                      base::Millis now) {
    const OwnedIpp all(ippNew());
    const Group printer{all.get(), IPP_TAG_PRINTER};
    add_names(printer);
    add_abilities(printer);
    add_state(printer, machine, now);
    copy_wanted(answer, request, all);
}

void describe_job(ipp_t* answer, ipp_t* request, const PaperMachine& machine, const PaperJob& job,
                  base::Millis now) {
    const OwnedIpp all(ippNew());
    const Group group{all.get(), IPP_TAG_JOB};
    group.number("job-id", job.id);
    group.text(IPP_TAG_URI, "job-uri", std::string(uri) + "/" + std::to_string(job.id));
    group.text(IPP_TAG_URI, "job-printer-uri", uri);
    group.text(IPP_TAG_NAME, "job-name", job.name);
    group.text(IPP_TAG_NAME, "job-originating-user-name", job.user);
    group.number("job-state", IPP_JSTATE_PENDING + static_cast<int>(job.state), IPP_TAG_ENUM);
    group.text(IPP_TAG_KEYWORD, "job-state-reasons", job_reason(machine, job));
    group.number("job-impressions", job.pages);
    group.number("job-impressions-completed", job.completed);
    group.number("job-media-sheets-completed", job.completed);
    group.number("job-printer-up-time", machine.seconds(now));
    group.time("time-at-creation", job.created_at);
    group.time("time-at-processing", job.started_at);
    group.time("time-at-completed", job.ended_at);
    group.text(IPP_TAG_CHARSET, "attributes-charset", "utf-8");
    group.text(IPP_TAG_LANGUAGE, "attributes-natural-language", "en");
    copy_wanted(answer, request, all);
}

}  // namespace drivers::printer
