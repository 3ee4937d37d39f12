#include "drivers/printer/emulated/ipp_answers.hpp"

#include "drivers/printer/emulated/ipp_descriptions.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <string_view>
#include <utility>

namespace drivers::printer {

namespace {

std::string text_of(ipp_t* request, const char* name, ipp_tag_t kind) {
    auto* const attribute = ippFindAttribute(request, name, kind);
    const char* const text = attribute == nullptr ? nullptr : ippGetString(attribute, 0, nullptr);
    return text == nullptr ? "" : text;
}

bool flag_of(ipp_t* request, const char* name) {
    auto* const attribute = ippFindAttribute(request, name, IPP_TAG_BOOLEAN);
    return attribute != nullptr && ippGetBoolean(attribute, 0) != 0;
}

// The next attribute has that name and kind.
bool comes(ipp_attribute_t* attribute, const char* name, ipp_tag_t kind) {
    const char* const found = attribute == nullptr ? nullptr : ippGetName(attribute);
    return found != nullptr && std::string_view(found) == name &&
           ippGetValueTag(attribute) == kind && ippGetCount(attribute) == 1 &&
           ippGetGroupTag(attribute) == IPP_TAG_OPERATION;
}

// RFC 8011 4.1: version, request id, charset and language first, then what is asked.
ipp_status_t ill_formed(ipp_t* request) {
    int minor = 0;
    const int major = ippGetVersion(request, &minor);
    if (major != 1 && major != 2) return IPP_STATUS_ERROR_VERSION_NOT_SUPPORTED;
    if (ippGetRequestId(request) < 1) return IPP_STATUS_ERROR_BAD_REQUEST;
    auto* const charset = ippFirstAttribute(request);
    if (!comes(charset, "attributes-charset", IPP_TAG_CHARSET)) return IPP_STATUS_ERROR_BAD_REQUEST;
    const auto letters = text_of(request, "attributes-charset", IPP_TAG_CHARSET);
    (void)ippFirstAttribute(request);  // where the look for it left off
    auto* const language = ippNextAttribute(request);
    if (!comes(language, "attributes-natural-language", IPP_TAG_LANGUAGE))
        return IPP_STATUS_ERROR_BAD_REQUEST;
    if (letters != "utf-8" && letters != "us-ascii") return IPP_STATUS_ERROR_CHARSET;
    auto* const target = ippNextAttribute(request);
    if (!comes(target, "printer-uri", IPP_TAG_URI) && !comes(target, "job-uri", IPP_TAG_URI))
        return IPP_STATUS_ERROR_BAD_REQUEST;
    return IPP_STATUS_OK;
}

// The number of the job that is meant; 0 = none is named.
int job_number(ipp_t* request) {
    if (auto* const id = ippFindAttribute(request, "job-id", IPP_TAG_INTEGER))
        return ippGetInteger(id, 0);
    const auto uri = text_of(request, "job-uri", IPP_TAG_URI);
    int number = 0;
    const auto tail = uri.rfind('/') + 1;  // 0 where there is none
    std::from_chars(uri.data() + tail, uri.data() + uri.size(), number);
    return number;
}

struct Answering {
    PaperMachine& machine;
    ipp_t* const request;
    base::Bytes document;
    const base::Millis now;
    OwnedIpp out;

    OwnedIpp say(ipp_status_t status) {
        ippSetStatusCode(out.get(), status);
        return std::move(out);
    }
    OwnedIpp done() { return say(IPP_STATUS_OK); }

    OwnedIpp with_job(int id) {
        machine.advance(now);
        if (const auto* const job = machine.job(id))
            describe_job(out.get(), request, machine, *job, now);
        return done();
    }

    bool takes_format() const {
        const auto format = text_of(request, "document-format", IPP_TAG_MIMETYPE);
        return format.empty() || format == emulated_format;
    }
    bool takes_compression() const {
        const auto way = text_of(request, "compression", IPP_TAG_KEYWORD);
        return way.empty() || way == "none";
    }
    // Whether such a job could be printed at all.
    ipp_status_t validity() const {
        if (!takes_format()) return IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED;
        if (!takes_compression()) return IPP_STATUS_ERROR_COMPRESSION_NOT_SUPPORTED;
        return IPP_STATUS_OK;
    }

    int create() {
        const auto until = text_of(request, "job-hold-until", IPP_TAG_KEYWORD);
        const auto name = text_of(request, "job-name", IPP_TAG_NAME);
        const auto user = text_of(request, "requesting-user-name", IPP_TAG_NAME);
        return machine.create(name.empty() ? "untitled" : name, user.empty() ? "anonymous" : user,
                              !until.empty() && until != "no-hold", now);
    }

    OwnedIpp create_job() {
        if (machine.full()) return say(IPP_STATUS_ERROR_BUSY);
        return with_job(create());
    }

    OwnedIpp print_job() {
        if (const auto status = validity(); status != IPP_STATUS_OK) return say(status);
        if (document.empty()) return say(IPP_STATUS_ERROR_BAD_REQUEST);
        if (machine.full()) return say(IPP_STATUS_ERROR_BUSY);
        const int id = create();
        machine.take_document(id, std::move(document));
        return with_job(id);
    }

    OwnedIpp send_document(const PaperJob& job) {
        if (const auto status = validity(); status != IPP_STATUS_OK) return say(status);
        // RFC 8011 4.3.1: it has to say whether more comes; here nothing more may come.
        if (ippFindAttribute(request, "last-document", IPP_TAG_BOOLEAN) == nullptr)
            return say(IPP_STATUS_ERROR_BAD_REQUEST);
        if (job.ended() || job.whole) return say(IPP_STATUS_ERROR_NOT_POSSIBLE);
        if (!flag_of(request, "last-document"))
            return say(IPP_STATUS_ERROR_MULTIPLE_JOBS_NOT_SUPPORTED);
        machine.take_document(job.id, std::move(document));
        return with_job(job.id);
    }

    OwnedIpp get_jobs() {
        const auto which = text_of(request, "which-jobs", IPP_TAG_KEYWORD);
        if (!which.empty() && which != "all" && which != "completed" && which != "not-completed")
            return say(IPP_STATUS_ERROR_ATTRIBUTES_OR_VALUES);
        const auto user = text_of(request, "requesting-user-name", IPP_TAG_NAME);
        const bool mine = flag_of(request, "my-jobs");
        auto* const limit_at = ippFindAttribute(request, "limit", IPP_TAG_INTEGER);
        int limit = limit_at == nullptr ? static_cast<int>(machine.jobs().size())
                                        : ippGetInteger(limit_at, 0);
        for (const auto& [id, job] : machine.jobs()) {
            const bool fits = which == "all" || job.ended() == (which == "completed");
            if (!fits || (mine && job.user != user) || limit-- <= 0) continue;
            ippAddSeparator(out.get());
            describe_job(out.get(), request, machine, job, now);
        }
        return done();
    }

    OwnedIpp cancel_job(const PaperJob& job) {
        const int id = job.id;
        const bool purge = flag_of(request, "purge-job");  // cupsd's own
        const bool canceled = machine.cancel(id, now);
        if (purge) machine.forget(id);
        return say(canceled || purge ? IPP_STATUS_OK : IPP_STATUS_ERROR_NOT_POSSIBLE);
    }

    OwnedIpp to_job(ipp_op_t operation) {
        const auto* const job = machine.job(job_number(request));
        if (job == nullptr)
            return say(job_number(request) > 0 ? IPP_STATUS_ERROR_NOT_FOUND
                                               : IPP_STATUS_ERROR_BAD_REQUEST);
        const auto possible = [&](bool was) {
            return say(was ? IPP_STATUS_OK : IPP_STATUS_ERROR_NOT_POSSIBLE);
        };
        if (operation == IPP_OP_SEND_DOCUMENT) return send_document(*job);
        if (operation == IPP_OP_CANCEL_JOB) return cancel_job(*job);
        if (operation == IPP_OP_HOLD_JOB) return possible(machine.hold(job->id));
        if (operation == IPP_OP_RELEASE_JOB) return possible(machine.release(job->id));
        return with_job(job->id);
    }

    OwnedIpp to(ipp_op_t operation) {
        switch (operation) {
            case IPP_OP_GET_PRINTER_ATTRIBUTES:
                describe_printer(out.get(), request, machine, now);
                return done();
            case IPP_OP_VALIDATE_JOB:
                return say(validity());
            case IPP_OP_CREATE_JOB:
                return create_job();
            case IPP_OP_PRINT_JOB:
                return print_job();
            case IPP_OP_GET_JOBS:
                return get_jobs();
            default:
                return to_job(operation);
        }
    }
};

}  // namespace

OwnedIpp refusal(ipp_t* request, ipp_status_t status) {
    OwnedIpp out(ippNewResponse(request));
    ippSetStatusCode(out.get(), status);
    return out;
}

OwnedIpp answer_ipp(PaperMachine& machine, ipp_t* request, base::Bytes document, base::Millis now) {
    if (const auto wrong = ill_formed(request); wrong != IPP_STATUS_OK)
        return refusal(request, wrong);
    // A number that nobody gave a name to must not become the library's enumeration.
    const int asked = ippGetOperation(request);
    const auto* const operation = std::ranges::find_if(
        emulated_operations, [asked](ipp_op_t known) { return static_cast<int>(known) == asked; });
    if (operation == emulated_operations.end())
        return refusal(request, IPP_STATUS_ERROR_OPERATION_NOT_SUPPORTED);
    return Answering{machine, request, std::move(document), now, OwnedIpp(ippNewResponse(request))}
        .to(*operation);
}

}  // namespace drivers::printer
